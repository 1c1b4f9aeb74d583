/*
 * How texts are ordered, everywhere alike: as an English dictionary would, without regard to case.
 */

const collator = new Intl.Collator('en', { sensitivity: 'accent' });

const FIRST = 0x20;
const END = 0x7f;

/**
 * The place of each plain character among the others, by its code; 0 for all that is not plain. Taken from the platform's own
 * order, in which these characters stand one by one.
 */
const ranks = ((): Uint8Array => {
  const table = new Uint8Array(0x80);
  const plain: string[] = [];
  for (let code = FIRST; code < END; code++) plain.push(String.fromCharCode(code));
  plain.sort((a, b) => collator.compare(a, b));
  let rank = 1;
  for (const [index, char] of plain.entries()) {
    const before = plain[index - 1];
    if (before !== undefined && collator.compare(before, char) !== 0) rank += 1;
    // What counts for nothing beside others has no place of its own.
    const counts = collator.compare(`a${char}a`, 'aa') !== 0;
    if (counts) table[char.charCodeAt(0)] = rank;
  }
  return table;
})();

/** The rank at an index of a text; 0 where it is not plain, and behind its end. */
function rankAt(text: string, index: number): number {
  const code = text.charCodeAt(index);
  return code < 0x80 ? (ranks[code] ?? 0) : 0;
}

/** What stands there does not change how what is before it is read. */
function isPlainOrEnd(text: string, index: number): boolean {
  return index >= text.length || rankAt(text, index) > 0;
}

/**
 * Orders two texts: negative, 0 or positive. As `Intl.Collator` does, and many times faster where both are plain up to where they
 * differ: a list of a hundred thousand subjects is compared two million times.
 */
export function compareTexts(a: string, b: string): number {
  if (a === b) return 0;
  const common = Math.min(a.length, b.length);
  for (let index = 0; index < common; index++) {
    const one = rankAt(a, index);
    const other = rankAt(b, index);
    if (one === 0 || other === 0) return collator.compare(a, b);
    if (one === other) continue;
    return isPlainOrEnd(a, index + 1) && isPlainOrEnd(b, index + 1)
      ? one - other
      : collator.compare(a, b);
  }
  if (!isPlainOrEnd(a, common) || !isPlainOrEnd(b, common)) return collator.compare(a, b);
  return a.length - b.length;
}

/**
 * A text to compare in its place: two of these stand in the order of their texts by `<` alone, which makes a long list quick to
 * sort. Undefined where the text is not plain.
 */
export function plainKey(text: string): string | undefined {
  const codes: number[] = [];
  for (let index = 0; index < text.length; index++) {
    const rank = rankAt(text, index);
    if (rank === 0) return undefined;
    codes.push(rank);
  }
  // Beyond that many, a function takes no arguments.
  return codes.length < 1000 ? String.fromCharCode(...codes) : undefined;
}

const ROOM = 2 ** 32 - 3;
/** Of so many characters at most. */
const MOST_WEIGHED = 8;

/** A text of plain characters alone: seen at once, where to look at each would take longer than to sort them. */
const PLAIN = new RegExp(
  `^[${[...ranks.keys()]
    .filter((code) => ranks[code] !== 0)
    .map((code) => `\\x${code.toString(16).padStart(2, '0')}`)
    .join('')}]*$`,
);

/**
 * Weights by which texts stand in their order, as far as their beginnings tell them apart: two of the same weight may differ, but not
 * all of them. Undefined where one of them is not plain. A blank has no weight.
 */
export function textWeights(texts: readonly (string | null)[]): Uint32Array | undefined {
  let first: string | undefined;
  let common = 0;
  for (const text of texts) {
    if (text === null) continue;
    const { length } = text;
    if (first === undefined) {
      first = text;
      common = length;
    } else if (length < common) common = length;
    if (!PLAIN.test(text)) return undefined;
    let at = 0;
    while (at < common && rankAt(text, at) === rankAt(first, at)) at += 1;
    common = at;
  }
  const { digits, base } = digitsBehind(common, texts);
  // As many characters as there is room for: of figures alone more than of all letters.
  let count = 0;
  for (let room = base; base > 1 && room <= ROOM && count < MOST_WEIGHED; room *= base) count += 1;
  const weights = new Uint32Array(texts.length);
  for (let index = 0; index < texts.length; index++) {
    const text = texts[index];
    if (text === undefined || text === null) continue;
    let weight = 0;
    for (let at = common; at < common + count; at++) {
      weight = weight * base + (digits[rankAt(text, at)] ?? 0);
    }
    weights[index] = weight + 1;
  }
  return weights;
}

/** The characters behind what is common, each as a digit: 0 for the end, the others in their order. */
function digitsBehind(
  common: number,
  texts: readonly (string | null)[],
): { readonly digits: Uint8Array; readonly base: number } {
  const digits = new Uint8Array(0x80);
  for (const text of texts) {
    if (text === null) continue;
    const end = Math.min(text.length, common + MOST_WEIGHED);
    for (let at = common; at < end; at++) digits[rankAt(text, at)] = 1;
  }
  let base = 1;
  for (let rank = 1; rank < digits.length; rank++) if (digits[rank] === 1) digits[rank] = base++;
  return { digits, base };
}

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

/** The rank at an index of a text, less than 128; 0 where it is not plain, and behind its end. */
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

/** Letters, figures and spaces stand in their order as the platform has it, once they are of one case. */
const SIMPLE = /^[ 0-9a-z]*$/i;

/** Nothing but plain characters. */
const PLAIN = new RegExp(
  `^[${[...ranks.keys()]
    .filter((code) => ranks[code] !== 0)
    .map((code) => `\\x${code.toString(16).padStart(2, '0')}`)
    .join('')}]*$`,
);

/** For each plain character that is no letter and no figure one that stands as it does, and before these. */
function asRanked(char: string): string {
  return String.fromCharCode(rankAt(char, 0));
}

/** So many are looked at together: the platform looks through one long text sooner than it is asked of each. */
const MANY = 1000;

/**
 * For each text one that the platform orders by itself (`<`) as `compareTexts` orders these; undefined where only that can tell. A
 * long list is sorted several times faster by them, also when it is the first.
 */
export function orderKeys(texts: readonly string[]): readonly string[] | undefined {
  let areSimple = true;
  for (let at = 0; at < texts.length; at += MANY) {
    const many = texts.slice(at, at + MANY).join('');
    areSimple &&= SIMPLE.test(many);
    if (!areSimple && !PLAIN.test(many)) return undefined;
  }
  const keys = texts.map((text) => text.toLowerCase());
  return areSimple ? keys : keys.map((key) => key.replace(/[^0-9a-z]/g, asRanked));
}

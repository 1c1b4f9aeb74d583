import type { Activity } from '../../../model/activity.js';
import { parseDuration } from '../../../model/duration-text.js';
import type { Day, Milliseconds } from '../../../model/time.js';

/*
 * What a typed line says: which type, who, about what, when, how urgent. Pure; the times are read by `line-dates.ts`, which is
 * loaded only when needed, and names are looked up by `line-controller.ts`. What is not understood stays in the subject, and so do
 * the words for type and people: "Call Cecil Langer" is what a person would write there.
 */

/** A time that stands in the line. Its parts are known or not: "3pm" has no day, "tomorrow" no minutes. */
export interface FoundTime extends Range {
  readonly day?: Day;
  /** Of the wall clock since midnight. */
  readonly minutes?: number;
  readonly endMinutes?: number;
  /** Where the words say a moment by themselves: "in 2 hours", "3pm EST". */
  readonly instant?: Milliseconds;
  readonly problem?: 'no-such-date';
  /** It says more than what is read of it, as until which day: the words stay in the subject. */
  readonly saysMore?: true;
}
export type ReadTimes = (text: string) => readonly FoundTime[];

interface Range {
  readonly index: number;
  readonly length: number;
}

/** A type, and the words that ask for one, in any language: `call`, `打電話`. */
export interface LineType {
  readonly name: string;
  readonly words: readonly string[];
}

export interface LineTime {
  readonly day?: Day;
  readonly minutes?: number;
  readonly endMinutes?: number;
  readonly instant?: Milliseconds;
  readonly problem?: 'no-such-date';
  readonly text: string;
}

/** Somebody, or something, that may be a record: which words of it are its name is for the lookup to say. */
export interface LineName {
  /** As typed. */
  readonly text: string;
  /** What to seek, the longest first. */
  readonly tries: readonly string[];
}

export interface LineReading {
  /** All that is not taken out: what was not understood, and the words for type and people. */
  readonly subject: string;
  readonly type?: { readonly name: string; readonly text: string };
  readonly priority?: { readonly value: NonNullable<Activity['priority']>; readonly text: string };
  readonly time?: LineTime;
  readonly length?: { readonly minutes: number; readonly text: string };
  /** Who is to do it: `@Mona Sanders`. */
  readonly owner?: LineName;
  readonly people: readonly LineName[];
  /** What it is about, where the line says so. */
  readonly about?: LineName;
  /** What was taken out of the subject, in order. */
  readonly taken: readonly string[];
}

export interface ReadLineOptions {
  readonly types: readonly LineType[];
  /** Further words for how urgent it is, in the user's language; the English ones and the Chinese ones are always known. */
  readonly priorities?: { readonly [word: string]: NonNullable<Activity['priority']> };
  /** Left out: not loaded yet. */
  readonly readTimes?: ReadTimes | undefined;
  /** False: what is to be created is neither urgent nor not. */
  readonly hasPriority?: boolean;
  /** False: what is to be created has no length. */
  readonly hasLength?: boolean;
  /** False: what is to be created is nobody's. */
  readonly hasOwner?: boolean;
  /** What the user does not mean: `priority:!high`, `time:tomorrow`. */
  readonly ignored?: ReadonlySet<string>;
}

const PRIORITIES: { readonly [word: string]: NonNullable<Activity['priority']> } = {
  high: 'high',
  urgent: 'high',
  normal: 'normal',
  low: 'low',
  高: 'high',
  急: 'high',
  緊急: 'high',
  一般: 'normal',
  普通: 'normal',
  中: 'normal',
  低: 'low',
};
const PRIORITY = /(^|[\s\uE000,，、])([!！](\p{L}+)|[!！]{2,3})(?=$|[\s,，、。.])/gu;
/** Said without a mark, in front of all or behind it: "a high priority customer" is no urgent task. */
const standingAlone = (words: string): RegExp =>
  new RegExp(
    `^[\\s\\uE000]*(?:${words})(?:\\s*[:：,，]|(?=\\s))|(?<=[\\s,，\\uE000])(?:${words})[!！]*(?=[\\s\\uE000.,。]*$)`,
    'iu',
  );
const PRIORITIES_IN_WORDS: readonly (readonly [RegExp, NonNullable<Activity['priority']>])[] = [
  [standingAlone('(?:high|top)[\\s-]priority|urgent|asap|最?高優先[級度]?|緊急|急件'), 'high'],
  [standingAlone('low[\\s-]priority|低優先[級度]?|不急'), 'low'],
];
/** Stays in the subject; what is to be done comes behind it. */
const REMINDER =
  /^[\s\uE000]*(?:(?:please\s+)?(?:remind me to|remember to|don['’]t forget to)\s+|(?:提醒我|記得|別忘了)要?\s*)/iu;
/** What was taken out; no name and no word goes across it. */
const GAP = '\uE000';
const HAN = /\p{Script=Han}/u;

/** The longest line that is read; what comes after stays as it is. */
const MOST = 500;

export function readLine(line: string, options: ReadLineOptions): LineReading {
  const { types, readTimes, ignored = new Set<string>() } = options;
  const written = line.slice(0, MOST);
  const head = withPlainDigits(written);
  const taken: Range[] = [];
  const { hasPriority = true } = options;
  let priority = hasPriority
    ? readPriority(head, { ...PRIORITIES, ...options.priorities }, ignored)
    : undefined;
  if (priority) taken.push(priority.range);
  const masked = mask(head, taken);
  const moments = readTimes ? safely(readTimes, masked) : [];
  const time = readTime(masked, moments, ignored);
  if (time) {
    const around = mask(masked, time.ranges);
    taken.push(...time.ranges.map((range) => withPreposition(head, around, range)));
  }
  // Behind the times, too, that nothing stands behind it but those.
  if (hasPriority && !priority) {
    priority = readWordedPriority(mask(head, taken), ignored);
    if (priority) taken.push(priority.range);
  }
  // Behind the times: "in 30 minutes" is when, "30 min" how long.
  const length =
    options.hasLength !== false ? readLength(mask(masked, [...moments, ...taken]), ignored) : null;
  if (length) taken.push(length.range);
  const owner =
    options.hasOwner !== false ? readOwner(mask(masked, [...moments, ...taken]), ignored) : null;
  if (owner) taken.push(owner.range);
  let rest = mask(head, taken);
  rest = mask(rest, [{ index: 0, length: REMINDER.exec(rest)?.[0].length ?? 0 }]);
  const type = readType(rest, types, ignored);
  if (type?.isLabel) {
    taken.push(type.range);
    rest = mask(rest, [type.range]);
  }
  // No name goes across a time, not even across one that is not meant.
  const names = readNames(mask(rest, moments), type && !type.isLabel ? type.range : undefined);
  const people = names.people.filter(({ text }) => !ignored.has(`person:${text}`));
  const about = names.about && !ignored.has(`about:${names.about.text}`) ? names.about : undefined;
  return {
    subject: subjectOf(written, taken, line.slice(MOST)),
    taken: taken
      .toSorted((a, b) => a.index - b.index)
      .map(({ index, length }) => written.slice(index, index + length)),
    people,
    ...(type && { type: { name: type.name, text: type.text } }),
    ...(priority && { priority: { value: priority.value, text: priority.text } }),
    ...(time && { time: time.time }),
    ...(length && { length: { minutes: length.minutes, text: length.text } }),
    ...(owner && { owner: owner.name }),
    ...(about && { about }),
  };
}

/** Digits as wide as Chinese characters, and the signs between them, for those that are read; as long as before. */
function withPlainDigits(text: string): string {
  return text
    .replaceAll(/[０-９]/gu, (digit) => digit.normalize('NFKC'))
    .replaceAll(/(?<=\d)[：／－．](?=\d)/gu, (sign) => sign.normalize('NFKC'));
}

function mask(text: string, ranges: readonly Range[]): string {
  return ranges.reduce(
    (masked, { index, length }) =>
      masked.slice(0, index) + GAP.repeat(length) + masked.slice(index + length),
    text,
  );
}

// ── how urgent ───────────────────────────────────────────────────────────────────────────────────

function readPriority(
  text: string,
  words: { readonly [word: string]: NonNullable<Activity['priority']> },
  ignored: ReadonlySet<string>,
):
  | {
      readonly value: NonNullable<Activity['priority']>;
      readonly text: string;
      readonly range: Range;
    }
  | undefined {
  for (const match of text.matchAll(PRIORITY)) {
    const [, before = '', mark = '', word] = match;
    const name = word?.toLowerCase();
    const value =
      name === undefined ? 'high' : Object.hasOwn(words, name) ? words[name] : undefined;
    if (value === undefined || ignored.has(`priority:${mark}`)) continue;
    return {
      value,
      text: mark,
      range: { index: match.index + before.length, length: mark.length },
    };
  }
  return undefined;
}

function readWordedPriority(
  text: string,
  ignored: ReadonlySet<string>,
): ReturnType<typeof readPriority> {
  for (const [pattern, value] of PRIORITIES_IN_WORDS) {
    const match = pattern.exec(text);
    if (!match) continue;
    const gap = /^[\s\uE000]*/.exec(match[0])?.[0].length ?? 0;
    const range = { index: match.index + gap, length: match[0].length - gap };
    const name = match[0].slice(gap).replace(/\s*[:：,，!！]+$/u, '');
    if (!ignored.has(`priority:${name}`)) return { value, text: name, range };
  }
  return undefined;
}

// ── when ─────────────────────────────────────────────────────────────────────────────────────────

/** The fullest time; what lacks its day or its hour takes it from another one of the line. */
function readTime(
  masked: string,
  moments: readonly FoundTime[],
  ignored: ReadonlySet<string>,
): { readonly time: LineTime; readonly ranges: readonly Range[] } | undefined {
  const textOf = ({ index, length }: Range): string => masked.slice(index, index + length).trim();
  const found = moments.filter((one) => !ignored.has(`time:${textOf(one)}`) && textOf(one) !== '');
  const weight = (one: FoundTime): number =>
    one.problem !== undefined || one.instant !== undefined
      ? 2
      : Number(one.day !== undefined) + Number(one.minutes !== undefined);
  const [best] = found.toSorted((a, b) => weight(b) - weight(a));
  if (!best) return undefined;
  const lacks = weight(best) < 2 ? (best.day === undefined ? 'day' : 'minutes') : undefined;
  const other = lacks && found.find((one) => one !== best && one[lacks] !== undefined);
  const all = [best, other]
    .filter((one) => one !== undefined)
    .toSorted((a, b) => a.index - b.index);
  // Several times that are taken out belong to one time only: none of them may be one that the user does not mean.
  const text = all.map(textOf).join(' ');
  if (ignored.has(`time:${text}`)) return undefined;
  const { day = other?.day, minutes = other?.minutes, instant, problem } = best;
  const endMinutes = best.endMinutes ?? other?.endMinutes;
  return {
    time: {
      text,
      ...(day !== undefined && { day }),
      ...(minutes !== undefined && { minutes }),
      ...(endMinutes !== undefined && { endMinutes }),
      ...(instant !== undefined && { instant }),
      ...(problem !== undefined && { problem }),
    },
    // What is no date stays where it stands, too, until it is mended.
    ranges: problem === undefined ? all.filter(({ saysMore }) => saysMore !== true) : [],
  };
}

/** A library for other people's words may stumble over some; then no time was understood. */
function safely(readTimes: ReadTimes, text: string): readonly FoundTime[] {
  try {
    return readTimes(text);
  } catch {
    return [];
  }
}

/** "by" of "by Friday", "前" of "週五前". `around`: the line without what is taken already. */
function withPreposition(text: string, around: string, { index, length }: Range): Range {
  const before = /(?:^|[\s,])(?:at|on|by|due|until|before|in\s+the|@)\s+$|[在於]\s*$/i.exec(
    around.slice(0, index),
  );
  const word = before ? before[0].replace(/^[\s,]/, '') : '';
  const after = /^\s*(?:之前|以前|前)(?!往)/.exec(around.slice(index + length));
  const more = HAN.test(text.slice(index, index + length)) ? (after?.[0].length ?? 0) : 0;
  return { index: index - word.length, length: length + word.length + more };
}

// ── how long ─────────────────────────────────────────────────────────────────────────────────────

/** "30 min" where nothing goes on behind it, and "for half an hour" anywhere; not "in 1 hour", nor "the 10 minutes report". */
const LENGTH_WORDS =
  /(^|[\s\uE000,，])(?:(for\s+)?(\d{1,3}(?:[.,]\d{1,2})?)\s*(h(?:(?:ou)?rs?)?|hour|m(?:in(?:ute)?s?)?)(?:\s*(\d{1,2})\s*(?:m(?:in(?:ute)?s?)?)?)?|for\s+(half\s+an?\s+hour|an\s+hour(?:\s+and\s+a\s+half)?))(?=$|[\s\uE000,，.;@])/giu;
const LENGTH_HAN =
  /(半|\d{1,3}|[一二兩三四五六七八九十]{1,3})\s*個?(半)?\s*(小時|鐘頭|分鐘)(?!\s*(?:以?[後前內]|之|的|\p{Script=Han}*(?:一次|報告)))/gu;
const NOT_A_LENGTH = /(?:in|within|after|every|each|the|last|next|past|過|每|前|近)\s*$/iu;

interface FoundLength {
  readonly minutes: number;
  readonly text: string;
  readonly range: Range;
}

function readLength(masked: string, ignored: ReadonlySet<string>): FoundLength | undefined {
  for (const found of [...lengthsInWords(masked), ...lengthsInHan(masked)]) {
    const { index, length } = found.range;
    const before = masked.slice(0, index);
    if (NOT_A_LENGTH.test(before) || found.minutes <= 0 || found.minutes > 24 * 60) continue;
    const text = masked.slice(index, index + length).trim();
    if (ignored.has(`length:${text}`)) continue;
    return { ...found, text };
  }
  return undefined;
}

function lengthsInWords(masked: string): Omit<FoundLength, 'text'>[] {
  return [...masked.matchAll(LENGTH_WORDS)].flatMap((match) => {
    const [whole, before = '', marked, , , , words] = match;
    const range = { index: match.index + before.length, length: whole.length - before.length };
    const behind = masked
      .slice(range.index + range.length)
      .replaceAll(GAP, '')
      .trim();
    const isLast = behind === '' || /^[,，;@]/.test(behind) || /^(?:with|about|re)\s/i.test(behind);
    if (marked === undefined && words === undefined && !isLast) return [];
    const minutes = parseDuration(whole.slice(before.length).replace(/^for\s+/i, ''));
    return minutes === undefined ? [] : [{ minutes, range }];
  });
}

function lengthsInHan(masked: string): Omit<FoundLength, 'text'>[] {
  return [...masked.matchAll(LENGTH_HAN)].flatMap(({ 0: whole, index }) => {
    const minutes = parseDuration(whole.replaceAll(/\s/g, ''));
    return minutes === undefined ? [] : [{ minutes, range: { index, length: whole.length } }];
  });
}

// ── whose it is ──────────────────────────────────────────────────────────────────────────────────

/** `@Mona Sanders`, `for @Mona`, `交給 @王小明`: as far as the words have capitals, or to the next space in Chinese. */
const OWNER =
  /(^|[\s\uE000,，、。]|(?<=\p{Script=Han}))((?:for\s+|交給\s*|指派給\s*)?[@＠])(\p{Script=Han}{2,4}|\p{L}[\p{L}'’-]*(?:\s+\p{Lu}[\p{L}'’-]*){0,2})/giu;

function readOwner(
  masked: string,
  ignored: ReadonlySet<string>,
): { readonly name: LineName; readonly range: Range } | undefined {
  for (const match of masked.matchAll(OWNER)) {
    const [, before = '', mark = '', written = ''] = match;
    // The flag for case holds for all of a pattern: only capitals go on with a name.
    const name = /^\S+(?:\s+\p{Lu}\S*)*/u.exec(written)?.[0] ?? written;
    if (ignored.has(`owner:${name}`)) continue;
    return {
      name: { text: name, tries: [name] },
      range: { index: match.index + before.length, length: mark.length + name.length },
    };
  }
  return undefined;
}

// ── which type ───────────────────────────────────────────────────────────────────────────────────

interface FoundType {
  readonly name: string;
  readonly text: string;
  readonly range: Range;
  /** "Task: …": only a label, no part of what is to be done. */
  readonly isLabel: boolean;
}

/** What the line begins with; in Chinese also what it ends with ("跟 Cecil 開會"). */
function readType(
  masked: string,
  types: readonly LineType[],
  ignored: ReadonlySet<string>,
): FoundType | undefined {
  const start = /^[\s\uE000,，、。]*/.exec(masked)?.[0].length ?? 0;
  const end = masked.replace(/[\s\uE000,，、。.!！]+$/, '').length;
  let best: FoundType | undefined;
  for (const { name, words } of types) {
    for (const word of words) {
      const found = typeAt(masked, start, end, word);
      if (!found || ignored.has(`type:${found.text}`)) continue;
      if (best && best.text.length >= found.text.length) continue;
      best = { name, ...found };
    }
  }
  return best;
}

function typeAt(
  text: string,
  start: number,
  end: number,
  word: string,
): Omit<FoundType, 'name'> | undefined {
  const { length } = word;
  if (length === 0) return undefined;
  const isWord = (index: number): boolean =>
    text.slice(index, index + length).toLowerCase() === word.toLowerCase();
  const han = HAN.test(word);
  if (isWord(start)) {
    const next = text.slice(start + length);
    const colon = /^\s*[:：]/.exec(next);
    if (colon) {
      const range = { index: start, length: length + colon[0].length };
      return { text: text.slice(start, start + length), range, isLabel: true };
    }
    if (han || !/^[\p{L}\p{N}_'-]/u.test(next)) {
      const range = { index: start, length };
      return { text: text.slice(start, start + length), range, isLabel: false };
    }
  }
  const last = end - length;
  if (han && last > start && isWord(last)) {
    return { text: text.slice(last, end), range: { index: last, length }, isLabel: false };
  }
  return undefined;
}

// ── who, and about what ──────────────────────────────────────────────────────────────────────────

/** A Latin name ends before these. */
const END =
  /[\uE000,;:!?()[\]"“”「」，。、；：！？]|\s[-–—]\s|\.(?=\s|$)|(?:^|\s)(?:about|re|regarding|concerning|on|at|by|for|to|from|with|in|of|because|due|until|before|after|and|or|every|each|&)(?=\s|$)|\s(?=\s*[和與及][\s\p{L}])|關於|有關|討論|談|聊|確認|說明|詢問|的(?!\p{L}*$)/iu;
const PERSON_BEFORE =
  /(?:^|[\s\uE000])(?:(?:with|to)\s+|w\/\s*)|(?<![\p{L}\p{N}._-])[@＠]|(?:給|跟|和|與|找|約|拜訪)\s*/giu;
const ABOUT_BEFORE =
  /(?:^|[\s\uE000])(?:about|re|regarding|concerning)\s*:?\s+|(?:關於|有關|討論)\s*/giu;
const AND = /^\s*(?:,|、|，|&|and\s|和|與|及)\s*/iu;
const SMALL = /^(?:with|to|for|from|the|a|an|my|our|back)\s+/i;
const NOBODY = new Set(
  'me,him,her,them,it,us,back,team,client,customer,the,a,an,my,our,everyone,all,up'.split(','),
);
const MOST_PEOPLE = 3;
const MOST_WORDS = 4;

function readNames(
  masked: string,
  type: Range | undefined,
): { readonly people: readonly LineName[]; readonly about: LineName | undefined } {
  const aboutAt = firstAfter(masked, ABOUT_BEFORE);
  const about = aboutAt === undefined ? undefined : nameAt(masked, aboutAt)?.name;
  const upTo = (at: number | undefined): string =>
    at === undefined ? masked : masked.slice(0, aboutWordAt(masked) ?? at);
  const before = upTo(aboutAt);
  const isFirst =
    type !== undefined && before.slice(0, type.index).replaceAll(GAP, '').trim() === '';
  const afterType = type && isFirst ? type.index + type.length : undefined;
  const spots = [
    firstAfter(before, PERSON_BEFORE, afterType),
    afterType === undefined ? undefined : skip(before, afterType),
    capitalsAt(before),
  ];
  for (const spot of spots) {
    if (spot === undefined) continue;
    const people = namesAt(before, spot, type);
    if (people.length > 0) return { people, about };
  }
  return { people: [], about };
}

function firstAfter(text: string, pattern: RegExp, from = 0): number | undefined {
  for (const match of text.matchAll(pattern)) {
    if (match.index + match[0].length >= from) return match.index + match[0].length;
  }
  return undefined;
}

function aboutWordAt(text: string): number | undefined {
  for (const match of text.matchAll(ABOUT_BEFORE)) return match.index;
  return undefined;
}

/** Past small words: "call back the …". */
function skip(text: string, from: number): number {
  let at = from + (/^[\s\uE000]*/.exec(text.slice(from))?.[0].length ?? 0);
  for (let small = SMALL.exec(text.slice(at)); small; small = SMALL.exec(text.slice(at))) {
    at += small[0].length;
  }
  return at;
}

/** Two words with capitals, one after the other, look like a name. */
function capitalsAt(text: string): number | undefined {
  return /(?<![\p{L}\p{N}])\p{Lu}[\p{L}'’-]*\s+\p{Lu}/u.exec(text)?.index;
}

function namesAt(text: string, from: number, type: Range | undefined): LineName[] {
  const names: LineName[] = [];
  let at = skip(text, from);
  while (names.length < MOST_PEOPLE) {
    const end = type && type.index >= at ? type.index : text.length;
    const found = nameAt(text.slice(0, end), at);
    if (!found) break;
    names.push(found.name);
    const next = AND.exec(text.slice(found.end, end));
    if (!next) break;
    at = found.end + next[0].length;
  }
  return names;
}

function nameAt(
  text: string,
  from: number,
): { readonly name: LineName; readonly end: number } | undefined {
  const rest = text.slice(from);
  const stop = END.exec(rest)?.index ?? rest.length;
  const phrase = rest.slice(0, stop).trim();
  if (phrase === '') return undefined;
  const tries = HAN.test(phrase.charAt(0)) ? chineseTries(phrase) : latinTries(phrase);
  if (tries.length === 0) return undefined;
  return { name: { text: phrase, tries }, end: from + stop };
}

function latinTries(phrase: string): string[] {
  const words = phrase
    .split(/\s+/u)
    .map((word) => word.replace(/['’]s$|[.'’]+$/u, ''))
    .slice(0, MOST_WORDS);
  const [first = ''] = words;
  if (NOBODY.has(first.toLowerCase()) || !/\p{L}{2}/u.test(phrase)) return [];
  const tries = words.map((_word, index) => words.slice(0, words.length - index).join(' '));
  return [...new Set(tries)].filter((one) => one.length > 1);
}

/** Where no space says where a name ends: all of it, then the usual lengths of a name. */
function chineseTries(phrase: string): string[] {
  const letters = [...phrase.replace(/\s.*$/u, '')].slice(0, 12);
  const lengths = [letters.length, 3, 2, 4].filter((length) => length <= letters.length);
  return [...new Set(lengths)]
    .filter((length) => length > 1)
    .map((length) => letters.slice(0, length).join(''));
}

// ── what stays ───────────────────────────────────────────────────────────────────────────────────

/** The line without what was taken out, as one would have written it. */
function subjectOf(text: string, taken: readonly Range[], tail: string): string {
  const kept = [...taken]
    .sort((a, b) => b.index - a.index)
    .reduce((left, { index, length }) => {
      const [before, after] = [
        left.slice(0, index).trimEnd(),
        left.slice(index + length).trimStart(),
      ];
      const isHan = HAN.test(before.slice(-1)) && HAN.test(after.charAt(0));
      return before + (isHan || before === '' || after === '' ? '' : ' ') + after;
    }, text);
  const trimmed = (kept + tail).trim().replaceAll(/\s+/g, ' ');
  if (taken.length === 0) return trimmed;
  const clean = trimmed
    .replace(/^[,，、;；]\s*|\s*[,，、;；]$/gu, '')
    .replaceAll(/\s+([,，、;；])/gu, '$1');
  return /^\p{Ll}+(?=$|\s)/u.test(clean)
    ? clean.charAt(0).toLocaleUpperCase() + clean.slice(1)
    : clean;
}

/** Whether this is the name of a record: all of it, or whole words of it that follow one another. */
export function isNamed(name: string | undefined, words: string): 'exactly' | 'partly' | undefined {
  const full = folded(name ?? '');
  const sought = folded(words);
  if (full === '' || sought === '') return undefined;
  if (full === sought) return 'exactly';
  if (HAN.test(sought)) return sought.length > 1 && full.includes(sought) ? 'partly' : undefined;
  return ` ${full} `.includes(` ${sought} `) ? 'partly' : undefined;
}

function folded(text: string): string {
  return text
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

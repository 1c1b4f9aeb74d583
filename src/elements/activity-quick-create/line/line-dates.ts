import { Chrono, GB, casual, type ParsedResult, type ParsingResult } from 'chrono-node/en';
import { casual as chinese } from 'chrono-node/zh/hant';
import {
  addDays,
  dayOf,
  timeKind,
  wallTime,
  type Day,
  type Milliseconds,
} from '../../../model/time.js';
import { chineseNumber } from '../../../model/chinese-number.js';
import { clock, NO_DAY, untilOf, withHours, wordReaders } from './line-words.js';
import type { FoundTime, ReadTimes } from './read-line.js';

/*
 * The only file that knows the library for dates in words, and itself loaded only once somebody writes a line. English is always
 * read, since names of days and "3pm" are typed in other languages too; Traditional Chinese where Chinese characters stand.
 */

/** What is read by itself, without the library's eye for what no calendar has: the line says that of the 31st of February. */
function lenient(base: Chrono): Chrono {
  const refiners = base.refiners.map((refiner) => ({
    refine: (...[context, results]: Parameters<typeof refiner.refine>): ParsingResult[] => {
      const refined = refiner.refine(context, results);
      // A filter, and what it filtered only since its date is none, or is none in the zone of this machine.
      if (!('isValid' in refiner)) return refined;
      return results.filter((one) => refined.includes(one) || isOnlyImpossible(one));
    },
  }));
  return new Chrono({ parsers: base.parsers, refiners });
}

function isOnlyImpossible({ start, text }: ParsingResult): boolean {
  return (
    start.isCertain('day') &&
    start.isCertain('month') &&
    !start.isValidDate() &&
    text.trim().length > 3
  );
}

const HAN = /\p{Script=Han}/u;
/** What the library reads as a moment, and people mean as an amount, or as half a date. */
const NO_MOMENT =
  /^(?:an?|the|this|last|next|\d+|one|two|three|few|half an?)\s*(?:s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?|w|weeks?|months?|quarters?|years?)$/i;
const RELATIVE_WEEK = /^(?:next|this)\s+(?:week|month|quarter|year)$/i;
/** Words that are days only beside another word. */
const WORD_OR_DAY = /^(?:sun|sat|wed|mon|march|may|mar|now|second)$/i;
const MORNING = /\d\s*a\.?m\b|早|凌晨|上午|morning|\b0\d[:.]/i;
const PARTS_OF_DAY: readonly (readonly [RegExp, number])[] = [
  [/morning|早上|早晨|上午|明早|今早/i, 9 * 60],
  [/afternoon|下午/i, 14 * 60],
  [/noon|midday|中午/i, 12 * 60],
  [/evening|傍晚/i, 18 * 60],
  [/tonight|night|晚/i, 19 * 60],
];

/** A part of the day by itself, which the library takes for that of today. */
const PART_ONLY = /^(?:凌晨|早上|早晨|上午|中午|下午|傍晚|晚上)$/;
/** And behind a day it does not always see it. */
const PART_BEHIND = /(?<=\uE000)(?:早上|早晨|上午|中午|下午|傍晚|晚上)/gu;
/** What the library knows by another word of the same length, around an hour. */
const SAME_PARTS: readonly (readonly [RegExp, string])[] = [
  [/(?:傍晚|午後)(?=\s*[\d零一二兩三四五六七八九十])/gu, '下午'],
  [/晚間(?=\s*[\d零一二兩三四五六七八九十])/gu, '晚上'],
  [/(?:清晨|半夜)(?=\s*[\d零一二兩三四五六七八九十])/gu, '凌晨'],
  [/(?<=點)一刻/gu, '15'],
  [/(?<=點)三刻/gu, '45'],
];
/** `下週一` and `12/3`: what follows them without a space, the library takes for part of them, or them for part of that. */
const CHINESE_WEEKDAY = /(?:下+|這|本)?個?(?:週|周|星期|禮拜)[一二三四五六日天]/gu;
const SLASHED_DAY = /(?<![\d/])(?:\d{4}\/)?\d{1,2}\/\d{1,2}(?![\d/:])/gu;
/** `(六)` behind a date. */
const WEEKDAY_BEHIND = /^\s*[(（](?:週|周)?[一二三四五六日][)）]/u;
/** Behind a day, one until which it lasts. */
const GOES_ON =
  /^\s*(?:[-–~～到至]|(?:to|until|till|through)\s)\s*(?:\d{1,2}(?:[/日號]|月)|(?:下|這|本)?個?(?:週|周|星期|禮拜)|(?:mon|tue|wed|thu|fri|sat|sun)|\d{1,2}(?:st|nd|rd|th)\b)/iu;
/** Days of a month above twenty, which the library reads half of. */
const CHINESE_DAY = /(二十[一二三四五六七八九]|三十一?)(?=[日號])/gu;

export interface TimeReaderOptions {
  readonly now: Milliseconds;
  readonly timeZone: string;
  /** Day before month, as in `24/12`. */
  readonly isDayFirst: boolean;
}

/** Reads times in a line. */
export function timeReader({ now, timeZone, isDayFirst }: TimeReaderOptions): ReadTimes {
  const english = lenient(isDayFirst ? GB : casual);
  const hant = lenient(chinese);
  const today = dayOf(now, timeZone);
  const readers = wordReaders(now, today);
  const reference = { instant: new Date(now), timezone: (wallTime(now, timeZone) - now) / 60_000 };

  const read = (chrono: Chrono, text: string): FoundTime[] =>
    chrono
      .parse(text, reference, { forwardDate: true })
      .flatMap((result) => toFound(result) ?? [])
      .filter((one) => !cutsWord(text, one));

  const toFound = (result: ParsedResult): FoundTime | undefined => {
    const { start, end, text, index } = result;
    const words = text.trim();
    if (NO_MOMENT.test(words) || RELATIVE_WEEK.test(words) || WORD_OR_DAY.test(words)) {
      return undefined;
    }
    // "for 3 hours"; and a number with nothing, or a colon, behind it counts.
    if (/^for\b|^\d+\s*[:：]?$/i.test(words)) return undefined;
    // Not the space around them.
    const at = { index: index + text.indexOf(words), length: words.length };
    const hasDay = !PART_ONLY.test(words) && (start.isCertain('day') || start.isCertain('weekday'));
    const part = partOf(words);
    const hasHour = start.isCertain('hour');
    if (hasHour && start.isCertain('timezoneOffset')) {
      return { ...at, instant: Math.floor(start.date().getTime() / 60_000) * 60_000 };
    }
    const minutes = hasHour ? minutesOf(start, words) : part;
    if (!hasDay && minutes === undefined) return undefined;
    const said = hasDay ? dayIn(start) : undefined;
    if (said === 'none') return { ...at, problem: 'no-such-date' };
    // Twelve in the evening is where the day ends.
    if (minutes === 12 * 60 && hasHour && /晚/.test(words)) {
      return { ...at, day: addDays(said ?? today, 1), minutes: 0 };
    }
    // Who says Monday on a Monday, and no hour, means the next one.
    const isNext = said === today && !start.isCertain('day') && minutes === undefined;
    const day = said !== undefined && isNext ? addDays(said, 7) : said;
    const to = end?.isCertain('hour') === true ? minutesOf(end, words) : undefined;
    const isLong = end && said !== undefined ? dayIn(end) !== said : false;
    return {
      ...at,
      ...(isLong && to === undefined && { saysMore: true }),
      ...(day !== undefined && { day }),
      ...(minutes !== undefined && { minutes }),
      ...(minutes !== undefined && to !== undefined && { endMinutes: untilOf(minutes, to) }),
    };
  };

  /** Days that are written so, each read by itself. */
  const daysLike = (pattern: RegExp, chrono: Chrono, text: string): FoundTime[] =>
    [...text.matchAll(pattern)].flatMap(({ 0: word, index }) =>
      read(chrono, word).flatMap((one) =>
        one.length === word.length ? { ...one, index: index + one.index } : [],
      ),
    );

  return (text) => {
    const found: FoundTime[] = [];
    let left = text;
    const take = (more: readonly FoundTime[]): void => {
      for (const one of more) {
        found.push(one);
        left = masked(left, one);
      }
    };
    for (const { 0: word, index } of left.matchAll(NO_DAY)) {
      left = masked(left, { index, length: word.length });
    }
    for (const readWords of readers) take(readWords(left));
    if (HAN.test(text)) {
      take(daysLike(CHINESE_WEEKDAY, hant, left));
    }
    take(daysLike(SLASHED_DAY, english, left));
    if (HAN.test(text)) {
      const known = SAME_PARTS.reduce(
        (line, [part, word]) => line.replaceAll(part, word),
        withoutLatin(left),
      );
      take(read(hant, known.replace(CHINESE_DAY, toPaddedDigits)));
      take(partsIn(left));
    }
    take(read(english, left));
    return found
      .sort((a, b) => a.index - b.index)
      .map((one) => {
        const behind =
          one.day === undefined ? null : WEEKDAY_BEHIND.exec(text.slice(one.index + one.length));
        return behind ? { ...one, length: one.length + behind[0].length } : withHours(one, left);
      })
      .map((one) =>
        one.day !== undefined && GOES_ON.test(text.slice(one.index + one.length))
          ? { ...one, saysMore: true }
          : one,
      );
  };
}

function partOf(words: string): number | undefined {
  return PARTS_OF_DAY.find(([pattern]) => pattern.test(words))?.[1];
}

function partsIn(text: string): FoundTime[] {
  return [...text.matchAll(PART_BEHIND)].flatMap(({ 0: word, index }) => {
    const minutes = partOf(word);
    return minutes === undefined ? [] : [{ index, length: word.length, minutes }];
  });
}

type Components = ParsedResult['start'];

function dayIn(components: Components): Day | 'none' {
  const [year, month, day] = (['year', 'month', 'day'] as const).map((part) =>
    String(components.get(part) ?? 0).padStart(part === 'year' ? 4 : 2, '0'),
  );
  const text = `${year ?? ''}-${month ?? ''}-${day ?? ''}`;
  return timeKind(text) === 'date' ? text : 'none';
}

/** Who says three means the afternoon, unless the words say otherwise. */
function minutesOf(components: Components, words: string): number {
  const hour = components.get('hour') ?? 0;
  const minute = components.get('minute') ?? 0;
  const isSaid = components.isCertain('meridiem') || MORNING.test(words);
  return isSaid ? (hour % 24) * 60 + minute : clock(hour, minute);
}

function masked(text: string, { index, length }: FoundTime): string {
  return text.slice(0, index) + '\uE000'.repeat(length) + text.slice(index + length);
}

/** The library takes the first letter of a word behind a Chinese hour for "am": `下午三點 Anna`. */
function withoutLatin(text: string): string {
  return text.replaceAll(/\p{Script=Latin}[\p{L}\p{M}.'’-]*/gu, (word) =>
    /^[ap]\.?m\.?$/i.test(word) ? word : '\uE000'.repeat(word.length),
  );
}

/** The library finds "at 3" in "habitat 3". */
function cutsWord(text: string, { index, length }: FoundTime): boolean {
  return [index, index + length].some((at) =>
    /^[\p{Script=Latin}\p{N}]{2}$/u.test(text.slice(at - 1, at + 1)),
  );
}

/** As long as before, so that what is found after it stays where it is. */
function toPaddedDigits(text: string): string {
  return String(chineseNumber(text)).padStart(text.length, ' ');
}

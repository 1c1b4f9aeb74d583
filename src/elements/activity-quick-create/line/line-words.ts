import { chineseNumber } from '../../../model/chinese-number.js';
import { RULE_DAYS, ruleDayOf } from '../../../model/recurrence.js';
import { addDays, addMonths, timeKind, type Day, type Milliseconds } from '../../../model/time.js';
import type { FoundTime, ReadTimes } from './read-line.js';

/*
 * Days and hours in words that the library behind `line-dates.ts` does not know, or takes for others. Pure, and without that library.
 */

/** What comes again and again, or belongs to a day, names none that is meant: `every Monday`, `每週一`, `週一三五`, `Friday’s meeting`. */
export const NO_DAY =
  /\b(?:every|each)\s+(?:(?:other|second|third|\d+(?:st|nd|rd|th))\s+)?[a-z]+\b|每(?:個?(?:週|周|星期|禮拜|月)[一二三四五六日天\d]*|天)|(?:週|周|星期|禮拜)[一二三四五六日天]{3,}|\b[a-z]+day['’]s\b|\b(?:tomorrow|today|yesterday|tonight)['’]s\b|\b24\/7\b|\b[1-3]\/[2-4]\s+(?:price|inch|off|of|day|hour|cup|share)\b/giu;

// ── days ─────────────────────────────────────────────────────────────────────────────────────────

/** Weeks that the library does not count: `兩週後`, `下下週三`. */
const WEEKS_LATER =
  /(\d{1,2}|[一二兩三四五六七八九十]+)\s*個?(?:週|周|星期|禮拜)(?:以後|之後|後)/gu;
const WEEK_AFTER_NEXT = /下下個?(?:週|周|星期|禮拜)([一二三四五六日天])/gu;
const WEEKDAY_NAME = '(sun|mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?)(?:day)?';
/** Days gone by, where the library looks ahead: `last Friday`, `上週五`; and this week's by a word that it does not know: `本週五`. */
const LAST_WEEKDAY = new RegExp(`\\b(?:on\\s+)?last\\s+${WEEKDAY_NAME}\\b`, 'giu');
const CHINESE_WEEKDAY_OF = /(上+|本)個?(?:週|周|星期|禮拜)([一二三四五六日天])/gu;
/** `a week from Tuesday`. */
const WEEKS_FROM = new RegExp(
  `\\b(an?|one|two|three|\\d{1,2})\\s+weeks?\\s+(?:from|after)\\s+(?:(today|tomorrow)|(?:next\\s+)?${WEEKDAY_NAME})\\b`,
  'giu',
);
/** `in 3 business days`, `三個工作天後`. */
const WORKING_DAYS =
  /\b(?:in|within)\s+(\d{1,2}|one|two|three|four|five|ten)\s+(?:business|working|work)\s+days?\b|(\d{1,2}|[一二兩三四五六七八九十]+)\s*個?工作[天日](?:以後|之後|後|以內|之內|內)/giu;
/** Years of the Republic of China, of which 1912 was the first: `民國115年12月3日`, `115/12/3`. */
const REPUBLIC_DAY =
  /民國\s*(\d{2,3})\s*[年./]\s*(\d{1,2})\s*[月./]\s*(\d{1,2})(?:\s*[日號])?|(?<![\d/.])(1\d\d)\s*[年./]\s*(\d{1,2})\s*[月./]\s*(\d{1,2})(?!\d)(?:\s*[日號])?/gu;
/** "by end of week", "… end of week with Anna"; not "the end of week report". */
const endOf = (words: string, others: string): RegExp =>
  new RegExp(
    `(?:(?<=\\b(?:by|before|until|till|at)\\s+)${words}\\b|\\b${words}(?=[\\s\\uE000]*(?:$|[,.;!@])|\\s+(?:(?:with|about|re|by|on|at|for|to)\\b|today|tomorrow|next|this|mon|tue|wed|thu|fri)))|${others}`,
    'giu',
  );
/** The last working day of a week. */
const WEEK_END = endOf(
  '(?:eow|end\\s+of\\s+(?:the\\s+|this\\s+)?(?:next\\s+)?week)',
  '[這本下]?個?(?:週|周)末(?=\\s*(?:之前|以前|前))',
);
const YEAR_END = endOf('(?:eoy|end\\s+of\\s+(?:the\\s+|this\\s+)?year)', '(明年|今年)?年底');
const CHINESE_MONTH_START = /(下{1,2}|這|本)個?月初/gu;
const MONTH_END_OF = /(?<!\d)(\d{1,2}|十[一二]?|[一二三四五六七八九])月底(?=\s*(?:之前|以前|前))/gu;
/** What the library takes for the day before. */
const AFTER_TOMORROW = /\b(?:the\s+)?day\s+after\s+tomorrow\b/giu;
/** A day of a month that is not named, not the fifth floor nor the fifth warehouse: `on the 5th`, `下個月5號`, `5號下午`, `月底`. */
const NTH =
  /\bon\s+the\s+(\d{1,2})(?:st|nd|rd|th)\b(?=\s*(?:$|[,.;]|\d|(?:at|from|by|with|about|in\s+the)\b))/giu;
const CHINESE_NTH =
  /(?:(下{1,2}|這|本)個?月)\s*(\d{1,2}|[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九])[日號]|(?<![\d月一二三四五六七八九十])(\d{1,2})號(?=\s*(?:凌晨|早上|早晨|上午|中午|下午|傍晚|晚上|之?前|以前))/gu;
const MONTH_END = endOf('eom', '(?<![\\d一二三四五六七八九十])(?:(下{1,2}|這|本)個?)?月底');

/** What is found here, in turn: what one reads the next does not see. */
export function wordReaders(now: Milliseconds, today: Day): readonly ReadTimes[] {
  return [
    republicDays,
    (text) => daysIn(text, today),
    clocksIn,
    spansIn,
    (text) => laterIn(text, now),
  ];
}

function republicDays(text: string): FoundTime[] {
  return [...text.matchAll(REPUBLIC_DAY)].map((match) => {
    const [year = '', month = '', day = ''] = match.slice(1).filter((one) => one !== undefined);
    const written = `${Number(year) + 1911}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
    const at = { index: match.index, length: match[0].length };
    return timeKind(written) === 'date'
      ? { ...at, day: written }
      : { ...at, problem: 'no-such-date' };
  });
}

function daysIn(text: string, today: Day): FoundTime[] {
  const daysIntoWeek = RULE_DAYS.indexOf(ruleDayOf(today));
  /** The last day of a month so many ahead, or one by its number, where that month has it. */
  const dayOfMonth = (number: number | 'last', ahead = 0): Day | undefined => {
    const first = addMonths(`${today.slice(0, 8)}01`, ahead);
    const last = addDays(addMonths(first, 1), -1);
    if (number === 'last') return last;
    if (number < 1 || number > Number(last.slice(8))) return undefined;
    return `${first.slice(0, 8)}${String(number).padStart(2, '0')}`;
  };
  /** Of this month, or the next where that day is over. */
  const nextNth = (number: number): Day | undefined => {
    const day = dayOfMonth(number);
    return day !== undefined && day >= today ? day : dayOfMonth(number, 1);
  };
  const afterWorkingDays = (count: number): Day | undefined => {
    if (!Number.isFinite(count)) return undefined;
    let days = 0;
    for (let left = count; left > 0;) {
      days += 1;
      if ((daysIntoWeek + days) % 7 < 5) left -= 1;
    }
    return addDays(today, days);
  };

  return [
    ...daysBy(text, AFTER_TOMORROW, () => addDays(today, 2)),
    ...daysBy(text, WEEKS_LATER, ([, weeks = '']) => {
      const count = chineseNumber(weeks);
      return Number.isFinite(count) ? addDays(today, 7 * count) : undefined;
    }),
    ...daysBy(text, WEEK_AFTER_NEXT, ([, weekday = '']) =>
      addDays(today, 14 - daysIntoWeek + chineseWeekday(weekday)),
    ),
    ...daysBy(text, NTH, ([, number]) => nextNth(Number(number))),
    ...daysBy(text, CHINESE_NTH, ([, month, ofMonth, number]) =>
      ofMonth === undefined
        ? nextNth(Number(number))
        : dayOfMonth(chineseNumber(ofMonth), monthsAhead(month)),
    ),
    ...daysBy(text, MONTH_END, ([, month]) => dayOfMonth('last', monthsAhead(month))),
    ...daysBy(text, MONTH_END_OF, ([, month = '']) => {
      const ahead = (chineseNumber(month) - Number(today.slice(5, 7)) + 12) % 12;
      return chineseNumber(month) <= 12 ? dayOfMonth('last', ahead) : undefined;
    }),
    ...daysBy(text, CHINESE_MONTH_START, ([, month]) => dayOfMonth(1, monthsAhead(month))),
    ...daysBy(
      text,
      YEAR_END,
      ([, year]) => `${Number(today.slice(0, 4)) + Number(year === '明年')}-12-31`,
    ),
    ...daysBy(text, WEEK_END, ([said]) => {
      const friday = addDays(today, 4 - daysIntoWeek + (/next|下/i.test(said) ? 7 : 0));
      return friday < today ? addDays(friday, 7) : friday;
    }),
    ...daysBy(text, LAST_WEEKDAY, ([, name = '']) =>
      addDays(today, -1 - ((daysIntoWeek + 6 - weekdayOf(name)) % 7)),
    ),
    ...daysBy(text, CHINESE_WEEKDAY_OF, ([, which = '', weekday = '']) => {
      const weeks = which === '本' ? 0 : which.length;
      return addDays(today, chineseWeekday(weekday) - daysIntoWeek - 7 * weeks);
    }),
    ...daysBy(text, WEEKS_FROM, ([, count = '', word, name = '']) => {
      const weeks = /^an?$/i.test(count) ? 1 : englishNumber(count);
      // On a Tuesday, the next one.
      const days = word
        ? Number(/^tom/i.test(word))
        : ((weekdayOf(name) - daysIntoWeek + 6) % 7) + 1;
      return addDays(today, days + 7 * weeks);
    }),
    ...daysBy(text, WORKING_DAYS, ([, english, han = '']) =>
      afterWorkingDays(english === undefined ? chineseNumber(han) : englishNumber(english)),
    ),
  ];
}

/** What a pattern finds, where that is a day. */
function daysBy(
  line: string,
  pattern: RegExp,
  dayOf: (match: RegExpMatchArray) => Day | undefined,
): FoundTime[] {
  return [...line.matchAll(pattern)].flatMap((match) => {
    const day = dayOf(match);
    return day === undefined ? [] : [{ index: match.index, length: match[0].length, day }];
  });
}

/** 下 is the next month, 下下 the one after. */
function monthsAhead(words: string | undefined): number {
  return words?.startsWith('下') ? words.length : 0;
}

// ── hours ────────────────────────────────────────────────────────────────────────────────────────

/** When people go home. */
const WORKDAY_END = 17 * 60;
const DAY_END = endOf(
  '(?:eod|end\\s+of\\s+(?:the\\s+)?(?:business\\s+)?day|close\\s+of\\s+business)',
  '下班(?=\\s*(?:之前|以前|前))',
);
/** `half past three`, `a quarter to five`, `14h30`: from seven on, since `1h30` is how long. */
const CLOCK_WORDS =
  /\b(?:(half|(?:a\s+)?quarter|ten|five|twenty)\s+past|(?:a\s+)?(quarter)\s+to)\s+(\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)(?:\s*([ap])\.?m\b\.?)?(?![\w:])/giu;
const HOUR_H = /(?<![\w:.])(0?[7-9]|1\d|2[0-3])h([0-5]\d)(?![\w:])/giu;
/** `at 0900`, where nothing more is said of it: not at 1430 Main Street. */
const FOUR_DIGITS =
  /(?<=\bat\s+)([01]\d|2[0-3])([0-5]\d)(?=[\s\uE000]*(?:$|[,;])|\s+(?:(?:with|about|re|on)\b|today|tomorrow|next|this|mon|tue|wed|thu|fri|sat|sun))/giu;
/** `7 in the evening`. */
const HOUR_OF_PART =
  /(?<![\w:./])(\d{1,2})(?:[:.]([0-5]\d))?\s+(?:in\s+the\s+(morning|afternoon|evening)|at\s+night)\b/giu;
/** `9-10點`, of which the library reads the end. */
const CHINESE_SPAN =
  /(凌晨|早上|早晨|上午|中午|下午|傍晚|晚上)?\s*(?<!\d)(\d{1,2})(?::([0-5]\d))?\s*[-–~～]\s*(\d{1,2})(?:點(半)?|:([0-5]\d)(?:點)?)(?!\d)/gu;
/** Hours right behind a day: `tomorrow 9-10`, `day after tomorrow 8`. */
const HOURS_BEHIND =
  /^\s+(\d{1,2})(?:[:.]([0-5]\d))?(?:\s*[-–]\s*(\d{1,2})(?:[:.]([0-5]\d))?)?(?=\s*(?:$|[,;])|\s+(?:with|about|re|w\/)(?:\s|$))/iu;
/** `中文` hours and minutes from now, which the library counts in the zone of the machine. */
const CHINESE_LATER =
  /(半|\d+|[一二兩三四五六七八九十]+)\s*(?:個)?(半)?\s*(小時|鐘頭|分鐘)(?:以後|之後|後|以內|之內|內)/gu;

/** A day with the hours that stand right behind it. */
export function withHours(found: FoundTime, left: string): FoundTime {
  if (found.day === undefined || found.minutes !== undefined) return found;
  const behind = HOURS_BEHIND.exec(left.slice(found.index + found.length));
  const [all = '', hour = '', minute = '0', endHour, endMinute = '0'] = behind ?? [];
  if (!behind || Number(hour) > 23 || Number(endHour ?? 0) > 24) return found;
  const minutes = clock(Number(hour), Number(minute));
  return {
    ...found,
    length: found.length + all.length,
    minutes,
    ...(endHour !== undefined && {
      endMinutes: untilOf(minutes, Number(endHour) * 60 + Number(endMinute)),
    }),
  };
}

/** Who says three means the afternoon. */
export function clock(hour: number, minute: number): number {
  return ((hour > 0 && hour < 8 ? hour + 12 : hour) % 24) * 60 + minute;
}

/** `11-1` is until one in the afternoon; what is no later even so (`10pm-2am`) is of the next day. */
export function untilOf(minutes: number, end: number): number {
  return end <= minutes && end < 720 && end + 720 > minutes ? end + 720 : end;
}

/** Hours in words, and the end of the working day. */
function clocksIn(text: string): FoundTime[] {
  const words = [...text.matchAll(CLOCK_WORDS)].map((match) => {
    const [all, past, quarterTo, hourWord = '', half] = match;
    const hour = englishNumber(hourWord);
    const sharp =
      half === undefined ? clock(hour, 0) : ((hour % 12) + (/p/i.test(half) ? 12 : 0)) * 60;
    const minutes = quarterTo === undefined ? sharp + amountOf(past ?? '') : sharp + 1440 - 15;
    return { index: match.index, length: all.length, minutes: minutes % 1440 };
  });
  const digits = [HOUR_H, FOUR_DIGITS]
    .flatMap((pattern) => [...text.matchAll(pattern)])
    .map((match) => ({
      index: match.index,
      length: match[0].length,
      minutes: Number(match[1]) * 60 + Number(match[2]),
    }));
  const ofParts = [...text.matchAll(HOUR_OF_PART)].flatMap((match) => {
    const [all, hour = '', minute = '0', part] = match;
    if (Number(hour) > 12) return [];
    const isLate = part?.toLowerCase() !== 'morning';
    const minutes = ((Number(hour) % 12) + (isLate ? 12 : 0)) * 60 + Number(minute);
    return [{ index: match.index, length: all.length, minutes }];
  });
  const ends = [...text.matchAll(DAY_END)].map(({ 0: { length }, index }) => ({
    index,
    length,
    minutes: WORKDAY_END,
  }));
  return [...words, ...digits, ...ofParts, ...ends];
}

function amountOf(part: string): number {
  return /half/i.test(part) ? 30 : /quarter/i.test(part) ? 15 : englishNumber(part);
}

function spansIn(text: string): FoundTime[] {
  return [...text.matchAll(CHINESE_SPAN)].flatMap((match) => {
    const [all, part, hour = '', minute = '0', endHour = '', half, endMinute = '0'] = match;
    if (Number(hour) > 23 || Number(endHour) > 24) return [];
    const isLate = /下午|傍晚|晚上/.test(part ?? '') && Number(hour) < 12;
    const from =
      part === undefined
        ? clock(Number(hour), Number(minute))
        : (Number(hour) + (isLate ? 12 : 0)) * 60 + Number(minute);
    const to = Number(endHour) * 60 + (half === undefined ? Number(endMinute) : 30);
    return [
      { index: match.index, length: all.length, minutes: from, endMinutes: untilOf(from, to) },
    ];
  });
}

function laterIn(text: string, now: Milliseconds): FoundTime[] {
  return [...text.matchAll(CHINESE_LATER)].flatMap((match) => {
    const [all, count = '', half, unit] = match;
    const amount = (count === '半' ? 0.5 : chineseNumber(count)) + (half ? 0.5 : 0);
    const length = unit === '分鐘' ? 60_000 : 3_600_000;
    if (!Number.isFinite(amount) || amount > 10_000) return [];
    const instant = Math.floor((now + amount * length) / 60_000) * 60_000;
    return [{ index: match.index, length: all.length, instant }];
  });
}

// ── numbers ──────────────────────────────────────────────────────────────────────────────────────

const NUMBERS = 'one two three four five six seven eight nine ten eleven twelve'.split(' ');

/** Days behind a Monday. */
function weekdayOf(name: string): number {
  const letters = name.slice(0, 2).toUpperCase();
  return RULE_DAYS.findIndex((day) => day === letters);
}

function chineseWeekday(name: string): number {
  return Math.min('一二三四五六日天'.indexOf(name), 6);
}

function englishNumber(word: string): number {
  if (/^\d+$/.test(word)) return Number(word);
  return /^twenty$/i.test(word) ? 20 : NUMBERS.indexOf(word.toLowerCase()) + 1;
}

import { chineseNumber } from './chinese-number.js';

/** Minutes of a day, an hour and a minute by the words for them, in the languages of the kit. */
const UNITS: readonly (readonly [RegExp, number])[] = [
  [/^(?:d|days?|天|日)$/i, 1440],
  [/^(?:h|hrs?|hours?|小時|個小時|鐘頭|個鐘頭|時)$/i, 60],
  [/^(?:m|mins?|minutes?|分鐘|分)$/i, 1],
];
const PART =
  /(半|\d+(?:[.,]\d+)?|[一二兩三四五六七八九十]+)\s*(個半(?:小時|鐘頭)|[a-z]+|(?:個?(?:小時|鐘頭)|分鐘|[天日時分]))?\.?/giu;

/**
 * Minutes that a typed length means: "90", "1h 30m", "1:30", "1.5 h", "half an hour", "1 小時 30 分鐘", "一個半小時". A number alone is
 * minutes. Undefined for what is no length. Rounded to whole minutes.
 */
export function parseDuration(text: string): number | undefined {
  const typed = text
    .normalize('NFKC')
    .trim()
    .replace(/^(?:an|one)\s+hour\s+and\s+a\s+half$/i, '90')
    .replace(/^half\s+an?\s+(?=hour|day)/i, '0.5 ')
    .replace(/^(?:an?|one)\s+(?=hour|day|minute)/i, '1 ');
  const clock = /^(\d{1,3}):([0-5]\d)$/.exec(typed);
  if (clock) return Number(clock[1]) * 60 + Number(clock[2]);
  if (/^\d+(?:[.,]\d+)?$/.test(typed)) return whole(numberOf(typed));
  let minutes = 0;
  let at = 0;
  let last = Number.POSITIVE_INFINITY;
  for (const part of typed.matchAll(PART)) {
    // Only spaces, commas and "and" between the parts.
    if (!/^[\s,，、]*(?:and\s+)?$/i.test(typed.slice(at, part.index))) return undefined;
    const [all, count = '', word = ''] = part;
    const isHalfMore = word.startsWith('個半');
    const unit = isHalfMore ? 60 : unitOf(word, last);
    if (unit === undefined || unit >= last) return undefined;
    minutes += (numberOf(count) + (isHalfMore ? 0.5 : 0)) * unit;
    last = unit;
    at = part.index + all.length;
  }
  return at > 0 && typed.slice(at).trim() === '' ? whole(minutes) : undefined;
}

/** Of "1h 30" the 30 are minutes. */
function unitOf(word: string, last: number): number | undefined {
  if (word === '') return last === 60 ? 1 : undefined;
  return UNITS.find(([words]) => words.test(word))?.[1];
}

function numberOf(text: string): number {
  if (text === '半') return 0.5;
  return /^\d/.test(text) ? Number(text.replace(',', '.')) : chineseNumber(text);
}

function whole(minutes: number): number | undefined {
  return Number.isFinite(minutes) && minutes < 1e7 ? Math.round(minutes) : undefined;
}

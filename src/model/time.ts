import { fromAbsolute, parseDate, parseDateTime, toZoned } from '@internationalized/date';
import type { Activity } from './activity.js';
import type { ActivityType } from './activity-type.js';

/**
 * One string whose form is its kind: an instant `2026-11-23T14:00:00Z`, a calendar date `2026-11-23` (never shifted by a
 * zone), or a wall time with its zone `2026-11-23T14:00:00[Asia/Taipei]`.
 */
export type Time = string;
/** A calendar date, `2026-11-23`. */
export type Day = string;
/** Milliseconds since 1970 UTC. */
export type Milliseconds = number;

export type TimeKind = 'instant' | 'date' | 'wall';

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const DAYS_IN_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;
// No leap seconds: of engines, WebKit alone knows them.
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:[0-5]\d(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/;
/** As most instants are written, on a day that every month has: known at a glance, for every time of every row. */
const PLAIN_INSTANT =
  /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{3})?Z$/;
/** A day that every month has, in a year that is written with four figures. */
const PLAIN_DAY = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])$/;
const FIRST_PLAIN = Date.UTC(1000, 0, 1);
const BEHIND_PLAIN = Date.UTC(9999, 0, 1);
const WALL = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)\[([^\]]+)\]$/;

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** Which kind of time this is; undefined for what is none, the 31st of February included. */
export function timeKind(value: unknown): TimeKind | undefined {
  if (typeof value !== 'string') return undefined;
  if (PLAIN_INSTANT.test(value)) return 'instant';
  try {
    if (DATE.test(value)) return isInCalendar(value) ? 'date' : undefined;
    if (INSTANT.test(value)) {
      return isInCalendar(value) && !Number.isNaN(Date.parse(value)) ? 'instant' : undefined;
    }
    const wall = WALL.exec(value);
    if (!wall?.[1] || !wall[2]) return undefined;
    toZoned(parseDateTime(wall[1]), wall[2]);
    return 'wall';
  } catch {
    return undefined;
  }
}

/** What begins with `2026-02-28` has a day that exists. */
function isInCalendar(time: string): boolean {
  const year = figures(time, 0, 4);
  const month = figures(time, 5, 7);
  const day = figures(time, 8, 10);
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = (DAYS_IN_MONTH[month - 1] ?? 0) + (month === 2 && isLeap ? 1 : 0);
  return year >= 0 && day >= 1 && day <= days;
}

/** The number that a part of a text is; negative where other characters stand among the figures. */
function figures(text: string, from: number, to: number): number {
  let number = 0;
  for (let at = from; at < to; at++) {
    const figure = text.charCodeAt(at) - 0x30;
    if (!(figure >= 0 && figure <= 9)) return -1;
    number = number * 10 + figure;
  }
  return number;
}

export function isDate(time: Time): boolean {
  return time.length === 10;
}

/** What `Date.parse` answers, in a third of its time: a list is sorted by the times of all its rows. */
function plainMilliseconds(time: Time): Milliseconds {
  const month = twoFigures(time, 5);
  // From the first of March on, so that a leap day is the last of its year.
  const years = twoFigures(time, 0) * 100 + twoFigures(time, 2) - (month < 3 ? 1 : 0);
  const leapDays = Math.floor(years / 4) - Math.floor(years / 100) + Math.floor(years / 400);
  const daysInYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + twoFigures(time, 8) - 1;
  const days = 365 * years + leapDays + daysInYear - DAYS_BEFORE_1970;
  const minutes = (days * 24 + twoFigures(time, 11)) * 60 + twoFigures(time, 14);
  const fraction =
    time.length === 24 ? (time.charCodeAt(20) - ZERO) * 100 + twoFigures(time, 21) : 0;
  return minutes * MINUTE + twoFigures(time, 17) * 1000 + fraction;
}

/** From the first of March of the year 0. */
const DAYS_BEFORE_1970 = 719_468;
const ZERO = 48;

function twoFigures(text: string, at: number): number {
  return (text.charCodeAt(at) - ZERO) * 10 + text.charCodeAt(at + 1) - ZERO;
}

/** The instant of a time: of a calendar date, the first moment of that day in `timeZone`. NaN for what is no time. */
export function toMilliseconds(time: Time, timeZone: string): Milliseconds {
  if (isDate(time)) return startOfDay(time, timeZone);
  if (PLAIN_INSTANT.test(time)) return plainMilliseconds(time);
  const bracket = time.indexOf('[');
  if (bracket < 0) return Date.parse(time);
  try {
    const zone = time.slice(bracket + 1, -1);
    return toZoned(parseDateTime(time.slice(0, bracket)), zone, 'compatible')
      .toDate()
      .getTime();
  } catch {
    return Number.NaN;
  }
}

/** `2026-11-23T14:00:00Z`, without needless fractions of a second. */
export function toInstant(milliseconds: Milliseconds): Time {
  // The rows of one act, and often of the next, have the same stamps.
  const whole = Math.trunc(milliseconds);
  if (whole !== lastInstant.of) {
    const text = new Date(whole).toISOString().replace('.000Z', 'Z');
    lastInstant = { of: whole, text };
  }
  return lastInstant.text;
}

let lastInstant: { readonly of: Milliseconds; readonly text: Time } = { of: Number.NaN, text: '' };

/** A zone's distance from UTC is asked once for each quarter of an hour: since this moment, clocks change at its edges only. */
const SURE_SINCE = Date.UTC(2000, 0, 1);
const QUARTER = 15 * MINUTE;
const MOST_REMEMBERED = 20_000;
const walls = new Map<string, Map<number, Milliseconds>>();

/** What the wall clock in `timeZone` shows at an instant, as if it were UTC. */
export function wallTime(milliseconds: Milliseconds, timeZone: string): Milliseconds {
  if (!(milliseconds >= SURE_SINCE)) {
    return milliseconds + fromAbsolute(milliseconds, timeZone).offset;
  }
  let offsets = walls.get(timeZone);
  if (!offsets) walls.set(timeZone, (offsets = new Map()));
  const quarter = Math.floor(milliseconds / QUARTER);
  let offset = offsets.get(quarter);
  if (offset === undefined) {
    if (offsets.size > MOST_REMEMBERED) offsets.clear();
    offset = fromAbsolute(quarter * QUARTER, timeZone).offset;
    offsets.set(quarter, offset);
  }
  return milliseconds + offset;
}

/** The calendar date on which an instant falls for somebody in `timeZone`; a calendar date is itself. */
export function dayOf(time: Time | Milliseconds, timeZone: string): Day {
  if (typeof time === 'string' && isDate(time)) return time;
  const milliseconds = typeof time === 'number' ? time : toMilliseconds(time, timeZone);
  const wall = new Date(wallTime(milliseconds, timeZone));
  const year = String(wall.getUTCFullYear()).padStart(4, '0');
  return `${year}-${two(wall.getUTCMonth() + 1)}-${two(wall.getUTCDate())}`;
}

/** Minutes of the wall clock since midnight in `timeZone`, 0 to 1439. The same on a day that a clock change made longer or shorter. */
export function wallMinutes(milliseconds: Milliseconds, timeZone: string): number {
  const wall = new Date(wallTime(milliseconds, timeZone));
  return wall.getUTCHours() * 60 + wall.getUTCMinutes();
}

/** The instant at which the wall clock in `timeZone` shows this day and minute. A skipped time moves forward, a repeated one is the first. */
export function fromWall(day: Day, minutes: number, timeZone: string): Milliseconds {
  const date = addDays(day, Math.floor(minutes / 1440));
  const rest = ((minutes % 1440) + 1440) % 1440;
  const wall = parseDateTime(`${date}T${two(Math.floor(rest / 60))}:${two(rest % 60)}`);
  return toZoned(wall, timeZone, 'compatible').toDate().getTime();
}

const dayStarts = new Map<string, Milliseconds>();

/** The first moment of a day in `timeZone`. */
export function startOfDay(day: Day, timeZone: string): Milliseconds {
  const key = `${day}${timeZone}`;
  let start = dayStarts.get(key);
  if (start === undefined) {
    if (dayStarts.size > 5000) dayStarts.clear();
    start = parseDate(day).toDate(timeZone).getTime();
    dayStarts.set(key, start);
  }
  return start;
}

export function addDays(day: Day, days: number): Day {
  // Of days that are written plainly the platform's own arithmetic is many times faster; each row's deadline may ask for it.
  const at = PLAIN_DAY.test(day) ? Date.parse(day) + days * DAY : Number.NaN;
  return at >= FIRST_PLAIN && at < BEHIND_PLAIN
    ? new Date(at).toISOString().slice(0, 10)
    : parseDate(day).add({ days }).toString();
}

export function addMonths(day: Day, months: number): Day {
  return parseDate(day).add({ months }).toString();
}

/** Days from one date to another; negative if `to` is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY);
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}

/** What makes it late: its type's deadline. */
export function deadlineOf(activity: Activity, type: ActivityType): Time | undefined {
  return type.deadline === 'end' ? activity.end : activity.due;
}

/** The last moment at which it is not yet late: a calendar date lasts until its day has ended for the user. */
export function deadlineMilliseconds(
  activity: Activity,
  type: ActivityType,
  timeZone: string,
): Milliseconds | undefined {
  const deadline = deadlineOf(activity, type);
  if (deadline === undefined) return undefined;
  if (!isDate(deadline)) return toMilliseconds(deadline, timeZone);
  const dayAfter = type.deadline === 'end' ? deadline : addDays(deadline, 1);
  return startOfDay(dayAfter, timeZone) - 1;
}

/** Late and still to be done. */
export function isOverdue(
  activity: Activity,
  type: ActivityType,
  now: Milliseconds,
  timeZone: string,
): boolean {
  if (activity.state !== 'open' && activity.state !== 'scheduled') return false;
  const deadline = deadlineMilliseconds(activity, type, timeZone);
  return deadline !== undefined && deadline < now;
}

/** Where a calendar shows it. `end` is exclusive; without one it is a moment. */
export interface Span {
  readonly start: Milliseconds;
  readonly end: Milliseconds;
  readonly allDay: boolean;
  /** Only a deadline, no time that it takes. */
  readonly deadlineOnly: boolean;
}

/** Start to end, else the deadline; undefined for what stands nowhere in a calendar. */
export function spanOf(activity: Activity, type: ActivityType, timeZone: string): Span | undefined {
  const start = activity.start ?? deadlineOf(activity, type);
  if (start === undefined) return undefined;
  const from = toMilliseconds(start, timeZone);
  if (Number.isNaN(from)) return undefined;
  const deadlineOnly = activity.start === undefined;
  if (isDate(start)) {
    const last = !deadlineOnly && activity.end && isDate(activity.end) ? activity.end : start;
    const exclusive = last > start ? last : addDays(start, 1);
    return { start: from, end: startOfDay(exclusive, timeZone), allDay: true, deadlineOnly };
  }
  const end =
    deadlineOnly || activity.end === undefined ? from : toMilliseconds(activity.end, timeZone);
  return { start: from, end: end > from ? end : from, allDay: false, deadlineOnly };
}

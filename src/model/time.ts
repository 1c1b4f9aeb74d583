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
const WALL = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)\[([^\]]+)\]$/;

/** Of the characters that stand between the figures of an instant. */
const CODES = { dash: 0x2d, t: 0x54, colon: 0x3a, dot: 0x2e, z: 0x5a } as const;

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** Which kind of time this is; undefined for what is none, the 31st of February included. */
export function timeKind(value: unknown): TimeKind | undefined {
  if (typeof value !== 'string') return undefined;
  if (!Number.isNaN(plainInstant(value))) return 'instant';
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

/** As most instants are written, `2026-11-23T14:00:00Z`, with or without milliseconds: read by the figures alone, for every time of every row. NaN for all else. */
function plainInstant(time: string): Milliseconds {
  const { length } = time;
  const isLong = length === 24;
  if ((!isLong && length !== 20) || time.charCodeAt(length - 1) !== CODES.z) return Number.NaN;
  if (time.charCodeAt(4) !== CODES.dash || time.charCodeAt(7) !== CODES.dash) return Number.NaN;
  if (time.charCodeAt(10) !== CODES.t || time.charCodeAt(13) !== CODES.colon) return Number.NaN;
  if (time.charCodeAt(16) !== CODES.colon || !isInCalendar(time)) return Number.NaN;
  if (isLong && time.charCodeAt(19) !== CODES.dot) return Number.NaN;
  const fraction = isLong ? figures(time, 20, 23) : 0;
  const hour = figures(time, 11, 13);
  const minute = figures(time, 14, 16);
  const second = figures(time, 17, 19);
  if (fraction < 0 || hour < 0 || minute < 0 || second < 0) return Number.NaN;
  if (hour >= 24 || minute >= 60 || second >= 60) return Number.NaN;
  return (
    daysSince1970(figures(time, 0, 4), figures(time, 5, 7), figures(time, 8, 10)) * DAY +
    ((hour * 60 + minute) * 60 + second) * 1000 +
    fraction
  );
}

/** Of the Gregorian calendar, years from 0 on, by counting years from March. */
function daysSince1970(year: number, month: number, day: number): number {
  const years = month > 2 ? year : year - 1;
  const months = month > 2 ? month - 3 : month + 9;
  return (
    365 * years +
    Math.floor(years / 4) -
    Math.floor(years / 100) +
    Math.floor(years / 400) +
    Math.floor((153 * months + 2) / 5) +
    day -
    719_469
  );
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

/** The instant of a time: of a calendar date, the first moment of that day in `timeZone`. NaN for what is no time. */
export function toMilliseconds(time: Time, timeZone: string): Milliseconds {
  if (isDate(time)) return startOfDay(time, timeZone);
  const plain = plainInstant(time);
  if (!Number.isNaN(plain)) return plain;
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
  return new Date(milliseconds).toISOString().replace('.000Z', 'Z');
}

/** A zone's distance from UTC is asked once for each quarter of an hour: since this moment, clocks change at its edges only. */
const SURE_SINCE = Date.UTC(2000, 0, 1);
const QUARTER = 15 * MINUTE;
const MOST_REMEMBERED = 20_000;
const walls = new Map<string, Map<number, Milliseconds>>();

/** The user's wall clock, as if it were UTC. */
function wallOf(milliseconds: Milliseconds, timeZone: string): Milliseconds {
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
  const wall = new Date(wallOf(milliseconds, timeZone));
  const year = String(wall.getUTCFullYear()).padStart(4, '0');
  return `${year}-${two(wall.getUTCMonth() + 1)}-${two(wall.getUTCDate())}`;
}

/** Minutes of the wall clock since midnight in `timeZone`, 0 to 1439. The same on a day that a clock change made longer or shorter. */
export function wallMinutes(milliseconds: Milliseconds, timeZone: string): number {
  const wall = new Date(wallOf(milliseconds, timeZone));
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
  return parseDate(day).add({ days }).toString();
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

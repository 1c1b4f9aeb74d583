import { fromAbsolute, toCalendarDateTime } from '@internationalized/date';
import {
  addDays,
  dayOf,
  daysBetween,
  fromWall,
  isDate,
  timeKind,
  toInstant,
  toMilliseconds,
  wallMinutes,
  type Day,
  type Milliseconds,
  type Time,
} from './time.js';

/** From start to end; calendar dates mean whole days, `end` exclusive. */
export interface Period {
  readonly start?: Time | undefined;
  readonly end?: Time | undefined;
}

/** Minutes that something takes when nobody says how long. Dynamics 365's default too. */
const DEFAULT_LENGTH = 30;

/**
 * The time at which the user's wall clock shows this, in the form of `like`: a wall time keeps its zone, and where nothing
 * changes, so does `like` itself, seconds and the second of two equal hours included.
 */
export function atWall(day: Day, minutes: number, timeZone: string, like?: Time): Time {
  if (like !== undefined && timeKind(like) !== undefined && !isDate(like)) {
    const old = toMilliseconds(like, timeZone);
    if (dayOf(old, timeZone) === day && wallMinutes(old, timeZone) === minutes) return like;
  }
  return inFormOf(like, fromWall(day, minutes, timeZone));
}

/** Whether no clock in that zone shows this time on that day: in spring one hour is skipped. */
export function isSkipped(day: Day, minutes: number, timeZone: string): boolean {
  return wallMinutes(fromWall(day, minutes, timeZone), timeZone) !== minutes % 1440;
}

/** The end after the start was moved: as long after it as before, by the wall clock where it lies on another day. */
export function followStart(before: Period, start: Time, timeZone: string): Time | undefined {
  const { end } = before;
  if (timeKind(start) === undefined) return end;
  if (isDate(start)) {
    const days =
      before.start !== undefined && end !== undefined && isDate(before.start) && isDate(end)
        ? Math.max(1, daysBetween(before.start, end))
        : 1;
    return addDays(start, days);
  }
  const from = toMilliseconds(start, timeZone);
  const fallback = inFormOf(start, from + DEFAULT_LENGTH * 60_000);
  if (before.start === undefined || end === undefined) return end ?? fallback;
  if (isDate(before.start) || isDate(end)) return fallback;
  const [oldFrom, oldTo] = [before.start, end].map((time) => toMilliseconds(time, timeZone));
  if (oldFrom === undefined || oldTo === undefined || !(oldTo >= oldFrom)) return fallback;
  const days = daysBetween(dayOf(oldFrom, timeZone), dayOf(oldTo, timeZone));
  if (days === 0) return inFormOf(end, from + oldTo - oldFrom);
  const minutes =
    wallMinutes(oldTo, timeZone) - wallMinutes(oldFrom, timeZone) + wallMinutes(from, timeZone);
  const to = fromWall(addDays(dayOf(from, timeZone), days), minutes, timeZone);
  // The hour that a clock skips may swallow what was shorter than it.
  return inFormOf(end, Math.max(from, to));
}

/** The same days as whole days. */
export function toAllDay({ start, end }: Period, timeZone: string): Period {
  if (start === undefined || isDate(start)) return { start, end };
  const first = dayOf(start, timeZone);
  const to = end === undefined ? Number.NaN : toMilliseconds(end, timeZone);
  // What ends at midnight does not reach into the next day.
  const last = to > toMilliseconds(start, timeZone) ? dayOf(to - 1, timeZone) : first;
  return { start: first, end: addDays(last, 1) };
}

/** The same days with times: from `minutes` of the first. */
export function toTimed({ start, end }: Period, minutes: number, timeZone: string): Period {
  if (start === undefined || !isDate(start)) return { start, end };
  const last = end !== undefined && isDate(end) && end > start ? addDays(end, -1) : start;
  return {
    start: atWall(start, minutes, timeZone),
    end: atWall(last, minutes + DEFAULT_LENGTH, timeZone),
  };
}

/** The next full or half hour of the wall clock, as minutes since midnight; the day's last one where it would be tomorrow. */
export function nextHalfHour(now: Milliseconds, timeZone: string): number {
  return Math.min(23 * 60 + 30, (Math.floor(wallMinutes(now, timeZone) / 30) + 1) * 30);
}

function inFormOf(like: Time | undefined, at: Milliseconds): Time {
  const bracket = like?.indexOf('[') ?? -1;
  if (like === undefined || bracket < 0) return toInstant(at);
  const zone = like.slice(bracket + 1, -1);
  return `${toCalendarDateTime(fromAbsolute(at, zone)).toString()}[${zone}]`;
}

import {
  dayOf,
  fromWall,
  toInstant,
  wallMinutes,
  type Day,
  type Milliseconds,
  type Time,
} from '../../model/time.js';

const HALF_HOUR = 30;

/** Start and end of what is planned for half an hour from a minute of a day on. */
export function halfHourAt(
  day: Day,
  minute: number,
  timeZone: string,
): { readonly start: Time; readonly end: Time } {
  const start = fromWall(day, minute, timeZone);
  return { start: toInstant(start), end: toInstant(start + HALF_HOUR * 60_000) };
}

/** The next half hour of the clock, as it is now, on a day; its last one where the next is tomorrow's. */
export function nextHalfHour(
  day: Day,
  now: Milliseconds,
  timeZone: string,
): { readonly start: Time; readonly end: Time } {
  const next = (Math.floor(wallMinutes(now, timeZone) / HALF_HOUR) + 1) * HALF_HOUR;
  const minute = Math.min(next, 24 * 60 - HALF_HOUR);
  return halfHourAt(day, minute, timeZone);
}

/** Minutes of the wall clock since midnight on `day`, as far as the day has gone: 0 before it, 1440 after it. */
export function minutesGone(day: Day, now: Milliseconds, timeZone: string): number {
  const today = dayOf(now, timeZone);
  if (today !== day) return today > day ? 24 * 60 : 0;
  return wallMinutes(now, timeZone);
}

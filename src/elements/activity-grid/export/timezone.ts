import {
  dayOf,
  toMilliseconds,
  wallTime,
  type Milliseconds,
  type Time,
} from '../../../model/time.js';

const WEEK: Milliseconds = 7 * 86_400_000;
const MINUTE: Milliseconds = 60_000;
/** A series without an end is told the clock changes of so many years; what reads the file knows the zone by its name, as a rule. */
const YEARS = 10;

/**
 * The VTIMEZONE of RFC 5545 for an IANA zone: how its clock stands against UTC from the year before `since` on, one part for each
 * change. Programs that do not know the zone by its name read it there.
 */
export function timezoneLines(zone: string, since: Time): string[] {
  const first = Number(dayOf(since, zone).slice(0, 4)) - 1;
  const from = toMilliseconds(`${String(first)}-01-01`, zone);
  const to = toMilliseconds(`${String(first + 1 + YEARS)}-01-01`, zone);
  const start = offsetAt(from, zone);
  return [
    'BEGIN:VTIMEZONE',
    `TZID:${zone}`,
    ...part(from, start, start),
    ...changes(zone, from, to).flatMap(({ at, before, after }) => part(at, before, after)),
    'END:VTIMEZONE',
  ];
}

interface ClockChange {
  readonly at: Milliseconds;
  /** Minutes east of UTC. */
  readonly before: number;
  readonly after: number;
}

/** No clock is changed twice within a week. */
function changes(zone: string, from: Milliseconds, to: Milliseconds): ClockChange[] {
  const found: ClockChange[] = [];
  for (let at = from; at < to; at += WEEK) {
    const [before, after] = [offsetAt(at, zone), offsetAt(at + WEEK, zone)];
    if (before === after) continue;
    let [low, high] = [at, at + WEEK];
    while (high - low > MINUTE) {
      const middle = low + Math.floor((high - low) / 2 / MINUTE) * MINUTE;
      if (offsetAt(middle, zone) === before) low = middle;
      else high = middle;
    }
    found.push({ at: high, before, after });
  }
  return found;
}

function part(at: Milliseconds, before: number, after: number): string[] {
  const kind = after > before ? 'DAYLIGHT' : 'STANDARD';
  // On the clock as it stood before.
  const wall = new Date(at + before * MINUTE).toISOString().slice(0, 19);
  return [
    `BEGIN:${kind}`,
    `DTSTART:${wall.replace(/[-:]/g, '')}`,
    `TZOFFSETFROM:${offsetText(before)}`,
    `TZOFFSETTO:${offsetText(after)}`,
    `END:${kind}`,
  ];
}

function offsetAt(at: Milliseconds, zone: string): number {
  return Math.round((wallTime(at, zone) - at) / MINUTE);
}

/** `+0530` */
function offsetText(minutes: number): string {
  const size = Math.abs(minutes);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}${two(size % 60)}`;
}

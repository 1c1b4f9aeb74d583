import { MOST_DATES, ruleParts } from './recurrence.js';
import {
  addDays,
  dayOf,
  fromWall,
  isDate,
  timeKind,
  toInstant,
  toMilliseconds,
  wallMinutes,
  type Day,
  type Time,
} from './time.js';

/** When a series takes place. */
export interface SeriesPlan {
  /** Of the first date, or from when on the first is sought. The dates have its kind of time, and its time of the wall clock. */
  readonly start: Time;
  /** RFC 5545. */
  readonly rule: string;
  /** The zone of that wall clock. */
  readonly zone: string;
}

export interface DatesOptions {
  /** At most so many. Default: `MOST_DATES`. */
  readonly most?: number;
  /** Not later than this day, unless there are fewer than `least`. */
  readonly until?: Day;
  readonly least?: number;
}

/** The dates of a series, in order. Throws a RangeError for what is no rule, or one that never comes true. */
export type DatesOf = (plan: SeriesPlan, options?: DatesOptions) => readonly Time[];

/** Periods in which nothing falls, after which a rule is taken for one that never comes true. */
const MOST_EMPTY = 500;

/** Brings the library that reads rules. */
export async function loadDates(): Promise<DatesOf> {
  const { RRuleTemporal } = await import('rrule-temporal');
  return ({ start, rule, zone: seriesZone }, { most = MOST_DATES, until, least = 0 } = {}) => {
    // Of a wall time its own zone counts.
    const zone = timeKind(start) === 'wall' ? start.slice(start.indexOf('[') + 1, -1) : seriesZone;
    const firstDay = dayOf(start, zone);
    const at = isDate(start) ? 0 : toMilliseconds(start, zone);
    const minutes = isDate(start) ? 0 : wallMinutes(at, zone);
    const seconds = isDate(start) ? 0 : at % 60_000;
    // The library is asked on a clock that never changes; what the wall clock makes of it is the kit's own.
    const dates: Time[] = [];
    try {
      const rules = new RRuleTemporal({
        rruleString: `DTSTART:${compact(firstDay)}T${clock(minutes)}00Z\nRRULE:${onWallClock(rule, zone)}`,
        maxIterations: MOST_EMPTY,
      });
      rules.all((date, index) => {
        const day = date.toPlainDate().toString();
        if (index >= most || (until !== undefined && day > until && index >= least)) return false;
        const minute = date.hour * 60 + date.minute;
        if (isDate(start)) dates.push(day);
        else if (timeKind(start) === 'wall') dates.push(`${day}T${clock(minute, ':')}:00[${zone}]`);
        // In the hour that a clock change repeats, its wall clock does not say which of two the start is.
        else if (day === firstDay && minute === minutes) dates.push(toInstant(at));
        else dates.push(toInstant(fromWall(day, minute, zone) + seconds));
        return true;
      });
    } catch (error) {
      if (dates.length === 0) throw new RangeError('no date', { cause: error });
    }
    return dates;
  };
}

/** The same rule with its end as the wall clock shows it. */
function onWallClock(rule: string, zone: string): string {
  return [...ruleParts(rule)]
    .map(([name, value]) => `${name}=${name === 'UNTIL' ? wallUntil(value, zone) : value}`)
    .join(';');
}

function wallUntil(until: string, zone: string): string {
  const [, date = '', time, utc] = /^(\d{8})(?:T(\d{6})(Z?))?$/.exec(until) ?? [];
  if (utc !== 'Z' || time === undefined) return `${date}T${time ?? '235959'}Z`;
  const instant = `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}T${time.slice(0, 2)}:${time.slice(2, 4)}:${time.slice(4)}Z`;
  const at = Date.parse(instant);
  return `${compact(dayOf(at, zone))}T${clock(wallMinutes(at, zone))}${time.slice(4)}Z`;
}

function compact(day: Day): string {
  return day.replaceAll('-', '');
}

function clock(minutes: number, between = ''): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${two(Math.floor(minutes / 60))}${between}${two(minutes % 60)}`;
}

/** How far ahead a series without an end is laid out: twelve months, as Dynamics 365 does, and a few dates at least. */
export function horizonOf(now: number, start: Time, zone: string): DatesOptions {
  const from = [dayOf(now, zone), dayOf(start, zone)].sort()[1] ?? dayOf(now, zone);
  return { until: addDays(from, 366), least: 5 };
}

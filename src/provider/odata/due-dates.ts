import type { FieldFilter } from '../../model/query.js';
import {
  addDays,
  dayOf,
  startOfDay,
  toInstant,
  toMilliseconds,
  type Day,
  type Milliseconds,
  type Time,
} from '../../model/time.js';
import { and, or, type Expression } from './filter.js';

/*
 * The service keeps instants only. A due that is a mere date is kept as the last second of that day for the user, which no
 * clock of minutes ever shows, and is read back as the date by whoever's day ends with that second.
 */

/** The last second of a day in `timeZone`. */
export function lastSecondOf(day: Day, timeZone: string): Time {
  return toInstant(startOfDay(addDays(day, 1), timeZone) - 1000);
}

/** The due that is kept as this instant. */
export function readDue(instant: Time, timeZone: string): Time {
  const at = toMilliseconds(instant, timeZone);
  if (Number.isNaN(at) || at % 60_000 !== 59_000) return instant;
  const day = dayOf(at, timeZone);
  return toInstant(at) === lastSecondOf(day, timeZone) ? day : instant;
}

interface Bound {
  readonly literal: string;
  /** What a due on the day of the bound is kept as. */
  readonly mark: string;
  readonly isMidnight: boolean;
}

function boundOf(value: unknown, timeZone: string): Bound | undefined {
  const at = typeof value === 'string' ? toMilliseconds(value, timeZone) : Number.NaN;
  if (Number.isNaN(at)) return undefined;
  const day = dayOf(at, timeZone);
  return {
    literal: toInstant(at),
    mark: lastSecondOf(day, timeZone),
    isMidnight: at === startOfDay(day, timeZone),
  };
}

/** A condition on a due, in which a mere date stands at the beginning of its day. */
export function dueExpression(
  column: string,
  { op, value }: Pick<FieldFilter, 'op' | 'value'>,
  timeZone: string,
): Expression {
  if (op === 'empty') return `${column} ${value === false ? 'ne' : 'eq'} null`;
  if (op === 'in') {
    const values: readonly unknown[] = Array.isArray(value) ? value : [value];
    return or(
      ...values.map((one) => dueExpression(column, { op: 'eq', value: one as string }, timeZone)),
    );
  }
  const bound = boundOf(value, timeZone);
  if (!bound) return false;
  const { literal, mark, isMidnight } = bound;
  const plain = `${column} ${op} ${literal}`;
  switch (op) {
    case 'lt':
      return isMidnight ? plain : or(plain, `${column} eq ${mark}`);
    case 'le':
      return or(plain, `${column} eq ${mark}`);
    case 'gt':
      return and(plain, `${column} ne ${mark}`);
    case 'ge':
      return isMidnight ? plain : and(plain, `${column} ne ${mark}`);
    case 'eq':
      if (isMidnight) return or(plain, `${column} eq ${mark}`);
      return literal === mark ? false : plain;
    default:
      return false;
  }
}

/** A condition on when a due is over: a mere date with its day. */
export function dueEndExpression(
  column: string,
  filter: Pick<FieldFilter, 'op' | 'value'>,
  timeZone: string,
): Expression {
  const { op, value } = filter;
  if (op === 'empty' || op === 'in') return dueExpression(column, filter, timeZone);
  const bound = boundOf(value, timeZone);
  if (!bound) return false;
  const { literal, mark } = bound;
  const isMark = literal === mark;
  switch (op) {
    case 'le':
      return `${column} ${isMark ? 'lt' : 'le'} ${literal}`;
    case 'gt':
      return `${column} ${isMark ? 'ge' : 'gt'} ${literal}`;
    case 'eq':
      return isMark ? false : `${column} eq ${literal}`;
    case 'lt':
    case 'ge':
      return `${column} ${op} ${literal}`;
    default:
      return false;
  }
}

/** A condition for a due that lies in a stretch of time, or whose day does in part. */
export function dueRangeExpression(
  column: string,
  from: Milliseconds,
  to: Milliseconds,
  timeZone: string,
): Expression {
  const before = dueExpression(column, { op: 'lt', value: toInstant(to) }, timeZone);
  return and(`${column} ge ${toInstant(from)}`, before);
}

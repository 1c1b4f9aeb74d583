import type { Series } from '../../model/activity.js';
import {
  FREQUENCIES,
  RULE_DAYS,
  formatRule,
  parseRule,
  skipsMonths,
  type Recurrence,
  type RuleDay,
} from '../../model/recurrence.js';
import { dayOf, startOfDay, toInstant, type Day, type Time } from '../../model/time.js';
import { failure } from '../failure.js';
import { numberOf, textOf, type WireRow } from './read-row.js';

/*
 * A rule as the columns of Dataverse's `recurringappointmentmaster`: a pattern of one of four kinds, of which each uses some of
 * the columns, and an end of one of three.
 */

/** Bits of `daysofweekmask`. */
const DAY_BITS: { readonly [day in RuleDay]: number } = {
  SU: 1,
  MO: 2,
  TU: 4,
  WE: 8,
  TH: 16,
  FR: 32,
  SA: 64,
};
const ANY_DAY = 127;
/** Of `instance`: the last one of its month. */
const LAST = 5;
/** Of `patternendtype`. */
const [NO_END, BY_COUNT, BY_DATE] = [1, 2, 3];
/** Of `firstdayofweek`: a rule's week begins with Monday. */
const MONDAY = 1;

/** The columns of a rule for a series that begins on `start`. Fails with `unsupported` for what no pattern says. */
export function toPattern({ rule = '', zone }: Series, start: Time, timeZone: string): WireRow {
  const recurrence = parseRule(rule, start, timeZone);
  // Its clock is the user's, and what it makes of a month without the day is its own affair.
  if (!recurrence || skipsMonths(recurrence) || (zone ?? timeZone) !== timeZone) {
    throw failure('unsupported', '', { fields: { series: '' } });
  }
  const { frequency, interval, days, nth, monthDay, month, count, until } = recurrence;
  const isLastDay = monthDay === -1;
  const isNth = nth !== undefined || isLastDay;
  const mask = days ? days.reduce((bits, day) => bits + DAY_BITS[day], 0) : null;
  return {
    recurrencepatterntype: FREQUENCIES.indexOf(frequency),
    interval,
    daysofweekmask: nth ? DAY_BITS[nth.day] : isLastDay ? ANY_DAY : mask,
    instance: isNth ? (nth && nth.at > 0 ? nth.at : LAST) : null,
    isnthmonthly: isNth && frequency === 'monthly',
    isnthyearly: isNth && frequency === 'yearly',
    isweekdaypattern: false,
    dayofmonth: isNth ? null : (monthDay ?? null),
    monthofyear: month ?? null,
    patternstartdate: midnight(dayOf(start, timeZone), timeZone),
    patternendtype: until !== undefined ? BY_DATE : count !== undefined ? BY_COUNT : NO_END,
    patternenddate: until === undefined ? null : midnight(until, timeZone),
    occurrences: until === undefined ? (count ?? null) : null,
  };
}

/** The same rule, with this day as its last. */
export function toPatternEnd(last: Day, timeZone: string): WireRow {
  return {
    patternendtype: BY_DATE,
    patternenddate: midnight(last, timeZone),
    occurrences: null,
  };
}

/** What a create says beside the pattern, and nothing later can change. */
export const WEEK_BEGINS: WireRow = { firstdayofweek: MONDAY };

/** The rule that a master's columns say; undefined for what is none. */
export function fromPattern(row: WireRow, start: Time, timeZone: string): string | undefined {
  const frequency = FREQUENCIES[numberOf(row, 'recurrencepatterntype') ?? -1];
  if (!frequency) return undefined;
  const recurrence: Recurrence = {
    frequency,
    interval: numberOf(row, 'interval') ?? 1,
    ...placeOf(row, frequency),
    ...endOf(row, timeZone),
  };
  const rule = formatRule(recurrence, start, timeZone);
  const week = numberOf(row, 'firstdayofweek') ?? MONDAY;
  const begins = week === MONDAY ? '' : `;WKST=${daysIn(1 << week)[0] ?? 'MO'}`;
  return `${isAnyOf(row) ? withSeveral(rule, row) : rule}${begins}`;
}

function placeOf(row: WireRow, frequency: Recurrence['frequency']): Partial<Recurrence> {
  const mask = numberOf(row, 'daysofweekmask') ?? 0;
  switch (frequency) {
    case 'daily':
      return {};
    case 'weekly':
      return {
        days: row['isweekdaypattern'] === true ? RULE_DAYS.slice(0, 5) : daysIn(mask),
      };
    case 'monthly':
    case 'yearly': {
      const month = numberOf(row, 'monthofyear');
      const where = frequency === 'yearly' && month !== undefined ? { month } : {};
      const dayofmonth = numberOf(row, 'dayofmonth');
      if (!isNth(row))
        return { ...where, ...(dayofmonth !== undefined && { monthDay: dayofmonth }) };
      const at = numberOf(row, 'instance') ?? 1;
      const [day] = daysIn(mask);
      if (mask === ANY_DAY || !day) return { ...where, monthDay: at === LAST ? -1 : at };
      return { ...where, nth: { at: at === LAST ? -1 : at, day } };
    }
  }
}

function isNth(row: WireRow): boolean {
  return row['isnthmonthly'] === true || row['isnthyearly'] === true;
}

/** The first, second … of several weekdays, such as "the last working day": the editor has no words for it, but a rule has. */
function isAnyOf(row: WireRow): boolean {
  const mask = numberOf(row, 'daysofweekmask') ?? 0;
  return isNth(row) && mask !== ANY_DAY && daysIn(mask).length > 1;
}

function withSeveral(rule: string, row: WireRow): string {
  const at = numberOf(row, 'instance') ?? 1;
  const days = daysIn(numberOf(row, 'daysofweekmask') ?? 0).join(',');
  return rule.replace(/BYDAY=[^;]+/, `BYDAY=${days};BYSETPOS=${at === LAST ? -1 : at}`);
}

function endOf(row: WireRow, timeZone: string): Partial<Recurrence> {
  const count = numberOf(row, 'occurrences');
  const last = textOf(row, 'patternenddate');
  switch (numberOf(row, 'patternendtype')) {
    case BY_COUNT:
      return count === undefined ? {} : { count };
    case BY_DATE:
      return last === undefined ? {} : { until: dayOf(last, timeZone) };
    default:
      return {};
  }
}

function daysIn(mask: number): RuleDay[] {
  return RULE_DAYS.filter((day) => (mask & DAY_BITS[day]) !== 0);
}

function midnight(day: Day, timeZone: string): string {
  return toInstant(startOfDay(day, timeZone));
}

import { getDayOfWeek, parseDate } from '@internationalized/date';
import {
  addDays,
  dayOf,
  daysBetween,
  isDate,
  startOfDay,
  toInstant,
  type Day,
  type Time,
} from './time.js';

/*
 * How often something repeats, as people say it. In data a rule is the text of RFC 5545; what is more than can be said here
 * (hours, weeks of the year, sets) stays as it is.
 */

/** Which occurrences of a series a change is meant for: this one, this and all later ones, all. */
export type SeriesScope = 'this' | 'following' | 'all';

export const FREQUENCIES = ['daily', 'weekly', 'monthly', 'yearly'] as const;
export type Frequency = (typeof FREQUENCIES)[number];

/** RFC 5545's weekdays; a week begins with Monday, as a rule's does that says nothing else. */
export const RULE_DAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;
export type RuleDay = (typeof RULE_DAYS)[number];

export interface Recurrence {
  readonly frequency: Frequency;
  /** Every so many days, weeks … */
  readonly interval: number;
  /** Of weekly ones, in the order of the week. */
  readonly days?: readonly RuleDay[];
  /** Of monthly and yearly ones: the day of the month; -1 is the last. */
  readonly monthDay?: number;
  /** Or a weekday of the month: the first to the fourth, or -1, the last. */
  readonly nth?: { readonly at: number; readonly day: RuleDay };
  /** Of yearly ones, 1 to 12. */
  readonly month?: number;
  /** So many dates in all. */
  readonly count?: number;
  /** The last day on which it may take place. */
  readonly until?: Day;
}

/** More dates than these no series is given. */
export const MOST_DATES = 730;

const OF_RULE: { readonly [word: string]: Frequency } = {
  DAILY: 'daily',
  WEEKLY: 'weekly',
  MONTHLY: 'monthly',
  YEARLY: 'yearly',
};

/** The weekday of a date. */
export function ruleDayOf(day: Day): RuleDay {
  return RULE_DAYS[getDayOfWeek(parseDate(day), 'en-GB', 'mon')] ?? 'MO';
}

/** Which one of its weekday a date is in its month: 1 to 5. */
export function nthOf(day: Day): number {
  return Math.ceil(Number(day.slice(8, 10)) / 7);
}

export function isLastOfMonth(day: Day): boolean {
  return addDays(day, 1).slice(8, 10) === '01';
}

/** It is the last of its weekday in the month. */
export function isLastNth(day: Day): boolean {
  return addDays(day, 7).slice(5, 7) !== day.slice(5, 7);
}

/** What a frequency means for something that begins on this day. */
export function recurrenceOn(frequency: Frequency, day: Day): Recurrence {
  const interval = 1;
  switch (frequency) {
    case 'daily':
      return { frequency, interval };
    case 'weekly':
      return { frequency, interval, days: [ruleDayOf(day)] };
    case 'monthly':
      return { frequency, interval, monthDay: Number(day.slice(8, 10)) };
    case 'yearly':
      return {
        frequency,
        interval,
        month: Number(day.slice(5, 7)),
        monthDay: Number(day.slice(8, 10)),
      };
  }
}

/** The parts of a rule by name, in capitals; of what is none, an empty map. */
export function ruleParts(rule: string): ReadonlyMap<string, string> {
  const parts = new Map<string, string>();
  for (const part of rule.replace(/^RRULE:/i, '').split(';')) {
    const [name = '', value = ''] = part.split('=');
    if (name.trim() !== '') parts.set(name.trim().toUpperCase(), value.trim());
  }
  return parts;
}

/**
 * A rule in the editor's words, for a series that begins on `start` in `zone`; undefined where it says something for which there
 * are none.
 */
export function parseRule(rule: string, start: Time, zone: string): Recurrence | undefined {
  const parts = ruleParts(rule);
  const frequency = OF_RULE[parts.get('FREQ')?.toUpperCase() ?? ''];
  if (!frequency) return undefined;
  const interval = numberOf(parts.get('INTERVAL') ?? '1');
  const count = parts.has('COUNT') ? numberOf(parts.get('COUNT') ?? '') : undefined;
  const until = untilDay(parts.get('UNTIL'), zone);
  if (interval === undefined || (parts.has('UNTIL') && until === undefined)) return undefined;
  if (parts.has('COUNT') && count === undefined) return undefined;
  const pattern = patternOf(frequency, parts, dayOf(start, zone));
  return (
    pattern && {
      ...pattern,
      interval,
      ...(count !== undefined && { count }),
      ...(until !== undefined && { until }),
    }
  );
}

const KNOWN: ReadonlySet<string> = new Set(['FREQ', 'INTERVAL', 'COUNT', 'UNTIL', 'WKST']);

function patternOf(
  frequency: Frequency,
  parts: ReadonlyMap<string, string>,
  day: Day,
): Omit<Recurrence, 'interval'> | undefined {
  const usual = recurrenceOn(frequency, day);
  const said = [...parts.keys()].filter((name) => !KNOWN.has(name));
  const only = (...names: readonly string[]): boolean => said.every((name) => names.includes(name));
  const byDay = parts.get('BYDAY')?.toUpperCase();
  switch (frequency) {
    case 'daily':
    case 'weekly': {
      if (!only('BYDAY')) return undefined;
      if (byDay === undefined) return usual;
      // Of none, somebody is still choosing.
      const days = byDay === '' ? [] : byDay.split(',');
      if (!days.every(isRuleDay)) return undefined;
      // "Every day from Monday to Friday" is the same as every week on those.
      if (frequency === 'daily' && parts.has('INTERVAL') && parts.get('INTERVAL') !== '1') {
        return undefined;
      }
      return { frequency: 'weekly', days: RULE_DAYS.filter((one) => days.includes(one)) };
    }
    case 'monthly':
    case 'yearly': {
      if (!only('BYDAY', 'BYMONTHDAY', 'BYSETPOS', 'BYMONTH')) return undefined;
      if (frequency === 'monthly' && parts.has('BYMONTH')) return undefined;
      const month = parts.has('BYMONTH') ? numberOf(parts.get('BYMONTH') ?? '') : usual.month;
      const where = { frequency, ...(frequency === 'yearly' && month && { month }) };
      if (frequency === 'yearly' && !month) return undefined;
      const monthDay = Number(parts.get('BYMONTHDAY') ?? Number.NaN);
      if (byDay === undefined) {
        if (parts.has('BYSETPOS')) return undefined;
        if (!parts.has('BYMONTHDAY')) return { ...where, monthDay: Number(day.slice(8, 10)) };
        const isDay = Number.isInteger(monthDay) && monthDay <= 31 && monthDay >= -1;
        return isDay && monthDay !== 0 ? { ...where, monthDay } : undefined;
      }
      const [, at = parts.get('BYSETPOS') ?? '', weekday = ''] =
        /^([+-]?\d)?([A-Z]{2})$/.exec(byDay) ?? [];
      const nth = Number(at || Number.NaN);
      const isKnown = isRuleDay(weekday) && [1, 2, 3, 4, -1].includes(nth);
      // A yearly rule's "fourth Monday" is one of its year, unless it names the month.
      if (!isKnown || parts.has('BYMONTHDAY')) return undefined;
      if (frequency === 'yearly' && !parts.has('BYMONTH')) return undefined;
      return { ...where, nth: { at: nth, day: weekday } };
    }
  }
}

/** The text of RFC 5545. An end is given as the last moment of its day; of whole days, as the day. */
export function formatRule(recurrence: Recurrence, start: Time, zone: string): string {
  const { frequency, interval, days, monthDay, nth, month, count, until } = recurrence;
  const parts = [`FREQ=${frequency.toUpperCase()}`];
  if (interval !== 1) parts.push(`INTERVAL=${interval}`);
  if (frequency === 'yearly' && month !== undefined) parts.push(`BYMONTH=${month}`);
  if (frequency === 'weekly' && days) parts.push(`BYDAY=${days.join(',')}`);
  if (frequency === 'monthly' || frequency === 'yearly') {
    if (nth) parts.push(`BYDAY=${nth.at}${nth.day}`);
    else if (monthDay !== undefined) parts.push(`BYMONTHDAY=${monthDay}`);
  }
  if (until !== undefined) parts.push(untilPart(until, start, zone));
  else if (count !== undefined) parts.push(`COUNT=${count}`);
  return parts.join(';');
}

function untilPart(until: Day, start: Time, zone: string): string {
  if (isDate(start)) return `UNTIL=${until.replaceAll('-', '')}`;
  const last = startOfDay(addDays(until, 1), zone) - 1000;
  return `UNTIL=${toInstant(last).replace(/[-:]/g, '')}`;
}

/** A rule, whatever it says, that ends with this day, or goes on for so many dates. */
export function endedRule(
  rule: string,
  end: { readonly until: Day } | { readonly count: number },
  start: Time,
  zone: string,
): string {
  const parts = [...ruleParts(rule)].filter(([name]) => name !== 'UNTIL' && name !== 'COUNT');
  const last = 'until' in end ? untilPart(end.until, start, zone) : `COUNT=${end.count}`;
  return [...parts.map(([name, value]) => `${name}=${value}`), last].join(';');
}

/** The rule of a series whose dates move from one day to another: on Mondays becomes on Tuesdays; its end moves with it. */
export function movedRule(
  rule: string,
  from: Time,
  to: Time,
  zone: string,
  { movesEnd = true } = {},
): string {
  const before = dayOf(from, zone);
  const after = dayOf(to, zone);
  const recurrence = parseRule(rule, from, zone);
  if (before === after || !recurrence) return rule;
  const { frequency, days, nth, month, ...rest } = recurrence;
  const moved: Recurrence = {
    ...rest,
    frequency,
    ...(days && {
      days: RULE_DAYS.filter(
        (day) => day === ruleDayOf(after) || (days.includes(day) && day !== ruleDayOf(before)),
      ),
    }),
    ...(nth && {
      nth: {
        at: nth.at === -1 && isLastNth(after) ? -1 : nthOf(after) > 4 ? -1 : nthOf(after),
        day: ruleDayOf(after),
      },
    }),
    ...(month !== undefined && { month: Number(after.slice(5, 7)) }),
    ...(recurrence.monthDay !== undefined && {
      monthDay:
        recurrence.monthDay === -1 && isLastOfMonth(after) ? -1 : Number(after.slice(8, 10)),
    }),
    ...(recurrence.until !== undefined &&
      movesEnd && {
        until: addDays(recurrence.until, daysBetween(before, after)),
      }),
  };
  return formatRule(moved, to, zone);
}

export type RecurrenceProblem = 'repeat-days' | 'repeat-ends-before-start';

/** What is wrong with a recurrence of something that begins on this day. */
export function recurrenceProblem(
  { days, until }: Recurrence,
  start: Day,
): RecurrenceProblem | undefined {
  if (days?.length === 0) return 'repeat-days';
  return until !== undefined && until < start ? 'repeat-ends-before-start' : undefined;
}

/** Months without this day are left out: of a 29th, 30th or 31st. */
export function skipsMonths({ frequency, monthDay, month }: Recurrence): boolean {
  if (monthDay === undefined || monthDay < 29) return false;
  return frequency === 'monthly' || (frequency === 'yearly' && monthDay === 29 && month === 2);
}

function isRuleDay(text: string): text is RuleDay {
  return (RULE_DAYS as readonly string[]).includes(text);
}

function numberOf(text: string): number | undefined {
  const number = Number(text);
  return Number.isInteger(number) && number > 0 ? number : undefined;
}

function untilDay(text: string | undefined, zone: string): Day | undefined {
  const match = /^(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})(Z?))?$/.exec(text ?? '');
  if (!match) return undefined;
  const [, year, month, day, hour, minute, second, utc] = match;
  const date = `${year}-${month}-${day}`;
  if (Number.isNaN(Date.parse(date))) return undefined;
  return utc === 'Z' ? dayOf(`${date}T${hour}:${minute}:${second}Z`, zone) : date;
}

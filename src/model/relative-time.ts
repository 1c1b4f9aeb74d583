import { queryField } from './query-fields.js';
import type { ActivityTypes } from './activity-types.js';
import { isObject, type Json } from './json.js';
import {
  fieldsOf,
  type ActivityQuery,
  type CountGroup,
  type FieldFilter,
  type Filter,
  type RelativePeriod,
} from './query.js';
import {
  addDays,
  addMonths,
  dayOf,
  isDate,
  startOfDay,
  timeKind,
  toInstant,
  type Day,
  type Milliseconds,
} from './time.js';

/** From when relative times are counted, and whose days they are. */
export interface Present {
  readonly now: Milliseconds;
  /** IANA name: the user's. */
  readonly timeZone: string;
  /** 0 is Sunday. Default: Monday. */
  readonly firstDayOfWeek?: number;
  /** The moment `now` stays a word, so that a question is the same until the day ends. */
  readonly keepsNow?: boolean;
}

/** Whose days they are is enough for calendar dates; relative times are left as they are. */
type Zoned = Omit<Present, 'now'> & Partial<Pick<Present, 'now'>>;

/** Days of somebody's calendar, `until` exclusive. */
interface Days {
  readonly from: Day;
  readonly until: Day;
}

const NAMED = /^(last|this|next)-(week|month|quarter|year)$/;
const COUNTED = /^(last|next)-(\d{1,4})-(days|weeks|months|years)$/;
const MONTHS = { month: 1, quarter: 3, year: 12 } as const;

/** The days a word means, in the user's own calendar; undefined for what is no such word, `now` included. */
export function daysOfPeriod(word: string, present: Present): Days | undefined {
  const today = dayOf(present.now, present.timeZone);
  switch (word) {
    case 'yesterday':
      return { from: addDays(today, -1), until: today };
    case 'today':
      return { from: today, until: addDays(today, 1) };
    case 'tomorrow':
      return { from: addDays(today, 1), until: addDays(today, 2) };
  }
  const named = NAMED.exec(word);
  if (named?.[1] && named[2]) {
    const offset = { last: -1, this: 0, next: 1 }[named[1]] ?? 0;
    if (named[2] === 'week') {
      const first = addDays(today, -daysSince(today, present.firstDayOfWeek ?? 1) + offset * 7);
      return { from: first, until: addDays(first, 7) };
    }
    const length = MONTHS[named[2] as keyof typeof MONTHS];
    const month = Number(today.slice(5, 7)) - 1;
    const january = `${today.slice(0, 5)}01-01`;
    const first = addMonths(january, Math.floor(month / length) * length + offset * length);
    return { from: first, until: addMonths(first, length) };
  }
  const counted = COUNTED.exec(word);
  if (!counted?.[1] || !counted[2] || !counted[3]) return undefined;
  const far = shift(
    today,
    counted[1] === 'next' ? Number(counted[2]) : -Number(counted[2]),
    counted[3],
  );
  return counted[1] === 'next'
    ? { from: today, until: addDays(far, 1) }
    : { from: far, until: addDays(today, 1) };
}

function shift(day: Day, count: number, unit: string): Day {
  if (unit === 'days') return addDays(day, count);
  if (unit === 'weeks') return addDays(day, count * 7);
  return addMonths(day, unit === 'months' ? count : count * 12);
}

function daysSince(day: Day, weekday: number): number {
  return (new Date(`${day}T00:00:00Z`).getUTCDay() - weekday + 7) % 7;
}

export function isRelativePeriod(word: unknown): word is RelativePeriod {
  // Which day it is does not matter for whether it is a word.
  return (
    typeof word === 'string' &&
    (word === 'now' || daysOfPeriod(word, { now: 0, timeZone: 'UTC' }) !== undefined)
  );
}

/** The word in `{ relative: 'today' }`; undefined for any other value. */
export function relativeWord(value: Json | undefined): unknown {
  return isObject(value) && 'relative' in value ? value['relative'] : undefined;
}

/** It names the present moment: what answers it changes though nobody changes anything. */
export function asksNow(filter: Filter | undefined): boolean {
  return fieldsOf(filter).some(({ value }) =>
    (Array.isArray(value) ? value : [value]).some((one: Json) => relativeWord(one) === 'now'),
  );
}

/**
 * A filter in which calendar dates and relative times are instants, by the user's own days: what a provider is asked.
 * The filter itself where there is nothing to resolve, so that the same question stays the same object.
 */
export function resolveFilter(filter: Filter, present: Zoned, types: ActivityTypes): Filter {
  if ('all' in filter) {
    const all = resolveEach(filter.all, present, types);
    return all === filter.all ? filter : { all };
  }
  if ('any' in filter) {
    const any = resolveEach(filter.any, present, types);
    return any === filter.any ? filter : { any };
  }
  if ('not' in filter) {
    const not = resolveFilter(filter.not, present, types);
    return not === filter.not ? filter : { not };
  }
  return resolveField(filter, present, types);
}

function resolveEach(
  filters: readonly Filter[],
  present: Zoned,
  types: ActivityTypes,
): readonly Filter[] {
  const resolved = filters.map((filter) => resolveFilter(filter, present, types));
  return resolved.some((filter, index) => filter !== filters[index]) ? resolved : filters;
}

/** One condition, so resolved; the condition itself where there is nothing to. */
export function resolveField(filter: FieldFilter, present: Zoned, types: ActivityTypes): Filter {
  if (queryField(filter.field, types)?.kind !== 'time') return filter;
  const { field, op, value } = filter;
  if (Array.isArray(value) && op === 'in') {
    const values = value as readonly Json[];
    if (!values.some((one) => toPeriod(one, present))) return filter;
    return {
      any: values.map((one) => resolveField({ field, op: 'eq', value: one }, present, types)),
    };
  }
  const period = toPeriod(value, present);
  return period ? (comparedWith(field, op, period) ?? filter) : filter;
}

/** A stretch of time, `until` exclusive; a moment where both are the same. */
interface Period {
  readonly from: Milliseconds;
  readonly until: Milliseconds;
}

/** What a calendar date or a relative time stands for; undefined for any other value. */
function toPeriod(value: Json | undefined, present: Zoned): Period | undefined {
  const { now, timeZone } = present;
  const word = now === undefined ? undefined : relativeWord(value);
  if (now === undefined || word === undefined) {
    if (typeof value !== 'string' || !isDate(value) || timeKind(value) !== 'date') return undefined;
    return { from: startOfDay(value, timeZone), until: startOfDay(addDays(value, 1), timeZone) };
  }
  if (word === 'now') return present.keepsNow ? undefined : { from: now, until: now };
  const days = typeof word === 'string' ? daysOfPeriod(word, { ...present, now }) : undefined;
  return days && { from: startOfDay(days.from, timeZone), until: startOfDay(days.until, timeZone) };
}

function comparedWith(
  field: string,
  op: FieldFilter['op'],
  { from, until }: Period,
): Filter | undefined {
  const isMoment = from === until;
  const at = (operator: FieldFilter['op'], time: Milliseconds): Filter => ({
    field,
    op: operator,
    value: toInstant(time),
  });
  switch (op) {
    case 'lt':
    case 'ge':
      return at(op, from);
    case 'le':
      return isMoment ? at('le', from) : at('lt', until);
    case 'gt':
      return isMoment ? at('gt', from) : at('ge', until);
    case 'eq':
    case 'in':
    case 'within':
      return isMoment ? at('eq', from) : { all: [at('ge', from), at('lt', until)] };
    default:
      return undefined;
  }
}

/** A question as a provider is asked it. The question itself where there is nothing to resolve. */
export function resolveQuestion(
  question: ActivityQuery,
  present: Present,
  types: ActivityTypes,
): ActivityQuery {
  const filter = question.filter && resolveFilter(question.filter, present, types);
  return filter === question.filter ? question : { ...question, ...(filter && { filter }) };
}

/** Groups as a provider is asked to count them. */
export function resolveGroups(
  groups: readonly CountGroup[],
  present: Present,
  types: ActivityTypes,
): readonly CountGroup[] {
  const resolved = groups.map((group) => {
    const filter = resolveFilter(group.filter, present, types);
    return filter === group.filter ? group : { ...group, filter };
  });
  return resolved.some((group, index) => group !== groups[index]) ? resolved : groups;
}

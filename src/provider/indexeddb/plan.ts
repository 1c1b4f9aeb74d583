import { ACTIVITY_STATES } from '../../model/activity.js';
import type { EvaluationContext } from '../../model/evaluate.js';
import type { Json } from '../../model/json.js';
import { isRecord } from '../../model/query-fields.js';
import type { ActivityQuery, FieldFilter, Filter, Place, Sort } from '../../model/query.js';
import { resolveFilter } from '../../model/relative-time.js';
import {
  addDays,
  dayOf,
  startOfDay,
  timeKind,
  toMilliseconds,
  type Day,
  type Milliseconds,
} from '../../model/time.js';
import { LONGEST, longestOf, recordKey, type ActivityKeys } from './keys.js';
import type { StoredActivity } from './schema.js';

type TimeField = 'deadline' | 'modified' | 'created' | 'place';
type WordField = 'owner' | 'state' | 'type' | 'regarding';
type Part = string | number;

/** An index whose entries begin with some words and then stand in the order of a time. */
export interface IndexPlan {
  readonly name:
    | 'byDeadline'
    | 'byState'
    | 'byOwner'
    | 'byType'
    | 'byModified'
    | 'byOwnerModified'
    | 'byCreated'
    | 'byRegarding'
    | 'byPlace';
  readonly words: readonly (WordField | 'length')[];
  readonly time: TimeField;
}

const INDEXES: readonly IndexPlan[] = [
  { name: 'byOwner', words: ['owner', 'state'], time: 'deadline' },
  { name: 'byType', words: ['type', 'state'], time: 'deadline' },
  { name: 'byState', words: ['state'], time: 'deadline' },
  { name: 'byDeadline', words: [], time: 'deadline' },
  { name: 'byRegarding', words: ['regarding'], time: 'modified' },
  { name: 'byOwnerModified', words: ['owner'], time: 'modified' },
  { name: 'byModified', words: [], time: 'modified' },
  { name: 'byCreated', words: [], time: 'created' },
  { name: 'byPlace', words: ['length'], time: 'place' },
];

const TIMES: { readonly [field: string]: TimeField } = {
  deadline: 'deadline',
  modifiedAt: 'modified',
  createdAt: 'created',
  place: 'place',
};
const STATES: readonly string[] = [...ACTIVITY_STATES, ''];
/** More stretches than these are not read beside each other. */
const MAX_STRETCHES = 150;

/** From when until when, in milliseconds; whether the bound itself belongs to it. */
interface Bounds {
  readonly from?: Milliseconds;
  readonly isAfter?: boolean;
  readonly until?: Milliseconds;
  readonly isBefore?: boolean;
}

/** What a question insists on that an index knows. */
interface Demands {
  readonly words: ReadonlyMap<string, readonly string[]>;
  readonly bounds: ReadonlyMap<TimeField, Bounds>;
  /** There is nothing else in the question. */
  readonly isAll: boolean;
}

/** A part of an index, all of one kind of time. */
export interface Stretch {
  readonly range: IDBKeyRange;
  /** 0 instants, 1 calendar dates, 2 blanks. */
  readonly kind: 0 | 1 | 2;
}

/** An index read in its order. */
export interface Walk {
  readonly index: IndexPlan;
  readonly stretches: readonly Stretch[];
  /** What is in the stretches answers the question, and nothing else does. */
  readonly isExact: boolean;
}

/** Where in the order a walk begins, and which way it goes. */
export interface Start {
  readonly place?: Place;
  readonly isBackward: boolean;
}

/** The entry of a row in an index. */
export function entryOf(stored: StoredActivity, { words, time }: IndexPlan): IDBValidKey {
  const keys = stored.keys as ActivityKeys;
  return [...words.map((word) => keys[word] ?? 0), keys[time] ?? [2], stored.id];
}

/** How to read a question's rows in its order; undefined where no index has that order. */
export function planWalk(
  question: ActivityQuery,
  context: EvaluationContext,
  kinds: readonly string[],
  start: Start,
): Walk | undefined {
  const [first] = question.sort ?? [];
  const time = first && TIMES[first.field];
  if (!time || question.masters || question.record) return undefined;
  if (time === 'place' && !question.range) return undefined;
  return planOf(time, question, context, kinds, { ...start, sort: first });
}

/** How to count a question's rows by an index alone; undefined where none knows all that it asks. */
export function planCount(
  question: ActivityQuery,
  context: EvaluationContext,
  kinds: readonly string[],
): Walk | undefined {
  if (question.masters || question.record || question.range) return undefined;
  for (const time of ['deadline', 'modified', 'created'] as const) {
    const plan = planOf(time, question, context, kinds);
    if (plan?.isExact) return plan;
  }
  return undefined;
}

function planOf(
  time: TimeField,
  question: ActivityQuery,
  context: EvaluationContext,
  kinds: readonly string[],
  order?: Start & { readonly sort: Sort },
): Walk | undefined {
  const demands = demandsOf(question, context, kinds);
  if (!demands) return undefined;
  const index = INDEXES.find(
    (one) =>
      one.time === time &&
      one.words.every((word) => word === 'state' || word === 'length' || demands.words.has(word)) &&
      // An index that begins with the state alone helps only where the state is asked for.
      (one.words.length !== 1 || one.words[0] !== 'state' || demands.words.has('state')),
  );
  if (!index) return undefined;
  const own = demands.bounds.get(time) ?? {};
  const others = [...demands.bounds.keys()].filter((field) => field !== time);
  const unused = [...demands.words.keys()].filter(
    (word) => !index.words.some((one) => one === word),
  );
  const prefixes = prefixesOf(index, demands.words);
  const stretches = prefixes.flatMap((prefix) => {
    const bounds = time === 'place' ? placeBounds(question, context, Number(prefix[0])) : own;
    return stretchesOf(prefix, time, bounds, context.timeZone, order);
  });
  if (stretches.length > MAX_STRETCHES) return undefined;
  const isExact =
    demands.isAll &&
    others.length === 0 &&
    unused.length === 0 &&
    !question.search?.trim() &&
    !question.range;
  return { index, stretches, isExact };
}

function prefixesOf(
  { words }: IndexPlan,
  demanded: ReadonlyMap<string, readonly string[]>,
): readonly (readonly Part[])[] {
  let prefixes: readonly (readonly Part[])[] = [[]];
  for (const word of words) {
    const values: readonly Part[] =
      word === 'length'
        ? Array.from({ length: LONGEST + 1 }, (_, length) => length)
        : (demanded.get(word) ?? (word === 'state' ? STATES : []));
    prefixes = prefixes.flatMap((prefix) => values.map((value) => [...prefix, value]));
  }
  return prefixes;
}

/** What overlaps a range began before its end, and no earlier than it may take before its start. */
function placeBounds(
  { range }: ActivityQuery,
  { timeZone }: EvaluationContext,
  length: number,
): Bounds {
  if (!range) return {};
  const from = toMilliseconds(range.from, timeZone) - longestOf(length);
  return {
    ...(Number.isFinite(from) && { from }),
    until: toMilliseconds(range.to, timeZone),
    isBefore: true,
  };
}

function stretchesOf(
  prefix: readonly Part[],
  time: TimeField,
  bounds: Bounds,
  timeZone: string,
  order?: Start & { readonly sort: Sort },
): readonly Stretch[] {
  const value = order?.place?.values[0];
  const isAscending = order ? (order.sort.direction === 'asc') !== order.isBackward : true;
  const areBlanksFirst = order ? (order.sort.blanks === 'first') !== order.isBackward : false;
  let { from, until, isAfter, isBefore } = bounds;
  const hasBounds = from !== undefined || until !== undefined;
  // Behind the place, which the walk leaves out by itself.
  if (typeof value === 'number') {
    if (isAscending && (from === undefined || value > from)) [from, isAfter] = [value, false];
    if (!isAscending && (until === undefined || value < until)) [until, isBefore] = [value, false];
  }
  const isInBlanks = order?.place !== undefined && value === null;
  const stretches: Stretch[] = [];
  if (!isInBlanks || areBlanksFirst) {
    const instants = rangeOf(
      [...prefix, from === undefined ? [0] : isAfter ? [0, from, 0] : [0, from]],
      [...prefix, until === undefined ? [1] : isBefore ? [0, until] : [0, until, 0]],
    );
    const days = daysWithin(
      { ...bounds, from, until, isAfter, isBefore } as Bounds,
      time,
      timeZone,
    );
    const dates = rangeOf(
      [...prefix, days.from === undefined ? [1] : [1, days.from]],
      [...prefix, days.until === undefined ? [2] : [1, days.until, 0]],
    );
    if (instants) stretches.push({ range: instants, kind: 0 });
    if (dates) stretches.push({ range: dates, kind: 1 });
  }
  const isPastBlanks = typeof value === 'number' && areBlanksFirst;
  if (!hasBounds && !isPastBlanks && time !== 'place') {
    const blanks = rangeOf([...prefix, [2]], [...prefix, [3]]);
    if (blanks) stretches.push({ range: blanks, kind: 2 });
  }
  return stretches;
}

/** Undefined for what is empty. A list is before each of its own continuations, so the bounds themselves are no entries. */
function rangeOf(lower: IDBValidKey, upper: IDBValidKey): IDBKeyRange | undefined {
  return indexedDB.cmp(lower, upper) < 0 ? IDBKeyRange.bound(lower, upper, true, true) : undefined;
}

/** The days whose moment (the last of a deadline, the first of any other) is within the bounds. */
function daysWithin(
  { from, until, isAfter, isBefore }: Bounds,
  time: TimeField,
  timeZone: string,
): { readonly from?: Day; readonly until?: Day } {
  const at = (day: Day): Milliseconds =>
    time === 'deadline' ? startOfDay(addDays(day, 1), timeZone) - 1 : startOfDay(day, timeZone);
  let first: Day | undefined;
  if (from !== undefined) {
    first = addDays(dayOf(from, timeZone), -1);
    while (at(first) < from || (isAfter && at(first) === from)) first = addDays(first, 1);
  }
  let last: Day | undefined;
  if (until !== undefined) {
    last = addDays(dayOf(until, timeZone), 1);
    while (at(last) > until || (isBefore && at(last) === until)) last = addDays(last, -1);
  }
  return {
    ...(first !== undefined && { from: first }),
    ...(last !== undefined && { until: last }),
  };
}

/** What all rows of a question must be; undefined where it can't be told. */
export function demandsOf(
  { filter }: ActivityQuery,
  context: EvaluationContext,
  kinds: readonly string[],
): Demands | undefined {
  const words = new Map<string, readonly string[]>();
  const bounds = new Map<TimeField, Bounds>();
  let isAll = true;
  const resolved = filter && resolveFilter(filter, context, context.types);
  for (const part of partsOf(resolved)) {
    if (!('field' in part)) {
      isAll = false;
      continue;
    }
    const time = TIMES[part.field];
    const bound = time && boundOf(part, context.timeZone);
    if (time && bound) {
      const merged = mergedBounds(bounds.get(time) ?? {}, bound);
      bounds.set(time, merged);
      continue;
    }
    const values = wordsOf(part, context, kinds);
    if (values === 'unknown') return undefined;
    const before = words.get(part.field);
    if (values)
      words.set(part.field, before ? before.filter((one) => values.includes(one)) : values);
    else isAll = false;
  }
  return { words, bounds, isAll };
}

function partsOf(filter: Filter | undefined): readonly Filter[] {
  if (!filter) return [];
  return 'all' in filter ? filter.all.flatMap(partsOf) : [filter];
}

function boundOf({ op, value }: FieldFilter, timeZone: string): Bounds | undefined {
  if (typeof value !== 'string' || !timeKind(value)) return undefined;
  const at = toMilliseconds(value, timeZone);
  if (op === 'lt' || op === 'le') return { until: at, isBefore: op === 'lt' };
  if (op === 'gt' || op === 'ge') return { from: at, isAfter: op === 'gt' };
  return undefined;
}

function mergedBounds(a: Bounds, b: Bounds): Bounds {
  const from = later(a, b);
  const until = earlier(a, b);
  return { ...from, ...until };
}

function later(a: Bounds, b: Bounds): Bounds {
  if (b.from === undefined) return pickFrom(a);
  if (a.from === undefined || b.from > a.from) return pickFrom(b);
  return a.from === b.from && b.isAfter ? pickFrom(b) : pickFrom(a);
}

function earlier(a: Bounds, b: Bounds): Bounds {
  if (b.until === undefined) return pickUntil(a);
  if (a.until === undefined || b.until < a.until) return pickUntil(b);
  return a.until === b.until && b.isBefore ? pickUntil(b) : pickUntil(a);
}

function pickFrom({ from, isAfter = false }: Bounds): Bounds {
  return from === undefined ? {} : { from, isAfter };
}

function pickUntil({ until, isBefore = false }: Bounds): Bounds {
  return until === undefined ? {} : { until, isBefore };
}

/** The words of a condition as they stand in the keys; undefined where it is no such condition. */
function wordsOf(
  { field, op, value }: FieldFilter,
  context: EvaluationContext,
  kinds: readonly string[],
): readonly string[] | 'unknown' | undefined {
  const isRecordField = field === 'owner' || field === 'regarding' || field === 'parties';
  if (op === 'empty' && value !== false && (field === 'owner' || field === 'regarding'))
    return [''];
  if (op !== 'eq' && op !== 'in') return undefined;
  const values = Array.isArray(value) ? (value as readonly Json[]) : [value];
  if (isRecordField) {
    const keys = new Set<string>();
    for (const one of values) {
      if (one === 'me') {
        if (!context.user) return 'unknown';
        keys.add(recordKey(context.user));
      } else if (one === 'my-team') {
        if (!context.team || context.team === 'unknown') return 'unknown';
        for (const member of context.team) keys.add(recordKey(member));
      } else if (isRecord(one)) keys.add(recordKey(one));
      else for (const kind of kinds) keys.add(`${kind}:${String(one)}`);
    }
    return [...keys];
  }
  return ['state', 'type', 'thread', 'series', 'id'].includes(field)
    ? [...new Set(values.map(String))]
    : undefined;
}

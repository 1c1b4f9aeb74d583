import { sameRecord, type Activity, type RecordRef, type Via } from './activity.js';
import type { ActivityTypes } from './activity-types.js';
import { problemOf } from './check-question.js';
import { isObject, type Json } from './json.js';
import { toPlainText } from './plain-text.js';
import {
  isLoaded,
  isRecord,
  queryField,
  rawValue,
  rawValues,
  type QueryField,
} from './query-fields.js';
import type {
  ActivityQuery,
  CountGroup,
  FieldFilter,
  Filter,
  PagePosition,
  Place,
  Rollup,
  Sort,
  Total,
} from './query.js';
import { resolveField } from './relative-time.js';
import { compareExactly, compareValues, inOrder, type Comparable } from './row-order.js';
import {
  deadlineMilliseconds,
  spanOf,
  timeKind,
  toMilliseconds,
  type Milliseconds,
} from './time.js';

/** What a question means beyond its own words. */
export interface EvaluationContext {
  readonly types: ActivityTypes;
  /** IANA name: the zone in which calendar dates begin and end. */
  readonly timeZone: string;
  /** When `{ relative: 'now' }` is; left out: relative times can't be decided. */
  readonly now?: Milliseconds;
  /** Who `me` is. */
  readonly user?: RecordRef;
  /** Who `my-team` is. */
  readonly team?: readonly RecordRef[] | 'unknown';
  /** The record a record belongs to (a contact's account). Left out: roll-up can't be decided. */
  readonly parentOf?: (ref: RecordRef) => RecordRef | undefined;
}

/** True, false, or undefined where the row does not hold what the question asks for. */
export type Verdict = boolean | undefined;

/** Decides about one row. */
export type Test = (row: Activity) => Verdict;

export interface EvaluatedPage {
  readonly rows: readonly Activity[];
  readonly total: Total;
  readonly next?: string;
}

/**
 * The kit's reference answer to a question over all rows there are. Throws a `ProviderFailure` with the code `validation` where
 * the question names a field, an operator or a value that means nothing.
 */
export function evaluate(
  rows: Iterable<Activity>,
  question: ActivityQuery,
  context: EvaluationContext,
): EvaluatedPage {
  return pageOf(answerTo(rows, question, context), question, context);
}

/**
 * All rows that answer a question, in order, whatever its page; `isInOrder` where the rows come so. Throws as `evaluate` does.
 */
export function answerTo(
  rows: Iterable<Activity>,
  question: ActivityQuery,
  context: EvaluationContext,
  isInOrder = false,
): readonly Activity[] {
  checkQuestion(question, context.types);
  const found = rowsThatPass(rows, question, context);
  return isInOrder ? found : sorted(found, question.sort ?? [], context);
}

function rowsThatPass(
  rows: Iterable<Activity>,
  question: ActivityQuery,
  context: EvaluationContext,
): readonly Activity[] {
  const test = toTest(question, context);
  if (test === ALWAYS && !question.record) return [...rows];
  const found: Activity[] = [];
  for (const row of rows) if (test(row) === true) found.push(withVia(row, question, context));
  return found;
}

/** How many rows of a question pass each of some filters, in one pass over the rows. Throws as `evaluate` does. */
export function countGroups(
  rows: Iterable<Activity>,
  question: ActivityQuery,
  groups: readonly CountGroup[],
  context: EvaluationContext,
): readonly Total[] {
  checkQuestion(question, context.types);
  for (const { filter } of groups) checkQuestion({ filter }, context.types);
  const test = toTest(question, context);
  const tests = groups.map(({ filter }) => filterTest(filter, context));
  const counts = groups.map(() => 0);
  for (const row of rows) {
    if (test(row) !== true) continue;
    for (const [index, passes] of tests.entries()) {
      if (passes(row) === true) counts[index] = (counts[index] ?? 0) + 1;
    }
  }
  return counts.map((value) => ({ value, relation: 'exact' }));
}

/** Throws a `ProviderFailure` with the code `validation` where a question means nothing. */
export function checkQuestion(
  question: Pick<ActivityQuery, 'filter' | 'sort' | 'range'>,
  types: ActivityTypes,
): void {
  const problem = problemOf(question, types);
  if (!problem) return;
  const { field, text } = problem;
  const message = `This question can't be asked: ${text}.`;
  throw Object.assign(new Error(message), { code: 'validation', fields: { [field]: text } });
}

/** Does a row belong to the answer, whatever its page. */
export function matches(
  row: Activity,
  question: ActivityQuery,
  context: EvaluationContext,
): Verdict {
  return toTest(question, context)(row);
}

/** Does a row pass a filter. */
export function passes(row: Activity, filter: Filter, context: EvaluationContext): Verdict {
  return filterTest(filter, context)(row);
}

/** What a question asks of each row, worked out once for many. */
export function toTest(question: ActivityQuery, context: EvaluationContext): Test {
  const { record, filter, range, search, masters } = question;
  const tests: Test[] = [];
  if (!masters) tests.push((row) => row.series?.role !== 'master');
  if (record) tests.push((row) => belongsTo(row, record, context));
  if (filter) tests.push(filterTest(filter, context));
  if (range) tests.push(rangeTest(range, context));
  if (search?.trim()) tests.push(searchTest(search));
  return both(tests);
}

function filterTest(filter: Filter, context: EvaluationContext): Test {
  if ('all' in filter) return both(filter.all.map((part) => filterTest(part, context)));
  if ('any' in filter) {
    return opposite(both(filter.any.map((part) => opposite(filterTest(part, context)))));
  }
  if ('not' in filter) return opposite(filterTest(filter.not, context));
  return fieldTest(filter, context);
}

/** Where nothing is asked. */
const ALWAYS: Test = () => true;

function both(all: readonly Test[]): Test {
  const tests = all.filter((test) => test !== ALWAYS);
  const [only] = tests;
  if (!only) return ALWAYS;
  if (tests.length === 1) return only;
  return (row) => {
    let verdict: Verdict = true;
    for (const test of tests) {
      const one = test(row);
      if (one === false) return false;
      if (one === undefined) verdict = undefined;
    }
    return verdict;
  };
}

function opposite(test: Test): Test {
  return (row) => {
    const verdict = test(row);
    return verdict === undefined ? undefined : !verdict;
  };
}

/** What can't be decided for any row: words nobody can resolve, fields that no type has. */
const UNKNOWN: Test = () => undefined;

function fieldTest(filter: FieldFilter, context: EvaluationContext): Test {
  const { field: name, op } = filter;
  const field = queryField(name, context.types);
  if (!field) return UNKNOWN;
  const test =
    field.kind === 'record' ? recordTest(filter, context) : valueTest(filter, field, context);
  if (op === 'empty') {
    const isWanted = filter.value !== false;
    const read = valuesOf(name, context);
    return (row) => (isLoaded(row, field) ? read(row, () => true) !== isWanted : undefined);
  }
  if (!test) return UNKNOWN;
  // What every row holds.
  if (field.group === undefined) return test;
  return (row) => (isLoaded(row, field) ? test(row) : undefined);
}

/** Undefined where the words of the filter can't be resolved. */
function valueTest(
  filter: FieldFilter,
  field: QueryField,
  context: EvaluationContext,
): Test | undefined {
  const { field: name, op, value } = filter;
  if (field.kind === 'time') {
    const resolved = resolveField(filter, context, context.types);
    if (resolved !== filter) return filterTest(resolved, context);
  }
  const read = valuesOf(name, context);
  const any =
    (accepts: (found: Comparable) => boolean): Test =>
    (row) =>
      read(row, accepts);
  if (op === 'contains') {
    const part = String(value ?? '').toLowerCase();
    // Figures and the like have no case.
    const isCaseless = /^[\x20-\x40]*$/.test(part);
    const accepts = (found: unknown): boolean =>
      typeof found === 'string' &&
      (found.includes(part) || (!isCaseless && found.toLowerCase().includes(part)));
    if (field.kind !== 'text') return any(accepts);
    // The text as it stands: it is asked of each row of a long list.
    return (row) => {
      const raw = rawValue(row, name, field);
      return raw !== '' && (Array.isArray(raw) ? raw.some(accepts) : accepts(raw));
    };
  }
  const wanted: Comparable[] = [];
  for (const one of Array.isArray(value) ? (value as readonly Json[]) : [value]) {
    const comparable = toComparable(one, field, context);
    if (comparable === undefined) return undefined;
    wanted.push(comparable);
  }
  const compare = field.kind === 'text' ? compareValues : compareExactly;
  if (op === 'eq' || op === 'in') {
    if (field.kind !== 'text') {
      const set = new Set(wanted);
      return any((found) => set.has(found));
    }
    return any((found) => wanted.some((one) => compare(found, one) === 0));
  }
  const [bound] = wanted;
  if (bound === undefined) return undefined;
  return any((found) => {
    const order = compare(found, bound);
    if (op === 'lt') return order < 0;
    if (op === 'le') return order <= 0;
    if (op === 'gt') return order > 0;
    return op === 'ge' && order >= 0;
  });
}

/** By id; by kind too, where the filter names one. */
function recordTest(
  { field: name, value }: FieldFilter,
  context: EvaluationContext,
): Test | undefined {
  const field = queryField(name, context.types);
  const ids = new Set<string>();
  const keys = new Set<string>();
  for (const one of Array.isArray(value) ? (value as readonly Json[]) : [value]) {
    if (one === 'me') {
      if (!context.user) return undefined;
      keys.add(keyOf(context.user));
    } else if (one === 'my-team') {
      if (!context.team || context.team === 'unknown') return undefined;
      for (const member of context.team) keys.add(keyOf(member));
    } else if (isRecord(one)) keys.add(keyOf(one));
    else if (typeof one === 'string') ids.add(one);
    else return undefined;
  }
  return (row) =>
    field !== undefined &&
    rawValues(row, name, field).some(
      (found) => isRecord(found) && (ids.has(found.id) || keys.has(keyOf(found))),
    );
}

function keyOf({ kind, id }: RecordRef): string {
  return `${kind}:${id}`;
}

/** A value in the terms in which its kind is compared: times as milliseconds, ranks by their number, records by id. */
function toComparable(
  value: unknown,
  field: QueryField,
  { timeZone }: Pick<EvaluationContext, 'timeZone'>,
): Comparable | undefined {
  switch (field.kind) {
    case 'time':
      return typeof value === 'string' && timeKind(value)
        ? toMilliseconds(value, timeZone)
        : undefined;
    case 'rank': {
      const rank = field.ranks?.indexOf(String(value)) ?? -1;
      return rank < 0 ? undefined : rank;
    }
    case 'number':
      return typeof value === 'number' ? value : undefined;
    case 'boolean':
      return typeof value === 'boolean' ? value : undefined;
    case 'text':
    case 'word':
      return typeof value === 'string' ? value : undefined;
    case 'record':
      return isRecord(value) ? keyOf(value) : undefined;
    case 'list':
      return true;
  }
}

/** Whether one of a row's values is accepted. */
type AnyValue = (row: Activity, accepts: (value: Comparable) => boolean) => boolean;

/** What goes through the values of a field as they are compared, until one is accepted. None: blank. */
function valuesOf(name: string, context: EvaluationContext): AnyValue {
  const { types, timeZone } = context;
  if (name === 'deadline') {
    return (row, accepts) => {
      const at = deadlineMilliseconds(row, types.get(row.type), timeZone);
      return at !== undefined && accepts(at);
    };
  }
  if (name === 'place') {
    return (row, accepts) => {
      const span = spanOf(row, types.get(row.type), timeZone);
      return span !== undefined && accepts(span.start);
    };
  }
  const field = queryField(name, types);
  if (!field) return () => false;
  const passes = (value: unknown, accepts: (value: Comparable) => boolean): boolean => {
    const comparable = toComparable(value, field, context);
    return comparable !== undefined && accepts(comparable);
  };
  return (row, accepts) => {
    const raw = rawValue(row, name, field);
    if (raw === undefined || raw === null || raw === '') return false;
    return Array.isArray(raw)
      ? raw.some((value: unknown) => passes(value, accepts))
      : passes(raw, accepts);
  };
}

const descriptions = new WeakMap<Activity, string>();

/** The words of the description, in small letters. Worked out once per row. */
function wordsOf(row: Activity): string {
  let words = descriptions.get(row);
  if (words === undefined) {
    words = toPlainText(row.description ?? '', row.descriptionFormat).toLowerCase();
    descriptions.set(row, words);
  }
  return words;
}

function searchTest(search: string): Test {
  const text = search.trim().toLowerCase();
  return (row) => {
    if (row.subject.toLowerCase().includes(text)) return true;
    if (row.loaded && !row.loaded.includes('body')) return undefined;
    return wordsOf(row).includes(text);
  };
}

function rangeTest(
  range: { readonly from: string; readonly to: string },
  context: EvaluationContext,
): Test {
  const from = toMilliseconds(range.from, context.timeZone);
  const to = toMilliseconds(range.to, context.timeZone);
  return (row) => {
    const span = spanOf(row, context.types.get(row.type), context.timeZone);
    if (!span || span.start >= to) return false;
    return span.end > from || (span.end === span.start && span.start >= from);
  };
}

/** Whether, and through whom, a row stands in the history of a record. */
export function belongsTo(
  row: Activity,
  asked: NonNullable<ActivityQuery['record']>,
  context: EvaluationContext,
): Verdict {
  if (sameRecord(row.regarding, asked.ref)) return true;
  const byParty = asked.parties === true && isPartyTo(row, asked.ref);
  if (byParty === true) return true;
  const byRollup = asked.rollup === 'none' ? false : rollsUp(row, asked.ref, asked.rollup, context);
  if (byRollup === true) return true;
  const unknown = byParty === undefined || byRollup === undefined;
  return unknown ? undefined : false;
}

function isPartyTo(row: Activity, ref: RecordRef): Verdict {
  if (row.loaded && !row.loaded.includes('parties')) return undefined;
  return row.parties?.some((party) => sameRecord(party.record, ref)) ?? false;
}

function rollsUp(
  row: Activity,
  ref: RecordRef,
  rollup: Rollup,
  context: EvaluationContext,
): Verdict {
  if (!row.regarding) return false;
  if (!context.parentOf) return undefined;
  const seen = new Set<string>();
  let parent = context.parentOf(row.regarding);
  while (parent && !seen.has(keyOf(parent))) {
    if (sameRecord(parent, ref)) return true;
    if (rollup === 'related') return false;
    seen.add(keyOf(parent));
    parent = context.parentOf(parent);
  }
  return false;
}

/** The row, saying through whom it stands in the record's history. The row itself where no record was asked for. */
export function withVia(
  row: Activity,
  question: ActivityQuery,
  context: EvaluationContext,
): Activity {
  const asked = question.record;
  if (!asked) return row;
  const via: Via[] = [];
  if (sameRecord(row.regarding, asked.ref)) via.push({ by: 'regarding', record: asked.ref });
  else if (
    row.regarding &&
    asked.rollup !== 'none' &&
    rollsUp(row, asked.ref, asked.rollup, context)
  ) {
    via.push({ by: 'rollup', record: row.regarding });
  }
  if (asked.parties && isPartyTo(row, asked.ref)) via.push({ by: 'party', record: asked.ref });
  return via.length > 0 ? { ...row, via } : row;
}

/** The values by which a row stands where it stands; null for a blank. */
export function placeOf(row: Activity, sort: readonly Sort[], context: EvaluationContext): Place {
  return placesBy(sort, context)(row);
}

/** What tells the places of many rows. */
function placesBy(sort: readonly Sort[], context: EvaluationContext): (row: Activity) => Place {
  const readers = sort.map(({ field }) => sortValue(field, context));
  return (row) => ({ values: readers.map((read) => read(row)), id: row.id });
}

/** Records are sorted by name. One without a name, which the user may not read, is blank. */
function sortValue(name: string, context: EvaluationContext): (row: Activity) => Comparable | null {
  const field = queryField(name, context.types);
  if (field?.kind !== 'record') {
    const read = valuesOf(name, context);
    let first: Comparable | null = null;
    const takes = (value: Comparable): boolean => {
      first = value;
      return true;
    };
    const firstOf = (row: Activity): Comparable | null => {
      first = null;
      read(row, takes);
      return first;
    };
    if (field?.kind !== 'text' && field?.kind !== 'word') return firstOf;
    // The text as it stands: it is read of each row of a long list.
    return (row) => {
      const raw = rawValue(row, name, field);
      return typeof raw === 'string' ? raw || null : firstOf(row);
    };
  }
  return (row) => {
    const [record] = rawValues(row, name, field);
    return (isRecord(record) && record.name) || null;
  };
}

/** Two places in one order. */
export function comparePlaces(a: Place, b: Place, sort: readonly Sort[]): number {
  for (let index = 0; index < sort.length; index++) {
    const by = sort[index];
    const one = a.values[index] ?? null;
    const other = b.values[index] ?? null;
    if (one === null || other === null) {
      if (one === other) continue;
      return (one === null) === (by?.blanks === 'first') ? -1 : 1;
    }
    const order = compareValues(one as Comparable, other as Comparable);
    if (order !== 0) return by?.direction === 'desc' ? -order : order;
  }
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

/** The rows in order. */
function sorted(
  rows: readonly Activity[],
  sort: readonly Sort[],
  context: EvaluationContext,
): readonly Activity[] {
  const levels = sort.map(({ field, direction, blanks }) => ({
    read: sortValue(field, context),
    isDescending: direction === 'desc',
    areBlanksFirst: blanks === 'first',
  }));
  return inOrder(rows, levels);
}

/** By the names of an order: places that were worked out. */
const placesOf = new Map<string, WeakMap<Activity, Place>>();

/** Negative where the first of two rows stands before the other. */
export type Compare = (a: Activity, b: Activity) => number;

/** Compares rows by the sort fields, then by id. Each row's values are worked out once per order. */
export function compareBy(sort: readonly Sort[], context: EvaluationContext): Compare {
  const key = `${context.timeZone} ${sort.map(({ field }) => field).join()}`;
  const known = placesOf.get(key) ?? new WeakMap<Activity, Place>();
  placesOf.set(key, known);
  const placeIn = placesBy(sort, context);
  const cached = (row: Activity): Place => {
    let place = known.get(row);
    if (!place) known.set(row, (place = placeIn(row)));
    return place;
  };
  return (a, b) => comparePlaces(cached(a), cached(b), sort);
}

/** The page of a question that is asked for, of all rows that answer it. */
export function pageOf(
  found: readonly Activity[],
  question: ActivityQuery,
  context: EvaluationContext,
): EvaluatedPage {
  const total: Total = { value: found.length, relation: 'exact' };
  if (!question.page) return { rows: found, total };
  const { size, at } = question.page;
  const sort = question.sort ?? [];
  const first = Math.max(0, firstIndex(found, at, size, sort, context));
  const end = at && 'before' in at ? firstIndex(found, at, 0, sort, context) : first + size;
  const rows = found.slice(first, end);
  const last = rows.at(-1);
  const more = first + rows.length < found.length;
  return last && more
    ? { rows, total, next: JSON.stringify(placeOf(last, sort, context)) }
    : { rows, total };
}

function firstIndex(
  found: readonly Activity[],
  at: PagePosition | undefined,
  size: number,
  sort: readonly Sort[],
  context: EvaluationContext,
): number {
  if (!at) return 0;
  if ('offset' in at) return at.offset;
  if ('around' in at) {
    return found.findIndex((row) => row.id === at.around) - Math.floor(size / 2);
  }
  if ('before' in at) return indexOfPlace(found, at.before, sort, context, false) - size;
  const after = 'next' in at ? parsePlace(at.next) : at.after;
  return after ? indexOfPlace(found, after, sort, context, true) : 0;
}

/** Index of the first row at or behind a place (`past`: behind it). */
function indexOfPlace(
  found: readonly Activity[],
  place: Place,
  sort: readonly Sort[],
  context: EvaluationContext,
  past: boolean,
): number {
  let low = 0;
  let high = found.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const row = found[middle];
    const order = row ? comparePlaces(placeOf(row, sort, context), place, sort) : 0;
    if (past ? order > 0 : order >= 0) high = middle;
    else low = middle + 1;
  }
  return low;
}

function parsePlace(next: string): Place | undefined {
  try {
    const place: unknown = JSON.parse(next);
    return isObject(place) && Array.isArray(place['values']) && typeof place['id'] === 'string'
      ? (place as unknown as Place)
      : undefined;
  } catch {
    return undefined;
  }
}

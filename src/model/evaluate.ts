import {
  ACTIVITY_STATES,
  PRIORITIES,
  sameRecord,
  type Activity,
  type RecordRef,
  type RowGroup,
  type Via,
} from './activity.js';
import type { ActivityTypes } from './activity-types.js';
import { isObject, type Json } from './json.js';
import type {
  ActivityQuery,
  FieldFilter,
  Filter,
  PagePosition,
  Place,
  Rollup,
  Sort,
  Total,
} from './query.js';
import { deadlineMilliseconds, spanOf, timeKind, toMilliseconds } from './time.js';

/** What a question means beyond its own words. */
export interface EvaluationContext {
  readonly types: ActivityTypes;
  /** IANA name: the zone in which calendar dates begin and end. */
  readonly timeZone: string;
  /** Who `me` is. */
  readonly user?: RecordRef;
  /** Who `my-team` is. */
  readonly team?: readonly RecordRef[] | 'unknown';
  /** The record a record belongs to (a contact's account). Left out: roll-up can't be decided. */
  readonly parentOf?: (ref: RecordRef) => RecordRef | undefined;
}

/** True, false, or undefined where the row does not hold what the question asks for. */
export type Verdict = boolean | undefined;

export interface EvaluatedPage {
  readonly rows: readonly Activity[];
  readonly total: Total;
  readonly next?: string;
}

/** The kit's reference answer to a question over all rows there are. */
export function evaluate(
  rows: Iterable<Activity>,
  question: ActivityQuery,
  context: EvaluationContext,
): EvaluatedPage {
  const found: Activity[] = [];
  for (const row of rows) {
    if (matches(row, question, context) !== true) continue;
    found.push(withVia(row, question, context));
  }
  const compare = compareBy(question.sort ?? [], context);
  found.sort(compare);
  return toPage(found, question, context);
}

/** Does a row belong to the answer, whatever its page. */
export function matches(
  row: Activity,
  question: ActivityQuery,
  context: EvaluationContext,
): Verdict {
  if (!question.masters && row.series?.role === 'master') return false;
  return both([
    () => (question.record ? belongsTo(row, question.record, context) : true),
    () => (question.filter ? passes(row, question.filter, context) : true),
    () => (question.range ? overlaps(row, question.range, context) : true),
    () => (question.search ? contains(row, question.search) : true),
  ]);
}

/** Does a row pass a filter. */
export function passes(row: Activity, filter: Filter, context: EvaluationContext): Verdict {
  if ('all' in filter) return both(filter.all.map((part) => () => passes(row, part, context)));
  if ('any' in filter) {
    return not(both(filter.any.map((part) => () => not(passes(row, part, context)))));
  }
  if ('not' in filter) return not(passes(row, filter.not, context));
  return passesField(row, filter, context);
}

function both(verdicts: readonly (() => Verdict)[]): Verdict {
  let all: Verdict = true;
  for (const verdict of verdicts) {
    const one = verdict();
    if (one === false) return false;
    if (one === undefined) all = undefined;
  }
  return all;
}

function not(verdict: Verdict): Verdict {
  return verdict === undefined ? undefined : !verdict;
}

const GROUP_OF: { readonly [field: string]: RowGroup } = {
  description: 'body',
  parties: 'parties',
  fields: 'fields',
  attachments: 'attachments',
};

function isLoaded(row: Activity, field: string): boolean {
  const group = GROUP_OF[field.split('.', 1)[0] ?? field];
  return group === undefined || row.loaded === undefined || row.loaded.includes(group);
}

function passesField(row: Activity, filter: FieldFilter, context: EvaluationContext): Verdict {
  if (!isLoaded(row, filter.field)) return undefined;
  const found = valuesOf(row, filter.field, context);
  if (filter.op === 'empty') return (found.length === 0) !== (filter.value === false);
  if (filter.op === 'contains') {
    const text = String(filter.value ?? '').toLowerCase();
    return found.some((value) => typeof value === 'string' && value.toLowerCase().includes(text));
  }
  const wanted = wantedValues(filter, context);
  if (wanted === undefined) return undefined;
  if (filter.op === 'eq' || filter.op === 'in')
    return found.some((value) => wanted.includes(value));
  const bound = wanted[0];
  return found.some((value) => {
    if (bound === undefined || typeof value !== typeof bound) return false;
    const order = compareValues(value, bound);
    if (filter.op === 'lt') return order < 0;
    if (filter.op === 'le') return order <= 0;
    if (filter.op === 'gt') return order > 0;
    return order >= 0;
  });
}

type Comparable = string | number | boolean;

/** What a filter compares with, in the same terms as `valuesOf`; undefined where the words in it can't be resolved. */
function wantedValues(filter: FieldFilter, context: EvaluationContext): Comparable[] | undefined {
  const raw = Array.isArray(filter.value) ? (filter.value as readonly Json[]) : [filter.value];
  const wanted: Comparable[] = [];
  for (const value of raw) {
    if (value === 'me') {
      if (!context.user) return undefined;
      wanted.push(context.user.id);
    } else if (value === 'my-team') {
      if (!context.team || context.team === 'unknown') return undefined;
      wanted.push(...context.team.map((member) => member.id));
    } else if (isObject(value) && typeof value['id'] === 'string') wanted.push(value['id']);
    else if (typeof value === 'string') wanted.push(comparableText(filter.field, value, context));
    else if (typeof value === 'number' || typeof value === 'boolean') wanted.push(value);
  }
  return wanted;
}

function comparableText(field: string, text: string, context: EvaluationContext): Comparable {
  if (field === 'priority') return PRIORITIES.indexOf(text as (typeof PRIORITIES)[number]);
  if (field === 'state') return ACTIVITY_STATES.indexOf(text as (typeof ACTIVITY_STATES)[number]);
  const mayBeTime = TIME_FIELDS.has(field) || field.startsWith('fields.');
  return mayBeTime && timeKind(text) ? toMilliseconds(text, context.timeZone) : text;
}

const TIME_FIELDS = new Set([
  'start',
  'end',
  'due',
  'deadline',
  'place',
  'actualStart',
  'actualEnd',
  'createdAt',
  'modifiedAt',
]);

/** The values of a field, as they are compared: times as milliseconds, records as ids, states and priorities by rank. None: blank. */
function valuesOf(row: Activity, field: string, context: EvaluationContext): Comparable[] {
  const value = valueOf(row, field, context);
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) return [value as Comparable];
  return value as Comparable[];
}

function valueOf(
  row: Activity,
  field: string,
  context: EvaluationContext,
): Comparable | readonly Comparable[] | undefined {
  switch (field) {
    case 'deadline':
      return deadlineMilliseconds(row, context.types.get(row.type), context.timeZone);
    case 'place':
      return spanOf(row, context.types.get(row.type), context.timeZone)?.start;
    case 'state':
      return row.state === null ? undefined : ACTIVITY_STATES.indexOf(row.state);
    case 'priority':
      return PRIORITIES.indexOf(row.priority ?? 'normal');
    case 'regarding.kind':
      return row.regarding?.kind;
    case 'regarding.name':
      return row.regarding?.name;
    case 'owner.name':
      return row.owner?.name;
    case 'parties':
      return row.parties?.flatMap((party) => (party.record ? [party.record.id] : []));
  }
  const [head, name] = field.split('.', 2);
  if (head === 'parties') {
    return row.parties?.flatMap((party) =>
      party.role === name && party.record ? [party.record.id] : [],
    );
  }
  const raw: unknown =
    head === 'fields' && name ? row.fields?.[name] : row[field as keyof Activity];
  if (typeof raw === 'string') return comparableText(field, raw, context);
  if (typeof raw === 'number' || typeof raw === 'boolean') return raw;
  if (isObject(raw) && typeof raw['id'] === 'string') return raw['id'];
  return undefined;
}

function contains(row: Activity, search: string): Verdict {
  const text = search.trim().toLowerCase();
  if (row.subject.toLowerCase().includes(text)) return true;
  if (!isLoaded(row, 'description')) return undefined;
  return row.description?.toLowerCase().includes(text) ?? false;
}

function overlaps(
  row: Activity,
  range: { readonly from: string; readonly to: string },
  context: EvaluationContext,
): boolean {
  const span = spanOf(row, context.types.get(row.type), context.timeZone);
  if (!span) return false;
  const from = toMilliseconds(range.from, context.timeZone);
  const to = toMilliseconds(range.to, context.timeZone);
  if (span.start >= to) return false;
  return span.end > from || (span.end === span.start && span.start >= from);
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
  if (!isLoaded(row, 'parties')) return undefined;
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
  while (parent && !seen.has(parent.id)) {
    if (sameRecord(parent, ref)) return true;
    if (rollup === 'related') return false;
    seen.add(parent.id);
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

const text = new Intl.Collator('en', { sensitivity: 'accent' });

function compareValues(a: Comparable, b: Comparable): number {
  if (typeof a === 'string' && typeof b === 'string') return text.compare(a, b);
  return a < b ? -1 : a > b ? 1 : 0;
}

function compareSortValues(a: Json | undefined, b: Json | undefined): number {
  const blankA = a === undefined || a === null;
  const blankB = b === undefined || b === null;
  if (blankA || blankB) return blankA === blankB ? 0 : blankA ? -1 : 1;
  return compareValues(a as Comparable, b as Comparable);
}

/** The values by which a row stands where it stands. A blank is null and comes first in ascending order. */
export function placeOf(row: Activity, sort: readonly Sort[], context: EvaluationContext): Place {
  return { values: sort.map(({ field }) => sortValue(row, field, context)), id: row.id };
}

function sortValue(row: Activity, field: string, context: EvaluationContext): Json {
  if (field === 'regarding' || field === 'owner')
    return valuesOf(row, `${field}.name`, context)[0] ?? null;
  if (field === 'createdBy' || field === 'modifiedBy') return row[field]?.name ?? null;
  return valuesOf(row, field, context)[0] ?? null;
}

/** Two places in one order. */
export function comparePlaces(a: Place, b: Place, sort: readonly Sort[]): number {
  for (const [index, { direction }] of sort.entries()) {
    const order = compareSortValues(a.values[index], b.values[index]);
    if (order !== 0) return direction === 'asc' ? order : -order;
  }
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

const places = new WeakMap<Activity, Map<string, Place>>();

/** Compares rows by the sort fields, then by id. Each row's values are worked out once per order. */
export function compareBy(
  sort: readonly Sort[],
  context: EvaluationContext,
): (a: Activity, b: Activity) => number {
  const key = `${context.timeZone} ${sort.map(({ field }) => field).join()}`;
  const cached = (row: Activity): Place => {
    let byOrder = places.get(row);
    if (!byOrder) places.set(row, (byOrder = new Map()));
    let place = byOrder.get(key);
    if (!place) byOrder.set(key, (place = placeOf(row, sort, context)));
    return place;
  };
  return (a, b) => comparePlaces(cached(a), cached(b), sort);
}

function toPage(
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
  const index = found.findIndex((row) => {
    const order = comparePlaces(placeOf(row, sort, context), place, sort);
    return past ? order > 0 : order >= 0;
  });
  return index < 0 ? found.length : index;
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

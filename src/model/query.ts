import type { RecordRef, RowGroup } from './activity.js';
import type { Json } from './json.js';
import type { Time } from './time.js';

export type FilterOperator =
  | 'eq'
  | 'in'
  | 'lt'
  | 'le'
  | 'gt'
  | 'ge'
  | 'within'
  | 'contains'
  | 'empty';

/**
 * A stretch of whole days of the user's own calendar, counted from today: `next-7-days` is today and the seven days after it,
 * `last-7-days` the seven before and today. `now` is a moment, not a stretch.
 */
export type RelativePeriod =
  | 'now'
  | 'yesterday'
  | 'today'
  | 'tomorrow'
  | `${'last' | 'this' | 'next'}-${'week' | 'month' | 'quarter' | 'year'}`
  | `${'last' | 'next'}-${number}-${'days' | 'weeks' | 'months' | 'years'}`;

/**
 * One condition on a field. Which operators and values a field takes goes by its kind: see `queryField`.
 *
 * - `eq`, `in`: texts without regard to case, records by id (and kind, where the value is a record); of a list, any of it.
 * - `lt`, `le`, `gt`, `ge`: of times, numbers, texts and what has a rank (state, priority). A blank is in none of them.
 * - A calendar date as the value means that whole day of the user: `le` until its end, `gt` after it, `eq` within it.
 * - `{ relative: 'next-7-days' }` as the value means that stretch in the same way, and `within` is only for it.
 * - `empty`: is blank; with `value: false`, is not.
 *
 * Relative times and calendar dates are resolved to instants before a provider is asked (`resolveFilter`).
 */
export interface FieldFilter {
  readonly field: string;
  readonly op: FilterOperator;
  readonly value?: Json;
}

/**
 * A field of Activity, `fields.x` of some type, or a derived one: `deadline`, `place` (where a calendar starts it),
 * `regarding.kind`, `parties` and `parties.ROLE`. `me` and `my-team` are the only words a provider must know.
 */
export type Filter =
  | { readonly all: readonly Filter[] }
  | { readonly any: readonly Filter[] }
  | { readonly not: Filter }
  | FieldFilter;

export interface Sort {
  readonly field: string;
  readonly direction: 'asc' | 'desc';
  /** Where rows without a value stand. Left out: last in both directions, so that what has no date never hides what is late. */
  readonly blanks?: 'first' | 'last';
}

/** The values of the sort fields, and the id, of a row: with it a list is entered anywhere, in both directions. */
export interface Place {
  readonly values: readonly Json[];
  readonly id: string;
}

export type Rollup = 'none' | 'related' | 'extended';

/**
 * Where a page begins: behind a place, or so that it ends before one; with the row of an id in its middle (the first page, where
 * that row is not in the list); behind so many rows; or where the answer before said.
 */
export type PagePosition =
  | { readonly after: Place }
  | { readonly before: Place }
  | { readonly around: string }
  | { readonly offset: number }
  | { readonly next: string };

export interface ActivityQuery {
  readonly filter?: Filter;
  /** Contained in subject or the words of the description, without regard to case. */
  readonly search?: string;
  /** What overlaps `[from, to)` by its place. */
  readonly range?: { readonly from: Time; readonly to: Time };
  /** The history or list of one record: regarding it, a party to it, or rolled up to it; each row once, with `via`. */
  readonly record?: {
    readonly ref: RecordRef;
    readonly rollup: Rollup;
    readonly parties?: boolean;
  };
  /** The id is always the last, silent tie-break. */
  readonly sort?: readonly Sort[];
  readonly page?: { readonly size: number; readonly at?: PagePosition };
  /** What the rows must hold; left out: whatever the provider answers. */
  readonly need?: readonly RowGroup[];
  /** With the masters of series. */
  readonly masters?: boolean;
}

/** What rows must hold so that these fields can be shown; undefined where they hold that anyhow. */
export function needOf(fields: Iterable<string | undefined>): ActivityQuery['need'] {
  const heads = new Set<string>();
  for (const field of fields) heads.add(field?.split('.', 1)[0] ?? '');
  const further = (['parties', 'fields'] as const).filter((group) => heads.has(group));
  return further.length > 0 || heads.has('description') ? ['body', ...further] : undefined;
}

/** How many; `atLeast` where the backend stops counting. */
export interface Total {
  readonly value: number;
  readonly relation: 'exact' | 'atLeast';
}

/** A named filter of which rows are counted. */
export interface CountGroup {
  readonly name: string;
  readonly filter: Filter;
}

/** What must all be true of a row that passes a filter. */
export function conditionsOf(filter: Filter | undefined): readonly Filter[] {
  if (!filter) return [];
  return 'all' in filter ? filter.all.flatMap(conditionsOf) : [filter];
}

/** All conditions together; undefined where there is none. */
export function allOf(...filters: readonly (Filter | undefined)[]): Filter | undefined {
  const given = filters.filter((filter) => filter !== undefined);
  return given.length > 1 ? { all: given } : given[0];
}

/** What is still to be done. */
export const UNFINISHED: Filter = { field: 'state', op: 'in', value: ['open', 'scheduled'] };

/** The field filters of a tree, in no particular order. */
export function fieldsOf(filter: Filter | undefined): FieldFilter[] {
  if (!filter) return [];
  if ('all' in filter) return filter.all.flatMap(fieldsOf);
  if ('any' in filter) return filter.any.flatMap(fieldsOf);
  if ('not' in filter) return fieldsOf(filter.not);
  return [filter];
}

/** All that match a question, but these: what is asked for more rows than are loaded. */
export interface Rest {
  readonly query: ActivityQuery;
  readonly except: readonly string[];
  readonly count: Total;
}

import type { Act, Refusal } from '../model/activity.js';
import type { Rollup, Sort } from '../model/query.js';
import type { SeriesScope } from '../model/recurrence.js';

/** What a provider's backend can do. What is left out is unknown: offered, tried, reported. */
export interface Capabilities {
  /** Left out: the provider answers all rows, and the kit filters, sorts, searches, counts and pages by itself. */
  readonly query?: {
    readonly filter?: readonly string[];
    readonly sort?: readonly string[];
    readonly search?: boolean;
    readonly range?: boolean;
    readonly record?: readonly Rollup[];
    /** Pages after, before and around a place. */
    readonly places?: boolean;
    readonly offset?: boolean;
    readonly totals?: 'exact' | 'atLeast';
    readonly maxPage?: number;
    /** Fields whose order and matching equal the kit's. A list sorted by others is refreshed after a change instead of placed. */
    readonly exact?: readonly string[];
    /** Those of them whose order equals the kit's too, where that is not so of all: records are matched by id, and sorted by name. */
    readonly exactSort?: readonly string[];
  };
  readonly acts?: { readonly [act in Act | 'create' | 'export']?: true | Refusal };
  readonly createTypes?: { readonly [type: string]: true | Refusal };
  /** Kinds of record that can be made from within a picker, by `createRecord`: `contact`, `account` … Default: none. */
  readonly createRecords?: readonly string[];
  /** How an own write can be taken back: by the opposite write, by not sending it yet, or not at all. */
  readonly undo?: 'inverse' | 'hold' | 'none';
  /** The server heeds idempotency keys, so an unknown outcome may be repeated. */
  readonly idempotent?: boolean;
  /** Milliseconds for which a read may still show the past after a write (replicas). Default 5,000. */
  readonly consistencyMs?: number;
  readonly bulkMax?: number;
  readonly attachments?: {
    readonly maxBytes?: number;
    readonly measure?: 'raw' | 'base64';
    readonly blockedExtensions?: readonly string[];
    readonly mediaTypes?: readonly string[];
    /** An upload that broke off goes on where it stopped, when it is asked for again under the same idempotency key. */
    readonly resumes?: boolean;
    /** Most files of one activity; where that differs, by type. */
    readonly perActivity?: number | { readonly [type: string]: number };
  };
  /**
   * A master that is created (`series.rule` of RFC 5545) is laid out by the backend as a row for each date; so is an activity that
   * is given a rule later. Left out: series are shown where the backend has some, and none can be made.
   */
  readonly recurrence?: 'expanded';
  /** For which occurrences of a series a write may be meant (`WriteOptions.scope`). Default: only the one that is named. */
  readonly scopes?: readonly SeriesScope[];
}

/** The backend can be asked for what has this in a field; where the kit itself answers, any. */
export function canFilterBy(capabilities: Capabilities | undefined, field: string): boolean {
  return isDeclared(capabilities?.query, 'filter', field);
}

/** The provider's order by all of these is the kit's own: where a row stands in it, its values tell. */
export function sortsExactly(
  capabilities: Capabilities | undefined,
  sort: readonly Sort[],
): boolean {
  if (!capabilities?.query) return true;
  const { exact = [], exactSort = exact } = capabilities.query;
  return exact.includes('*') || sort.every(({ field }) => exactSort.includes(field));
}

export function canSortBy(capabilities: Capabilities | undefined, field: string): boolean {
  return isDeclared(capabilities?.query, 'sort', field);
}

function isDeclared(query: Capabilities['query'], what: 'filter' | 'sort', field: string): boolean {
  return !query || (query[what] ?? []).some((name) => name === '*' || name === field);
}

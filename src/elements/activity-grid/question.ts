import { ACTIVITY_STATES, type RecordRef } from '../../model/activity.js';
import { sameJson } from '../../model/json.js';
import {
  allOf,
  type ActivityQuery,
  type Filter,
  type Rollup,
  type Sort,
} from '../../model/query.js';

type Query = Pick<ActivityQuery, 'filter' | 'search' | 'need'>;

/** What has a life cycle: no notes. */
const WITH_STATE: Filter = { field: 'state', op: 'in', value: ACTIVITY_STATES };
export const DEFAULT_SORT: readonly Sort[] = [{ field: 'deadline', direction: 'asc' }];

/** What the grid asks. Notes are left out, unless the filter itself speaks of states or types. */
export function toQuestion(
  { filter, search, need }: Query,
  sort: readonly Sort[],
  record: RecordRef | undefined,
  rollup: Rollup = 'related',
): ActivityQuery {
  const asked = decidesOnNotes(filter) ? filter : allOf(WITH_STATE, filter);
  return {
    ...(asked && { filter: asked }),
    ...(search && { search }),
    ...(record && { record: { ref: record, rollup, parties: true } }),
    sort,
    ...(need && { need }),
  };
}

function decidesOnNotes(filter: Filter | undefined): boolean {
  if (!filter || 'not' in filter) return false;
  if ('all' in filter) return filter.all.some(decidesOnNotes);
  if ('any' in filter) return filter.any.length > 0 && filter.any.every(decidesOnNotes);
  return (
    filter.field === 'state' ||
    (filter.field === 'type' && (filter.op === 'eq' || filter.op === 'in'))
  );
}

/**
 * How the rows are sorted: as the user chose last, until the host asks for another order. A host that sets a new `query`
 * for its filter alone leaves the user's order as it is.
 */
export class Order {
  #given: readonly Sort[] | undefined;
  #chosen: readonly Sort[] | undefined;

  get sort(): readonly Sort[] {
    const sort = this.#chosen ?? this.#given;
    return sort && sort.length > 0 ? sort : DEFAULT_SORT;
  }

  /** The host set a query. */
  take(given: readonly Sort[] | undefined): void {
    const isSame = sameJson(given, this.#given);
    this.#given = given;
    if (!isSame) this.#chosen = undefined;
  }

  /** The user sorted. */
  choose(sort: readonly Sort[]): void {
    this.#chosen = sort;
  }
}

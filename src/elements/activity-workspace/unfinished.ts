import { isClosed } from '../../model/activity.js';
import type { ActivityQuery, Filter } from '../../model/query.js';
import { canFilterBy } from '../../provider/capabilities.js';
import { allRows } from '../base/all-rows.js';
import type { ActivityWorkspace } from './activity-workspace.js';

/** Notes, too, which have no state. */
const NOT_CLOSED: Filter = { not: { field: 'state', op: 'in', value: ['completed', 'canceled'] } };
/** Nobody works through more at one go. */
const MOST = 500;

/** What was found of a list. */
export interface Unfinished {
  readonly ids: readonly string[];
  /** There are more. */
  readonly isCut: boolean;
}

/**
 * The ids of what is not done in a list, in the order in which it is seen, loaded or not. Rejects with a `ProviderFailure`, or the
 * signal's reason.
 */
export async function unfinishedOf(
  { store, asker, grid }: ActivityWorkspace,
  question: ActivityQuery,
  signal: AbortSignal,
): Promise<Unfinished> {
  if (!store) return { ids: [], isCut: false };
  const { filter, sort = [{ field: 'deadline', direction: 'asc' }] } = question;
  const narrowed = canFilterBy(store.capabilities, 'state') && {
    filter: filter ? { all: [filter, NOT_CLOSED] } : NOT_CLOSED,
  };
  const asked = { ...question, ...narrowed, sort };
  const all = await allRows(store, asked, asker, { most: MOST + 1, signal });
  const rows = all.filter((row) => !isClosed(row) && row.access !== 'busy');
  const ids = (grid?.inGroups(rows) ?? rows).map(({ id }) => id);
  return { ids: ids.slice(0, MOST), isCut: ids.length > MOST };
}

import { isClosed, type Activity } from '../../model/activity.js';
import type { ActivityQuery, Filter } from '../../model/query.js';
import { canFilterBy } from '../../provider/capabilities.js';
import type { ProviderFailure } from '../../provider/failure.js';
import type { ActivityWorkspace } from './activity-workspace.js';

/** Notes, too, which have no state. */
const NOT_CLOSED: Filter = { not: { field: 'state', op: 'in', value: ['completed', 'canceled'] } };
/** Nobody works through more at one go. */
const MOST = 500;

/** What was found of a list. */
export type Unfinished =
  | {
      readonly ids: readonly string[];
      /** There are more. */
      readonly isCut: boolean;
    }
  | { readonly error: ProviderFailure };

/** The ids of what is not done in a list, in the order in which it is seen, further pages too. */
export async function unfinishedOf(
  workspace: ActivityWorkspace,
  question: ActivityQuery,
): Promise<Unfinished> {
  const { store, asker } = workspace;
  if (!store) return { ids: [], isCut: false };
  const { filter, sort = [{ field: 'deadline', direction: 'asc' }] } = question;
  const narrowed = canFilterBy(store.capabilities, 'state') && {
    filter: filter ? { all: [filter, NOT_CLOSED] } : NOT_CLOSED,
  };
  const view = store.view({ ...question, ...narrowed, sort, page: { size: 100 } }, asker);
  return new Promise((resolve) => {
    const finish = (end: () => void): void => {
      const rows = view.rows.filter((row) => !isClosed(row) && row.access !== 'busy');
      resolve(
        view.status === 'failed' && view.error
          ? { error: view.error }
          : { ids: inGroups(workspace, rows).map(({ id }) => id), isCut: view.hasMore },
      );
      end();
    };
    const look = (): void => {
      if (view.status === 'failed') finish(end);
      else if (view.status === 'ready' && !view.isLoadingMore) {
        if (view.hasMore && view.rows.length < MOST) view.loadMore();
        else finish(end);
      }
    };
    const end = view.subscribe(look);
    look();
  });
}

function inGroups({ grid }: ActivityWorkspace, rows: readonly Activity[]): readonly Activity[] {
  return grid?.inGroups(rows) ?? rows;
}

import type { ActivityQuery, CountGroup, Total } from '../model/query.js';
import type { ActivityStore } from './activity-store.js';
import type { Asker } from './activity-view.js';

/** The counts of this moment; undefined where they cannot be had. */
export function countOnce(
  store: ActivityStore,
  question: ActivityQuery,
  groups: readonly CountGroup[],
  asker: Asker,
): Promise<ReadonlyMap<string, Total> | undefined> {
  const view = store.counts(question, groups, asker);
  return new Promise((resolve) => {
    const look = (): boolean => {
      if (view.totals.size === 0 && !view.error) return false;
      resolve(view.error ? undefined : view.totals);
      return true;
    };
    if (look()) return;
    const end = view.subscribe(() => {
      if (look()) end();
    });
  });
}

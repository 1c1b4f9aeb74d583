import type { Activity } from '../../model/activity.js';
import type { ActivityQuery } from '../../model/query.js';
import { missingOf, type ProviderFailure } from '../../provider/failure.js';
import type { ActivityStore } from '../../store/activity-store.js';
import type { Asker } from '../../store/activity-view.js';

export interface AllRowsOptions {
  /** Once so many are there no more are asked for. */
  readonly most?: number;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((loaded: number, total: number | undefined) => void) | undefined;
}

/** In one answer. */
const PAGE = 500;

/**
 * All rows that answer a question, in its order, loaded page by page. Rejects with a `ProviderFailure`, also where only a part of them
 * can be had, or the signal's reason.
 */
export function allRows(
  store: ActivityStore,
  question: ActivityQuery,
  asker: Asker,
  { most = Infinity, signal, onProgress }: AllRowsOptions = {},
): Promise<readonly Activity[]> {
  const view = store.view({ ...question, page: { size: PAGE } }, asker);
  return new Promise((resolve, reject) => {
    const finish = (act: () => void): void => {
      end();
      signal?.removeEventListener('abort', abort);
      act();
    };
    const abort = (): void => finish(() => reject(reasonOf(signal)));
    const look = (): void => {
      if (signal?.aborted) {
        abort();
        return;
      }
      const missing = view.status === 'ready' ? missingOf(view.failed) : undefined;
      if (view.status === 'failed' || missing) {
        const error: ProviderFailure = missing ?? view.error ?? { code: 'server', message: '' };
        finish(() => reject(error));
      } else if (view.status === 'ready' && !view.isLoadingMore) {
        const rows: Activity[] = [];
        for (let index = 0; index < view.length; index++) {
          const row = view.rowAt(index);
          if (row) rows.push(row);
        }
        onProgress?.(rows.length, view.total?.relation === 'exact' ? view.total.value : undefined);
        const isWhole = rows.length >= view.length && !view.hasMore;
        if (isWhole || rows.length >= most) finish(() => resolve(rows));
        else view.ensure(0, Math.max(view.length, rows.length + 1));
      }
    };
    const end = view.subscribe(look);
    signal?.addEventListener('abort', abort);
    // What is there already tells nothing by itself.
    queueMicrotask(look);
  });
}

function reasonOf(signal: AbortSignal | undefined): Error {
  return signal?.reason instanceof Error ? signal.reason : new DOMException('', 'AbortError');
}

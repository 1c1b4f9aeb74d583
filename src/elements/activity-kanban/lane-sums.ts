import type { ReactiveController } from 'lit';
import type { Activity, Money, RecordRef } from '../../model/activity.js';
import type { ActivityQuery } from '../../model/query.js';
import { dealsOf, keyOf, sumOf } from '../../provider/deals.js';
import type { ActivityStore } from '../../store/activity-store.js';
import type { ActivityElement } from '../base/activity-element.js';
import { RowsController } from '../base/view-controller.js';

/** Of so many activities of a lane the deals are looked for; what is beyond is not counted, and the sum says so. */
const MOST = 2000;

/** What the deals behind the cards of a lane come to. */
export interface LaneSum {
  readonly money: readonly Money[];
  /** It is of all cards, whether they are loaded or not. */
  readonly isWhole: boolean;
}

interface Reckoning {
  readonly rows: readonly Activity[];
  readonly key: string;
  readonly request: AbortController;
  money: readonly Money[];
}

/** What the deals behind the cards of each lane come to: per currency, each deal once. */
export class LaneSums implements ReactiveController {
  readonly #host: ActivityElement;
  readonly #questions: () => ReadonlyMap<string, ActivityQuery>;
  readonly #rows = new Map<string, RowsController>();
  readonly #sums = new Map<string, Reckoning>();
  #store: ActivityStore | undefined;

  /** `questions`: what stands in each lane whose sum is wanted; asked at every update. */
  constructor(host: ActivityElement, questions: () => ReadonlyMap<string, ActivityQuery>) {
    this.#host = host;
    this.#questions = questions;
    host.addController(this);
  }

  of(lane: string): LaneSum | undefined {
    const sum = this.#sums.get(lane);
    const { view } = this.#rows.get(lane) ?? {};
    if (!sum || !view || view.status === 'loading') return undefined;
    return { money: sum.money, isWhole: !view.hasMore };
  }

  hostUpdate(): void {
    const { store } = this.#host;
    if (store !== this.#store) this.hostDisconnected();
    this.#store = store;
    if (!store?.provider.records) return;
    const questions = this.#questions();
    for (const lane of questions.keys()) {
      if (this.#rows.has(lane)) continue;
      const rows = new RowsController(this.#host, () => this.#questions().get(lane));
      this.#rows.set(lane, rows);
    }
  }

  hostUpdated(): void {
    const store = this.#store;
    if (!store) return;
    for (const [lane, { view }] of this.#rows) {
      if (!view || view.status === 'loading') continue;
      const { rows, status } = view;
      if (status === 'ready' && view.hasMore && !view.isLoadingMore && rows.length < MOST) {
        view.loadMore();
      }
      const old = this.#sums.get(lane);
      if (old?.rows === rows) continue;
      const refs = refsOf(rows);
      const key = refs.map(keyOf).sort().join(' ');
      if (old?.key === key) {
        this.#sums.set(lane, { ...old, rows });
        continue;
      }
      old?.request.abort();
      // What was known stays until the new sum is.
      const sum = { rows, key, request: new AbortController(), money: old?.money ?? [] };
      this.#sums.set(lane, sum);
      void this.#ask(store, lane, refs, sum.request.signal);
    }
  }

  hostDisconnected(): void {
    for (const { request } of this.#sums.values()) request.abort();
    this.#sums.clear();
  }

  async #ask(
    store: ActivityStore,
    lane: string,
    refs: readonly RecordRef[],
    signal: AbortSignal,
  ): Promise<void> {
    const { asker } = this.#host;
    const deals = refs.filter(({ kind }) => kind === 'opportunity');
    const others = refs.filter(({ kind }) => kind !== 'opportunity');
    let money: readonly Money[] = [];
    try {
      const answers = await Promise.all([
        deals.length > 0 ? store.records({ refs: deals }, asker, signal) : [],
        others.length > 0 ? store.records({ dealsOf: others }, asker, signal) : [],
      ]);
      money = sumOf(dealsOf(answers.flat()));
    } catch {
      // A sum that can't be had is left out; the cards are there.
    }
    const sum = this.#sums.get(lane);
    if (!sum || signal.aborted) return;
    sum.money = money;
    this.#host.requestUpdate();
  }
}

function refsOf(rows: readonly Activity[]): readonly RecordRef[] {
  const refs = new Map<string, RecordRef>();
  for (const { regarding } of rows) if (regarding) refs.set(keyOf(regarding), regarding);
  return [...refs.values()];
}

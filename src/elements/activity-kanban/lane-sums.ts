import type { ReactiveController } from 'lit';
import type { Activity, Money, RecordRef } from '../../model/activity.js';
import { dealsOf, keyOf, sumOf } from '../../provider/deals.js';
import type { ActivityStore } from '../../store/activity-store.js';
import type { ActivityElement } from '../base/activity-element.js';

interface LaneSum {
  readonly key: string;
  readonly request: AbortController;
  money: readonly Money[];
}

/** What the deals behind the cards of each lane come to: per currency, each deal once. */
export class LaneSums implements ReactiveController {
  readonly #host: ActivityElement;
  readonly #lanes: () => ReadonlyMap<string, readonly Activity[]>;
  readonly #sums = new Map<string, LaneSum>();
  #store: ActivityStore | undefined;

  /** `lanes`: the rows of each lane whose sum is wanted; asked at every update. */
  constructor(host: ActivityElement, lanes: () => ReadonlyMap<string, readonly Activity[]>) {
    this.#host = host;
    this.#lanes = lanes;
    host.addController(this);
  }

  of(lane: string): readonly Money[] {
    return this.#sums.get(lane)?.money ?? [];
  }

  hostUpdate(): void {
    const { store } = this.#host;
    if (store !== this.#store) this.hostDisconnected();
    this.#store = store;
    if (!store?.provider.records) return;
    for (const [lane, rows] of this.#lanes()) {
      const refs = refsOf(rows);
      const key = refs.map(keyOf).sort().join(' ');
      const old = this.#sums.get(lane);
      if (old?.key === key) continue;
      old?.request.abort();
      // What was known stays until the new sum is.
      const sum: LaneSum = { key, request: new AbortController(), money: old?.money ?? [] };
      this.#sums.set(lane, sum);
      void this.#ask(store, sum, refs);
    }
  }

  hostDisconnected(): void {
    for (const { request } of this.#sums.values()) request.abort();
    this.#sums.clear();
  }

  async #ask(store: ActivityStore, sum: LaneSum, refs: readonly RecordRef[]): Promise<void> {
    const { signal } = sum.request;
    const { asker } = this.#host;
    const deals = refs.filter(({ kind }) => kind === 'opportunity');
    const others = refs.filter(({ kind }) => kind !== 'opportunity');
    try {
      const answers = await Promise.all([
        deals.length > 0 ? store.records({ refs: deals }, asker, signal) : [],
        others.length > 0 ? store.records({ dealsOf: others }, asker, signal) : [],
      ]);
      if (signal.aborted) return;
      sum.money = sumOf(dealsOf(answers.flat()));
    } catch {
      // A sum that can't be had is left out; the cards are there.
      if (!signal.aborted) sum.money = [];
    }
    this.#host.requestUpdate();
  }
}

function refsOf(rows: readonly Activity[]): readonly RecordRef[] {
  const refs = new Map<string, RecordRef>();
  for (const { regarding } of rows) if (regarding) refs.set(keyOf(regarding), regarding);
  return [...refs.values()];
}

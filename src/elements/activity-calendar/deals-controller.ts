import type { ReactiveController } from 'lit';
import { ActivityErrorEvent } from '../../events/activity-error-event.js';
import type { RecordRef } from '../../model/activity.js';
import { toFailure } from '../../provider/failure.js';
import type { RecordSummary } from '../../provider/provider.js';
import type { ActivityStore } from '../../store/activity-store.js';
import type { ActivityElement } from '../base/activity-element.js';
import { dealsOf, keyOf } from '../../provider/deals.js';

export type DealsStatus = 'loading' | 'ready' | 'failed';

/** The deals that some records are, or have. Asks again when the records are others; an answer to an older question is dropped. */
export class DealsController implements ReactiveController {
  readonly #host: ActivityElement;
  readonly #records: () => readonly RecordRef[];
  #key = '';
  #store: ActivityStore | undefined;
  #request: AbortController | undefined;
  #status: DealsStatus = 'ready';
  #deals: readonly RecordSummary[] = [];

  /** `records` is asked at every update of the host. */
  constructor(host: ActivityElement, records: () => readonly RecordRef[]) {
    this.#host = host;
    this.#records = records;
    host.addController(this);
  }

  get status(): DealsStatus {
    return this.#status;
  }

  get deals(): readonly RecordSummary[] {
    return this.#deals;
  }

  hostUpdate(): void {
    const { store } = this.#host;
    const records = store?.provider.records ? this.#records() : [];
    const key = records.map(keyOf).sort().join(' ');
    if (key === this.#key && store === this.#store) return;
    this.#key = key;
    this.#store = store;
    this.#ask(records);
  }

  hostDisconnected(): void {
    this.#request?.abort();
    // Asked anew when the element comes back.
    if (this.#status === 'loading') this.#store = undefined;
  }

  retry(): void {
    this.#ask(this.#records());
    this.#host.requestUpdate();
  }

  #ask(records: readonly RecordRef[]): void {
    this.#request?.abort();
    this.#request = undefined;
    this.#deals = [];
    this.#status = records.length > 0 ? 'loading' : 'ready';
    if (records.length > 0) void this.#load(records);
  }

  async #load(records: readonly RecordRef[]): Promise<void> {
    const { store, asker } = this.#host;
    if (!store) return;
    const request = new AbortController();
    this.#request = request;
    const refs = records.filter(({ kind }) => kind === 'opportunity');
    const others = records.filter(({ kind }) => kind !== 'opportunity');
    try {
      await store.ready(asker);
      const answers = await Promise.all([
        refs.length > 0 ? store.records({ refs }, asker, request.signal) : [],
        others.length > 0 ? store.records({ dealsOf: others }, asker, request.signal) : [],
      ]);
      if (this.#request !== request) return;
      this.#deals = dealsOf(answers.flat());
      this.#status = 'ready';
    } catch (thrown) {
      if (this.#request !== request) return;
      this.#status = 'failed';
      this.#host.dispatchEvent(
        new ActivityErrorEvent({ error: toFailure(thrown), ids: [] }, () => this.retry()),
      );
    }
    this.#host.requestUpdate();
  }
}

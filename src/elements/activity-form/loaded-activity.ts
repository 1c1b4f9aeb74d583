import type { ReactiveController } from 'lit';
import type { Activity } from '../../model/activity.js';
import { ActivityErrorEvent } from '../../events/activity-error-event.js';
import { failure, toFailure, type ProviderFailure } from '../../provider/failure.js';
import type { ActivityStore } from '../../store/activity-store.js';
import type { ActivityElement } from '../base/activity-element.js';

export type LoadStatus = 'none' | 'loading' | 'ready' | 'failed';

/** One whole activity, loaded by its id and followed while it changes. What was known of it stays when it is gone. */
export class LoadedActivity implements ReactiveController {
  status: LoadStatus = 'none';
  activity: Activity | undefined;
  error: ProviderFailure | undefined;
  readonly #host: ActivityElement;
  readonly #changed: (activity: Activity) => void;
  #store: ActivityStore | undefined;
  #id: string | undefined;
  #request: AbortController | undefined;
  #end: (() => void) | undefined;

  constructor(host: ActivityElement, changed: (activity: Activity) => void) {
    this.#host = host;
    this.#changed = changed;
    host.addController(this);
  }

  hostDisconnected(): void {
    queueMicrotask(() => {
      if (!this.#host.isConnected) this.show(undefined, undefined);
    });
  }

  /** Shows the activity with this id; nothing where that is undefined. */
  show(store: ActivityStore | undefined, id: string | undefined): void {
    if (store === this.#store && id === this.#id) return;
    this.#store = store;
    this.#id = id;
    this.#request?.abort();
    this.#end?.();
    this.activity = undefined;
    this.status = 'none';
    if (!store || id === undefined) return;
    this.#end = store.watchRow(id, () => this.#follow());
    // What a list shows already need not be waited for; it is asked for anew behind that.
    const known = store.row(id);
    if (known && known.loaded === undefined) this.#take(known);
    void this.#load(store, id);
  }

  retry(): void {
    if (this.#store && this.#id !== undefined) void this.#load(this.#store, this.#id);
  }

  async #load(store: ActivityStore, id: string): Promise<void> {
    const request = new AbortController();
    this.#request = request;
    if (!this.activity) this.status = 'loading';
    this.error = undefined;
    this.#host.requestUpdate();
    try {
      const row = await store.load(id, this.#host.asker, request.signal);
      if (this.#request === request) this.#take(row);
    } catch (thrown) {
      if (this.#request === request && !request.signal.aborted) this.#fail(id, toFailure(thrown));
    } finally {
      if (this.#request === request) this.#host.requestUpdate();
    }
  }

  #fail(id: string, error: ProviderFailure): void {
    // What is shown already is as good as the list it came from.
    if (!this.activity || error.code === 'not-found') {
      this.error = error;
      this.status = 'failed';
    }
    this.#host.dispatchEvent(new ActivityErrorEvent({ error, ids: [id] }, () => this.retry()));
  }

  #follow(): void {
    const row = this.#id === undefined ? undefined : this.#store?.row(this.#id);
    if (this.status === 'none' || this.status === 'loading') return;
    // What was gone may come back: its removal was refused, or undone.
    if (row && this.activity) this.#take(row);
    else if (row) this.retry();
    else if (this.status === 'ready') {
      this.error = failure('not-found');
      this.status = 'failed';
    }
    this.#host.requestUpdate();
  }

  #take(row: Activity): void {
    this.status = 'ready';
    this.error = undefined;
    if (row === this.activity) return;
    this.activity = row;
    this.#changed(row);
  }
}

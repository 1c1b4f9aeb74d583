import type { ReactiveController } from 'lit';
import type { ActivityStore } from '../../store/activity-store.js';
import type { ActivityElement } from './activity-element.js';

/** Renders the element anew when its store learns who the user is, what the backend can do, or that the connection went. */
export class StoreWatch implements ReactiveController {
  readonly #host: ActivityElement;
  #store: ActivityStore | undefined;
  #end: (() => void) | undefined;
  #interval: number | undefined;
  #endInterval: (() => void) | undefined;

  constructor(host: ActivityElement) {
    this.#host = host;
    host.addController(this);
  }

  hostDisconnected(): void {
    queueMicrotask(() => {
      if (!this.#host.isConnected) this.follow(undefined);
    });
  }

  /** `interval`: seconds after which it is asked anew, see `refreshInterval`. */
  follow(store: ActivityStore | undefined, interval?: number): void {
    if (store && !this.#host.isConnected) return;
    if (store !== this.#store || interval !== this.#interval) {
      this.#interval = interval;
      this.#endInterval?.();
      const isAsked = interval !== undefined && interval > 0;
      this.#endInterval = isAsked ? store?.refreshEvery(Math.max(1, interval) * 1000) : undefined;
    }
    if (store === this.#store) return;
    this.#end?.();
    this.#store = store;
    this.#end = store?.subscribe(() => this.#host.requestUpdate());
    // Whoever asks for rows hears of a failure; here it would be told twice.
    store?.ready(this.#host.asker).catch(() => undefined);
  }
}

import type { ReactiveController } from 'lit';
import type { ActivityStore } from '../../store/activity-store.js';
import type { ActivityElement } from './activity-element.js';

/** Renders the element anew when its store learns who the user is, what the backend can do, or that the connection went. */
export class StoreWatch implements ReactiveController {
  readonly #host: ActivityElement;
  #store: ActivityStore | undefined;
  #end: (() => void) | undefined;

  constructor(host: ActivityElement) {
    this.#host = host;
    host.addController(this);
  }

  hostDisconnected(): void {
    queueMicrotask(() => {
      if (!this.#host.isConnected) this.follow(undefined);
    });
  }

  follow(store: ActivityStore | undefined): void {
    if (store === this.#store || (store && !this.#host.isConnected)) return;
    this.#end?.();
    this.#store = store;
    this.#end = store?.subscribe(() => this.#host.requestUpdate());
    // Whoever asks for rows hears of a failure; here it would be told twice.
    store?.ready(this.#host.asker).catch(() => undefined);
  }
}

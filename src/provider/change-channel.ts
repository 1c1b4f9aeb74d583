import type { ProviderChange } from './provider.js';

/**
 * Carries a provider's changes to who subscribed: in this tab at once, and, under a name, to the other tabs of the origin.
 * A message is a hint: a tab that was frozen gets it late.
 */
export class ChangeChannel {
  readonly #listeners = new Set<(change: ProviderChange) => void>();
  readonly #name: string | undefined;
  readonly #onMessage: ((change: ProviderChange) => void) | undefined;
  #channel: BroadcastChannel | undefined;

  /** `onMessage` hears what other tabs did, before the subscribers do. */
  constructor(name?: string, onMessage?: (change: ProviderChange) => void) {
    this.#name = name;
    this.#onMessage = onMessage;
  }

  subscribe(listener: (change: ProviderChange) => void): () => void {
    this.#listeners.add(listener);
    this.#open();
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) this.close();
    };
  }

  emit(change: ProviderChange): void {
    this.#tell(change);
    if (this.#channel) this.#channel.postMessage(change);
    else if (this.#name !== undefined && typeof BroadcastChannel === 'function') {
      const once = new BroadcastChannel(this.#name);
      once.postMessage(change);
      once.close();
    }
  }

  close(): void {
    this.#channel?.close();
    this.#channel = undefined;
  }

  #open(): void {
    if (this.#channel || this.#name === undefined || typeof BroadcastChannel !== 'function') return;
    this.#channel = new BroadcastChannel(this.#name);
    this.#channel.onmessage = ({ data }: MessageEvent<ProviderChange>) => {
      this.#onMessage?.(data);
      this.#tell(data);
    };
  }

  #tell(change: ProviderChange): void {
    for (const listener of [...this.#listeners]) listener(change);
  }
}

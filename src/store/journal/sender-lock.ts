/** Whether this page can say that it alone does something among all tabs. */
export function canLock(): boolean {
  return typeof navigator === 'object' && typeof navigator.locks?.request === 'function';
}

/**
 * The lock that makes one tab the sender. Held until the page goes away: also into the back/forward cache, where a page that
 * keeps its lock would stop all others; asked for again when it comes back.
 */
export class SenderLock {
  readonly #name: string;
  readonly #onChange: (isHeld: boolean) => void;
  #wanted: AbortController | undefined;
  #release: (() => void) | undefined;

  constructor(name: string, onChange: (isHeld: boolean) => void) {
    this.#name = name;
    this.#onChange = onChange;
  }

  get isHeld(): boolean {
    return this.#release !== undefined;
  }

  /** Held, or waited for. */
  get isWanted(): boolean {
    return this.#wanted !== undefined;
  }

  /** Waits for the lock, for as long as it takes. */
  request(): void {
    if (this.#wanted) return;
    const wanted = new AbortController();
    this.#wanted = wanted;
    globalThis.addEventListener?.('pagehide', () => this.#letGo(), { signal: wanted.signal });
    globalThis.addEventListener?.(
      'pageshow',
      (event) => {
        if (event.persisted) this.#ask(wanted.signal);
      },
      { signal: wanted.signal },
    );
    this.#ask(wanted.signal);
  }

  end(): void {
    this.#wanted?.abort();
    this.#wanted = undefined;
    this.#letGo();
  }

  #ask(signal: AbortSignal): void {
    let own: (() => void) | undefined;
    navigator.locks
      .request(this.#name, { signal }, () => {
        if (signal.aborted) return undefined;
        return new Promise<void>((resolve) => {
          own = resolve;
          this.#release = resolve;
          this.#onChange(true);
        });
      })
      // No longer wanted, or taken away by force.
      .catch(() => undefined)
      .finally(() => {
        // By now it may have been asked for, and given, again.
        if (own && this.#release === own) this.#letGo();
      });
  }

  #letGo(): void {
    const release = this.#release;
    this.#release = undefined;
    release?.();
    if (release) this.#onChange(false);
  }
}

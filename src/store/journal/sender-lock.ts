/** Whether this page can say that it alone does something among all tabs. */
export function canLock(): boolean {
  return typeof navigator === 'object' && typeof navigator.locks?.request === 'function';
}

/**
 * The lock that makes one tab the sender. Held, or waited for, until the page goes away: also into the back/forward cache, where a
 * page that has the lock, or is given it, would stop all others. Asked for again when it comes back.
 */
export class SenderLock {
  readonly #name: string;
  readonly #onChange: (isHeld: boolean) => void;
  #wanted: AbortController | undefined;
  #asking: AbortController | undefined;
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
        if (event.persisted) this.#ask();
      },
      { signal: wanted.signal },
    );
    this.#ask();
  }

  end(): void {
    this.#wanted?.abort();
    this.#wanted = undefined;
    this.#letGo();
  }

  #ask(): void {
    if (this.#asking) return;
    const asking = new AbortController();
    const { signal } = asking;
    this.#asking = asking;
    navigator.locks
      .request(this.#name, { signal }, () => {
        // It was given in the moment in which it was let go.
        if (signal.aborted) return undefined;
        return new Promise<void>((resolve) => {
          this.#release = resolve;
          this.#onChange(true);
        });
      })
      // No longer wanted, or taken away by force.
      .catch(() => undefined)
      .finally(() => {
        // By now it may have been asked for, and given, again.
        if (this.#asking === asking) this.#letGo();
      });
  }

  #letGo(): void {
    this.#asking?.abort();
    this.#asking = undefined;
    const release = this.#release;
    this.#release = undefined;
    release?.();
    if (release) this.#onChange(false);
  }
}

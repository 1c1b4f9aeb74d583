/**
 * What is remembered of a journal outside of its database, so that one which came back empty is told from a new one: the
 * browser throws a database away without an error. Where there is no other storage, nothing is remembered.
 */
export class Marker {
  readonly #name: string;

  constructor(name: string) {
    this.#name = name;
  }

  /** Changes were waiting in the journal when it was last seen. */
  get wasWaiting(): boolean {
    try {
      return this.#storage?.getItem(this.#name) === 'waiting';
    } catch {
      return false;
    }
  }

  /** Called within the transaction that makes it so: transactions of several tabs come one after the other. */
  set(isWaiting: boolean): void {
    try {
      if (isWaiting) this.#storage?.setItem(this.#name, 'waiting');
      else this.#storage?.removeItem(this.#name);
    } catch {
      // Full, or forbidden: then there is no marker.
    }
  }

  /** A worker has none, and a sandboxed frame throws when asked. */
  get #storage(): Storage | undefined {
    return (globalThis as { readonly localStorage?: Storage }).localStorage;
  }
}

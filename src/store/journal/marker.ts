import { KeptText } from './kept-text.js';

/**
 * What is remembered of a journal outside of its database, so that one which came back empty is told from a new one: the
 * browser throws a database away without an error.
 */
export class Marker {
  readonly #kept: KeptText;

  constructor(name: string) {
    this.#kept = new KeptText(name);
  }

  /** Changes were waiting in the journal when it was last seen. */
  get wasWaiting(): boolean {
    return this.#kept.get() === 'waiting';
  }

  /** Called within the transaction that makes it so: transactions of several tabs come one after the other. */
  set(isWaiting: boolean): void {
    this.#kept.set(isWaiting ? 'waiting' : undefined);
  }
}

import type { Change } from './change.js';

/** How many changes of different records are under way at once. */
const PARALLEL = 4;

/**
 * The writes under way, in the order in which the user made them: one at a time per record, several records in parallel.
 * `send` does one write and never rejects; it settles the change's state.
 */
export class ChangeLog {
  readonly #waiting: Change[] = [];
  readonly #busy = new Set<string>();
  readonly #ended = new Map<Change, () => void>();
  readonly #send: (change: Change) => Promise<void>;

  constructor(send: (change: Change) => Promise<void>) {
    this.#send = send;
  }

  /** Queues a change; fulfilled when it is confirmed or refused. */
  add(change: Change): Promise<void> {
    this.#waiting.push(change);
    const end = new Promise<void>((resolve) => this.#ended.set(change, resolve));
    this.#next();
    return end;
  }

  /** Later changes of a record are made against the version that an own earlier one left. */
  rebase(key: string, version: string | undefined): void {
    for (const change of this.#waiting) if (change.key === key) change.version = version;
  }

  #next(): void {
    while (this.#busy.size < PARALLEL) {
      const index = this.#waiting.findIndex(({ key }) => !this.#busy.has(key));
      const change = this.#waiting[index];
      if (!change) return;
      this.#waiting.splice(index, 1);
      this.#busy.add(change.key);
      change.state = 'sent';
      void this.#send(change).then(() => {
        this.#busy.delete(change.key);
        this.#ended.get(change)?.();
        this.#ended.delete(change);
        this.#next();
      });
    }
  }
}

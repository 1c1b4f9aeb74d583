import type { ActivityDraft, ActivityPatch } from '../model/activity.js';
import type { Milliseconds } from '../model/time.js';
import type { ProviderFailure } from '../provider/failure.js';
import type { TransitionTarget } from '../provider/provider.js';

interface ChangeBase {
  /** Key of the record it changes. */
  readonly key: string;
  /** The same for every attempt, so that a server can tell a repeat. */
  readonly idempotencyKey: string;
  /** When the user did it. */
  readonly at: Milliseconds;
  /** Seen at once; false for what reaches other people, which is shown only when it is done. */
  readonly isOptimistic: boolean;
  /** The version the user saw, or the one an own earlier change made of it. */
  version: string | undefined;
  state: 'queued' | 'sent' | 'confirmed' | 'refused';
  error?: ProviderFailure;
}

/** One write, from the user's act to its end. */
export type Change = ChangeBase &
  (
    | { readonly kind: 'create'; readonly draft: ActivityDraft }
    | { readonly kind: 'update'; readonly patch: ActivityPatch }
    | { readonly kind: 'transition'; readonly to: TransitionTarget }
    | { readonly kind: 'remove' }
  );

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

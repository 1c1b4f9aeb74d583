import type { Milliseconds } from '../model/time.js';
import { hasEnded, type Change } from './change.js';
import type { Timers } from './clock.js';
import { Subscribable } from './subscribable.js';

/** What the log needs of who sends. */
export interface LogHost {
  readonly timers: Timers;
  /** So many sendings may be under way at once; 0: none now. */
  width(): number;
  /** This tab may send this change now. */
  maySend(change: Change): boolean;
  /** The two may go in one call. */
  mayJoin(first: Change, other: Change): boolean;
  readonly bulkMax: number;
  isOffline(): boolean;
  /** Makes one attempt and sets the state of each. Never rejects. */
  send(changes: readonly Change[]): Promise<void>;
  /** It is held back no longer. */
  released(change: Change): void;
  /** It ended, or waits for the user's word, after who asked for it had an answer already. */
  late(change: Change): void;
}

/** After so many attempts whose outcome is unknown the user is told. */
const ATTEMPTS_BEFORE_WORD = 3;

/**
 * All changes that have not ended, in the order in which the user made them: one under way per record, several records in
 * parallel. Subscribers hear when what waits, or how it fares, has changed.
 */
export class ChangeLog extends Subscribable {
  readonly #host: LogHost;
  /** By record, in order. The first is the one whose turn it is. */
  readonly #queues = new Map<string, Change[]>();
  /** Those whose turn it is, and that only wait for room. */
  readonly #ready = new Set<Change>();
  readonly #flying = new Set<Change>();
  readonly #delays = new Map<Change, () => void>();
  readonly #holds = new Map<Change, () => void>();
  readonly #untold = new Map<Change, () => void>();
  /** Refused when nobody waited for them any more: shown until the user says what is to become of them. */
  readonly #failed = new Set<Change>();
  readonly #byId = new Map<string, Change>();
  #busy = 0;

  constructor(host: LogHost) {
    super();
    this.#host = host;
  }

  /** Every change has ended. */
  get isEmpty(): boolean {
    return this.#queues.size === 0;
  }

  /** Every change that has not ended, and those that failed unseen. */
  *changes(): IterableIterator<Change> {
    for (const queue of this.#queues.values()) yield* queue;
    yield* this.#failed;
  }

  /** The change of a record whose turn it is. */
  first(key: string): Change | undefined {
    return this.#queues.get(key)?.[0];
  }

  /** The changes of the same record that the user made after it. */
  after(change: Change): readonly Change[] {
    const queue = this.#queues.get(change.key) ?? [];
    const index = queue.indexOf(change);
    return index < 0 ? [] : queue.slice(index + 1);
  }

  byId(idempotencyKey: string): Change | undefined {
    return this.#byId.get(idempotencyKey);
  }

  /**
   * Takes a change; sent with the next `pump`, so that those of one act may go together. Fulfilled when there is something to tell who asked: it ended, is held, waits for the user's word, or its
   * outcome stays unknown.
   */
  add(change: Change): Promise<void> {
    const queue = this.#queues.get(change.key) ?? [];
    this.#queues.set(change.key, queue);
    queue.push(change);
    this.#byId.set(change.idempotencyKey, change);
    const told = new Promise<void>((resolve) => this.#untold.set(change, resolve));
    this.#turn(change.key, false);
    this.tell();
    return told;
  }

  /** Somebody asks for it anew: fulfilled as what `add` answers. */
  ask(change: Change): Promise<void> {
    if (hasEnded(change)) return Promise.resolve();
    const first = this.#untold.get(change);
    const told = new Promise<void>((resolve) => {
      this.#untold.set(change, () => {
        first?.();
        resolve();
      });
    });
    this.tell();
    return told;
  }

  /** Adds one that failed before this log knew of it. */
  addFailed(change: Change): void {
    this.#byId.set(change.idempotencyKey, change);
    this.#failed.add(change);
    this.tell();
  }

  /** Who asked for it still waits for an answer. */
  isAwaited(change: Change): boolean {
    return this.#untold.has(change);
  }

  /** Fulfilled when it has ended. */
  ended(change: Change): Promise<void> {
    if (hasEnded(change)) return Promise.resolve();
    return new Promise((resolve) => {
      const end = this.subscribe(() => {
        if (!hasEnded(change)) return;
        end();
        resolve();
      });
    });
  }

  answer(change: Change): void {
    this.#untold.get(change)?.();
    this.#untold.delete(change);
  }

  /** Keeps a held change back for so long. */
  hold(change: Change, milliseconds: Milliseconds): void {
    this.#holds.get(change)?.();
    this.#holds.set(
      change,
      this.#host.timers.after(milliseconds, () => this.release(change)),
    );
    this.answer(change);
  }

  release(change: Change): void {
    this.#holds.get(change)?.();
    this.#holds.delete(change);
    if (change.state !== 'held') return;
    // Its own page may have sent it when it went.
    change.state = change.isAdopted ? 'unknown' : 'queued';
    this.#host.released(change);
    this.#turn(change.key);
    this.tell();
  }

  /** Those that are held back now. */
  get held(): readonly Change[] {
    return [...this.#holds.keys()];
  }

  /** Later changes of a record are made against the version that an own earlier one left. */
  rebase(key: string, version: string | undefined): void {
    for (const change of this.#queues.get(key) ?? []) change.version = version;
  }

  /** The state of a change that is not under way was set from outside. */
  settle(change: Change): void {
    this.#after(change);
    this.pump();
  }

  /** Tries again what waits for its time: the network is back, the user asks for it, this tab may send now. */
  wake(change?: Change): void {
    for (const one of change ? [change] : [...this.#delays.keys()]) this.#delays.get(one)?.();
    if (change) {
      this.#delays.delete(change);
      this.#turn(change.key);
    } else {
      this.#delays.clear();
      for (const key of this.#queues.keys()) this.#turn(key, false);
    }
    this.pump();
  }

  forget(change: Change): void {
    this.#failed.delete(change);
    this.#byId.delete(change.idempotencyKey);
    this.tell();
  }

  pump(): void {
    for (const change of this.#ready) {
      if (this.#busy >= this.#host.width()) return;
      if (!this.#host.maySend(change)) continue;
      const group = [change];
      for (const other of this.#ready) {
        if (group.length >= this.#host.bulkMax) break;
        if (other !== change && this.#host.mayJoin(change, other)) group.push(other);
      }
      void this.#send(group);
    }
  }

  async #send(group: readonly Change[]): Promise<void> {
    this.#busy += 1;
    for (const change of group) {
      this.#ready.delete(change);
      this.#flying.add(change);
      // What nobody knows of is looked for before it is sent.
      if (change.state === 'queued') change.state = 'sent';
    }
    try {
      await this.#host.send(group);
    } finally {
      this.#busy -= 1;
    }
    for (const change of group) this.#flying.delete(change);
    for (const change of group) this.#after(change);
    this.pump();
  }

  /** Its turn may have come. */
  #turn(key: string, pumps = true): void {
    const [first] = this.#queues.get(key) ?? [];
    const isDue =
      first &&
      !this.#flying.has(first) &&
      !this.#delays.has(first) &&
      (first.state === 'queued' || (first.state === 'unknown' && first.retryIn !== undefined));
    if (!isDue) return;
    this.#ready.add(first);
    if (pumps) this.pump();
  }

  #after(change: Change): void {
    if (hasEnded(change)) this.#end(change);
    else if (change.state === 'conflicted') {
      if (!this.isAwaited(change)) this.#host.late(change);
      this.answer(change);
    } else {
      if (change.state === 'unknown') {
        const isLong = change.attempts >= ATTEMPTS_BEFORE_WORD || change.error?.code === 'timeout';
        const isWithoutEnd = change.retryIn === undefined || this.#host.isOffline();
        if (isLong || isWithoutEnd || change.isSaved) this.answer(change);
      } else if (change.state === 'queued' && change.isSaved && change.error) this.answer(change);
      this.#delay(change);
    }
    this.tell();
  }

  #delay(change: Change): void {
    const { retryIn } = change;
    if (retryIn === undefined || retryIn <= 0) {
      this.#turn(change.key);
      return;
    }
    this.#delays.get(change)?.();
    const call = this.#host.timers.after(retryIn, () => {
      this.#delays.delete(change);
      this.#turn(change.key);
    });
    this.#delays.set(change, call);
  }

  #end(change: Change): void {
    const queue = this.#queues.get(change.key);
    if (queue) {
      const index = queue.indexOf(change);
      if (index >= 0) queue.splice(index, 1);
      if (queue.length === 0) this.#queues.delete(change.key);
    }
    this.#ready.delete(change);
    this.#delays.get(change)?.();
    this.#delays.delete(change);
    this.#holds.get(change)?.();
    this.#holds.delete(change);
    if (!this.isAwaited(change)) {
      if (change.state === 'refused') this.#failed.add(change);
      this.#host.late(change);
    }
    if (!this.#failed.has(change)) this.#byId.delete(change.idempotencyKey);
    this.answer(change);
    this.#turn(change.key);
  }
}

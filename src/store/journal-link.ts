import type { Activity } from '../model/activity.js';
import type { Milliseconds } from '../model/time.js';
import type { ProviderFailure } from '../provider/failure.js';
import { toFailure } from '../provider/failure.js';
import { hasEnded, writeOf, type Change } from './change.js';
import type { ChangeLog } from './change-log.js';
import { conflictFields } from './conflict.js';
import type {
  JournalChange,
  JournalEntry,
  JournalOutcome,
  JournalProblem,
  OpenJournal,
  StoredEntry,
} from './journal/journal.js';

export interface LinkHost {
  readonly log: ChangeLog;
  idOf(key: string): string;
  now(): Milliseconds;
  /** Until when a read may not show yet what another page sent before now. */
  doubtUntil(): Milliseconds;
  /** Shows a change of another tab, or of before, on top of its row. */
  adopt(change: Change): void;
  /** Shows what another tab's sending made of a change. `isSaid`: `row` is what the server answered. */
  ended(
    change: Change,
    state: 'confirmed' | 'undone',
    row: Activity | undefined,
    isSaid: boolean,
  ): void;
  refused(change: Change, error: ProviderFailure): void;
  conflicted(change: Change): void;
  changed(): void;
}

/** So much longer than in its own tab a change is held in the others. */
const HEAD_START: Milliseconds = 1000;

/**
 * Joins the change log to an open journal: what the user does here is written there, what stands there from other tabs or from
 * before is in the log, and only the tab that has the journal's lock sends.
 */
export class JournalLink {
  readonly #host: LinkHost;
  readonly #journal: OpenJournal;
  readonly #end: () => void;
  readonly problems = new Map<JournalProblem, ProviderFailure>();
  /** Ended here; what is read of them while they are being taken out is past. */
  readonly #ended = new Set<string>();
  readonly #appending = new Set<Promise<unknown>>();
  /** Kept here when it had been left already. */
  readonly #strays: string[] = [];
  #isLeft = false;
  /** What the one before left behind was read. */
  #isReady = false;
  #turn = 0;
  #syncing: Promise<void> | undefined;
  #again = false;

  constructor(host: LinkHost, journal: OpenJournal) {
    this.#host = host;
    this.#journal = journal;
    this.#end = journal.subscribe((change) => this.#hear(change));
    void this.sync();
  }

  /** The user is known to be the one whose journal it is: what waits may go out from this tab. */
  becomeSender(): void {
    this.#journal.becomeSender();
  }

  /** From this tab it goes out, once that knows what others have sent. */
  get isSender(): boolean {
    return this.#journal.isSender && this.#isReady;
  }

  /** Hears and tells nothing more. */
  leave(): void {
    this.#isLeft = true;
    this.#end();
  }

  /**
   * After `leave`: takes out what is this page's alone now, and lets go of the storage. The rest stays kept. Answers what could not
   * be taken out, since another tab has sent it.
   */
  async clear(own: readonly string[]): Promise<readonly string[]> {
    await Promise.allSettled(this.#appending);
    const ids = [...own, ...this.#strays];
    const outcomes = await Promise.allSettled(ids.map((id) => this.#journal.withdraw(id)));
    this.#journal.close();
    return ids.filter((_, index) => {
      const outcome = outcomes[index];
      return outcome?.status !== 'fulfilled' || !outcome.value;
    });
  }

  /** Keeps changes before they are sent. Rejects with a `ProviderFailure` where they could not be kept. */
  append(changes: readonly Change[]): Promise<void> {
    const appending = this.#append(changes);
    const forget = (): void => void this.#appending.delete(appending);
    this.#appending.add(appending);
    appending.then(forget, forget);
    return appending;
  }

  async #append(changes: readonly Change[]): Promise<void> {
    const sequences = await this.#journal.append(
      changes.map((change) => toEntry(change, this.#host.idOf(change.key))),
    );
    if (this.#isLeft) {
      this.#strays.push(...changes.map(({ idempotencyKey }) => idempotencyKey));
      return;
    }
    changes.forEach((change, index) => {
      change.isSaved = true;
      const sequence = sequences[index];
      if (sequence !== undefined) change.sequence = sequence;
    });
    // It was called off, or went out with the page, while it was being kept.
    const ended = changes.filter(({ idempotencyKey }) => this.#ended.has(idempotencyKey));
    await Promise.all(ended.map((change) => this.note(change, undefined, true)));
    await this.sync();
  }

  async claim(change: Change): Promise<boolean> {
    if (!change.isSaved) return true;
    try {
      return await this.#journal.markInFlight(change.idempotencyKey);
    } catch {
      return false;
    }
  }

  /** Takes back a change that no tab has sent. False: one has, or may have, and what comes of it is told. */
  async withdraw(change: Change): Promise<boolean> {
    await Promise.allSettled(this.#appending);
    if (!change.isSaved) return true;
    const { idempotencyKey: id } = change;
    this.#ended.add(id);
    const isOut = await this.#journal.withdraw(id).catch(() => false);
    if (!isOut) {
      this.#ended.delete(id);
      void this.sync();
    }
    return isOut;
  }

  /** Writes down where a change stands after an attempt. */
  async note(change: Change, row: Activity | undefined, isAwaited: boolean): Promise<void> {
    const { idempotencyKey: id, key } = change;
    if (hasEnded(change) && (change.state !== 'refused' || isAwaited)) this.#ended.add(id);
    else this.#ended.delete(id);
    if (!change.isSaved) return;
    try {
      if (change.state === 'confirmed') {
        const outcome: JournalOutcome = {
          state: 'confirmed',
          ...(row && { row }),
          ...(change.kind === 'remove' && { isRemoved: true }),
        };
        const serverId = this.#host.idOf(key);
        await this.#journal.settle(id, outcome, {
          key,
          ...(row?.version !== undefined && { version: row.version }),
          ...(serverId !== key && { serverId }),
        });
      } else if (change.state === 'undone' || (change.state === 'refused' && isAwaited)) {
        await this.#journal.settle(id, { state: 'undone' });
      } else if (change.state === 'refused' || change.state === 'conflicted') {
        await this.#journal.markFailed(id, change.error ?? { code: 'server', message: '' });
      } else if (change.state === 'queued') await this.#journal.markWaiting(id);
    } catch (thrown) {
      this.#ended.delete(id);
      // It is told by the journal itself; what stands there is taken up again by the next sender, with the same key.
      this.problems.set('storage', toFailure(thrown));
      this.#host.changed();
    }
  }

  /** Takes over what stands in the journal. */
  sync(): Promise<void> {
    if (this.#syncing) {
      this.#again = true;
      return this.#syncing;
    }
    this.#syncing = this.#load().finally(() => {
      this.#syncing = undefined;
      if (!this.#again) return;
      this.#again = false;
      void this.sync();
    });
    return this.#syncing;
  }

  async #load(): Promise<void> {
    const own = new Set([...this.#host.log.changes()].filter(({ isSaved }) => isSaved));
    let stored: readonly StoredEntry[];
    try {
      stored = await this.#journal.load();
    } catch {
      return;
    }
    if (this.#isLeft) return;
    for (const entry of stored) {
      const known = this.#host.log.byId(entry.entry.id);
      if (known) {
        own.delete(known);
        known.sequence = entry.sequence;
        if (entry.state === 'failed') this.#fail(known, entry.error);
        else if (entry.state === 'in-flight') this.#doubt(known);
      } else if (!this.#ended.has(entry.entry.id)) this.#adopt(entry);
    }
    // What was there and is not any more was settled by another tab.
    for (const change of own) {
      if (change.state === 'sent' || hasEnded(change)) continue;
      if (this.#ended.has(change.idempotencyKey)) continue;
      change.state = 'confirmed';
      this.#host.ended(change, 'confirmed', undefined, false);
      this.#host.log.settle(change);
    }
    this.#host.log.pump();
    this.#host.changed();
  }

  #adopt({ entry, state, error, sequence }: StoredEntry): void {
    const { write } = entry;
    const change: Change = {
      ...write,
      key: entry.key,
      idempotencyKey: entry.id,
      act: entry.act,
      at: entry.at,
      isOptimistic: entry.isOptimistic,
      before: entry.before,
      version: entry.version,
      attempts: state === 'in-flight' ? 1 : 0,
      state: state === 'in-flight' ? 'unknown' : 'queued',
      isSaved: true,
      isAdopted: true,
      sequence,
      ...(state === 'in-flight' && { retryIn: 0, doubtUntil: this.#host.doubtUntil() }),
      ...(entry.undoes !== undefined && { undoes: entry.undoes }),
    };
    if (state === 'failed') {
      change.error = error ?? { code: 'server', message: '' };
      if (error?.code === 'conflict' && error.row) {
        change.state = 'conflicted';
        change.conflict = {
          theirs: error.row,
          fields: conflictFields(change, change.before, error.row),
        };
      } else {
        change.state = 'refused';
        this.#host.log.addFailed(change);
        return;
      }
    }
    const { at, holdFor = 0 } = entry;
    if (change.state === 'queued' && holdFor > 0) {
      // Its own page may have sent it when it went; while that lives, it comes first.
      change.attempts = 1;
      change.retryIn = 0;
      change.doubtUntil = this.#host.doubtUntil();
      const left = Math.min(holdFor, at + holdFor - this.#host.now());
      change.state = left > 0 ? 'held' : 'unknown';
      if (left > 0) change.holdFor = left + HEAD_START;
    }
    this.#host.adopt(change);
  }

  /** Another tab has sent it, or its own page when it went: what comes of that may come behind what is said to this one. */
  #doubt(change: Change): void {
    if (!change.isAdopted) return;
    if (change.state === 'queued' && change.attempts === 0) {
      change.state = 'unknown';
      change.attempts = 1;
      change.retryIn = 0;
    } else if (change.state !== 'held') return;
    change.doubtUntil = this.#host.doubtUntil();
  }

  #fail(change: Change, error: ProviderFailure = { code: 'server', message: '' }): void {
    if (hasEnded(change) || change.state === 'conflicted' || change.state === 'sent') return;
    change.error = error;
    if (error.code === 'conflict' && error.row) {
      change.state = 'conflicted';
      change.conflict = {
        theirs: error.row,
        fields: conflictFields(change, change.before, error.row),
      };
      this.#host.conflicted(change);
    } else {
      change.state = 'refused';
      const isAwaited = this.#host.log.isAwaited(change);
      this.#host.refused(change, error);
      // Whoever asked for it is told here, so that it need not wait for a word any more.
      if (isAwaited) void this.note(change, undefined, true);
    }
    this.#host.log.settle(change);
  }

  /** What is being read began before the turn was this tab's: it is read once more. */
  async #takeTurn(): Promise<void> {
    const turn = (this.#turn += 1);
    this.#isReady = false;
    await this.#syncing;
    await this.sync();
    if (turn !== this.#turn) return;
    this.#isReady = true;
    this.#host.log.wake();
  }

  #hear(change: JournalChange): void {
    switch (change.kind) {
      case 'changed':
        void this.sync().then(() => this.#host.log.wake());
        return;
      case 'sender':
        void this.#takeTurn();
        return;
      case 'settled': {
        const known = this.#host.log.byId(change.id);
        if (!known || hasEnded(known)) return;
        const { outcome } = change;
        // What comes of an attempt of this tab its own answer says.
        if (known.state === 'sent' && outcome.state === 'undone') return;
        known.state = outcome.state;
        const row = outcome.state === 'confirmed' ? outcome.row : undefined;
        const isSaid =
          outcome.state === 'confirmed' && (row !== undefined || outcome.isRemoved === true);
        this.#host.ended(known, outcome.state, row, isSaid);
        this.#host.log.settle(known);
        return;
      }
      case 'problem':
        this.problems.set(change.problem, change.error);
        this.#host.changed();
        return;
      case 'well':
        this.problems.delete(change.problem);
        this.#host.log.wake();
        this.#host.changed();
    }
  }
}

function toEntry(change: Change, id: string): JournalEntry {
  const { key, act, at, isOptimistic, version, before, undoes, holdFor } = change;
  return {
    id: change.idempotencyKey,
    act,
    key,
    ...(id !== key && { serverId: id }),
    at,
    write: writeOf(change),
    ...(version !== undefined && { version }),
    ...(before && { before }),
    isOptimistic,
    ...(undoes !== undefined && { undoes }),
    ...(holdFor !== undefined && { holdFor }),
  };
}

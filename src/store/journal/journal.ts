import type { Activity } from '../../model/activity.js';
import type { Milliseconds } from '../../model/time.js';
import type { ProviderFailure } from '../../provider/failure.js';
import type { Write } from '../change.js';

/*
 * What makes the change log durable. A host hands a journal to a context or a store; the store opens it under the provider's
 * name and the user, writes every change into it at the user's act, and sends from it in one tab only. The words on screen:
 * what is in the journal is "saved here", what was taken out after a confirmed write is "sent", what was refused is "failed".
 */

/** One change as it is kept; plain JSON. */
export interface JournalEntry {
  /** The change's idempotency key. */
  readonly id: string;
  /** The same for all changes of one act of the user. */
  readonly act: string;
  /** Key of the record it changes. */
  readonly key: string;
  /** What the server calls the record, where that is another name. */
  readonly serverId?: string;
  readonly at: Milliseconds;
  readonly write: Write;
  /** The version the write is made against. */
  readonly version?: string;
  /** What was seen of the record before: for the list of what waits, to compare with, and to take it back. */
  readonly before?: Activity;
  readonly isOptimistic: boolean;
  readonly undoes?: string;
  /** So long after `at` it can be called off, and is not sent by the tabs that were not asked for it. */
  readonly holdFor?: Milliseconds;
}

/** `in-flight`: it was sent, or was about to be: after a restart nobody knows whether it arrived. `failed`: waits for the user's word. */
export type StoredState = 'waiting' | 'in-flight' | 'failed';

export interface StoredEntry {
  /** Order of the user's acts over all tabs: made by the storage, never by a clock. */
  readonly sequence: number;
  readonly entry: JournalEntry;
  readonly state: StoredState;
  /** Why, of one that failed. */
  readonly error?: ProviderFailure;
}

/** How a change ended. `row`: what the server answered, absent of a removal, or where it did not say. */
export type JournalOutcome =
  | { readonly state: 'confirmed'; readonly row?: Activity; readonly isRemoved?: boolean }
  | { readonly state: 'undone' };

/**
 * What the user must know of the place where changes are saved.
 *
 * - `no-room`: the browser's storage is full; what is done now is not saved here.
 * - `blocked`: another tab holds the storage in an older form; closing that tab helps.
 * - `storage`: it does not answer; tried again by itself.
 * - `erased`: the browser threw away what was saved here. What the open tabs know of it was put back.
 * - `silent-sender`: the tab that sends does not answer (it was frozen, say); bringing it to the front helps.
 */
export type JournalProblem = 'no-room' | 'blocked' | 'storage' | 'erased' | 'silent-sender';

/**
 * Word of what happened to the journal, mostly in other tabs: what this tab did itself is not told to it. A hint, never the
 * truth: whoever hears it loads again. `settled` of another tab brings the outcome, so that nothing need be read again.
 * `sender`: this tab became, or is no longer, the one that sends. `problem`: there is trouble; the user is told. `well`: it
 * is over.
 */
export type JournalChange =
  | { readonly kind: 'changed' }
  | { readonly kind: 'settled'; readonly id: string; readonly outcome: JournalOutcome }
  | { readonly kind: 'sender' }
  | { readonly kind: 'problem'; readonly problem: JournalProblem; readonly error: ProviderFailure }
  | { readonly kind: 'well'; readonly problem: JournalProblem };

/** The journal of one provider and user. Every call has its own time limit and rejects with a `ProviderFailure`. */
export interface OpenJournal {
  /** This tab is the one that sends. */
  readonly isSender: boolean;
  /**
   * Keeps entries, all or none, and answers the sequence of each. Fulfilled when they are safe (`oncomplete` of a strict
   * transaction), and not before.
   */
  append(entries: readonly JournalEntry[]): Promise<readonly number[]>;
  /** All that is kept, in order of sequence. */
  load(): Promise<readonly StoredEntry[]>;
  /**
   * Called by the sender before each attempt. Reads the entry again and marks it; answers false where it is gone, or where
   * this tab is not the sender any more: then it must not be sent.
   */
  markInFlight(id: string): Promise<boolean>;
  /** It was certainly not done, and waits for its turn again. */
  markWaiting(id: string): Promise<void>;
  /** It was refused, or is in conflict: kept until the user says what is to become of it. */
  markFailed(id: string, error: ProviderFailure): Promise<void>;
  /**
   * It ended. In one transaction: takes the entry out and, where `rebase` is given, gives the entries left of the same
   * record the version and the id that the server gave.
   */
  settle(
    id: string,
    outcome: JournalOutcome,
    rebase?: { readonly key: string; readonly version?: string; readonly serverId?: string },
  ): Promise<void>;
  /**
   * Takes an entry out that has not been sent, as undone. False: it was sent, or may have been, and stays; or it had been settled
   * already.
   */
  withdraw(id: string): Promise<boolean>;
  /**
   * Asks to be the tab that sends, which is for those only whom the backend knows; the wait ends with `close`. Told by a change of kind `sender`. After a return from the
   * back/forward cache the journal asks again by itself.
   */
  becomeSender(): void;
  /** Hears of the trouble there is at once. Answers the way to end it. */
  subscribe(listener: (change: JournalChange) => void): () => void;
  /** Lets go of storage and lock. */
  close(): void;
}

/** Makes the changes of a store durable; see `createJournal`. */
export interface Journal {
  /**
   * The journal of this provider and user; another user's entries are neither shown nor sent. Rejects where there can be none.
   * Who it was opened for is remembered as the last one known on this device.
   */
  open(scope: { readonly provider: string; readonly user: string }): Promise<OpenJournal>;
  /**
   * For whom the journal of this provider was opened last, so that what waits is shown where nobody can say who the user is.
   * Undefined where nobody is remembered.
   */
  lastUser(provider: string): string | undefined;
  /**
   * For a host whose user signs out: what he did stays kept for him, but is not shown any more before the backend has said that
   * it is he.
   */
  forgetUser(provider: string): void;
}

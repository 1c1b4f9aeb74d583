import {
  isClosed,
  type Activity,
  type ActivityDraft,
  type ActivityPatch,
} from '../model/activity.js';
import type { Told } from '../model/snooze.js';
import type { SeriesScope } from '../model/recurrence.js';
import type { Milliseconds } from '../model/time.js';
import type { ProviderFailure } from '../provider/failure.js';
import type { TransitionTarget } from '../provider/provider.js';
import type { Conflict } from './conflict.js';

/** What is written, apart from to which record. */
export type Write =
  | { readonly kind: 'create'; readonly draft: ActivityDraft }
  | {
      readonly kind: 'update';
      readonly patch: ActivityPatch;
      /** Of something that repeats: for which occurrences. Left out: for this one. */
      readonly scope?: SeriesScope;
    }
  | {
      readonly kind: 'transition';
      readonly to: TransitionTarget;
      /** By sending it: the provider's `send` is what completes it. */
      readonly sends?: true;
    }
  | { readonly kind: 'remove'; readonly scope?: SeriesScope };

/** It is meant for more than the record it names. */
export function isWide(write: Write): boolean {
  return 'scope' in write && write.scope !== undefined && write.scope !== 'this';
}

/** What a write is, for those who take part in something. */
export function toldAct(write: Write): Told | undefined {
  switch (write.kind) {
    case 'remove':
      return 'remove';
    case 'transition':
      if (!isClosed(write.to)) return undefined;
      return write.to.state === 'canceled' ? 'cancel' : 'complete';
    case 'update':
      return write.patch.start !== undefined || write.patch.end !== undefined
        ? 'reschedule'
        : undefined;
    case 'create':
      return undefined;
  }
}

/** It makes or changes records besides the one it names, of which no answer tells. */
export function reachesOthers(write: Write): boolean {
  return isWide(write) || (write.kind === 'create' && write.draft.series?.role === 'master');
}

/**
 * Where a change is on its way.
 *
 * - `held`: not sent for the undo time. `queued`: to be sent when its turn comes. `sent`: under way.
 * - `unknown`: sent, and nobody knows whether it arrived.
 * - `conflicted`: refused because somebody else changed the record; waits for the user's word.
 * - Ends: `confirmed`, `refused`, `undone` (taken back before it was sent).
 */
export type ChangeState =
  | 'held'
  | 'queued'
  | 'sent'
  | 'unknown'
  | 'conflicted'
  | 'confirmed'
  | 'refused'
  | 'undone';

interface ChangeBase {
  /** Key of the record it changes. */
  readonly key: string;
  /** The same for every attempt, so that a server can tell a repeat. Names the change. */
  readonly idempotencyKey: string;
  /** The same for all changes of one act of the user. */
  readonly act: string;
  /** When the user did it. */
  readonly at: Milliseconds;
  /** Seen at once; false for what reaches other people, which is shown only when it is done. */
  readonly isOptimistic: boolean;
  /** The idempotency key of the change that this one takes back. */
  readonly undoes?: string;
  /** What was seen of the record before; of a create, nothing. */
  before: Activity | undefined;
  /** The version the user saw, or the one an own earlier change made of it. */
  version: string | undefined;
  state: ChangeState;
  /** Why it was refused, conflicted, or why nobody knows. */
  error?: ProviderFailure;
  /** How often it was sent. */
  attempts: number;
  /** Set since an attempt whose answer never came: until when a read may not show yet what became of it. */
  doubtUntil?: Milliseconds | undefined;
  /** In milliseconds, when it is tried again by itself; undefined: not before the user says so. */
  retryIn?: Milliseconds | undefined;
  /** How long it is held back, of one that can't be taken back once it is sent. */
  holdFor?: Milliseconds;
  /** It was made in another tab, or before: it is not this page's to call off or to hurry. */
  readonly isAdopted?: true;
  /** The user said that a create of unknown outcome may be sent again. */
  isAllowed?: boolean;
  conflict?: Conflict;
  /** It is in the journal: saved here. */
  isSaved?: boolean;
  /** It is sent although it is not in the journal: there was no room, or no time. */
  goesDirect?: boolean;
  /** Where it stands in the journal. */
  sequence?: number;
}

/** One write, from the user's act to its end. */
export type Change = ChangeBase & Write;

const ENDS: ReadonlySet<ChangeState> = new Set(['confirmed', 'refused', 'undone']);

export function hasEnded({ state }: Pick<Change, 'state'>): boolean {
  return ENDS.has(state);
}

/** What a change writes, without where it is on its way. */
export function writeOf(change: Change): Write {
  switch (change.kind) {
    case 'create':
      return { kind: 'create', draft: change.draft };
    case 'update':
      return { kind: 'update', patch: change.patch, ...scopeOf(change) };
    case 'transition':
      return { kind: 'transition', to: change.to, ...(change.sends && { sends: true }) };
    case 'remove':
      return { kind: 'remove', ...scopeOf(change) };
  }
}

function scopeOf({ scope }: { readonly scope?: SeriesScope }): { readonly scope?: SeriesScope } {
  return scope === undefined ? {} : { scope };
}

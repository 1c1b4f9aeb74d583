import type {
  Activity,
  ActivityDraft,
  ActivityPatch,
  ActivityState,
  Attachment,
  Money,
  RecordRef,
} from '../model/activity.js';
import type { ActivityType } from '../model/activity-type.js';
import type { ActivityQuery, CountGroup, Total } from '../model/query.js';
import type { SeriesScope } from '../model/recurrence.js';
import type { Capabilities } from './capabilities.js';
import type { ProviderFailure } from './failure.js';
import type { ActivityPreferences } from './preferences.js';

export interface CallOptions {
  readonly signal?: AbortSignal;
  /** BCP 47. */
  readonly locale: string;
  /** IANA name. */
  readonly timeZone: string;
  /** The page is going away: use fetch's keepalive. */
  readonly keepalive?: boolean;
  readonly onProgress?: (done: number, total?: number) => void;
}

export interface WriteOptions extends CallOptions {
  /** The version the user saw. */
  readonly version?: string;
  readonly idempotencyKey: string;
  /**
   * The idempotency key of an own write that this one takes back. A backend whose `undo` is `inverse` allows for it, some
   * time long, what it would refuse otherwise: reopening, and creating again what was removed, with its stamps.
   */
  readonly undoes?: string;
  /** Of an update or removal of something that repeats: for which occurrences it is meant. Left out: for this one. */
  readonly scope?: SeriesScope;
}

export interface ActivityPage {
  readonly rows: readonly Activity[];
  /** Where the next page starts, in the provider's own words; absent on the last. */
  readonly next?: string;
  readonly total?: Total;
  /** Sources that failed while others answered (notes, say). */
  readonly failed?: readonly { readonly source: string; readonly error: ProviderFailure }[];
}

/** Types, who the user is, and what "my team" means. */
export interface Session {
  readonly user?: RecordRef;
  readonly teams?: readonly RecordRef[];
  /** The members of the user's team; 'unknown' makes team views stale instead of guessed after a change. */
  readonly team?: readonly RecordRef[] | 'unknown';
  readonly timeZone?: string;
  readonly types?: readonly ActivityType[];
}

/** A record as a picker or a card shows it. `deal` for what is worth money. */
export interface RecordSummary {
  readonly ref: RecordRef;
  readonly parent?: RecordRef;
  readonly detail?: string;
  readonly deal?: {
    readonly value?: Money;
    readonly stage?: string;
    readonly stageIndex?: number;
    readonly stageCount?: number;
  };
}

/** A new record as a picker asks for it. */
export interface RecordDraft {
  /** One of `capabilities.createRecords`. */
  readonly kind: string;
  /** What was typed. */
  readonly name: string;
}

/** Where an activity goes, with what must go along (outcome, actual end, unsaved edits), in one write. */
export interface TransitionTarget {
  readonly state: ActivityState;
  /** One of the target state's reasons; left out, the type's default. */
  readonly reason?: string;
  readonly patch?: ActivityPatch;
}

export type BulkChange = {
  readonly id: string;
  readonly version?: string;
  readonly idempotencyKey: string;
} & (
  | { readonly patch: ActivityPatch }
  | { readonly to: ActivityState; readonly reason?: string; readonly patch?: ActivityPatch }
  | { readonly remove: true }
);

export type BulkOutcome =
  | { readonly id: string; readonly row?: Activity }
  | { readonly id: string; readonly error: ProviderFailure };

export type ProviderChange =
  | {
      readonly kind: 'upsert';
      readonly rows: readonly Activity[];
      /** Of the write that caused it: an echo is recognised. */
      readonly idempotencyKey?: string;
    }
  | { readonly kind: 'remove'; readonly ids: readonly string[] }
  | { readonly kind: 'invalidate' }
  | { readonly kind: 'connection'; readonly online: boolean };

/**
 * The seam to a backend. Only `query` is required; each further method switches a feature on, and the elements show only
 * what is there. Without `capabilities.query` the answer of `query` is taken for all rows, so an array behind a `fetch` is a
 * provider in one line.
 *
 * A call fails by rejecting with a `ProviderFailure`; anything else that is thrown becomes `server`.
 */
export interface ActivityDataProvider {
  /** Names its journal, drafts and preferences, together with the user. */
  readonly name?: string;
  query(question: ActivityQuery, options: CallOptions): Promise<ActivityPage | readonly Activity[]>;
  capabilities?(options: CallOptions): Promise<Capabilities>;
  session?(options: CallOptions): Promise<Session>;
  /** One whole row. */
  get?(id: string, options: CallOptions): Promise<Activity>;
  /** One answer per group, in order. The boundaries of a group's filter are instants already. */
  count?(
    question: ActivityQuery,
    groups: readonly CountGroup[],
    options: CallOptions,
  ): Promise<readonly Total[]>;
  /** `id` is made by the kit (a UUID); a provider that must make its own answers the row with its own. */
  create?(id: string, draft: ActivityDraft, options: WriteOptions): Promise<Activity>;
  update?(id: string, patch: ActivityPatch, options: WriteOptions): Promise<Activity>;
  transition?(id: string, to: TransitionTarget, options: WriteOptions): Promise<Activity>;
  remove?(id: string, options: WriteOptions): Promise<void>;
  /** Where the backend can do many at once; otherwise the store sends them one by one, a few at a time. */
  bulk?(changes: readonly BulkChange[], options: WriteOptions): Promise<readonly BulkOutcome[]>;
  send?(id: string, options: WriteOptions): Promise<Activity>;
  /** Records whose name contains the text; kinds empty: of any kind. */
  lookup?(
    text: string,
    kinds: readonly string[],
    options: CallOptions,
  ): Promise<readonly RecordSummary[]>;
  /**
   * Makes a record of which only kind and name are known, of the kinds in `capabilities.createRecords`. `id` as in `create`: a
   * repeat with the same one makes no second record.
   */
  createRecord?(id: string, draft: RecordDraft, options: WriteOptions): Promise<RecordSummary>;
  /** Summaries of these records, or of the deals these records have. */
  records?(
    ask: { readonly refs: readonly RecordRef[] } | { readonly dealsOf: readonly RecordRef[] },
    options: CallOptions,
  ): Promise<readonly RecordSummary[]>;
  /**
   * Files of an activity. They are no part of its version: adding one does not make what somebody edits beside it a conflict.
   * `onProgress` of the options hears of bytes. A second `upload` under the same idempotency key is the same one: a provider that keeps
   * what arrived of the first (`capabilities.attachments.resumes`) goes on from there, and tells by `onProgress` where that is.
   */
  readonly attachments?: {
    list(id: string, options: CallOptions): Promise<readonly Attachment[]>;
    upload(id: string, file: File, options: WriteOptions): Promise<Attachment>;
    download(id: string, attachmentId: string, options: CallOptions): Promise<Blob>;
    remove(id: string, attachmentId: string, options: WriteOptions): Promise<void>;
  };
  /**
   * Where the backend keeps what belongs to its user: *Show as*, columns, personal views, drafts, the order of a board's cards. Left
   * out: the device.
   */
  readonly preferences?: ActivityPreferences;
  /** Answers the way to end it. */
  subscribe?(listener: (change: ProviderChange) => void): () => void;
}

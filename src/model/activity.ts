import { isSafeKey, type Json } from './json.js';
import type { Time } from './time.js';

/** An amount in its currency (ISO 4217). `base`: the same in the organisation's currency. */
export interface Money {
  readonly amount: number;
  readonly currency: string;
  readonly base?: { readonly amount: number; readonly currency: string };
}

/**
 * A record of the host: `kind` is the host's word (account, contact, opportunity, user, team …).
 * Without `name` the user may not read it; it is shown as "No access" and never as a link.
 */
export interface RecordRef {
  readonly kind: string;
  readonly id: string;
  readonly name?: string;
  /** Address of a small square picture of it, of a person above all; shown in place of initials where the page may load it. */
  readonly picture?: string;
}

/** Why an activity stands in a record's history. */
export interface Via {
  readonly by: 'regarding' | 'party' | 'rollup';
  readonly record: RecordRef;
}

/** Someone who takes part. Roles are open; each type lists its own. A party has a record, a bare address, or both. */
export interface Party {
  readonly role: string;
  readonly record?: RecordRef;
  readonly address?: string;
  readonly name?: string;
  readonly response?: 'accepted' | 'declined' | 'tentative' | 'none';
}

export interface Attachment {
  readonly id: string;
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: number;
}

/** An occurrence belongs to a series; a master stands for all of it and is left out of questions unless asked for. `rule` is RFC 5545. */
export interface Series {
  readonly id: string;
  readonly role: 'master' | 'occurrence' | 'exception';
  readonly originalStart?: Time;
  readonly rule?: string;
  /** Whose wall clock the dates keep to. */
  readonly zone?: string;
  /** Of a master: original starts that are left out, because their occurrence was removed. */
  readonly except?: readonly Time[];
}

export const ACTIVITY_STATES = ['open', 'scheduled', 'completed', 'canceled'] as const;
/** Dynamics 365's `statecode`s by name: 0 open, 1 completed, 2 canceled, 3 scheduled. */
export type ActivityState = (typeof ACTIVITY_STATES)[number];

export const PRIORITIES = ['low', 'normal', 'high'] as const;
export type Priority = (typeof PRIORITIES)[number];

/** What can be done to an activity. */
export type Act =
  | 'edit'
  | 'complete'
  | 'cancel'
  | 'reopen'
  | 'schedule'
  | 'assign'
  | 'remove'
  | 'attach'
  | 'send';

/** Why something is refused: the three reasons of Dynamics' own help, or that it does not fit now; with the host's words where it has any. */
export interface Refusal {
  readonly reason: 'no-licence-or-role' | 'not-switched-on' | 'own-application' | 'not-now';
  readonly message?: string;
}

/** Parts of a row that a list answer may leave out. What is not loaded is unknown, never blank. */
export type RowGroup = 'body' | 'parties' | 'fields' | 'attachments';

/** One activity of any type. What differs between types is data: see `ActivityType`. */
export interface Activity {
  readonly id: string;
  /** Name of an `ActivityType`. */
  readonly type: string;
  /** Opaque; changes with every write; compared for equality only. */
  readonly version?: string;
  /** The groups this row holds. Left out: the row is whole. */
  readonly loaded?: readonly RowGroup[];

  readonly subject: string;
  readonly description?: string;
  readonly descriptionFormat?: 'text' | 'html';
  readonly priority?: Priority;
  /** The type's own fields, by name. */
  readonly fields?: { readonly [name: string]: Json };

  /** Null for what has no life cycle (a note): stands in timelines, never on boards, and no state filter matches it. */
  readonly state: ActivityState | null;
  readonly statusReason?: string;
  /** How it went, apart from whether it is done: one of the type's outcomes, and a word about it. */
  readonly outcome?: string;
  readonly outcomeNote?: string;

  /** `start` and `end` are of one kind; `end` is exclusive in data, inclusive in words. Calendar dates mean all day. */
  readonly start?: Time;
  readonly end?: Time;
  /** An instant or a calendar date; a date is late only after that day has ended for the user. */
  readonly due?: Time;
  readonly actualStart?: Time;
  readonly actualEnd?: Time;
  /** Minutes really spent. */
  readonly actualDuration?: number;
  readonly series?: Series;

  readonly owner?: RecordRef;
  readonly parties?: readonly Party[];
  /** Null: a personal activity. What it rolls up to is decided when it is read; never stored here. */
  readonly regarding?: RecordRef | null;
  readonly via?: readonly Via[];
  readonly thread?: string;

  readonly attachments?: readonly Attachment[];

  /** Stamped by the provider; never editable. */
  readonly createdBy?: RecordRef;
  readonly createdAt?: Time;
  readonly modifiedBy?: RecordRef;
  readonly modifiedAt?: Time;

  /** What may be done to it. Absent means unknown: offer, try, report. */
  readonly can?: { readonly [act in Act]?: true | Refusal };
  /** 'busy': somebody else's private time: owner and times only, opens nothing. */
  readonly access?: 'busy';
}

/** What a user fills in. A draft created in a closed state is "logged": one atomic create. */
export type ActivityDraft = Partial<
  Omit<Activity, 'id' | 'version' | 'via' | 'can' | 'access' | 'loaded'>
> &
  Pick<Activity, 'type'>;

/** A key set to null clears the field. */
export type ActivityPatch = { readonly [K in keyof ActivityDraft]?: ActivityDraft[K] | null };

/** The row with the patch applied; `fields` are merged by name, null clears. The row itself when nothing changes. */
export function applyPatch(row: Activity, patch: ActivityPatch): Activity {
  const next: Record<string, unknown> = { ...row };
  for (const [key, value] of Object.entries(patch)) {
    if (value === undefined || !isSafeKey(key)) continue;
    if (key === 'fields' && value !== null)
      next['fields'] = mergeFields(row.fields, value as Activity['fields']);
    else if (key === 'regarding') next['regarding'] = value;
    else if (value === null) delete next[key];
    else next[key] = value;
  }
  return next as unknown as Activity;
}

function mergeFields(old: Activity['fields'], changes: Activity['fields']): Activity['fields'] {
  const merged = new Map<string, Json>(Object.entries(old ?? {}));
  for (const [name, value] of Object.entries(changes ?? {})) {
    if (value === null) merged.delete(name);
    else if (isSafeKey(name)) merged.set(name, value);
  }
  return Object.fromEntries(merged);
}

/** True for what can no longer be edited: completed or canceled. */
export function isClosed(activity: Pick<Activity, 'state'>): boolean {
  return activity.state === 'completed' || activity.state === 'canceled';
}

/** Same record, whatever its name says. */
export function sameRecord(
  a: RecordRef | null | undefined,
  b: RecordRef | null | undefined,
): boolean {
  return a === b || (!!a && !!b && a.kind === b.kind && a.id === b.id);
}

import {
  applyPatch,
  isClosed,
  sameRecord,
  type Activity,
  type ActivityDraft,
  type ActivityPatch,
  type Attachment,
  type RecordRef,
} from '../model/activity.js';
import { initialState, type ActivityTypes } from '../model/activity-types.js';
import { toPlainJson } from '../model/json.js';
import { toInstant, type Milliseconds } from '../model/time.js';
import { transition } from '../model/transitions.js';
import type { Capabilities } from './capabilities.js';
import { failure } from './failure.js';
import { actOf } from './may.js';
import type { RecordDraft, RecordSummary, TransitionTarget, WriteOptions } from './provider.js';

/*
 * What a backend does to a row when it is written, for the providers that are their own backend. Each function answers the
 * new row or throws a `ProviderFailure`; none keeps anything.
 */

/** Who writes, when, and by which rules. */
export interface WriteContext {
  readonly types: ActivityTypes;
  readonly user: RecordRef | undefined;
  readonly now: Milliseconds;
  /** Of the row to come; different from every version the row had. */
  readonly version: string;
}

/** The only place in the providers that asks the machine for the time; a host or a test hands in another clock. */
export const systemNow = (): Milliseconds => performance.timeOrigin + performance.now();

/** Fields that only the backend writes. */
const STAMPED = [
  'id',
  'version',
  'loaded',
  'via',
  'can',
  'access',
  'createdBy',
  'createdAt',
  'modifiedBy',
  'modifiedAt',
  // Come and go with their files.
  'attachments',
];

function withoutStamps<T extends object>(changes: T): T {
  const plain = toPlainJson(changes) as Record<string, unknown>;
  for (const name of STAMPED) delete plain[name];
  return plain as T;
}

/** How long a write can be taken back where its opposite would be refused otherwise, in milliseconds. */
const UNDO_TIME = 60_000;

/** It takes back what was just done to this row. */
function isUndo(row: Activity, options: Pick<WriteOptions, 'undoes'>, now: Milliseconds): boolean {
  const changed = row.modifiedAt === undefined ? NaN : Date.parse(row.modifiedAt);
  return options.undoes !== undefined && now - changed <= UNDO_TIME;
}

export function createdRow(
  id: string,
  draft: ActivityDraft,
  options: Pick<WriteOptions, 'undoes'>,
  context: WriteContext,
): Activity {
  const type = context.types.get(draft.type);
  const state = draft.state === undefined ? initialState(type) : draft.state;
  const definition = state && type.states[state];
  if (state && !definition) throw failure('transition-refused');
  const at = toInstant(context.now);
  const owner = draft.owner ?? context.user;
  const row: Activity = {
    ...withoutStamps(draft),
    id,
    subject: draft.subject ?? '',
    state,
    version: context.version,
    createdAt: at,
    modifiedAt: at,
    ...(owner && { owner }),
    ...(context.user && { createdBy: context.user, modifiedBy: context.user }),
    // What was removed by mistake comes back as it was.
    ...(options.undoes !== undefined && stampsOf(draft)),
  };
  if (!definition) return row;
  return {
    ...row,
    statusReason: draft.statusReason ?? definition.default,
    ...(isClosed({ state }) && { actualEnd: draft.actualEnd ?? at }),
  };
}

function stampsOf({ createdAt, createdBy }: ActivityDraft): Partial<Activity> {
  return { ...(createdAt !== undefined && { createdAt }), ...(createdBy && { createdBy }) };
}

export function updatedRow(
  row: Activity,
  patch: ActivityPatch,
  options: Pick<WriteOptions, 'version' | 'undoes'>,
  context: WriteContext,
): Activity {
  checkVersion(row, options);
  const isReadOnly = isClosed(row) && actOf(patch) === 'edit';
  if (isReadOnly && !isUndo(row, options, context.now)) throw failure('transition-refused');
  const { state: _state, statusReason: _reason, ...rest } = withoutStamps(patch);
  return stamp(applyPatch(row, rest), context);
}

export function transitionedRow(
  row: Activity,
  to: TransitionTarget,
  options: Pick<WriteOptions, 'version' | 'undoes'>,
  context: WriteContext,
): Activity {
  checkVersion(row, options);
  const type = context.types.get(row.type);
  const target = type.states[to.state];
  const isAllowed = transition(row, to.state, type).allowed || isUndo(row, options, context.now);
  if (!target || !isAllowed) throw failure('transition-refused');
  const reason = to.reason ?? target.default;
  if (!target.reasons.some(({ name }) => name === reason)) throw failure('transition-refused');
  const closes = isClosed(to) && !isClosed(row) && !to.patch?.actualEnd;
  return stamp(
    {
      ...(to.patch ? applyPatch(row, movedWith(to.patch)) : row),
      state: to.state,
      statusReason: reason,
      ...(closes && { actualEnd: toInstant(context.now) }),
    },
    context,
  );
}

/** What else a change of state may change. */
function movedWith(patch: ActivityPatch): ActivityPatch {
  const { state: _state, statusReason: _reason, series: _, ...rest } = withoutStamps(patch);
  return rest;
}

export function checkVersion(row: Activity, options: Pick<WriteOptions, 'version'>): void {
  if (options.version !== undefined && options.version !== row.version) {
    throw failure('conflict', '', { row });
  }
}

function stamp(row: Activity, context: WriteContext): Activity {
  return {
    ...row,
    version: context.version,
    modifiedAt: toInstant(context.now),
    ...(context.user && { modifiedBy: context.user }),
  };
}

/** Bytes of a file that an embedded provider takes. */
export const MAX_FILE = 25 * 1024 * 1024;

/** Everything the kit can ask for, in the order of its own evaluator. */
export const EMBEDDED_CAPABILITIES: Capabilities = {
  query: {
    filter: ['*'],
    sort: ['*'],
    search: true,
    range: true,
    record: ['none', 'related', 'extended'],
    places: true,
    offset: true,
    totals: 'exact',
    exact: ['*'],
  },
  attachments: { maxBytes: MAX_FILE, measure: 'raw' },
  undo: 'inverse',
  idempotent: true,
  recurrence: 'expanded',
  scopes: ['this', 'following', 'all'],
  consistencyMs: 0,
};

/** The row with a file more. */
export function withAttachment(row: Activity, attachment: Attachment): Activity {
  return { ...row, attachments: [...(row.attachments ?? []), attachment] };
}

/** The row with a file less. Throws where it has no such file. */
export function withoutAttachment(row: Activity, attachmentId: string): Activity {
  const { attachments = [], ...rest } = row;
  const left = attachments.filter(({ id }) => id !== attachmentId);
  if (left.length === attachments.length) throw failure('not-found');
  return left.length > 0 ? { ...row, attachments: left } : rest;
}

/** What is said of a file, under an id of its own. Throws where it is larger than `MAX_FILE`. */
export function attachmentOf(file: File): Attachment {
  if (file.size > MAX_FILE) throw failure('too-large');
  return {
    id: crypto.randomUUID(),
    name: file.name,
    mediaType: file.type || 'application/octet-stream',
    bytes: file.size,
  };
}

/** A record that a picker makes. Throws for kinds that are not among those allowed, and for one without a name. */
export function recordOf(
  id: string,
  { kind, name }: RecordDraft,
  kinds: readonly string[] = [],
): RecordSummary {
  if (!kinds.includes(kind)) throw failure('unsupported');
  if (typeof name !== 'string' || name.trim() === '') throw failure('validation');
  return { ref: { kind, id, name: name.trim() } };
}

/** The records a provider knows of beside its activities: for pickers, roll-up and the deals of a day. */
export class RecordDirectory {
  readonly #records = new Map<string, RecordSummary>();

  constructor(records: Iterable<RecordSummary> = []) {
    for (const record of records) this.#records.set(keyOf(record.ref), record);
  }

  get size(): number {
    return this.#records.size;
  }

  add(record: RecordSummary): void {
    this.#records.set(keyOf(record.ref), record);
  }

  parentOf = (ref: RecordRef): RecordRef | undefined => this.#records.get(keyOf(ref))?.parent;

  /** Those whose name contains the text, names that begin with it first; at most 50. */
  lookup(text: string, kinds: readonly string[]): readonly RecordSummary[] {
    const wanted = text.trim().toLowerCase();
    const found: { record: RecordSummary; rank: number }[] = [];
    for (const record of this.#records.values()) {
      if (kinds.length > 0 && !kinds.includes(record.ref.kind)) continue;
      const at = (record.ref.name ?? '').toLowerCase().indexOf(wanted);
      if (at >= 0) found.push({ record, rank: at === 0 ? 0 : 1 });
    }
    found.sort((a, b) => a.rank - b.rank || compareNames(a.record, b.record));
    return found.slice(0, 50).map(({ record }) => record);
  }

  ofRefs(refs: readonly RecordRef[]): readonly RecordSummary[] {
    return refs.flatMap((ref) => this.#records.get(keyOf(ref)) ?? []);
  }

  dealsOf(refs: readonly RecordRef[]): readonly RecordSummary[] {
    return [...this.#records.values()].filter(
      ({ ref, parent, deal }) =>
        deal && refs.some((asked) => sameRecord(asked, ref) || sameRecord(asked, parent)),
    );
  }
}

function keyOf(ref: RecordRef): string {
  return `${ref.kind}:${ref.id}`;
}

const names = new Intl.Collator('en');

function compareNames(a: RecordSummary, b: RecordSummary): number {
  return names.compare(a.ref.name ?? '', b.ref.name ?? '');
}

import { applyPatch, isClosed, type Activity, type RowGroup } from '../model/activity.js';
import { initialState, type ActivityTypes } from '../model/activity-types.js';
import { sameJson } from '../model/json.js';
import { toInstant } from '../model/time.js';
import type { Change } from './change.js';

/** Counts what happened, so that answers can be told older from newer by when they were asked for. */
export type Moment = number;

interface Row {
  /** The server's last row. */
  base: Activity | undefined;
  /** When the base was set. */
  at: Moment;
  /** Versions known to be past; none of them becomes the base again. */
  superseded: string[];
  pending: Change[];
  /** `base ⊕ pending`; undefined where there is nothing to be seen. */
  visible: Activity | undefined;
}

/** How many past versions of a row are remembered. */
const REMEMBERED_VERSIONS = 8;

/**
 * All rows known, once each, by key: the id the kit gave or first heard of. What is seen of a row is its base with the pending
 * changes on top, an object whose identity changes only when its content does.
 */
export class RowTable {
  readonly #rows = new Map<string, Row>();
  readonly #keyOfId = new Map<string, string>();
  /** Of the rows that have changes pending. */
  readonly #pending = new Set<string>();
  readonly types: () => ActivityTypes;

  constructor(types: () => ActivityTypes) {
    this.types = types;
  }

  /** The key of a row by any id it has had. */
  keyOf(id: string): string {
    return this.#keyOfId.get(id) ?? id;
  }

  visible(key: string): Activity | undefined {
    return this.#rows.get(key)?.visible;
  }

  base(key: string): Activity | undefined {
    return this.#rows.get(key)?.base;
  }

  isPending(key: string): boolean {
    return this.#rows.get(key)?.pending.some(({ state }) => state !== 'conflicted') ?? false;
  }

  /** Keys of all rows of which more is seen than the server said. */
  *pendingKeys(): IterableIterator<string> {
    for (const key of this.#pending) if (this.isPending(key)) yield key;
  }

  /** A change of it is under way, or about to be: what is held back, or saved here until it can be sent, keeps nobody waiting. */
  isBusy(key: string): boolean {
    const { pending = [] } = this.#rows.get(key) ?? {};
    return pending.some(
      ({ state, isSaved }) =>
        state !== 'conflicted' && state !== 'held' && !(state === 'queued' && isSaved),
    );
  }

  /** This version of a row is known to be past. */
  isPast(key: string, version: string): boolean {
    return this.#rows.get(key)?.superseded.includes(version) ?? false;
  }

  /** All rows that are seen. */
  *visibleRows(): IterableIterator<Activity> {
    for (const { visible } of this.#rows.values()) if (visible) yield visible;
  }

  *keys(): IterableIterator<string> {
    yield* this.#rows.keys();
  }

  /**
   * Takes a row that was asked for at `asked`. It is not taken where the base is newer than that, or where its version is
   * known to be past. A partial row replaces only the groups it holds. Answers its key, undefined where it is gone.
   */
  receive(activity: Activity, asked: Moment, now: Moment = asked): string | undefined {
    const key = this.keyOf(activity.id);
    const row = this.#row(key);
    const isOld =
      row.at > asked ||
      (activity.version !== undefined && row.superseded.includes(activity.version));
    if (!isOld) this.#setBase(row, row.base ? merged(row.base, activity) : activity, now);
    return row.base ? key : undefined;
  }

  /** The row is gone on the server. */
  drop(key: string, now: Moment): void {
    const row = this.#row(key);
    this.supersede(key, row.base?.version);
    row.base = undefined;
    row.at = now;
    this.#show(row);
  }

  /** The server calls it so. */
  alias(id: string, key: string): void {
    if (id !== key) this.#keyOfId.set(id, key);
  }

  addPending(change: Change): void {
    const row = this.#row(change.key);
    row.pending.push(change);
    this.#pending.add(change.key);
    this.#show(row);
  }

  /** Confirmed, refused or taken back: what is seen is worked out anew, nothing is copied back. */
  removePending(change: Change): void {
    const row = this.#row(change.key);
    row.pending = row.pending.filter((pending) => pending !== change);
    if (row.pending.length === 0) this.#pending.delete(change.key);
    this.#show(row);
  }

  /** Works out anew what is seen: the state of a pending change is another. */
  show(key: string): void {
    this.#show(this.#row(key));
  }

  #row(key: string): Row {
    let row = this.#rows.get(key);
    if (!row) {
      row = { base: undefined, at: 0, superseded: [], pending: [], visible: undefined };
      this.#rows.set(key, row);
    }
    return row;
  }

  #setBase(row: Row, base: Activity, now: Moment): void {
    row.at = now;
    if (row.base && sameRow(row.base, base)) return;
    row.base = base;
    this.#show(row);
  }

  /**
   * A version that an own write left behind is past for sure. What another answer shows in its place need not be: a replica
   * that lags shows an older one after a newer, and that newer one must be taken again.
   */
  supersede(key: string, version: string | undefined): void {
    if (version === undefined) return;
    const row = this.#row(key);
    row.superseded = [...row.superseded, version].slice(-REMEMBERED_VERSIONS);
  }

  #show(row: Row): void {
    const visible = row.pending.reduce<Activity | undefined>(
      (shown, change) => (isShown(change) ? applyChange(shown, change, this.types()) : shown),
      row.base,
    );
    if (row.visible && visible && sameRow(row.visible, visible)) return;
    row.visible = visible;
  }
}

/** Equal content. Where the versions differ nothing else is looked at. */
function sameRow(a: Activity, b: Activity): boolean {
  return a === b || (a.version === b.version && sameJson(a, b));
}

/** What waits for the user's word, and what reaches other people, is not shown as if it were done. */
function isShown({ isOptimistic, state }: Change): boolean {
  return isOptimistic && state !== 'conflicted';
}

/** What a change makes of a row, as far as it can be known before the server has answered. */
export function applyChange(
  row: Activity | undefined,
  change: Change,
  types: ActivityTypes,
): Activity | undefined {
  const at = toInstant(change.at);
  switch (change.kind) {
    case 'create': {
      const type = types.get(change.draft.type);
      const state = change.draft.state === undefined ? initialState(type) : change.draft.state;
      const reason = change.draft.statusReason ?? (state ? type.states[state]?.default : undefined);
      return {
        createdAt: at,
        modifiedAt: at,
        ...change.draft,
        id: change.key,
        subject: change.draft.subject ?? '',
        state,
        ...(reason !== undefined && { statusReason: reason }),
      };
    }
    case 'update':
      return row && applyPatch(row, change.patch);
    case 'transition': {
      if (!row) return undefined;
      const { state, reason, patch } = change.to;
      const closes = isClosed({ state }) && !isClosed(row);
      const moved = applyPatch(row, { ...(closes && { actualEnd: at }), ...patch });
      const by = reason ?? types.get(row.type).states[state]?.default;
      return { ...moved, state, ...(by !== undefined && { statusReason: by }) };
    }
    case 'remove':
      return undefined;
  }
}

const GROUP_FIELDS: { readonly [group in RowGroup]: readonly (keyof Activity)[] } = {
  body: ['description', 'descriptionFormat'],
  parties: ['parties'],
  fields: ['fields'],
  attachments: ['attachments'],
};

const ALL_GROUPS = Object.keys(GROUP_FIELDS) as RowGroup[];

/** A newer row, with what it does not hold taken from the older one. */
function merged(old: Activity, row: Activity): Activity {
  if (row.loaded === undefined) return row;
  const kept: Record<string, unknown> = {};
  const groups = new Set<RowGroup>(row.loaded);
  for (const group of old.loaded ?? ALL_GROUPS) {
    if (groups.has(group)) continue;
    groups.add(group);
    for (const field of GROUP_FIELDS[group]) if (old[field] !== undefined) kept[field] = old[field];
  }
  const { loaded: _loaded, ...rest } = row;
  const next = { ...rest, ...kept };
  if (groups.size === ALL_GROUPS.length) return next;
  // In one order, whichever came first: else two lists that ask for different groups would each take the other's rows for changed.
  return { ...next, loaded: ALL_GROUPS.filter((group) => groups.has(group)) };
}

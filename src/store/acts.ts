import {
  isClosed,
  type Activity,
  type ActivityDraft,
  type ActivityPatch,
} from '../model/activity.js';
import { changesBetween } from '../model/draft.js';
import type { ActivityQuery, Rest } from '../model/query.js';
import type { Milliseconds } from '../model/time.js';
import { transition } from '../model/transitions.js';
import { failure, toFailure, type ProviderFailure } from '../provider/failure.js';
import { actOf, may, mayMoveTo, type PermissionContext } from '../provider/may.js';
import type { Asker } from './activity-view.js';
import { toldAct, hasEnded, isWide, type Change, type Write } from './change.js';
import type { ChangeLog } from './change-log.js';
import { inverseOf, stillStands } from './inverse.js';
import type { RowTable } from './rows.js';

/** How one write ended. `key` is what the kit called the row, `id` what the server calls it. */
export type WriteResult =
  | {
      readonly key: string;
      readonly id: string;
      readonly activity?: Activity;
      /** It is saved here and not sent yet. */
      readonly isWaiting?: true;
    }
  | { readonly key: string; readonly id: string; readonly error: ProviderFailure };

/** One act of the user: the same write to some records, or an update of each in its own way. */
export type Act = (Write & { readonly ids: readonly string[] }) | UpdateEach;

export interface UpdateEach {
  readonly kind: 'update-each';
  /** By the id of the record. */
  readonly patches: ReadonlyMap<string, ActivityPatch>;
}

/** What an act writes to which record. */
type WriteTo = readonly [id: string, write: Write];

function writesOf(act: Act): readonly WriteTo[] {
  if (act.kind === 'update-each') {
    return [...act.patches].map(([id, patch]) => [id, { kind: 'update', patch }]);
  }
  const { ids, ...write } = act;
  return ids.map((id) => [id, write]);
}

export interface ActOptions {
  readonly asker?: Asker;
  /** How many of the records are done, of how many; those of `rest` as they were counted, until they are found. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
  /** Ends what is not yet sent; those records end as `aborted`. */
  readonly signal?: AbortSignal | undefined;
  /** More records: all that match a question, but these. */
  readonly rest?: Rest | undefined;
  /**
   * Milliseconds for which it is not sent where the backend can't take it back, so that it can be undone; the answer does not
   * wait for that. Left out or 0: it is sent at once.
   */
  readonly holdFor?: Milliseconds | undefined;
}

/** More records of which none was even found, and to which nothing was done. */
export interface RestLeft {
  readonly rest: Rest;
  /** Why: `aborted`, or what went wrong while they were sought. */
  readonly error: ProviderFailure;
}

export interface ActEnd {
  /** One for each record that was found. */
  readonly results: readonly WriteResult[];
  /** All of `rest`, where it was not come to that. */
  readonly left?: RestLeft;
  /** Takes back what was done, and only that; absent where that can't be. Asks no host. */
  readonly undo?: () => Promise<ActEnd>;
}

/** How an act can be taken back. */
export type UndoWay = 'inverse' | 'hold' | 'none';

export interface ActsHost {
  readonly rows: RowTable;
  readonly log: ChangeLog;
  permissions(): PermissionContext;
  now(): Milliseconds;
  /** What is held back now is not lost with the page. */
  mayHold(): boolean;
  /** Shows a change, and hands it to the log. */
  begin(changes: readonly Change[], holdFor: Milliseconds | undefined): readonly Promise<void>[];
  /** Takes a change back that is not sent; false where it is too late. What this page alone knows of is taken back at once. */
  withdraw(change: Change, error?: ProviderFailure): boolean | Promise<boolean>;
  /** Tries again, on the user's word, what nobody knows the outcome of. */
  retry(change: Change): void;
  /** The server's row of a record; undefined where there is none. Rejects with a `ProviderFailure`. */
  load(key: string): Promise<Activity | undefined>;
  /** Ids of all that match a question. */
  collect(question: ActivityQuery, signal: AbortSignal | undefined): Promise<readonly string[]>;
}

function withoutIds({ ids: _ids, ...write }: Exclude<Act, UpdateEach>): Write {
  return write;
}

/** It may have become so while something else was awaited. */
function isAborted(signal: AbortSignal | undefined): boolean {
  return signal?.aborted === true;
}

/** What all changes of one act have in common. */
type ActMark = Pick<Change, 'act' | 'at'>;

function isSend(write: Write): boolean {
  return write.kind === 'transition' && write.sends === true;
}

/** So many records are kept back at most; more are sent at once, after a question. */
export const MOST_HELD = 25;

/** Acts of the user: one write to one or many records, with one undo for all. */
export class Acts {
  readonly #host: ActsHost;
  /** Creates of which nobody knew the outcome when who asked for them was answered. */
  readonly #doubtful = new Map<string, Change>();

  constructor(host: ActsHost) {
    this.#host = host;
  }

  /**
   * Never rejects: each record has its own result. A create under an id for which one was asked before, and whose outcome nobody
   * knew, is the same create: what was made by then is brought to what the draft says now.
   */
  async act(act: Act, options: ActOptions = {}): Promise<ActEnd> {
    const [key] = act.kind === 'create' ? act.ids : [];
    if (act.kind !== 'create' || key === undefined) return this.#act(act, options);
    const earlier = this.#doubtful.get(key);
    const end = earlier
      ? await this.#createAgain(earlier, act, options)
      : await this.#act(act, options);
    const [result] = end.results;
    if (!result || !('error' in result)) {
      this.#doubtful.delete(key);
      return end;
    }
    if (result.error.code === 'duplicate') {
      // The key is the kit's own: whatever has it was made by an attempt of which this page knows nothing any more.
      const there = await this.#host.load(key).catch(() => undefined);
      if (there) return this.#bring(key, there, act.draft, options);
    }
    const change = this.#host.log.first(key);
    if (change?.kind === 'create') this.#doubtful.set(key, change);
    return end;
  }

  async #createAgain(
    earlier: Change,
    act: Extract<Act, { kind: 'create' }>,
    options: ActOptions,
  ): Promise<ActEnd> {
    if (!hasEnded(earlier)) {
      const told = this.#host.log.ask(earlier);
      this.#host.retry(earlier);
      await told;
    }
    if (!hasEnded(earlier)) return this.#end([earlier]);
    if (earlier.state !== 'confirmed' || earlier.kind !== 'create') return this.#act(act, options);
    const { undo } = this.#end([earlier]);
    const { results } = await this.#bring(earlier.key, earlier.draft, act.draft, options);
    return { results, ...(undo && { undo }) };
  }

  /** Brings a record that was made of one draft to what another says. */
  async #bring(
    key: string,
    from: ActivityDraft | Activity,
    draft: ActivityDraft,
    options: ActOptions,
  ): Promise<ActEnd> {
    const { rows } = this.#host;
    const ids = [rows.base(key)?.id ?? key];
    if (draft.type !== from.type) {
      await this.#act({ kind: 'remove', ids }, options);
      return this.#act({ kind: 'create', ids: [crypto.randomUUID()], draft }, options);
    }
    // Of a row only what the draft speaks of: the rest is the server's.
    const after = 'id' in from ? { ...from, ...draft } : draft;
    const { state: _state, statusReason: _reason, ...patch } = changesBetween(from, after);
    const { state, statusReason: reason } = draft;
    const row = rows.visible(key);
    if (state && row && row.state !== state) {
      const to = { state, ...(reason !== undefined && { reason }), patch };
      return this.#act({ kind: 'transition', ids, to }, options);
    }
    if (Object.keys(patch).length > 0) return this.#act({ kind: 'update', ids, patch }, options);
    return { results: [{ key, id: ids[0] ?? key, ...(row && { activity: row }) }] };
  }

  async #act(asked: Act, options: ActOptions): Promise<ActEnd> {
    const host = this.#host;
    const { onProgress, signal, holdFor = 0 } = options;
    const writes = writesOf(asked);
    const ids = writes.map(([id]) => id);
    // What is done to each in its own way is not done to those that nobody knows.
    const general = asked.kind === 'update-each' ? undefined : withoutIds(asked);
    const rest = general && options.rest;
    const stillRest = rest && { ...rest, except: [...rest.except, ...ids] };
    const notBegun = (id: string): WriteResult => {
      const key = host.rows.keyOf(id);
      return { key, id: host.rows.base(key)?.id ?? id, error: failure('aborted') };
    };
    if (signal?.aborted) {
      const left = stillRest && { rest: stillRest, error: failure('aborted') };
      return { results: ids.map(notBegun), ...(left && { left }) };
    }
    const act: ActMark = { act: crypto.randomUUID(), at: host.now() };
    const refused: WriteResult[] = [];
    let left: RestLeft | undefined;
    const changes = writes.map(([id, write]) => this.#change(id, write, act));
    const isHeld = holdFor > 0 && !rest && host.mayHold() && this.#wayBack(writes) === 'hold';
    const ends: Promise<void>[] = [];
    let done = 0;
    let total = changes.length + (rest?.count.value ?? 0);
    const begin = (some: readonly Change[]): void => {
      for (const end of host.begin(some, isHeld ? holdFor : undefined)) {
        ends.push(end.then(() => onProgress?.((done += 1), total)));
      }
    };
    begin(changes);
    const stop = (): void => {
      for (const change of changes) void host.withdraw(change, failure('aborted'));
    };
    signal?.addEventListener('abort', stop);
    if (general && stillRest) {
      const except = new Set(stillRest.except.map((id) => host.rows.keyOf(id)));
      try {
        const found = await host.collect(stillRest.query, signal);
        const more = found.filter((id) => !except.has(host.rows.keyOf(id)));
        total = changes.length + more.length;
        const allowed = more.filter((id) => this.#isAllowed(id, general, refused));
        done += more.length - allowed.length;
        onProgress?.(done, total);
        if (isAborted(signal)) refused.push(...allowed.map(notBegun));
        else {
          const fresh = allowed.map((id) => this.#change(id, general, act));
          changes.push(...fresh);
          begin(fresh);
        }
      } catch (thrown) {
        left = {
          rest: stillRest,
          error: isAborted(signal) ? failure('aborted') : toFailure(thrown),
        };
      }
    }
    await Promise.all(ends);
    signal?.removeEventListener('abort', stop);
    return { ...this.#end(changes, refused), ...(left && { left }) };
  }

  /** What the store may know of beforehand to be refused. */
  #isAllowed(id: string, write: Write, refused: WriteResult[]): boolean {
    const { rows } = this.#host;
    const key = rows.keyOf(id);
    const row = rows.visible(key);
    if (!row) return true;
    const context = this.#host.permissions();
    const answer =
      write.kind === 'transition'
        ? mayMoveTo(write.to.state, row, context)
        : may(write.kind === 'update' ? actOf(write.patch) : 'remove', row, context);
    if (answer === true) return true;
    const code = answer.reason === 'not-now' ? 'transition-refused' : 'forbidden';
    refused.push({ key, id: row.id, error: { code, message: answer.message ?? '' } });
    return false;
  }

  #change(id: string, write: Write, act: ActMark, undoes?: string): Change {
    const { rows } = this.#host;
    const key = rows.keyOf(id);
    const before = rows.visible(key);
    return {
      ...write,
      key,
      idempotencyKey: crypto.randomUUID(),
      act: act.act,
      at: act.at,
      isOptimistic: !isSend(write) && this.told(write, before).length === 0,
      before,
      version: rows.base(key)?.version,
      state: 'queued',
      attempts: 0,
      ...(undoes !== undefined && { undoes }),
    };
  }

  /** Whom a write tells, besides those it is about: what reaches other people is shown only when it is done. */
  told(write: Write, row: Activity | undefined): readonly string[] {
    if (!row) return [];
    const act = toldAct(write);
    const { notifies } = this.#host.permissions().types.get(row.type);
    if (!act || !notifies?.includes(act)) return [];
    return (row.parties ?? [])
      .filter(({ role }) => role !== 'organizer')
      .map(({ name, record, address }) => name ?? record?.name ?? address ?? '');
  }

  /** How writes to these records can be taken back. */
  #wayBack(writes: readonly WriteTo[]): UndoWay {
    const { rows } = this.#host;
    // What is sent cannot be called back, but what is not sent yet can.
    if (writes.some(([, write]) => isSend(write))) {
      return writes.length <= MOST_HELD ? 'hold' : 'none';
    }
    // What became of many rows is not known here.
    if (writes.some(([, write]) => isWide(write))) return 'none';
    const way = this.#host.permissions().capabilities?.undo;
    if (way === 'none') return 'none';
    const found = writes.map(([id, write]) => ({ write, row: rows.visible(rows.keyOf(id)) }));
    if (found.some(({ write, row }) => this.told(write, row).length > 0)) return 'none';
    // What nobody knows may be gone: that is found out at once.
    if (found.some(({ write, row }) => !row && write.kind !== 'create')) return 'none';
    const hasInverse = found.every(({ write, row }) => this.#mayInvert(write, row, row));
    if (hasInverse) return 'inverse';
    return way !== undefined && writes.length <= MOST_HELD ? 'hold' : 'none';
  }

  /** So many that none of them can be kept back, and nothing takes them back once they are sent. `more`: of which nothing is known. */
  isFinal(act: Act, more = 0): boolean {
    const { rows } = this.#host;
    const writes = writesOf(act);
    if (writes.length + more <= MOST_HELD) return false;
    if (act.kind === 'update-each') {
      // What others are told of is never taken back, however few they are.
      const untold = writes.filter(
        ([id, write]) => this.told(write, rows.visible(rows.keyOf(id))).length === 0,
      );
      return untold.length > MOST_HELD && this.#wayBack(untold) !== 'inverse';
    }
    if (writes.length > 0) return this.#wayBack(writes) !== 'inverse';
    const way = this.#host.permissions().capabilities?.undo;
    return way === 'none' || (way !== 'inverse' && act.kind !== 'update');
  }

  /** The opposite write exists, and the backend is known to take it. */
  #mayInvert(write: Write, before: Activity | undefined, now: Activity | undefined): boolean {
    const { capabilities, types, provider } = this.#host.permissions();
    const back = isSend(write) || isWide(write) ? undefined : inverseOf(write, before);
    if (!back || capabilities?.undo === 'none') return false;
    if (this.told(write, before).length > 0) return false;
    if (capabilities?.undo === 'inverse') return true;
    switch (back.kind) {
      case 'remove':
        return provider.remove !== undefined;
      case 'update':
        return now !== undefined && (!isClosed(now) || actOf(back.patch) === 'assign');
      case 'transition': {
        const after = write.kind === 'transition' ? write.to.state : null;
        return (
          now !== undefined &&
          transition({ state: after }, back.to.state, types.get(now.type)).allowed
        );
      }
      case 'create':
        return false;
    }
  }

  #end(changes: readonly Change[], refused: readonly WriteResult[] = []): ActEnd {
    const results = [...changes.map((change) => this.#resultOf(change)), ...refused];
    const isUndoable = changes.some(
      (change) =>
        change.state === 'held' ||
        (change.state !== 'refused' &&
          change.state !== 'undone' &&
          this.#mayInvert(change, change.before, this.#host.rows.visible(change.key))),
    );
    return { results, ...(isUndoable && { undo: () => this.#undo(changes) }) };
  }

  #resultOf(change: Change): WriteResult {
    const { rows } = this.#host;
    const row = rows.visible(change.key);
    const result = { key: change.key, id: rows.base(change.key)?.id ?? change.key };
    // What is saved here is the kit's care now: it goes out when it can.
    if (change.isSaved && ['queued', 'sent', 'unknown'].includes(change.state)) {
      return { ...result, ...(row && { activity: row }), isWaiting: true };
    }
    if (change.error) return { ...result, error: change.error };
    return row ? { ...result, activity: row } : result;
  }

  /**
   * Takes changes back: what is not sent is not sent, what is done is done backwards, the last first, where nobody changed the
   * same since. All of it is begun at once, as the act was.
   */
  async #undo(changes: readonly Change[]): Promise<ActEnd> {
    const host = this.#host;
    const act: ActMark = { act: crypto.randomUUID(), at: host.now() };
    const results: WriteResult[] = [];
    const sent: Change[] = [];
    const withdrawn = [...changes]
      .reverse()
      .filter(({ state }) => state !== 'refused' && state !== 'undone')
      .map((change) => ({ change, isOut: host.withdraw(change) }));
    for (const { change, isOut } of withdrawn) {
      if (await isOut) results.push(this.#resultOf(change));
      else sent.push(change);
    }
    await Promise.all(sent.map((change) => host.log.ended(change)));
    const back: Change[] = [];
    for (const change of sent) {
      const undo = this.#inverse(change, act);
      if ('key' in undo) back.push(undo);
      else {
        const { key } = change;
        results.push({ key, id: host.rows.base(key)?.id ?? key, error: undo });
      }
    }
    await Promise.all(host.begin(back, undefined));
    return { results: [...results, ...back.map((undo) => this.#resultOf(undo))] };
  }

  /** The change that takes back one that has ended, or why there is none. */
  #inverse(change: Change, act: ActMark): Change | ProviderFailure {
    const { key } = change;
    if (change.state !== 'confirmed') return change.error ?? failure('aborted');
    const row = this.#host.rows.visible(key);
    const back = inverseOf(change, change.before);
    if (!back || !this.#mayInvert(change, change.before, row)) return failure('unsupported');
    if (!stillStands(change, row)) return failure('conflict');
    return this.#change(key, back, act, change.idempotencyKey);
  }
}

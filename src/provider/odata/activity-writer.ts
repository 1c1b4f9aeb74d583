import {
  isClosed,
  type Activity,
  type ActivityDraft,
  type ActivityPatch,
} from '../../model/activity.js';
import { initialState } from '../../model/activity-types.js';
import { timeKind, toInstant, type Milliseconds } from '../../model/time.js';
import { isObject } from '../../model/json.js';
import { failure, toFailure, type FailureCode } from '../failure.js';
import type { CallOptions, TransitionTarget, WriteOptions } from '../provider.js';
import { readOne, typeOf } from './activity-reader.js';
import { toGuid } from './filter.js';
import type { ODataRequest } from './http.js';
import { readActivity, readNote, rowOf, textOf, type WireRow } from './read-row.js';
import type { Service } from './service.js';
import { toColumns, toNoteColumns, toStateColumns, typeDialect } from './write-row.js';

const REPRESENTATION = { prefer: ['return=representation'] } satisfies ODataRequest;

type Columns = { readonly [column: string]: unknown };

/** What ends a create for good. */
const REFUSED: ReadonlySet<FailureCode> = new Set<FailureCode>([
  'validation',
  'transition-refused',
  'forbidden',
  'unsupported',
]);
/** What leaves it open whether something was written. */
const UNKNOWN: ReadonlySet<FailureCode> = new Set<FailureCode>([
  'network',
  'timeout',
  'server',
  'aborted',
]);

/** Whether a row holds what was to be written into it. `isNew`: it may have been moved to another state since. */
function holds(row: WireRow, body: Columns, { isNew }: { readonly isNew: boolean }): boolean {
  return Object.entries(body).every(([column, value]) => {
    if (isNew && (column === 'statuscode' || column === 'statecode')) return true;
    const lookup = /^(ownerid|regardingobjectid|objectid)(_\w+)?@odata\.bind$/.exec(column)?.[1];
    if (lookup !== undefined) {
      const id = /\(([^)]+)\)$/.exec(String(value))?.[1];
      return isSame(row[`_${lookup}_value`], id);
    }
    // Parties are not in the row.
    if (typeof value === 'object' && value !== null) return isNew;
    return isSame(row[column], value);
  });
}

function isSame(found: unknown, wanted: unknown): boolean {
  if (typeof found === 'string' && typeof wanted === 'string') {
    if (timeKind(found) === 'instant' && timeKind(wanted) === 'instant') {
      return Date.parse(found) === Date.parse(wanted);
    }
    return found === wanted || (toGuid(found) !== undefined && toGuid(found) === toGuid(wanted));
  }
  return (found ?? '') === (wanted ?? '');
}

/** Writes to the sets of the types; each write answers the row as the service has it then. */
export class ActivityWriter {
  readonly #service: Service;
  readonly #now: () => Milliseconds;
  /** Keys of removals whose answer was lost: the service may have done them. */
  readonly #removing = new Set<string>();

  constructor(service: Service, now: () => Milliseconds) {
    this.#service = service;
    this.#now = now;
  }

  async create(id: string, draft: ActivityDraft, options: WriteOptions): Promise<Activity> {
    const { type, actualEnd, ...rest } = draft;
    if (type === 'note') return this.#createNote(id, draft, options);
    const { seen, types } = this.#service;
    const { set } = typeDialect(type, this.#service);
    const context = this.#context(options);
    const state = draft.state === undefined ? initialState(types.get(type)) : draft.state;
    const codes =
      state === null ? undefined : toStateColumns(type, state, draft.statusReason, context);
    const isLogged = state !== null && isClosed({ state });

    const body = {
      activityid: id,
      ...toColumns(
        type,
        isLogged || actualEnd === undefined ? rest : { ...rest, actualEnd },
        context,
      ),
      // For a new row the state follows from its reason, and is itself not taken.
      ...(codes && !isLogged && { statuscode: codes.statuscode }),
    };
    const path = `${set}(${id})`;
    const answer = await this.#post(set, path, body, options);
    seen.take({ id, type, state, subject: '', regarding: draft.regarding ?? null });
    if (!codes || !isLogged) return this.#written(id, type, answer, options);
    return this.#close(id, type, path, rowOf(answer), codes, actualEnd ?? undefined, options);
  }

  /**
   * No row is born closed, so it is closed in a second step. Where the outcome of that step is unknown, the create is repeated
   * under the same id and goes on from here; what can't be closed must not stay behind as something still to be done.
   */
  async #close(
    id: string,
    type: string,
    path: string,
    created: WireRow,
    codes: ReturnType<typeof toStateColumns>,
    actualEnd: string | undefined,
    options: WriteOptions,
  ): Promise<Activity> {
    const { send } = this.#service;
    if (created['statecode'] === codes.statecode && created['statuscode'] === codes.statuscode) {
      return this.#written(id, type, created, options);
    }
    const ifMatch = textOf(created, '@odata.etag') ?? '*';
    try {
      const body = { ...codes, actualend: actualEnd ?? toInstant(this.#now()) };
      const request = { method: 'PATCH', body, ifMatch, ...REPRESENTATION } as const;
      return await this.#written(id, type, await send(path, options, request), options);
    } catch (thrown) {
      if (REFUSED.has(toFailure(thrown).code)) {
        await send(path, options, { method: 'DELETE', ifMatch }).catch(() => undefined);
      }
      throw thrown;
    }
  }

  /**
   * Makes a row under an id of the kit's. One that is there already with the same content was made by this very create, whose
   * answer got lost.
   */
  async #post(set: string, path: string, body: Columns, options: WriteOptions): Promise<unknown> {
    const { send } = this.#service;
    try {
      return await send(set, options, { method: 'POST', body, ...REPRESENTATION });
    } catch (thrown) {
      if (toFailure(thrown).code !== 'duplicate') throw thrown;
      const row = await send(path, options).catch(() => undefined);
      if (isObject(row) && holds(row, body, { isNew: true })) return row;
      throw thrown;
    }
  }

  async update(id: string, changes: ActivityPatch, options: WriteOptions): Promise<Activity> {
    const { type, path } = await this.#addressOf(id, options);
    const context = this.#context(options);
    const columns =
      type === 'note'
        ? toNoteColumns(changes, context)
        : toColumns(type, changes, context, this.#service.seen.get(id)?.regarding);
    return this.#patch(id, type, path, columns, options);
  }

  async transition(id: string, to: TransitionTarget, options: WriteOptions): Promise<Activity> {
    const { type, path } = await this.#addressOf(id, options);
    if (type === 'note') throw failure('transition-refused');
    const context = this.#context(options);
    const columns = {
      ...toColumns(type, to.patch ?? {}, context, this.#service.seen.get(id)?.regarding),
      ...toStateColumns(type, to.state, to.reason, context),
    };
    return this.#patch(id, type, path, columns, options);
  }

  async remove(id: string, options: WriteOptions): Promise<void> {
    try {
      const { path } = await this.#addressOf(id, options);
      await this.#against(id, options, (ifMatch) =>
        this.#service.send(path, options, { method: 'DELETE', ifMatch }),
      );
    } catch (thrown) {
      // Sent before, and its answer lost: it is gone, as it was to be.
      const isRepeat = this.#removing.has(options.idempotencyKey);
      if (!isRepeat || toFailure(thrown).code !== 'not-found') {
        if (UNKNOWN.has(toFailure(thrown).code)) this.#removing.add(options.idempotencyKey);
        throw thrown;
      }
    }
    this.#service.seen.forget(id);
  }

  /** Sends an email. One that went out already is not sent again. */
  async send(id: string, options: WriteOptions): Promise<Activity> {
    const { type, path } = await this.#addressOf(id, options);
    const action = this.#service.dialect.types[type]?.send;
    if (action === undefined) throw failure('unsupported');
    const before = await readOne(id, options, this.#service);
    if (before.state === 'completed') return before;
    if (options.version !== undefined && before.version !== options.version) {
      const pointer = this.#service.seen.get(id)?.pointer;
      const isSame = pointer?.version === options.version;
      if (!isSame) throw failure('conflict', '', { row: before });
    }
    await this.#service.send(`${path}/${action}`, options, {
      method: 'POST',
      body: { IssueSend: true },
    });
    return readOne(id, options, this.#service);
  }

  async #createNote(id: string, draft: ActivityDraft, options: WriteOptions): Promise<Activity> {
    const { notes } = this.#service;
    const body = { annotationid: id, ...toNoteColumns(draft, this.#context(options)) };
    const answer = await this.#post(notes.set, `${notes.set}(${id})`, body, options);
    return this.#written(id, 'note', answer, options);
  }

  async #patch(
    id: string,
    type: string,
    path: string,
    body: Columns,
    options: WriteOptions,
  ): Promise<Activity> {
    if (Object.keys(body).length === 0) return readOne(id, options, this.#service);
    try {
      const answer = await this.#against(id, options, (ifMatch) =>
        this.#service.send(path, options, { method: 'PATCH', body, ifMatch, ...REPRESENTATION }),
      );
      return await this.#written(id, type, answer, options);
    } catch (thrown) {
      const { code } = toFailure(thrown);
      if (code !== 'conflict' && code !== 'transition-refused') throw thrown;
      // Sent before, and its answer lost: if the row holds what was to be written, it was, by whomever.
      const row = await this.#service.send(path, options).catch(() => undefined);
      if (!isObject(row) || !holds(row, body, { isNew: false })) throw thrown;
      return await this.#written(id, type, row, options);
    }
  }

  /** Writes against the version the user saw. If that is stale, the failure carries the row as it is now. */
  async #against<T>(
    id: string,
    options: WriteOptions,
    write: (ifMatch: string) => Promise<T>,
  ): Promise<T> {
    const { version } = options;
    const pointer = this.#service.seen.get(id)?.pointer;
    try {
      return await write(version ?? '*');
    } catch (thrown) {
      if (toFailure(thrown).code !== 'conflict') throw thrown;
      // A row that can't be read then is no reason to call it anything but a conflict.
      const row = await readOne(id, options, this.#service).catch(() => undefined);
      if (!row) throw thrown;
      // The user saw a row of the union: if nobody changed it since, its version is another name of the typed row's.
      const isSame = pointer?.version === version && pointer?.modifiedAt === row.modifiedAt;
      if (isSame && row.version !== undefined && row.version !== version) return write(row.version);
      throw failure('conflict', '', { row });
    }
  }

  /** The row a write answered. Parties are never in the answer, so the row of a type that has some is read. */
  async #written(id: string, type: string, answer: unknown, call: CallOptions): Promise<Activity> {
    const { dialect, seen } = this.#service;
    if (answer === undefined || dialect.types[type]?.parties !== undefined) {
      return readOne(id, call, this.#service);
    }
    const context = this.#context(call);
    const row = rowOf(answer);
    return seen.take(
      type === 'note' ? readNote(row, context) : readActivity(row, context, undefined, type),
    );
  }

  async #addressOf(id: string, call: CallOptions): Promise<{ type: string; path: string }> {
    const guid = toGuid(id);
    if (guid === undefined) throw failure('not-found');
    const type = await typeOf(guid, call, this.#service);
    const { set } = type === 'note' ? this.#service.notes : typeDialect(type, this.#service);
    return { type, path: `${set}(${guid})` };
  }

  #context({ timeZone }: CallOptions) {
    const { dialect, types } = this.#service;
    return { dialect, types, timeZone };
  }
}

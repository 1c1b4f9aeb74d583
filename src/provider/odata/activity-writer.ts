import {
  isClosed,
  type Activity,
  type ActivityDraft,
  type ActivityPatch,
} from '../../model/activity.js';
import { initialState } from '../../model/activity-types.js';
import { toInstant, type Milliseconds } from '../../model/time.js';
import { failure, toFailure } from '../failure.js';
import type { CallOptions, TransitionTarget, WriteOptions } from '../provider.js';
import { readOne, typeOf } from './activity-reader.js';
import { toGuid } from './filter.js';
import type { ODataRequest } from './http.js';
import { readActivity, readNote, rowOf, textOf } from './read-row.js';
import type { Service } from './service.js';
import { toColumns, toNoteColumns, toStateColumns, typeDialect } from './write-row.js';

const REPRESENTATION = { prefer: ['return=representation'] } satisfies ODataRequest;

/** Writes to the sets of the types; each write answers the row as the service has it then. */
export class ActivityWriter {
  readonly #service: Service;
  readonly #now: () => Milliseconds;

  constructor(service: Service, now: () => Milliseconds) {
    this.#service = service;
    this.#now = now;
  }

  async create(id: string, draft: ActivityDraft, options: WriteOptions): Promise<Activity> {
    const { type, actualEnd, ...rest } = draft;
    if (type === 'note') return this.#createNote(id, draft, options);
    const { send, seen, types } = this.#service;
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
    const answer = await send(set, options, { method: 'POST', body, ...REPRESENTATION });
    seen.take({ id, type, state, subject: '', regarding: draft.regarding ?? null });
    if (!codes || !isLogged) return this.#written(id, type, answer, options);

    const path = `${set}(${id})`;
    const ifMatch = textOf(rowOf(answer), '@odata.etag') ?? '*';
    try {
      const closing = { ...codes, actualend: actualEnd ?? toInstant(this.#now()) };
      const closed = await send(path, options, {
        method: 'PATCH',
        body: closing,
        ifMatch,
        ...REPRESENTATION,
      });
      return await this.#written(id, type, closed, options);
    } catch (thrown) {
      // No row is born closed. One that can't be closed must not stay behind as something still to be done.
      await send(path, options, { method: 'DELETE', ifMatch }).catch(() => undefined);
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
    const { path } = await this.#addressOf(id, options);
    await this.#against(id, options, (ifMatch) =>
      this.#service.send(path, options, { method: 'DELETE', ifMatch }),
    );
    this.#service.seen.forget(id);
  }

  async #createNote(id: string, draft: ActivityDraft, options: WriteOptions): Promise<Activity> {
    const { send, notes } = this.#service;
    const body = { annotationid: id, ...toNoteColumns(draft, this.#context(options)) };
    const answer = await send(notes.set, options, { method: 'POST', body, ...REPRESENTATION });
    return this.#written(id, 'note', answer, options);
  }

  async #patch(
    id: string,
    type: string,
    path: string,
    body: { readonly [column: string]: unknown },
    options: WriteOptions,
  ): Promise<Activity> {
    if (Object.keys(body).length === 0) return readOne(id, options, this.#service);
    const answer = await this.#against(id, options, (ifMatch) =>
      this.#service.send(path, options, { method: 'PATCH', body, ifMatch, ...REPRESENTATION }),
    );
    return this.#written(id, type, answer, options);
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

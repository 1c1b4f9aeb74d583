import {
  isClosed,
  type Activity,
  type ActivityDraft,
  type ActivityPatch,
} from '../../model/activity.js';
import { initialState } from '../../model/activity-types.js';
import { toInstant, type Milliseconds } from '../../model/time.js';
import { isObject } from '../../model/json.js';
import { failure, toFailure, type FailureCode } from '../failure.js';
import type { CallOptions, TransitionTarget, WriteOptions } from '../provider.js';
import { readOne, readUnchanged, typeOf } from './activity-reader.js';
import { REPRESENTATION, createOnce, holds } from './create-once.js';
import { toGuid } from './filter.js';
import { readActivity, readNote, rowOf, textOf, type WireRow } from './read-row.js';
import { masterTypeOf } from './series-master.js';
import { SeriesWriter } from './series-writer.js';
import type { Service } from './service.js';
import { toColumns, toNoteColumns, toStateColumns, typeDialect } from './write-row.js';

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

/** Writes to the sets of the types; each write answers the row as the service has it then. */
export class ActivityWriter {
  readonly #service: Service;
  readonly #now: () => Milliseconds;
  /** Keys of removals whose answer was lost: the service may have done them. */
  readonly #removing = new Set<string>();
  readonly #series: SeriesWriter;

  constructor(service: Service, now: () => Milliseconds) {
    this.#service = service;
    this.#series = new SeriesWriter(service);
    this.#now = now;
  }

  async create(id: string, draft: ActivityDraft, options: WriteOptions): Promise<Activity> {
    const { type, actualEnd, ...rest } = draft;
    if (type === 'note') return this.#createNote(id, draft, options);
    if (rest.series?.rule !== undefined) return this.#series.create(id, draft, options);
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
    const answer = await createOnce(set, id, body, options, this.#service);
    seen.take({ id, type, state, subject: '', regarding: draft.regarding ?? null });
    if (!codes || !isLogged) return this.#written(id, type, answer, options);
    return this.#close(id, type, path, answer, codes, actualEnd ?? undefined, options);
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

  async update(id: string, changes: ActivityPatch, options: WriteOptions): Promise<Activity> {
    if (changes.series !== undefined || isWide(options)) {
      return this.#series.update(id, changes, options);
    }
    const { type, path } = await this.#addressOf(id, options);
    if (masterTypeOf(type, this.#service)) return this.#series.update(id, changes, options);
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
      await this.#remove(id, options);
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

  async #remove(id: string, options: WriteOptions): Promise<void> {
    if (isWide(options)) return this.#series.remove(id, options);
    const { type, path } = await this.#addressOf(id, options);
    if (masterTypeOf(type, this.#service)) return this.#series.remove(id, options);
    await this.#against(id, options, (ifMatch) =>
      this.#service.send(path, options, { method: 'DELETE', ifMatch }),
    );
    return undefined;
  }

  /** Sends an email. One that went out already is not sent again. */
  async send(id: string, options: WriteOptions): Promise<Activity> {
    const { type, path } = await this.#addressOf(id, options);
    const action = this.#service.dialect.types[type]?.send;
    if (action === undefined) throw failure('unsupported');
    const before = await readUnchanged(id, options, this.#service, ({ state }) => state === 'completed'); // prettier-ignore
    if (before.state === 'completed') return before;
    await this.#service.send(`${path}/${action}`, options, {
      method: 'POST',
      body: { IssueSend: true },
    });
    return readOne(id, options, this.#service);
  }

  async #createNote(id: string, draft: ActivityDraft, options: WriteOptions): Promise<Activity> {
    const { notes } = this.#service;
    const body = { annotationid: id, ...toNoteColumns(draft, this.#context(options)) };
    const answer = await createOnce(notes.set, id, body, options, this.#service);
    return this.#written(id, 'note', answer, options);
  }

  async #patch(
    id: string,
    type: string,
    path: string,
    body: WireRow,
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
    const { set } =
      type === 'note'
        ? this.#service.notes
        : (masterTypeOf(type, this.#service)?.series ?? typeDialect(type, this.#service));
    return { type, path: `${set}(${guid})` };
  }

  #context({ timeZone }: CallOptions) {
    const { dialect, types } = this.#service;
    return { dialect, types, timeZone };
  }
}

/** It is meant for several dates of a series. */
function isWide({ scope }: WriteOptions): boolean {
  return scope !== undefined && scope !== 'this';
}

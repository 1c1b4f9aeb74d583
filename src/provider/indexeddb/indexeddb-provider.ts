import type { Activity, RecordRef } from '../../model/activity.js';
import type { ActivityType } from '../../model/activity-type.js';
import { ActivityTypes } from '../../model/activity-types.js';
import { checkActivity } from '../../model/check.js';
import { countGroups, evaluate, type EvaluationContext } from '../../model/evaluate.js';
import type { ActivityQuery } from '../../model/query.js';
import { loadDates } from '../../model/recurrence-dates.js';
import type { StoredSeries } from '../../model/recurrence-series.js';
import { ChangeChannel } from '../change-channel.js';
import {
  EMBEDDED_CAPABILITIES,
  attachmentOf,
  recordOf,
  systemNow,
  transitionedRow,
  withAttachment,
  withoutAttachment,
  type WriteContext,
} from '../embedded.js';
import {
  comingDates,
  createInSeries,
  datesFor,
  removeInSeries,
  runsOut,
  updateInSeries,
  type SeriesWrite,
} from '../embedded-series.js';
import { failure } from '../failure.js';
import type {
  ActivityDataProvider,
  ActivityPage,
  CallOptions,
  RecordSummary,
  WriteOptions,
} from '../provider.js';
import { readArchive, writeArchive } from './archive.js';
import { Connection, type Transact, type Transaction } from './connection.js';
import { chunksOf, readFile, removeFiles, writeFile } from './files.js';
import { countByIndex, readByIndex } from './indexed-reader.js';
import { keysOf, rulesOf } from './keys.js';
import { StorageKeeper, type BrowserStorage, type Persistence } from './persistence.js';
import { RowCache, stateOf, type Snapshot } from './row-cache.js';
import { STATE, type DatabaseState, type StoredActivity, type Written } from './schema.js';
import { inLanguageOf } from './storage-words.js';

export type { BrowserStorage, Persistence };

/** What a new database is filled with. */
export interface IndexedDbSeed {
  readonly activities?: readonly Activity[];
  /** Accounts, contacts, deals, users: for pickers, roll-up and deals. */
  readonly records?: readonly RecordSummary[];
  readonly user?: RecordRef;
  readonly teams?: readonly RecordRef[];
  readonly team?: readonly RecordRef[];
}

export interface IndexedDbProviderOptions {
  /** Of the database, and under which journal, drafts and preferences are kept. */
  readonly name: string;
  /** Asked once, when the database is new. */
  readonly seed?: IndexedDbSeed | (() => IndexedDbSeed | Promise<IndexedDbSeed>);
  /** Who works here; left out: the seed's user. The same holds for teams and team. */
  readonly user?: RecordRef;
  readonly teams?: readonly RecordRef[];
  readonly team?: readonly RecordRef[];
  readonly types?: readonly ActivityType[];
  /** Kinds of record that users may make from within a picker. Default: none. */
  readonly createRecords?: readonly string[];
  /** Milliseconds since 1970; for stamps. */
  readonly now?: () => number;
  /**
   * Up to so many activities are kept in memory, where every question is answered exactly. Beyond, pages are read by indexes,
   * totals may be lower bounds, and all rows are read only for what no index serves. Default 5,000.
   */
  readonly keptRows?: number;
  /** Milliseconds until a call to the storage fails with `timeout`. Default 5,000. */
  readonly timeLimit?: number;
  /**
   * After the first write of a page the browser is asked to keep the data for good: then there is something to lose, and Firefox,
   * which asks the user, does not do so out of the blue. False: only `askPersistence` asks. Default true.
   */
  readonly asksPersistence?: boolean;
  /** What the browser says of its storage; for tests. Default: `navigator.storage`. */
  readonly storage?: BrowserStorage;
}

/** Where the data is kept, and whether it stays. */
export interface StorageState {
  readonly persistence: Persistence;
  /** Bytes that all of the origin takes, and that are left to it. */
  readonly used?: number;
  readonly available?: number;
}

/** A provider that keeps its rows in the browser: durable, and one for all tabs of the origin. */
export interface IndexedDbProvider extends Required<
  Pick<
    ActivityDataProvider,
    | 'name'
    | 'capabilities'
    | 'session'
    | 'get'
    | 'count'
    | 'create'
    | 'update'
    | 'transition'
    | 'remove'
    | 'lookup'
    | 'createRecord'
    | 'records'
    | 'attachments'
    | 'subscribe'
  >
> {
  query(question: ActivityQuery, options: CallOptions): Promise<ActivityPage>;
  /** Lets go of the database, until the next call opens it again. */
  close(): void;
  /** Everything there is, files too, as of one moment, in one file of JSON lines. */
  exportAll(options: CallOptions): Promise<File>;
  /**
   * Puts what such a file holds in the place of everything there is: all of it, or, where it fails, nothing. Fails with
   * `validation` where it is no such file.
   */
  importAll(file: Blob, options: CallOptions): Promise<void>;
  /** Whether the browser may clear the data by itself, and how much room there is. Never rejects. */
  storageState(): Promise<StorageState>;
  /** Asks the browser to keep the data for good; answers what it said. Never rejects. */
  askPersistence(): Promise<Persistence>;
}

const KEPT_ROWS = 5000;

/** Repeats of this many writes are recognised. */
const WRITTEN_KEPT = 1000;

export function createIndexedDbProvider(options: IndexedDbProviderOptions): IndexedDbProvider {
  const types = new ActivityTypes(options.types);
  const now = options.now ?? systemNow;
  const channel = new ChangeChannel(`activity-kit:indexeddb:${options.name}`);
  const connection = new Connection(options.name, options.timeLimit ?? 5000, prepare);
  const cache = new RowCache(connection);
  const keeper = new StorageKeeper(options.storage);

  /** What the storage says, in the language of who asked. */
  const told = async <T>({ locale }: CallOptions, work: Promise<T>): Promise<T> =>
    work.catch((thrown: unknown) => {
      throw inLanguageOf(locale, thrown);
    });

  const toStored = (row: Activity, revision: number): StoredActivity => {
    const keys = keysOf(row, types);
    return { id: row.id, row, revision, ...(keys && { keys }) };
  };

  /** Of a database that holds these activities and no others. */
  const stateWith = (
    rows: readonly Activity[],
    people: Pick<DatabaseState, 'user' | 'teams' | 'team'>,
    revision: number,
  ): DatabaseState => ({
    ...people,
    identity: crypto.randomUUID(),
    revision,
    removedAt: revision - 1,
    rules: rulesOf(types),
    kinds: kindsOf(rows),
    size: new Set(rows.map(({ id }) => id)).size,
  });

  /** Fills a new database, and makes the keys of one whose rows were stored by other rules. */
  async function prepare(transact: Transact): Promise<void> {
    const state = await transact('readonly', (tx) => tx.objectStore('meta').get(STATE));
    if (!state) await fill(transact);
    else if (state.rules !== rulesOf(types)) await transact('readwrite', makeKeys, true);
  }

  /** Where two tabs are at it, the later one finds it filled and leaves it so. */
  async function fill(transact: Transact): Promise<void> {
    const {
      activities = [],
      records = [],
      ...people
    } = (typeof options.seed === 'function' ? await options.seed() : options.seed) ?? {};
    const checked = activities.map((one) => checkActivity(one));
    const problems = checked.flatMap((one) => one.problems);
    if (problems.length > 0) console.warn(`${options.name}: ${problems.join('; ')}`);
    const rows = checked.flatMap(({ row }) => row ?? []);
    await transact(
      'readwrite',
      async (tx) => {
        const meta = tx.objectStore('meta');
        if (await meta.get(STATE)) return;
        await Promise.all([
          ...rows.map((row) =>
            tx.objectStore('activities').put(toStored({ version: crypto.randomUUID(), ...row }, 1)),
          ),
          ...records.map((record) => tx.objectStore('records').put(record)),
          meta.put(stateWith(rows, people, 1), STATE),
        ]);
      },
      true,
    );
  }

  async function makeKeys(tx: Transaction<'readwrite'>): Promise<void> {
    const activities = tx.objectStore('activities');
    let cursor = await activities.openCursor();
    const kinds = new Set<string>();
    let size = 0;
    while (cursor) {
      size++;
      const { row, revision } = cursor.value;
      for (const kind of kindsOf([row])) kinds.add(kind);
      await cursor.update(toStored(row, revision));
      cursor = await cursor.continue();
    }
    const state = await stateOf(tx);
    await tx
      .objectStore('meta')
      .put({ ...state, rules: rulesOf(types), kinds: [...kinds], size }, STATE);
  }

  const peopleOf = ({ state }: Pick<Snapshot, 'state'>) => {
    const user = options.user ?? state.user;
    const teams = options.teams ?? state.teams;
    return {
      ...(user && { user }),
      ...(teams && { teams }),
      team: options.team ?? state.team ?? ('unknown' as const),
    };
  };

  async function read(call: CallOptions): Promise<Snapshot> {
    const check = (): void => {
      if (call.signal?.aborted) throw failure('aborted');
    };
    check();
    const snapshot = await told(call, cache.current());
    check();
    return snapshot;
  }

  async function stored(id: string, call: CallOptions): Promise<Activity> {
    if (call.signal?.aborted) throw failure('aborted');
    const reading = connection.run('readonly', async (tx) => {
      await stateOf(tx);
      return tx.objectStore('activities').get(id);
    });
    const found = await told(call, reading);
    return existing(found?.row);
  }

  /** What the indexes can answer where there are so many rows that not all are kept in memory. */
  async function byIndex<T>(
    call: CallOptions,
    answer: (
      tx: Transaction<'readonly'>,
      context: EvaluationContext,
      kinds: readonly string[],
    ) => Promise<T | undefined>,
  ): Promise<T | undefined> {
    const { signal, timeZone } = call;
    if (signal?.aborted) throw failure('aborted');
    const reading = connection.run('readonly', async (tx) => {
      const state = await stateOf(tx);
      if ((state.size ?? 0) <= (options.keptRows ?? KEPT_ROWS)) return undefined;
      return answer(tx, { types, timeZone, ...peopleOf({ state }) }, state.kinds ?? []);
    });
    const found = await told(call, reading);
    if (signal?.aborted) throw failure('aborted');
    return found;
  }

  const evaluation = (snapshot: Snapshot, { timeZone }: CallOptions): EvaluationContext => ({
    types,
    timeZone,
    ...peopleOf(snapshot),
    parentOf: snapshot.directory.parentOf,
  });

  /**
   * One write in one transaction: the row as it is stored, what becomes of it, and the key by which a repeat is known.
   * Answers what the first of its repeats did.
   */
  async function write(
    id: string,
    call: WriteOptions,
    change: (
      row: Activity | undefined,
      context: WriteContext,
      tx: Transaction<'readwrite'>,
    ) => Change | Promise<Change>,
    isLong = false,
  ): Promise<Omit<Written, 'key'>> {
    const { idempotencyKey, signal } = call;
    if (signal?.aborted) throw failure('aborted');
    const writing = connection.run(
      'readwrite',
      async (tx): Promise<Outcome> => {
        const written = tx.objectStore('written');
        const before = await written.index('key').get(idempotencyKey);
        if (before) return { answer: before, put: [], remove: [] };

        const activities = tx.objectStore('activities');
        const last = await stateOf(tx);
        const stored = await activities.get(id);
        const context: WriteContext = {
          types,
          user: peopleOf({ state: last }).user,
          now: now(),
          version: crypto.randomUUID(),
        };
        const { put = [], remove = [], ...answer } = await change(stored?.row, context, tx);
        const { row } = answer;
        const revision = last.revision + 1;
        const gone = remove.filter((other) => other !== id);
        const there = await Promise.all(put.map((other) => activities.getKey(other.id)));
        const added = there.filter((key) => key === undefined).length;
        const state = {
          ...last,
          revision,
          ...((!row || gone.length > 0) && { removedAt: revision }),
          size:
            (last.size ?? 0) +
            Number(row !== undefined) -
            Number(stored !== undefined) +
            added -
            gone.length,
          ...(row && { kinds: kindsOf([row, ...put], last.kinds) }),
        };
        const [, , sequence] = await Promise.all([
          row ? activities.put(toStored(row, revision)) : activities.delete(id),
          tx.objectStore('meta').put(state, STATE),
          written.add({ key: idempotencyKey, ...answer }),
          ...put.map((other) => activities.put(toStored(other, revision))),
          ...gone.flatMap((other) => [activities.delete(other), removeFiles(tx, other)]),
        ]);
        await written.delete(IDBKeyRange.upperBound(sequence - WRITTEN_KEPT));
        return { answer, state, put, remove: gone };
      },
      isLong,
    );
    const { answer, state, put, remove } = await told(call, writing);
    if (options.asksPersistence !== false) void keeper.ask();
    if (state) {
      const { row } = answer;
      // Of several rows the next reading asks.
      if (put.length === 0 && remove.length === 0) cache.wrote(id, row, state);
      channel.emit(
        row ? { kind: 'upsert', rows: [row], idempotencyKey } : { kind: 'remove', ids: [id] },
      );
      if (put.length > 0) channel.emit({ kind: 'upsert', rows: put });
      if (remove.length > 0) channel.emit({ kind: 'remove', ids: remove });
    }
    return answer;
  }

  async function seriesOf(
    tx: Transaction<'readwrite'> | Transaction<'readonly'>,
    id: string | undefined,
  ): Promise<StoredSeries | undefined> {
    if (id === undefined) return undefined;
    const activities = tx.objectStore('activities');
    const [master, members] = await Promise.all([
      activities.get(id),
      activities.index('bySeries').getAll(id),
    ]);
    return master && { master: master.row, members: members.map(({ row }) => row) };
  }

  /** A series without an end goes on being one, as long as somebody works with it. */
  async function extend({ id, series }: Activity, call: WriteOptions): Promise<void> {
    if (!series || series.role === 'master') return;
    const before = await connection.run('readonly', (tx) => seriesOf(tx, series.id));
    if (!before || !runsOut(before, now())) return;
    const dates = await loadDates();
    await write(id, { ...call, idempotencyKey: crypto.randomUUID() }, async (row, context, tx) => {
      const found = await seriesOf(tx, series.id);
      return { row: existing(row), put: found ? comingDates(found, context, dates) : [] };
    });
  }

  /** A write that leaves a row. */
  async function writeRow(
    id: string,
    options: WriteOptions,
    change: Parameters<typeof write>[2],
  ): Promise<Activity> {
    const { row } = await write(id, options, change);
    return existing(row);
  }

  /** What nobody waits for. */
  function goOn(row: Activity, call: WriteOptions): void {
    if (row.series) void extend(row, call).catch(() => undefined);
  }

  return {
    name: options.name,
    close: () => connection.close(),

    async query(question, call) {
      const page = await byIndex(call, (tx, context, kinds) =>
        readByIndex(tx, question, context, kinds),
      );
      if (page) return page;
      const snapshot = await read(call);
      return evaluate(snapshot.rows.values(), question, evaluation(snapshot, call));
    },

    capabilities() {
      const query = { ...EMBEDDED_CAPABILITIES.query, totals: 'atLeast' as const };
      const { createRecords } = options;
      return Promise.resolve({
        ...EMBEDDED_CAPABILITIES,
        query,
        ...(createRecords && { createRecords }),
      });
    },

    async session(call) {
      if (call.signal?.aborted) throw failure('aborted');
      const state = await told(call, connection.run('readonly', stateOf));
      return { ...peopleOf({ state }), ...(options.types && { types: options.types }) };
    },

    get: stored,

    async count(question, groups, call) {
      const totals = await byIndex(call, (tx, context, kinds) =>
        countByIndex(tx, question, groups, context, kinds),
      );
      if (totals) return totals;
      const snapshot = await read(call);
      return countGroups(snapshot.rows.values(), question, groups, evaluation(snapshot, call));
    },

    async create(id, draft, options) {
      const dates = await datesFor({ draft });
      return writeRow(id, options, async (row, context, tx) => {
        if (row) throw failure('duplicate');
        const series = await seriesOf(tx, draft.series?.id);
        return createInSeries(id, draft, options, context, series, dates);
      });
    },

    async update(id, patch, options) {
      const dates = await datesFor({ patch }, options);
      const row = await writeRow(id, options, async (before, context, tx) => {
        const series = await seriesOf(tx, before?.series?.id);
        return updateInSeries(existing(before), patch, options, context, series, dates);
      });
      goOn(row, options);
      return row;
    },

    async transition(id, to, options) {
      const row = await writeRow(id, options, (before, context) => ({
        row: transitionedRow(existing(before), to, options, context),
      }));
      goOn(row, options);
      return row;
    },

    async remove(id, options) {
      await write(id, options, async (row, context, tx) => {
        const series = await seriesOf(tx, row?.series?.id);
        const change = removeInSeries(existing(row), options, context, series);
        await removeFiles(tx, id);
        return change;
      });
    },

    attachments: {
      async list(id, call) {
        return (await stored(id, call)).attachments ?? [];
      },

      async upload(id, file, options) {
        const made = attachmentOf(file);
        // Read before the transaction begins, which would end while a file is waited for.
        const chunks = await chunksOf(file);
        const { attachment } = await write(
          id,
          options,
          async (row, _context, tx) => {
            const changed = withAttachment(existing(row), made);
            await writeFile(tx, [id, made.id], chunks, options);
            return { row: changed, attachment: made };
          },
          true,
        );
        return attachment ?? made;
      },

      async download(id, attachmentId, call) {
        if (call.signal?.aborted) throw failure('aborted');
        const reading = connection.run(
          'readonly',
          async (tx) => {
            const stored = await tx.objectStore('activities').get(id);
            const attachment = stored?.row.attachments?.find(({ id: own }) => own === attachmentId);
            if (!attachment) throw failure('not-found');
            return readFile(tx, id, attachment, call);
          },
          true,
        );
        return told(call, reading);
      },

      async remove(id, attachmentId, options) {
        await write(id, options, async (row, _context, tx) => {
          const changed = withoutAttachment(existing(row), attachmentId);
          await removeFiles(tx, id, attachmentId);
          return { row: changed };
        });
      },
    },

    async lookup(text, kinds, call) {
      return (await read(call)).directory.lookup(text, kinds);
    },

    async createRecord(id, draft, call) {
      if (call.signal?.aborted) throw failure('aborted');
      const record = recordOf(id, draft, options.createRecords);
      const writing = connection.run('readwrite', async (tx) => {
        const records = tx.objectStore('records');
        const known = await records.get([record.ref.kind, id]);
        if (known) return known;
        const last = await stateOf(tx);
        const revision = last.revision + 1;
        // Whoever has read the records reads them again.
        const state = { ...last, revision, removedAt: revision };
        await Promise.all([records.put(record), tx.objectStore('meta').put(state, STATE)]);
        return record;
      });
      return told(call, writing);
    },

    async records(ask, call) {
      const { directory } = await read(call);
      return 'refs' in ask ? directory.ofRefs(ask.refs) : directory.dealsOf(ask.dealsOf);
    },

    subscribe(listener) {
      return channel.subscribe(listener);
    },

    async exportAll(call) {
      const writing = connection.run('readonly', (tx) => writeArchive(tx, call), true);
      const archive = await told(call, writing);
      return new File([archive], `${options.name}.jsonl`, { type: archive.type });
    },

    async importAll(file, call) {
      const { people, records, activities, pieces } = await readArchive(file, call);
      const replacing = connection.run(
        'readwrite',
        async (tx) => {
          const { revision } = await stateOf(tx);
          const [rows, refs, files] = [
            tx.objectStore('activities'),
            tx.objectStore('records'),
            tx.objectStore('files'),
          ];
          await Promise.all([rows.clear(), refs.clear(), files.clear()]);
          const next = revision + 1;
          await Promise.all([
            // Another version than any that a row had: what a tab still shows is not taken for it.
            ...activities.map((row) =>
              rows.put(toStored({ ...row, version: crypto.randomUUID() }, next)),
            ),
            ...records.map((record) => refs.put(record)),
            ...pieces.map(([key, piece]) => files.put(piece, key)),
            tx.objectStore('meta').put(stateWith(activities, people, next), STATE),
          ]);
        },
        true,
      );
      await told(call, replacing);
      channel.emit({ kind: 'invalidate' });
    },

    async storageState() {
      const [persistence, space] = await Promise.all([keeper.now(), keeper.space()]);
      return { persistence, ...space };
    },

    askPersistence: () => keeper.ask(),
  };
}

/** What a write leaves behind: the row it is about, and others with it. */
type Change = Omit<Written, 'key'> & Partial<Pick<SeriesWrite, 'put' | 'remove'>>;

interface Outcome extends Pick<SeriesWrite, 'put' | 'remove'> {
  readonly answer: Omit<Written, 'key'>;
  readonly state?: DatabaseState;
}

function existing(row: Activity | undefined): Activity {
  if (!row) throw failure('not-found');
  return row;
}

/** The kinds of record that stand in some rows, with those known before; the same list where there is no other. */
function kindsOf(rows: readonly Activity[], known: readonly string[] = []): readonly string[] {
  const kinds = new Set(known);
  for (const { owner, regarding, parties = [] } of rows) {
    for (const ref of [owner, regarding, ...parties.map(({ record }) => record)]) {
      if (ref) kinds.add(ref.kind);
    }
  }
  return kinds.size === known.length ? known : [...kinds];
}

import type { Activity, RecordRef } from '../../model/activity.js';
import type { ActivityType } from '../../model/activity-type.js';
import { ActivityTypes } from '../../model/activity-types.js';
import { checkActivity } from '../../model/check.js';
import { countGroups, evaluate, type EvaluationContext } from '../../model/evaluate.js';
import { deadlineOf } from '../../model/time.js';
import { ChangeChannel } from '../change-channel.js';
import {
  EMBEDDED_CAPABILITIES,
  checkVersion,
  createdRow,
  systemNow,
  transitionedRow,
  updatedRow,
  type WriteContext,
} from '../embedded.js';
import { failure } from '../failure.js';
import type {
  ActivityDataProvider,
  CallOptions,
  RecordSummary,
  WriteOptions,
} from '../provider.js';
import { Connection, type Transact } from './connection.js';
import { RowCache, stateOf, type Snapshot } from './row-cache.js';
import { STATE, type StoredActivity } from './schema.js';

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
  /** Milliseconds since 1970; for stamps. */
  readonly now?: () => number;
  /** Milliseconds until a call to the storage fails with `timeout`. Default 5,000. */
  readonly timeLimit?: number;
}

/** A provider that keeps its rows in the browser: durable, and one for all tabs of the origin. */
export interface IndexedDbProvider extends Required<
  Pick<
    ActivityDataProvider,
    | 'name'
    | 'query'
    | 'capabilities'
    | 'session'
    | 'get'
    | 'count'
    | 'create'
    | 'update'
    | 'transition'
    | 'remove'
    | 'lookup'
    | 'records'
    | 'subscribe'
  >
> {
  /** Lets go of the database, until the next call opens it again. */
  close(): void;
}

/** Repeats of this many writes are recognised. */
const WRITTEN_KEPT = 1000;

export function createIndexedDbProvider(options: IndexedDbProviderOptions): IndexedDbProvider {
  const types = new ActivityTypes(options.types);
  const now = options.now ?? systemNow;
  const channel = new ChangeChannel(`activity-kit:indexeddb:${options.name}`);
  const connection = new Connection(options.name, options.timeLimit ?? 5000, fill);
  const cache = new RowCache(connection);

  const toStored = (row: Activity, revision: number): StoredActivity => {
    const deadline = deadlineOf(row, types.get(row.type));
    return { id: row.id, row, revision, ...(deadline !== undefined && { deadline }) };
  };

  /** Fills a new database. Where two tabs are at it, the later one finds it filled and leaves it so. */
  async function fill(transact: Transact): Promise<void> {
    if (await transact('readonly', (tx) => tx.objectStore('meta').get(STATE))) return;
    const {
      activities = [],
      records = [],
      ...people
    } = (typeof options.seed === 'function' ? await options.seed() : options.seed) ?? {};
    const checked = activities.map(checkActivity);
    const problems = checked.flatMap((one) => one.problems);
    if (problems.length > 0) console.warn(`${options.name}: ${problems.join('; ')}`);
    const rows = checked.flatMap(({ row }) => row ?? []);
    await transact('readwrite', async (tx) => {
      const meta = tx.objectStore('meta');
      if (await meta.get(STATE)) return;
      await Promise.all([
        ...rows.map((row) =>
          tx.objectStore('activities').put(toStored({ version: crypto.randomUUID(), ...row }, 1)),
        ),
        ...records.map((record) => tx.objectStore('records').put(record)),
        meta.put({ ...people, identity: crypto.randomUUID(), revision: 1, removedAt: 0 }, STATE),
      ]);
    });
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

  async function read({ signal }: CallOptions): Promise<Snapshot> {
    const check = (): void => {
      if (signal?.aborted) throw failure('aborted');
    };
    check();
    const snapshot = await cache.current();
    check();
    return snapshot;
  }

  const evaluation = (snapshot: Snapshot, { timeZone }: CallOptions): EvaluationContext => ({
    types,
    timeZone,
    ...peopleOf(snapshot),
    parentOf: snapshot.directory.parentOf,
  });

  /**
   * One write in one transaction: the row as it is stored, what becomes of it, and the key by which a repeat is known.
   * `change` answers undefined to remove the row.
   */
  async function write(
    id: string,
    { idempotencyKey, signal }: WriteOptions,
    change: (row: Activity | undefined, context: WriteContext) => Activity | undefined,
  ): Promise<Activity | undefined> {
    if (signal?.aborted) throw failure('aborted');
    const outcome = await connection.run('readwrite', async (tx) => {
      const written = tx.objectStore('written');
      const before = await written.index('key').get(idempotencyKey);
      if (before) return { row: before.row };

      const activities = tx.objectStore('activities');
      const last = await stateOf(tx);
      const stored = await activities.get(id);
      const row = change(stored?.row, {
        types,
        user: peopleOf({ state: last }).user,
        now: now(),
        version: crypto.randomUUID(),
      });
      const revision = last.revision + 1;
      const state = { ...last, revision, ...(!row && { removedAt: revision }) };
      const [, , sequence] = await Promise.all([
        row ? activities.put(toStored(row, revision)) : activities.delete(id),
        tx.objectStore('meta').put(state, STATE),
        written.add({ key: idempotencyKey, ...(row && { row }) }),
      ]);
      await written.delete(IDBKeyRange.upperBound(sequence - WRITTEN_KEPT));
      return { row, state };
    });
    const { row, state } = outcome;
    if (state) {
      cache.wrote(id, row, state);
      channel.emit(
        row ? { kind: 'upsert', rows: [row], idempotencyKey } : { kind: 'remove', ids: [id] },
      );
    }
    return row;
  }

  /** A write that leaves a row. */
  async function writeRow(
    id: string,
    options: WriteOptions,
    change: (row: Activity | undefined, context: WriteContext) => Activity,
  ): Promise<Activity> {
    const row = await write(id, options, change);
    if (!row) throw failure('not-found');
    return row;
  }

  return {
    name: options.name,
    close: () => connection.close(),

    async query(question, call) {
      const snapshot = await read(call);
      return evaluate(snapshot.rows.values(), question, evaluation(snapshot, call));
    },

    capabilities() {
      return Promise.resolve(EMBEDDED_CAPABILITIES);
    },

    async session(call) {
      return { ...peopleOf(await read(call)), ...(options.types && { types: options.types }) };
    },

    async get(id, call) {
      return existing((await read(call)).rows.get(id));
    },

    async count(question, groups, call) {
      const snapshot = await read(call);
      return countGroups(snapshot.rows.values(), question, groups, evaluation(snapshot, call));
    },

    create(id, draft, options) {
      return writeRow(id, options, (row, context) => {
        if (row) throw failure('duplicate');
        return createdRow(id, draft, options, context);
      });
    },

    update(id, patch, options) {
      return writeRow(id, options, (row, context) =>
        updatedRow(existing(row), patch, options, context),
      );
    },

    transition(id, to, options) {
      return writeRow(id, options, (row, context) =>
        transitionedRow(existing(row), to, options, context),
      );
    },

    async remove(id, options) {
      await write(id, options, (row) => {
        checkVersion(existing(row), options);
        return undefined;
      });
    },

    async lookup(text, kinds, call) {
      return (await read(call)).directory.lookup(text, kinds);
    },

    async records(ask, call) {
      const { directory } = await read(call);
      return 'refs' in ask ? directory.ofRefs(ask.refs) : directory.dealsOf(ask.dealsOf);
    },

    subscribe(listener) {
      return channel.subscribe(listener);
    },
  };
}

function existing(row: Activity | undefined): Activity {
  if (!row) throw failure('not-found');
  return row;
}

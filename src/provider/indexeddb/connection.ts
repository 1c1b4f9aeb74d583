import { openDB, type IDBPDatabase, type IDBPTransaction, type StoreNames } from 'idb';
import { failure } from '../failure.js';
import { migrations, type ActivityDatabase } from './schema.js';
import { isAbort, isLostConnection, toStorageFailure, unavailable } from './storage-failure.js';

type Database = IDBPDatabase<ActivityDatabase>;
type StoreName = StoreNames<ActivityDatabase>;
export type Transaction<Mode extends IDBTransactionMode> = IDBPTransaction<
  ActivityDatabase,
  StoreName[],
  Mode
>;

/** How often a lost connection is opened again before the call fails. */
const REOPEN = 3;

/** How much longer than a call the work of preparing may take. */
const PREPARE_FACTOR = 10;

const ALL_STORES: StoreName[] = ['activities', 'records', 'meta', 'written'];

/** Does some work in one transaction and answers once that is complete. */
export type Transact = <T, Mode extends 'readonly' | 'readwrite'>(
  mode: Mode,
  work: (transaction: Transaction<Mode>) => Promise<T>,
) => Promise<T>;

/**
 * One database, opened when first needed and again when it was lost; a broken connection is never kept.
 * Each transaction has a time limit, because one that waits for another tab's gets no event at all.
 */
export class Connection {
  readonly #name: string;
  readonly #timeLimit: number;
  readonly #prepare: (transact: Transact) => Promise<void>;
  #opening: Promise<Database> | undefined;

  /** `prepare` fills a database that is new; it is called after each opening, before anything else is done. */
  constructor(name: string, timeLimit: number, prepare: (transact: Transact) => Promise<void>) {
    this.#name = name;
    this.#timeLimit = timeLimit;
    this.#prepare = prepare;
  }

  /** Work runs again where the connection was lost under it, so it must bear that. */
  run: Transact = async (mode, work) => {
    for (let left = REOPEN; ; left--) {
      const opening = (this.#opening ??= this.#open());
      try {
        return await this.#transact(await opening, mode, work);
      } catch (thrown) {
        if (isLostConnection(thrown)) this.#drop(opening);
        if (left === 0 || !isLostConnection(thrown)) throw toStorageFailure(thrown);
      }
    }
  };

  close(): void {
    if (this.#opening) this.#drop(this.#opening);
  }

  #open(): Promise<Database> {
    const opening = this.#openAndPrepare();
    opening.catch(() => this.#drop(opening));
    return opening;
  }

  async #openAndPrepare(): Promise<Database> {
    if (!hasIndexedDb()) throw unavailable();
    const opening: Promise<Database> = openDB<ActivityDatabase>(this.#name, migrations.length, {
      upgrade: (db, from) => {
        for (const migrate of migrations.slice(from)) migrate(db);
      },
      // Another tab wants to change or delete the database, and waits until this connection is closed.
      blocking: () => {
        closeLater(opening);
        this.close();
      },
      terminated: () => this.close(),
    });
    // It may still open after its time; nobody waits for it then.
    const db = await inTime(opening, this.#timeLimit, () => closeLater(opening));
    try {
      // Filling a database takes as long as there are rows.
      const limit = this.#timeLimit * PREPARE_FACTOR;
      await this.#prepare((mode, work) => this.#transact(db, mode, work, limit));
    } catch (thrown) {
      db.close();
      throw thrown;
    }
    return db;
  }

  #drop(opening: Promise<Database>): void {
    if (this.#opening === opening) this.#opening = undefined;
    closeLater(opening);
  }

  #transact<T, Mode extends 'readonly' | 'readwrite'>(
    db: Database,
    mode: Mode,
    work: (transaction: Transaction<Mode>) => Promise<T>,
    limit = this.#timeLimit,
  ): Promise<T> {
    const transaction = db.transaction(ALL_STORES, mode, {
      // A write is acknowledged when it is on the disk; half a millisecond more than in the system's cache.
      durability: mode === 'readwrite' ? 'strict' : 'default',
    });
    const ended = transaction.done.then(
      () => undefined,
      (why: unknown) => why ?? new DOMException('', 'AbortError'),
    );
    const done = (async () => {
      try {
        const result = await work(transaction);
        await transaction.done;
        return result;
      } catch (thrown) {
        abort(transaction);
        // A request that was aborted does not know why its transaction was (no room left, say).
        throw isAbort(thrown) ? ((await ended) ?? thrown) : thrown;
      }
    })();
    return inTime(done, limit, () => abort(transaction));
  }
}

function closeLater(opening: Promise<Database>): void {
  opening.then((db) => db.close()).catch(() => undefined);
}

/** Sandboxed frames throw on the mere question. */
function hasIndexedDb(): boolean {
  try {
    return typeof indexedDB === 'object' && indexedDB !== null;
  } catch {
    return false;
  }
}

function abort(transaction: { abort(): void }): void {
  try {
    transaction.abort();
  } catch {
    // It has ended by itself.
  }
}

async function inTime<T>(work: Promise<T>, limit: number, giveUp: () => void): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      giveUp();
      reject(failure('timeout', 'This browser’s storage takes too long to answer.'));
    }, limit);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

import {
  openDB,
  type DBSchema,
  type IDBPDatabase,
  type IDBPTransaction,
  type StoreNames,
} from 'idb';
import { failure, type ProviderFailure } from '../failure.js';
import { isAbort, isLostConnection, toStorageFailure, unavailable } from './storage-failure.js';
import { STORAGE_WORDS } from './storage-words.js';

export type DatabaseTransaction<
  S extends DBSchema,
  Mode extends IDBTransactionMode,
> = IDBPTransaction<S, StoreNames<S>[], Mode>;

/**
 * Does some work in one transaction and answers once that is complete. `isLong`: it takes as long as there are rows or bytes.
 */
export type DatabaseTransact<S extends DBSchema> = <T, Mode extends 'readonly' | 'readwrite'>(
  mode: Mode,
  work: (transaction: DatabaseTransaction<S, Mode>) => Promise<T>,
  isLong?: boolean,
) => Promise<T>;

/** The transaction in which a database gets another form. */
export type UpgradeTransaction<S extends DBSchema> = DatabaseTransaction<S, 'versionchange'>;

export interface DatabasePlan<S extends DBSchema> {
  readonly name: string;
  readonly stores: readonly StoreNames<S>[];
  /** Each entry leads from the version that is its index to the next one; none is ever changed or taken out. */
  readonly migrations: readonly ((
    db: IDBPDatabase<S>,
    transaction: UpgradeTransaction<S>,
  ) => void)[];
  /** Milliseconds that opening may take, and again each transaction, until the call fails with `timeout`. */
  readonly timeLimit: number;
  /** Called after each opening, before anything else is done: fills a database that is new. */
  prepare?(transact: DatabaseTransact<S>): Promise<void>;
  /** Milliseconds that long work, and preparing, may take; default: the time limit. */
  readonly longLimit?: number;
  /** What opening fails with where another tab does not let go of an older form in time. */
  blockedFailure?(): ProviderFailure;
  /** Another tab has the database open in an older form and does not let go of it. */
  onBlocked?(): void;
  /** The browser closed the database under our feet: it was erased, or its storage process died. */
  onLost?(): void;
}

/** How often a lost connection is opened again before the call fails. */
const REOPEN = 3;

/**
 * One database, opened when first needed and again when it was lost; a broken connection is never kept.
 * Each transaction has a time limit, because one that waits for another tab's gets no event at all.
 */
export class DatabaseConnection<S extends DBSchema> {
  readonly #plan: DatabasePlan<S>;
  #opening: Promise<IDBPDatabase<S>> | undefined;

  constructor(plan: DatabasePlan<S>) {
    this.#plan = plan;
  }

  /** Work runs again where the connection was lost under it, so it must bear that. */
  run: DatabaseTransact<S> = async (mode, work, isLong) => {
    for (let left = REOPEN; ; left--) {
      const opening = (this.#opening ??= this.#open());
      try {
        return await this.#transact(await opening, mode, work, isLong);
      } catch (thrown) {
        if (isLostConnection(thrown)) this.#drop(opening);
        if (left === 0 || !isLostConnection(thrown)) throw toStorageFailure(thrown);
      }
    }
  };

  /** Lets go of the database once what is under way is done; the next call opens it again. */
  close(): void {
    if (this.#opening) this.#drop(this.#opening);
  }

  #open(): Promise<IDBPDatabase<S>> {
    const opening = this.#openAndPrepare();
    opening.catch(() => this.#drop(opening));
    return opening;
  }

  async #openAndPrepare(): Promise<IDBPDatabase<S>> {
    const { name, migrations, timeLimit, prepare } = this.#plan;
    if (!hasIndexedDb()) throw unavailable();
    let isBlocked = false;
    const opening: Promise<IDBPDatabase<S>> = openDB<S>(name, migrations.length, {
      upgrade: (db, from, _to, transaction) => {
        for (const migrate of migrations.slice(from)) migrate(db, transaction);
      },
      blocked: () => {
        isBlocked = true;
        this.#plan.onBlocked?.();
      },
      // Another tab wants to change or delete the database, and waits until this connection is closed.
      blocking: () => {
        closeLater(opening);
        this.close();
      },
      terminated: () => {
        this.close();
        this.#plan.onLost?.();
      },
    });
    const db = await inTime(
      opening,
      timeLimit,
      () => {
        // It may still open after its time; nobody waits for it then.
        closeLater(opening);
        return true;
      },
      () => (isBlocked ? this.#plan.blockedFailure?.() : undefined),
    );
    try {
      await prepare?.((mode, work) => this.#transact(db, mode, work, true));
    } catch (thrown) {
      db.close();
      throw thrown;
    }
    return db;
  }

  #drop(opening: Promise<IDBPDatabase<S>>): void {
    if (this.#opening === opening) this.#opening = undefined;
    closeLater(opening);
  }

  #transact<T, Mode extends 'readonly' | 'readwrite'>(
    db: IDBPDatabase<S>,
    mode: Mode,
    work: (transaction: DatabaseTransaction<S, Mode>) => Promise<T>,
    isLong = false,
  ): Promise<T> {
    const { timeLimit, longLimit = timeLimit } = this.#plan;
    const transaction = db.transaction([...this.#plan.stores], mode, {
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
    // What is being written to the disk already is waited for: nobody may call it failed.
    return inTime(done, isLong ? longLimit : timeLimit, () => abort(transaction));
  }
}

function closeLater<S extends DBSchema>(opening: Promise<IDBPDatabase<S>>): void {
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

/** False where it is too late for that: it has ended, or is being written. */
function abort(transaction: { abort(): void }): boolean {
  try {
    transaction.abort();
    return true;
  } catch {
    return false;
  }
}

/** `giveUp` answers whether the work was really ended; if not, it is waited for. */
async function inTime<T>(
  work: Promise<T>,
  limit: number,
  giveUp: () => boolean,
  why?: () => ProviderFailure | undefined,
): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      if (giveUp()) {
        const late = failure('timeout', STORAGE_WORDS.slow);
        reject(Object.assign(late, why?.()));
      }
    }, limit);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

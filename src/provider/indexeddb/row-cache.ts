import type { Activity } from '../../model/activity.js';
import { RecordDirectory } from '../embedded.js';
import type { Connection, Transaction } from './connection.js';
import { STATE, type DatabaseState } from './schema.js';

/** Everything that is stored, as of one moment. */
export interface Snapshot {
  readonly state: DatabaseState;
  readonly rows: ReadonlyMap<string, Activity>;
  readonly directory: RecordDirectory;
}

/**
 * The rows in memory. Before each answer the database is asked for its revision, one small read, and what was written
 * since is read: so other tabs' writes are seen even where their messages got lost.
 */
export class RowCache {
  readonly #connection: Connection;
  readonly #rows = new Map<string, Activity>();
  #directory = new RecordDirectory();
  #state: DatabaseState | undefined;
  /** One reading at a time: a second question finds what the first one read. */
  #reading: Promise<unknown> = Promise.resolve();

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  current(): Promise<Snapshot> {
    const reading = this.#reading.then(() => this.#read());
    this.#reading = reading.catch(() => undefined);
    return reading;
  }

  /** Takes over an own write, if nobody else's came before it; otherwise the next reading does. */
  wrote(id: string, row: Activity | undefined, state: DatabaseState): void {
    if (this.#state?.identity !== state.identity) return;
    if (this.#state.revision !== state.revision - 1) return;
    if (row) this.#rows.set(id, row);
    else this.#rows.delete(id);
    this.#state = state;
  }

  #read(): Promise<Snapshot> {
    return this.#connection.run('readonly', async (transaction) => {
      const state = await stateOf(transaction);
      const known = this.#state?.identity === state.identity ? this.#state : undefined;
      const stored = transaction.objectStore('activities');
      if (known && known.removedAt === state.removedAt) {
        if (known.revision !== state.revision) {
          const since = IDBKeyRange.lowerBound(known.revision, true);
          for (const { id, row } of await stored.index('revision').getAll(since)) {
            this.#rows.set(id, row);
          }
        }
      } else {
        const all = await stored.getAll();
        this.#directory = new RecordDirectory(await transaction.objectStore('records').getAll());
        this.#rows.clear();
        for (const { id, row } of all) this.#rows.set(id, row);
      }
      this.#state = state;
      return { state, rows: this.#rows, directory: this.#directory };
    });
  }
}

/** The row about the database, which is there since it was filled. */
export async function stateOf(
  transaction: Transaction<'readonly'> | Transaction<'readwrite'>,
): Promise<DatabaseState> {
  const state = await transaction.objectStore('meta').get(STATE);
  // Gone under our feet: as if the connection had been lost, so that it is opened and filled anew.
  if (!state) throw new DOMException('', 'InvalidStateError');
  return state;
}

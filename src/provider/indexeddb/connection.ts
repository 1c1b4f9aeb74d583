import {
  DatabaseConnection,
  type DatabaseTransact,
  type DatabaseTransaction,
} from './database-connection.js';
import { failure } from '../failure.js';
import { ALL_STORES, migrations, type ActivityDatabase } from './schema.js';
import { STORAGE_WORDS } from './storage-words.js';

export type Transaction<Mode extends IDBTransactionMode> = DatabaseTransaction<
  ActivityDatabase,
  Mode
>;
export type Transact = DatabaseTransact<ActivityDatabase>;

/** How much longer than a call long work may take: filling a database takes as long as there are rows. */
const LONG_FACTOR = 20;

/** The database of an IndexedDB provider. */
export class Connection extends DatabaseConnection<ActivityDatabase> {
  /** `prepare` fills a database that is new; it is called after each opening, before anything else is done. */
  constructor(name: string, timeLimit: number, prepare: (transact: Transact) => Promise<void>) {
    super({
      name,
      stores: ALL_STORES,
      migrations,
      timeLimit,
      prepare,
      longLimit: timeLimit * LONG_FACTOR,
      blockedFailure: () => failure('timeout', STORAGE_WORDS.blocked),
    });
  }
}

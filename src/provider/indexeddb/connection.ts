import {
  DatabaseConnection,
  type DatabaseTransact,
  type DatabaseTransaction,
} from './database-connection.js';
import { migrations, type ActivityDatabase } from './schema.js';

export type Transaction<Mode extends IDBTransactionMode> = DatabaseTransaction<
  ActivityDatabase,
  Mode
>;
export type Transact = DatabaseTransact<ActivityDatabase>;

/** How much longer than a call the work of preparing may take: filling a database takes as long as there are rows. */
const PREPARE_FACTOR = 10;

/** The database of an IndexedDB provider. */
export class Connection extends DatabaseConnection<ActivityDatabase> {
  /** `prepare` fills a database that is new; it is called after each opening, before anything else is done. */
  constructor(name: string, timeLimit: number, prepare: (transact: Transact) => Promise<void>) {
    super({
      name,
      stores: ['activities', 'records', 'meta', 'written'],
      migrations,
      timeLimit,
      prepare,
      prepareLimit: timeLimit * PREPARE_FACTOR,
    });
  }
}

import type { DBSchema, IDBPDatabase } from 'idb';
import type { Activity, RecordRef } from '../../model/activity.js';
import type { RecordSummary } from '../provider.js';

export interface StoredActivity {
  readonly id: string;
  readonly row: Activity;
  /** Of the database when this was written: asks for what is new since another. */
  readonly revision: number;
  /** Due, or the end where the type goes by it, as it was entered. */
  readonly deadline?: string;
}

/** The one row about the database itself. */
export interface DatabaseState {
  /** Drawn when the database is filled: one that was erased and filled again is another. */
  readonly identity: string;
  /** Grows by one with every write. */
  readonly revision: number;
  /** The revision that last removed a row. */
  readonly removedAt: number;
  readonly user?: RecordRef;
  readonly teams?: readonly RecordRef[];
  readonly team?: readonly RecordRef[];
}

/** What a write answered, so that its repeat answers the same. `row` is missing where it removed one. */
export interface Written {
  readonly key: string;
  readonly row?: Activity;
}

export interface ActivityDatabase extends DBSchema {
  activities: {
    key: string;
    value: StoredActivity;
    indexes: {
      revision: number;
      deadline: string;
      state: string;
      regarding: string;
      owner: string;
      modifiedAt: string;
    };
  };
  records: { key: [string, string]; value: RecordSummary };
  meta: { key: string; value: DatabaseState };
  written: { key: number; value: Written; indexes: { key: string } };
}

/** Key of the row about the database in `meta`. */
export const STATE = 'state';

/** Each entry leads from the version that is its index to the next one; none is ever changed or taken out. */
export const migrations: readonly ((db: IDBPDatabase<ActivityDatabase>) => void)[] = [
  (db) => {
    const activities = db.createObjectStore('activities', { keyPath: 'id' });
    activities.createIndex('revision', 'revision');
    activities.createIndex('deadline', 'deadline');
    activities.createIndex('state', 'row.state');
    activities.createIndex('regarding', 'row.regarding.id');
    activities.createIndex('owner', 'row.owner.id');
    activities.createIndex('modifiedAt', 'row.modifiedAt');
    db.createObjectStore('records', { keyPath: ['ref.kind', 'ref.id'] });
    db.createObjectStore('meta');
    db.createObjectStore('written', { autoIncrement: true }).createIndex('key', 'key', {
      unique: true,
    });
  },
];

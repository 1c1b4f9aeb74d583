import type { DBSchema, IDBPDatabase, StoreNames } from 'idb';
import type { Activity, Attachment, RecordRef } from '../../model/activity.js';
import type { RecordSummary } from '../provider.js';
import type { UpgradeTransaction } from './database-connection.js';
import type { ActivityKeys, TimeKey } from './keys.js';

export interface StoredActivity {
  readonly id: string;
  readonly row: Activity;
  /** Of the database when this was written: asks for what is new since another. */
  readonly revision: number;
  /** What the indexes hold. Missing: in no index. */
  readonly keys?: ActivityKeys;
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
  /** How many activities there are. */
  readonly size?: number;
  /** By which rules the keys of all rows were made (`rulesOf`). */
  readonly rules?: string;
  /** Kinds of record that stand somewhere as owner, regarding or party: a bare id may be of each of them. */
  readonly kinds?: readonly string[];
}

/** What a write answered, so that its repeat answers the same. `row` is missing where it removed one. */
export interface Written {
  readonly key: string;
  readonly row?: Activity;
  readonly attachment?: Attachment;
}

/** A piece of a file. Browsers put larger values into files of their own, and some of those get lost. */
export const CHUNK = 60 * 1024;

export interface ActivityDatabase extends DBSchema {
  activities: {
    key: string;
    value: StoredActivity;
    indexes: {
      revision: number;
      byDeadline: [TimeKey, string];
      byState: [string, TimeKey, string];
      byOwner: [string, string, TimeKey, string];
      byType: [string, string, TimeKey, string];
      byModified: [TimeKey, string];
      byOwnerModified: [string, TimeKey, string];
      byCreated: [TimeKey, string];
      byRegarding: [string, TimeKey, string];
      byParty: string;
      byThread: string;
      bySeries: string;
      byPlace: [number, TimeKey, string];
    };
  };
  records: { key: [string, string]; value: RecordSummary; indexes: { byParent: [string, string] } };
  meta: { key: string; value: DatabaseState };
  written: { key: number; value: Written; indexes: { key: string } };
  /** Files in pieces, under the activity's id, the file's and the number of the piece. */
  files: { key: [string, string, number]; value: ArrayBuffer };
}

export type StoreName = StoreNames<ActivityDatabase>;
export const ALL_STORES: StoreName[] = ['activities', 'records', 'meta', 'written', 'files'];

/** Key of the row about the database in `meta`. */
export const STATE = 'state';

/**
 * Each entry leads from the version that is its index to the next one; none is ever changed or taken out. They only make room:
 * the keys of rows that are there already are made when the database is opened (`rules`).
 */
export const migrations: readonly ((
  db: IDBPDatabase<ActivityDatabase>,
  transaction: UpgradeTransaction<ActivityDatabase>,
) => void)[] = [
  (db) => {
    const activities = db.createObjectStore('activities', { keyPath: 'id' });
    activities.createIndex('revision', 'revision');
    // These were never read, and are gone in the next version.
    const old = activities as unknown as IDBObjectStore;
    old.createIndex('deadline', 'deadline');
    old.createIndex('state', 'row.state');
    old.createIndex('regarding', 'row.regarding.id');
    old.createIndex('owner', 'row.owner.id');
    old.createIndex('modifiedAt', 'row.modifiedAt');
    db.createObjectStore('records', { keyPath: ['ref.kind', 'ref.id'] });
    db.createObjectStore('meta');
    db.createObjectStore('written', { autoIncrement: true }).createIndex('key', 'key', {
      unique: true,
    });
  },
  (db, transaction) => {
    const activities = transaction.objectStore('activities');
    const old = activities as unknown as IDBObjectStore;
    for (const name of ['deadline', 'state', 'regarding', 'owner', 'modifiedAt']) {
      old.deleteIndex(name);
    }
    // The id at the end makes each entry one of its own, so that a page begins exactly where the last one ended.
    activities.createIndex('byDeadline', ['keys.deadline', 'id']);
    activities.createIndex('byState', ['keys.state', 'keys.deadline', 'id']);
    activities.createIndex('byOwner', ['keys.owner', 'keys.state', 'keys.deadline', 'id']);
    activities.createIndex('byType', ['keys.type', 'keys.state', 'keys.deadline', 'id']);
    activities.createIndex('byModified', ['keys.modified', 'id']);
    activities.createIndex('byOwnerModified', ['keys.owner', 'keys.modified', 'id']);
    activities.createIndex('byCreated', ['keys.created', 'id']);
    activities.createIndex('byRegarding', ['keys.regarding', 'keys.modified', 'id']);
    activities.createIndex('byParty', 'keys.parties', { multiEntry: true });
    activities.createIndex('byThread', 'keys.thread');
    activities.createIndex('bySeries', 'keys.series');
    activities.createIndex('byPlace', ['keys.length', 'keys.place', 'id']);
    transaction.objectStore('records').createIndex('byParent', ['parent.kind', 'parent.id']);
    db.createObjectStore('files');
  },
];

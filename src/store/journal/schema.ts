import type { DBSchema, IDBPDatabase } from 'idb';
import type { ProviderFailure } from '../../provider/failure.js';
import type { JournalEntry, StoredState } from './journal.js';

/** One change, under the sequence that the database gave it. */
export interface StoredChange {
  readonly id: string;
  /** Of the record. */
  readonly key: string;
  readonly state: StoredState;
  readonly error?: ProviderFailure;
  /** Missing where it is too large for one value: then it is its pieces, joined and parsed. */
  readonly entry?: JournalEntry;
}

export interface JournalDatabase extends DBSchema {
  entries: { key: number; value: StoredChange; indexes: { id: string; key: string } };
  /** By sequence and number of the piece. */
  pieces: { key: [number, number]; value: string };
  meta: { key: 'identity' | 'sender' | 'probe'; value: string };
}

/** Each entry leads from the version that is its index to the next one; none is ever changed or taken out. */
export const migrations: readonly ((db: IDBPDatabase<JournalDatabase>) => void)[] = [
  (db) => {
    const entries = db.createObjectStore('entries', { autoIncrement: true });
    entries.createIndex('id', 'id', { unique: true });
    entries.createIndex('key', 'key');
    db.createObjectStore('pieces');
    db.createObjectStore('meta');
  },
];

/**
 * How much of an entry's text goes into one value. Chromium puts what is larger than 64 KB into files of their own, and one
 * that can't be written there fails the whole transaction; a character takes two bytes at most.
 */
const PIECE = 16_000;

/** The text of an entry in pieces, or nothing where it fits into one value. */
export function toPieces(entry: JournalEntry): readonly string[] {
  const text = JSON.stringify(entry);
  if (text.length <= PIECE) return [];
  return Array.from({ length: Math.ceil(text.length / PIECE) }, (_, index) =>
    text.slice(index * PIECE, (index + 1) * PIECE),
  );
}

export function fromPieces(pieces: readonly string[]): JournalEntry {
  return JSON.parse(pieces.join('')) as JournalEntry;
}

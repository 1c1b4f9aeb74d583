import { toPlainJson } from '../../model/json.js';
import {
  DatabaseConnection,
  type DatabaseTransact,
  type DatabaseTransaction,
} from '../../provider/indexeddb/database-connection.js';
import { StorageKeeper, type BrowserStorage } from '../../provider/indexeddb/persistence.js';
import { failure, toFailure, type ProviderFailure } from '../../provider/failure.js';
import type {
  Journal,
  JournalChange,
  JournalEntry,
  JournalOutcome,
  JournalProblem,
  OpenJournal,
  StoredEntry,
  StoredState,
} from './journal.js';
import { KeptText, nameOfKept } from './kept-text.js';
import { Marker } from './marker.js';
import {
  fromPieces,
  migrations,
  toPieces,
  type JournalDatabase,
  type StoredChange,
} from './schema.js';
import { SenderLock, canLock } from './sender-lock.js';

export interface JournalOptions {
  /** Milliseconds that opening the storage may take, and again each call to it. Default 1,400: together less than three seconds. */
  readonly timeLimit?: number;
  /** Milliseconds within which the tab that sends must answer another tab's word. Default 2,500. */
  readonly answerLimit?: number;
  /**
   * Milliseconds that something must have waited here before the browser is asked, once, not to throw it away when it wants room:
   * Firefox asks its user, and what goes out at once is nothing to ask about. Default 3,000; `Infinity`: never.
   */
  readonly keepAfter?: number;
  /** In place of the browser's own; for tests. */
  readonly storage?: BrowserStorage;
}

/** What tabs say to each other. Each is a hint: what counts stands in the database. */
type Message =
  | { readonly kind: 'changed' }
  | { readonly kind: 'settled'; readonly id: string; readonly outcome: JournalOutcome }
  /** Are you there, sender? */
  | { readonly kind: 'call' }
  | { readonly kind: 'answer' }
  /** The database is gone; these were in it. */
  | { readonly kind: 'gone'; readonly entries: readonly StoredEntry[] };

type Transaction = DatabaseTransaction<JournalDatabase, 'readwrite'>;
type Reading = DatabaseTransaction<JournalDatabase, 'readonly'>;

/** Ended changes that the sender still knows, so that no other tab's memory brings them back. */
const REMEMBERED = 1000;
/** Between two tries of a storage that fails, in milliseconds. */
const LONGEST_PAUSE = 5000;
const PROBE_LENGTH = 64 * 1024;

/**
 * A journal in the browser's own database: changes survive a reload, a crash and a closed tab, and go out when the backend can be
 * reached again, from one tab only. Needs IndexedDB and Web Locks, so a secure origin; where they are missing, opening rejects.
 */
export function createJournal(options: JournalOptions = {}): Journal {
  return {
    async open({ provider, user }) {
      const name = nameOfKept('journal', provider, user);
      if (!canLock()) {
        throw failure('unsupported', 'Saving here needs Web Locks, which only secure pages have.');
      }
      lastUserOf(provider).set(user);
      const journal = new IndexedDbJournal(name, options);
      try {
        await journal.load();
      } catch (thrown) {
        // Storage that is merely late, or held by another tab, comes back; it is told until then.
        if (toFailure(thrown).code !== 'unsupported') return journal;
        journal.close();
        throw thrown;
      }
      return journal;
    },
    lastUser: (provider) => lastUserOf(provider).get(),
    forgetUser: (provider) => lastUserOf(provider).set(undefined),
  };
}

function lastUserOf(provider: string): KeptText {
  return new KeptText(nameOfKept('journal-user', provider));
}

class IndexedDbJournal implements OpenJournal {
  readonly #connection: DatabaseConnection<JournalDatabase>;
  readonly #marker: Marker;
  readonly #lock: SenderLock;
  readonly #channel: BroadcastChannel | undefined;
  readonly #answerLimit: number;
  readonly #listeners = new Set<(change: JournalChange) => void>();
  /** What stood in the database when this tab last knew, by id: brings it back where the browser threw it away. */
  readonly #known = new Map<string, StoredEntry>();
  readonly #ended = new Set<string>();
  /** Drawn each time the lock is had: a sender that lost it unknowingly finds another's here. */
  #term = '';
  #hasTerm = false;
  #wakeTurn: () => void = () => undefined;
  #identity: string | undefined;
  #unanswered: ReturnType<typeof setTimeout> | undefined;
  readonly #troubles = new Map<JournalProblem, ProviderFailure>();
  #probing: ReturnType<typeof setTimeout> | undefined;
  readonly #closed = new AbortController();
  readonly #keeper: StorageKeeper;
  readonly #keepAfter: number;
  #keeping: ReturnType<typeof setTimeout> | undefined;

  constructor(
    name: string,
    { timeLimit = 1400, answerLimit = 2500, keepAfter = 3000, storage }: JournalOptions,
  ) {
    this.#answerLimit = answerLimit;
    this.#keepAfter = keepAfter;
    this.#keeper = new StorageKeeper(storage);
    this.#marker = new Marker(name);
    this.#connection = new DatabaseConnection<JournalDatabase>({
      name,
      stores: ['entries', 'pieces', 'meta'],
      migrations,
      timeLimit,
      prepare: (transact) => this.#recognise(transact),
      onLost: () => this.#probe(0),
      onBlocked: () =>
        this.#trouble('blocked', failure('timeout', 'Another tab holds this page’s storage.')),
    });
    this.#lock = new SenderLock(name, (isHeld) => void this.#takeTurn(isHeld));
    if (typeof BroadcastChannel === 'function') {
      this.#channel = new BroadcastChannel(name);
      this.#channel.onmessage = ({ data }: MessageEvent<Message>) => this.#hear(data);
    }
    globalThis.addEventListener?.(
      'pageshow',
      (event) => {
        // What was said meanwhile was not heard.
        if (event.persisted) this.#tell({ kind: 'changed' });
      },
      { signal: this.#closed.signal },
    );
  }

  get isSender(): boolean {
    return this.#hasTerm && this.#lock.isHeld;
  }

  async append(entries: readonly JournalEntry[]): Promise<readonly number[]> {
    const sequences = await this.#write((tx) => this.#keep(tx, entries, 'waiting'));
    // What takes nothing in, or little, goes well without room too.
    this.#recover('no-room');
    entries.forEach((entry, index) => {
      const sequence = sequences[index];
      if (sequence !== undefined) this.#know({ sequence, entry, state: 'waiting' });
    });
    this.#post({ kind: 'changed' });
    this.#callSender();
    return sequences;
  }

  load(): Promise<readonly StoredEntry[]> {
    return this.#read(async (tx) => {
      const stored = tx.objectStore('entries');
      const [sequences, changes] = await Promise.all([stored.getAllKeys(), stored.getAll()]);
      const entries = await Promise.all(
        changes.map((change, index) => complete(tx, sequences[index] ?? 0, change)),
      );
      this.#known.clear();
      for (const entry of entries) this.#know(entry);
      if (entries.length === 0) this.#marker.set(false);
      return entries;
    });
  }

  async markInFlight(id: string): Promise<boolean> {
    if (!this.isSender) return false;
    const marked = await this.#write(async (tx) => {
      const term = await tx.objectStore('meta').get('sender');
      if (term !== this.#term) return false;
      return mark(tx, id, ({ error: _error, ...change }) => ({ ...change, state: 'in-flight' }));
    });
    if (marked) this.#note(id, { state: 'in-flight' });
    return marked && this.isSender;
  }

  async markWaiting(id: string): Promise<void> {
    await this.#write((tx) =>
      mark(tx, id, ({ error: _error, ...change }) => ({ ...change, state: 'waiting' })),
    );
    this.#note(id, { state: 'waiting' });
    this.#post({ kind: 'changed' });
    this.#callSender();
  }

  async markFailed(id: string, error: ProviderFailure): Promise<void> {
    const kept = toPlainJson(toFailure(error)) as unknown as ProviderFailure;
    await this.#write((tx) =>
      mark(tx, id, (change) => ({ ...change, state: 'failed', error: kept })),
    );
    this.#note(id, { state: 'failed', error: kept });
    this.#post({ kind: 'changed' });
  }

  async settle(
    id: string,
    outcome: JournalOutcome,
    rebase?: { readonly key: string; readonly version?: string; readonly serverId?: string },
  ): Promise<void> {
    await this.#write(async (tx) => {
      await this.#takeOut(tx, id);
      if (rebase) await moveOn(tx, rebase);
    });
    this.#end(id);
    this.#post({ kind: 'settled', id, outcome });
  }

  async withdraw(id: string): Promise<boolean> {
    const isOut = await this.#write((tx) => this.#takeOut(tx, id, ['waiting', 'failed']));
    if (!isOut) return false;
    this.#end(id);
    this.#post({ kind: 'settled', id, outcome: { state: 'undone' } });
    return true;
  }

  /** In one of these states. Answers whether it was there. */
  async #takeOut(tx: Transaction, id: string, states?: readonly StoredState[]): Promise<boolean> {
    const entries = tx.objectStore('entries');
    const sequence = await entries.index('id').getKey(id);
    const stored = sequence === undefined ? undefined : await entries.get(sequence);
    const isMeant = stored !== undefined && (states?.includes(stored.state) ?? true);
    if (sequence !== undefined && isMeant) {
      await Promise.all([
        entries.delete(sequence),
        tx.objectStore('pieces').delete(piecesOf(sequence)),
      ]);
    }
    if ((await entries.count()) === 0) this.#marker.set(false);
    return isMeant;
  }

  becomeSender(): void {
    this.#lock.request();
  }

  subscribe(listener: (change: JournalChange) => void): () => void {
    const own = (change: JournalChange): void => listener(change);
    this.#listeners.add(own);
    for (const [problem, error] of this.#troubles) own({ kind: 'problem', problem, error });
    return () => void this.#listeners.delete(own);
  }

  close(): void {
    this.#closed.abort();
    clearTimeout(this.#unanswered);
    clearTimeout(this.#probing);
    clearTimeout(this.#keeping);
    this.#lock.end();
    this.#channel?.close();
    this.#connection.close();
    this.#listeners.clear();
  }

  // ── the one that sends ───────────────────────────────────────────────────────────────────────

  /** The lock was given or went: writes down who sends now, so that whoever thinks the same finds out. */
  async #takeTurn(isHeld: boolean): Promise<void> {
    if (!isHeld) {
      this.#hasTerm = false;
      this.#tell({ kind: 'sender' });
      return;
    }
    const term = crypto.randomUUID();
    this.#term = term;
    for (let attempt = 0; this.#lock.isHeld && this.#term === term; attempt++) {
      try {
        await this.#write((tx) => tx.objectStore('meta').put(term, 'sender'));
        this.#hasTerm = true;
        this.#post({ kind: 'answer' });
        this.#tell({ kind: 'sender' });
        return;
      } catch {
        // It was told; the lock is kept, since another tab would fare no better, and the storage may come back.
        await new Promise<void>((resolve) => {
          this.#wakeTurn = resolve;
          setTimeout(resolve, Math.min(LONGEST_PAUSE, 500 * 2 ** attempt));
        });
      }
    }
  }

  /** Without an answer nothing goes out: the tab that sends was frozen, say. That is told. */
  #callSender(): void {
    // Who does not wait for his turn cannot miss another.
    if (this.isSender || !this.#lock.isWanted) return;
    if (!this.#channel || this.#unanswered !== undefined) return;
    this.#post({ kind: 'call' });
    this.#unanswered = setTimeout(() => {
      this.#unanswered = undefined;
      if (this.isSender) return;
      this.#trouble(
        'silent-sender',
        failure('timeout', 'The tab that sends your changes does not answer.'),
      );
    }, this.#answerLimit);
  }

  #hear(message: Message): void {
    switch (message.kind) {
      case 'changed':
        this.#tell({ kind: 'changed' });
        return;
      case 'settled':
        this.#end(message.id);
        this.#tell(message);
        return;
      case 'call':
        if (this.isSender) this.#post({ kind: 'answer' });
        return;
      case 'answer':
        clearTimeout(this.#unanswered);
        this.#unanswered = undefined;
        this.#recover('silent-sender');
        return;
      case 'gone':
        if (this.isSender) void this.#bringBack(message.entries).catch(() => undefined);
        return;
    }
  }

  // ── storage ──────────────────────────────────────────────────────────────────────────────────

  #write<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.#guard(() => this.#connection.run('readwrite', work));
  }

  #read<T>(work: (tx: Reading) => Promise<T>): Promise<T> {
    return this.#guard(() => this.#connection.run('readonly', work));
  }

  async #guard<T>(run: () => Promise<T>): Promise<T> {
    try {
      const result = await run();
      this.#recover('storage');
      this.#recover('blocked');
      return result;
    } catch (thrown) {
      const error = toFailure(thrown);
      if (error.code === 'too-large') this.#trouble('no-room', error);
      else if (error.code !== 'validation') this.#trouble('storage', error);
      throw error;
    }
  }

  /** Asks the storage again and again until it answers; then what it holds is told to be read anew. */
  #probe(attempt: number): void {
    if (this.#closed.signal.aborted || (attempt === 0 && this.#probing !== undefined)) return;
    const pause = attempt === 0 ? 0 : Math.min(LONGEST_PAUSE, 500 * 2 ** attempt);
    this.#probing = setTimeout(() => {
      this.#tryStorage().then(
        () => {
          this.#probing = undefined;
          this.#recover('no-room');
          this.#tell({ kind: 'changed' });
        },
        () => this.#probe(attempt + 1),
      );
    }, pause);
  }

  /** Reads, and after there was no room writes as much as a change may be long: what takes little goes well without room too. */
  async #tryStorage(): Promise<void> {
    await this.#read((tx) => tx.objectStore('entries').count());
    if (!this.#troubles.has('no-room')) return;
    await this.#write((tx) => tx.objectStore('meta').put('0'.repeat(PROBE_LENGTH), 'probe'));
    await this.#write((tx) => tx.objectStore('meta').delete('probe'));
  }

  /** Tells a database that is new from one that the browser threw away, and brings back what this tab knows of it. */
  async #recognise(transact: DatabaseTransact<JournalDatabase>): Promise<void> {
    const before = this.#identity;
    const found = await transact('readonly', (tx) => tx.objectStore('meta').get('identity'));
    const isNew = found === undefined;
    const identity = found ?? crypto.randomUUID();
    const isGone = before === undefined ? isNew && this.#marker.wasWaiting : before !== identity;
    if (isNew) {
      await transact('readwrite', async (tx) => {
        const meta = tx.objectStore('meta');
        if ((await meta.get('identity')) !== undefined) return;
        await meta.put(identity, 'identity');
        if (this.#known.size === 0) this.#marker.set(false);
      });
    }
    // Another tab may have been first.
    this.#identity = isNew
      ? await transact('readonly', (tx) => tx.objectStore('meta').get('identity'))
      : identity;
    if (!isGone) return;
    const entries = [...this.#known.values()];
    try {
      // Only the tab that sends knows which of them have ended.
      if (this.isSender) {
        await transact('readwrite', async (tx) => {
          await tx.objectStore('meta').put(this.#term, 'sender');
          await this.#restore(tx, entries);
        });
      } else this.#post({ kind: 'gone', entries });
    } finally {
      // Whoever hears of it and leaves the page at once must not find it gone.
      this.#trouble(
        'erased',
        failure('server', 'The browser erased what was saved here and not sent.'),
      );
    }
    this.#tell({ kind: 'changed' });
  }

  async #bringBack(entries: readonly StoredEntry[]): Promise<void> {
    await this.#write((tx) => this.#restore(tx, entries));
    this.#tell({ kind: 'changed' });
    this.#post({ kind: 'changed' });
  }

  async #restore(tx: Transaction, entries: readonly StoredEntry[]): Promise<void> {
    for (const { entry, state, error } of entries) {
      if (!this.#ended.has(entry.id)) await this.#keep(tx, [entry], state, error);
    }
  }

  /** Adds entries that are not there yet and answers the sequence of each. */
  async #keep(
    tx: Transaction,
    entries: readonly JournalEntry[],
    state: StoredEntry['state'],
    error?: ProviderFailure,
  ): Promise<readonly number[]> {
    const stored = tx.objectStore('entries');
    const pieces = tx.objectStore('pieces');
    const sequences: number[] = [];
    for (const entry of entries) {
      // A write whose end was lost with the connection is done again.
      const known = await stored.index('id').getKey(entry.id);
      if (known !== undefined) {
        sequences.push(known);
        continue;
      }
      const parts = toPieces(entry);
      const { id, key } = entry;
      const sequence = await stored.add({
        id,
        key,
        state,
        ...(error && { error }),
        ...(parts.length === 0 && { entry }),
      });
      await Promise.all(parts.map((part, index) => pieces.add(part, [sequence, index])));
      sequences.push(sequence);
    }
    this.#marker.set(true);
    return sequences;
  }

  #know(entry: StoredEntry): void {
    if (this.#ended.has(entry.entry.id)) return;
    this.#known.set(entry.entry.id, entry);
    if (!Number.isFinite(this.#keepAfter)) return;
    this.#keeping ??= setTimeout(() => {
      this.#keeping = undefined;
      if (this.#known.size > 0) void this.#keeper.ask();
    }, this.#keepAfter);
  }

  #end(id: string): void {
    this.#known.delete(id);
    this.#ended.add(id);
    const [oldest] = this.#ended;
    if (this.#ended.size > REMEMBERED && oldest !== undefined) this.#ended.delete(oldest);
  }

  #note(id: string, change: Pick<StoredEntry, 'state' | 'error'>): void {
    const known = this.#known.get(id);
    if (known) this.#know({ sequence: known.sequence, entry: known.entry, ...change });
  }

  // ── words ────────────────────────────────────────────────────────────────────────────────────

  #trouble(problem: JournalProblem, error: ProviderFailure): void {
    const isProbed = problem === 'storage' || problem === 'no-room';
    // What each try of the storage finds again has been told.
    const isKnown = isProbed && this.#troubles.get(problem)?.code === error.code;
    this.#troubles.set(problem, error);
    if (!isKnown) this.#tell({ kind: 'problem', problem, error });
    if (isProbed) this.#probe(0);
  }

  #recover(problem: JournalProblem): void {
    if (!this.#troubles.delete(problem)) return;
    this.#wakeTurn();
    this.#tell({ kind: 'well', problem });
  }

  #tell(change: JournalChange): void {
    for (const listener of [...this.#listeners]) listener(change);
  }

  #post(message: Message): void {
    if (!this.#closed.signal.aborted) this.#channel?.postMessage(message);
  }
}

function piecesOf(sequence: number): IDBKeyRange {
  return IDBKeyRange.bound([sequence, 0], [sequence, Infinity]);
}

async function complete(
  tx: Reading | Transaction,
  sequence: number,
  { entry, state, error }: StoredChange,
): Promise<StoredEntry> {
  const whole = entry ?? fromPieces(await tx.objectStore('pieces').getAll(piecesOf(sequence)));
  return { sequence, entry: whole, state, ...(error && { error }) };
}

/** Changes what is kept of an entry; false where it is gone. */
async function mark(
  tx: Transaction,
  id: string,
  change: (stored: StoredChange) => StoredChange,
): Promise<boolean> {
  const entries = tx.objectStore('entries');
  const sequence = await entries.index('id').getKey(id);
  const stored = sequence === undefined ? undefined : await entries.get(sequence);
  if (sequence === undefined || !stored) return false;
  await entries.put(change(stored), sequence);
  return true;
}

/** Gives the entries left of a record the version and the id that the server gave it. */
async function moveOn(
  tx: Transaction,
  { key, version, serverId }: { key: string; version?: string; serverId?: string },
): Promise<void> {
  const entries = tx.objectStore('entries');
  for (const sequence of await entries.index('key').getAllKeys(key)) {
    const stored = await entries.get(sequence);
    if (!stored) continue;
    const { entry } = await complete(tx, sequence, stored);
    const moved = {
      ...entry,
      ...(version !== undefined && { version }),
      ...(serverId !== undefined && { serverId }),
    };
    const parts = toPieces(moved);
    const { entry: _entry, ...rest } = stored;
    await tx.objectStore('pieces').delete(piecesOf(sequence));
    await Promise.all([
      entries.put({ ...rest, ...(parts.length === 0 && { entry: moved }) }, sequence),
      ...parts.map((part, index) => tx.objectStore('pieces').add(part, [sequence, index])),
    ]);
  }
}

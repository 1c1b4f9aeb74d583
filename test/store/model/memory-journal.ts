import { failure } from '../../../src/provider/failure.js';
import type {
  Journal,
  JournalChange,
  JournalEntry,
  OpenJournal,
  StoredEntry,
} from '../../../src/store/journal/journal.js';

type Stored = { -readonly [K in keyof StoredEntry]: StoredEntry[K] };

/** What the device keeps, apart from the tabs that come and go; as `createJournal`, without storage and without waiting. */
export class MemoryDevice {
  #entries: Stored[] = [];
  #sequence = 0;
  #tabs: MemoryTab[] = [];
  sender: MemoryTab | undefined;
  lastUser: string | undefined;
  /** All that was ever kept, and how it ended. */
  readonly kept = new Map<string, JournalEntry>();
  readonly outcomes = new Map<string, 'confirmed' | 'undone' | undefined>();

  /** The journal as one tab sees it. */
  tab(): MemoryTab {
    const tab = new MemoryTab(this);
    this.come(tab);
    return tab;
  }

  come(tab: MemoryTab): void {
    this.#tabs.push(tab);
  }

  get entries(): readonly StoredEntry[] {
    return this.#entries;
  }

  append(entries: readonly JournalEntry[]): number[] {
    return entries.map((entry) => {
      const sequence = ++this.#sequence;
      this.kept.set(entry.id, entry);
      this.outcomes.set(entry.id, undefined);
      this.#entries.push({ sequence, entry: structuredClone(entry), state: 'waiting' });
      return sequence;
    });
  }

  find(id: string): Stored | undefined {
    return this.#entries.find(({ entry }) => entry.id === id);
  }

  take(id: string): void {
    this.#entries = this.#entries.filter(({ entry }) => entry.id !== id);
  }

  rebase(key: string, more: Partial<JournalEntry>): void {
    for (const stored of this.#entries) {
      if (stored.entry.key === key) stored.entry = { ...stored.entry, ...more };
    }
  }

  tell(from: MemoryTab, change: JournalChange): void {
    for (const tab of this.#tabs) if (tab !== from) tab.hear(change);
  }

  passOn(): void {
    this.sender = this.#tabs.find((tab) => tab.wantsToSend);
    this.sender?.hear({ kind: 'sender' });
  }

  leave(tab: MemoryTab): void {
    this.#tabs = this.#tabs.filter((other) => other !== tab);
    if (this.sender === tab) this.passOn();
  }
}

export class MemoryTab implements Journal, OpenJournal {
  readonly #device: MemoryDevice;
  readonly #listeners = new Set<(change: JournalChange) => void>();
  #isClosed = false;
  #isGone = false;
  isOpen = false;
  wantsToSend = false;

  constructor(device: MemoryDevice) {
    this.#device = device;
  }

  get isSender(): boolean {
    return this.#device.sender === this;
  }

  /** Also again, after the store had let go of it. */
  open({ user }: { readonly user: string }): Promise<OpenJournal> {
    if (this.#isGone) return new Promise(() => undefined);
    if (this.#isClosed) this.#device.come(this);
    this.#isClosed = false;
    this.isOpen = true;
    this.#device.lastUser = user;
    return Promise.resolve(this);
  }

  lastUser(): string | undefined {
    return this.#device.lastUser;
  }

  forgetUser(): void {
    this.#device.lastUser = undefined;
  }

  async append(entries: readonly JournalEntry[]): Promise<readonly number[]> {
    const sequences = await this.#do(() => this.#device.append(entries));
    this.#device.tell(this, { kind: 'changed' });
    return sequences;
  }

  load(): Promise<readonly StoredEntry[]> {
    return this.#do(() => structuredClone(this.#device.entries));
  }

  markInFlight(id: string): Promise<boolean> {
    return this.#do(() => {
      const stored = this.isSender ? this.#device.find(id) : undefined;
      if (stored) stored.state = 'in-flight';
      return stored !== undefined;
    });
  }

  async markWaiting(id: string): Promise<void> {
    await this.#do(() => {
      const stored = this.#device.find(id);
      if (stored) stored.state = 'waiting';
    });
    this.#device.tell(this, { kind: 'changed' });
  }

  async markFailed(id: string, error: NonNullable<StoredEntry['error']>): Promise<void> {
    await this.#do(() => {
      const stored = this.#device.find(id);
      if (stored) Object.assign(stored, { state: 'failed', error });
    });
    this.#device.tell(this, { kind: 'changed' });
  }

  async settle(...[id, outcome, rebase]: Parameters<OpenJournal['settle']>): Promise<void> {
    await this.#do(() => {
      this.#device.take(id);
      this.#device.outcomes.set(id, outcome.state);
      if (!rebase) return;
      const { key, ...more } = rebase;
      this.#device.rebase(key, more);
    });
    this.#device.tell(this, { kind: 'settled', id, outcome });
  }

  async withdraw(id: string): Promise<boolean> {
    const isOut = await this.#do(() => {
      if (this.#device.find(id)?.state === 'in-flight') return false;
      const isThere = this.#device.find(id) !== undefined;
      this.#device.take(id);
      if (isThere) this.#device.outcomes.set(id, 'undone');
      return isThere;
    });
    if (isOut) this.#device.tell(this, { kind: 'settled', id, outcome: { state: 'undone' } });
    return isOut;
  }

  becomeSender(): void {
    if (this.#isClosed) return;
    this.wantsToSend = true;
    if (!this.#device.sender) queueMicrotask(() => this.#device.sender ?? this.#device.passOn());
  }

  subscribe(listener: (change: JournalChange) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  hear(change: JournalChange): void {
    queueMicrotask(() => {
      if (this.#isClosed) return;
      for (const listener of [...this.#listeners]) listener(change);
    });
  }

  /** The tab is gone, in the middle of whatever it was doing. */
  crash(): void {
    this.#isGone = true;
    this.close();
  }

  /** Nothing it asks for is answered any more. */
  close(): void {
    this.#isClosed = true;
    this.isOpen = false;
    this.wantsToSend = false;
    this.#listeners.clear();
    this.#device.leave(this);
  }

  async #do<T>(work: () => T): Promise<T> {
    if (this.#isClosed) return new Promise(() => undefined);
    await Promise.resolve();
    if (this.#isClosed) throw failure('aborted');
    return work();
  }
}

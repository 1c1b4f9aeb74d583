import { expect } from '@open-wc/testing';
import { deleteDB, openDB } from 'idb';
import { failure, toFailure } from '../../../src/provider/failure.js';
import {
  createJournal,
  type JournalOptions,
} from '../../../src/store/journal/indexeddb-journal.js';
import type {
  JournalChange,
  JournalEntry,
  OpenJournal,
} from '../../../src/store/journal/journal.js';
import { waitUntil } from '../../support/until.js';

let count = 0;
const entry = (more: Partial<JournalEntry> = {}): JournalEntry => {
  const id = `change-${String(count++)}`;
  return {
    ...{ id, act: id, key: 'record', at: 1000, version: 'v1', isOptimistic: true },
    write: { kind: 'update', patch: { subject: `By ${id}` } },
    ...more,
  };
};

describe('the journal', () => {
  let scope = { provider: '', user: '' };
  const opened: OpenJournal[] = [];
  const nameOf = ({ provider, user }: typeof scope): string =>
    `activity-kit:journal:${provider}:${user}`;

  /** Another tab, as far as storage, locks and messages are concerned. */
  async function open(options?: JournalOptions, more: Partial<typeof scope> = {}) {
    const journal = await createJournal(options).open({ ...scope, ...more });
    opened.push(journal);
    return journal;
  }
  async function sender(options?: JournalOptions): Promise<OpenJournal> {
    const journal = await open(options);
    journal.becomeSender();
    await waitUntil(() => journal.isSender);
    return journal;
  }
  function listen(journal: OpenJournal): JournalChange[] {
    const heard: JournalChange[] = [];
    journal.subscribe((change) => heard.push(change));
    return heard;
  }
  const problems = (heard: readonly JournalChange[]): string[] =>
    heard.flatMap((change) => (change.kind === 'problem' ? [change.problem] : []));
  const codeOf = (call: Promise<unknown>): Promise<string> =>
    call.then(
      () => 'fulfilled',
      (thrown: unknown) => toFailure(thrown).code,
    );
  const idsOf = async (journal: OpenJournal): Promise<string[]> =>
    (await journal.load()).map((stored) => stored.entry.id);

  beforeEach(() => {
    scope = { provider: `journal-${crypto.randomUUID()}`, user: 'ana' };
  });
  afterEach(async () => {
    for (const journal of opened.splice(0)) journal.close();
    await deleteDB(nameOf(scope));
    localStorage.removeItem(nameOf(scope));
    createJournal().forgetUser(scope.provider);
  });

  it('asks the browser to keep what waits: once, and where it was found there too', async () => {
    const asked: string[] = [];
    const storage = (page: string): JournalOptions['storage'] => ({
      persisted: () => Promise.resolve(false),
      persist: () => Promise.resolve(asked.push(page) > 0),
      estimate: () => Promise.resolve({}),
    });
    const before = await open({ keepAfter: 0, storage: storage('before') });
    await before.append([entry()]);
    await waitUntil(() => asked.length === 1, 'asked');
    await before.append([entry({ key: 'other' })]);
    before.close();
    await open({ keepAfter: 0, storage: storage('after') });
    await waitUntil(() => asked.length > 1, 'asked after a reload');
    expect(asked).to.deep.equal(['before', 'after']);
  });

  it('keeps changes in the order of the acts of all tabs, over a reload, each with its state', async () => {
    const [here, there] = [await sender(), await open()];
    const [one, two, three, four] = [entry(), entry({ key: 'other' }), entry(), entry()];
    await here.append([one, two]);
    await there.append([three]);
    await here.append([four]);
    await here.markInFlight(one.id);
    await here.markFailed(two.id, failure('forbidden', 'Not yours.'));
    await here.markInFlight(three.id);
    await here.markWaiting(three.id);
    here.close();
    there.close();

    const kept = await (await open()).load();
    expect(kept.map((stored) => stored.entry)).to.deep.equal([one, two, three, four]);
    expect(kept.map((stored) => stored.state)).to.deep.equal([
      'in-flight',
      'failed',
      'waiting',
      'waiting',
    ]);
    expect(kept[1]?.error).to.deep.equal({ code: 'forbidden', message: 'Not yours.' });
    const sequences = kept.map((stored) => stored.sequence);
    expect(sequences).to.deep.equal([...sequences].sort((a, b) => a - b));
  });

  it('keeps once what is appended twice', async () => {
    const journal = await open();
    const one = entry();
    expect(await journal.append([one])).to.deep.equal(await journal.append([one]));
    expect(await idsOf(journal)).to.deep.equal([one.id]);
  });

  it('keeps all changes of an act or none, and says that there is no room', async () => {
    const journal = await open();
    const heard = listen(journal);
    const add = IDBObjectStore.prototype.add;
    let left = 1;
    IDBObjectStore.prototype.add = function (...args) {
      if (left-- === 0) throw new DOMException('', 'QuotaExceededError');
      return add.apply(this, args);
    };
    try {
      expect(await codeOf(journal.append([entry(), entry()]))).to.equal('too-large');
    } finally {
      IDBObjectStore.prototype.add = add;
    }
    expect(await journal.load()).to.deep.equal([]);
    expect(problems(heard)).to.deep.equal(['no-room']);
    await journal.append([entry()]);
    expect(heard.at(-1)).to.deep.equal({ kind: 'well', problem: 'no-room' });
  });

  it('keeps a change of any size in small values', async () => {
    const journal = await open();
    const description = '活動 '.repeat(60_000);
    const large = entry({ write: { kind: 'create', draft: { type: 'task', description } } });
    const small = entry();
    await journal.append([large, small]);
    await journal.settle(small.id, { state: 'confirmed' }, { key: 'record', version: 'v2' });
    expect((await journal.load()).map((stored) => stored.entry)).to.deep.equal([
      { ...large, version: 'v2' },
    ]);

    const database = await openDB(nameOf(scope));
    const pieces = (await database.getAll('pieces')) as string[];
    expect(pieces.length).to.be.greaterThan(10);
    for (const piece of pieces) expect(piece.length * 2).to.be.at.most(64_000);
    expect(JSON.stringify(await database.getAll('entries')).length).to.be.lessThan(2000);
    await journal.settle(large.id, { state: 'undone' });
    expect(await database.count('pieces')).to.equal(0);
    database.close();
  });

  it('takes out what has ended, and moves what is left of the record on', async () => {
    const journal = await sender();
    const [one, two, other] = [entry(), entry(), entry({ key: 'other' })];
    await journal.append([one, two, other]);
    const rebase = { key: 'record', version: 'v2', serverId: 'server-1' };
    await journal.settle(one.id, { state: 'confirmed' }, rebase);
    expect((await journal.load()).map((stored) => stored.entry)).to.deep.equal([
      { ...two, version: 'v2', serverId: 'server-1' },
      other,
    ]);
    expect(await journal.markInFlight(one.id)).to.equal(false);
  });

  it('gives back what was not sent, and keeps what may have been', async () => {
    const [here, there] = [await sender(), await open()];
    const [waiting, failed, sent] = [entry(), entry({ key: 'other' }), entry({ key: 'third' })];
    await there.append([waiting, failed, sent]);
    await here.markFailed(failed.id, failure('forbidden'));
    await here.markInFlight(sent.id);
    const heard: JournalChange[] = [];
    here.subscribe((change) => heard.push(change));
    expect(await there.withdraw(waiting.id)).to.equal(true);
    expect(await there.withdraw(failed.id)).to.equal(true);
    expect(await there.withdraw(sent.id)).to.equal(false);
    expect((await here.load()).map((stored) => stored.entry.id)).to.deep.equal([sent.id]);
    await waitUntil(() =>
      heard.some((change) => change.kind === 'settled' && change.id === failed.id),
    );
    expect(await here.markInFlight(waiting.id)).to.equal(false);
    await here.settle(sent.id, { state: 'confirmed' });
    expect(await there.withdraw(sent.id)).to.equal(false);
  });

  it('shows nobody another user’s changes', async () => {
    const ana = await open();
    await ana.append([entry()]);
    const ben = await open({}, { user: 'ben' });
    expect(await ben.load()).to.deep.equal([]);
    ben.close();
    await deleteDB(nameOf({ ...scope, user: 'ben' }));
  });

  it('remembers for whom it was opened last, by provider, until they sign out', async () => {
    const { provider } = scope;
    const journal = createJournal();
    expect(journal.lastUser(provider)).to.equal(undefined);
    await open();
    await open({}, { user: 'ben' });
    expect(createJournal().lastUser(provider)).to.equal('ben');
    expect(journal.lastUser(`${provider}2`)).to.equal(undefined);
    journal.forgetUser(provider);
    expect(journal.lastUser(provider)).to.equal(undefined);
    await deleteDB(nameOf({ ...scope, user: 'ben' }));
  });

  it('does not miss a tab that sends where it does not wait for its turn', async () => {
    const journal = await open({ answerLimit: 1 });
    const heard = listen(journal);
    await journal.append([entry()]);
    journal.becomeSender();
    await waitUntil(() => journal.isSender);
    expect(problems(heard)).to.deep.equal([]);
  });

  it('tells the other tabs, and not the one that did it', async () => {
    const [here, there] = [await open(), await open()];
    const [own, heard] = [listen(here), listen(there)];
    const one = entry();
    await here.append([one]);
    await waitUntil(() => heard.length === 1);
    await here.settle(one.id, { state: 'confirmed' });
    await waitUntil(() => heard.length === 2);
    expect(heard).to.deep.equal([
      { kind: 'changed' },
      { kind: 'settled', id: one.id, outcome: { state: 'confirmed' } },
    ]);
    expect(own).to.deep.equal([]);
  });

  describe('the tab that sends', () => {
    it('is one, and the next when that one goes', async () => {
      const tabs = [await sender(), await open(), await open()];
      const one = entry();
      await tabs[0]?.append([one]);
      for (const tab of tabs) tab.becomeSender();
      const senders = (): OpenJournal[] => tabs.filter((tab) => tab.isSender);
      expect(senders()).to.have.length(1);
      expect(await tabs[1]?.markInFlight(one.id)).to.equal(false);

      const heard = tabs.slice(1).map(listen);
      senders()[0]?.close();
      await waitUntil(() => senders().length === 1);
      expect(heard.flat().filter(({ kind }) => kind === 'sender')).to.have.length(1);
      expect(await senders()[0]?.markInFlight(one.id)).to.equal(true);
    });

    it('sends nothing more where another took over without its knowing', async () => {
      const journal = await sender();
      const one = entry();
      await journal.append([one]);
      const database = await openDB(nameOf(scope));
      await database.put('meta', 'another', 'sender');
      database.close();
      expect(await journal.markInFlight(one.id)).to.equal(false);
      expect((await journal.load())[0]?.state).to.equal('waiting');
    });

    it('lets go of it for the back/forward cache, and asks again and reads anew after it', async () => {
      const journal = await sender();
      const heard = listen(journal);
      const turn = (type: string): boolean =>
        dispatchEvent(new PageTransitionEvent(type, { persisted: true }));
      turn('pagehide');
      expect(journal.isSender).to.equal(false);
      const other = await sender();
      other.close();
      turn('pageshow');
      await waitUntil(() => journal.isSender);
      expect(heard.map(({ kind }) => kind)).to.deep.equal(['sender', 'changed', 'sender']);
    });

    it('is not given to a page that went while it waited for it', async () => {
      const holder = await sender();
      const gone = await open();
      gone.becomeSender();
      const turn = (type: string): boolean =>
        dispatchEvent(new PageTransitionEvent(type, { persisted: true }));
      turn('pagehide');
      expect(holder.isSender).to.equal(false);
      const other = await sender();
      expect(gone.isSender).to.equal(false);
      turn('pageshow');
      other.close();
      await waitUntil(() => holder.isSender || gone.isSender, 'asked for again');
    });

    it('is missed where it does not answer', async () => {
      // A frozen tab: it has the lock, and hears nothing.
      let thaw: () => void = () => undefined;
      await new Promise<void>((held) => {
        void navigator.locks.request(nameOf(scope), () => {
          held();
          return new Promise<void>((resolve) => (thaw = resolve));
        });
      });
      const journal = await open({ answerLimit: 30 });
      const heard = listen(journal);
      journal.becomeSender();
      await journal.append([entry()]);
      await waitUntil(() => problems(heard).includes('silent-sender'));
      thaw();
      await waitUntil(() => journal.isSender);
      journal.close();

      const well = await sender();
      const other = await open({ answerLimit: 10_000 });
      const own = listen(other);
      await other.append([entry()]);
      // The answer comes with the next message from there.
      await well.append([entry()]);
      await waitUntil(() => own.some(({ kind }) => kind === 'changed'));
      expect(problems(own)).to.deep.equal([]);
    });
  });

  describe('when the storage fails', () => {
    it('puts back what the browser erased under its feet, but nothing that has ended', async () => {
      const [here, there] = [await sender(), await open()];
      const [one, two, three] = [entry(), entry(), entry()];
      await here.append([one, two]);
      await there.append([three]);
      await here.load();
      await here.markInFlight(two.id);
      await here.settle(one.id, { state: 'confirmed' });
      const heard = [listen(here), listen(there)];
      await deleteDB(nameOf(scope));

      await there.load();
      await waitUntil(async () => (await there.load()).length === 2);
      const kept = await here.load();
      expect(kept.map((stored) => [stored.entry.id, stored.state])).to.deep.equal([
        [two.id, 'in-flight'],
        [three.id, 'waiting'],
      ]);
      for (const each of heard) expect(problems(each)).to.deep.equal(['erased']);
      expect(await here.markInFlight(three.id)).to.equal(true);
    });

    it('says that something was erased once it is back, so that a page may go then', async () => {
      const here = await sender();
      await here.append([entry()]);
      await deleteDB(nameOf(scope));
      let putBack: IDBTransaction | undefined;
      let isPutBack: boolean | undefined;
      const { add } = IDBObjectStore.prototype;
      IDBObjectStore.prototype.add = function (...args) {
        putBack = this.transaction;
        return add.apply(this, args);
      };
      try {
        here.subscribe((change) => {
          if (change.kind !== 'problem') return;
          // Only what has ended refuses.
          const isOpen = (): unknown => putBack?.objectStore('entries');
          expect(isOpen).to.throw(DOMException, /./).with.property('name', 'InvalidStateError');
          isPutBack = true;
        });
        await here.load();
      } finally {
        IDBObjectStore.prototype.add = add;
      }
      expect(isPutBack).to.equal(true);
    });

    it('tells a database that came back empty from a new one', async () => {
      const first = await open();
      expect(listen(first)).to.deep.equal([]);
      await first.append([entry()]);
      first.close();
      await deleteDB(nameOf(scope));
      expect(problems(listen(await open()))).to.deep.equal(['erased']);
    });

    it('says nothing where what was erased held nothing', async () => {
      const first = await open();
      const one = entry();
      await first.append([one]);
      await first.settle(one.id, { state: 'confirmed' });
      first.close();
      await deleteDB(nameOf(scope));
      expect(listen(await open())).to.deep.equal([]);
    });

    it('gives up in time on another tab’s transaction, says so, and goes on once that has ended', async () => {
      const journal = await open({ timeLimit: 800 });
      const heard = listen(journal);
      const other = await openDB(nameOf(scope));
      const holding = other.transaction('entries', 'readwrite');
      let hold = true;
      const keepAlive = (): void => {
        holding.store.get(0).then(
          () => hold && keepAlive(),
          () => undefined,
        );
      };
      keepAlive();
      const one = entry();
      expect(await codeOf(journal.append([one]))).to.equal('timeout');
      // However often it is tried meanwhile, it is said once.
      await codeOf(journal.append([one]));
      expect(problems(heard)).to.deep.equal(['storage']);
      hold = false;
      await holding.done;
      other.close();
      await waitUntil(() => heard.some(({ kind }) => kind === 'changed'), undefined, {
        timeout: 5000,
      });
      expect(heard).to.deep.include({ kind: 'well', problem: 'storage' });
      expect(await journal.load()).to.deep.equal([]);
      await journal.append([one]);
      expect(await idsOf(journal)).to.deep.equal([one.id]);
    });

    it('says within its time that another tab blocks it, and goes on by itself once it does not', async () => {
      // A tab with a database of this name that nobody closes, about to be deleted: opening has to wait.
      const old = await openDB(nameOf(scope), 1, {
        upgrade: (db) => void db.createObjectStore('old'),
      });
      const deletion = deleteDB(nameOf(scope));
      const journal = await open({ timeLimit: 800 });
      const heard = listen(journal);
      expect(problems(heard)).to.include('storage');
      old.close();
      await deletion;
      await waitUntil(() => heard.some(({ kind }) => kind === 'well'), undefined, {
        timeout: 5000,
      });
      await journal.append([entry()]);
      expect(await journal.load()).to.have.length(1);
    });

    it('opens a lost connection again, and keeps what was written while it was lost', async () => {
      const journal = await open();
      const transaction = IDBDatabase.prototype.transaction;
      let lost = 2;
      IDBDatabase.prototype.transaction = function (...args) {
        if (lost-- > 0) throw new DOMException('', 'UnknownError');
        return transaction.apply(this, args);
      };
      try {
        const one = entry();
        await journal.append([one]);
        expect(await idsOf(journal)).to.deep.equal([one.id]);
      } finally {
        IDBDatabase.prototype.transaction = transaction;
      }
    });

    it('refuses to open where there are no locks, or no storage', async () => {
      for (const [owner, name] of [
        [navigator, 'locks'],
        [globalThis, 'indexedDB'],
      ] as const) {
        const own = Object.getOwnPropertyDescriptor(owner, name);
        Object.defineProperty(owner, name, { configurable: true, value: undefined });
        try {
          expect(await codeOf(open())).to.equal('unsupported');
        } finally {
          if (own) Object.defineProperty(owner, name, own);
          else delete (owner as { [name: string]: unknown })[name];
        }
      }
    });
  });
});

import { expect } from '@open-wc/testing';
import type { ActivityQuery } from '../../src/model/query.js';
import type { Activity } from '../../src/model/activity.js';
import { failure, type FailureCode } from '../../src/provider/failure.js';
import type { MemoryProvider } from '../../src/provider/memory/memory-provider.js';
import type { ActivityDataProvider, WriteOptions } from '../../src/provider/provider.js';
import { ActivityStore, type StoreOptions } from '../../src/store/activity-store.js';
import type { ActEnd, WriteResult } from '../../src/store/acts.js';
import type { Change } from '../../src/store/change.js';
import { activity, clock, memory } from '../support/fixtures.js';
import { MemoryDevice } from './model/memory-journal.js';
import { ManualTimers, TestPage, settled } from './support.js';
import { waitUntil } from '../support/until.js';

const asker = { locale: 'en', timeZone: 'Europe/Berlin' };
const CALL = { ...asker, idempotencyKey: 'theirs' };
const OPEN = { filter: { field: 'state', op: 'eq', value: 'open' } } as const;

interface Stage {
  readonly store: ActivityStore;
  readonly provider: MemoryProvider;
  readonly timers: ManualTimers;
  readonly page: TestPage;
  readonly calls: { readonly method: string; readonly options: WriteOptions }[];
}

type Fault = FailureCode | 'lost-answer' | undefined;

/** A store over memory whose writes meet these faults, one after the other; `silent` keeps no keys. */
async function stage(
  rows: readonly Activity[],
  faults: readonly Fault[] = [],
  more: (provider: MemoryProvider) => Partial<ActivityDataProvider> = () => ({}),
  options: Pick<StoreOptions, 'journal'> = {},
): Promise<Stage> {
  const provider = memory(rows);
  const left = [...faults];
  const calls: Stage['calls'] = [];
  const isSilent = more !== NO_KEYS ? false : true;
  const meet = async <T>(
    method: string,
    options: WriteOptions,
    run: (options: WriteOptions) => Promise<T>,
  ): Promise<T> => {
    calls.push({ method, options });
    const fault = left.shift();
    const own = isSilent ? { ...options, idempotencyKey: crypto.randomUUID() } : options;
    if (fault === 'lost-answer') {
      await run(own);
      throw failure('network');
    }
    if (fault) throw failure(fault, '', fault === 'rate-limited' ? { retryAfterMs: 5000 } : {});
    return run(own);
  };
  const timers = new ManualTimers();
  const page = new TestPage();
  const store = new ActivityStore(
    {
      ...provider,
      create: (id, draft, options) =>
        meet('create', options, (own) => provider.create(id, draft, own)),
      update: (id, patch, options) =>
        meet('update', options, (own) => provider.update(id, patch, own)),
      transition: (id, to, options) =>
        meet('transition', options, (own) => provider.transition(id, to, own)),
      remove: (id, options) => meet('remove', options, (own) => provider.remove(id, own)),
      name: 'stage',
      ...more(provider),
    },
    { clock, timers, page, ...options },
  );
  store.view(OPEN, asker).subscribe(() => undefined);
  await waitUntil(() => store.view(OPEN, asker).status === 'ready');
  return { store, provider, timers, page, calls };
}

/** The backend knows no idempotency keys. */
const NO_KEYS = (provider: MemoryProvider): Partial<ActivityDataProvider> => ({
  capabilities: async () => ({ ...(await provider.capabilities(asker)), idempotent: false }),
});

const HOLDS = (provider: MemoryProvider): Partial<ActivityDataProvider> => ({
  capabilities: async () => ({ ...(await provider.capabilities(asker)), undo: 'hold' as const }),
});

describe('a write whose answer is lost', () => {
  it('is sent again with the same key where the server heeds it, and done once', async () => {
    const row = activity();
    const { store, provider, timers, calls } = await stage([row], ['lost-answer', 'network']);
    const written = store.update([row.id], { subject: 'Once' }, asker);
    await timers.pass(1000);
    const [result] = await written;
    expect(result).not.to.have.property('error');
    expect(calls.map(({ options }) => options.idempotencyKey)).to.have.length(3);
    expect(new Set(calls.map(({ options }) => options.idempotencyKey)).size).to.equal(1);
    expect((await provider.get(row.id, asker)).version).to.equal(store.row(row.id)?.version);
  });

  for (const [name, act] of [
    [
      'an edit',
      (store: ActivityStore, id: string) => store.update([id], { subject: 'Once' }, asker),
    ],
    [
      'a move',
      (store: ActivityStore, id: string) => store.transition([id], { state: 'completed' }, asker),
    ],
    ['a removal', (store: ActivityStore, id: string) => store.remove([id], asker)],
  ] as const) {
    it(`is found by reading where it heeds none: ${name} that arrived is not sent again`, async () => {
      const row = activity();
      const { store, timers, calls } = await stage([row], ['lost-answer'], NO_KEYS);
      const written = act(store, row.id);
      await timers.pass(1000);
      const [result] = await written;
      expect(result).not.to.have.property('error');
      expect(calls).to.have.length(1);
    });
  }

  it('is sent again where reading shows that it did not arrive', async () => {
    const row = activity();
    const { store, provider, timers, calls } = await stage([row], ['network'], NO_KEYS);
    const written = store.update([row.id], { subject: 'At last' }, asker);
    await timers.pass(1000);
    expect((await written)[0]).not.to.have.property('error');
    expect(calls).to.have.length(2);
    expect((await provider.get(row.id, asker)).subject).to.equal('At last');
  });

  it('is never repeated by itself if it is a create, but on the user’s word', async () => {
    const { store, provider, timers, calls } = await stage([], ['network'], NO_KEYS);
    const written = store.create({ type: 'task', subject: 'New' }, asker);
    await timers.pass(60_000);
    const result = await written;
    expect('error' in result && result.error.code).to.equal('network');
    expect(calls).to.have.length(1);
    const [waiting] = store.writer.waiting;
    expect(waiting?.state).to.equal('unknown');
    if (waiting) store.writer.retry(waiting);
    await timers.pass(1000);
    expect(store.writer.waiting).to.deep.equal([]);
    expect((await provider.get(result.key, asker)).subject).to.equal('New');
  });

  it('stays shown and is told after a few attempts, and goes out when the network is back', async () => {
    const row = activity();
    const { store, timers, page } = await stage([row], ['network', 'network', 'network']);
    const written = store.update([row.id], { subject: 'Later' }, asker);
    await timers.pass(400);
    expect((await written)[0]).to.have.property('error');
    expect(store.row(row.id)?.subject).to.equal('Later');
    expect(store.writer.waiting.map(({ state }) => state)).to.deep.equal(['unknown']);
    page.emit('online');
    await settled();
    expect(store.writer.waiting).to.deep.equal([]);
    expect(store.row(row.id)?.subject).to.equal('Later');
  });
});

describe('a create of which nobody knew the outcome, asked for again under its id', () => {
  const LOST: readonly Fault[] = ['lost-answer', 'network', 'network'];
  const ids = [crypto.randomUUID()];
  const draft = { type: 'task', subject: 'New', priority: 'high' } as const;

  for (const [name, faults, more] of [
    ['on a server that heeds keys', LOST, undefined],
    ['on one that heeds none', ['lost-answer'] as const, NO_KEYS],
    ['on one that heeds none and where nothing had arrived', ['network'] as const, NO_KEYS],
    ['after it was found by itself', LOST.slice(0, 2), undefined],
  ] as const) {
    it(`is one record, as it was filled in last: ${name}`, async () => {
      const { store, provider, timers } = await stage([], faults, more);
      const act = async (subject: string): Promise<WriteResult | undefined> => {
        const ended = store.act({ kind: 'create', ids, draft: { ...draft, subject } }, { asker });
        await timers.pass(1000);
        return (await ended).results[0];
      };
      await act('New');
      expect(await act('Newer')).not.to.have.property('error');
      const { rows } = await provider.query({}, asker);
      expect(rows.map(({ subject, priority }) => [subject, priority])).to.deep.equal([
        ['Newer', 'high'],
      ]);
      expect(store.view(OPEN, asker).rows).to.have.length(1);
      expect(store.writer.waiting).to.deep.equal([]);
    });
  }

  it('is brought to its new state in one write, and taken back as one', async () => {
    const { store, provider, timers, calls } = await stage([], LOST);
    const first = store.act({ kind: 'create', ids, draft }, { asker });
    await timers.pass(1000);
    expect((await first).results[0]).to.have.property('error');
    const logged = { ...draft, state: 'completed', statusReason: 'completed' } as const;
    const second = store.act({ kind: 'create', ids, draft: logged }, { asker });
    await timers.pass(1000);
    const { undo } = await second;
    expect(calls.slice(-1).map(({ method }) => method)).to.deep.equal(['transition']);
    expect((await provider.query({}, asker)).rows[0]?.state).to.equal('completed');
    void undo?.();
    await timers.pass(1000);
    expect((await provider.query({}, asker)).rows).to.deep.equal([]);
  });

  it('is found where the page that made it is gone', async () => {
    const { provider, store, timers } = await stage([]);
    await provider.create(ids[0] ?? '', draft, CALL);
    const again = store.act(
      { kind: 'create', ids, draft: { ...draft, subject: 'Newer' } },
      { asker },
    );
    await timers.pass(1000);
    expect((await again).results[0]).not.to.have.property('error');
    expect((await provider.query({}, asker)).rows.map(({ subject }) => subject)).to.deep.equal([
      'Newer',
    ]);
  });
});

describe('a backend that asks for a pause', () => {
  it('gets it from all, and then what was refused, once', async () => {
    const rows = [activity(), activity(), activity()];
    const { store, timers, calls } = await stage(rows, ['rate-limited']);
    const written = store.update(
      rows.map(({ id }) => id),
      { priority: 'high' },
      asker,
    );
    await settled();
    expect(calls).to.have.length(3);
    await timers.pass(4000);
    expect(calls).to.have.length(3);
    await timers.pass(2000);
    expect((await written).filter((result) => 'error' in result)).to.deep.equal([]);
    expect(calls).to.have.length(4);
  });
});

describe('two who change the same record', () => {
  const theirs = async (provider: MemoryProvider, id: string, patch: object): Promise<void> => {
    await provider.update(id, patch, CALL);
  };
  /** The other user's word does not come by itself. */
  const deaf = (): Partial<ActivityDataProvider> => ({ subscribe: () => () => undefined });

  it('are both heard where they changed different fields', async () => {
    const row = activity({ subject: 'A' });
    const { store, provider } = await stage([row], [], deaf);
    await theirs(provider, row.id, { priority: 'high' });
    const [result] = await store.update([row.id], { subject: 'B' }, asker);
    expect(result).not.to.have.property('error');
    expect(await provider.get(row.id, asker)).to.include({ subject: 'B', priority: 'high' });
  });

  it('are shown field by field, and the user decides', async () => {
    const row = activity({ subject: 'A' });
    const { store, provider } = await stage([row], [], deaf);
    await theirs(provider, row.id, { subject: 'Theirs', priority: 'high' });
    const [result] = await store.update([row.id], { subject: 'Mine' }, asker);
    expect(result && 'error' in result && result.error.code).to.equal('conflict');
    expect(store.row(row.id)?.subject).to.equal('Theirs');
    const conflict = store.writer.conflictOf(row.id);
    expect(conflict?.conflict?.fields).to.deep.equal([
      { field: 'subject', mine: 'Mine', theirs: 'Theirs' },
    ]);
    if (conflict) await store.writer.keepMine(conflict);
    expect((await provider.get(row.id, asker)).subject).to.equal('Mine');
    expect(store.row(row.id)).to.include({ subject: 'Mine', priority: 'high' });
    expect(store.writer.waiting).to.deep.equal([]);
  });

  it('end with the other’s word where the user takes it', async () => {
    const row = activity({ subject: 'A' });
    const { store, provider, calls } = await stage([row], [], deaf);
    await theirs(provider, row.id, { subject: 'Theirs' });
    await store.update([row.id], { subject: 'Mine' }, asker);
    const conflict = store.writer.conflictOf(row.id);
    if (conflict) store.writer.takeTheirs(conflict);
    expect(store.writer.conflictOf(row.id)).to.equal(undefined);
    expect(store.row(row.id)?.subject).to.equal('Theirs');
    expect(calls).to.have.length(1);
  });
});

describe('what can’t be taken back once it is sent', () => {
  it('is held for the undo time, then sent', async () => {
    const row = activity();
    const { store, timers, calls } = await stage([row], [], HOLDS);
    const act = { kind: 'transition', ids: [row.id], to: { state: 'completed' } } as const;
    const { results, undo } = await store.act(act, { asker, holdFor: 7000 });
    expect(results[0]).not.to.have.property('error');
    expect(store.row(row.id)?.state).to.equal('completed');
    expect(undo).not.to.equal(undefined);
    await timers.pass(6900);
    expect(calls).to.have.length(0);
    await timers.pass(200);
    expect(calls).to.have.length(1);
    expect((await undo?.())?.results[0]).to.have.property('error');
  });

  it('is not held for a record of which nothing is known: whether that is gone is told at once', async () => {
    const { store, timers } = await stage([activity()], [], HOLDS);
    const act = { kind: 'update', ids: ['gone'], patch: { subject: 'Too late' } } as const;
    const { results, undo } = await store.act(act, { asker, holdFor: 7000 });
    expect(results[0]).to.have.nested.property('error.code', 'not-found');
    expect(undo).to.equal(undefined);
    await timers.pass(60_000);
  });

  it('is not sent at all where it is taken back', async () => {
    const row = activity();
    const { store, timers, calls } = await stage([row], [], HOLDS);
    const { undo } = await store.act({ kind: 'remove', ids: [row.id] }, { asker, holdFor: 7000 });
    expect(store.row(row.id)).to.equal(undefined);
    await undo?.();
    expect(store.row(row.id)?.id).to.equal(row.id);
    await timers.pass(60_000);
    expect(calls).to.have.length(0);
  });

  it('goes out at once, with keepalive, where the page goes away', async () => {
    const rows = Array.from({ length: 8 }, () => activity());
    const { store, page, calls } = await stage(rows, [], HOLDS);
    const ids = rows.map(({ id }) => id);
    await store.act(
      { kind: 'transition', ids, to: { state: 'completed' } },
      { asker, holdFor: 7000 },
    );
    page.emit('hidden');
    await settled();
    expect(calls).to.have.length(8);
    expect(calls.every(({ options }) => options.keepalive)).to.equal(true);
  });

  it('is saved here where there is a journal: it goes out though its page was killed, and not before its time', async () => {
    const row = activity();
    const device = new MemoryDevice();
    const tab = device.tab();
    const { store, calls } = await stage([row], [], HOLDS, { journal: tab });
    const act = { kind: 'remove', ids: [row.id] } as const;
    await store.act(act, { asker, holdFor: 7000 });
    await settled();
    expect(device.entries).to.have.length(1);
    tab.close();

    const next = await stage([row], [], HOLDS, { journal: device.tab() });
    await settled();
    expect(next.store.row(row.id)).to.equal(undefined);
    await next.timers.pass(6900);
    expect(next.calls).to.have.length(0);
    await next.timers.pass(1200);
    expect(next.calls.map(({ method }) => method)).to.deep.equal(['remove']);
    expect(device.entries).to.deep.equal([]);
    expect(calls).to.deep.equal([]);
  });

  it('is called off for good where the storage was slow to keep it', async () => {
    const row = activity();
    const device = new MemoryDevice();
    const tab = device.tab();
    let keep: () => void = () => undefined;
    const slow = new Promise<void>((resolve) => (keep = resolve));
    const append = tab.append.bind(tab);
    tab.append = (entries) => slow.then(() => append(entries));
    const { store, timers, calls } = await stage([row], [], HOLDS, { journal: tab });
    await settled();
    const { undo } = await store.act({ kind: 'remove', ids: [row.id] }, { asker, holdFor: 7000 });
    await undo?.();
    keep();
    await timers.pass(60_000);
    expect(store.row(row.id)?.id).to.equal(row.id);
    expect(calls).to.deep.equal([]);
    expect(device.entries).to.deep.equal([]);
  });

  it('is called off in the journal too', async () => {
    const row = activity();
    const device = new MemoryDevice();
    const { store, timers, calls } = await stage([row], [], HOLDS, { journal: device.tab() });
    const { undo } = await store.act({ kind: 'remove', ids: [row.id] }, { asker, holdFor: 7000 });
    await settled();
    await undo?.();
    await settled();
    expect(device.entries).to.deep.equal([]);
    await timers.pass(60_000);
    expect(calls).to.have.length(0);
    expect(store.row(row.id)?.id).to.equal(row.id);
  });

  it('goes out through the journal where the page is put away, and what another tab holds is left to it', async () => {
    const [own, other] = [activity(), activity()];
    const device = new MemoryDevice();
    const { store, page, calls } = await stage([own, other], [], HOLDS, { journal: device.tab() });
    await settled();
    const beside = await stage([own, other], [], HOLDS, { journal: device.tab() });
    await beside.store.act({ kind: 'remove', ids: [other.id] }, { asker, holdFor: 7000 });
    await store.act({ kind: 'remove', ids: [own.id] }, { asker, holdFor: 7000 });
    await settled();
    page.emit('hidden');
    await settled();
    expect(calls.map(({ options }) => options.keepalive)).to.deep.equal([true]);
    expect(device.entries.map(({ entry }) => entry.key)).to.deep.equal([other.id]);
  });

  describe('and is undone in a tab that does not send', () => {
    /** Two tabs; the one that sends does so, or not before it is told to. */
    async function twoTabs() {
      const row = activity({ subject: 'Before' });
      const device = new MemoryDevice();
      let arrive: () => void = () => undefined;
      const gate = new Promise<void>((resolve) => (arrive = resolve));
      const subjects: unknown[] = [];
      const sending = await stage(
        [row],
        [],
        (provider) => ({
          update: async (id, patch, options) => {
            subjects.push(patch.subject);
            if (subjects.length === 1) await gate;
            return provider.update(id, patch, options);
          },
        }),
        { journal: device.tab() },
      );
      await settled();
      const { store, timers } = await stage([row], [], undefined, { journal: device.tab() });
      await settled();
      const change = async () => {
        const acting = store.act(
          { kind: 'update', ids: [row.id], patch: { subject: 'After' } },
          { asker },
        );
        await timers.pass(3000);
        return acting;
      };
      return { row, device, sending, store, change, arrive, subjects };
    }

    it('never goes out where the other has not begun', async () => {
      const { row, device, sending, store, change, subjects } = await twoTabs();
      sending.page.isOnline = false;
      sending.page.emit('offline');
      const { undo } = await change();
      await undo?.();
      expect(store.row(row.id)?.subject).to.equal('Before');
      expect(device.entries).to.deep.equal([]);
      sending.page.isOnline = true;
      sending.page.emit('online');
      await sending.timers.pass(60_000);
      expect(subjects).to.deep.equal([]);
    });

    it('is done, and then undone, where the other has it under way', async () => {
      const { row, device, store, change, arrive, subjects } = await twoTabs();
      const { undo } = await change();
      const undone = undo?.();
      await settled();
      expect(store.row(row.id)?.subject).to.equal('After');
      arrive();
      await undone;
      await settled();
      expect(subjects).to.deep.equal(['After', 'Before']);
      expect(store.row(row.id)?.subject).to.equal('Before');
      expect(device.entries).to.deep.equal([]);
    });
  });

  it('is not held where it would be lost with the page: without network and journal it is refused with a word', async () => {
    const row = activity();
    const { store, page, calls } = await stage([row], ['network'], HOLDS);
    const late: Change[] = [];
    store.writer.onLate((change) => late.push(change));
    const act = { kind: 'remove', ids: [row.id] } as const;
    await store.act(act, { asker, holdFor: 7000 });
    page.isOnline = false;
    page.emit('offline');
    await settled();
    expect(late.map(({ state, error }) => [state, error?.code])).to.deep.equal([
      ['refused', 'network'],
    ]);
    const { results } = await store.act(act, { asker, holdFor: 7000 });
    expect(results[0]).to.have.nested.property('error.code', 'network');
    expect(store.row(row.id)?.id).to.equal(row.id);
    expect(calls).to.have.length(0);
  });

  it('is asked about before the page goes where it would not go out: behind another write, or too long', async () => {
    const [row, other] = [activity(), activity()];
    let arrive: () => void = () => undefined;
    const { store, page, calls } = await stage([row, other], [], (provider) => ({
      ...HOLDS(provider),
      update: async (id, patch, options) => {
        await new Promise<void>((resolve) => (arrive = resolve));
        return provider.update(id, patch, options);
      },
    }));
    const complete = (id: string, description = '') =>
      store.act(
        { kind: 'transition', ids: [id], to: { state: 'completed', patch: { description } } },
        { asker, holdFor: 7000 },
      );
    expect(page.asks, 'nothing is on its way').to.equal(false);
    const edited = store.update([row.id], { subject: 'A' }, asker);
    await settled();
    expect(page.asks, 'what is under way is broken off with its page').to.equal(true);
    await complete(row.id);
    arrive();
    await edited;
    await settled();
    expect(page.asks, 'it goes out when the page goes').to.equal(false);
    await complete(other.id, 'x'.repeat(70_000));
    expect(page.asks, 'so much outlives no page').to.equal(true);
    page.emit('hidden');
    await settled();
    expect(calls.map(({ method, options }) => [method, options.keepalive])).to.deep.equal([
      ['transition', true],
      ['transition', true],
    ]);
    expect(page.asks).to.equal(false);
  });

  it('is not asked about where it is saved here', async () => {
    const row = activity();
    const device = new MemoryDevice();
    const { store, page, timers } = await stage([row], ['network', 'network'], HOLDS, {
      journal: device.tab(),
    });
    page.isOnline = false;
    await Promise.all([store.update([row.id], { subject: 'A' }, asker), timers.pass(3000)]);
    expect(store.writer.waiting).to.have.length(1);
    expect(page.asks).to.equal(false);
  });

  it('goes out when the page goes, and with it what waits for room only', async () => {
    const rows = Array.from({ length: 8 }, () => activity());
    const sent: [string, boolean | undefined][] = [];
    const { store, page } = await stage(rows, [], () => ({
      update: (id, _patch, { keepalive }) => {
        sent.push([id, keepalive]);
        return new Promise(() => undefined);
      },
    }));
    const ids = rows.map(({ id }) => id);
    void store.update(ids, { subject: 'A' }, asker);
    await settled();
    expect(sent).to.have.length(4);
    page.emit('hidden');
    await settled();
    expect(sent).to.deep.equal(ids.map((id, at) => [id, at < 4 ? undefined : true]));
  });

  it('is sent at once where it is too much to hold, and can’t be taken back', async () => {
    const rows = Array.from({ length: 26 }, () => activity());
    const { store, calls } = await stage(rows, [], HOLDS);
    const ids = rows.map(({ id }) => id);
    const { undo } = await store.act(
      { kind: 'transition', ids, to: { state: 'completed' } },
      { asker, holdFor: 7000 },
    );
    expect(calls).to.have.length(26);
    expect(undo).to.equal(undefined);
  });
});

describe('a bulk', () => {
  it('goes in calls of the provider’s own where it has them, each record with its own end', async () => {
    const rows = Array.from({ length: 7 }, (_, index) => activity({ subject: String(index) }));
    const sizes: number[] = [];
    const { store } = await stage(rows, [], (provider) => ({
      capabilities: async () => ({ ...(await provider.capabilities(asker)), bulkMax: 3 }),
      bulk: (changes, options) => {
        sizes.push(changes.length);
        return Promise.all(
          changes.map(async (change) => {
            const { id } = change;
            if (id === rows[1]?.id) return { id, error: failure('forbidden') };
            const own = { ...options, ...change };
            const row = await provider.update(
              id,
              'patch' in change ? (change.patch ?? {}) : {},
              own,
            );
            return { id, row };
          }),
        );
      },
    }));
    const ids = rows.map(({ id }) => id);
    const { results, undo } = await store.act({ kind: 'update', ids, patch: { priority: 'high' } });
    expect(sizes).to.deep.equal([3, 3]);
    expect(results.map((result) => 'error' in result)).to.deep.equal(
      rows.map((_, index) => index === 1),
    );
    await undo?.();
    expect(rows.map(({ id }) => store.row(id)?.priority)).to.deep.equal(rows.map(() => undefined));
  });

  it('ends where it is told to: what is sent is done, the rest is aborted', async () => {
    const rows = Array.from({ length: 12 }, () => activity());
    const { store } = await stage(rows);
    const stop = new AbortController();
    const { results } = await store.act(
      { kind: 'update', ids: rows.map(({ id }) => id), patch: { priority: 'high' } },
      {
        signal: stop.signal,
        onProgress: (done) => {
          if (done === 2) stop.abort();
        },
      },
    );
    const codes = results.map((result) => ('error' in result ? result.error.code : 'done'));
    expect(codes.filter((code) => code === 'done').length).to.be.greaterThan(1);
    expect(codes.at(-1)).to.equal('aborted');
    expect(store.row(rows.at(-1)?.id ?? '')?.priority).to.equal(undefined);
  });

  it('includes what matches but is not loaded', async () => {
    const rows = Array.from({ length: 620 }, () => activity());
    const { store, provider } = await stage(rows);
    const except = [rows[3]?.id ?? ''];
    const seen: number[] = [];
    const { results } = await store.act(
      { kind: 'transition', ids: [rows[0]?.id ?? ''], to: { state: 'completed' } },
      {
        rest: { query: OPEN, except, count: { value: 618, relation: 'exact' } },
        onProgress: (_, total) => seen.push(total),
      },
    );
    expect(results.filter((result) => 'error' in result)).to.deep.equal([]);
    expect(results).to.have.length(619);
    expect(seen.at(-1)).to.equal(619);
    const { rows: left } = await provider.query(OPEN, asker);
    expect(left.map(({ id }) => id)).to.deep.equal(except);
    expect(new Set(seen)).to.deep.equal(new Set([619]));
  });

  it('seeks more of them in an order in which it can tell where a page ends', async () => {
    const rows = Array.from({ length: 620 }, () => activity());
    const { store, provider } = await stage(rows, [], (own) => ({
      capabilities: () =>
        Promise.resolve({
          query: { places: true, sort: ['*'], exact: ['createdAt'], maxPage: 250 },
        }),
      query: (question, options) =>
        question.page?.at && question.sort?.[0]?.field !== 'createdAt'
          ? Promise.reject(failure('server', 'its texts have an order of their own'))
          : own.query(question, options),
    }));
    const bySubject: ActivityQuery = { ...OPEN, sort: [{ field: 'subject', direction: 'asc' }] };
    const { results, left } = await store.act(
      { kind: 'transition', ids: [], to: { state: 'completed' } },
      { rest: { query: bySubject, except: [], count: { value: 620, relation: 'exact' } } },
    );
    expect(left).to.equal(undefined);
    expect(results).to.have.length(620);
    expect((await provider.query(OPEN, asker)).rows).to.deep.equal([]);
  });

  for (const [name, fail] of [
    ['is stopped', 'aborted'],
    ['fails', 'server'],
  ] as const) {
    it(`tells what was left where the search for more of them ${name}`, async () => {
      const rows = Array.from({ length: 620 }, () => activity());
      const stop = new AbortController();
      let isWide = false;
      const { store, provider } = await stage(rows, [], (own) => ({
        query: async (question, options) => {
          const answer = await own.query(question, options);
          if (isWide && fail === 'aborted') stop.abort();
          if (isWide && fail === 'server') throw failure('server');
          return answer;
        },
      }));
      isWide = true;
      const rest = { query: OPEN, except: [], count: { value: 619, relation: 'exact' } } as const;
      const seen: number[] = [];
      const id = rows[0]?.id ?? '';
      const { results, left } = await store.act(
        { kind: 'transition', ids: [id], to: { state: 'completed' } },
        { rest, signal: stop.signal, onProgress: (_, total) => seen.push(total) },
      );
      expect(results.map(({ key }) => key)).to.deep.equal([id]);
      expect(left?.rest).to.deep.equal({ ...rest, except: [id] });
      expect(left?.error.code).to.equal(fail);
      expect(seen).to.deep.equal([620]);
      const { rows: open } = await provider.query({ ...OPEN, page: { size: 1000 } }, asker);
      expect(open).to.have.length(619);
    });
  }

  it('names each of those found that were not begun when it was stopped', async () => {
    const rows = Array.from({ length: 30 }, () => activity());
    const stop = new AbortController();
    let asked = 0;
    const { store } = await stage(rows, [], (own) => ({
      query: async (question, options) => {
        asked += 1;
        return own.query(question, options);
      },
    }));
    const before = asked;
    const rest = { query: OPEN, except: [], count: { value: 30, relation: 'exact' } } as const;
    const { results, left } = await store.act(
      { kind: 'transition', ids: [], to: { state: 'completed' } },
      {
        rest,
        signal: stop.signal,
        onProgress: () => stop.abort(),
      },
    );
    expect(asked).to.be.greaterThan(before);
    expect(left).to.equal(undefined);
    const ids = results.filter((result) => 'error' in result && result.error.code === 'aborted');
    expect(ids.map(({ key }) => key)).to.have.members(rows.map(({ id }) => id));
  });

  it('hears how each ended as long as they go out one after the other, though they are saved here too', async () => {
    const rows = Array.from({ length: 24 }, () => activity());
    const clocks: ManualTimers[] = [];
    const { store, timers } = await stage(
      rows,
      [],
      (own) => ({
        update: async (id, patch, options) => {
          await new Promise<void>((resolve) => clocks[0]?.after(1000, resolve));
          return own.update(id, patch, options);
        },
      }),
      { journal: new MemoryDevice().tab() },
    );
    clocks.push(timers);
    await settled();
    const seen: number[] = [];
    let end: ActEnd | undefined;
    void store
      .act(
        { kind: 'update', ids: rows.map(({ id }) => id), patch: { priority: 'high' } },
        { asker, onProgress: (done) => seen.push(done) },
      )
      .then((ended) => (end = ended));
    await timers.pass(4500);
    expect(end === undefined, 'it goes on').to.equal(true);
    expect(seen.at(-1)).to.equal(16);
    await timers.pass(10_000);
    expect(end?.results.filter((result) => 'isWaiting' in result)).to.deep.equal([]);
    expect(end?.results.filter((result) => 'error' in result)).to.deep.equal([]);
    expect(seen.at(-1)).to.equal(24);
  });

  it('answers before long where a saved one has no answer', async () => {
    const row = activity();
    const never = new Promise<Activity>(() => undefined);
    const { store, timers } = await stage([row], [], () => ({ update: () => never }), {
      journal: new MemoryDevice().tab(),
    });
    await settled();
    const act = store.act({ kind: 'update', ids: [row.id], patch: { priority: 'high' } });
    await timers.pass(3100);
    expect((await act).results[0]).to.have.property('isWaiting', true);
  });

  it('updates each in its own way as one act, with one undo', async () => {
    const rows = Array.from({ length: 12 }, () => activity());
    const before = rows.map(({ subject }) => subject);
    let told = 0;
    const { store, provider } = await stage(rows, [], (own) => ({
      bulk: async (changes, options) => {
        told += 1;
        return Promise.all(
          changes.map(async (change) => {
            const write = { ...options, idempotencyKey: change.idempotencyKey };
            const patch = 'patch' in change ? (change.patch ?? {}) : {};
            const row = await own.update(change.id, patch, write);
            return { id: change.id, row };
          }),
        );
      },
    }));
    const patches = new Map(rows.map(({ id }) => [id, { subject: `New ${id}` }]));
    const { results, undo } = await store.act({ kind: 'update-each', patches }, {});
    expect(told, 'in one call').to.equal(1);
    const subjects = async (): Promise<string[]> =>
      Promise.all(rows.map(async ({ id }) => (await provider.get(id, asker)).subject));
    expect(results.some((result) => 'error' in result)).to.equal(false);
    expect(await subjects()).to.deep.equal(rows.map(({ id }) => `New ${id}`));
    await undo?.();
    expect(await subjects()).to.deep.equal(before);
  });

  it('begins nothing that was stopped before', async () => {
    const row = activity();
    const { store, calls } = await stage([row]);
    const rest = { query: OPEN, except: [], count: { value: 3, relation: 'exact' } } as const;
    const end = await store.act(
      { kind: 'update', ids: [row.id], patch: { priority: 'high' } },
      { rest, signal: AbortSignal.abort() },
    );
    const [result] = end.results;
    expect(result && 'error' in result && result.error.code).to.equal('aborted');
    expect(end.left?.rest.count.value).to.equal(3);
    expect(calls).to.deep.equal([]);
  });
});

describe('a server that makes its own ids', () => {
  it('is understood by what was queued before it said so', async () => {
    const { store, provider, timers } = await stage([], ['lost-answer'], (own) => ({
      create: (_id, draft, options) => own.create('server-1', draft, options),
    }));
    const created = store.create({ type: 'task', subject: 'New' }, asker);
    const [first] = store.view(OPEN, asker).rows;
    const edited = store.update([first?.id ?? ''], { subject: 'Edited' }, asker);
    await timers.pass(1000);
    const [result, [edit]] = await Promise.all([created, edited]);
    expect(result.id).to.equal('server-1');
    expect(edit).not.to.have.property('error');
    expect((await provider.get('server-1', asker)).subject).to.equal('Edited');
  });
});

describe('without a network', () => {
  it('nothing is sent, and what was not sent is told at once', async () => {
    const row = activity();
    const { store, page, calls } = await stage([row], ['network']);
    page.isOnline = false;
    await store.update([row.id], { subject: 'A' }, asker);
    expect(store.isOnline).to.equal(false);
    const sent = calls.length;
    const [result] = await store.update([activity().id], { subject: 'B' }, asker);
    expect(result && 'error' in result && result.error.code).to.equal('network');
    expect(calls).to.have.length(sent);
    page.isOnline = true;
    page.emit('online');
    await settled();
    expect(store.isOnline).to.equal(true);
    expect(store.writer.waiting).to.deep.equal([]);
    expect(store.row(row.id)?.subject).to.equal('A');
  });
});

describe('a write that reaches more rows than it names', () => {
  it('is seen in the lists though the backend tells of nothing', async () => {
    const { subscribe: _subscribe, ...provider } = memory([]);
    const store = new ActivityStore({ ...provider, name: 'stage' }, { clock });
    const view = store.view({ sort: [{ field: 'start', direction: 'asc' }] }, asker);
    view.subscribe(() => undefined);
    const subjects = (): string => view.rows.map(({ subject }) => subject).join();
    await waitUntil(() => view.status === 'ready');
    const series = { id: '', role: 'master', rule: 'FREQ=DAILY;COUNT=3', zone: 'UTC' } as const;
    const start = '2026-11-24T09:00:00Z';
    await store.create({ type: 'appointment', subject: 'A', start, end: start, series }, asker);
    await waitUntil(() => subjects() === 'A,A,A', 'the dates are there');
    const ids = [view.rows[1]?.id ?? ''];
    await store.act({ kind: 'update', ids, patch: { subject: 'B' }, scope: 'following' });
    await waitUntil(() => subjects() === 'A,B,B', 'the later ones are changed');
    await store.act({ kind: 'remove', ids, scope: 'all' });
    await waitUntil(() => subjects() === 'A', 'a series is gone');
  });
});

import { expect } from '@open-wc/testing';
import { failure } from '../../src/provider/failure.js';
import type { ActivityDataProvider } from '../../src/provider/provider.js';
import { ActivityStore } from '../../src/store/activity-store.js';
import { activity, clock, memory } from '../support/fixtures.js';
import { ManualTimers, TestPage, settled } from './support.js';

/* What others do is seen: told by the provider, or asked for when the page comes to the front and at an interval. */

const asker = { locale: 'en', timeZone: 'UTC' };
const THEIRS = { ...asker, idempotencyKey: 'theirs' };

/** A list that somebody looks at, over a provider that tells of changes, or not. */
async function stage({ tells = false } = {}) {
  const source = memory([activity({ subject: 'Ours' })]);
  const { subscribe: _subscribe, ...mute } = source;
  const from: ActivityDataProvider = tells ? source : mute;
  let asked = 0;
  const provider: ActivityDataProvider = {
    ...from,
    query: (question, options) => {
      asked += 1;
      return source.query(question, options);
    },
  };
  const page = new TestPage();
  const timers = new ManualTimers();
  const store = new ActivityStore(provider, { clock, page, timers });
  const view = store.view({}, asker);
  view.subscribe(() => undefined);
  await settled();
  expect(asked).to.equal(1);
  const theirs = { type: 'task', subject: 'Theirs' };
  const subjects = (): readonly string[] => view.rows.map(({ subject }) => subject);
  const others = async (): Promise<void> => {
    await source.create(crypto.randomUUID(), theirs, THEIRS);
    await settled();
  };
  return { store, page, timers, subjects, others, asked: () => asked };
}

/** Does it, and then what it has put off for half a minute, in case an element comes back. */
async function andLater(work: () => void): Promise<void> {
  const start = globalThis.setTimeout;
  const later: (() => void)[] = [];
  const keep = (run: () => void, wait = 0) => (wait < 1000 ? start(run, wait) : later.push(run));
  globalThis.setTimeout = keep as typeof setTimeout;
  try {
    work();
    await settled();
    for (const run of later) run();
  } finally {
    globalThis.setTimeout = start;
  }
  await settled();
}

describe('a store of which no list is looked at any more', () => {
  it('hears what others do as long as somebody looks at a row, and then nothing', async () => {
    const row = activity({ subject: 'Ours' });
    const source = memory([row]);
    const page = new TestPage();
    const store = new ActivityStore(source, { clock, page, timers: new ManualTimers() });
    const leave = store.view({}, asker).subscribe(() => undefined);
    await settled();
    let heard = 0;
    const end = store.watchRow(row.id, () => (heard += 1));
    await andLater(leave);
    await source.update(row.id, { subject: 'Theirs' }, THEIRS);
    await settled();
    expect(heard).to.equal(1);
    expect(store.row(row.id)?.subject).to.equal('Theirs');

    await andLater(end);
    expect(page.isHeard).to.equal(false);
    await source.update(row.id, { subject: 'Unheard' }, { ...THEIRS, idempotencyKey: 'later' });
    await settled();
    expect(store.row(row.id)?.subject).to.equal('Theirs');
  });

  it('sends what is held back when the page goes, and listens no longer than there is something', async () => {
    const row = activity({ subject: 'Ours' });
    const source = memory([row]);
    const page = new TestPage();
    const provider: ActivityDataProvider = {
      ...source,
      capabilities: async () => ({ ...(await source.capabilities(asker)), undo: 'hold' }),
    };
    const store = new ActivityStore(provider, { clock, page, timers: new ManualTimers() });
    const leave = store.view({}, asker).subscribe(() => undefined);
    await settled();
    await store.act({ kind: 'remove', ids: [row.id] }, { asker, holdFor: 60_000 });
    await andLater(leave);
    expect((await source.query({}, asker)).rows, 'it is held back').to.have.length(1);
    await andLater(() => page.emit('hidden'));
    expect((await source.query({}, asker)).rows).to.deep.equal([]);
    expect(page.isHeard).to.equal(false);
  });
});

describe('what others do', () => {
  it('is seen as it is told, and not asked for', async () => {
    const { page, timers, store, subjects, others, asked } = await stage({ tells: true });
    store.refreshEvery(30_000);
    await others();
    expect(subjects()).to.include('Theirs');
    page.emit('seen');
    await timers.pass(60_000);
    expect(asked()).to.equal(1);
  });

  it('is asked for when the page comes to the front, and not each time somebody goes to and fro', async () => {
    const { page, timers, subjects, others, asked } = await stage();
    await others();
    expect(subjects()).to.deep.equal(['Ours']);
    page.emit('seen');
    await settled();
    expect(subjects()).to.have.members(['Ours', 'Theirs']);
    page.emit('seen');
    await settled();
    expect(asked()).to.equal(2);
    await timers.pass(5000);
    page.emit('seen');
    await settled();
    expect(asked()).to.equal(3);
  });

  it('is asked for at the shortest interval wanted, while the page is seen', async () => {
    const { store, page, timers, subjects, others, asked } = await stage();
    await others();
    const endSlow = store.refreshEvery(60_000);
    const endQuick = store.refreshEvery(20_000);
    await timers.pass(20_000);
    expect(subjects()).to.have.members(['Ours', 'Theirs']);
    expect(asked()).to.equal(2);

    page.isVisible = false;
    await timers.pass(40_000);
    expect(asked()).to.equal(2);

    page.isVisible = true;
    endQuick();
    await timers.pass(59_999);
    expect(asked()).to.equal(2);
    await timers.pass(1);
    expect(asked()).to.equal(3);
    endSlow();
    await timers.pass(600_000);
    expect(asked()).to.equal(3);
  });
});

describe('what is told of an own write', () => {
  for (const isLost of [false, true]) {
    const named = isLost ? 'though that never comes' : 'which comes later';
    it(`is one with its answer, ${named}`, async () => {
      const before = activity({ subject: 'Before' });
      const source = memory([before]);
      let told = 0;
      source.subscribe(() => (told += 1));
      let sent = 0;
      const timers = new ManualTimers();
      const store = new ActivityStore(
        {
          ...source,
          update: async (...args) => {
            sent += 1;
            const row = await source.update(...args);
            if (isLost && sent === 1) throw failure('network');
            return row;
          },
        },
        { clock, page: new TestPage(), timers },
      );
      const view = store.view({}, asker);
      view.subscribe(() => undefined);
      await settled();
      const writing = store.update([before.id], { subject: 'After' }, asker);
      await timers.pass(60_000);
      const results = await writing;
      expect(results.map((result) => 'error' in result)).to.deep.equal([false]);
      expect([told, sent]).to.deep.equal([1, isLost ? 2 : 1]);
      expect(view.rows).to.deep.equal(await source.query({}, asker).then(({ rows }) => rows));
      expect(view.rows[0]?.subject).to.equal('After');
    });
  }
});

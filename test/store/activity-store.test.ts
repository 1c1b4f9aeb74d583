import { expect } from '@open-wc/testing';
import type { Activity } from '../../src/model/activity.js';
import type { ActivityQuery } from '../../src/model/query.js';
import { failure } from '../../src/provider/failure.js';
import type { ActivityDataProvider, ProviderChange } from '../../src/provider/provider.js';
import { ActivityStore, type StoreOptions } from '../../src/store/activity-store.js';
import type { ActivityView } from '../../src/store/activity-view.js';
import { activity, clock, memory, mona, wingtip } from '../support/fixtures.js';
import { waitUntil } from '../support/until.js';
import { ManualTimers } from './support.js';

const asker = { locale: 'en', timeZone: 'Europe/Berlin' };
const OPEN: ActivityQuery = {
  filter: { field: 'state', op: 'eq', value: 'open' },
  sort: [{ field: 'deadline', direction: 'asc' }],
};
const DONE: ActivityQuery = { filter: { field: 'state', op: 'eq', value: 'completed' } };

function storeOf(provider: ActivityDataProvider, options: StoreOptions = {}): ActivityStore {
  return new ActivityStore(provider, { clock, ...options });
}

async function watched(store: ActivityStore, question: ActivityQuery): Promise<ActivityView> {
  const view = store.view(question, asker);
  view.subscribe(() => undefined);
  await waitUntil(() => view.status !== 'loading', 'the view never settled');
  return view;
}

const subjects = (view: ActivityView): string[] => view.rows.map(({ subject }) => subject);

/** A promise that is settled from outside. */
function deferred<T>(): {
  promise: Promise<T>;
  resolve: (value: T) => void;
  reject: (error: unknown) => void;
} {
  let resolve: (value: T) => void = () => undefined;
  let reject: (error: unknown) => void = () => undefined;
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}

describe('the store', () => {
  describe('reading', () => {
    it('asks once for a question that several ask', async () => {
      const provider = memory([activity()]);
      let asked = 0;
      const store = storeOf({
        ...provider,
        query: (question, options) => {
          asked += 1;
          return provider.query(question, options);
        },
      });
      await Promise.all([watched(store, OPEN), watched(store, { ...OPEN })]);
      expect(asked).to.equal(1);
    });

    it('filters, sorts and pages by itself what a bare query answers', async () => {
      const rows = Array.from({ length: 60 }, (_, index) =>
        activity({
          subject: `S${String(index).padStart(2, '0')}`,
          due: `2026-11-24T${String(index % 24).padStart(2, '0')}:00:00Z`,
          state: index % 3 === 0 ? 'completed' : 'open',
        }),
      );
      const view = await watched(storeOf({ query: () => Promise.resolve(rows) }), {
        filter: { field: 'state', op: 'eq', value: 'completed' },
        sort: [{ field: 'subject', direction: 'desc' }],
        page: { size: 15 },
      });
      expect(view.rows).to.have.length(15);
      expect(view.rows[0]?.subject).to.equal('S57');
      expect(view.total).to.deep.equal({ value: 20, relation: 'exact' });
      view.loadMore();
      expect(view.rows).to.have.length(20);
      expect(view.hasMore).to.equal(false);
    });

    it('loads page after page without doubling a row', async () => {
      const rows = Array.from({ length: 23 }, (_, index) =>
        activity({ subject: `T${String(index)}` }),
      );
      const view = await watched(storeOf(memory(rows)), { ...OPEN, page: { size: 10 } });
      expect(view.rows).to.have.length(10);
      expect(view.hasMore).to.equal(true);
      view.loadMore();
      await waitUntil(() => view.rows.length === 20);
      view.loadMore();
      await waitUntil(() => view.rows.length === 23);
      expect(view.hasMore).to.equal(false);
      expect(new Set(view.rows.map(({ id }) => id)).size).to.equal(23);
    });

    it('keeps what was asked later, whatever arrives first', async () => {
      const answers = [deferred<Activity[]>(), deferred<Activity[]>()];
      let calls = 0;
      const store = storeOf({
        capabilities: () => Promise.resolve({ query: { exact: ['*'] } }),
        query: () => answers[calls++]?.promise ?? Promise.resolve([]),
      });
      const row = activity({ subject: 'old', version: '1' });
      const view = store.view(OPEN, asker);
      view.subscribe(() => undefined);
      await waitUntil(() => calls === 1);
      view.refresh();
      await waitUntil(() => calls === 2);
      answers[1]?.resolve([{ ...row, subject: 'new', version: '2' }]);
      await waitUntil(() => view.rows.length === 1);
      answers[0]?.resolve([row]);
      await Promise.resolve();
      expect(subjects(view)).to.deep.equal(['new']);
    });

    it('is failed when the provider rejects, throws, answers nonsense or not at all, and ready after a refresh', async () => {
      const row = activity();
      const bad: (() => Promise<readonly Activity[]>)[] = [
        () => Promise.reject(failure('network')),
        () => {
          throw new Error('secret');
        },
        () => Promise.resolve('<html>' as unknown as readonly Activity[]),
        () => new Promise(() => undefined),
      ];
      const codes: (string | undefined)[] = [];
      for (const fault of bad) {
        let fails = true;
        const store = storeOf(
          { query: () => (fails ? fault() : Promise.resolve([row])) },
          { readLimit: 30 },
        );
        const view = await watched(store, OPEN);
        expect(view.status).to.equal('failed');
        codes.push(view.error?.code);
        expect(view.error?.message).to.equal('');
        fails = false;
        view.refresh();
        await waitUntil(() => view.status === 'ready');
        expect(view.rows).to.have.length(1);
      }
      expect(codes).to.deep.equal(['network', 'server', 'server', 'timeout']);
    });

    it('still says what an earlier page lacks when the next one is whole, until it is asked again', async () => {
      const provider = memory(Array.from({ length: 30 }, () => activity()));
      let fails = true;
      const store = storeOf({
        ...provider,
        query: async (...[question, call]: Parameters<typeof provider.query>) => {
          const page = await provider.query(question, call);
          const failed = [{ source: 'notes', error: { code: 'server', message: '' } as const }];
          return { ...page, ...(fails && { failed }) };
        },
      });
      const view = await watched(store, { page: { size: 10 } });
      expect(view.failed).to.have.length(1);
      fails = false;
      view.loadMore();
      await waitUntil(() => view.rows.length === 20);
      expect(view.failed.map(({ source }) => source)).to.deep.equal(['notes']);
      view.refresh();
      await waitUntil(() => view.status === 'ready');
      expect(view.failed).to.deep.equal([]);
    });

    it('shows the rows of an answer though what stands beside them means nothing', async () => {
      const provider = memory([]);
      const answer: unknown = {
        ...{ rows: [activity()], total: 12, next: 7 },
        failed: ['notes', { source: 'Emails' }],
      };
      const store = storeOf({
        ...provider,
        query: () => Promise.resolve(answer as readonly Activity[]),
        count: () => Promise.resolve([3] as never),
      });
      const view = await watched(store, OPEN);
      expect(view.status).to.equal('ready');
      expect(view.rows).to.have.length(1);
      expect(view.total).to.equal(undefined);
      expect(view.failed).to.deep.equal([
        { source: 'Emails', error: { code: 'server', message: '' } },
      ]);
      const counts = store.counts({}, [{ name: 'all', filter: { all: [] } }], asker);
      counts.subscribe(() => undefined);
      await waitUntil(() => counts.error?.code === 'server');
      expect(counts.totals.size).to.equal(0);
    });

    it('aborts what nobody waits for any more', async () => {
      let signal: AbortSignal | undefined;
      const store = storeOf({
        query: (_question, options) => {
          signal = options.signal;
          return new Promise(() => undefined);
        },
        capabilities: () => Promise.resolve({ query: {} }),
      });
      const end = store.view(OPEN, asker).subscribe(() => undefined);
      await waitUntil(() => signal !== undefined);
      end();
      await waitUntil(() => signal?.aborted === true, 'the read goes on');
    });

    it('lets broken rows stand and names what is wrong with them', async () => {
      const view = await watched(
        storeOf({
          query: () =>
            Promise.resolve([
              { id: '1', type: 'task', subject: 'Fine', state: 'open' },
              { id: '2', type: 'task', state: 'flying', due: '2026-02-31' },
              { type: 'task' },
              null,
              { id: '1', type: 'task', subject: 'Twice', state: 'open' },
            ] as unknown as Activity[]),
        }),
        { sort: [{ field: 'subject', direction: 'asc' }] },
      );
      expect(view.rows.map(({ id }) => id).sort()).to.deep.equal(['1', '2']);
      expect(view.problems.join('\n'))
        .to.contain('state "flying"')
        .and.to.contain('due "2026-02-31"')
        .and.to.contain('has no id')
        .and.to.contain('not an object')
        .and.to.contain('two rows have this id');
    });

    it('takes no key that reaches a prototype', async () => {
      const poisoned = JSON.parse(
        '{"id":"p","type":"task","subject":"P","state":"open","__proto__":{"polluted":true},"fields":{"constructor":{"x":1},"ok":1}}',
      ) as Activity;
      const view = await watched(storeOf({ query: () => Promise.resolve([poisoned]) }), OPEN);
      expect(view.rows[0]?.fields).to.deep.equal({ ok: 1 });
      expect(({} as { polluted?: boolean }).polluted).to.equal(undefined);
    });
  });

  describe('a window on a long list', () => {
    const many = Array.from({ length: 3000 }, (_, index) =>
      activity({ subject: `W${String(index).padStart(4, '0')}` }),
    );
    const BY_SUBJECT: ActivityQuery = {
      sort: [{ field: 'subject', direction: 'asc' }],
      page: { size: 20 },
    };
    const stage = async (more: Partial<ActivityDataProvider> = {}) => {
      const provider = memory(many);
      const asked: unknown[] = [];
      const store = storeOf({
        ...provider,
        query: (question, options) => {
          asked.push(question.page?.at);
          return provider.query(question, options);
        },
        ...more,
      });
      return { store, asked, view: await watched(store, BY_SUBJECT) };
    };
    const subjectsAt = (view: ActivityView, from: number, to: number): (string | undefined)[] =>
      Array.from({ length: to - from }, (_, index) => view.rowAt(from + index)?.subject);
    const truth = (from: number, to: number): string[] =>
      many.slice(from, to).map(({ subject }) => subject);

    it('is loaded where it is looked at, and nowhere else', async () => {
      const { view, asked } = await stage();
      expect(view.length).to.equal(3000);
      view.ensure(2000, 2030);
      view.ensure(2000, 2030);
      await waitUntil(() => view.rowAt(2029) !== undefined);
      expect(subjectsAt(view, 2000, 2030)).to.deep.equal(truth(2000, 2030));
      expect(view.rowAt(1000)).to.equal(undefined);
      view.ensure(2010, 2040);
      await waitUntil(() => view.rowAt(2039) !== undefined);
      view.ensure(1990, 2020);
      await waitUntil(() => view.rowAt(1990) !== undefined);
      expect(subjectsAt(view, 1990, 2040)).to.deep.equal(truth(1990, 2040));
      expect(asked).to.have.length(4);
      view.ensure(2990, 3040);
      await waitUntil(() => view.rowAt(2999) !== undefined);
      expect(view.length).to.equal(3000);
      expect(view.rows).to.have.length(20);
    });

    it('is entered from its end', async () => {
      const { view } = await stage();
      view.ensure(2980, 3000);
      await waitUntil(() => view.rowAt(2999) !== undefined);
      view.ensure(2950, 3000);
      await waitUntil(() => view.rowAt(2950) !== undefined);
      expect(subjectsAt(view, 2950, 3000)).to.deep.equal(truth(2950, 3000));
      expect(view.length).to.equal(3000);
    });

    it('stays true while rows move, and is what a refresh asks for', async () => {
      const { store, view, asked } = await stage();
      view.ensure(2000, 2020);
      await waitUntil(() => view.rowAt(2019) !== undefined);
      await store.remove([many[5]?.id ?? ''], asker);
      expect(subjectsAt(view, 1999, 2019)).to.deep.equal(truth(2000, 2020));
      await store.update([many[2005]?.id ?? ''], { subject: 'A' }, asker);
      expect(view.rowAt(0)?.subject).to.equal('A');
      expect(view.rowAt(2004)?.subject).to.equal('W2004');
      expect(view.rowAt(2005)?.subject).to.equal('W2006');
      expect(asked).to.have.length(2);
      view.refresh();
      await waitUntil(() => view.status === 'ready');
      expect(asked.at(-1)).to.deep.equal({ offset: 2000 });
      expect(view.rowAt(2004)?.subject).to.equal('W2004');
    });

    it('is reached page after page where the provider knows no offsets', async () => {
      const { view, asked } = await stage({
        capabilities: () => Promise.resolve({ query: { exact: ['*'], maxPage: 500 } }),
      });
      view.ensure(900, 920);
      await waitUntil(() => view.rowAt(919) !== undefined);
      expect(subjectsAt(view, 900, 920)).to.deep.equal(truth(900, 920));
      expect(
        asked.slice(1).every((at) => typeof at === 'object' && at !== null && 'next' in at),
      ).to.equal(true);
    });

    for (const knows of ['its next page', 'places', 'both', 'offsets'] as const) {
      it(`has the server’s order where that is not the kit’s, and it knows ${knows}`, async () => {
        const reversed = ({ subject }: Activity): string => [...subject].reverse().join('');
        const theirs = [...many].sort((a, b) => (reversed(a) < reversed(b) ? -1 : 1));
        const { view } = await stage({
          capabilities: () =>
            Promise.resolve({
              query: {
                sort: ['subject'],
                exact: [],
                totals: 'exact',
                maxPage: 500,
                places: knows === 'places' || knows === 'both',
                offset: knows === 'offsets',
              },
            }),
          query: ({ page: { size = 20, at } = {} }) => {
            let first = 0;
            if (at && 'offset' in at) first = at.offset;
            if (at && 'next' in at) first = Number(at.next);
            if (at && 'after' in at && knows === 'both') {
              return Promise.reject(failure('server', 'values say little'));
            }
            if (at && 'after' in at) first = theirs.findIndex(({ id }) => id === at.after.id) + 1;
            const rows = theirs.slice(first, first + size);
            const next = knows === 'places' && at ? {} : { next: String(first + rows.length) };
            return Promise.resolve({
              rows,
              ...(first + size < theirs.length && next),
              total: { value: theirs.length, relation: 'exact' },
            });
          },
        });
        for (const from of [0, 40, 700, 690, 1400, 2980, 0, 1990]) {
          view.ensure(from, from + 20);
          await waitUntil(() => view.rowAt(from) && view.rowAt(from + 19) && !view.isLoadingMore);
          expect(view.length).to.equal(3000);
        }
        if (knows !== 'offsets') {
          expect(subjectsAt(view, 0, 3000)).to.deep.equal(theirs.map(({ subject }) => subject));
        }
        for (const from of [0, 690, 2980]) {
          const seen = theirs.slice(from, from + 20).map(({ subject }) => subject);
          expect(subjectsAt(view, from, from + 20)).to.deep.equal(seen);
        }
      });
    }

    it('opens around a row and goes on in both directions', async () => {
      const { view } = await stage();
      view.openAround(many[1500]?.id ?? '');
      await waitUntil(() => view.status === 'ready' && view.rows[0]?.subject === 'W1490');
      expect(view.hasBefore).to.equal(true);
      view.loadBefore();
      await waitUntil(() => view.rows[0]?.subject === 'W1470');
      view.loadMore();
      await waitUntil(() => view.rows.length === 60);
      expect(subjects(view)).to.deep.equal(truth(1470, 1530));
    });
  });

  describe('lists that follow rows', () => {
    it('moves a completed row from one list to the other at once, and counts with it', async () => {
      const one = activity({ subject: 'One', due: '2026-11-24T08:00:00Z' });
      const two = activity({ subject: 'Two', due: '2026-11-25T08:00:00Z' });
      const store = storeOf(memory([one, two]));
      const [open, done] = await Promise.all([watched(store, OPEN), watched(store, DONE)]);
      const written = store.transition([one.id], { state: 'completed' }, asker);
      expect(subjects(open)).to.deep.equal(['Two']);
      expect(subjects(done)).to.deep.equal(['One']);
      expect(open.total?.value).to.equal(1);
      expect(done.total?.value).to.equal(1);
      expect(store.isBusy(one.id)).to.equal(true);
      const [result] = await written;
      expect(result && 'activity' in result && result.activity?.state).to.equal('completed');
      expect(store.isBusy(one.id)).to.equal(false);
      expect(subjects(done)).to.deep.equal(['One']);
    });

    it('puts a row where its new date belongs, without asking again', async () => {
      const rows = ['a', 'b', 'c'].map((subject, index) =>
        activity({ subject, due: `2026-12-0${String(index + 1)}T08:00:00Z` }),
      );
      const provider = memory(rows);
      let asked = 0;
      const store = storeOf({
        ...provider,
        query: (question, options) => {
          asked += 1;
          return provider.query(question, options);
        },
      });
      const view = await watched(store, OPEN);
      await store.update([rows[0]?.id ?? ''], { due: '2026-12-09T08:00:00Z' }, asker);
      expect(subjects(view)).to.deep.equal(['b', 'c', 'a']);
      expect(asked).to.equal(1);
    });

    it('shows a new row under its own id before the server has answered', async () => {
      const store = storeOf(memory([]));
      const view = await watched(store, OPEN);
      const written = store.create({ type: 'task', subject: 'New', regarding: wingtip }, asker);
      expect(subjects(view)).to.deep.equal(['New']);
      const result = await written;
      expect(result).not.to.have.property('error');
      expect(view.rows[0]?.owner).to.deep.equal(mona);
      expect(view.rows[0]?.id).to.equal(result.id);
      expect(view.total?.value).to.equal(1);
    });

    it('knows a row by both names where the server makes its own id', async () => {
      const provider = memory([]);
      const store = storeOf({
        ...provider,
        create: (_id, draft, options) => provider.create('server-7', draft, options),
      });
      const view = await watched(store, OPEN);
      const result = await store.create({ type: 'task', subject: 'Renamed' }, asker);
      expect(result.id).to.equal('server-7');
      expect(view.rows.map(({ id }) => id)).to.deep.equal(['server-7']);
      expect(store.row(result.key)).to.equal(store.row('server-7'));
      await store.update([result.key], { subject: 'Again' }, asker);
      expect(subjects(view)).to.deep.equal(['Again']);
    });

    it('follows what others did', async () => {
      const row = activity({ subject: 'Theirs' });
      const provider = memory([row]);
      const view = await watched(storeOf(provider), OPEN);
      await provider.transition(row.id, { state: 'canceled' }, { ...asker, idempotencyKey: 'x' });
      await waitUntil(() => view.rows.length === 0);
      await provider.create(
        'n',
        { type: 'task', subject: 'Fresh' },
        { ...asker, idempotencyKey: 'y' },
      );
      await waitUntil(() => view.rows.length === 1);
      await provider.remove('n', { ...asker, idempotencyKey: 'z' });
      await waitUntil(() => view.rows.length === 0);
      expect(view.total?.value).to.equal(0);
    });

    it('keeps a change that was made while an answer was on its way', async () => {
      const row = activity({ subject: 'Mine' });
      const provider = memory([row]);
      let answer: (() => void) | undefined;
      let slow = false;
      const store = storeOf({
        ...provider,
        query: async (question, options) => {
          const page = await provider.query(question, options);
          if (slow) await new Promise<void>((resolve) => (answer = resolve));
          return page;
        },
      });
      const view = await watched(store, OPEN);
      slow = true;
      view.refresh();
      await waitUntil(() => answer !== undefined);
      await store.transition([row.id], { state: 'completed' }, asker);
      answer?.();
      await waitUntil(() => view.status === 'ready');
      expect(view.rows).to.deep.equal([]);
    });

    it('hands out the same array and the same rows until something changes', async () => {
      const store = storeOf(memory([activity(), activity()]));
      const view = await watched(store, OPEN);
      const before = view.rows;
      view.refresh();
      await waitUntil(() => view.status === 'ready');
      expect(view.rows.every((row, index) => row === before[index])).to.equal(true);
    });
  });

  describe('writing', () => {
    it('takes a refused change back and says why, each record for itself', async () => {
      const rows = [
        activity({ subject: 'a' }),
        activity({ subject: 'b' }),
        activity({ subject: 'c' }),
      ];
      const provider = memory(rows);
      const store = storeOf({
        ...provider,
        transition: (id, to, options) =>
          id === rows[1]?.id
            ? Promise.reject(failure('forbidden', 'Not yours'))
            : provider.transition(id, to, options),
      });
      const view = await watched(store, OPEN);
      const results = await store.transition(
        rows.map(({ id }) => id),
        { state: 'completed' },
        asker,
      );
      expect(results.map((result) => 'error' in result && result.error.message)).to.deep.equal([
        false,
        'Not yours',
        false,
      ]);
      expect(subjects(view)).to.deep.equal(['b']);
    });

    it('shows the server’s row after a conflict', async () => {
      const row = activity({ subject: 'Mine' });
      const { subscribe: _subscribe, ...provider } = memory([row]);
      const store = storeOf(provider);
      const view = await watched(store, OPEN);
      await provider.update(row.id, { subject: 'Theirs' }, { ...asker, idempotencyKey: 'o' });
      const [result] = await store.update([row.id], { subject: 'Mine again' }, asker);
      expect(result && 'error' in result && result.error.code).to.equal('conflict');
      expect(subjects(view)).to.deep.equal(['Theirs']);
    });

    it('sends the changes of one record one after the other, each on what the last left', async () => {
      const row = activity();
      const provider = memory([row]);
      let inFlight = 0;
      let most = 0;
      const store = storeOf({
        ...provider,
        update: async (id, patch, options) => {
          inFlight += 1;
          most = Math.max(most, inFlight);
          await Promise.resolve();
          inFlight -= 1;
          return provider.update(id, patch, options);
        },
      });
      await watched(store, OPEN);
      const results = await Promise.all(
        ['1', '2', '3'].map((subject) => store.update([row.id], { subject }, asker)),
      );
      expect(results.flat().filter((result) => 'error' in result)).to.deep.equal([]);
      expect(most).to.equal(1);
      expect((await provider.get(row.id, asker)).subject).to.equal('3');
    });

    it('writes at most four records at once', async () => {
      const rows = Array.from({ length: 12 }, () => activity());
      const provider = memory(rows);
      let inFlight = 0;
      let most = 0;
      const store = storeOf({
        ...provider,
        transition: async (id, to, options) => {
          inFlight += 1;
          most = Math.max(most, inFlight);
          await new Promise((resolve) => setTimeout(resolve));
          inFlight -= 1;
          return provider.transition(id, to, options);
        },
      });
      await watched(store, OPEN);
      await store.transition(
        rows.map(({ id }) => id),
        { state: 'completed' },
        asker,
      );
      expect(most).to.equal(4);
    });

    it('shows what reaches other people only when it is done', async () => {
      const meeting = activity({
        type: 'appointment',
        state: 'scheduled',
        statusReason: 'busy',
        start: '2026-11-24T09:00:00Z',
        end: '2026-11-24T10:00:00Z',
        parties: [{ role: 'required', address: 'guest@example.com' }],
      });
      const gate = deferred<undefined>();
      const provider = memory([meeting]);
      const store = storeOf({
        ...provider,
        transition: async (id, to, options) => {
          await gate.promise;
          return provider.transition(id, to, options);
        },
      });
      const view = await watched(store, {
        filter: { field: 'state', op: 'eq', value: 'scheduled' },
      });
      const written = store.transition([meeting.id], { state: 'canceled' }, asker);
      expect(view.rows).to.have.length(1);
      expect(store.isBusy(meeting.id)).to.equal(true);
      gate.resolve(undefined);
      await written;
      expect(view.rows).to.have.length(0);
    });

    it('answers unsupported where the provider lacks the method', async () => {
      const store = storeOf({ query: () => Promise.resolve([]) });
      const result = await store.create({ type: 'task', subject: 'x' }, asker);
      expect('error' in result && result.error.code).to.equal('unsupported');
    });
  });

  it('counts groups and keeps counting', async () => {
    const row = activity();
    const store = storeOf(memory([row, activity(), activity({ state: 'completed' })]));
    const counts = store.counts(
      {},
      [
        { name: 'open', filter: { field: 'state', op: 'eq', value: 'open' } },
        { name: 'done', filter: { field: 'state', op: 'eq', value: 'completed' } },
      ],
      asker,
    );
    counts.subscribe(() => undefined);
    const numbers = (): (number | undefined)[] =>
      ['open', 'done'].map((name) => counts.totals.get(name)?.value);
    await waitUntil(() => counts.totals.size > 0);
    expect(numbers()).to.deep.equal([2, 1]);
    await watched(store, OPEN);
    await store.transition([row.id], { state: 'completed' }, asker);
    expect(numbers()).to.deep.equal([1, 2]);
  });

  it('counts again, some times, where counting failed by chance', async () => {
    const source = memory([activity()]);
    const timers = new ManualTimers();
    let asked = 0;
    let works = false;
    const provider: ActivityDataProvider = {
      ...source,
      count: (...question) => {
        asked += 1;
        return works ? source.count(...question) : Promise.reject(failure('server'));
      },
    };
    const store = storeOf(provider, { timers });
    const groups = [{ name: 'open', filter: { field: 'state', op: 'eq', value: 'open' } }] as const;
    const counts = store.counts({}, groups, asker);
    const end = counts.subscribe(() => undefined);
    await timers.pass(3500);
    expect([asked, counts.error?.code]).to.deep.equal([3, 'server']);
    works = true;
    await timers.pass(4000);
    expect([asked, counts.error, counts.totals.get('open')?.value]).to.deep.equal([
      4,
      undefined,
      1,
    ]);
    works = false;
    counts.refresh();
    await timers.pass(60_000);
    expect([asked, counts.totals.get('open')?.value]).to.deep.equal([9, 1]);
    end();
  });

  it('counts once where a list brings its rows before the count is there', async () => {
    const source = memory([activity(), activity()]);
    const gate = deferred<undefined>();
    let asked = 0;
    const store = storeOf({
      ...source,
      count: async (...question) => {
        asked += 1;
        await gate.promise;
        return source.count(...question);
      },
    });
    const groups = [{ name: 'open', filter: { field: 'state', op: 'eq', value: 'open' } }] as const;
    const counts = store.counts({}, groups, asker);
    counts.subscribe(() => undefined);
    await waitUntil(() => asked === 1);
    await watched(store, OPEN);
    gate.resolve(undefined);
    await waitUntil(() => counts.totals.get('open')?.value === 2);
    // Whoever asks again does so within this time.
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(asked).to.equal(1);
  });

  it('listens to the provider only while somebody looks', async () => {
    let listener: ((change: ProviderChange) => void) | undefined;
    const store = storeOf({
      query: () => Promise.resolve([]),
      subscribe: (given) => {
        listener = given;
        return () => (listener = undefined);
      },
    });
    expect(listener).to.equal(undefined);
    const view = await watched(store, OPEN);
    listener?.({ kind: 'upsert', rows: [activity({ subject: 'Pushed' })] });
    expect(subjects(view)).to.deep.equal(['Pushed']);
    listener?.({ kind: 'connection', online: false });
    expect(store.isOnline).to.equal(false);
  });
});

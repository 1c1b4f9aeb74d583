import { expect } from '@open-wc/testing';
import type { Activity } from '../../src/model/activity.js';
import type { ActivityQuery } from '../../src/model/query.js';
import type { Capabilities } from '../../src/provider/capabilities.js';
import type { ActivityDataProvider } from '../../src/provider/provider.js';
import { ActivityStore } from '../../src/store/activity-store.js';
import type { ActivityView } from '../../src/store/activity-view.js';
import { activity, cecil, clock, memory, wingtip } from '../support/fixtures.js';
import { settled } from './support.js';
import { waitUntil } from '../support/until.js';

/* What a list does when a row changes: as the kit's own evaluator says where it can, else as the provider does. */

const asker = { locale: 'en', timeZone: 'Europe/Berlin' };
const BY_SUBJECT: ActivityQuery = {
  filter: { field: 'state', op: 'eq', value: 'open' },
  sort: [{ field: 'subject', direction: 'asc' }],
};

interface Stage {
  readonly store: ActivityStore;
  readonly view: ActivityView;
  /** What the provider was asked. */
  readonly asked: ActivityQuery[];
}

async function stage(
  rows: readonly Activity[],
  question: ActivityQuery,
  query?: Capabilities['query'],
  more: Partial<ActivityDataProvider> = {},
): Promise<Stage> {
  const provider = memory(rows);
  const asked: ActivityQuery[] = [];
  const capabilities = await provider.capabilities(asker);
  const store = new ActivityStore(
    {
      ...provider,
      capabilities: () => Promise.resolve({ ...capabilities, ...(query && { query }) }),
      query: (own, call) => {
        asked.push(own);
        return provider.query(own, call);
      },
      ...more,
    },
    { clock },
  );
  const view = store.view(question, asker);
  view.subscribe(() => undefined);
  await waitUntil(() => view.status === 'ready');
  return { store, view, asked };
}

const subjects = (view: ActivityView): string[] => view.rows.map(({ subject }) => subject);
const many = (count: number): Activity[] =>
  Array.from({ length: count }, (_, at) => activity({ subject: String(at).padStart(6, '0') }));

describe('a row that changes', () => {
  it('costs each open list a few comparisons, however many rows that holds', async () => {
    const costOf = async (count: number): Promise<number> => {
      const rows = many(count);
      const { store } = await stage(rows, { ...BY_SUBJECT, page: { size: count } });
      const visible = store.rows.visible.bind(store.rows);
      let looks = 0;
      store.rows.visible = (key) => {
        looks += 1;
        return visible(key);
      };
      store.adopt([{ ...(rows[count >> 1] ?? activity()), subject: '000001a', version: '2' }]);
      return looks;
    };
    const [few, lots] = [await costOf(50), await costOf(1000)];
    expect(few).to.be.greaterThan(0);
    // Twenty times the rows, five halvings more, for each of the two places.
    expect(lots - few).to.be.lessThan(30);
  });

  it('keeps its pending change when word of others comes', async () => {
    const row = activity({ subject: 'A', priority: 'low' });
    let finish: () => void = () => undefined;
    const { store, view } = await stage([row], BY_SUBJECT, undefined, {
      update: () => new Promise((_, reject) => (finish = () => reject(new Error()))),
    });
    const written = store.update([row.id], { subject: 'Mine' }, asker);
    store.adopt([{ ...row, subject: 'Theirs', priority: 'high', version: '2' }]);
    expect(view.rows[0]).to.include({ subject: 'Mine', priority: 'high' });
    await waitUntil(() => {
      finish();
      return !store.isBusy(row.id);
    });
    await written;
    expect(view.rows[0]).to.include({ subject: 'Theirs', priority: 'high' });
  });

  it('is written although nobody looks any more', async () => {
    const row = activity({ subject: 'A' });
    const provider = memory([row]);
    const store = new ActivityStore(provider, { clock });
    const view = store.view(BY_SUBJECT, asker);
    const leave = view.subscribe(() => undefined);
    await waitUntil(() => view.status === 'ready');
    const written = store.update([row.id], { subject: 'B' }, asker);
    leave();
    await written;
    expect((await provider.get(row.id, asker)).subject).to.equal('B');
  });

  it('makes the provider’s own next page one of the past: the list begins anew, and holds each row once', async () => {
    const rows = many(9);
    const { store, view, asked } = await stage(
      rows,
      { ...BY_SUBJECT, page: { size: 3 } },
      { filter: ['*'], sort: ['*'], exact: ['*'] },
      { subscribe: () => () => undefined },
    );
    await store.update([rows[8]?.id ?? ''], { subject: '000000a' }, asker);
    expect(subjects(view).slice(0, 2)).to.deep.equal(['000000', '000000a']);
    view.loadMore();
    await waitUntil(() => view.status === 'ready' && view.rows.length > 4);
    expect(asked.at(-1)?.page).not.to.have.property('at');
    const shown = subjects(view);
    expect(shown).to.deep.equal([...new Set(shown)].sort());
  });

  it('has the list asked again where its order is not the kit’s, at once, but not before the write is done', async () => {
    const [one, two] = [activity({ subject: 'B' }), activity({ subject: 'C' })];
    let arrive: () => void = () => undefined;
    const { store, view, asked } = await stage(
      [one, two],
      BY_SUBJECT,
      { filter: ['*'], sort: ['*'], offset: true, totals: 'exact', exact: ['state'] },
      {
        subscribe: () => () => undefined,
        update: async (id, patch) => {
          await new Promise<void>((resolve) => (arrive = resolve));
          return { ...two, id, ...patch, version: '2' } as Activity;
        },
      },
    );
    const written = store.update([two.id], { subject: 'A' }, asker);
    await settled();
    expect(asked).to.have.length(1);
    arrive();
    await written;
    await settled();
    expect(asked).to.have.length(2);
    await waitUntil(() => view.status === 'ready');
  });

  it('keeps nobody from more of a list that is just asked again', async () => {
    const { view, asked } = await stage(many(9), { ...BY_SUBJECT, page: { size: 3 } });
    view.refresh();
    view.loadMore();
    expect(view.isLoadingMore).to.be.true;
    await waitUntil(() => view.rows.length === 6 && !view.isLoadingMore);
    expect(asked).to.have.length(3);
  });

  it('keeps nobody from more of a list that is asked again before more has come', async () => {
    const { view, asked } = await stage(many(9), { ...BY_SUBJECT, page: { size: 3 } });
    view.loadMore();
    expect(view.isLoadingMore).to.be.true;
    view.refresh();
    await waitUntil(() => view.rows.length === 6 && view.status === 'ready');
    expect(asked).to.have.length(4);
  });

  for (const version of ['1', undefined]) {
    const named = version ? 'with versions' : 'without versions';
    it(`is news to no list because another asked for other parts of it (${named})`, async () => {
      const row = activity({ subject: 'Rolled up', regarding: cecil, description: 'For Friday' });
      const rolled: ActivityQuery = { ...BY_SUBJECT, record: { ref: wingtip, rollup: 'related' } };
      const answered: ActivityQuery[] = [];
      // As a provider that answers what was asked for, and names it in the order of the question.
      const query: ActivityDataProvider['query'] = (question) => {
        answered.push(question);
        const { need: loaded = [] } = question;
        const { description, ...rest } = row;
        const own = { ...rest, loaded, ...(loaded.includes('body') && { description }) };
        const { version: _version, ...unversioned } = own;
        return Promise.resolve({ rows: [version ? { ...own, version } : unversioned] });
      };
      const { store, view } = await stage(
        [row],
        { ...rolled, need: ['body', 'parties'] },
        undefined,
        { query },
      );
      const other = store.view({ ...rolled, need: ['parties'] }, asker);
      other.subscribe(() => undefined);
      await waitUntil(() => other.status === 'ready');
      for (let turn = 0; turn < 3; turn++) {
        view.refresh();
        await waitUntil(() => view.status === 'ready');
        other.refresh();
        await waitUntil(() => other.status === 'ready');
      }
      // What else a list would ask, it asks as soon as it has heard.
      await settled();
      expect(answered).to.have.length(8);
      expect(view.rows[0]?.description).to.equal('For Friday');
    });
  }

  it('stays where only the provider knows whether it belongs, and goes where it surely does not', async () => {
    // Of the contact, who belongs to the account.
    const rolled = activity({ subject: 'Rolled up', regarding: cecil });
    const question: ActivityQuery = { ...BY_SUBJECT, record: { ref: wingtip, rollup: 'related' } };
    const { store, view, asked } = await stage([rolled], question);
    expect(subjects(view)).to.deep.equal(['Rolled up']);
    await store.update([rolled.id], { priority: 'high' }, asker);
    expect(view.rows[0]?.priority).to.equal('high');
    await waitUntil(() => asked.length === 2 && view.status === 'ready');
    expect(subjects(view)).to.deep.equal(['Rolled up']);
    const closed = store.transition([rolled.id], { state: 'completed' }, asker);
    expect(subjects(view)).to.deep.equal([]);
    await closed;
  });
});

describe('what is not on the server yet', () => {
  it('stands in a list that is asked meanwhile, and is counted there', async () => {
    const row = activity({ subject: 'B' });
    let finish: () => void = () => undefined;
    const { store, view } = await stage([row], BY_SUBJECT, undefined, {
      create: (_id, draft) =>
        new Promise((resolve) => {
          finish = () => resolve(activity({ ...draft, id: _id }));
        }),
    });
    const groups = [{ name: 'open', filter: { field: 'state', op: 'eq', value: 'open' } }] as const;
    const written = store.create({ type: 'task', subject: 'A' }, asker);
    const counts = store.counts({}, groups, asker);
    counts.subscribe(() => undefined);
    store.refresh();
    await waitUntil(() => view.status === 'ready' && counts.totals.has('open'));
    expect(subjects(view)).to.deep.equal(['A', 'B']);
    expect([view.total?.value, counts.totals.get('open')?.value]).to.deep.equal([2, 2]);
    finish();
    await written;
    expect([view.total?.value, counts.totals.get('open')?.value]).to.deep.equal([2, 2]);
  });
});

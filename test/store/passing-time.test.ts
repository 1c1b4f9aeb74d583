import { expect } from '@open-wc/testing';
import { toDueFilter } from '../../src/model/due.js';
import { fieldsOf, type ActivityQuery, type Filter } from '../../src/model/query.js';
import { relativeWord } from '../../src/model/relative-time.js';
import type { ActivityDataProvider } from '../../src/provider/provider.js';
import { ActivityStore } from '../../src/store/activity-store.js';
import { activity, memory, NOW, TIME_ZONE } from '../support/fixtures.js';
import { settled } from './support.js';
import { waitUntil } from '../support/until.js';

/* Questions that name the present, or a day counted from today, while time goes on. */

const MINUTE = 60_000;
const asker = { locale: 'en', timeZone: TIME_ZONE };
const within = (relative: string): Filter => ({
  field: 'deadline',
  op: 'within',
  value: { relative },
});

/** A store whose time is set by hand, and the filters that its provider was asked with. */
function stage() {
  const late = activity({ subject: 'Late', due: '2026-11-23T10:00:00Z' });
  const soon = activity({ subject: 'Soon', due: '2026-11-23T10:35:30Z' });
  const source = memory([late, soon]);
  const asked: (Filter | undefined)[] = [];
  const provider: ActivityDataProvider = {
    ...source,
    query: (question, options) => {
      asked.push(question.filter);
      return source.query(question, options);
    },
    count: (question, groups, options) => {
      asked.push(...groups.map(({ filter }) => filter));
      return source.count(question, groups, options);
    },
  };
  const time = { now: NOW };
  const store = new ActivityStore(provider, { clock: { now: () => time.now } });
  return { store, asked, time, late, soon };
}

const overdue = (now: number): Filter => toDueFilter('overdue', now, TIME_ZONE);

describe('while time goes on', () => {
  it('what is overdue is one list, which is asked for anew with each minute, behind what is shown', async () => {
    const { store, asked, time, late } = stage();
    const look = () => store.view({ filter: overdue(time.now) }, asker);
    const view = look();
    view.subscribe(() => undefined);
    await waitUntil(() => view.status === 'ready');
    time.now += 20_000;
    expect(look()).to.equal(view);
    await settled();
    expect(asked, 'within the minute nothing is asked again').to.have.length(1);

    time.now += MINUTE;
    expect(look()).to.equal(view);
    expect(view.status).to.equal('refreshing');
    expect(view.rows.map(({ subject }) => subject)).to.deep.equal(['Late']);
    await waitUntil(() => view.status === 'ready');
    expect(view.rows.map(({ subject }) => subject)).to.have.members(['Late', 'Soon']);
    expect(asked).to.have.length(2);

    // What is not overdue any more leaves at once.
    await store.update([late.id], { due: '2026-11-24' }, asker);
    expect(view.rows.map(({ subject }) => subject)).to.deep.equal(['Soon']);
    expect(view.total?.value).to.equal(1);
  });

  it('what changes is judged by the moment at which it does', async () => {
    const { store, asked, time, late, soon } = stage();
    const view = store.view({ filter: overdue(time.now) }, asker);
    view.subscribe(() => undefined);
    await waitUntil(() => view.status === 'ready');
    await store.update([late.id], { subject: 'Still late' }, asker);
    time.now += MINUTE;
    await store.update([soon.id], { subject: 'Late now' }, asker);
    expect(view.rows.map(({ subject }) => subject)).to.have.members(['Still late', 'Late now']);
    expect(asked, 'nobody was asked').to.have.length(1);
  });

  it('groups are counted anew with each minute, and stand meanwhile', async () => {
    const { store, time } = stage();
    const look = () => store.counts({}, [{ name: 'overdue', filter: overdue(time.now) }], asker);
    const counts = look();
    counts.subscribe(() => undefined);
    const total = (): number | undefined => counts.totals.get('overdue')?.value;
    await waitUntil(() => total() === 1);
    time.now += MINUTE;
    expect(look()).to.equal(counts);
    expect(total()).to.equal(1);
    await waitUntil(() => total() === 2);
  });

  it('what comes back after a minute is asked for anew', async () => {
    const { store, asked, time } = stage();
    const view = store.view({ filter: overdue(time.now) }, asker);
    const end = view.subscribe(() => undefined);
    await waitUntil(() => view.status === 'ready');
    end();
    time.now += MINUTE;
    view.subscribe(() => undefined);
    await waitUntil(() => asked.length === 2 && view.status === 'ready');
    expect(view.rows).to.have.length(2);
  });

  it('a day is another question tomorrow, and a week begins where the asker’s does', async () => {
    const { store, time } = stage();
    const keyOf = (relative: string, firstDayOfWeek = 1): string =>
      store.view({ filter: within(relative) }, { ...asker, firstDayOfWeek }).key;
    const [today, week] = [keyOf('today'), keyOf('this-week')];
    expect(keyOf('this-week', 0)).not.to.equal(week);
    time.now += 60 * MINUTE;
    expect([keyOf('today'), keyOf('this-week')]).to.deep.equal([today, week]);
    time.now += 24 * 60 * MINUTE;
    expect(keyOf('today')).not.to.equal(today);
    expect(keyOf('this-week')).to.equal(week);
  });

  it('no provider is asked with a relative word, not even by an act on all that match', async () => {
    const { store, asked, time } = stage();
    const filter: Filter = { any: [overdue(time.now), within('this-week'), within('today')] };
    const query: ActivityQuery = { filter };
    const view = store.view(query, asker);
    view.subscribe(() => undefined);
    await waitUntil(() => view.status === 'ready');
    const rest = { query, except: [], count: { value: 2, relation: 'exact' } } as const;
    const { results } = await store.act(
      { kind: 'update', ids: [], patch: { priority: 'high' } },
      { asker, rest },
    );
    expect(results).to.have.length(2);
    expect(asked).to.have.length(2);
    const words = asked.flatMap(fieldsOf).filter(({ value }) => relativeWord(value) !== undefined);
    expect(words).to.deep.equal([]);
  });
});

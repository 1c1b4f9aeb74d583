import { expect } from '@open-wc/testing';
import * as fc from 'fast-check';
import { cardAfterKey } from '../../../src/elements/activity-kanban/card-after-key.js';
import { speedAtEdge } from '../../../src/elements/activity-kanban/edge-scroll.js';
import {
  laneQuestion,
  laneStates,
  toLane,
  typeToAdd,
  whyNot,
  type LaneAnswer,
  type Lifted,
} from '../../../src/elements/activity-kanban/lanes.js';
import { boardState } from '../../../src/elements/activity-kanban/board-state.js';
import { Localizer } from '../../../src/i18n/localizer.js';
import { ACTIVITY_STATES, type Activity } from '../../../src/model/activity.js';
import { ActivityTypes } from '../../../src/model/activity-types.js';
import { transition } from '../../../src/model/transitions.js';
import type { ViewStatus } from '../../../src/store/activity-view.js';
import { NOW, TIME_ZONE, activity, memory, wingtip } from '../../support/fixtures.js';

const types = new ActivityTypes();
const words = new Localizer({ locale: 'en', timeZone: TIME_ZONE, now: () => NOW });
const permissions = { provider: memory([]), capabilities: undefined, types };

function answer(rows: readonly Activity[], status: ViewStatus = 'ready'): LaneAnswer {
  return {
    rows,
    total: { value: rows.length, relation: 'exact' },
    view: { status, error: undefined, hasMore: false, isLoadingMore: false },
  };
}

describe('lanes', () => {
  it('are the states that a type has, in the order of a life', () => {
    expect(laneStates(types)).to.deep.equal(['open', 'scheduled', 'completed', 'canceled']);
    const tasks = [...types].filter(({ name }) => name === 'task' || name === 'note');
    expect(laneStates(tasks)).to.deep.equal(['open', 'completed', 'canceled']);
    expect(laneStates([types.get('note')])).to.deep.equal([]);
  });

  it('ask for one state of what the host asks for, what is due first, what was closed last', () => {
    const filter = { field: 'owner', op: 'eq', value: 'me' } as const;
    expect(laneQuestion('open', { query: { filter, search: 'quote' } })).to.deep.equal({
      filter: { all: [filter, { field: 'state', op: 'eq', value: 'open' }] },
      search: 'quote',
      sort: [{ field: 'deadline', direction: 'asc' }],
      page: { size: 20 },
    });
    expect(laneQuestion('canceled', { about: wingtip, rollup: 'related' })).to.deep.equal({
      filter: { field: 'state', op: 'eq', value: 'canceled' },
      record: { ref: wingtip, rollup: 'related' },
      sort: [{ field: 'actualEnd', direction: 'desc' }],
      page: { size: 20 },
    });
    const sort = [{ field: 'subject', direction: 'asc' }] as const;
    expect(laneQuestion('open', { query: { sort } }).sort).to.equal(sort);
  });

  it('say what a + makes: a task, else an appointment, else what has that state and may be created', () => {
    const nameOf = (state: Activity['state'], may = (_type: string): boolean => true) =>
      state && typeToAdd(state, types, may)?.name;
    expect(nameOf('open')).to.equal('task');
    expect(nameOf('completed')).to.equal('task');
    expect(nameOf('scheduled')).to.equal('appointment');
    expect(nameOf('open', (type) => type === 'fax')).to.equal('fax');
    expect(nameOf('scheduled', (type) => type !== 'appointment')).to.be.undefined;
  });
});

describe('what is lifted from a lane', () => {
  const [a, b, c] = [activity(), activity(), activity()];
  const rows = [a, b, c];
  const lifted: Lifted = {
    activity: b,
    ids: new Set([b.id]),
    from: 'open',
    index: 1,
    over: 'open',
    isSettling: false,
  };
  const places = (state: Activity['state'], now: readonly Activity[], hand = lifted) =>
    toLane(state ?? 'open', answer(now), hand).cards.map(({ activity: { subject }, place }) => [
      subject,
      place,
    ]);

  it('leaves its place free', () => {
    expect(places('open', rows)).to.deep.equal([
      [a.subject, 'listed'],
      [b.subject, 'lifted'],
      [c.subject, 'listed'],
    ]);
  });

  it('stays as it was, whatever happens to its row', () => {
    const changed = { ...b, subject: 'Changed by others' };
    expect(places('open', [changed, a, c])[0]).to.deep.equal([b.subject, 'lifted']);
  });

  it('is held in its lane, unseen, when others delete or move it', () => {
    expect(places('open', [a, c])).to.deep.equal([
      [a.subject, 'listed'],
      [b.subject, 'gone'],
      [c.subject, 'listed'],
    ]);
    expect(places('completed', [b])).to.deep.equal([[b.subject, 'lifted']]);
    expect(places('open', [])).to.deep.equal([[b.subject, 'gone']]);
  });

  it('is held no longer once it is let go', () => {
    expect(places('open', [a, c], { ...lifted, isSettling: true })).to.have.length(2);
  });

  it('never loses, doubles or reorders another card', () => {
    const subsets = fc.subarray(rows);
    fc.assert(
      fc.property(subsets, fc.constantFrom(...ACTIVITY_STATES), fc.nat(5), (now, state, index) => {
        const { cards } = toLane(state, answer(now), { ...lifted, index });
        const others = cards.filter(({ activity: { id } }) => id !== b.id);
        expect(others.map(({ activity: row }) => row)).to.deep.equal(
          now.filter((row) => row !== b),
        );
        expect(cards.length - others.length).to.equal(
          now.includes(b) || state === lifted.from ? 1 : 0,
        );
      }),
    );
  });
});

describe('why a lane refuses', () => {
  const why = (to: Activity['state'], ...rows: Activity[]) =>
    to && whyNot(to, rows, permissions, words);

  it('agrees with the transitions of every type from every state', () => {
    for (const type of types) {
      for (const from of ACTIVITY_STATES.filter((state) => type.states[state])) {
        const row = activity({ type: type.name, state: from });
        for (const to of ACTIVITY_STATES.filter((state) => state !== from)) {
          const refused = why(to, row) !== undefined;
          expect(refused, `${type.name} ${from} to ${to}`).to.equal(
            !transition(row, to, type).allowed,
          );
        }
      }
    }
  });

  it('says it in few words', () => {
    expect(why('scheduled', activity())).to.equal('Not for tasks');
    expect(why('scheduled', activity({ type: 'phonecall', state: 'completed' }))).to.equal(
      'Not for phone calls',
    );
    expect(why('open', activity({ state: 'completed' }))).to.equal('It is closed and read-only.');
  });

  it('gives the provider’s own reason before the type’s', () => {
    const row = activity({ can: { schedule: { reason: 'not-now', message: 'Ask Mona first' } } });
    expect(why('scheduled', row)).to.equal('Ask Mona first');
    const query = {
      provider: { query: () => Promise.resolve([]) },
      capabilities: undefined,
      types,
    };
    expect(whyNot('completed', [activity()], query, words)).to.equal(
      words.say('refusal.not-switched-on'),
    );
  });

  it('refuses several if it refuses one, and does not count those that are there', () => {
    const appointment = activity({ type: 'appointment' });
    expect(why('scheduled', appointment)).to.be.undefined;
    expect(why('scheduled', appointment, activity())).to.equal('Not for tasks');
    expect(why('completed', appointment, activity({ state: 'completed' }))).to.be.undefined;
  });
});

describe('the board as a whole', () => {
  const state = (...statuses: ViewStatus[]) =>
    boardState(
      statuses.map((status, index) => toLane(ACTIVITY_STATES[index] ?? 'open', answer([], status))),
    );

  it('is loading, empty or failed only where all lanes are', () => {
    expect(state('loading', 'loading')).to.equal('loading');
    expect(state('ready', 'ready')).to.equal('empty');
    expect(state('failed', 'failed')).to.equal('error');
    expect(state('failed', 'ready')).to.equal('board');
    expect(state('loading', 'ready')).to.equal('board');
    expect(boardState([toLane('open', answer([activity()]))])).to.equal('board');
  });
});

describe('the keys of a board', () => {
  const lanes = [['a1', 'a2', 'a3'], [], ['b1', 'b2'], ['c1']];
  const middles: Record<string, number> = { a1: 10, a2: 20, a3: 30, b1: 12, b2: 29, c1: 500 };
  const after = (key: string, id: string, isRightToLeft = false) =>
    cardAfterKey(key, id, { lanes, isRightToLeft, middleOf: (card) => middles[card] ?? 0 });

  it('go up and down and to the ends of a lane, and stop there', () => {
    expect(after('ArrowDown', 'a1')).to.equal('a2');
    expect(after('ArrowUp', 'a2')).to.equal('a1');
    expect(after('End', 'a1')).to.equal('a3');
    expect(after('Home', 'a3')).to.equal('a1');
    expect(after('ArrowDown', 'a3')).to.be.undefined;
    expect(after('ArrowUp', 'b1')).to.be.undefined;
  });

  it('go sideways to the nearest card of the next lane that has any', () => {
    expect(after('ArrowRight', 'a1')).to.equal('b1');
    expect(after('ArrowRight', 'a3')).to.equal('b2');
    expect(after('ArrowLeft', 'c1')).to.equal('b2');
    expect(after('ArrowRight', 'c1')).to.be.undefined;
    expect(after('ArrowLeft', 'a1')).to.be.undefined;
  });

  it('change sides from right to left', () => {
    expect(after('ArrowLeft', 'a1', true)).to.equal('b1');
    expect(after('ArrowRight', 'c1', true)).to.equal('b2');
  });

  it('mean nothing else', () => {
    expect(after('x', 'a1')).to.be.undefined;
    expect(after('ArrowDown', 'gone')).to.be.undefined;
  });
});

describe('scrolling at the edge', () => {
  const edges = { start: 100, end: 500 };

  it('rests in the middle, and goes the faster the nearer to the edge', () => {
    expect(speedAtEdge(300, edges, 0)).to.equal(0);
    expect(speedAtEdge(110, edges, 0)).to.be.below(speedAtEdge(140, edges, 0));
    expect(speedAtEdge(140, edges, 0)).to.be.below(0);
    expect(speedAtEdge(490, edges, 0)).to.be.above(speedAtEdge(460, edges, 0));
  });

  it('gets faster while it is held, up to a bound', () => {
    const at = (held: number) => speedAtEdge(500, edges, held);
    expect(at(0.5)).to.equal(at(0));
    expect(at(1.2)).to.be.closeTo(at(0) * 2, 1);
    expect(at(60)).to.equal(at(30));
  });

  it('has a middle however small the scroller is', () => {
    expect(speedAtEdge(5, { start: 0, end: 10 }, 0)).to.equal(0);
    expect(speedAtEdge(5, { start: 0, end: 0 }, 0)).to.equal(0);
  });
});

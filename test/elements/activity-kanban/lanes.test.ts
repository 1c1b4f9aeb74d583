import { expect } from '@open-wc/testing';
import * as fc from 'fast-check';
import { boardState } from '../../../src/elements/activity-kanban/board-state.js';
import { cardAfterKey } from '../../../src/elements/activity-kanban/card-after-key.js';
import { CardHeights } from '../../../src/elements/activity-kanban/card-heights.js';
import { speedAtEdge } from '../../../src/elements/activity-kanban/edge-scroll.js';
import { movedAmong, movingAmong } from '../../../src/elements/activity-kanban/card-motion.js';
import {
  hasTrait,
  inHostOrder,
  laneGroups,
  laneStates,
  swimLaneGroups,
  typesInView,
  type Group,
} from '../../../src/elements/activity-kanban/groups.js';
import {
  cellQuestion,
  inOwnOrder,
  orderWith,
  toCells,
  toLane,
  typeToAdd,
  type LaneAnswer,
  type Lifted,
} from '../../../src/elements/activity-kanban/lanes.js';
import {
  planMoves,
  reasonsFor,
  whyNot,
  withReasons,
} from '../../../src/elements/activity-kanban/moves.js';
import { Localizer } from '../../../src/i18n/localizer.js';
import {
  ACTIVITY_STATES,
  PRIORITIES,
  isClosed,
  type Activity,
} from '../../../src/model/activity.js';
import { ActivityTypes } from '../../../src/model/activity-types.js';
import { evaluate, matches } from '../../../src/model/evaluate.js';
import type { Filter } from '../../../src/model/query.js';
import { transition } from '../../../src/model/transitions.js';
import type { ViewStatus } from '../../../src/store/activity-view.js';
import {
  NOW,
  TIME_ZONE,
  activity,
  jun,
  memory,
  mona,
  siteVisit,
  wingtip,
} from '../../support/fixtures.js';

const types = new ActivityTypes([siteVisit]);
const words = new Localizer({ locale: 'en', timeZone: TIME_ZONE, now: () => NOW });
const permissions = { provider: memory([]), capabilities: undefined, types };
const people = [mona, jun];
const groupContext = { types, words, now: NOW, people };
const moveContext = { permissions, words, now: NOW };
const asked = { now: NOW, timeZone: TIME_ZONE };

const [open, scheduled, completed, canceled] = laneGroups('state', groupContext) as [
  Group,
  Group,
  Group,
  Group,
];
const LANES = { open, scheduled, completed, canceled };
const cellOf = (lane: Group, row?: Group) => ({ key: lane.key, lane, row });

function answer(rows: readonly Activity[], status: ViewStatus = 'ready'): LaneAnswer {
  return {
    rows,
    total: { value: rows.length, relation: 'exact' },
    view: { status, error: undefined, hasMore: false, isLoadingMore: false },
  };
}

const everything = { first: 0, last: 1000, before: 0, after: 0 };
function drawn(lane: Group, answered: LaneAnswer, lifted?: Lifted, slice = everything) {
  const indexOf = (id: string) => answered.rows.findIndex((row) => row.id === id);
  return toLane(cellOf(lane), answered, slice, indexOf, { lifted });
}

describe('lanes', () => {
  it('are those of the types that are asked for, as far as the question names some', () => {
    const names = (filter: Filter | undefined): string[] => {
      const inView = typesInView(types, filter);
      return laneGroups('state', { ...groupContext, inView }).map(({ key }) => key);
    };
    const isTask: Filter = { field: 'type', op: 'eq', value: 'task' };
    expect(names(undefined)).to.deep.equal(['open', 'scheduled', 'completed', 'canceled']);
    expect(names(isTask)).to.deep.equal(['open', 'completed', 'canceled']);
    const isLate: Filter = { field: 'due', op: 'lt', value: '2026-11-23' };
    expect(
      names({ all: [isLate, { ...isTask, op: 'in', value: ['task', 'phonecall'] }] }),
    ).to.deep.equal(['open', 'completed', 'canceled']);
    const neither = { ...isTask, value: 'nothing-like-it' };
    expect(names(neither), 'of all').to.have.length(4);
  });

  it('stand in the order of the host, the others behind them', () => {
    const all = laneGroups('state', groupContext);
    const keys = (order: readonly string[] | undefined): string[] =>
      inHostOrder(all, order).map(({ key }) => key);
    expect(keys(['completed', 'unheard-of', 'scheduled'])).to.deep.equal([
      'completed',
      'scheduled',
      'open',
      'canceled',
    ]);
    expect(keys(undefined)).to.deep.equal(keys([]));
  });

  it('are the states that a type has, in the order of a life', () => {
    expect(laneStates(types)).to.deep.equal(['open', 'scheduled', 'completed', 'canceled']);
    const tasks = [...types].filter(({ name }) => name === 'task' || name === 'note');
    expect(laneStates(tasks)).to.deep.equal(['open', 'completed', 'canceled']);
    expect(laneStates([types.get('note')])).to.deep.equal([]);
  });

  it('ask for one state of what the host asks for, what is due first, what was closed last', () => {
    const filter = { field: 'owner', op: 'eq', value: 'me' } as const;
    expect(
      cellQuestion(cellOf(open), { ...asked, query: { filter, search: 'quote' } }),
    ).to.deep.equal({
      filter: { all: [filter, { field: 'state', op: 'eq', value: 'open' }] },
      search: 'quote',
      sort: [{ field: 'deadline', direction: 'asc', blanks: 'last' }],
      page: { size: 20 },
    });
    expect(
      cellQuestion(cellOf(canceled), {
        ...asked,
        about: wingtip,
        rollup: 'related',
        withOlder: true,
      }),
    ).to.deep.equal({
      filter: { field: 'state', op: 'eq', value: 'canceled' },
      record: { ref: wingtip, rollup: 'related' },
      sort: [{ field: 'actualEnd', direction: 'desc' }],
      page: { size: 20 },
    });
    const sort = [{ field: 'subject', direction: 'asc' }] as const;
    expect(cellQuestion(cellOf(open), { ...asked, query: { sort } }).sort).to.equal(sort);
    expect(
      cellQuestion(cellOf(open), { ...asked, query: { sort }, order: 'priority' }).sort,
    ).to.deep.equal([
      { field: 'priority', direction: 'desc' },
      { field: 'deadline', direction: 'asc', blanks: 'last' },
    ]);
  });

  it('show what was closed in the last 30 days, also where nobody said when, until asked for more', () => {
    const rows = [
      activity({ state: 'completed', actualEnd: '2026-10-24T12:00:00Z', subject: 'within' }),
      activity({ state: 'completed', actualEnd: '2026-10-23T12:00:00Z', subject: 'before' }),
      activity({ state: 'completed', modifiedAt: '2026-11-01T12:00:00Z', subject: 'unsaid' }),
      activity({ state: 'completed', modifiedAt: '2026-01-01T12:00:00Z', subject: 'long ago' }),
    ];
    const context = { types, timeZone: TIME_ZONE };
    const subjects = (withOlder: boolean) =>
      evaluate(rows, cellQuestion(cellOf(completed), { ...asked, withOlder }), context).rows.map(
        ({ subject }) => subject,
      );
    expect(subjects(false)).to.have.members(['within', 'unsaid']);
    expect(subjects(true)).to.have.length(4);
  });

  it('ask no more than the data source declares', () => {
    const since = '2026-10-23T22:00:00Z';
    const questionOf = (filter: readonly string[], sort: readonly string[]) => {
      const capabilities = { query: { filter, sort } };
      return cellQuestion(cellOf(completed), { ...asked, capabilities });
    };
    const done = { field: 'state', op: 'eq', value: 'completed' };
    expect(questionOf(['state', 'actualEnd'], ['actualEnd'])).to.deep.include({
      filter: { all: [done, { field: 'actualEnd', op: 'ge', value: since }] },
      sort: [{ field: 'actualEnd', direction: 'desc' }],
    });
    expect(questionOf(['state'], [])).to.deep.include({ filter: done, sort: [] });
    expect(questionOf(['*'], ['*'])).to.deep.equal(cellQuestion(cellOf(completed), asked));
  });

  it('say what a + makes: a task, else an appointment, else what has that state and may be created', () => {
    const nameOf = ({ trait }: Group, may = (_type: string): boolean => true) =>
      typeToAdd(trait, types, may)?.name;
    expect(nameOf(open)).to.equal('task');
    expect(nameOf(completed)).to.equal('task');
    expect(nameOf(scheduled)).to.equal('appointment');
    expect(nameOf(open, (type) => type === 'fax')).to.equal('fax');
    expect(nameOf(scheduled, (type) => type !== 'appointment')).to.be.undefined;
    const [, stage] = laneGroups('fields.stage', groupContext);
    expect(stage && nameOf(stage)).to.equal('site-visit');
  });
});

describe('lanes and rows of every kind', () => {
  const kinds = {
    ...Object.fromEntries(
      ['state', 'due', 'priority', 'fields.stage'].map((by) => [by, laneGroups(by, groupContext)]),
    ),
    ...Object.fromEntries(
      (['owner', 'priority', 'type', 'due'] as const).map((by) => [
        `rows by ${by}`,
        swimLaneGroups(by, groupContext),
      ]),
    ),
  };
  const anyActivity = fc
    .record({
      type: fc.constantFrom(
        ...[...types].map(({ name }) => name).filter((name) => name !== 'note'),
      ),
      state: fc.constantFrom(...ACTIVITY_STATES),
      priority: fc.constantFrom(...PRIORITIES, undefined),
      owner: fc.constantFrom(mona, jun, { kind: 'user', id: 'u-x', name: 'X' }),
      due: fc.constantFrom(
        undefined,
        ...['2026-11-20', '2026-11-23', '2026-11-24', '2026-11-26', '2026-12-24'].flatMap((day) => [
          day,
          `${day}T09:00:00Z`,
        ]),
      ),
      stage: fc.constantFrom('prepared', 'visited', undefined),
    })
    .map(({ stage, due, priority, ...more }) => {
      const { due: _due, ...rest } = activity(more);
      return {
        ...rest,
        ...(due !== undefined && { due, start: due, end: due }),
        ...(priority && { priority }),
        ...(stage !== undefined && { fields: { stage } }),
      } as Activity;
    });
  const context = { types, timeZone: TIME_ZONE, user: mona };

  for (const [name, groups] of Object.entries(kinds)) {
    it(`by ${name} put an activity where their questions would find it, and nowhere twice`, () => {
      fc.assert(
        fc.property(anyActivity, (row) => {
          const found = groups.filter(({ filter }) => matches(row, { filter }, context));
          expect(found.length).to.be.below(2);
          for (const { trait } of found) {
            expect(hasTrait(row, trait, { types, words, now: NOW })).to.be.true;
          }
        }),
      );
    });
  }

  it('are crossed to cells, each with a key of its own', () => {
    const cells = toCells(kinds['due'] ?? [], kinds['rows by owner']);
    expect(cells).to.have.length(18);
    expect(new Set(cells.map(({ key }) => key)).size).to.equal(18);
  });

  it('only ever lead to legal transitions and to where they promise, in every type and from every state', () => {
    const all = Object.values(kinds).flat();
    fc.assert(
      fc.property(anyActivity, fc.constantFrom(...all), fc.constantFrom(...all), (row, a, b) => {
        const traits = a === b ? [a.trait] : [a.trait, b.trait];
        const plan = planMoves([row], traits, moveContext);
        if ('why' in plan) return;
        for (const { state, patch, activities } of plan.moves) {
          expect(activities).to.deep.equal([row]);
          if (state) {
            expect(state).not.to.equal(row.state);
            expect(transition(row, state, types.get(row.type)).allowed).to.be.true;
          }
          expect(patch && 'state' in patch).not.to.equal(true);
          if (state && isClosed({ state })) {
            expect(patch ?? {}, 'what is done keeps its dates').not.to.have.any.keys(
              'due',
              'start',
            );
          }
          const moved = { ...row, ...patch, ...(state && { state }) } as Activity;
          // Two that contradict each other can't both be kept: the later one counts.
          const last = traits.at(-1);
          if (last && a.trait.by !== b.trait.by && last.by !== 'due') {
            expect(hasTrait(moved, last, { types, words, now: NOW })).to.be.true;
          }
        }
      }),
      { numRuns: 1000 },
    );
  });
});

describe('moving to a day', () => {
  const byDue = laneGroups('due', groupContext);
  const to = (key: string, row: Activity) => {
    const lane = byDue.find((one) => one.key === key);
    const plan = planMoves([row], lane ? [lane.trait] : [], moveContext);
    return 'why' in plan ? plan.why : plan.moves[0]?.patch;
  };
  const late = activity({ due: '2026-11-20T15:00:00Z' });

  it('keeps the time of day where that is still to come', () => {
    expect(to('due-today', late)).to.deep.equal({ due: '2026-11-23T15:00:00Z' });
    expect(to('due-tomorrow', late)).to.deep.equal({ due: '2026-11-24T15:00:00Z' });
    expect(to('this-week', late)).to.deep.equal({ due: '2026-11-25T15:00:00Z' });
    expect(to('later', late)).to.deep.equal({ due: '2026-11-29T15:00:00Z' });
    expect(to('no-date', late)).to.deep.equal({ due: null });
  });

  it('means the whole day where its time of day is over', () => {
    const early = activity({ due: '2026-11-20T07:00:00Z' });
    expect(to('due-today', early)).to.deep.equal({ due: '2026-11-23' });
  });

  it('says why where it can’t be', () => {
    expect(to('overdue', activity())).to.equal('Nothing can be planned for then');
    const meeting = activity({
      type: 'appointment',
      start: '2026-11-24T07:00:00Z',
      end: '2026-11-24T08:00:00Z',
    });
    expect(to('no-date', meeting)).to.equal('Appointments need a date');
    expect(to('due-today', meeting)).to.equal('Its time of day is over');
    expect(to('due-today', activity({ state: 'completed', due: '2026-11-20' }))).to.equal(
      'It is closed and read-only.',
    );
  });
});

describe('the user’s own order', () => {
  const rows = Array.from({ length: 8 }, () => activity());
  const ids = rows.map(({ id }) => id);

  it('puts a card before the one it was dropped on, and leaves all others in their order', () => {
    fc.assert(
      fc.property(
        fc.subarray(ids, { minLength: 1 }),
        fc.nat(ids.length),
        fc.subarray(ids),
        (moved, index, old) => {
          const shown = inOwnOrder(rows, old);
          const before = shown.slice(index).find(({ id }) => !moved.includes(id))?.id;
          const next = inOwnOrder(rows, orderWith(shown, moved, index, old)).map(({ id }) => id);
          expect([...next].sort()).to.deep.equal([...ids].sort());
          const at = next.indexOf(moved[0] ?? '');
          expect(next.slice(at, at + moved.length)).to.deep.equal(moved);
          expect(next[at + moved.length]).to.equal(before);
          const others = (all: readonly string[]) => all.filter((id) => !moved.includes(id));
          expect(others(next)).to.deep.equal(others(shown.map(({ id }) => id)));
        },
      ),
    );
  });
});

describe('where cards stand', () => {
  const GAP = 8;

  it('is told by what was measured, and found again by it', () => {
    const some = fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(some, fc.integer({ min: -50, max: 20_000 }), (all, distance) => {
        const heights = new CardHeights(GAP);
        heights.layOut(all.map((_, index) => ({ id: String(index) })));
        all.forEach((height, index) => heights.measure(String(index), height));
        heights.settle();
        let at = 0;
        all.forEach((height, index) => {
          expect(heights.start(index)).to.be.closeTo(at, 0.01);
          expect(heights.height(index)).to.be.closeTo(height, 0.01);
          expect(heights.indexAt(at)).to.equal(index);
          expect(heights.slotAt(at)).to.equal(index);
          expect(heights.slotAt(at + height)).to.equal(index + 1);
          at += height + GAP;
        });
        expect(heights.total).to.be.closeTo(at - GAP, 0.01);
        expect(heights.indexAt(distance)).to.be.within(0, all.length - 1);
        expect(heights.slotAt(distance)).to.be.within(0, all.length);
      }),
    );
  });

  it('is guessed by the first ones where nothing was measured, and that guess stays', () => {
    const heights = new CardHeights(GAP);
    heights.layOut(Array.from({ length: 1000 }, (_, index) => ({ id: String(index) })));
    for (const index of [0, 1, 2]) heights.measure(String(index), 60);
    heights.settle();
    expect(heights.start(500)).to.equal(500 * 68);
    heights.measure('3', 120);
    heights.settle();
    expect(heights.start(500)).to.equal(500 * 68 + 60);
  });

  it('is nowhere in an empty lane', () => {
    const heights = new CardHeights(GAP);
    expect([heights.total, heights.slotAt(40), heights.count]).to.deep.equal([0, 0, 0]);
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
    over: { cell: 'open', index: 0 },
    isSettling: false,
    by: 'pointer',
  };
  const places = (
    state: keyof typeof LANES,
    now: readonly Activity[],
    hand = lifted,
    slice = everything,
  ) =>
    drawn(LANES[state], answer(now), hand, slice).cards.map(({ activity: { subject }, place }) => [
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

  it('stays drawn when its lane is scrolled away from it', () => {
    const slice = { first: 2, last: 3, before: 200, after: 0 };
    const { cards } = drawn(open, answer(rows), lifted, slice);
    expect(cards.map(({ activity: row, isPinned }) => [row.id, isPinned])).to.deep.equal([
      [b.id, true],
      [c.id, false],
    ]);
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
        const { cards } = drawn(LANES[state], answer(now), { ...lifted, index });
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
  const why = (to: keyof typeof LANES, ...rows: Activity[]) =>
    whyNot(rows, [LANES[to].trait], moveContext);

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
    expect(
      whyNot([activity()], [completed.trait], { ...moveContext, permissions: query }),
    ).to.equal(words.say('refusal.not-switched-on'));
  });

  it('refuses several if it refuses one, and does not count those that are there', () => {
    const appointment = activity({ type: 'appointment' });
    expect(why('scheduled', appointment)).to.be.undefined;
    expect(why('scheduled', appointment, activity())).to.equal('Not for tasks');
    expect(why('completed', appointment, activity({ state: 'completed' }))).to.be.undefined;
  });

  it('asks for a reason only where a type has several, and of each such type', () => {
    const [call, task] = [activity({ type: 'phonecall' }), activity()];
    const mail = activity({ type: 'email', statusReason: 'draft' });
    const names = (...rows: Activity[]) =>
      [...reasonsFor('completed', rows, permissions)].map(
        ([type, reasons]) => `${type}: ${reasons.map(({ name }) => name).join()}`,
      );
    expect(names(call)).to.deep.equal(['phonecall: made,received']);
    expect(names(task)).to.deep.equal([]);
    expect(names(call, task, { ...call, id: 'other' })).to.deep.equal(['phonecall: made,received']);
    expect(names(task, mail, call)).to.have.length(2);
    const move = { activities: [call, task], state: 'completed' } as const;
    expect(withReasons([move], new Map([['phonecall', 'received']]))).to.deep.equal([
      { ...move, activities: [call], reason: 'received' },
      { ...move, activities: [task] },
    ]);
    expect(withReasons([move], new Map())).to.deep.equal([move]);
  });
});

describe('the board as a whole', () => {
  const state = (...statuses: ViewStatus[]) =>
    boardState(
      statuses.map((status, index) =>
        drawn(Object.values(LANES)[index] ?? open, answer([], status)),
      ),
    );

  it('is loading, empty or failed only where all lanes are', () => {
    expect(state('loading', 'loading')).to.equal('loading');
    expect(state('ready', 'ready')).to.equal('empty');
    expect(state('failed', 'failed')).to.equal('error');
    expect(state('failed', 'ready')).to.equal('board');
    expect(state('loading', 'ready')).to.equal('board');
    expect(boardState([drawn(open, answer([activity()]))])).to.equal('board');
  });
});

describe('the keys of a board', () => {
  const lanes = [['a1', 'a2', 'a3'], [], ['b1', 'b2'], ['c1']].map((ids) => ({
    count: ids.length,
    idAt: (index: number) => ids[index],
    indexOf: (id: string) => ids.indexOf(id),
    drawn: ids,
  }));
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

describe('What moved among the cards of a lane', () => {
  const one = (): string => 'lane';
  const moved = (before: string, after: string): string =>
    [...movedAmong(before, after, one)].sort().join('');

  it('is what was taken elsewhere, not what makes room for it', () => {
    expect(moved('abcde', 'abcde')).to.equal('');
    expect(moved('abcde', 'abde')).to.equal('');
    expect(moved('abcde', 'axbcde')).to.equal('');
    expect(moved('abcde', 'acdeb')).to.equal('b');
    expect(moved('abcde', 'eabcd')).to.equal('e');
  });

  it('leaves in place those that are still in their order, as many as can be', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...'abcdefgh']), (after) => {
        const went = movedAmong('abcdefgh', after, one);
        const stay = after.filter((id) => !went.has(id)).join('');
        expect(stay).to.equal([...stay].sort().join(''));
        // Each that went would break the order.
        for (const id of went) {
          const withIt = after.filter((each) => each === id || !went.has(each)).join('');
          expect(withIt).not.to.equal([...withIt].sort().join(''));
        }
      }),
    );
  });

  it('is sought only among what changed of the lanes', () => {
    const rows = (...lanes: string[]) => lanes.map((ids) => [...ids].map((id) => ({ id })));
    const moving = (before: string[], after: string[]): string =>
      [...movingAmong(rows(...before), rows(...after))].sort().join('');
    expect(moving(['abcd', 'xyz'], ['abcd', 'xyz'])).to.equal('');
    expect(moving(['abcd', 'xyz'], ['abnewcd', 'xz'])).to.equal('');
    expect(moving(['abcd', 'xyz'], ['acd', 'bxyz'])).to.equal('b');
    expect(moving(['abcd', 'xyz'], ['abcd', 'zxy'])).to.equal('xyz');
    const lanes = fc.uniqueArray(fc.constantFrom(...'abcdefgh'), { maxLength: 8 });
    fc.assert(
      fc.property(lanes, lanes, (before, after) => {
        const candidates = movingAmong(
          [before.map((id) => ({ id }))],
          [after.map((id) => ({ id }))],
        );
        for (const id of movedAmong(before, after, one)) {
          expect(candidates.has(id) || !before.includes(id)).to.equal(true);
        }
      }),
    );
  });

  it('is told lane by lane', () => {
    const went = movedAmong('abcd', 'badc', (id) => (id < 'c' ? 'left' : 'right'));
    expect(went.size).to.equal(2);
  });
});

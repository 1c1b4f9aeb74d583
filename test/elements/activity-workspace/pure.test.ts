import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { commandGroups } from '../../../src/elements/base/command.js';
import { allColumns } from '../../../src/elements/base/columns.js';
import { fromInside } from '../../../src/elements/activity-workspace/inner-changes.js';
import { missingOptions } from '../../../src/elements/activity-workspace/missing-options.js';
import {
  hasChanged,
  toJson,
  toPersonalViews,
  viewNamed,
  withView,
} from '../../../src/elements/activity-workspace/personal-views.js';
import {
  again,
  fromQueue,
  isDone,
  step,
  toQueue,
} from '../../../src/elements/activity-workspace/queue.js';
import {
  SUMMARY_DIMENSIONS,
  summaryGroups,
  summaryRows,
} from '../../../src/elements/activity-workspace/summary.js';
import {
  DEFAULT_STATE,
  NO_FILTERS,
  WORKSPACE_SHOWS,
  WORKSPACE_VIEWS,
  filtersOf,
  isFiltered,
  isWorkspaceDue,
  toFilters,
  toQuery,
  type WorkspaceFilters,
  type WorkspaceState,
} from '../../../src/elements/activity-workspace/workspace-state.js';
import {
  fromParameters,
  toParameters,
  withState,
} from '../../../src/elements/activity-workspace/workspace-url.js';
import { ActivityViewChangeEvent } from '../../../src/events/activity-view-change-event.js';
import { ACTIVITY_STATES, PRIORITIES, type Activity } from '../../../src/model/activity.js';
import { ActivityTypes } from '../../../src/model/activity-types.js';
import type { ColumnFilter } from '../../../src/model/column-filter.js';
import { DUE_BUCKETS } from '../../../src/model/due-buckets.js';
import { DUE_FILTERS } from '../../../src/model/due.js';
import { matches } from '../../../src/model/evaluate.js';
import type { Filter } from '../../../src/model/query.js';
import { followUp } from '../../../src/model/follow-up.js';
import { NOW, TIME_ZONE, activity, cecil, jun, mona, wingtip } from '../../support/fixtures.js';

const types = new ActivityTypes();
const present = { now: NOW, timeZone: TIME_ZONE, firstDayOfWeek: 1 };
const context = { types, timeZone: TIME_ZONE, now: NOW, user: mona, team: [jun] };

const record = fc.record(
  {
    kind: fc.constantFrom('account', 'contact'),
    id: fc.string({ minLength: 1 }),
    name: fc.string(),
  },
  { requiredKeys: ['kind', 'id'] },
);
const day = fc.constantFrom('2026-11-23', '2026-12-31', '');
const columnFilter: fc.Arbitrary<ColumnFilter> = fc.oneof(
  fc.record({ kind: fc.constant('text' as const), contains: fc.string() }),
  fc.record({ kind: fc.constant('choice' as const), values: fc.array(fc.string()) }),
  fc.record({ kind: fc.constant('record' as const), records: fc.array(record) }),
  fc.constantFrom<ColumnFilter>(
    { kind: 'record', records: [], isMe: true },
    { kind: 'time', from: '2026-11-23' },
    { kind: 'time', from: '2026-11-23', to: '2026-12-31' },
    { kind: 'number', min: 1.5 },
    { kind: 'boolean', value: false },
    { kind: 'empty' },
  ),
);
const filters: fc.Arbitrary<WorkspaceFilters> = fc.record({
  view: fc.constantFrom(...WORKSPACE_VIEWS),
  types: fc.uniqueArray(fc.constantFrom('task', 'phonecall', 'visit')),
  states: fc.subarray([...ACTIVITY_STATES]),
  due: fc.oneof(
    fc.constantFrom(undefined, ...DUE_FILTERS, ...DUE_BUCKETS),
    fc.constantFrom('2026-11-23..2026-11-30' as const, '..2026-11-30' as const),
  ),
  owner: fc.oneof(fc.constantFrom(undefined, 'me' as const, 'my-team' as const), record),
  priorities: fc.subarray([...PRIORITIES]),
  regarding: fc.option(record, { nil: undefined }),
  columnFilters: fc.dictionary(fc.constantFrom('due', 'owner', 'of-the-host'), columnFilter),
  search: fc.string(),
  sort: fc.constantFrom(undefined, [{ field: 'subject', direction: 'desc' as const }]),
  groupBy: fc.constantFrom(undefined, 'owner'),
  // An address does not say it.
  arrangement: fc.constant(undefined),
});
const state: fc.Arbitrary<WorkspaceState> = filters.chain((some) =>
  fc
    .record({ show: fc.constantFrom(...WORKSPACE_SHOWS), date: day })
    .map(({ show, date }) => ({ ...DEFAULT_STATE, ...some, show, date: date || undefined })),
);

describe('the address', () => {
  it('says again what was written into it', () => {
    fc.assert(
      fc.property(state, (written) => {
        const { searchParams } = new URL(withState('https://host.example/?source=x#part', written));
        const read = fromParameters(searchParams);
        expect({ ...DEFAULT_STATE, ...read }).to.deep.equal(written);
        expect(searchParams.get('source')).to.equal('x');
      }),
      { numRuns: 200, seed: 4 },
    );
  });

  it('is short for a plain start, and says nothing where it has nothing', () => {
    const said = [...toParameters(DEFAULT_STATE)].filter(([, value]) => value !== undefined);
    expect(said).to.deep.equal([['show', 'grid']]);
    expect(fromParameters(new URLSearchParams('source=odata&theme=dark'))).to.equal(undefined);
  });

  it('takes nothing that it could not have written', () => {
    const read = fromParameters(
      new URLSearchParams(
        'view=nobody&show=gantt&due=2026-02-31..&owner=:&regarding=%25E0%25A4%25A:x&priority=urgent&status=gone&sort=x:up&columns={"due":{"kind":"soon"},"owner":7}',
      ),
    );
    expect(read).to.deep.equal({ ...NO_FILTERS, view: 'my', sort: [] });
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom('view', 'due', 'owner', 'sort'), fc.string()),
        (all) => {
          fromParameters(new URLSearchParams(all));
        },
      ),
      { seed: 4 },
    );
  });
});

describe('a personal view', () => {
  const view = (id: string, name: string, more: Partial<WorkspaceFilters> = {}) => ({
    id,
    name,
    filters: { ...filtersOf(DEFAULT_STATE), ...more },
  });

  it('is kept as it was', () => {
    fc.assert(
      fc.property(filters, (kept) => {
        const [read] = toPersonalViews(JSON.parse(JSON.stringify(toJson([view('1', 'A', kept)]))));
        expect(read && hasChanged(read, kept)).to.equal(false);
      }),
      { numRuns: 100, seed: 4 },
    );
    expect(toPersonalViews([{ id: 1 }, null, 'x', { id: '1', name: 'A' }])).to.deep.equal([]);
  });

  it('takes the place of the one with its name, whatever its case', () => {
    const views = [view('1', 'Late calls'), view('2', 'Other')];
    expect(viewNamed(views, ' late CALLS')?.id).to.equal('1');
    const next = withView(views, view('3', 'Late Calls', { due: 'overdue' }));
    expect(next.map(({ id }) => id)).to.deep.equal(['3', '2']);
    expect(withView(next, view('2', 'Late Calls')).map(({ id }) => id)).to.deep.equal(['2']);
  });
});

describe('the question', () => {
  const late = activity({ due: '2026-11-20T10:00:00Z' });
  const rows: { readonly [name: string]: Activity } = {
    late,
    today: activity({ due: '2026-11-23T15:30:00Z' }),
    'late today': activity({ due: '2026-11-23T08:00:00Z' }),
    'of Jun': activity({ owner: jun, regarding: wingtip, due: '2026-11-25' }),
    'to attend': activity({
      type: 'appointment',
      state: 'scheduled',
      owner: jun,
      end: '2026-12-24T10:00:00Z',
      parties: [{ role: 'optional', record: mona }],
    }),
    done: activity({ state: 'completed', modifiedBy: mona, regarding: wingtip }),
    'done by Jun': activity({ state: 'completed', modifiedBy: jun, owner: jun }),
    note: activity({ type: 'note', state: null }),
    'note on a record': activity({ type: 'note', state: null, regarding: wingtip }),
  };
  const found = (some: Partial<WorkspaceFilters>, show: 'grid' | 'kanban' = 'grid'): string[] => {
    const query = toQuery({ ...filtersOf(DEFAULT_STATE), ...some }, show, undefined, present);
    return Object.entries(rows)
      .filter(([, row]) => matches(row, query, context) === true)
      .map(([name]) => name);
  };

  it('of each built-in view finds what the view means', () => {
    const meant = Object.fromEntries(WORKSPACE_VIEWS.map((view) => [view, found({ view })]));
    const unfinished = ['late', 'today', 'late today', 'of Jun', 'to attend'];
    expect(meant).to.deep.equal({
      my: ['late', 'today', 'late today', 'to attend'],
      team: ['of Jun', 'to attend'],
      all: [...unfinished, 'done', 'done by Jun'],
      open: ['late', 'today', 'late today', 'of Jun'],
      scheduled: ['to attend'],
      overdue: ['late', 'late today'],
      'due-today': ['today', 'late today'],
      'completed-by-me': ['done'],
      personal: ['late', 'today', 'late today', 'note'],
      'no-regarding': ['late', 'today', 'late today', 'to attend', 'done by Jun'],
    });
  });

  it('begins with the latest where what is done is shown too, unless something says otherwise', () => {
    const orderOf = (some: Partial<WorkspaceFilters>, show: 'grid' | 'kanban' = 'grid'): unknown =>
      toQuery({ ...filtersOf(DEFAULT_STATE), ...some }, show, undefined, present).sort;
    const latest = [{ field: 'deadline', direction: 'desc' }];
    for (const view of ['all', 'personal', 'no-regarding'] as const) {
      expect(orderOf({ view }), view).to.deep.equal(latest);
    }
    const ended = [{ field: 'actualEnd', direction: 'desc' }];
    expect(orderOf({ view: 'completed-by-me' })).to.deep.equal(ended);
    for (const view of ['my', 'team', 'open', 'scheduled', 'overdue', 'due-today'] as const) {
      expect(orderOf({ view }), view).to.equal(undefined);
    }
    expect(orderOf({ view: 'all', due: 'overdue' })).to.equal(undefined);
    expect(orderOf({ view: 'all', states: ['open'] })).to.equal(undefined);
    expect(orderOf({ view: 'all' }, 'kanban')).to.equal(undefined);
    const bySubject = [{ field: 'subject', direction: 'asc' }] as const;
    expect(orderOf({ view: 'all', sort: bySubject })).to.equal(bySubject);
    const capabilities = { query: { sort: ['deadline'] } };
    const asked = (view: 'all' | 'completed-by-me'): unknown =>
      toQuery({ ...filtersOf(DEFAULT_STATE), view }, 'grid', undefined, {
        ...present,
        capabilities,
      }).sort;
    expect([asked('all'), asked('completed-by-me')]).to.deep.equal([latest, undefined]);
  });

  it('means what is open or scheduled with every due filter and bucket; a board shows what is done beside it', () => {
    const closed = ['done', 'done by Jun'];
    for (const due of [...DUE_FILTERS, ...DUE_BUCKETS]) {
      const grid = found({ view: 'all', due });
      expect(grid, due).not.to.include('done');
      const board = found({ view: 'all', due }, 'kanban');
      expect(board, due).to.include.members(closed);
      expect(
        board.filter((name) => !closed.includes(name)),
        due,
      ).to.deep.equal(grid);
      const open = found({ view: 'all', due, states: ['open'] }, 'kanban');
      expect(open, due).not.to.include.members(closed);
    }
    expect(found({ view: 'my', due: 'overdue' }, 'kanban')).to.include('done');
    expect(found({ view: 'my' }, 'kanban')).to.include('done');
  });

  it('divides each view among the due tabs, each activity into one', () => {
    for (const view of ['my', 'team', 'open', 'no-regarding'] as const) {
      const unfinished = found({ view }).filter((name) => !name.startsWith('done'));
      const divided = DUE_BUCKETS.flatMap((due) => found({ view, due }));
      expect(divided.toSorted(), view).to.deep.equal(unfinished.toSorted());
    }
  });

  it('narrows by owner, priority, record, state and days', () => {
    expect(found({ view: 'all', owner: 'others' })).to.deep.equal([]);
    expect(found({ view: 'all', owner: jun })).to.deep.equal([
      'of Jun',
      'to attend',
      'done by Jun',
    ]);
    expect(found({ view: 'all', regarding: wingtip })).to.deep.equal(['of Jun', 'done']);
    expect(found({ view: 'all', states: ['scheduled'] })).to.deep.equal(['to attend']);
    expect(found({ view: 'all', priorities: ['high'] })).to.deep.equal([]);
    expect(found({ view: 'all', priorities: ['normal'] })).to.have.length(7);
    expect(found({ view: 'all', due: '2026-11-25..2026-11-26' })).to.deep.equal(['of Jun']);
  });

  it('knows what is filtered', () => {
    expect(isFiltered(filtersOf(DEFAULT_STATE))).to.equal(false);
    expect(isFiltered({ ...filtersOf(DEFAULT_STATE), view: 'team', search: '  ' })).to.equal(false);
    expect(isFiltered({ ...filtersOf(DEFAULT_STATE), due: 'later' })).to.equal(true);
    expect(isWorkspaceDue('2026-11-23..')).to.equal(true);
    expect(['..', 'soon', '2026-11-23..x', 7].some(isWorkspaceDue)).to.equal(false);
    expect(toFilters('x')).to.equal(undefined);
  });

  it('is the same question until the day ends', () => {
    fc.assert(
      fc.property(filters, fc.constantFrom(...WORKSPACE_SHOWS), (some, show) => {
        const at = (now: number): unknown => toQuery(some, show, undefined, { ...present, now });
        expect(at(NOW + 60 * 60_000)).to.deep.equal(at(NOW));
      }),
      { numRuns: 100, seed: 4 },
    );
  });
});

describe('the summary', () => {
  const some: WorkspaceFilters = { ...filtersOf(DEFAULT_STATE), view: 'all', due: 'next-7-days' };
  const rows = summaryRows(some, { ...present, types, session: { user: mona, team: [jun] } });

  it('counts by type, state, owner and week', () => {
    const names = (dimension: string): string[] =>
      rows.filter((row) => row.dimension === dimension).map(({ name }) => name.split(' ')[1] ?? '');
    expect(names('type')).to.include.members(['task', 'phonecall']).and.not.include('note');
    expect(names('state')).to.deep.equal([...ACTIVITY_STATES]);
    expect(names('owner')).to.deep.equal(['me', jun.id, 'others']);
    expect(names('week')[1]).to.equal('2026-11-23..2026-11-30');
    expect(names('week')).to.have.length(9);
  });

  it('asks for each figure exactly what it leads to', () => {
    const groups = summaryGroups(rows, some, present);
    for (const [index, row] of rows.entries()) {
      const led = toQuery({ ...some, ...row.filters }, 'grid', undefined, present).filter;
      expect(groups[index]?.filter).to.deep.equal(led);
    }
  });
});

describe('the summary of what is filtered', () => {
  const team = Array.from({ length: 52 }, (_, index) => ({
    ...jun,
    id: `member-${String(index)}`,
  }));
  const columns = allColumns(types);
  const undated = (more: Partial<Activity>): Activity => {
    const { due: _due, ...rest } = activity(more);
    return rest;
  };
  const all: readonly Activity[] = [
    activity({ subject: 'late', due: '2026-11-20T10:00:00Z' }),
    activity({ subject: 'later', type: 'phonecall', due: '2026-12-20', owner: team[0] }),
    activity({ subject: 'of one beyond', due: '2026-11-20', owner: team[51] }),
    activity({ subject: 'of nobody near', due: '2026-11-25', owner: wingtip }),
    undated({ subject: 'without a date', type: 'phonecall' }),
    undated({ subject: 'done without a date', state: 'completed' }),
    activity({ subject: 'done', state: 'completed', due: '2026-11-20' }),
  ];
  const at = { ...present, columns };
  const rowsOf = (some: WorkspaceFilters) =>
    summaryRows(some, { ...at, types, session: { user: mona, team } });
  const count = (filter: Filter | undefined): number =>
    all.filter((row) => matches(row, filter ? { filter } : {}, { ...context, team }) === true)
      .length;
  const shown = (some: WorkspaceFilters): number =>
    count(toQuery(some, 'grid', undefined, at).filter);

  const narrowings: readonly Partial<WorkspaceFilters>[] = [
    {},
    { types: ['task'] },
    { states: ['open'] },
    { due: 'overdue' },
    { due: 'no-date' },
    { due: '2026-11-18..2026-11-26' },
    { owner: 'me' },
    { owner: 'my-team' },
    { owner: 'others' },
    { owner: wingtip },
    { columnFilters: { type: { kind: 'choice', values: ['task'] } } },
    { columnFilters: { due: { kind: 'empty' } }, due: 'no-date' },
    { columnFilters: { due: { kind: 'time', to: '2026-11-20' } }, due: 'overdue' },
  ];
  for (const narrowed of narrowings) {
    it(`adds up to what is shown in each part, and leads there: ${JSON.stringify(narrowed)}`, () => {
      const some = { ...filtersOf(DEFAULT_STATE), view: 'all' as const, ...narrowed };
      const figures = rowsOf(some);
      const groups = summaryGroups(figures, some, at);
      for (const dimension of SUMMARY_DIMENSIONS) {
        let sum = 0;
        for (const [index, { filters: led, dimension: of }] of figures.entries()) {
          if (of !== dimension) continue;
          const figure = count(groups[index]?.filter);
          expect(shown({ ...some, ...led })).to.equal(figure);
          sum += figure;
        }
        expect(sum, dimension).to.equal(shown(some));
      }
    });
  }
});

describe('a queue', () => {
  it('goes on where it was left, and no further than its end', () => {
    const begun = { ids: ['a', 'b'], at: 0 };
    expect(toQueue(fromQueue(step(begun, 1)))).to.deep.equal({ ids: ['a', 'b'], at: 1 });
    const done = step(step(step(begun, 1), 1), 1);
    expect([done.at, isDone(done)]).to.deep.equal([2, true]);
    expect(toQueue(fromQueue(done))).to.equal(undefined);
    expect(step(begun, -1).at).to.equal(0);
    expect(again(step(begun, 1), 'a').ids).to.deep.equal(['a', 'b', 'a']);
    for (const kept of [
      undefined,
      {},
      { ids: 'x', at: 0 },
      { ids: [], at: 0 },
      { ids: ['a'], at: -1 },
    ])
      expect(toQueue(kept)).to.equal(undefined);
  });
});

describe('what is missing', () => {
  it('is told with each of the three reasons, in the host’s words', () => {
    const query = () => Promise.resolve([]);
    const write = () => Promise.reject(new Error('unused'));
    const provider = { query, create: write, update: write, transition: write };
    const missing = missingOptions({
      provider,
      types,
      capabilities: {
        createTypes: {
          fax: { reason: 'no-licence-or-role', message: 'Ask Kim for a fax line.' },
          email: { reason: 'own-application' },
          task: true,
        },
        acts: { assign: { reason: 'not-switched-on' } },
      },
    });
    expect(missing).to.deep.equal([
      { option: { create: 'email' }, refusal: { reason: 'own-application' } },
      {
        option: { create: 'fax' },
        refusal: { reason: 'no-licence-or-role', message: 'Ask Kim for a fax line.' },
      },
      { option: { act: 'assign' }, refusal: { reason: 'not-switched-on' } },
      { option: { act: 'remove' }, refusal: { reason: 'not-switched-on' } },
    ]);
  });
});

describe('what changes inside', () => {
  it('is never called as something of the workspace’s own', () => {
    const told = (element: string, detail: ActivityViewChangeEvent['detail']) => {
      const target = document.createElement(element);
      const event = new ActivityViewChangeEvent(detail);
      target.dispatchEvent(event);
      return fromInside(event);
    };
    expect(told('activity-calendar', { view: 'week', date: '2026-11-23' })).to.deep.equal({
      state: { calendarView: 'week', date: '2026-11-23' },
      other: {},
    });
    const filters = { subject: { kind: 'text', contains: 'a' } };
    expect(told('activity-grid', { sort: [], filters, columns: ['due'] })).to.deep.equal({
      state: { sort: [], columnFilters: filters },
      other: { 'grid.columns': ['due'] },
    });
    expect(told('activity-kanban', { view: 'x', lanesBy: 'due' })).to.deep.equal({
      state: { lanesBy: 'due' },
      other: { 'kanban.view': 'x' },
    });
  });
});

describe('what comes next', () => {
  const options = { types, now: NOW, timeZone: TIME_ZONE, label: String };
  const after = (row: Activity) => followUp(row, types.get(row.type), options);

  it('is what the type suggests, about the same, that many days from today', () => {
    const call = activity({
      type: 'phonecall',
      regarding: wingtip,
      parties: [{ role: 'to', record: cecil }],
    });
    expect(after(call)).to.deep.equal({ type: 'task', regarding: wingtip, due: '2026-11-24' });
    expect(after({ ...call, type: 'email', regarding: null })).to.deep.equal({
      type: 'phonecall',
      parties: [{ role: 'to', record: cecil }],
      due: '2026-11-26',
    });
  });

  it('is the same kind where the type suggests none or one that is not there; a meeting keeps its time and length', () => {
    expect(after(activity({ type: 'task' })).type).to.equal('task');
    const appointment = types.get('appointment');
    const visit = activity({
      type: 'appointment',
      start: '2026-11-20T13:00:00Z',
      end: '2026-11-20T14:30:00Z',
    });
    const draft = followUp(
      visit,
      { ...appointment, suggests: { type: 'gone', afterDays: 7 } },
      options,
    );
    expect(draft).to.deep.equal({
      type: 'appointment',
      start: '2026-11-30T13:00:00Z',
      end: '2026-11-30T14:30:00Z',
    });
  });
});

describe('commands in a menu', () => {
  const plain = (label: string) => ({ label, icon: '' });

  it('stand together, but for what opens something, which is a group by its name', () => {
    const assign = { ...plain('Assign'), items: [{ label: 'To me', onSelect: () => undefined }] };
    const groups = commandGroups([plain('A'), plain('B'), assign, plain('C')]);
    expect(groups.map(({ label, items }) => [label, items.map((one) => one.label)])).to.deep.equal([
      [undefined, ['A', 'B']],
      ['Assign', ['To me']],
      [undefined, ['C']],
    ]);
  });
});

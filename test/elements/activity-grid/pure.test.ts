import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { ALL_COLUMNS, sortedBy, toColumns } from '../../../src/elements/activity-grid/columns.js';
import { DEFAULT_SORT, Order, toQuestion } from '../../../src/elements/activity-grid/question.js';
import { toggled, withRange } from '../../../src/elements/activity-grid/selection.js';
import { withLeaving, type ShownRow } from '../../../src/elements/activity-grid/shown-rows.js';
import { ACTIVITY_STATES } from '../../../src/model/activity.js';
import type { Filter } from '../../../src/model/query.js';
import { activity, wingtip } from '../../support/fixtures.js';

const ids = fc.uniqueArray(fc.constantFrom(...'abcdefghij'), { minLength: 1 });
const withState: Filter = { field: 'state', op: 'in', value: ACTIVITY_STATES };

describe('columns', () => {
  it('are all of them unless known ones are named', () => {
    expect(toColumns(undefined)).to.deep.equal(ALL_COLUMNS);
    expect(toColumns(['nonsense'])).to.deep.equal(ALL_COLUMNS);
    expect(toColumns(['due', 'due', 'x', 'type']).map(({ name }) => name)).to.deep.equal([
      'due',
      'type',
    ]);
  });

  it('sort their own way first, then the other, whatever else was sorted by', () => {
    for (const column of ALL_COLUMNS) {
      const first = sortedBy(column, DEFAULT_SORT);
      const second = sortedBy(column, first);
      expect(second[0]?.field).to.equal(column.sortField);
      expect(second[0]?.direction).to.not.equal(first[0]?.direction);
      expect(sortedBy(column, second)[0]?.direction).to.equal(first[0]?.direction);
    }
  });
});

describe('the grid’s question', () => {
  it('leaves notes out, and asks by due date', () => {
    expect(toQuestion({}, DEFAULT_SORT, undefined)).to.deep.equal({
      filter: withState,
      sort: [{ field: 'deadline', direction: 'asc' }],
    });
  });

  it('says so beside a filter that does not speak of it', () => {
    const mine: Filter = { field: 'owner', op: 'eq', value: 'me' };
    const done: Filter = { field: 'state', op: 'eq', value: 'completed' };
    const notes: Filter = { field: 'type', op: 'eq', value: 'note' };
    const filterOf = (filter: Filter): unknown => toQuestion({ filter }, [], undefined).filter;
    expect(filterOf(mine)).to.deep.equal({ all: [withState, mine] });
    expect(filterOf(done)).to.deep.equal(done);
    expect(filterOf(notes)).to.deep.equal(notes);
    expect(filterOf({ all: [mine, done] })).to.deep.equal({ all: [mine, done] });
    expect(filterOf({ any: [done, notes] })).to.deep.equal({ any: [done, notes] });
    expect(filterOf({ any: [mine, done] })).to.deep.equal({
      all: [withState, { any: [mine, done] }],
    });
    expect(filterOf({ not: done })).to.deep.equal({ all: [withState, { not: done }] });
  });

  it('is about a record, its parties and what rolls up to it', () => {
    const { record } = toQuestion({}, [], wingtip, 'extended');
    expect(record).to.deep.equal({ ref: wingtip, rollup: 'extended', parties: true });
  });

  it('keeps the user’s order until the host asks for another', () => {
    const order = new Order();
    const subject = [{ field: 'subject', direction: 'asc' }] as const;
    const owner = [{ field: 'owner', direction: 'desc' }] as const;
    expect(order.sort).to.deep.equal(DEFAULT_SORT);
    order.take(subject);
    expect(order.sort).to.deep.equal(subject);
    order.choose(owner);
    order.take([...subject]);
    expect(order.sort).to.deep.equal(owner);
    order.take(undefined);
    expect(order.sort).to.deep.equal(DEFAULT_SORT);
  });
});

describe('a selection', () => {
  it('is as before after toggling twice, but for the order', () => {
    fc.assert(
      fc.property(ids, fc.constantFrom(...'abcdefghij'), (selection, id) => {
        const twice = toggled(toggled(selection, id), id);
        expect([...twice].sort()).to.deep.equal([...selection].sort());
      }),
    );
  });

  it('holds after a range what it held, both ends and all between, each once', () => {
    fc.assert(
      fc.property(ids, fc.nat(), fc.nat(), fc.nat(), (order, x, y, z) => {
        const [from, to, held] = [x, y, z].map((n) => order[n % order.length] ?? '');
        const selection = withRange([held ?? ''], order, from ?? '', to ?? '');
        const [low, high] = [order.indexOf(from ?? ''), order.indexOf(to ?? '')].sort(
          (a, b) => a - b,
        );
        const expected = new Set([held, ...order.slice(low, (high ?? 0) + 1)]);
        expect(new Set(selection)).to.deep.equal(expected);
        expect(selection.length).to.equal(expected.size);
      }),
    );
  });

  it('takes only the end where the beginning is not there any more', () => {
    expect(withRange(['a'], ['a', 'b', 'c'], 'gone', 'c')).to.deep.equal(['a', 'c']);
  });
});

describe('rows that leave', () => {
  const shown = (id: string): ShownRow => ({ activity: activity({ id }), isLeaving: false });
  const drawn = (rows: readonly ShownRow[]): string =>
    rows.map((row) => (row.isLeaving ? `(${row.activity.id})` : row.activity.id)).join('');

  it('stand where they stood', () => {
    const before = [...'abcd'].map(shown);
    const rows = [...'ad'].map((id) => activity({ id }));
    expect(drawn(withLeaving(rows, before, new Set('bc')))).to.equal('a(b)(c)d');
    expect(drawn(withLeaving(rows, before, new Set('b')))).to.equal('a(b)d');
    expect(drawn(withLeaving(rows.slice(1), before, new Set('a')))).to.equal('(a)d');
  });

  it('never hide or double one that stays', () => {
    fc.assert(
      fc.property(ids, ids, (before, after) => {
        const leaving = new Set(before.filter((id) => !after.includes(id)));
        const rows = withLeaving(
          after.map((id) => activity({ id })),
          before.map(shown),
          leaving,
        );
        const staying = rows.filter(({ isLeaving }) => !isLeaving);
        expect(staying.map(({ activity: { id } }) => id)).to.deep.equal(after);
        expect(rows.length).to.equal(after.length + leaving.size);
      }),
    );
  });
});

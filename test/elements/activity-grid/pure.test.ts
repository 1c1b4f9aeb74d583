import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import {
  frozenCount,
  toArrangement,
  toJson,
  withMoved,
  withShown,
  withWidth,
  type Arrangement,
} from '../../../src/elements/base/arrangement.js';
import { toFilter, withFilter, type ColumnFilter } from '../../../src/model/column-filter.js';
import {
  DEFAULT_COLUMNS,
  allColumns,
  sortedAlsoBy,
  sortedBy,
  toColumns,
} from '../../../src/elements/base/columns.js';
import { withLeaving } from '../../../src/elements/activity-grid/drawn-items.js';
import { Layout } from '../../../src/elements/activity-grid/layout.js';
import { DEFAULT_SORT, Order, toQuestion } from '../../../src/elements/activity-grid/question.js';
import {
  countOf,
  isSelected,
  toggled,
  withToggled,
  type Selected,
} from '../../../src/elements/activity-grid/selection.js';
import { Slots } from '../../../src/elements/activity-grid/slots.js';
import { ACTIVITY_STATES } from '../../../src/model/activity.js';
import { ActivityTypes } from '../../../src/model/activity-types.js';
import { matches } from '../../../src/model/evaluate.js';
import type { Filter } from '../../../src/model/query.js';
import { TIME_ZONE, activity, cecil, mona, wingtip } from '../../support/fixtures.js';

const ids = fc.uniqueArray(fc.constantFrom(...'abcdefghij'), { minLength: 1 });
const withState: Filter = { field: 'state', op: 'in', value: ACTIVITY_STATES };

const types = new ActivityTypes();
const all = allColumns(types);
const columnNamed = (name: string) => all.filter((column) => column.name === name)[0] ?? all[0];
const named = (names: readonly string[] | undefined): string[] =>
  toColumns(all, names).map(({ name }) => name);

describe('columns', () => {
  it('are the usual ones unless known ones are named', () => {
    expect(named(undefined)).to.deep.equal([...DEFAULT_COLUMNS]);
    expect(named(['nonsense'])).to.deep.equal([...DEFAULT_COLUMNS]);
    expect(named(['due', 'due', 'x', 'type'])).to.deep.equal(['due', 'type']);
  });

  it('can be any field of any type, and the host’s own', () => {
    expect(named(['created', 'fields.phoneNumber'])).to.deep.equal([
      'created',
      'fields.phoneNumber',
    ]);
    const own = allColumns(types, [{ name: 'margin', label: 'Margin', field: 'fields.margin' }]);
    const [margin] = toColumns(own, ['margin']);
    const row = activity({ fields: { margin: 7 } });
    expect(margin?.value(row, types.get('task'))).to.equal(7);
  });

  it('sort their own way first, then the other, whatever else was sorted by', () => {
    for (const column of all) {
      const first = sortedBy(column, DEFAULT_SORT);
      const second = sortedBy(column, first);
      expect(second[0]?.field).to.equal(column.field);
      expect(second[0]?.direction).to.not.equal(first[0]?.direction);
      expect(sortedBy(column, second)[0]?.direction).to.equal(first[0]?.direction);
    }
  });

  it('sort behind others, and turn round where they stand', () => {
    const due = { field: 'deadline', direction: 'asc' } as const;
    const owner = columnNamed('owner');
    if (!owner) throw new Error('no owner');
    const both = sortedAlsoBy(owner, [due]);
    expect(both).to.deep.equal([due, { field: 'owner', direction: 'asc' }]);
    expect(sortedAlsoBy(owner, both)).to.deep.equal([due, { field: 'owner', direction: 'desc' }]);
  });
});

describe('the arrangement of columns', () => {
  const arrangement: Arrangement = { shown: ['a', 'b', 'c'], widths: {}, isFrozen: false };

  it('is what was kept of it, and nothing else', () => {
    expect(toArrangement(toJson(withWidth(arrangement, 'b', 200)))).to.deep.equal(
      withWidth(arrangement, 'b', 200),
    );
    for (const bad of [
      undefined,
      null,
      7,
      'x',
      {},
      { shown: 'x' },
      { shown: [] },
      { shown: [7] },
    ]) {
      expect(toArrangement(bad), JSON.stringify(bad)).to.equal(undefined);
    }
    expect(toArrangement({ shown: ['a', 'a', 7], widths: { a: 'x', b: 5 } })).to.deep.equal({
      shown: ['a'],
      widths: { b: 40 },
      isFrozen: false,
    });
  });

  it('moves, shows and hides columns, but never the last', () => {
    expect(withMoved(arrangement, 'a', 1).shown.join('')).to.equal('bac');
    expect(withMoved(arrangement, 'c', -9).shown.join('')).to.equal('cab');
    expect(withMoved(arrangement, 'a', -1)).to.equal(arrangement);
    // Of a type that is not there, say.
    expect(withMoved(arrangement, 'c', -1, ['a', 'c']).shown.join('')).to.equal('cab');
    expect(withMoved(arrangement, 'a', 1, ['a', 'c']).shown.join('')).to.equal('bca');
    expect(withShown(arrangement, 'd', true).shown.join('')).to.equal('abcd');
    expect(withShown(arrangement, 'b', false).shown.join('')).to.equal('ac');
    const one = { ...arrangement, shown: ['a'] };
    expect(withShown(one, 'a', false)).to.equal(one);
  });

  it('keeps the first in sight, with the glyph before it', () => {
    expect(frozenCount(toColumns(all, ['type', 'subject', 'due']))).to.equal(2);
    expect(frozenCount(toColumns(all, ['due', 'subject']))).to.equal(1);
  });
});

describe('a filter of a column', () => {
  const context = { types, timeZone: TIME_ZONE, user: mona, team: [], parentOf: () => undefined };
  const keeps = (
    name: string,
    filter: ColumnFilter,
    more: Parameters<typeof activity>[0],
  ): unknown => {
    const column = columnNamed(name);
    const asked = column && toFilter(column, filter, TIME_ZONE);
    return matches(activity(more), { ...(asked && { filter: asked }) }, context);
  };

  it('keeps what it says', () => {
    expect(
      keeps('subject', { kind: 'text', contains: ' quote ' }, { subject: 'The Quote' }),
    ).to.equal(true);
    expect(keeps('subject', { kind: 'text', contains: 'quote' }, { subject: 'Call' })).to.equal(
      false,
    );
    expect(keeps('type', { kind: 'choice', values: ['task'] }, {})).to.equal(true);
    expect(keeps('priority', { kind: 'choice', values: ['normal'] }, {})).to.equal(true);
    expect(keeps('priority', { kind: 'choice', values: ['high'] }, {})).to.equal(false);
    expect(keeps('owner', { kind: 'record', records: [], isMe: true }, {})).to.equal(true);
    expect(keeps('regarding', { kind: 'record', records: [cecil] }, {})).to.equal(false);
    expect(keeps('regarding', { kind: 'empty' }, {})).to.equal(true);
  });

  it('means the user’s days, with the last', () => {
    const days = { kind: 'time', from: '2026-11-23', to: '2026-11-24' } as const;
    const at = (due: string): unknown => keeps('due', days, { due });
    expect(at('2026-11-22T22:59:00Z')).to.equal(false); // 23:59 in Berlin
    expect(at('2026-11-22T23:00:00Z')).to.equal(true);
    expect(at('2026-11-24T22:59:00Z')).to.equal(true);
    expect(at('2026-11-24T23:00:00Z')).to.equal(false);
  });

  it('is none where it narrows nothing down', () => {
    const subject = columnNamed('subject');
    if (!subject) throw new Error('no subject');
    const one = withFilter({}, subject, { kind: 'text', contains: 'a' });
    expect(one).to.deep.equal({ subject: { kind: 'text', contains: 'a' } });
    expect(withFilter(one, subject, { kind: 'text', contains: '  ' })).to.deep.equal({});
    expect(withFilter(one, subject, undefined)).to.deep.equal({});
  });
});

describe('the layout of a list', () => {
  const sections = fc.array(fc.record({ rows: fc.nat({ max: 50 }), hasHeader: fc.boolean() }), {
    maxLength: 6,
  });
  const heights = { row: 40, group: 28 };

  it('finds at each height what stands there, and at each place where it stands', () => {
    fc.assert(
      fc.property(sections, (some) => {
        const layout = new Layout(some, heights);
        for (let index = 0; index < layout.length; index++) {
          const [top, bottom] = [layout.top(index), layout.top(index + 1)];
          expect(layout.at(top)).to.equal(index);
          expect(layout.at(bottom - 1)).to.equal(index);
          const spot = layout.spot(index);
          if (!spot) throw new Error('nothing there');
          expect(layout.indexOf(spot)).to.equal(index);
          expect(bottom - top).to.equal(spot.row < 0 ? heights.group : heights.row);
        }
        expect(layout.top(layout.length)).to.equal(layout.height);
        expect(layout.spot(layout.length)).to.equal(undefined);
      }),
    );
  });

  it('spans what is seen, with some more, and nothing that is not there', () => {
    const layout = new Layout([{ rows: 100, hasHeader: false }], heights);
    expect(layout.span(400, 600, 2)).to.deep.equal({ first: 8, end: 18 });
    expect(layout.span(0, 100, 5)).to.deep.equal({ first: 0, end: 8 });
    expect(layout.span(9999, 99999, 5)).to.deep.equal({ first: 94, end: 100 });
    expect(new Layout([], heights).span(0, 100, 5)).to.deep.equal({ first: 0, end: 0 });
  });
});

describe('the elements of rows', () => {
  it('stay with their row as long as it is drawn, and are never two rows’', () => {
    const windows = fc.array(fc.uniqueArray(fc.constantFrom(...'abcdefghijkl')), { minLength: 1 });
    fc.assert(
      fc.property(windows, (steps) => {
        const slots = new Slots();
        let before = new Map<string, number>();
        for (const step of steps) {
          const assigned = slots.assign(step);
          expect(new Set(assigned).size).to.equal(step.length);
          const now = new Map(step.map((id, at) => [id, assigned[at] ?? -1]));
          for (const [id, slot] of now) {
            if (before.has(id)) expect(slot).to.equal(before.get(id));
          }
          before = now;
        }
      }),
    );
  });

  it('are as many as are drawn at once, whatever the list', () => {
    const slots = new Slots();
    for (let from = 0; from < 1000; from += 7) {
      const ids = Array.from({ length: 20 }, (_, at) => String(from + at));
      for (const slot of slots.assign(ids)) expect(slot).to.be.lessThan(20);
    }
  });

  it('stay where they are in another list, even if a row of the one before is in it', () => {
    const slots = new Slots();
    const before = slots.assign([...'abcdefgh']);
    const after = slots.assign([...'ijklmnao']);
    expect(after[6]).to.equal(before[0]);
    expect(after.filter((slot, at) => slot !== before[at])).to.have.length(2);
  });

  it('stay where they are in the answer to another question, but for the one in hand', () => {
    const slots = new Slots();
    const before = slots.assign([...'abcdefgh']);
    const narrowed = slots.assign([...'bdfh'], undefined, (id) => id === 'x');
    expect(narrowed).to.deep.equal(before.slice(0, 4));
    const other = slots.assign([...'hfdbijkl'], undefined, (id) => id === 'b');
    expect(other[3]).to.equal(narrowed[0]);
    expect(other.slice(1, 3)).to.deep.equal(narrowed.slice(1, 3));
    expect(new Set(other).size).to.equal(other.length);
  });

  it('go over from what stood for a row to the row', () => {
    const slots = new Slots();
    const [first, second] = slots.assign(['#0', '#1']);
    expect(slots.assign(['a', 'b'], (at) => `#${String(at)}`)).to.deep.equal([first, second]);
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

  it('of all that match holds what comes later, but what was taken out', () => {
    const rest = {
      query: {},
      except: ['a', 'b'],
      count: { value: 10, relation: 'exact' },
    } as const;
    let selected: Selected = { selection: ['a', 'b'], rest };
    expect(isSelected(selected, 'later')).to.equal(true);
    expect(countOf(selected)).to.deep.equal({ value: 12, isSure: true });
    selected = withToggled(selected, 'later');
    expect(isSelected(selected, 'later')).to.equal(false);
    expect(isSelected(selected, 'other')).to.equal(true);
    expect(countOf(selected).value).to.equal(11);
    selected = withToggled(selected, 'a');
    expect(isSelected(selected, 'a')).to.equal(false);
    expect(countOf(selected).value).to.equal(10);
    selected = withToggled(withToggled(selected, 'a'), 'later');
    expect(isSelected(selected, 'a') && isSelected(selected, 'later')).to.equal(true);
    expect(countOf(selected).value).to.equal(12);
  });
});

describe('rows that leave', () => {
  interface Shown {
    readonly key: string;
    readonly isLeaving: boolean;
  }
  const shown = (key: string): Shown => ({ key, isLeaving: false });
  const drawn = (rows: readonly Shown[]): string =>
    rows.map(({ key, isLeaving }) => (isLeaving ? `(${key})` : key)).join('');

  it('stand where they stood', () => {
    const before = [...'abcd'].map(shown);
    const rows = [...'ad'].map(shown);
    expect(drawn(withLeaving(rows, before, new Set('bc')))).to.equal('a(b)(c)d');
    expect(drawn(withLeaving(rows, before, new Set('b')))).to.equal('a(b)d');
    expect(drawn(withLeaving(rows.slice(1), before, new Set('a')))).to.equal('(a)d');
  });

  it('never hide or double one that stays', () => {
    fc.assert(
      fc.property(ids, ids, (before, after) => {
        const leaving = new Set(before.filter((id) => !after.includes(id)));
        const rows = withLeaving(after.map(shown), before.map(shown), leaving);
        const staying = rows.filter(({ isLeaving }) => !isLeaving);
        expect(staying.map(({ key }) => key)).to.deep.equal(after);
        expect(rows.length).to.equal(after.length + leaving.size);
      }),
    );
  });
});

import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import type { Activity, RecordRef } from '../../src/model/activity.js';
import { ActivityTypes } from '../../src/model/activity-types.js';
import { toDueFilter } from '../../src/model/due.js';
import {
  compareBy,
  countGroups,
  evaluate,
  matches,
  placeOf,
  type EvaluationContext,
} from '../../src/model/evaluate.js';
import { OPERATORS, queryField } from '../../src/model/query-fields.js';
import type { ActivityQuery, Filter, PagePosition, Sort } from '../../src/model/query.js';
import { activity, cecil, jun, mona, NOW, pilot, wingtip } from '../support/fixtures.js';

const context: EvaluationContext = {
  types: new ActivityTypes(),
  timeZone: 'Europe/Berlin',
  user: mona,
  team: [jun],
  parentOf: (ref: RecordRef) => (ref.id === cecil.id || ref.id === pilot.id ? wingtip : undefined),
};

const passes = (row: Activity, filter: Filter): boolean | undefined =>
  matches(row, { filter }, context);

describe('the reference evaluator', () => {
  it('compares fields of every kind', () => {
    const row = activity({
      type: 'phonecall',
      subject: 'Call Ångström',
      priority: 'high',
      regarding: cecil,
      parties: [{ role: 'to', record: cecil }],
      fields: { direction: 'outgoing', leftVoicemail: false },
      outcome: 'reached',
      actualDuration: 15,
    });
    const yes: Filter[] = [
      { field: 'subject', op: 'contains', value: 'ÅNG' },
      { field: 'priority', op: 'gt', value: 'normal' },
      { field: 'owner', op: 'eq', value: 'me' },
      { field: 'owner', op: 'in', value: ['x', mona.id] },
      { field: 'subject', op: 'eq', value: 'CALL ångström' },
      { field: 'subject', op: 'gt', value: 'call a' },
      { field: 'id', op: 'in', value: [row.id] },
      { field: 'owner.kind', op: 'eq', value: 'user' },
      { field: 'thread', op: 'empty' },
      { field: 'series', op: 'empty' },
      { field: 'outcome', op: 'eq', value: 'reached' },
      { field: 'actualDuration', op: 'ge', value: 15 },
      { field: 'createdAt', op: 'eq', value: '2026-11-20' },
      { field: 'attachments', op: 'empty' },
      { field: 'regarding', op: 'eq', value: { kind: 'contact', id: cecil.id } },
      { field: 'regarding.kind', op: 'eq', value: 'contact' },
      { field: 'parties.to', op: 'eq', value: cecil.id },
      { field: 'fields.direction', op: 'eq', value: 'outgoing' },
      { field: 'fields.leftVoicemail', op: 'eq', value: false },
      { field: 'description', op: 'empty' },
      { field: 'subject', op: 'empty', value: false },
      { not: { field: 'state', op: 'in', value: ['completed', 'canceled'] } },
      {
        any: [
          { field: 'type', op: 'eq', value: 'task' },
          { field: 'type', op: 'eq', value: 'phonecall' },
        ],
      },
    ];
    for (const filter of yes) {
      expect(passes(row, filter), JSON.stringify(filter)).to.equal(true);
      expect(passes(row, { not: filter }), `not ${JSON.stringify(filter)}`).to.equal(false);
    }
    expect(passes(row, { field: 'owner', op: 'eq', value: 'my-team' })).to.equal(false);
    // Two kinds may number their records alike.
    const other = { kind: 'account', id: cecil.id };
    expect(passes(row, { field: 'regarding', op: 'eq', value: other })).to.equal(false);
  });

  it('says what is wrong with a question instead of answering nothing', () => {
    const wrong: [ActivityQuery, string][] = [
      [{ filter: { field: 'dead-line', op: 'empty' } }, 'there is no field "dead-line"'],
      [{ filter: { field: 'fields.shoeSize', op: 'eq', value: 1 } }, 'there is no field'],
      [{ filter: { field: 'fields.__proto__', op: 'empty' } }, 'there is no field'],
      [{ filter: { field: 'owner', op: 'lt', value: 'a' } }, 'is a record and takes eq, in, empty'],
      [{ filter: { field: 'state', op: 'eq', value: 'done' } }, 'one of open, scheduled'],
      [{ filter: { field: 'due', op: 'le', value: 'today' } }, 'compared with an instant'],
      [{ filter: { field: 'due', op: 'within', value: '2026-11-23' } }, 'takes a period'],
      [{ filter: { field: 'due', op: 'within', value: { relative: 'soon' } } }, 'takes a period'],
      [{ filter: { field: 'type', op: 'in', value: 'task' } }, 'in takes a list'],
      [{ filter: { field: 'subject', op: 'eq' } }, 'a text, not with undefined'],
      [{ filter: { not: { any: [{ field: 'x', op: 'empty' }] } } }, 'there is no field "x"'],
      [{ sort: [{ field: 'x', direction: 'asc' }] }, 'there is no field "x"'],
      [{ sort: [{ field: 'parties', direction: 'asc' }] }, 'may be several'],
      [{ range: { from: 'x', to: '2026-11-23' } }, 'range.from "x" is no time'],
    ];
    for (const [question, words] of wrong) {
      const failure = (() => {
        try {
          return evaluate([], question, context);
        } catch (thrown) {
          return thrown as { code: string; message: string };
        }
      })();
      expect(failure, JSON.stringify(question)).to.have.property('code', 'validation');
      expect(failure).to.have.property('message').that.contains(words);
    }
    for (const name of ['fields.location', 'parties.to', 'deadline', 'place']) {
      expect(OPERATORS[queryField(name, context.types)?.kind ?? 'list'], name).to.include('empty');
    }
  });

  it('puts blanks last in both directions, or where a sort says', () => {
    const rows = [
      activity({ id: 'none', due: undefined as never }),
      activity({ id: 'early', due: '2026-11-01' }),
      activity({ id: 'late', due: '2026-12-01' }),
    ];
    const order = (sort: Omit<Sort, 'field'>): string =>
      evaluate(rows, { sort: [{ field: 'deadline', ...sort }] }, context)
        .rows.map(({ id }) => id)
        .join(' ');
    expect(order({ direction: 'asc' })).to.equal('early late none');
    expect(order({ direction: 'desc' })).to.equal('late early none');
    expect(order({ direction: 'asc', blanks: 'first' })).to.equal('none early late');
    expect(order({ direction: 'desc', blanks: 'first' })).to.equal('none late early');
  });

  it('puts a long list in the order in which two rows are compared', () => {
    const oneOf = <const T>(...values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values);
    const row = fc.record(
      {
        type: oneOf('task', 'appointment'),
        subject: fc.oneof(
          fc.nat(300).map((n) => `Follow up number ${String(n)}`),
          oneOf('follow up number 7', 'Follow', 'Follow up number 7a', ''),
          fc.nat(40).map((n) => `Call ${'again and '.repeat(n % 4)}${String(n)} times, please`),
        ),
        due: oneOf('2026-11-23', '2026-11-23T10:00:00Z', '2026-11-23T10:00:00.5Z', '1999-01-01'),
        priority: oneOf('low', 'normal', 'high'),
        owner: oneOf(mona, jun, { kind: 'user', id: 'x' }),
        actualDuration: oneOf(0, -3, 0.25, 0.5, 15, 1e12, 4e15, 4e15 + 1),
      },
      { requiredKeys: ['type', 'subject'] },
    );
    const by = fc.record({
      field: oneOf('subject', 'due', 'deadline', 'priority', 'owner', 'actualDuration', 'type'),
      direction: oneOf('asc', 'desc'),
      blanks: oneOf('first', 'last'),
    });
    const rows = fc.array(row, { minLength: 101, maxLength: 200, size: 'max' });
    fc.assert(
      fc.property(rows, fc.array(by, { maxLength: 3 }), fc.boolean(), (drawn, sort, isPlain) => {
        const all = drawn.map((one, index) => activity({ ...one, id: String((index * 37) % 211) }));
        const list = isPlain ? all : [...all, activity({ id: 'z', subject: 'Follow 電話' })];
        const inOrder = [...list].sort(compareBy(sort, context));
        const ids = inOrder.map(({ id }) => id);
        expect(evaluate(list, { sort }, context).rows.map(({ id }) => id)).to.deep.equal(ids);
        expect(evaluate(inOrder, { sort }, context).rows).to.deep.equal(inOrder);
      }),
      { numRuns: 40, seed: 1 },
    );
  });

  it('searches the words of a description, not its markup', () => {
    const row = activity({
      description: '<p>Send the <b>div</b>ider</p>',
      descriptionFormat: 'html',
    });
    expect(matches(row, { search: 'DIVIDER' }, context)).to.equal(true);
    expect(matches(row, { search: '<b>' }, context)).to.equal(false);
  });

  it('counts groups in one pass over the rows', () => {
    const rows = [activity(), activity({ state: 'completed' }), activity({ type: 'fax' })];
    let passed = 0;
    function* once(): Iterable<Activity> {
      for (const row of rows) {
        passed++;
        yield row;
      }
    }
    const groups = [
      { name: 'open', filter: { field: 'state', op: 'eq', value: 'open' } as const },
      { name: 'fax', filter: { field: 'type', op: 'eq', value: 'fax' } as const },
    ];
    const totals = countGroups(once(), {}, groups, context);
    expect(totals.map(({ value }) => value)).to.deep.equal([2, 1]);
    expect(passed).to.equal(3);
  });

  it('does not guess about what is not loaded', () => {
    const row = activity({ loaded: [] });
    expect(passes(row, { field: 'description', op: 'contains', value: 'x' })).to.equal(undefined);
    expect(
      passes(row, {
        all: [
          { field: 'description', op: 'empty' },
          { field: 'type', op: 'eq', value: 'fax' },
        ],
      }),
    ).to.equal(false);
    expect(matches(row, { search: 'zzz' }, context)).to.equal(undefined);
  });

  it('matches no state filter with a note', () => {
    const note = activity({ type: 'note', state: null });
    expect(
      passes(note, {
        field: 'state',
        op: 'in',
        value: ['open', 'scheduled', 'completed', 'canceled'],
      }),
    ).to.equal(false);
  });

  it('knows through whom an activity stands in a record’s history', () => {
    const direct = activity({ regarding: wingtip });
    const rolled = activity({ regarding: cecil });
    const party = activity({ regarding: null, parties: [{ role: 'to', record: wingtip }] });
    const other = activity({ regarding: null });
    const ask = (rollup: 'none' | 'related'): ActivityQuery => ({
      record: { ref: wingtip, rollup, parties: true },
    });
    const rows = [direct, rolled, party, other];
    const found = evaluate(rows, ask('related'), context).rows;
    expect(found.map(({ id, via }) => [id, via?.map(({ by }) => by)])).to.deep.equal([
      [direct.id, ['regarding']],
      [rolled.id, ['rollup']],
      [party.id, ['party']],
    ]);
    expect(evaluate(rows, ask('none'), context).total.value).to.equal(2);
  });

  it('has the due filters of the user’s own day', () => {
    const at = (due: string): Activity => activity({ due });
    const filter = toDueFilter('today', NOW, 'Europe/Berlin');
    expect(passes(at('2026-11-23T22:59:59Z'), filter)).to.equal(true);
    expect(passes(at('2026-11-23T23:00:00Z'), filter)).to.equal(false);
    expect(passes(at('2026-11-23'), filter)).to.equal(true);
    expect(passes(at('2026-11-24'), filter)).to.equal(false);
    const overdue = toDueFilter('overdue', NOW, 'Europe/Berlin');
    const isLate = (due: string): boolean | undefined =>
      matches(at(due), { filter: overdue }, { ...context, now: NOW });
    expect(isLate('2026-11-23')).to.equal(false);
    expect(isLate('2026-11-22')).to.equal(true);
    expect(isLate('2026-11-23T10:34:00Z')).to.equal(true);
    expect(passes(at('2026-11-22'), overdue), 'nobody knows when now is').to.equal(undefined);
  });

  it('finds by overlap what takes time and by its moment what is only due', () => {
    const within = (row: Activity, from: string, to: string): boolean | undefined =>
      matches(row, { range: { from, to } }, context);
    const meeting = activity({
      type: 'appointment',
      start: '2026-11-23T09:00:00Z',
      end: '2026-11-23T10:00:00Z',
    });
    expect(within(meeting, '2026-11-23T09:30:00Z', '2026-11-23T09:40:00Z')).to.equal(true);
    expect(within(meeting, '2026-11-23T10:00:00Z', '2026-11-23T11:00:00Z')).to.equal(false);
    const task = activity({ due: '2026-11-23T10:00:00Z' });
    expect(within(task, '2026-11-23T10:00:00Z', '2026-11-23T11:00:00Z')).to.equal(true);
    expect(within(task, '2026-11-23T09:00:00Z', '2026-11-23T10:00:00Z')).to.equal(false);
    const whole = activity({ type: 'appointment', start: '2026-11-23', end: '2026-11-25' });
    expect(within(whole, '2026-11-24T22:00:00Z', '2026-11-24T22:30:00Z')).to.equal(true);
    expect(within(whole, '2026-11-24T23:00:00Z', '2026-11-25T22:30:00Z')).to.equal(false);
  });

  it('pages forward and backward to exactly the rows there are, whatever the order', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            subject: fc.constantFrom('a', 'B', 'b', 'ä', ''),
            due: fc.constantFrom('2026-11-23', '2026-11-23T10:00:00Z', undefined),
            priority: fc.constantFrom('low', 'normal', 'high', undefined),
          }),
          { maxLength: 25 },
        ),
        fc.uniqueArray(fc.constantFrom('subject', 'deadline', 'priority'), { minLength: 1 }),
        fc.constantFrom('asc', 'desc'),
        fc.constantFrom('first', 'last', undefined),
        fc.integer({ min: 1, max: 7 }),
        (drafts, fields, direction, blanks, size) => {
          const rows = drafts.map((draft) => activity(draft as Partial<Activity>));
          const sort = fields.map((field): Sort => ({
            field,
            direction,
            ...(blanks && { blanks }),
          }));
          const all = evaluate(rows, { sort }, context).rows;
          const paged: Activity[] = [];
          let next: string | undefined;
          do {
            const page = evaluate(
              rows,
              { sort, page: next === undefined ? { size } : { size, at: { next } } },
              context,
            );
            paged.push(...page.rows);
            next = page.next;
          } while (next !== undefined);
          const ids = all.map(({ id }) => id);
          expect(paged.map(({ id }) => id)).to.deep.equal(ids);
          for (const [index, row] of all.entries()) {
            const at = (position: PagePosition): string[] =>
              evaluate(rows, { sort, page: { size, at: position } }, context).rows.map(
                ({ id }) => id,
              );
            const place = placeOf(row, sort, context);
            expect(at({ after: place })).to.deep.equal(ids.slice(index + 1, index + 1 + size));
            expect(at({ before: place })).to.deep.equal(
              ids.slice(Math.max(0, index - size), index),
            );
            expect(at({ around: row.id })).to.include(row.id);
            expect(at({ offset: index })).to.deep.equal(ids.slice(index, index + size));
          }
        },
      ),
    );
  });
});

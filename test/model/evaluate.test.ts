import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import type { Activity, RecordRef } from '../../src/model/activity.js';
import { ActivityTypes } from '../../src/model/activity-types.js';
import { toDueFilter } from '../../src/model/due.js';
import { evaluate, matches, type EvaluationContext } from '../../src/model/evaluate.js';
import type { ActivityQuery, Filter } from '../../src/model/query.js';
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
    });
    const yes: Filter[] = [
      { field: 'subject', op: 'contains', value: 'ÅNG' },
      { field: 'priority', op: 'gt', value: 'normal' },
      { field: 'owner', op: 'eq', value: 'me' },
      { field: 'owner', op: 'in', value: ['x', mona.id] },
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
    expect(passes(at('2026-11-23'), overdue)).to.equal(false);
    expect(passes(at('2026-11-22'), overdue)).to.equal(true);
    expect(passes(at('2026-11-23T10:34:00Z'), overdue)).to.equal(true);
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
        fc.integer({ min: 1, max: 7 }),
        (drafts, fields, direction, size) => {
          const rows = drafts.map((draft) => activity(draft as Partial<Activity>));
          const sort = fields.map((field) => ({ field, direction }) as const);
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
          expect(paged.map(({ id }) => id)).to.deep.equal(all.map(({ id }) => id));
        },
      ),
    );
  });
});

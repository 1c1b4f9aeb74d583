import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { evaluate } from '../../../src/model/evaluate.js';
import { ActivityTypes } from '../../../src/model/activity-types.js';
import { allOf, type ActivityQuery, type Filter, type Sort } from '../../../src/model/query.js';
import { createMemoryProvider } from '../../../src/provider/memory/memory-provider.js';
import { activities, records, wingtip } from '../sample.js';

const call = { locale: 'en', timeZone: 'Europe/Berlin' };

const filter = fc.constantFrom<(Filter | undefined)[]>(
  undefined,
  { field: 'state', op: 'in', value: ['open', 'scheduled'] },
  { field: 'subject', op: 'contains', value: '1' },
  { field: 'priority', op: 'empty' },
  { not: { field: 'type', op: 'eq', value: 'task' } },
);
const sort = fc.constantFrom<(readonly Sort[])[]>(
  [{ field: 'subject', direction: 'asc' }],
  [{ field: 'subject', direction: 'desc' }],
  [
    { field: 'owner', direction: 'asc' },
    { field: 'deadline', direction: 'desc', blanks: 'first' },
  ],
  [],
);
const question = fc
  .record({
    filters: fc.array(filter, { maxLength: 3 }),
    sort,
    search: fc.constantFrom(undefined, 'number'),
    isOfRecord: fc.boolean(),
  })
  .map(({ filters, sort: order, search, isOfRecord }): ActivityQuery => {
    const asked = allOf(...filters);
    return {
      ...(asked && { filter: asked }),
      ...(search !== undefined && { search }),
      ...(isOfRecord && { record: { ref: wingtip, rollup: 'related' as const, parties: true } }),
      sort: order,
    };
  });

describe('the answers of the memory provider', () => {
  it('are the same whatever was asked before', async () => {
    const context = {
      types: new ActivityTypes(),
      timeZone: call.timeZone,
      parentOf: ({ kind, id }: { kind: string; id: string }) =>
        records.find(({ ref }) => ref.kind === kind && ref.id === id)?.parent,
    };
    await fc.assert(
      fc.asyncProperty(fc.array(question, { minLength: 2, maxLength: 6 }), async (questions) => {
        const provider = createMemoryProvider({ activities, records });
        for (const one of questions) {
          const { rows } = await provider.query(one, call);
          expect(rows).to.deep.equal(evaluate(activities, one, context).rows);
        }
      }),
      { numRuns: 60, seed: 1 },
    );
  });
});

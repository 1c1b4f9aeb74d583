import { expect } from '@open-wc/testing';
import { deleteDB } from 'idb';
import type { Activity } from '../../src/model/activity.js';
import { createIndexedDbProvider } from '../../src/provider/indexeddb/indexeddb-provider.js';
import { createMemoryProvider } from '../../src/provider/memory/memory-provider.js';
import type { ActivityDataProvider } from '../../src/provider/provider.js';
import { querySuite } from '../../src/testing/query-suite.js';
import { activities, ana, ben, cecil, now, records } from '../provider/sample.js';

const people = { user: ana, team: [ana, ben] };

/** The sample three times over, with what it has not: whole days, ties, threads, series, blanks, times before and after. */
const rows: readonly Activity[] = [0, 1, 2].flatMap((turn) =>
  activities.map((row, index): Activity => {
    const { regarding, due, ...rest } = row;
    const id = row.id.replace('00000000', `0000000${String(turn)}`);
    if (turn === 0) return row;
    if (turn === 1) return { ...row, id, ...(due && { due: due.slice(0, 10) }) };
    return {
      ...rest,
      id,
      ...(index % 2 === 0 && { due: due ?? '2026-11-23' }),
      ...(regarding && index % 3 === 0 && { regarding }),
      ...(index % 7 === 0 && { start: '2026-11-20', end: '2026-11-26' }),
      ...(index % 5 === 0 && { thread: `t-${String(index % 10)}` }),
      ...(index % 8 === 0 && { series: { id: 's-1', role: index ? 'occurrence' : 'master' } }),
      ...(index % 4 === 0 && { outcome: 'reached', actualDuration: index }),
      ...(index % 6 === 0 && { type: 'note', state: null }),
      modifiedAt: '2026-11-20T00:00:00Z',
      parties: [{ role: 'to', record: cecil }],
      fields: { direction: index % 2 ? 'incoming' : 'outgoing', percentComplete: index },
    };
  }),
);

function runSuite(provider: () => ActivityDataProvider, count: number, timeZone = 'UTC'): void {
  for (const { name, run } of querySuite({ provider, count, call: { timeZone } })) {
    it(name, async () => void (await run()));
  }
}

describe('Generated questions to the memory provider', () => {
  runSuite(() => createMemoryProvider({ activities: rows, records, ...people, now }), 300);
});

for (const [how, keptRows, timeZone] of [
  ['by its indexes alone', 0, 'America/New_York'],
  ['with all rows in memory', 5000, 'UTC'],
] as const) {
  describe(`Generated questions to the IndexedDB provider, ${how}`, () => {
    const name = `suite-${crypto.randomUUID()}`;
    const seed = { activities: rows, records, ...people };
    const provider = createIndexedDbProvider({ name, seed, now, keptRows });
    after(async () => {
      provider.close();
      await deleteDB(name);
    });
    runSuite(() => provider, 300, timeZone);
  });
}

describe('querySuite', () => {
  it('names the question whose answer is wrong', async () => {
    const good = createMemoryProvider({ activities: rows, records, ...people, now });
    const provider: ActivityDataProvider = {
      ...good,
      query: async (question, call) => {
        const page = await good.query(question, call);
        return question.range ? { ...page, rows: page.rows.slice(1) } : page;
      },
    };
    const found: string[] = [];
    for (const { run } of querySuite({ provider: () => provider, count: 60 })) {
      await run().catch((error: unknown) => found.push(String(error)));
    }
    expect(found.join()).to.match(/question \d+ \(seed 1\), .*"range".* instead of .*missing: /);
  });
});

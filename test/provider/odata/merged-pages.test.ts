import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import type { Activity } from '../../../src/model/activity.js';
import { failure } from '../../../src/provider/failure.js';
import { readMerged, type Source } from '../../../src/provider/odata/merged-pages.js';

const compare = (a: Activity, b: Activity): number =>
  b.subject.localeCompare(a.subject) || (a.id < b.id ? -1 : 1);

/** A list behind links such as `name:0`, each page of `size` rows, or of fewer where the service has a limit of its own. */
function source(name: string, numbers: readonly number[], limit = 100, turn = 0): Source {
  const rows = numbers
    .map((number, index): Activity => {
      const subject = String(number).padStart(4, '0');
      return { id: `${name}-${String(index)}`, type: 'task', state: 'open', subject };
    })
    .sort(compare);
  const total = { value: rows.length, relation: 'exact' } as const;
  return {
    key: name,
    name,
    turn,
    first: `${name}:0`,
    fetch: (link, size) => {
      const from = Number(link.split(':')[1]);
      const to = from + Math.min(size, limit);
      // As some services do, a link follows every full page, to an empty one too.
      const next = rows.slice(from, to).length === to - from ? `${name}:${String(to)}` : undefined;
      return Promise.resolve({ rows: rows.slice(from, to), next, total });
    },
  };
}

/** Page after page, of one size or of several in turn. */
async function readAll(sources: readonly Source[], ...sizes: number[]): Promise<string[]> {
  const read: string[] = [];
  let next: string | undefined;
  let pages = 0;
  do {
    const size = sizes[pages++ % sizes.length] ?? 1;
    const page = await readMerged(sources, {
      size,
      compare,
      ...(next !== undefined && { cursor: next }),
    });
    expect(page.rows.length).to.be.at.most(size);
    read.push(...page.rows.map(({ id }) => id));
    next = page.next;
  } while (next !== undefined);
  return read;
}

describe('readMerged', () => {
  it('answers every row once and in order, whatever the sizes of pages', async () => {
    const numbers = fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 25 });
    await fc.assert(
      fc.asyncProperty(
        numbers,
        numbers,
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 9 }),
        async (a, b, size, limit) => {
          const sources = [source('a', a, limit), source('b', b, limit)];
          const all = await readAll(sources, 1000);
          expect(await readAll(sources, size)).to.deep.equal(all);
          expect(all).to.have.length(a.length + b.length);
          expect(new Set(all).size).to.equal(all.length);
        },
      ),
      { seed: 7, numRuns: 200 },
    );
  });

  it('answers every row once, whatever the size of the page before', async () => {
    const numbers = fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 25 });
    const size = fc.integer({ min: 1, max: 20 });
    await fc.assert(
      fc.asyncProperty(numbers, numbers, size, size, async (a, b, one, other) => {
        const sources = [source('a', a), source('b', b)];
        expect(await readAll(sources, one, other)).to.deep.equal(await readAll(sources, 1000));
      }),
      { seed: 7, numRuns: 200 },
    );
  });

  it('adds up what there is', async () => {
    const { total } = await readMerged([source('a', [1, 2]), source('b', [3])], {
      size: 1,
      compare,
    });
    expect(total).to.deep.equal({ value: 3, relation: 'exact' });
    const many: Source = {
      ...source('a', [1]),
      fetch: () =>
        Promise.resolve({ rows: [], next: undefined, total: { value: 5000, relation: 'atLeast' } }),
    };
    expect((await readMerged([many], { size: 1, compare })).total?.relation).to.equal('atLeast');
  });

  it('lets the others answer when one fails, and says so on each page', async () => {
    const broken: Source = {
      ...source('notes', []),
      fetch: () => Promise.reject(failure('forbidden')),
    };
    const sources = [source('activities', [1, 2, 3]), broken];
    const first = await readMerged(sources, { size: 2, compare });
    expect(first.rows).to.have.length(2);
    expect(first.total).to.deep.equal({ value: 3, relation: 'atLeast' });
    const second = await readMerged(sources, { size: 2, compare, cursor: first.next ?? '' });
    expect(second.rows).to.have.length(1);
    expect(second.next).to.equal(undefined);
    for (const { failed } of [first, second]) {
      expect(failed?.map((one) => [one.source, one.error.code])).to.deep.equal([
        ['notes', 'forbidden'],
      ]);
    }
  });

  it('fails when a part of the only list fails, whatever its other parts answer', async () => {
    const part: Source = {
      ...source('activities', []),
      key: 'activities:1',
      fetch: () => Promise.reject(failure('rate-limited', '', { retryAfterMs: 3000 })),
    };
    const thrown: unknown = await readMerged([source('activities', [1, 2, 3]), part], {
      size: 2,
      compare,
    }).catch((why: unknown) => why);
    expect(thrown).to.deep.include({ code: 'rate-limited', retryAfterMs: 3000 });
  });

  it('fails when all fail, or when it was aborted', async () => {
    const rejecting = (code: 'network' | 'aborted'): Source => ({
      ...source('a', []),
      fetch: () => Promise.reject(failure(code)),
    });
    for (const sources of [[rejecting('network')], [source('b', [1]), rejecting('aborted')]]) {
      const thrown: unknown = await readMerged(sources, { size: 2, compare }).catch(
        (why: unknown) => why,
      );
      expect(thrown).to.have.property('code').that.is.oneOf(['network', 'aborted']);
    }
  });

  it('reads what comes after all others only then, but for its number', async () => {
    const asked: string[] = [];
    const spied = (one: Source): Source => ({
      ...one,
      fetch: (link, size) => {
        asked.push(link);
        return one.fetch(link, size);
      },
    });
    // Subjects descend: 9 before 1.
    const sources = [spied(source('a', [9, 8, 7, 6])), spied(source('z', [1, 2], 100, 1))];
    const first = await readMerged(sources, { size: 2, compare });
    expect(first.total).to.deep.equal({ value: 6, relation: 'exact' });
    asked.length = 0;
    await readMerged(sources, { size: 2, compare, cursor: first.next ?? '' });
    expect(asked).not.to.include('z:0');
    expect(await readAll(sources, 2)).to.deep.equal(['a-0', 'a-1', 'a-2', 'a-3', 'z-1', 'z-0']);
  });

  it('enters at a place whose row is there, or is no more', async () => {
    const sources = [source('a', [5, 3, 3, 3, 1])];
    const enter = (id: string, subject: string, isIncluded: boolean): Promise<string[]> =>
      readMerged(sources, {
        size: 2,
        compare,
        entrance: { id, isIncluded, compare: (row) => subject.localeCompare(row.subject) },
      }).then(({ rows }) => rows.map((row) => row.id));
    expect(await enter('a-2', '0003', false)).to.deep.equal(['a-3', 'a-4']);
    expect(await enter('a-2', '0003', true)).to.deep.equal(['a-2', 'a-3']);
    expect(await enter('a-1x', '0003', false)).to.deep.equal(['a-2', 'a-3']);
    expect(await enter('gone', '0000', false)).to.deep.equal([]);
  });

  it('goes on to those whose turn comes after a last page that is empty', async () => {
    const sources = [source('a', [9], 1), source('z', [3], 1, 1)];
    const entrance = {
      id: 'a-0',
      isIncluded: false,
      compare: (row: Activity) => '0009'.localeCompare(row.subject),
    };
    const { rows } = await readMerged(sources, { size: 1, compare, entrance });
    expect(rows.map(({ id }) => id)).to.deep.equal(['z-0']);
  });

  it('refuses a cursor that is none of its own', async () => {
    const thrown: unknown = await readMerged([source('a', [1])], {
      size: 1,
      compare,
      cursor: '{',
    }).catch((why: unknown) => why);
    expect(thrown).to.have.property('code', 'validation');
  });
});

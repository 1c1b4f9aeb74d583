import { expect } from '@open-wc/testing';
import { deleteDB } from 'idb';
import fc from 'fast-check';
import { isClosed, type Activity, type ActivityDraft } from '../../src/model/activity.js';
import { parseRule, type SeriesScope } from '../../src/model/recurrence.js';
import { addDays, dayOf } from '../../src/model/time.js';
import { createIndexedDbProvider } from '../../src/provider/indexeddb/indexeddb-provider.js';
import { createMemoryProvider } from '../../src/provider/memory/memory-provider.js';
import type { ActivityDataProvider, WriteOptions } from '../../src/provider/provider.js';
import { ana, now } from './sample.js';

const zone = 'Europe/Berlin';
const call = { locale: 'en', timeZone: zone };
let keys = 0;
const write = (more: Partial<WriteOptions> = {}): WriteOptions => ({
  ...call,
  idempotencyKey: `series-${String(keys++)}`,
  ...more,
});

/** Mondays at nine in Berlin, an hour each. */
const weekly = (rule = 'FREQ=WEEKLY;BYDAY=MO;COUNT=5'): ActivityDraft => ({
  type: 'appointment',
  subject: 'Review',
  start: '2026-11-23T08:00:00Z',
  end: '2026-11-23T09:00:00Z',
  series: { id: '', role: 'master', rule, zone },
});

type Whole = Required<
  Pick<ActivityDataProvider, 'query' | 'get' | 'create' | 'update' | 'transition' | 'remove'>
>;

const providers: readonly {
  readonly name: string;
  readonly open: () => { readonly provider: Whole; readonly close: () => Promise<void> };
}[] = [
  {
    name: 'memory',
    open: () => ({
      provider: createMemoryProvider({ user: ana, now }),
      close: async () => undefined,
    }),
  },
  {
    name: 'IndexedDB',
    open: () => {
      const name = `kit-${crypto.randomUUID()}`;
      const provider = createIndexedDbProvider({ name, now, seed: { user: ana } });
      return {
        provider,
        close: async () => {
          provider.close();
          await deleteDB(name);
        },
      };
    },
  },
];

for (const { name, open } of providers) {
  describe(`a series in the ${name} provider`, () => {
    let provider: Whole;
    let close: () => Promise<void>;
    beforeEach(() => {
      ({ provider, close } = open());
    });
    afterEach(() => close());

    async function rows(): Promise<readonly Activity[]> {
      const answer = await provider.query({ sort: [{ field: 'start', direction: 'asc' }] }, call);
      return 'rows' in answer ? answer.rows : answer;
    }
    const starts = async () => (await rows()).map(({ start }) => start);
    const days = async () => (await starts()).map((start) => dayOf(start ?? '', zone));
    const MONDAYS = ['2026-11-23', '2026-11-30', '2026-12-07', '2026-12-14', '2026-12-21'];

    async function begin(draft = weekly()): Promise<readonly Activity[]> {
      await provider.create('m', draft, write());
      return rows();
    }

    it('is a row for each date, and a master that stands in no list', async () => {
      const found = await begin();
      expect(await days()).to.deep.equal(MONDAYS);
      for (const row of found) {
        expect(row.series).to.deep.equal({
          id: 'm',
          role: 'occurrence',
          originalStart: row.start,
        });
        expect(row).to.include({ subject: 'Review', state: 'scheduled' });
        expect(Date.parse(row.end ?? '') - Date.parse(row.start ?? '')).to.equal(3_600_000);
      }
      expect((await provider.get('m', call)).series?.role).to.equal('master');
    });

    it('begins with the first date that its rule has', async () => {
      await begin(weekly('FREQ=WEEKLY;BYDAY=TU;COUNT=2'));
      expect(await days()).to.deep.equal(['2026-11-24', '2026-12-01']);
    });

    it('is laid out for a year where it has no end', async () => {
      await begin(weekly('FREQ=MONTHLY;BYMONTHDAY=23'));
      const found = await days();
      expect(found.at(-1)).to.equal('2027-11-23');
      expect(found).to.have.length(13);
    });

    it('refuses what never takes place', async () => {
      let code: unknown;
      await provider
        .create('m', weekly('FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30'), write())
        .catch((thrown: { code: string }) => (code = thrown.code));
      expect(code).to.equal('validation');
      expect(await rows()).to.deep.equal([]);
    });

    it('changes one occurrence, which is an exception then', async () => {
      const [, second] = await begin();
      const patch = { subject: 'Review with Cecil', start: '2026-11-30T13:00:00Z' };
      await provider.update(second?.id ?? '', patch, write());
      const found = await rows();
      expect(found.map(({ subject }) => subject)).to.deep.equal([
        'Review',
        'Review with Cecil',
        'Review',
        'Review',
        'Review',
      ]);
      expect(found[1]?.series).to.include({
        role: 'exception',
        originalStart: '2026-11-30T08:00:00Z',
      });
    });

    it('changes all: an exception keeps what is its own, what is closed stays', async () => {
      const [first, second, third, fourth] = await begin();
      await provider.transition(first?.id ?? '', { state: 'completed' }, write());
      await provider.update(second?.id ?? '', { subject: 'Own' }, write());
      const patch = {
        subject: 'All',
        fields: { location: 'Berlin' },
        start: '2026-12-15T09:30:00Z',
        end: '2026-12-15T10:00:00Z',
      };
      await provider.update(fourth?.id ?? '', patch, write({ scope: 'all' }));
      const found = await rows();
      expect(found.map(({ subject }) => subject)).to.deep.equal([
        'Review',
        'Own',
        'All',
        'All',
        'All',
      ]);
      expect(found.map(({ start }) => start)).to.deep.equal([
        '2026-11-23T08:00:00Z',
        '2026-12-01T09:30:00Z',
        '2026-12-08T09:30:00Z',
        '2026-12-15T09:30:00Z',
        '2026-12-22T09:30:00Z',
      ]);
      expect(found[2]?.id).to.equal(third?.id);
      expect(found[2]?.end).to.equal('2026-12-08T10:00:00Z');
      expect(found[1]?.fields).to.deep.equal({ location: 'Berlin' });
    });

    it('changes one and all that follow: they are a series of their own', async () => {
      const [, , third] = await begin();
      const row = await provider.update(
        third?.id ?? '',
        { subject: 'Later', start: '2026-12-07T10:00:00Z', end: '2026-12-07T11:00:00Z' },
        write({ scope: 'following' }),
      );
      const found = await rows();
      expect(found.map(({ subject }) => subject)).to.deep.equal([
        'Review',
        'Review',
        'Later',
        'Later',
        'Later',
      ]);
      expect(found.map(({ start }) => start?.slice(11, 16))).to.deep.equal([
        '08:00',
        '08:00',
        '10:00',
        '10:00',
        '10:00',
      ]);
      expect(row.series?.id).not.to.equal('m');
      const successor = await provider.get(row.series?.id ?? '', call);
      expect(parseRule(successor.series?.rule ?? '', row.start ?? '', zone)?.count).to.equal(3);
      const before = await provider.get('m', call);
      expect(parseRule(before.series?.rule ?? '', row.start ?? '', zone)?.until).to.equal(
        '2026-12-06',
      );
    });

    it('follows another rule: rows stay for the dates that stay', async () => {
      const [first, , third] = await begin();
      const series = {
        id: 'm',
        role: 'occurrence',
        rule: 'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO;COUNT=3',
        zone,
      } as const;
      await provider.update(first?.id ?? '', { series }, write({ scope: 'all' }));
      expect(await days()).to.deep.equal(['2026-11-23', '2026-12-07', '2026-12-21']);
      expect((await rows())[1]?.id).to.equal(third?.id);
    });

    it('is made of a single appointment, and ends as one', async () => {
      const { series, ...single } = weekly();
      await provider.create('one', single, write());
      const rule = { ...series, id: '', role: 'master' as const };
      const row = await provider.update('one', { series: rule }, write({ scope: 'all' }));
      expect(row).to.include({ id: 'one', start: '2026-11-23T08:00:00Z' });
      expect(await days()).to.deep.equal(MONDAYS);
      const alone = await provider.update('one', { series: null }, write({ scope: 'all' }));
      expect(alone.series).to.equal(undefined);
      expect(await days()).to.deep.equal(['2026-11-23']);
    });

    it('is removed one by one, from a date on, or wholly; what is closed stays', async () => {
      const [first, second, , fourth] = await begin();
      await provider.remove(second?.id ?? '', write());
      expect(await days()).to.deep.equal(MONDAYS.filter((_, index) => index !== 1));
      // A removed date stays removed when all are changed.
      await provider.update(
        first?.id ?? '',
        { start: '2026-11-23T08:30:00Z' },
        write({ scope: 'all' }),
      );
      expect(await days()).to.deep.equal(MONDAYS.filter((_, index) => index !== 1));
      await provider.remove(fourth?.id ?? '', write({ scope: 'following' }));
      expect(await days()).to.deep.equal(['2026-11-23', '2026-12-07']);
      await provider.transition(first?.id ?? '', { state: 'completed' }, write());
      await provider.remove('m', write());
      expect(await days()).to.deep.equal(['2026-11-23']);
      expect((await rows())[0]?.series).to.equal(undefined);
    });

    it('takes an occurrence back that was removed by mistake', async () => {
      const [, second] = await begin();
      if (!second) throw new Error('no row');
      const key = 'removal';
      await provider.remove(second.id, write({ idempotencyKey: key }));
      const { id, version: _version, ...draft } = second;
      await provider.create(id, draft, write({ undoes: key }));
      await provider.update(second.id, { subject: 'Again' }, write({ scope: 'all' }));
      expect(await days()).to.deep.equal(MONDAYS);
    });

    it('is written once, however often it is sent', async () => {
      const once = write();
      await provider.create('m', weekly(), once);
      await provider.create('m', weekly(), once);
      const [first] = await rows();
      const shift = write({ scope: 'following' });
      for (let time = 0; time < 2; time++) {
        await provider.update(first?.id ?? '', { start: '2026-11-24T08:00:00Z' }, shift);
      }
      expect(await days()).to.deep.equal(MONDAYS.map((monday) => addDays(monday, 1)));
    });
  });
}

describe('a series after any edits', () => {
  it('has one row for each of its dates, and no two series share one', async () => {
    const act = fc.record({
      kind: fc.constantFrom('move', 'rename', 'remove', 'complete', 'rule' as const),
      scope: fc.constantFrom<SeriesScope>('this', 'following', 'all'),
      at: fc.nat(20),
      by: fc.integer({ min: -2, max: 3 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 1, maxLength: 6 }), async (acts) => {
        const provider = createMemoryProvider({ now });
        await provider.create('m', weekly('FREQ=DAILY;COUNT=6'), write());
        for (const { kind, scope, at, by } of acts) {
          const { rows } = await provider.query(
            { sort: [{ field: 'start', direction: 'asc' }] },
            call,
          );
          const open = rows.filter((row) => !isClosed(row));
          const row = open[at % Math.max(open.length, 1)];
          if (!row?.start || !row.series) break;
          const options = write({ scope });
          const moved = {
            start: row.start.replace(/^.{10}/, addDays(row.start.slice(0, 10), by)),
            end: row.end?.replace(/^.{10}/, addDays(row.end.slice(0, 10), by)) ?? '',
          };
          if (kind === 'move') await provider.update(row.id, moved, options);
          if (kind === 'rename')
            await provider.update(row.id, { subject: `S${String(by)}` }, options);
          if (kind === 'remove') await provider.remove(row.id, options);
          if (kind === 'complete')
            await provider.transition(row.id, { state: 'completed' }, options);
          if (kind === 'rule' && scope !== 'this') {
            const series = { ...row.series, rule: 'FREQ=DAILY;INTERVAL=2;COUNT=4', zone };
            await provider.update(row.id, { series }, options);
          }
        }
        const { rows } = await provider.query({ masters: true }, call);
        const masters = new Map(
          rows.flatMap((row) => (row.series?.role === 'master' ? [[row.id, row] as const] : [])),
        );
        const seen = new Set<string>();
        for (const row of rows) {
          if (!row.series || row.series.role === 'master') continue;
          const master = masters.get(row.series.id);
          expect(master, 'its master is there').not.to.equal(undefined);
          const place = `${row.series.id} ${row.series.originalStart ?? ''}`;
          expect(seen.has(place), place).to.equal(false);
          seen.add(place);
          if (row.series.role === 'occurrence' && !isClosed(row)) {
            expect(row.start).to.equal(row.series.originalStart);
            expect(master?.series?.except ?? []).not.to.include(row.start);
          }
        }
      }),
      { numRuns: 30 },
    );
  });
});

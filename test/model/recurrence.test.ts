import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import {
  FREQUENCIES,
  RULE_DAYS,
  endedRule,
  formatRule,
  movedRule,
  parseRule,
  recurrenceOn,
  recurrenceProblem,
  ruleDayOf,
  skipsMonths,
  type Recurrence,
} from '../../src/model/recurrence.js';
import { loadDates, type DatesOf } from '../../src/model/recurrence-dates.js';
import { addDays, dayOf, toMilliseconds, wallMinutes } from '../../src/model/time.js';

const BERLIN = 'Europe/Berlin';
const TAIPEI = 'Asia/Taipei';
const LOS_ANGELES = 'America/Los_Angeles';

const day = fc.integer({ min: 0, max: 3000 }).map((days) => addDays('2024-01-01', days));
const end = fc.oneof(
  fc.record({ count: fc.integer({ min: 1, max: 700 }) }),
  fc.record({ until: day }),
  fc.constant({}),
);
const nth = fc.record({ at: fc.constantFrom(1, 2, 3, 4, -1), day: fc.constantFrom(...RULE_DAYS) });
const monthDay = fc.oneof(fc.integer({ min: 1, max: 31 }), fc.constant(-1));
const within = fc.oneof(fc.record({ nth }), fc.record({ monthDay }));
const month = fc.integer({ min: 1, max: 12 });
const recurrence: fc.Arbitrary<Recurrence> = fc
  .tuple(
    fc.oneof(
      fc.constant({ frequency: 'daily' as const }),
      fc.record({
        frequency: fc.constant('weekly' as const),
        days: fc
          .uniqueArray(fc.constantFrom(...RULE_DAYS), { minLength: 1 })
          .map((some) => RULE_DAYS.filter((one) => some.includes(one))),
      }),
      within.map((rest) => ({ frequency: 'monthly' as const, ...rest })),
      fc.tuple(within, month).map(([rest, of]) => ({
        frequency: 'yearly' as const,
        month: of,
        ...rest,
      })),
    ),
    fc.integer({ min: 1, max: 12 }),
    end,
  )
  .map(([pattern, interval, last]) => ({ ...pattern, interval, ...last }));

describe('a rule', () => {
  it('reads what it wrote, whatever zone and kind of time', () => {
    const start = fc.constantFrom(
      '2026-11-23',
      '2026-11-23T07:00:00Z',
      '2026-11-23T09:00:00[Asia/Taipei]',
    );
    fc.assert(
      fc.property(
        recurrence,
        start,
        fc.constantFrom(BERLIN, TAIPEI, LOS_ANGELES, 'UTC'),
        (one, at, zone) => {
          expect(parseRule(formatRule(one, at, zone), at, zone)).to.deep.equal(one);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('is the text of RFC 5545', () => {
    const weekly: Recurrence = { frequency: 'weekly', interval: 2, days: ['MO', 'WE'] };
    expect(formatRule({ ...weekly, until: '2026-12-31' }, '2026-11-23T08:00:00Z', BERLIN)).to.equal(
      'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE;UNTIL=20261231T225959Z',
    );
    expect(formatRule({ ...weekly, until: '2026-12-31' }, '2026-11-23', BERLIN)).to.equal(
      'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE;UNTIL=20261231',
    );
    expect(
      formatRule(
        { frequency: 'yearly', interval: 1, month: 11, nth: { at: -1, day: 'FR' }, count: 3 },
        '2026-11-27',
        BERLIN,
      ),
    ).to.equal('FREQ=YEARLY;BYMONTH=11;BYDAY=-1FR;COUNT=3');
  });

  it('of another program is read where there are words for it, and left alone where there are none', () => {
    const read = (rule: string) => parseRule(rule, '2026-11-23T08:00:00Z', BERLIN);
    expect(read('RRULE:FREQ=MONTHLY;BYDAY=TU;BYSETPOS=2')?.nth).to.deep.equal({ at: 2, day: 'TU' });
    expect(read('FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR')).to.deep.equal({
      frequency: 'weekly',
      interval: 1,
      days: ['MO', 'TU', 'WE', 'TH', 'FR'],
    });
    expect(read('FREQ=WEEKLY;WKST=SU')?.days).to.deep.equal(['MO']);
    for (const rule of [
      'FREQ=HOURLY',
      'FREQ=DAILY;BYHOUR=9,17',
      'FREQ=YEARLY;BYWEEKNO=20',
      'FREQ=MONTHLY;BYMONTHDAY=1,15',
      'FREQ=DAILY;COUNT=0',
      'FREQ=DAILY;INTERVAL=x',
      'FREQ=DAILY;UNTIL=soon',
      'nothing',
      '',
    ]) {
      expect(read(rule), rule).to.equal(undefined);
    }
  });

  it('moves with its dates', () => {
    const from = '2026-11-23T08:00:00Z';
    const moved = (rule: string, to: string) => movedRule(rule, from, to, BERLIN);
    expect(moved('FREQ=WEEKLY;BYDAY=MO,WE', '2026-11-24T10:00:00Z')).to.equal(
      'FREQ=WEEKLY;BYDAY=TU,WE',
    );
    expect(moved('FREQ=MONTHLY;BYMONTHDAY=23', '2026-11-30T08:00:00Z')).to.equal(
      'FREQ=MONTHLY;BYMONTHDAY=30',
    );
    expect(moved('FREQ=MONTHLY;BYDAY=4MO', '2026-11-24T08:00:00Z')).to.equal(
      'FREQ=MONTHLY;BYDAY=4TU',
    );
    expect(moved('FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=23', '2026-12-01T08:00:00Z')).to.equal(
      'FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=1',
    );
    // Another time of the same day is the same rule.
    expect(moved('FREQ=HOURLY', '2026-11-23T10:00:00Z')).to.equal('FREQ=HOURLY');
  });

  it('says what is wrong with it, and that short months are left out', () => {
    expect(
      recurrenceProblem({ frequency: 'weekly', interval: 1, days: [] }, '2026-11-23'),
    ).to.equal('repeat-days');
    const daily = { frequency: 'daily', interval: 1 } as const;
    expect(recurrenceProblem({ ...daily, until: '2026-11-22' }, '2026-11-23')).to.equal(
      'repeat-ends-before-start',
    );
    expect(recurrenceProblem({ ...daily, until: '2026-11-23' }, '2026-11-23')).to.equal(undefined);
    expect(skipsMonths(recurrenceOn('monthly', '2026-12-31'))).to.equal(true);
    expect(skipsMonths(recurrenceOn('monthly', '2026-12-28'))).to.equal(false);
    expect(skipsMonths(recurrenceOn('yearly', '2028-02-29'))).to.equal(true);
    expect(skipsMonths(recurrenceOn('yearly', '2026-12-31'))).to.equal(false);
  });
});

describe('the dates of a series', () => {
  let dates: DatesOf;
  before(async () => {
    dates = await loadDates();
  });

  it('keep the time of the wall clock over a clock change', () => {
    const found = dates({
      start: '2026-03-27T08:00:00Z',
      rule: 'FREQ=DAILY;COUNT=4',
      zone: BERLIN,
    });
    expect(found).to.deep.equal([
      '2026-03-27T08:00:00Z',
      '2026-03-28T08:00:00Z',
      '2026-03-29T07:00:00Z',
      '2026-03-30T07:00:00Z',
    ]);
  });

  it('move forward what a clock change skips, and take the first of what it repeats', () => {
    const spring = dates({
      start: '2026-03-28T01:30:00Z',
      rule: 'FREQ=DAILY;COUNT=3',
      zone: BERLIN,
    });
    expect(spring[1]).to.equal('2026-03-29T01:30:00Z'); // 03:30, since there is no 02:30
    expect(spring[2]).to.equal('2026-03-30T00:30:00Z');
    const autumn = dates({
      start: '2026-10-24T00:30:00Z',
      rule: 'FREQ=DAILY;COUNT=2',
      zone: BERLIN,
    });
    expect(autumn[1]).to.equal('2026-10-25T00:30:00Z');
  });

  it('begin with the start itself, be it in the second of the hours that a clock change repeats', () => {
    const found = dates({
      start: '2026-10-25T01:30:00Z', // 02:30 for the second time
      rule: 'FREQ=DAILY;COUNT=2',
      zone: BERLIN,
    });
    expect(found).to.deep.equal(['2026-10-25T01:30:00Z', '2026-10-26T01:30:00Z']);
  });

  it('leave out months that are too short, and know the last day of each', () => {
    const start = '2026-12-31';
    expect(
      dates({ start, rule: 'FREQ=MONTHLY;BYMONTHDAY=31;COUNT=3', zone: TAIPEI }),
    ).to.deep.equal(['2026-12-31', '2027-01-31', '2027-03-31']);
    expect(
      dates({ start, rule: 'FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=3', zone: TAIPEI }),
    ).to.deep.equal(['2026-12-31', '2027-01-31', '2027-02-28']);
  });

  it('keep the kind of time', () => {
    expect(
      dates({
        start: '2026-11-23T09:00:00[Asia/Taipei]',
        rule: 'FREQ=WEEKLY;COUNT=2',
        zone: BERLIN,
      }),
    ).to.deep.equal(['2026-11-23T09:00:00[Asia/Taipei]', '2026-11-30T09:00:00[Asia/Taipei]']);
  });

  it('fail for what is no rule, or never comes true', () => {
    expect(() =>
      dates({ start: '2026-11-23', rule: 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30', zone: 'UTC' }),
    ).to.throw(RangeError);
    expect(() => dates({ start: '2026-11-23', rule: 'FREQ=NEVER', zone: 'UTC' })).to.throw(
      RangeError,
    );
  });

  it('are as many as are asked for, within their end, on their days, at their time', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...FREQUENCIES),
        day,
        fc.integer({ min: 0, max: 1439 }),
        fc.integer({ min: 1, max: 3 }),
        fc.integer({ min: 0, max: 40 }),
        fc.constantFrom(BERLIN, TAIPEI, LOS_ANGELES),
        (frequency, first, minutes, interval, length, zone) => {
          const start = `${first}T${new Date(minutes * 60_000).toISOString().slice(11, 19)}Z`;
          const begin = dayOf(start, zone);
          const until = addDays(begin, length);
          const one = { ...recurrenceOn(frequency, begin), interval, until };
          const found = dates({ start, rule: formatRule(one, start, zone), zone }, { most: 50 });
          const clock = wallMinutes(toMilliseconds(start, zone), zone);
          // The first is the start itself; the end is one of the days where it falls on one.
          expect(found[0]).to.equal(start);
          for (const [index, at] of found.entries()) {
            expect(dayOf(at, zone) <= until).to.equal(true);
            const isSkipped = Math.abs(wallMinutes(toMilliseconds(at, zone), zone) - clock) === 60;
            const isSame = wallMinutes(toMilliseconds(at, zone), zone) === clock;
            expect(isSame || isSkipped, `${at} ${zone}`).to.equal(true);
            if (index > 0) expect(at > (found[index - 1] ?? '')).to.equal(true);
            if (frequency === 'weekly') {
              expect(ruleDayOf(dayOf(at, zone))).to.equal(ruleDayOf(begin));
            }
          }
          if (frequency === 'daily') {
            expect(found).to.have.length(Math.min(50, Math.floor(length / interval) + 1));
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('end with the day before where a rule is cut there', () => {
    const start = '2026-11-23T08:00:00Z';
    const rule = endedRule(
      'FREQ=DAILY;BYHOUR=9,17;COUNT=9',
      { until: '2026-11-24' },
      start,
      BERLIN,
    );
    expect(rule).to.equal('FREQ=DAILY;BYHOUR=9,17;UNTIL=20261124T225959Z');
    expect(dates({ start, rule, zone: BERLIN })).to.have.length(4);
  });
});

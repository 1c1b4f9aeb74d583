import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import {
  FREQUENCIES,
  RULE_DAYS,
  formatRule,
  parseRule,
  skipsMonths,
  type Recurrence,
} from '../../../src/model/recurrence.js';
import { addDays } from '../../../src/model/time.js';
import { fromPattern, toPattern } from '../../../src/provider/odata/recurrence-pattern.js';

const zone = 'Europe/Berlin';
const start = '2026-11-24T08:00:00Z';
const patternOf = (rule: string) => toPattern({ id: '', role: 'master', rule, zone }, start, zone);

function failedOf(run: () => unknown): unknown {
  try {
    run();
  } catch (thrown) {
    return thrown;
  }
  return undefined;
}

describe('a rule as the columns of Dataverse', () => {
  it('has the codes of its entity reference', () => {
    expect(patternOf('FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TU;COUNT=6')).to.deep.include({
      recurrencepatterntype: 1,
      interval: 2,
      daysofweekmask: 6,
      patternstartdate: '2026-11-23T23:00:00Z',
      patternendtype: 2,
      occurrences: 6,
      patternenddate: null,
    });
    expect(patternOf('FREQ=MONTHLY;BYDAY=-1FR;UNTIL=20270630T215959Z')).to.deep.include({
      recurrencepatterntype: 2,
      isnthmonthly: true,
      instance: 5,
      daysofweekmask: 32,
      dayofmonth: null,
      patternendtype: 3,
      patternenddate: '2027-06-29T22:00:00Z',
    });
    expect(patternOf('FREQ=MONTHLY;BYMONTHDAY=-1')).to.deep.include({
      isnthmonthly: true,
      instance: 5,
      daysofweekmask: 127,
      patternendtype: 1,
    });
    expect(patternOf('FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=14')).to.deep.include({
      recurrencepatterntype: 3,
      isnthyearly: false,
      monthofyear: 3,
      dayofmonth: 14,
      daysofweekmask: null,
    });
    expect(patternOf('FREQ=DAILY;INTERVAL=3')).to.deep.include({
      recurrencepatterntype: 0,
      interval: 3,
      daysofweekmask: null,
      instance: null,
    });
  });

  it('says the same when it is read again', () => {
    const nth = fc.record({
      at: fc.constantFrom(1, 2, 3, 4, -1),
      day: fc.constantFrom(...RULE_DAYS),
    });
    const monthDay = fc.oneof(fc.integer({ min: 1, max: 31 }), fc.constant(-1));
    const within = fc.oneof(fc.record({ nth }), fc.record({ monthDay }));
    const pattern: fc.Arbitrary<Partial<Recurrence>> = fc.oneof(
      fc.record({ frequency: fc.constant(FREQUENCIES[0]) }),
      fc.record({
        frequency: fc.constant(FREQUENCIES[1]),
        days: fc
          .uniqueArray(fc.constantFrom(...RULE_DAYS), { minLength: 1 })
          .map((days) => RULE_DAYS.filter((day) => days.includes(day))),
      }),
      within.map((place) => ({ frequency: FREQUENCIES[2], ...place })),
      fc
        .tuple(within, fc.integer({ min: 1, max: 12 }))
        .map(([place, month]) => ({ frequency: FREQUENCIES[3], month, ...place })),
    );
    const end = fc.oneof(
      fc.record({ count: fc.integer({ min: 1, max: 700 }) }),
      fc.record({ until: fc.nat(900).map((days) => addDays('2026-11-24', days)) }),
      fc.constant({}),
    );
    const all = fc
      .tuple(pattern, fc.integer({ min: 1, max: 99 }), end)
      .map(([what, interval, ends]) => ({ ...what, interval, ...ends }) as Recurrence);
    fc.assert(
      fc.property(all, (recurrence) => {
        const rule = formatRule(recurrence, start, zone);
        if (skipsMonths(recurrence)) {
          expect(failedOf(() => patternOf(rule))).to.have.property('code', 'unsupported');
          return;
        }
        const read = fromPattern(patternOf(rule), start, zone) ?? '';
        expect(parseRule(read, start, zone)).to.deep.equal(parseRule(rule, start, zone));
      }),
    );
  });

  it('is refused at its field where there is no pattern for it, or its clock is another', () => {
    const refused = [
      () => patternOf('FREQ=HOURLY'),
      () => patternOf('FREQ=MONTHLY;BYMONTHDAY=1,15'),
      () => patternOf('FREQ=MONTHLY;BYMONTHDAY=31'),
      () =>
        toPattern({ id: '', role: 'master', rule: 'FREQ=DAILY', zone: 'Asia/Taipei' }, start, zone),
    ];
    for (const run of refused) {
      expect(failedOf(run))
        .to.include({ code: 'unsupported' })
        .and.deep.include({
          fields: { series: '' },
        });
    }
  });

  it('keeps what the editor has no words for: the last working day, a week that begins on Sunday', () => {
    const monthly = { recurrencepatterntype: 2, interval: 1, isnthmonthly: true, instance: 5 };
    expect(
      fromPattern({ ...monthly, daysofweekmask: 62, firstdayofweek: 0 }, start, zone),
    ).to.equal('FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;WKST=SU');
    expect(fromPattern({ recurrencepatterntype: 1, isweekdaypattern: true }, start, zone)).to.equal(
      'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR',
    );
    expect(fromPattern({}, start, zone)).to.equal(undefined);
  });
});

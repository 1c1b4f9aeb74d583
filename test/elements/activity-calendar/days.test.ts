import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import {
  dayForKey,
  monthOf,
  weekAround,
  weekdayOf,
  weekNumber,
  weeksOfMonth,
} from '../../../src/elements/activity-calendar/days.js';
import { firstDayOfWeek, type Weekday } from '../../../src/i18n/locale.js';
import { addDays, addMonths, daysBetween } from '../../../src/model/time.js';

const someDay = fc
  .integer({ min: -20_000, max: 40_000 })
  .map((days) => addDays('1970-01-01', days));
const someWeekday = fc.integer({ min: 0, max: 6 }).map((day) => day as Weekday);

describe('weeks of a month', () => {
  const november = [
    ['en-US', '2026-11-01', '2026-12-05'],
    ['de', '2026-10-26', '2026-12-06'],
    ['ar-EG', '2026-10-31', '2026-12-04'],
    ['zh-TW', '2026-11-01', '2026-12-05'],
  ] as const;
  for (const [locale, first, last] of november) {
    it(`begin as ${locale} has it`, () => {
      const days = weeksOfMonth('2026-11-15', firstDayOfWeek(locale)).flat();
      expect([days[0], days.at(-1)]).to.deep.equal([first, last]);
    });
  }

  it('are whole, without a gap, and hold the month and no week beside it', () => {
    fc.assert(
      fc.property(someDay, someWeekday, (day, first) => {
        const weeks = weeksOfMonth(day, first);
        const days = weeks.flat();
        const month = monthOf(day);
        expect(weeks.every((week) => week.length === 7)).to.be.true;
        expect(days.every((each, index) => daysBetween(days[0] ?? '', each) === index)).to.be.true;
        expect(weekdayOf(days[0] ?? '')).to.equal(first);
        expect(days).to.include.members([month, addDays(addMonths(month, 1), -1)]);
        for (const week of weeks) expect(week.some((each) => monthOf(each) === month)).to.be.true;
      }),
    );
  });
});

describe('the number of a week', () => {
  const iso = [
    ['2026-11-23', 48],
    ['2026-01-01', 1],
    ['2027-01-01', 53],
    ['2024-12-30', 1],
    ['2021-01-03', 53],
  ] as const;
  for (const [day, number] of iso) {
    it(`is ${String(number)} around ${day} where weeks begin on Monday`, () => {
      expect(weekNumber(weekAround(day, 1), 1)).to.equal(number);
    });
  }

  it('is 1 for the week with the 1st of January where they begin on another day', () => {
    expect(weekNumber(weekAround('2027-01-01', 0), 0)).to.equal(1);
    expect(weekNumber(weekAround('2026-12-26', 0), 0)).to.equal(52);
    expect(weekNumber(weekAround('2027-01-01', 6), 6)).to.equal(1);
  });

  it('grows by one from week to week, or begins anew', () => {
    fc.assert(
      fc.property(someDay, someWeekday, (day, first) => {
        const number = weekNumber(weekAround(day, first), first);
        const next = weekNumber(weekAround(addDays(day, 7), first), first);
        expect(next === number + 1 || (next === 1 && number >= 52)).to.be.true;
      }),
    );
  });
});

describe('a key on a day', () => {
  const go = (
    key: string,
    { day = '2026-11-24', rightToLeft = false, shiftKey = false, first = 1 as Weekday } = {},
  ): string | undefined =>
    dayForKey(day, { key, shiftKey }, { rightToLeft, firstDayOfWeek: first });

  it('leads by day and week', () => {
    expect(go('ArrowRight')).to.equal('2026-11-25');
    expect(go('ArrowLeft')).to.equal('2026-11-23');
    expect(go('ArrowDown')).to.equal('2026-12-01');
    expect(go('ArrowUp')).to.equal('2026-11-17');
  });

  it('follows the line of reading', () => {
    expect(go('ArrowRight', { rightToLeft: true })).to.equal('2026-11-23');
    expect(go('ArrowLeft', { rightToLeft: true })).to.equal('2026-11-25');
  });

  it('leads to the ends of the week, wherever it begins', () => {
    expect([go('Home'), go('End')]).to.deep.equal(['2026-11-23', '2026-11-29']);
    expect([go('Home', { first: 0 }), go('End', { first: 0 })]).to.deep.equal([
      '2026-11-22',
      '2026-11-28',
    ]);
  });

  it('leads by month and year, to the last day where there is no such day', () => {
    expect(go('PageDown', { day: '2026-01-31' })).to.equal('2026-02-28');
    expect(go('PageUp')).to.equal('2026-10-24');
    expect(go('PageDown', { day: '2024-02-29', shiftKey: true })).to.equal('2025-02-28');
    expect(go('PageUp', { shiftKey: true })).to.equal('2025-11-24');
  });

  it('leads nowhere if it is another', () => {
    expect(go('a')).to.be.undefined;
    expect(go('ArrowRight', { shiftKey: true })).to.be.undefined;
  });
});

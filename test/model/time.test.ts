import { parseDate } from '@internationalized/date';
import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import {
  addDays,
  dayOf,
  fromWall,
  isOverdue,
  startOfDay,
  timeKind,
  toInstant,
  toMilliseconds,
  wallMinutes,
} from '../../src/model/time.js';
import { ActivityTypes } from '../../src/model/activity-types.js';
import { activity } from '../support/fixtures.js';

const ZONES = [
  'Pacific/Auckland',
  'Asia/Taipei',
  'Asia/Kolkata',
  'Europe/Berlin',
  'America/Los_Angeles',
  'Australia/Lord_Howe',
  'Africa/Casablanca',
  'UTC',
];

describe('time', () => {
  it('adds days as the calendar does, in every year and over the ends of months', () => {
    const day = fc
      .record({
        year: fc.oneof(fc.integer({ min: 1, max: 9999 }), fc.constantFrom(999, 1000, 9998, 9999)),
        month: fc.integer({ min: 1, max: 12 }),
        day: fc.integer({ min: 1, max: 28 }),
      })
      .map(({ year, month, day: date }) =>
        [
          String(year).padStart(4, '0'),
          ...[month, date].map((n) => String(n).padStart(2, '0')),
        ].join('-'),
      );
    fc.assert(
      fc.property(day, fc.integer({ min: -800, max: 800 }), (first, days) => {
        expect(addDays(first, days)).to.equal(parseDate(first).add({ days }).toString());
      }),
    );
    expect(addDays('2028-02-29', 1)).to.equal('2028-03-01');
    expect(addDays('2027-01-31', 31)).to.equal('2027-03-03');
  });

  it('shows at any moment what the platform’s own clock shows', () => {
    const moment = fc.integer({
      min: Date.parse('1995-01-01T00:00:00Z'),
      max: Date.parse('2040-01-01T00:00:00Z'),
    });
    fc.assert(
      fc.property(moment, fc.constantFrom(...ZONES), (at, timeZone) => {
        const parts = new Intl.DateTimeFormat('en', {
          timeZone,
          year: 'numeric',
          month: '2-digit',
          day: '2-digit',
          hour: '2-digit',
          minute: '2-digit',
          hourCycle: 'h23',
        }).formatToParts(at);
        const part = (name: string): string => parts.find(({ type }) => type === name)?.value ?? '';
        const day = `${part('year')}-${part('month')}-${part('day')}`;
        const [hours, minutes] = [Number(part('hour')), Number(part('minute'))];
        expect(dayOf(at, timeZone)).to.equal(day);
        expect(wallMinutes(at, timeZone)).to.equal((hours % 24) * 60 + minutes);
      }),
    );
  });

  it('knows an instant however it is written', () => {
    const figures = (most: number): fc.Arbitrary<string> =>
      fc.integer({ min: 0, max: most }).map((number) => String(number).padStart(2, '0'));
    const instant = fc.tuple(
      fc.constantFrom('0000', '1900', '1999', '2000', '2024', '2026', '9999', '20x6'),
      figures(13),
      figures(32),
      figures(25),
      figures(61),
      figures(61),
      fc.constantFrom('Z', '.000Z', '.120Z', '.5Z', '.1x0Z', 'z', 'ZZ', ''),
    );
    fc.assert(
      fc.property(instant, ([year, month, day, hour, minute, second, end]) => {
        const time = `${year}-${month}-${day}T${hour}:${minute}:${second}${end}`;
        const isReal =
          /^\d{4}.{15}(\.\d+)?Z$/.test(time) &&
          !Number.isNaN(Date.parse(time)) &&
          // Midnight may be the end of its day.
          (hour === '24' || new Date(time).toISOString().startsWith(time.slice(0, 19)));
        const isDay = !Number.isNaN(Date.parse(`${year}-${month}-${day}`));
        const isShifted = new Date(`${year}-${month}-${day}`).getUTCDate() !== Number(day);
        expect(timeKind(time), time).to.equal(
          isReal && isDay && !isShifted ? 'instant' : undefined,
        );
        if (timeKind(time)) expect(toMilliseconds(time, 'UTC')).to.equal(Date.parse(time));
      }),
      { numRuns: 1000, seed: 1 },
    );
  });

  it('tells the three kinds apart, and what is none', () => {
    expect(timeKind('2026-11-23T14:00:00Z')).to.equal('instant');
    expect(timeKind('2026-11-23T14:00:00+08:00')).to.equal('instant');
    expect(timeKind('2026-11-23')).to.equal('date');
    expect(timeKind('2026-11-23T14:00:00[Asia/Taipei]')).to.equal('wall');
    for (const none of [
      '2026-02-31',
      '2026-02-31T10:00:00Z',
      '2026-11-23T14:00:00',
      'soon',
      '',
      5,
      null,
      '2026-11-23T14:00:00[Moon/Base]',
      '2026-13-01',
      '2026-11-23T25:00:00Z',
    ]) {
      expect(timeKind(none), String(none)).to.equal(undefined);
    }
  });

  it('keeps the wall clock on the days of a clock change', () => {
    expect(toInstant(fromWall('2026-03-29', 9 * 60, 'Europe/Berlin'))).to.equal(
      '2026-03-29T07:00:00Z',
    );
    expect(toInstant(fromWall('2026-10-25', 9 * 60, 'Europe/Berlin'))).to.equal(
      '2026-10-25T08:00:00Z',
    );
    // 02:30 is skipped in spring and comes twice in autumn: forward, and the first.
    expect(toInstant(fromWall('2026-03-29', 150, 'Europe/Berlin'))).to.equal(
      '2026-03-29T01:30:00Z',
    );
    expect(toInstant(fromWall('2026-10-25', 150, 'Europe/Berlin'))).to.equal(
      '2026-10-25T00:30:00Z',
    );
    expect(toMilliseconds('2026-11-23T14:00:00[Asia/Taipei]', 'UTC')).to.equal(
      Date.parse('2026-11-23T06:00:00Z'),
    );
  });

  it('finds day and minute of any instant, and the instant again', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: Date.parse('2020-01-01'), max: Date.parse('2035-01-01') }),
        fc.constantFrom(...ZONES),
        (at, zone) => {
          const minute = Math.floor(at / 60_000) * 60_000;
          const day = dayOf(minute, zone);
          const start = startOfDay(day, zone);
          expect(start <= minute && minute < startOfDay(addDays(day, 1), zone)).to.equal(true);
          const again = fromWall(day, wallMinutes(minute, zone), zone);
          // An hour that comes twice is found the first time.
          expect([0, 30 * 60_000, 60 * 60_000]).to.include(minute - again);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('is late by an instant at once, by a date when the user’s day has ended', () => {
    const type = new ActivityTypes().get('task');
    const day = activity({ due: '2026-11-23' });
    for (const zone of ZONES) {
      const end = startOfDay('2026-11-24', zone);
      expect(isOverdue(day, type, end - 60_000, zone), `${zone} 23:59`).to.equal(false);
      expect(isOverdue(day, type, end + 60_000, zone), `${zone} 00:01`).to.equal(true);
      expect(isOverdue({ ...day, state: 'completed' }, type, end + 60_000, zone)).to.equal(false);
    }
  });
});

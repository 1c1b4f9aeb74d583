import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { daysFrom } from '../../../src/elements/activity-calendar/days.js';
import {
  DAY_MINUTES,
  toEntries,
  type DayEntry,
} from '../../../src/elements/activity-calendar/entries.js';
import type { Activity } from '../../../src/model/activity.js';
import { ActivityTypes } from '../../../src/model/activity-types.js';
import {
  addDays,
  dayOf,
  fromWall,
  startOfDay,
  toInstant,
  wallMinutes,
} from '../../../src/model/time.js';
import { activity } from '../../support/fixtures.js';

const types = new ActivityTypes();
/** Clock changes by a whole and by half an hour, at midnight, in both hemispheres, and none at all. */
export const ZONES = [
  'Pacific/Auckland',
  'Asia/Kolkata',
  'America/Los_Angeles',
  'Australia/Lord_Howe',
  'Europe/Berlin',
  'Africa/Cairo',
  'Asia/Beirut',
  'Africa/Casablanca',
  'UTC',
];
/** Days of 2026 on which the clock changes in one of them, with a week on both sides. */
const CHANGES = [
  '2026-03-08',
  '2026-03-29',
  '2026-04-05',
  '2026-04-24',
  '2026-09-27',
  '2026-10-25',
];

const someZone = fc.constantFrom(...ZONES);
const someDays = fc.constantFrom(...CHANGES).map((day) => daysFrom(addDays(day, -7), 14));

function entriesOf(
  row: Partial<Activity>,
  days: readonly string[],
  timeZone: string,
): readonly DayEntry[] {
  const rows = [activity(row)];
  const byDay = toEntries(rows, days, { timeZone, typeOf: ({ type }) => types.get(type) });
  return [...byDay.values()].flat();
}

const appointment = (start: string, end?: string): Partial<Activity> => ({
  type: 'appointment',
  state: 'scheduled',
  due: undefined,
  start,
  ...(end !== undefined && { end }),
});

describe('entries of days', () => {
  it('stand on exactly the days that they overlap', () => {
    const someEdge = fc.record({
      // Some of them before and after the days shown.
      day: fc.integer({ min: -3, max: 17 }),
      minute: fc.oneof(fc.constantFrom(-1, 0, 0, 1), fc.integer({ min: 0, max: DAY_MINUTES })),
    });
    fc.assert(
      fc.property(someZone, someDays, someEdge, someEdge, (zone, days, one, other) => {
        const at = ({ day, minute }: typeof one): number =>
          startOfDay(addDays(days[0] ?? '', day), zone) + minute * 60_000;
        const start = Math.min(at(one), at(other));
        const end = Math.max(at(one), at(other));
        const found = entriesOf(appointment(toInstant(start), toInstant(end)), days, zone);
        const expected = days.filter((day) => {
          const from = startOfDay(day, zone);
          const to = startOfDay(addDays(day, 1), zone);
          return start < to && (end > from || (end === start && start === from));
        });
        expect(found.map(({ day }) => day)).to.deep.equal(expected);
      }),
      { numRuns: 400 },
    );
  });

  it('stand on their own dates if they take whole days, in whatever zone', () => {
    fc.assert(
      fc.property(
        someZone,
        someDays,
        fc.integer({ min: -4, max: 15 }),
        fc.integer({ min: 1, max: 6 }),
        (zone, days, from, length) => {
          const dates = daysFrom(addDays(days[0] ?? '', from), length);
          const end = addDays(dates[0] ?? '', length);
          const found = entriesOf(appointment(dates[0] ?? '', end), days, zone);
          expect(found.map(({ day }) => day)).to.deep.equal(
            days.filter((day) => dates.includes(day)),
          );
          expect(found.every(({ isWholeDay }) => isWholeDay)).to.be.true;
          for (const { day, dayNumber, dayCount } of found) {
            expect([dates[dayNumber - 1], dayCount]).to.deep.equal([day, length]);
          }
        },
      ),
    );
  });

  it('begin and end by the wall clock, also on a day of 23, 23 and a half, or 25 hours', () => {
    fc.assert(
      fc.property(
        someZone,
        someDays,
        fc.integer({ min: 0, max: 13 }),
        fc.integer({ min: 4 * 60, max: 22 * 60 }),
        fc.integer({ min: 1, max: 90 }),
        (zone, days, index, minute, length) => {
          const day = days[index] ?? '';
          const start = fromWall(day, minute, zone);
          const end = fromWall(day, minute + length, zone);
          const [entry] = entriesOf(appointment(toInstant(start), toInstant(end)), days, zone);
          expect(entry?.from).to.equal(minute);
          expect(entry?.to).to.equal(minute + length);
        },
      ),
    );
  });

  it('never end before they begin, also in an hour that comes twice', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(
          ['Europe/Berlin', '2026-10-25'],
          ['Australia/Lord_Howe', '2026-04-05'],
          ['Pacific/Auckland', '2026-04-05'],
        ),
        fc.integer({ min: 0, max: 300 }),
        fc.integer({ min: 0, max: 240 }),
        ([zone = '', day = ''], offset, length) => {
          const start = startOfDay(day, zone) + offset * 60_000;
          const end = start + length * 60_000;
          const [entry] = entriesOf(appointment(toInstant(start), toInstant(end)), [day], zone);
          expect(entry?.from).to.equal(wallMinutes(start, zone));
          expect(entry?.to).to.be.at.least(entry?.from ?? Infinity);
          expect(entry?.to).to.be.at.most(DAY_MINUTES);
        },
      ),
    );
  });

  it('go on until midnight, and from midnight on the day after', () => {
    const row = appointment('2026-11-24T21:30:00Z', '2026-11-25T01:00:00Z');
    const found = entriesOf(row, daysFrom('2026-11-23', 7), 'Europe/Berlin');
    expect(found.map(({ day, from, to }) => [day, from, to])).to.deep.equal([
      ['2026-11-24', 22 * 60 + 30, DAY_MINUTES],
      ['2026-11-25', 0, 2 * 60],
    ]);
    expect(found.map(({ isWholeDay }) => isWholeDay)).to.deep.equal([false, false]);
  });

  it('do not reach into the day that their end only touches', () => {
    const row = appointment('2026-11-24T21:00:00Z', '2026-11-24T23:00:00Z');
    const found = entriesOf(row, daysFrom('2026-11-23', 7), 'Europe/Berlin');
    expect(found.map(({ day, to }) => [day, to])).to.deep.equal([['2026-11-24', DAY_MINUTES]]);
  });

  it('count as whole days from 24 hours of the wall clock on', () => {
    const days = daysFrom('2026-10-24', 3);
    const wholeDay = (end: string): (boolean | undefined)[] =>
      entriesOf(appointment('2026-10-24T08:00:00Z', end), days, 'Europe/Berlin').map(
        (entry) => entry.isWholeDay,
      );
    // From 10 to 10, with an hour more in between; and a quarter less.
    expect(wholeDay('2026-10-25T09:00:00Z')).to.deep.equal([true, true]);
    expect(wholeDay('2026-10-25T08:45:00Z')).to.deep.equal([false, false]);
  });

  it('are by their deadline where they take no time', () => {
    const [timed] = entriesOf({ due: '2026-11-23T15:30:00Z' }, ['2026-11-23'], 'Europe/Berlin');
    expect(timed).to.include({ from: 16 * 60 + 30, to: 16 * 60 + 30, isWholeDay: false });
    expect(timed?.span.deadlineOnly).to.be.true;
    const [dated] = entriesOf({ due: '2026-11-23' }, ['2026-11-23'], 'America/Los_Angeles');
    expect(dated).to.include({ day: '2026-11-23', isWholeDay: true });
  });

  it('are none of a note, nor of what has no place', () => {
    const days = daysFrom('2026-11-23', 7);
    const note = { type: 'note', state: null, due: '2026-11-23' } as const;
    expect(entriesOf(note, days, 'UTC')).to.be.empty;
    expect(entriesOf({ due: undefined }, days, 'UTC')).to.be.empty;
  });

  it('are read in order: what takes the day, what has a time, what is due by its end', () => {
    const rows = [
      activity({ id: 'due that day', due: '2026-11-23' }),
      activity({ id: 'at four', due: '2026-11-23T15:00:00Z' }),
      activity({
        id: 'nine to ten',
        ...appointment('2026-11-23T08:00:00Z', '2026-11-23T09:00:00Z'),
      }),
      activity({
        id: 'nine to noon',
        ...appointment('2026-11-23T08:00:00Z', '2026-11-23T11:00:00Z'),
      }),
      activity({ id: 'all day', ...appointment('2026-11-23', '2026-11-24') }),
      activity({ id: 'all week', ...appointment('2026-11-22', '2026-11-29') }),
      activity({
        id: 'since yesterday',
        ...appointment('2026-11-22T20:00:00Z', '2026-11-23T02:00:00Z'),
      }),
    ];
    const byDay = toEntries(rows, ['2026-11-23'], {
      timeZone: 'Europe/Berlin',
      typeOf: ({ type }) => types.get(type),
    });
    expect(byDay.get('2026-11-23')?.map((entry) => entry.activity.id)).to.deep.equal([
      'all week',
      'all day',
      'since yesterday',
      'nine to noon',
      'nine to ten',
      'at four',
      'due that day',
    ]);
  });

  it('cost the days shown, however long something lasts', () => {
    const row = appointment('0005-01-01', '9990-01-01');
    expect(entriesOf(row, daysFrom('2026-11-23', 7), 'UTC')).to.have.length(7);
  });

  it('agree with the day that the user would say it is', () => {
    fc.assert(
      fc.property(
        someZone,
        someDays,
        fc.integer({ min: 0, max: 14 * DAY_MINUTES - 200 }),
        (zone, days, at) => {
          const start = startOfDay(days[0] ?? '', zone) + at * 60_000;
          const [entry] = entriesOf({ due: toInstant(start) }, days, zone);
          if (entry) expect(entry.day).to.equal(dayOf(start, zone));
          else expect(days).to.not.include(dayOf(start, zone));
        },
      ),
    );
  });
});

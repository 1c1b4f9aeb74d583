import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import type { Activity } from '../../src/model/activity.js';
import { ActivityTypes } from '../../src/model/activity-types.js';
import { matches } from '../../src/model/evaluate.js';
import type { Json } from '../../src/model/json.js';
import type { Filter, FilterOperator } from '../../src/model/query.js';
import { daysOfPeriod, isRelativePeriod, resolveFilter } from '../../src/model/relative-time.js';
import { addDays, dayOf, startOfDay, toInstant } from '../../src/model/time.js';
import { activity, NOW } from '../support/fixtures.js';

const types = new ActivityTypes();
/** Clocks that go forward and back by an hour, by half an hour, at midnight, and not at all; a day that never was. */
const ZONES = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'America/Sao_Paulo',
  'Australia/Lord_Howe',
  'Asia/Taipei',
  'Asia/Kathmandu',
  'Asia/Beirut',
  'Pacific/Apia',
  'Pacific/Chatham',
];
const present = { now: NOW, timeZone: 'Europe/Berlin' };
const days = (word: string): unknown => {
  const found = daysOfPeriod(word, present);
  return found && [found.from, found.until];
};

describe('daysOfPeriod', () => {
  it('counts days, weeks, months, quarters and years from the user’s own today', () => {
    // A Monday.
    expect(days('today')).to.deep.equal(['2026-11-23', '2026-11-24']);
    expect(days('yesterday')).to.deep.equal(['2026-11-22', '2026-11-23']);
    expect(days('tomorrow')).to.deep.equal(['2026-11-24', '2026-11-25']);
    expect(days('this-week')).to.deep.equal(['2026-11-23', '2026-11-30']);
    expect(days('last-week')).to.deep.equal(['2026-11-16', '2026-11-23']);
    expect(days('next-month')).to.deep.equal(['2026-12-01', '2027-01-01']);
    expect(days('this-quarter')).to.deep.equal(['2026-10-01', '2027-01-01']);
    expect(days('next-quarter')).to.deep.equal(['2027-01-01', '2027-04-01']);
    expect(days('last-year')).to.deep.equal(['2025-01-01', '2026-01-01']);
    expect(days('next-7-days')).to.deep.equal(['2026-11-23', '2026-12-01']);
    expect(days('last-7-days')).to.deep.equal(['2026-11-16', '2026-11-24']);
    expect(days('next-3-months')).to.deep.equal(['2026-11-23', '2027-02-24']);
    expect(days('soon')).to.equal(undefined);
    expect(
      ['next--1-days', 'this-7-days', 'next-week-', '', 7].map(isRelativePeriod),
    ).to.not.include(true);
  });

  it('begins a week where the user’s locale does', () => {
    const sunday = daysOfPeriod('this-week', { ...present, firstDayOfWeek: 0 });
    expect(sunday).to.deep.equal({ from: '2026-11-22', until: '2026-11-29' });
    const saturday = daysOfPeriod('next-week', { ...present, firstDayOfWeek: 6 });
    expect(saturday).to.deep.equal({ from: '2026-11-28', until: '2026-12-05' });
  });

  it('has today in it, whatever the zone and the clock, and ends where the next one begins', () => {
    const instant = fc.integer({ min: Date.parse('2009-01-01'), max: Date.parse('2031-01-01') });
    fc.assert(
      fc.property(
        instant,
        fc.constantFrom(...ZONES),
        fc.constantFrom('week', 'month', 'quarter', 'year'),
        fc.integer({ min: 0, max: 6 }),
        (now, timeZone, unit, firstDayOfWeek) => {
          const at = { now, timeZone, firstDayOfWeek };
          const [last, current, next] = ['last', 'this', 'next'].map((word) =>
            daysOfPeriod(`${word}-${unit}`, at),
          );
          const today = dayOf(now, timeZone);
          expect(current && current.from <= today && today < current.until).to.equal(true);
          expect(last?.until).to.equal(current?.from);
          expect(next?.from).to.equal(current?.until);
        },
      ),
    );
  });
});

describe('resolveFilter', () => {
  const ask = (op: FilterOperator, value: Json): Filter =>
    resolveFilter({ field: 'due', op, value }, present, types);

  it('makes instants of the bounds, in the user’s zone', () => {
    expect(ask('le', { relative: 'today' })).to.deep.equal({
      field: 'due',
      op: 'lt',
      value: '2026-11-23T23:00:00Z',
    });
    expect(ask('within', { relative: 'tomorrow' })).to.deep.equal({
      all: [
        { field: 'due', op: 'ge', value: '2026-11-23T23:00:00Z' },
        { field: 'due', op: 'lt', value: '2026-11-24T23:00:00Z' },
      ],
    });
    expect(ask('lt', { relative: 'now' })).to.deep.equal({
      field: 'due',
      op: 'lt',
      value: '2026-11-23T10:35:00Z',
    });
    expect(ask('gt', '2026-11-23')).to.deep.equal({
      field: 'due',
      op: 'ge',
      value: '2026-11-23T23:00:00Z',
    });
  });

  it('leaves alone what needs nothing, and texts that look like days', () => {
    const filter: Filter = {
      all: [
        { field: 'due', op: 'lt', value: '2026-11-23T10:35:00Z' },
        { not: { field: 'subject', op: 'contains', value: '2026-11-23' } },
      ],
    };
    expect(resolveFilter(filter, present, types)).to.equal(filter);
  });

  it('means the same day as the user’s calendar, across changes of the clock', () => {
    const day = fc.integer({ min: 0, max: 22 * 365 }).map((count) => addDays('2009-01-01', count));
    const minutes = fc.integer({ min: -2000, max: 2000 });
    const operator = fc.constantFrom<FilterOperator>('lt', 'le', 'gt', 'ge', 'eq');
    fc.assert(
      fc.property(day, minutes, operator, fc.constantFrom(...ZONES), (date, offset, op, zone) => {
        const due = toInstant(startOfDay(date, zone) + offset * 60_000);
        const row: Activity = activity({ due });
        const filter: Filter = { field: 'due', op, value: date };
        const own = dayOf(due, zone);
        const expected = {
          lt: own < date,
          le: own <= date,
          gt: own > date,
          ge: own >= date,
          eq: own === date,
        }[op as 'lt' | 'le' | 'gt' | 'ge' | 'eq'];
        const context = { types, timeZone: zone };
        expect(matches(row, { filter }, context), JSON.stringify({ due, own })).to.equal(expected);
        const resolved = resolveFilter(filter, { now: NOW, timeZone: zone }, types);
        expect(matches(row, { filter: resolved }, context)).to.equal(expected);
      }),
    );
  });
});

import { expect } from '@open-wc/testing';
import { recordsOf } from '../../../src/elements/activity-calendar/deals.js';
import { dealsOf, sumOf } from '../../../src/provider/deals.js';
import { toEntries, type DayEntry } from '../../../src/elements/activity-calendar/entries.js';
import {
  halfHourAt,
  minutesGone,
  nextHalfHour,
} from '../../../src/elements/activity-calendar/new-times.js';
import { freeMinutes, toSchedule } from '../../../src/elements/activity-calendar/schedule.js';
import type { Activity, Money } from '../../../src/model/activity.js';
import { ActivityTypes } from '../../../src/model/activity-types.js';
import type { RecordSummary } from '../../../src/provider/provider.js';
import { activity, cecil, pilot, wingtip } from '../../support/fixtures.js';

const types = new ActivityTypes();
const DAY = '2026-11-23';

function entriesOf(...rows: readonly Partial<Activity>[]): readonly DayEntry[] {
  const byDay = toEntries(
    rows.map((row) => activity(row)),
    [DAY],
    { timeZone: 'UTC', typeOf: ({ type }) => types.get(type) },
  );
  return byDay.get(DAY) ?? [];
}

/** An appointment of that day. */
function meeting(from: string, to: string, more: Partial<Activity> = {}): Partial<Activity> {
  return {
    id: `${from} to ${to}`,
    type: 'appointment',
    state: 'scheduled',
    start: `${DAY}T${from}:00Z`,
    end: `${DAY}T${to}:00Z`,
    ...more,
  };
}

const said = (entries: readonly DayEntry[]): string[] =>
  toSchedule(entries).map((item) =>
    item.kind === 'free' ? `${String(item.minutes)} free` : item.key,
  );

describe('the schedule of a day', () => {
  it('shows what is free between two', () => {
    const entries = entriesOf(meeting('09:30', '11:00'), meeting('14:00', '15:00'));
    expect(said(entries)).to.deep.equal(['09:30 to 11:00', '180 free', '14:00 to 15:00']);
  });

  it('shows nothing free under something longer, nor less than an hour', () => {
    const entries = entriesOf(
      meeting('09:00', '12:00'),
      meeting('09:30', '10:00'),
      meeting('11:00', '11:30'),
      meeting('12:50', '13:00'),
    );
    expect(said(entries)).to.deep.equal([
      '09:00 to 12:00',
      '09:30 to 10:00',
      '11:00 to 11:30',
      '12:50 to 13:00',
    ]);
  });

  it('knows free time in working hours only', () => {
    const entries = entriesOf(
      meeting('06:00', '07:00'),
      meeting('09:00', '17:00'),
      meeting('20:00', '21:00'),
    );
    expect(said(entries)).to.deep.equal([
      '06:00 to 07:00',
      '60 free',
      '09:00 to 17:00',
      '60 free',
      '20:00 to 21:00',
    ]);
  });

  it('takes what is canceled, or takes no time of the day, for none', () => {
    const entries = entriesOf(
      { id: 'all day', type: 'appointment', start: DAY, end: '2026-11-24' },
      meeting('09:00', '10:00'),
      meeting('11:00', '12:00', { id: 'off', state: 'canceled' }),
      { id: 'due at 13', due: `${DAY}T13:00:00Z` },
      { id: 'due', due: DAY },
    );
    expect(said(entries)).to.deep.equal([
      'all day',
      '09:00 to 10:00',
      'off',
      '180 free',
      'due at 13',
      'due',
    ]);
  });

  it('sums what is left of the working day', () => {
    const entries = entriesOf(
      meeting('09:00', '10:00'),
      meeting('09:30', '11:00'),
      meeting('14:00', '15:00'),
    );
    expect(freeMinutes(entries, 0)).to.equal(60 + 180 + 180);
    expect(freeMinutes(entries, 11 * 60 + 30)).to.equal(150 + 180);
    expect(freeMinutes(entries, 14 * 60 + 30)).to.equal(180);
    expect(freeMinutes(entries, 19 * 60)).to.equal(0);
    expect(freeMinutes(entriesOf({ due: DAY }), 0)).to.be.undefined;
  });

  it('knows how much of a day is gone for the user', () => {
    const now = Date.parse('2026-11-23T10:35:00Z');
    expect(minutesGone('2026-11-23', now, 'Asia/Kolkata')).to.equal(16 * 60 + 5);
    expect(minutesGone('2026-11-22', now, 'Asia/Kolkata')).to.equal(24 * 60);
    expect(minutesGone('2026-11-24', now, 'Asia/Kolkata')).to.equal(0);
  });
});

describe('the times of something new', () => {
  const now = Date.parse('2026-11-23T10:35:00Z');

  it('are the next half hour of the user, for half an hour', () => {
    expect(nextHalfHour('2026-11-23', now, 'Europe/Berlin')).to.deep.equal({
      start: '2026-11-23T11:00:00Z',
      end: '2026-11-23T11:30:00Z',
    });
    expect(nextHalfHour('2026-11-30', now, 'Asia/Kolkata')).to.deep.equal({
      start: '2026-11-30T11:00:00Z',
      end: '2026-11-30T11:30:00Z',
    });
  });

  it('stay on the day late in the evening', () => {
    const late = Date.parse('2026-11-23T22:40:00Z');
    expect(nextHalfHour('2026-11-23', late, 'Europe/Berlin').start).to.equal(
      '2026-11-23T22:30:00Z',
    );
  });

  it('are half an hour of time where the clock skips that hour', () => {
    expect(halfHourAt('2026-03-29', 2 * 60, 'Europe/Berlin')).to.deep.equal({
      start: '2026-03-29T01:00:00Z',
      end: '2026-03-29T01:30:00Z',
    });
    expect(halfHourAt('2026-10-04', 2 * 60, 'Australia/Lord_Howe')).to.deep.equal({
      start: '2026-10-03T15:30:00Z',
      end: '2026-10-03T16:00:00Z',
    });
  });
});

describe('the deals of a day', () => {
  const deal = (id: string, value?: Money): RecordSummary => ({
    ref: { kind: 'opportunity', id, name: id },
    deal: { ...(value && { value }) },
  });

  it('are sought for each record once', () => {
    const entries = entriesOf(
      { regarding: cecil },
      { regarding: pilot },
      { regarding: { ...cecil, name: 'C. Langer' } },
      { regarding: null },
      { regarding: { kind: 'account', id: cecil.id } },
    );
    expect(recordsOf(entries)).to.have.deep.members([
      cecil,
      pilot,
      { kind: 'account', id: cecil.id },
    ]);
  });

  it('are each counted once, whatever else came', () => {
    expect(dealsOf([deal('a'), { ref: wingtip }, deal('b'), deal('a')])).to.deep.equal([
      deal('a'),
      deal('b'),
    ]);
  });

  it('are summed per currency', () => {
    const deals = [
      deal('a', { amount: 64_000, currency: 'EUR' }),
      deal('b', { amount: 1_000, currency: 'TWD' }),
      deal('c', { amount: 150_000, currency: 'EUR' }),
      deal('d'),
    ];
    expect(sumOf(deals)).to.deep.equal([
      { amount: 214_000, currency: 'EUR' },
      { amount: 1_000, currency: 'TWD' },
    ]);
  });

  it('are summed in the organisation’s currency where several are and all are known in it', () => {
    const euro = deal('a', {
      amount: 100,
      currency: 'EUR',
      base: { amount: 110, currency: 'USD' },
    });
    const baht = deal('b', { amount: 900, currency: 'THB', base: { amount: 25, currency: 'USD' } });
    expect(sumOf([euro, baht])).to.deep.equal([{ amount: 135, currency: 'USD' }]);
    expect(sumOf([euro])).to.deep.equal([{ amount: 100, currency: 'EUR' }]);
    expect(sumOf([euro, baht, deal('c', { amount: 1, currency: 'THB' })])).to.deep.equal([
      { amount: 100, currency: 'EUR' },
      { amount: 901, currency: 'THB' },
    ]);
  });
});

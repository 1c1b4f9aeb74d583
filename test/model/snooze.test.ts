import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { ActivityTypes } from '../../src/model/activity-types.js';
import { applyPatch, type Activity } from '../../src/model/activity.js';
import { SNOOZES, dayOfActivity, snooze, snoozeDay, toldOfMove } from '../../src/model/snooze.js';
import {
  addDays,
  dayOf,
  fromWall,
  toInstant,
  toMilliseconds,
  wallMinutes,
} from '../../src/model/time.js';
import { activity, cecil, mona } from '../support/fixtures.js';
import { DAYS, ZONES } from '../support/zones.js';

const types = new ActivityTypes();
const task = types.get('task');
const appointment = types.get('appointment');

describe('snooze', () => {
  it('means the user’s own days, half an hour before midnight and after it, also where clocks change', () => {
    for (const timeZone of ZONES) {
      for (const day of DAYS) {
        for (const minutes of [30, 23 * 60 + 30]) {
          const now = fromWall(day, minutes, timeZone);
          const at = `${timeZone} ${day} ${String(minutes)}`;
          expect(snoozeDay('tomorrow', { now, timeZone }), at).to.equal(addDays(day, 1));
          expect(snoozeDay('in-3-days', { now, timeZone }), at).to.equal(addDays(day, 3));
          const monday = snoozeDay('next-week', { now, timeZone });
          expect(new Date(monday).getUTCDay(), at).to.equal(1);
          expect(monday > day && monday <= addDays(day, 7), at).to.equal(true);
        }
      }
    }
  });

  it('means another week than this one, whichever day weeks begin with', () => {
    const at = (day: string, firstDayOfWeek: number): string =>
      snoozeDay('next-week', {
        now: Date.parse(`${day}T10:00:00Z`),
        timeZone: 'UTC',
        firstDayOfWeek,
      });
    const [saturday, sunday, monday] = ['2026-11-21', '2026-11-22', '2026-11-23'];
    // With Monday, with Sunday, with Saturday.
    expect([1, 0, 6].map((first) => at(saturday, first))).to.deep.equal([
      '2026-11-23',
      '2026-11-23',
      '2026-11-30',
    ]);
    expect([1, 0, 6].map((first) => at(sunday, first))).to.deep.equal([
      '2026-11-23',
      '2026-11-30',
      '2026-11-30',
    ]);
    expect([1, 0, 6].map((first) => at(monday, first))).to.deep.equal([
      '2026-11-30',
      '2026-11-30',
      '2026-11-30',
    ]);
  });

  it('moves only the date: the time of day and the length stay', () => {
    const now = Date.parse('2026-10-22T10:00:00Z');
    const options = { now, timeZone: 'Europe/Berlin' };
    const call = activity({ due: '2026-10-22T14:00:00Z' }); // 16:00, before the clocks go back
    expect(snooze(call, task, 'next-week', options)).to.deep.equal({ due: '2026-10-26T15:00:00Z' });
    const visit = { start: '2026-10-22T07:00:00Z', end: '2026-10-22T08:30:00Z' };
    expect(snooze(visit, appointment, '2026-10-27', options)).to.deep.equal({
      start: '2026-10-27T08:00:00Z',
      end: '2026-10-27T09:30:00Z',
    });
    expect(snooze({ due: '2026-10-01' }, task, 'tomorrow', options)).to.deep.equal({
      due: '2026-10-23',
    });
    const days = { start: '2026-10-01', end: '2026-10-04' };
    expect(snooze(days, appointment, 'tomorrow', options)).to.deep.equal({
      start: '2026-10-23',
      end: '2026-10-26',
    });
    const elsewhere = { due: '2026-10-22T21:00:00[Asia/Taipei]' };
    expect(snooze(elsewhere, task, 'next-week', options)).to.deep.equal({
      due: '2026-10-26T21:00:00[Asia/Taipei]',
    });
  });

  it('takes start and end of a task along', () => {
    const now = Date.parse('2026-11-23T10:00:00Z');
    const options = { now, timeZone: 'Asia/Taipei' };
    const long = { start: '2026-11-20T01:00:00Z', due: '2026-11-23T09:00:00Z' };
    expect(snooze(long, task, 'tomorrow', options)).to.deep.equal({
      start: '2026-11-21T01:00:00Z',
      due: '2026-11-24T09:00:00Z',
    });
  });

  it('gives a day to what had none, and changes nothing where it stands there', () => {
    const options = { now: Date.parse('2026-11-23T10:00:00Z'), timeZone: 'Asia/Taipei' };
    expect(snooze({}, task, 'tomorrow', options)).to.deep.equal({ due: '2026-11-24' });
    expect(snooze({ due: '31.2.2026' }, task, 'tomorrow', options)).to.deep.equal({
      due: '2026-11-24',
    });
    expect(snooze({}, appointment, 'tomorrow', options)).to.deep.equal({
      start: '2026-11-24',
      end: '2026-11-25',
    });
    expect(snooze({ due: '2026-11-24' }, task, 'tomorrow', options)).to.deep.equal({});
  });

  it('ends on that day at that time of day, whatever the zone and the clock changes', () => {
    const moment = fc.integer({
      min: Date.parse('2025-12-01T00:00:00Z') / 1000,
      max: Date.parse('2027-01-31T00:00:00Z') / 1000,
    });
    fc.assert(
      fc.property(
        moment,
        moment,
        fc.integer({ min: 0, max: 3000 }),
        fc.constantFrom(...ZONES),
        fc.constantFrom(...SNOOZES),
        fc.boolean(),
        (nowSeconds, at, length, timeZone, to, takesPlace) => {
          const options = { now: nowSeconds * 1000, timeZone };
          const type = takesPlace ? appointment : task;
          const row: Activity = activity(
            takesPlace
              ? {
                  due: undefined,
                  start: toInstant(at * 1000),
                  end: toInstant((at + length * 60) * 1000),
                }
              : { due: toInstant(at * 1000) },
          );
          const moved = applyPatch(row, snooze(row, type, to, options));
          const time = takesPlace ? moved.start : moved.due;
          const after = toMilliseconds(time ?? '', timeZone);
          const day = snoozeDay(to, options);
          expect(dayOfActivity(moved, type, timeZone)).to.equal(day);
          const minutes = wallMinutes(at * 1000, timeZone);
          // What the clocks skip on that day moves on.
          if (wallMinutes(fromWall(day, minutes, timeZone), timeZone) === minutes) {
            expect(wallMinutes(after, timeZone)).to.equal(minutes);
          }
          expect(dayOf(after, timeZone)).to.equal(day);
          if (
            takesPlace &&
            length < 60 &&
            dayOf((at + length * 60) * 1000, timeZone) === dayOf(at * 1000, timeZone)
          ) {
            expect(toMilliseconds(moved.end ?? '', timeZone) - after).to.equal(length * 60_000);
          }
          expect(snooze(moved, type, to, options)).to.deep.equal({});
        },
      ),
    );
  });
});

describe('who hears of a move', () => {
  const guests = [
    { role: 'organizer', record: mona },
    { role: 'required', record: cecil },
  ];
  it('is whoever takes part in a meeting but its owner', () => {
    const meeting = activity({ type: 'appointment', owner: mona, parties: guests });
    expect(toldOfMove(meeting, appointment)).to.deep.equal([guests[1]]);
    expect(toldOfMove({ ...meeting, parties: guests.slice(0, 1) }, appointment)).to.deep.equal([]);
    expect(toldOfMove({ ...meeting, type: 'task' }, task)).to.deep.equal([]);
  });

  it('is not who moves it, but its owner where that takes part and somebody else moves it', () => {
    const meeting = activity({ type: 'appointment', owner: mona, parties: guests });
    expect(toldOfMove(meeting, appointment, mona)).to.deep.equal([guests[1]]);
    expect(toldOfMove(meeting, appointment, cecil)).to.deep.equal([guests[0]]);
    const invited = { ...meeting, parties: guests.slice(1) };
    expect(toldOfMove(invited, appointment, cecil)).to.deep.equal([guests[0]]);
    // Nobody takes part but its owner.
    const alone = { ...meeting, parties: guests.slice(0, 1) };
    expect(toldOfMove(alone, appointment, cecil)).to.deep.equal([]);
  });

  it('is unknown where the parties are not loaded', () => {
    const { parties: _parties, ...meeting } = activity({ type: 'appointment' });
    expect(toldOfMove({ ...meeting, loaded: [] }, appointment)).to.equal(undefined);
  });
});

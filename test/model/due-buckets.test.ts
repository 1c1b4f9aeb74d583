import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { firstDayOfWeek } from '../../src/i18n/locale.js';
import type { Activity } from '../../src/model/activity.js';
import { ActivityTypes } from '../../src/model/activity-types.js';
import {
  DUE_BUCKETS,
  bucketOf,
  dueBuckets,
  type DueBucket,
  type DueBucketOptions,
} from '../../src/model/due-buckets.js';
import { passes } from '../../src/model/evaluate.js';
import { addDays, fromWall, isOverdue, toInstant } from '../../src/model/time.js';
import { DAYS, ZONES } from '../support/zones.js';

const types = new ActivityTypes();
const task = (due: string | undefined, more: Partial<Activity> = {}): Activity => ({
  id: '1',
  type: 'task',
  subject: '',
  state: 'open',
  ...(due !== undefined && { due }),
  ...more,
});
const bucket = (activity: Activity, options: DueBucketOptions): DueBucket | undefined =>
  bucketOf(activity, types.get(activity.type), options);
const byFilter = (activity: Activity, options: DueBucketOptions): string[] =>
  dueBuckets(options)
    .filter(({ filter }) => passes(activity, filter, { types, ...options }))
    .map(({ name }) => name);

describe('due buckets', () => {
  for (const timeZone of ZONES) {
    it(`are of the user’s own days in ${timeZone}, at 23:30 and 00:30, clock changes included`, () => {
      for (const day of DAYS) {
        for (const clock of [23 * 60 + 30, 30]) {
          const options = { now: fromWall(day, clock, timeZone), timeZone, firstDayOfWeek: 1 };
          const at = (days: number, minutes: number): string =>
            toInstant(fromWall(addDays(day, days), minutes, timeZone));
          const says = (due: string): DueBucket | undefined => bucket(task(due), options);
          expect([says(at(0, clock - 1)), says(at(0, 23 * 60 + 59))], `${day} ${clock}`).to.eql([
            'overdue',
            'due-today',
          ]);
          expect([says(addDays(day, -1)), says(day), says(addDays(day, 1))]).to.eql([
            'overdue',
            'due-today',
            'due-tomorrow',
          ]);
          expect([says(at(1, 0)), says(at(1, 23 * 60 + 59))]).to.eql([
            'due-tomorrow',
            'due-tomorrow',
          ]);
          expect(['this-week', 'later']).to.include(says(at(2, 0)));
          expect(says(at(8, 0))).to.equal('later');
        }
      }
    });
  }

  it('end the week where the locale does', () => {
    const friday = Date.parse('2026-11-27T11:00:00Z');
    const of = (locale: string, day: string): DueBucket | undefined =>
      bucket(task(day), {
        now: friday,
        timeZone: 'Europe/Berlin',
        firstDayOfWeek: firstDayOfWeek(locale),
      });
    expect(of('de-DE', '2026-11-29')).to.equal('this-week');
    expect(of('en-US', '2026-11-29')).to.equal('later');
    expect(of('de-DE', '2026-11-30')).to.equal('later');
  });

  it('take an appointment by its end, and whole days inclusively', () => {
    const options = {
      now: Date.parse('2026-11-23T10:00:00Z'),
      timeZone: 'Asia/Taipei',
      firstDayOfWeek: 0,
    };
    const visit = (start: string, end: string): Activity =>
      task(undefined, { type: 'appointment', state: 'scheduled', start, end });
    expect(bucket(visit('2026-11-23T09:00:00Z', '2026-11-23T11:00:00Z'), options)).to.equal(
      'due-today',
    );
    expect(bucket(visit('2026-11-23', '2026-11-24'), options)).to.equal('due-today');
    expect(bucket(visit('2026-11-22', '2026-11-23'), options)).to.equal('overdue');
  });

  it('hold each unfinished activity exactly once, as their filters do, and nothing that is done', () => {
    const instant = fc
      .integer({ min: Date.parse('2026-01-01'), max: Date.parse('2026-12-31') })
      .map((at) => toInstant(Math.floor(at / 60_000) * 60_000));
    const deadline = fc.oneof(
      fc.constant(undefined),
      instant,
      instant.map((time) => time.slice(0, 10)),
    );
    fc.assert(
      fc.property(
        fc.record({
          deadline,
          type: fc.constantFrom('task', 'appointment'),
          state: fc.constantFrom('open', 'scheduled', 'completed', 'canceled', null),
        }),
        fc.record({
          now: fc.integer({ min: Date.parse('2026-01-01'), max: Date.parse('2026-12-31') }),
          timeZone: fc.constantFrom(...ZONES),
          firstDayOfWeek: fc.constantFrom(0, 1, 6),
        }),
        ({ deadline, type, state }, options) => {
          const row = task(type === 'task' ? deadline : undefined, {
            type,
            state: state as Activity['state'],
            ...(type === 'appointment' && deadline !== undefined && { end: deadline }),
          });
          const found = bucket(row, options);
          expect(byFilter(row, options)).to.deep.equal(found === undefined ? [] : [found]);
          expect(found !== undefined).to.equal(state === 'open' || state === 'scheduled');
          if (found) expect(DUE_BUCKETS).to.include(found);
          const late = isOverdue(row, types.get(type), options.now, options.timeZone);
          expect(found === 'overdue').to.equal(late);
        },
      ),
      { numRuns: 500, seed: 4 },
    );
  });
});

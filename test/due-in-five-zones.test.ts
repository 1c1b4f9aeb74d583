import { expect } from '@open-wc/testing';
import { toEntries } from '../src/elements/activity-calendar/entries.js';
import { Localizer } from '../src/i18n/localizer.js';
import type { Activity } from '../src/model/activity.js';
import { ActivityTypes } from '../src/model/activity-types.js';
import { DUE_BUCKETS, bucketOf, toBucketFilter, type DueBucket } from '../src/model/due-buckets.js';
import { DUE_FILTERS, toDueFilter, type DueFilter } from '../src/model/due.js';
import { passes } from '../src/model/evaluate.js';
import type { Filter } from '../src/model/query.js';
import { resolveFilter } from '../src/model/relative-time.js';
import { addDays, addMonths, fromWall, toInstant, type Day } from '../src/model/time.js';
import { pointerTable } from '../src/provider/odata/activity-tables.js';
import { dataverse } from '../src/provider/odata/dataverse.js';
import { lastSecondOf } from '../src/provider/odata/due-dates.js';
import { toExpression } from '../src/provider/odata/filter.js';
import { DAYS, ZONES } from './support/zones.js';

/*
 * When something is due, for users of five zones at half past eleven and half past midnight, on a plain day and on each on which
 * a clock of theirs changes: what buckets, tabs, filters, OData's own expressions, the words of a row and the calendar say must be
 * what the user's own clock and calendar say.
 */

const LATE_EVENING = 23 * 60 + 30;
const AFTER_MIDNIGHT = 30;
/** Days from today, and minutes of the clock; undefined: the day as such. */
const AWAY = [-1, 0, 1, 2, 6, 7, 31];
const MINUTES = [undefined, 0, 29, 31, LATE_EVENING - 1, 23 * 60 + 59];

const types = new ActivityTypes();
const task = types.get('task');
const { fields } = pointerTable(dataverse, types);

/** In the same English as the words. */
const weekday = new Intl.DateTimeFormat('en-GB', { weekday: 'short', timeZone: 'UTC' });

const LAST_DAY: { readonly [due in Exclude<DueFilter, 'overdue'>]: (today: Day) => Day } = {
  today: (today) => today,
  tomorrow: (today) => addDays(today, 1),
  'next-7-days': (today) => addDays(today, 7),
  'next-30-days': (today) => addDays(today, 30),
  'next-90-days': (today) => addDays(today, 90),
  'next-6-months': (today) => addMonths(today, 6),
  'next-12-months': (today) => addMonths(today, 12),
};

/** As a calendar on the wall tells it; the week begins on Monday. */
function bucketByCalendar(today: Day, away: number, isLate: boolean): DueBucket {
  if (isLate) return 'overdue';
  if (away === 0) return 'due-today';
  if (away === 1) return 'due-tomorrow';
  const weekday = (new Date(`${today}T00:00:00Z`).getUTCDay() + 6) % 7;
  return weekday + away < 7 ? 'this-week' : 'later';
}

/** What an OData service would say of a row with these columns. */
function holds(expression: string | boolean, row: { readonly [column: string]: unknown }): boolean {
  if (typeof expression === 'boolean') return expression;
  const tokens = expression.match(/[()]|'[^']*'|[^\s()]+/g) ?? [];
  let at = 0;
  const value = (token: string): unknown => {
    if (token === 'null') return null;
    if (token === 'true') return true;
    // Of the row in its own set: of the same row here.
    if (token.startsWith('o:o/')) return row[token.slice('o:o/'.length)];
    if (token.startsWith("'")) return token.slice(1, -1);
    if (token in row) return row[token];
    return /^\d+$/.test(token) ? Number(token) : Date.parse(token);
  };
  const comparison = (): boolean => {
    const [left, operator, right] = tokens.slice(at, (at += 3)) as [string, string, string];
    const [a, b] = [value(left), value(right)] as [number, number];
    if (operator === 'eq') return a === b;
    if (operator === 'ne') return a !== b;
    if (operator === 'lt') return a < b;
    if (operator === 'le') return a <= b;
    if (operator === 'gt') return a > b;
    if (operator === 'ge') return a >= b;
    throw new Error(`${operator} in ${expression}`);
  };
  const single = (): boolean => {
    if (tokens[at] === 'not') {
      at += 1;
      return !single();
    }
    if (tokens[at]?.endsWith('/any')) at += 1;
    if (tokens[at] !== '(') return comparison();
    at += 1;
    const found = either();
    at += 1;
    return found;
  };
  const joined = (word: string, part: () => boolean, start: boolean): boolean => {
    let found = part();
    while (tokens[at] === word) {
      at += 1;
      const other = part();
      found = start ? found && other : found || other;
    }
    return found;
  };
  const both = (): boolean => joined('and', single, true);
  const either = (): boolean => joined('or', both, false);
  return either();
}

describe('what is due', () => {
  for (const timeZone of ZONES) {
    it(`is the same to clock, buckets, filters, OData, words and calendar in ${timeZone}`, () => {
      for (const today of DAYS) {
        for (const clock of [LATE_EVENING, AFTER_MIDNIGHT]) checkDay(today, clock, timeZone);
      }
    });

    it(`is the same to buckets and OData of a meeting, of whole days or not, in ${timeZone}`, () => {
      for (const today of DAYS) {
        for (const clock of [LATE_EVENING, AFTER_MIDNIGHT]) checkMeetings(today, clock, timeZone);
      }
    });
  }
});

/** Whole days are stored as midnights, at which a meeting of hours may end as well. */
function checkMeetings(today: Day, clock: number, timeZone: string): void {
  const now = fromWall(today, clock, timeZone);
  const options = { now, timeZone, firstDayOfWeek: 1 };
  const asked = { timeZone, user: undefined, team: undefined };
  const buckets = DUE_BUCKETS.map((name) => {
    const filter = resolveFilter(toBucketFilter(name, options), options, types);
    return { name, expression: toExpression(filter, fields, asked) };
  });
  for (const away of AWAY) {
    const [day, next] = [addDays(today, away), addDays(today, away + 1)];
    const midnight = fromWall(next, 0, timeZone);
    const evening = toInstant(midnight - 3_600_000);
    for (const [start, end] of [
      [day, next],
      [evening, toInstant(midnight)],
    ] as const) {
      const row: Activity = { id: '1', type: 'appointment', subject: '', state: 'scheduled', start, end }; // prettier-ignore
      const stored = {
        scheduledend: midnight,
        activitytypecode: 'appointment',
        statecode: 3,
        isalldayevent: start === day,
      };
      const found = buckets.filter(({ expression }) => holds(expression, stored)).map(nameOf);
      expect(found, `${start} to ${end} at ${today} ${String(clock)}`).to.deep.equal([
        bucketOf(row, types.get('appointment'), options),
      ]);
    }
  }
}

function checkDay(today: Day, clock: number, timeZone: string): void {
  const now = fromWall(today, clock, timeZone);
  const options = { now, timeZone, firstDayOfWeek: 1 };
  const words = new Localizer({ locale: 'en-GB', timeZone, now: () => now });
  const context = { types, timeZone, now };
  const asOData = (filter: Filter): string | boolean =>
    toExpression(resolveFilter(filter, options, types), fields, {
      timeZone,
      user: undefined,
      team: undefined,
    });
  const buckets = DUE_BUCKETS.map((name) => {
    const filter = toBucketFilter(name, options);
    return { name, filter, expression: asOData(filter) };
  });
  const filters = DUE_FILTERS.map((name) => {
    const filter = toDueFilter(name, now, timeZone);
    return { name, filter, expression: asOData(filter) };
  });
  for (const away of AWAY) {
    const day = addDays(today, away);
    for (const minutes of MINUTES) {
      const due = minutes === undefined ? day : toInstant(fromWall(day, minutes, timeZone));
      const row: Activity = { id: '1', type: 'task', subject: '', state: 'open', due };
      const isLate = away < 0 || (away === 0 && minutes !== undefined && minutes < clock);
      const bucket = bucketByCalendar(today, away, isLate);
      const isFound = (name: DueFilter): boolean =>
        isLate || (name !== 'overdue' && day <= LAST_DAY[name](today));
      const stored = {
        scheduledend: Date.parse(minutes === undefined ? lastSecondOf(day, timeZone) : due),
        activitytypecode: 'task',
        statecode: 0,
      };
      const said = words.due(row, task, now);
      const shown = toEntries([row], [day], { timeZone, typeOf: () => task });
      const found = {
        bucket: bucketOf(row, task, options),
        buckets: buckets.filter(({ filter }) => passes(row, filter, context)).map(nameOf),
        inOData: buckets.filter(({ expression }) => holds(expression, stored)).map(nameOf),
        filters: filters.filter(({ filter }) => passes(row, filter, context)).map(nameOf),
        filtersInOData: filters.filter(({ expression }) => holds(expression, stored)).map(nameOf),
        isLate: said?.late,
        isCalledToday: said?.text === 'Today',
        isCalledByWeekday: said?.text.startsWith(weekday.format(Date.parse(day))),
        days: [...shown.keys()].filter((one) => (shown.get(one)?.length ?? 0) > 0),
      };
      const expected = {
        bucket,
        buckets: [bucket],
        inOData: [bucket],
        filters: DUE_FILTERS.filter(isFound),
        filtersInOData: DUE_FILTERS.filter(isFound),
        isLate,
        isCalledToday: bucket === 'due-today' && minutes === undefined,
        isCalledByWeekday: away > 0,
        days: [day],
      };
      // As texts: thousands of objects compared part by part take seconds.
      expect(JSON.stringify(found), `${due} at ${today} ${String(clock)}`).to.equal(
        JSON.stringify(expected),
      );
    }
  }
}

function nameOf<T>({ name }: { readonly name: T }): T {
  return name;
}

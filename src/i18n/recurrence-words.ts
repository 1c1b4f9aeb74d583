import { RULE_DAYS, skipsMonths, type Recurrence, type RuleDay } from '../model/recurrence.js';
import { addDays, type Day } from '../model/time.js';
import type { Localizer } from './localizer.js';

/** A Monday. */
const MONDAY: Day = '2026-11-23';

/** What a weekday of a rule is called. */
export function ruleDayName(
  day: RuleDay,
  words: Localizer,
  style: 'weekday' | 'weekday-short' = 'weekday',
): string {
  return words.day(addDays(MONDAY, RULE_DAYS.indexOf(day)), style);
}

/** A day of a year in words: 23 November. */
function yearDay(month: number, monthDay: number, words: Localizer): string {
  // A year that has a 29 February.
  const two = (value: number): string => String(value).padStart(2, '0');
  return words.day(`2028-${two(month)}-${two(monthDay)}`, 'month-day');
}

function monthName(month: number, words: Localizer): string {
  return words.day(`2028-${String(month).padStart(2, '0')}-01`, 'month-only');
}

function nthName(at: number, words: Localizer): string {
  return words.say(
    at === 1
      ? 'repeat.nth-1'
      : at === 2
        ? 'repeat.nth-2'
        : at === 3
          ? 'repeat.nth-3'
          : at === 4
            ? 'repeat.nth-4'
            : 'repeat.nth-last',
  );
}

/** Where in its month or year something falls, for a choice of such: "The fourth Monday". */
export function placeInWords(recurrence: Recurrence, words: Localizer): string {
  const { frequency, nth, month = 1, monthDay = 1 } = recurrence;
  if (nth) {
    const [at, weekday] = [nthName(nth.at, words), ruleDayName(nth.day, words)];
    return frequency === 'yearly'
      ? words.say('repeat.place-nth-of', at, weekday, monthName(month, words))
      : words.say('repeat.place-nth', at, weekday);
  }
  if (frequency === 'yearly') {
    return monthDay < 0
      ? words.say('repeat.place-last-of', monthName(month, words))
      : yearDay(month, monthDay, words);
  }
  return monthDay < 0 ? words.say('repeat.place-last') : words.say('repeat.place-day', monthDay);
}

/** "Every 2 weeks on Monday and Wednesday, until 31 December 2026". */
export function recurrenceInWords(recurrence: Recurrence, words: Localizer): string {
  const { count, until } = recurrence;
  const what = patternInWords(recurrence, words);
  if (until !== undefined) return words.say('repeat.until', what, words.day(until, 'date'));
  return count === undefined ? what : words.say('repeat.times', what, count);
}

function patternInWords(recurrence: Recurrence, words: Localizer): string {
  const { frequency, interval, days = [], nth, month = 1, monthDay = 1 } = recurrence;
  const every = words.say(`repeat.every-${frequency}`, interval);
  switch (frequency) {
    case 'daily':
      return every;
    case 'weekly':
      return words.say(
        'repeat.weekly-on',
        every,
        words.list(days.map((day) => ruleDayName(day, words))),
      );
    case 'monthly':
      if (nth) {
        const weekday = ruleDayName(nth.day, words);
        return words.say('repeat.monthly-nth', every, nthName(nth.at, words), weekday);
      }
      return monthDay < 0
        ? words.say('repeat.monthly-last', every)
        : words.say('repeat.monthly-on', every, monthDay);
    case 'yearly':
      if (nth) {
        return words.say(
          'repeat.yearly-nth',
          every,
          nthName(nth.at, words),
          ruleDayName(nth.day, words),
          monthName(month, words),
        );
      }
      return monthDay < 0
        ? words.say('repeat.yearly-last', every, monthName(month, words))
        : words.say('repeat.yearly-on', every, yearDay(month, monthDay, words));
  }
}

/** That months without this day are left out, where there are any. */
export function skipsInWords(recurrence: Recurrence, words: Localizer): string | undefined {
  if (!skipsMonths(recurrence)) return undefined;
  return recurrence.frequency === 'yearly'
    ? words.say('repeat.skips-years', yearDay(2, 29, words))
    : words.say('repeat.skips', recurrence.monthDay ?? 31);
}

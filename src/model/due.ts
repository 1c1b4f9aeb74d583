import { UNFINISHED, type Filter } from './query.js';
import { addDays, addMonths, dayOf, startOfDay, toInstant, type Milliseconds } from './time.js';

/** Dynamics 365's due filters. All but `overdue` reach back without end: "today or earlier" keeps what is late. */
export const DUE_FILTERS = [
  'overdue',
  'today',
  'tomorrow',
  'next-7-days',
  'next-30-days',
  'next-90-days',
  'next-6-months',
  'next-12-months',
] as const;
export type DueFilter = (typeof DUE_FILTERS)[number];

/**
 * What is open or scheduled and due until then, with the boundaries of the user's own days as instants. Overdue is what is due before
 * `{ relative: 'now' }`, so that it stays the same question.
 */
export function toDueFilter(due: DueFilter, now: Milliseconds, timeZone: string): Filter {
  const value =
    due === 'overdue'
      ? { relative: 'now' }
      : toInstant(startOfDay(dayAfterLast(due, now, timeZone), timeZone));
  return { all: [UNFINISHED, { field: 'deadline', op: 'lt', value }] };
}

function dayAfterLast(
  due: Exclude<DueFilter, 'overdue'>,
  now: Milliseconds,
  timeZone: string,
): string {
  const today = dayOf(now, timeZone);
  switch (due) {
    case 'today':
      return addDays(today, 1);
    case 'tomorrow':
      return addDays(today, 2);
    case 'next-7-days':
      return addDays(today, 8);
    case 'next-30-days':
      return addDays(today, 31);
    case 'next-90-days':
      return addDays(today, 91);
    case 'next-6-months':
      return addDays(addMonths(today, 6), 1);
    case 'next-12-months':
      return addDays(addMonths(today, 12), 1);
  }
}

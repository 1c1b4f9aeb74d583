import type { Weekday } from '../../i18n/locale.js';
import { addDays, addMonths, daysBetween, type Day } from '../../model/time.js';

/** The first day of the month that a day is in. */
export function monthOf(day: Day): Day {
  return `${day.slice(0, 7)}-01`;
}

export function weekdayOf(day: Day): Weekday {
  return new Date(Date.parse(day)).getUTCDay() as Weekday;
}

/** So many days in a row. */
export function daysFrom(first: Day, count: number): readonly Day[] {
  return Array.from({ length: count }, (_, index) => addDays(first, index));
}

/** The seven days of the week that a day is in. */
export function weekAround(day: Day, firstDayOfWeek: Weekday): readonly Day[] {
  const back = (weekdayOf(day) - firstDayOfWeek + 7) % 7;
  return daysFrom(addDays(day, -back), 7);
}

/** The weeks that a month touches, each whole. */
export function weeksOfMonth(month: Day, firstDayOfWeek: Weekday): readonly (readonly Day[])[] {
  const next = addMonths(monthOf(month), 1);
  const weeks: (readonly Day[])[] = [];
  for (let day = monthOf(month); day < next;) {
    const week = weekAround(day, firstDayOfWeek);
    weeks.push(week);
    day = addDays(week[0] ?? day, 7);
  }
  return weeks;
}

/**
 * The number of a week in its year. Where weeks begin on Monday, the first is the one with the first Thursday (ISO 8601);
 * elsewhere it is the one with the 1st of January.
 */
export function weekNumber(week: readonly Day[], firstDayOfWeek: Weekday): number {
  const deciding = week[firstDayOfWeek === 1 ? 3 : 6] ?? '1970-01-01';
  return Math.floor(daysBetween(`${deciding.slice(0, 4)}-01-01`, deciding) / 7) + 1;
}

/**
 * The day to which a key leads from another, as the ARIA pattern of a date grid has it: arrows by day and week, Home and End
 * in the week, Page Up and Page Down by month, with Shift by year. Undefined for any other key.
 */
export function dayForKey(
  day: Day,
  { key, shiftKey }: { readonly key: string; readonly shiftKey: boolean },
  {
    rightToLeft,
    firstDayOfWeek,
  }: { readonly rightToLeft: boolean; readonly firstDayOfWeek: Weekday },
): Day | undefined {
  const paging = key === 'PageUp' || key === 'PageDown';
  if (shiftKey && !paging) return undefined;
  const forward = rightToLeft ? -1 : 1;
  switch (key) {
    case 'ArrowRight':
      return addDays(day, forward);
    case 'ArrowLeft':
      return addDays(day, -forward);
    case 'ArrowDown':
      return addDays(day, 7);
    case 'ArrowUp':
      return addDays(day, -7);
    case 'Home':
      return weekAround(day, firstDayOfWeek)[0];
    case 'End':
      return weekAround(day, firstDayOfWeek)[6];
    case 'PageDown':
      return addMonths(day, shiftKey ? 12 : 1);
    case 'PageUp':
      return addMonths(day, shiftKey ? -12 : -1);
    default:
      return undefined;
  }
}

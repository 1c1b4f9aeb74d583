import type { Weekday } from '../../i18n/locale.js';
import type { Activity } from '../../model/activity.js';
import type { Day } from '../../model/time.js';
import { monthOf, weekdayOf, weeksOfMonth } from './days.js';
import { toEntries, type DayEntry, type EntryOptions } from './entries.js';

/** One day as a calendar draws it. */
export interface CalendarDay {
  readonly day: Day;
  readonly isToday: boolean;
  readonly isWeekend: boolean;
  /** It belongs to the month before or after the one shown. */
  readonly isOutside: boolean;
  /** In the order in which the day is read. */
  readonly entries: readonly DayEntry[];
}

export interface CalendarOptions extends EntryOptions {
  readonly today: Day;
  readonly firstDayOfWeek: Weekday;
  readonly weekend: readonly Weekday[];
}

/** A month as whole weeks, with what stands on each day. O(rows × their days). */
export function toMonth(
  rows: readonly Activity[],
  month: Day,
  options: CalendarOptions,
): readonly (readonly CalendarDay[])[] {
  const weeks = weeksOfMonth(month, options.firstDayOfWeek);
  const entries = toEntries(rows, weeks.flat(), options);
  return weeks.map((week) =>
    week.map((day) => toDay(day, entries.get(day) ?? [], options, monthOf(month))),
  );
}

export function toDay(
  day: Day,
  entries: readonly DayEntry[],
  { today, weekend }: CalendarOptions,
  month?: Day,
): CalendarDay {
  return {
    day,
    isToday: day === today,
    isWeekend: weekend.includes(weekdayOf(day)),
    isOutside: month !== undefined && monthOf(day) !== month,
    entries,
  };
}

import type { Activity } from '../../model/activity.js';
import type { Day } from '../../model/time.js';
import { weekAround } from './days.js';
import { DAY_MINUTES, toEntries, type DayEntry } from './entries.js';
import { toDay, type CalendarDay, type CalendarOptions } from './month.js';
import { layOut } from './overlap.js';

/** Below that, a box could neither be read nor hit. */
const LEAST_MINUTES = 30;

/** An entry as a box in its day's column. */
export interface TimeBox {
  readonly entry: DayEntry;
  /** Minutes of the wall clock, 0 to 1440; a short entry is drawn as half an hour. */
  readonly top: number;
  readonly bottom: number;
  /** Which of the column's lanes of the same width it begins in, from 0, and how many it takes. */
  readonly lane: number;
  readonly lanes: number;
  readonly width: number;
}

export interface WeekDay extends CalendarDay {
  readonly wholeDay: readonly DayEntry[];
  /** In time order. */
  readonly boxes: readonly TimeBox[];
}

/** The days of a week as columns of 24 hours: what goes on at the same time stands side by side. */
export function toWeek(
  rows: readonly Activity[],
  day: Day,
  options: CalendarOptions,
): readonly WeekDay[] {
  const days = weekAround(day, options.firstDayOfWeek);
  const byDay = toEntries(rows, days, options);
  return days.map((each) => {
    const entries = byDay.get(each) ?? [];
    return {
      ...toDay(each, entries, options),
      wholeDay: entries.filter(({ isWholeDay }) => isWholeDay),
      boxes: toBoxes(entries.filter(({ isWholeDay }) => !isWholeDay)),
    };
  });
}

function toBoxes(entries: readonly DayEntry[]): readonly TimeBox[] {
  const boxes = entries.map((entry) => {
    const top = Math.min(entry.from, DAY_MINUTES - LEAST_MINUTES);
    return { entry, top, bottom: Math.max(entry.to, top + LEAST_MINUTES) };
  });
  return layOut(boxes).map(({ item, lane, lanes, width }) => ({ ...item, lane, lanes, width }));
}

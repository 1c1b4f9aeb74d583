import type { Activity } from '../../model/activity.js';
import type { ActivityType } from '../../model/activity-type.js';
import {
  addDays,
  dayOf,
  daysBetween,
  spanOf,
  startOfDay,
  wallMinutes,
  type Day,
  type Span,
} from '../../model/time.js';

/** Minutes of a wall clock from midnight to midnight, on every day, also on one that a clock change made longer or shorter. */
export const DAY_MINUTES = 1440;
const MINUTE = 60_000;

/** What stands on one day of one activity. */
export interface DayEntry {
  readonly activity: Activity;
  readonly type: ActivityType;
  readonly span: Span;
  readonly day: Day;
  /** Which of its days this is, from 1, and of how many. */
  readonly dayNumber: number;
  readonly dayCount: number;
  /** It takes the whole day, or has no time in it. */
  readonly isWholeDay: boolean;
  /** From when to when on this day, in minutes of the wall clock; `to` is exclusive, and the same for a moment. */
  readonly from: number;
  readonly to: number;
}

export interface EntryOptions {
  readonly timeZone: string;
  readonly typeOf: (activity: Activity) => ActivityType;
}

/**
 * What stands on each of these days (which follow each other), in the order in which a day is read: what takes it whole, what
 * has a time, what is due by its end. What has no life cycle (a note) stands in no calendar.
 */
export function toEntries(
  rows: readonly Activity[],
  days: readonly Day[],
  { timeZone, typeOf }: EntryOptions,
): ReadonlyMap<Day, readonly DayEntry[]> {
  const byDay = new Map<Day, DayEntry[]>(days.map((day) => [day, []]));
  const [first] = days;
  const last = days.at(-1);
  if (first === undefined || last === undefined) return byDay;
  const from = startOfDay(first, timeZone);
  const until = startOfDay(addDays(last, 1), timeZone);
  for (const activity of rows) {
    if (activity.state === null) continue;
    const type = typeOf(activity);
    const span = spanOf(activity, type, timeZone);
    if (!span || span.start >= until || span.end < from) continue;
    const start = dayOf(span.start, timeZone);
    const end = span.end > span.start ? dayOf(span.end - 1, timeZone) : start;
    if (end < first) continue;
    const times = timesOf(span, start, end, timeZone);
    for (
      let day = start < first ? first : start;
      day <= end && day <= last;
      day = addDays(day, 1)
    ) {
      byDay.get(day)?.push({
        activity,
        type,
        span,
        day,
        dayNumber: daysBetween(start, day) + 1,
        dayCount: daysBetween(start, end) + 1,
        isWholeDay: times.isWholeDay,
        from: day === start ? times.from : 0,
        to: day === end ? times.to : DAY_MINUTES,
      });
    }
  }
  for (const entries of byDay.values()) entries.sort(inOrderOfDay);
  return byDay;
}

/** When it begins on its first day and ends on its last, by the wall clock. */
function timesOf(
  span: Span,
  start: Day,
  end: Day,
  timeZone: string,
): { readonly from: number; readonly to: number; readonly isWholeDay: boolean } {
  if (span.allDay) return { from: 0, to: DAY_MINUTES, isWholeDay: true };
  const from = wallMinutes(span.start, timeZone);
  const endsAtMidnight = span.end > span.start && dayOf(span.end, timeZone) !== end;
  let to = endsAtMidnight ? DAY_MINUTES : wallMinutes(span.end, timeZone);
  // The clock was set back in between: it reads less at the end than at the start.
  if (start === end && to < from) {
    to = Math.min(DAY_MINUTES, from + Math.round((span.end - span.start) / MINUTE));
  }
  const isWholeDay = daysBetween(start, end) * DAY_MINUTES + to - from >= DAY_MINUTES;
  return { from, to, isWholeDay };
}

function rankOf({ span, isWholeDay }: DayEntry): number {
  if (!isWholeDay) return 1;
  return span.deadlineOnly ? 2 : 0;
}

function inOrderOfDay(a: DayEntry, b: DayEntry): number {
  return (
    rankOf(a) - rankOf(b) ||
    (a.isWholeDay ? a.span.start - b.span.start : a.from - b.from) ||
    b.span.end - a.span.end ||
    (a.activity.id < b.activity.id ? -1 : 1)
  );
}

import type { DayEntry } from './entries.js';

/** Between these, in minutes of the wall clock, free time is worth a word. */
export const WORKING_HOURS = { from: 8 * 60, to: 18 * 60 } as const;
/** Less than that between two deadlines is no news. */
const LEAST_FREE = 60;

/** A line of a day's list. */
export type ScheduleItem =
  | { readonly kind: 'entry'; readonly key: string; readonly entry: DayEntry }
  | { readonly kind: 'free'; readonly key: string; readonly minutes: number };

/** A day's entries in order, with the free time between those that have a time. */
export function toSchedule(entries: readonly DayEntry[]): readonly ScheduleItem[] {
  const items: ScheduleItem[] = [];
  let busyUntil: number | undefined;
  for (const entry of entries) {
    const { id } = entry.activity;
    if (countsTime(entry)) {
      if (busyUntil !== undefined) {
        const minutes = workingMinutes(busyUntil, entry.from);
        if (minutes >= LEAST_FREE) items.push({ kind: 'free', key: `free ${id}`, minutes });
      }
      busyUntil = Math.max(busyUntil ?? 0, entry.to);
    }
    items.push({ kind: 'entry', key: id, entry });
  }
  return items;
}

/** Working minutes from a moment of the day on that nothing takes; undefined on a day on which nothing takes any. */
export function freeMinutes(entries: readonly DayEntry[], from: number): number | undefined {
  const busy = entries.filter((entry) => countsTime(entry) && entry.to > entry.from);
  if (busy.length === 0) return undefined;
  let free = 0;
  let reached = from;
  for (const entry of busy) {
    free += workingMinutes(reached, entry.from);
    reached = Math.max(reached, entry.to);
  }
  return free + workingMinutes(reached, WORKING_HOURS.to);
}

function countsTime({ isWholeDay, activity }: DayEntry): boolean {
  return !isWholeDay && activity.state !== 'canceled';
}

function workingMinutes(from: number, to: number): number {
  return Math.max(0, Math.min(to, WORKING_HOURS.to) - Math.max(from, WORKING_HOURS.from));
}

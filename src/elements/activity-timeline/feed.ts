import type { Activity } from '../../model/activity.js';
import { dayOf, toMilliseconds, type Day } from '../../model/time.js';

/** The entries of one day. */
export interface FeedSection {
  /** Undefined: entries that say no time. */
  readonly day: Day | undefined;
  readonly entries: readonly Activity[];
}

/** When something last happened to it: what orders a history. */
export function happenedAt(activity: Activity): string | undefined {
  return activity.modifiedAt ?? activity.createdAt;
}

/** Groups rows, which are in order already, by the day in the user's zone. O(rows). */
export function toFeed(rows: readonly Activity[], timeZone: string): FeedSection[] {
  const sections: { day: Day | undefined; entries: Activity[] }[] = [];
  for (const row of rows) {
    const at = happenedAt(row);
    const known = at !== undefined && !Number.isNaN(toMilliseconds(at, timeZone));
    const day = known ? dayOf(at, timeZone) : undefined;
    const last = sections.at(-1);
    if (last?.day === day && last) last.entries.push(row);
    else sections.push({ day, entries: [row] });
  }
  return sections;
}

import type { Activity, RecordRef } from '../../model/activity.js';
import type { ActivityTypes } from '../../model/activity-types.js';
import {
  addDays,
  deadlineOf,
  isDate,
  spanOf,
  timeKind,
  toMilliseconds,
  type Day,
  type Milliseconds,
  type Time,
} from '../../model/time.js';

/**
 * A time as it stands in an index: an instant by its milliseconds, a calendar date by its day, a blank as itself. Which instant
 * a date begins or ends at goes by the zone of who asks, so the two kinds stand apart and are merged when they are read.
 */
export type TimeKey = [0, Milliseconds] | [1, Day] | [2];

/** What an activity is found by; the parts of the indexes. */
export interface ActivityKeys {
  /** Empty: it has none. Of an owner, kind and id, as two backends' users may be numbered alike. */
  readonly owner: string;
  readonly state: string;
  readonly type: string;
  /** Of a calendar date, the last day on which it is not late. */
  readonly deadline: TimeKey;
  readonly modified: TimeKey;
  readonly created: TimeKey;
  readonly regarding: string;
  readonly parties: readonly string[];
  readonly thread?: string;
  readonly series?: string;
  /** How long it takes, in powers of two of a quarter of an hour: what overlaps a range began no longer before it than that. */
  readonly length?: number;
  /** Where a calendar starts it. Left out: it stands nowhere in one. */
  readonly place?: TimeKey;
}

export const BLANK: TimeKey = [2];

/** Minutes of the shortest length but none at all. */
const SHORTEST = 15;
export const LONGEST = 24;

export function recordKey({ kind, id }: RecordRef): string {
  return `${kind}:${id}`;
}

/**
 * The keys of a row; undefined for the master of a series, which stands in no list and is found by reading all. What is
 * measured in days is measured in UTC, a day more than it may be.
 */
export function keysOf(row: Activity, types: ActivityTypes): ActivityKeys | undefined {
  if (row.series?.role === 'master') return undefined;
  const type = types.get(row.type);
  const deadline = deadlineOf(row, type);
  const span = spanOf(row, type, 'UTC');
  const start = row.start ?? deadline;
  const minutes = span ? (span.end - span.start) / 60_000 : 0;
  return {
    owner: row.owner ? recordKey(row.owner) : '',
    state: row.state ?? '',
    type: row.type,
    deadline:
      deadline !== undefined && isDate(deadline) && type.deadline === 'end'
        ? timeKey(addDays(deadline, -1))
        : timeKey(deadline),
    modified: timeKey(row.modifiedAt),
    created: timeKey(row.createdAt),
    regarding: row.regarding ? recordKey(row.regarding) : '',
    parties: [
      ...new Set(row.parties?.flatMap(({ record }) => (record ? [recordKey(record)] : [])) ?? []),
    ],
    ...(row.thread !== undefined && { thread: row.thread }),
    ...(row.series && { series: row.series.id }),
    ...(span && {
      length: lengthOf(span.allDay ? minutes + 1440 : minutes),
      place: timeKey(start),
    }),
  };
}

function lengthOf(minutes: number): number {
  if (minutes <= 0) return 0;
  return Math.min(LONGEST, 1 + Math.max(0, Math.ceil(Math.log2(minutes / SHORTEST))));
}

/** The longest that something of this length takes, in milliseconds. */
export function longestOf(length: number): Milliseconds {
  if (length === 0) return 0;
  return length >= LONGEST ? Infinity : SHORTEST * 60_000 * 2 ** (length - 1);
}

function timeKey(time: Time | undefined): TimeKey {
  if (time === undefined || !timeKind(time)) return BLANK;
  return isDate(time) ? [1, time] : [0, toMilliseconds(time, 'UTC')];
}

/** Says by which rules keys were made: where a type goes by another deadline now, they are made anew. */
export function rulesOf(types: ActivityTypes): string {
  const ends = [...types].filter(({ deadline }) => deadline === 'end').map(({ name }) => name);
  return `1 ${ends.sort().join()}`;
}

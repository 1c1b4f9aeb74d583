import type { Activity } from './activity.js';
import type { ActivityType } from './activity-type.js';
import { UNFINISHED, type CountGroup, type Filter } from './query.js';
import {
  addDays,
  dayOf,
  deadlineMilliseconds,
  startOfDay,
  toInstant,
  type Milliseconds,
} from './time.js';

/**
 * When something is to be done, as a user sorts their work. Unlike the due filters, which reach back without end, each of these is
 * apart from the others: what is due today but late already is overdue. `this-week` begins the day after tomorrow and is empty where
 * the week ends before that.
 */
export const DUE_BUCKETS = [
  'overdue',
  'due-today',
  'due-tomorrow',
  'this-week',
  'later',
  'no-date',
] as const;
export type DueBucket = (typeof DUE_BUCKETS)[number];

export interface DueBucketOptions {
  readonly now: Milliseconds;
  /** IANA name: whose days these are. */
  readonly timeZone: string;
  /** Day with which a week begins, 0 (Sunday) to 6; of a locale: `firstDayOfWeek`. */
  readonly firstDayOfWeek: number;
}

/**
 * What is open or scheduled falls into exactly one of these, with the boundaries of the user's own days as instants; between what is
 * overdue and what is due today stands `{ relative: 'now' }`, so that they stay the same questions until the day ends.
 */
export function dueBuckets(options: DueBucketOptions): readonly CountGroup[] {
  return DUE_BUCKETS.map((name) => ({ name, filter: toBucketFilter(name, options) }));
}

/** What is open or scheduled and falls into a bucket. */
export function toBucketFilter(bucket: DueBucket, options: DueBucketOptions): Filter {
  if (bucket === 'no-date') return { all: [UNFINISHED, { field: 'deadline', op: 'empty' }] };
  const [from, to] = boundsOf(bucket, toBoundaries(options));
  const bound = (op: 'ge' | 'lt', at: Bound | undefined): readonly Filter[] =>
    at === undefined
      ? []
      : [{ field: 'deadline', op, value: at === 'now' ? { relative: at } : toInstant(at) }];
  return { all: [UNFINISHED, ...bound('ge', from), ...bound('lt', to)] };
}

/** The bucket of an activity, as `toBucketFilter` would find it. Undefined for what is closed or has no life cycle: it is not due any more. */
export function bucketOf(
  activity: Activity,
  type: ActivityType,
  options: DueBucketOptions,
): DueBucket | undefined {
  if (activity.state !== 'open' && activity.state !== 'scheduled') return undefined;
  const deadline = deadlineMilliseconds(activity, type, options.timeZone);
  if (deadline === undefined || Number.isNaN(deadline)) return 'no-date';
  const { now, tomorrow, afterTomorrow, later } = toBoundaries(options);
  if (deadline < now) return 'overdue';
  if (deadline < tomorrow) return 'due-today';
  if (deadline < afterTomorrow) return 'due-tomorrow';
  return deadline < later ? 'this-week' : 'later';
}

interface Boundaries {
  readonly now: Milliseconds;
  readonly tomorrow: Milliseconds;
  readonly afterTomorrow: Milliseconds;
  /** Start of the next week, but never before the day after tomorrow. */
  readonly later: Milliseconds;
}

function toBoundaries({ now, timeZone, firstDayOfWeek }: DueBucketOptions): Boundaries {
  const today = dayOf(now, timeZone);
  const weekday = new Date(Date.parse(today)).getUTCDay();
  const daysLeft = 7 - ((weekday - firstDayOfWeek + 7) % 7);
  const start = (days: number): Milliseconds => startOfDay(addDays(today, days), timeZone);
  return {
    now,
    tomorrow: start(1),
    afterTomorrow: start(2),
    later: start(Math.max(2, daysLeft)),
  };
}

type Bound = Milliseconds | 'now';

function boundsOf(
  bucket: Exclude<DueBucket, 'no-date'>,
  { tomorrow, afterTomorrow, later }: Boundaries,
): readonly [from: Bound | undefined, to: Bound | undefined] {
  switch (bucket) {
    case 'overdue':
      return [undefined, 'now'];
    case 'due-today':
      return ['now', tomorrow];
    case 'due-tomorrow':
      return [tomorrow, afterTomorrow];
    case 'this-week':
      return [afterTomorrow, later];
    case 'later':
      return [later, undefined];
  }
}

import {
  sameRecord,
  type Activity,
  type ActivityPatch,
  type Party,
  type RecordRef,
} from './activity.js';
import type { ActivityType } from './activity-type.js';
import { atWall, followStart } from './period.js';
import {
  addDays,
  dayOf,
  daysBetween,
  deadlineOf,
  isDate,
  timeKind,
  toInstant,
  toMilliseconds,
  wallMinutes,
  type Day,
  type Milliseconds,
  type Time,
} from './time.js';

/** What others may be told of. */
export type Told = NonNullable<ActivityType['notifies']>[number];

export const SNOOZES = ['tomorrow', 'in-3-days', 'next-week'] as const;
/** Tomorrow, in three days, or the Monday of next week. */
export type Snooze = (typeof SNOOZES)[number];

export interface SnoozeOptions {
  readonly now: Milliseconds;
  /** The user's: whose tomorrow, whose time of day. */
  readonly timeZone: string;
  /** 0 is Sunday: with which day the user's weeks begin. Default: Monday. */
  readonly firstDayOfWeek?: number;
}

const MINUTE = 60_000;
const DAYS_OF_WEEK = 7;
/** A Monday. */
const SOME_MONDAY: Day = '2024-01-01';

/** The day that is meant. */
export function snoozeDay(
  to: Snooze | Day,
  { now, timeZone, firstDayOfWeek = 1 }: SnoozeOptions,
): Day {
  const today = dayOf(now, timeZone);
  switch (to) {
    case 'tomorrow':
      return addDays(today, 1);
    case 'in-3-days':
      return addDays(today, 3);
    case 'next-week': {
      const weekday = modulo(daysBetween(SOME_MONDAY, today) + 1);
      const begin = addDays(today, DAYS_OF_WEEK - modulo(weekday - firstDayOfWeek));
      // People work from Monday on, whenever their calendar's week begins.
      return addDays(begin, modulo(1 - firstDayOfWeek));
    }
    default:
      return to;
  }
}

/**
 * Moves an activity to another day: what is due becomes due then, what takes place (an appointment) begins then. Only the date
 * moves; the time of day and the length stay, by the user's wall clock also across a clock change. What had no date gets that day.
 * Nothing changes: an empty patch.
 */
export function snooze(
  activity: Pick<Activity, 'start' | 'end' | 'due'>,
  type: Pick<ActivityType, 'deadline'>,
  to: Snooze | Day,
  options: SnoozeOptions,
): ActivityPatch {
  const day = snoozeDay(to, options);
  const { timeZone } = options;
  const takesPlace = type.deadline === 'end';
  const [start, end, due] = [known(activity.start), known(activity.end), known(activity.due)];
  const anchor = takesPlace ? (start ?? end) : due;
  if (anchor === undefined) {
    return takesPlace ? { start: day, end: addDays(day, 1) } : { due: day };
  }
  // Of whole days the last one is the day before their end.
  const isExclusive = takesPlace && start === undefined && isDate(anchor);
  const days = daysBetween(dayOf(anchor, timeZone), day) + (isExclusive ? 1 : 0);
  if (days === 0) return {};
  const move = (time: Time): Time => shifted(time, days, timeZone);
  const from = start === undefined ? undefined : move(start);
  return {
    ...(from !== undefined && { start: from }),
    ...(end !== undefined && {
      end: from === undefined ? move(end) : followStart({ start, end }, from, timeZone),
    }),
    ...(due !== undefined && { due: move(due) }),
  };
}

/** The day by which an activity stands where it is sorted and snoozed by day; undefined where it has none. */
export function dayOfActivity(
  activity: Activity,
  type: ActivityType,
  timeZone: string,
): Day | undefined {
  const time =
    type.deadline === 'end'
      ? (known(activity.start) ?? known(activity.end))
      : known(deadlineOf(activity, type));
  return time === undefined ? undefined : dayOf(time, timeZone);
}

/**
 * Who hears of it when `user` moves this to another time (left out: its owner), or does something else that its type tells of: the
 * others who take part, its owner among them. Empty where it is only its owner's business (then it may be snoozed); undefined where
 * its parties are not loaded, so that nobody knows.
 */
export function toldOfMove(
  activity: Activity,
  type: Pick<ActivityType, 'notifies'>,
  user?: RecordRef,
  act: Told = 'reschedule',
): readonly Party[] | undefined {
  if (!type.notifies?.includes(act)) return [];
  if (activity.parties === undefined && activity.loaded && !activity.loaded.includes('parties')) {
    return undefined;
  }
  const { owner, parties = [] } = activity;
  const isOf = ({ record }: Party, who: RecordRef | undefined): boolean =>
    record !== undefined && sameRecord(record, who);
  if (parties.every((party) => isOf(party, owner))) return [];
  const hasOwner = owner === undefined || parties.some((party) => isOf(party, owner));
  const all = hasOwner ? parties : [{ role: 'organizer', record: owner }, ...parties];
  return all.filter((party) => !isOf(party, user ?? owner));
}

/** The same time of day so many days later. A time with its own zone keeps what its own clock shows, if that is still that day for the user. */
function shifted(time: Time, days: number, timeZone: string): Time {
  if (isDate(time)) return addDays(time, days);
  const at = toMilliseconds(time, timeZone);
  const day = addDays(dayOf(at, timeZone), days);
  if (time.endsWith(']')) {
    const moved = addDays(time.slice(0, 10), days) + time.slice(10);
    if (dayOf(moved, timeZone) === day) return moved;
  }
  const moved = atWall(
    day,
    wallMinutes(at, timeZone),
    timeZone,
    time.endsWith(']') ? time : undefined,
  );
  const rest = ((at % MINUTE) + MINUTE) % MINUTE;
  return rest === 0 || !moved.endsWith('Z') ? moved : toInstant(Date.parse(moved) + rest);
}

/** A time that is one. */
function known(time: Time | undefined): Time | undefined {
  return time !== undefined && timeKind(time) !== undefined ? time : undefined;
}

function modulo(days: number): number {
  return ((days % DAYS_OF_WEEK) + DAYS_OF_WEEK) % DAYS_OF_WEEK;
}

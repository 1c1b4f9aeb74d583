import type { ActivityDraft, RecordRef } from '../../../model/activity.js';
import type { ActivityType, RoleDefinition } from '../../../model/activity-type.js';
import { formFields } from '../../../model/form-fields.js';
import { isSkipped, nextHalfHour } from '../../../model/period.js';
import {
  addDays,
  dayOf,
  fromWall,
  isDate,
  timeKind,
  toInstant,
  toMilliseconds,
  type Milliseconds,
  type Time,
} from '../../../model/time.js';
import { firstField } from '../prefill.js';
import type { LineReading, LineTime } from './read-line.js';

/** Minutes that something takes when the line does not say how long. */
const LENGTH = 30;

/** Whether an activity of this type lasts from one time to another. */
export function takesLength(type: ActivityType): boolean {
  return formFields(type).some(({ path }) => path === 'start');
}

export function takesOwner(type: ActivityType): boolean {
  return formFields(type).some(({ path }) => path === 'owner');
}

export interface LineContext {
  /** When it begins, where the line does not say. */
  readonly start?: Time | undefined;
  readonly type: ActivityType;
  readonly now: Milliseconds;
  readonly timeZone: string;
}

/** Who was found for the names of a line. */
export interface FoundRecords {
  readonly people: readonly RecordRef[];
  readonly about?: RecordRef | undefined;
  readonly owner?: RecordRef | undefined;
}

/** Whether an activity of this type has a time that a line can fill in. */
export function takesTime(type: ActivityType): boolean {
  return formFields(type).some(({ path }) => path === 'due' || path === 'start');
}

export function takesPriority(type: ActivityType): boolean {
  return formFields(type).some(({ path }) => path === 'priority');
}

/** The role of the other side: not of the one who calls, writes or invites, which is the user. */
export function otherSide(type: ActivityType): RoleDefinition | undefined {
  return type.roles.find(({ role }) => role !== 'from' && role !== 'organizer');
}

/** What a line says, by the path of the field that it fills in. */
export function lineValues(
  reading: LineReading,
  { people, about, owner }: FoundRecords,
  context: LineContext,
): Map<string, unknown> {
  const { type } = context;
  const values = new Map<string, unknown>();
  const role = otherSide(type);
  const fits = people.filter(({ kind }) => role?.kinds?.includes(kind) ?? true);
  if (role && fits.length > 0) {
    const some = role.many ? fits : fits.slice(0, 1);
    values.set(
      `parties.${role.role}`,
      some.map((record) => ({ role: role.role, record })),
    );
  }
  const customer = people.find(({ kind }) => kind !== 'user' && kind !== 'team');
  if (about ?? customer) values.set('regarding', about ?? customer);
  if (reading.time && takesTime(type)) {
    for (const [path, value] of Object.entries(timeValues(reading.time, context))) {
      values.set(path, value);
    }
  }
  if (owner && takesOwner(type)) values.set('owner', owner);
  if (reading.length && takesLength(type)) {
    const { minutes } = reading.length;
    const start = (values.get('start') as Time | undefined) ?? context.start;
    // "10-11am" says it already.
    const isTime = start !== undefined && timeKind(start) !== undefined && !isDate(start);
    if (isTime && reading.time?.endMinutes === undefined) {
      values.set('end', endAfter(start, minutes, context.timeZone));
    }
  }
  if (reading.priority && takesPriority(type)) values.set('priority', reading.priority.value);
  if (reading.subject !== '') values.set(firstField(type), reading.subject);
  return values;
}

function endAfter(start: Time, minutes: number, timeZone: string): Time {
  return toInstant(toMilliseconds(start, timeZone) + minutes * 60_000);
}

/** Due, or start and end, as the type has it. */
export function timeValues(
  time: LineTime,
  { type, now, timeZone }: LineContext,
): Pick<ActivityDraft, 'due' | 'start' | 'end'> {
  if (time.problem !== undefined) return {};
  const isDue = type.deadline === 'due' && !(type.required?.includes('start') ?? false);
  const { day, minutes, instant, endMinutes } = time;
  if (isDue && day !== undefined && minutes === undefined && instant === undefined) {
    return { due: day };
  }
  const at = instant ?? momentOf(time, now, timeZone);
  if (at === undefined) return {};
  if (isDue) return { due: toInstant(at) };
  const startDay = day ?? dayOf(at, timeZone);
  const end =
    endMinutes === undefined || minutes === undefined
      ? at + LENGTH * 60_000
      : fromWall(startDay, endMinutes > minutes ? endMinutes : endMinutes + 1440, timeZone);
  return { start: toInstant(at), end: toInstant(end) };
}

/** An hour without a day is the next one that comes; a day without an hour begins as a new appointment does. */
function momentOf(
  { day, minutes }: LineTime,
  now: Milliseconds,
  timeZone: string,
): Milliseconds | undefined {
  if (day === undefined && minutes === undefined) return undefined;
  const wanted = minutes ?? nextHalfHour(now, timeZone);
  const today = dayOf(now, timeZone);
  const at = fromWall(day ?? today, wanted, timeZone);
  return day === undefined && at <= now ? fromWall(addDays(today, 1), wanted, timeZone) : at;
}

/** Whether the clock of that day skips this time. */
export function isSkippedTime({ day, minutes }: LineTime, timeZone: string): boolean {
  return day !== undefined && minutes !== undefined && isSkipped(day, minutes, timeZone);
}

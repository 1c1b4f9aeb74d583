import type { Activity, ActivityDraft } from './activity.js';
import type { ActivityType, Label } from './activity-type.js';
import type { ActivityTypes } from './activity-types.js';
import { followStart } from './period.js';
import {
  addDays,
  dayOf,
  fromWall,
  isDate,
  toInstant,
  toMilliseconds,
  wallMinutes,
} from './time.js';
import type { Milliseconds } from './time.js';

export interface FollowUpOptions {
  readonly types: ActivityTypes;
  readonly now: Milliseconds;
  readonly timeZone: string;
  /** A suggested subject in the user's words. */
  readonly label: (label: Label) => string;
}

/** When something next takes place that had no time of day before: nine in the morning. */
const MORNING = 9 * 60;

/** What usually comes after an activity, as its type suggests: about the same, with the same people, some days from today. */
export function followUp(
  activity: Activity,
  type: ActivityType,
  { types, now, timeZone, label }: FollowUpOptions,
): ActivityDraft {
  const { suggests } = type;
  const name = suggests && types.has(suggests.type) ? suggests.type : activity.type;
  const next = types.get(name);
  const day = addDays(dayOf(now, timeZone), suggests?.afterDays ?? 1);
  const parties = (activity.parties ?? []).filter(({ role }) =>
    next.roles.some((one) => one.role === role),
  );
  return {
    type: name,
    ...(activity.regarding && { regarding: activity.regarding }),
    ...(suggests?.subject !== undefined && { subject: label(suggests.subject) }),
    ...(parties.length > 0 && { parties: parties.map(({ response: _, ...party }) => party) }),
    ...(next.deadline === 'end' ? placeOn(day, activity, timeZone) : { due: day }),
  };
}

/** On that day, at the same time of day and as long as before. */
function placeOn(
  day: string,
  { start, end }: Activity,
  timeZone: string,
): Pick<ActivityDraft, 'start' | 'end'> {
  if (start !== undefined && isDate(start)) {
    const moved = followStart({ start, end }, day, timeZone);
    return { start: day, ...(moved !== undefined && { end: moved }) };
  }
  const minutes =
    start === undefined ? MORNING : wallMinutes(toMilliseconds(start, timeZone), timeZone);
  const from = toInstant(fromWall(day, minutes, timeZone));
  const to = followStart({ start, end: start === undefined ? undefined : end }, from, timeZone);
  return { start: from, ...(to !== undefined && { end: to }) };
}

import type { Activity, ActivityPatch } from '../../model/activity.js';
import { snooze, snoozeDay, toldOfMove, type Snooze, type Told } from '../../model/snooze.js';
import type { Day } from '../../model/time.js';
import type { ActivityElement } from './activity-element.js';
import type { Question } from './context.js';
import { subjectOf } from './subject-link.js';

/*
 * Another day for activities, and what is asked before it where others hear of that: the same from every list.
 */

/** What another day changes of an activity: its time of day and length are kept. Nothing where it stands on that day. */
export function moveOf(host: ActivityElement, activity: Activity, to: Snooze | Day): ActivityPatch {
  const { words, now } = host;
  const { timeZone, firstDayOfWeek } = words;
  return snooze(activity, host.typeOf(activity), to, { now, timeZone, firstDayOfWeek });
}

/** It is somebody else's business too, so that it is rescheduled rather than snoozed. */
export function tellsOthers(host: ActivityElement, activity: Activity): boolean {
  return toldNames(host, [activity]) !== undefined;
}

/** What to ask before these are moved, naming those who hear of it; undefined where nobody does. */
export function rescheduleQuestion(
  host: ActivityElement,
  activities: readonly Activity[],
  to: Snooze | Day,
): Question | undefined {
  const { words, now } = host;
  const moved = activities.filter((one) => Object.keys(moveOf(host, one, to)).length > 0);
  const names = toldNames(host, moved);
  if (!names) return undefined;
  const [only, ...others] = moved;
  const { timeZone, firstDayOfWeek } = words;
  const day = words.day(snoozeDay(to, { now, timeZone, firstDayOfWeek }));
  const { start, end, due } = only ? moveOf(host, only, to) : {};
  const time = start ?? end ?? due;
  const clock = time ? words.time(time) : '';
  return {
    title:
      only && others.length === 0
        ? words.say(
            'grid.reschedule-one',
            subjectOf(host, only),
            clock === '' ? day : `${day}, ${clock}`,
          )
        : words.say('grid.reschedule-title', moved.length, day),
    text:
      names.length > 0
        ? words.say('grid.reschedule-tells', words.list(names))
        : words.say('grid.reschedule-tells-guests'),
    yes: words.say('action.reschedule'),
  };
}

/** Names of those who hear of it when this is done to these, as far as they are known; undefined where it is nobody else's business. */
export function toldNames(
  host: ActivityElement,
  activities: readonly Activity[],
  act: Told = 'reschedule',
): readonly string[] | undefined {
  const { words, store } = host;
  const names = new Set<string>();
  let isAny = false;
  for (const activity of activities) {
    const parties = toldOfMove(activity, host.typeOf(activity), store?.session.user, act);
    if (parties === undefined || parties.length > 0) isAny = true;
    for (const { record, name, address } of parties ?? []) {
      names.add(record ? words.recordName(record) : (name ?? address ?? ''));
    }
  }
  return isAny ? [...names].filter(Boolean) : undefined;
}

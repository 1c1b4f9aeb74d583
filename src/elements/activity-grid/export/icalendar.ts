import type { Activity } from '../../../model/activity.js';
import type { ActivityType } from '../../../model/activity-type.js';
import {
  addDays,
  isDate,
  timeKind,
  toInstant,
  toMilliseconds,
  wallTime,
  type Milliseconds,
  type Time,
} from '../../../model/time.js';
import { toPlainText } from '../../../model/plain-text.js';
import { timezoneLines } from './timezone.js';

export interface CalendarOptions {
  readonly typeOf: (activity: Activity) => ActivityType;
  readonly typeName: (activity: Activity) => string;
  readonly timeZone: string;
  readonly now: Milliseconds;
  /** Where the activity can be seen. */
  readonly link?: (activity: Activity) => string | undefined;
}

/**
 * An RFC 5545 calendar: what takes place is an event, what is due a to-do; what has no life cycle (a note) is left out. Times are in
 * UTC, whole days without a zone. Nobody is named as an attendee, since programs that read the file might invite them.
 */
export function toCalendar(activities: readonly Activity[], options: CalendarOptions): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Activity Kit//Activities//EN',
    'CALSCALE:GREGORIAN',
    ...timezones(activities, options),
    ...activities.flatMap((activity) => component(activity, options)),
    'END:VCALENDAR',
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join('');
}

/** Of what repeats on the clock of a zone: each once, from the first of its series on. */
function timezones(activities: readonly Activity[], { timeZone }: CalendarOptions): string[] {
  const since = new Map<string, Time>();
  for (const activity of activities) {
    const [zone, start] = [clockOf(activity), known(activity.start)];
    if (zone === undefined || start === undefined || isDate(start)) continue;
    const first = since.get(zone);
    const isEarlier =
      first === undefined || toMilliseconds(start, timeZone) < toMilliseconds(first, timeZone);
    if (isEarlier) since.set(zone, start);
  }
  return [...since].flatMap(([zone, start]) => timezoneLines(zone, start));
}

function component(activity: Activity, options: CalendarOptions): string[] {
  const { typeOf, typeName, timeZone, now, link } = options;
  if (activity.state === null) return [];
  const type = typeOf(activity);
  const start = known(activity.start);
  const isEvent = type.deadline === 'end' && start !== undefined;
  const kind = isEvent ? 'VEVENT' : 'VTODO';
  const url = link?.(activity);
  const isBusy = activity.access === 'busy';
  return [
    `BEGIN:${kind}`,
    `UID:${escaped(activity.id)}@activity-kit`,
    `DTSTAMP:${stamp(toInstant(now), timeZone)}`,
    ...(isEvent ? eventTimes(activity, start, timeZone) : todoTimes(activity, type, timeZone)),
    ...(isEvent ? repetition(activity, start, timeZone) : []),
    ...(isBusy ? ['CLASS:PRIVATE'] : [`SUMMARY:${escaped(activity.subject)}`]),
    ...(activity.description && !isBusy
      ? [`DESCRIPTION:${escaped(toPlainText(activity.description, activity.descriptionFormat))}`]
      : []),
    `CATEGORIES:${escaped(typeName(activity))}`,
    ...(activity.priority === undefined ? [] : [`PRIORITY:${PRIORITY[activity.priority]}`]),
    `STATUS:${isEvent ? EVENT_STATUS[activity.state] : TODO_STATUS[activity.state]}`,
    ...(known(activity.modifiedAt)
      ? [`LAST-MODIFIED:${stamp(activity.modifiedAt ?? '', timeZone)}`]
      : []),
    ...(url === undefined ? [] : [`URL:${url.replace(/[\r\n]/g, '')}`]),
    `END:${kind}`,
  ];
}

const PRIORITY = { high: '1', normal: '5', low: '9' } as const;
const EVENT_STATUS = {
  open: 'TENTATIVE',
  scheduled: 'CONFIRMED',
  completed: 'CONFIRMED',
  canceled: 'CANCELLED',
} as const;
const TODO_STATUS = {
  open: 'NEEDS-ACTION',
  scheduled: 'IN-PROCESS',
  completed: 'COMPLETED',
  canceled: 'CANCELLED',
} as const;

function eventTimes(activity: Activity, start: Time, timeZone: string): string[] {
  const end = known(activity.end);
  if (isDate(start)) {
    const after = end !== undefined && isDate(end) && end > start ? end : addDays(start, 1);
    return [`DTSTART;VALUE=DATE:${plain(start)}`, `DTEND;VALUE=DATE:${plain(after)}`];
  }
  const isLater =
    end !== undefined && toMilliseconds(end, timeZone) > toMilliseconds(start, timeZone);
  const zone = clockOf(activity);
  // What repeats keeps to a wall clock: in UTC its dates would shift with each clock change.
  const property = (name: string, time: Time): string =>
    zone === undefined
      ? `${name}:${stamp(time, timeZone)}`
      : `${name};TZID=${zone}:${wall(time, zone)}`;
  return [property('DTSTART', start), ...(isLater ? [property('DTEND', end)] : [])];
}

/** The zone to whose clock what is written as a series keeps. */
function clockOf(activity: Activity): string | undefined {
  if (ruleOf(activity) === undefined) return undefined;
  return activity.series?.zone?.replace(/[^\w/+-]/g, '');
}

/** Of a whole series: a single occurrence is an event of its own. */
function ruleOf({ series }: Activity): string | undefined {
  return series?.role === 'master' ? series.rule?.replace(/[^\w=;,:+-]/g, '') : undefined;
}

function repetition(activity: Activity, start: Time, timeZone: string): string[] {
  const rule = ruleOf(activity);
  if (rule === undefined) return [];
  const except = (activity.series?.except ?? []).filter((time) => known(time) !== undefined);
  return [
    `RRULE:${rule}`,
    ...except.map((time) =>
      isDate(start) ? `EXDATE;VALUE=DATE:${plain(time)}` : `EXDATE:${stamp(time, timeZone)}`,
    ),
  ];
}

function todoTimes(activity: Activity, type: ActivityType, timeZone: string): string[] {
  const [start, due] = [known(activity.start), known(lastOf(activity, type))];
  const property = (name: string, time: Time): string =>
    isDate(time) ? `${name};VALUE=DATE:${plain(time)}` : `${name}:${stamp(time, timeZone)}`;
  const isBefore =
    start !== undefined &&
    (due === undefined ||
      (isDate(start) === isDate(due) &&
        toMilliseconds(start, timeZone) < toMilliseconds(due, timeZone)));
  const closed = activity.state === 'completed' ? known(activity.actualEnd) : undefined;
  return [
    ...(isBefore ? [property('DTSTART', start)] : []),
    ...(due === undefined ? [] : [property('DUE', due)]),
    // Must be a moment: of a day nobody knows when.
    ...(closed !== undefined && !isDate(closed) ? [`COMPLETED:${stamp(closed, timeZone)}`] : []),
  ];
}

/** Until when it is to be done; of whole days the last one. */
function lastOf({ due, end }: Activity, { deadline }: ActivityType): Time | undefined {
  if (deadline === 'due') return due;
  return end !== undefined && isDate(end) ? addDays(end, -1) : end;
}

function known(time: Time | undefined): Time | undefined {
  return time !== undefined && timeKind(time) !== undefined ? time : undefined;
}

function plain(time: string): string {
  return time.replace(/[-:]/g, '');
}

/** `20261123T150000`, on the wall clock of a zone. */
function wall(time: Time, zone: string): string {
  const shown = new Date(wallTime(toMilliseconds(time, zone), zone));
  return plain(shown.toISOString().slice(0, 19));
}

/** `20261123T140000Z` */
function stamp(time: Time, timeZone: string): string {
  const seconds = Math.floor(toMilliseconds(time, timeZone) / 1000) * 1000;
  return plain(toInstant(seconds));
}

/** As text stands in a property. */
export function escaped(text: string): string {
  return (
    text
      .replace(/[\\;,]/g, '\\$&')
      .replace(/\r\n|\r|\n/g, '\\n')
      // Control characters have no place in it.
      .replace(/[^\P{Cc}\t]/gu, '')
  );
}

const MOST_OCTETS = 75;
const encoder = new TextEncoder();

/** Broken into lines of at most 75 octets, never within a character; each further one begins with a space. */
export function folded(line: string): string {
  let result = '';
  let octets = 0;
  for (const character of line) {
    const length = encoder.encode(character).length;
    if (octets + length > MOST_OCTETS) {
      result += '\r\n ';
      octets = 1;
    }
    result += character;
    octets += length;
  }
  return result;
}

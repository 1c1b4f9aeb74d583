import type { Activity } from '../../../model/activity.js';
import { dayOf, isDate, timeKind, toMilliseconds, wallMinutes } from '../../../model/time.js';
import type { ActivityElement } from '../../base/activity-element.js';
import { plainText } from '../cells.js';
import type { Column } from '../../base/columns.js';

/** One cell of what is exported: what it says, and for a spreadsheet what it is. */
export interface TableCell {
  readonly text: string;
  /** A date is the user's wall clock, written as if it were UTC. */
  readonly value: string | number | boolean | Date | undefined;
  readonly isDay?: boolean;
}

export interface Table {
  readonly headers: readonly string[];
  readonly rows: readonly (readonly TableCell[])[];
}

/** What the columns say of these rows, in the user's words and zone. */
export function toTable(
  host: ActivityElement,
  columns: readonly Column[],
  activities: readonly Activity[],
): Table {
  const { words } = host;
  return {
    headers: columns.map(({ label }) => words.label(label)),
    rows: activities.map((activity) =>
      columns.map((column) => toCell(host, column, activity, words.timeZone)),
    ),
  };
}

function toCell(
  host: ActivityElement,
  column: Column,
  activity: Activity,
  timeZone: string,
): TableCell {
  const value = column.text ? undefined : column.value(activity, host.typeOf(activity));
  if (column.kind.kind === 'time' && timeKind(value) !== undefined) {
    return toTimeCell(value as string, timeZone);
  }
  const text =
    activity.access === 'busy' && column.name !== 'subject'
      ? ''
      : plainText(host, column, activity);
  // Rounded, and with signs of its own between the digits, it would be another one to a program.
  if (typeof value === 'number') return { text: String(value), value };
  if (typeof value === 'boolean') return { text, value };
  return { text, value: text === '' ? undefined : text };
}

/** `2026-11-23 14:00` on the user's wall clock: what spreadsheets of any language read as a date. */
function toTimeCell(time: string, timeZone: string): TableCell {
  const day = dayOf(time, timeZone);
  if (isDate(time)) return { text: day, value: new Date(`${day}T00:00:00Z`), isDay: true };
  const minutes = wallMinutes(toMilliseconds(time, timeZone), timeZone);
  const clock = [Math.floor(minutes / 60), minutes % 60]
    .map((part) => String(part).padStart(2, '0'))
    .join(':');
  return { text: `${day} ${clock}`, value: new Date(`${day}T${clock}:00Z`) };
}

import type {
  Activity,
  ActivityState,
  Attachment,
  Party,
  Priority,
  RecordRef,
  RowGroup,
  Series,
} from '../../model/activity.js';
import type { ActivityTypes } from '../../model/activity-types.js';
import { isObject, type Json } from '../../model/json.js';
import { dayOf, toMilliseconds } from '../../model/time.js';
import { failure } from '../failure.js';
import { PARTIES, PRIORITY_CODES } from './activity-tables.js';
import type { FieldColumn, ODataDialect, StateCodes, TypeDialect } from './dialect.js';
import { readDue } from './due-dates.js';

/** A row as the service answers it; its columns are checked where they are read. */
export type WireRow = { readonly [column: string]: unknown };

export interface ReadContext {
  readonly dialect: ODataDialect;
  readonly types: ActivityTypes;
  readonly timeZone: string;
}

const FORMATTED = '@OData.Community.Display.V1.FormattedValue';
const LOGICAL_NAME = '@Microsoft.Dynamics.CRM.lookuplogicalname';

/** The rows of an answer; `server` for what is none. */
export function rowsOf(body: unknown): readonly WireRow[] {
  const rows = isObject(body) ? body['value'] : undefined;
  if (!Array.isArray(rows)) throw failure('server');
  return rows.filter(isObject);
}

export function rowOf(body: unknown): WireRow {
  if (!isObject(body)) throw failure('server');
  return body;
}

export function textOf(row: WireRow, column: string): string | undefined {
  const value = row[column];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

export function numberOf(row: WireRow, column: string): number | undefined {
  const value = row[column];
  return typeof value === 'number' ? value : undefined;
}

/** The record in a lookup. Which table it is of is told, never guessed; without a name the user may not read it. */
export function recordOf(
  row: WireRow,
  column: string,
  dialect: ODataDialect,
): RecordRef | undefined {
  const id = textOf(row, column);
  const logicalName = textOf(row, column + LOGICAL_NAME);
  if (id === undefined || logicalName === undefined) return undefined;
  const name = textOf(row, column + FORMATTED);
  return { kind: kindOf(logicalName, dialect), id, ...(name !== undefined && { name }) };
}

function kindOf(logicalName: string, dialect: ODataDialect): string {
  const found = Object.entries(dialect.kinds).find(([, kind]) => kind.logicalName === logicalName);
  return found?.[0] ?? logicalName;
}

/**
 * A row of a type's own set, or of the union, which lacks the type's columns. `loaded` names what a partial row holds;
 * undefined for a whole one.
 */
export function readActivity(
  row: WireRow,
  context: ReadContext,
  loaded: readonly RowGroup[] | undefined,
  typeName?: string,
): Activity {
  const { dialect, types } = context;
  const id = textOf(row, 'activityid');
  const type = textOf(row, 'activitytypecode') ?? typeName;
  if (id === undefined || type === undefined) throw failure('server');
  const definition = types.get(type);
  const has = (group: RowGroup): boolean => loaded === undefined || loaded.includes(group);
  const regarding = recordOf(row, '_regardingobjectid_value', dialect);
  const description = has('body') ? textOf(row, 'description') : undefined;

  return withoutBlanks({
    id,
    type,
    version: textOf(row, '@odata.etag'),
    loaded,
    subject: textOf(row, 'subject') ?? '',
    description,
    descriptionFormat:
      description === undefined ? undefined : formatOf(description, definition.body),
    priority: readPriority(row),
    fields: has('fields') ? readFields(row, dialect.types[type]?.fields ?? {}) : undefined,
    ...readState(row, dialect.types[type]?.states ?? GENERIC_STATES),
    ...readTimes(row, definition.deadline, context.timeZone),
    actualStart: readTime(row, 'actualstart'),
    actualEnd: readTime(row, 'actualend'),
    actualDuration: numberOf(row, 'actualdurationminutes'),
    ...readOutcome(row, dialect.types[type]),
    owner: recordOf(row, '_ownerid_value', dialect),
    parties: has('parties') ? readParties(row, type, dialect) : undefined,
    regarding: regarding ?? null,
    series: readSeries(row, context.timeZone),
    thread: textOf(row, 'conversationindex'),
    ...readStamps(row, dialect),
  });
}

export function readNote(row: WireRow, { dialect }: ReadContext): Activity {
  const id = textOf(row, 'annotationid');
  if (id === undefined) throw failure('server');
  const description = textOf(row, 'notetext');
  return withoutBlanks({
    id,
    type: 'note',
    version: textOf(row, '@odata.etag'),
    loaded: undefined,
    subject: textOf(row, 'subject') ?? '',
    description,
    descriptionFormat: formatOf(description ?? '', 'text'),
    attachments: readNoteFile(row),
    state: null,
    owner: recordOf(row, '_ownerid_value', dialect),
    regarding: recordOf(row, '_objectid_value', dialect) ?? null,
    ...readStamps(row, dialect),
  });
}

/** Rich texts of notes and appointments are told by nothing but themselves. */
function formatOf(text: string, usual: 'text' | 'html' | undefined): 'text' | 'html' {
  const isMarkup = /^\s*<(!doctype|html|body|div|p|span|ul|ol|table|h[1-6]|br)\b[^]*>/i.test(text);
  return isMarkup ? 'html' : (usual ?? 'text');
}

/** A note holds one file, in its own row. */
function readNoteFile(row: WireRow): readonly Attachment[] | undefined {
  const name = textOf(row, 'filename');
  const id = textOf(row, 'annotationid');
  if (name === undefined || id === undefined) return undefined;
  const mediaType = textOf(row, 'mimetype') ?? 'application/octet-stream';
  return [{ id, name, mediaType, bytes: numberOf(row, 'filesize') ?? 0 }];
}

function withoutBlanks(row: { [K in keyof Activity]: Activity[K] | undefined }): Activity {
  const filled = Object.entries(row).filter(([, value]) => value !== undefined);
  return Object.fromEntries(filled) as unknown as Activity;
}

function readStamps(row: WireRow, dialect: ODataDialect): Partial<Activity> {
  return {
    createdBy: recordOf(row, '_createdby_value', dialect),
    createdAt: readTime(row, 'createdon'),
    modifiedBy: recordOf(row, '_modifiedby_value', dialect),
    modifiedAt: readTime(row, 'modifiedon'),
  } as Partial<Activity>;
}

/** What tables of their own types number alike, and every type that nobody described. */
const GENERIC_STATES: { readonly [state in ActivityState]?: StateCodes } = {
  open: { code: 0, reasons: { open: 1 } },
  completed: { code: 1, reasons: { completed: 2 } },
  canceled: { code: 2, reasons: { canceled: 3 } },
  scheduled: { code: 3, reasons: { scheduled: 4 } },
};

function readState(
  row: WireRow,
  states: { readonly [state in ActivityState]?: StateCodes },
): Pick<Activity, 'state'> & { statusReason: string | undefined } {
  const code = numberOf(row, 'statecode');
  const found = Object.entries(states).find(([, state]) => state.code === code);
  const reason = numberOf(row, 'statuscode');
  const reasons = Object.entries(found?.[1].reasons ?? {});
  return {
    state: (found?.[0] as ActivityState | undefined) ?? 'open',
    statusReason: reasons.find(([, number]) => number === reason)?.[0],
  };
}

function readPriority(row: WireRow): Priority | undefined {
  const code = numberOf(row, 'prioritycode');
  const found = Object.entries(PRIORITY_CODES).find(([, number]) => number === code);
  return found?.[0] as Priority | undefined;
}

function readTime(row: WireRow, column: string): string | undefined {
  return textOf(row, column);
}

/** Codes of `instancetypecode`: a date of a series as the rule has it, and one that was changed by itself. */
export const INSTANCE_CODES = { occurrence: 2, exception: 3 } as const;

/** The series that one of its dates belongs to. Its rule is the master's to tell. */
function readSeries(row: WireRow, timeZone: string): Series | undefined {
  const id = textOf(row, '_seriesid_value');
  const code = numberOf(row, 'instancetypecode') ?? 0;
  if (id === undefined || code < INSTANCE_CODES.occurrence) return undefined;
  const start = readTime(row, 'originalstartdate');
  const isWhole = row['isalldayevent'] === true;
  return {
    id,
    role: code === INSTANCE_CODES.occurrence ? 'occurrence' : 'exception',
    ...(start !== undefined && { originalStart: isWhole ? wholeDay(start, timeZone) : start }),
  };
}

type Times = { readonly [name in 'start' | 'end' | 'due']: string | undefined };

function readTimes(row: WireRow, deadline: 'due' | 'end', timeZone: string): Times {
  const allDay = row['isalldayevent'] === true;
  const [start, last] = ['scheduledstart', 'scheduledend'].map((column) => {
    const time = readTime(row, column);
    return time !== undefined && allDay ? wholeDay(time, timeZone) : time;
  });
  return deadline === 'end'
    ? { start, end: last, due: undefined }
    : { start, end: undefined, due: last === undefined ? undefined : readDue(last, timeZone) };
}

/**
 * Whole days are stored as midnights in the zone of who entered them, which nobody tells. Twelve hours later it is that day
 * in every zone that is less than twelve hours away from there.
 */
function wholeDay(midnight: string, timeZone: string): string {
  return dayOf(toMilliseconds(midnight, timeZone) + 12 * 60 * 60 * 1000, timeZone);
}

/** Whether an appointment lasts whole days, and so may be one of those that its partial row can't tell apart. */
export function lastsWholeDays({ start, end }: Activity): boolean {
  if (start === undefined || end === undefined) return false;
  const hours = (Date.parse(end) - Date.parse(start)) / 3_600_000;
  // A day on which the clock changes has an hour more or less.
  return hours >= 23 && [-1, 0, 1].some((change) => (hours + change) % 24 === 0);
}

/** The same appointment, of whole days. */
export function asWholeDays(activity: Activity, timeZone: string): Activity {
  const { start, end } = activity;
  return {
    ...activity,
    ...(start !== undefined && { start: wholeDay(start, timeZone) }),
    ...(end !== undefined && { end: wholeDay(end, timeZone) }),
  };
}

function readFields(
  row: WireRow,
  columns: { readonly [field: string]: FieldColumn },
): Activity['fields'] {
  const fields: Record<string, Json> = {};
  for (const [field, { column, kind, values }] of Object.entries(columns)) {
    const value = row[column];
    const word = Object.entries(values ?? {}).find(([, written]) => written === value)?.[0];
    if (values) {
      if (word !== undefined) fields[field] = word;
    } else if (typeof value === (kind === 'time' || kind === 'text' ? 'string' : kind)) {
      fields[field] = value as Json;
    }
  }
  return Object.keys(fields).length > 0 ? fields : undefined;
}

/** Where the host's types have columns of their own for how it went. */
function readOutcome(
  row: WireRow,
  own: TypeDialect | undefined,
): { outcome: string | undefined; outcomeNote: string | undefined } {
  const columns = { ...(own?.outcome && { outcome: own.outcome }), ...(own?.outcomeNote && { outcomeNote: own.outcomeNote }) }; // prettier-ignore
  const read = readFields(row, columns);
  const [outcome, outcomeNote] = [read?.['outcome'], read?.['outcomeNote']];
  return {
    outcome: typeof outcome === 'string' ? outcome : undefined,
    outcomeNote: typeof outcomeNote === 'string' ? outcomeNote : undefined,
  };
}

function readParties(
  row: WireRow,
  type: string,
  dialect: ODataDialect,
): readonly Party[] | undefined {
  const list = row[PARTIES] ?? row[dialect.types[type]?.parties ?? ''];
  if (!Array.isArray(list)) return undefined;
  const parties = list.filter(isObject).flatMap((party): Party[] => {
    const mask = numberOf(party, 'participationtypemask');
    const role = Object.entries(dialect.roles).find(([, number]) => number === mask)?.[0];
    // Owner and regarding are parties there as well; here they are fields of their own.
    if (role === undefined) return [];
    const record = recordOf(party, '_partyid_value', dialect);
    const address = textOf(party, 'addressused');
    const name = record ? undefined : textOf(party, 'unresolvedpartyname');
    return [
      {
        role,
        ...(record && { record }),
        ...(address !== undefined && { address }),
        ...(name !== undefined && name !== address && { name }),
      },
    ];
  });
  return parties.length > 0 ? parties : undefined;
}

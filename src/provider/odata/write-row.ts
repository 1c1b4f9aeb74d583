import type { ActivityPatch, ActivityState, Party, RecordRef } from '../../model/activity.js';
import type { ActivityTypes } from '../../model/activity-types.js';
import { isObject, type Json } from '../../model/json.js';
import { plainToHtml } from '../../model/plain-text.js';
import { isDate, startOfDay, timeKind, toInstant, toMilliseconds } from '../../model/time.js';
import { failure } from '../failure.js';
import { PRIORITY_CODES } from './activity-tables.js';
import type { FieldColumn, ODataDialect, TypeDialect } from './dialect.js';
import { lastSecondOf } from './due-dates.js';
import { toGuid } from './filter.js';

export interface WriteRowContext {
  readonly dialect: ODataDialect;
  readonly types: ActivityTypes;
  readonly timeZone: string;
}

type Columns = Record<string, unknown>;

/** Fields that the service stamps, and those that another method writes. */
const NOT_WRITTEN = new Set([
  'type',
  'state',
  'statusReason',
  'descriptionFormat',
  'createdBy',
  'createdAt',
  'modifiedBy',
  'modifiedAt',
]);

export function typeDialect(
  type: string,
  { dialect }: Pick<WriteRowContext, 'dialect'>,
): TypeDialect {
  const found = dialect.types[type];
  if (!found)
    throw failure('unsupported', `This data source can't write activities of type ${type}.`);
  return found;
}

/**
 * The columns of a patch for a row of a type. `regardingBefore`: the kind that the row was regarding, by whose name the lookup
 * is cleared.
 */
export function toColumns(
  type: string,
  patch: ActivityPatch,
  context: WriteRowContext,
  regardingBefore?: string,
): Columns {
  const own = typeDialect(type, context);
  const columns: Columns = {};
  for (const [field, value] of Object.entries(patch) as [keyof ActivityPatch, unknown][]) {
    if (value === undefined || NOT_WRITTEN.has(field)) continue;
    const { descriptionFormat: format } = patch;
    Object.assign(columns, toColumn(type, own, field, value, context, regardingBefore, format));
  }
  return withAllDay(type, patch, columns, context);
}

function toColumn(
  type: string,
  own: TypeDialect,
  field: keyof ActivityPatch,
  value: unknown,
  context: WriteRowContext,
  regardingBefore: string | undefined,
  format: ActivityPatch['descriptionFormat'],
): Columns {
  const { timeZone, types } = context;
  const end = types.get(type).deadline;
  switch (field) {
    case 'subject':
      return { subject: value };
    case 'description':
      return { description: toBody(value, format, types.get(type).body) };
    case 'outcome':
    case 'outcomeNote': {
      const column = own[field];
      if (!column) return unwritable(field, value);
      return toFields({ [field]: column }, { [field]: (value ?? null) as Json });
    }
    case 'priority':
      return { prioritycode: PRIORITY_CODES[(value ?? 'normal') as keyof typeof PRIORITY_CODES] };
    case 'start':
      return { scheduledstart: toTime(value, timeZone) };
    case 'end':
      return end === 'end' ? { scheduledend: toTime(value, timeZone) } : unwritable(field, value);
    case 'due':
      return end === 'due' ? { scheduledend: toDue(value, timeZone) } : unwritable(field, value);
    case 'actualStart':
      return { actualstart: toTime(value, timeZone) };
    case 'actualEnd':
      return { actualend: toTime(value, timeZone) };
    case 'actualDuration':
      return { actualdurationminutes: value };
    case 'owner':
      return isObject(value)
        ? { 'ownerid@odata.bind': pathTo(value as unknown as RecordRef, context) }
        : unwritable(field, value);
    case 'regarding':
      return toRegarding(type, value as RecordRef | null, context, regardingBefore);
    case 'parties':
      return toParties(own, (value ?? []) as readonly Party[], context);
    case 'fields':
      return toFields(own.fields, (value ?? {}) as { readonly [name: string]: Json });
    default:
      return unwritable(field, value);
  }
}

/** What has no column here must not get lost in silence; what is empty can't. */
function unwritable(field: string, value: unknown): Columns {
  if (value === null || value === '' || (Array.isArray(value) && value.length === 0)) return {};
  throw failure('unsupported', `This data source has no place for ${field}.`, {
    fields: { [field]: '' },
  });
}

/** A type whose bodies are HTML is given plain text as such, else its lines would run together. */
function toBody(
  value: unknown,
  format: ActivityPatch['descriptionFormat'],
  usual: 'text' | 'html' | undefined,
): unknown {
  if (typeof value !== 'string' || usual !== 'html' || format !== 'text') return value;
  return plainToHtml(value);
}

function toTime(value: unknown, timeZone: string): string | null {
  if (value === null) return null;
  if (typeof value !== 'string' || !timeKind(value)) throw failure('validation');
  return toInstant(toMilliseconds(value, timeZone));
}

/** A date without a time is kept as that day's last second: until then it is not late. */
function toDue(value: unknown, timeZone: string): string | null {
  if (typeof value !== 'string' || !timeKind(value) || !isDate(value))
    return toTime(value, timeZone);
  return lastSecondOf(value, timeZone);
}

/** Whole days are midnights and a mark. */
function withAllDay(
  type: string,
  patch: ActivityPatch,
  columns: Columns,
  { types, timeZone }: WriteRowContext,
): Columns {
  if (types.get(type).deadline !== 'end' || typeof patch.start !== 'string') return columns;
  if (!isDate(patch.start)) return { ...columns, isalldayevent: false };
  return {
    ...columns,
    isalldayevent: true,
    scheduledstart: toInstant(startOfDay(patch.start, timeZone)),
  };
}

/** The navigation property of a lookup names the kind it holds, and the type it is on. */
function toRegarding(
  type: string,
  value: RecordRef | null,
  context: WriteRowContext,
  before: string | undefined,
): Columns {
  const name = (kind: string): string =>
    `regardingobjectid_${kindDialect(kind, context).logicalName}_${type}@odata.bind`;
  if (value) return { [name(value.kind)]: pathTo(value, context) };
  return before === undefined ? {} : { [name(before)]: null };
}

export function pathTo(ref: RecordRef, context: WriteRowContext): string {
  const id = toGuid(ref.id);
  if (id === undefined) throw failure('validation');
  return `/${kindDialect(ref.kind, context).set}(${id})`;
}

function kindDialect(kind: string, { dialect }: WriteRowContext): ODataDialect['kinds'][string] {
  const found = dialect.kinds[kind];
  if (!found) throw failure('unsupported', `This data source knows no ${kind}.`);
  return found;
}

/** The list replaces the one before, so it is always sent whole. */
function toParties(own: TypeDialect, parties: readonly Party[], context: WriteRowContext): Columns {
  if (own.parties === undefined) return unwritable('parties', parties);
  return {
    [own.parties]: parties.map(({ role, record, address }) => {
      const participationtypemask = context.dialect.roles[role];
      if (participationtypemask === undefined) return unwritable('parties', role);
      if (!record) return { participationtypemask, addressused: address };
      const { logicalName } = kindDialect(record.kind, context);
      return {
        participationtypemask,
        [`partyid_${logicalName}@odata.bind`]: pathTo(record, context),
        ...(address !== undefined && { addressused: address }),
      };
    }),
  };
}

function toFields(
  columns: { readonly [field: string]: FieldColumn },
  fields: { readonly [name: string]: Json },
): Columns {
  return Object.assign(
    {},
    ...Object.entries(fields).map(([name, value]): Columns => {
      const known = columns[name];
      if (!known) return unwritable(`fields.${name}`, value);
      if (value === null || !known.values) return { [known.column]: value };
      return { [known.column]: known.values[String(value)] };
    }),
  ) as Columns;
}

/** Numbers of a state and one of its reasons. */
export function toStateColumns(
  type: string,
  state: ActivityState,
  reason: string | undefined,
  context: WriteRowContext,
): { readonly statecode: number; readonly statuscode: number } {
  const codes = typeDialect(type, context).states[state];
  const name = reason ?? context.types.get(type).states[state]?.default ?? '';
  const statuscode = codes?.reasons[name];
  if (!codes || statuscode === undefined) throw failure('transition-refused');
  return { statecode: codes.code, statuscode };
}

/** The columns of a note. */
export function toNoteColumns(patch: ActivityPatch, context: WriteRowContext): Columns {
  const columns: Columns = {};
  for (const [field, value] of Object.entries(patch)) {
    if (value === undefined || NOT_WRITTEN.has(field)) continue;
    switch (field) {
      case 'subject':
        columns['subject'] = value;
        break;
      case 'description':
        columns['notetext'] = value;
        break;
      case 'priority':
        break;
      case 'owner':
        columns['ownerid@odata.bind'] = pathTo(value as RecordRef, context);
        break;
      case 'regarding':
        if (!value) break;
        columns[
          `objectid_${kindDialect((value as RecordRef).kind, context).logicalName}@odata.bind`
        ] = pathTo(value as RecordRef, context);
        break;
      default:
        Object.assign(columns, unwritable(field, value));
    }
  }
  return columns;
}

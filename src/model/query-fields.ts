import {
  ACTIVITY_STATES,
  PRIORITIES,
  type Activity,
  type RecordRef,
  type RowGroup,
} from './activity.js';
import type { FieldDefinition } from './activity-type.js';
import type { ActivityTypes } from './activity-types.js';
import { isObject } from './json.js';
import type { FilterOperator } from './query.js';

/**
 * How a field is compared. text: by its letters, without regard to case. word: a name or an id, as it is. rank: one of a few
 * words in their own order. list: only whether there is anything in it.
 */
export type QueryFieldKind =
  | 'text'
  | 'word'
  | 'rank'
  | 'number'
  | 'boolean'
  | 'time'
  | 'record'
  | 'list';

/** What a question may ask of a field. */
export interface QueryField {
  readonly kind: QueryFieldKind;
  /** The part of the row it stands in, which a list answer may leave out. */
  readonly group?: RowGroup;
  /** For `rank`: its words, from the first to the last. */
  readonly ranks?: readonly string[];
  /** It may hold several values: nothing can be sorted by it. */
  readonly many?: boolean;
  /** The value in a row, or the values; undefined or null where it is blank. Left out: what stands under the field's name. */
  readonly read?: (row: Activity) => unknown;
}

const ORDERED: readonly FilterOperator[] = ['eq', 'in', 'lt', 'le', 'gt', 'ge', 'empty'];
const NAMED: readonly FilterOperator[] = ['eq', 'in', 'empty'];

export const OPERATORS: { readonly [kind in QueryFieldKind]: readonly FilterOperator[] } = {
  text: [...ORDERED, 'contains'],
  word: NAMED,
  rank: ORDERED,
  number: ORDERED,
  boolean: NAMED,
  time: [...ORDERED, 'within'],
  record: NAMED,
  list: ['empty'],
};

const TIME: QueryField = { kind: 'time' };
const TEXT: QueryField = { kind: 'text' };
const WORD: QueryField = { kind: 'word' };
const RECORD: QueryField = { kind: 'record' };

const FIELDS: ReadonlyMap<string, QueryField> = new Map<string, QueryField>(
  Object.entries({
    id: WORD,
    type: WORD,
    subject: TEXT,
    description: { kind: 'text', group: 'body' },
    priority: { kind: 'rank', ranks: PRIORITIES, read: (row) => row.priority ?? 'normal' },
    state: { kind: 'rank', ranks: ACTIVITY_STATES },
    statusReason: WORD,
    outcome: WORD,
    outcomeNote: TEXT,
    start: TIME,
    end: TIME,
    due: TIME,
    deadline: TIME,
    place: TIME,
    actualStart: TIME,
    actualEnd: TIME,
    actualDuration: { kind: 'number' },
    series: { kind: 'word', read: (row) => row.series?.id },
    'series.role': { kind: 'word', read: (row) => row.series?.role },
    thread: WORD,
    owner: RECORD,
    'owner.kind': { kind: 'word', read: (row) => row.owner?.kind },
    'owner.name': { kind: 'text', read: (row) => row.owner?.name },
    regarding: RECORD,
    'regarding.kind': { kind: 'word', read: (row) => row.regarding?.kind },
    'regarding.name': { kind: 'text', read: (row) => row.regarding?.name },
    createdBy: RECORD,
    createdAt: TIME,
    modifiedBy: RECORD,
    modifiedAt: TIME,
    parties: {
      kind: 'record',
      group: 'parties',
      many: true,
      read: (row) => row.parties?.flatMap(({ record }) => record ?? []),
    },
    attachments: { kind: 'list', group: 'attachments', many: true },
  } satisfies { readonly [name: string]: QueryField }),
);

const KIND_OF: { readonly [kind in FieldDefinition['kind']]: QueryFieldKind } = {
  text: 'text',
  longtext: 'text',
  html: 'text',
  phone: 'text',
  url: 'text',
  number: 'number',
  duration: 'number',
  boolean: 'boolean',
  choice: 'word',
  time: 'time',
  record: 'record',
};

/** The fields that a question may name whatever the types are. Beside them: `parties.ROLE`, and `fields.x` of the types. */
export const COMMON_FIELDS: readonly string[] = [...FIELDS.keys()];

const own = new WeakMap<ActivityTypes, Map<string, QueryField | undefined>>();

/** What a question may ask of a field; undefined where there is no such field. */
export function queryField(name: string, types: ActivityTypes): QueryField | undefined {
  const common = FIELDS.get(name);
  if (common) return common;
  let known = own.get(types);
  if (!known) own.set(types, (known = new Map()));
  if (!known.has(name)) known.set(name, ownField(name, types));
  return known.get(name);
}

/** `parties.ROLE`, whatever the role is; `fields.x`, if some type has it. Where types differ about its kind, the first one says. */
function ownField(path: string, types: ActivityTypes): QueryField | undefined {
  const dot = path.indexOf('.');
  const [head, name] = [path.slice(0, Math.max(0, dot)), path.slice(dot + 1)];
  if (name === '') return undefined;
  if (head === 'parties') {
    return {
      kind: 'record',
      group: 'parties',
      many: true,
      read: (row) =>
        row.parties?.flatMap(({ role, record }) => (role === name && record ? [record] : [])),
    };
  }
  if (head !== 'fields') return undefined;
  for (const type of types) {
    const definition = type.fields.find((field) => field.name === name);
    if (!definition) continue;
    return {
      kind: KIND_OF[definition.kind],
      group: 'fields',
      read: (row) => (row.fields && Object.hasOwn(row.fields, name) ? row.fields[name] : undefined),
    };
  }
  return undefined;
}

export function isLoaded(row: Activity, { group }: QueryField): boolean {
  return group === undefined || row.loaded === undefined || row.loaded.includes(group);
}

/** What stands in a row under a field, as it is: a value, a list of them, or nothing. */
export function rawValue(row: Activity, name: string, field: QueryField): unknown {
  return field.read ? field.read(row) : row[name as keyof Activity];
}

/** What stands in a row under a field: one value or several, none where it is blank. */
export function rawValues(row: Activity, name: string, field: QueryField): readonly unknown[] {
  const raw = rawValue(row, name, field);
  if (raw === undefined || raw === null || raw === '') return [];
  return Array.isArray(raw) ? (raw as readonly unknown[]) : [raw];
}

export function isRecord(value: unknown): value is RecordRef {
  return isObject(value) && typeof value['id'] === 'string' && typeof value['kind'] === 'string';
}

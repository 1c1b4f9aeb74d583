import {
  isClosed,
  type Activity,
  type ActivityDraft,
  type ActivityPatch,
  type ActivityState,
} from '../../model/activity.js';
import type { ActivityType } from '../../model/activity-type.js';
import { ActivityTypes, initialState } from '../../model/activity-types.js';
import { isObject, type Json } from '../../model/json.js';
import type { ActivityQuery, CountGroup, Sort, Total } from '../../model/query.js';
import { resolveFilter } from '../../model/relative-time.js';
import { isDate, timeKind, toInstant, toMilliseconds } from '../../model/time.js';
import type { RecordRef } from '../../model/activity.js';
import type { Capabilities } from '../capabilities.js';
import { actOf } from '../may.js';
import { failure, toFailure } from '../failure.js';
import type { HttpOptions } from '../http.js';
import type {
  ActivityDataProvider,
  ActivityPage,
  CallOptions,
  Session,
  TransitionTarget,
  WriteOptions,
} from '../provider.js';
import type { EntityMapping, KeyKind, RecordColumns, WordColumn } from './entity-mapping.js';
import {
  and,
  contains,
  or,
  quote,
  toExpression,
  toGuid,
  type Expression,
  type FieldColumns,
  type FieldTable,
  type FilterContext,
} from './filter.js';
import { createODataHttp, createSend } from './http.js';
import { queryString } from './query-string.js';
import { numberOf, rowOf, textOf, type WireRow } from './read-row.js';
import { fetchPage, totalOf } from './service.js';

export interface ODataEntityProviderOptions extends HttpOptions {
  readonly mapping: EntityMapping;
  /** Under which journal, drafts and preferences are kept. Default: the address. */
  readonly name?: string;
  readonly types?: readonly ActivityType[];
  /** Who works here; left out, questions for `me` are refused. */
  readonly user?: RecordRef;
  /** Who is in the user's team; left out: nobody knows. */
  readonly team?: readonly RecordRef[];
}

type Methods =
  | 'name'
  | 'query'
  | 'capabilities'
  | 'session'
  | 'get'
  | 'count'
  | 'create'
  | 'update'
  | 'transition'
  | 'remove';

export type ODataEntityProvider = Required<Pick<ActivityDataProvider, Methods>>;

/** What Dataverse means by these codes means nothing elsewhere. */
const NO_CODES = { duplicate: [], transitionRefused: [], tooLarge: [] };

const PAGE_SIZE = 1000;

/**
 * A provider over one entity set of any OData v4 service, by a mapping of the kit's fields to its columns: standard `$filter`,
 * `$orderby`, `$count`, `@odata.nextLink`, ETags; nothing of Dataverse. History with roll-up, parties and files it has none.
 */
export function createODataEntityProvider(
  options: ODataEntityProviderOptions,
): ODataEntityProvider {
  const { mapping } = options;
  const send = createSend(createODataHttp(options, NO_CODES));
  const types = new ActivityTypes(options.types);
  const table = toTable(mapping);

  const contextOf = ({ timeZone }: CallOptions): FilterContext => ({
    timeZone,
    user: options.user?.id,
    team: options.team?.map(({ id }) => id),
  });

  const expressionOf = (question: ActivityQuery, call: CallOptions): Expression => {
    const { filter, search, record } = question;
    if (question.range) throw failure('unsupported');
    if (record && (record.rollup !== 'none' || record.parties)) throw failure('unsupported');
    const resolved = filter && resolveFilter(filter, { timeZone: call.timeZone }, types);
    const text = search?.trim();
    const searched = [mapping.subject, mapping.description].flatMap((column) => column ?? []);
    return and(
      mapping.always ?? true,
      resolved ? toExpression(resolved, table, contextOf(call)) : true,
      text ? or(...searched.map((column) => contains(column, text))) : true,
      record
        ? toExpression(
            { field: 'regarding', op: 'eq', value: record.ref.id },
            table,
            contextOf(call),
          )
        : true,
    );
  };

  const read = (row: WireRow): Activity => readRow(row, mapping, types);
  const path = (id: string): string => `${mapping.set}(${toKey(id, mapping.id.key)})`;
  const expand = expandOf(mapping);

  async function get(id: string, call: CallOptions): Promise<Activity> {
    return read(rowOf(await send(path(id) + queryString({ $expand: expand }), call)));
  }

  async function patch(id: string, columns: WireRow, write: WriteOptions): Promise<Activity> {
    try {
      await send(path(id), write, {
        method: 'PATCH',
        body: columns,
        ifMatch: write.version ?? '*',
      });
    } catch (thrown) {
      if (toFailure(thrown).code !== 'conflict') throw thrown;
      throw failure('conflict', '', { row: await get(id, write) });
    }
    return get(id, write);
  }

  return {
    name: options.name ?? options.url,

    async query(question, call): Promise<ActivityPage> {
      const { size = PAGE_SIZE, at } = question.page ?? {};
      if (at && !('next' in at)) throw failure('unsupported');
      const filter = expressionOf(question, call);
      if (filter === false) return { rows: [], total: { value: 0, relation: 'exact' } };
      const first = queryString({
        $filter: typeof filter === 'string' ? filter : undefined,
        $orderby: orderBy(question.sort ?? [], mapping),
        $expand: expand,
        $count: true,
      });
      const page = await fetchPage(send, at?.next ?? mapping.set + first, size, call);
      const { record } = question;
      const via = record && { via: [{ by: 'regarding' as const, record: record.ref }] };
      return {
        rows: page.values.map((row) => ({ ...read(row), ...via })),
        ...(page.next !== undefined && { next: page.next }),
        ...(page.total && { total: page.total }),
      };
    },

    capabilities: () => Promise.resolve(capabilitiesOf(mapping, table)),

    session: (): Promise<Session> =>
      Promise.resolve({
        ...(options.user && { user: options.user }),
        team: options.team ?? 'unknown',
        ...(options.types && { types: options.types }),
      }),

    get,

    count: (question, groups: readonly CountGroup[], call) =>
      Promise.all(
        groups.map(async ({ filter }): Promise<Total> => {
          const all = question.filter ? { all: [question.filter, filter] } : filter;
          const expression = expressionOf({ ...question, filter: all }, call);
          if (expression === false) return { value: 0, relation: 'exact' };
          const asked = queryString({
            $filter: typeof expression === 'string' ? expression : undefined,
            $select: mapping.id.column,
            $count: true,
            $top: 1,
          });
          const total = totalOf(await send(mapping.set + asked, call));
          if (!total) throw failure('server');
          return total;
        }),
      ),

    async create(id, draft: ActivityDraft, write) {
      const state = draft.state === undefined ? initialState(types.get(draft.type)) : draft.state;
      const logged = { ...draft, ...(state !== null && reasonOf(draft.type, state, draft.statusReason, types)) }; // prettier-ignore
      const body = {
        ...mapping.initially,
        [mapping.id.column]: id,
        ...toColumns({ ...logged, state }, mapping, write, { isNew: true }),
      };
      const answer = await send(mapping.set, write, {
        method: 'POST',
        body,
        prefer: ['return=representation'],
      });
      const made = isObject(answer) ? String(answer[mapping.id.column] ?? id) : id;
      return get(made, write);
    },

    async update(id, changes: ActivityPatch, write) {
      const before = await get(id, write);
      if (isClosed(before) && actOf(changes) === 'edit') throw failure('transition-refused');
      return patch(id, toColumns(changes, mapping, write), write);
    },

    async transition(id, to: TransitionTarget, write) {
      const before = await get(id, write);
      const reason = reasonOf(before.type, to.state, to.reason, types);
      const changes = { ...to.patch, state: to.state, ...reason };
      return patch(id, toColumns(changes, mapping, write), write);
    },

    async remove(id, write) {
      try {
        await send(path(id), write, { method: 'DELETE', ifMatch: write.version ?? '*' });
      } catch (thrown) {
        if (toFailure(thrown).code !== 'conflict') throw thrown;
        throw failure('conflict', '', { row: await get(id, write) });
      }
    },
  };
}

function reasonOf(
  type: string,
  state: ActivityState,
  reason: string | undefined,
  types: ActivityTypes,
): { readonly statusReason?: string } {
  const definition = types.get(type).states[state];
  if (!definition) throw failure('transition-refused');
  return { statusReason: reason ?? definition.default };
}

function toKey(id: string, key: KeyKind): string {
  if (key === 'text') return encodeURIComponent(quote(id));
  const guid = toGuid(id);
  if (guid === undefined) throw failure('not-found');
  return guid;
}

type Times = NonNullable<EntityMapping['times']>;

function toTable(mapping: EntityMapping): FieldTable {
  const { id, type, times = {}, records = {}, fields = {} } = mapping;
  const table: Record<string, FieldColumns> = {
    id: keyColumn(id.column, id.key),
    type: 'is' in type ? { kind: 'constant', value: type.is } : wordColumn(type),
    subject: { kind: 'text', column: mapping.subject },
    state: wordColumn(mapping.state),
  };
  if (mapping.description) table['description'] = { kind: 'text', column: mapping.description };
  if (mapping.outcomeNote) table['outcomeNote'] = { kind: 'text', column: mapping.outcomeNote };
  if (mapping.actualDuration) {
    table['actualDuration'] = { kind: 'number', column: mapping.actualDuration };
  }
  for (const field of ['statusReason', 'priority', 'outcome'] as const) {
    const word = mapping[field];
    if (word) table[field] = wordColumn(word);
  }
  for (const [field, time] of Object.entries(times) as [string, Times[keyof Times]][]) {
    // A date has no time that an instant could be compared with.
    if (time?.is === 'instant') table[field] = { kind: 'time', column: time.column };
  }
  for (const [field, record] of Object.entries(records) as [string, RecordColumns | undefined][]) {
    if (!record) continue;
    table[field] = keyColumn(record.id, record.key ?? id.key);
    if (field === 'regarding' && 'column' in record.kind) {
      table['regarding.kind'] = { kind: 'text', column: record.kind.column };
    }
  }
  for (const [name, column] of Object.entries(fields)) {
    table[`fields.${name}`] = { kind: 'text', column };
  }
  return table;
}

function keyColumn(column: string, key: KeyKind): FieldColumns {
  return key === 'guid' ? { kind: 'record', column } : { kind: 'key', column };
}

function wordColumn({ column, values }: WordColumn): FieldColumns {
  return values ? { kind: 'choice', column, codes: values } : { kind: 'text', column };
}

/** By the columns alone: where blanks stand is the service's matter. */
function orderBy(sort: readonly Sort[], mapping: EntityMapping): string {
  const columns = sort.map(({ field, direction }) => {
    const column = sortColumns(mapping)[field];
    if (column === undefined) {
      throw failure('unsupported', `This data source can't sort by ${field}.`);
    }
    return `${column} ${direction}`;
  });
  return [...columns, `${mapping.id.column} asc`].join(',');
}

function sortColumns(mapping: EntityMapping): { readonly [field: string]: string | undefined } {
  const times = Object.entries(mapping.times ?? {}).map(([field, time]) => [field, time.column]);
  return {
    subject: mapping.subject,
    state: mapping.state.column,
    type: 'is' in mapping.type ? undefined : mapping.type.column,
    priority: mapping.priority?.column,
    owner: mapping.records?.owner?.name,
    regarding: mapping.records?.regarding?.name,
    ...(Object.fromEntries(times) as Record<string, string>),
    deadline: mapping.times?.due?.column,
  };
}

function capabilitiesOf(mapping: EntityMapping, table: FieldTable): Capabilities {
  const sort = Object.entries(sortColumns(mapping)).flatMap(([field, column]) =>
    column === undefined ? [] : [field],
  );
  const isTexts = ['subject', 'description', 'outcomeNote'];
  return {
    query: {
      filter: Object.keys(table),
      sort,
      search: true,
      record: mapping.records?.regarding ? ['none'] : [],
      totals: 'exact',
      exact: Object.keys(table).filter((field) => !isTexts.includes(field)),
      // How texts are collated, and where blanks stand, is the service's own.
      exactSort: ['createdAt', 'modifiedAt'].filter((field) => sort.includes(field)),
    },
    undo: 'hold',
    idempotent: false,
  };
}

/** Navigation properties on the way to names. */
function expandOf({ records = {} }: EntityMapping): string | undefined {
  const ways = Object.values(records).flatMap((record) => {
    const [way, name] = record.name?.split('/') ?? [];
    return way !== undefined && name !== undefined ? [`${way}($select=${name})`] : [];
  });
  return ways.length > 0 ? [...new Set(ways)].join(',') : undefined;
}

function readRow(row: WireRow, mapping: EntityMapping, types: ActivityTypes): Activity {
  const id = row[mapping.id.column];
  const type = 'is' in mapping.type ? mapping.type.is : readWord(row, mapping.type);
  if ((typeof id !== 'string' && typeof id !== 'number') || type === undefined) {
    throw failure('server');
  }
  const description = mapping.description && textOf(row, mapping.description);
  const states = Object.keys(types.get(type).states);
  const optional = {
    version: textOf(row, '@odata.etag'),
    description,
    descriptionFormat: description ? types.get(type).body : undefined,
    priority: mapping.priority && readWord(row, mapping.priority),
    statusReason: mapping.statusReason && readWord(row, mapping.statusReason),
    outcome: mapping.outcome && readWord(row, mapping.outcome),
    outcomeNote: mapping.outcomeNote && textOf(row, mapping.outcomeNote),
    actualDuration: mapping.actualDuration && numberOf(row, mapping.actualDuration),
    ...readTimes(row, mapping.times ?? {}),
    ...readRecords(row, mapping.records ?? {}),
    fields: readFields(row, mapping.fields ?? {}),
  };
  return {
    id: String(id),
    type,
    subject: textOf(row, mapping.subject) ?? '',
    state: states.length === 0 ? null : ((readWord(row, mapping.state) ?? 'open') as ActivityState),
    ...(Object.fromEntries(
      Object.entries(optional).filter(([, value]) => value !== undefined && value !== ''),
    ) as Partial<Activity>),
  };
}

function readWord(row: WireRow, { column, values }: WordColumn): string | undefined {
  const found = row[column];
  if (!values) return typeof found === 'string' && found !== '' ? found : undefined;
  return Object.entries(values).find(([, value]) => value === found)?.[0];
}

function readTimes(row: WireRow, times: Times): { readonly [field: string]: string | undefined } {
  return Object.fromEntries(
    Object.entries(times).map(([field, { column, is }]) => {
      const time = textOf(row, column);
      const isTime = timeKind(time) !== undefined;
      return [field, isTime ? (is === 'date' ? time?.slice(0, 10) : time) : undefined];
    }),
  );
}

function readRecords(
  row: WireRow,
  records: NonNullable<EntityMapping['records']>,
): { readonly [field: string]: RecordRef | null | undefined } {
  return Object.fromEntries(
    Object.entries(records).map(([field, { id, name, kind }]) => {
      const found = row[id];
      const isThere = typeof found === 'string' || typeof found === 'number';
      if (!isThere) return [field, field === 'regarding' ? null : undefined];
      const label = name && nameOf(row, name);
      const record: RecordRef = {
        kind: 'is' in kind ? kind.is : (textOf(row, kind.column) ?? 'record'),
        id: String(found),
        ...(label && { name: label }),
      };
      return [field, record];
    }),
  );
}

function nameOf(row: WireRow, path: string): string | undefined {
  const [way = '', name] = path.split('/');
  if (name === undefined) return textOf(row, way);
  const other = row[way];
  return isObject(other) ? textOf(other, name) : undefined;
}

function readFields(
  row: WireRow,
  columns: { readonly [name: string]: string },
): Activity['fields'] {
  const found = Object.entries(columns).flatMap(([name, column]): [string, Json][] => {
    const value = row[column];
    return value === null || value === undefined ? [] : [[name, value as Json]];
  });
  return found.length > 0 ? Object.fromEntries(found) : undefined;
}

const STAMPED = new Set([
  'createdAt',
  'modifiedAt',
  'createdBy',
  'modifiedBy',
  'descriptionFormat',
]);

/** What a patch writes. What has no column must not get lost in silence; what is empty can't. */
function toColumns(
  patch: ActivityPatch,
  mapping: EntityMapping,
  { timeZone }: CallOptions,
  { isNew = false } = {},
): Record<string, unknown> {
  const columns: Record<string, unknown> = {};
  const { times = {}, records = {} } = mapping;
  for (const [field, value] of Object.entries(patch) as [keyof ActivityPatch, unknown][]) {
    if (value === undefined || STAMPED.has(field)) continue;
    const time = times[field as keyof Times];
    const record = records[field as keyof typeof records];
    if (field === 'type') {
      if (isNew && !('is' in mapping.type)) columns[mapping.type.column] = toWord(mapping.type, value); // prettier-ignore
    } else if (field === 'subject') columns[mapping.subject] = value;
    else if (field === 'state') columns[mapping.state.column] = toWord(mapping.state, value);
    else if (isWord(field) && mapping[field]) {
      const word = mapping[field];
      columns[word.column] = value === null ? null : toWord(word, value);
    } else if (isPlain(field) && mapping[field] !== undefined) columns[mapping[field]] = value;
    else if (time) columns[time.column] = toTime(value, time.is, timeZone);
    else if (record) {
      columns[record.id] = isObject(value) ? value['id'] : null;
      if ('column' in record.kind) columns[record.kind.column] = isObject(value) ? value['kind'] : null; // prettier-ignore
    } else if (field === 'fields' && isObject(value)) {
      for (const [name, one] of Object.entries(value)) {
        const column = mapping.fields?.[name];
        if (column !== undefined) columns[column] = one;
        else refuse(`fields.${name}`, one);
      }
    } else if (field !== 'statusReason') refuse(field, value);
  }
  return columns;
}

function isWord(field: string): field is 'statusReason' | 'priority' | 'outcome' {
  return ['statusReason', 'priority', 'outcome'].includes(field);
}

function isPlain(field: string): field is 'description' | 'outcomeNote' | 'actualDuration' {
  return ['description', 'outcomeNote', 'actualDuration'].includes(field);
}

function toWord({ values }: WordColumn, word: unknown): unknown {
  if (!values) return word;
  const value = values[String(word)];
  if (value === undefined) throw failure('transition-refused');
  return value;
}

function toTime(value: unknown, is: 'instant' | 'date', timeZone: string): string | null {
  if (value === null) return null;
  if (typeof value !== 'string' || !timeKind(value)) throw failure('validation');
  if (is === 'date') return isDate(value) ? value : refuse('due', value);
  if (isDate(value)) return refuse('due', value);
  return toInstant(toMilliseconds(value, timeZone));
}

function refuse(field: string, value: unknown): never | null {
  const isEmpty = value === null || value === '' || (Array.isArray(value) && value.length === 0);
  if (isEmpty) return null;
  throw failure('unsupported', `This data source has no place for ${field}.`, {
    fields: { [field]: '' },
  });
}

import { sameRecord, type Activity, type RowGroup, type Via } from '../../model/activity.js';
import { compareBy, comparePlaces, placeOf, type EvaluationContext } from '../../model/evaluate.js';
import { isObject } from '../../model/json.js';
import { fieldsOf, type ActivityQuery, type PagePosition, type Place } from '../../model/query.js';
import { failure, toFailure } from '../failure.js';
import type { ActivityPage, CallOptions, WriteOptions } from '../provider.js';
import { PARTIES, questionExpression } from './activity-tables.js';
import { and, or, toGuid, type Expression, type FilterContext } from './filter.js';
import { readMerged, type Source } from './merged-pages.js';
import { fromPlace, portionsOf, reversed } from './order.js';
import { queryString } from './query-string.js';
import {
  asWholeDays,
  lastsWholeDays,
  readActivity,
  readNote,
  rowOf,
  rowsOf,
  textOf,
  type ReadContext,
  type WireRow,
} from './read-row.js';
import { canRepeat, type ODataDialect } from './dialect.js';
import { fetchMaster, masterTypeOf, readMaster } from './series-master.js';
import { fetchPage, type Service } from './service.js';

/** Rows in one answer of the service, at most. */
export const MAX_PAGE = 5000;

/** What every type has. */
const POINTER_COLUMNS = [
  'activityid',
  'activitytypecode',
  'subject',
  'statecode',
  'statuscode',
  'prioritycode',
  'scheduledstart',
  'scheduledend',
  'actualstart',
  'actualend',
  'actualdurationminutes',
  'createdon',
  'modifiedon',
  '_regardingobjectid_value',
  '_ownerid_value',
  '_createdby_value',
  '_modifiedby_value',
];
/** Which series a date belongs to; when it was meant to be, only its own set tells. */
const SERIES_COLUMNS = ['_seriesid_value', 'instancetypecode'];
const NOTE_COLUMNS = [
  'annotationid',
  'subject',
  'notetext',
  'createdon',
  'modifiedon',
  '_objectid_value',
  '_ownerid_value',
  '_createdby_value',
  '_modifiedby_value',
  'filename',
  'mimetype',
  'filesize',
];

/** A page of what answers a question: activities and, where they can be meant, notes, in one order. */
export async function readPage(
  question: ActivityQuery,
  call: CallOptions,
  context: FilterContext,
  service: Service,
): Promise<ActivityPage> {
  const { pointers } = service;
  const unsortable = question.sort?.find(({ field }) => !pointers.sort[field]);
  if (unsortable) {
    throw failure('unsupported', `This data source can't sort by ${unsortable.field}.`);
  }
  const { size = MAX_PAGE, at } = question.page ?? {};
  const reading: Reading = { question, size: Math.min(size, MAX_PAGE), call, context, service };
  const page = await readAt(reading, at);
  for (const row of page.rows) service.seen.take(row);
  const { record } = question;
  return record ? { ...page, rows: page.rows.map((row) => withVia(row, record)) } : page;
}

/** What is read of which question. */
interface Reading {
  readonly question: ActivityQuery;
  readonly size: number;
  readonly call: CallOptions;
  readonly context: FilterContext;
  readonly service: Service;
}

function readAt(reading: Reading, at: PagePosition | undefined): Promise<ActivityPage> {
  if (!at) return readFrom(reading, undefined);
  if ('after' in at) return readBehind(reading, at.after);
  if ('before' in at) return readBefore(reading, at.before);
  if ('around' in at) return readAround(reading, at.around);
  // There is no way to leave out a number of rows.
  if ('offset' in at) throw failure('unsupported');
  const place = toPlace(at.next);
  return place ? readBehind(reading, place) : readFrom(reading, at.next);
}

async function readFrom(reading: Reading, cursor: string | undefined): Promise<ActivityPage> {
  const sources = sourcesOf(reading);
  if (sources.length === 0) return { rows: [], total: { value: 0, relation: 'exact' } };
  return readMerged(sources, {
    size: reading.size,
    compare: compareBy(reading.question.sort ?? [], evaluationOf(reading)),
    ...(cursor !== undefined && { cursor }),
  });
}

/** From a place on, which is that of a row: with that row, or behind it. */
async function readBehind(
  reading: Reading,
  place: Place,
  { isIncluded = false, isBackward = false } = {},
): Promise<ActivityPage> {
  const { question, size } = reading;
  const sort = question.sort ?? [];
  const evaluation = evaluationOf(reading);
  const compare = compareBy(isBackward ? reversed(sort) : sort, evaluation);
  const { next, ...page } = await readMerged(sourcesOf(reading, { place, isBackward }), {
    size,
    compare: isBackward ? (a, b) => compare(b, a) : compare,
    entrance: {
      id: place.id,
      isIncluded,
      isBackward,
      compare: (row) =>
        comparePlaces({ ...placeOf(row, sort, evaluation), id: place.id }, place, sort),
    },
  });
  const last = page.rows.at(-1);
  const follows =
    next !== undefined && last ? fromPlaceOf(placeOf(last, sort, evaluation)) : undefined;
  return { ...page, ...(follows !== undefined && { next: follows }) };
}

/** The rows before a place: those behind it in the opposite order, turned round. */
async function readBefore(reading: Reading, place: Place): Promise<ActivityPage> {
  const sort = reading.question.sort ?? [];
  const opposite = { ...reading.question, sort: reversed(sort) };
  const { rows, failed } = await readBehind({ ...reading, question: opposite }, place, {
    isBackward: true,
  });
  // Behind its last row comes, at least, what is at the place.
  return {
    rows: [...rows].reverse(),
    next: fromPlaceOf(lastBefore(rows, place, reading)),
    ...(failed && { failed }),
  };
}

function lastBefore(rows: readonly Activity[], place: Place, reading: Reading): Place {
  const [last] = rows;
  return last ? placeOf(last, reading.question.sort ?? [], evaluationOf(reading)) : place;
}

/** A row in the middle of a page; where it is not in the list, the first page. */
async function readAround(reading: Reading, id: string): Promise<ActivityPage> {
  const sort = reading.question.sort ?? [];
  const middle = await findRow(reading, id);
  if (!middle) return readFrom(reading, undefined);
  const place = placeOf(middle, sort, evaluationOf(reading));
  const half = Math.floor(reading.size / 2);
  const before =
    half > 0
      ? await readBefore({ ...reading, size: half }, place)
      : { rows: [], failed: undefined };
  const size = reading.size - before.rows.length;
  const behind = await readBehind({ ...reading, size }, place, { isIncluded: true });
  return { ...behind, rows: [...before.rows, ...behind.rows] };
}

/** The row of a list with this id. */
async function findRow(reading: Reading, id: string): Promise<Activity | undefined> {
  const { filter } = reading.question;
  const isIt = { field: 'id', op: 'eq', value: id } as const;
  const { sort: _sort, ...rest } = reading.question;
  const question = { ...rest, filter: filter ? { all: [filter, isIt] } : isIt };
  const { rows } = await readFrom({ ...reading, question, size: 1 }, undefined);
  return rows[0];
}

function evaluationOf({ service, call }: Reading): EvaluationContext {
  return { types: service.types, timeZone: call.timeZone };
}

const AT_PLACE = 'at:';

/** A cursor that is a place. */
function fromPlaceOf(place: Place): string {
  return AT_PLACE + JSON.stringify(place);
}

function toPlace(cursor: string): Place | undefined {
  if (!cursor.startsWith(AT_PLACE)) return undefined;
  try {
    const place: unknown = JSON.parse(cursor.slice(AT_PLACE.length));
    if (isObject(place) && Array.isArray(place['values']) && typeof place['id'] === 'string') {
      return place as unknown as Place;
    }
  } catch {
    // Said below.
  }
  throw failure('validation');
}

/** The lists that hold what answers a question, from a place on where one is named. */
function sourcesOf(
  reading: Reading,
  entrance?: { place: Place; isBackward: boolean },
): readonly Source[] {
  const { place, isBackward = false } = entrance ?? {};
  const { question, context, service } = reading;
  const { pointers, notes, dialect } = service;
  const entered = place && (isBackward ? 'backward' : 'forward');
  const tables = [pointers, notes].map((table) => ({
    table,
    portions: portionsOf(question, table, entered),
  }));
  const isAtOnce = tables.some(({ portions }) => portions.some(({ hasAllTurns }) => hasAllTurns));
  return tables.flatMap(({ table, portions }) => {
    const filter = questionExpression(question, table, dialect, context);
    const read = table === pointers ? pointerRows(reading) : noteRows(reading);
    return portions.flatMap((portion, index): Source[] => {
      const whole = and(filter, portion.filter, place ? fromPlace(portion, place) : true);
      if (whole === false) return [];
      const first = queryString({
        $select: read.select,
        $expand: read.expand,
        ...filtered(whole),
        $orderby: portion.orderBy,
        // From a place on, it would be the number of those behind it.
        ...(place === undefined && { $count: true }),
      });
      return [
        {
          key: `${table.source}:${String(index)}`,
          name: table.source,
          turn: isAtOnce ? 0 : portion.turn,
          first: table.set + first,
          fetch: async (link, size) => {
            const page = await fetchPage(service.send, link, size, reading.call);
            return { ...page, rows: await read.rows(page.values) };
          },
        },
      ];
    });
  });
}

/** One whole row. */
export async function readOne(id: string, call: CallOptions, service: Service): Promise<Activity> {
  const { send, dialect, types, seen } = service;
  const context = { dialect, types, timeZone: call.timeZone };
  const guid = toGuid(id);
  if (guid === undefined) throw failure('not-found');
  const type = await typeOf(guid, call, service);
  if (type === 'note') {
    // Not the file in it.
    const columns = queryString({ $select: NOTE_COLUMNS.join(',') });
    return seen.take(readNote(rowOf(await send(`annotations(${guid})${columns}`, call)), context));
  }
  const own = dialect.types[type];
  const repeats = masterTypeOf(type, service);
  if (repeats) return readMaster(await fetchMaster(repeats, guid, call, service), repeats, call);
  if (!own) {
    const question = queryString({ $expand: PARTIES });
    const row = await send(`activitypointers(${guid})${question}`, call);
    return seen.take(readActivity(rowOf(row), context, ['body', 'parties']));
  }
  const row = await send(`${own.set}(${guid})${queryString({ $expand: own.parties })}`, call);
  return seen.take(readActivity(rowOf(row), context, undefined, type));
}

/**
 * One whole row, unless somebody changed it since the user saw it. `isSettled`: whatever was seen of it, nothing is to be done to
 * it any more.
 */
export async function readUnchanged(
  id: string,
  options: WriteOptions,
  service: Service,
  isSettled: (row: Activity) => boolean = () => false,
): Promise<Activity> {
  const pointer = service.seen.get(id)?.pointer;
  const row = await readOne(id, options, service);
  const { version } = options;
  if (version === undefined || row.version === version || isSettled(row)) return row;
  // A row of the union has a version of its own.
  const isSame = pointer?.version === version && pointer.modifiedAt === row.modifiedAt;
  if (isSame) return row;
  throw failure('conflict', '', { row });
}

/** The union knows the type of each activity; what is not in it may be a note. */
export async function typeOf(
  id: string,
  call: CallOptions,
  { send, seen }: Service,
): Promise<string> {
  const known = seen.get(id)?.type;
  if (known !== undefined) return known;
  try {
    const row = rowOf(await send(`activitypointers(${id})?$select=activitytypecode`, call));
    return textOf(row, 'activitytypecode') ?? '';
  } catch (thrown) {
    if (toFailure(thrown).code !== 'not-found') throw thrown;
  }
  await send(`annotations(${id})?$select=annotationid`, call);
  return 'note';
}

/** How the rows of a table are asked for, and read. */
interface TableRows {
  readonly select: string;
  readonly expand?: string;
  rows(values: readonly WireRow[]): Promise<readonly Activity[]>;
}

function pointerRows({ question, call, service }: Reading): TableRows {
  const { send, dialect, types } = service;
  // What a question asks by is answered too, so that the kit can tell whether a row still belongs.
  const asked = fieldsOf(question.filter).map(({ field }) => field);
  const isParty = asked.some((field) => field.split('.', 1)[0] === 'parties');
  const wanted = question.need ?? ['body'];
  const loaded: RowGroup[] = [];
  if (wanted.includes('body') || asked.includes('description')) loaded.push('body');
  if (wanted.includes('parties') || question.record?.parties || isParty) loaded.push('parties');
  const own = ownRows(dialect);
  const isOwn = wanted.includes('fields') || asked.some((field) => field.startsWith('fields.'));
  if (isOwn && own.length > 0) loaded.push('fields');
  const context = { dialect, types, timeZone: call.timeZone };
  return {
    select: [
      ...POINTER_COLUMNS,
      ...(canRepeat(dialect) ? SERIES_COLUMNS : []),
      ...(loaded.includes('body') ? ['description'] : []),
    ].join(','),
    ...expanded([
      ...(loaded.includes('parties')
        ? [`${PARTIES}($select=participationtypemask,addressused,_partyid_value)`]
        : []),
      ...(loaded.includes('fields') ? own : []),
    ]),
    rows: (values) =>
      markWholeDays(
        values.map((row) => readPointer(row, context, loaded)),
        call,
        send,
      ),
  };
}

function expanded(paths: readonly string[]): { readonly expand?: string } {
  return paths.length > 0 ? { expand: paths.join(',') } : {};
}

/** The ways from the union to what only some types have. */
function ownRows({ types }: ODataDialect): readonly string[] {
  return Object.values(types).flatMap(({ own, fields }) => {
    const columns = Object.values(fields).map(({ column }) => column);
    return own !== undefined && columns.length > 0 ? [`${own}($select=${columns.join(',')})`] : [];
  });
}

/** A row of the union, with what was answered of its own. */
function readPointer(row: WireRow, context: ReadContext, loaded: readonly RowGroup[]): Activity {
  if (!loaded.includes('fields')) return readActivity(row, context, loaded);
  const type = context.dialect.types[textOf(row, 'activitytypecode') ?? ''];
  const rows = type?.own === undefined ? undefined : row[type.own];
  const own: unknown = Array.isArray(rows) ? rows[0] : undefined;
  if (isObject(own)) return readActivity({ ...own, ...row }, context, loaded);
  const hasNone = Object.keys(type?.fields ?? {}).length === 0;
  const told = hasNone ? loaded : loaded.filter((group) => group !== 'fields');
  return readActivity(row, context, told);
}

function noteRows({ call, service }: Reading): TableRows {
  const { dialect, types } = service;
  const context = { dialect, types, timeZone: call.timeZone };
  return {
    select: NOTE_COLUMNS.join(','),
    rows: (values) => Promise.resolve(values.map((row) => readNote(row, context))),
  };
}

export function filtered(filter: Expression): { readonly $filter?: string } {
  return typeof filter === 'string' ? { $filter: filter } : {};
}

/** Ids in one question: its address must not grow too long. */
const IDS_LIMIT = 30;

/** The union does not tell which appointments last whole days; those that may are looked up in their own set. */
async function markWholeDays(
  rows: readonly Activity[],
  call: CallOptions,
  send: Service['send'],
): Promise<readonly Activity[]> {
  const ids = rows.flatMap((row) =>
    row.type === 'appointment' && lastsWholeDays(row) ? [row.id] : [],
  );
  const wholeDays = new Set<string>();
  for (let at = 0; at < ids.length; at += IDS_LIMIT) {
    const isOne = or(...ids.slice(at, at + IDS_LIMIT).map((id) => `activityid eq ${id}`));
    const question = queryString({
      $select: 'activityid',
      ...filtered(and('isalldayevent eq true', isOne)),
    });
    for (const row of rowsOf(await send(`appointments${question}`, call))) {
      wholeDays.add(textOf(row, 'activityid') ?? '');
    }
  }
  return rows.map((row) => (wholeDays.has(row.id) ? asWholeDays(row, call.timeZone) : row));
}

/** Why a row is in a history the service says by answering it; through whom is read off the row. */
function withVia(row: Activity, record: NonNullable<ActivityQuery['record']>): Activity {
  const { ref } = record;
  const via: Via[] = [];
  const isParty = row.parties?.some((party) => sameRecord(party.record, ref)) ?? false;
  if (sameRecord(row.regarding, ref)) via.push({ by: 'regarding', record: ref });
  if (record.parties && isParty) via.push({ by: 'party', record: ref });
  if (via.length === 0 && row.regarding) via.push({ by: 'rollup', record: row.regarding });
  return { ...row, via };
}

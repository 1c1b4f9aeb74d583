import { sameRecord, type Activity, type RowGroup, type Via } from '../../model/activity.js';
import { compareBy } from '../../model/evaluate.js';
import { fieldsOf, type ActivityQuery } from '../../model/query.js';
import { failure, toFailure } from '../failure.js';
import type { ActivityPage, CallOptions } from '../provider.js';
import { PARTIES, orderOf, questionExpression } from './activity-tables.js';
import { and, or, toGuid, type Expression, type FilterContext } from './filter.js';
import { readMerged, type Source } from './merged-pages.js';
import { queryString } from './query-string.js';
import {
  asWholeDays,
  lastsWholeDays,
  readActivity,
  readNote,
  rowOf,
  rowsOf,
  textOf,
} from './read-row.js';
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
];

/** A page of what answers a question: activities and, where they can be meant, notes, in one order. */
export async function readPage(
  question: ActivityQuery,
  call: CallOptions,
  context: FilterContext,
  service: Service,
): Promise<ActivityPage> {
  const { pointers, notes, dialect, types, seen } = service;
  const unsortable = question.sort?.find(({ field }) => !pointers.sort[field]);
  if (unsortable) {
    throw failure('unsupported', `This data source can't sort by ${unsortable.field}.`);
  }
  const own = questionExpression(question, pointers, dialect, context);
  const ofNotes = questionExpression(question, notes, dialect, context);
  const sources = [
    ...(own === false ? [] : [pointerSource(question, own, call, service)]),
    ...(ofNotes === false ? [] : [noteSource(question, ofNotes, call, service)]),
  ];
  if (sources.length === 0) return { rows: [], total: { value: 0, relation: 'exact' } };

  const { size, at } = question.page ?? { size: MAX_PAGE };
  if (at && !('next' in at)) throw failure('unsupported');
  // The sources are merged in the order in which the service sorts each: blanks first where ascending.
  const order = (question.sort ?? []).map((sort) => ({
    ...sort,
    blanks: sort.direction === 'asc' ? ('first' as const) : ('last' as const),
  }));
  const compare = compareBy(order, { types, timeZone: call.timeZone });
  const page = await readMerged(sources, Math.min(size, MAX_PAGE), at?.next, compare);
  for (const row of page.rows) seen.take(row);
  const { record } = question;
  return record ? { ...page, rows: page.rows.map((row) => withVia(row, record)) } : page;
}

/** One whole row. */
export async function readOne(id: string, call: CallOptions, service: Service): Promise<Activity> {
  const { send, dialect, types, seen } = service;
  const context = { dialect, types, timeZone: call.timeZone };
  const guid = toGuid(id);
  if (guid === undefined) throw failure('not-found');
  const type = await typeOf(guid, call, service);
  if (type === 'note') {
    return seen.take(readNote(rowOf(await send(`annotations(${guid})`, call)), context));
  }
  const own = dialect.types[type];
  if (!own) {
    const question = queryString({ $expand: PARTIES });
    const row = await send(`activitypointers(${guid})${question}`, call);
    return seen.take(readActivity(rowOf(row), context, ['body', 'parties']));
  }
  const row = await send(`${own.set}(${guid})${queryString({ $expand: own.parties })}`, call);
  return seen.take(readActivity(rowOf(row), context, undefined, type));
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

function pointerSource(
  question: ActivityQuery,
  filter: Expression,
  call: CallOptions,
  { send, dialect, types, pointers }: Service,
): Source {
  // What a question asks by is answered too, so that the kit can tell whether a row still belongs.
  const asked = fieldsOf(question.filter).map(({ field }) => field);
  const isParty = asked.some((field) => field.split('.', 1)[0] === 'parties');
  const wanted = question.need ?? ['body'];
  const loaded: RowGroup[] = [];
  if (wanted.includes('body') || asked.includes('description')) loaded.push('body');
  if (wanted.includes('parties') || question.record?.parties || isParty) loaded.push('parties');
  const first = queryString({
    $select: [...POINTER_COLUMNS, ...(loaded.includes('body') ? ['description'] : [])].join(','),
    $expand: loaded.includes('parties')
      ? `${PARTIES}($select=participationtypemask,addressused,_partyid_value)`
      : undefined,
    ...filtered(filter),
    $orderby: orderOf(question, pointers),
    $count: true,
  });
  return {
    name: pointers.source,
    first: pointers.set + first,
    fetch: async (link, size) => {
      const page = await fetchPage(send, link, size, call);
      const context = { dialect, types, timeZone: call.timeZone };
      const rows = page.values.map((row) => readActivity(row, context, loaded));
      return { ...page, rows: await markWholeDays(rows, call, send) };
    },
  };
}

function noteSource(
  question: ActivityQuery,
  filter: Expression,
  call: CallOptions,
  { send, dialect, types, notes }: Service,
): Source {
  const first = queryString({
    $select: NOTE_COLUMNS.join(','),
    ...filtered(filter),
    $orderby: orderOf(question, notes),
    $count: true,
  });
  return {
    name: notes.source,
    first: notes.set + first,
    fetch: async (link, size) => {
      const page = await fetchPage(send, link, size, call);
      const context = { dialect, types, timeZone: call.timeZone };
      return { ...page, rows: page.values.map((row) => readNote(row, context)) };
    },
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

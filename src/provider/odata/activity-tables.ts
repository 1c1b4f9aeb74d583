import { builtInTypes } from '../../model/built-in-types.js';
import type { ActivityTypes } from '../../model/activity-types.js';
import { comparePlaces } from '../../model/evaluate.js';
import type { ActivityQuery, FieldFilter, Rollup, Sort } from '../../model/query.js';
import { ACTIVITY_STATES, PRIORITIES, type RecordRef } from '../../model/activity.js';
import type { Json } from '../../model/json.js';
import { toInstant, toMilliseconds, type Milliseconds } from '../../model/time.js';
import { canRepeat, type FieldColumn, type ODataDialect } from './dialect.js';
import { dueEndExpression, dueExpression, dueRangeExpression } from './due-dates.js';
import {
  and,
  columnExpression,
  contains,
  or,
  quote,
  toExpression,
  toGuid,
  valuesOf,
  type Codes,
  type Expression,
  type FieldColumns,
  type FieldTable,
  type FilterContext,
} from './filter.js';

interface TimeColumn {
  readonly kind: 'time';
  readonly column: string;
}

/** A table whose rows are activities to the kit. */
export interface ActivityTable {
  readonly set: string;
  readonly id: string;
  /** Name under which its failure is told. */
  readonly source: 'activities' | 'notes';
  readonly fields: FieldTable;
  /** How it is sorted, by field. A field that is missing is blank on all its rows. */
  readonly sort: { readonly [field: string]: SortColumns };
  readonly search: readonly string[];
  /** What is never asked for. */
  readonly always: Expression;
  range(from: Milliseconds, to: Milliseconds, timeZone: string): Expression;
  /** The lookup of what a row is about, and its navigation property to a kind. */
  readonly regarding: {
    readonly column: string;
    readonly navigation: (logicalName: string) => string;
  };
  parties(ref: RecordRef): Expression;
}

/** Rows whose value of a field stands in the same columns. */
export interface SortBranch {
  readonly when: Expression;
  /** Empty: the field is blank on these rows, or has the same value on all of them. */
  readonly columns: readonly string[];
  /** What all these rows have, in the terms in which the kit sorts it: in no column, but no blank either. */
  readonly constant?: Json;
}

/**
 * Where a field's values stand. The service puts blanks first in ascending order; where they are to stand elsewhere, or where
 * values stand in several columns, each branch is asked for by itself and the answers are merged.
 */
export interface SortColumns {
  readonly branches: readonly SortBranch[];
  /** Columns by which the service sorts all branches at once, its blanks first in ascending order. */
  readonly together?: readonly string[];
  /** How a row's place is compared. Default: a time, with the first column of its branch. */
  readonly compared?: (op: PlaceOperator, value: Json, column: string) => Expression;
}

/** Whose values are coarser than the kit's may take `gt` for `ge`, and `lt` for `le`. */
export type PlaceOperator = 'ge' | 'le' | 'gt' | 'lt';

export const PARTIES = 'activitypointer_activity_parties';

/** The union of all types: what every type has, and nothing more. */
export function pointerTable(dialect: ODataDialect, types: ActivityTypes): ActivityTable {
  const endTypes = namesOf(types, dialect).filter((name) => types.get(name).deadline === 'end');
  const isEndType = or(...endTypes.map((name) => `activitytypecode eq ${quote(name)}`));
  const isDueType = and(...endTypes.map((name) => `activitytypecode ne ${quote(name)}`));
  const ownMeeting = dialect.types['appointment']?.own;
  const isWholeDays = ownMeeting && `${ownMeeting}/any(o:o/isalldayevent eq true)`;
  const noEnd = 'scheduledend eq null';
  const end: TimeColumn = { kind: 'time', column: 'scheduledend' };
  const start: FieldColumns = { kind: 'time', column: 'scheduledstart' };

  const fields: FieldTable = {
    id: { kind: 'record', column: 'activityid' },
    subject: { kind: 'text', column: 'subject' },
    description: { kind: 'text', column: 'description' },
    type: { kind: 'text', column: 'activitytypecode' },
    state: {
      kind: 'choice',
      column: 'statecode',
      codes: stateCodes(dialect),
      ranks: ACTIVITY_STATES,
    },
    statusReason: made((filter, context) => reasonExpression(dialect, filter, context)),
    priority: { kind: 'choice', column: 'prioritycode', codes: PRIORITY_CODES },
    owner: { kind: 'record', column: '_ownerid_value' },
    createdBy: { kind: 'record', column: '_createdby_value' },
    modifiedBy: { kind: 'record', column: '_modifiedby_value' },
    regarding: { kind: 'record', column: '_regardingobjectid_value' },
    'regarding.kind': made((filter, context) =>
      kindExpression(dialect, 'regardingobjectid', '_regardingobjectid_value', filter, context),
    ),
    ...(canRepeat(dialect) && { series: { kind: 'record', column: '_seriesid_value' } }),
    createdAt: { kind: 'time', column: 'createdon' },
    modifiedAt: { kind: 'time', column: 'modifiedon' },
    actualStart: { kind: 'time', column: 'actualstart' },
    actualEnd: { kind: 'time', column: 'actualend' },
    actualDuration: { kind: 'number', column: 'actualdurationminutes' },
    start,
    due: made(
      (filter, { timeZone }) => {
        const isSo = dueExpression('scheduledend', filter, timeZone);
        return filter.op === 'empty' && filter.value !== false
          ? or(isEndType, isSo)
          : and(isDueType, isSo);
      },
      or(isEndType, noEnd),
    ),
    end: made(
      (filter, context) => {
        const isSo = columnExpression(end, filter, context);
        return filter.op === 'empty' && filter.value !== false
          ? or(isDueType, isSo)
          : and(isEndType, isSo);
      },
      or(isDueType, noEnd),
    ),
    deadline: made(
      (filter, context) => deadlineExpression(end, isEndType, isWholeDays, filter, context),
      noEnd,
    ),
    place: made(
      (filter, context) => {
        const starts = columnExpression(start, filter, context);
        if (filter.op === 'empty') {
          const ends = columnExpression(end, filter, context);
          return filter.value === false ? or(starts, ends) : and(starts, ends);
        }
        const isDue = dueExpression('scheduledend', filter, context.timeZone);
        // Of a blank start nothing is true, nor is the opposite: so it is asked for in both.
        return or(and('scheduledstart ne null', starts), and('scheduledstart eq null', isDue));
      },
      and('scheduledstart eq null', noEnd),
    ),
    parties: made((filter, context) => partyExpression(undefined, filter, context)),
    ...ownFields(dialect),
  };
  for (const [role, mask] of Object.entries(dialect.roles)) {
    Object.assign(fields, {
      [`parties.${role}`]: made((filter, context) => partyExpression(mask, filter, context)),
    });
  }

  return {
    set: 'activitypointers',
    id: 'activityid',
    source: 'activities',
    fields,
    sort: {
      subject: { ...sorted('subject', { mayBeBlank: true }), compared: textCompared('subject') },
      type: { ...sorted('activitytypecode'), compared: textCompared('activitytypecode') },
      state: {
        ...sorted('statecode'),
        compared: codeCompared('statecode', ACTIVITY_STATES, stateCodes(dialect)),
      },
      priority: {
        ...sorted('prioritycode'),
        compared: codeCompared('prioritycode', PRIORITIES, PRIORITY_CODES),
      },
      // Days of an appointment are kept as the midnight after them, a due date as the second before it: to the kit, both are over
      // at once. So they are asked for apart.
      deadline: {
        branches: [
          { when: and(isDueType, 'scheduledend ne null'), columns: ['scheduledend'] },
          { when: and(isEndType, 'scheduledend ne null'), columns: ['scheduledend'] },
          { when: noEnd, columns: [] },
        ],
      },
      due: {
        branches: [
          { when: and(isDueType, 'scheduledend ne null'), columns: ['scheduledend'] },
          { when: or(isEndType, noEnd), columns: [] },
        ],
        compared: dayCompared('scheduledend'),
      },
      start: sorted('scheduledstart', { mayBeBlank: true }),
      place: {
        branches: [
          { when: 'scheduledstart ne null', columns: ['scheduledstart'] },
          { when: 'scheduledstart eq null and scheduledend ne null', columns: ['scheduledend'] },
          { when: 'scheduledstart eq null and scheduledend eq null', columns: [] },
        ],
        compared: (op, value, column) => dayCompared(column)(op, value),
      },
      createdAt: sorted('createdon'),
      modifiedAt: sorted('modifiedon'),
      actualStart: sorted('actualstart', { mayBeBlank: true }),
      actualEnd: sorted('actualend', { mayBeBlank: true }),
      actualDuration: {
        ...sorted('actualdurationminutes', { mayBeBlank: true }),
        compared: (op, value) => `actualdurationminutes ${op} ${String(value)}`,
      },
      // By name.
      owner: { ...sorted('_ownerid_value'), compared: ownerCompared(dialect) },
      regarding: {
        ...sorted('_regardingobjectid_value', { mayBeBlank: true }),
        compared: nameCompared(dialect, 'regardingobjectid'),
      },
    },
    search: ['subject', 'description'],
    // Rows of the system's own; and series, whose occurrences are rows of their own.
    always: and(
      'isregularactivity eq true',
      `activitytypecode ne ${quote('recurringappointmentmaster')}`,
    ),
    range: (from, to, timeZone) => {
      const [first, last] = [toInstant(from), toInstant(to)];
      return or(
        and(
          `scheduledstart lt ${last}`,
          or(`scheduledstart ge ${first}`, and(`scheduledend gt ${first}`, isEndType)),
        ),
        and('scheduledstart eq null', dueRangeExpression('scheduledend', from, to, timeZone)),
      );
    },
    regarding: {
      column: '_regardingobjectid_value',
      navigation: (logicalName) => `regardingobjectid_${logicalName}`,
    },
    parties: ({ id }) => anyParty([id], undefined),
  };
}

/** Notes: no state, no deadline, no parties. */
export function noteTable(dialect: ODataDialect): ActivityTable {
  const fields: Record<string, FieldColumns> = {
    id: { kind: 'record', column: 'annotationid' },
    subject: { kind: 'text', column: 'subject' },
    description: { kind: 'text', column: 'notetext' },
    type: { kind: 'constant', value: 'note' },
    priority: { kind: 'constant', value: 'normal', ranks: PRIORITIES },
    owner: { kind: 'record', column: '_ownerid_value' },
    createdBy: { kind: 'record', column: '_createdby_value' },
    modifiedBy: { kind: 'record', column: '_modifiedby_value' },
    regarding: { kind: 'record', column: '_objectid_value' },
    'regarding.kind': made((filter, context) =>
      kindExpression(dialect, 'objectid', '_objectid_value', filter, context),
    ),
    createdAt: { kind: 'time', column: 'createdon' },
    modifiedAt: { kind: 'time', column: 'modifiedon' },
  };
  const blank = ['state', 'statusReason', 'start', 'end', 'due', 'deadline', 'place', 'parties', 'series']; // prettier-ignore
  const roles = Object.keys(dialect.roles).map((role) => `parties.${role}`);
  const own = Object.keys(ownFields(dialect));
  for (const field of [...blank, ...roles, ...own, 'actualStart', 'actualEnd', 'actualDuration']) {
    fields[field] = { kind: 'constant', value: null };
  }
  return {
    set: 'annotations',
    id: 'annotationid',
    source: 'notes',
    fields,
    sort: {
      subject: { ...sorted('subject', { mayBeBlank: true }), compared: textCompared('subject') },
      type: constant('note'),
      priority: constant(PRIORITIES.indexOf('normal')),
      createdAt: sorted('createdon'),
      modifiedAt: sorted('modifiedon'),
      owner: { ...sorted('_ownerid_value'), compared: ownerCompared(dialect) },
      regarding: {
        ...sorted('_objectid_value', { mayBeBlank: true }),
        compared: nameCompared(dialect, 'objectid'),
      },
    },
    search: ['subject', 'notetext'],
    always: true,
    range: () => false,
    regarding: {
      column: '_objectid_value',
      navigation: (logicalName) => `objectid_${logicalName}`,
    },
    parties: () => false,
  };
}

/** Which of a table's rows answer a question: an expression, all, or none. */
export function questionExpression(
  { filter, search, range, record }: ActivityQuery,
  table: ActivityTable,
  dialect: ODataDialect,
  context: FilterContext,
): Expression {
  return and(
    table.always,
    filter ? toExpression(filter, table.fields, context) : true,
    search?.trim()
      ? or(...table.search.map((column) => contains(column, search.trim(), context)))
      : true,
    range ? rangeExpression(table, range, context) : true,
    record ? recordExpression(table, record, dialect) : true,
  );
}

function rangeExpression(
  table: ActivityTable,
  range: { readonly from: string; readonly to: string },
  { timeZone }: FilterContext,
): Expression {
  const [from, to] = [range.from, range.to].map((time) => toMilliseconds(time, timeZone));
  if (from === undefined || to === undefined || Number.isNaN(from + to)) return false;
  return table.range(from, to, timeZone);
}

function recordExpression(
  table: ActivityTable,
  { ref, rollup, parties }: NonNullable<ActivityQuery['record']>,
  dialect: ODataDialect,
): Expression {
  const id = toGuid(ref.id);
  if (id === undefined) return false;
  return or(
    `${table.regarding.column} eq ${id}`,
    parties ? table.parties(ref) : false,
    ...rollupExpressions(table, ref.kind, id, rollup, dialect),
  );
}

function rollupExpressions(
  { regarding }: ActivityTable,
  kind: string,
  id: string,
  rollup: Rollup,
  dialect: ODataDialect,
): readonly Expression[] {
  if (rollup === 'none') return [];
  return (dialect.rollup[kind] ?? [])
    .filter(({ extended }) => !extended || rollup === 'extended')
    .map(({ through, path }) => {
      const logicalName = dialect.kinds[through]?.logicalName ?? through;
      return `${regarding.navigation(logicalName)}/${path} eq ${id}`;
    });
}

function made(
  make: (filter: FieldFilter, context: FilterContext) => Expression,
  blank?: Expression,
): FieldColumns {
  return { kind: 'made', make, ...(blank !== undefined && { blank }) };
}

function sorted(
  column: string,
  { mayBeBlank = false }: { mayBeBlank?: boolean } = {},
): SortColumns {
  const columns = [column];
  if (!mayBeBlank) return { branches: [{ when: true, columns }], together: columns };
  return {
    branches: [
      { when: `${column} ne null`, columns },
      { when: `${column} eq null`, columns: [] },
    ],
    together: columns,
  };
}

function constant(value: Json): SortColumns {
  const branch = { when: true, columns: [], constant: value };
  return {
    branches: [branch],
    compared: (op, other) => {
      const order = comparePlaces(
        { values: [value], id: '' },
        { values: [other], id: '' },
        BY_VALUE,
      );
      if (order === 0) return op === 'ge' || op === 'le';
      return isUpward(op) === order > 0;
    },
  };
}

const BY_VALUE: readonly Sort[] = [{ field: '', direction: 'asc' }];

type Compared = (op: PlaceOperator, value: Json) => Expression;

export function isUpward(op: PlaceOperator): boolean {
  return op === 'ge' || op === 'gt';
}

function textCompared(column: string): Compared {
  return (op, value) => `${column} ${op} ${quote(String(value))}`;
}

const DAY = 24 * 60 * 60 * 1000;

/** A mere date stands at the beginning of its day to the kit, and is kept as its end. */
function dayCompared(column: string): Compared {
  return (op, value) =>
    isUpward(op)
      ? `${column} ge ${toInstant(Number(value))}`
      : `${column} le ${toInstant(Number(value) + DAY)}`;
}

/** Ranks are by number; the service's order of states is its own. */
function codeCompared(column: string, ranks: readonly string[], codes: Codes): Compared {
  return (op, value) => {
    const code = codes[ranks[Number(value)] ?? ''];
    return code === undefined ? false : `${column} ${op} ${String(code)}`;
  };
}

/** Lookups are sorted by name, which is compared in the table of each kind. */
function nameCompared({ kinds }: ODataDialect, lookup: string): Compared {
  return (op, value) =>
    or(
      ...Object.values(kinds)
        .filter(({ regarding }) => regarding)
        .map(({ logicalName, label }) =>
          textCompared(`${lookup}_${logicalName}/${label}`)(op, value),
        ),
    );
}

function ownerCompared({ kinds }: ODataDialect): Compared {
  return (op, value) =>
    or(
      ...Object.values(kinds).flatMap(({ owns, label }) =>
        owns === undefined ? [] : textCompared(`${owns}/${label}`)(op, value),
      ),
    );
}

/** The types a pointer row can be of. */
function namesOf(types: ActivityTypes, dialect: ODataDialect): readonly string[] {
  const known = [...builtInTypes, ...types].map(({ name }) => name);
  return [...new Set(known)].filter((name) => dialect.types[name]);
}

function stateCodes(dialect: ODataDialect): Codes {
  return Object.assign(
    {},
    ...Object.values(dialect.types).flatMap(({ states }) =>
      Object.entries(states).map(([state, { code }]) => ({ [state]: code })),
    ),
  ) as Codes;
}

export const PRIORITY_CODES = { low: 0, normal: 1, high: 2 } as const;

/** The same reason has another number in each type. */
function reasonExpression(
  dialect: ODataDialect,
  filter: FieldFilter,
  context: FilterContext,
): Expression {
  if (filter.op !== 'eq' && filter.op !== 'in') {
    return columnExpression({ kind: 'choice', column: 'statuscode', codes: {} }, filter, context);
  }
  const wanted = valuesOf(filter.value, context);
  return or(
    ...Object.entries(dialect.types).map(([type, { states }]) => {
      const codes = Object.values(states).flatMap(({ reasons }) =>
        Object.entries(reasons).flatMap(([name, code]) => (wanted.includes(name) ? [code] : [])),
      );
      const isOne = or(...codes.map((code) => `statuscode eq ${String(code)}`));
      return and(`activitytypecode eq ${quote(type)}`, isOne);
    }),
  );
}

/** Each kind has a navigation property of its own, which leads somewhere only where the record is of that kind. */
function kindExpression(
  dialect: ODataDialect,
  lookup: string,
  column: string,
  filter: FieldFilter,
  context: FilterContext,
): Expression {
  if (filter.op === 'empty') return columnExpression({ kind: 'record', column }, filter, context);
  if (filter.op !== 'eq' && filter.op !== 'in') return false;
  return or(
    ...valuesOf(filter.value, context).map((name) => {
      const kind = typeof name === 'string' ? dialect.kinds[name] : undefined;
      return kind ? `${lookup}_${kind.logicalName}/${kind.id} ne null` : false;
    }),
  );
}

/**
 * A deadline that is the end of whole days is stored as the midnight after them, and is not late before it: so what ends at
 * the bound is before it.
 */
function deadlineExpression(
  end: TimeColumn,
  isEndType: Expression,
  isWholeDays: Expression | undefined,
  filter: FieldFilter,
  context: FilterContext,
): Expression {
  const { op } = filter;
  const plain = dueEndExpression(end.column, filter, context.timeZone);
  const isAtBound = columnExpression(end, { ...filter, op: 'eq' }, context);
  // Where nobody can ask which these are, all that end there are taken for such.
  if (op === 'lt') return or(plain, and(isEndType, isAtBound, isWholeDays ?? true));
  const isOther = isWholeDays && and(isEndType, isAtBound, isWholeDays);
  return (op === 'ge' || op === 'eq') && typeof isOther === 'string'
    ? and(plain, `not (${isOther})`)
    : plain;
}

/** What only some types have: asked for in the rows of their own sets. */
function ownFields(dialect: ODataDialect): FieldTable {
  const places = new Map<string, OwnPlace[]>();
  for (const { own, fields } of Object.values(dialect.types)) {
    if (own === undefined) continue;
    for (const [name, field] of Object.entries(fields)) {
      const place = { own, columns: columnsOf(field, `o/${field.column}`) };
      places.set(name, [...(places.get(name) ?? []), place]);
    }
  }
  return Object.fromEntries(
    [...places].map(([name, all]) => [
      `fields.${name}`,
      made((filter, context) => ownExpression(all, filter, context)),
    ]),
  );
}

interface OwnPlace {
  readonly own: string;
  readonly columns: Extract<FieldColumns, { readonly column: string }>;
}

function columnsOf({ kind, values }: FieldColumn, column: string): OwnPlace['columns'] {
  if (values) return { kind: 'choice', column, codes: values };
  if (kind === 'boolean') return { kind: 'choice', column, codes: { true: true, false: false } };
  return { kind, column };
}

/** True of no row that lacks the field, as nothing is of a blank one. */
function ownExpression(
  places: readonly OwnPlace[],
  filter: FieldFilter,
  context: FilterContext,
): Expression {
  const isWanted = filter.op !== 'empty' || filter.value === false;
  const asked = isWanted ? filter : { ...filter, value: false };
  const some = or(
    ...places.map(({ own, columns }) => {
      const isSo = columnExpression(columns, asked, context);
      return typeof isSo === 'string' ? `${own}/any(o:${isSo})` : isSo;
    }),
  );
  if (isWanted) return some;
  return typeof some === 'string' ? `not (${some})` : !some;
}

function partyExpression(
  mask: number | undefined,
  { op, value }: FieldFilter,
  context: FilterContext,
): Expression {
  if (op === 'empty') {
    const some = mask === undefined ? `${PARTIES}/any()` : `${PARTIES}/any(p:${isRole(mask)})`;
    return value === false ? some : `not ${some}`;
  }
  if (op !== 'eq' && op !== 'in') return false;
  const ids = valuesOf(value, context).map((one) =>
    typeof one === 'object' && one !== null && 'id' in one ? one.id : one,
  );
  return anyParty(ids, mask);
}

function anyParty(ids: readonly unknown[], mask: number | undefined): Expression {
  const isOne = or(...ids.map((id) => personExpression(id)));
  const condition = and(mask === undefined ? true : isRole(mask), isOne);
  return typeof condition === 'boolean' ? condition : `${PARTIES}/any(p:${condition})`;
}

function personExpression(id: unknown): Expression {
  const guid = toGuid(id);
  return guid === undefined ? false : `p/_partyid_value eq ${guid}`;
}

function isRole(mask: number): string {
  return `p/participationtypemask eq ${String(mask)}`;
}

import { builtInTypes } from '../../model/built-in-types.js';
import type { ActivityTypes } from '../../model/activity-types.js';
import type { ActivityQuery, FieldFilter, Rollup } from '../../model/query.js';
import type { RecordRef } from '../../model/activity.js';
import type { ODataDialect } from './dialect.js';
import {
  and,
  columnExpression,
  contains,
  or,
  quote,
  toExpression,
  toGuid,
  toInstantLiteral,
  valuesOf,
  type Codes,
  type Expression,
  type FieldColumns,
  type FieldTable,
  type FilterContext,
} from './filter.js';

/** A table whose rows are activities to the kit. */
export interface ActivityTable {
  readonly set: string;
  readonly id: string;
  /** Name under which its failure is told. */
  readonly source: 'activities' | 'notes';
  readonly fields: FieldTable;
  /** Columns by which it is sorted, by field. A field that is missing is blank on all its rows. */
  readonly sort: { readonly [field: string]: readonly string[] };
  readonly search: readonly string[];
  /** What is never asked for. */
  readonly always: Expression;
  range(from: string, to: string): Expression;
  /** The lookup of what a row is about, and its navigation property to a kind. */
  readonly regarding: {
    readonly column: string;
    readonly navigation: (logicalName: string) => string;
  };
  parties(ref: RecordRef): Expression;
}

export const PARTIES = 'activitypointer_activity_parties';

/** The union of all types: what every type has, and nothing more. */
export function pointerTable(dialect: ODataDialect, types: ActivityTypes): ActivityTable {
  const endTypes = namesOf(types, dialect).filter((name) => types.get(name).deadline === 'end');
  const isEndType = or(...endTypes.map((name) => `activitytypecode eq ${quote(name)}`));
  const isDueType = and(...endTypes.map((name) => `activitytypecode ne ${quote(name)}`));
  const noEnd = 'scheduledend eq null';
  const end: FieldColumns = { kind: 'time', column: 'scheduledend' };
  const start: FieldColumns = { kind: 'time', column: 'scheduledstart' };

  const fields: FieldTable = {
    subject: { kind: 'text', column: 'subject' },
    description: { kind: 'text', column: 'description' },
    type: { kind: 'text', column: 'activitytypecode' },
    state: { kind: 'choice', column: 'statecode', codes: stateCodes(dialect) },
    statusReason: made((filter, context) => reasonExpression(dialect, filter, context)),
    priority: { kind: 'choice', column: 'prioritycode', codes: PRIORITY_CODES },
    owner: { kind: 'record', column: '_ownerid_value' },
    createdBy: { kind: 'record', column: '_createdby_value' },
    modifiedBy: { kind: 'record', column: '_modifiedby_value' },
    regarding: { kind: 'record', column: '_regardingobjectid_value' },
    'regarding.kind': made((filter, context) =>
      kindExpression(dialect, 'regardingobjectid', '_regardingobjectid_value', filter, context),
    ),
    createdAt: { kind: 'time', column: 'createdon' },
    modifiedAt: { kind: 'time', column: 'modifiedon' },
    actualStart: { kind: 'time', column: 'actualstart' },
    actualEnd: { kind: 'time', column: 'actualend' },
    start,
    due: made((filter, context) => and(isDueType, columnExpression(end, filter, context)), noEnd),
    end: made((filter, context) => and(isEndType, columnExpression(end, filter, context)), noEnd),
    deadline: made((filter, context) => deadlineExpression(end, isEndType, filter, context), noEnd),
    place: made(
      (filter, context) =>
        filter.op === 'empty'
          ? and(columnExpression(start, filter, context), columnExpression(end, filter, context))
          : or(
              columnExpression(start, filter, context),
              and('scheduledstart eq null', columnExpression(end, filter, context)),
            ),
      and('scheduledstart eq null', noEnd),
    ),
    parties: made((filter, context) => partyExpression(undefined, filter, context)),
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
      subject: ['subject'],
      type: ['activitytypecode'],
      state: ['statecode'],
      priority: ['prioritycode'],
      // What lasts whole days ends just before the midnight that is stored: so appointments before what is due then.
      deadline: ['scheduledend', 'activitytypecode'],
      start: ['scheduledstart'],
      createdAt: ['createdon'],
      modifiedAt: ['modifiedon'],
      actualStart: ['actualstart'],
      actualEnd: ['actualend'],
      // By name.
      owner: ['_ownerid_value'],
      regarding: ['_regardingobjectid_value'],
    },
    search: ['subject', 'description'],
    // Rows of the system's own; and series, whose occurrences are rows of their own.
    always: and(
      'isregularactivity eq true',
      `activitytypecode ne ${quote('recurringappointmentmaster')}`,
    ),
    range: (from, to) =>
      or(
        and(
          `scheduledstart lt ${to}`,
          or(`scheduledstart ge ${from}`, and(`scheduledend gt ${from}`, isEndType)),
        ),
        and('scheduledstart eq null', `scheduledend ge ${from}`, `scheduledend lt ${to}`),
      ),
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
    subject: { kind: 'text', column: 'subject' },
    description: { kind: 'text', column: 'notetext' },
    type: { kind: 'constant', value: 'note' },
    priority: { kind: 'constant', value: 'normal' },
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
  const blank = ['state', 'statusReason', 'start', 'end', 'due', 'deadline', 'place', 'parties'];
  const roles = Object.keys(dialect.roles).map((role) => `parties.${role}`);
  for (const field of [...blank, ...roles, 'actualStart', 'actualEnd']) {
    fields[field] = { kind: 'constant', value: null };
  }
  return {
    set: 'annotations',
    id: 'annotationid',
    source: 'notes',
    fields,
    sort: {
      subject: ['subject'],
      createdAt: ['createdon'],
      modifiedAt: ['modifiedon'],
      owner: ['_ownerid_value'],
      regarding: ['_objectid_value'],
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
    search?.trim() ? or(...table.search.map((column) => contains(column, search.trim()))) : true,
    range ? rangeExpression(table, range, context) : true,
    record ? recordExpression(table, record, dialect) : true,
  );
}

/** Columns by which a table is sorted; at last the id, so that pages neither repeat nor lose a row. */
export function orderOf(question: ActivityQuery, table: ActivityTable): string {
  const columns = (question.sort ?? []).flatMap(({ field, direction }) =>
    (table.sort[field] ?? []).map((column) => `${column} ${direction}`),
  );
  return [...columns, `${table.id} asc`].join(',');
}

function rangeExpression(
  table: ActivityTable,
  range: { readonly from: string; readonly to: string },
  { timeZone }: FilterContext,
): Expression {
  const from = toInstantLiteral(range.from, timeZone);
  const to = toInstantLiteral(range.to, timeZone);
  return from === undefined || to === undefined ? false : table.range(from, to);
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
  end: Extract<FieldColumns, { kind: 'text' | 'time' }>,
  isEndType: Expression,
  filter: FieldFilter,
  context: FilterContext,
): Expression {
  const plain = columnExpression(end, filter, context);
  if (filter.op === 'lt') {
    return or(plain, and(isEndType, columnExpression(end, { ...filter, op: 'eq' }, context)));
  }
  return plain;
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

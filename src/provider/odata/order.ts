import type { ActivityQuery, Filter, Place, Sort } from '../../model/query.js';
import { toInstant } from '../../model/time.js';
import type { Json } from '../../model/json.js';
import {
  isUpward,
  type ActivityTable,
  type PlaceOperator,
  type SortBranch,
  type SortColumns,
} from './activity-tables.js';
import { and, or, type Expression } from './filter.js';

/*
 * The service puts blanks first in ascending order, and can't sort by the one of two columns that holds something. So rows that
 * hold a field's value in different columns, or none, are asked for apart, and the answers merged: each is in one order with the
 * others, wherever its blanks are to stand.
 */

/** Rows of a table that hold the values of each sort field in the same columns. */
export interface Portion {
  readonly filter: Expression;
  /** Of the service. */
  readonly orderBy: string;
  readonly parts: readonly Part[];
  /** Those of an earlier turn all stand before it. */
  readonly turn: number;
  /** It has blanks of the first field among its rows, so none of the other tables' has a turn of its own. */
  readonly hasAllTurns: boolean;
}

interface Part {
  readonly sort: Sort;
  readonly branch: SortBranch;
  readonly columns: SortColumns;
}

/** More are not asked for apart: blanks of the later fields then stand where the service puts them. */
const PORTIONS_LIMIT = 6;

const BLANK: SortColumns = { branches: [{ when: true, columns: [] }] };

/** `entered`: at a place, where each portion must know what is blank in it; backward, where the question's sort is reversed. */
export function portionsOf(
  question: Pick<ActivityQuery, 'filter' | 'sort'>,
  table: ActivityTable,
  entered?: 'forward' | 'backward',
): readonly Portion[] {
  const isEntered = entered !== undefined;
  let portions: (readonly Part[])[] = [[]];
  for (const sort of question.sort ?? []) {
    const columns = table.sort[sort.field] ?? BLANK;
    const { together } = columns;
    const split = branchesOf(sort, columns, question.filter, isEntered);
    const isTooMany = !isEntered && portions.length * split.length > PORTIONS_LIMIT;
    const branches = isTooMany && together ? [{ when: true, columns: together }] : split;
    portions = portions.flatMap((parts) =>
      branches.map((branch) => [...parts, { sort, branch, columns }]),
    );
  }
  return portions.map((parts) => ({
    filter: and(...parts.map(({ branch }) => branch.when)),
    orderBy: orderBy(parts, `${table.id} ${entered === 'backward' ? 'desc' : 'asc'}`),
    parts,
    turn: turnOf(parts[0]),
    hasAllTurns: parts[0] !== undefined && holdsBlanks(parts[0]),
  }));
}

function branchesOf(
  sort: Sort,
  { branches, together }: SortColumns,
  filter: Filter | undefined,
  isEntered: boolean,
): readonly SortBranch[] {
  if (together && !isEntered && isBlankFirst(sort) === (sort.direction === 'asc')) {
    return [{ when: true, columns: together }];
  }
  return isFilled(sort.field, filter) ? branches.filter((branch) => !isBlank(branch)) : branches;
}

function isBlank({ columns, constant }: SortBranch): boolean {
  return columns.length === 0 && constant === undefined;
}

function isBlankFirst({ blanks }: Sort): boolean {
  return blanks === 'first';
}

/** A filter that no row without a value passes. */
function isFilled(field: string, filter: Filter | undefined): boolean {
  if (!filter) return false;
  if ('all' in filter) return filter.all.some((part) => isFilled(field, part));
  if ('any' in filter) {
    return filter.any.length > 0 && filter.any.every((part) => isFilled(field, part));
  }
  if ('not' in filter || filter.field !== field) return false;
  return filter.op === 'empty' ? filter.value === false : true;
}

function turnOf(first: Part | undefined): number {
  if (!first) return 0;
  return isBlank(first.branch) === isBlankFirst(first.sort) ? 0 : 1;
}

/** Whether rows that hold a value and rows that hold none are asked for at once. */
function holdsBlanks({ branch, columns: { branches } }: Part): boolean {
  return branch.when === true && branches.length > 1;
}

function orderBy(parts: readonly Part[], tieBreak: string): string {
  const columns = parts.flatMap(({ sort, branch }) =>
    branch.columns.map((column) => `${column} ${sort.direction}`),
  );
  return [...columns, tieBreak].join(',');
}

/** The same order from its other end. */
export function reversed(sort: readonly Sort[]): readonly Sort[] {
  return sort.map(({ field, direction, blanks }) => ({
    field,
    direction: direction === 'asc' ? 'desc' : 'asc',
    blanks: blanks === 'first' ? 'last' : 'first',
  }));
}

/**
 * The rows of a portion at a place and behind it; some before it too, where the service's values are coarser than the kit's.
 * Ids are not compared: the service has an order of its own for them.
 */
export function fromPlace({ parts }: Portion, { values }: Place): Expression {
  const same: Expression[] = [];
  const ways: Expression[] = [];
  for (const [index, part] of parts.entries()) {
    const value = values[index] ?? null;
    ways.push(and(...same, behind(part, value)));
    same.push(at(part, value));
  }
  return or(...ways, and(...same));
}

/**
 * Behind a value of one field, whatever follows. Those with the same value are not: before them in the fields that follow is for the
 * service to say, which has texts in an order of its own.
 */
function behind({ sort, branch, columns }: Part, value: Json): Expression {
  if (isBlank(branch)) return value !== null && !isBlankFirst(sort);
  if (value === null) return isBlankFirst(sort);
  return compared(branch, columns, sort.direction === 'asc' ? 'gt' : 'lt', value);
}

function at({ branch, columns }: Part, value: Json): Expression {
  if (isBlank(branch) || value === null) return isBlank(branch) && value === null;
  return and(compared(branch, columns, 'ge', value), compared(branch, columns, 'le', value));
}

const SECOND = 1000;

/** The service keeps whole seconds. */
function compared(
  { columns }: SortBranch,
  sort: SortColumns,
  op: PlaceOperator,
  value: Json,
): Expression {
  if (sort.compared) return sort.compared(op, value, columns[0] ?? '');
  const seconds = Number(value) / SECOND;
  const whole = (isUpward(op) ? Math.floor(seconds) : Math.ceil(seconds)) * SECOND;
  return `${columns[0] ?? ''} ${isUpward(op) ? 'ge' : 'le'} ${toInstant(whole)}`;
}

import type { Json } from '../../model/json.js';
import { isObject } from '../../model/json.js';
import type { FieldFilter, Filter } from '../../model/query.js';
import { timeKind, toInstant, toMilliseconds } from '../../model/time.js';
import { failure } from '../failure.js';

/** A condition in the service's words; or what it always is, whatever the row. */
export type Expression = string | boolean;

/** Where a field of the kit stands in a table of the backend. */
export type FieldColumns =
  | { readonly kind: 'text' | 'time' | 'number'; readonly column: string }
  | { readonly kind: 'record'; readonly column: string }
  /** An id that is a text. */
  | { readonly kind: 'key'; readonly column: string }
  /** The kit's words as the backend's numbers or names; a word that is missing is on no row. */
  | {
      readonly kind: 'choice';
      readonly column: string;
      readonly codes: Codes;
      /** The words in the kit's order, where the backend's numbers are in another. */
      readonly ranks?: readonly string[];
    }
  /** No column: the same on every row of this table; null is blank. */
  | {
      readonly kind: 'constant';
      readonly value: string | null;
      /** The words in order, where it has one. */
      readonly ranks?: readonly string[];
    }
  /** A condition made by the table itself, for what is spread over several columns. `blank`: when there is nothing to compare. */
  | {
      readonly kind: 'made';
      readonly make: (filter: FieldFilter, context: FilterContext) => Expression;
      readonly blank?: Expression;
    };

export type Codes = { readonly [word: string]: number | string | boolean };
export type FieldTable = { readonly [field: string]: FieldColumns };

export interface FilterContext {
  readonly timeZone: string;
  /** Who `me` is. */
  readonly user: string | undefined;
  /** Who `my-team` is; undefined where nobody knows. */
  readonly team: readonly string[] | undefined;
  /** The service takes what is to be contained for a pattern. */
  readonly isPattern?: boolean;
}

/** A filter over a table as an OData expression. */
export function toExpression(
  filter: Filter,
  table: FieldTable,
  context: FilterContext,
): Expression {
  if ('all' in filter) return and(...filter.all.map((part) => toExpression(part, table, context)));
  if ('any' in filter) return or(...filter.any.map((part) => toExpression(part, table, context)));
  if ('not' in filter) return negated(filter.not, table, context);
  return fieldExpression(filter, table, context);
}

/** The opposite. Blanks belong to it, although to the backend neither a comparison with a blank nor its negation is true. */
function negated(filter: Filter, table: FieldTable, context: FilterContext): Expression {
  if ('all' in filter) return or(...filter.all.map((part) => negated(part, table, context)));
  if ('any' in filter) return and(...filter.any.map((part) => negated(part, table, context)));
  if ('not' in filter) return toExpression(filter.not, table, context);
  const positive = fieldExpression(filter, table, context);
  if (typeof positive === 'boolean') return !positive;
  const opposite = `not (${positive})`;
  return filter.op === 'empty' ? opposite : or(opposite, blankExpression(table[filter.field]));
}

function blankExpression(columns: FieldColumns | undefined): Expression {
  if (!columns) return false;
  if ('column' in columns) return `${columns.column} eq null`;
  return columns.kind === 'made' ? (columns.blank ?? false) : false;
}

function fieldExpression(
  filter: FieldFilter,
  table: FieldTable,
  context: FilterContext,
): Expression {
  const columns = table[filter.field];
  if (!columns) throw failure('unsupported', `This data source can't filter by ${filter.field}.`);
  if (columns.kind === 'made') return columns.make(filter, context);
  if (columns.kind === 'constant') return constantExpression(columns, filter);
  return columnExpression(columns, filter, context);
}

/** A condition on one column. */
export function columnExpression(
  columns: Exclude<FieldColumns, { kind: 'made' | 'constant' }>,
  { op, value }: Pick<FieldFilter, 'op' | 'value'>,
  context: FilterContext,
): Expression {
  const { column, kind } = columns;
  if (op === 'empty') return `${column} ${value === false ? 'ne' : 'eq'} null`;
  if (op === 'contains') {
    return kind === 'text' ? contains(column, String(value ?? ''), context) : false;
  }
  if (columns.kind === 'choice' && columns.ranks && op !== 'eq' && op !== 'in') {
    const words = rankedWords(columns.ranks, op, value);
    return columnExpression(columns, { op: 'in', value: words }, context);
  }
  const literals = valuesOf(value, context).flatMap(
    (one) => toLiteral(columns, one, context) ?? [],
  );
  if (op === 'eq' || op === 'in')
    return or(...literals.map((literal) => `${column} eq ${literal}`));
  const [bound] = literals;
  return bound === undefined ? false : `${column} ${op} ${bound}`;
}

/** The words that stand before or behind one. */
function rankedWords(
  ranks: readonly string[],
  op: FieldFilter['op'],
  value: Json | undefined,
): readonly string[] {
  const bound = ranks.indexOf(String(value));
  if (bound < 0) return [];
  return ranks.filter((_, rank) => {
    if (op === 'lt') return rank < bound;
    if (op === 'le') return rank <= bound;
    if (op === 'gt') return rank > bound;
    return op === 'ge' && rank >= bound;
  });
}

function constantExpression(
  { value: constant, ranks }: Extract<FieldColumns, { kind: 'constant' }>,
  { op, value }: FieldFilter,
): boolean {
  if (op === 'empty') return (constant === null) !== (value === false);
  if (constant === null) return false;
  if (op === 'eq' || op === 'in') return listOf(value).includes(constant);
  if (ranks && op !== 'contains') return rankedWords(ranks, op, value).includes(constant);
  const wanted = String(value ?? '').toLowerCase();
  return op === 'contains' && constant.toLowerCase().includes(wanted);
}

/** The values a filter names, with `me` and `my-team` as ids. */
export function valuesOf(value: Json | undefined, context: FilterContext): readonly Json[] {
  return listOf(value).flatMap((one): readonly Json[] => {
    if (one === 'me')
      return context.user === undefined ? unknown('who the user is') : [context.user];
    if (one === 'my-team') return context.team ?? unknown('who is in the team');
    return [one];
  });
}

function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [value ?? null];
}

function unknown(what: string): never {
  throw failure('unsupported', `This data source does not know ${what}.`);
}

function toLiteral(
  columns: Exclude<FieldColumns, { kind: 'made' | 'constant' }>,
  value: Json,
  { timeZone }: FilterContext,
): string | undefined {
  switch (columns.kind) {
    case 'text':
      return typeof value === 'string' ? quote(value) : undefined;
    case 'number':
      return typeof value === 'number' ? String(value) : undefined;
    case 'time':
      return typeof value === 'string' ? toInstantLiteral(value, timeZone) : undefined;
    case 'key': {
      const id = isObject(value) ? value['id'] : value;
      return typeof id === 'string' ? quote(id) : undefined;
    }
    case 'record':
      return toGuid(isObject(value) ? value['id'] : value);
    case 'choice': {
      const code = columns.codes[String(value)];
      return typeof code === 'string' ? quote(code) : code?.toString();
    }
  }
}

/** Whole seconds, as the backend keeps them. */
export function toInstantLiteral(time: string, timeZone: string): string | undefined {
  return timeKind(time) ? toInstant(toMilliseconds(time, timeZone)) : undefined;
}

export function contains(
  column: string,
  text: string,
  { isPattern = false }: Pick<FilterContext, 'isPattern'> = {},
): Expression {
  if (text === '') return `${column} ne null`;
  return `contains(${column},${quote(isPattern ? asItStands(text) : text)})`;
}

/**
 * In a pattern of SQL Server `%`, `_` and `[` stand for others, unless each is in brackets:
 * https://learn.microsoft.com/power-apps/developer/data-platform/wildcard-characters
 */
function asItStands(text: string): string {
  return text.replace(/[%_[]/g, '[$&]');
}

export function quote(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Ids stand in a question without quotes, so nothing else may. */
export function toGuid(value: unknown): string | undefined {
  return typeof value === 'string' && GUID.test(value) ? value.toLowerCase() : undefined;
}

export function and(...parts: readonly Expression[]): Expression {
  return joined(parts, 'and');
}

export function or(...parts: readonly Expression[]): Expression {
  return joined(parts, 'or');
}

function joined(parts: readonly Expression[], word: 'and' | 'or'): Expression {
  const decides = word === 'or';
  if (parts.includes(decides)) return decides;
  const texts = [...new Set(parts.filter((part) => typeof part === 'string'))];
  if (texts.length === 0) return !decides;
  return texts.length === 1 ? (texts[0] ?? !decides) : `(${texts.join(` ${word} `)})`;
}

import type { ActivityTypes } from './activity-types.js';
import { isObject, type Json } from './json.js';
import { OPERATORS, isRecord, queryField, type QueryField } from './query-fields.js';
import type { ActivityQuery, FieldFilter, Filter } from './query.js';
import { isRelativePeriod, relativeWord } from './relative-time.js';
import { timeKind } from './time.js';

/** What is wrong with a question, in words for who wrote it, and with which field. */
export interface QuestionProblem {
  readonly field: string;
  readonly text: string;
}

/**
 * What makes a question meaningless: a field nobody has, an operator its kind does not take, a value of another kind. Said
 * instead of answering nothing, which would look like an empty list.
 */
export function problemOf(
  { filter, sort = [], range }: Pick<ActivityQuery, 'filter' | 'sort' | 'range'>,
  types: ActivityTypes,
): QuestionProblem | undefined {
  const problem = filter && problemOfFilter(filter, types);
  if (problem) return problem;
  for (const { field } of sort) {
    const known = queryField(field, types);
    if (!known) return unknown(field);
    if (known.many) return { field, text: `no list can be sorted by ${field}: it may be several` };
  }
  if (range) {
    for (const end of ['from', 'to'] as const) {
      if (!timeKind(range[end])) {
        return { field: 'range', text: `range.${end} ${show(range[end])} is no time` };
      }
    }
  }
  return undefined;
}

function problemOfFilter(filter: Filter, types: ActivityTypes): QuestionProblem | undefined {
  // What a host hands in may be anything.
  if (!isObject(filter as unknown)) {
    return { field: 'filter', text: `${show(filter)} is no filter` };
  }
  if ('all' in filter) return first(filter.all, types);
  if ('any' in filter) return first(filter.any, types);
  if ('not' in filter) return problemOfFilter(filter.not, types);
  const { field } = filter;
  const known = queryField(field, types);
  return known ? problemOfField(filter, known) : unknown(field);
}

function first(filters: readonly Filter[], types: ActivityTypes): QuestionProblem | undefined {
  if (!Array.isArray(filters)) {
    return { field: 'filter', text: 'all and any of a filter take a list of filters' };
  }
  for (const filter of filters) {
    const problem = problemOfFilter(filter, types);
    if (problem) return problem;
  }
  return undefined;
}

function unknown(field: unknown): QuestionProblem {
  return {
    field: String(field),
    text: `there is no field ${show(field)}; fields of a type are asked for as fields.NAME, parties by role as parties.ROLE`,
  };
}

function problemOfField(
  { field, op, value }: FieldFilter,
  known: QueryField,
): QuestionProblem | undefined {
  const say = (text: string): QuestionProblem => ({ field, text: `${field} ${text}` });
  const operators = OPERATORS[known.kind];
  if (!operators.includes(op)) {
    return say(`is a ${known.kind} and takes ${operators.join(', ')}, not ${show(op)}`);
  }
  if (op === 'empty') {
    const isFlag = value === undefined || value === null || typeof value === 'boolean';
    return isFlag ? undefined : say(`empty takes true or false, not ${show(value)}`);
  }
  if (op === 'within') {
    const word = relativeWord(value);
    return isRelativePeriod(word) && word !== 'now'
      ? undefined
      : say(`within takes a period such as { relative: 'this-week' }, not ${show(value)}`);
  }
  const isOne = op !== 'in' && op !== 'eq';
  if (isOne && Array.isArray(value)) return say(`${op} takes one value, not a list`);
  if (op === 'in' && !Array.isArray(value)) return say(`in takes a list, not ${show(value)}`);
  const values = Array.isArray(value) ? (value as readonly Json[]) : [value];
  const bad = values.findIndex((one) => !fits(one, known));
  return bad < 0
    ? undefined
    : say(`is compared with ${EXPECTED[known.kind](known)}, not with ${show(values[bad])}`);
}

function fits(value: Json | undefined, { kind, ranks = [] }: QueryField): boolean {
  switch (kind) {
    case 'text':
    case 'word':
      return typeof value === 'string';
    case 'rank':
      return typeof value === 'string' && ranks.includes(value);
    case 'number':
      return typeof value === 'number';
    case 'boolean':
      return typeof value === 'boolean';
    case 'time':
      return timeKind(value) !== undefined || isRelativePeriod(relativeWord(value));
    case 'record':
      return typeof value === 'string' || isRecord(value);
    case 'list':
      return false;
  }
}

const EXPECTED: { readonly [kind in QueryField['kind']]: (field: QueryField) => string } = {
  text: () => 'a text',
  word: () => 'a text',
  rank: ({ ranks = [] }) => `one of ${ranks.join(', ')}`,
  number: () => 'a number',
  boolean: () => 'true or false',
  time: () => 'an instant, a calendar date, a wall time with its zone or { relative }',
  record: () => 'an id, a record, me or my-team',
  list: () => 'nothing',
};

function show(value: unknown): string {
  return JSON.stringify(value) ?? 'undefined';
}

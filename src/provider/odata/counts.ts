import type { ActivityQuery, CountGroup, Total } from '../../model/query.js';
import { failure } from '../failure.js';
import type { CallOptions } from '../provider.js';
import { filtered } from './activity-reader.js';
import { questionExpression, type ActivityTable } from './activity-tables.js';
import type { FilterContext } from './filter.js';
import { toTotal } from './merged-pages.js';
import { queryString } from './query-string.js';
import { numberOf, rowsOf } from './read-row.js';
import { fetchPage, type Service } from './service.js';

/** How many rows there are in each group: all in one answer where the groups are states, else one question per group and table. */
export async function countGroups(
  question: ActivityQuery,
  groups: readonly CountGroup[],
  call: CallOptions,
  context: FilterContext,
  service: Service,
): Promise<readonly Total[]> {
  const states = groups.map(({ filter }) => stateCodesOf(filter, service.pointers));
  if (states.every((codes) => codes !== undefined)) {
    return countStates(question, states, call, context, service);
  }
  return Promise.all(
    groups.map(({ filter }) => {
      const both = question.filter ? { all: [question.filter, filter] } : filter;
      return countRows({ ...question, filter: both }, call, context, service);
    }),
  );
}

async function countStates(
  question: ActivityQuery,
  groups: readonly (readonly number[])[],
  call: CallOptions,
  context: FilterContext,
  { send, pointers, dialect }: Service,
): Promise<readonly Total[]> {
  const filter = questionExpression(question, pointers, dialect, context);
  const byState = new Map<number | undefined, number>();
  if (filter !== false) {
    const grouped = 'groupby((statecode),aggregate($count as count))';
    const apply = typeof filter === 'string' ? `filter(${filter})/${grouped}` : grouped;
    for (const row of rowsOf(await send(pointers.set + queryString({ $apply: apply }), call))) {
      byState.set(numberOf(row, 'statecode'), numberOf(row, 'count') ?? 0);
    }
  }
  return groups.map((codes) => ({
    value: codes.reduce((sum, code) => sum + (byState.get(code) ?? 0), 0),
    relation: 'exact',
  }));
}

async function countRows(
  question: ActivityQuery,
  call: CallOptions,
  context: FilterContext,
  { send, pointers, notes, dialect }: Service,
): Promise<Total> {
  const totals = await Promise.all(
    [pointers, notes].map(async (table) => {
      const filter = questionExpression(question, table, dialect, context);
      if (filter === false) return toTotal(0);
      const path = queryString({ $select: table.id, ...filtered(filter), $count: true });
      const { count } = await fetchPage(send, table.set + path, 1, call);
      if (count === undefined) throw failure('server');
      return toTotal(count);
    }),
  );
  return {
    value: totals.reduce((sum, { value }) => sum + value, 0),
    relation: totals.every(({ relation }) => relation === 'exact') ? 'exact' : 'atLeast',
  };
}

/** The numbers of the states that a filter names; undefined where it is about something else. */
function stateCodesOf(
  filter: CountGroup['filter'],
  { fields }: ActivityTable,
): readonly number[] | undefined {
  if (!('field' in filter) || filter.field !== 'state') return undefined;
  if (filter.op !== 'eq' && filter.op !== 'in') return undefined;
  const { state } = fields;
  const codes = state?.kind === 'choice' ? state.codes : {};
  const names: readonly unknown[] = Array.isArray(filter.value) ? filter.value : [filter.value];
  return names.flatMap((name) => {
    const code = codes[String(name)];
    return typeof code === 'number' ? [code] : [];
  });
}

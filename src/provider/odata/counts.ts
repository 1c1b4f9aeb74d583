import type { ActivityQuery, CountGroup, Total } from '../../model/query.js';
import { failure, toFailure } from '../failure.js';
import type { CallOptions } from '../provider.js';
import { filtered } from './activity-reader.js';
import { questionExpression, type ActivityTable } from './activity-tables.js';
import type { PartAnswer } from './batch.js';
import type { FilterContext } from './filter.js';
import { queryString } from './query-string.js';
import { numberOf, rowsOf } from './read-row.js';
import { totalOf, type Service } from './service.js';

/**
 * How many rows there are in each group: all in one answer where the groups are states, else one question per group and table,
 * all in one request.
 */
export async function countGroups(
  question: ActivityQuery,
  groups: readonly CountGroup[],
  call: CallOptions,
  context: FilterContext,
  service: Service,
): Promise<readonly Total[]> {
  const states = groups.map(({ filter }) => stateCodesOf(filter, service.pointers));
  if (states.every((codes) => codes !== undefined)) {
    try {
      return await countStates(question, states, call, context, service);
    } catch (thrown) {
      // The service groups no more than 50,000 rows; one by one it counts as far as it can.
      if (toFailure(thrown).code !== 'validation') throw thrown;
    }
  }
  return countEach(
    groups.map(({ filter }) => ({
      ...question,
      filter: question.filter ? { all: [question.filter, filter] } : filter,
    })),
    call,
    context,
    service,
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

async function countEach(
  questions: readonly ActivityQuery[],
  call: CallOptions,
  context: FilterContext,
  { send, batch, pointers, notes, dialect }: Service,
): Promise<readonly Total[]> {
  // Of each question, the paths that count its rows in one table each.
  const paths = questions.map((question) =>
    [pointers, notes].flatMap((table) => {
      const filter = questionExpression(question, table, dialect, context);
      if (filter === false) return [];
      const options = { $select: table.id, ...filtered(filter), $count: true, $top: 1 };
      return [table.set + queryString(options)];
    }),
  );
  const all = [...new Set(paths.flat())];
  const [only] = all;
  const answers: readonly PartAnswer[] =
    only !== undefined && all.length === 1
      ? [{ body: await send(only, call) }]
      : all.length > 0
        ? await batch(all, call)
        : [];
  const totals = new Map(all.map((path, index) => [path, readTotal(answers[index])]));
  return paths.map((own) => sumOf(own.flatMap((path) => totals.get(path) ?? [])));
}

function readTotal(answer: PartAnswer | undefined): Total {
  if (!answer) throw failure('server');
  if ('error' in answer) throw failure(answer.error.code, answer.error.message, answer.error);
  const total = totalOf(answer.body);
  if (!total) throw failure('server');
  return total;
}

function sumOf(totals: readonly Total[]): Total {
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

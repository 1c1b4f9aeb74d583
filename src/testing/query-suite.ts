import type { Activity, RecordRef } from '../model/activity.js';
import { evaluate, matches, placeOf, type EvaluationContext } from '../model/evaluate.js';
import type { Json } from '../model/json.js';
import { OPERATORS, queryField, rawValues } from '../model/query-fields.js';
import type { ActivityQuery, FieldFilter, Filter, PagePosition, Sort } from '../model/query.js';
import { resolveQuestion } from '../model/relative-time.js';
import { timeKind, toInstant, toMilliseconds } from '../model/time.js';
import type { Capabilities } from '../provider/capabilities.js';
import { randomOf } from '../provider/chaos/random.js';
import type { ActivityDataProvider, CallOptions } from '../provider/provider.js';
import type { ContractCheck } from './provider-contract.js';
import { rowsOf, startSubject, type Subject } from './subject.js';

export interface QuerySuiteSetup {
  /** Asked once. It should hold some hundred rows that differ in everything; nothing is written. */
  readonly provider: () => ActivityDataProvider | Promise<ActivityDataProvider>;
  /** How many questions. Default: 300. */
  readonly count?: number;
  /** The same seed asks the same of the same rows. */
  readonly seed?: number;
  readonly call?: Partial<CallOptions>;
}

/**
 * Generated questions, each asked of the provider and of the kit's own evaluator over all its rows: the rows must be the same,
 * and in the same order wherever the provider calls that exact. One check for every ten questions; what fails names the question.
 */
export function querySuite(setup: QuerySuiteSetup): readonly ContractCheck[] {
  const count = setup.count ?? 300;
  const seed = setup.seed ?? 1;
  let started: Promise<Started> | undefined;
  const start = (): Promise<Started> => (started ??= startSuite(setup));
  const size = 10;
  return Array.from({ length: Math.ceil(count / size) }, (_, part) => ({
    name: `answers questions ${String(part * size + 1)} to ${String(Math.min(count, (part + 1) * size))} as the kit would`,
    run: async () => {
      const { subject, all, context } = await start();
      const ask = async (number: number): Promise<void> => {
        const draw = drawOf(seed, number);
        const question = generateQuestion(draw, all, subject.capabilities, context);
        const problem = await problemWith(question, subject, all, context, draw);
        if (problem) {
          throw new Error(
            `question ${String(number + 1)} (seed ${String(seed)}), ${JSON.stringify(question)}: ${problem}`,
          );
        }
      };
      // Beside each other, as the lists of a page ask.
      const last = Math.min(count, (part + 1) * size);
      await Promise.all(
        Array.from({ length: last - part * size }, (_, index) => ask(part * size + index)),
      );
      return undefined;
    },
  }));
}

interface Started {
  readonly subject: Subject;
  readonly all: readonly Activity[];
  readonly context: EvaluationContext;
}

async function startSuite(setup: QuerySuiteSetup): Promise<Started> {
  const subject = await startSubject(setup);
  const all = await rowsOf(subject, { need: ['body', 'parties', 'fields'] });
  const parents = await parentsOf(subject, all);
  return {
    subject,
    all,
    context: { ...subject.context, parentOf: (ref) => parents.get(`${ref.kind}:${ref.id}`) },
  };
}

/** Who belongs to whom, as the provider itself says. */
async function parentsOf(
  { provider, call }: Subject,
  rows: readonly Activity[],
): Promise<ReadonlyMap<string, RecordRef>> {
  const parents = new Map<string, RecordRef>();
  const seen = new Set<string>();
  let asked = rows.flatMap(({ regarding }) => regarding ?? []);
  while (provider.records && asked.length > 0) {
    const refs = asked.filter(({ kind, id }) => {
      const key = `${kind}:${id}`;
      return !seen.has(key) && seen.add(key);
    });
    const found = refs.length > 0 ? await provider.records({ refs }, call) : [];
    for (const { ref, parent } of found) if (parent) parents.set(`${ref.kind}:${ref.id}`, parent);
    asked = found.flatMap(({ parent }) => parent ?? []);
  }
  return parents;
}

// ── asking ─────────────────────────────────────────────────────────────────────────────────────

async function problemWith(
  question: ActivityQuery,
  subject: Subject,
  all: readonly Activity[],
  context: EvaluationContext,
  draw: Draw,
): Promise<string | undefined> {
  // What the rows as they are listed can't tell, nobody can compare.
  if (all.some((row) => matches(row, question, context) === undefined)) return undefined;
  const expected = evaluate(all, question, context).rows;
  // In pages small enough to have bounds between, and not too many of them.
  const size = Math.max(draw.between(1, 25), Math.ceil(expected.length / 3));
  const found = await rowsOf(subject, question, size);
  const problem = differenceOf(found, expected, question, subject, context);
  if (problem) return problem;
  if (subject.provider.count && subject.capabilities?.query) {
    const groups = [{ name: 'all', filter: { all: [] } }];
    const [total] = await subject.provider.count(question, groups, subject.call);
    const isRight =
      total?.relation === 'exact'
        ? total.value === expected.length
        : total !== undefined && total.value <= expected.length;
    if (!isRight) return `counts ${JSON.stringify(total)} of ${String(expected.length)}`;
  }
  return problemWithPlaces(question, subject, expected, context, draw);
}

/** A page in the middle, by the manners that the provider declares. */
async function problemWithPlaces(
  question: ActivityQuery,
  subject: Subject,
  expected: readonly Activity[],
  context: EvaluationContext,
  draw: Draw,
): Promise<string | undefined> {
  const declared = subject.capabilities?.query;
  const { sort = [] } = question;
  const middle = expected.length > 0 ? draw.one(expected) : undefined;
  if (!declared || !middle || !isExactlySorted(sort, subject.capabilities)) return undefined;
  const place = placeOf(middle, sort, context);
  const positions: PagePosition[] = [];
  if (declared.places) {
    positions.push(draw.one([{ after: place }, { before: place }, { around: middle.id }]));
  }
  if (declared.offset) positions.push({ offset: draw.between(0, expected.length) });
  for (const at of positions) {
    const page = { size: draw.between(1, 9), at };
    const wanted = evaluate(expected, { sort, page }, context).rows;
    const answer = await subject.provider.query({ ...question, page }, subject.call);
    const rows = 'rows' in answer ? answer.rows : answer;
    const [got, right] = [rows, wanted].map((list) => list.map(({ id }) => id).join());
    if (got !== right)
      return `the page ${JSON.stringify(page)} has ${got ?? ''}, not ${right ?? ''}`;
  }
  return undefined;
}

function differenceOf(
  found: readonly Activity[],
  expected: readonly Activity[],
  { sort = [], record }: ActivityQuery,
  subject: Subject,
  context: EvaluationContext,
): string | undefined {
  const ids = found.map(({ id }) => id);
  const wanted = expected.map(({ id }) => id);
  const missing = wanted.filter((id) => !ids.includes(id));
  const extra = ids.filter((id) => !wanted.includes(id));
  if (new Set(ids).size < ids.length) return 'a row is answered twice';
  if (missing.length > 0 || extra.length > 0) {
    return `${String(found.length)} rows instead of ${String(expected.length)}; missing: ${missing.slice(0, 3).join()}; too many: ${extra.slice(0, 3).join()}`;
  }
  if (record && found.some(({ via }) => !via?.length)) return 'a row does not say through whom';
  if (!isExactlySorted(sort, subject.capabilities)) return undefined;
  // Without places nobody enters the list between rows that differ only in their ids.
  const hasPlaces = subject.capabilities?.query?.places === true || !subject.capabilities?.query;
  const keyOf = (row: Activity): string =>
    hasPlaces ? row.id : JSON.stringify(placeOf(row, sort, context).values);
  const at = expected.findIndex((row, index) => {
    const other = found[index];
    return !other || keyOf(row) !== keyOf(other);
  });
  if (at < 0 || (sort.length === 0 && !hasPlaces)) return undefined;
  return `at ${String(at)} stands ${found[at]?.id ?? 'nothing'}, not ${expected[at]?.id ?? ''}`;
}

function isExactlySorted(sort: readonly Sort[], capabilities: Capabilities | undefined): boolean {
  const declared = capabilities?.query;
  if (!declared) return true;
  const exact = declared.exactSort ?? declared.exact ?? [];
  return sort.every(({ field }) => exact.includes('*') || exact.includes(field));
}

// ── making questions ───────────────────────────────────────────────────────────────────────────

/** A repeatable source of chance. */
interface Draw {
  between(from: number, to: number): number;
  one<T>(values: readonly T[]): T;
  chance(part: number): boolean;
}

function drawOf(seed: number, question: number): Draw {
  const random = randomOf(seed, question);
  return {
    between: (from, to) => Math.floor(random.between(from, to + 1)),
    one: (values) => values[Math.floor(random.next() * values.length)] as (typeof values)[number],
    chance: random.chance,
  };
}

const FIELDS = [
  ...['type', 'subject', 'description', 'state', 'statusReason', 'priority', 'owner', 'owner.name'],
  ...['deadline', 'due', 'start', 'end', 'place', 'actualEnd', 'createdAt', 'modifiedAt'],
  ...['regarding', 'regarding.kind', 'regarding.name', 'parties', 'parties.to', 'createdBy', 'id'],
  ...['outcome', 'thread', 'series', 'actualDuration', 'fields.direction', 'fields.location'],
  ...['fields.percentComplete', 'fields.leftVoicemail', 'attachments'],
];
const PERIODS = [
  ...['today', 'tomorrow', 'yesterday', 'this-week', 'last-month', 'next-7-days'],
  ...['next-6-months', 'last-30-days', 'this-quarter'],
];

/** One question that the provider says it can be asked, about what is in the rows. */
function generateQuestion(
  draw: Draw,
  rows: readonly Activity[],
  capabilities: Capabilities | undefined,
  context: EvaluationContext,
): ActivityQuery {
  const declared = capabilities?.query;
  const has = (list: readonly string[] | undefined, field: string): boolean =>
    !declared || (list?.some((name) => name === '*' || name === field) ?? false);
  const fields = FIELDS.filter(
    (field) => has(declared?.filter, field) && has(declared?.exact, field),
  ).filter((field) => queryField(field, context.types));
  const sortable = FIELDS.filter(
    (field) => has(declared?.sort, field) && queryField(field, context.types)?.many !== true,
  );
  const filter =
    fields.length > 0 && draw.chance(0.85) ? makeFilter(draw, rows, fields, context, 2) : undefined;
  const sort = makeSort(draw, sortable);
  const search = draw.chance(0.12) && (!declared || declared.search) && makeSearch(draw, rows);
  const range = draw.chance(0.2) && (!declared || declared.range) && makeRange(draw, rows, context);
  const record =
    draw.chance(0.2) &&
    (!declared || declared.record?.length) &&
    makeRecord(draw, rows, capabilities);
  const question: ActivityQuery = {
    ...(filter && { filter }),
    ...(search && { search }),
    ...(range && { range }),
    ...(record && { record }),
    ...(sort.length > 0 && { sort }),
  };
  // As the kit does before it asks anybody.
  const at = timesOf(rows, context);
  const now = at.length > 0 ? draw.one(at) : 0;
  return resolveQuestion(question, { now, timeZone: context.timeZone }, context.types);
}

function makeSort(draw: Draw, sortable: readonly string[]): readonly Sort[] {
  if (sortable.length === 0) return [];
  // Most lists are sorted by a time.
  const times = ['deadline', 'modifiedAt', 'createdAt', 'place'].filter((field) =>
    sortable.includes(field),
  );
  const fields = new Set<string>();
  const count = draw.one([0, 1, 1, 1, 2, 2, 3]);
  while (fields.size < Math.min(count, sortable.length)) {
    fields.add(
      draw.one(draw.chance(0.6) && times.length > 0 && fields.size === 0 ? times : sortable),
    );
  }
  return [...fields].map((field) => ({
    field,
    direction: draw.one(['asc', 'desc'] as const),
    ...(draw.chance(0.3) && { blanks: draw.one(['first', 'last'] as const) }),
  }));
}

function makeFilter(
  draw: Draw,
  rows: readonly Activity[],
  fields: readonly string[],
  context: EvaluationContext,
  depth: number,
): Filter {
  const inner = (): Filter => makeFilter(draw, rows, fields, context, depth - 1);
  const several = (): Filter[] => Array.from({ length: draw.between(1, 3) }, inner);
  if (depth > 0 && draw.chance(0.5)) {
    return draw.one<() => Filter>([
      () => ({ all: several() }),
      () => ({ all: several() }),
      () => ({ any: several() }),
      () => ({ not: inner() }),
    ])();
  }
  return makeCondition(draw, rows, draw.one(fields), context);
}

function makeCondition(
  draw: Draw,
  rows: readonly Activity[],
  name: string,
  context: EvaluationContext,
): FieldFilter {
  const field = queryField(name, context.types);
  const operators = OPERATORS[field?.kind ?? 'list'];
  const op = draw.one(operators);
  const empty: FieldFilter = { field: name, op: 'empty', value: draw.chance(0.5) };
  if (!field || op === 'empty') return empty;
  if (field.kind === 'time' && (op === 'within' || draw.chance(0.15))) {
    return { field: name, op: op === 'in' ? 'eq' : op, value: { relative: draw.one(PERIODS) } };
  }
  const values = valuesIn(rows, name, context);
  const value = (): Json | undefined => {
    const people = [
      context.user ? 'me' : undefined,
      context.team === 'unknown' ? undefined : 'my-team',
    ];
    const words = people.filter((word) => word !== undefined);
    if (name === 'owner' && words.length > 0 && draw.chance(0.5)) return draw.one(words);
    return values.length > 0 ? draw.one(values) : undefined;
  };
  const one = value();
  if (one === undefined) return empty;
  if (op === 'in') {
    const list = Array.from({ length: draw.between(1, 3) }, () => value() ?? one);
    return { field: name, op, value: list };
  }
  if (op === 'contains' && typeof one === 'string') {
    const from = draw.between(0, Math.max(0, one.length - 3));
    const part = one.slice(from, from + 3);
    return { field: name, op, value: draw.chance(0.5) ? part.toUpperCase() : part };
  }
  return { field: name, op, value: one };
}

/** What stands in the rows under a field, as a question would name it. */
function valuesIn(
  rows: readonly Activity[],
  name: string,
  context: EvaluationContext,
): readonly Json[] {
  const field = queryField(name, context.types);
  if (!field) return [];
  if (field.kind === 'rank') return field.ranks ?? [];
  if (name === 'deadline' || name === 'place') {
    return timesOf(rows, context, name).map((at) => toInstant(at));
  }
  const raw = rows.flatMap((row) => rawValues(row, name, field));
  // Backends keep whole seconds.
  const times = (value: unknown): value is string => timeKind(value) !== undefined;
  if (field.kind === 'time') {
    return raw
      .filter(times)
      .map((value) =>
        timeKind(value) === 'instant'
          ? toInstant(Math.floor(toMilliseconds(value, context.timeZone) / 1000) * 1000)
          : value,
      );
  }
  if (field.kind === 'record') return raw.map((value) => (value as RecordRef).id);
  return raw as Json[];
}

function timesOf(
  rows: readonly Activity[],
  context: EvaluationContext,
  field: 'deadline' | 'place' = 'deadline',
): readonly number[] {
  const sort: Sort[] = [{ field, direction: 'asc' }];
  return rows.flatMap((row) => {
    const [at] = placeOf(row, sort, context).values;
    return typeof at === 'number' ? [Math.floor(at / 1000) * 1000] : [];
  });
}

function makeSearch(draw: Draw, rows: readonly Activity[]): string | undefined {
  const words = rows.flatMap(({ subject }) =>
    subject.split(/\s+/).filter((word) => /^\w{3,}$/.test(word)),
  );
  return words.length > 0 ? draw.one(words).toUpperCase() : undefined;
}

function makeRange(
  draw: Draw,
  rows: readonly Activity[],
  context: EvaluationContext,
): ActivityQuery['range'] {
  const places = timesOf(rows, context, 'place');
  if (places.length === 0) return undefined;
  const from = draw.one(places) - draw.one([0, 3_600_000, 86_400_000]);
  const length = draw.one([1_800_000, 86_400_000, 7 * 86_400_000, 31 * 86_400_000]);
  return { from: toInstant(from), to: toInstant(from + length) };
}

function makeRecord(
  draw: Draw,
  rows: readonly Activity[],
  capabilities: Capabilities | undefined,
): ActivityQuery['record'] {
  const refs = rows.flatMap(({ regarding, parties = [] }) => [
    ...(regarding ? [regarding] : []),
    ...parties.flatMap(({ record }) => record ?? []),
  ]);
  if (refs.length === 0) return undefined;
  const { kind, id } = draw.one(refs);
  const rollup = draw.one(
    capabilities?.query?.record ?? (['none', 'related', 'extended'] as const),
  );
  return { ref: { kind, id }, rollup, ...(draw.chance(0.5) && { parties: true }) };
}

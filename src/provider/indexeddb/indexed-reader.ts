import type { Activity, RecordRef } from '../../model/activity.js';
import {
  checkQuestion,
  compareBy,
  comparePlaces,
  countGroups,
  evaluate,
  placeOf,
  toTest,
  type EvaluatedPage,
  type EvaluationContext,
} from '../../model/evaluate.js';
import { isObject } from '../../model/json.js';
import {
  allOf,
  type ActivityQuery,
  type CountGroup,
  type PagePosition,
  type Place,
  type Sort,
  type Total,
} from '../../model/query.js';
import type { Transaction } from './connection.js';
import { recordKey } from './keys.js';
import {
  demandsOf,
  entryOf,
  planCount,
  planWalk,
  type IndexPlan,
  type Start,
  type Stretch,
} from './plan.js';
import type { StoredActivity } from './schema.js';

type Reading = Transaction<'readonly'>;

/** Rows of one record, thread or series that are read at once; who has more is asked another way. */
const MAX_CANDIDATES = 3000;
/** Records below one record. */
const MAX_RECORDS = 300;
/** Of an index more entries than these are not counted for a page: the total is said to be at least so many. */
const COUNTED = 1000;

/**
 * A page read by the indexes alone: the work is that of the page. Undefined where no index serves, or would read many times
 * more rows than the page holds; then all rows must be looked at.
 */
export async function readByIndex(
  transaction: Reading,
  question: ActivityQuery,
  context: EvaluationContext,
  kinds: readonly string[],
): Promise<EvaluatedPage | undefined> {
  checkQuestion(question, context.types);
  const candidates = await readCandidates(transaction, question, context, kinds);
  if (candidates) return evaluate(candidates.rows, question, candidates.context);
  if (!question.page || !question.sort?.length) return undefined;
  return readPage(transaction, question, context, kinds);
}

/** Counts by the indexes alone, as far as they can tell. */
export async function countByIndex(
  transaction: Reading,
  question: ActivityQuery,
  groups: readonly CountGroup[],
  context: EvaluationContext,
  kinds: readonly string[],
): Promise<readonly Total[] | undefined> {
  checkQuestion(question, context.types);
  const candidates = await readCandidates(transaction, question, context, kinds);
  if (candidates) return countGroups(candidates.rows, question, groups, candidates.context);
  const activities = transaction.objectStore('activities');
  const counting: Promise<Total>[] = [];
  for (const { filter } of groups) {
    checkQuestion({ filter }, context.types);
    const all = allOf(question.filter, filter);
    const plan = planCount({ ...question, ...(all && { filter: all }) }, context, kinds);
    if (!plan) return undefined;
    const index = activities.index(plan.index.name);
    counting.push(
      Promise.all(plan.stretches.map(({ range }) => index.count(range))).then((counts) => ({
        value: counts.reduce((sum, count) => sum + count, 0),
        relation: 'exact',
      })),
    );
  }
  return Promise.all(counting);
}

/** All rows among which the answer is, where they are few: those about a record, in a thread, in a series, with an id. */
async function readCandidates(
  transaction: Reading,
  question: ActivityQuery,
  context: EvaluationContext,
  kinds: readonly string[],
): Promise<{ rows: readonly Activity[]; context: EvaluationContext } | undefined> {
  if (question.masters) return undefined;
  const demands = demandsOf(question, context, kinds);
  if (!demands) return undefined;
  const activities = transaction.objectStore('activities');
  const found = new Map<string, Activity>();
  const take = async (
    index: 'byRegarding' | 'byParty' | 'byThread' | 'bySeries',
    range: IDBKeyRange,
  ): Promise<boolean> => {
    const stored = await activities.index(index).getAll(range, MAX_CANDIDATES + 1);
    for (const { id, row } of stored) found.set(id, row);
    return stored.length <= MAX_CANDIDATES && found.size <= MAX_CANDIDATES;
  };
  const { record } = question;
  if (record) {
    const parents = await recordsBelow(transaction, record);
    if (!parents) return undefined;
    const keys = [recordKey(record.ref), ...parents.keys()];
    for (const key of keys) if (!(await take('byRegarding', aboutRange(key)))) return undefined;
    if (record.parties && !(await take('byParty', IDBKeyRange.only(recordKey(record.ref))))) {
      return undefined;
    }
    const parentOf = (ref: RecordRef): RecordRef | undefined => parents.get(recordKey(ref));
    return { rows: [...found.values()], context: { ...context, parentOf } };
  }
  const { words } = demands;
  const ids = words.get('id');
  if (ids) {
    const stored = await Promise.all(ids.map((id) => activities.get(id)));
    return { rows: stored.flatMap((one) => one?.row ?? []), context };
  }
  for (const [field, index] of [
    ['thread', 'byThread'],
    ['series', 'bySeries'],
    ['regarding', 'byRegarding'],
    ['parties', 'byParty'],
  ] as const) {
    const values = words.get(field);
    if (!values || values.length > MAX_RECORDS || values.includes('')) continue;
    let areFew = true;
    for (const value of values) {
      const range = field === 'regarding' ? aboutRange(value) : IDBKeyRange.only(value);
      areFew &&= await take(index, range);
    }
    if (areFew) return { rows: [...found.values()], context };
    found.clear();
  }
  return undefined;
}

function aboutRange(key: string): IDBKeyRange {
  return IDBKeyRange.bound([key], [key, [3]]);
}

/** Parents by the key of each record that rolls up to one; undefined where they are too many. */
async function recordsBelow(
  transaction: Reading,
  { ref, rollup }: NonNullable<ActivityQuery['record']>,
): Promise<ReadonlyMap<string, RecordRef> | undefined> {
  const parents = new Map<string, RecordRef>();
  if (rollup === 'none') return parents;
  const index = transaction.objectStore('records').index('byParent');
  let level: readonly RecordRef[] = [ref];
  while (level.length > 0) {
    const below: RecordRef[] = [];
    for (const parent of level) {
      const children = await index.getAll(IDBKeyRange.only([parent.kind, parent.id]), MAX_RECORDS);
      for (const child of children) {
        const key = recordKey(child.ref);
        if (parents.has(key) || key === recordKey(ref)) continue;
        parents.set(key, parent);
        below.push(child.ref);
      }
    }
    if (parents.size >= MAX_RECORDS) return undefined;
    level = rollup === 'extended' ? below : [];
  }
  return parents;
}

async function readPage(
  transaction: Reading,
  question: ActivityQuery,
  context: EvaluationContext,
  kinds: readonly string[],
): Promise<EvaluatedPage | undefined> {
  const { page, sort = [] } = question;
  if (!page) return undefined;
  const walk = (size: number, start: Start): Promise<Walked | undefined> =>
    walkIndex(transaction, question, context, kinds, size, start);
  const { size, at } = page;
  const forward = at && (await startOf(transaction, at, question, context));
  if (forward === 'elsewhere') return undefined;

  const backward = async (wanted: number): Promise<readonly Activity[] | undefined> => {
    const walked = forward && (await walk(wanted, { place: forward.place, isBackward: true }));
    return walked && [...walked.rows].reverse();
  };
  const isEnd = at !== undefined && 'before' in at;
  const isAround = at !== undefined && 'around' in at && forward !== undefined;
  // Beside the walk: neither waits for the other's reads.
  const counting = countFor(transaction, question, context, kinds);
  counting.catch(() => undefined);
  const before = isEnd || isAround ? await backward(isEnd ? size : Math.floor(size / 2)) : [];
  if (!before) return undefined;
  let rows = before;
  let hasMore = true;
  let isWhole = false;
  if (!isEnd) {
    const left = size - before.length;
    const place = forward && { place: forward.place };
    const walked = await walk(left + 1, { ...place, isBackward: false });
    if (!walked) return undefined;
    const own = forward?.row ? [forward.row] : [];
    const found = [...own, ...walked.rows];
    rows = [...before, ...found.slice(0, left)];
    hasMore = found.length > left || !walked.isAtEnd;
    isWhole = !at && !hasMore;
  }
  const last = rows.at(-1);
  const total: Total = isWhole
    ? { value: rows.length, relation: 'exact' }
    : ((await counting) ?? { value: rows.length + (hasMore ? 1 : 0), relation: 'atLeast' });
  return {
    rows,
    total,
    ...(hasMore && last && { next: JSON.stringify(placeOf(last, sort, context)) }),
  };
}

/** The place a page is entered by; of `around`, its row too. 'elsewhere' where that takes another way. */
async function startOf(
  transaction: Reading,
  at: PagePosition,
  question: ActivityQuery,
  context: EvaluationContext,
): Promise<{ readonly place: Place; readonly row?: Activity } | undefined | 'elsewhere'> {
  if ('offset' in at) return at.offset === 0 ? undefined : 'elsewhere';
  if ('after' in at) return { place: at.after };
  if ('before' in at) return { place: at.before };
  if ('next' in at) {
    const place = parsePlace(at.next);
    return place && { place };
  }
  const row = (await transaction.objectStore('activities').get(at.around))?.row;
  if (!row || toTest(question, context)(row) !== true) return undefined;
  return { place: placeOf(row, question.sort ?? [], context), row };
}

function parsePlace(next: string): Place | undefined {
  try {
    const place: unknown = JSON.parse(next);
    return isObject(place) && Array.isArray(place['values']) && typeof place['id'] === 'string'
      ? (place as unknown as Place)
      : undefined;
  } catch {
    return undefined;
  }
}

/** As far as an index tells it, and no further than `COUNTED`; undefined where none does. */
async function countFor(
  transaction: Reading,
  question: ActivityQuery,
  context: EvaluationContext,
  kinds: readonly string[],
): Promise<Total | undefined> {
  const plan = planCount(question, context, kinds);
  if (!plan) return undefined;
  const index = transaction.objectStore('activities').index(plan.index.name);
  const counts = await Promise.all(
    plan.stretches.map(async ({ range }) => {
      const cursor = await index.openKeyCursor(range);
      if (!cursor) return 0;
      // No key is carried over for each entry, as `getAllKeys` would.
      return (await cursor.advance(COUNTED)) ? COUNTED + 1 : index.count(range);
    }),
  );
  const value = counts.reduce((sum, count) => sum + count, 0);
  return value > COUNTED ? { value: COUNTED, relation: 'atLeast' } : { value, relation: 'exact' };
}

interface Walked {
  readonly rows: readonly Activity[];
  readonly isAtEnd: boolean;
}

/** So many rows from a place on, in the question's order or backward. Undefined where it would read too many to find them. */
async function walkIndex(
  transaction: Reading,
  question: ActivityQuery,
  context: EvaluationContext,
  kinds: readonly string[],
  size: number,
  start: Start,
): Promise<Walked | undefined> {
  const plan = planWalk(question, context, kinds, start);
  const sort = question.sort ?? [];
  const [first] = sort;
  if (!plan || !first) return undefined;
  const sign = start.isBackward ? -1 : 1;
  const test = toTest(question, context);
  const compareFirst = compareBy([first], context);
  const compareAll = compareBy(sort, context);
  const batch = Math.max(4, Math.ceil((size + 1) / plan.stretches.length));
  const streams = plan.stretches.map(
    (stretch) => new Stream(transaction, plan.index, stretch, first, start.isBackward, batch),
  );
  await Promise.all(streams.map((stream) => stream.fill()));

  const budget = size * 20 + 500;
  let examined = 0;
  const rows: Activity[] = [];
  let group: Activity[] = [];
  const settle = (): void => {
    rows.push(...group.sort((a, b) => sign * compareAll(a, b)));
    group = [];
  };
  for (;;) {
    let next: Stream | undefined;
    for (const stream of streams) {
      if (!stream.head) continue;
      if (!next?.head || sign * compareFirst(stream.head, next.head) < 0) next = stream;
    }
    const row = next?.head;
    if (!next || !row) break;
    // With one sort field, rows come in their order; with more, those equal by the first are put in theirs.
    const [leader] = group;
    if (leader && (sort.length === 1 || !sameFirst(leader, row, first, context))) settle();
    if (rows.length >= size) break;
    examined++;
    if (examined > budget) return undefined;
    const isPast =
      !start.place || sign * comparePlaces(placeOf(row, sort, context), start.place, sort) > 0;
    if (isPast && test(row) === true) group.push(row);
    next.take();
    if (!next.head) await next.fill();
  }
  settle();
  const isAtEnd = streams.every(({ head }) => head === undefined) && rows.length <= size;
  return { rows: rows.slice(0, size), isAtEnd };
}

function sameFirst(a: Activity, b: Activity, sort: Sort, context: EvaluationContext): boolean {
  const [one, other] = [a, b].map((row) => placeOf(row, [sort], context).values);
  if (!one || !other) return false;
  return comparePlaces({ values: one, id: '' }, { values: other, id: '' }, [sort]) === 0;
}

/** One stretch of an index, read bit by bit in the order of a sort field, then of the id. */
class Stream {
  readonly #transaction: Reading;
  readonly #index: IndexPlan;
  readonly #batch: number;
  readonly #isAscending: boolean;
  readonly #isIdAscending: boolean;
  #range: IDBKeyRange | undefined;
  #rows: Activity[] = [];
  #at = 0;

  constructor(
    transaction: Reading,
    index: IndexPlan,
    { range, kind }: Stretch,
    { direction }: Sort,
    isBackward: boolean,
    batch: number,
  ) {
    this.#transaction = transaction;
    this.#index = index;
    this.#range = range;
    this.#batch = batch;
    this.#isIdAscending = !isBackward;
    // Blanks are all equal, and stand in the order of their ids.
    this.#isAscending = kind === 2 ? !isBackward : (direction === 'asc') !== isBackward;
  }

  get head(): Activity | undefined {
    return this.#rows[this.#at];
  }

  take(): void {
    this.#at++;
  }

  /** Sees to it that there is a head, unless the stretch has ended. */
  async fill(): Promise<void> {
    if (this.head || !this.#range) return;
    const stored = this.#isAscending
      ? await this.#readForward(this.#range)
      : await this.#readBackward(this.#range);
    this.#rows = stored.map(({ row }) => row);
    this.#at = 0;
  }

  async #readForward(range: IDBKeyRange): Promise<readonly StoredActivity[]> {
    const store = this.#transaction.objectStore('activities').index(this.#index.name);
    const stored = await store.getAll(range, this.#batch);
    const last = stored.at(-1);
    this.#range =
      last && stored.length === this.#batch
        ? IDBKeyRange.bound(entryOf(last, this.#index), range.upper, true, true)
        : undefined;
    if (this.#isIdAscending || !last || !this.#range) {
      return this.#isIdAscending ? stored : backwardInTies(stored, this.#index);
    }
    // The last may be one of several equal ones, of which the last by id comes first.
    const ties = await store.getAll(tiesAfter(last, this.#index));
    const end = ties.at(-1);
    if (end) {
      this.#range = IDBKeyRange.bound(entryOf(end, this.#index), range.upper, true, true);
    }
    return backwardInTies([...stored, ...ties], this.#index);
  }

  async #readBackward(range: IDBKeyRange): Promise<readonly StoredActivity[]> {
    const store = this.#transaction.objectStore('activities').index(this.#index.name);
    const stored: StoredActivity[] = [];
    let cursor = await store.openCursor(range, 'prev');
    let last: StoredActivity | undefined;
    while (cursor) {
      const value = cursor.value;
      const isTie = last !== undefined && sameTime(last, value, this.#index);
      if (stored.length >= this.#batch && (this.#isIdAscending ? !isTie : true)) break;
      stored.push(value);
      last = value;
      cursor = await cursor.continue();
    }
    this.#range =
      cursor && last
        ? IDBKeyRange.bound(range.lower, entryOf(last, this.#index), true, true)
        : undefined;
    return this.#isIdAscending ? backwardInTies(stored, this.#index) : stored;
  }
}

function sameTime(a: StoredActivity, b: StoredActivity, { time }: IndexPlan): boolean {
  return indexedDB.cmp(a.keys?.[time] ?? [2], b.keys?.[time] ?? [2]) === 0;
}

/** The rows with those of equal time turned round. */
function backwardInTies(
  stored: readonly StoredActivity[],
  index: IndexPlan,
): readonly StoredActivity[] {
  const turned: StoredActivity[] = [];
  let group: StoredActivity[] = [];
  for (const one of stored) {
    const [first] = group;
    if (first && !sameTime(first, one, index)) {
      turned.push(...group.reverse());
      group = [];
    }
    group.push(one);
  }
  return [...turned, ...group.reverse()];
}

function tiesAfter(stored: StoredActivity, index: IndexPlan): IDBKeyRange {
  const entry = entryOf(stored, index) as IDBValidKey[];
  return IDBKeyRange.bound(entry, [...entry.slice(0, -1), []], true, true);
}

import type { Activity, Via } from '../model/activity.js';
import { checkActivity } from '../model/check.js';
import {
  comparePlaces,
  countGroups,
  evaluate,
  matches,
  placeOf,
  type EvaluationContext,
} from '../model/evaluate.js';
import { isObject } from '../model/json.js';
import type { ActivityQuery, CountGroup, PagePosition, Sort, Total } from '../model/query.js';
import { resolveGroups, resolveQuestion, type Present } from '../model/relative-time.js';
import type { Milliseconds } from '../model/time.js';
import { canSortBy, sortsExactly, type Capabilities } from '../provider/capabilities.js';
import { failure, missingOf, toFailure } from '../provider/failure.js';
import type { ActivityDataProvider, ActivityPage, CallOptions } from '../provider/provider.js';
import type { Asker, FetchedPage } from './activity-view.js';
import type { Timers } from './clock.js';
import { consistencyOf } from './consistency.js';
import type { Gate } from './gate.js';
import type { Moment, RowTable } from './rows.js';
import { timeLimits } from './time-limit.js';

/** What asking needs of its store. */
export interface ReaderHost {
  readonly provider: ActivityDataProvider;
  readonly rows: RowTable;
  readonly timers: Timers;
  readonly gate: Gate;
  readonly readLimit: Milliseconds;
  capabilities(): Capabilities | undefined;
  context(timeZone: string): EvaluationContext;
  /** What relative times in a question of theirs mean now. */
  present(asker: Asker): Present;
  ready(asker: Asker): Promise<void>;
  call(asker: Asker, signal: AbortSignal): CallOptions;
  moment(): Moment;
  /** Something about this row happened after a moment. */
  isNewer(key: string, moment: Moment): boolean;
  lostNetwork(): void;
  foundNetwork(): void;
  /** Checks rows where they enter and takes them into the table. */
  take(
    rows: readonly unknown[],
    asked: Moment,
  ): {
    readonly keys: readonly string[];
    readonly via: ReadonlyMap<string, readonly Via[]>;
    readonly problems: readonly string[];
  };
}

/** How many rows are taken from a provider that filters nothing. */
const MAX_LOCAL_ROWS = 5000;
/** Between two readings of an answer that still shows the past. */
const LAG_PAUSE: Milliseconds = 400;
/** Rows of a page that is asked for to act on all. */
const COLLECT_SIZE = 500;

/** As it came, but for what stands beside the rows. */
interface AnsweredPage extends Omit<ActivityPage, 'rows'> {
  readonly rows: readonly unknown[];
}

interface Everything {
  readonly isCut: boolean;
  readonly problems: readonly string[];
}

/** The reading half of a store: brings questions to the provider, or answers them by itself over all there is. */
export class Reader {
  readonly #host: ReaderHost;
  readonly #limited = timeLimits();
  #everything: Promise<Everything> | undefined;
  /** Own writes that a read may not show yet, each with the moment it was confirmed. */
  readonly #fresh = new Map<string, Moment>();

  constructor(host: ReaderHost) {
    this.#host = host;
  }

  /** What a provider that filters nothing answered is of the past. */
  forgetEverything(): void {
    this.#everything = undefined;
  }

  /** An own write is confirmed: for a while, answers that do not show it are read again. */
  wrote(key: string): void {
    const milliseconds = consistencyOf(this.#host.capabilities());
    if (milliseconds <= 0) return;
    const moment = this.#host.moment();
    this.#fresh.set(key, moment);
    this.#host.timers.after(milliseconds, () => {
      if (this.#fresh.get(key) === moment) this.#fresh.delete(key);
    });
  }

  /** An own write of it was confirmed so lately that a read may not show it yet. */
  isFresh(key: string): boolean {
    return this.#fresh.has(key);
  }

  async fetch(ask: ActivityQuery, asker: Asker, signal: AbortSignal): Promise<FetchedPage> {
    const host = this.#host;
    await host.ready(asker);
    const { types } = host.context(asker.timeZone);
    const question = resolveQuestion(ask, host.present(asker), types);
    if (host.capabilities()?.query === undefined) {
      return this.#fetchLocally(question, asker, signal);
    }
    for (;;) {
      const asked = host.moment();
      const page = toPage(
        await this.#ask((own) => host.provider.query(question, host.call(asker, own)), signal),
      );
      if (this.#isBehind(page.rows, question, asker, asked)) {
        await this.#wait(LAG_PAUSE, signal);
        continue;
      }
      const { keys, via, problems } = host.take(page.rows, asked);
      const isShort = page.rows.length < (question.page?.size ?? 0);
      const isComplete = page.next === undefined && (isShort || !isPaged(host.capabilities()));
      return {
        asked,
        keys,
        via,
        problems,
        failed: page.failed ?? [],
        isComplete,
        ...(page.next !== undefined && { next: page.next }),
        ...(page.total && { total: page.total }),
      };
    }
  }

  /** One call of the provider: not while it asked for a pause, under the time limit. */
  async #ask<T>(run: (signal: AbortSignal) => Promise<T>, signal?: AbortSignal): Promise<T> {
    const { gate, readLimit } = this.#host;
    for (;;) {
      if (!gate.isOpen) await this.#limited(() => gate.pass(), readLimit, signal);
      try {
        const answer = await this.#limited(run, readLimit, signal);
        this.#host.foundNetwork();
        return answer;
      } catch (thrown) {
        const error = toFailure(thrown);
        if (error.code === 'network') this.#host.lostNetwork();
        if (error.code !== 'rate-limited' || (error.retryAfterMs ?? 0) > readLimit) throw thrown;
        gate.close(error.retryAfterMs);
      }
    }
  }

  #wait(milliseconds: Milliseconds, signal: AbortSignal): Promise<void> {
    return this.#limited(
      () => new Promise<void>((resolve) => void this.#host.timers.after(milliseconds, resolve)),
      this.#host.readLimit,
      signal,
    );
  }

  /** An answer lacks an own write that was confirmed before it was asked for. */
  #isBehind(
    answer: readonly unknown[],
    question: ActivityQuery,
    asker: Asker,
    asked: Moment,
  ): boolean {
    if (this.#fresh.size === 0) return false;
    const { rows } = this.#host;
    const context = this.#host.context(asker.timeZone);
    const found = new Map<string, Activity>();
    for (const value of answer) {
      const { row } = checkActivity(value);
      if (row) found.set(rows.keyOf(row.id), row);
    }
    const list = [...found.values()];
    for (const [key, moment] of this.#fresh) {
      if (moment > asked || rows.isPending(key)) continue;
      const own = rows.base(key);
      const there = found.get(key);
      if (there) {
        if (!own || (there.version !== undefined && rows.isPast(key, there.version))) return true;
      } else if (
        own &&
        matches(own, question, context) === true &&
        isWithin(own, list, question, context)
      ) {
        return true;
      }
    }
    return false;
  }

  /** For a provider that filters nothing: everything once, and the kit's own evaluator over it. */
  async #fetchLocally(
    question: ActivityQuery,
    asker: Asker,
    signal: AbortSignal,
  ): Promise<FetchedPage> {
    const everything = await this.#askEverything(asker, signal);
    const { page: _page, ...unpaged } = question;
    const { rows } = evaluate(this.#host.rows.visibleRows(), unpaged, {
      ...this.#host.context(asker.timeZone),
      parentOf: () => undefined,
    });
    return {
      asked: this.#host.moment(),
      keys: rows.map(({ id }) => this.#host.rows.keyOf(id)),
      via: new Map(),
      problems: everything.problems,
      failed: [],
      isComplete: true,
      total: { value: rows.length, relation: everything.isCut ? 'atLeast' : 'exact' },
    };
  }

  async #askEverything(asker: Asker, signal: AbortSignal): Promise<Everything> {
    this.#everything ??= this.#loadEverything(asker).catch((thrown: unknown) => {
      this.#everything = undefined;
      throw thrown;
    });
    return this.#limited(
      () => this.#everything ?? Promise.reject(failure('aborted')),
      this.#host.readLimit,
      signal,
    );
  }

  async #loadEverything(asker: Asker): Promise<Everything> {
    const host = this.#host;
    const asked = host.moment();
    const problems: string[] = [];
    const seen = new Set<string>();
    let next: string | undefined;
    let count = 0;
    do {
      const at = next;
      const page = toPage(
        await this.#ask((signal) =>
          host.provider.query(
            at === undefined ? {} : { page: { size: 500, at: { next: at } } },
            host.call(asker, signal),
          ),
        ),
      );
      const taken = host.take(page.rows.slice(0, MAX_LOCAL_ROWS - count), asked);
      for (const key of taken.keys) seen.add(key);
      problems.push(...taken.problems);
      count += page.rows.length;
      next = page.next;
    } while (next !== undefined && count < MAX_LOCAL_ROWS);
    const isCut = next !== undefined || count > MAX_LOCAL_ROWS;
    // What was there before and is not in a whole answer is gone.
    if (!isCut) {
      for (const key of [...host.rows.keys()]) {
        if (!seen.has(key) && host.rows.base(key) && !host.isNewer(key, asked)) {
          host.rows.drop(key, host.moment());
        }
      }
    }
    return { isCut, problems };
  }

  async count(
    ask: ActivityQuery,
    of: readonly CountGroup[],
    asker: Asker,
    signal: AbortSignal,
  ): Promise<{ readonly asked: Moment; readonly totals: readonly Total[] }> {
    const host = this.#host;
    await host.ready(asker);
    const { provider } = host;
    const { types } = host.context(asker.timeZone);
    const question = resolveQuestion(ask, host.present(asker), types);
    const groups = resolveGroups(of, host.present(asker), types);
    if (host.capabilities()?.query === undefined) {
      await this.#askEverything(asker, signal);
      const context = host.context(asker.timeZone);
      const totals = countGroups(host.rows.visibleRows(), question, groups, context);
      return { asked: host.moment(), totals };
    }
    if (!provider.count) return { asked: host.moment(), totals: [] };
    const asked = host.moment();
    const totals: unknown = await this.#ask(
      async (own) => (await provider.count?.(question, groups, host.call(asker, own))) ?? [],
      signal,
    );
    if (!Array.isArray(totals) || !totals.every(isTotal)) throw failure('server');
    return { asked, totals };
  }

  /**
   * In which order they are sought nobody sees: one in which values tell where a page ends, as they do while what was found already
   * changes.
   */
  #sureOrder(sort: readonly Sort[]): readonly Sort[] {
    const capabilities = this.#host.capabilities();
    const bySure: readonly Sort[] = [{ field: 'createdAt', direction: 'asc' }];
    const isBetter =
      !sortsExactly(capabilities, sort) &&
      sortsExactly(capabilities, bySure) &&
      canSortBy(capabilities, 'createdAt');
    return isBetter ? bySure : sort;
  }

  /** Ids of all that match a question, page after page; the rows are taken on the way. Rejects where a part of them can't be had. */
  async collect(
    question: ActivityQuery,
    asker: Asker,
    signal: AbortSignal,
  ): Promise<readonly string[]> {
    const { rows } = this.#host;
    const seen = new Set<string>();
    const found = new Set<string>();
    const declared = this.#host.capabilities()?.query;
    const size = Math.min(COLLECT_SIZE, declared?.maxPage ?? COLLECT_SIZE);
    const sort = this.#sureOrder(question.sort ?? []);
    let at: PagePosition | undefined;
    for (;;) {
      const page = await this.fetch(
        { ...question, sort, page: { size, ...(at && { at }) } },
        asker,
        signal,
      );
      const missing = missingOf(page.failed);
      if (missing) throw failure(missing.code, missing.message, missing);
      const before = seen.size;
      for (const key of page.keys) {
        seen.add(key);
        // What is removed here already is not acted on again.
        if (rows.visible(key)) found.add(rows.base(key)?.id ?? key);
      }
      if (page.isComplete || seen.size === before) return [...found];
      const last = rows.base(page.keys.at(-1) ?? '');
      if (declared?.places && last) {
        at = { after: placeOf(last, sort, this.#host.context(asker.timeZone)) };
      } else if (page.next !== undefined) at = { next: page.next };
      else if (declared?.offset) at = { offset: seen.size };
      else return [...found];
    }
  }
}

/** A row would stand among those of an answer, or the answer holds all. */
function isWithin(
  row: Activity,
  answer: readonly Activity[],
  question: ActivityQuery,
  context: EvaluationContext,
): boolean {
  const sort = question.sort ?? [];
  const [first] = answer;
  const last = answer.at(-1);
  if (answer.length < (question.page?.size ?? Infinity)) {
    // The last page, or the only one; of a later one the beginning counts.
    if (!question.page?.at) return true;
    if (!first) return false;
  }
  if (!first || !last) return false;
  const place = placeOf(row, sort, context);
  const isBehindFirst = comparePlaces(placeOf(first, sort, context), place, sort) <= 0;
  const isBeforeLast = comparePlaces(place, placeOf(last, sort, context), sort) <= 0;
  return isBehindFirst && isBeforeLast;
}

function isPaged(capabilities: Capabilities | undefined): boolean {
  return capabilities?.query?.places === true || capabilities?.query?.offset === true;
}

/** An answer in its long form. Rejects what is neither rows nor a page. */
function toPage(answer: unknown): AnsweredPage {
  if (Array.isArray(answer)) return { rows: answer };
  if (!isObject(answer) || !Array.isArray(answer['rows'])) throw failure('server');
  const { rows, next, total, failed } = answer;
  return {
    rows,
    ...(typeof next === 'string' && { next }),
    ...(isTotal(total) && { total }),
    ...(Array.isArray(failed) && { failed: failed.flatMap(toFailedSource) }),
  };
}

function toFailedSource(value: unknown): NonNullable<ActivityPage['failed']> {
  if (!isObject(value) || typeof value['source'] !== 'string') return [];
  return [{ source: value['source'], error: toFailure(value['error']) }];
}

/** A number that means something: what is none is not shown. */
function isTotal(value: unknown): value is Total {
  return (
    isObject(value) &&
    typeof value['value'] === 'number' &&
    value['value'] >= 0 &&
    (value['relation'] === 'exact' || value['relation'] === 'atLeast')
  );
}

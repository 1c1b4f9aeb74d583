import type { Activity } from '../model/activity.js';
import { canonicalJson } from '../model/json.js';
import { matches, type EvaluationContext } from '../model/evaluate.js';
import type { ActivityQuery, CountGroup, Total } from '../model/query.js';
import { asksNow } from '../model/relative-time.js';
import type { Milliseconds } from '../model/time.js';
import { toFailure, type ProviderFailure } from '../provider/failure.js';
import type { Asker, ChangeOrigin } from './activity-view.js';
import type { Moment, RowTable } from './rows.js';
import { Soon } from './soon.js';
import { Subscribable } from './subscribable.js';

export interface CountHost {
  readonly rows: RowTable;
  context(timeZone: string): EvaluationContext;
  count(
    question: ActivityQuery,
    groups: readonly CountGroup[],
    asker: Asker,
    signal: AbortSignal,
  ): Promise<{ readonly asked: Moment; readonly totals: readonly Total[] }>;
  /** Whether rows changed, or came or went, after this; those that a list has merely brought do not count. */
  hasNewsSince(moment: Moment): boolean;
  /** Does something when so many milliseconds have passed. */
  later(milliseconds: Milliseconds, run: () => void): void;
  release(view: CountView): void;
}

/** What may be otherwise the next time; so often, and after so long at first, it is asked again. */
const PASSING: ReadonlySet<ProviderFailure['code']> = new Set(['network', 'server', 'timeout']);
const MORE_TRIES = 4;
const FIRST_PAUSE: Milliseconds = 1000;

/** How many rows of a question fall into each of some groups, kept true while rows change. */
export class CountView extends Subscribable {
  readonly key: string;
  readonly question: ActivityQuery;
  readonly groups: readonly CountGroup[];
  readonly asker: Asker;
  /** By name of the group; empty until known. */
  totals: ReadonlyMap<string, Total> = new Map();
  error: ProviderFailure | undefined;
  /** It was answered once, or could not be. */
  hasEnded = false;
  readonly #host: CountHost;
  #request: AbortController | undefined;
  readonly #soon = new Soon(() => {
    if (this.isWatched) this.refresh();
  });
  /** How often counting failed since it last did not. */
  #failures = 0;
  /** The present moment is part of the question. */
  readonly #isTimed: boolean;
  #asOf: Milliseconds = 0;

  constructor(
    host: CountHost,
    question: ActivityQuery,
    groups: readonly CountGroup[],
    asker: Asker,
  ) {
    super();
    this.#host = host;
    this.question = question;
    this.groups = groups;
    this.asker = asker;
    this.key = CountView.keyOf(question, groups, asker);
    this.#isTimed = [question, ...groups].some(({ filter }) => asksNow(filter));
  }

  static keyOf(question: ActivityQuery, groups: readonly CountGroup[], asker: Asker): string {
    return `${asker.timeZone} ${canonicalJson({ question, groups })}`;
  }

  protected override onFirst(): void {
    if (this.totals.size === 0 || this.#isPast) this.refresh();
  }

  /** Time has gone on since the answer, which went by it. */
  get #isPast(): boolean {
    return this.#isTimed && this.#asOf !== this.#now;
  }

  get #now(): Milliseconds {
    return this.#host.context(this.asker.timeZone).now ?? 0;
  }

  /** Asks again, behind what is shown, what the present moment is part of. */
  followTime(): void {
    if (this.isWatched && this.#isPast) this.refresh();
  }

  protected override onLast(): void {
    this.#host.release(this);
  }

  abandon(): void {
    this.#request?.abort();
    this.#request = undefined;
  }

  refresh(): void {
    this.#asOf = this.#now;
    void this.#load();
  }

  async #load(): Promise<void> {
    this.abandon();
    const request = new AbortController();
    this.#request = request;
    try {
      const { asked, totals } = await this.#host.count(
        this.question,
        this.groups,
        this.asker,
        request.signal,
      );
      if (this.#request !== request) return;
      this.totals = new Map(
        this.groups.flatMap(({ name }, index) => {
          const total = totals[index];
          return total ? [[name, total] as const] : [];
        }),
      );
      this.error = undefined;
      this.#failures = 0;
      const { rows } = this.#host;
      for (const key of rows.pendingKeys()) this.follow(key, rows.base(key), 'write');
      // Whether the answer counts what changed while it was on its way only another answer can tell.
      if (this.#host.hasNewsSince(asked)) this.refreshSoon();
    } catch (thrown) {
      if (this.#request !== request) return;
      this.error = toFailure(thrown);
      this.#tryAgain(this.error);
    } finally {
      if (this.#request === request) {
        this.#request = undefined;
        this.hasEnded = true;
      }
      this.tell();
    }
  }

  /** Nobody can ask for figures anew, as for rows: beside a list that is there they would be missing until it is another. */
  #tryAgain(error: ProviderFailure): void {
    if (!PASSING.has(error.code) || this.#failures >= MORE_TRIES) return;
    this.#host.later(FIRST_PAUSE * 2 ** this.#failures, () => {
      if (this.error === error && this.isWatched && !this.#request) this.refresh();
    });
    this.#failures += 1;
  }

  /** A row changed from `before` to what is seen of it now. */
  follow(key: string, before: Activity | undefined, origin: ChangeOrigin): void {
    if (this.totals.size === 0) return;
    if (before === undefined && origin !== 'write') {
      // A row never heard of was counted already, or is new: only the server knows.
      if (origin === 'live') this.refreshSoon();
      return;
    }
    const context = this.#host.context(this.asker.timeZone);
    const after = this.#host.rows.visible(key);
    const counts = (row: Activity | undefined, group: CountGroup): number =>
      row &&
      matches(row, this.question, context) === true &&
      matches(row, { filter: group.filter }, context) === true
        ? 1
        : 0;
    const totals = new Map(this.totals);
    let moved = false;
    for (const group of this.groups) {
      const difference = counts(after, group) - counts(before, group);
      const total = totals.get(group.name);
      if (difference === 0 || !total) continue;
      totals.set(group.name, { ...total, value: Math.max(0, total.value + difference) });
      moved = true;
    }
    if (!moved) return;
    this.totals = totals;
    this.tell();
  }

  /** Asks again, after what else happens now. */
  refreshSoon(): void {
    this.#soon.want();
  }
}

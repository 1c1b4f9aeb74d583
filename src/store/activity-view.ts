import type { Activity, Via } from '../model/activity.js';
import { canonicalJson } from '../model/json.js';
import { compareBy, matches, placeOf, withVia, type EvaluationContext } from '../model/evaluate.js';
import { fieldsOf, type ActivityQuery, type PagePosition, type Total } from '../model/query.js';
import type { Capabilities } from '../provider/capabilities.js';
import { toFailure, type ProviderFailure } from '../provider/failure.js';
import type { ActivityPage } from '../provider/provider.js';
import type { Moment, RowTable } from './rows.js';
import { Subscribable } from './subscribable.js';

/** loading: nothing to show yet; refreshing: shown, and asked again behind it; failed: keeps what it had. */
export type ViewStatus = 'loading' | 'ready' | 'refreshing' | 'failed';

/** How a row came to change: by an answer, by an own write, or by word of what others did. */
export type ChangeOrigin = 'read' | 'write' | 'live';

/** What a view needs of its store. */
export interface ViewHost {
  readonly rows: RowTable;
  /** The provider says by itself what changes. */
  readonly isLive: boolean;
  capabilities(): Capabilities | undefined;
  context(timeZone: string): EvaluationContext;
  /** Asks the provider; resolves with rows taken into the table. */
  fetch(question: ActivityQuery, asker: Asker, signal: AbortSignal): Promise<FetchedPage>;
  /** Keys of rows that changed after a moment. */
  changedSince(moment: Moment): Iterable<string>;
  release(view: ActivityView): void;
}

/** Whose zone and language a question is asked in. */
export interface Asker {
  readonly locale: string;
  readonly timeZone: string;
}

export interface FetchedPage {
  readonly asked: Moment;
  readonly keys: readonly string[];
  readonly via: ReadonlyMap<string, readonly Via[]>;
  readonly next?: string;
  readonly total?: Total;
  readonly problems: readonly string[];
  readonly failed: NonNullable<ActivityPage['failed']>;
  /** All rows that match are in `keys`. */
  readonly isComplete: boolean;
}

const DEFAULT_SIZE = 50;

/**
 * The answer to one question, kept true while rows change: a row that changes enters, leaves or moves without asking again.
 * Holds the keys of the rows loaded so far, from the first on.
 */
export class ActivityView extends Subscribable {
  readonly question: ActivityQuery;
  readonly asker: Asker;
  readonly key: string;

  status: ViewStatus = 'loading';
  error: ProviderFailure | undefined;
  total: Total | undefined;
  isLoadingMore = false;
  /** What was wrong with rows of the last answers, in words for the host's developer. */
  problems: readonly string[] = [];
  /** Sources that failed while others answered. */
  failed: FetchedPage['failed'] = [];

  readonly #host: ViewHost;
  #keys: string[] = [];
  #members = new Set<string>();
  #via = new Map<string, readonly Via[]>();
  #next: string | undefined;
  #isComplete = false;
  #rows: readonly Activity[] | undefined;
  #shown = new WeakMap<Activity, Activity>();
  #limit: number;
  #request: AbortController | undefined;
  #refreshQueued = false;
  #wanted = 0;

  constructor(host: ViewHost, question: ActivityQuery, asker: Asker) {
    super();
    this.#host = host;
    this.question = question;
    this.asker = asker;
    this.key = ActivityView.keyOf(question, asker);
    this.#limit = this.#size;
  }

  /** One text for one question asked in one zone. */
  static keyOf(question: ActivityQuery, asker: Asker): string {
    return `${asker.timeZone} ${canonicalJson(question)}`;
  }

  get #size(): number {
    return this.question.page?.size ?? DEFAULT_SIZE;
  }

  get #isLocal(): boolean {
    return this.#host.capabilities()?.query === undefined;
  }

  /** The rows in order. The array is the same until something in it changes. */
  get rows(): readonly Activity[] {
    this.#rows ??= this.#keys.slice(0, this.#limit).flatMap((key) => this.#show(key) ?? []);
    return this.#rows;
  }

  get hasMore(): boolean {
    return this.#keys.length > this.#limit || !this.#isComplete;
  }

  /**
   * How many rows there are to scroll through: as many as are known to match, loaded or not. Grows where the backend counts only
   * up to a limit.
   */
  get length(): number {
    return Math.max(this.#keys.length, this.total?.value ?? 0);
  }

  /** The row at an index of the whole list; undefined where it is not loaded (see `ensure`). */
  rowAt(index: number): Activity | undefined {
    const key = this.#keys[index];
    return key === undefined ? undefined : this.#show(key);
  }

  /** Where a row stands in the whole list; undefined where that is not known. */
  indexOf(id: string): number | undefined {
    const index = this.#keys.indexOf(this.#host.rows.keyOf(id));
    return index < 0 ? undefined : index;
  }

  /**
   * For a windowed list: loads what is not loaded of the rows from index `from` up to, not including, `to`, and tells the
   * subscribers as it comes. The window stays wanted, and is what a refresh asks anew, until the next call. May be called at every
   * scroll or render: what is loaded or on its way is not asked again.
   */
  ensure(_from: number, to: number): void {
    this.#wanted = to;
    this.#limit = Math.max(this.#limit, to);
    this.#loadWanted();
  }

  #loadWanted(): void {
    if (this.#keys.length < this.#wanted && !this.#isComplete) this.loadMore();
  }

  protected override onFirst(): void {
    // What was left for a while may be stale, unless its changes were told.
    if (this.status !== 'ready' || !this.#host.isLive) this.refresh();
  }

  protected override onLast(): void {
    this.#host.release(this);
  }

  /** Nobody looks any more: what is on its way is not waited for. */
  abandon(): void {
    this.#request?.abort();
    this.#request = undefined;
    if (this.status === 'refreshing') this.status = 'ready';
  }

  /** Asks again, behind what is shown. */
  refresh(): void {
    const size = Math.max(this.#size, this.#keys.length);
    const before = this.status;
    this.status = before === 'loading' || this.#keys.length === 0 ? 'loading' : 'refreshing';
    this.error = undefined;
    this.tell();
    void this.#load(size, undefined, (page) => {
      this.#keys = [...page.keys];
      this.#via = new Map(page.via);
      this.#isComplete = page.isComplete;
      this.problems = page.problems;
    });
  }

  /** Loads the next page, or shows more of what is loaded. One at a time. */
  loadMore(): void {
    if (this.isLoadingMore || !this.hasMore || this.status !== 'ready') return;
    if (this.#keys.length > this.#limit || this.#isComplete) {
      this.#limit += this.#size;
      this.#changed();
      return;
    }
    this.isLoadingMore = true;
    this.tell();
    void this.#load(this.#size, this.#position(), (page) => {
      const fresh = page.keys.filter((key) => !this.#members.has(key));
      this.#keys.push(...fresh);
      for (const [key, via] of page.via) this.#via.set(key, via);
      this.#isComplete = page.isComplete;
      this.#limit += this.#size;
      this.problems = [...this.problems, ...page.problems];
    });
  }

  #position(): PagePosition | undefined {
    const declared = this.#host.capabilities()?.query;
    const last = this.#keys.at(-1);
    const base = last === undefined ? undefined : this.#host.rows.visible(last);
    if (declared?.places && base) {
      return { after: placeOf(base, this.question.sort ?? [], this.#context) };
    }
    if (this.#next !== undefined) return { next: this.#next };
    return { offset: this.#keys.length };
  }

  async #load(
    size: number,
    at: PagePosition | undefined,
    apply: (page: FetchedPage) => void,
  ): Promise<void> {
    this.#request?.abort();
    const request = new AbortController();
    this.#request = request;
    try {
      const page = { size, ...(at && { at }) };
      const fetched = await this.#host.fetch(
        { ...this.question, page },
        this.asker,
        request.signal,
      );
      if (this.#request !== request) return;
      apply(fetched);
      if (!at) this.#limit = Math.max(this.#size, Math.min(this.#limit, this.#keys.length));
      if (!this.#isLocal) this.#limit = Infinity;
      this.#next = fetched.next;
      this.#members = new Set(this.#keys);
      this.total = fetched.total;
      if (this.total?.relation === 'exact' && this.#keys.length >= this.total.value) {
        this.#isComplete = true;
      }
      this.failed = fetched.failed;
      this.status = 'ready';
      this.error = undefined;
      this.#settle(fetched.asked);
    } catch (thrown) {
      if (this.#request !== request) return;
      const error = toFailure(thrown);
      // Aborted by nobody here: the provider gave up, which is a failure like any other.
      this.error = error.code === 'aborted' ? { code: 'server', message: '' } : error;
      this.status = 'failed';
    } finally {
      if (this.#request === request) {
        this.#request = undefined;
        this.isLoadingMore = false;
        this.#changed();
        if (this.status === 'ready') this.#loadWanted();
      }
    }
  }

  /** What changed while the answer was on its way is newer than the answer. */
  #settle(asked: Moment): void {
    const { rows } = this.#host;
    const newer = new Set(this.#host.changedSince(asked));
    for (const key of this.#keys) if (rows.isPending(key)) newer.add(key);
    for (const key of newer) this.follow(key, rows.base(key), 'write');
  }

  get #context(): EvaluationContext {
    return this.#host.context(this.asker.timeZone);
  }

  /** A row changed from `before` to what is seen of it now: it enters, leaves, moves or stays. */
  follow(key: string, before: Activity | undefined, origin: ChangeOrigin): void {
    if (this.status === 'loading') return;
    const after = this.#host.rows.visible(key);
    const context = this.#context;
    const was = this.#members.has(key);
    const is = after ? this.#belongs(key, after, context) : false;
    if (is === undefined) {
      // The kit can't tell: what is shown stays, and the server is asked, unless it was the server that just said so.
      if (was || origin !== 'read') this.#queueRefresh();
      if (was) this.#changed();
      return;
    }
    if (!was && !is) return;
    if (was) this.#take(key);
    const stands = is && after ? this.#insert(key, after, context) : false;
    // A row never heard of may be new, or one of those behind what is loaded: then only the server knows the total.
    const isSure = was || before !== undefined || origin === 'write' || this.#isComplete;
    if (isSure) {
      const counted = was || (before !== undefined && this.#belongs(key, before, context) === true);
      this.#count(Number(is) - Number(counted));
    }
    if (origin !== 'read' && (!isSure || !this.#isExact)) this.#queueRefresh();
    if (was || stands || isSure) this.#changed();
  }

  #take(key: string): void {
    this.#keys.splice(this.#keys.indexOf(key), 1);
    this.#members.delete(key);
  }

  /** As `matches`; where only roll-up can't be decided, a row that was in stays in as long as its regarding does. */
  #belongs(key: string, row: Activity, context: EvaluationContext): boolean | undefined {
    const verdict = matches(row, this.question, context);
    if (verdict !== undefined || !this.question.record || !this.#members.has(key)) return verdict;
    const { record: _record, ...rest } = this.question;
    return matches(row, rest, context) === false ? false : undefined;
  }

  /** Puts a row where it belongs among those loaded; false where that is behind them. */
  #insert(key: string, row: Activity, context: EvaluationContext): boolean {
    const compare = compareBy(this.question.sort ?? [], context);
    let low = 0;
    let high = this.#keys.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const other = this.#host.rows.visible(this.#keys[middle] ?? '');
      if (other && compare(other, row) < 0) low = middle + 1;
      else high = middle;
    }
    // Behind what is loaded, where more follows, is a place not known yet.
    if (low === this.#keys.length && !this.#isComplete && low > 0) return false;
    this.#keys.splice(low, 0, key);
    this.#members.add(key);
    return true;
  }

  #count(difference: number): void {
    if (this.total && difference !== 0) {
      this.total = { ...this.total, value: Math.max(0, this.total.value + difference) };
    }
  }

  /** The provider's order and matching are the kit's own, so that a row's new place is certain. */
  get #isExact(): boolean {
    const declared = this.#host.capabilities()?.query;
    if (!declared) return true;
    const { filter, sort = [], search, record } = this.question;
    const exact = declared.exact ?? [];
    if (exact.includes('*')) return true;
    const exactSort = declared.exactSort ?? exact;
    return (
      !search &&
      !record &&
      fieldsOf(filter).every(({ field }) => exact.includes(field)) &&
      sort.every(({ field }) => exactSort.includes(field))
    );
  }

  #queueRefresh(): void {
    if (this.#refreshQueued) return;
    this.#refreshQueued = true;
    // Several rows of one act ask once; and not before the write that moved them can be seen by a read.
    setTimeout(() => {
      this.#refreshQueued = false;
      if (this.isWatched) this.refresh();
    }, 250);
  }

  #changed(): void {
    this.#rows = undefined;
    this.tell();
  }

  #show(key: string): Activity | undefined {
    const row = this.#host.rows.visible(key);
    if (!row || !this.question.record) return row;
    let shown = this.#shown.get(row);
    if (!shown) {
      const via = this.#via.get(key);
      shown = via ? { ...row, via } : withVia(row, this.question, this.#context);
      this.#shown.set(row, shown);
    }
    return shown;
  }
}

import type { Activity, Via } from '../model/activity.js';
import { canonicalJson } from '../model/json.js';
import {
  compareBy,
  matches,
  placeOf,
  toTest,
  withVia,
  type Compare,
  type EvaluationContext,
  type Test,
  type Verdict,
} from '../model/evaluate.js';
import { fieldsOf, type ActivityQuery, type PagePosition, type Total } from '../model/query.js';
import { asksNow } from '../model/relative-time.js';
import type { Milliseconds } from '../model/time.js';
import { sortsExactly, type Capabilities } from '../provider/capabilities.js';
import { toFailure, type ProviderFailure } from '../provider/failure.js';
import type { ActivityPage } from '../provider/provider.js';
import type { Moment, RowTable } from './rows.js';
import { Soon } from './soon.js';
import { SparseList, type Against } from './sparse-list.js';
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
  /** 0 is Sunday. Default: Monday. */
  readonly firstDayOfWeek?: number;
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
/** So many keys a windowed list keeps; what is far from the window is forgotten beyond. */
const MAX_LOADED = 4000;

/** So often is asked for one window at most; one page after the other it may be far. */
const MAX_WINDOW_LOADS = 200;

interface Span {
  readonly from: number;
  readonly to: number;
}

function isSameContext(a: EvaluationContext, b: EvaluationContext): boolean {
  if (a === b) return true;
  const keys = Object.keys({ ...a, ...b }) as (keyof EvaluationContext)[];
  return keys.every((key) => a[key] === b[key]);
}

function overlap(a: Span, b: Span): boolean {
  return a.from < b.to && b.from < a.to;
}

/**
 * The answer to one question, kept true while rows change: a row that changes enters, leaves or moves without asking again.
 * Holds the keys of what is loaded: from the first row on (`rows`, `loadMore`), or a window anywhere (`ensure`, `rowAt`).
 */
export class ActivityView extends Subscribable {
  readonly question: ActivityQuery;
  readonly asker: Asker;
  readonly key: string;

  status: ViewStatus = 'loading';
  error: ProviderFailure | undefined;
  total: Total | undefined;
  /** What was wrong with rows of the last answers, in words for the host's developer. */
  problems: readonly string[] = [];
  /** Sources that failed while others answered. */
  failed: FetchedPage['failed'] = [];

  readonly #host: ViewHost;
  readonly #list = new SparseList();
  #via = new Map<string, readonly Via[]>();
  #next: string | undefined;
  /** The row behind which that is. */
  #lastKey: string | undefined;
  /** Rows entered, left or moved since the provider said where its next page begins. */
  #hasMoved = false;
  /** Nothing follows the last row that is loaded. */
  #isComplete = false;
  #rows: readonly Activity[] | undefined;
  #shown = new WeakMap<Activity, Activity>();
  #limit: number;
  #request: AbortController | undefined;
  #loadsMore = false;
  /** More was asked for while the list was asked again: it comes after that. */
  #wantsMore = false;
  readonly #soon = new Soon(() => {
    if (this.isWatched) this.refresh();
  });
  /** Rows whose own write is under way, after which the list is asked again. */
  readonly #awaited = new Set<string>();
  /** What a windowed list shows; undefined where nobody asked for a window. */
  #window: Span | undefined;
  /** How often was loaded for it. */
  #windowLoads = 0;
  /** Where a page turned out to be empty although there should have been more. */
  #endsAt: number | undefined;
  /** What is being loaded for it. */
  #loading: Span | undefined;
  #hasBefore = false;
  /** The present moment is part of the question. */
  readonly #isTimed: boolean;
  #asOf: Milliseconds = 0;

  constructor(host: ViewHost, question: ActivityQuery, asker: Asker) {
    super();
    this.#host = host;
    this.question = question;
    this.asker = asker;
    this.key = ActivityView.keyOf(question, asker);
    this.#limit = this.#size;
    this.#isTimed = asksNow(question.filter);
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

  /** The rows in order, from the first on. The array is the same until something in it changes. */
  get rows(): readonly Activity[] {
    this.#rows ??= this.#list.head.slice(0, this.#limit).flatMap((key) => this.#show(key) ?? []);
    return this.#rows;
  }

  get hasMore(): boolean {
    return this.#list.head.length > this.#limit || !this.#isHeadWhole;
  }

  /** Everything is loaded. */
  get #isWhole(): boolean {
    return this.#isComplete && this.#list.loaded === this.#list.end;
  }

  /** The head reaches the end of the list. */
  get #isHeadWhole(): boolean {
    return this.#isComplete && this.#list.head.length === this.#list.end;
  }

  /** Rows stand before the first of `rows`; only after `openAround`. */
  get hasBefore(): boolean {
    return this.#hasBefore;
  }

  // ── a window on a long list ──────────────────────────────────────────────────────────────────

  /**
   * How many rows there are to scroll through: as many as are known to match, loaded or not. Where the backend counts only up to a
   * limit, or not at all, it grows as rows are loaded.
   */
  get length(): number {
    return Math.max(this.#list.end, Math.min(this.total?.value ?? 0, this.#endsAt ?? Infinity));
  }

  /** The row at an index of the whole list; undefined where it is not loaded (see `ensure`). */
  rowAt(index: number): Activity | undefined {
    const key = this.#list.at(index);
    return key === undefined ? undefined : this.#show(key);
  }

  /** Where a row stands in the whole list; undefined where that is not known. Walks over what is loaded. */
  indexOf(id: string): number | undefined {
    return this.#list.indexOf(this.#host.rows.keyOf(id));
  }

  /** Whether a row is in the answer, loaded or not; undefined where that can't be told. */
  holds(id: string): boolean | undefined {
    const { rows } = this.#host;
    const key = rows.keyOf(id);
    if (this.#list.has(key)) return true;
    const row = rows.visible(key);
    return row && !this.#isWhole ? this.#belongs(key, row, this.#context) : false;
  }

  /**
   * For a windowed list: loads what is not loaded of the rows from index `from` up to, not including, `to`, and tells the
   * subscribers as it comes. The window stays wanted, and is what a refresh asks anew, until the next call. May be called at every
   * scroll or render: what is loaded, or on its way, is not asked again; what a fast scroll has left behind is not waited for.
   * Where the backend knows no offsets the rows up to the window are loaded one page after the other.
   */
  ensure(from: number, to: number): void {
    const window = { from: Math.max(0, from), to };
    const isNew = this.#window?.from !== window.from || this.#window.to !== window.to;
    this.#window = window;
    if (isNew) this.#windowLoads = 0;
    this.#limit = Math.max(this.#limit, to);
    this.#loadWindow();
  }

  #loadWindow(): void {
    if (!this.#window || this.status === 'loading' || this.status === 'failed') return;
    const wanted = this.#missing(this.#window);
    if (!wanted || this.#isLocal) return;
    // A small gap is loaded with it, so that a list of some pages has no holes.
    const near = this.#list.endBefore(wanted.from);
    const isNear =
      wanted.from - near <= 2 * this.#size && this.#pageSize(wanted.to - near) === wanted.to - near;
    const missing = isNear ? { from: near, to: wanted.to } : wanted;
    // A refresh, or a page that is wanted still, is waited for; what was scrolled past is not.
    if (this.#request && (!this.#loading || overlap(this.#loading, this.#window))) return;
    // A backend that says the same of two places would be asked for ever.
    if ((this.#windowLoads += 1) > MAX_WINDOW_LOADS) return;
    const declared = this.#host.capabilities()?.query;
    const previous = missing.from > 0 ? this.#list.at(missing.from - 1) : undefined;
    const goesOn = declared?.places === true && previous !== undefined;
    if (!declared?.offset && !goesOn) {
      if (!this.#loadsMore) this.#loadNext(missing.to - this.#list.head.length);
      return;
    }
    const size = this.#pageSize(Math.max(missing.to - missing.from, this.#size));
    // Towards the beginning the page ends where the loaded ones begin, so that scrolling up does not ask row by row.
    const isUp = declared?.offset === true && !isNear && this.#list.at(missing.to) !== undefined;
    const start = isUp ? Math.max(0, missing.to - size) : missing.from;
    this.#loading = { from: start, to: start + size };
    this.#loadsMore = true;
    this.tell();
    const at = goesOn && start === missing.from ? this.#behind(previous) : { offset: start };
    void this.#load(size, at, (page) => {
      this.#list.put(start, page.keys);
      this.#isComplete = page.isComplete || this.#isComplete;
      if (page.keys.length === 0) this.#endsAt = start;
      this.#trim();
      for (const [key, via] of page.via) this.#via.set(key, via);
      this.problems = [...this.problems, ...page.problems];
      this.#addFailed(page);
    });
  }

  #trim(): void {
    if (!this.#window || this.#list.loaded <= MAX_LOADED) return;
    const { from, to } = this.#window;
    const { end } = this.#list;
    this.#list.trim(from - MAX_LOADED / 4, to + MAX_LOADED / 4);
    if (this.#list.end < end) this.#isComplete = false;
  }

  #missing({ from, to }: Span): Span | undefined {
    const end = this.#isEndKnown ? Math.min(to, this.length) : to;
    const last = Math.min(end, this.#endsAt ?? end);
    return from < last ? this.#list.missing(from, last) : undefined;
  }

  get #isEndKnown(): boolean {
    return this.#isComplete || this.total?.relation === 'exact';
  }

  /** As many as are wanted, as far as the provider gives so many at once. */
  #pageSize(wanted: number): number {
    return Math.min(wanted, this.#host.capabilities()?.query?.maxPage ?? wanted);
  }

  // ── asking ───────────────────────────────────────────────────────────────────────────────────

  protected override onFirst(): void {
    // What was left for a while may be stale, unless its changes were told.
    if (this.status !== 'ready' || !this.#host.isLive || this.#isPast) this.refresh();
  }

  /** Time has gone on since the answer, which went by it. */
  get #isPast(): boolean {
    return this.#isTimed && this.#asOf !== this.#context.now;
  }

  /** Asks again, behind what is shown, what the present moment is part of. */
  followTime(): void {
    if (this.isWatched && this.status === 'ready' && this.#isPast) this.refresh();
  }

  protected override onLast(): void {
    this.#host.release(this);
  }

  /** Nobody looks any more: what is on its way is not waited for. */
  abandon(): void {
    this.#request?.abort();
    this.#request = undefined;
    this.#loadsMore = false;
    this.#wantsMore = false;
    if (this.status === 'refreshing') this.status = 'ready';
  }

  /** Asks again, behind what is shown: the window, where there is one, else all that is loaded. */
  refresh(): void {
    const isNews = this.status !== 'loading' || this.#loadsMore;
    this.status = this.status === 'loading' || this.#list.loaded === 0 ? 'loading' : 'refreshing';
    this.error = undefined;
    this.#wantsMore ||= this.#loadsMore && !this.#window;
    this.#loadsMore = false;
    this.#asOf = this.#context.now ?? 0;
    if (isNews) this.tell();
    const declared = this.#host.capabilities()?.query;
    const first = this.#window && declared?.offset ? this.#window.from : 0;
    // Near the beginning the answer begins there, so that a list of some pages has no holes.
    const end = this.#window?.to ?? 0;
    const from = end <= 4 * this.#size && this.#pageSize(end) === end ? 0 : first;
    const loaded = this.#window ? this.#window.to - from : this.#list.head.length;
    const size = this.#pageSize(Math.max(this.#size, loaded));
    void this.#load(size, from > 0 ? { offset: from } : undefined, (page) => {
      this.#list.reset(from, page.keys);
      this.#endsAt = undefined;
      this.#windowLoads = 0;
      this.#via = new Map(page.via);
      this.#isComplete = page.isComplete;
      this.#hasBefore = false;
      this.problems = page.problems;
      this.failed = page.failed;
    });
  }

  /** More rows are on their way, or wanted. */
  get isLoadingMore(): boolean {
    return this.#loadsMore || this.#wantsMore;
  }

  /** Loads the next page, or shows more of what is loaded. One at a time; while the list is asked again, after that. */
  loadMore(): void {
    const wants = this.status === 'refreshing' && this.hasMore;
    if (wants !== this.#wantsMore) {
      this.#wantsMore = wants;
      this.tell();
    }
    if (this.#loadsMore || !this.hasMore || this.status !== 'ready') return;
    if (this.#list.head.length > this.#limit || this.#isHeadWhole) {
      this.#limit += this.#size;
      this.#changed();
      return;
    }
    this.#loadNext(this.#size);
  }

  #loadNext(wanted: number): void {
    const { head } = this.#list;
    const size = this.#pageSize(Math.max(this.#size, wanted));
    const at = this.#position();
    this.#loadsMore = true;
    this.#loading = { from: head.length, to: head.length + size };
    this.tell();
    if (!at) {
      // Rows have moved, and the provider knows nothing but its own next page: from the beginning.
      const all = head.length + size;
      void this.#load(all, undefined, (page) => {
        this.#list.reset(0, page.keys);
        this.#via = new Map(page.via);
        this.#isComplete = page.isComplete;
        this.#limit += this.#size;
        this.problems = page.problems;
        this.failed = page.failed;
      });
      return;
    }
    void this.#load(size, at, (page) => {
      const start = this.#list.head.length;
      const fresh = page.keys.filter((key) => !this.#list.has(key));
      this.#list.put(start, fresh);
      for (const [key, via] of page.via) this.#via.set(key, via);
      this.#isComplete = page.isComplete;
      this.#limit += this.#size;
      this.problems = [...this.problems, ...page.problems];
      this.#addFailed(page);
    });
  }

  /** Where the next page of the head starts; undefined where nothing says so. */
  #position(): PagePosition | undefined {
    const { head } = this.#list;
    const declared = this.#host.capabilities()?.query;
    const last = head.at(-1);
    if (declared?.places && last !== undefined) return this.#behind(last);
    if (this.#next !== undefined) return { next: this.#next };
    return declared?.offset || !this.#hasMoved ? { offset: head.length } : undefined;
  }

  #behind(key: string): PagePosition {
    const { rows } = this.#host;
    // In an order that is not the kit's the server's own word is better than values of which it may think otherwise.
    const isOrdered = sortsExactly(this.#host.capabilities(), this.question.sort ?? []);
    if (this.#next !== undefined && this.#lastKey === key && !isOrdered) {
      return { next: this.#next };
    }
    // The server knows its own row, not what the user just made of it.
    const row = rows.base(key) ?? rows.visible(key);
    return row
      ? { after: placeOf(row, this.question.sort ?? [], this.#context) }
      : { offset: this.#list.head.length };
  }

  /**
   * Begins anew around one row, in a provider that knows places: `rows` then holds a page of which it is in the middle, and
   * `loadBefore` and `loadMore` go on in both directions.
   */
  openAround(id: string): void {
    this.#window = undefined;
    this.status = this.#list.loaded === 0 ? 'loading' : 'refreshing';
    this.tell();
    void this.#load(this.#size, { around: id }, (page) => {
      const index = page.keys.indexOf(this.#host.rows.keyOf(id));
      this.#list.reset(0, page.keys);
      this.#via = new Map(page.via);
      this.#isComplete = page.isComplete;
      this.#hasBefore = index < 0 || index >= Math.floor(this.#size / 2);
      this.problems = page.problems;
      this.failed = page.failed;
    });
  }

  /** Loads the page before the first of `rows`. */
  loadBefore(): void {
    const [first] = this.#list.head;
    const row = first === undefined ? undefined : this.#host.rows.base(first);
    if (this.#loadsMore || !this.#hasBefore || this.status !== 'ready' || !row) return;
    this.#loadsMore = true;
    this.tell();
    const at = { before: placeOf(row, this.question.sort ?? [], this.#context) };
    void this.#load(this.#size, at, (page) => {
      const fresh = page.keys.filter((key) => !this.#list.has(key));
      this.#list.reset(0, [...fresh, ...this.#list.head]);
      for (const [key, via] of page.via) this.#via.set(key, via);
      this.#hasBefore = page.keys.length >= this.#size;
      this.#limit += fresh.length;
      this.#addFailed(page);
    });
  }

  /** What an earlier page lacks is still missing when the next one is whole. */
  #addFailed({ failed }: FetchedPage): void {
    const sources = new Set(failed.map(({ source }) => source));
    this.failed = [...this.failed.filter(({ source }) => !sources.has(source)), ...failed];
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
      const loaded = this.#list.head.length;
      if (!at) this.#limit = Math.max(this.#size, Math.min(this.#limit, loaded));
      if (!this.#isLocal) this.#limit = Infinity;
      this.#next = fetched.next;
      this.#lastKey = fetched.keys.at(-1);
      this.#hasMoved = false;
      if (fetched.total) this.total = fetched.total;
      if (this.total?.relation === 'exact' && this.#list.end >= this.total.value) {
        this.#isComplete = true;
      }
      this.status = 'ready';
      this.error = undefined;
      this.#settle(fetched);
    } catch (thrown) {
      if (this.#request !== request) return;
      const error = toFailure(thrown);
      // Aborted by nobody here: the provider gave up, which is a failure like any other.
      this.error = error.code === 'aborted' ? { code: 'server', message: '' } : error;
      this.status = 'failed';
    } finally {
      if (this.#request === request) {
        this.#request = undefined;
        this.#loading = undefined;
        this.#loadsMore = false;
        this.#changed();
        this.#loadWindow();
        if (this.#wantsMore) this.loadMore();
      }
    }
  }

  /** What changed while the answer was on its way is newer than the answer, and what is not sent yet the server can't know. */
  #settle({ asked, keys }: FetchedPage): void {
    const { rows } = this.#host;
    const gone = keys.filter((key) => !rows.visible(key));
    const wasWhole = this.#isWhole;
    const changed = new Set(this.#host.changedSince(asked));
    for (const key of new Set([...changed, ...rows.pendingKeys(), ...gone])) {
      const base = rows.base(key);
      const wasThere = this.#list.has(key);
      this.follow(key, wasWhole && !wasThere ? undefined : base, 'write');
      if (wasWhole || wasThere || !changed.has(key)) continue;
      // Whether the total counts what came or went while the answer was on its way only another answer can tell.
      const isGone = !base && !rows.visible(key);
      if (isGone || (base && this.#belongs(key, base, this.#context) !== false)) {
        this.#queueRefresh(key);
      }
    }
  }

  get #context(): EvaluationContext {
    return this.#host.context(this.asker.timeZone);
  }

  /** A row changed from `before` to what is seen of it now: it enters, leaves, moves or stays. */
  follow(key: string, before: Activity | undefined, origin: ChangeOrigin): void {
    if (this.status === 'loading') return;
    if (this.#awaited.has(key)) this.#queueRefresh(key);
    const after = this.#host.rows.visible(key);
    const context = this.#context;
    const was = this.#list.has(key);
    const is = after ? this.#belongs(key, after, context) : false;
    if (is === undefined) {
      // The kit can't tell: what is shown stays, and the server is asked, unless it was the server that just said so.
      const isNews = before?.version === undefined || before.version !== after?.version;
      if (origin !== 'read' || (was && isNews)) this.#queueRefresh(key);
      if (was) this.#changed();
      return;
    }
    if (!was && !is) {
      if (before && this.#belongs(key, before, context) === true)
        this.#leaveUnseen(key, before, context);
      return;
    }
    const counted = was || (before !== undefined && this.#belongs(key, before, context) === true);
    if (is && counted && before && after && this.#compareIn(context)(before, after) === 0) {
      // It stays where it is, seen or not.
      if (origin !== 'read' && !this.#isExact) this.#queueRefresh(key);
      if (was) this.#changed();
      return;
    }
    // A row never heard of may be new, or one of those behind what is loaded: then only the server knows the total.
    const isSure = was || before !== undefined || origin === 'write' || this.#isWhole;
    // Where it stands among the server's rows its own answer says, which is often the one that brings it.
    if (origin === 'read' && !isSure && !this.#isExact) return;
    if (was) this.#list.remove(key, this.#against(key, before ?? after, context));
    else if (counted && before) this.#list.close(this.#against(key, before, context));
    const stands =
      is && after
        ? this.#list.insert(
            key,
            this.#against(key, after, context),
            this.#isComplete || this.#isFirst,
            isSure,
          )
        : false;
    if (isSure) this.#count(Number(is) - Number(counted));
    if (origin !== 'read' && (!isSure || !this.#isExact)) this.#queueRefresh(key);
    if (was || stands) {
      // Where the provider's own next page would begin is not sure any more.
      this.#next = undefined;
      this.#hasMoved = true;
    }
    if (was || stands || isSure) this.#changed();
  }

  /** One of those that are not loaded went. */
  #leaveUnseen(key: string, before: Activity, context: EvaluationContext): void {
    this.#list.close(this.#against(key, before, context));
    this.#count(-1);
    this.#changed();
  }

  /** Nothing is loaded, so that a new row is shown wherever it stands. */
  get #isFirst(): boolean {
    return this.#list.loaded === 0;
  }

  #order: { readonly of: EvaluationContext; readonly compare: Compare } | undefined;

  /** Worked out once, as what is asked of a row is. */
  #compareIn(context: EvaluationContext): Compare {
    if (!this.#order || !isSameContext(this.#order.of, context)) {
      this.#order = { of: context, compare: compareBy(this.question.sort ?? [], context) };
    }
    return this.#order.compare;
  }

  /** How a row stands beside the others, which are where they are seen. */
  #against(key: string, row: Activity | undefined, context: EvaluationContext): Against {
    const compare = this.#compareIn(context);
    const { rows } = this.#host;
    return (otherKey) => {
      if (otherKey === key) return 0;
      const other = rows.visible(otherKey);
      return row && other ? compare(row, other) : 1;
    };
  }

  #test: { readonly of: EvaluationContext; readonly passes: Test } | undefined;

  /** Worked out once, and again when somebody else asks: a thousand rows may change at once. */
  #matches(row: Activity, context: EvaluationContext): Verdict {
    if (!this.#test || !isSameContext(this.#test.of, context)) {
      this.#test = { of: context, passes: toTest(this.question, context) };
    }
    return this.#test.passes(row);
  }

  /** As `matches`; where only roll-up can't be decided, a row that was in stays in as long as its regarding does. */
  #belongs(key: string, row: Activity, context: EvaluationContext): boolean | undefined {
    const verdict = this.#matches(row, context);
    if (verdict !== undefined || !this.question.record || !this.#list.has(key)) return verdict;
    const { record: _record, ...rest } = this.question;
    return matches(row, rest, context) === false ? false : undefined;
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
    return (
      !search &&
      !record &&
      fieldsOf(filter).every(({ field }) => exact.includes(field)) &&
      sortsExactly({ query: declared }, sort)
    );
  }

  /** Asks again because of a row. Of one with an own write under way no read may know yet: the end of that has the list asked. */
  #queueRefresh(key: string): void {
    if (this.#host.rows.isBusy(key)) this.#awaited.add(key);
    else {
      this.#awaited.delete(key);
      this.#soon.want();
    }
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

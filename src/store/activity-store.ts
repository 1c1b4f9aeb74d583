import type { Activity, ActivityDraft, ActivityPatch, RecordRef, Via } from '../model/activity.js';
import { ActivityTypes } from '../model/activity-types.js';
import { checkActivity } from '../model/check.js';
import type { EvaluationContext } from '../model/evaluate.js';
import type { ActivityQuery, CountGroup } from '../model/query.js';
import { resolveGroups, resolveQuestion, type Present } from '../model/relative-time.js';
import type { Milliseconds } from '../model/time.js';
import type { Capabilities } from '../provider/capabilities.js';
import { failure, toFailure } from '../provider/failure.js';
import type { PermissionContext } from '../provider/may.js';
import type {
  ActivityDataProvider,
  CallOptions,
  ProviderChange,
  RecordDraft,
  RecordSummary,
  Session,
  TransitionTarget,
  WriteOptions,
} from '../provider/provider.js';
import type { Act, ActEnd, ActOptions, WriteResult } from './acts.js';
import { ActivityView, type Asker, type ChangeOrigin } from './activity-view.js';
import { systemClock, systemTimers, type Clock, type Timers } from './clock.js';
import { CountView } from './count-view.js';
import { Gate } from './gate.js';
import type { Journal } from './journal/journal.js';
import { noPage, type Page } from './page.js';
import { Reader } from './reader.js';
import { RowTable, type Moment } from './rows.js';
import { Subscribable } from './subscribable.js';
import { timeLimits } from './time-limit.js';
import { Writer } from './writer.js';

export interface StoreOptions {
  readonly clock?: Clock;
  /** Milliseconds after which a read, or a write, that has not answered fails with `timeout`. */
  readonly readLimit?: number;
  readonly writeLimit?: number;
  /** Makes writes durable: what was done is saved on the device first, and goes out when it can. */
  readonly journal?: Journal;
  /** What waits in the store, and how long. For tests. */
  readonly timers?: Timers;
  /** What the store hears of the page. For tests. */
  readonly page?: Page;
}

/** Who asks where nobody in particular does: the backend's own zone is not known, its language neither. */
const NOBODY: Asker = { locale: 'en', timeZone: 'UTC' };
const MINUTE: Milliseconds = 60_000;
/** How many changed rows are remembered for answers that are still on their way. */
const REMEMBERED_CHANGES = 5000;
/** How long a view that nobody looks at keeps its rows, in milliseconds. */
const KEPT_UNWATCHED = 30_000;
/** After the page came to the front and was asked anew, it is not asked again so soon. */
const SEEN_PAUSE: Milliseconds = 5000;

/**
 * The rows of one provider, shared by all elements that show it: reads through views, writes through commands. A write is seen
 * at once and taken back where the provider refuses it. Its own subscribers hear of session, capabilities and connection.
 */
export class ActivityStore extends Subscribable {
  readonly provider: ActivityDataProvider;
  readonly clock: Clock;
  readonly rows: RowTable;
  capabilities: Capabilities | undefined;
  session: Session = {};
  types = new ActivityTypes();
  readonly writer: Writer;

  readonly #readLimit: number;
  readonly #limited = timeLimits();
  readonly #timers: Timers;
  readonly #page: Page;
  readonly #reader: Reader;
  readonly #views = new Map<string, ActivityView>();
  readonly #counts = new Map<string, CountView>();
  readonly #rowWatchers = new Map<string, Set<() => void>>();
  readonly #changed = new Map<string, { readonly at: Moment; readonly isNews: boolean }>();
  readonly #problems = new Map<string, readonly string[]>();
  #isOnline = true;
  /** The provider itself said so; then only it says that it is over. */
  #isSaidOffline = false;
  #moment: Moment = 1;
  #setUp: Promise<void> | undefined;
  #endLive: (() => void) | undefined;
  #endPage: (() => void) | undefined;
  #endGuard: (() => void) | undefined;
  #isRestPlanned = false;
  #asker: Asker = NOBODY;
  #context: EvaluationContext | undefined;
  readonly #intervals = new Map<symbol, Milliseconds>();
  #endInterval: (() => void) | undefined;
  #refreshedLately = false;

  constructor(provider: ActivityDataProvider, options: StoreOptions = {}) {
    super();
    this.provider = provider;
    this.clock = options.clock ?? systemClock;
    this.#timers = options.timers ?? systemTimers;
    this.#page = options.page ?? noPage;
    this.#readLimit = options.readLimit ?? 30_000;
    this.rows = new RowTable(() => this.types);
    const gate = new Gate(this.#timers);
    const shared = {
      provider,
      rows: this.rows,
      timers: this.#timers,
      gate,
      readLimit: this.#readLimit,
      capabilities: () => this.capabilities,
      moment: () => (this.#moment += 1),
      lostNetwork: () => this.#lostNetwork(),
      foundNetwork: () => this.#foundNetwork(),
    };
    this.#reader = new Reader({
      ...shared,
      context: (timeZone) => this.context(timeZone),
      present: (asker) => ({ ...this.#days(asker), keepsNow: false }),
      ready: (asker) => this.#prepare(asker),
      call: (asker, signal) => this.#call(asker, signal),
      isNewer: (key, moment) => (this.#changed.get(key)?.at ?? 0) > moment,
      take: (rows, asked) => this.#take(rows, asked),
    });
    this.writer = new Writer({
      ...shared,
      writeLimit: options.writeLimit ?? 60_000,
      now: () => this.clock.now(),
      permissions: () => this.permissions,
      session: () => this.session,
      ready: () => this.#prepare(this.#asker),
      call: (signal) => this.#call(this.#asker, signal),
      isOffline: () => !this.#isOnline,
      change: (key, origin, run) => this.#change(key, origin, run),
      receive: (row, asked) => this.#receive(row, asked),
      wrote: (key) => this.#reader.wrote(key),
      isFresh: (key) => this.#reader.isFresh(key),
      refresh: () => this.refresh(),
      load: (key) => this.load(key, this.#asker),
      collect: (question, signal) =>
        this.#reader.collect(question, this.#asker, signal ?? new AbortController().signal),
      changed: () => this.tell(),
    });
    this.writer.log.subscribe(() => {
      this.#guardPage();
      if (this.writer.log.isEmpty) this.#restSoon();
      else this.#listen();
      this.tell();
    });
    if (options.journal) this.useJournal(options.journal);
  }

  /** Makes writes durable from now on; the first journal stays. */
  useJournal(journal: Journal): void {
    this.writer.useJournal(journal);
  }

  // ── the network and the page ─────────────────────────────────────────────────────────────────

  /** False while it is known that the backend can't be reached. */
  get isOnline(): boolean {
    return this.#isOnline;
  }

  #setOnline(isOnline: boolean): void {
    if (this.#isOnline === isOnline) return;
    this.#isOnline = isOnline;
    this.tell();
    if (isOnline) {
      this.writer.log.wake();
      this.refresh();
    } else this.writer.offline();
  }

  #listen(): void {
    this.#endPage ??= this.#page.listen((event) => {
      if (event === 'hidden') this.writer.leave();
      else if (event === 'seen') this.#seen();
      else if (event === 'online') this.#online();
      else if (!this.#page.isOnline) this.#lostNetwork();
    });
  }

  /** While something is on its way that may be lost with the page, the user is asked before that goes. */
  #guardPage(): void {
    const { writer } = this;
    if (!writer.log.isEmpty) this.#endGuard ??= this.#page.guard(() => writer.wouldBeLost);
    else {
      this.#endGuard?.();
      this.#endGuard = undefined;
    }
  }

  /** A call failed for want of a network. That alone may be chance; what the browser says of it counts. */
  #lostNetwork(): void {
    // What needs no network has none to lose.
    if (!this.#page.isOnline && this.#needsNetwork) this.#setOnline(false);
  }

  /** An embedded provider answers without a network. */
  get #needsNetwork(): boolean {
    return !this.#hasAnsweredOffline;
  }

  #hasAnsweredOffline = false;

  #foundNetwork(): void {
    if (!this.#page.isOnline) this.#hasAnsweredOffline = true;
    if (!this.#isSaidOffline) this.#setOnline(true);
  }

  #online(): void {
    if (!this.#isSaidOffline && !this.#isOnline) this.#setOnline(true);
    else this.writer.log.wake();
    void this.writer.openJournal();
  }

  /** The page comes to the front: what may be stale is asked again behind what is shown. */
  #seen(): void {
    this.writer.log.wake();
    if (this.provider.subscribe || this.#refreshedLately) return;
    this.#refreshedLately = true;
    this.#timers.after(SEEN_PAUSE, () => (this.#refreshedLately = false));
    this.refresh();
  }

  /**
   * Asks what is looked at anew every so many milliseconds while the page is seen, where the provider tells nothing by itself. The
   * shortest of those wanted counts. Answers the way to end it.
   */
  refreshEvery(milliseconds: Milliseconds): () => void {
    const own = Symbol('interval');
    this.#intervals.set(own, milliseconds);
    this.#startInterval();
    return () => {
      this.#intervals.delete(own);
      this.#startInterval();
    };
  }

  #startInterval(): void {
    this.#endInterval?.();
    this.#endInterval = undefined;
    const shortest = Math.min(...this.#intervals.values());
    if (!Number.isFinite(shortest) || shortest <= 0 || this.provider.subscribe) return;
    this.#endInterval = this.#timers.after(shortest, () => {
      if (this.#page.isVisible && this.#isOnline) this.refresh();
      this.#startInterval();
    });
  }

  // ── reading ──────────────────────────────────────────────────────────────────────────────────

  /**
   * The view of a question; the same for all who ask the same. Relative days are those of the asker's calendar from here on; the
   * present moment stays a word that each answer goes by, so that a question is the same until the day ends.
   */
  view(asked: ActivityQuery, asker: Asker): ActivityView {
    this.#asker = asker;
    const question = resolveQuestion(asked, this.#days(asker), this.types);
    const key = ActivityView.keyOf(question, asker);
    let view = this.#views.get(key);
    if (view) view.followTime();
    else {
      view = new ActivityView(
        {
          rows: this.rows,
          isLive: this.provider.subscribe !== undefined,
          capabilities: () => this.capabilities,
          context: (timeZone) => this.context(timeZone),
          fetch: (page, by, signal) => this.#reader.fetch(page, by, signal),
          changedSince: (moment) => this.#changedSince(moment),
          release: (unwatched) => this.#release(this.#views, unwatched),
        },
        question,
        asker,
      );
      this.#views.set(key, view);
      this.#goLive();
    }
    return view;
  }

  /** The counts of some groups of a question; the same for all who ask the same. */
  counts(asked: ActivityQuery, of: readonly CountGroup[], asker: Asker): CountView {
    const question = resolveQuestion(asked, this.#days(asker), this.types);
    const groups = resolveGroups(of, this.#days(asker), this.types);
    const key = CountView.keyOf(question, groups, asker);
    let counts = this.#counts.get(key);
    if (counts) counts.followTime();
    else {
      counts = new CountView(
        {
          rows: this.rows,
          context: (timeZone) => this.context(timeZone),
          count: (...ask) => this.#reader.count(...ask),
          hasNewsSince: (moment) => this.#hasNewsSince(moment),
          later: (milliseconds, run) => void this.#timers.after(milliseconds, run),
          release: (unwatched) => this.#release(this.#counts, unwatched),
        },
        question,
        groups,
        asker,
      );
      this.#counts.set(key, counts);
      this.#goLive();
    }
    return counts;
  }

  /** What is seen of a row, by any id it has had. */
  row(id: string): Activity | undefined {
    return this.rows.visible(this.rows.keyOf(id));
  }

  /** Hears of every change of what is seen of one row. Answers the way to end it. */
  watchRow(id: string, listener: () => void): () => void {
    const key = this.rows.keyOf(id);
    const watchers = this.#rowWatchers.get(key) ?? new Set();
    this.#rowWatchers.set(key, watchers);
    watchers.add(listener);
    this.#goLive();
    return () => {
      watchers.delete(listener);
      if (watchers.size > 0 || this.#rowWatchers.get(key) !== watchers) return;
      this.#rowWatchers.delete(key);
      this.#restSoon();
    };
  }

  /** A write of this row is on its way; not one that is held back, or saved here until it can be sent. */
  isBusy(id: string): boolean {
    return this.rows.isBusy(this.rows.keyOf(id));
  }

  /** What was wrong with a row as it came, in words for the host's developer. */
  problemsOf(id: string): readonly string[] {
    return this.#problems.get(this.rows.keyOf(id)) ?? [];
  }

  /** Remembers what was wrong with rows that came another way than by an answer. */
  addProblems(problems: readonly { readonly id?: string; readonly text: string }[]): void {
    for (const { id, text } of problems) {
      if (id === undefined) continue;
      const known = this.#problems.get(id) ?? [];
      if (!known.includes(text)) this.#problems.set(id, [...known, text]);
    }
  }

  /** The whole row, asked for where what is known of it is partial. Rejects with a `ProviderFailure`. */
  async load(id: string, asker: Asker, signal?: AbortSignal): Promise<Activity> {
    await this.#prepare(asker);
    const key = this.rows.keyOf(id);
    const known = this.rows.visible(key);
    if (!this.provider.get) {
      if (known) return known;
      throw failure('not-found');
    }
    if (known && this.rows.isPending(key)) return known;
    const asked = ++this.#moment;
    const answer = await this.#limited(
      (own) =>
        this.provider.get?.(this.rows.base(key)?.id ?? id, this.#call(asker, own)) ??
        Promise.reject(failure('unsupported')),
      this.#readLimit,
      signal,
    );
    this.#take([answer], asked);
    const row = this.rows.visible(key);
    if (!row) throw failure('not-found');
    return row;
  }

  async lookup(
    text: string,
    kinds: readonly string[],
    asker: Asker,
    signal?: AbortSignal,
  ): Promise<readonly RecordSummary[]> {
    const { provider } = this;
    if (!provider.lookup) return [];
    return this.#limited(
      async (own) => (await provider.lookup?.(text, kinds, this.#call(asker, own))) ?? [],
      this.#readLimit,
      signal,
    );
  }

  /** Makes a record. Rejects with a `ProviderFailure`. */
  async createRecord(id: string, draft: RecordDraft, asker: Asker): Promise<RecordSummary> {
    const { provider } = this;
    if (!provider.createRecord) throw failure('unsupported');
    const write = (signal: AbortSignal): WriteOptions => ({
      ...this.#call(asker, signal),
      idempotencyKey: id,
    });
    return this.#limited(
      async (own) =>
        (await provider.createRecord?.(id, draft, write(own))) ??
        Promise.reject(failure('unsupported')),
      this.#readLimit,
    );
  }

  async records(
    ask: { readonly refs: readonly RecordRef[] } | { readonly dealsOf: readonly RecordRef[] },
    asker: Asker,
    signal?: AbortSignal,
  ): Promise<readonly RecordSummary[]> {
    const { provider } = this;
    if (!provider.records) return [];
    return this.#limited(
      async (own) => (await provider.records?.(ask, this.#call(asker, own))) ?? [],
      this.#readLimit,
      signal,
    );
  }

  /** Asks everything anew that is looked at, behind what is shown. */
  refresh(): void {
    this.#reader.forgetEverything();
    void this.writer.openJournal();
    for (const view of this.#views.values()) if (view.isWatched) view.refresh();
    for (const counts of this.#counts.values()) if (counts.isWatched) counts.refresh();
  }

  /** Fulfilled when session and capabilities are known. Rejects with a `ProviderFailure`; a later call tries again. */
  ready(asker: Asker): Promise<void> {
    return this.#prepare(asker);
  }

  get permissions(): PermissionContext {
    return { provider: this.provider, capabilities: this.capabilities, types: this.types };
  }

  /** Time goes on by minutes: what is asked within one is the same. */
  get #minute(): Milliseconds {
    return Math.floor(this.clock.now() / MINUTE) * MINUTE;
  }

  #days({ timeZone, firstDayOfWeek }: Asker): Present {
    return {
      now: this.#minute,
      timeZone,
      ...(firstDayOfWeek !== undefined && { firstDayOfWeek }),
      keepsNow: true,
    };
  }

  /** The same object until something in it changes: each row that arrives is placed by it in every list. */
  context(timeZone: string): EvaluationContext {
    const { types } = this;
    const { user, team } = this.session;
    const now = this.#minute;
    const last = this.#context;
    const isOfNow = last?.now === now && last.timeZone === timeZone && last.types === types;
    if (isOfNow && last.user === user && last.team === team) return last;
    const context = { types, timeZone, now, ...(user && { user }), ...(team && { team }) };
    this.#context = context;
    return context;
  }

  // ── writing ──────────────────────────────────────────────────────────────────────────────────

  /** Creates one activity under an id made here. Never rejects. */
  async create(draft: ActivityDraft, asker: Asker = this.#asker): Promise<WriteResult> {
    const ids = [crypto.randomUUID()];
    const { results } = await this.act({ kind: 'create', ids, draft }, { asker });
    return results[0] ?? { key: '', id: '', error: { code: 'server', message: '' } };
  }

  /** Edits some activities the same way. Never rejects: each has its own result. */
  async update(
    ids: readonly string[],
    patch: ActivityPatch,
    asker: Asker = this.#asker,
  ): Promise<readonly WriteResult[]> {
    return (await this.act({ kind: 'update', ids, patch }, { asker })).results;
  }

  /** Takes some activities to a state. Never rejects: each has its own result. */
  async transition(
    ids: readonly string[],
    to: TransitionTarget,
    asker: Asker = this.#asker,
  ): Promise<readonly WriteResult[]> {
    return (await this.act({ kind: 'transition', ids, to }, { asker })).results;
  }

  async remove(
    ids: readonly string[],
    asker: Asker = this.#asker,
  ): Promise<readonly WriteResult[]> {
    return (await this.act({ kind: 'remove', ids }, { asker })).results;
  }

  /** Takes rows that somebody else wrote for the kit: a host that answered a request itself. */
  adopt(rows: readonly Activity[]): void {
    this.#live({ kind: 'upsert', rows });
  }

  /** The same write to some records, with one undo for all. Never rejects: each record has its own result. */
  act(act: Act, options: ActOptions = {}): Promise<ActEnd> {
    if (options.asker) this.#asker = options.asker;
    this.#listen();
    return this.writer.act(act, options);
  }

  // ── asking the provider ──────────────────────────────────────────────────────────────────────

  #call({ locale, timeZone }: Asker, signal: AbortSignal): CallOptions {
    return { locale, timeZone, signal };
  }

  #prepare(asker: Asker): Promise<void> {
    this.#setUp ??= this.#load(asker).catch((thrown: unknown) => {
      this.#setUp = undefined;
      if (toFailure(thrown).code === 'network') this.#lostNetwork();
      throw thrown;
    });
    return this.#setUp;
  }

  async #load(asker: Asker): Promise<void> {
    const { provider } = this;
    const [capabilities, session] = await Promise.all([
      this.#limited(
        async (signal) => provider.capabilities?.(this.#call(asker, signal)),
        this.#readLimit,
      ),
      this.#limited(
        async (signal) => provider.session?.(this.#call(asker, signal)),
        this.#readLimit,
      ),
    ]);
    this.capabilities = capabilities;
    this.session = session ?? {};
    this.types = new ActivityTypes(this.session.types);
    this.tell();
    queueMicrotask(() => void this.writer.openJournal());
  }

  // ── rows that arrive ─────────────────────────────────────────────────────────────────────────

  /** Checks rows where they enter and takes them into the table. */
  #take(
    rows: readonly unknown[],
    asked: Moment,
    origin: ChangeOrigin = 'read',
  ): {
    readonly keys: readonly string[];
    readonly via: ReadonlyMap<string, readonly Via[]>;
    readonly problems: readonly string[];
  } {
    const keys = new Set<string>();
    const via = new Map<string, readonly Via[]>();
    const problems: string[] = [];
    const records = new Map<string, RecordRef>();
    for (const value of rows) {
      const checked = checkActivity(value, records);
      const texts = [...checked.problems];
      const row = checked.row;
      if (row) {
        const key = this.rows.keyOf(row.id);
        if (keys.has(key)) texts.push(`activity ${row.id}: two rows have this id; the last stands`);
        this.#change(key, origin, () => this.#receive(row, asked), asked);
        // Also what is removed here: where the answer has it, its total counts it.
        keys.add(key);
        if (row.via) via.set(key, row.via);
        if (texts.length > 0) this.#problems.set(key, texts);
        else this.#problems.delete(key);
      }
      problems.push(...texts);
    }
    return { keys: [...keys], via, problems };
  }

  #receive(row: Activity, asked: Moment): void {
    if (row.via) {
      const { via: _via, ...own } = row;
      this.rows.receive(own, asked);
    } else this.rows.receive(row, asked);
  }

  /** Runs what may change a row, and lets every view follow if it did. `asked`: when the answer that brings it was asked for. */
  #change(key: string, origin: ChangeOrigin, run: () => void, asked?: Moment): void {
    const before = this.rows.visible(key);
    const isUnknown = this.rows.base(key) === undefined && this.rows.isPending(key);
    run();
    // What a change of before makes of counts is only known with the row it changes.
    if (isUnknown && origin === 'read' && this.rows.base(key)) {
      for (const counts of this.#counts.values()) counts.refreshSoon();
    }
    // A write is also news where it changes nothing yet: it has begun, or ended.
    if (this.rows.visible(key) === before && origin !== 'write') return;
    // An answer's own rows are not news to the answers that were asked for after it.
    this.#noteChange(key, asked ?? ++this.#moment, before !== undefined || origin !== 'read');
    for (const view of this.#views.values()) view.follow(key, before, origin);
    for (const counts of this.#counts.values()) counts.follow(key, before, origin);
    for (const watcher of this.#rowWatchers.get(key) ?? []) watcher();
  }

  /** `isNews`: the row was known before, or something happened to it; not only heard of by an answer. */
  #noteChange(key: string, at: Moment, isNews: boolean): void {
    const wasNews = this.#changed.get(key)?.isNews === true;
    this.#changed.delete(key);
    this.#changed.set(key, { at, isNews: isNews || wasNews });
    if (this.#changed.size > REMEMBERED_CHANGES) {
      const oldest = this.#changed.keys().next();
      if (!oldest.done) this.#changed.delete(oldest.value);
    }
  }

  *#changedSince(moment: Moment): IterableIterator<string> {
    for (const [key, { at }] of this.#changed) if (at > moment) yield key;
  }

  #hasNewsSince(moment: Moment): boolean {
    for (const { at, isNews } of this.#changed.values()) if (isNews && at > moment) return true;
    return false;
  }

  #goLive(): void {
    this.#listen();
    this.#endLive ??= this.provider.subscribe?.((change) => this.#live(change));
  }

  /**
   * The echo of an own write may come before its answer, which will say the same. Of a create it is taken: the row that the server
   * named is the one created here.
   */
  #isEcho({ rows, idempotencyKey }: Extract<ProviderChange, { kind: 'upsert' }>): boolean {
    const own = idempotencyKey === undefined ? undefined : this.writer.log.byId(idempotencyKey);
    const [row] = rows;
    if (!own || !row) return false;
    if (own.kind === 'create') this.rows.alias(row.id, own.key);
    else return own.state === 'sent' && rows.length === 1 && this.rows.keyOf(row.id) === own.key;
    return false;
  }

  #live(change: ProviderChange): void {
    switch (change.kind) {
      case 'upsert':
        if (this.#isEcho(change)) return;
        this.#take(change.rows, ++this.#moment, 'live');
        return;
      case 'remove':
        for (const id of change.ids) {
          const key = this.rows.keyOf(id);
          this.#change(key, 'live', () => this.rows.drop(key, ++this.#moment));
        }
        return;
      case 'invalidate':
        this.refresh();
        return;
      case 'connection':
        this.#isSaidOffline = !change.online;
        this.#setOnline(change.online);
        return;
    }
  }

  /** A view that nobody looks at is asked for nothing, and forgotten some time later: an element that is moved finds it again. */
  #release<V extends ActivityView | CountView>(views: Map<string, V>, view: V): void {
    queueMicrotask(() => {
      if (!view.isWatched) view.abandon();
    });
    setTimeout(() => {
      if (view.isWatched || views.get(view.key) !== view) return;
      views.delete(view.key);
      if (this.#isIdle) this.#rest();
    }, KEPT_UNWATCHED);
  }

  /** Nobody looks at anything, and nothing is to be sent. */
  get #isIdle(): boolean {
    const watched = this.#views.size + this.#counts.size + this.#rowWatchers.size;
    return watched === 0 && this.writer.log.isEmpty;
  }

  /** Where nobody comes back meanwhile. */
  #restSoon(): void {
    if (!this.#isIdle || this.#isRestPlanned) return;
    this.#isRestPlanned = true;
    setTimeout(() => {
      this.#isRestPlanned = false;
      if (this.#isIdle) this.#rest();
    }, KEPT_UNWATCHED);
  }

  #rest(): void {
    this.#endLive?.();
    this.#endLive = undefined;
    this.#endPage?.();
    this.#endPage = undefined;
  }
}

import type { Activity, ActivityDraft, ActivityPatch, RecordRef, Via } from '../model/activity.js';
import { ActivityTypes } from '../model/activity-types.js';
import { checkActivity } from '../model/check.js';
import { countGroups, evaluate, type EvaluationContext } from '../model/evaluate.js';
import type { ActivityQuery, CountGroup, Rest, Total } from '../model/query.js';
import type { Capabilities } from '../provider/capabilities.js';
import { failure, toFailure, type ProviderFailure } from '../provider/failure.js';
import type { PermissionContext } from '../provider/may.js';
import type {
  ActivityDataProvider,
  ActivityPage,
  CallOptions,
  ProviderChange,
  RecordSummary,
  Session,
  TransitionTarget,
  WriteOptions,
} from '../provider/provider.js';
import { ActivityView, type Asker, type ChangeOrigin, type FetchedPage } from './activity-view.js';
import type { Change, Write } from './change.js';
import { ChangeLog } from './change-log.js';
import { systemClock, type Clock } from './clock.js';
import { CountView } from './count-view.js';
import { inverseOf, stillStands } from './inverse.js';
import { RowTable, type Moment } from './rows.js';
import { Subscribable } from './subscribable.js';
import { limited } from './time-limit.js';

export interface StoreOptions {
  readonly clock?: Clock;
  /** Milliseconds after which a read, or a write, that has not answered fails with `timeout`. */
  readonly readLimit?: number;
  readonly writeLimit?: number;
}

/** How one write ended. `key` is what the kit called the row, `id` what the server calls it. */
export type WriteResult =
  | { readonly key: string; readonly id: string; readonly activity?: Activity }
  | { readonly key: string; readonly id: string; readonly error: ProviderFailure };

/** One act of the user: the same write to some records. */
export type Act = Write & { readonly ids: readonly string[] };

export interface ActOptions {
  readonly asker?: Asker;
  /** How many of the records are done, of how many. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
  /** Ends what is not yet sent; those records end as `aborted`. */
  readonly signal?: AbortSignal | undefined;
  /** More records: all that match a question, but these. */
  readonly rest?: Rest | undefined;
}

export interface ActEnd {
  /** One for each record. */
  readonly results: readonly WriteResult[];
  /** Takes back what was done, and only that; absent where that can't be. Asks no host. */
  readonly undo?: () => Promise<ActEnd>;
}

/** Who asks where nobody in particular does: the backend's own zone is not known, its language neither. */
const NOBODY: Asker = { locale: 'en', timeZone: 'UTC' };
/** How many rows are taken from a provider that filters nothing. */
const MAX_LOCAL_ROWS = 5000;
/** How many changed rows are remembered for answers that are still on their way. */
const REMEMBERED_CHANGES = 5000;
/** How long a view that nobody looks at keeps its rows, in milliseconds. */
const KEPT_UNWATCHED = 30_000;

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
  isOnline = true;

  readonly #readLimit: number;
  readonly #writeLimit: number;
  readonly #views = new Map<string, ActivityView>();
  readonly #counts = new Map<string, CountView>();
  readonly #rowWatchers = new Map<string, Set<() => void>>();
  readonly #log = new ChangeLog((change) => this.#send(change));
  /** By idempotency key, from being sent to being settled. */
  readonly #sent = new Map<string, Change>();
  readonly #changed = new Map<string, Moment>();
  readonly #problems = new Map<string, readonly string[]>();
  #moment: Moment = 1;
  #setUp: Promise<void> | undefined;
  #everything:
    | Promise<{
        readonly asked: Moment;
        readonly isCut: boolean;
        readonly problems: readonly string[];
      }>
    | undefined;
  #endLive: (() => void) | undefined;
  #asker: Asker = NOBODY;

  constructor(provider: ActivityDataProvider, options: StoreOptions = {}) {
    super();
    this.provider = provider;
    this.clock = options.clock ?? systemClock;
    this.#readLimit = options.readLimit ?? 30_000;
    this.#writeLimit = options.writeLimit ?? 60_000;
    this.rows = new RowTable(() => this.types);
  }

  // ── reading ──────────────────────────────────────────────────────────────────────────────────

  /** The view of a question; the same for all who ask the same. */
  view(question: ActivityQuery, asker: Asker): ActivityView {
    this.#asker = asker;
    const key = ActivityView.keyOf(question, asker);
    let view = this.#views.get(key);
    if (!view) {
      view = new ActivityView(
        {
          rows: this.rows,
          isLive: this.provider.subscribe !== undefined,
          capabilities: () => this.capabilities,
          context: (timeZone) => this.context(timeZone),
          fetch: (asked, by, signal) => this.#fetch(asked, by, signal),
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
  counts(question: ActivityQuery, groups: readonly CountGroup[], asker: Asker): CountView {
    const key = CountView.keyOf(question, groups, asker);
    let counts = this.#counts.get(key);
    if (!counts) {
      counts = new CountView(
        {
          rows: this.rows,
          context: (timeZone) => this.context(timeZone),
          count: (asked, of, by, signal) => this.#count(asked, of, by, signal),
          changedSince: (moment) => this.#changedSince(moment),
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
      if (watchers.size === 0) this.#rowWatchers.delete(key);
    };
  }

  /** A write of this row is on its way. */
  isPending(id: string): boolean {
    return this.rows.isPending(this.rows.keyOf(id));
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
    const answer = await limited(
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
    return limited(
      async (own) => (await provider.lookup?.(text, kinds, this.#call(asker, own))) ?? [],
      this.#readLimit,
      signal,
    );
  }

  async records(
    ask: { readonly refs: readonly RecordRef[] } | { readonly dealsOf: readonly RecordRef[] },
    asker: Asker,
    signal?: AbortSignal,
  ): Promise<readonly RecordSummary[]> {
    const { provider } = this;
    if (!provider.records) return [];
    return limited(
      async (own) => (await provider.records?.(ask, this.#call(asker, own))) ?? [],
      this.#readLimit,
      signal,
    );
  }

  /** Asks everything anew that is looked at, behind what is shown. */
  refresh(): void {
    this.#everything = undefined;
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

  context(timeZone: string): EvaluationContext {
    const { user, team } = this.session;
    return {
      types: this.types,
      timeZone,
      ...(user && { user }),
      ...(team && { team }),
    };
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
  async act({ ids, ...write }: Act, options: ActOptions = {}): Promise<ActEnd> {
    const { asker = this.#asker, onProgress } = options;
    this.#asker = asker;
    const changes = ids.map((id) => this.#newChange(id, write));
    let done = 0;
    await Promise.all(
      changes.map(async (change) => {
        await this.#begin(change);
        onProgress?.((done += 1), changes.length);
      }),
    );
    return this.#end(changes);
  }

  #newChange(id: string, write: Write, undoes?: string): Change {
    const key = this.rows.keyOf(id);
    return {
      ...write,
      key,
      idempotencyKey: crypto.randomUUID(),
      act: '',
      at: this.clock.now(),
      isOptimistic: !this.#notifies(key, write),
      before: this.rows.visible(key),
      version: this.rows.base(key)?.version,
      state: 'queued',
      ...(undoes !== undefined && { undoes }),
    };
  }

  #begin(change: Change): Promise<void> {
    this.#change(change.key, 'write', () => this.rows.addPending(change));
    return this.#log.add(change);
  }

  #end(changes: readonly Change[]): ActEnd {
    const results = changes.map((change) => this.#resultOf(change));
    const done = changes.filter(({ state }) => state === 'confirmed');
    const isUndoable =
      this.capabilities?.undo === 'inverse' &&
      done.some((change) => inverseOf(change, change.before) !== undefined);
    return { results, ...(isUndoable && { undo: () => this.#undo(done) }) };
  }

  #resultOf(change: Change): WriteResult {
    const row = this.rows.visible(change.key);
    const result = { key: change.key, id: this.rows.base(change.key)?.id ?? change.key };
    if (change.error) return { ...result, error: change.error };
    return row ? { ...result, activity: row } : result;
  }

  /** Takes changes back by their opposites, where nobody has changed the same since. */
  async #undo(done: readonly Change[]): Promise<ActEnd> {
    const results = await Promise.all(
      [...done].reverse().map(async (change): Promise<WriteResult> => {
        const { key } = change;
        const row = this.rows.visible(key);
        const back = inverseOf(change, change.before);
        if (!back || !stillStands(change, row)) {
          const id = this.rows.base(key)?.id ?? key;
          return { key, id, error: { code: back ? 'conflict' : 'unsupported', message: '' } };
        }
        const undo = this.#newChange(key, back, change.idempotencyKey);
        await this.#begin(undo);
        return this.#resultOf(undo);
      }),
    );
    return { results };
  }

  /** What reaches other people is shown only when it is done. */
  #notifies(key: string, what: Write): boolean {
    const row = this.rows.visible(key);
    if (!row || (what.kind !== 'remove' && what.kind !== 'transition')) return false;
    const act =
      what.kind === 'remove' ? 'remove' : what.to.state === 'canceled' ? 'cancel' : 'complete';
    const told = this.types.get(row.type).notifies ?? [];
    return told.includes(act) && (row.parties ?? []).some(({ role }) => role !== 'organizer');
  }

  /** Sends one change; never rejects. */
  async #send(change: Change): Promise<void> {
    this.#sent.set(change.idempotencyKey, change);
    try {
      await this.#prepare(this.#asker);
      const row = await limited((signal) => this.#perform(change, signal), this.#writeLimit);
      change.state = 'confirmed';
      this.#change(change.key, 'write', () => {
        this.rows.removePending(change);
        if (row === undefined) this.rows.drop(change.key, ++this.#moment);
        else this.#confirm(change, row);
      });
    } catch (thrown) {
      change.state = 'refused';
      change.error = toFailure(thrown);
      const server = change.error.row;
      this.#change(change.key, 'write', () => {
        this.rows.removePending(change);
        if (server) this.#receive(server, ++this.#moment);
        else if (change.error?.code === 'not-found') this.rows.drop(change.key, ++this.#moment);
      });
    } finally {
      this.#sent.delete(change.idempotencyKey);
    }
  }

  #confirm(change: Change, answer: Activity): void {
    const { row } = checkActivity(answer);
    if (!row) {
      // The backend wrote but did not say what: what the user sees stands until it is read again.
      this.refresh();
      return;
    }
    this.rows.alias(row.id, change.key);
    this.rows.receive(row, ++this.#moment);
    this.#log.rebase(change.key, row.version);
  }

  async #perform(change: Change, signal: AbortSignal): Promise<Activity | undefined> {
    const { provider } = this;
    const id = this.rows.base(change.key)?.id ?? change.key;
    const options: WriteOptions = {
      ...this.#call(this.#asker, signal),
      idempotencyKey: change.idempotencyKey,
      ...(change.version !== undefined && { version: change.version }),
      ...(change.undoes !== undefined && { undoes: change.undoes }),
    };
    switch (change.kind) {
      case 'create':
        if (!provider.create) throw failure('unsupported');
        return provider.create(change.key, change.draft, options);
      case 'update':
        if (!provider.update) throw failure('unsupported');
        return provider.update(id, change.patch, options);
      case 'transition':
        if (!provider.transition) throw failure('unsupported');
        return provider.transition(id, change.to, options);
      case 'remove':
        if (!provider.remove) throw failure('unsupported');
        await provider.remove(id, options);
        return undefined;
    }
  }

  // ── asking the provider ──────────────────────────────────────────────────────────────────────

  #call(asker: Asker, signal: AbortSignal): CallOptions {
    return { ...asker, signal };
  }

  #prepare(asker: Asker): Promise<void> {
    this.#setUp ??= this.#load(asker).catch((thrown: unknown) => {
      this.#setUp = undefined;
      throw thrown;
    });
    return this.#setUp;
  }

  async #load(asker: Asker): Promise<void> {
    const { provider } = this;
    const [capabilities, session] = await Promise.all([
      limited(
        async (signal) => provider.capabilities?.(this.#call(asker, signal)),
        this.#readLimit,
      ),
      limited(async (signal) => provider.session?.(this.#call(asker, signal)), this.#readLimit),
    ]);
    this.capabilities = capabilities;
    this.session = session ?? {};
    this.types = new ActivityTypes(this.session.types);
    this.tell();
  }

  async #fetch(question: ActivityQuery, asker: Asker, signal: AbortSignal): Promise<FetchedPage> {
    await this.#prepare(asker);
    if (this.capabilities?.query === undefined) return this.#fetchLocally(question, asker, signal);
    const asked = ++this.#moment;
    const answer = await limited(
      (own) => this.provider.query(question, this.#call(asker, own)),
      this.#readLimit,
      signal,
    );
    const page = toPage(answer);
    const { keys, via, problems } = this.#take(page.rows, asked);
    const isShort = page.rows.length < (question.page?.size ?? 0);
    const isComplete = page.next === undefined && (isShort || !isPaged(this.capabilities));
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

  /** For a provider that filters nothing: everything once, and the kit's own evaluator over it. */
  async #fetchLocally(
    question: ActivityQuery,
    asker: Asker,
    signal: AbortSignal,
  ): Promise<FetchedPage> {
    const everything = await this.#askEverything(asker, signal);
    const { page: _page, ...unpaged } = question;
    const { rows } = evaluate(this.#visibleRows(), unpaged, {
      ...this.context(asker.timeZone),
      parentOf: () => undefined,
    });
    return {
      asked: this.#moment,
      keys: rows.map(({ id }) => this.rows.keyOf(id)),
      via: new Map(),
      problems: everything.problems,
      failed: [],
      isComplete: true,
      total: { value: rows.length, relation: everything.isCut ? 'atLeast' : 'exact' },
    };
  }

  async #askEverything(
    asker: Asker,
    signal: AbortSignal,
  ): Promise<{ readonly isCut: boolean; readonly problems: readonly string[] }> {
    this.#everything ??= this.#loadEverything(asker).catch((thrown: unknown) => {
      this.#everything = undefined;
      throw thrown;
    });
    return limited(
      () => this.#everything ?? Promise.reject(failure('aborted')),
      this.#readLimit,
      signal,
    );
  }

  async #loadEverything(asker: Asker): Promise<{
    readonly asked: Moment;
    readonly isCut: boolean;
    readonly problems: readonly string[];
  }> {
    const asked = ++this.#moment;
    const problems: string[] = [];
    const seen = new Set<string>();
    let next: string | undefined;
    let count = 0;
    do {
      const at = next;
      const page = toPage(
        await limited(
          (signal) =>
            this.provider.query(
              at === undefined ? {} : { page: { size: 500, at: { next: at } } },
              this.#call(asker, signal),
            ),
          this.#readLimit,
        ),
      );
      const taken = this.#take(page.rows.slice(0, MAX_LOCAL_ROWS - count), asked);
      for (const key of taken.keys) seen.add(key);
      problems.push(...taken.problems);
      count += page.rows.length;
      next = page.next;
    } while (next !== undefined && count < MAX_LOCAL_ROWS);
    const isCut = next !== undefined || count > MAX_LOCAL_ROWS;
    // What was there before and is not in a whole answer is gone.
    if (!isCut) {
      for (const key of [...this.rows.keys()]) {
        if (!seen.has(key) && this.rows.base(key) && !this.#isNewer(key, asked)) {
          this.rows.drop(key, ++this.#moment);
        }
      }
    }
    return { asked, isCut, problems };
  }

  #isNewer(key: string, moment: Moment): boolean {
    return (this.#changed.get(key) ?? 0) > moment;
  }

  *#visibleRows(): IterableIterator<Activity> {
    for (const key of this.rows.keys()) {
      const row = this.rows.visible(key);
      if (row) yield row;
    }
  }

  async #count(
    question: ActivityQuery,
    groups: readonly CountGroup[],
    asker: Asker,
    signal: AbortSignal,
  ): Promise<{ readonly asked: Moment; readonly totals: readonly Total[] }> {
    await this.#prepare(asker);
    const { provider } = this;
    if (this.capabilities?.query === undefined) {
      await this.#askEverything(asker, signal);
      const context = this.context(asker.timeZone);
      const totals = countGroups(this.#visibleRows(), question, groups, context);
      return { asked: this.#moment, totals };
    }
    const asked = ++this.#moment;
    if (!provider.count) return { asked, totals: [] };
    const totals = await limited(
      async (own) => (await provider.count?.(question, groups, this.#call(asker, own))) ?? [],
      this.#readLimit,
      signal,
    );
    return { asked, totals };
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
    for (const value of rows) {
      const checked = checkActivity(value);
      const texts = [...checked.problems];
      const row = checked.row;
      if (row) {
        const key = this.rows.keyOf(row.id);
        if (keys.has(key)) texts.push(`activity ${row.id}: two rows have this id; the last stands`);
        this.#change(key, origin, () => this.#receive(row, asked), asked);
        if (this.rows.visible(key)) keys.add(key);
        if (row.via) via.set(key, row.via);
        if (texts.length > 0) this.#problems.set(key, texts);
        else this.#problems.delete(key);
      }
      problems.push(...texts);
    }
    return { keys: [...keys], via, problems };
  }

  #receive(row: Activity, asked: Moment): void {
    const { via: _via, ...own } = row;
    this.rows.receive(own, asked);
  }

  /** Runs what may change a row, and lets every view follow if it did. `asked`: when the answer that brings it was asked for. */
  #change(key: string, origin: ChangeOrigin, run: () => void, asked?: Moment): void {
    const before = this.rows.visible(key);
    run();
    // A write is also news where it changes nothing yet: it has begun, or ended.
    if (this.rows.visible(key) === before && origin !== 'write') return;
    // An answer's own rows are not news to the answers that were asked for after it.
    this.#noteChange(key, asked ?? ++this.#moment);
    for (const view of this.#views.values()) view.follow(key, before, origin);
    for (const counts of this.#counts.values()) counts.follow(key, before, origin);
    for (const watcher of this.#rowWatchers.get(key) ?? []) watcher();
  }

  #noteChange(key: string, moment: Moment): void {
    this.#changed.delete(key);
    this.#changed.set(key, moment);
    if (this.#changed.size > REMEMBERED_CHANGES) {
      const oldest = this.#changed.keys().next();
      if (!oldest.done) this.#changed.delete(oldest.value);
    }
  }

  *#changedSince(moment: Moment): IterableIterator<string> {
    for (const [key, at] of this.#changed) if (at > moment) yield key;
  }

  #goLive(): void {
    this.#endLive ??= this.provider.subscribe?.((change) => this.#live(change));
  }

  /** The echo of an own create may come before its answer: the row that the server named is the one created here. */
  #recogniseEcho({ rows, idempotencyKey }: Extract<ProviderChange, { kind: 'upsert' }>): void {
    const own = idempotencyKey === undefined ? undefined : this.#sent.get(idempotencyKey);
    const [row] = rows;
    if (own?.kind === 'create' && row) this.rows.alias(row.id, own.key);
  }

  #live(change: ProviderChange): void {
    switch (change.kind) {
      case 'upsert':
        this.#recogniseEcho(change);
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
        this.isOnline = change.online;
        this.tell();
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
      if (this.#views.size === 0 && this.#counts.size === 0) {
        this.#endLive?.();
        this.#endLive = undefined;
      }
    }, KEPT_UNWATCHED);
  }
}

function isPaged(capabilities: Capabilities | undefined): boolean {
  return capabilities?.query?.places === true || capabilities?.query?.offset === true;
}

/** An answer in its long form. Rejects what is neither rows nor a page. */
function toPage(answer: unknown): ActivityPage {
  if (Array.isArray(answer)) return { rows: answer as readonly Activity[] };
  if (
    typeof answer === 'object' &&
    answer !== null &&
    Array.isArray((answer as { rows?: unknown }).rows)
  ) {
    return answer as ActivityPage;
  }
  throw failure('server');
}

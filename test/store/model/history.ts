import fc from 'fast-check';
import type { Activity, ActivityPatch, ActivityState } from '../../../src/model/activity.js';
import { countGroups, evaluate } from '../../../src/model/evaluate.js';
import { sameJson } from '../../../src/model/json.js';
import type { ActivityQuery, CountGroup } from '../../../src/model/query.js';
import {
  createChaosProvider,
  type ChaosFaults,
  type ChaosProvider,
} from '../../../src/provider/chaos/chaos-provider.js';
import {
  createMemoryProvider,
  type MemoryProvider,
} from '../../../src/provider/memory/memory-provider.js';
import type { ActivityDataProvider, WriteOptions } from '../../../src/provider/provider.js';
import { randomOf, type Random } from '../../../src/provider/chaos/random.js';
import type { ActivityStore } from '../../../src/store/activity-store.js';
import type { ActEnd, WriteResult } from '../../../src/store/acts.js';
import type { ActivityView } from '../../../src/store/activity-view.js';
import type { PageEvent } from '../../../src/store/page.js';
import type { CountView } from '../../../src/store/count-view.js';
import { hasEnded, type Change } from '../../../src/store/change.js';
import { systemTimers, type Clock } from '../../../src/store/clock.js';
import { applyChange } from '../../../src/store/rows.js';
import { storeFor } from '../../../src/store/store-for.js';
import { MemoryDevice, type MemoryTab } from './memory-journal.js';
import type { Screen, ScreenKind } from './screen.js';
import { VirtualTime } from './virtual-time.js';

/*
 * Histories of one user over a bad network, in virtual time, with somebody else at work in the same records. Each act carries a
 * mark that nobody else writes, so that afterwards it can be counted how often the server really did it. In some of them an
 * element stands on the page, by which the user acts where he can, and what it shows counts too.
 */

export type Step =
  | { readonly do: 'create' }
  | {
      readonly do: 'edit' | 'complete' | 'cancel' | 'remove' | 'others-edit';
      readonly which: number;
    }
  /** To another day. */
  | { readonly do: 'move'; readonly which: number; readonly day: number }
  | {
      readonly do: 'bulk';
      readonly from: number;
      readonly count: number;
      readonly completes: boolean;
    }
  /** `crash`: as `reload`, but nobody tells the page. `switch`: to the user's other tab, which is opened where there is none. */
  | { readonly do: 'undo' | 'reload' | 'crash' | 'offline' | 'online' | 'refresh' | 'switch' }
  | { readonly do: 'wait'; readonly milliseconds: number };

export interface History {
  readonly seed: number;
  readonly steps: readonly Step[];
  readonly faults: ChaosFaults;
  readonly isDurable: boolean;
  /** The backend takes nothing back that is closed or gone: it is kept here for a while. */
  readonly holds?: boolean;
  /** The element on the page, where there is one. */
  readonly screen?: ScreenKind | undefined;
}

const likelihood = fc.constantFrom(0, 0, 0.1, 0.3);
const which = fc.nat({ max: 20 });

export const histories: fc.Arbitrary<History> = fc.record({
  seed: fc.nat({ max: 0xffffffff }),
  isDurable: fc.boolean(),
  holds: fc.boolean(),
  // To draw takes longer than all else.
  screen: fc.constantFrom(
    ...Array.from({ length: 72 }, () => undefined),
    ...(['grid', 'grid', 'kanban', 'kanban', 'form', 'form', 'form', 'calendar'] as const),
    'timeline',
  ),
  faults: fc.record({
    latency: fc.constantFrom([0, 0] as const, [5, 400] as const, [50, 3000] as const),
    errors: likelihood,
    codes: fc.constant(['network', 'timeout', 'rate-limited', 'server', 'forbidden'] as const),
    lostAnswers: likelihood,
    duplicates: likelihood,
    lostChanges: likelihood,
    lag: likelihood,
  }),
  steps: fc.array(
    fc.oneof<fc.Arbitrary<Step>[]>(
      fc.record({ do: fc.constant('create' as const) }),
      fc.record({
        do: fc.constantFrom(
          'edit' as const,
          'edit' as const,
          'complete' as const,
          'cancel' as const,
          'remove' as const,
          'others-edit' as const,
        ),
        which,
      }),
      fc.record({ do: fc.constant('move' as const), which, day: fc.nat({ max: 3 }) }),
      fc.record({
        do: fc.constant('bulk' as const),
        from: which,
        count: fc.nat({ max: 6 }),
        completes: fc.boolean(),
      }),
      fc.record({
        do: fc.constantFrom(
          'undo' as const,
          'undo' as const,
          'reload' as const,
          'crash' as const,
          'offline' as const,
          'online' as const,
          'refresh' as const,
          'switch' as const,
        ),
      }),
      fc.record({
        do: fc.constant('wait' as const),
        milliseconds: fc.constantFrom(0, 1, 60, 500, 5000, 40_000),
      }),
    ),
    { minLength: 1, maxLength: 14 },
  ),
});

interface Act {
  readonly mark: string;
  readonly page: Page;
  /** What the store promised in the end; undefined while it has not, or when its page was gone first. */
  end: ActEnd | undefined;
  wasTaken: boolean;
}

const asker = { locale: 'en', timeZone: 'UTC' };
const OPEN: ActivityQuery = {
  filter: { field: 'state', op: 'eq', value: 'open' },
  sort: [{ field: 'subject', direction: 'asc' }],
};
const ALL: ActivityQuery = { sort: [{ field: 'subject', direction: 'desc' }] };
/** A list of which the user has seen the beginning. */
const FIRST_PAGE: ActivityQuery = {
  sort: [{ field: 'subject', direction: 'asc' }],
  page: { size: 3 },
};
/** Days, and within a day the latest subject first. */
const BY_DAY: ActivityQuery = {
  filter: { field: 'deadline', op: 'empty', value: false },
  sort: [
    { field: 'deadline', direction: 'asc' },
    { field: 'subject', direction: 'desc' },
  ],
};
const GROUPS: readonly CountGroup[] = ['open', 'completed', 'canceled'].map((state) => ({
  name: state,
  filter: { field: 'state', op: 'eq', value: state },
}));
const FIRST = 5;
/** Longer than any write, its repeats and a replica's lag take once nothing goes wrong any more. */
const UNTIL_QUIET = 30 * 60_000;

const HOLD_FOR = 7000;

interface Page {
  isGone: boolean;
  isVisible: boolean;
  readonly listeners: Set<(event: PageEvent) => void>;
  /** Its changes, in the order in which its log heard of them, and how each ended. */
  readonly changes: Map<Change, Change['state'] | undefined>;
}

/** What the user has open in one tab. */
interface Tab {
  readonly page: Page;
  readonly journal: MemoryTab | undefined;
  readonly store: ActivityStore;
  readonly views: readonly ActivityView[];
  readonly counts: CountView;
}

const WRITES: ReadonlySet<string> = new Set(['create', 'update', 'transition', 'remove']);

/** Answers never come to a page that is gone, but what it had sent arrives. `wrote`: called with each write, answers what is called when it is over. */
function asSeenBy(
  page: Page,
  inner: ActivityDataProvider,
  wrote: (id: string, key: string) => () => void,
): ActivityDataProvider {
  const seen: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(inner)) {
    if (typeof value !== 'function') continue;
    seen[name] = (...args: unknown[]): unknown => {
      if (page.isGone) return new Promise(() => undefined);
      const { idempotencyKey = '', signal } = (args.at(-1) ?? {}) as Partial<WriteOptions>;
      const end = WRITES.has(name) ? wrote(String(args[0]), idempotencyKey) : () => undefined;
      signal?.addEventListener('abort', end);
      const answer: unknown = (value as (...all: unknown[]) => unknown).apply(inner, args);
      if (!(answer instanceof Promise)) return answer;
      return new Promise((resolve, reject) => {
        answer.finally(end).then(
          (result) => page.isGone || resolve(result),
          (why: unknown) => page.isGone || reject(why),
        );
      });
    };
  }
  return { name: 'model', ...seen } as unknown as ActivityDataProvider;
}

/** What ended so may still be done: nobody knows yet, or the user has the last word. */
const NOT_SURE: readonly string[] = ['network', 'timeout', 'conflict'];
const markOf = (change: Change): unknown =>
  change.kind === 'transition' ? change.to.patch?.fields?.['mark'] : undefined;
const done = (result: WriteResult): boolean => !('error' in result);

type ShowScreen = (provider: ActivityDataProvider, clock: Clock) => Screen;

/** Runs a history and answers what is wrong in the end; nothing where all agree. */
export async function problemsAfter(history: History): Promise<readonly string[]> {
  const time = new VirtualTime();
  const { screen } = history;
  // Elements are brought where a history has one.
  const module = screen && (await import('./screen.js'));
  const show = screen && module && ((...of: Parameters<ShowScreen>) => module.show(screen, ...of));
  time.install();
  try {
    return await new Run(history, time, show).problems();
  } finally {
    time.restore();
  }
}

class Run {
  readonly #history: History;
  readonly #time: VirtualTime;
  readonly #server: MemoryProvider;
  readonly #chaos: ChaosProvider;
  readonly #device = new MemoryDevice();
  /** How often each idempotency key had an effect, and each mark on each record. */
  readonly #effects = new Map<string, number>();
  readonly #marks = new Map<string, number>();
  readonly #removed = new Set<string>();
  readonly #acts: Act[] = [];
  readonly #random: Random;
  readonly #problems = new Set<string>();
  readonly #mayBeLost = new Set<string>();
  /** What the user was told of after he had been told that it is done. */
  readonly #told = new Set<Change>();
  /** One, or two. */
  #tabs: Tab[];
  /** Which of them the user looks at. */
  #current = 0;
  #screen: Screen | undefined;
  #others = 0;
  #typed = 0;
  readonly #show: ShowScreen | undefined;

  constructor(history: History, time: VirtualTime, show?: ShowScreen) {
    this.#history = history;
    this.#show = show;
    this.#time = time;
    this.#random = randomOf(history.seed, -1);
    this.#server = createMemoryProvider({
      now: () => time.now,
      user: { kind: 'user', id: 'ana', name: 'Ana' },
      activities: Array.from({ length: FIRST }, (_, index): Activity => ({
        ...{
          id: `first-${String(index)}`,
          type: 'task',
          state: 'open',
          statusReason: 'not-started',
        },
        ...{ subject: `First ${String(index)}`, version: `v${String(index)}`, regarding: null },
      })),
    });
    this.#server.subscribe((change) => {
      if (change.kind === 'remove') for (const id of change.ids) this.#removed.add(id);
      if (change.kind !== 'upsert') return;
      const key = change.idempotencyKey ?? '';
      this.#effects.set(key, (this.#effects.get(key) ?? 0) + 1);
      for (const row of change.rows) {
        const mark = `${String(row.fields?.['mark'])} on ${row.id}`;
        this.#marks.set(mark, (this.#marks.get(mark) ?? 0) + 1);
      }
    });
    const { holds } = history;
    const server: ActivityDataProvider = {
      ...this.#server,
      capabilities: async (call) => ({
        ...(await this.#server.capabilities(call)),
        ...(holds && { undo: 'hold' as const }),
      }),
    };
    this.#chaos = createChaosProvider(server, {
      seed: history.seed,
      faults: history.faults,
      timer: {
        now: () => time.now,
        wait: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
      },
    });
    this.#tabs = [this.#openTab()];
  }

  #openTab(): Tab {
    const page: Page = { isGone: false, isVisible: true, listeners: new Set(), changes: new Map() };
    const journal = this.#history.isDurable ? this.#device.tab() : undefined;
    const provider = asSeenBy(page, this.#chaos, this.#watchWrites(page));
    const clock = { now: (): number => this.#time.now };
    const store = storeFor(provider, {
      clock,
      timers: { ...systemTimers, random: () => this.#random.next() },
      ...(journal && { journal }),
      page: {
        isOnline: true,
        get isVisible() {
          return page.isVisible;
        },
        listen(listener) {
          page.listeners.add(listener);
          return () => void page.listeners.delete(listener);
        },
        guard: () => () => undefined,
      },
    });
    store.writer.onLate((change) => this.#told.add(change));
    store.writer.log.subscribe(() => this.#watchChanges(page, store));
    const views = [OPEN, ALL, FIRST_PAGE, BY_DAY].map((question) => store.view(question, asker));
    for (const view of views) view.subscribe(() => undefined);
    const counts = store.counts({}, GROUPS, asker);
    counts.subscribe(() => undefined);
    this.#screen?.leave();
    this.#screen = this.#show?.(provider, clock);
    return { page, journal, store, views, counts };
  }

  get #tab(): Tab {
    const tab = this.#tabs[this.#current];
    if (!tab) throw new Error('no tab');
    return tab;
  }

  get #store(): ActivityStore {
    return this.#tab.store;
  }

  /** The user looks at another tab, and this one is hidden. */
  #switch(): void {
    const { page } = this.#tab;
    page.isVisible = false;
    for (const listener of page.listeners) listener('hidden');
    this.#current = 1 - this.#current;
    const other = this.#tabs[this.#current];
    if (!other) {
      this.#tabs.push(this.#openTab());
      return;
    }
    other.page.isVisible = true;
    for (const listener of other.page.listeners) listener('seen');
  }

  /** One write of a record is under way at a time, and none is sent before those that the user made earlier. */
  #watchWrites(page: Page): (id: string, key: string) => () => void {
    const underWay = new Map<string, string>();
    const latest = new Map<string, number>();
    return (id, key) => {
      const other = underWay.get(id);
      if (other !== undefined) this.#problems.add(`two under way: ${key} and ${other} on ${id}`);
      const keys = [...page.changes.keys()].map(({ idempotencyKey }) => idempotencyKey);
      const turn = keys.indexOf(key);
      if (turn < (latest.get(id) ?? 0)) this.#problems.add(`overtaken: ${key} on ${id}`);
      latest.set(id, turn);
      underWay.set(id, key);
      return () => {
        if (underWay.get(id) === key) underWay.delete(id);
      };
    };
  }

  /** A change that has ended stays as it ended. */
  #watchChanges(page: Page, store: ActivityStore): void {
    for (const change of store.writer.log.changes()) {
      if (!page.changes.has(change)) page.changes.set(change, undefined);
    }
    for (const [change, end] of page.changes) {
      if (end !== undefined && change.state !== end) {
        this.#problems.add(`ended twice: ${change.idempotencyKey} ${end}, ${change.state}`);
      }
      if (hasEnded(change)) page.changes.set(change, change.state);
    }
  }

  async problems(): Promise<readonly string[]> {
    await this.#time.pass(5000);
    for (const step of this.#history.steps) {
      await this.#take(step);
      this.#compareRows();
      await this.#time.pass(step.do === 'wait' ? step.milliseconds : 0);
      this.#compareRows();
    }
    this.#chaos.faults = {};
    this.#chaos.isOnline = true;
    await this.#time.pass(UNTIL_QUIET);
    await this.#decideAll();
    // What is wrong with it is said, and it is saved again, or thrown away.
    for (let tries = 0; tries < 3 && (await this.#screen?.finish?.()); tries++) {
      await this.#time.pass(60_000);
      await this.#decideAll();
    }
    // What nobody told (lost changes) is only known when it is asked for; and what waited until somebody asked has gone out by then.
    let known: number;
    do {
      known = this.#countChanges();
      for (const { store } of this.#tabs) store.refresh();
      await this.#time.pass(60_000);
      await this.#decideAll();
    } while (this.#countChanges() > known);
    this.#compareRows();
    return this.#compare();
  }

  #countChanges(): number {
    return this.#tabs.reduce((sum, { page }) => sum + page.changes.size, 0);
  }

  /** What the user sees of each record is what the server said, with what he did and is not there yet. */
  #compareRows(): void {
    for (const { store } of this.#tabs) this.#compareRowsOf(store);
  }

  #compareRowsOf({ rows, types, writer }: ActivityStore): void {
    const pending = [...writer.log.changes()].filter((change) => !hasEnded(change));
    for (const key of rows.keys()) {
      const shown = pending.filter(
        (change) => change.key === key && change.isOptimistic && change.state !== 'conflicted',
      );
      const expected = shown.reduce<Activity | undefined>(
        (row, change) => applyChange(row, change, types),
        rows.base(key),
      );
      if (!sameJson(rows.visible(key) ?? null, expected ?? null)) {
        this.#problems.add(`${key} is not shown as its base with what is pending`);
      }
    }
  }

  /** What was done on top of what is decided may need a word of its own. */
  async #decideAll(): Promise<void> {
    for (let words = 0; words <= this.#history.steps.length && this.#decide(); words++) {
      await this.#time.pass(UNTIL_QUIET);
    }
  }

  /** Where both changed the same the user has the last word. */
  #decide(): boolean {
    return this.#tabs.map(({ store }) => this.#decideIn(store)).includes(true);
  }

  #decideIn({ writer }: ActivityStore): boolean {
    const conflicts = writer.waiting.filter(({ state }) => state === 'conflicted');
    for (const change of conflicts) {
      if (this.#random.chance(0.5)) void writer.keepMine(change);
      else writer.takeTheirs(change);
    }
    return conflicts.length > 0;
  }

  get #rows(): readonly Activity[] {
    return this.#tab.views[1]?.rows ?? [];
  }

  #at(index: number): Activity | undefined {
    const rows = this.#rows;
    return rows[index % Math.max(1, rows.length)];
  }

  /** As nobody else wrote before. */
  #text(): string {
    return `Typed ${String(this.#typed++)}`;
  }

  async #take(step: Step): Promise<void> {
    switch (step.do) {
      case 'create':
        if (await this.#screen?.create?.(this.#text())) return;
        return this.#act((mark) =>
          this.#store.act(
            {
              ...{ kind: 'create', ids: [crypto.randomUUID()] },
              draft: { type: 'task', subject: `New ${mark}`, fields: { mark } },
            },
            { asker },
          ),
        );
      case 'edit':
        if (await this.#screen?.edit?.(this.#at(step.which), this.#text())) return;
        return this.#edit([this.#at(step.which)], (mark) => ({ subject: `Edited ${mark}` }));
      case 'move':
        return this.#edit([this.#at(step.which)], () => ({
          due: `2026-11-2${String(step.day + 5)}`,
        }));
      case 'complete':
        // By the button that the user sees, where there is one.
        if (await this.#screen?.complete(this.#at(step.which), step.which)) return;
        return this.#move([this.#at(step.which)], 'completed');
      case 'cancel':
        return this.#move([this.#at(step.which)], 'canceled');
      case 'remove': {
        const row = this.#at(step.which);
        const act = { kind: 'remove', ids: [row?.id ?? ''] } as const;
        if (row) this.#act(() => this.#store.act(act, { asker, holdFor: HOLD_FOR }));
        return;
      }
      case 'others-edit': {
        const row = this.#at(step.which);
        const subject = `Theirs ${String(this.#others++)}`;
        const write = { ...asker, idempotencyKey: subject };
        // Where there is nothing to edit any more, he does not.
        if (row) await this.#server.update(row.id, { subject }, write).catch(() => undefined);
        return;
      }
      case 'bulk': {
        const rows = this.#rows.slice(step.from, step.from + step.count);
        return step.completes ? this.#move(rows, 'completed') : this.#edit(rows);
      }
      case 'undo': {
        const { page } = this.#tab;
        const last = this.#acts.findLast((act) => act.end?.undo && act.page === page);
        const undo = last?.end?.undo;
        if (!last || !undo || last.wasTaken) return;
        last.wasTaken = true;
        void undo();
        return;
      }
      case 'reload':
      case 'crash':
        await this.#leave(step.do === 'reload');
        this.#tabs[this.#current] = this.#openTab();
        return;
      case 'switch':
        // The screen stands in one tab.
        if (!this.#show) this.#switch();
        return;
      case 'offline':
        this.#chaos.isOnline = false;
        return;
      case 'online':
        this.#chaos.isOnline = true;
        return;
      case 'refresh':
        this.#store.refresh();
        return;
      case 'wait':
        return;
    }
  }

  async #leave(isTold: boolean): Promise<void> {
    const { page, journal } = this.#tab;
    const { changes, listeners } = page;
    const left = [...changes.keys()].filter((change) => !hasEnded(change));
    if (isTold) {
      for (const listener of listeners) listener('hidden');
      await this.#time.pass(0);
    }
    for (const [index, { idempotencyKey: key, kind, ...change }] of left.entries()) {
      // Without a journal it goes with the page where that is killed, or a call fails, or it can't go before another of its record.
      const isBehind = left.slice(0, index).some((other) => other.key === change.key);
      const { errors = 0, lostAnswers = 0 } = this.#history.faults;
      const isSent = isTold && !isBehind && errors + lostAnswers === 0;
      if (!isSent && !journal) this.#mayBeLost.add(change.key);
      const isSafe = !journal?.isOpen || this.#device.kept.has(key);
      if (!isSafe) this.#problems.add(`not saved when its page went: ${kind} ${key}`);
    }
    page.isGone = true;
    journal?.crash();
  }

  #edit(
    rows: readonly (Activity | undefined)[],
    more: (mark: string) => ActivityPatch = () => ({}),
  ): void {
    const ids = rows.flatMap((row) => (row?.state === 'open' ? row.id : []));
    if (ids.length === 0) return;
    this.#act((mark) =>
      this.#store.act(
        {
          ...{ kind: 'update', ids },
          patch: { fields: { mark }, ...more(mark) },
        },
        { asker },
      ),
    );
  }

  #move(rows: readonly (Activity | undefined)[], state: ActivityState): void {
    const ids = rows.flatMap((row) => (row?.state === 'open' ? row.id : []));
    if (ids.length === 0) return;
    this.#act((mark) =>
      this.#store.act(
        { kind: 'transition', ids, to: { state, patch: { fields: { mark } } } },
        { asker, holdFor: HOLD_FOR },
      ),
    );
  }

  #act(begin: (mark: string) => Promise<ActEnd>): void {
    const { page } = this.#tab;
    const mark = `act ${String(this.#acts.length)}`;
    const act: Act = { mark, page, end: undefined, wasTaken: false };
    this.#acts.push(act);
    void begin(act.mark).then((end) => {
      if (!page.isGone) act.end = end;
    });
  }

  async #compare(): Promise<readonly string[]> {
    const problems: string[] = [...this.#problems];
    for (const [change] of this.#tabs.flatMap(({ page }) => [...page.changes])) {
      const { idempotencyKey: key, state, kind } = change;
      const name = `${kind} ${key} of ${change.key}`;
      if (!hasEnded(change)) problems.push(`without an end: ${name} is ${state}`);
      if (kind === 'remove') continue;
      // Out of sight while nobody could say whose it is: kept, and taken up again under the same key.
      const isHidden = change.isAdopted === true && state === 'undone';
      if (isHidden && this.#device.outcomes.get(key) !== 'undone') continue;
      const times = this.#effects.get(key) ?? 0;
      if (times !== Number(state === 'confirmed')) {
        problems.push(`untrue: ${name} is ${state}, and was done ${String(times)} times`);
      }
    }
    for (const [key, count] of this.#effects) {
      if (count > 1) problems.push(`doubled: the write ${key} was done ${String(count)} times`);
    }
    for (const act of this.#acts) {
      if (!act.end) {
        if (!act.page.isGone) problems.push(`without an end: ${act.mark}`);
        continue;
      }
      for (const result of act.end.results) {
        const times = this.#marks.get(`${act.mark} on ${result.id}`) ?? 0;
        const isMarked = [...this.#marks.keys()].some((mark) => mark.startsWith(`${act.mark} on`));
        // What was only saved here may still be refused; then it is kept for the user's word.
        const isKept =
          'isWaiting' in result &&
          this.#device.entries.some(
            ({ entry, state }) => entry.key === result.key && state === 'failed',
          );
        const mayBeLost = act.page.isGone && this.#mayBeLost.has(result.key);
        const isTold = [...this.#told].some(
          (change) => change.key === result.key && markOf(change) === act.mark,
        );
        if (done(result) && isMarked && times === 0 && !isKept && !mayBeLost && !isTold) {
          problems.push(`lost: ${act.mark} on ${result.id} is called done, and was not`);
        }
        // What went missing on the way may still be done, and is said so; what was refused may not.
        const isRefused = 'error' in result && !NOT_SURE.includes(result.error.code);
        if (isRefused && times > 0) {
          problems.push(`untrue: ${act.mark} on ${result.id} is called refused, and was done`);
        }
      }
    }
    for (const { entry, state } of this.#device.entries) {
      if (state !== 'failed') problems.push(`left in the journal: ${entry.id}, ${state}`);
    }
    for (const [id, outcome] of this.#device.outcomes) {
      const kept = this.#device.kept.get(id);
      const isRemoved = kept?.write.kind === 'remove' && this.#removed.has(kept.key);
      const times = (this.#effects.get(id) ?? 0) + Number(isRemoved);
      if (outcome === 'confirmed' && times === 0)
        problems.push(`lost: ${id} left the journal undone`);
      if (outcome === 'undone' && times > 0 && !isRemoved)
        problems.push(`untrue: ${id} was taken back, and done`);
    }
    const all = (await this.#server.query({}, { ...asker })).rows;
    for (const tab of this.#tabs) problems.push(...this.#problemsIn(tab, all));
    const onScreen = await this.#screen?.problem(all);
    if (onScreen !== undefined) problems.push(onScreen);
    this.#screen?.leave();
    for (const { page } of this.#tabs) page.isGone = true;
    return problems;
  }

  /** What one tab shows otherwise than the server has it. */
  #problemsIn({ store, views, counts }: Tab, all: readonly Activity[]): readonly string[] {
    const problems: string[] = [];
    const context = store.context('UTC');
    for (const view of views) {
      const { page, ...question } = view.question;
      const found = evaluate(all, question, context).rows;
      // All that is loaded, and at least the page that was asked for.
      const expected = page
        ? found.slice(0, Math.max(view.rows.length, Math.min(page.size, found.length)))
        : found;
      if (view.total && view.total.value !== found.length) {
        problems.push(`counted: ${String(view.total.value)} of ${String(found.length)}`);
      }
      if (view.status !== 'ready') problems.push(`the view is ${view.status}`);
      if (!sameJson(view.rows, expected)) {
        problems.push(`seen: ${JSON.stringify(view.rows)}\n  is: ${JSON.stringify(expected)}`);
      }
    }
    const totals = countGroups(all, {}, GROUPS, context).map(({ value }) => value);
    const counted = GROUPS.map(({ name }) => counts.totals.get(name)?.value);
    if (!sameJson(counted, totals)) {
      problems.push(`counted: ${counted.join()}\n  is: ${totals.join()}`);
    }
    const { rows } = store;
    for (const row of all) {
      const base = rows.base(row.id);
      if (!sameJson(base ?? null, row)) {
        problems.push(`known: ${JSON.stringify(base)}\n  is: ${JSON.stringify(row)}`);
      }
    }
    for (const { id } of all) {
      if (rows.isPending(id) && this.#device.entries.length === 0) {
        problems.push(`pending for ever: ${id}`);
      }
    }
    return problems;
  }
}

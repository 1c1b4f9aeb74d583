import fc from 'fast-check';
import type { Activity, ActivityState } from '../../../src/model/activity.js';
import { evaluate } from '../../../src/model/evaluate.js';
import { sameJson } from '../../../src/model/json.js';
import type { ActivityQuery } from '../../../src/model/query.js';
import {
  createChaosProvider,
  type ChaosFaults,
  type ChaosProvider,
} from '../../../src/provider/chaos/chaos-provider.js';
import {
  createMemoryProvider,
  type MemoryProvider,
} from '../../../src/provider/memory/memory-provider.js';
import type { ActivityDataProvider } from '../../../src/provider/provider.js';
import { randomOf, type Random } from '../../../src/provider/chaos/random.js';
import { ActivityStore } from '../../../src/store/activity-store.js';
import type { ActEnd, WriteResult } from '../../../src/store/acts.js';
import type { ActivityView } from '../../../src/store/activity-view.js';
import { systemTimers } from '../../../src/store/clock.js';
import { MemoryDevice, type MemoryTab } from './memory-journal.js';
import { VirtualTime } from './virtual-time.js';

/*
 * Histories of one user over a bad network, in virtual time. Each act carries a mark that nobody else writes, so that
 * afterwards it can be counted how often the server really did it.
 */

export type Step =
  | { readonly do: 'create' }
  | { readonly do: 'edit' | 'complete' | 'cancel' | 'remove'; readonly which: number }
  | {
      readonly do: 'bulk';
      readonly from: number;
      readonly count: number;
      readonly completes: boolean;
    }
  | { readonly do: 'undo' | 'reload' | 'offline' | 'online' | 'refresh' }
  | { readonly do: 'wait'; readonly milliseconds: number };

export interface History {
  readonly seed: number;
  readonly steps: readonly Step[];
  readonly faults: ChaosFaults;
  readonly isDurable: boolean;
}

const likelihood = fc.constantFrom(0, 0, 0.1, 0.3);
const which = fc.nat({ max: 20 });

export const histories: fc.Arbitrary<History> = fc.record({
  seed: fc.nat({ max: 0xffffffff }),
  isDurable: fc.boolean(),
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
        ),
        which,
      }),
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
          'offline' as const,
          'online' as const,
          'refresh' as const,
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
  /** What the store promised in the end; undefined while it has not, or when its page was gone first. */
  end: ActEnd | undefined;
  wasTaken: boolean;
  isOfGonePage: boolean;
}

const asker = { locale: 'en', timeZone: 'UTC' };
const OPEN: ActivityQuery = {
  filter: { field: 'state', op: 'eq', value: 'open' },
  sort: [{ field: 'subject', direction: 'asc' }],
};
const ALL: ActivityQuery = { sort: [{ field: 'subject', direction: 'desc' }] };
const FIRST = 5;
/** Longer than any write, its repeats and a replica's lag take once nothing goes wrong any more. */
const UNTIL_QUIET = 30 * 60_000;

/** Answers never come to a page that is gone, but what it had sent arrives. */
function asSeenBy(page: { isGone: boolean }, inner: ActivityDataProvider): ActivityDataProvider {
  const seen: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(inner)) {
    if (typeof value !== 'function') continue;
    seen[name] = (...args: unknown[]): unknown => {
      if (page.isGone) return new Promise(() => undefined);
      const answer: unknown = (value as (...all: unknown[]) => unknown).apply(inner, args);
      if (!(answer instanceof Promise)) return answer;
      return new Promise((resolve, reject) => {
        answer.then(
          (result) => page.isGone || resolve(result),
          (why: unknown) => page.isGone || reject(why),
        );
      });
    };
  }
  return { name: 'model', ...seen } as unknown as ActivityDataProvider;
}

const ON_THE_WAY: readonly string[] = ['network', 'timeout'];
const done = (result: WriteResult): boolean => !('error' in result);

/** Runs a history and answers what is wrong in the end; nothing where all agree. */
export async function problemsAfter(history: History): Promise<readonly string[]> {
  const time = new VirtualTime();
  time.install();
  try {
    return await new Run(history, time).problems();
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
  #page: { isGone: boolean } = { isGone: false };
  #tab: MemoryTab | undefined;
  #store: ActivityStore;
  #views: ActivityView[] = [];

  constructor(history: History, time: VirtualTime) {
    this.#history = history;
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
    this.#chaos = createChaosProvider(this.#server, {
      seed: history.seed,
      faults: history.faults,
      timer: {
        now: () => time.now,
        wait: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
      },
    });
    this.#store = this.#openPage();
  }

  #openPage(): ActivityStore {
    const page = { isGone: false };
    this.#page = page;
    this.#tab = this.#history.isDurable ? this.#device.tab() : undefined;
    const store = new ActivityStore(asSeenBy(page, this.#chaos), {
      clock: { now: () => this.#time.now },
      timers: { ...systemTimers, random: () => this.#random.next() },
      ...(this.#tab && { journal: this.#tab }),
    });
    this.#views = [OPEN, ALL].map((question) => store.view(question, asker));
    for (const view of this.#views) view.subscribe(() => undefined);
    return store;
  }

  async problems(): Promise<readonly string[]> {
    await this.#time.pass(5000);
    for (const step of this.#history.steps) {
      this.#take(step);
      await this.#time.pass(step.do === 'wait' ? step.milliseconds : 0);
    }
    this.#chaos.faults = {};
    this.#chaos.isOnline = true;
    await this.#time.pass(UNTIL_QUIET);
    // What nobody told (lost changes) is only known when it is asked for.
    this.#store.refresh();
    await this.#time.pass(60_000);
    return this.#compare();
  }

  get #rows(): readonly Activity[] {
    return this.#views[1]?.rows ?? [];
  }

  #at(index: number): Activity | undefined {
    const rows = this.#rows;
    return rows[index % Math.max(1, rows.length)];
  }

  #take(step: Step): void {
    switch (step.do) {
      case 'create':
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
        return this.#edit([this.#at(step.which)], true);
      case 'complete':
        return this.#move([this.#at(step.which)], 'completed');
      case 'cancel':
        return this.#move([this.#at(step.which)], 'canceled');
      case 'remove': {
        const row = this.#at(step.which);
        if (row) this.#act(() => this.#store.act({ kind: 'remove', ids: [row.id] }, { asker }));
        return;
      }
      case 'bulk': {
        const rows = this.#rows.slice(step.from, step.from + step.count);
        return step.completes ? this.#move(rows, 'completed') : this.#edit(rows, false);
      }
      case 'undo': {
        const last = this.#acts.findLast((act) => act.end?.undo && !act.isOfGonePage);
        const undo = last?.end?.undo;
        if (!last || !undo || last.wasTaken) return;
        last.wasTaken = true;
        void undo();
        return;
      }
      case 'reload':
        this.#page.isGone = true;
        this.#tab?.close();
        for (const act of this.#acts) act.isOfGonePage = true;
        this.#store = this.#openPage();
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

  #edit(rows: readonly (Activity | undefined)[], isOne: boolean): void {
    const ids = rows.flatMap((row) => (row?.state === 'open' ? row.id : []));
    if (ids.length === 0) return;
    this.#act((mark) =>
      this.#store.act(
        {
          ...{ kind: 'update', ids },
          patch: { fields: { mark }, ...(isOne && { subject: `Edited ${mark}` }) },
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
        { asker },
      ),
    );
  }

  #act(begin: (mark: string) => Promise<ActEnd>): void {
    const act: Act = {
      ...{ mark: `act ${String(this.#acts.length)}`, end: undefined },
      ...{ wasTaken: false, isOfGonePage: false },
    };
    this.#acts.push(act);
    const page = this.#page;
    void begin(act.mark).then((end) => {
      if (!page.isGone) act.end = end;
    });
  }

  async #compare(): Promise<readonly string[]> {
    const problems: string[] = [];
    for (const [key, count] of this.#effects) {
      if (count > 1) problems.push(`doubled: the write ${key} was done ${String(count)} times`);
    }
    for (const act of this.#acts) {
      if (!act.end) {
        if (!act.isOfGonePage) problems.push(`without an end: ${act.mark}`);
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
        if (done(result) && isMarked && times === 0 && !isKept) {
          problems.push(`lost: ${act.mark} on ${result.id} is called done, and was not`);
        }
        // What went missing on the way may still be done, and is said so; what was refused may not.
        const isRefused = 'error' in result && !ON_THE_WAY.includes(result.error.code);
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
    const call = { ...asker };
    const all = (await this.#server.query({}, call)).rows;
    const context = this.#store.context('UTC');
    for (const view of this.#views) {
      const expected = evaluate(all, view.question, context).rows;
      if (view.status !== 'ready') problems.push(`the view is ${view.status}`);
      if (!sameJson(view.rows, expected)) {
        problems.push(`seen: ${JSON.stringify(view.rows)}\n  is: ${JSON.stringify(expected)}`);
      }
    }
    for (const { id } of all) {
      if (this.#store.rows.isPending(id) && this.#device.entries.length === 0) {
        problems.push(`pending for ever: ${id}`);
      }
    }
    this.#page.isGone = true;
    return problems;
  }
}

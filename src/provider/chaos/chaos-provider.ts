import type { Activity } from '../../model/activity.js';
import { ActivityTypes } from '../../model/activity-types.js';
import type { EvaluationContext } from '../../model/evaluate.js';
import type { Milliseconds } from '../../model/time.js';
import { systemNow } from '../embedded.js';
import { failure, type FailureCode, type ProviderFailure } from '../failure.js';
import type {
  ActivityDataProvider,
  ActivityPage,
  CallOptions,
  ProviderChange,
  WriteOptions,
} from '../provider.js';
import { randomOf, type Random } from './random.js';
import { Replica } from './replica.js';

/** What may go wrong. Each likelihood is from 0 to 1 and counts for each call by itself; what is left out never happens. */
export interface ChaosFaults {
  /** Milliseconds that each way takes, from and to: so what was asked first may arrive, or be answered, last. */
  readonly latency?: readonly [Milliseconds, Milliseconds];
  /** A call fails before the backend hears of it. */
  readonly errors?: number;
  /** With which codes; default: those that say nothing about the data, and so can be true of any call. */
  readonly codes?: readonly FailureCode[];
  /** A write is done, and its answer is lost: it fails with `network` or `timeout`. */
  readonly lostAnswers?: number;
  /** A call never answers. */
  readonly hangs?: number;
  /** A change is told twice to those who subscribed. */
  readonly duplicates?: number;
  /** A change is never told. */
  readonly lostChanges?: number;
  /** A read shows the past: what it was up to `lagMs` ago (default 2,000), as far as it was written through here. */
  readonly lag?: number;
  readonly lagMs?: Milliseconds;
}

/** The time by which faults go. */
export interface ChaosTimer {
  now(): Milliseconds;
  wait(milliseconds: Milliseconds): Promise<void>;
}

export interface ChaosOptions {
  /** With the same seed the same calls in the same order meet the same faults. Left out: one is drawn; `seed` tells it. */
  readonly seed?: number;
  readonly faults?: ChaosFaults;
  /** Default: the machine's. A test hands in one that does not wait. */
  readonly timer?: ChaosTimer;
}

/** One thing that went wrong: in which call, counted from 0, and what. */
export interface ChaosEvent {
  readonly call: number;
  readonly method: string;
  readonly fault: FailureCode | 'lost-answer' | 'hang' | 'duplicate' | 'lost-change' | 'lag';
}

/** What a chaos provider has beside the methods of the one inside. */
export interface ChaosControls {
  readonly seed: number;
  /** What may go wrong from now on. */
  faults: ChaosFaults;
  /** False: every call fails with `network`, and changes are lost; those who subscribed hear of both turns. */
  isOnline: boolean;
  /** What went wrong so far, oldest first; the last thousand. */
  readonly events: readonly ChaosEvent[];
}

type Attachments = NonNullable<ActivityDataProvider['attachments']>;

/** A provider with faults put between it and who asks it. Of the contract's methods it has those that the one inside has. */
export type ChaosProvider<P extends ActivityDataProvider = ActivityDataProvider> = ChaosControls &
  Pick<P, Extract<keyof P, keyof ActivityDataProvider>>;

const DEFAULT_CODES: readonly FailureCode[] = [
  'network',
  'timeout',
  'unauthenticated',
  'forbidden',
  'rate-limited',
  'server',
];
const DEFAULT_LAG: Milliseconds = 2000;
const REMEMBERED_EVENTS = 1000;

const systemTimer: ChaosTimer = {
  now: systemNow,
  wait: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
};

/**
 * Wraps a provider so that what goes wrong between a page and its backend goes wrong here, repeatably: for tests of a host's
 * own provider and pages, and to see what the elements make of it.
 */
export function createChaosProvider<P extends ActivityDataProvider>(
  inner: P,
  options?: ChaosOptions,
): ChaosProvider<P>;
export function createChaosProvider(
  inner: ActivityDataProvider,
  options: ChaosOptions = {},
): ChaosProvider {
  const seed = options.seed ?? Math.floor(Math.random() * 2 ** 32);
  const timer = options.timer ?? systemTimer;
  const replica = new Replica();
  const events: ChaosEvent[] = [];
  const listeners = new Set<(change: ProviderChange) => void>();
  let faults = options.faults ?? {};
  let isOnline = true;
  let calls = 0;
  let context: Promise<Omit<EvaluationContext, 'timeZone'>> | undefined;
  let endInner: (() => void) | undefined;

  function note(call: number, method: string, fault: ChaosEvent['fault']): void {
    events.push({ call, method, fault });
    if (events.length > REMEMBERED_EVENTS) events.shift();
  }

  async function wait(random: Random): Promise<void> {
    const [low, high] = faults.latency ?? [0, 0];
    const milliseconds = random.between(low, high);
    if (milliseconds > 0) await timer.wait(milliseconds);
  }

  /** One way there and one back. `run` is the call to the backend; a write's answer may get lost. */
  async function pass<T>(
    method: string,
    { signal }: CallOptions,
    kind: 'read' | 'write',
    run: (random: Random, call: number) => Promise<T>,
  ): Promise<T> {
    const call = calls++;
    const random = randomOf(seed, call);
    const check = (): void => {
      if (signal?.aborted) throw failure('aborted');
      if (!isOnline) throw failure('network');
    };
    const fail = (fault: ChaosEvent['fault'], thrown: ProviderFailure & Error): never => {
      note(call, method, fault);
      throw thrown;
    };
    check();
    const isLost = random.chance(faults.errors ?? 0);
    const hangs = random.chance(faults.hangs ?? 0);
    const losesAnswer = random.chance(faults.lostAnswers ?? 0);
    await wait(random);
    check();
    if (hangs) {
      note(call, method, 'hang');
      return new Promise<never>((_, reject) => {
        signal?.addEventListener('abort', () => reject(failure('aborted')), { once: true });
      });
    }
    if (isLost) {
      const code = random.pick(faults.codes ?? DEFAULT_CODES) ?? 'network';
      const retryAfterMs = Math.round(random.between(100, 2000));
      fail(code, failure(code, '', code === 'rate-limited' ? { retryAfterMs } : {}));
    }
    let answer: T;
    try {
      answer = await run(random, call);
    } finally {
      await wait(random);
    }
    // Whoever went offline, or away, in between never hears what became of it.
    check();
    if (kind === 'write' && losesAnswer) {
      fail('lost-answer', failure(random.chance(0.5) ? 'network' : 'timeout'));
    }
    return answer;
  }

  /** The moment whose state a read is shown; undefined for the present. */
  function momentOf(random: Random, call: number, method: string): Milliseconds | undefined {
    if (!random.chance(faults.lag ?? 0)) return undefined;
    note(call, method, 'lag');
    return timer.now() - random.between(0, faults.lagMs ?? DEFAULT_LAG);
  }

  async function contextFor(call: CallOptions): Promise<EvaluationContext> {
    context ??= Promise.resolve(inner.session?.(call)).then((session) => ({
      types: new ActivityTypes(session?.types),
      ...(session?.user && { user: session.user }),
      team: session?.team ?? ('unknown' as const),
    }));
    context.catch(() => (context = undefined));
    return { ...(await context), timeZone: call.timeZone };
  }

  /** What a row is on the backend, for the replica's memory; undefined where there is none, or it can't be asked. */
  async function current(
    id: string,
    { locale, timeZone }: CallOptions,
  ): Promise<Activity | undefined> {
    if (!faults.lag) return undefined;
    return inner.get?.(id, { locale, timeZone }).catch(() => undefined);
  }

  function writeRow(
    method: string,
    id: string,
    write: WriteOptions,
    run: () => Promise<Activity>,
  ): Promise<Activity> {
    return pass(method, write, 'write', async () => {
      const before = await current(id, write);
      const row = await run();
      if (faults.lag) replica.wrote(row.id, before, row, timer.now());
      return row;
    });
  }

  /** Carries a change to those who subscribed: late, twice or not at all, each by its own chance. */
  async function carry(change: ProviderChange): Promise<void> {
    const call = calls++;
    const random = randomOf(seed, call);
    if (random.chance(faults.lostChanges ?? 0)) return note(call, 'subscribe', 'lost-change');
    const times = random.chance(faults.duplicates ?? 0) ? 2 : 1;
    if (times > 1) note(call, 'subscribe', 'duplicate');
    for (let time = 0; time < times; time++) {
      await wait(random);
      if (isOnline) tell(change);
    }
  }

  function wrapAttachments(files: Attachments): Attachments {
    return {
      list: (id, call) => pass('attachments.list', call, 'read', () => files.list(id, call)),
      download: (id, file, call) =>
        pass('attachments.download', call, 'read', () => files.download(id, file, call)),
      upload: (id, file, write) =>
        pass('attachments.upload', write, 'write', () => files.upload(id, file, write)),
      remove: (id, file, write) =>
        pass('attachments.remove', write, 'write', () => files.remove(id, file, write)),
    };
  }

  function tell(change: ProviderChange): void {
    for (const listener of [...listeners]) listener(change);
  }

  const provider: ChaosProvider = {
    ...(inner.name !== undefined && { name: inner.name }),
    seed,
    events,
    get faults() {
      return faults;
    },
    set faults(next) {
      faults = next;
    },
    get isOnline() {
      return isOnline;
    },
    set isOnline(next) {
      if (next === isOnline) return;
      isOnline = next;
      tell({ kind: 'connection', online: next });
      // What was told meanwhile never came.
      if (next) tell({ kind: 'invalidate' });
    },
    query: (question, call) =>
      pass('query', call, 'read', async (random, number) => {
        const answer = await inner.query(question, call);
        const moment = momentOf(random, number, 'query');
        if (moment === undefined) return answer;
        const page: ActivityPage = 'rows' in answer ? answer : { rows: answer };
        return replica.page(page, question, moment, await contextFor(call));
      }),
    ...(inner.attachments && { attachments: wrapAttachments(inner.attachments) }),
    ...(inner.preferences && { preferences: inner.preferences }),
  };

  const { capabilities, session, get, count, lookup, createRecord, records } = inner;
  const { create, update, transition, send, remove, bulk, subscribe } = inner;
  if (capabilities) {
    provider.capabilities = (call) =>
      pass('capabilities', call, 'read', async () => {
        const inners = await capabilities.call(inner, call);
        if (!faults.lag) return inners;
        const lag = faults.lagMs ?? DEFAULT_LAG;
        return { ...inners, consistencyMs: Math.max(inners.consistencyMs ?? 0, lag) };
      });
  }
  if (session) {
    provider.session = (call) => pass('session', call, 'read', () => session.call(inner, call));
  }
  if (lookup) {
    provider.lookup = (text, kinds, call) =>
      pass('lookup', call, 'read', () => lookup.call(inner, text, kinds, call));
  }
  if (createRecord) {
    provider.createRecord = (id, draft, write) =>
      pass('createRecord', write, 'write', () => createRecord.call(inner, id, draft, write));
  }
  if (records) {
    provider.records = (ask, call) =>
      pass('records', call, 'read', () => records.call(inner, ask, call));
  }
  if (get) {
    provider.get = (id, call) =>
      pass('get', call, 'read', async (random, number) => {
        const moment = momentOf(random, number, 'get');
        if (moment === undefined) return get.call(inner, id, call);
        const now = await current(id, call);
        const shown = replica.row(id, moment, now);
        if (!shown) throw failure('not-found');
        return shown;
      });
  }
  if (count) {
    provider.count = (question, groups, call) =>
      pass('count', call, 'read', async (random, number) => {
        const totals = await count.call(inner, question, groups, call);
        const moment = momentOf(random, number, 'count');
        if (moment === undefined) return totals;
        return replica.totals(totals, question, groups, moment, await contextFor(call));
      });
  }
  if (create) {
    provider.create = (id, draft, write) =>
      writeRow('create', id, write, () => create.call(inner, id, draft, write));
  }
  if (update) {
    provider.update = (id, patch, write) =>
      writeRow('update', id, write, () => update.call(inner, id, patch, write));
  }
  if (transition) {
    provider.transition = (id, to, write) =>
      writeRow('transition', id, write, () => transition.call(inner, id, to, write));
  }
  if (send) {
    provider.send = (id, write) => writeRow('send', id, write, () => send.call(inner, id, write));
  }
  if (remove) {
    provider.remove = (id, write) =>
      pass('remove', write, 'write', async () => {
        const before = await current(id, write);
        await remove.call(inner, id, write);
        if (faults.lag) replica.wrote(id, before, undefined, timer.now());
      });
  }
  if (bulk) {
    provider.bulk = (changes, write) =>
      pass('bulk', write, 'write', async () => {
        const before = await Promise.all(changes.map(({ id }) => current(id, write)));
        const outcomes = await bulk.call(inner, changes, write);
        outcomes.forEach((outcome, index) => {
          if ('error' in outcome || !faults.lag) return;
          replica.wrote(outcome.id, before[index], outcome.row, timer.now());
        });
        return outcomes;
      });
  }
  if (subscribe) {
    provider.subscribe = (listener) => {
      listeners.add(listener);
      endInner ??= subscribe.call(inner, (change) => void carry(change));
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        endInner?.();
        endInner = undefined;
      };
    };
  }
  return provider;
}

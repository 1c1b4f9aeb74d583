import type { Activity } from '../model/activity.js';
import { checkActivity } from '../model/check.js';
import type { Milliseconds } from '../model/time.js';
import type { Capabilities } from '../provider/capabilities.js';
import { failure, toFailure, type ProviderFailure } from '../provider/failure.js';
import type {
  ActivityDataProvider,
  BulkChange,
  BulkOutcome,
  CallOptions,
  WriteOptions,
} from '../provider/provider.js';
import type { Change } from './change.js';
import type { Timers } from './clock.js';
import { conflictFields } from './conflict.js';
import { consistencyOf } from './consistency.js';
import type { Gate } from './gate.js';
import { stillStands } from './inverse.js';
import { timeLimits } from './time-limit.js';

/** What sending needs of its store. */
export interface SenderHost {
  readonly provider: ActivityDataProvider;
  readonly timers: Timers;
  readonly gate: Pick<Gate, 'wentWell' | 'close'>;
  readonly readLimit: Milliseconds;
  readonly writeLimit: Milliseconds;
  now(): Milliseconds;
  capabilities(): Capabilities | undefined;
  ready(): Promise<void>;
  call(signal: AbortSignal): CallOptions;
  /** Without network, for certain. */
  isOffline(): boolean;
  /** A call failed for want of a network. */
  lostNetwork(): void;
  /** What waits without network waits safely; otherwise it is refused. */
  maySave(change: Change): boolean;
  /** Called before an attempt; false: it must not be sent from here. */
  claim(change: Change): boolean | Promise<boolean>;
  /** What the server calls the record. */
  idOf(key: string): string;
  /** The server's last row as far as it is known. */
  base(key: string): Activity | undefined;
  /** An own write of it was confirmed so lately that a read may not show it: that it is not found there says nothing. */
  isFresh(key: string): boolean;
  /** The change is in the server's row now. `row` undefined: the record is gone. */
  confirm(change: Change, row: Activity | undefined, isSaid: boolean): void;
  refuse(change: Change, error: ProviderFailure): void;
  conflicted(change: Change): void;
}

/** Milliseconds until the next attempt, by how many there were. */
const PAUSES = [100, 300, 1000, 3000, 8000, 20_000, 30_000];
/** When a change that another tab may have taken is looked at again. */
const CLAIM_PAUSE: Milliseconds = 2000;
/** So often a change is sent that the backend refuses for too many calls, or against a version that moves on. */
const MOST_REFUSALS = 12;

/**
 * Brings changes to the provider: once, or again only where that is safe. What may have arrived although its answer did not
 * is sent again with the same idempotency key where the server heeds it; elsewhere the row is read first and compared. A
 * create is then never repeated without the user's word.
 */
export class Sender {
  readonly #host: SenderHost;
  readonly #limited = timeLimits();

  constructor(host: SenderHost) {
    this.#host = host;
  }

  /** One attempt for some changes; sets the state of each. `keepalive`: the page may be gone before it ends. Never rejects. */
  async send(changes: readonly Change[], keepalive = false): Promise<void> {
    const host = this.#host;
    try {
      await host.ready();
    } catch (thrown) {
      for (const change of changes) this.#notSent(change, toFailure(thrown));
      return;
    }
    if (host.isOffline()) {
      for (const change of changes) this.#notSent(change, failure('network'));
      return;
    }
    const claimed: Change[] = [];
    for (const change of changes) {
      if (await host.claim(change)) claimed.push(change);
      else {
        if (change.state === 'sent') change.state = 'queued';
        change.retryIn = CLAIM_PAUSE;
      }
    }
    if (claimed.length > 1) await this.#sendBulk(claimed, keepalive);
    else if (claimed[0]) await this.#sendOne(claimed[0], keepalive);
  }

  async #sendOne(change: Change, keepalive: boolean): Promise<void> {
    const host = this.#host;
    if (change.state === 'unknown' && !this.#isIdempotent && !(await this.#verify(change))) return;
    change.state = 'sent';
    change.attempts += 1;
    const wasOnline = !host.isOffline();
    try {
      const row = await this.#limited(
        (signal) => this.#perform(change, this.#options(change, keepalive, signal)),
        host.writeLimit,
      );
      this.#went(change, row);
    } catch (thrown) {
      await this.#failed(change, toFailure(thrown), wasOnline);
    }
  }

  #went(change: Change, answer: Activity | undefined): void {
    this.#host.gate.wentWell();
    change.state = 'confirmed';
    delete change.error;
    if (change.kind === 'remove') {
      this.#host.confirm(change, undefined, true);
      return;
    }
    const { row } = checkActivity(answer);
    this.#host.confirm(change, row, row !== undefined);
  }

  get #isIdempotent(): boolean {
    return this.#host.capabilities()?.idempotent === true;
  }

  async #failed(change: Change, error: ProviderFailure, wasOnline: boolean): Promise<void> {
    const host = this.#host;
    switch (error.code) {
      case 'network':
      case 'timeout':
      case 'aborted':
        if (error.code === 'network') host.lostNetwork();
        // A browser that knows itself without network sends nothing.
        if (error.code === 'network' && !wasOnline) this.#notSent(change, error);
        else this.#inDoubt(change, error);
        return;
      case 'rate-limited':
        host.gate.close(error.retryAfterMs);
        if (change.attempts >= MOST_REFUSALS) await this.#refuseUnlessDone(change, error);
        else this.#again(change);
        return;
      case 'conflict':
        await this.#conflict(change, error);
        return;
      case 'not-found':
        if (change.kind === 'remove' && change.attempts > 1) this.#went(change, undefined);
        else this.#refuse(change, error);
        return;
      default:
        await this.#refuseUnlessDone(change, error);
    }
  }

  /** Goes out with the next call. */
  #again(change: Change): void {
    change.state = change.doubtUntil === undefined ? 'queued' : 'unknown';
    change.retryIn = 0;
  }

  /** What is refused now says nothing of an earlier attempt whose answer never came: that may have been done. */
  async #refuseUnlessDone(change: Change, error: ProviderFailure): Promise<void> {
    if (change.doubtUntil === undefined) {
      this.#refuse(change, error);
      return;
    }
    let row: Activity | undefined;
    try {
      row = await this.#read(change.key);
    } catch (thrown) {
      if (toFailure(thrown).code !== 'not-found') {
        this.#keepDoubt(change, change.error ?? failure('network'));
        return;
      }
    }
    const mayBePast = row === undefined && this.#host.isFresh(change.key);
    if (!mayBePast && isDone(change, row)) this.#confirmed(change, row);
    else if (!mayBePast && this.#host.now() >= change.doubtUntil) this.#refuse(change, error);
    else this.#keepDoubt(change, change.error ?? failure('network'));
  }

  #confirmed(change: Change, row: Activity | undefined): void {
    change.state = 'confirmed';
    delete change.error;
    this.#host.confirm(change, row, true);
  }

  #refuse(change: Change, error: ProviderFailure): void {
    change.state = 'refused';
    change.error = error;
    this.#host.refuse(change, error);
  }

  /** It certainly did not leave. */
  #notSent(change: Change, error: ProviderFailure): void {
    if (change.state === 'unknown' || change.doubtUntil !== undefined) {
      this.#keepDoubt(change, error);
    } else if (this.#host.maySave(change)) {
      change.state = 'queued';
      change.error = error;
      change.retryIn = this.#pause(change);
    } else this.#refuse(change, error);
  }

  /** It may have arrived. */
  #inDoubt(change: Change, error: ProviderFailure): void {
    change.doubtUntil = this.#host.now() + consistencyOf(this.#host.capabilities());
    this.#keepDoubt(change, error);
  }

  /** Still nobody knows. */
  #keepDoubt(change: Change, error: ProviderFailure): void {
    change.state = 'unknown';
    change.error = error;
    const mayTry =
      this.#isIdempotent || (change.kind !== 'create' && this.#host.provider.get !== undefined);
    const mayLook = change.kind === 'create' && this.#host.provider.get !== undefined;
    change.retryIn = mayTry || mayLook ? this.#pause(change) : undefined;
  }

  #pause(change: Change): Milliseconds {
    const pause = PAUSES[Math.min(Math.max(change.attempts - 1, 0), PAUSES.length - 1)] ?? 0;
    return pause * (0.5 + this.#host.timers.random() / 2);
  }

  /** Finds out whether a change arrived. True: it did not, and may be sent again. */
  async #verify(change: Change): Promise<boolean> {
    if (!this.#host.provider.get) {
      // Only the user may know.
      const isAllowed = change.isAllowed === true;
      delete change.isAllowed;
      if (!isAllowed) change.retryIn = undefined;
      return isAllowed;
    }
    let row: Activity | undefined;
    try {
      row = await this.#read(change.key);
    } catch (thrown) {
      const error = toFailure(thrown);
      if (error.code !== 'not-found') {
        change.attempts += 1;
        this.#keepDoubt(change, change.error ?? error);
        return false;
      }
    }
    if (!row && this.#host.isFresh(change.key)) {
      change.attempts += 1;
      this.#keepDoubt(change, change.error ?? failure('not-found'));
      return false;
    }
    if (isDone(change, row)) {
      this.#confirmed(change, row);
      return false;
    }
    if (change.kind === 'create') {
      // It may still arrive, or have got a name of the server's own.
      if (change.isAllowed) {
        delete change.isAllowed;
        return true;
      }
      change.state = 'unknown';
      change.retryIn = undefined;
      return false;
    }
    if (!row) {
      this.#refuse(change, failure('not-found'));
      return false;
    }
    const base = this.#host.base(change.key);
    const isUnchanged =
      change.version !== undefined && row.version !== undefined
        ? row.version === change.version
        : base !== undefined && conflictFields(change, change.before ?? base, row).length === 0;
    if (isUnchanged) return true;
    await this.#conflict(change, failure('conflict', '', { row }));
    return change.state === 'queued' || change.state === 'unknown';
  }

  async #read(key: string): Promise<Activity | undefined> {
    const { provider, readLimit } = this.#host;
    const answer = await this.#limited(
      (signal) =>
        provider.get?.(this.#host.idOf(key), this.#host.call(signal)) ??
        Promise.reject(failure('unsupported')),
      readLimit,
    );
    return checkActivity(answer).row;
  }

  /** Somebody changed the record meanwhile: where both changes fit beside each other it is sent on top, else the user decides. */
  async #conflict(change: Change, error: ProviderFailure): Promise<void> {
    let theirs = checkActivity(error.row).row;
    if (!theirs) {
      try {
        theirs = await this.#read(change.key);
      } catch (thrown) {
        if (toFailure(thrown).code !== 'not-found') {
          this.#refuse(change, error);
          return;
        }
      }
    }
    if (!theirs) {
      if (this.#host.isFresh(change.key) && change.attempts < MOST_REFUSALS) {
        this.#again(change);
        change.retryIn = this.#pause(change);
      } else if (change.kind === 'remove') this.#went(change, undefined);
      else this.#refuse(change, failure('not-found'));
      return;
    }
    // An earlier attempt of this very change may be what moved the row on.
    if (change.attempts > 1 && change.kind !== 'remove' && stillStands(change, theirs)) {
      this.#confirmed(change, theirs);
      return;
    }
    const fields = conflictFields(change, change.before, theirs);
    if (fields.length === 0 && change.kind !== 'remove' && change.attempts < MOST_REFUSALS) {
      change.version = theirs.version;
      this.#again(change);
      return;
    }
    change.state = 'conflicted';
    delete change.doubtUntil;
    change.error = { code: 'conflict', message: error.message, row: theirs };
    change.conflict = { theirs, fields };
    this.#host.conflicted(change);
  }

  #options(change: Change, keepalive: boolean, signal: AbortSignal): WriteOptions {
    const { idempotencyKey, version, undoes } = change;
    const options: { -readonly [name in keyof WriteOptions]: WriteOptions[name] } = {
      ...this.#host.call(signal),
      idempotencyKey,
    };
    if (keepalive) options.keepalive = true;
    // A page that goes hears of no conflict: that somebody else wrote the record does not undo that it is completed.
    const isLast = keepalive && change.kind === 'transition' && change.sends !== true;
    if (version !== undefined && !isLast) options.version = version;
    if (undoes !== undefined) options.undoes = undoes;
    if ('scope' in change && change.scope !== undefined) options.scope = change.scope;
    return options;
  }

  async #perform(change: Change, options: WriteOptions): Promise<Activity | undefined> {
    const { provider } = this.#host;
    const id = this.#host.idOf(change.key);
    switch (change.kind) {
      case 'create':
        if (!provider.create) throw failure('unsupported');
        return provider.create(change.key, change.draft, options);
      case 'update':
        if (!provider.update) throw failure('unsupported');
        return provider.update(id, change.patch, options);
      case 'transition':
        if (change.sends) {
          if (!provider.send) throw failure('unsupported');
          return provider.send(id, options);
        }
        if (!provider.transition) throw failure('unsupported');
        return provider.transition(id, change.to, options);
      case 'remove':
        if (!provider.remove) throw failure('unsupported');
        await provider.remove(id, options);
        return undefined;
    }
  }

  /** Several changes in one call of the provider's own. */
  async #sendBulk(changes: readonly Change[], keepalive: boolean): Promise<void> {
    const host = this.#host;
    const wasOnline = !host.isOffline();
    const sent = changes.flatMap((change) => {
      const bulk = toBulk(change, host.idOf(change.key));
      return bulk ? [{ change, bulk }] : [];
    });
    for (const { change } of sent) {
      change.state = 'sent';
      change.attempts += 1;
    }
    const [first] = changes;
    let outcomes: readonly BulkOutcome[];
    try {
      outcomes = await this.#limited(
        async (signal) =>
          (await host.provider.bulk?.(
            sent.map(({ bulk }) => bulk),
            {
              ...host.call(signal),
              ...(keepalive && { keepalive: true }),
              idempotencyKey: first?.act ?? '',
            },
          )) ?? [],
        host.writeLimit,
      );
    } catch (thrown) {
      const error = toFailure(thrown);
      for (const { change } of sent) await this.#failed(change, error, wasOnline);
      return;
    }
    const byId = new Map(outcomes.map((outcome) => [outcome.id, outcome]));
    for (const { change, bulk } of sent) {
      const outcome = byId.get(bulk.id);
      if (!outcome) this.#inDoubt(change, failure('server'));
      else if ('error' in outcome) await this.#failed(change, toFailure(outcome.error), wasOnline);
      else this.#went(change, outcome.row);
    }
  }
}

/** What a change wanted is so. */
function isDone(change: Change, row: Activity | undefined): boolean {
  if (change.kind === 'remove') return row === undefined;
  return row !== undefined && stillStands(change, row);
}

function toBulk(change: Change, id: string): BulkChange | undefined {
  const { version, idempotencyKey } = change;
  const base = { id, idempotencyKey, ...(version !== undefined && { version }) };
  switch (change.kind) {
    case 'create':
      return undefined;
    case 'update':
      return { ...base, patch: change.patch };
    case 'transition': {
      const { state, reason, patch } = change.to;
      return {
        ...base,
        to: state,
        ...(reason !== undefined && { reason }),
        ...(patch && { patch }),
      };
    }
    case 'remove':
      return { ...base, remove: true };
  }
}

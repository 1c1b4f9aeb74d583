import type { Activity } from '../model/activity.js';
import type { ActivityQuery } from '../model/query.js';
import type { Milliseconds } from '../model/time.js';
import type { Capabilities } from '../provider/capabilities.js';
import { failure, toFailure, type FailureCode, type ProviderFailure } from '../provider/failure.js';
import type { PermissionContext } from '../provider/may.js';
import type { ActivityDataProvider, CallOptions, Session } from '../provider/provider.js';
import { Acts, MOST_HELD, type Act, type ActEnd, type ActOptions } from './acts.js';
import type { ChangeOrigin } from './activity-view.js';
import { hasEnded, isWide, reachesOthers, writeOf, type Change } from './change.js';
import { ChangeLog } from './change-log.js';
import type { Timers } from './clock.js';
import { consistencyOf } from './consistency.js';
import type { Gate } from './gate.js';
import { JournalLink } from './journal-link.js';
import { unmade } from './inverse.js';
import type { Journal, JournalProblem } from './journal/journal.js';
import type { Moment, RowTable } from './rows.js';
import { Sender } from './sender.js';

/** What writing needs of its store. */
export interface WriterHost {
  readonly provider: ActivityDataProvider;
  readonly rows: RowTable;
  readonly timers: Timers;
  readonly gate: Gate;
  readonly readLimit: Milliseconds;
  readonly writeLimit: Milliseconds;
  now(): Milliseconds;
  permissions(): PermissionContext;
  capabilities(): Capabilities | undefined;
  session(): Session;
  ready(): Promise<void>;
  call(signal: AbortSignal): CallOptions;
  isOffline(): boolean;
  lostNetwork(): void;
  foundNetwork(): void;
  moment(): Moment;
  /** Runs what may change a row, and lets every view follow. */
  change(key: string, origin: ChangeOrigin, run: () => void): void;
  receive(row: Activity, asked: Moment): void;
  /** An own write of this row is in the server's row now. */
  wrote(key: string): void;
  /** So lately that a read may still show what was before. */
  isFresh(key: string): boolean;
  refresh(): void;
  load(key: string): Promise<Activity | undefined>;
  collect(question: ActivityQuery, signal: AbortSignal | undefined): Promise<readonly string[]>;
  /** Something that the elements show beside the rows has changed. */
  changed(): void;
}

/** How long saved changes may go on without an end of one of them until who asked for them has an answer. */
const PATIENCE: Milliseconds = 3000;
/** So many changes are under way at most when the page goes. */
const LEAVING_WIDTH = 2 * MOST_HELD;
/** Browsers finish requests of no more than 64 KB for a page that is gone; a character takes up to three bytes. */
const LEAVING_LENGTH = 20_000;
/** What a page sent before it went may arrive so long after. */
const UNDER_WAY: Milliseconds = 10_000;
/** Between two tries to find out who the user is, while something may wait for it. */
const ASK_PAUSE: Milliseconds = 10_000;
/** After so long without an answer to who the user is, what waits of the last one known is shown: well within three seconds. */
const ANSWER_PAUSE: Milliseconds = 1500;
/** The backend could not say who the user is; any other failure says that it is not who it was. */
const UNASKED: ReadonlySet<FailureCode> = new Set(['network', 'timeout', 'rate-limited', 'server']);

/** The writing half of a store: acts, the change log, sending, and the journal that makes it durable. */
export class Writer {
  readonly log: ChangeLog;
  readonly acts: Acts;
  readonly #host: WriterHost;
  readonly #sender: Sender;
  readonly #lateListeners = new Set<(change: Change) => void>();
  #journal: Journal | undefined;
  #link: JournalLink | undefined;
  /** Whose journal is open. */
  #user: string | undefined;
  /** The backend has said so; until then nothing is sent. */
  #isUserSure = false;
  #opening: Promise<void> | undefined;
  #isAskingAgain = false;
  /** Why changes are not saved here although a journal was given. */
  journalError: ProviderFailure | undefined;
  #isLeaving = false;

  constructor(host: WriterHost) {
    this.#host = host;
    const isSaved = (change: Change): boolean => change.isSaved === true;
    this.#sender = new Sender({
      provider: host.provider,
      timers: host.timers,
      gate: {
        wentWell: () => {
          host.gate.wentWell();
          host.foundNetwork();
        },
        close: (retryAfter) => host.gate.close(retryAfter),
      },
      readLimit: host.readLimit,
      writeLimit: host.writeLimit,
      now: () => host.now(),
      capabilities: () => host.capabilities(),
      ready: () => host.ready(),
      call: (signal) => host.call(signal),
      isOffline: () => host.isOffline(),
      lostNetwork: () => host.lostNetwork(),
      maySave: isSaved,
      claim: (change) => this.#claim(change),
      idOf: (key) => this.#idOf(key),
      base: (key) => host.rows.base(key),
      isFresh: (key) => host.isFresh(key),
      confirm: (change, row, isSaid) => this.#confirm(change, row, isSaid),
      refuse: (change, error) => this.#refuse(change, error),
      conflicted: (change) => this.#conflicted(change),
    });
    this.log = new ChangeLog({
      timers: host.timers,
      width: () => (this.#isLeaving ? LEAVING_WIDTH : host.gate.width),
      maySend: (change) => this.#maySend(change),
      mayJoin: (first, other) =>
        first.act === other.act &&
        first.kind !== 'create' &&
        !(first.kind === 'transition' && first.sends) &&
        first.state === 'queued' &&
        other.state === 'queued' &&
        first.undoes === undefined &&
        !isWide(first) &&
        !first.isSaved,
      get bulkMax() {
        return host.provider.bulk ? (host.capabilities()?.bulkMax ?? 100) : 1;
      },
      isOffline: () => host.isOffline(),
      send: (changes) => this.#sender.send(changes, this.#isLeaving),
      released: (change) => void this.#save([change]),
      late: (change) => {
        for (const listener of [...this.#lateListeners]) listener(change);
      },
    });
    // A read, too, may have been told to wait.
    host.gate.onOpen = () => this.log.pump();
    this.acts = new Acts({
      rows: host.rows,
      log: this.log,
      permissions: () => host.permissions(),
      now: () => host.now(),
      mayHold: () => this.#savesOffline || !host.isOffline(),
      begin: (changes, holdFor) => this.#begin(changes, holdFor),
      withdraw: (change, error) => this.#withdraw(change, error),
      retry: (change) => this.retry(change),
      load: (key) => host.load(key),
      collect: (question, signal) => host.collect(question, signal),
    });
  }

  act(act: Act, options: ActOptions): Promise<ActEnd> {
    return this.acts.act(act, options);
  }

  /** Hears of changes that ended, or need the user's word, after who asked for them had an answer. Answers the way to end it. */
  onLate(listener: (change: Change) => void): () => void {
    this.#lateListeners.add(listener);
    return () => void this.#lateListeners.delete(listener);
  }

  // ── what waits ───────────────────────────────────────────────────────────────────────────────

  /** What is not on the server yet and is not merely under way, in the order of the user's acts. */
  get waiting(): readonly Change[] {
    return [...this.log.changes()]
      .filter(
        (change) =>
          change.state === 'refused' ||
          change.state === 'conflicted' ||
          ((change.state === 'queued' || change.state === 'unknown') &&
            !this.log.isAwaited(change) &&
            (change.isSaved === true || change.attempts > 0)),
      )
      .sort((a, b) => a.at - b.at);
  }

  get problems(): ReadonlyMap<JournalProblem, ProviderFailure> {
    return this.#link?.problems ?? new Map<JournalProblem, ProviderFailure>();
  }

  /** The user asks for another try. */
  retry(change: Change): void {
    delete change.error;
    if (change.state === 'refused') {
      this.log.forget(change);
      change.state = 'queued';
      change.attempts = 0;
      delete change.doubtUntil;
      const { key } = change;
      this.#host.change(key, 'write', () => this.#host.rows.addPending(change));
      void this.#link?.note(change, undefined, false);
      void this.log.add(change);
      this.log.answer(change);
      this.log.pump();
      return;
    }
    change.isAllowed = true;
    change.retryIn = 0;
    this.log.wake(change);
  }

  /** The user gives a change up that waits or failed. What the server has is shown. */
  discard(change: Change): void {
    if (change.state === 'sent') return;
    if (change.state === 'queued' || change.state === 'held') {
      void this.#withdraw(change);
      return;
    }
    const wasDoubtful = change.state === 'unknown';
    this.#dismiss(change);
    void this.#link?.note(change, undefined, true);
    if (wasDoubtful) this.#host.refresh();
  }

  /** It is nothing to this page any more. */
  #dismiss(change: Change): void {
    const hasFailed = change.state === 'refused';
    change.state = 'undone';
    if (hasFailed) this.log.forget(change);
    else {
      this.#removePending(change);
      this.log.settle(change);
    }
  }

  /** The change of a record that waits for the user's word because somebody else changed the same. */
  conflictOf(key: string): Change | undefined {
    const first = this.log.first(key);
    return first?.state === 'conflicted' ? first : undefined;
  }

  /** Sends a conflicted change on top of what the server has now. Fulfilled when it ended. */
  async keepMine(change: Change): Promise<void> {
    if (change.state !== 'conflicted') return;
    change.before = change.conflict?.theirs ?? change.before;
    change.version = change.conflict?.theirs?.version;
    change.state = 'queued';
    change.attempts = 0;
    delete change.doubtUntil;
    delete change.conflict;
    delete change.error;
    this.#host.change(change.key, 'write', () => this.#host.rows.show(change.key));
    const end = this.log.ended(change);
    if (change.isSaved) await this.#link?.note(change, undefined, false);
    this.log.settle(change);
    await end;
  }

  takeTheirs(change: Change): void {
    if (change.state === 'conflicted') this.discard(change);
  }

  // ── the page ─────────────────────────────────────────────────────────────────────────────────

  /**
   * The page may be going away: what is held back, and what only waits for room, goes out now. What is saved here goes out anyway,
   * but not all of it may be saved yet.
   */
  leave(): void {
    this.#isLeaving = true;
    for (const change of this.log.held) {
      if (change.isAdopted) continue;
      // What another tab is to send it sends in time.
      if (change.isSaved && this.#link?.isSender !== true) continue;
      change.goesDirect = !change.isSaved || !this.#host.isOffline();
      this.log.release(change);
    }
    // A backend that asked for a pause gets no more of it than it must.
    if (!this.#savesOffline && this.#host.gate.isOpen) this.log.pump();
    this.#isLeaving = false;
  }

  /** Something that the user did, and that is nowhere but in this page, would not go out if that went now. */
  get wouldBeLost(): boolean {
    let length = 0;
    for (const change of this.log.changes()) {
      if (change.isSaved || hasEnded(change)) continue;
      // What is under way is broken off with its page, and what is behind another of its record has to wait for it.
      if (change.state !== 'held' || this.log.first(change.key) !== change) return true;
      length += JSON.stringify(writeOf(change)).length;
      if (length > LEAVING_LENGTH) return true;
    }
    return false;
  }

  #claim(change: Change): boolean | Promise<boolean> {
    const claimed = this.#link?.claim(change) ?? true;
    if (!change.goesDirect || !change.isSaved) return claimed;
    // The page may be gone before the storage answers. What is not marked then is looked for before it is sent again.
    change.goesDirect = false;
    return Promise.resolve(true);
  }

  /** The network went: what is held back, and would be lost with the page, is told now that it can't be done. */
  offline(): void {
    if (this.#savesOffline) return;
    for (const change of this.log.held) this.log.release(change);
  }

  get #savesOffline(): boolean {
    return this.#journal !== undefined && !this.journalError;
  }

  // ── the journal ──────────────────────────────────────────────────────────────────────────────

  /** From now on changes are saved in a journal before they are sent. */
  useJournal(journal: Journal): void {
    if (this.#journal) return;
    this.#journal = journal;
    void this.openJournal();
  }

  /**
   * Opens the journal as soon as the user is known. Where the backend can't be asked who that is, or is slow to say, it opens that of
   * the user who was last known on this device: what waits is shown, and what is done is saved, but nothing is sent before the backend
   * has said who it is.
   */
  openJournal(): Promise<void> {
    const journal = this.#journal;
    if (!journal || this.#isUserSure || this.journalError) return Promise.resolve();
    this.#opening ??= this.#open(journal).finally(() => (this.#opening = undefined));
    return this.#opening;
  }

  async #open(journal: Journal): Promise<void> {
    const hadLink = this.#link !== undefined;
    let showing: Promise<void> | undefined;
    const end = this.#host.timers.after(ANSWER_PAUSE, () => (showing = this.#joinForLast(journal)));
    let error: ProviderFailure | undefined;
    try {
      await this.#host.ready();
    } catch (thrown) {
      error = toFailure(thrown);
    }
    end();
    await showing;
    if (error) {
      await this.#openForLast(journal, error, hadLink);
      return;
    }
    const { user } = this.#host.session();
    const name = user ? `${user.kind}:${user.id}` : '';
    const left = this.#user === name ? undefined : this.#leaveJournal();
    this.#isUserSure = true;
    if (!this.#link) await this.#join(journal, name);
    this.#link?.becomeSender();
    const saving = this.#saveAll();
    if (left) void saving.then(() => left.link.clear(left.ids));
  }

  async #openForLast(journal: Journal, error: ProviderFailure, hadLink: boolean): Promise<void> {
    if (UNASKED.has(error.code)) await this.#joinForLast(journal);
    // What was shown while the answer was awaited is nobody's to see after such a one.
    const left = UNASKED.has(error.code) || hadLink ? undefined : this.#leaveJournal();
    if (this.#link) {
      this.#askAgain();
      return;
    }
    const sent = new Set(await left?.link.clear(left.ids));
    for (const change of this.log.changes()) {
      if (sent.has(change.idempotencyKey)) this.#doubt(change, error);
    }
    // What can't be saved here is said at once. Who it is is asked again with the next question, or act.
    this.#refuseUnsaved([...this.log.changes()], error);
  }

  /** Another tab, which knows who the user is, has sent it: this one finds out what came of it once it knows that, too. */
  #doubt(change: Change, error: ProviderFailure): void {
    if (change.state !== 'queued') return;
    Object.assign(change, { state: 'unknown', error, attempts: 1, goesDirect: true });
    change.retryIn = ASK_PAUSE;
    change.doubtUntil = this.#host.now() + UNDER_WAY;
    this.log.settle(change);
  }

  /** Whoever it may be that is here: nothing of it is sent. */
  async #joinForLast(journal: Journal): Promise<void> {
    const { name } = this.#host.provider;
    const last = name === undefined ? undefined : journal.lastUser(name);
    if (!this.#link && last !== undefined) await this.#join(journal, last);
    if (this.#link) void this.#saveAll();
  }

  /** What waits need not wait until somebody does something. */
  #askAgain(): void {
    if (this.#isAskingAgain) return;
    this.#isAskingAgain = true;
    this.#host.timers.after(ASK_PAUSE, () => {
      this.#isAskingAgain = false;
      // The network says by itself that it is back.
      if (!this.#host.isOffline()) void this.openJournal();
    });
  }

  /**
   * It is another user who is here than was thought. What is the other's goes out of sight and stays kept for them; what was done
   * on this page is this user's, and is to be saved anew.
   */
  #leaveJournal(): { readonly link: JournalLink; readonly ids: readonly string[] } | undefined {
    const link = this.#link;
    if (!link) return undefined;
    this.#link = undefined;
    link.leave();
    const all = [...this.log.changes()];
    // What was done to a record that only the other has goes with it.
    const others = new Set(all.filter(({ isAdopted }) => isAdopted).map(({ key }) => key));
    const own = all.filter(({ key, isSaved }) => isSaved && !others.has(key));
    for (const change of own) change.isSaved = false;
    for (const change of all) if (others.has(change.key)) this.#dismiss(change);
    return { link, ids: own.map(({ idempotencyKey }) => idempotencyKey) };
  }

  async #join(journal: Journal, user: string): Promise<void> {
    try {
      const { name } = this.#host.provider;
      if (name === undefined) {
        throw failure('unsupported', 'A journal needs a provider with a name.');
      }
      const opened = await journal.open({ provider: name, user });
      this.#user = user;
      this.#link = new JournalLink(
        {
          log: this.log,
          idOf: (key) => this.#idOf(key),
          now: () => this.#host.now(),
          doubtUntil: () =>
            this.#host.now() + Math.max(consistencyOf(this.#host.capabilities()), UNDER_WAY),
          adopt: (change) => this.#adopt(change),
          ended: (change, state, row, isSaid) => {
            if (state === 'confirmed') this.#confirm(change, row, isSaid);
            else this.#removePending(change);
          },
          refused: (change, error) => this.#takeBack(change, error),
          conflicted: (change) => this.#showConflict(change),
          changed: () => this.#host.changed(),
        },
        opened,
      );
    } catch (thrown) {
      this.journalError = toFailure(thrown);
    }
    this.log.pump();
    this.#host.changed();
  }

  #saveAll(): Promise<void> {
    return this.#save(
      [...this.log.changes()].filter(({ state }) => state === 'queued' || state === 'held'),
    );
  }

  async #save(changes: readonly Change[]): Promise<void> {
    const unsaved = changes.filter((change) => !change.isSaved && !change.goesDirect);
    const link = this.#link;
    if (unsaved.length === 0) return;
    if (!link) {
      // All that is queued is saved once it is open.
      void this.openJournal();
      return;
    }
    try {
      await link.append(unsaved);
    } catch (thrown) {
      if (link !== this.#link) return;
      // Not saved, it can only go out at once, from here.
      if (link.isSender && !this.#host.isOffline()) {
        for (const change of unsaved) change.goesDirect = true;
      } else this.#refuseUnsaved(unsaved, toFailure(thrown));
    }
    const settle = (): void => {
      for (const change of unsaved) if (change.isSaved) this.log.answer(change);
      this.log.pump();
      this.#host.changed();
    };
    // As long as they go out from here, one after the other, who asked may still hear how each of them ended.
    const wait = (before: number): void => {
      this.#host.timers.after(PATIENCE, () => {
        const left = unsaved.filter((change) => !hasEnded(change)).length;
        const goesOn = link.isSender && !this.#host.isOffline() && left > 0 && left < before;
        if (goesOn) wait(left);
        else settle();
      });
    };
    if (this.#host.isOffline()) settle();
    else wait(unsaved.length);
    this.log.pump();
  }

  #refuseUnsaved(changes: readonly Change[], error: ProviderFailure): void {
    for (const change of changes) {
      if (change.isSaved || change.goesDirect || change.state !== 'queued') continue;
      change.state = 'refused';
      change.error = error;
      this.#takeBack(change, error);
      this.log.settle(change);
    }
  }

  #maySend(change: Change): boolean {
    if (change.goesDirect || !this.#journal || this.journalError) return true;
    return this.#link?.isSender === true && change.isSaved === true && !this.#host.isOffline();
  }

  // ── changes ──────────────────────────────────────────────────────────────────────────────────

  #begin(changes: readonly Change[], holdFor: Milliseconds | undefined): Promise<void>[] {
    const ends = changes.map((change) => {
      // Who acts on a record that waits for a word has given it: the new change is made on what is shown.
      const conflicted = this.conflictOf(change.key);
      if (conflicted) this.takeTheirs(conflicted);
      // Nor does it wait for what he might have called off.
      const before = this.log.first(change.key);
      if (before?.state === 'held') this.log.release(before);
      if (holdFor !== undefined) {
        change.state = 'held';
        change.holdFor = holdFor;
      }
      this.#host.change(change.key, 'write', () => this.#host.rows.addPending(change));
      const end = this.log.add(change);
      if (holdFor !== undefined) this.log.hold(change, holdFor);
      return end;
    });
    void this.#save(changes);
    this.log.pump();
    return ends;
  }

  /** A change of another tab, or of before. */
  #adopt(change: Change): void {
    const { rows } = this.#host;
    this.#host.change(change.key, 'write', () => rows.addPending(change));
    void this.log.add(change);
    if (change.state === 'held') this.log.hold(change, change.holdFor ?? 0);
    this.log.answer(change);
    if (change.state === 'conflicted') this.#showConflict(change);
  }

  /** Takes back what is not sent. What another tab may have under way the journal knows. */
  #withdraw(change: Change, error?: ProviderFailure): boolean | Promise<boolean> {
    if (change.state !== 'held' && change.state !== 'queued') return false;
    const link = this.#link;
    if (link && !link.isSender) {
      return link.withdraw(change).then((isOut) => isOut && this.#callOff(change, error));
    }
    return this.#callOff(change, error);
  }

  #callOff(change: Change, error: ProviderFailure | undefined): boolean {
    if (hasEnded(change)) return change.state === 'undone';
    change.state = 'undone';
    if (error) change.error = error;
    this.#removePending(change);
    void this.#link?.note(change, undefined, true);
    this.log.settle(change);
    return true;
  }

  #idOf(key: string): string {
    return this.#host.rows.base(key)?.id ?? key;
  }

  #removePending(change: Change): void {
    if (change.state === 'undone') this.#neverWas(change);
    this.#host.change(change.key, 'write', () => this.#host.rows.removePending(change));
  }

  /** Later changes of the record were not made on what it would have made. */
  #neverWas(change: Change): void {
    for (const later of this.log.after(change)) {
      later.before = unmade(later.before, change, change.before);
    }
  }

  #confirm(change: Change, row: Activity | undefined, isSaid: boolean): void {
    const { rows } = this.#host;
    const { key } = change;
    const isAwaited = this.log.isAwaited(change);
    this.#host.change(key, 'write', () => {
      rows.removePending(change);
      rows.supersede(key, change.version);
      if (change.kind === 'remove') rows.drop(key, this.#host.moment());
      else if (row) {
        rows.alias(row.id, key);
        this.#host.receive(row, this.#host.moment());
        this.log.rebase(key, row.version);
      }
    });
    this.#host.wrote(key);
    // The backend wrote but did not say what, or not all of it: it is read again.
    if (!isSaid || reachesOthers(change)) this.#host.refresh();
    void this.#link?.note(change, row, isAwaited);
  }

  #refuse(change: Change, error: ProviderFailure): void {
    const isAwaited = this.log.isAwaited(change);
    const later = change.kind === 'create' ? this.log.after(change) : [];
    this.#takeBack(change, error);
    void this.#link?.note(change, undefined, isAwaited);
    // There is no record that they could change.
    for (const one of later) {
      if (one.state !== 'queued') continue;
      one.state = 'refused';
      one.error = error;
      this.#refuse(one, error);
      this.log.settle(one);
    }
  }

  /** Roll-back is removal. */
  #takeBack(change: Change, error: ProviderFailure): void {
    const { rows } = this.#host;
    this.#neverWas(change);
    this.#host.change(change.key, 'write', () => {
      rows.removePending(change);
      if (error.row) this.#host.receive(error.row, this.#host.moment());
      else if (error.code === 'not-found') rows.drop(change.key, this.#host.moment());
    });
  }

  #conflicted(change: Change): void {
    this.#showConflict(change);
    void this.#link?.note(change, undefined, this.log.isAwaited(change));
  }

  /** The server's row is the base; the change waits beside it, unseen in lists. */
  #showConflict(change: Change): void {
    const theirs = change.conflict?.theirs;
    this.#host.change(change.key, 'write', () => {
      if (theirs) this.#host.receive(theirs, this.#host.moment());
      this.#host.rows.show(change.key);
    });
  }
}

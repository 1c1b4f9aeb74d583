import type {
  Activity,
  ActivityDraft,
  ActivityPatch,
  ActivityState,
} from '../../model/activity.js';
import { ActivityCompleteEvent } from '../../events/activity-complete-event.js';
import { ActivityComposeEvent } from '../../events/activity-compose-event.js';
import { ActivityCreateEvent } from '../../events/activity-create-event.js';
import { ActivityCreateRecordEvent } from '../../events/activity-create-record-event.js';
import { ActivityDeleteEvent } from '../../events/activity-delete-event.js';
import { ActivityErrorEvent } from '../../events/activity-error-event.js';
import { ActivityMoveStatusEvent } from '../../events/activity-move-status-event.js';
import { ActivityOpenEvent } from '../../events/activity-open-event.js';
import type { ActivityRequestEvent, Decision } from '../../events/activity-request-event.js';
import { ActivitySavedEvent } from '../../events/activity-saved-event.js';
import { ActivitySendEvent } from '../../events/activity-send-event.js';
import { ActivityUpdateEvent } from '../../events/activity-update-event.js';
import type { StatusChange } from '../../events/status-change.js';
import type { Rest } from '../../model/query.js';
import type { SeriesScope } from '../../model/recurrence.js';
import { failure, toFailure, type ProviderFailure } from '../../provider/failure.js';
import type { RecordDraft, RecordSummary, TransitionTarget } from '../../provider/provider.js';
import type { Act, ActEnd, RestLeft, WriteResult } from '../../store/acts.js';
import { toldAct, type Write } from '../../store/change.js';
import type { ActivityElement } from './activity-element.js';
import { failureReason } from './refusal.js';
import { toldNames } from './reschedule.js';

export interface ActOptions {
  /** What goes wrong is shown by the element itself. */
  readonly quiet?: boolean;
  /** How many of the activities are done, of how many. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Ends what is not yet sent; those activities end as `aborted`. */
  readonly signal?: AbortSignal;
  /** All that match but are not loaded: the store pages through them and includes them. */
  readonly rest?: Rest;
  /**
   * Of an update or removal of something that repeats: for which dates. Left out: of a single one the user is asked, as far as the
   * data source leaves a choice; of several, each for itself.
   */
  readonly scope?: SeriesScope | undefined;
  /** Of an update or a move: what is said when it is done, in place of how many it were. */
  readonly done?: string;
  /** How the same ended before it was gone on with, or tried again: told of, and taken back, as one with this. */
  readonly earlier?: Outcome | undefined;
  /** One of several that are one act for the user, see `together`: nothing is shown of it alone. */
  readonly isPart?: boolean;
  /** Answers for the user whether others may hear of it, in place of the question that names them. */
  readonly mayTell?: (() => Promise<boolean>) | undefined;
}

/** For what the user was asked about already. */
export const ASKED: Required<Pick<ActOptions, 'mayTell'>> = {
  mayTell: () => Promise.resolve(true),
};

export interface TogetherOptions extends Pick<ActOptions, 'quiet' | 'earlier'> {
  /** How many activities there are to ask about; left out: one in each act. */
  readonly count?: number;
}

/** What each of several acts that are one is done with. */
export type Part = Required<Pick<ActOptions, 'mayTell'>> & { readonly isPart: true };

export interface CreateOptions extends ActOptions {
  /** A UUID, the same for every attempt to save the same: one whose answer got lost is not made twice. Left out: a new one. */
  readonly key?: string | undefined;
}

export interface MoveOptions extends ActOptions {
  /** One of the target state's reasons; left out, each type's default. */
  readonly reason?: string;
  /** What goes along in the same write. */
  readonly patch?: ActivityPatch;
}

/** How an act ended for the one who asked. */
export interface Outcome {
  /** Nothing was refused, vetoed or failed. */
  readonly isDone: boolean;
  readonly results: readonly WriteResult[];
  /** Of all that match, what was not even found: nothing was done to it. */
  readonly left?: RestLeft;
  /** Why not, in the user's words. */
  readonly reason?: string;
  /** Those that the host left out, each with its reason, if it gave one. */
  readonly excluded?: ReadonlyMap<string, string | undefined>;
  /** The first failure, with what is wrong with which field. */
  readonly error?: ProviderFailure;
  /**
   * Takes back what was done, and only that: one undo for a bulk. Absent where that can't be. Fires no requests. The notice of
   * the act offers it already.
   */
  readonly undo?: () => Promise<Outcome>;
}

/**
 * The one way from a gesture to a write: asks the host by an event, does what it decided, tells how it ended. Acts never reject;
 * what went wrong is shown as a notice, unless the element shows it itself (`quiet`).
 */
export class Requests {
  readonly #host: ActivityElement;
  readonly #waiting = new Map<string, number>();

  constructor(host: ActivityElement) {
    this.#host = host;
  }

  /** The host has been asked about this activity and has not answered yet. */
  isWaiting(id: string): boolean {
    return this.#waiting.has(id);
  }

  /** Before this the user is asked, since so many can't be taken back: nobody else need ask. */
  asksFirst(write: Write, activities: readonly Activity[], rest?: Rest): boolean {
    if (write.kind === 'remove' && this.#scopesOf(activities, rest).length > 1) return true;
    const ids = activities.map(({ id }) => id);
    const acts = this.#host.store?.writer.acts;
    const isFinal = acts?.isFinal({ ...write, ids }, rest?.count.value) ?? false;
    return isFinal || this.#toldOf({ ...write, ids }, activities) !== undefined;
  }

  #toldOf(act: Act, activities: readonly Activity[]): readonly string[] | undefined {
    if (act.kind === 'update-each') {
      const isTold = ({ id }: Activity): boolean => {
        const patch = act.patches.get(id);
        return patch !== undefined && toldAct({ kind: 'update', patch }) !== undefined;
      };
      return toldNames(this.#host, activities.filter(isTold));
    }
    const told = toldAct(act);
    return told && toldNames(this.#host, activities, told);
  }

  #toldWords(names: readonly string[]): string {
    const { words } = this.#host;
    if (names.length === 0) return words.say('grid.reschedule-tells-guests');
    return names.length > FEW_NAMES
      ? words.say('confirm.notifies-many', names.length)
      : words.say('confirm.notifies', words.list(names));
  }

  /** Opens an activity: in the host's own way, or in the nearest workspace's or context's form. */
  async open(activity: Activity): Promise<void> {
    if (activity.access === 'busy') return;
    const decision = await this.#ask(new ActivityOpenEvent({ activity }), []);
    if (decision.kind === 'granted') this.#host.context.open(activity);
    else this.#tellVeto(decision);
  }

  /** A click on the real link of an activity: opens it here where there is something to show it in, else lets the browser go there. */
  follow(activity: Activity, click: MouseEvent): void {
    const isPlain = click.button === 0 && !click.ctrlKey && !click.metaKey && !click.shiftKey;
    if (!isPlain) return;
    const event = new ActivityOpenEvent({ activity });
    this.#host.dispatchEvent(event);
    if (event.defaultPrevented || event.isWaiting || this.#host.context.canOpen) {
      click.preventDefault();
    }
    void event.settle().then((decision) => {
      if (decision.kind === 'granted') this.#host.context.open(activity);
      else this.#tellVeto(decision);
    });
  }

  /** Offers a draft to fill in: in the host's own way, or in the nearest workspace's or context's quick create. */
  async compose(draft: ActivityDraft): Promise<void> {
    const decision = await this.#ask(new ActivityComposeEvent({ draft }), []);
    if (decision.kind === 'granted') this.#host.context.compose(draft);
    else this.#tellVeto(decision);
  }

  /** Makes a record that a picker does not find: by the host, or the provider. Undefined: there is none after all. */
  async createRecord(draft: RecordDraft): Promise<RecordSummary | undefined> {
    const { context, words, store, asker } = this.#host;
    const decision = await this.#ask(new ActivityCreateRecordEvent(draft), []);
    if (decision.kind === 'taken') return decision.rows;
    if (decision.kind === 'vetoed') this.#tellVeto(decision);
    if (decision.kind === 'vetoed' || !store) return undefined;
    try {
      return await store.createRecord(crypto.randomUUID(), draft, asker);
    } catch (thrown) {
      const reason = words.failure(toFailure(thrown));
      context.notify({ kind: 'error', text: words.say('announce.refused', reason) });
      return undefined;
    }
  }

  /**
   * Several writes that are one act for the user, since each activity is to be given something of its own: one notice, one undo.
   * `done`: what is said when so many are done. `quiet`: failures are shown by the element itself.
   */
  async together(
    acts: readonly ((part: Part) => Promise<Outcome>)[],
    done: (count: number) => string,
    { quiet = false, count: asked = acts.length, earlier }: TogetherOptions = {},
  ): Promise<Outcome> {
    const { words, context } = this.#host;
    // Asked once, by the first that others hear of.
    const mayTell = once(() =>
      context.ask({
        title: words.say('confirm.update', asked),
        text: words.say('grid.reschedule-tells-guests'),
        yes: words.say('confirm.yes'),
      }),
    );
    const ended = merged(await Promise.all(acts.map((act) => act({ isPart: true, mayTell }))));
    const outcome = this.#offer(ended, done, earlier);
    if (outcome.reason !== undefined && !quiet) {
      const text = words.say('announce.refused', outcome.reason);
      context.notify({ kind: 'error', text });
    }
    return outcome;
  }

  async create(draft: ActivityDraft, options: CreateOptions = {}): Promise<Outcome> {
    const { key = crypto.randomUUID() } = options;
    const decision = await this.#ask(new ActivityCreateEvent({ draft }), []);
    return this.#finish('create', [], decision, options, {
      write: () => ({ kind: 'create', ids: [key], draft }),
      say: () => {
        const { words } = this.#host;
        const { label } = this.#host.typeOf(draft);
        return words.say('announce.created', draft.subject || words.label(label));
      },
    });
  }

  async update(
    activities: readonly Activity[],
    patch: ActivityPatch,
    options: ActOptions = {},
  ): Promise<Outcome> {
    const { rest, done } = options;
    const scope = await this.#askScope('save', activities, options);
    if (scope === undefined) return NOTHING;
    const wide = scope === 'this' ? {} : { scope };
    const detail = { activities, patch, ...(rest && { rest }), ...wide };
    const decision = await this.#ask(new ActivityUpdateEvent(detail), activities);
    return this.#finish('update', activities, decision, options, {
      write: (ids) => ({ kind: 'update', ids, patch, ...wide }),
      title: (count) => this.#host.words.say('confirm.update', count),
      say: (count) => done ?? this.#host.words.say('announce.updated', count),
    });
  }

  /**
   * Changes each in its own way, if at all: the host is asked once for those that are changed alike, and all that it leaves to the kit
   * is one act, with one undo. `done`: what is said when so many are done.
   */
  async updateEach(
    activities: readonly Activity[],
    patchOf: (activity: Activity) => ActivityPatch,
    done: (count: number) => string,
    options: Pick<ActOptions, 'quiet' | 'signal' | 'onProgress' | 'mayTell' | 'earlier'> = {},
  ): Promise<Outcome> {
    const { words } = this.#host;
    const alike = new Map<string, { patch: ActivityPatch; activities: Activity[] }>();
    for (const activity of activities) {
      const patch = patchOf(activity);
      const key = JSON.stringify(patch);
      if (key === '{}') continue;
      const same = alike.get(key) ?? { patch, activities: [] };
      same.activities.push(activity);
      alike.set(key, same);
    }
    const [only, second] = alike.values();
    if (!only) return NOTHING;
    if (!second && only.activities.length === 1) {
      return this.update(only.activities, only.patch, { ...options, done: done(1) });
    }
    const asked = await Promise.all(
      [...alike.values()].map(async ({ patch, activities: same }) => {
        const event = new ActivityUpdateEvent({ activities: same, patch });
        return { patch, same, decision: await this.#ask(event, same) };
      }),
    );
    const left: Activity[] = [];
    const patches = new Map<string, ActivityPatch>();
    const excluded = new Map<string, string | undefined>();
    const acts: ((part: Part) => Promise<Outcome>)[] = [];
    const finish =
      (some: readonly Activity[], decision: Decision) =>
      (part: Part): Promise<Outcome> =>
        this.#finish('update', some, decision, { ...part, ...options }, kind);
    const patchesOf = (id: string): [string, ActivityPatch][] => {
      const patch = patches.get(id);
      return patch ? [[id, patch]] : [];
    };
    const kind: Kind = {
      write: (ids) => ({
        kind: 'update-each',
        patches: new Map(ids.flatMap((id) => patchesOf(id))),
      }),
      title: (count) => words.say('confirm.update', count),
      say: done,
    };
    for (const { patch, same, decision } of asked) {
      if (decision.kind === 'granted') {
        left.push(...same);
        for (const { id } of same) patches.set(id, patch);
        for (const [id, why] of decision.excluded) excluded.set(id, why);
      } else acts.push(finish(same, decision));
    }
    if (left.length > 0) acts.push(finish(left, { kind: 'granted', excluded }));
    return this.together(acts, done, { ...options, count: left.length });
  }

  /** Takes activities to a state: the same for a drag, a menu, a key and a button. */
  async moveStatus(
    activities: readonly Activity[],
    to: ActivityState,
    options: MoveOptions = {},
  ): Promise<Outcome> {
    const { reason, patch, done, rest } = options;
    if (activities.length === 0 && !rest) return NOTHING;
    const change: StatusChange = {
      activities,
      to,
      ...(reason !== undefined && { reason }),
      ...(patch && { patch }),
      ...(rest && { rest }),
    };
    let decision = await this.#ask(new ActivityMoveStatusEvent(change), activities);
    if (to === 'completed' && decision.kind !== 'vetoed') {
      const complete = new ActivityCompleteEvent(change);
      if (decision.kind === 'taken') this.#host.dispatchEvent(complete);
      else decision = merge(decision, await this.#ask(complete, activities));
    }
    const target: TransitionTarget = {
      state: to,
      ...(reason !== undefined && { reason }),
      ...(patch && { patch }),
    };
    return this.#finish('move-status', activities, decision, options, {
      write: (ids) => ({ kind: 'transition', ids, to: target }),
      title: (count) => {
        const { words } = this.#host;
        return words.say('confirm.move', count, words.stateName(to));
      },
      say: (count) => {
        const { words } = this.#host;
        if (done !== undefined) return done;
        if (to === 'completed') return words.say('announce.completed', count);
        if (to === 'canceled') return words.say('announce.canceled', count);
        return words.say('announce.moved-many', count, words.stateName(to));
      },
    });
  }

  /** Sends emails: held for the undo time, for which the answer does not wait. */
  async send(activities: readonly Activity[], options: ActOptions = {}): Promise<Outcome> {
    if (activities.length === 0) return NOTHING;
    const decision = await this.#ask(new ActivitySendEvent({ activities }), activities);
    return this.#finish('send', activities, decision, options, {
      write: (ids) => ({ kind: 'transition', ids, to: { state: 'completed' }, sends: true }),
      title: (count) => this.#host.words.say('confirm.send', count),
      say: () => {
        const [first] = activities;
        const { words } = this.#host;
        return words.say('announce.sending', first?.subject || words.say('record.untitled'));
      },
    });
  }

  async remove(activities: readonly Activity[], options: ActOptions = {}): Promise<Outcome> {
    const { rest } = options;
    if (activities.length === 0 && !rest) return NOTHING;
    const scope = await this.#askScope('delete', activities, options);
    if (scope === undefined) return NOTHING;
    const wide = scope === 'this' ? {} : { scope };
    const event = new ActivityDeleteEvent({ activities, ...(rest && { rest }), ...wide });
    const decision = await this.#ask(event, activities);
    return this.#finish('delete', activities, decision, options, {
      write: (ids) => ({ kind: 'remove', ids, ...wide }),
      title: (count) => this.#host.words.say('confirm.delete', count),
      say: (count) => this.#host.words.say('announce.deleted', count),
    });
  }

  /** For which dates something could be meant, where it is done to one date of several that repeat. */
  #scopesOf(activities: readonly Activity[], rest: Rest | undefined): readonly SeriesScope[] {
    const [only, second] = activities;
    const isOneOfMany = only?.series && only.series.role !== 'master' && !second && !rest;
    const { scopes = [] } = this.#host.store?.permissions.capabilities ?? {};
    return isOneOfMany ? scopes : [];
  }

  /** Undefined: for none after all. */
  async #askScope(
    act: 'save' | 'delete',
    activities: readonly Activity[],
    { scope, rest, isPart }: ActOptions,
  ): Promise<SeriesScope | undefined> {
    if (scope !== undefined) return scope;
    const scopes = isPart ? [] : this.#scopesOf(activities, rest);
    if (scopes.length < 2) return 'this';
    this.#wait(activities, 1);
    const answer = await this.#host.context.askScope(act, scopes);
    this.#wait(activities, -1);
    return answer;
  }

  /** Why nothing happens, where the host said it. */
  #tellVeto(decision: Decision<unknown>): void {
    if (decision.kind !== 'vetoed' || decision.message === undefined) return;
    const { words, context } = this.#host;
    context.notify({ kind: 'error', text: words.say('announce.refused', decision.message) });
  }

  async #ask<Answer>(
    event: ActivityRequestEvent<unknown, Answer>,
    activities: readonly Activity[],
  ): Promise<Decision<Answer>> {
    this.#host.dispatchEvent(event);
    const settled = event.settle();
    if (!event.isWaiting) return settled;
    this.#wait(activities, 1);
    try {
      return await settled;
    } finally {
      this.#wait(activities, -1);
    }
  }

  #wait(activities: readonly Activity[], change: 1 | -1): void {
    for (const { id } of activities) {
      const count = (this.#waiting.get(id) ?? 0) + change;
      if (count > 0) this.#waiting.set(id, count);
      else this.#waiting.delete(id);
    }
    this.#host.requestUpdate();
  }

  async #finish(
    action: string,
    activities: readonly Activity[],
    decision: Decision,
    options: ActOptions,
    kind: Kind,
  ): Promise<Outcome> {
    const { words, context, store, asker } = this.#host;
    const { onProgress, signal, rest, isPart = false, mayTell, earlier } = options;
    const quiet = isPart || (options.quiet ?? false);
    if (!store) return NOTHING;
    if (decision.kind === 'vetoed') {
      const { message } = decision;
      if (!quiet) this.#tellVeto(decision);
      return { ...NOTHING, ...(message !== undefined && { reason: message }) };
    }
    if (decision.kind === 'taken') {
      store.adopt(decision.rows);
      const results = decision.rows.map((activity) => ({
        key: activity.id,
        id: activity.id,
        activity,
      }));
      return this.#tell(action, { results }, { quiet, isPart, earlier }, kind);
    }
    const { excluded } = decision;
    const ids = activities.map(({ id }) => id).filter((id) => !excluded.has(id));
    const reason = [...excluded.values()].find((text) => text !== undefined);
    if (reason !== undefined && !quiet) {
      context.notify({ kind: 'error', text: words.say('announce.refused', reason) });
    }
    if (activities.length > 0 && ids.length === 0 && !rest) {
      return { ...NOTHING, excluded, ...(reason !== undefined && { reason }) };
    }
    const act = kind.write(ids);
    const count = ids.length + (rest?.count.value ?? 0);
    const told = this.#toldOf(
      act,
      activities.filter(({ id }) => ids.includes(id)),
    );
    if (told && mayTell && !(await mayTell())) return NOTHING;
    const isFinal = kind.title && store.writer.acts.isFinal(act, rest?.count.value);
    const text = [
      told && !mayTell && this.#toldWords(told),
      isFinal && words.say('confirm.final'),
    ].filter((one) => typeof one === 'string');
    if (text.length > 0) {
      const isSure = await context.ask({
        title: this.#questionOf(act, activities, count) ?? kind.title?.(count) ?? '',
        text: text.join(' '),
        yes: words.say(isReschedule(act) ? 'action.reschedule' : 'confirm.yes'),
      });
      if (!isSure) return NOTHING;
    }
    const end = await store.act(act, {
      asker,
      // Without a word that offers the undo, nothing is gained by waiting.
      holdFor: kind.say(ids.length) === undefined ? 0 : this.#host.undoTime,
      onProgress,
      signal,
      rest: rest && { ...rest, except: [...rest.except, ...excluded.keys()] },
    });
    const outcome = this.#tell(action, end, { quiet, isPart, earlier }, kind);
    return excluded.size > 0 ? { ...outcome, excluded } : outcome;
  }

  /** What one is asked about a single one that is moved. */
  #questionOf(act: Act, [only, more]: readonly Activity[], count: number): string | undefined {
    const { words } = this.#host;
    if (!only || more || count !== 1 || act.kind !== 'update') return undefined;
    const time = act.patch.start ?? act.patch.end;
    const subject = only.subject || words.say('record.untitled');
    return time ? words.say('grid.reschedule-one', subject, words.stamp(time)) : undefined;
  }

  /** Fires the news of how an act ended, and shows it. */
  #tell(
    action: string,
    end: ActEnd,
    { quiet = false, isPart = false, earlier }: Pick<ActOptions, 'quiet' | 'isPart' | 'earlier'>,
    kind?: Kind,
  ): Outcome {
    const { results, left } = end;
    const { words, context } = this.#host;
    const failed = results.filter((result) => 'error' in result);
    const done = results.length - failed.length;
    const target = this.#host.isConnected ? this.#host : document;
    const takeBack = end.undo;
    const undo =
      takeBack && (async () => this.#tell('undo', await takeBack(), { isPart: true, quiet: true }));
    if (done > 0) target.dispatchEvent(new ActivitySavedEvent({ action, results }));
    const error = failed[0]?.error ?? left?.error;
    const ended = { isDone: !error, results, ...(left && { left }), ...(undo && { undo }) };
    const outcome = isPart ? ended : this.#offer(ended, (count) => kind?.say(count), earlier);
    if (!error) return outcome;
    const ids = failed.map(({ id }) => id);
    target.dispatchEvent(new ActivityErrorEvent({ error, ids }));
    const isMove = action === 'move-status';
    const row = this.#host.store?.row(failed[0]?.key ?? '');
    const reason = failureReason(words, error, row, isMove);
    if (!quiet) {
      const more = left?.rest.count.value ?? 0;
      const total = results.length + more;
      const text =
        total > 1
          ? `${words.say('error.save-some', failed.length + more, total)} ${reason}`
          : words.say('announce.refused', reason);
      context.notify({ kind: 'error', text });
    }
    return { ...outcome, reason, error };
  }

  /** Says what an undo left as it was, and why. */
  #tellLeft(results: readonly WriteResult[]): void {
    const { words, context } = this.#host;
    const left = results.flatMap((result) => ('error' in result ? [result.error] : []));
    const [first] = left;
    if (!first) return;
    const reason =
      first.code === 'unsupported' ? words.say('announce.undo-impossible') : words.failure(first);
    const text = `${words.say('announce.undo-left', left.length, results.length)} ${reason}`;
    context.notify({ kind: 'error', text });
  }

  /** What was said of acts, by their results. */
  readonly #said = new WeakMap<Outcome['results'], Said>();

  /** Says what is done, and offers to take it back; of an act that was gone on with, all of it as one. */
  #offer(ended: Outcome, say: (count: number) => string | undefined, earlier?: Outcome): Outcome {
    const { words, context } = this.#host;
    const before = earlier && this.#said.get(earlier.results);
    const { results, undo: takeBack } = before ? merged([ended, before.whole]) : ended;
    const done = doneOf(results);
    let takeAway = before?.takeAway;
    const undo =
      takeBack &&
      this.#once(async () => {
        takeAway?.();
        const back = await takeBack();
        this.#tellLeft(back.results);
        return back;
      });
    const fresh = doneOf(ended.results);
    const text = fresh.length > 0 ? say(fresh.length) : undefined;
    if (text !== undefined) {
      takeAway?.();
      const inAll = done.length > fresh.length ? [words.say('bulk.in-all', done.length)] : [];
      takeAway = context.notify({
        kind: 'done',
        text: [text, ...this.#onItsWay(fresh), ...inAll].join(' · '),
        element: this.#host,
        ...(undo && { action: { label: words.say('action.undo'), run: () => void undo() } }),
      });
    }
    const whole = { isDone: true, results: done, ...(takeBack && { undo: takeBack }) };
    this.#said.set(ended.results, { whole, takeAway: () => takeAway?.() });
    return { ...ended, ...(undo && { undo }) };
  }

  /** How many of several are sent, and how many are still to be. */
  #onItsWay(done: readonly WriteResult[]): readonly string[] {
    const { words } = this.#host;
    const waiting = done.filter((result) => 'isWaiting' in result).length;
    if (waiting === 0 || done.length < 2) return [];
    const sent = done.length - waiting;
    return [
      ...(sent > 0 ? [words.say('bulk.sent', sent)] : []),
      words.say('bulk.waiting', waiting),
    ];
  }

  /** An act is taken back once, whoever asks for it first. */
  #once(undo: () => Promise<Outcome>): () => Promise<Outcome> {
    let outcome: Promise<Outcome> | undefined;
    return () =>
      (outcome ??= undo().then((told) => {
        const { words, context } = this.#host;
        if (told.isDone) context.announce(words.say('announce.undone'));
        return told;
      }));
  }
}

/** What was said of an act, and of what was done of it before. */
interface Said {
  /** Of all of it, what was done; its undo tells nothing. */
  readonly whole: Outcome;
  /** Takes the notice away. */
  takeAway(): void;
}

export function doneOf(results: readonly WriteResult[]): readonly WriteResult[] {
  return results.filter((result) => !('error' in result));
}

/** How several acts ended, as one. */
function merged(outcomes: readonly Outcome[]): Outcome {
  const bad = outcomes.find(({ isDone }) => !isDone);
  const excluded = outcomes.flatMap((outcome) => [...(outcome.excluded ?? [])]);
  return {
    isDone: !bad,
    results: outcomes.flatMap(({ results }) => results),
    ...(bad?.reason !== undefined && { reason: bad.reason }),
    ...(bad?.error && { error: bad.error }),
    ...(excluded.length > 0 && { excluded: new Map(excluded) }),
    ...(outcomes.some(({ undo }) => undo) && {
      undo: async () =>
        merged(
          await Promise.all(outcomes.map(async ({ undo, results }) => undo?.() ?? stays(results))),
        ),
    }),
  };
}

/** The undo of what has none. */
function stays(results: readonly WriteResult[]): Outcome {
  const error = failure('unsupported');
  const done = results.filter((result) => !('error' in result));
  return {
    isDone: done.length === 0,
    results: done.map(({ key, id }) => ({ key, id, error })),
    ...(done.length > 0 && { error }),
  };
}

/** So many are named. */
const FEW_NAMES = 5;

function once<T>(ask: () => T): () => T {
  let asked: { readonly answer: T } | undefined;
  return () => (asked ??= { answer: ask() }).answer;
}

function isReschedule(act: Act): boolean {
  return act.kind === 'update-each' || toldAct(act) === 'reschedule';
}

const NOTHING: Outcome = { isDone: false, results: [] };

/** What differs from one kind of act to the other. */
interface Kind {
  write(ids: readonly string[]): Act;
  /** What is asked before it is done to so many that they can't be taken back. */
  title?(count: number): string;
  /** What is said when so many are done; undefined: nothing. */
  say(count: number): string | undefined;
}

function merge(first: Decision, second: Decision): Decision {
  if (first.kind !== 'granted' || second.kind !== 'granted') return second;
  return { kind: 'granted', excluded: new Map([...first.excluded, ...second.excluded]) };
}

import type {
  Activity,
  ActivityDraft,
  ActivityPatch,
  ActivityState,
} from '../../model/activity.js';
import { ActivityCompleteEvent } from '../../events/activity-complete-event.js';
import { ActivityComposeEvent } from '../../events/activity-compose-event.js';
import { ActivityCreateEvent } from '../../events/activity-create-event.js';
import { ActivityDeleteEvent } from '../../events/activity-delete-event.js';
import { ActivityErrorEvent } from '../../events/activity-error-event.js';
import { ActivityMoveStatusEvent } from '../../events/activity-move-status-event.js';
import { ActivityOpenEvent } from '../../events/activity-open-event.js';
import type { ActivityRequestEvent, Decision } from '../../events/activity-request-event.js';
import { ActivitySavedEvent } from '../../events/activity-saved-event.js';
import { ActivityUpdateEvent } from '../../events/activity-update-event.js';
import type { StatusChange } from '../../events/status-change.js';
import type { ProviderFailure } from '../../provider/failure.js';
import type { WriteResult } from '../../store/activity-store.js';
import type { ActivityElement } from './activity-element.js';

/** How an act ended for the one who asked. */
export interface Outcome {
  /** Nothing was refused, vetoed or failed. */
  readonly isDone: boolean;
  readonly results: readonly WriteResult[];
  /** Why not, in the user's words. */
  readonly reason?: string;
  /** The first failure, with what is wrong with which field. */
  readonly error?: ProviderFailure;
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

  async create(draft: ActivityDraft, { quiet = false } = {}): Promise<Outcome> {
    const { store, asker, words } = this.#host;
    if (!store) return { isDone: false, results: [] };
    const decision = await this.#ask(new ActivityCreateEvent({ draft }), []);
    const outcome = await this.#finish('create', [], decision, quiet, async () => [
      await store.create(draft, asker),
    ]);
    if (outcome.isDone) {
      this.#host.context.announce(
        words.say('announce.created', draft.subject || words.label(this.#host.typeOf(draft).label)),
      );
    }
    return outcome;
  }

  async update(
    activities: readonly Activity[],
    patch: ActivityPatch,
    { quiet = false } = {},
  ): Promise<Outcome> {
    const { store, asker } = this.#host;
    if (!store) return { isDone: false, results: [] };
    const decision = await this.#ask(new ActivityUpdateEvent({ activities, patch }), activities);
    return this.#finish('update', activities, decision, quiet, (rest) =>
      store.update(rest, patch, asker),
    );
  }

  /** Takes activities to a state: the same for a drag, a menu, a key and a button. */
  async moveStatus(
    activities: readonly Activity[],
    to: ActivityState,
    {
      reason,
      patch,
      quiet = false,
      done,
    }: {
      reason?: string;
      patch?: ActivityPatch;
      quiet?: boolean;
      /** What is said when it is done, in place of how many it were. */
      done?: string;
    } = {},
  ): Promise<Outcome> {
    const { store, asker, words, context } = this.#host;
    if (!store || activities.length === 0) return { isDone: false, results: [] };
    const change: StatusChange = {
      activities,
      to,
      ...(reason !== undefined && { reason }),
      ...(patch && { patch }),
    };
    let decision = await this.#ask(new ActivityMoveStatusEvent(change), activities);
    if (to === 'completed' && decision.kind !== 'vetoed') {
      const complete = new ActivityCompleteEvent(change);
      if (decision.kind === 'taken') this.#host.dispatchEvent(complete);
      else decision = merge(decision, await this.#ask(complete, activities));
    }
    const outcome = await this.#finish('move-status', activities, decision, quiet, (rest) =>
      store.transition(
        rest,
        { state: to, ...(reason !== undefined && { reason }), ...(patch && { patch }) },
        asker,
      ),
    );
    const moved = outcome.results.filter((result) => !('error' in result)).length;
    if (moved > 0 && to === 'completed') {
      context.notify({ kind: 'done', text: done ?? words.say('announce.completed', moved) });
    } else if (moved > 0 && to === 'canceled') {
      context.notify({ kind: 'done', text: done ?? words.say('announce.canceled', moved) });
    } else if (moved > 0) {
      context.announce(done ?? words.say('announce.moved-many', moved, words.stateName(to)));
    }
    return outcome;
  }

  async remove(activities: readonly Activity[], { quiet = false } = {}): Promise<Outcome> {
    const { store, asker, words, context } = this.#host;
    if (!store) return { isDone: false, results: [] };
    const decision = await this.#ask(new ActivityDeleteEvent({ activities }), activities);
    const outcome = await this.#finish('delete', activities, decision, quiet, (rest) =>
      store.remove(rest, asker),
    );
    const removed = outcome.results.filter((result) => !('error' in result)).length;
    if (removed > 0) context.notify({ kind: 'done', text: words.say('announce.deleted', removed) });
    return outcome;
  }

  /** Why nothing happens, where the host said it. */
  #tellVeto(decision: Decision): void {
    if (decision.kind !== 'vetoed' || decision.message === undefined) return;
    const { words, context } = this.#host;
    context.notify({ kind: 'error', text: words.say('announce.refused', decision.message) });
  }

  async #ask(
    event: ActivityRequestEvent<unknown>,
    activities: readonly Activity[],
  ): Promise<Decision> {
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
    quiet: boolean,
    write: (ids: readonly string[]) => Promise<readonly WriteResult[]>,
  ): Promise<Outcome> {
    const { words, context, store } = this.#host;
    if (decision.kind === 'vetoed') {
      const { message } = decision;
      if (!quiet) this.#tellVeto(decision);
      return { isDone: false, results: [], ...(message !== undefined && { reason: message }) };
    }
    let results: readonly WriteResult[];
    if (decision.kind === 'taken') {
      store?.adopt(decision.rows);
      results = decision.rows.map((activity) => ({ key: activity.id, id: activity.id, activity }));
    } else {
      const ids = activities.map(({ id }) => id).filter((id) => !decision.excluded.has(id));
      if (activities.length > 0 && ids.length === 0) {
        const reason = [...decision.excluded.values()].find((text) => text !== undefined);
        if (reason !== undefined && !quiet) {
          context.notify({ kind: 'error', text: words.say('announce.refused', reason) });
        }
        return { isDone: false, results: [], ...(reason !== undefined && { reason }) };
      }
      results = await write(ids);
    }
    return this.#tell(action, results, quiet);
  }

  #tell(action: string, results: readonly WriteResult[], quiet: boolean): Outcome {
    const { words, context } = this.#host;
    const failed = results.filter((result) => 'error' in result);
    const target = this.#host.isConnected ? this.#host : document;
    if (failed.length < results.length)
      target.dispatchEvent(new ActivitySavedEvent({ action, results }));
    const [first] = failed;
    if (!first) return { isDone: true, results };
    const ids = failed.map(({ id }) => id);
    target.dispatchEvent(new ActivityErrorEvent({ error: first.error, ids }));
    const reason = words.failure(first.error);
    const text =
      results.length > 1
        ? `${words.say('error.save-some', failed.length, results.length)} ${reason}`
        : words.say('announce.refused', reason);
    if (!quiet) context.notify({ kind: 'error', text });
    return { isDone: false, results, reason, error: first.error };
  }
}

function merge(first: Decision, second: Decision): Decision {
  if (first.kind !== 'granted' || second.kind !== 'granted') return second;
  return { kind: 'granted', excluded: new Map([...first.excluded, ...second.excluded]) };
}

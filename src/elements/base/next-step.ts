import { css, type CSSResultGroup, type ReactiveController } from 'lit';
import { isClosed, type Activity, type ActivityPatch } from '../../model/activity.js';
import { ActivityTypes } from '../../model/activity-types.js';
import { followUp } from '../../model/follow-up.js';
import { UNFINISHED } from '../../model/query.js';
import { mayCreate, mayMoveTo } from '../../provider/may.js';
import { countOnce } from '../../store/count-once.js';
import { dialogStyles } from '../../ui/dialog.styles.js';
import { fieldsStyles } from '../../ui/fields/fields.styles.js';
import type { ActivityElement } from './activity-element.js';
import { CompleteDialog, type Completion } from './complete-dialog.js';
import { readPreference } from './preferences.js';
import { hasNoPlace, withHowItWent } from './how-it-went.js';
import type { MoveOptions, Outcome } from './requests.js';

/** The user does not want the next step proposed: `false`. */
export const PROPOSE_PREFERENCE = 'next-step.propose';

/** Among the styles of an element with a `NextStep`, after `popoverStyles`. */
export const nextStepStyles: CSSResultGroup = [
  dialogStyles,
  fieldsStyles,
  css`
    .how-it-went {
      display: grid;
      gap: calc(4 * var(--_space));
      padding-block: calc(2 * var(--_space));
    }
  `,
];

export interface NextStepHooks {
  /** Writes it, with what else must go along. Default: by the element's requests. */
  readonly write?: (activity: Activity, options: MoveOptions) => Promise<Outcome>;
  /** It failed in a way that the element shows itself: the dialog makes room. */
  readonly showsFailure?: (outcome: Outcome) => boolean;
}

/**
 * *Done, and next*: completes, asking how it went, and plans what comes after it. Completing by itself asks nothing.
 *
 * ```ts
 * #next = new NextStep(this);                        // nextStepStyles among the element's styles
 * this.#next.complete([activity]);                   // completes; proposes the next step where nothing else is planned
 * this.#next.ask(activity);                          // "Done and plan next": how it went, then quick create
 * html`${this.#next.render()}`                       // once, inside `.base`
 * ```
 */
export class NextStep implements ReactiveController {
  readonly #host: ActivityElement;
  readonly #hooks: NextStepHooks;
  readonly #dialog: CompleteDialog;
  /** The one proposal that is shown goes when what was done is taken back. */
  #endProposal: (() => void) | undefined;
  #onDone: ((outcome: Outcome) => unknown) | undefined;

  constructor(host: ActivityElement, hooks: NextStepHooks = {}) {
    this.#host = host;
    this.#hooks = hooks;
    this.#dialog = new CompleteDialog(host, (activity, completion) =>
      this.finish(activity, completion, this.#onDone),
    );
    host.addController(this);
  }

  hostDisconnected(): void {
    queueMicrotask(() => {
      if (this.#host.isConnected) return;
      this.#endProposal?.();
      this.#endProposal = undefined;
    });
  }

  get isOpen(): boolean {
    return this.#dialog.isOpen;
  }

  /** Completes, as any button that says so; then proposes what comes next, where the host and the user let it. */
  async complete(activities: readonly Activity[]): Promise<Outcome> {
    const outcome = await this.#host.requests.moveStatus(activities, 'completed');
    if (outcome.isDone) void this.propose(activities);
    return outcome;
  }

  /**
   * Asks how it went, and completes it; `usually` nothing more, or what comes next is offered to be filled in. `onDone` hears how
   * the completing ended, before that.
   */
  ask(
    activity: Activity,
    onDone?: (outcome: Outcome) => unknown,
    usually: 'complete' | 'next' = 'next',
  ): void {
    this.#onDone = onDone;
    this.#dialog.ask(activity, usually);
  }

  /** Whether `ask` could lead anywhere: it may be completed, and something new can be filled in. */
  canAsk(activity: Activity): boolean {
    const { store, context } = this.#host;
    return (
      store !== undefined &&
      context.canCompose &&
      mayMoveTo('completed', activity, store.permissions) === true &&
      mayCreate(this.#draftAfter(activity).type, store.permissions) === true
    );
  }

  /** After something was completed elsewhere: says that nothing else is planned for its record, if that is so. */
  async propose(done: readonly Activity[]): Promise<void> {
    const host = this.#host;
    const [activity] = done;
    const { store, context, words } = host;
    const about = activity?.regarding;
    if (!store || !activity || done.length !== 1 || !about || about.name === undefined) return;
    if (!context.canCompose || host.withoutProposals || context.withoutProposals === true) return;
    const draft = this.#draftAfter(activity);
    if (mayCreate(draft.type, store.permissions) !== true) return;
    const wanted = await readPreference(host.preferences, PROPOSE_PREFERENCE);
    if (wanted === false) return;
    const totals = await countOnce(
      store,
      { filter: { field: 'regarding', op: 'eq', value: about.id } },
      [{ name: 'planned', filter: UNFINISHED }],
      host.asker,
    );
    if (totals?.get('planned')?.value !== 0) return;
    const isDone = (): boolean => {
      const row = store.row(activity.id);
      return row === undefined || isClosed(row);
    };
    // Taken back meanwhile.
    if (!isDone()) return;
    const withdraw = context.notify({
      kind: 'done',
      text: words.say('next.nothing-planned', about.name),
      action: { label: words.say('next.plan'), run: () => void host.requests.compose(draft) },
      topic: PROPOSE_PREFERENCE,
    });
    this.#endProposal?.();
    this.#endProposal = store.watchRow(activity.id, () => {
      if (isDone()) return;
      withdraw();
      this.#endProposal?.();
      this.#endProposal = undefined;
    });
  }

  #draftAfter(activity: Activity): ReturnType<typeof followUp> {
    const { store, words, now } = this.#host;
    return followUp(activity, this.#host.typeOf(activity), {
      types: store?.types ?? new ActivityTypes(),
      now,
      timeZone: words.timeZone,
      label: (label) => words.label(label),
    });
  }

  /** Completes with what was said of it; then, where that is wanted, offers what comes next. */
  async finish(
    activity: Activity,
    completion: Completion,
    onDone?: (outcome: Outcome) => unknown,
  ): Promise<Outcome> {
    const next = completion.plansNext ? this.#draftAfter(activity) : undefined;
    const outcome = await this.#complete(activity, completion);
    if (!outcome.isDone) {
      if (this.#hooks.showsFailure?.(outcome)) this.#dialog.hide();
      return outcome;
    }
    this.#dialog.hide();
    await onDone?.(outcome);
    if (next) await this.#host.requests.compose(next);
    return outcome;
  }

  async #complete(activity: Activity, { reason, patch }: Completion): Promise<Outcome> {
    const write = (all: ActivityPatch): Promise<Outcome> =>
      (this.#hooks.write ?? this.#write)(activity, {
        quiet: true,
        ...(reason !== undefined && { reason }),
        ...(Object.keys(all).length > 0 && { patch: all }),
      });
    const outcome = await write(patch);
    if (!hasNoPlace(outcome.error)) return outcome;
    // A source that has no place for how it went still has one for what was said.
    const described = await this.#describe(activity, patch);
    return described ? write(described) : outcome;
  }

  readonly #write = (activity: Activity, options: MoveOptions): Promise<Outcome> =>
    this.#host.requests.moveStatus([activity], 'completed', options);

  async #describe(
    activity: Activity,
    { outcome, outcomeNote, ...rest }: ActivityPatch,
  ): Promise<ActivityPatch | undefined> {
    const { store, asker, words } = this.#host;
    const whole = await store?.load(activity.id, asker).catch(() => undefined);
    const description = activity.description ?? whole?.description;
    const format = activity.descriptionFormat ?? whole?.descriptionFormat;
    if (!whole || format === 'html') return undefined;
    const type = this.#host.typeOf(activity);
    return { ...rest, description: withHowItWent(description, outcome, outcomeNote, type, words) };
  }

  render(): unknown {
    return this.#dialog.render();
  }
}

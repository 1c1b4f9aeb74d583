import { css, html, nothing, type CSSResultGroup } from 'lit';
import type { Activity, ActivityPatch } from '../../model/activity.js';
import { ActivityTypes } from '../../model/activity-types.js';
import { followUp } from '../../model/follow-up.js';
import { UNFINISHED } from '../../model/query.js';
import { mayCreate, mayMoveTo } from '../../provider/may.js';
import { countOnce } from '../../store/count-once.js';
import { button } from '../../ui/button.js';
import { DialogController } from '../../ui/dialog.js';
import { dialogStyles } from '../../ui/dialog.styles.js';
import { choiceField } from '../../ui/fields/choice-field.js';
import { fieldsStyles } from '../../ui/fields/fields.styles.js';
import { textArea } from '../../ui/fields/text-field.js';
import { tile } from '../../ui/tile.js';
import type { ActivityElement } from './activity-element.js';
import type { Outcome } from './requests.js';

/** The user does not want the next step proposed: `false`. */
export const PROPOSE_PREFERENCE = 'next-step.propose';

/** Among the styles of an element with a `NextStep`, after `popoverStyles`. */
export const nextStepStyles: CSSResultGroup = [
  dialogStyles,
  fieldsStyles,
  css`
    .next-step {
      display: grid;
      gap: calc(4 * var(--_space));
      padding: calc(2 * var(--_space)) calc(6 * var(--_space));
    }
  `,
];

/**
 * *Done, and next*: completes, and plans what comes after it. Completing by itself asks nothing.
 *
 * ```ts
 * #next = new NextStep(this);                        // nextStepStyles among the element's styles
 * this.#next.complete([activity]);                   // completes; proposes the next step where nothing else is planned
 * this.#next.ask(activity);                          // "Done and plan next": a word of feedback, an outcome, then quick create
 * html`${this.#next.render()}`                       // once, inside `.base`
 * ```
 */
export class NextStep {
  readonly #host: ActivityElement;
  readonly #dialog: DialogController;
  #activity: Activity | undefined;
  #outcome: string | undefined;
  #note = '';
  #error = '';
  #isSaving = false;
  #onDone: ((outcome: Outcome) => void) | undefined;

  constructor(host: ActivityElement) {
    this.#host = host;
    this.#dialog = new DialogController(host, { onCancel: () => !this.#isSaving });
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

  /** Asks how it went, completes it, and offers what comes next to be filled in. `onDone` hears how the completing ended. */
  ask(activity: Activity, onDone?: (outcome: Outcome) => void): void {
    this.#activity = activity;
    this.#outcome = activity.outcome;
    this.#note = activity.outcomeNote ?? '';
    this.#error = '';
    this.#isSaving = false;
    this.#onDone = onDone;
    void this.#dialog.show();
  }

  /** Whether `ask` could lead anywhere: it may be completed, and something new can be filled in. */
  canAsk(activity: Activity): boolean {
    const { store, context } = this.#host;
    return (
      store !== undefined &&
      context.canCompose &&
      mayMoveTo('completed', activity, store.permissions) === true
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
    const wanted = await host.preferences.read(PROPOSE_PREFERENCE).catch(() => undefined);
    if (wanted === false) return;
    const totals = await countOnce(
      store,
      { filter: { field: 'regarding', op: 'eq', value: about.id } },
      [{ name: 'planned', filter: UNFINISHED }],
      host.asker,
    );
    if (totals?.get('planned')?.value !== 0) return;
    context.notify({
      kind: 'done',
      text: words.say('next.nothing-planned', about.name),
      action: { label: words.say('next.plan'), run: () => void host.requests.compose(draft) },
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

  async #finish(plansNext: boolean): Promise<void> {
    const activity = this.#activity;
    if (!activity || this.#isSaving) return;
    this.#isSaving = true;
    this.#error = '';
    this.#host.requestUpdate();
    const outcome = await this.#complete(activity);
    this.#isSaving = false;
    if (!outcome.isDone) {
      this.#error = [this.#host.words.say('error.save'), outcome.reason].filter(Boolean).join(' ');
      this.#host.requestUpdate();
      return;
    }
    this.#dialog.hide();
    this.#onDone?.(outcome);
    if (plansNext) await this.#host.requests.compose(this.#draftAfter(activity));
  }

  async #complete(activity: Activity): Promise<Outcome> {
    const { requests } = this.#host;
    const note = this.#note.trim();
    const patch: ActivityPatch = {
      ...(this.#outcome !== undefined && { outcome: this.#outcome }),
      ...(note !== '' && { outcomeNote: note }),
    };
    const outcome = await requests.moveStatus([activity], 'completed', { patch, quiet: true });
    const { error } = outcome;
    const names = Object.keys(error?.fields ?? {});
    const hasNoPlace = names.includes('outcome') || names.includes('outcomeNote');
    if (error?.code !== 'unsupported' || !hasNoPlace) return outcome;
    // A source that has no place for how it went still has one for what was said.
    const described = await this.#describe(activity, note);
    return described
      ? requests.moveStatus([activity], 'completed', { patch: described, quiet: true })
      : outcome;
  }

  /** The description with how it went behind it. */
  async #describe(activity: Activity, note: string): Promise<ActivityPatch | undefined> {
    const { store, asker, words } = this.#host;
    const whole = await store?.load(activity.id, asker).catch(() => undefined);
    if (!whole || whole.descriptionFormat === 'html') return undefined;
    const type = this.#host.typeOf(activity);
    const outcome = this.#outcome === undefined ? '' : words.outcomeName(type, this.#outcome);
    const line = [outcome, note].filter(Boolean).join(': ');
    return { description: [whole.description ?? '', line].filter(Boolean).join('\n\n') };
  }

  render(): unknown {
    const activity = this.#activity;
    if (!activity || !this.#dialog.isOpen) return nothing;
    const { words } = this.#host;
    const type = this.#host.typeOf(activity);
    const outcomes = type.outcomes ?? [];
    return this.#dialog.render({
      title: words.say('next.title'),
      subtitle: activity.subject || words.say('record.untitled'),
      mark: tile(type),
      closeLabel: words.say('action.close'),
      size: 'small',
      body: html`<div
        class="next-step"
        @keydown=${(event: KeyboardEvent) => {
          if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
          event.preventDefault();
          void this.#finish(true);
        }}
      >
        ${this.#error === '' ? nothing : html`<p class="field-error" role="alert">${this.#error}</p>`}
        ${
          outcomes.length === 0
            ? nothing
            : choiceField({
                id: 'next-outcome',
                label: words.say('field.outcome'),
                value: this.#outcome,
                choices: outcomes.map(({ name, label }) => ({
                  value: name,
                  label: words.label(label),
                })),
                none: words.say('value.none'),
                onChange: (outcome) => {
                  this.#outcome = outcome;
                  this.#host.requestUpdate();
                },
              })
        }
        ${textArea({
          id: 'next-note',
          label: words.say('next.feedback'),
          value: this.#note,
          autofocus: true,
          onInput: (note) => {
            this.#note = note;
            this.#host.requestUpdate();
          },
        })}
      </div>`,
      footer: html`
        ${button({
          label: words.say('action.done-and-next'),
          kind: 'primary',
          disabled: this.#isSaving,
          hint: 'Ctrl+Enter',
          onClick: () => void this.#finish(true),
        })}
        ${button({
          label: words.say('action.done'),
          kind: 'outline',
          disabled: this.#isSaving,
          onClick: () => void this.#finish(false),
        })}
      `,
    });
  }
}

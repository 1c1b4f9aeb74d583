import { html, nothing } from 'lit';
import type { Activity, ActivityPatch } from '../../model/activity.js';
import type { ActivityType } from '../../model/activity-type.js';
import { isDate, toInstant, toMilliseconds, type Time } from '../../model/time.js';
import { button } from '../../ui/button.js';
import { DialogController } from '../../ui/dialog.js';
import { choiceField } from '../../ui/fields/choice-field.js';
import { numberField } from '../../ui/fields/number-field.js';
import { textArea } from '../../ui/fields/text-field.js';
import { timeField } from '../../ui/fields/time-field.js';
import { tile } from '../../ui/tile.js';
import type { ActivityElement } from '../base/activity-element.js';

/** How an activity was completed. */
export interface Completion {
  readonly reason?: string;
  readonly patch: ActivityPatch;
  /** What comes next is to be planned. */
  readonly plansNext: boolean;
}

/** Whether a type leaves something to be said when one of it is completed. */
export function asksHow(type: ActivityType): boolean {
  return (type.states.completed?.reasons.length ?? 0) > 1 || (type.outcomes?.length ?? 0) > 0;
}

/** The usual reason: of a call that came in, that it was received. */
export function usualReason(activity: Activity, type: ActivityType): string | undefined {
  const completed = type.states.completed;
  const isIncoming = activity.fields?.['direction'] === 'incoming';
  const received = completed?.reasons.find(({ name }) => name === 'received');
  return isIncoming && received ? received.name : completed?.default;
}

/** Minutes from start to end. */
function plannedMinutes({ start, end }: Activity, timeZone: string): number | undefined {
  if (start === undefined || end === undefined || isDate(start)) return undefined;
  const minutes = (toMilliseconds(end, timeZone) - toMilliseconds(start, timeZone)) / 60_000;
  return minutes >= 0 ? minutes : undefined;
}

/** Asks how it went before an activity is completed: which reason, which outcome, when it ended and how long it took. */
export class CompleteDialog {
  readonly #host: ActivityElement;
  readonly #dialog: DialogController;
  readonly #onComplete: (completion: Completion) => void;
  #activity: Activity | undefined;
  #reason: string | undefined;
  #outcome: string | undefined;
  #note = '';
  #end: Time | undefined;
  #minutes: number | undefined;
  #isBad = false;

  constructor(host: ActivityElement, onComplete: (completion: Completion) => void) {
    this.#host = host;
    this.#onComplete = onComplete;
    this.#dialog = new DialogController(host);
  }

  ask(activity: Activity): void {
    const type = this.#host.typeOf(activity);
    this.#activity = activity;
    this.#reason = usualReason(activity, type);
    this.#outcome = activity.outcome;
    this.#note = activity.outcomeNote ?? '';
    this.#end = toInstant(this.#host.now);
    this.#minutes = activity.actualDuration ?? plannedMinutes(activity, this.#host.words.timeZone);
    this.#isBad = false;
    void this.#dialog.show();
  }

  #finish(plansNext: boolean): void {
    if (this.#isBad) return;
    const note = this.#note.trim();
    this.#dialog.hide();
    this.#onComplete({
      ...(this.#reason !== undefined && { reason: this.#reason }),
      patch: {
        ...(this.#outcome !== undefined && { outcome: this.#outcome }),
        ...(note !== '' && { outcomeNote: note }),
        ...(this.#end !== undefined && { actualEnd: this.#end }),
        ...(this.#minutes !== undefined && { actualDuration: this.#minutes }),
      },
      plansNext,
    });
  }

  #set(change: () => void): void {
    change();
    this.#host.requestUpdate();
  }

  render(): unknown {
    const activity = this.#activity;
    if (!activity || !this.#dialog.isOpen) return nothing;
    const { words, context } = this.#host;
    const type = this.#host.typeOf(activity);
    const reasons = type.states.completed?.reasons ?? [];
    const outcomes = type.outcomes ?? [];
    return this.#dialog.render({
      title: words.say('complete.title'),
      subtitle: activity.subject || words.say('record.untitled'),
      mark: tile(type),
      closeLabel: words.say('action.close'),
      size: 'small',
      part: 'complete-dialog',
      body: html`<div class="form">
        ${
          reasons.length > 1
            ? choiceField({
                id: 'complete-reason',
                label: words.say('field.statusReason'),
                value: this.#reason,
                choices: reasons.map(({ name, label }) => ({
                  value: name,
                  label: words.label(label),
                })),
                onChange: (reason) => this.#set(() => (this.#reason = reason)),
              })
            : nothing
        }
        ${
          outcomes.length > 0
            ? html`${choiceField({
                id: 'complete-outcome',
                label: words.say('field.outcome'),
                value: this.#outcome,
                choices: outcomes.map(({ name, label }) => ({
                  value: name,
                  label: words.label(label),
                })),
                none: words.say('value.none'),
                onChange: (outcome) => this.#set(() => (this.#outcome = outcome)),
              })}
              ${textArea({
                id: 'complete-note',
                label: words.say('field.outcomeNote'),
                value: this.#note,
                onInput: (note) => this.#set(() => (this.#note = note)),
              })}`
            : nothing
        }
        ${timeField({
          id: 'complete-end',
          label: words.say('field.actualEnd'),
          words,
          value: this.#end,
          precision: 'time',
          bad: this.#isBad,
          error: this.#isBad ? words.say('invalid.date') : undefined,
          onChange: (end) =>
            this.#set(() => {
              this.#end = end;
              this.#isBad = false;
            }),
          onProblem: () => this.#set(() => (this.#isBad = true)),
        })}
        ${numberField({
          id: 'complete-minutes',
          label: `${words.say('field.actualDuration')} (${words.say('input.minutes')})`,
          value: this.#minutes,
          min: 0,
          onChange: (minutes) => this.#set(() => (this.#minutes = minutes)),
          onProblem: () => undefined,
        })}
      </div>`,
      footer: html`
        ${button({
          label: words.say('action.complete'),
          icon: 'complete',
          kind: 'primary',
          onClick: () => this.#finish(false),
        })}
        ${
          context.canCompose
            ? button({
                label: words.say('action.done-and-next'),
                kind: 'outline',
                onClick: () => this.#finish(true),
              })
            : nothing
        }
      `,
    });
  }
}

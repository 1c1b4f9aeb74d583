import { html, nothing } from 'lit';
import type { Activity, ActivityPatch } from '../../model/activity.js';
import type { ActivityType } from '../../model/activity-type.js';
import { reasonsToChoose } from '../../model/transitions.js';
import { isDate, toInstant, toMilliseconds, type Time } from '../../model/time.js';
import { problemText } from '../../i18n/problems.js';
import type { Problem } from '../../model/validate.js';
import { button, type ButtonOptions } from '../../ui/button.js';
import { DialogController } from '../../ui/dialog.js';
import { choiceField } from '../../ui/fields/choice-field.js';
import { durationField } from '../../ui/fields/duration-field.js';
import { textArea } from '../../ui/fields/text-field.js';
import { timeField } from '../../ui/fields/time-field.js';
import { tile } from '../../ui/tile.js';
import type { ActivityElement } from './activity-element.js';
import type { Outcome } from './requests.js';
import { TypedText } from './typed-text.js';

/** How an activity was completed. */
export interface Completion {
  readonly reason?: string;
  readonly patch: ActivityPatch;
  /** What comes next is to be planned. */
  readonly plansNext: boolean;
}

/** Whether a type leaves something to be said when one of it is completed. */
export function asksHow(type: ActivityType): boolean {
  return reasonsToChoose(type.states.completed).length > 1 || (type.outcomes?.length ?? 0) > 0;
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

/** What is typed and may not be readable. */
type Typed = 'end' | 'duration';

/**
 * Asks how it went before an activity is completed: which reason, which outcome, a word about it, when it ended and how long it took.
 * It stays, with all that was said, until that is written.
 */
export class CompleteDialog {
  readonly #host: ActivityElement;
  readonly #dialog: DialogController;
  /** Where that fails the dialog stays, and says why. */
  readonly #complete: (activity: Activity, completion: Completion) => Promise<Outcome>;
  #asked: { readonly activity: Activity; readonly usually: 'complete' | 'next' } | undefined;
  #reason: string | undefined;
  #outcome: string | undefined;
  readonly #note: TypedText;
  #end: Time | undefined;
  #minutes: number | undefined;
  readonly #problems = new Map<Typed, Problem>();
  #error = '';
  #isSaving = false;

  constructor(
    host: ActivityElement,
    complete: (activity: Activity, completion: Completion) => Promise<Outcome>,
  ) {
    this.#host = host;
    this.#complete = complete;
    this.#dialog = new DialogController(host, { onCancel: () => !this.#isSaving });
    this.#note = new TypedText(host);
  }

  get isOpen(): boolean {
    return this.#dialog.isOpen;
  }

  hide(): void {
    this.#dialog.hide();
  }

  /** `usually`: what Ctrl+Enter and the first button do. */
  ask(activity: Activity, usually: 'complete' | 'next'): void {
    const type = this.#host.typeOf(activity);
    this.#asked = { activity, usually };
    this.#reason = usualReason(activity, type);
    this.#outcome = activity.outcome;
    this.#note.begin(`complete.note:${activity.id}`, activity.outcomeNote);
    this.#end = toInstant(this.#host.now);
    this.#minutes = activity.actualDuration ?? plannedMinutes(activity, this.#host.words.timeZone);
    this.#problems.clear();
    this.#error = '';
    this.#isSaving = false;
    void this.#dialog.show();
  }

  async #finish(plansNext: boolean): Promise<void> {
    const asked = this.#asked;
    // Reads what is half typed.
    this.#dialog.element
      ?.querySelector('input:focus, textarea:focus')
      ?.dispatchEvent(new Event('change'));
    if (!asked || this.#isSaving || this.#problems.size > 0) return;
    const note = this.#note.text.trim();
    const isSaved = this.#note.saving();
    this.#set(() => {
      this.#isSaving = true;
      this.#error = '';
    });
    const { isDone, reason } = await this.#complete(asked.activity, {
      ...(this.#reason !== undefined && { reason: this.#reason }),
      patch: {
        ...(this.#outcome !== undefined && { outcome: this.#outcome }),
        ...(note !== '' && { outcomeNote: note }),
        ...(this.#end !== undefined && { actualEnd: this.#end }),
        ...(this.#minutes !== undefined && { actualDuration: this.#minutes }),
      },
      plansNext,
    });
    this.#set(() => {
      this.#isSaving = false;
      if (isDone) {
        isSaved();
        return;
      }
      this.#error = [this.#host.words.say('error.save'), reason].filter(Boolean).join(' ');
    });
  }

  #set(change: () => void): void {
    change();
    this.#host.requestUpdate();
  }

  readonly #keydown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
    event.preventDefault();
    // The form around it would be saved.
    event.stopPropagation();
    void this.#finish(this.#asked?.usually === 'next');
  };

  render(): unknown {
    if (!this.#asked || !this.#dialog.isOpen) return nothing;
    const { activity, usually } = this.#asked;
    const { words, context } = this.#host;
    const complete = {
      label: words.say('action.complete'),
      icon: 'complete',
      onClick: () => void this.#finish(false),
    };
    const next = {
      label: words.say('action.done-and-next'),
      onClick: () => void this.#finish(true),
    };
    const buttons: Pick<ButtonOptions, 'label' | 'icon' | 'onClick'>[] = context.canCompose
      ? usually === 'next'
        ? [next, complete]
        : [complete, next]
      : [complete];
    return this.#dialog.render({
      title: words.say(usually === 'next' ? 'next.title' : 'action.complete'),
      subtitle: activity.subject || words.say('record.untitled'),
      mark: tile(this.#host.typeOf(activity)),
      closeLabel: words.say('action.close'),
      size: 'small',
      part: 'complete-dialog',
      body: html`<div class="how-it-went" @keydown=${this.#keydown}>
        ${
          this.#error === ''
            ? nothing
            : html`<p class="field-error" role="alert">${this.#error}</p>`
        }
        ${this.#renderFields(activity)}
      </div>`,
      footer: buttons.map((options, index) =>
        button({
          ...options,
          kind: index === 0 ? 'primary' : 'outline',
          disabled: this.#isSaving,
          ...(index === 0 && { hint: 'Ctrl+Enter' }),
        }),
      ),
    });
  }

  #renderFields(activity: Activity): unknown {
    const { words } = this.#host;
    const type = this.#host.typeOf(activity);
    const reasons = reasonsToChoose(type.states.completed);
    const outcomes = type.outcomes ?? [];
    return html`${
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
        ? choiceField({
            id: 'complete-outcome',
            label: words.say('field.outcome'),
            value: this.#outcome,
            choices: outcomes.map(({ name, label }) => ({
              value: name,
              label: words.label(label),
            })),
            none: words.say('value.none'),
            onChange: (outcome) => this.#set(() => (this.#outcome = outcome)),
          })
        : nothing
    }
    ${textArea({
      id: 'complete-note',
      label: words.say('next.feedback'),
      value: this.#note.text,
      autofocus: true,
      onInput: (note) => this.#note.type(note),
    })}
    ${timeField({
      id: 'complete-end',
      label: words.say('field.actualEnd'),
      words,
      value: this.#end,
      precision: 'time',
      ...this.#wrong('end'),
      onChange: (end) => this.#read('end', () => (this.#end = end)),
    })}
    ${durationField({
      id: 'complete-duration',
      label: words.say('field.actualDuration'),
      words,
      value: this.#minutes,
      ...this.#wrong('duration'),
      onChange: (minutes) => this.#read('duration', () => (this.#minutes = minutes)),
    })}`;
  }

  #read(field: Typed, take: () => void): void {
    this.#set(() => {
      this.#problems.delete(field);
      take();
    });
  }

  /** What stands in the field and cannot be read stays there, and is not written. */
  #wrong(field: Typed): {
    readonly bad: boolean;
    readonly error: string | undefined;
    readonly onProblem: (problem: Problem) => void;
  } {
    const { words } = this.#host;
    const problem = this.#problems.get(field);
    return {
      bad: problem !== undefined,
      error: problem && problemText(problem, '', words),
      onProblem: (found) => this.#set(() => this.#problems.set(field, found)),
    };
  }
}

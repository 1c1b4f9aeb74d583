import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import {
  PRIORITIES,
  applyPatch,
  type Activity,
  type ActivityDraft,
  type ActivityPatch,
} from '../../model/activity.js';
import type { ActivityType } from '../../model/activity-type.js';
import { dayOfActivity, snooze } from '../../model/snooze.js';
import { button } from '../../ui/button.js';
import type { ActivityElement } from '../base/activity-element.js';
import type { DraftedForm } from '../base/form-drafts.js';

const NONE: Activity = { id: '', type: '', subject: '', state: null };
const FIELDS: ReadonlySet<string> = new Set(['subject', 'priority', 'due', 'start', 'end']);

/** What is filled in on a card that is edited in place, wherever the card is scrolled to. */
export class CardFields implements DraftedForm {
  readonly #host: ActivityElement;
  #activity: Activity = NONE;
  #subject = '';
  #day = '';
  #priority = '';
  readonly isNew = false;
  readonly halfTyped = {};

  constructor(host: ActivityElement) {
    this.#host = host;
  }

  begin(activity: Activity): void {
    this.#activity = activity;
    this.#show(activity);
  }

  /** Whether all that was changed stands in these fields. */
  static holds(patch: ActivityPatch): boolean {
    return Object.keys(patch).every((name) => FIELDS.has(name));
  }

  get subject(): string {
    return this.#subject;
  }

  /** As a date field takes it. */
  get day(): string {
    return this.#day;
  }

  get priority(): string {
    return this.#priority;
  }

  get type(): ActivityType {
    return this.#host.typeOf(this.#activity);
  }

  get draft(): ActivityDraft {
    return applyPatch(this.#activity, this.changes);
  }

  /** There is no activity without a subject, once it has one. */
  get lacksSubject(): boolean {
    return this.#subject.trim() === '' && this.#activity.subject !== '';
  }

  get isDirty(): boolean {
    return Object.keys(this.changes).length > 0;
  }

  get changes(): ActivityPatch {
    const { timeZone } = this.#host.words;
    const activity = this.#activity;
    const { type } = this;
    const subject = this.#subject.trim();
    const day = this.#day;
    const priority = PRIORITIES.find((one) => one === this.#priority);
    const isMoved = day !== this.#dayOf(activity);
    const date =
      !isMoved || (day === '' && type.deadline === 'end')
        ? {}
        : day === ''
          ? { due: null }
          : snooze(activity, type, day, { now: this.#host.now, timeZone });
    return {
      ...(subject !== '' && subject !== activity.subject && { subject }),
      ...(priority && priority !== (activity.priority ?? 'normal') && { priority }),
      ...date,
    };
  }

  /** Takes over what somebody else made of it; what the user changed stays. */
  rebase(activity: Activity): void {
    const before = this.#activity;
    if (this.#subject === before.subject) this.#subject = activity.subject;
    if (this.#day === this.#dayOf(before)) this.#day = this.#dayOf(activity);
    if (this.#priority === priorityOf(before)) this.#priority = priorityOf(activity);
    this.#activity = activity;
  }

  read(form: HTMLFormElement): void {
    const data = new FormData(form);
    this.#subject = textOf(data.get('subject'));
    this.#day = textOf(data.get('day'));
    this.#priority = textOf(data.get('priority'));
  }

  restore(patch: ActivityPatch): void {
    this.#show(applyPatch(this.#activity, patch));
  }

  restoreTexts(): void {
    // There is nothing here that is typed and no value yet.
  }

  #show(activity: Activity): void {
    this.#subject = activity.subject;
    this.#day = this.#dayOf(activity);
    this.#priority = priorityOf(activity);
  }

  #dayOf(activity: Activity): string {
    return dayOfActivity(activity, this.type, this.#host.words.timeZone) ?? '';
  }
}

function priorityOf({ priority = 'normal' }: Activity): string {
  return priority;
}

export interface CardEditorOptions {
  readonly fields: CardFields;
  /** What was typed before and not saved. */
  readonly offer: unknown;
  /** What is wrong with the subject is said. */
  readonly isChecked: boolean;
  readonly onInput: () => void;
  readonly onSave: () => void;
  readonly onCancel: () => void;
}

/** A card whose subject, day and priority are edited in place. Enter saves, Escape leaves all as it was. */
export function cardEditor(
  { words }: ActivityElement,
  { fields, offer, isChecked, onInput, onSave, onCancel }: CardEditorOptions,
): TemplateResult {
  const input = (event: InputEvent): void => {
    fields.read(event.currentTarget as HTMLFormElement);
    onInput();
  };
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    fields.read(event.currentTarget as HTMLFormElement);
    onSave();
  };
  const keydown = (event: KeyboardEvent): void => {
    // The board's own keys mean nothing in a field.
    event.stopPropagation();
    if (event.key !== 'Escape' || event.isComposing) return;
    event.preventDefault();
    onCancel();
  };
  const lacking = isChecked && fields.lacksSubject;
  return html`<form
    class="card-editor"
    part="card-editor"
    @input=${input}
    @submit=${submit}
    @keydown=${keydown}
  >
    <input
      class="input"
      name="subject"
      dir="auto"
      autocomplete="off"
      data-focus="subject"
      aria-label=${words.say('field.subject')}
      aria-invalid=${lacking ? 'true' : nothing}
      aria-describedby=${lacking ? 'card-problem' : nothing}
      .value=${live(fields.subject)}
    />
    ${
      lacking
        ? html`<span id="card-problem" class="field-error" part="error">
            ${words.say('invalid.required', words.say('field.subject'))}
          </span>`
        : nothing
    }
    <div class="card-editor-line">
      <input
        class="input"
        type="date"
        name="day"
        aria-label=${words.say('field.due')}
        .value=${live(fields.day)}
      />
      <select class="input" name="priority" aria-label=${words.say('field.priority')}>
        ${PRIORITIES.map(
          (priority) =>
            html`<option value=${priority} .selected=${live(priority === fields.priority)}>
              ${words.say(`priority.${priority}`)}
            </option>`,
        )}
      </select>
    </div>
    ${offer}
    <div class="card-editor-line end">
      ${button({ label: words.say('action.cancel'), small: true, onClick: onCancel })}
      <button type="submit" class="button primary small" part="save primary">
        <span class="label">${words.say('action.save')}</span>
      </button>
    </div>
  </form>`;
}

function textOf(value: FormDataEntryValue | null): string {
  return typeof value === 'string' ? value : '';
}

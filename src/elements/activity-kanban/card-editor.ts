import { html, type TemplateResult } from 'lit';
import { PRIORITIES, type Activity, type ActivityPatch } from '../../model/activity.js';
import { dayOfActivity, snooze } from '../../model/snooze.js';
import { button } from '../../ui/button.js';
import type { ActivityElement } from '../base/activity-element.js';

export interface CardEditorOptions {
  /** What was changed; nothing where all is as it was. */
  readonly onSave: (patch: ActivityPatch | undefined) => void;
  readonly onCancel: () => void;
}

/** A card whose subject, day and priority are edited in place. Enter saves, Escape leaves all as it was. */
export function cardEditor(
  host: ActivityElement,
  activity: Activity,
  { onSave, onCancel }: CardEditorOptions,
): TemplateResult {
  const { words } = host;
  const day = dayShown(host, activity);
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    onSave(patchOf(host, activity, new FormData(event.currentTarget as HTMLFormElement)));
  };
  const keydown = (event: KeyboardEvent): void => {
    // The board's own keys mean nothing in a field.
    event.stopPropagation();
    if (event.key !== 'Escape' || event.isComposing) return;
    event.preventDefault();
    onCancel();
  };
  return html`<form class="card-editor" part="card-editor" @submit=${submit} @keydown=${keydown}>
    <input
      class="input"
      name="subject"
      dir="auto"
      autocomplete="off"
      data-focus="subject"
      aria-label=${words.say('field.subject')}
      .defaultValue=${activity.subject}
    />
    <div class="card-editor-line">
      <input
        class="input"
        type="date"
        name="day"
        aria-label=${words.say('field.due')}
        .defaultValue=${day}
      />
      <select class="input" name="priority" aria-label=${words.say('field.priority')}>
        ${PRIORITIES.map(
          (priority) =>
            html`<option
              value=${priority}
              ?selected=${priority === (activity.priority ?? 'normal')}
            >
              ${words.say(`priority.${priority}`)}
            </option>`,
        )}
      </select>
    </div>
    <div class="card-editor-line end">
      ${button({ label: words.say('action.cancel'), small: true, onClick: onCancel })}
      <button type="submit" class="button primary small" part="save primary">
        <span class="label">${words.say('action.save')}</span>
      </button>
    </div>
  </form>`;
}

function patchOf(
  host: ActivityElement,
  activity: Activity,
  form: FormData,
): ActivityPatch | undefined {
  const subject = textOf(form.get('subject')).trim();
  const day = textOf(form.get('day'));
  const priority = PRIORITIES.find((one) => one === form.get('priority'));
  const type = host.typeOf(activity);
  const { timeZone } = host.words;
  const isMoved = day !== dayShown(host, activity);
  const date =
    !isMoved || (day === '' && type.deadline === 'end')
      ? {}
      : day === ''
        ? { due: null }
        : snooze(activity, type, day, { now: host.now, timeZone });
  const patch: ActivityPatch = {
    ...(subject !== '' && subject !== activity.subject && { subject }),
    ...(priority && priority !== (activity.priority ?? 'normal') && { priority }),
    ...date,
  };
  return Object.keys(patch).length > 0 ? patch : undefined;
}

/** The day by which it stands, as a date field takes it. */
function dayShown(host: ActivityElement, activity: Activity): string {
  return dayOfActivity(activity, host.typeOf(activity), host.words.timeZone) ?? '';
}

function textOf(value: FormDataEntryValue | null): string {
  return typeof value === 'string' ? value : '';
}

import { html, nothing, type TemplateResult } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import { live } from 'lit/directives/live.js';
import { repeat } from 'lit/directives/repeat.js';
import { segmented } from '../segmented.js';
import {
  describedBy,
  field,
  fieldNotes,
  fieldPart,
  labelClass,
  type FieldOptions,
} from './field.js';

export interface ChoiceFieldOptions extends FieldOptions {
  readonly value: string | undefined;
  readonly choices: readonly { readonly value: string; readonly label: string }[];
  /** `segmented` shows all at once: for few and short ones. Default `select`. */
  readonly as?: 'select' | 'segmented' | undefined;
  /** What choosing none is called; left out, one must be chosen. */
  readonly none?: string | undefined;
  readonly onChange: (value: string | undefined) => void;
}

/** One of several. A value that is none of them stays, under its own name, until another one is chosen. */
export function choiceField(options: ChoiceFieldOptions): TemplateResult {
  return options.as === 'segmented' ? segments(options) : select(options);
}

function segments(options: ChoiceFieldOptions): TemplateResult {
  const { id, label, choices, value, onChange, readOnly = false } = options;
  return html`<div class="field" id=${id} part=${fieldPart(options)}>
    <span class=${labelClass(options)} part="label" aria-hidden="true">${label}</span>
    ${segmented({
      label,
      name: id,
      value,
      segments: choices.map((choice) => ({ ...choice, disabled: readOnly })),
      describedBy: describedBy(options),
      invalid: options.error !== undefined,
      onChange,
    })}
    ${fieldNotes(options)}
  </div>`;
}

function select(options: ChoiceFieldOptions): TemplateResult {
  const { id, value = '', choices, none, onChange } = options;
  const unknown = value !== '' && !choices.some((choice) => choice.value === value);
  const shown = [
    ...(none !== undefined || value === '' ? [{ value: '', label: none ?? '' }] : []),
    ...(unknown ? [{ value, label: value }] : []),
    ...choices,
  ];
  return field(
    options,
    html`<select
      class="input"
      part="input"
      id=${id}
      ?disabled=${options.readOnly}
      aria-required=${options.required ? 'true' : nothing}
      aria-invalid=${options.error === undefined ? nothing : 'true'}
      aria-describedby=${ifDefined(describedBy(options))}
      @change=${(event: Event) =>
        onChange((event.currentTarget as HTMLSelectElement).value || undefined)}
    >
      ${repeat(
        shown,
        (choice) => choice.value,
        (choice) =>
          html`<option value=${choice.value} .selected=${live(choice.value === value)}>
            ${choice.label}
          </option>`,
      )}
    </select>`,
  );
}

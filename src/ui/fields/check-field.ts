import { html, nothing, type TemplateResult } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import { live } from 'lit/directives/live.js';
import { describedBy, fieldNotes, fieldPart, type FieldOptions } from './field.js';

export interface CheckFieldOptions extends FieldOptions {
  readonly value: boolean;
  readonly onChange: (value: boolean) => void;
}

/** Yes or no. */
export function checkField(options: CheckFieldOptions): TemplateResult {
  const { id, label, value, onChange } = options;
  return html`<div class="field" part=${fieldPart(options)}>
    <label class="check-line" part="label">
      <span class="check-target"
        ><input
          class="check"
          part="check${value ? ' checked' : ''}"
          id=${id}
          type="checkbox"
          ?disabled=${options.readOnly}
          aria-invalid=${options.error === undefined ? nothing : 'true'}
          aria-describedby=${ifDefined(describedBy(options))}
          .checked=${live(value)}
          @change=${(event: Event) => onChange((event.currentTarget as HTMLInputElement).checked)}
      /></span>
      <span>${label}</span>
    </label>
    ${fieldNotes(options)}
  </div>`;
}

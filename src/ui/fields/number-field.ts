import { html, nothing, type TemplateResult } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import type { Problem } from '../../model/validate.js';
import { describedBy, field, type FieldOptions } from './field.js';
import { typed } from './typed.js';

export interface NumberFieldOptions extends FieldOptions {
  readonly value: number | undefined;
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  /** What stands in the field is no number, and stays there. */
  readonly bad?: boolean | undefined;
  readonly onChange: (value: number | undefined) => void;
  readonly onProblem: (problem: Problem) => void;
}

/** A number. Native, so that digits and decimal signs are the user's. */
export function numberField(options: NumberFieldOptions): TemplateResult {
  const { id, value, min, max, bad = false } = options;
  const read = (event: Event): void => {
    const input = event.currentTarget as HTMLInputElement;
    if (input.validity.badInput) options.onProblem({ code: 'number' });
    else options.onChange(input.value === '' ? undefined : input.valueAsNumber);
  };
  // A wheel over the focused field would change it unnoticed.
  const wheel = (event: WheelEvent): void => {
    if ((event.currentTarget as HTMLInputElement).matches(':focus')) event.preventDefault();
  };
  return field(
    options,
    html`<input
      class="input num"
      part="input"
      id=${id}
      type="number"
      inputmode="decimal"
      step="any"
      autocomplete="off"
      min=${ifDefined(min)}
      max=${ifDefined(max)}
      ?readonly=${options.readOnly}
      aria-required=${options.required ? 'true' : nothing}
      aria-invalid=${options.error === undefined ? nothing : 'true'}
      aria-describedby=${ifDefined(describedBy(options))}
      .value=${typed(
        value === undefined ? '' : String(value),
        (current) => bad || (current !== '' && Number(current) === value),
      )}
      @input=${read}
      @change=${read}
      @wheel=${wheel}
    />`,
  );
}

import { html, nothing, type TemplateResult } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import type { Localizer } from '../../i18n/localizer.js';
import { parseDuration } from '../../model/duration-text.js';
import type { Problem } from '../../model/validate.js';
import { describedBy, field, type FieldOptions } from './field.js';
import { typed } from './typed.js';

export interface DurationFieldOptions extends FieldOptions {
  readonly words: Localizer;
  /** Minutes. */
  readonly value: number | undefined;
  /** What stands in the field is no length, and stays there. */
  readonly bad?: boolean | undefined;
  readonly onChange: (value: number | undefined) => void;
  readonly onProblem: (problem: Problem) => void;
}

/** The lengths that are offered, in minutes. */
const USUAL = [5, 15, 30, 45, 60, 90, 120, 180, 240, 480];

/** How long something takes: typed as people write it ("1h 30m", "90", "1:30"), or taken from a list of the usual lengths. */
export function durationField(options: DurationFieldOptions): TemplateResult {
  const { id, words, value, bad = false } = options;
  const read = (event: Event): void => {
    const { value: text } = event.currentTarget as HTMLInputElement;
    if (text.trim() === '') return options.onChange(undefined);
    const minutes = parseDuration(text);
    if (minutes === undefined) options.onProblem({ code: 'duration' });
    else options.onChange(minutes);
  };
  return field(
    options,
    html`<input
        class="input num"
        part="input"
        id=${id}
        type="text"
        autocomplete="off"
        list=${options.readOnly ? nothing : `${id}-list`}
        placeholder=${options.readOnly ? nothing : words.duration(30)}
        ?readonly=${options.readOnly}
        aria-required=${options.required ? 'true' : nothing}
        aria-invalid=${options.error === undefined ? nothing : 'true'}
        aria-describedby=${ifDefined(describedBy(options))}
        .value=${typed(
          value === undefined ? '' : words.duration(value),
          (current) => bad || (current !== '' && parseDuration(current) === value),
        )}
        @input=${read}
        @change=${read}
      />
      <datalist id="${id}-list">
        ${USUAL.map((minutes) => html`<option value=${words.duration(minutes)}></option>`)}
      </datalist>`,
  );
}

import { html, nothing, type TemplateResult } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import { live } from 'lit/directives/live.js';
import { phoneHref } from '../../model/phone.js';
import { icon } from '../icon.js';
import { describedBy, field, type FieldOptions } from './field.js';

export interface TextFieldOptions extends FieldOptions {
  readonly value: string;
  readonly kind?: 'text' | 'phone' | 'url' | undefined;
  readonly placeholder?: string | undefined;
  /** Of a phone number: what the link that calls it is called. */
  readonly callLabel?: ((number: string) => string) | undefined;
  /** Gets the focus when the dialog around it opens. */
  readonly autofocus?: boolean | undefined;
  /** With every keystroke. */
  readonly onInput: (value: string) => void;
}

const TYPES = { text: 'text', phone: 'tel', url: 'url' } as const;

/**
 * One line of text. It has no `maxlength`: that cuts off what is pasted without a word, where the rule of the field says how much
 * is too much and loses nothing.
 */
export function textField(options: TextFieldOptions): TemplateResult {
  const { id, value, kind = 'text', placeholder, onInput, callLabel } = options;
  const number = callLabel && phoneHref(value);
  const control = html`<input
    class="input"
    part="input"
    id=${id}
    type=${TYPES[kind]}
    dir=${value === '' ? nothing : kind === 'text' ? 'auto' : 'ltr'}
    autocomplete="off"
    placeholder=${ifDefined(placeholder)}
    ?readonly=${options.readOnly}
    ?data-autofocus=${options.autofocus}
    aria-required=${options.required ? 'true' : nothing}
    aria-invalid=${options.error === undefined ? nothing : 'true'}
    aria-describedby=${ifDefined(describedBy(options))}
    .value=${live(value)}
    @input=${(event: Event) => onInput((event.currentTarget as HTMLInputElement).value)}
  />`;
  if (callLabel === undefined) return field(options, control);
  // The link stands there as soon as it leads somewhere; until then the input has its room.
  return field(
    options,
    html`<span class="phone-line">
      ${control}${
        number === undefined
          ? nothing
          : html`<a
              class="button icon-only"
              part="call"
              href=${number}
              title=${callLabel(value)}
              aria-label=${callLabel(value)}
              >${icon('phonecall', 20)}</a
            >`
      }
    </span>`,
  );
}

export interface TextAreaOptions extends Omit<TextFieldOptions, 'kind'> {
  readonly rows?: number | undefined;
}

/** Text of several lines; it grows with what is in it where the browser can do that. */
export function textArea(options: TextAreaOptions): TemplateResult {
  const { id, value, rows = 3, placeholder, onInput } = options;
  return field(
    options,
    html`<textarea
      class="input"
      part="input"
      id=${id}
      dir=${value === '' ? nothing : 'auto'}
      rows=${rows}
      placeholder=${ifDefined(placeholder)}
      ?readonly=${options.readOnly}
      ?data-autofocus=${options.autofocus}
      aria-required=${options.required ? 'true' : nothing}
      aria-invalid=${options.error === undefined ? nothing : 'true'}
      aria-describedby=${ifDefined(describedBy(options))}
      .value=${live(value)}
      @input=${(event: Event) => onInput((event.currentTarget as HTMLTextAreaElement).value)}
    ></textarea>`,
  );
}

import { html, nothing, type TemplateResult } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import { live } from 'lit/directives/live.js';
import { repeat } from 'lit/directives/repeat.js';
import { icon } from './icon.js';

export interface Segment<Value extends string> {
  readonly value: Value;
  readonly label: string;
  readonly icon?: string;
  readonly iconOnly?: boolean;
  readonly disabled?: boolean;
  readonly why?: string;
}

export interface SegmentedOptions<Value extends string> {
  /** Names the whole: "Show as". */
  readonly label: string;
  /** Unique within the shadow root: it joins the radios. */
  readonly name: string;
  readonly value: Value | undefined;
  readonly segments: readonly Segment<Value>[];
  readonly onChange: (value: Value) => void;
  readonly part?: string;
  /** Id of what explains it: a hint, what is wrong. */
  readonly describedBy?: string | undefined;
  readonly invalid?: boolean;
}

/** One of few, all in sight. Native radios: the arrow keys come with them. */
export function segmented<Value extends string>(options: SegmentedOptions<Value>): TemplateResult {
  const part = options.part ?? 'segmented';
  return html`<div
    class="segmented"
    part=${part}
    role="radiogroup"
    aria-label=${options.label}
    aria-describedby=${ifDefined(options.describedBy)}
    aria-invalid=${options.invalid ? 'true' : nothing}
  >
    ${repeat(
      options.segments,
      ({ value }) => value,
      (segment) =>
        html`<label
          class="segment"
          part="segment${segment.value === options.value ? ' on' : ''}"
          title=${segment.why ?? (segment.iconOnly ? segment.label : nothing)}
        >
          <input
            type="radio"
            name=${options.name}
            value=${segment.value}
            aria-label=${segment.iconOnly ? segment.label : nothing}
            aria-description=${ifDefined(segment.why)}
            ?disabled=${segment.disabled}
            .checked=${live(segment.value === options.value)}
            @change=${() => options.onChange(segment.value)}
          />
          ${segment.icon === undefined ? nothing : icon(segment.icon, 16)}
          ${
            segment.iconOnly
              ? nothing
              : html`<span class="label" data-label=${segment.label}>${segment.label}</span>`
          }
        </label>`,
    )}
  </div>`;
}

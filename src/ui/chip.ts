import { html, nothing, type TemplateResult } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import { icon as glyph } from './icon.js';

export interface ChipOptions {
  readonly label: string;
  readonly icon?: string;
  /** Filled: it holds something. */
  readonly on?: boolean;
  /** Its click opens something, and it shows a chevron while it is not on. */
  readonly popup?: 'menu' | 'dialog' | 'listbox';
  readonly hint?: string;
  readonly part?: string;
  readonly focusKey?: string;
  readonly onClick: (event: MouseEvent) => void;
  /** Gives it its own ×; needs its words ("Remove filter Due"). */
  readonly remove?: { readonly label: string; readonly onClick: (event: MouseEvent) => void };
}

/** A filter, a suggestion, a choice: a word in a rounded box; what is on can have its own ×. */
export function chip(options: ChipOptions): TemplateResult {
  const { on = false, popup, remove } = options;
  return html`<span
    class="chip${on ? ' on' : ''}"
    part="${options.part ?? 'chip'}${on ? ' on' : ''}"
  >
    <button
      type="button"
      class="chip-label"
      title=${ifDefined(options.hint)}
      aria-pressed=${popup === undefined ? String(on) : nothing}
      aria-haspopup=${ifDefined(popup)}
      data-focus=${ifDefined(options.focusKey)}
      @click=${options.onClick}
    >
      ${options.icon === undefined ? nothing : glyph(options.icon, 16)}
      <bdi class="label">${options.label}</bdi>
      ${popup !== undefined && !remove ? glyph('chevron-down', 16) : nothing}
    </button>
    ${
      remove
        ? html`<button
            type="button"
            class="chip-remove"
            title=${remove.label}
            aria-label=${remove.label}
            @click=${remove.onClick}
          >
            ${glyph('close', 16)}
          </button>`
        : nothing
    }
  </span>`;
}

import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { button } from './button.js';
import { icon } from './icon.js';

export interface SearchBoxOptions {
  /** Its accessible name and, unless another is given, its placeholder. */
  readonly label: string;
  readonly placeholder?: string;
  readonly value: string;
  /** Name of the button that empties it. */
  readonly clearLabel: string;
  /** With every keystroke, and with '' when it is emptied; never while an input method composes. */
  readonly onInput: (value: string) => void;
  readonly part?: string;
}

/** A search field that Escape or its × empties. */
export function searchBox(options: SearchBoxOptions): TemplateResult {
  const input = (event: InputEvent): void => {
    if (!event.isComposing) options.onInput((event.target as HTMLInputElement).value);
  };
  const keydown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || options.value === '' || event.isComposing) return;
    event.preventDefault();
    event.stopPropagation();
    options.onInput('');
  };
  const clear = (event: MouseEvent): void => {
    options.onInput('');
    (event.currentTarget as HTMLElement).closest('.search')?.querySelector('input')?.focus();
  };
  return html`<div class="search" part=${options.part ?? 'search'} role="search">
    ${icon('search', 16)}
    <input
      type="search"
      dir="auto"
      autocomplete="off"
      enterkeyhint="search"
      aria-label=${options.label}
      placeholder=${options.placeholder ?? options.label}
      .value=${live(options.value)}
      @input=${input}
      @compositionend=${input}
      @keydown=${keydown}
    />
    ${
      options.value === ''
        ? nothing
        : button({ label: options.clearLabel, icon: 'close', iconOnly: true, onClick: clear })
    }
  </div>`;
}

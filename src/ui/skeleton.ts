import { html, type TemplateResult } from 'lit';

/**
 * Rows of the shape of what comes; they appear after 150 ms, so that a quick answer never flickers.
 * `label` is for assistive technology ("Loading"); the rows themselves are silent.
 */
export function skeletonRows(count: number, label?: string): TemplateResult {
  return html`<div class="skeleton" part="skeleton">
    ${label === undefined ? '' : html`<span class="visually-hidden">${label}</span>`}
    ${Array.from(
      { length: count },
      () =>
        html`<div class="skeleton-row" aria-hidden="true">
          <span class="skeleton-bar glyph"></span>
          <span class="skeleton-bar long"></span>
          <span class="skeleton-bar middle"></span>
          <span class="skeleton-bar short end"></span>
        </div>`,
    )}
  </div>`;
}

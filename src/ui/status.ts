import { nothing, type TemplateResult } from 'lit';
import type { ActivityState } from '../model/activity.js';
import { icon } from './icon.js';
import { html } from './tight-html.js';

/** A state's dot: open a ring, scheduled and completed filled, canceled a grey ring. Never alone: its word stands beside it. */
export function dot(state: ActivityState): TemplateResult<1> {
  return html`<span class="dot ${state}" part="dot ${state}" aria-hidden="true"></span>`;
}

/**
 * A status by dot and word; the word is the status reason's, and the dot says the state to who can't see its colour. `locked` where
 * nothing can be changed any more.
 */
export function status(
  state: ActivityState,
  word: string,
  { name, locked = false }: { readonly name: string; readonly locked?: boolean },
): TemplateResult<1> {
  return html`<span class="status" part="status ${state}">
    <span
      class="dot ${state}"
      part="dot ${state}"
      role="img"
      aria-label=${name}
      title=${name}
      aria-hidden=${name === word ? 'true' : nothing}
    ></span
    ><bdi class="clip">${word}</bdi>${locked ? icon('lock', 16) : nothing}
  </span>`;
}

/** A word in a small box: "3 days late", "Sent", "Completed". */
export function tag(
  word: string,
  tone: 'quiet' | 'danger' | 'warning' | 'success' | 'brand' = 'quiet',
): TemplateResult<1> {
  return html`<bdi class="tag ${tone}" part="tag ${tone}">${word}</bdi>`;
}

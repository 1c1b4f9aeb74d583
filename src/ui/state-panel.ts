/**
 * What an element shows in place of its data: nothing there, not to be had, not allowed. Says why, what is safe, and what
 * to do next. Only an error interrupts a screen reader.
 */
import { html, nothing, type TemplateResult } from 'lit';
import { button, type ButtonOptions } from './button.js';
import { icon } from './icon.js';

interface PanelOptions {
  readonly kind: 'empty' | 'error' | 'denied';
  readonly icon: string | undefined;
  readonly title: string;
  readonly hint: string | undefined;
  readonly actions: readonly ButtonOptions[];
}

function panel({ kind, icon: name, title, hint, actions }: PanelOptions): TemplateResult {
  return html`<div
    class="state-panel ${kind}"
    part=${kind}
    role=${kind === 'error' ? 'alert' : nothing}
  >
    ${name === undefined ? nothing : icon(name)}
    <p class="large"><bdi>${title}</bdi></p>
    ${hint === undefined ? nothing : html`<p class="hint" dir="auto">${hint}</p>`}
    ${actions.length === 0 ? nothing : html`<div class="button-group">${actions.map(button)}</div>`}
  </div>`;
}

export interface EmptyStateOptions {
  /** Why there is nothing: "Nothing due in the next 7 days". */
  readonly title: string;
  readonly hint?: string;
  readonly icon?: string;
  /** The next act offered: "Show all 128", "New task". */
  readonly actions?: readonly ButtonOptions[];
}

export function emptyState(options: EmptyStateOptions): TemplateResult {
  const { title, hint, icon: name, actions = [] } = options;
  return panel({ kind: 'empty', icon: name, title, hint, actions });
}

export interface ErrorStateOptions {
  /** What happened: "The server did not answer". */
  readonly title: string;
  /** What is safe. */
  readonly detail?: string;
  readonly retry?: { readonly label: string; readonly onClick: () => void };
}

export function errorState({ title, detail, retry }: ErrorStateOptions): TemplateResult {
  return panel({
    kind: 'error',
    icon: 'error',
    title,
    hint: detail,
    actions: retry ? [{ ...retry, icon: 'refresh', kind: 'outline', part: 'retry' }] : [],
  });
}

export interface DeniedStateOptions {
  readonly title: string;
  /** Which of the reasons: no licence or role, not switched on, the host's own app. */
  readonly reason?: string;
  readonly actions?: readonly ButtonOptions[];
}

export function deniedState({ title, reason, actions = [] }: DeniedStateOptions): TemplateResult {
  return panel({ kind: 'denied', icon: 'denied', title, hint: reason, actions });
}

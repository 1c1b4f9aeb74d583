import { nothing, type TemplateResult } from 'lit';
import type { Activity } from '../../model/activity.js';
import { toPlainText } from '../../model/plain-text.js';
import { marked, snippet } from '../../ui/marked.js';
import { html } from '../../ui/tight-html.js';
import type { ActivityElement } from './activity-element.js';

/** The subject of an activity, or of a note, which may have none, its first line. */
export function subjectOf(host: ActivityElement, activity: Activity): string {
  if (activity.access === 'busy') return host.words.say('record.busy');
  const [line = ''] = (activity.subject || (activity.description ?? '')).trim().split('\n', 1);
  return line || host.words.say('record.untitled');
}

/** Of an activity whose description alone holds what was searched for, the piece of it with that; undefined of any other. */
export function foundIn(
  host: ActivityElement,
  activity: Activity,
  search: string | undefined,
): string | undefined {
  if (!search?.trim() || !activity.description || activity.access === 'busy') return undefined;
  if (snippet(subjectOf(host, activity), search) !== undefined) return undefined;
  return snippet(toPlainText(activity.description, activity.descriptionFormat), search);
}

/** Where the description alone holds what was searched for, the piece of it with that marked. */
export function foundPiece(
  host: ActivityElement,
  activity: Activity,
  search: string | undefined,
): TemplateResult<1> | typeof nothing {
  const found = foundIn(host, activity, search);
  return found === undefined ? nothing : snippetOf(found, search);
}

/** A piece of a description, with what was searched for marked in it. */
export function snippetOf(piece: string, search: string | undefined): TemplateResult<1> {
  return html`<bdi class="snippet small quiet clip" part="snippet">${marked(piece, search)}</bdi>`;
}

/**
 * The subject as what opens the activity: a real link where the host makes one, a button where a form can be shown, else plain
 * text. `tabIndex` for where the focus roves.
 */
export function subjectLink(
  host: ActivityElement,
  activity: Activity,
  {
    tabIndex = 0,
    part = 'subject',
    search,
  }: { tabIndex?: number; part?: string; /** Marked in it. */ search?: string | undefined } = {},
): TemplateResult<1> {
  const text = marked(subjectOf(host, activity), search);
  const href = host.linkTo({ activity });
  const busy = activity.access === 'busy';
  if (!busy && href !== undefined) {
    return html`<a
      class="subject"
      part=${part}
      href=${href}
      tabindex=${tabIndex}
      dir="auto"
      @click=${(event: MouseEvent) => host.requests.follow(activity, event)}
      >${text}</a
    >`;
  }
  if (busy || !host.context.canOpen) {
    return html`<span class="subject" part=${part} dir="auto">${text}</span>`;
  }
  return html`<button
    type="button"
    class="subject"
    part=${part}
    tabindex=${tabIndex}
    dir="auto"
    @click=${() => void host.requests.open(activity)}
  >
    ${text}
  </button>`;
}

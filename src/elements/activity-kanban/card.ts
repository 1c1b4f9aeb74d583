import { html, nothing, type TemplateResult } from 'lit';
import { isClosed, sameRecord, type Activity } from '../../model/activity.js';
import { face } from '../../ui/face.js';
import { icon } from '../../ui/icon.js';
import { tile } from '../../ui/tile.js';
import type { ActivityElement } from '../base/activity-element.js';
import { recordLink } from '../base/record-link.js';
import { subjectLink, subjectOf } from '../base/subject-link.js';

export interface CardOptions {
  readonly isSelected: boolean;
  /** What the card carries for the board: its place in the arrows' way. */
  readonly focusable: unknown;
  /** The button of its menu. */
  readonly menu: unknown;
}

/** A card: the activity at a glance. One tab stop; what is in it is reached by the keys of the card. */
export function card(
  host: ActivityElement,
  activity: Activity,
  { isSelected, focusable, menu }: CardOptions,
): TemplateResult {
  const isBusy = host.isBusy(activity);
  const marks = [isClosed(activity) && 'closed', isSelected && 'selected', isBusy && 'busy'];
  const classes = ['card', ...marks].filter(Boolean).join(' ');
  const isLate = host.words.due(activity, host.typeOf(activity))?.late;
  return html`<article
    class=${classes}
    part="${classes}${isLate ? ' overdue' : ''}"
    aria-label=${subjectOf(host, activity)}
    aria-description=${describe(host, activity, isSelected)}
    aria-busy=${isBusy ? 'true' : nothing}
    ${focusable}
  >
    ${cardFace(host, activity, subjectLink(host, activity, { tabIndex: -1 }), { isSelected, menu })}
  </article>`;
}

/** A card as it hangs on the pointer, with the number of those that go along. Only to be looked at. */
export function liftedCard(
  host: ActivityElement,
  activity: Activity,
  others: number,
): TemplateResult {
  const subject = html`<span class="subject" dir="auto">${subjectOf(host, activity)}</span>`;
  return html`<div class="card ${isClosed(activity) ? 'closed' : ''}">
      ${cardFace(host, activity, subject, { isSelected: false, menu: nothing })}
    </div>
    ${others > 0 ? html`<span class="others num">+${host.words.number(others)}</span>` : nothing}`;
}

function cardFace(
  host: ActivityElement,
  activity: Activity,
  subject: TemplateResult,
  { isSelected, menu }: { readonly isSelected: boolean; readonly menu: unknown },
): TemplateResult {
  const { words } = host;
  const type = host.typeOf(activity);
  const isBad = (host.store?.problemsOf(activity.id).length ?? 0) > 0;
  return html`<div class="card-head">
      ${tile(type, { label: words.typeName(type), size: 'small' })}
      <div class="card-title">${subject}</div>
      ${isSelected ? html`<span class="card-mark chosen">${icon('complete-filled', 16)}</span>` : nothing}
      ${isBad ? warning(words.say('error.bad-row')) : nothing}
      ${isClosed(activity) ? html`<span class="card-mark lock">${icon('lock', 16)}</span>` : nothing}
      ${menu}
    </div>
    <div class="card-about small quiet clip">${about(host, activity)}</div>
    <div class="card-foot small">
      ${isClosed(activity) ? closing(host, activity) : due(host, activity)}
      ${
        activity.priority === 'high' && !isClosed(activity)
          ? html`<span class="card-fact"
              >${icon('priority-high', 16)}${words.say('priority.high')}</span
            >`
          : nothing
      }
      <span class="end with">
        ${
          host.isBusy(activity)
            ? html`<span class="card-fact quiet saving" title=${words.say('sync.saving')}
                >${icon('saving', 16)}</span
              >`
            : nothing
        }
        ${activity.owner ? face(activity.owner, { alone: true }) : nothing}
      </span>
    </div>`;
}

function warning(text: string): TemplateResult {
  return html`<span class="card-mark warning" role="img" aria-label=${text} title=${text}
    >${icon('warning', 16)}</span
  >`;
}

/** What it is about, and through whom it came into the history that is shown. */
function about(host: ActivityElement, activity: Activity): unknown {
  const { regarding, access } = activity;
  if (regarding === undefined || access === 'busy') return nothing;
  if (regarding === null) return host.words.say('record.personal');
  const via = viaOf(activity);
  return html`${recordLink(host, regarding, { tabIndex: -1 })}${
    via === undefined ? nothing : html` · <bdi>${host.words.say('record.via', via)}</bdi>`
  }`;
}

function viaOf({ regarding, via }: Activity): string | undefined {
  return via?.find(({ by, record }) => by !== 'regarding' && !sameRecord(record, regarding))?.record
    .name;
}

function due(host: ActivityElement, activity: Activity): unknown {
  const when = host.words.due(activity, host.typeOf(activity));
  if (!when) return nothing;
  return html`<span class="card-fact when ${when.late ? 'overdue' : 'quiet'}" title=${when.title}
    >${icon('clock', 16)}<bdi class="clip">${when.text}</bdi></span
  >`;
}

/** Why it is closed, and when that was. */
function closing(host: ActivityElement, activity: Activity): TemplateResult {
  const { actualEnd } = activity;
  const title = actualEnd === undefined ? nothing : host.words.stamp(actualEnd);
  const [reason, when] = closingWords(host, activity);
  return html`<span class="quiet clip" title=${title}
    ><bdi>${reason}</bdi>${when === undefined ? nothing : html` · <bdi>${when}</bdi>`}</span
  >`;
}

function closingWords(
  host: ActivityElement,
  { type, state, statusReason, actualEnd }: Activity,
): [reason: string, when?: string] {
  const { words } = host;
  const reason = words.reasonName(host.typeOf({ type }), state, statusReason);
  return actualEnd === undefined ? [reason] : [reason, words.ago(actualEnd)];
}

/** What is on the card, in one breath. */
function describe(host: ActivityElement, activity: Activity, isSelected: boolean): string {
  const { words } = host;
  const { regarding, owner } = activity;
  const via = viaOf(activity);
  const aboutWords = [
    regarding === null ? words.say('record.personal') : regarding && words.recordName(regarding),
    via !== undefined && words.say('record.via', via),
  ];
  return [
    words.typeName(host.typeOf(activity)),
    ...(activity.access === 'busy' ? [] : aboutWords),
    ...(isClosed(activity)
      ? closingWords(host, activity)
      : [words.due(activity, host.typeOf(activity))?.text]),
    activity.priority === 'high' && words.say('priority.high'),
    owner?.name,
    isSelected && words.say('kanban.selected'),
    host.isBusy(activity) && words.say('sync.saving'),
  ]
    .filter(Boolean)
    .join(', ');
}

import { html, nothing, type TemplateResult } from 'lit';
import { isClosed, sameRecord, type Activity } from '../../model/activity.js';
import type { FieldDefinition } from '../../model/activity-type.js';
import type { Json } from '../../model/json.js';
import { toPlainText } from '../../model/plain-text.js';
import { button } from '../../ui/button.js';
import { face } from '../../ui/face.js';
import { icon } from '../../ui/icon.js';
import { tile } from '../../ui/tile.js';
import type { ActivityElement } from '../base/activity-element.js';
import { recordLink } from '../base/record-link.js';
import { subjectLink, subjectOf } from '../base/subject-link.js';
import type { CardField, CardRenderer } from './kanban-host.js';
import { rendered } from './rendered.js';

export interface CardOptions {
  readonly isSelected: boolean;
  /** Picked up by a key, and on its way. */
  readonly isGrabbed: boolean;
  /** What the card carries for the board: its place in the arrows' way. */
  readonly focusable: unknown;
  /** Its acts, the button of its menu last. */
  readonly acts: unknown;
  readonly fields: readonly CardField[];
  readonly renderer: CardRenderer | undefined;
  /** What was searched for. */
  readonly search: string | undefined;
  /** Its body, where it is expanded. */
  readonly body: unknown;
  /** In place of its face: the fields that are edited here. */
  readonly editor: unknown;
}

/** A card: the activity at a glance. One tab stop; what is in it is reached by the keys of the card. */
export function card(
  host: ActivityElement,
  activity: Activity,
  options: CardOptions,
): TemplateResult {
  const { isSelected, isGrabbed, focusable, acts, body, editor } = options;
  const isBusy = host.isBusy(activity);
  const marks = [
    isClosed(activity) && 'closed',
    isSelected && 'selected',
    isBusy && 'busy',
    isGrabbed && 'grabbed',
  ];
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
    ${
      editor === nothing
        ? html`${cardFace(
            host,
            activity,
            subjectLink(host, activity, { tabIndex: -1, search: options.search }),
            { ...options, menu: acts },
          )}
          ${body}`
        : editor
    }
  </article>`;
}

/** A card as it hangs on the pointer, with the number of those that go along. Only to be looked at. */
export function liftedCard(
  host: ActivityElement,
  activity: Activity,
  others: number,
  options: Pick<CardOptions, 'fields' | 'renderer'>,
): TemplateResult {
  const subject = html`<span class="subject" dir="auto">${subjectOf(host, activity)}</span>`;
  return html`<div class="card ${isClosed(activity) ? 'closed' : ''}">
      ${cardFace(host, activity, subject, { ...options, isSelected: false, menu: nothing })}
    </div>
    ${others > 0 ? html`<span class="others num">+${host.words.number(others)}</span>` : nothing}`;
}

interface FaceOptions extends Pick<CardOptions, 'isSelected' | 'fields' | 'renderer'> {
  readonly menu: unknown;
}

function cardFace(
  host: ActivityElement,
  activity: Activity,
  subject: TemplateResult,
  { isSelected, menu, fields, renderer }: FaceOptions,
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
    ${
      renderer && activity.access !== 'busy'
        ? html`<div class="card-own" part="card-own" ${rendered(activity, renderer)}></div>`
        : facts(host, activity, fields)
    }`;
}

function facts(
  host: ActivityElement,
  activity: Activity,
  fields: readonly CardField[],
): TemplateResult {
  const { words } = host;
  const has = (field: CardField): boolean => fields.includes(field);
  const rest = fields.filter((field) => !(IN_PLACE as readonly string[]).includes(field));
  return html`${
      has('regarding')
        ? html`<div class="card-about small quiet clip">${about(host, activity)}</div>`
        : nothing
    }
    ${rest.map((field) => fact(host, activity, field))}
    <div class="card-foot small">
      ${has('due') ? (isClosed(activity) ? closing(host, activity) : due(host, activity)) : nothing}
      ${
        has('priority') && activity.priority === 'high' && !isClosed(activity)
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
        ${has('owner') && activity.owner ? face(activity.owner, { alone: true }) : nothing}
      </span>
    </div>`;
}

/** Those that have a place of their own on a card. */
const IN_PLACE = ['regarding', 'due', 'priority', 'owner'] as const;

/** A field that the host wants to see, with its name; nothing where the activity has none of it. */
function fact(host: ActivityElement, activity: Activity, field: CardField): unknown {
  if (activity.access === 'busy') return nothing;
  if (field === 'description') {
    const text = toPlainText(activity.description ?? '', activity.descriptionFormat).trim();
    return text === ''
      ? nothing
      : html`<div class="card-text small quiet lines-2" dir="auto">${text}</div>`;
  }
  const [label, value] = factWords(host, activity, field);
  if (value === '') return nothing;
  return html`<div class="small clip" part="fact">
    <span class="quiet">${label}</span> <bdi>${value}</bdi>
  </div>`;
}

function factWords(
  host: ActivityElement,
  activity: Activity,
  field: CardField,
): readonly [label: string, value: string] {
  const { words } = host;
  const type = host.typeOf(activity);
  if (field === 'type') return [words.say('field.type'), words.typeName(type)];
  if (field === 'reason') {
    return [
      words.say('field.statusReason'),
      words.reasonName(type, activity.state, activity.statusReason),
    ];
  }
  if (field === 'modified') {
    const { modifiedAt } = activity;
    return [words.say('field.modifiedAt'), modifiedAt === undefined ? '' : words.ago(modifiedAt)];
  }
  const definition = type.fields.find(({ name }) => `fields.${name}` === field);
  const value = activity.fields?.[field.slice('fields.'.length)];
  if (!definition || value === undefined || value === null) return ['', ''];
  return [words.label(definition.label), valueWords(host, definition, value)];
}

function valueWords({ words }: ActivityElement, field: FieldDefinition, value: Json): string {
  const choice = field.choices?.find((one) => one.value === value);
  if (choice) return words.label(choice.label);
  if (typeof value === 'boolean') return words.say(value ? 'value.yes' : 'value.no');
  if (typeof value === 'number') {
    return field.kind === 'duration' ? words.duration(value) : words.number(value);
  }
  if (typeof value !== 'string') return '';
  return field.kind === 'time' ? words.stamp(value) : value;
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

/** The acts that fit a card, shown when it is pointed at or focused; those that can't be done are left out. */
export function quickActs(
  host: ActivityElement,
  activity: Activity,
  {
    onComplete,
    onSnooze,
  }: {
    readonly onComplete: (() => void) | undefined;
    readonly onSnooze: ((at: Element) => void) | undefined;
  },
): unknown {
  if (!onComplete && !onSnooze) return nothing;
  const { words } = host;
  const subject = subjectOf(host, activity);
  const act = {
    iconOnly: true,
    small: true,
    part: 'card-act',
    className: 'card-act',
    tabIndex: -1,
  } as const;
  return html`<span class="card-acts">
    ${
      onSnooze
        ? button({
            ...act,
            label: words.say('kanban.snooze', subject),
            icon: 'snooze',
            popup: 'menu',
            focusKey: 'snooze',
            onClick: (event) => onSnooze(event.currentTarget as Element),
          })
        : nothing
    }
    ${
      onComplete
        ? button({
            ...act,
            label: words.say('timeline.complete', subject),
            icon: 'complete',
            focusKey: 'complete',
            onClick: onComplete,
          })
        : nothing
    }
  </span>`;
}

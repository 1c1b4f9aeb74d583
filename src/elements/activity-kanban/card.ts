import { nothing, type TemplateResult } from 'lit';
import { isClosed, sameRecord, type Activity } from '../../model/activity.js';
import type { FieldDefinition } from '../../model/activity-type.js';
import type { Json } from '../../model/json.js';
import { toPlainText } from '../../model/plain-text.js';
import { button } from '../../ui/button.js';
import { face } from '../../ui/face.js';
import { flat, inlined } from '../../ui/flat-html.js';
import { hostDrawn } from '../../ui/host-drawn.js';
import { icon } from '../../ui/icon.js';
import { html } from '../../ui/tight-html.js';
import { tile } from '../../ui/tile.js';
import type { ActivityElement } from '../base/activity-element.js';
import { recordLink } from '../base/record-link.js';
import { foundPiece, subjectLink, subjectOf } from '../base/subject-link.js';
import type { CardField, CardRenderer } from './kanban-host.js';

export interface CardOptions {
  readonly isSelected: boolean;
  /** The mouse is over it, or the focus in it: it says exactly when. */
  readonly isPointed: boolean;
  /** Picked up by a key, or waiting for its new reason. */
  readonly isGrabbed: boolean;
  /** What the card carries for the board: its place in the arrows' way. */
  readonly focusable: unknown;
  /** The acts that come up over its end. */
  readonly acts: unknown;
  /** What the button of its menu is called; left out where it has none. */
  readonly moreLabel: string | undefined;
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
  const { isSelected, isGrabbed, focusable, editor } = options;
  const isBusy = host.isBusy(activity);
  let classes = 'card';
  if (isClosed(activity)) classes += ' closed';
  if (isSelected) classes += ' selected';
  if (isBusy) classes += ' busy';
  if (isGrabbed) classes += ' grabbed';
  const when = whenOf(host, activity);
  const frame: Frame = {
    classes,
    part: when?.late ? `${classes} overdue` : classes,
    label: subjectOf(host, activity),
    description: describe(host, activity, isSelected, when),
    busy: isBusy ? 'true' : nothing,
    focusable,
  };
  if (editor !== nothing) return framed(frame, editor);
  const subject = foundSubject(host, activity, options.search);
  return drawnCard(host, activity, frame, subject, when, options);
}

/** The subject and, where only the description holds what was searched for, the piece of it with that. */
function foundSubject(
  host: ActivityElement,
  activity: Activity,
  search: string | undefined,
): TemplateResult {
  const link = subjectLink(host, activity, { tabIndex: -1, search });
  const piece = foundPiece(host, activity, search);
  return piece === nothing ? link : html`<div class="card-found">${link}${piece}</div>`;
}

/** A card as it hangs on the pointer, with the number of those that go along. Only to be looked at. */
export function liftedCard(
  host: ActivityElement,
  activity: Activity,
  others: number,
  options: Pick<CardOptions, 'fields' | 'renderer'>,
): TemplateResult {
  const subject = html`<span class="subject" dir="auto">${subjectOf(host, activity)}</span>`;
  const when = whenOf(host, activity);
  const classes = isClosed(activity) ? 'card closed' : 'card';
  const frame: Frame = {
    classes,
    part: nothing,
    label: nothing,
    description: nothing,
    busy: nothing,
    focusable: nothing,
  };
  const looked = {
    isSelected: false,
    isPointed: false,
    acts: nothing,
    moreLabel: undefined,
    body: nothing,
  };
  return html`${drawnCard(host, activity, frame, subject, when, { ...options, ...looked })}
  ${others > 0 ? html`<span class="others num">+${host.words.number(others)}</span>` : nothing}`;
}

/** What a card is to whom does not look into it. */
interface Frame {
  readonly classes: string;
  readonly part: string | typeof nothing;
  readonly label: string | typeof nothing;
  readonly description: string | typeof nothing;
  readonly busy: string | typeof nothing;
  readonly focusable: unknown;
}

type FaceOptions = Pick<
  CardOptions,
  'isSelected' | 'isPointed' | 'acts' | 'moreLabel' | 'fields' | 'renderer' | 'body'
>;

/** What a card is in, whatever stands on it. */
function framed(
  { classes, part, label, description, busy, focusable }: Frame,
  content: unknown,
): TemplateResult<1> {
  return flat`<article
    class=${classes}
    part=${part}
    aria-label=${label}
    aria-description=${description}
    aria-busy=${busy}
    ${focusable}
  >
    ${content}
  </article>`;
}

/** When it is due; of what is closed, why and since when it is. */
interface WhenWords {
  readonly text: string;
  readonly since?: string;
  readonly late: boolean;
  /** The exact moment; to say it costs more than all the rest. */
  readonly title: string | undefined;
}

function whenOf(host: ActivityElement, activity: Activity): WhenWords | undefined {
  const { words } = host;
  const type = host.typeOf(activity);
  if (!isClosed(activity)) return words.due(activity, type);
  const { state, statusReason, actualEnd } = activity;
  const text = words.reasonName(type, state, statusReason);
  if (actualEnd === undefined) return { text, late: false, title: undefined };
  return {
    text,
    since: words.ago(actualEnd),
    late: false,
    get title() {
      return words.stamp(actualEnd);
    },
  };
}

/** It has no listeners of its own: the board's serve all. Its glyph is the sheet's. */
function moreButton(label: string): TemplateResult<1> {
  return html`<button
    type="button"
    class="button plain icon-only small card-more"
    part="more"
    title=${label}
    aria-label=${label}
    aria-haspopup="menu"
    tabindex="-1"
    data-focus="more"
  ></button>`;
}

/**
 * A card in one template as far as most cards have it: each one more costs as much as all the nodes in it. Words are set as text of
 * their element, and what few cards have shares a place.
 */
function drawnCard(
  host: ActivityElement,
  activity: Activity,
  frame: Frame,
  subject: TemplateResult,
  when: WhenWords | undefined,
  options: FaceOptions,
): TemplateResult {
  const { moreLabel, renderer, fields, isPointed } = options;
  const type = host.typeOf(activity);
  const isOwn = renderer !== undefined && activity.access !== 'busy';
  const has = (field: CardField): boolean => !isOwn && fields.includes(field);
  const shown = has('due') ? when : undefined;
  const content = flat`<div class="card-head">
      ${inlined(tile(type, { label: host.words.typeName(type), size: 'small' }))}
      ${subject} ${marks(host, activity, options)}
      ${moreLabel === undefined ? nothing : inlined(moreButton(moreLabel))}
    </div>
    ${has('regarding') ? about(host, activity) : nothing} ${between(host, activity, isOwn, options)}
    <div class="card-foot small" ?hidden=${isOwn}>
      <span
        class="card-fact when ${shown?.late ? 'overdue' : 'quiet'}"
        title=${(isPointed ? shown?.title : undefined) ?? nothing}
        ?hidden=${!shown}
      >
        <bdi
          class="clip"
          .textContent=${[shown?.text, shown?.since].filter(Boolean).join(' · ')}
        ></bdi>
      </span>
      ${atEnd(host, activity, has)}
    </div>`;
  return framed(frame, inlined(content));
}

/** What stands between its head and its foot on few cards: the host's own, further fields, the description. */
function between(
  host: ActivityElement,
  activity: Activity,
  isOwn: boolean,
  { renderer, fields, body }: FaceOptions,
): unknown {
  const own = isOwn && renderer ? drawnByHost(activity, renderer) : facts(host, activity, fields);
  if (body === nothing) return own;
  return own === nothing ? body : html`${own}${body}`;
}

function drawnByHost(activity: Activity, renderer: CardRenderer): TemplateResult {
  return html`<div
    class="card-own"
    part="card-own"
    ${hostDrawn((container) => renderer({ activity, container }), [activity, renderer])}
  ></div>`;
}

function marks(
  { store, words }: ActivityElement,
  activity: Activity,
  { isSelected, acts }: Pick<FaceOptions, 'isSelected' | 'acts'>,
): unknown {
  const isBad = (store?.problemsOf(activity.id).length ?? 0) > 0;
  const lock = isClosed(activity) ? lockMark() : nothing;
  if (!isSelected && !isBad && (lock === nothing || acts === nothing)) {
    return lock === nothing ? acts : lock;
  }
  return html`
    ${isSelected ? html`<span class="card-mark chosen">${icon('complete-filled', 16)}</span>` : nothing}
    ${isBad ? warning(words.say('error.bad-row')) : nothing} ${lock} ${acts}
  `;
}

function lockMark(): TemplateResult {
  return html`<span class="card-mark lock"></span>`;
}

/** What the host wants to see beyond the fields that have a place of their own. */
function facts(host: ActivityElement, activity: Activity, fields: readonly CardField[]): unknown {
  const rest = fields.filter((field) => !(IN_PLACE as readonly string[]).includes(field));
  return rest.length === 0 ? nothing : rest.map((field) => fact(host, activity, field));
}

function priority({ words }: ActivityElement, activity: Activity): unknown {
  const rank = activity.priority ?? 'normal';
  if (rank === 'normal' || isClosed(activity)) return nothing;
  return html`<span class="card-fact"
    >${icon(`priority-${rank}`, 16)}${words.say(`priority.${rank}`)}</span
  >`;
}

/** At the end of a card's last line: how much it matters, that it is being written, and whose it is. */
function atEnd(
  host: ActivityElement,
  activity: Activity,
  has: (field: CardField) => boolean,
): unknown {
  const rank = has('priority') ? priority(host, activity) : nothing;
  const owner = has('owner') ? activity.owner : undefined;
  const isBusy = host.isBusy(activity);
  if (!isBusy && rank === nothing) {
    return owner ? face(owner, { alone: true, className: 'end' }) : nothing;
  }
  if (!isBusy)
    return html`${rank}${owner ? face(owner, { alone: true, className: 'end' }) : nothing}`;
  return html`${rank}<span class="end with">
      <span class="card-fact quiet saving" title=${host.words.say('sync.saving')}
        >${icon('saving', 16)}</span
      >
      ${owner ? face(owner, { alone: true }) : nothing}
    </span>`;
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
    <span class="quiet">${label}</span>${' '}<bdi>${value}</bdi>
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
  const via = viaOf(activity);
  const isLink = regarding?.name !== undefined && host.linkTo({ record: regarding }) !== undefined;
  if (regarding && (isLink || via !== undefined)) {
    const link = recordLink(host, regarding, { tabIndex: -1 });
    return html`<div class="card-about small quiet clip">
      ${via === undefined ? link : html`${link} · <bdi>${host.words.say('record.via', via)}</bdi>`}
    </div>`;
  }
  return html`<div
    class="card-about small quiet clip"
    part=${regarding ? 'record' : nothing}
    dir="auto"
    .textContent=${regarding ? host.words.recordName(regarding) : host.words.say('record.personal')}
  ></div>`;
}

function viaOf({ regarding, via }: Activity): string | undefined {
  return via?.find(({ by, record }) => by !== 'regarding' && !sameRecord(record, regarding))?.record
    .name;
}

/** What is on the card, in one breath. */
function describe(
  host: ActivityElement,
  activity: Activity,
  isSelected: boolean,
  when: WhenWords | undefined,
): string {
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
    when?.text,
    when?.since,
    (activity.priority ?? 'normal') !== 'normal' &&
      words.say(`priority.${activity.priority ?? 'normal'}`),
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

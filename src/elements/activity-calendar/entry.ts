import { html, nothing, type TemplateResult } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import type { Localizer } from '../../i18n/localizer.js';
import { isClosed } from '../../model/activity.js';
import { isOverdue } from '../../model/time.js';
import { cssom, type StyleProperties } from '../../ui/cssom.js';
import { hue, hueClass } from '../../ui/hue.js';
import { icon } from '../../ui/icon.js';
import type { ActivityElement } from '../base/activity-element.js';
import { marked } from '../../ui/marked.js';
import { subjectOf } from '../base/subject-link.js';
import type { DayEntry } from './entries.js';

/** Several things said one after the other, as a name for assistive technology. */
export function joined(words: Localizer, parts: readonly (string | undefined)[]): string {
  const said = parts.flatMap((part) => part || []);
  return said.length === 0
    ? ''
    : said.reduce((first, second) => words.say('calendar.joined', first, second));
}

/** From when to when, or when it is due, on the day that the entry stands on. */
export function timeOf(words: Localizer, { activity, span, isWholeDay }: DayEntry): string {
  if (span.allDay) return words.say(span.deadlineOnly ? 'calendar.due' : 'value.all-day');
  if (span.deadlineOnly) return words.say('calendar.due-at', words.time(span.start));
  if (span.end === span.start) return words.time(span.start);
  if (isWholeDay) return words.span(activity);
  const offsets = [words.offset(span.start), words.offset(span.end)];
  // Where the clock was changed in between, the same time may come twice.
  const [from, to] = offsets[0] === offsets[1] ? ['', ''] : offsets.map((offset) => ` ${offset}`);
  return words.say(
    'time.range',
    `${words.time(span.start)}${from ?? ''}`,
    `${words.time(span.end)}${to ?? ''}`,
  );
}

/** The time in front of a subject: when it begins, on the day on which it does. */
export function startOf(words: Localizer, entry: DayEntry): string {
  return entry.span.allDay || entry.dayNumber > 1 ? '' : words.time(entry.span.start);
}

export function isLate(host: ActivityElement, { activity, type }: DayEntry): boolean {
  return isOverdue(activity, type, host.now, host.words.timeZone);
}

/** Everything about an entry that its few words do not say. */
export function labelOf(host: ActivityElement, entry: DayEntry): string {
  const { words, store } = host;
  const { activity, type, day, dayNumber, dayCount } = entry;
  const problems = store?.problemsOf(activity.id) ?? [];
  return joined(words, [
    activity.access === 'busy' ? undefined : words.typeName(type),
    subjectOf(host, activity),
    words.day(day, 'short'),
    timeOf(words, entry),
    dayCount > 1 ? words.say('calendar.day-of', dayNumber, dayCount) : undefined,
    activity.regarding
      ? words.say('calendar.regarding', words.recordName(activity.regarding))
      : undefined,
    isLate(host, entry)
      ? words.due(activity, type)?.text
      : words.reasonName(type, activity.state, activity.statusReason),
    problems.length > 0 ? words.say('error.bad-row') : undefined,
  ]);
}

export interface EntryOptions {
  /** What it looks like: `bar` in a month and above a week, `box` among the hours. */
  readonly className: string;
  readonly tabIndex: 0 | -1;
  readonly content: unknown;
  readonly geometry?: StyleProperties;
  /** Finds it again after an update, see `FocusKeeper`. */
  readonly focusId?: string;
}

/** An entry as what opens the activity: a real link where the host makes one, a button where a form can be shown, else text. */
export function entryLink(
  host: ActivityElement,
  entry: DayEntry,
  { className, tabIndex, content, geometry = {}, focusId }: EntryOptions,
): TemplateResult {
  const { activity, type, span } = entry;
  const states = [
    isClosed(activity) && 'closed',
    span.deadlineOnly && 'due',
    isLate(host, entry) && 'overdue',
    host.isBusy(activity) && 'busy',
  ].filter((state) => state !== false);
  const classes = ['entry', className, hueClass(type.hue), ...states].join(' ');
  const part = ['entry', ...states].join(' ');
  const label = labelOf(host, entry);
  const isBad = (host.store?.problemsOf(activity.id) ?? []).length > 0;
  // The whole name stands in the content: what is drawn of it is only its beginning, and in another order.
  const inside = html`<span class="shown" aria-hidden="true"
      >${content}${isBad ? html`<span class="bad">${icon('warning', 16)}</span>` : nothing}</span
    ><span class="visually-hidden">${label}</span>`;
  const href = host.linkTo({ activity });
  const isHidden = activity.access === 'busy';
  if (!isHidden && href !== undefined) {
    return html`<a
      class=${classes}
      part=${part}
      href=${href}
      title=${label}
      tabindex=${tabIndex}
      data-entry=${activity.id}
      data-id=${ifDefined(focusId)}
      ${hue(type.hue)}
      ${cssom(geometry)}
      @click=${(event: MouseEvent) => host.requests.follow(activity, event)}
      >${inside}</a
    >`;
  }
  if (isHidden || !host.context.canOpen) {
    return html`<div
      class="${classes} text"
      part=${part}
      title=${label}
      tabindex=${tabIndex === 0 ? nothing : tabIndex}
      data-entry=${activity.id}
      data-id=${ifDefined(focusId)}
      ${hue(type.hue)}
      ${cssom(geometry)}
    >
      ${inside}
    </div>`;
  }
  return html`<button
    type="button"
    class=${classes}
    part=${part}
    title=${label}
    tabindex=${tabIndex}
    data-entry=${activity.id}
    data-id=${ifDefined(focusId)}
    ${hue(type.hue)}
    ${cssom(geometry)}
    @click=${() => void host.requests.open(activity)}
  >
    ${inside}
  </button>`;
}

/** An entry on one line: when it begins, and what it is. */
export function entryBar(
  host: ActivityElement,
  entry: DayEntry,
  { tabIndex, focusId }: Pick<EntryOptions, 'tabIndex' | 'focusId'>,
): TemplateResult {
  const time = startOf(host.words, entry);
  return entryLink(host, entry, {
    className: 'bar',
    tabIndex,
    ...(focusId !== undefined && { focusId }),
    content: html`${time === '' ? nothing : html`<span class="time num">${time}</span>`}<span
        class="what clip"
        dir="auto"
        >${marked(subjectOf(host, entry.activity), host.query?.search)}</span
      >`,
  });
}

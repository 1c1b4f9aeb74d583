import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { isClosed } from '../../model/activity.js';
import type { Day } from '../../model/time.js';
import type { RecordSummary } from '../../provider/provider.js';
import { button } from '../../ui/button.js';
import { hue, hueClass } from '../../ui/hue.js';
import { icon } from '../../ui/icon.js';
import { recordLink } from '../base/record-link.js';
import { foundPiece, subjectLink } from '../base/subject-link.js';
import type { ActivityElement } from '../base/activity-element.js';
import { keyOf, sumOf } from '../../provider/deals.js';
import type { DayEntry } from './entries.js';
import { isLate, startOf } from './entry.js';
import { minutesGone } from './new-times.js';
import type { CalendarPicture } from './picture.js';
import { freeMinutes, toSchedule, WORKING_HOURS, type ScheduleItem } from './schedule.js';

const MINUTE = 60_000;
const SKELETON_LINES = 3;
/** Stays at the end of a line. */
const SEPARATOR = '\u00a0· ';

/** The chosen day: what stands on it, in order, with the free time between; and the deals that it is about. */
export function dayPanel(picture: CalendarPicture, entries: readonly DayEntry[]): TemplateResult {
  const { host, navigation, isLoading, isFailed, canCompose, compose } = picture;
  const { words } = host;
  const { day } = navigation;
  // Where nothing came, it is not known that there is nothing.
  const isKnown = !isLoading && (!isFailed || entries.length > 0);
  const add = words.say('calendar.add-on', words.day(day, 'weekday-date'));
  return html`<section
    class="panel"
    part="panel"
    aria-labelledby="panel-heading"
    aria-busy=${isLoading ? 'true' : nothing}
    @keydown=${(event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented) return;
      event.preventDefault();
      navigation.focus();
    }}
  >
    <header class="panel-top">
      <div class="grow">
        <h2 id="panel-heading" class="large strong" tabindex="-1" data-focus-home>
          ${words.day(day, 'weekday-date')}
        </h2>
        <p class="small quiet">${isKnown ? summary(host, day, entries) : html`&nbsp;`}</p>
      </div>
      ${
        canCompose
          ? button({
              label: add,
              icon: 'add',
              iconOnly: true,
              part: 'add',
              onClick: () => compose(day),
            })
          : nothing
      }
    </header>
    <h3 class="panel-part">${words.say('calendar.schedule')}</h3>
    ${isLoading ? skeleton() : nothing}
    ${
      entries.length === 0 && isKnown
        ? html`<div class="nothing">
            <p class="quiet">${words.say('empty.day')}</p>
            ${
              canCompose
                ? button({
                    label: words.say('action.new-appointment'),
                    icon: 'add',
                    kind: 'outline',
                    small: true,
                    part: 'add',
                    onClick: () => compose(day),
                  })
                : nothing
            }
          </div>`
        : nothing
    }
    <ul class="schedule" part="schedule">
      ${repeat(
        toSchedule(entries),
        ({ key }) => key,
        (item) => scheduleItem(host, item),
      )}
    </ul>
    ${deals(picture)}
  </section>`;
}

/** How many, and how much of the working day is left. */
function summary(host: ActivityElement, day: Day, entries: readonly DayEntry[]): TemplateResult {
  const { words, now } = host;
  const count = words.say('count.activities', entries.length);
  const gone = minutesGone(day, now, words.timeZone);
  const free = freeMinutes(entries, gone);
  if (free === undefined || free < 1) return html`<bdi>${count}</bdi>`;
  const text = words.say(
    'calendar.free-before',
    words.duration(free),
    words.clock(WORKING_HOURS.to),
  );
  return html`<bdi>${count}</bdi>${SEPARATOR}<bdi>${text}</bdi>`;
}

function scheduleItem(host: ActivityElement, item: ScheduleItem): TemplateResult {
  const { words } = host;
  if (item.kind === 'free') {
    return html`<li class="line free" part="free">
      <span></span><i class="edge"></i>
      <span class="small quiet"
        ><bdi>${words.say('calendar.free', words.duration(item.minutes))}</bdi></span
      >
    </li>`;
  }
  const { entry } = item;
  const { activity, type, span } = entry;
  const closed = isClosed(activity);
  const time = span.allDay
    ? span.deadlineOnly
      ? ''
      : words.say('value.all-day')
    : startOf(words, entry);
  const states = `${closed ? 'closed' : ''} ${span.deadlineOnly ? 'due' : ''}`;
  const isBad = (host.store?.problemsOf(activity.id) ?? []).length > 0;
  return html`<li
    class="line ${hueClass(type.hue)} ${states}"
    part="line ${states}"
    data-id="panel ${activity.id}"
    ${hue(type.hue)}
  >
    <span class="line-time small quiet num">${time}</span>
    <i class="edge"></i>
    <div class="line-text">
      <div class="line-subject">
        <span class="visually-hidden">${words.typeName(type)}</span>
        ${subjectLink(host, activity, { search: host.query?.search })}
        ${closed ? icon('lock', 16) : nothing}
        ${
          isBad
            ? html`<span
                class="bad"
                role="img"
                aria-label=${words.say('error.bad-row')}
                title=${words.say('error.bad-row')}
                >${icon('warning', 16)}</span
              >`
            : nothing
        }
      </div>
      ${foundPiece(host, activity, host.query?.search)}
      <p class="small quiet">${details(host, entry)}</p>
    </div>
  </li>`;
}

/** What follows a subject, with dots between: that it is due, about what, how long, or how late. */
function details(host: ActivityElement, entry: DayEntry): TemplateResult {
  const { words } = host;
  const { activity, type, span, dayCount, dayNumber } = entry;
  const minutes = (span.end - span.start) / MINUTE;
  const parts: unknown[] = [];
  if (isLate(host, entry)) {
    const due = words.due(activity, type);
    parts.push(html`<bdi class="overdue" title=${due?.title ?? nothing}>${due?.text}</bdi>`);
  } else if (isClosed(activity)) {
    parts.push(words.reasonName(type, activity.state, activity.statusReason));
  } else if (span.deadlineOnly) parts.push(words.say('calendar.due'));
  if (activity.regarding) parts.push(recordLink(host, activity.regarding));
  else if (activity.access !== 'busy') parts.push(words.say('record.personal'));
  if (dayCount > 1) parts.push(words.say('calendar.day-of', dayNumber, dayCount));
  else if (!span.allDay && minutes >= 1) parts.push(words.duration(Math.round(minutes)));
  return html`${parts.map((part, index) => html`<bdi>${part}</bdi>${index < parts.length - 1 ? SEPARATOR : nothing}`)}`;
}

function deals({ host, deals: controller }: CalendarPicture): TemplateResult | typeof nothing {
  const { words } = host;
  const { status, deals: found } = controller;
  if (status === 'ready' && found.length === 0) return nothing;
  return html`<h3 class="panel-part">
      ${words.say('calendar.deals')}
      <span class="end num"
        >${sumOf(found).map(
          (sum, index) => html`${index > 0 ? ' + ' : nothing}<bdi>${words.money(sum)}</bdi>`,
        )}</span
      >
    </h3>
    ${
      status === 'failed'
        ? html`<p class="nothing" role="alert">
            ${words.say('calendar.deals-failed')}
            ${button({
              label: words.say('action.retry'),
              kind: 'link',
              part: 'retry',
              onClick: () => controller.retry(),
            })}
          </p>`
        : nothing
    }
    ${status === 'loading' ? skeleton() : nothing}
    <ul class="deals" part="deals">
      ${repeat(
        found,
        ({ ref }) => keyOf(ref),
        (deal) => dealCard(host, deal),
      )}
    </ul>`;
}

function dealCard(host: ActivityElement, { ref, parent, deal }: RecordSummary): TemplateResult {
  const { words } = host;
  const { value, stage, stageIndex, stageCount = 0 } = deal ?? {};
  const reached = stageIndex === undefined ? 0 : Math.min(stageIndex + 1, stageCount);
  const from = [parent && words.recordName(parent), stage].filter((part) => part !== undefined);
  return html`<li class="deal" part="deal" data-id="deal ${keyOf(ref)}">
    <div class="with">
      <span class="strong clip grow">${recordLink(host, ref)}</span>
      ${value ? html`<bdi class="num">${words.money(value)}</bdi>` : nothing}
    </div>
    ${
      from.length > 0
        ? html`<p class="small quiet clip">
            ${from.map((part, index) => html`${index > 0 ? ' · ' : nothing}<bdi>${part}</bdi>`)}
          </p>`
        : nothing
    }
    ${
      reached > 0
        ? html`<div
            class="stages"
            part="stages"
            role="img"
            aria-label=${words.say('calendar.stage', reached, stageCount)}
          >
            ${Array.from(
              { length: stageCount },
              (_, index) => html`<i class="stage ${index < reached ? 'reached' : ''}"></i>`,
            )}
          </div>`
        : nothing
    }
  </li>`;
}

function skeleton(): TemplateResult {
  return html`<div class="panel-skeleton skeleton" aria-hidden="true">
    ${Array.from({ length: SKELETON_LINES }, () => html`<span class="skeleton-bar"></span>`)}
  </div>`;
}

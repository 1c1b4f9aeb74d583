import { html, nothing, type TemplateResult } from 'lit';
import { ref } from 'lit/directives/ref.js';
import { repeat } from 'lit/directives/repeat.js';
import { fromWall, wallMinutes } from '../../model/time.js';
import { cssom } from '../../ui/cssom.js';
import type { ActivityElement } from '../base/activity-element.js';
import { marked } from '../../ui/marked.js';
import { subjectOf } from '../base/subject-link.js';
import { DAY_MINUTES, type DayEntry } from './entries.js';
import { entryBar, entryLink, timeOf } from './entry.js';
import { addButton, dayLabel, dayStates } from './month-view.js';
import type { CalendarPicture } from './picture.js';
import type { TimeBox, WeekDay } from './week.js';

const HOURS = Array.from({ length: 24 }, (_, hour) => hour);
/** Of what takes the whole day, so many are shown at first. */
const FEW = 3;
/** Below that, time and subject share a line. */
const SHORT_MINUTES = 45;
/** From that on, the subject may take two. */
const LONG_MINUTES = 75;
const SLOT_MINUTES = 30;
const NO_BOXES: readonly (readonly [number, number])[] = [
  [9, 1],
  [11, 1.5],
  [14, 1],
  [10, 2],
  [15, 0.5],
];

/** A week as columns of the same 24 hours, also where a clock change makes a day longer or shorter. */
export function weekView(picture: CalendarPicture, days: readonly WeekDay[]): TemplateResult {
  const { host, room, heading, isLoading, showsAllWholeDay } = picture;
  const lines = Math.max(1, ...days.map((each) => linesOf(each, showsAllWholeDay)));
  return html`<div
    class="week"
    part="week"
    role="group"
    aria-label=${heading}
    aria-busy=${isLoading ? 'true' : nothing}
    ${ref(room.hours)}
    ${cssom({ '--_lines': lines })}
  >
    ${axis(host, days)}
    ${repeat(
      days,
      ({ day }) => day,
      (each, index) => weekDay(picture, each, isLoading ? NO_BOXES[index % 5] : undefined),
    )}
  </div>`;
}

function axis({ words }: ActivityElement, days: readonly WeekDay[]): TemplateResult {
  const offsets = new Set(
    days.map(({ day }) => words.offset(fromWall(day, DAY_MINUTES / 2, words.timeZone))),
  );
  return html`<div class="axis" aria-hidden="true">
    <span class="corner" title=${words.say('time.zone', words.timeZone)}
      >${[...offsets].map((offset) => html`<bdi>${offset}</bdi>`)}</span
    >
    <span class="axis-whole-day">${words.say('calendar.all-day')}</span>
    <div class="hours">
      ${HOURS.map((hour) => html`<span class="hour num">${words.clock(hour * 60)}</span>`)}
    </div>
  </div>`;
}

function weekDay(
  picture: CalendarPicture,
  each: WeekDay,
  skeleton: readonly [number, number] | undefined,
): TemplateResult {
  const { host, navigation, canCompose, compose } = picture;
  const { words } = host;
  const { day, isToday, boxes } = each;
  const isChosen = day === navigation.day;
  const states = dayStates(picture, each);
  return html`<div
    class="column-day ${states}"
    part="day ${states}"
    role="group"
    aria-labelledby="head-${day}"
    data-day=${day}
    @keydown=${navigation.keydown}
    @pointermove=${canCompose ? pointAt : nothing}
    @click=${(event: MouseEvent) => composeAt(picture, event, day)}
  >
    <div class="head">
      <button
        type="button"
        id="head-${day}"
        class="day-control day-head"
        part="day-head ${states}"
        tabindex=${isChosen ? 0 : -1}
        aria-current=${isToday ? 'date' : nothing}
        aria-pressed=${String(isChosen)}
        aria-keyshortcuts=${canCompose ? 'N' : nothing}
        @click=${() => navigation.choose(day)}
        @dblclick=${() => compose(day)}
      >
        <span class="small" aria-hidden="true">${words.day(day, 'weekday-short')}</span>
        <span class="day-of-month num" aria-hidden="true"
          >${words.number(Number(day.slice(8)))}</span
        >
        <span class="visually-hidden">${dayLabel(words, each)}</span>
      </button>
      ${canCompose ? addButton(picture, each) : nothing}
    </div>
    ${wholeDay(picture, each)}
    <div class="column">
      <div class="slots ${canCompose ? 'takes' : ''}" part="slots"></div>
      <ul class="boxes">
        ${repeat(
          boxes,
          ({ entry }) => entry.activity.id,
          (box) => html`<li>${timeBox(host, box)}</li>`,
        )}
      </ul>
      ${
        skeleton
          ? html`<div
              class="box-skeleton skeleton"
              aria-hidden="true"
              ${cssom({
                'inset-block-start': `${String((skeleton[0] / 24) * 100)}%`,
                'block-size': `${String((skeleton[1] / 24) * 100)}%`,
              })}
            >
              <span class="skeleton-bar"></span>
            </div>`
          : nothing
      }
      ${isToday ? nowLine(host) : nothing}
    </div>
  </div>`;
}

/** How many lines a day needs for what takes it whole. */
function linesOf({ wholeDay: { length } }: WeekDay, isAll: boolean): number {
  if (length <= FEW) return length;
  return isAll ? length + 1 : FEW;
}

function wholeDay(
  { host, showsAllWholeDay, toggleWholeDay }: CalendarPicture,
  { wholeDay: entries }: WeekDay,
): TemplateResult {
  const { words } = host;
  const isAll = showsAllWholeDay || entries.length <= FEW;
  const shown = isAll ? entries : entries.slice(0, FEW - 1);
  return html`<ul class="whole-day">
    ${repeat(
      shown,
      ({ activity }) => activity.id,
      (entry) => html`<li>${entryBar(host, entry, { tabIndex: 0, focusId: focusId(entry) })}</li>`,
    )}
    ${
      entries.length > FEW
        ? html`<li>
            <button
              type="button"
              class="more"
              part="more"
              aria-expanded=${String(isAll)}
              @click=${() => toggleWholeDay()}
            >
              ${
                isAll
                  ? words.say('action.show-less')
                  : html`<bdi>${words.say('calendar.more', entries.length - shown.length)}</bdi>`
              }
            </button>
          </li>`
        : nothing
    }
  </ul>`;
}

function timeBox(
  host: ActivityElement,
  { entry, top, bottom, lane, lanes, width }: TimeBox,
): TemplateResult {
  const { words } = host;
  const { regarding } = entry.activity;
  const isShort = bottom - top < SHORT_MINUTES;
  const lines = bottom - top < LONG_MINUTES ? 'clip' : 'lines-2';
  const percent = (part: number, whole: number): string => `${String((part / whole) * 100)}%`;
  const time =
    isShort && !entry.span.deadlineOnly ? words.time(entry.span.start) : timeOf(words, entry);
  return entryLink(host, entry, {
    className: isShort ? 'box short' : 'box',
    tabIndex: 0,
    focusId: focusId(entry),
    geometry: {
      'inset-block-start': percent(top, DAY_MINUTES),
      'block-size': percent(bottom - top, DAY_MINUTES),
      'inset-inline-start': percent(lane, lanes),
      'inline-size': `calc(${percent(width, lanes)} - var(--_space))`,
    },
    content: html`<span class="what ${lines}" dir="auto"
        >${marked(subjectOf(host, entry.activity), host.query?.search)}</span
      ><span class="time num clip"
        >${time}${regarding && !isShort ? html` · <bdi>${words.recordName(regarding)}</bdi>` : nothing}</span
      >`,
  });
}

function focusId({ day, activity }: DayEntry): string {
  return `${day} ${activity.id}`;
}

function nowLine({ now, words }: ActivityElement): TemplateResult {
  const minutes = wallMinutes(now, words.timeZone);
  return html`<div
    class="now"
    part="now"
    aria-hidden="true"
    ${cssom({ 'inset-block-start': `${String((minutes / DAY_MINUTES) * 100)}%` })}
  ></div>`;
}

/** A click between the boxes: on that half hour. */
function composeAt({ compose }: CalendarPicture, event: MouseEvent, day: string): void {
  const found = slotAt(event);
  if (found) compose(day, found.slot * SLOT_MINUTES);
}

function pointAt(event: PointerEvent): void {
  const found = slotAt(event);
  found?.slots.style.setProperty('--_slot', String(found.slot));
}

/** Which half hour of the day the pointer is on, where nothing else is. */
function slotAt(event: MouseEvent): { slots: HTMLElement; slot: number } | undefined {
  const slots = event.composedPath()[0];
  if (!(slots instanceof HTMLElement) || !slots.matches('.slots')) return undefined;
  const { top, height } = slots.getBoundingClientRect();
  const count = DAY_MINUTES / SLOT_MINUTES;
  const slot = Math.floor(((event.clientY - top) / height) * count);
  return { slots, slot: Math.min(Math.max(slot, 0), count - 1) };
}

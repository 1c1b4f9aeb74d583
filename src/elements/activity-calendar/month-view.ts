import { html, nothing, type TemplateResult } from 'lit';
import { ref } from 'lit/directives/ref.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Localizer } from '../../i18n/localizer.js';
import { button } from '../../ui/button.js';
import { hue, hueClass } from '../../ui/hue.js';
import { entryBar, joined } from './entry.js';
import type { CalendarDay } from './month.js';
import type { CalendarPicture } from './picture.js';

const MOST_DOTS = 3;

/** What a day is called: its date, whether it is today, how much stands on it. */
export function dayLabel(words: Localizer, { day, isToday, entries }: CalendarDay): string {
  return joined(words, [
    words.day(day, 'long'),
    isToday ? words.say('day.today').toLocaleLowerCase(words.locale) : undefined,
    words.say('count.activities', entries.length),
  ]);
}

export function dayStates({ navigation }: CalendarPicture, each: CalendarDay): string {
  return [
    each.isToday && 'today',
    each.day === navigation.day && 'chosen',
    each.isWeekend && 'weekend',
    each.isOutside && 'outside',
  ]
    .filter(Boolean)
    .join(' ');
}

/**
 * Days as a grid of weeks with what stands on each. `compact` for little room: dots instead of entries, for which the day's
 * list stands below.
 */
export function monthView(
  picture: CalendarPicture,
  weeks: readonly (readonly CalendarDay[])[],
  isCompact: boolean,
): TemplateResult {
  const { host, navigation, heading, isLoading } = picture;
  const { words } = host;
  return html`<div
    class="month ${isCompact ? 'compact-days' : ''}"
    part="month"
    role="grid"
    aria-label=${heading}
    aria-busy=${isLoading ? 'true' : nothing}
    @keydown=${navigation.keydown}
    @click=${navigation.click}
    @dblclick=${navigation.doubleClick}
  >
    <div class="weekdays" role="row">
      ${(weeks[0] ?? []).map(
        ({ day }) =>
          html`<span class="weekday clip" part="weekday" role="columnheader"
            ><span aria-hidden="true"
              >${words.day(day, isCompact ? 'weekday-narrow' : 'weekday-short')}</span
            ><span class="visually-hidden">${words.day(day, 'weekday')}</span></span
          >`,
      )}
    </div>
    <div class="weeks" role="rowgroup">
      ${repeat(
        weeks,
        ([first]) => first?.day,
        (week, index) =>
          html`<div class="row" role="row">
            ${repeat(
              week,
              ({ day }) => day,
              (each, at) => monthDay(picture, each, isCompact, index + at === 0),
            )}
          </div>`,
      )}
    </div>
  </div>`;
}

function monthDay(
  picture: CalendarPicture,
  each: CalendarDay,
  isCompact: boolean,
  isMeasure: boolean,
): TemplateResult {
  const { host, navigation, canCompose } = picture;
  const { words } = host;
  const { day, isToday, entries } = each;
  const isChosen = day === navigation.day;
  const states = dayStates(picture, each);
  return html`<div
    class="day ${states}"
    part="day ${states}"
    role="gridcell"
    aria-selected=${String(isChosen)}
    data-day=${day}
    data-count=${entries.length}
  >
    <div class="day-top">
      <button
        type="button"
        class="day-control number num"
        part="number"
        tabindex=${isChosen ? 0 : -1}
        aria-label=${dayLabel(words, each)}
        aria-current=${isToday ? 'date' : nothing}
        aria-keyshortcuts=${canCompose ? 'N' : nothing}
      >
        ${words.number(Number(day.slice(8)))}
      </button>
      ${isCompact || !canCompose ? nothing : addButton(picture, each)}
    </div>
    ${isCompact ? dots(each) : dayEntries(picture, each, isMeasure)}
  </div>`;
}

export function addButton(
  { host, compose }: CalendarPicture,
  { day }: CalendarDay,
): TemplateResult {
  return html`<span class="add">
    ${button({
      label: host.words.say('calendar.add-on', host.words.day(day, 'weekday-date')),
      icon: 'add',
      iconOnly: true,
      small: true,
      part: 'add',
      tabIndex: -1,
      onClick: () => compose(day),
    })}
  </span>`;
}

function dayEntries(
  { host, room, isLoading, showList }: CalendarPicture,
  { day, entries }: CalendarDay,
  isMeasure: boolean,
): TemplateResult {
  const { words } = host;
  const fits = entries.length <= room.slots;
  const shown = fits ? entries : entries.slice(0, room.slots - 1);
  const hidden = entries.length - shown.length;
  return html`<ul class="entries" ${ref(isMeasure ? room.day : undefined)}>
    ${isLoading ? skeleton(day) : nothing}
    ${repeat(
      shown,
      ({ activity }) => activity.id,
      (entry) => html`<li>${entryBar(host, entry, { tabIndex: -1 })}</li>`,
    )}
    ${
      hidden > 0
        ? html`<li>
            <button
              type="button"
              class="more"
              part="more"
              tabindex="-1"
              data-entry="more"
              aria-label=${words.say('calendar.more-on', hidden, words.day(day, 'weekday-date'))}
              @click=${() => showList(day)}
            >
              <bdi>${words.say('calendar.more', hidden)}</bdi>
            </button>
          </li>`
        : nothing
    }
  </ul>`;
}

/** One dot for each of the first few entries, in the hue of its type. */
function dots({ entries }: CalendarDay): TemplateResult {
  return html`<span class="dots" aria-hidden="true"
    >${entries
      .slice(0, MOST_DOTS)
      .map(({ type }) => html`<i class="mark ${hueClass(type.hue)}" ${hue(type.hue)}></i>`)}</span
  >`;
}

/** Bars where entries will be: a few, on some of the days. */
function skeleton(day: string): TemplateResult {
  const count = Number(day.slice(8)) % 3;
  return html`${Array.from(
    { length: count },
    () => html`<li class="skeleton" aria-hidden="true"><span class="skeleton-bar"></span></li>`,
  )}`;
}

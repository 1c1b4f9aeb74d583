import type { ReactiveController } from 'lit';
import { ActivityViewChangeEvent } from '../../events/activity-view-change-event.js';
import { addDays, addMonths, daysBetween, timeKind, type Day } from '../../model/time.js';
import type { ActivityElement } from '../base/activity-element.js';
import { dayForKey, monthOf, weekAround, weeksOfMonth } from './days.js';

export const CALENDAR_VIEWS = ['month', 'week'] as const;
export type CalendarView = (typeof CALENDAR_VIEWS)[number];

/** What of a day takes the focus: its number in a month, its head in a week. */
const CONTROL = '.day-control';

interface CalendarHost extends ActivityElement {
  view: CalendarView;
  date?: Day;
}

/**
 * Which day is chosen, which days are shown around it, and how the user gets to others. The chosen day is the one that has, or
 * would take, the focus; it is the one tab stop of its grid.
 */
export class DayNavigation implements ReactiveController {
  readonly #host: CalendarHost;
  readonly #compose: (day: Day) => void;
  /** The month the user turned to: days at its edge belong to another one. */
  #month: Day | undefined;
  #monthFor: Day | undefined;
  #hadFocus = false;
  #takesFocus = false;
  #isTurned = false;

  /** `compose` offers something new on a day. */
  constructor(host: CalendarHost, compose: (day: Day) => void) {
    this.#host = host;
    this.#compose = compose;
    host.addController(this);
  }

  get view(): CalendarView {
    return CALENDAR_VIEWS.includes(this.#host.view) ? this.#host.view : 'month';
  }

  /** The chosen day: the host's, else today for the user. */
  get day(): Day {
    const { date, words } = this.#host;
    return date !== undefined && timeKind(date) === 'date' ? date : words.today();
  }

  /** The first day of the month that is shown. */
  get month(): Day {
    const isOwn = this.#month !== undefined && this.#monthFor === this.#host.date;
    return (isOwn && this.#month) || monthOf(this.day);
  }

  /** All days that are shown. */
  get days(): readonly Day[] {
    const { firstDayOfWeek } = this.#host.words;
    return this.view === 'week'
      ? weekAround(this.day, firstDayOfWeek)
      : weeksOfMonth(this.month, firstDayOfWeek).flat();
  }

  /** The user turned to other days since this was asked last. */
  takeTurned(): boolean {
    const isTurned = this.#isTurned;
    this.#isTurned = false;
    return isTurned;
  }

  goToday(): void {
    const today = this.#host.words.today();
    this.#turn({ day: today, month: monthOf(today) });
  }

  /** To the month or week after or before. */
  step(direction: 1 | -1): void {
    if (this.view === 'week') {
      this.#turn({ day: addDays(this.day, 7 * direction) });
      return;
    }
    const month = addMonths(this.month, direction);
    const last = daysBetween(month, addMonths(month, 1));
    const day = addDays(month, Math.min(Number(this.day.slice(8)), last) - 1);
    this.#turn({ day, month });
  }

  show(view: CalendarView): void {
    this.#turn({ view });
  }

  choose(day: Day): void {
    this.#turn({ day });
  }

  /** Takes the focus to the chosen day once it is drawn. */
  focus(): void {
    this.#takesFocus = true;
    this.#host.requestUpdate();
  }

  #turn(to: { readonly view?: CalendarView; readonly day?: Day; readonly month?: Day }): void {
    const host = this.#host;
    const { view = this.view, day = this.day } = to;
    const shown = this.days;
    const stays = this.view === view && to.month === undefined && shown.includes(day);
    const month = stays ? this.month : (to.month ?? monthOf(day));
    if (view !== this.view || day !== this.day) {
      host.dispatchEvent(new ActivityViewChangeEvent({ view, date: day }));
      host.view = view;
      host.date = day;
    }
    this.#month = month;
    this.#monthFor = host.date;
    if (this.days[0] !== shown[0] || this.days.length !== shown.length) this.#isTurned = true;
    host.requestUpdate();
  }

  // ── gestures, on what holds the days ─────────────────────────────────────────────────────────

  readonly keydown = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const target = event.composedPath()[0];
    if (!(target instanceof HTMLElement)) return;
    const place = target.closest<HTMLElement>('[data-day]');
    if (!place) return;
    const isDone =
      this.#composed(event, place) ||
      (target.matches(CONTROL) ? this.#wentOn(event, place) : wentInside(event, place));
    if (isDone) event.preventDefault();
  };

  readonly click = (event: MouseEvent): void => {
    const day = dayAt(event);
    if (day === undefined) return;
    this.choose(day);
    if (!isOnControl(event)) this.focus();
  };

  readonly doubleClick = (event: MouseEvent): void => {
    const day = dayAt(event);
    if (day !== undefined && !isOnControl(event)) this.#compose(day);
  };

  #composed({ key, shiftKey }: KeyboardEvent, place: HTMLElement): boolean {
    if (shiftKey || key.toLowerCase() !== 'n') return false;
    this.#compose(place.dataset['day'] ?? this.day);
    return true;
  }

  /** What a key does on a day. */
  #wentOn(event: KeyboardEvent, place: HTMLElement): boolean {
    const { firstDayOfWeek } = this.#host.words;
    const isWeek = this.view === 'week';
    if (event.key === 'Enter') return this.#entered(place);
    let { key } = event;
    if (isWeek) {
      // In a week, up and down are for the hours.
      if (key === 'ArrowUp' || key === 'ArrowDown') return false;
      if (key === 'PageUp') key = 'ArrowUp';
      if (key === 'PageDown') key = 'ArrowDown';
    }
    const day = dayForKey(
      this.day,
      { key, shiftKey: event.shiftKey },
      { rightToLeft: place.matches(':dir(rtl)'), firstDayOfWeek },
    );
    if (day === undefined) return false;
    const isPage = key.startsWith('Page');
    this.#turn({ day, ...(isPage && { month: monthOf(day) }) });
    this.focus();
    return true;
  }

  /** Into the day's entries: in the cell, else in the list of the day. On an empty day, and in a week, to a new one. */
  #entered(place: HTMLElement): boolean {
    const count = Number(place.dataset['count'] ?? 0);
    const list = this.#host.shadowRoot?.querySelector('.panel');
    const first =
      place.querySelector<HTMLElement>('[data-entry]') ??
      list?.querySelector<HTMLElement>('.schedule :is(a[href], button)') ??
      list?.querySelector<HTMLElement>('[data-focus-home]');
    if (count > 0 && first) first.focus();
    else this.#compose(this.day);
    return true;
  }

  // ── focus ────────────────────────────────────────────────────────────────────────────────────

  hostUpdate(): void {
    this.#hadFocus = this.#active?.closest(`[role=gridcell], ${CONTROL}`) != null;
  }

  hostUpdated(): void {
    if (!this.#takesFocus && !(this.#hadFocus && this.#active === null)) return;
    this.#takesFocus = false;
    const { shadowRoot } = this.#host;
    shadowRoot?.querySelector<HTMLElement>(`[data-day="${this.day}"] ${CONTROL}`)?.focus();
  }

  get #active(): Element | null {
    return this.#host.shadowRoot?.activeElement ?? null;
  }
}

/** What a key does among the entries of a day. */
function wentInside({ key, shiftKey }: KeyboardEvent, place: HTMLElement): boolean {
  // In a week, each entry is a tab stop of its own.
  if (shiftKey || !place.matches('[role=gridcell]')) return false;
  if (key === 'Escape') {
    place.querySelector<HTMLElement>(CONTROL)?.focus();
    return true;
  }
  const entries = [...place.querySelectorAll<HTMLElement>('[data-entry]')];
  const at = entries.findIndex((entry) => entry.matches(':focus'));
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: entries.length - 1 }[key];
  if (at < 0 || to === undefined) return false;
  entries[Math.min(Math.max(to, 0), entries.length - 1)]?.focus();
  return true;
}

function dayAt(event: Event): Day | undefined {
  const target = event.composedPath()[0];
  if (!(target instanceof Element)) return undefined;
  return target.closest<HTMLElement>('[data-day]')?.dataset['day'];
}

function isOnControl(event: Event): boolean {
  const target = event.composedPath()[0];
  const control = target instanceof Element ? target.closest('a, button, [data-entry]') : null;
  return control !== null && !control.matches(CONTROL);
}

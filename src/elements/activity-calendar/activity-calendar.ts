import { html, nothing, type CSSResultGroup, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { ref } from 'lit/directives/ref.js';
import type { Activity } from '../../model/activity.js';
import type { ActivityQuery } from '../../model/query.js';
import { addDays, startOfDay, toInstant, type Day } from '../../model/time.js';
import { mayCreate } from '../../provider/may.js';
import { button } from '../../ui/button.js';
import { FocusKeeper } from '../../ui/focus-keeper.js';
import { icon } from '../../ui/icon.js';
import { NarrowController } from '../../ui/narrow.js';
import { ActivityElement } from '../base/activity-element.js';
import { ViewController } from '../base/view-controller.js';
import { calendarStyles } from './activity-calendar.styles.js';
import { DayNavigation, type CalendarView } from './day-navigation.js';
import { dayPanel } from './day-panel.js';
import { DealsController } from './deals-controller.js';
import { recordsOf } from './deals.js';
import type { DayEntry } from './entries.js';
import { joined } from './entry.js';
import { monthView } from './month-view.js';
import { toMonth, type CalendarDay, type CalendarOptions } from './month.js';
import { halfHourAt, nextHalfHour } from './new-times.js';
import type { CalendarPicture } from './picture.js';
import { RoomController } from './room.js';
import { toolbar } from './toolbar.js';
import { weekView } from './week-view.js';
import { toWeek, type WeekDay } from './week.js';
import { WholeAnswer } from './whole-answer.js';

const PAGE = 1000;
/** What a click on free time plans. */
const NEW_TYPE = 'appointment';

type Shown =
  | { readonly view: 'month'; readonly weeks: readonly (readonly CalendarDay[])[] }
  | { readonly view: 'week'; readonly days: readonly WeekDay[] };

/**
 * Activities by day: a month or a week in the user's time zone, the chosen day's list, and the deals that the day is about. Stands
 * from start to end, or where it is due; what has neither is not shown, and notes are not. Fills the height it is given.
 *
 * @element activity-calendar
 * @fires {ActivityViewChangeEvent} activity-view-change - The user chose another `view` or `date`.
 * @fires {ActivityOpenEvent} activity-open - An entry was clicked; cancelable.
 * @fires {ActivityComposeEvent} activity-compose - Free time was clicked: a new appointment is wanted there; cancelable.
 * @fires {ActivityErrorEvent} activity-error - Something could not be loaded, or rows are broken.
 * @csspart base - All of it.
 * @csspart toolbar - The bar above the days.
 * @csspart today - The button that goes to today; also a day that is today.
 * @csspart previous - The button to the month or week before.
 * @csspart next - The button to the month or week after.
 * @csspart heading - Which days are shown.
 * @csspart views - The switch between month and week.
 * @csspart segment - One of its choices; also `on`.
 * @csspart on - The choice in force.
 * @csspart message - A word above the days: an error, nothing there, more than is shown.
 * @csspart error - A message of an error.
 * @csspart retry - The button that tries again.
 * @csspart month - The grid of a month.
 * @csspart weekday - The name of a weekday above it.
 * @csspart week - The columns of a week.
 * @csspart day - One day; also `today`, `chosen`, `weekend`, `outside`.
 * @csspart number - The number of a day in a month.
 * @csspart day-head - The head of a day's column in a week; also as `day`.
 * @csspart chosen - The chosen day.
 * @csspart weekend - A day of the weekend.
 * @csspart outside - A day of the month before or after.
 * @csspart slots - The free time of a day in a week.
 * @csspart now - The line of the present.
 * @csspart entry - One activity on one day; also `closed`, `due`, `overdue`, `busy`.
 * @csspart closed - An entry or a line of what is completed or canceled.
 * @csspart due - An entry or a line of what has only a deadline.
 * @csspart overdue - An entry of what is late.
 * @csspart busy - An entry that is being written.
 * @csspart more - The button that shows the entries for which there is no room.
 * @csspart add - A button that plans something on a day.
 * @csspart panel - The chosen day.
 * @csspart schedule - Its list.
 * @csspart line - One activity of the list; also `closed`, `due`.
 * @csspart free - Free time between two of them.
 * @csspart hit - What was searched for, in a subject or a snippet.
 * @csspart snippet - The piece of a description in which what was searched for stands, in the day's list.
 * @csspart subject - The subject of an activity in the list.
 * @csspart record - The record that an activity is about, and the name of a deal.
 * @csspart deals - The deals of the day.
 * @csspart deal - One deal.
 * @csspart stages - How far it has come.
 * @csspart label - The words of a button.
 * @csspart notices - The stack of notices.
 * @csspart notice - One notice; also `done` or `error`.
 * @csspart waiting - What is said while one is offline, or changes wait to be sent.
 * @csspart waiting-change - One change in the list of what waits.
 * @csspart dialog - A dialog: what waits to be sent, or two versions of an activity.
 * @csspart dialog-header - The line of a dialog's title.
 * @csspart dialog-body - What scrolls in it.
 * @csspart dialog-footer - Its buttons.
 * @csspart close - Its ×.
 * @csspart primary - The primary button.
 * @csspart button - A button; also `primary`.
 * @cssstate waiting - One is offline, or changes wait to be sent: leave room at the end of the page for the line that says so.
 * @cssstate loading - Nothing is there to be shown yet.
 * @cssstate empty - There is nothing on the days shown.
 * @cssstate error - It could not be loaded.
 * @cssstate narrow - It has little room: days are dots, and the chosen day's list stands below.
 */
export class ActivityCalendar extends ActivityElement {
  static override readonly styles: CSSResultGroup = [ActivityElement.styles, calendarStyles];

  /** What is shown around the date: `month` or `week`. */
  @property() view: CalendarView = 'month';
  /** The chosen day, `2026-11-23`; left out, today for the user. */
  @property() date?: Day;

  @state() private showsAllWholeDay = false;

  readonly #navigation = new DayNavigation(this, (day) => this.#compose(day));
  readonly #rows = new ViewController(this, () => this.#question);
  readonly #whole = new WholeAnswer(this, this.#rows);
  readonly #deals = new DealsController(this, () =>
    this.#hasPanel ? recordsOf(this.#chosenEntries) : [],
  );
  readonly #narrow = new NarrowController(this, this.internals);
  readonly #room = new RoomController(this);
  #shown: Shown | undefined;
  #shownFrom: readonly unknown[] = [];
  #isAnnounced = true;

  constructor() {
    super();
    new FocusKeeper(this);
  }

  get #question(): ActivityQuery {
    const { about, query = {} } = this;
    const { timeZone } = this.words;
    const { days } = this.#navigation;
    const [first = ''] = days;
    const last = days.at(-1) ?? first;
    const { filter, search } = query;
    return {
      ...(filter && { filter }),
      ...(search && { search }),
      ...(about && { record: { ref: about, rollup: this.rollup ?? 'related', parties: true } }),
      range: {
        from: toInstant(startOfDay(first, timeZone)),
        to: toInstant(startOfDay(addDays(last, 1), timeZone)),
      },
      page: { size: PAGE },
    };
  }

  get #isLoading(): boolean {
    return this.#rows.view === undefined || this.#rows.view.status === 'loading';
  }

  /** How many stand on the days shown. */
  get #count(): number {
    return this.#rows.rows.filter(({ state }) => state !== null).length;
  }

  get #isEmpty(): boolean {
    return this.#rows.view?.status === 'ready' && this.#count === 0;
  }

  get #isNarrow(): boolean {
    return this.#narrow.narrow;
  }

  get #hasPanel(): boolean {
    return this.#navigation.view === 'month' || this.#isNarrow || this.#room.isWide;
  }

  get #heading(): string {
    const { words } = this;
    const { view, month, days } = this.#navigation;
    const [first = month] = days;
    return view === 'month' ? words.day(month, 'month') : words.days(first, days.at(-1) ?? first);
  }

  get #canCompose(): boolean {
    return this.store !== undefined && mayCreate(NEW_TYPE, this.store.permissions) === true;
  }

  // ── what is shown: made anew only when rows, days or words change ──────────────────────────────

  get #days(): Shown {
    const { words } = this;
    const { view, month, day } = this.#navigation;
    const { rows } = this.#rows;
    const today = words.today();
    const from = [rows, view, view === 'month' ? month : day, today, words, this.store?.types];
    if (!this.#shown || from.some((part, index) => part !== this.#shownFrom[index])) {
      const { timeZone, firstDayOfWeek, weekend } = words;
      const options: CalendarOptions = {
        timeZone,
        firstDayOfWeek,
        weekend,
        today,
        typeOf: (activity: Activity) => this.typeOf(activity),
      };
      this.#shownFrom = from;
      this.#shown =
        view === 'month'
          ? { view, weeks: toMonth(rows, month, options) }
          : { view, days: toWeek(rows, day, options) };
    }
    return this.#shown;
  }

  get #chosenEntries(): readonly DayEntry[] {
    const shown = this.#days;
    const days = shown.view === 'month' ? shown.weeks.flat() : shown.days;
    return days.find(({ day }) => day === this.#navigation.day)?.entries ?? [];
  }

  // ── acts ───────────────────────────────────────────────────────────────────────────────────────

  #compose(day: Day, minute?: number): void {
    if (!this.#canCompose) return;
    const { timeZone } = this.words;
    const times =
      minute === undefined
        ? nextHalfHour(day, this.now, timeZone)
        : halfHourAt(day, minute, timeZone);
    void this.requests.compose(this.draftFor(NEW_TYPE, times));
  }

  async #showList(day: Day): Promise<void> {
    this.#navigation.choose(day);
    await this.updateComplete;
    this.shadowRoot?.querySelector<HTMLElement>('[data-focus-home]')?.focus();
  }

  // ── drawing ────────────────────────────────────────────────────────────────────────────────────

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    const { view } = this.#rows;
    const isReady = view?.status === 'ready';
    this.setState('loading', this.store !== undefined && this.#isLoading);
    this.setState('error', view?.status === 'failed');
    this.setState('empty', this.#isEmpty);
    if (this.#navigation.takeTurned()) this.#isAnnounced = false;
    if (this.#isAnnounced || !isReady) return;
    this.#isAnnounced = true;
    const count = this.words.say('count.activities', this.#count);
    this.context.announce(joined(this.words, [this.#heading, count]));
  }

  protected override renderContent(): TemplateResult {
    const shown = this.#days;
    const isLoading = this.#isLoading;
    const isNarrow = this.#isNarrow;
    const picture: CalendarPicture = {
      host: this,
      navigation: this.#navigation,
      room: this.#room,
      deals: this.#deals,
      heading: this.#heading,
      isLoading,
      isFailed: this.#rows.view?.status === 'failed',
      isEmpty: this.#isEmpty,
      canCompose: this.#canCompose,
      showsAllWholeDay: this.showsAllWholeDay,
      compose: (day, minute) => this.#compose(day, minute),
      showList: (day) => void this.#showList(day),
      toggleWholeDay: () => (this.showsAllWholeDay = !this.showsAllWholeDay),
    };
    const weeks = shown.view === 'month' ? shown.weeks : [shown.days];
    return html`<div class="frame ${isNarrow ? 'narrow' : ''}" ${ref(this.#room.frame)}>
      <div class="probe" aria-hidden="true" ${ref(this.#room.entry)}></div>
      <div class="layout">
        <div class="main">
          ${toolbar(picture)} ${this.#renderMessage()}
          ${
            shown.view === 'week' && !isNarrow
              ? weekView(picture, shown.days)
              : monthView(picture, weeks, isNarrow)
          }
        </div>
        ${this.#hasPanel ? dayPanel(picture, this.#chosenEntries) : nothing}
      </div>
    </div>`;
  }

  /** What went wrong, or what is not shown. */
  #renderMessage(): TemplateResult | typeof nothing {
    const { words } = this;
    const { view, rows } = this.#rows;
    if (view?.status === 'failed') {
      const why = view.error ? words.failure(view.error) : '';
      return html`<div class="message error" part="message error" role="alert">
        ${icon('error')}
        <p class="grow"><b class="strong">${words.say('error.load')}</b> ${why}</p>
        ${button({
          label: words.say('action.retry'),
          icon: 'refresh',
          kind: 'outline',
          small: true,
          part: 'retry',
          onClick: () => view.refresh(),
        })}
      </div>`;
    }
    const [source] = view?.failed ?? [];
    const text = source
      ? words.say('error.partial', source.source)
      : this.#whole.isCut
        ? words.say('calendar.cut', rows.length)
        : undefined;
    if (text === undefined) return nothing;
    return html`<div class="message" part="message">
      ${icon('info')}
      <p class="grow">${text}</p>
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'activity-calendar': ActivityCalendar;
  }
}

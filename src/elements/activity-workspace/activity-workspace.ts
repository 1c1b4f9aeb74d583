import { html, nothing, type CSSResultGroup, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { Activity, ActivityState, Priority, RecordRef } from '../../model/activity.js';
import { toColumnFilters, type ColumnFilters } from '../../model/column-filter.js';
import type { DueBucket } from '../../model/due-buckets.js';
import { DUE_BUCKETS } from '../../model/due-buckets.js';
import { sameJson, type Json } from '../../model/json.js';
import type { ActivityQuery, CountGroup, Sort, Total } from '../../model/query.js';
import type { Day } from '../../model/time.js';
import { ActivitySelectionChangeEvent } from '../../events/activity-selection-change-event.js';
import { ActivityViewChangeEvent } from '../../events/activity-view-change-event.js';
import { assign } from '../../ui/assign.js';
import { MenuController } from '../../ui/menu.js';
import { NarrowController } from '../../ui/narrow.js';
import { OverflowController } from '../../ui/overflow.js';
import { popoverStyles } from '../../ui/popover.styles.js';
import { button } from '../../ui/button.js';
import { RovingController } from '../../ui/roving.js';
import { skeletonRows } from '../../ui/skeleton.js';
import { errorState } from '../../ui/state-panel.js';
import { ActivityElement } from '../base/activity-element.js';
import type { Arrangement } from '../base/arrangement.js';
import { allColumns, ownColumns, type Column } from '../base/columns.js';
import { NextStep, nextStepStyles } from '../base/next-step.js';
import { CountController } from '../base/view-controller.js';
import { workspaceStyles } from './activity-workspace.styles.js';
import { BarFocus } from './bar-focus.js';
import { commandBar, narrowBar } from './command-bar.js';
import { DayPicker } from './day-picker.js';
import { dueTabs } from './due-tabs.js';
import { emptyWorkspace } from './empty-workspace.js';
import { filterBar } from './filter-bar.js';
import { fromInside } from './inner-changes.js';
import { MissingOptions } from './missing-options.js';
import { Proposals } from './proposals.js';
import { RecordPicker } from './record-picker.js';
import { Shortcuts } from './shortcuts.js';
import { SummaryDialog } from './summary-dialog.js';
import { titleBar } from './title-bar.js';
import type { ViewProperties } from './view-properties.js';
import { WorkQueue } from './work-queue.js';
import { WorkspaceAddress } from './workspace-address.js';
import { WorkspaceMemory } from './workspace-memory.js';
import {
  CLEARED,
  DEFAULT_STATE,
  WORKSPACE_SHOWS,
  filtersOf,
  toQuery,
  type Present,
  type WorkspaceDue,
  type WorkspaceFilters,
  type WorkspaceOwner,
  type WorkspaceShow,
  type WorkspaceState,
  type WorkspaceView,
} from './workspace-state.js';
import { WorkspaceViews } from './workspace-views.js';

/** Keystrokes of a search that follow one another this fast, in milliseconds, are one question. */
const NO_MORE: Total = { value: 0, relation: 'exact' };
const SEARCH_PAUSE = 250;
const STATE_KEYS = Object.keys(DEFAULT_STATE) as readonly (keyof WorkspaceState)[];

/**
 * The activities page: views (built in, and those a user saves), filters, due dates as tabs with counts, search, commands to create
 * and for what is selected, and *Show as* grid, calendar or kanban over the same activities; a work queue, a summary, and *Done and
 * plan next*. Opens `activity-form` and `activity-quick-create` in dialogs. Given a `record`, it is that record's activities page.
 *
 * @element activity-workspace
 * @slot commands - Further commands of the host, at the end of the command bar.
 * @slot filters - Further filters of the host, at the end of the filter bar.
 * @fires {ActivitySelectionChangeEvent} activity-selection-change - The user selected activities, or the selected were done.
 * @fires {ActivityViewChangeEvent} activity-view-change - The user changed what is shown: the properties of `state` that changed. What changed inside grid, calendar or board only comes as `grid.columns` and the like.
 * @fires {ActivityMoveStatusEvent} activity-move-status - Before the selected activities change their status; cancelable.
 * @fires {ActivityCompleteEvent} activity-complete - After it, where they are to be completed; cancelable.
 * @fires {ActivityUpdateEvent} activity-update - Before the selected activities are put off or assigned; cancelable.
 * @fires {ActivityDeleteEvent} activity-delete - Before they are deleted; cancelable.
 * @fires {ActivityOpenEvent} activity-open - Before an activity is opened; cancelable.
 * @fires {ActivityComposeEvent} activity-compose - Something new is wanted; cancelable.
 * @fires {ActivitySavedEvent} activity-saved - Writes ended.
 * @fires {ActivityErrorEvent} activity-error - Something failed.
 * @csspart base - All of it.
 * @csspart complete-dialog - The question how it went.
 * @csspart title-bar - View, search, *Show as*.
 * @csspart command-bar - What can be done.
 * @csspart filter-bar - The filters.
 * @csspart due-tabs - When it is due.
 * @csspart due-tab - One of its tabs; also `on`.
 * @csspart unsaved - The mark of a view that is not as it was saved.
 * @csspart queue - The work queue.
 * @csspart summary - The dialog with the summary.
 * @csspart figure - A figure of it, which leads to its rows.
 * @csspart dialog - Another dialog: a view's name, a record to filter by, keys, what is missing, how it went.
 * @csspart dialog-header - The line of its title.
 * @csspart dialog-body - What scrolls in it.
 * @csspart dialog-footer - Its buttons.
 * @csspart close - Its ×.
 * @csspart tile - The glyph of a type.
 * @csspart field - A field in it; also `required`, `invalid`.
 * @csspart required - A field that must be filled in.
 * @csspart invalid - A field in which something is wrong.
 * @csspart label - The name of a field.
 * @csspart input - What is filled in.
 * @csspart hint - A quiet line under a field.
 * @csspart pill - A chosen record.
 * @csspart pill-remove - Its ×.
 * @csspart face - The initials of a person.
 * @csspart lookup-list - The list of records that were found.
 * @csspart option - One of them; also `active`.
 * @csspart active - The one that Enter takes.
 * @csspart body - Where grid, calendar or board stands.
 * @csspart search - The search field.
 * @csspart segmented - The switch *Show as*.
 * @csspart segment - One of its ways; also `on`.
 * @csspart chip - A filter; also `on`.
 * @csspart on - A filter that is set, or the way things are shown.
 * @csspart button - A button; also `primary` or `disabled`.
 * @csspart primary - The primary button.
 * @csspart disabled - A button, or an item of a menu, that cannot be used now.
 * @csspart menu - The open menu.
 * @csspart menu-item - An item of it; also `disabled`.
 * @csspart empty - What is said when there is nothing to show.
 * @csspart skeleton - Stands for what shows the activities while that loads.
 * @csspart retry - The button that tries again.
 * @csspart scope-question - For which dates of a series something is meant.
 * @csspart scope-this - Only this one.
 * @csspart scope-following - This and all later ones.
 * @csspart scope-all - All of them.
 * @csspart notices - The stack of notices.
 * @csspart notice - One notice; also `done` or `error`.
 * @csspart waiting - What is said while one is offline, or changes wait to be sent.
 * @csspart waiting-change - One change in the list of what waits.
 * @csspart done - A notice of what was done.
 * @csspart error - A notice of what failed.
 * @cssstate waiting - One is offline, or changes wait to be sent: leave room at the end of the page for the line that says so.
 * @cssstate narrow - It has little room: the switch and *New* stand at the thumb.
 */
export class ActivityWorkspace extends ActivityElement {
  static override readonly styles: CSSResultGroup = [
    ActivityElement.styles,
    popoverStyles,
    nextStepStyles,
    workspaceStyles,
  ];

  /** Brings the element that shows activities this way, before it is first shown. Set where the workspace is registered. */
  static bring: (show: WorkspaceShow) => Promise<unknown> = () => Promise.resolve();

  /** How the activities are shown. */
  @property({ reflect: true }) show: WorkspaceShow = 'grid';
  /** Which activities are shown: `my`, `team`, `all`, `open`, `scheduled`, `overdue`, `due-today`, `completed-by-me`, `personal`, `no-regarding`. */
  @property() view: WorkspaceView = 'my';
  /** Id of the user's own view that is chosen. */
  @property({ attribute: 'personal-view' }) personalView?: string;
  /** Names of the types shown; empty: all. */
  @property({ attribute: false }) types: readonly string[] = [];
  /** Which states; empty: as the view means. */
  @property({ attribute: false }) states: readonly ActivityState[] = [];
  /**
   * Until when they are due: `overdue`, `today` … `next-12-months`, each "or earlier"; on which days: `due-today`, `due-tomorrow`,
   * `this-week`, `later`, `no-date`; or from one day to before another, `2026-11-23..2026-11-30`. Left out: any time.
   */
  @property() due?: WorkspaceDue;
  /** Whose: `me`, `my-team`, `others`, or a person or team; left out: as the view means. */
  @property({ attribute: false }) owner?: WorkspaceOwner;
  /** Which priorities; empty: all. */
  @property({ attribute: false }) priorities: readonly Priority[] = [];
  /** About which record; left out: any. */
  @property({ attribute: false }) regarding?: RecordRef;
  /** What the grid's columns are filtered by, by their names, as `filters` of `activity-grid`; calendar and kanban show the same. */
  @property({ attribute: false }) columnFilters: ColumnFilters = {};
  /** What is searched for in subject and description. */
  @property() search = '';
  /** How they are sorted; left out: as what shows them does by itself. */
  @property({ attribute: false }) sort?: readonly Sort[];
  /** The calendar's day, `2026-11-23`; left out: today. */
  @property() date?: Day;
  /** The calendar's view. */
  @property({ attribute: 'calendar-view' }) calendarView?: string;
  /** What the grid's rows are grouped by. */
  @property({ attribute: 'group-by' }) groupBy?: string;
  /** How the grid's columns are laid out, in a view of the user's own; left out: as the user has them elsewhere. */
  @property({ attribute: false }) arrangement?: Arrangement;
  /** What the board's lanes are. */
  @property({ attribute: 'lanes-by' }) lanesBy?: string;
  /** Ids of the selected activities. */
  @property({ attribute: false }) selection: readonly string[] = [];
  /**
   * What the host sets on the grid, calendar and kanban in it: `{ grid: { columns }, kanban: { limits, cardFields, cardRenderer } }`. What
   * the workspace itself decides, as which activities are shown, is not the host's to set there.
   */
  @property({ attribute: false }) viewProperties: ViewProperties = {};
  /** Keeps what is seen in the page's address, so that a link leads there. Without it a host can, by `state` and `activity-view-change`. */
  @property({ type: Boolean, attribute: 'url-state' }) urlState = false;

  @state() private typed: string | undefined;
  @state() private failedToBring = false;
  readonly #brought = new Set<WorkspaceShow>();
  /**
   * What the one who shared a view calls it.
   * @internal
   */
  @state() sharedName: string | undefined;

  /** @internal */
  readonly menu = new MenuController(this);
  /** @internal */
  readonly overflow = new OverflowController(this);
  /** @internal */
  readonly tabs = new RovingController(this, { axis: 'horizontal' });
  /** @internal */
  readonly next = new NextStep(this);
  /** @internal */
  readonly address = new WorkspaceAddress(this);
  /** @internal */
  readonly memory = new WorkspaceMemory(this);
  /** @internal */
  readonly views = new WorkspaceViews(this);
  /** @internal */
  readonly queue = new WorkQueue(this);
  /** @internal */
  readonly summary = new SummaryDialog(this);
  /** @internal */
  readonly missing = new MissingOptions(this);
  /** @internal */
  readonly shortcuts = new Shortcuts(this);
  /** @internal */
  readonly picker = new RecordPicker(this);
  /** @internal */
  readonly dayPicker = new DayPicker(this);
  /** @internal */
  readonly proposals = new Proposals(this);
  /**
   * The address says what is seen, and as what: what was remembered does not.
   * @internal
   */
  hasUrlState = false;
  /** @internal */
  urlShow: WorkspaceShow | undefined;

  readonly #narrow = new NarrowController(this, this.internals);
  readonly #count = new CountController(this, () => ({
    question: this.countQuestion,
    groups: this.#countGroups,
  }));
  #totals: ReadonlyMap<string, Total> = new Map();
  #searching: ReturnType<typeof setTimeout> | undefined;
  readonly #kept = new Map<string, { readonly key: readonly unknown[]; readonly value: unknown }>();

  constructor() {
    super();
    this.addController(new BarFocus(this));
  }

  /**
   * All that a user can choose to see and how, as plain JSON: to keep it where the host likes, and to set it again. Setting a part of it
   * leaves the rest as it is.
   */
  get state(): WorkspaceState {
    return Object.fromEntries(
      STATE_KEYS.map((key) => [key, this[key]]),
    ) as unknown as WorkspaceState;
  }
  set state(state: Partial<WorkspaceState>) {
    this.restore(state);
  }

  /** @internal */
  restore(state: Partial<WorkspaceState>): void {
    for (const key of STATE_KEYS) {
      if (key in state) Object.assign(this, { [key]: state[key] ?? DEFAULT_STATE[key] });
    }
  }

  protected override get isContext(): boolean {
    return true;
  }

  /** @internal */
  get isNarrow(): boolean {
    return this.#narrow.narrow;
  }

  /**
   * What the search field shows: what is typed, also before it is asked for.
   * @internal
   */
  get searchText(): string {
    return this.typed ?? this.search;
  }

  /** @internal */
  get viewName(): string {
    return this.sharedName ?? this.memory.chosen?.name ?? this.words.say(`view.${this.view}`);
  }

  /**
   * What is filtered; of one record, everybody's.
   * @internal
   */
  get filters(): WorkspaceFilters {
    const filters = filtersOf(this);
    return this.about && filters.view === 'my' ? { ...filters, view: 'all' } : filters;
  }

  /** @internal */
  get present(): Present {
    const { timeZone, firstDayOfWeek } = this.words;
    const now = Math.floor(this.now / 60_000) * 60_000;
    const { columns, store } = this;
    return { now, timeZone, firstDayOfWeek, capabilities: store?.capabilities, columns };
  }

  /**
   * The columns that the grid has, with those of the host.
   * @internal
   */
  get columns(): readonly Column[] {
    const { types } = this.store ?? {};
    const given = this.viewProperties.grid?.columns;
    return this.#keptFor('columns', [types, given], () =>
      allColumns(types ?? [], ownColumns(given)),
    );
  }

  /**
   * The question of what is shown; the same object until the minute or a choice changes.
   * @internal
   */
  get question(): ActivityQuery {
    const key = [...this.#filterKey, this.show, this.sort, this.store?.capabilities];
    return this.#keptFor('question', key, () => ({
      ...toQuery(this.filters, this.show, this.query, this.present),
      ...this.#recordPart,
    }));
  }

  /** The grid filters by its columns itself. */
  get #gridQuestion(): ActivityQuery {
    return this.#keptFor('grid', [this.question], () =>
      toQuery({ ...this.filters, columnFilters: {} }, 'grid', this.query, this.present),
    );
  }

  /**
   * What all counts are of; each group says the rest.
   * @internal
   */
  get countQuestion(): ActivityQuery {
    return this.#keptFor('count', [this.search, this.query, ...this.#aboutKey], () => {
      const search = this.search.trim() || this.query?.search;
      const filter = this.query?.filter;
      return { ...(filter && { filter }), ...(search && { search }), ...this.#recordPart };
    });
  }

  /** One `count` call for the title and the tabs. */
  get #countGroups(): readonly CountGroup[] {
    return this.#keptFor('groups', this.#filterKey, () => {
      const groupOf = (name: string, due: WorkspaceDue | undefined): CountGroup => ({
        name,
        filter: toQuery({ ...this.filters, due }, 'grid', undefined, this.present).filter ?? {
          all: [],
        },
      });
      return [
        groupOf('shown', this.due),
        groupOf('all', undefined),
        ...DUE_BUCKETS.map((bucket) => groupOf(bucket, bucket)),
      ];
    });
  }

  get #filterKey(): readonly unknown[] {
    const { now, timeZone, firstDayOfWeek } = this.present;
    const { view, types, states, due, owner, priorities, regarding, search, query } = this;
    const filters = [view, types, states, due, owner, priorities, regarding, search, query];
    return [
      ...filters,
      this.columnFilters,
      this.columns,
      now,
      timeZone,
      firstDayOfWeek,
      ...this.#aboutKey,
    ];
  }

  get #aboutKey(): readonly unknown[] {
    const { about } = this;
    return [about?.kind, about?.id, this.rollup];
  }

  get #recordPart(): Pick<ActivityQuery, 'record'> {
    const { about } = this;
    return about ? { record: { ref: about, rollup: this.rollup ?? 'related', parties: true } } : {};
  }

  /** The same value, and object, until something of its key changes. */
  #keptFor<T>(name: string, key: readonly unknown[], make: () => T): T {
    const kept = this.#kept.get(name);
    if (kept?.key.every((part, index) => part === key[index])) return kept.value as T;
    const made = make();
    const value = kept && sameJson(kept.value, made) ? (kept.value as T) : made;
    this.#kept.set(name, { key, value });
    return value;
  }

  /**
   * How many match in all.
   * @internal
   */
  get count(): string {
    const total = this.#totals.get('shown');
    return total ? this.countWords(total) : '';
  }

  /**
   * The figures are those of before.
   * @internal
   */
  get isCounting(): boolean {
    return this.#count.isAwaited;
  }

  /** @internal */
  countOf(bucket: DueBucket | undefined): Total | undefined {
    return this.#totals.get(bucket ?? 'all');
  }

  /** @internal */
  countWords({ value, relation }: Total): string {
    return relation === 'exact'
      ? this.words.number(value)
      : this.words.say('count.at-least', value);
  }

  /**
   * The selected activities, as far as they are known.
   * @internal
   */
  get selected(): readonly Activity[] {
    return this.selection.flatMap((id) => this.store?.row(id) ?? []);
  }

  /**
   * The grid, where that is what shows them: it knows best what is selected and what can be done with it.
   * @internal
   */
  get grid(): HTMLElementTagNameMap['activity-grid'] | undefined {
    const grid = this.show === 'grid' ? this.shadowRoot?.querySelector('activity-grid') : null;
    return grid?.hasUpdated ? grid : undefined;
  }

  /**
   * How many are selected, those too that are not loaded.
   * @internal
   */
  get selectedWords(): string {
    const { selected, grid } = this;
    const { value, relation } = grid?.restBeside(selected)?.count ?? NO_MORE;
    return this.words.say(
      relation === 'exact' ? 'count.selected' : 'grid.selected-at-least',
      selected.length + value,
    );
  }

  /**
   * A user's choice: told first, then taken over.
   * @internal
   */
  choose(changes: Partial<WorkspaceState>): void {
    const detail: Record<string, Json> = {};
    for (const [name, value] of Object.entries(changes)) {
      if (!sameJson(value ?? null, this[name as keyof WorkspaceState] ?? null)) {
        detail[name] = (value ?? null) as Json;
      }
    }
    if (Object.keys(detail).length > 0) {
      this.dispatchEvent(new ActivityViewChangeEvent(detail));
      if (Object.keys(detail).some((name) => name in CLEARED || name === 'view')) {
        this.select([]);
        // What is set stands at the beginning, where they scroll.
        this.renderRoot.querySelector('.filter-bar')?.scrollTo({ left: 0 });
      }
    }
    if ('search' in changes) {
      // What is being typed would come after it, and undo it.
      clearTimeout(this.#searching);
      this.typed = undefined;
    }
    this.restore(changes);
    this.memory.keep(changes);
    this.address.write();
  }

  /** @internal */
  clearFilters(): void {
    // Of what somebody shared nothing is left to save, and there is no way back to it as there is to a view of one's own.
    this.sharedName = undefined;
    this.choose(CLEARED);
  }

  /**
   * A user's selection by the bars: told first, then taken over.
   * @internal
   */
  select(selection: readonly string[]): void {
    const { grid } = this;
    if (sameJson(selection, this.selection) && !grid?.rest) return;
    this.dispatchEvent(new ActivitySelectionChangeEvent({ selection }));
    this.selection = selection;
    // Those that are not loaded are not among these.
    if (grid) grid.rest = undefined;
  }

  /** @internal */
  type(text: string): void {
    this.typed = text;
    clearTimeout(this.#searching);
    this.#searching = setTimeout(
      () => this.choose({ search: text }),
      text === '' ? 0 : SEARCH_PAUSE,
    );
  }

  /** @internal */
  focusSearch(): void {
    this.renderRoot.querySelector<HTMLInputElement>('.search input')?.focus();
  }

  /** Puts the focus into what shows the activities, once that is drawn. */
  async focusView(): Promise<void> {
    await this.updateComplete;
    const view = this.renderRoot.querySelector<HTMLElement>('.body > *');
    if (view instanceof ActivityElement) await view.updateComplete;
    view?.focus();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (!WORKSPACE_SHOWS.includes(this.show)) this.show = 'grid';
    if (changed.has('search')) this.typed = undefined;
    if (changed.has('columnFilters')) {
      const filters = toColumnFilters(this.columnFilters);
      if (!sameJson(filters, this.columnFilters)) this.columnFilters = filters;
    }
  }

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    // The address may have had its say after `willUpdate`.
    if (changed.has('show')) void this.#bring();
  }

  readonly #bring = async (): Promise<void> => {
    const { show } = this;
    this.failedToBring = false;
    try {
      await ActivityWorkspace.bring(show);
      this.#brought.add(show);
      this.requestUpdate();
    } catch {
      this.failedToBring = show === this.show;
    }
  };

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#searching);
  }

  protected override renderContent(): TemplateResult {
    // While another question is asked, the figures before it stay, dimmed: they seldom differ much. What is counted is known only now.
    const { view } = this.#count;
    if (view && (view.totals.size > 0 || view.hasEnded)) this.#totals = view.totals;
    const { words, isNarrow: narrow } = this;
    return html`<section
        class="panel card-surface"
        aria-label=${words.say('workspace.label')}
        @keydown=${this.shortcuts.keydown}
      >
        ${titleBar(this)} ${narrow ? nothing : commandBar(this)} ${filterBar(this)} ${dueTabs(this)}
        ${this.queue.render()} ${this.#renderUndated()}
        <div
          class="body"
          part="body"
          @activity-selection-change=${this.#selected}
          @activity-view-change=${this.#changedInside}
        >
          ${this.#renderBody()}
        </div>
        ${narrow ? narrowBar(this) : nothing}
      </section>
      ${this.menu.render()} ${this.views.render()} ${this.summary.render()} ${this.missing.render()}
      ${this.shortcuts.render()} ${this.picker.render()} ${this.dayPicker.render()}
      ${this.next.render()}`;
  }

  readonly #selected = (event: ActivitySelectionChangeEvent): void => {
    this.selection = event.detail.selection;
  };

  /** What an element inside calls `view` is not what the workspace calls so: told in the workspace's own words instead. */
  readonly #changedInside = (event: ActivityViewChangeEvent): void => {
    event.stopPropagation();
    const { state, other } = fromInside(event);
    if (Object.keys(other).length > 0) this.dispatchEvent(new ActivityViewChangeEvent(other));
    if (Object.keys(state).length > 0) this.choose(state);
  };

  /** What has no date has no place in a calendar. */
  #renderUndated(): TemplateResult | typeof nothing {
    if (this.show !== 'calendar' || this.due !== 'no-date') return nothing;
    const { words } = this;
    return html`<p class="undated quiet" role="status">
      <span>${words.say('show.undated')}</span>
      ${button({
        label: words.say('show.as-grid'),
        kind: 'link',
        small: true,
        onClick: () => {
          this.choose({ show: 'grid' });
          void this.focusView();
        },
      })}
    </p>`;
  }

  #renderBody(): TemplateResult | typeof nothing {
    const { words } = this;
    if (this.failedToBring) {
      const retry = { label: words.say('action.retry'), onClick: () => void this.#bring() };
      return errorState({ title: words.say('error.render'), retry });
    }
    if (this.memory.isHeld) return nothing;
    // Until its element is there, what would stand in its slots must not be seen.
    if (!this.#brought.has(this.show) && !customElements.get(`activity-${this.show}`)) {
      return skeletonRows(8, words.say('loading.activities'));
    }
    const { record: _record, ...query } = this.question;
    const { about, rollup } = this;
    switch (this.show) {
      case 'grid':
        return html`<activity-grid
          without-commands
          ${assign(this.viewProperties.grid)}
          .query=${this.#gridQuestion}
          .filters=${this.columnFilters}
          .current=${this.queue.current}
          .record=${about}
          .rollup=${rollup}
          .groupBy=${this.groupBy}
          .arrangement=${this.arrangement}
          .selection=${this.selection}
          >${emptyWorkspace(this)}</activity-grid
        >`;
      case 'calendar':
        return html`<activity-calendar
          ${assign(this.viewProperties.calendar)}
          .query=${query}
          .record=${about}
          .rollup=${rollup}
          .date=${this.date}
          .view=${this.calendarView ?? 'month'}
        ></activity-calendar>`;
      case 'kanban':
        return html`<activity-kanban
          ${assign(this.viewProperties.kanban)}
          .query=${query}
          .record=${about}
          .rollup=${rollup}
          .lanesBy=${this.lanesBy ?? 'state'}
          .selection=${this.selection}
        ></activity-kanban>`;
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'activity-workspace': ActivityWorkspace;
  }
}

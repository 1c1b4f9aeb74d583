import { html, nothing, type CSSResultGroup, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Activity } from '../../model/activity.js';
import type { Sort } from '../../model/query.js';
import { ActivityViewChangeEvent } from '../../events/activity-view-change-event.js';
import { cssom } from '../../ui/cssom.js';
import { MenuController } from '../../ui/menu.js';
import { NarrowController } from '../../ui/narrow.js';
import { popoverStyles } from '../../ui/popover.styles.js';
import { ActivityElement } from '../base/activity-element.js';
import { ViewController } from '../base/view-controller.js';
import { gridStyles } from './activity-grid.styles.js';
import { sortedBy, toColumns, type Column } from './columns.js';
import { commandBar } from './commands.js';
import { GridNavigation } from './grid-navigation.js';
import { header } from './header.js';
import { LoadMore } from './load-more.js';
import { Order, toQuestion } from './question.js';
import { pressed } from './row-press.js';
import { row } from './rows.js';
import { SelectionController } from './selection.js';
import { ShownRows } from './shown-rows.js';
import { body, notes } from './states.js';

const MINUTE = 60_000;

/**
 * A list of activities: sorted, selected and completed, one or many at once. Fills the height of its place, if that has one, and
 * scrolls in itself; further rows come as their place comes near. Where it has little room, each activity takes two lines.
 *
 * Without a `query` it shows all activities but notes, by their due date.
 *
 * @element activity-grid
 * @slot empty - Stands in place of what is said when there is nothing to show.
 * @fires {ActivitySelectionChangeEvent} activity-selection-change - Other activities are selected.
 * @fires {ActivityViewChangeEvent} activity-view-change - The user sorted: `sort`.
 * @fires {ActivityMoveStatusEvent} activity-move-status - Before activities change their status; cancelable.
 * @fires {ActivityCompleteEvent} activity-complete - After it, where they are to be completed; cancelable.
 * @fires {ActivityOpenEvent} activity-open - Before an activity is opened; cancelable.
 * @fires {ActivityComposeEvent} activity-compose - Something new is wanted, from an empty grid; cancelable.
 * @fires {ActivitySavedEvent} activity-saved - Writes ended.
 * @fires {ActivityErrorEvent} activity-error - Something failed, or a row came with invalid data.
 * @csspart base - All of it.
 * @csspart note - A line above the rows: offline, or what could not be loaded.
 * @csspart commands - What can be done with the selected activities; stands over the header.
 * @csspart grid - The rows with their header.
 * @csspart head - The header.
 * @csspart header - A column's header; also the column's name.
 * @csspart sort - What sorts by a column; also `sorted`.
 * @csspart sorted - What sorts by the column the rows are sorted by.
 * @csspart row - One activity; also `selected`, `busy`, `closed`, `leaving`.
 * @csspart selected - A selected row.
 * @csspart busy - A row that is being written.
 * @csspart closed - A row of what is completed or canceled.
 * @csspart leaving - A row on its way out.
 * @csspart cell - A cell; also the column's name: `type`, `subject`, `regarding`, `due`, `priority`, `status`, `owner`; `acts` with what can be done, `main` of a narrow row.
 * @csspart type - A cell, or its header.
 * @csspart subject - A cell, its header, and the subject in it.
 * @csspart regarding - A cell, or its header.
 * @csspart due - A cell, its header, and the words in it.
 * @csspart priority - A cell, its header, and icon and word in it.
 * @csspart status - A cell, its header, and dot and word in it; there also the state.
 * @csspart owner - A cell, or its header.
 * @csspart acts - A cell.
 * @csspart main - A cell of a narrow row, or its header.
 * @csspart late - Words that say how late it is.
 * @csspart checkbox - What selects a row, or all.
 * @csspart tile - The glyph of a type.
 * @csspart face - The initials of an owner.
 * @csspart record - The name of a record.
 * @csspart via - Through which record the activity stands here.
 * @csspart problem - The sign of a row with invalid data.
 * @csspart saving - The sign of a row that is being written.
 * @csspart dot - The dot of a status; also the state.
 * @csspart open - The dot or status of what is open.
 * @csspart scheduled - The dot or status of what is scheduled.
 * @csspart completed - The dot or status of what is completed.
 * @csspart canceled - The dot or status of what is canceled.
 * @csspart button - A button; also `primary` or `disabled`.
 * @csspart primary - The one primary button.
 * @csspart disabled - A button, or an item of a menu, that can't be used now.
 * @csspart menu - The open menu.
 * @csspart menu-item - An item of it; also `disabled`.
 * @csspart more - Behind the last row: how many are loaded, and what loads more.
 * @csspart skeleton - What stands in place of rows while they are loaded.
 * @csspart empty - What is said when there is nothing to show.
 * @csspart error - What is said when nothing could be loaded.
 * @csspart denied - What is said when it may not be seen.
 * @csspart retry - What tries again.
 * @csspart notices - The stack of notices, where the element stands alone.
 * @csspart notice - One notice; also `done` or `error`.
 * @csspart done - A notice of what was done.
 * @cssstate loading - The rows are on their way.
 * @cssstate empty - There is nothing to show.
 * @cssstate error - The rows could not be loaded.
 * @cssstate narrow - It has little room: each activity takes two lines.
 */
export class ActivityGrid extends ActivityElement {
  static override readonly styles: CSSResultGroup = [
    ActivityElement.styles,
    popoverStyles,
    gridStyles,
  ];

  /**
   * Names of the columns shown, in order: `type`, `subject`, `regarding`, `due`, `priority`, `status`, `owner`. Left out: all of
   * them. As an attribute, separated by spaces.
   */
  @property({ converter: { fromAttribute: (value) => value?.split(/[\s,]+/).filter(Boolean) } })
  columns?: readonly string[];

  /** Ids of the selected activities. */
  @property({ attribute: false }) selection: readonly string[] = [];

  /** Shows no commands for the selected activities: what is around it does. */
  @property({ type: Boolean, attribute: 'without-commands' }) withoutCommands = false;

  readonly #order = new Order();
  readonly #narrow = new NarrowController(this, this.internals);
  readonly #view = new ViewController(this, () =>
    toQuestion(this.query ?? {}, this.sort, this.about, this.rollup),
  );
  readonly #shown = new ShownRows(this, this.#view, {
    find: (id) => this.#navigation.elementOf(id),
    onGone: (ids) => this.deselect(ids),
  });
  readonly #selection = new SelectionController(this, () => this.#shown.ids);
  readonly #more = new LoadMore(this, this.#view);
  readonly #navigation: GridNavigation = new GridNavigation(this, {
    rows: () => this.#shown.ids,
    columns: () => ['select', ...this.#middle, 'acts'],
    primary: () => (this.#middle.includes('subject') ? 'subject' : (this.#middle[0] ?? 'select')),
    onToggle: (id) => this.#selection.toggle(id),
    onExtend: (id, from) => this.#selection.extendTo(id, from),
    onSelectAll: () => this.#selection.selectAll(),
  });
  /** The menu that is open, of whatever row. */
  readonly menu: MenuController = new MenuController(this, {
    onOrphan: () => this.#navigation.focus(),
  });
  #userQuery: ActivityElement['query'];

  /** How the rows are sorted: as the user chose last, else as `query` says. */
  get sort(): readonly Sort[] {
    return this.#order.sort;
  }

  /** It has little room: each activity takes two lines. */
  get isNarrow(): boolean {
    return this.#narrow.narrow;
  }

  /** The data source can change a status at all. */
  get canMove(): boolean {
    return this.store?.provider.transition !== undefined;
  }

  /** The data source can sort by a field. */
  canSortBy(field: string): boolean {
    const declared = this.store?.capabilities?.query;
    return !declared || (declared.sort ?? []).some((name) => name === '*' || name === field);
  }

  /** As a user's click on the column's header. */
  sortBy(column: Column): void {
    this.setSort(sortedBy(column, this.sort));
  }

  /** As a user's choice: told first, then taken over. */
  setSort(sort: readonly Sort[]): void {
    this.dispatchEvent(
      new ActivityViewChangeEvent({
        sort: sort.map((one): { [key: string]: string } => ({ ...one })),
      }),
    );
    this.#order.choose(sort);
    this.query = this.#userQuery = { ...this.query, sort };
    const [first] = sort;
    const column = toColumns(undefined).find(({ sortField }) => sortField === first?.field);
    if (!column || !first) return;
    const { words } = this;
    const direction = words.say(first.direction === 'asc' ? 'sort.ascending' : 'sort.descending');
    this.context.announce(words.say('announce.sorted', words.say(column.label), direction));
  }

  /** As a user who selects nothing any more. */
  clearSelection(): void {
    this.#selection.clear();
  }

  /** Takes what is gone or done with out of the selection, and tells so. */
  deselect(ids: ReadonlySet<string>): void {
    this.#selection.drop(ids);
  }

  /** Puts the focus into the rows, where the user left them. */
  override focus(): void {
    this.#navigation.focus();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (!Array.isArray(this.selection)) this.selection = [];
    if (changed.has('query') && this.query !== this.#userQuery) this.#order.take(this.query?.sort);
  }

  protected override updated(): void {
    const { view } = this.#view;
    this.setState('loading', view?.status === 'loading');
    this.setState('error', view?.status === 'failed');
    this.setState('empty', view?.status === 'ready' && this.#shown.rows.length === 0);
  }

  /** The columns between what selects and what can be done. */
  get #middle(): readonly string[] {
    return this.isNarrow ? ['main'] : toColumns(this.columns).map(({ name }) => name);
  }

  protected override renderContent(): TemplateResult {
    const { words, isNarrow: narrow } = this;
    const { rows, drawn, isHeld } = this.#shown;
    const { view } = this.#view;
    const columns = toColumns(this.columns);
    const selected = this.#selected();
    const total = view?.total;
    const isKnown = !isHeld && total?.relation === 'exact';
    const tracks = ['select', ...this.#middle].map((name) => `var(--_col-${name})`).join(' ');
    return html`<div class="frame ${narrow ? 'narrow' : ''}">
        ${notes(this, view, rows.length > 0, this.#more.hasFailed)}
        <div class="stage">
          ${selected.length > 0 && !this.withoutCommands ? commandBar(this, selected) : nothing}
          <div class="scroller">
            <div
              class="grid ${selected.length > 0 ? 'picking' : ''}"
              part="grid"
              role="grid"
              aria-label=${words.say('grid.label')}
              aria-rowcount=${isKnown ? total.value + 1 : -1}
              aria-colcount=${this.#middle.length + 2}
              aria-multiselectable="true"
              aria-busy=${String(isHeld)}
              ${cssom({ '--_tracks': tracks })}
              @keydown=${this.#navigation.keydown}
              @focusin=${this.#navigation.focusin}
              @mousedown=${this.#pressed}
              @click=${this.#pressed}
            >
              ${header(this, { columns, narrow, selected: selected.length, rows: rows.length })}
              ${this.#renderRows(drawn, columns, selected)}
            </div>
            ${body(this, view, rows.length, isHeld)} ${isHeld ? nothing : this.#more.render()}
          </div>
        </div>
      </div>
      ${this.menu.render()}`;
  }

  #renderRows(
    drawn: ShownRows['drawn'],
    columns: readonly Column[],
    selected: readonly Activity[],
  ): unknown {
    const ids = new Set(selected.map(({ id }) => id));
    const { store } = this;
    const shared = [
      this.words,
      this.context,
      store?.capabilities,
      store?.types,
      this.hrefFor,
      this.columns,
      this.isNarrow,
      Math.floor(this.now / MINUTE),
    ];
    const context = {
      columns,
      narrow: this.isNarrow,
      isSelected: (id: string) => ids.has(id),
      shared,
    };
    let index = 0;
    return repeat(
      drawn,
      ({ activity }) => activity.id,
      (shown) => row(this, shown, shown.isLeaving ? index : index++, context),
    );
  }

  /** The selected rows among those shown. */
  #selected(): readonly Activity[] {
    if (this.selection.length === 0) return [];
    const ids = new Set(this.selection);
    return this.#shown.rows.filter(({ id }) => ids.has(id));
  }

  readonly #pressed = (event: MouseEvent): void => pressed(event, this.#selection);
}

declare global {
  interface HTMLElementTagNameMap {
    'activity-grid': ActivityGrid;
  }
}

import { html, noChange, nothing, type CSSResultGroup, type PropertyValues } from 'lit';
import { property } from 'lit/decorators.js';
import { guard } from 'lit/directives/guard.js';
import { ref } from 'lit/directives/ref.js';
import { repeat } from 'lit/directives/repeat.js';
import { ACTIVITY_STATES, type Activity } from '../../model/activity.js';
import { allOf, needOf, type ActivityQuery, type Rest, type Sort } from '../../model/query.js';
import { sameJson, textsIn } from '../../model/json.js';
import { queryField } from '../../model/query-fields.js';
import { canFilterBy, canSortBy } from '../../provider/capabilities.js';
import { canEverMoveTo } from '../../provider/may.js';
import type { RecordSummary } from '../../provider/provider.js';
import { ActivityViewChangeEvent } from '../../events/activity-view-change-event.js';
import { cssom } from '../../ui/cssom.js';
import { dialogStyles } from '../../ui/dialog.styles.js';
import { fieldsStyles } from '../../ui/fields/fields.styles.js';
import { MenuController } from '../../ui/menu.js';
import { NarrowController } from '../../ui/narrow.js';
import { popoverStyles } from '../../ui/popover.styles.js';
import { ActivityElement } from '../base/activity-element.js';
import type { Command } from '../base/command.js';
import { nextFrame } from '../base/pace.js';
import { draftOfferStyles } from '../base/form-drafts.js';
import { NextStep, nextStepStyles } from '../base/next-step.js';
import type { WriteResult } from '../../store/acts.js';
import { gridStyles } from './activity-grid.styles.js';
import { GridActs } from './acts.js';
import { Bulk, restBesides } from './bulk.js';
import { LEAST_ROOM, WIDE_TYPE, type Arrangement } from '../base/arrangement.js';
import {
  toColumnFilters,
  toFilters,
  withFilter,
  type ColumnFilter,
  type ColumnFilters,
} from '../../model/column-filter.js';
import { columnMenu, sortedAs } from './column-menu.js';
import { conflictStyles } from '../base/conflict.js';
import { sortedAlsoBy, sortedBy, type Column, type GridColumn } from '../base/columns.js';
import { commandBar, selectionCommands } from './commands.js';
import { DrawnItems } from './drawn-items.js';
import { EditInPlace } from './edit-in-place.js';
import { FilterPanel } from './filter-panel.js';
import { GridColumns } from './grid-columns.js';
import { GridExport } from './grid-export.js';
import { GridKeys } from './grid-keys.js';
import { GridNavigation, HEAD } from './grid-navigation.js';
import { canGroupBy, groupsOf } from './groups.js';
import { header } from './header.js';
import { Hints } from './hints.js';
import { LoadMore } from './load-more.js';
import { PanelController } from './panel.js';
import { Order, toQuestion } from './question.js';
import { RecordGroups } from './record-groups.js';
import { RowButtons } from './row-buttons.js';
import { RowPress } from './row-press.js';
import { RowWindow } from './row-window.js';
import { item, type RowContext } from './rows.js';
import { Sections } from './sections.js';
import { SelectionController } from './selection.js';
import { body, notes } from './states.js';

const MINUTE = 60_000;
/** So many are drawn of a short list in any case: a page. */
const PAGE = 50;

/**
 * A list of activities: sorted, selected and completed, one or many at once. Fills the height of its place, if that has one, and
 * scrolls in itself; further rows come as their place comes near. Where it has little room, each activity takes two lines.
 *
 * Without a `query` it shows all activities but notes, by their due date.
 *
 * @element activity-grid
 * @slot empty - Stands in place of what is said when there is nothing to show.
 * @fires {ActivitySelectionChangeEvent} activity-selection-change - Other activities are selected.
 * @fires {ActivityViewChangeEvent} activity-view-change - The user sorted, filtered, grouped or arranged the columns: `sort`, `filters`, `groupBy`, `arrangement`.
 * @fires {ActivityUpdateEvent} activity-update - Before activities are edited, assigned or moved to another day; cancelable.
 * @fires {ActivityDeleteEvent} activity-delete - Before activities are deleted; cancelable.
 * @fires {ActivityMoveStatusEvent} activity-move-status - Before activities change their status; cancelable.
 * @fires {ActivityCompleteEvent} activity-complete - After it, where they are to be completed; cancelable.
 * @fires {ActivityOpenEvent} activity-open - Before an activity is opened; cancelable.
 * @fires {ActivityComposeEvent} activity-compose - Something new is wanted, from an empty grid; cancelable.
 * @fires {ActivitySavedEvent} activity-saved - Writes ended.
 * @fires {ActivityErrorEvent} activity-error - Something failed, or a row came with invalid data.
 * @csspart base - All of it.
 * @csspart complete-dialog - The question how it went.
 * @csspart note - A line above the rows: offline, or what could not be loaded.
 * @csspart commands - What can be done with the selected activities; stands over the header.
 * @csspart grid - The rows with their header.
 * @csspart head - The header.
 * @csspart header - A column's header; also the column's name.
 * @csspart sort - What sorts by a column; also `sorted`.
 * @csspart sorted - What sorts by the column the rows are sorted by.
 * @csspart row - One activity; also `selected`, `busy`, `closed`, `leaving`, `current`.
 * @csspart selected - A selected row.
 * @csspart busy - A row that is being written.
 * @csspart closed - A row of what is completed or canceled.
 * @csspart leaving - A row on its way out.
 * @csspart current - The row of what is in hand around the grid.
 * @csspart cell - A cell; also the column's name: `type`, `subject`, `regarding`, `due`, `priority`, `status`, `owner`; `acts` with what can be done, `main` of a narrow row.
 * @csspart type - A cell, or its header.
 * @csspart subject - A cell, its header, and the subject in it.
 * @csspart hit - What was searched for, in a subject or a snippet.
 * @csspart snippet - The piece of a description in which what was searched for stands.
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
 * @csspart start - A cell, or its header.
 * @csspart end - A cell, or its header.
 * @csspart actual-end - A cell, or its header.
 * @csspart description - A cell, or its header.
 * @csspart created-by - A cell, or its header.
 * @csspart created - A cell, or its header.
 * @csspart modified-by - A cell, or its header.
 * @csspart modified - A cell, or its header.
 * @csspart custom - A cell of a role, a type's own field or a host's column, or its header.
 * @csspart field - One field of a panel; also `required`, `invalid`.
 * @csspart field-* - One field by its name: `field-subject`, `field-due` …
 * @csspart required - A field that must be filled in.
 * @csspart invalid - A field in which something is wrong.
 * @csspart label - The name of a field.
 * @csspart input - What is filled in.
 * @csspart hint - A quiet line under a field.
 * @csspart check - What is checked or not; also `checked`.
 * @csspart checked - What is checked.
 * @csspart segmented - A choice of few.
 * @csspart segment - One of them; also `on`.
 * @csspart on - The one that is chosen.
 * @csspart period - Start and end.
 * @csspart pill - A chosen record.
 * @csspart pill-remove - Its ×.
 * @csspart lookup-list - The list of records that were found.
 * @csspart option - One of them; also `active`.
 * @csspart active - The one that Enter takes.
 * @csspart dialog-header - The line of a dialog's title.
 * @csspart dialog-body - What scrolls in it.
 * @csspart dialog-footer - Its buttons.
 * @csspart close - Its ×.
 * @csspart pressed - A button that is on.
 * @csspart group - The header of a group.
 * @csspart column-menu - What opens the menu of a column.
 * @csspart filtered - The sign of a column that is filtered; of one that is not shown, at the end of the header.
 * @csspart panel - The small form of a filter, a day, a record or a value that is edited.
 * @csspart draft-offer - What was typed into a cell before and not saved, and whether to take it up again.
 * @csspart draft-restore - What takes it up.
 * @csspart draft-discard - What throws it away.
 * @csspart bulk - How far an act on many rows is.
 * @csspart progress - The bar in it.
 * @csspart dialog - A dialog: `report` of an act on many rows, `question` before one that can't be taken back.
 * @csspart report - The dialog that says what became of each.
 * @csspart question - The dialog that asks first.
 * @csspart more - Behind the last row: how many are loaded, and what loads more.
 * @csspart skeleton - What stands in place of rows while they are loaded.
 * @csspart empty - What is said when there is nothing to show.
 * @csspart error - What is said when nothing could be loaded.
 * @csspart denied - What is said when it may not be seen.
 * @csspart retry - What tries again.
 * @csspart scope-question - For which dates of a series something is meant.
 * @csspart scope-this - Only this one.
 * @csspart scope-following - This and all later ones.
 * @csspart scope-all - All of them.
 * @csspart notices - The stack of notices, where the element stands alone.
 * @csspart notice - One notice; also `done` or `error`.
 * @csspart waiting - What is said while one is offline, or changes wait to be sent.
 * @csspart waiting-change - One change in the list of what waits.
 * @csspart done - A notice of what was done.
 * @cssstate waiting - One is offline, or changes wait to be sent: leave room at the end of the page for the line that says so.
 * @cssstate loading - The rows are on their way.
 * @cssstate empty - There is nothing to show.
 * @cssstate error - The rows could not be loaded.
 * @cssstate narrow - It has little room: each activity takes two lines.
 */
export class ActivityGrid extends ActivityElement {
  static override readonly styles: CSSResultGroup = [
    ActivityElement.styles,
    popoverStyles,
    dialogStyles,
    fieldsStyles,
    draftOfferStyles,
    nextStepStyles,
    conflictStyles,
    gridStyles,
  ];

  /**
   * The columns shown, in order: names (`type`, `subject`, `regarding`, `due`, `priority`, `status`, `owner`, `start`, `end`,
   * `actual-end`, `description`, `created-by`, `created`, `modified-by`, `modified`, `parties.ROLE`, `fields.NAME`), and columns of
   * the host's own. Left out: the first seven. As an attribute, names separated by spaces. What the user arranges themselves is kept
   * in their preferences.
   */
  @property({ converter: { fromAttribute: (value) => value?.split(/[\s,]+/).filter(Boolean) } })
  columns?: readonly (string | GridColumn)[];

  /** What the columns are filtered by, by their names; besides what `query` says. */
  @property({ attribute: false }) filters: ColumnFilters = {};

  /** Name of the column by which the rows are grouped: one of dates due, of types, of choices, of records. */
  @property({ attribute: 'group-by' }) groupBy?: string | undefined;

  /** Ids of the selected activities. */
  @property({ attribute: false }) selection: readonly string[] = [];

  /** More that are selected but not loaded: all that match a question, but those it excepts. */
  @property({ attribute: false }) rest: Rest | undefined;

  /**
   * How the columns are laid out, where what is around the grid keeps that, as a workspace's view does: what the user arranges is told by
   * `activity-view-change`. Left out: it is kept in the user's preferences.
   */
  @property({ attribute: false }) arrangement?: Arrangement | undefined;

  /** Id of the activity that is in hand around the grid, as in a workspace's queue: its row is marked. */
  @property({ attribute: false }) current?: string | undefined;

  /** Shows no commands for the selected activities: what is around it does. */
  @property({ type: Boolean, attribute: 'without-commands' }) withoutCommands = false;

  readonly #order = new Order();
  readonly #narrow = new NarrowController(this, this.internals, { threshold: LEAST_ROOM });
  /** @internal */
  readonly layoutOfColumns: GridColumns = new GridColumns(this);
  readonly #collapsed = new Set<string>();
  readonly #recordGroups = new RecordGroups(this);
  readonly #sections = new Sections(this, {
    question: () => {
      const { filter, search } = this.query ?? {};
      const own = toFilters(this.layoutOfColumns.all, this.filters, this.words.timeZone);
      const asked = allOf(filter, ...own);
      const need = needOf(this.layoutOfColumns.shown.map(({ field }) => field));
      return toQuestion(
        {
          ...(asked && { filter: asked }),
          ...(search !== undefined && { search }),
          ...(need && { need }),
        },
        this.sort,
        this.about,
        this.rollup,
      );
    },
    groups: (list) => {
      const column = this.layoutOfColumns.all.find(({ name }) => name === this.groupBy);
      return column?.kind.kind === 'record'
        ? this.#recordGroups.of(column, list, this.canSortBy(column.field ?? ''))
        : column && canGroupBy(this, column)
          ? groupsOf(this, column)
          : undefined;
    },
    isCollapsed: ({ key }) => this.#collapsed.has(key),
  });
  readonly #window: RowWindow = new RowWindow(this, () => this.#sections.layout);
  readonly #drawn: DrawnItems = new DrawnItems(this, this.#sections, {
    find: (key) => this.#navigation.elementOf(key),
    topOf: (index) => this.#window.topOf(index),
  });
  readonly #selection = new SelectionController(this, this.#sections);
  readonly #more = new LoadMore(this, this.#sections);
  readonly #keys = new GridKeys(this);
  readonly #navigation: GridNavigation = new GridNavigation(this, {
    rows: () => ({
      length: this.#sections.layout.length,
      keyAt: (index) => this.#sections.keyAt(index),
      indexOf: (key, near) => this.#sections.indexOf(key, near),
    }),
    drawn: () => this.#drawn.list.filter(({ isLeaving }) => !isLeaving).map(({ key }) => key),
    start: () => this.#firstSeen(),
    columns: () => ['select', ...this.#middle, 'acts'],
    primary: () => (this.#middle.includes('subject') ? 'subject' : (this.#middle[0] ?? 'select')),
    reveal: (index) => (index < 0 ? this.#window.toStart() : this.#window.reveal(index)),
    onMove: () => this.requestUpdate(),
    onToggle: (key) => {
      // What stands for a row that is not loaded is none to select.
      if (this.rowOf(key)) this.#selection.toggle(key);
    },
    onExtend: (id, from) => this.#selection.extendTo(id, from),
    onSelectAll: () => this.#selection.selectAll(),
    onKey: this.#keys.pressed,
  });
  readonly #press = new RowPress(this.#selection);
  readonly #hints: Hints = new Hints(this);
  /**
   * The menu that is open, of whatever row.
   * @internal
   */
  readonly menu: MenuController = new MenuController(this, {
    onOrphan: () => this.#navigation.focus(),
  });
  /** @internal */
  readonly panel: PanelController = new PanelController(this, {
    onOrphan: () => this.#navigation.focus(),
  });
  /** @internal */
  readonly filterPanel: FilterPanel = new FilterPanel(this);
  /** @internal */
  readonly rowButtons: RowButtons = new RowButtons(this);
  /** @internal */
  readonly editing: EditInPlace = new EditInPlace(this);
  /** @internal */
  readonly acts: GridActs = new GridActs(this);
  /** @internal */
  readonly next: NextStep = new NextStep(this);
  /** @internal */
  readonly bulk: Bulk = new Bulk(this);
  /** @internal */
  readonly exports: GridExport = new GridExport(this);
  #userQuery: ActivityElement['query'];

  // ── how it is sorted, filtered, grouped ──────────────────────────────────────────────────────

  /** How the rows are sorted: as the user chose last, else as `query` says. */
  get sort(): readonly Sort[] {
    return this.#order.sort;
  }

  /** It has little room: each activity takes two lines. */
  get isNarrow(): boolean {
    return this.#narrow.narrow;
  }

  /** A status is ever changed here. */
  get canMove(): boolean {
    const { store } = this;
    return !!store && ACTIVITY_STATES.some((to) => canEverMoveTo(to, store.permissions));
  }

  /** The data source can sort by a field, of which there is one in a row. */
  canSortBy(field: string): boolean {
    const { store } = this;
    if (store && queryField(field, store.types)?.many) return false;
    return canSortBy(store?.capabilities, field);
  }

  /** The data source can filter by what a column shows. */
  canFilterBy({ field }: Column): boolean {
    return field !== undefined && canFilterBy(this.store?.capabilities, field);
  }

  /** As a user's click on the column's header, with Shift to sort by it too. */
  sortBy(column: Column, also = false): void {
    this.setSort((also ? sortedAlsoBy : sortedBy)(column, this.sort));
  }

  /** As a user's choice: told first, then taken over. */
  setSort(sort: readonly Sort[]): void {
    this.#tell({ sort: sort.map((one): { [key: string]: string } => ({ ...one })) });
    this.#order.choose(sort);
    this.query = this.#userQuery = { ...this.query, sort };
    const said = sortedAs(this, sort);
    if (said.length > 0) this.context.announce(said.join('; '));
  }

  /** As a user who filters a column, or no longer does. */
  setFilter(column: Column, filter: ColumnFilter | undefined): void {
    this.#setFilters(withFilter(this.filters, column, filter));
  }

  /** As a user who filters no column any more. */
  clearFilters(): void {
    this.#setFilters({});
  }

  #setFilters(filters: ColumnFilters): void {
    this.#tell({ filters: JSON.parse(JSON.stringify(filters)) as { [column: string]: string } });
    this.filters = filters;
    this.#isFilterNew = true;
  }
  #isFilterNew = false;

  /** As a user who groups by a column, or no longer does. */
  setGroupBy(name: string | undefined): void {
    this.#tell({ groupBy: name ?? null });
    this.groupBy = name;
    this.#collapsed.clear();
    const column = this.layoutOfColumns.all.find((one) => one.name === name);
    const { words } = this;
    const said = column && words.say('announce.grouped', words.label(column.label));
    this.context.announce(said ?? words.say('grid.no-groups'));
  }

  /** Shows the rows of a group, or hides them. */
  toggleGroup(key: string, isShown = this.#collapsed.has(key)): void {
    if (isShown) this.#collapsed.delete(key);
    else this.#collapsed.add(key);
    this.requestUpdate();
  }

  #tell(detail: ActivityViewChangeEvent['detail']): void {
    this.dispatchEvent(new ActivityViewChangeEvent(detail));
  }

  // ── what is selected ─────────────────────────────────────────────────────────────────────────

  /** How many are selected; `isSure` where nobody stopped counting. */
  get selected(): { readonly value: number; readonly isSure: boolean } {
    return this.#selection.count;
  }

  /** As a user who selects all that match, also what is not loaded. */
  selectAll(): void {
    this.#selection.selectAll();
  }

  /** As a user who selects nothing any more. */
  clearSelection(): void {
    this.#selection.clear();
  }

  /**
   * How many there would be to select, where that is more than are selected; 0 else.
   * @internal
   */
  get canSelectMore(): number {
    const { total } = this.#sections;
    return total && total.value > this.selected.value ? total.value : 0;
  }

  /**
   * What is selected besides these rows.
   * @internal
   */
  restBeside(rows: readonly Activity[]): Rest | undefined {
    return this.#selection.restBeside(rows);
  }

  /**
   * What can be done with these, which are selected, and with what is selected besides; for a bar around the grid.
   * @internal
   */
  commandsFor(selected: readonly Activity[]): readonly Command[] {
    return selectionCommands(this, selected);
  }

  /**
   * Takes what was done with out of the selection. What was among `selected` and seemed to leave, but came back, stays so. `isAll`: it
   * was done to all that is selected, seen or not; `left`: but not to these, nor to those `notTried`, which stay selected.
   * @internal
   */
  dropDone(
    results: readonly WriteResult[],
    selected: readonly string[],
    {
      isAll = false,
      left,
      notTried = [],
    }: { isAll?: boolean; left?: Rest | undefined; notTried?: readonly string[] } = {},
  ): void {
    const done = new Set<string>();
    const failed = new Set<string>();
    for (const one of results) {
      if ('error' in one) failed.add(one.id);
      else done.add(one.key).add(one.id);
    }
    // Of all that match, those failed too that were never seen.
    const again = isAll ? [...failed, ...notTried] : selected.filter((id) => failed.has(id));
    if (left) {
      const kept = [...new Set([...this.selection, ...again])].filter((id) => !done.has(id));
      this.rest = restBesides(left, kept);
    }
    this.#selection.settle(done, again, isAll && !left);
  }

  // ── where things are ─────────────────────────────────────────────────────────────────────────

  /** Puts the focus into the rows, where the user left them. */
  override focus(): void {
    this.#navigation.focus();
  }

  /** @internal */
  headerOf(column: string): HTMLElement | undefined {
    return this.#cellIn(this.#navigation.elementOf(HEAD), column);
  }

  /** @internal */
  cellOf(id: string, column: string): HTMLElement | undefined {
    const row = this.#navigation.elementOf(id);
    return this.#cellIn(row, column) ?? this.#cellIn(row, 'main') ?? this.#cellIn(row, 'select');
  }

  #cellIn(row: HTMLElement | null, column: string): HTMLElement | undefined {
    return row?.querySelector<HTMLElement>(`:scope > [data-col="${column}"]`) ?? undefined;
  }

  /** @internal */
  rowOf(key: string): Activity | undefined {
    const index = this.#sections.indexOf(key);
    return index < 0 ? undefined : this.#sections.rowAt(index);
  }

  /**
   * All places of the list, and the rows in them as far as they are loaded.
   * @internal
   */
  get places(): { readonly length: number; rowAt(index: number): Activity | undefined } {
    const sections = this.#sections;
    return { length: sections.layout.length, rowAt: (index) => sections.rowAt(index) };
  }

  /** @internal */
  get activeIndex(): number {
    return this.#navigation.activeIndex;
  }

  /**
   * Brings the focus to the row at a place, in the column where it is.
   * @internal
   */
  goTo(index: number): void {
    const key = this.#sections.keyAt(index);
    if (key !== undefined) this.#navigation.goTo(key);
  }

  /**
   * Puts the focus into a cell.
   * @internal
   */
  focusCell(id: string, column: string): void {
    if (this.cellOf(id, column)?.contains(this.shadowRoot?.activeElement ?? null)) return;
    this.#navigation.focus(id, column);
  }

  /** @internal */
  columnMenuOf(name: string): void {
    const column = this.layoutOfColumns.shown.find((one) => one.name === name);
    const anchor = this.headerOf(name);
    if (!column || !anchor) return;
    void this.menu.open(anchor.querySelector('button') ?? anchor, {
      label: this.words.label(column.label),
      groups: () => columnMenu(this, column),
    });
  }

  /** @internal */
  async lookUp(
    text: string,
    kinds: readonly string[],
    signal: AbortSignal,
  ): Promise<readonly RecordSummary[]> {
    return (await this.store?.lookup(text, kinds, this.asker, signal)) ?? [];
  }

  /**
   * What is asked of the data source.
   * @internal
   */
  get question(): ActivityQuery | undefined {
    return this.#sections.question;
  }

  /** As a user who copies what is selected, loaded or not: text that pastes into a spreadsheet. */
  async copySelected(): Promise<void> {
    await this.exports.copySelected(this.#selection.rows);
  }

  // ── drawing ──────────────────────────────────────────────────────────────────────────────────

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    // A host may set anything.
    const selection = textsIn(this.selection);
    if (selection.length !== this.selection?.length) this.selection = selection;
    if (changed.has('filters')) {
      const filters = toColumnFilters(this.filters);
      if (!sameJson(filters, this.filters)) this.filters = filters;
    }
    if (changed.has('query') && this.query !== this.#userQuery) this.#order.take(this.query?.sort);
  }

  /**
   * What is awaited before anything is drawn: nothing was drawn yet, or what is drawn answers the question before. An answer that
   * comes before the frame is drawn at once, without what would stand in its place until then.
   */
  #awaited: 'first' | 'answer' | undefined = 'first';
  #frame: Promise<void> | undefined;

  protected override async getUpdateComplete(): Promise<boolean> {
    const isDone = await super.getUpdateComplete();
    if (!this.#frame) return isDone;
    await this.#frame;
    return super.getUpdateComplete();
  }

  #awaitFrame(): void {
    this.#frame ??= nextFrame().then(() => {
      this.#frame = undefined;
      if (!this.#awaited) return;
      this.#awaited = undefined;
      this.requestUpdate();
    });
  }

  protected override update(changed: PropertyValues<this>): void {
    const { answered, isHeld } = this.#sections;
    this.#sections.refresh(this.#window.heights);
    if (answered && this.#sections.answered !== answered) this.#window.toStart();
    this.#navigation.follow();
    const span = this.#window.refresh(PAGE);
    this.#drawn.refresh(span, this.#navigation.activeIndex);
    if (this.#sections.isHeld && !isHeld) this.#awaited ??= 'answer';
    const isThere = this.#awaited === 'first' ? !this.#sections.isLoading : !this.#sections.isHeld;
    if (isThere) this.#awaited = undefined;
    else if (this.#awaited) this.#awaitFrame();
    super.update(changed);
  }

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    const { isLoading, isEmpty, isHeld, view, total } = this.#sections;
    if (changed.has('current')) this.#showCurrent();
    this.setState('loading', isLoading);
    this.setState('error', view?.status === 'failed' && isEmpty);
    this.setState('empty', !isLoading && !isHeld && isEmpty && view?.status === 'ready');
    this.#sections.ensure(this.#window.wanted);
    if (this.#isFilterNew && !isHeld && total && !isLoading) {
      this.#isFilterNew = false;
      this.context.announce(this.words.say('announce.filtered', total.value));
    }
  }

  /** What comes to be in hand is seen, as far as it is loaded. */
  #showCurrent(): void {
    if (this.current === undefined) return;
    const index = this.#sections.indexOf(this.current);
    if (index >= 0) this.#window.reveal(index);
  }

  /**
   * Rows in the order in which their groups are shown; each group keeps theirs.
   * @internal
   */
  inGroups(rows: readonly Activity[]): readonly Activity[] {
    return this.#sections.inGroups(rows);
  }

  readonly #scrolled = (): void => {
    // It is heard just before the frame; what is at hand is loaded until then, and nothing is drawn for nothing.
    this.drawWithFrame();
    this.#window.scrolled();
    this.#sections.ensure(this.#window.wanted);
  };

  #firstSeen(): string | undefined {
    return this.#sections.keyAt(this.#window.visible.first);
  }

  protected override firstUpdated(): void {
    this.renderRoot.addEventListener('click', this.#press.tapped, { capture: true });
    this.renderRoot.addEventListener('pointerdown', this.rowButtons.pointed);
    this.renderRoot.addEventListener('contextmenu', (event) =>
      this.rowButtons.contextMenu(event as MouseEvent),
    );
  }

  /** The column of the type is as wide as its word, where the user made it so. */
  get #hasWideType(): boolean {
    return (this.layoutOfColumns.arrangement.widths['type'] ?? 0) >= WIDE_TYPE;
  }

  /** The columns between what selects and what can be done. */
  get #middle(): readonly string[] {
    return this.isNarrow ? ['main'] : this.layoutOfColumns.shown.map(({ name }) => name);
  }

  protected override renderContent(): unknown {
    if (this.#awaited) return this.#awaited === 'first' ? nothing : noChange;
    const { words, isNarrow: narrow } = this;
    const { view, isHeld, isEmpty, isGrouped, layout, total } = this.#sections;
    const { shown: columns, frozen, frozenWidth, tracks, leastWidth } = this.layoutOfColumns;
    const { isAny } = this.#selection;
    const { type: typeWidth = 0 } = this.layoutOfColumns.arrangement.widths;
    const selected = isAny && !this.withoutCommands ? this.#selection.rows : [];
    const isKnown = !isHeld && total?.relation === 'exact';
    return html`<div class="frame ${narrow ? 'narrow' : ''}">
        ${notes(this, view, !isEmpty, this.#more.hasFailed)}
        <div class="stage">
          ${isAny && !this.withoutCommands ? commandBar(this, selected) : nothing}
          <div class="ruler row-ruler" aria-hidden="true" ${ref(this.#window.rowRuler)}></div>
          <div class="ruler group-ruler" aria-hidden="true" ${ref(this.#window.groupRuler)}></div>
          <div
            class="scroller"
            ${ref(this.#window.scroller)}
            ${cssom({ 'scroll-padding-inline-start': narrow ? null : frozenWidth })}
            @scroll=${this.#scrolled}
          >
            <div
              class="grid ${isAny ? 'picking' : ''} ${this.#hasWideType ? 'wide-type' : ''}"
              part="grid"
              role=${isGrouped ? 'treegrid' : 'grid'}
              aria-label=${words.say('grid.label')}
              aria-rowcount=${isKnown ? layout.length + 1 : -1}
              aria-colcount=${this.#middle.length + 2}
              aria-multiselectable="true"
              aria-busy=${String(isHeld)}
              ${cssom({
                '--_columns': tracks,
                '--_col-type': typeWidth > 0 ? `${String(typeWidth)}px` : null,
                '--_least': leastWidth,
                // As a property of its own, which is inherited, it would have the styles of all rows worked out anew.
                'min-block-size': `calc(var(--_head) + ${String(this.#window.height)}px)`,
              })}
              @keydown=${this.#navigation.keydown}
              @focusin=${this.#navigation.focusin}
              @mousedown=${this.#press.pressed}
              @click=${this.#press.pressed}
              @dblclick=${this.#keys.doubleClicked}
              @pointerdown=${this.#press.touched}
              @pointerover=${this.#hints.pointedAt}
              @pointerleave=${this.#hints.pointedAt}
              @contextmenu=${this.#press.held}
            >
              ${this.#renderHeader(columns, narrow, frozen, isAny)}
              ${this.#renderRows(columns, frozen)}
            </div>
            ${body(this, view, this.#sections)} ${isHeld ? nothing : this.#more.render()}
          </div>
          ${this.bulk.renderProgress()} ${this.exports.renderProgress()}
        </div>
      </div>
      ${this.menu.render()} ${this.panel.render()} ${this.acts.renderQuestion()}
      ${this.bulk.renderReport()} ${this.next.render()}`;
  }

  #renderHeader(
    columns: readonly Column[],
    narrow: boolean,
    frozen: number,
    isAny: boolean,
  ): unknown {
    const { isAll } = this.#selection;
    const { arrangement, resizing } = this.layoutOfColumns;
    const { words, context, sort, filters, store } = this;
    const keys = [columns, narrow, frozen, isAny, isAll, arrangement, resizing];
    return guard([...keys, words, context, sort, filters, store?.capabilities], () =>
      header(this, { columns, narrow, frozen, isAll, isAny }),
    );
  }

  /** The list before where it holds the same. */
  #sharedAs(shared: readonly unknown[]): readonly unknown[] {
    if (shared.some((one, index) => one !== this.#shared[index])) this.#shared = shared;
    return this.#shared;
  }
  #shared: readonly unknown[] = [];

  #renderRows(columns: readonly Column[], frozen: number): unknown {
    const { list } = this.#drawn;
    if (list.length === 0) return nothing;
    const { store, words, context, hrefFor, isNarrow, now } = this;
    const { isGrouped } = this.#sections;
    const wideType = this.#hasWideType;
    const minute = Math.floor(now / MINUTE);
    const shared = [words, context, store?.capabilities, store?.types, hrefFor, columns, isNarrow];
    const rows: RowContext = {
      columns,
      narrow: isNarrow,
      frozen,
      wideType,
      isGrouped,
      isSelected: (id: string) => this.#selection.has(id),
      shared: this.#sharedAs([...shared, isGrouped, minute, frozen, wideType, this.query?.search]),
    };
    const top = this.#window.topOf(this.#window.drawn.first);
    return html`<div
      class="rows"
      role="rowgroup"
      ${cssom({ transform: top === 0 ? null : `translateY(${String(top)}px)` })}
    >
      ${repeat(
        list,
        ({ slot }) => slot,
        (drawn) => item(this, drawn, rows),
      )}
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'activity-grid': ActivityGrid;
  }
}

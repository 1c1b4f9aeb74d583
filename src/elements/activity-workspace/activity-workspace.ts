import { html, nothing, type CSSResultGroup, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { isClosed, type Activity, type ActivityState } from '../../model/activity.js';
import type { DueFilter } from '../../model/due.js';
import { sameJson, type Json } from '../../model/json.js';
import type { ActivityQuery } from '../../model/query.js';
import { ActivitySelectionChangeEvent } from '../../events/activity-selection-change-event.js';
import { ActivityViewChangeEvent } from '../../events/activity-view-change-event.js';
import { mayMoveTo } from '../../provider/may.js';
import { emptyState } from '../../ui/state-panel.js';
import { popoverStyles } from '../../ui/popover.styles.js';
import { MenuController } from '../../ui/menu.js';
import { NarrowController } from '../../ui/narrow.js';
import { ActivityElement } from '../base/activity-element.js';
import { CountController } from '../base/view-controller.js';
import { workspaceStyles } from './activity-workspace.styles.js';
import { BarFocus } from './bar-focus.js';
import { commandBar, filterBar, narrowBar, titleBar } from './bars.js';
import { emptyWorkspace } from './empty-workspace.js';
import {
  WITH_STATE,
  WORKSPACE_SHOWS,
  toQuery,
  type WorkspaceChoice,
  type WorkspaceShow,
  type WorkspaceView,
} from './workspace-query.js';

/** Keystrokes of a search that follow one another this fast, in milliseconds, are one question. */
const SEARCH_PAUSE = 250;

/**
 * The activities page: a view (my, my team's, all), filters by type and by due date, search, commands to create and to complete,
 * and *Show as* grid, calendar or kanban over the same activities. Opens `activity-form` and `activity-quick-create` in dialogs.
 * Given a `record`, it is that record's activities page.
 *
 * @element activity-workspace
 * @slot commands - Further commands of the host, at the end of the command bar.
 * @slot filters - Further filters of the host, at the end of the filter bar.
 * @fires {ActivitySelectionChangeEvent} activity-selection-change - The user selected activities, or the selected were done.
 * @fires {ActivityViewChangeEvent} activity-view-change - The user changed `show`, `view`, `types`, `due` or `search`.
 * @fires {ActivityMoveStatusEvent} activity-move-status - Before the selected activities change their status; cancelable.
 * @fires {ActivityCompleteEvent} activity-complete - After it, where they are to be completed; cancelable.
 * @fires {ActivityComposeEvent} activity-compose - Something new is wanted; cancelable.
 * @fires {ActivitySavedEvent} activity-saved - Writes ended.
 * @fires {ActivityErrorEvent} activity-error - Something failed.
 * @csspart base - All of it.
 * @csspart title-bar - View, search, *Show as*.
 * @csspart command-bar - What can be done.
 * @csspart filter-bar - The filters.
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
 * @csspart notices - The stack of notices.
 * @csspart notice - One notice; also `done` or `error`.
 * @csspart done - A notice of what was done.
 * @csspart error - A notice of what failed.
 * @cssstate narrow - It has little room: the switch and *New* stand at the thumb.
 */
export class ActivityWorkspace extends ActivityElement {
  static override readonly styles: CSSResultGroup = [
    ActivityElement.styles,
    popoverStyles,
    workspaceStyles,
  ];

  /** Brings the element that shows activities this way, before it is first shown. Set where the workspace is registered. */
  static bring: (show: WorkspaceShow) => Promise<unknown> = () => Promise.resolve();

  /** How the activities are shown. */
  @property({ reflect: true }) show: WorkspaceShow = 'grid';
  /** Whose activities are shown. */
  @property() view: WorkspaceView = 'my';
  /** Names of the types shown; empty: all. */
  @property({ attribute: false }) types: readonly string[] = [];
  /** Until when they are due: `overdue`, `today` … `next-12-months`, each "or earlier"; left out: any time. */
  @property() due?: DueFilter;
  /** What is searched for in subject and description. */
  @property() search = '';
  /** Ids of the selected activities. */
  @property({ attribute: false }) selection: readonly string[] = [];

  @state() private typed: string | undefined;
  @state() private failedToBring = false;

  /** @internal */
  readonly menu = new MenuController(this);
  readonly #narrow = new NarrowController(this, this.internals);
  readonly #count = new CountController(this, () => ({
    question: this.question,
    groups: [{ name: 'all', filter: WITH_STATE }],
  }));
  #searching: ReturnType<typeof setTimeout> | undefined;
  #question: ActivityQuery = {};
  #questionKey: readonly unknown[] = [];

  constructor() {
    super();
    this.addController(new BarFocus(this));
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

  /**
   * What is chosen; of one record, everybody's.
   * @internal
   */
  get choice(): WorkspaceChoice {
    const { types, due, search } = this;
    return { view: this.about ? 'all' : this.view, types, due, search };
  }

  /**
   * How many match, in the way they are shown.
   * @internal
   */
  get count(): string {
    const total = this.#count.total('all');
    if (!total) return '';
    return total.relation === 'exact'
      ? this.words.number(total.value)
      : this.words.say('count.at-least', total.value);
  }

  /**
   * The question of what is shown; the same object until the minute or a choice changes.
   * @internal
   */
  get question(): ActivityQuery {
    const minute = Math.floor(this.now / 60_000);
    const zone = this.words.timeZone;
    const needsNow = this.due === 'overdue' ? minute : this.words.today();
    const key = [
      this.show,
      this.view,
      this.types,
      this.due,
      this.search,
      this.query,
      zone,
      needsNow,
      this.about,
    ];
    if (key.some((part, index) => part !== this.#questionKey[index])) {
      this.#questionKey = key;
      const { about } = this;
      this.#question = {
        ...toQuery(this.choice, this.show, this.query, minute * 60_000, zone),
        ...(about && {
          record: { ref: about, rollup: this.rollup ?? 'related', parties: true },
        }),
      };
    }
    return this.#question;
  }

  /**
   * The selected activities, as far as they are known.
   * @internal
   */
  get selected(): readonly Activity[] {
    return this.selection.flatMap((id) => this.store?.row(id) ?? []);
  }

  /**
   * A user's choice: told first, then taken over.
   * @internal
   */
  choose(changes: Partial<WorkspaceChoice> & { readonly show?: WorkspaceShow }): void {
    const detail: Record<string, Json> = {};
    for (const [name, value] of Object.entries(changes)) detail[name] = value ?? null;
    this.dispatchEvent(new ActivityViewChangeEvent(detail));
    this.select([]);
    Object.assign(this, changes);
  }

  /**
   * A user's selection by the bars: told first, then taken over.
   * @internal
   */
  select(selection: readonly string[]): void {
    if (sameJson(selection, this.selection)) return;
    this.dispatchEvent(new ActivitySelectionChangeEvent({ selection }));
    this.selection = selection;
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

  /**
   * Whether the selected may go there: yes if any may; else why the first may not.
   * @internal
   */
  whyNot(to: ActivityState): string | undefined {
    const { store } = this;
    if (!store) return undefined;
    const answers = this.selected.map((activity) => mayMoveTo(to, activity, store.permissions));
    if (answers.some((answer) => answer === true)) return undefined;
    const [refusal] = answers;
    if (refusal === undefined || refusal === true) return undefined;
    return this.selected.every(isClosed)
      ? this.words.say('refusal.closed')
      : this.words.refusal(refusal);
  }

  /**
   * Takes those of the selected that may go there to a state.
   * @internal
   */
  async moveSelected(to: ActivityState): Promise<void> {
    const { store } = this;
    if (!store) return;
    const able = this.selected.filter(
      (activity) => mayMoveTo(to, activity, store.permissions) === true,
    );
    const { results } = await this.requests.moveStatus(able, to);
    const done = new Set<string>();
    const failed: string[] = [];
    for (const result of results) {
      if ('error' in result) failed.push(result.id);
      else done.add(result.key).add(result.id);
    }
    // Rows that seemed to leave were deselected with that; those that came back stay selected.
    this.select([...new Set([...this.selection, ...failed])].filter((id) => !done.has(id)));
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (!WORKSPACE_SHOWS.includes(this.show)) this.show = 'grid';
    if (changed.has('show')) void this.#bring();
    if (changed.has('search')) this.typed = undefined;
  }

  async #bring(): Promise<void> {
    try {
      await ActivityWorkspace.bring(this.show);
      this.failedToBring = false;
    } catch {
      this.failedToBring = true;
    }
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#searching);
  }

  protected override renderContent(): TemplateResult {
    const { words } = this;
    const narrow = this.isNarrow;
    return html`<section class="panel card-surface" aria-label=${words.say('workspace.label')}>
        ${titleBar(this)} ${narrow ? nothing : commandBar(this)} ${filterBar(this)}
        <div
          class="body"
          part="body"
          @activity-selection-change=${(event: ActivitySelectionChangeEvent) => {
            this.selection = event.detail.selection;
          }}
        >
          ${
            this.failedToBring
              ? emptyState({ title: words.say('error.render') })
              : this.#renderBody()
          }
        </div>
        ${narrow ? narrowBar(this) : nothing}
      </section>
      ${this.menu.render()}`;
  }

  #renderBody(): TemplateResult {
    const { record: _record, ...query } = this.question;
    const { about, rollup } = this;
    switch (this.show) {
      case 'grid':
        return html`<activity-grid
          without-commands
          .query=${query}
          .record=${about}
          .rollup=${rollup}
          .selection=${this.selection}
          >${emptyWorkspace(this)}</activity-grid
        >`;
      case 'calendar':
        return html`<activity-calendar
          .query=${query}
          .record=${about}
          .rollup=${rollup}
        ></activity-calendar>`;
      case 'kanban':
        return html`<activity-kanban
          .query=${query}
          .record=${about}
          .rollup=${rollup}
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

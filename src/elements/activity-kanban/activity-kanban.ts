import { nothing, type CSSResultGroup, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { guard } from 'lit/directives/guard.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Activity } from '../../model/activity.js';
import type { ActivityQuery } from '../../model/query.js';
import { mayCreate } from '../../provider/may.js';
import { button, type ButtonOptions } from '../../ui/button.js';
import { FocusKeeper } from '../../ui/focus-keeper.js';
import { MenuController, menuButton, menuOpener, type MenuGroup } from '../../ui/menu.js';
import { NarrowController } from '../../ui/narrow.js';
import { popoverStyles } from '../../ui/popover.styles.js';
import { richTextStyles } from '../../ui/rich-text.styles.js';
import { RovingController } from '../../ui/roving.js';
import { segmented } from '../../ui/segmented.js';
import { html } from '../../ui/tight-html.js';
import { ActivityElement } from '../base/activity-element.js';
import { draftOfferStyles } from '../base/form-drafts.js';
import { NextStep, nextStepStyles } from '../base/next-step.js';
import { subjectOf } from '../base/subject-link.js';
import { kanbanStyles } from './activity-kanban.styles.js';
import { BoardData } from './board-data.js';
import { BoardFocus } from './board-focus.js';
import { BoardKeys } from './board-keys.js';
import { BoardSettings } from './board-settings.js';
import { boardPanel, boardState, type BoardState } from './board-state.js';
import { CardActs } from './card-acts.js';
import { CardDetails } from './card-details.js';
import { CardDrag } from './card-drag.js';
import { CardGrab } from './card-grab.js';
import { CardMotion } from './card-motion.js';
import { card, liftedCard, quickActs } from './card.js';
import {
  canMeet,
  laneKinds,
  presetOf,
  type Group,
  type LanesBy,
  type SwimLanes,
} from './groups.js';
import type { CardField, CardRenderer, KanbanHost } from './kanban-host.js';
import { DropMark, type Mark } from './drop-mark.js';
import { laneMenu } from './lane-menu.js';
import { LaneSums } from './lane-sums.js';
import { LaneWindows } from './lane-windows.js';
import { cell, lane, laneHeader, laneTotal, type CellOptions, type LaneHead } from './lane.js';
import {
  toLane,
  totalWords,
  typeToAdd,
  type Cell,
  type Lane,
  type LaneCard,
  type LaneOrder,
  type Lifted,
  type Target,
} from './lanes.js';
import { dayInBucket } from './moves.js';
import { Patience } from './patience.js';
import { People } from './people.js';
import { PointedCard } from './pointed-card.js';
import { swimLane } from './swim-lane.js';

const NONE: ReadonlyMap<string, ActivityQuery> = new Map();

const CARD_FIELDS: readonly CardField[] = ['regarding', 'due', 'priority', 'owner'];

/**
 * A board: one lane per status (or how soon something is due, or a choice field), the activities as cards in it, moved by dragging,
 * by keys, or by the menu that every card has. Lanes are sorted, what is due first on top, so a drop says which lane and not which
 * place, unless `order` is `own`. Lanes that would refuse what is dragged say why. Of a lane only what is seen is drawn, however
 * many cards it has; closed lanes show the last 30 days until asked for more. Under 480 px it shows one lane at a time. As high as
 * its place; of its own accord never higher than the window.
 *
 * @element activity-kanban
 * @fires {ActivityUpdateEvent} activity-update - Before activities are changed otherwise: their date, priority, owner, a field; cancelable.
 * @fires {ActivityMoveStatusEvent} activity-move-status - Before activities change their status; cancelable.
 * @fires {ActivityCompleteEvent} activity-complete - After it, where they are to be completed; cancelable.
 * @fires {ActivityOpenEvent} activity-open - An activity is to be opened; cancelable.
 * @fires {ActivityComposeEvent} activity-compose - A lane's + was pressed, or the empty board's button; cancelable.
 * @fires {ActivitySelectionChangeEvent} activity-selection-change - The user selected other cards.
 * @fires {ActivityViewChangeEvent} activity-view-change - The user chose other lanes, rows, another order, folded a lane, or asked for sums: `lanesBy`, `swimLanes`, `order`, `collapsed`, `sums`.
 * @fires {ActivitySavedEvent} activity-saved - A move was written.
 * @fires {ActivityErrorEvent} activity-error - Activities could not be loaded, or a move was not written.
 * @csspart base - All of it.
 * @csspart board - The lanes, or what stands in their place.
 * @csspart lane - One lane, or its part in one row; also its state, `target`, `refuses`, `collapsed`.
 * @csspart collapsed - A lane that is folded.
 * @csspart row - A row of lanes.
 * @csspart row-header - The head of a row.
 * @csspart row-count - How many stand in a row.
 * @csspart more-rows - The button that gives more people a row of their own.
 * @csspart open - The lane of open activities, its dot, and what stands in the state of one.
 * @csspart scheduled - The same of scheduled ones.
 * @csspart completed - The same of completed ones.
 * @csspart canceled - The same of canceled ones.
 * @csspart target - The lane under what is dragged, which would take it; or which takes it once its reason is told.
 * @csspart refuses - A lane that would not take what is dragged.
 * @csspart lane-header - The head of a lane.
 * @csspart dot - The dot before its name; also the state.
 * @csspart lane-count - How many of how many are shown.
 * @csspart exceeded - A count above the lane's limit.
 * @csspart lane-sum - What the deals of a lane come to.
 * @csspart lane-menu - The button of a lane's menu.
 * @csspart show-older - The button that shows what was closed longer ago.
 * @csspart slot - Where what is dragged would stand, in the user's own order.
 * @csspart lane-refusal - Why the lane would not take what is dragged.
 * @csspart lane-error - What failed behind the cards that are shown.
 * @csspart lane-empty - The words in a lane without cards.
 * @csspart load-more - The button that loads more cards.
 * @csspart add - The + of a lane, and the button of an empty board.
 * @csspart card - One activity; also `closed`, `overdue`, `selected`, `busy`, `grabbed`.
 * @csspart grabbed - A card picked up by a key, or on its way while its new reason is asked for.
 * @csspart card-own - What the host draws on a card.
 * @csspart card-act - An act on a card: complete, snooze.
 * @csspart card-body - The description of an expanded card.
 * @csspart card-editor - The fields of a card that is edited in place.
 * @csspart error - What is wrong with a field of a card that is edited.
 * @csspart draft-offer - What was typed into a card before and not saved, and whether to take it up again.
 * @csspart draft-restore - What takes it up.
 * @csspart draft-discard - What throws it away.
 * @csspart save - Its button that saves.
 * @csspart fact - A field on a card, with its name.
 * @csspart hit - What was searched for, in a subject or a snippet.
 * @csspart snippet - The piece of a description in which what was searched for stands.
 * @csspart closed - A card of what is completed or canceled.
 * @csspart overdue - A card of what is late.
 * @csspart selected - A selected card.
 * @csspart busy - A card that is being written.
 * @csspart tile - The glyph of its type.
 * @csspart subject - The subject of an activity.
 * @csspart record - The record that it is about.
 * @csspart face - Its owner.
 * @csspart more - The button of a card's menu.
 * @csspart lifted - What hangs on the pointer.
 * @csspart menu - The menu of a card or lane, and what is asked beside a card.
 * @csspart menu-item - One of its items; also `disabled`.
 * @csspart disabled - What cannot be chosen or pressed.
 * @csspart segmented - The switch between lanes where there is room for one.
 * @csspart segment - One of its lanes; also `on`.
 * @csspart on - The lane in sight.
 * @csspart skeleton - Stands in for cards that are being loaded.
 * @csspart empty - What an empty board says.
 * @csspart error - What is said when nothing could be loaded, and a notice of it.
 * @csspart denied - What is said when the user may not see it.
 * @csspart retry - The button that tries again.
 * @csspart primary - The one button of an empty board, and the one that saves a card.
 * @csspart scope-question - For which dates of a series something is meant.
 * @csspart scope-this - Only this one.
 * @csspart scope-following - This and all later ones.
 * @csspart scope-all - All of them.
 * @csspart notices - The stack of notices.
 * @csspart notice - One notice; also `done` or `error`.
 * @csspart waiting - What is said while one is offline, or changes wait to be sent.
 * @csspart waiting-change - One change in the list of what waits.
 * @csspart dialog - A dialog: what waits to be sent, or two versions of an activity.
 * @csspart dialog-header - The line of a dialog's title.
 * @csspart dialog-body - What scrolls in it.
 * @csspart dialog-footer - Its buttons.
 * @csspart complete-dialog - The question how it went.
 * @csspart field - One field of a panel; also `required`, `invalid`.
 * @csspart field-* - One field by its name: `field-subject`, `field-due` …
 * @csspart required - A field that must be filled in.
 * @csspart invalid - A field in which something is wrong.
 * @csspart label - The name of a field.
 * @csspart hint - A quiet line under a field.
 * @csspart input - What is filled in.
 * @csspart close - Its ×.
 * @csspart done - A notice of what was done.
 * @csspart button - The button that closes a notice, leaves a card unchanged, or opens a folded lane.
 * @csspart flight - A card on its way from one lane to another.
 * @cssstate waiting - One is offline, or changes wait to be sent: leave room at the end of the page for the line that says so.
 * @cssstate loading - A lane has nothing to show yet.
 * @cssstate empty - There is nothing on the board.
 * @cssstate error - Nothing could be loaded.
 * @cssstate denied - The user may not see it.
 * @cssstate narrow - It has little room, and shows one lane at a time.
 */
export class ActivityKanban extends ActivityElement implements KanbanHost {
  static override readonly styles: CSSResultGroup = [
    ActivityElement.styles,
    popoverStyles,
    draftOfferStyles,
    nextStepStyles,
    richTextStyles,
    kanbanStyles,
  ];

  /** Ids of the selected activities; they are dragged and moved together. */
  @property({ attribute: false }) selection: readonly string[] = [];

  /** What the lanes are: `state`, `due`, `priority`, or a choice field of the types, `fields.NAME`. All but `state` show what is still to be done. */
  @property({ attribute: 'lanes-by' }) lanesBy: LanesBy | undefined = 'state';

  /**
   * Keys of the lanes that stand first, in this order (`scheduled`, `due-today`, a choice's value); the others follow in their own. As
   * an attribute, keys separated by spaces.
   */
  @property({
    attribute: 'lane-order',
    converter: { fromAttribute: (value) => value?.split(/[\s,]+/).filter(Boolean) },
  })
  laneOrder: readonly string[] | undefined;

  /** What the rows of the lanes are: `owner`, `priority`, `type` or `due`; left out, the lanes have none. */
  @property({ attribute: 'swim-lanes' }) swimLanes: SwimLanes | undefined;

  /** The order in a lane: `due`, `priority`, `modified`, `subject`, or the user's `own`; left out, as `query` sorts, else by what is due. */
  @property() order: LaneOrder | undefined;

  /** How many cards a lane should hold at most, by its key (`open`, `due-today`, a choice's value): more are counted as too many. */
  @property({ attribute: false }) limits: Readonly<Record<string, number>> = {};

  /** Shows above each lane what the deals behind its cards come to, per currency, each deal once: of all cards, up to 2,000; where there are more, it says so. */
  @property({ type: Boolean }) sums = false;

  /** What a card shows below its subject; a type's own fields by `fields.NAME`. */
  @property({ attribute: false }) cardFields: readonly CardField[] = CARD_FIELDS;

  /** Draws what a card shows below its subject, in place of `cardFields`. */
  @property({ attribute: false }) cardRenderer?: CardRenderer;

  /** Where a new status has several reasons: `ask` which, or take the type's `default`. */
  @property() reasons: 'ask' | 'default' = 'ask';

  /** Keys of lanes, and of rows as `row:KEY`, that are folded. */
  @property({ attribute: false }) collapsed: readonly string[] = [];

  /** The lane in sight where there is room for one. */
  @state() private shownLane: string | undefined;

  readonly #people = new People(this);
  readonly #data = new BoardData(this, this.#people);
  readonly #settings = new BoardSettings(this);
  readonly #patience = new Patience(this);
  readonly #narrow = new NarrowController(this, this.internals);
  readonly #windows = new LaneWindows(this, {
    onNear: (key) => this.#data.loadMore(key),
    wasDrawn: (key) => this.#redrawn.has(key),
  });
  readonly #keeper = new FocusKeeper(this);
  readonly #menu = new MenuController(this, { onOrphan: () => this.#keeper.restore() });
  readonly #chooser = new MenuController(this, {
    onOrphan: () => this.#keeper.restore(),
    onClose: () => this.#acts.chooserClosed(),
  });
  readonly #roving = new RovingController(this, { reveal: (id) => this.#reveal(id) });
  readonly #focus = new BoardFocus(this, {
    answer: (key) => this.#data.answer(key),
    focus: (id) => void this.#roving.focus(id),
  });
  readonly #details = new CardDetails(this);
  readonly #sums = new LaneSums(this, () => (this.sums ? this.#data.laneQuestions : NONE));
  readonly #next = new NextStep(this);
  readonly #acts: CardActs = new CardActs(this, {
    data: this.#data,
    people: this.#people,
    chooser: this.#chooser,
    next: this.#next,
    cellOf: (id) => this.#cellOf(id),
    indexOf: (key, id) => this.#windows.indexOf(key, id),
    isNarrow: () => this.#narrow.narrow,
    open: (id) => this.#keys.open(id),
    edit: (id) => this.#details.edit(id),
    toggleBody: (id) => this.#details.toggle(id),
    hasBody: (id) => this.#details.isExpanded(id),
    anchorOf: (id) => this.#keys.anchorOf(id),
  });
  readonly #grab: CardGrab = new CardGrab(this, {
    data: this.#data,
    acts: this.#acts,
    cells: () => this.#data.cells,
    cellOf: (id) => this.#cellOf(id),
    indexOf: (key, id) => this.#windows.indexOf(key, id),
    reveal: (target) => this.#revealTarget(target),
    drop: (lifted, { cell: key, index }) =>
      this.#acts.drop(lifted.ids, key, {
        index,
        at: this.#keys.anchorOf(lifted.activity.id),
      }),
    landed: (id) => {
      if (this.#narrow.narrow) this.shownLane = this.#data.cellWith([id])?.lane.key;
    },
  });
  readonly #keys: BoardKeys = new BoardKeys(this, {
    acts: this.#acts,
    grab: this.#grab,
    menu: this.#menu,
    roving: this.#roving,
    lanes: () =>
      this.#data.cells.map(({ key }) => {
        const { rows } = this.#data.answer(key);
        return {
          count: rows.length,
          idAt: (index) => rows[index]?.id,
          indexOf: (id) => this.#windows.indexOf(key, id),
          drawn: this.#drawn.get(key) ?? [],
        };
      }),
    isDragging: () => this.#drag.lifted !== undefined,
    edit: (id) => this.#details.edit(id),
    beside: (id, step) => this.#beside(id, step),
  });
  readonly #drag = new CardDrag(this, {
    cells: () => (this.#narrow.narrow || !this.store ? [] : this.#data.cells.map(({ key }) => key)),
    liftedWith: (id) => this.#acts.with(id),
    indexOf: (key, id) => this.#windows.indexOf(key, id),
    slotAt: (key, y) => (this.#data.order === 'own' ? this.#windows.slotAt(key, y) : 0),
    scrolled: (key) => this.#windows.scrolled(key),
    onOver: () => this.#dropAt.update(),
    onDrop: (lifted, { cell: key, index }, at) => {
      if (key !== lifted.from || this.#data.order === 'own') {
        void this.#acts.drop(lifted.ids, key, { index, at });
      }
    },
  });
  /** After the windows: where a place is, they know once they have measured. */
  readonly #dropAt = new DropMark(this, () => this.#dropMark);
  readonly #pointed = new PointedCard(this, {
    isHeld: () => this.#drag.lifted !== undefined || this.#chooser.isOpen || this.#menu.isOpen,
  });
  /** Ids of the drawn cards of each cell. */
  readonly #drawn = new Map<string, readonly string[]>();
  /** Cells that the latest update has drawn. */
  readonly #redrawn = new Set<string>();

  constructor() {
    super();
    this.addEventListener('contextmenu', this.#keys.contextMenu);
    new CardMotion(this, {
      isHeld: () => this.#drag.lifted !== undefined,
      rows: () => this.#data.cells.map(({ key }) => this.#data.answer(key).rows),
    });
  }

  // ── what is shown ────────────────────────────────────────────────────────────────────────────

  get #lanes(): readonly Lane[] {
    const lifted = this.#drag.lifted ?? this.#grab.lifted;
    const kept = this.#keeper.focused;
    return this.#data.cells.map((one) => {
      const answer = this.#data.answer(one.key);
      const slice = this.#windows.slice(one.key, answer.rows);
      const indexOf = (id: string): number => this.#windows.indexOf(one.key, id);
      return toLane(one, answer, slice, indexOf, { lifted, kept });
    });
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    const lanes = this.#shownLanes.filter(({ cell: one }) => this.#data.isShown(one));
    const shown = this.#boardState;
    this.setState('loading', this.store !== undefined && lanes.some(isLoading));
    for (const name of ['empty', 'error', 'denied']) this.setState(name, shown === name);
  }

  #shownLanes: readonly Lane[] = [];
  #isSlow = false;
  #hasBegun = false;

  get #boardState(): BoardState {
    const lanes = this.#shownLanes.filter(({ cell: one }) => this.#data.isShown(one));
    const hasLanes = this.#data.cells.length > 0;
    return boardState(lanes, this.#data.isEmpty ? 'empty' : hasLanes ? 'board' : 'loading');
  }

  protected override renderContent(): TemplateResult {
    const lanes = this.#lanes;
    this.#shownLanes = lanes;
    this.#redrawn.clear();
    this.#isSlow = this.#patience.isOver(lanes.some(isLoading));
    // What is asked is mostly there before anything could be seen: until then there is nothing to draw twice.
    this.#hasBegun ||= this.#isSlow || lanes.length === 0 || !lanes.every(isLoading);
    for (const { cell: one, cards } of lanes) {
      this.#drawn.set(
        one.key,
        cards.flatMap(({ activity, place }) => (place === 'gone' ? [] : activity.id)),
      );
    }
    const shown = this.#boardState;
    const isNarrow = this.#narrow.narrow;
    return html`<div
        class="board ${isNarrow ? 'narrow' : ''}"
        part="board"
        role="region"
        aria-label=${this.words.say('kanban.label')}
        aria-describedby="help"
        tabindex="-1"
        data-focus-home
        @keydown=${this.#keys.keydown}
        @click=${this.#keys.click}
        @focusin=${this.#focusin}
        @focusout=${this.#focusout}
        @pointerover=${this.#pointed.pointerover}
        @pointerleave=${this.#pointed.pointerleave}
      >
        <p id="help" hidden>${this.words.say('kanban.help')}</p>
        ${
          !this.#hasBegun
            ? nothing
            : shown === 'board' || shown === 'loading'
              ? html`${isNarrow ? this.#renderSwitcher(lanes) : nothing} ${this.#renderLanes(lanes)}`
              : boardPanel(this, shown, {
                  error: lanes[0]?.error,
                  add: this.#data.lanes
                    .map((group) => this.#addButton(group, { kind: 'primary', isNamed: true }))
                    .find((one) => one !== undefined),
                  older: this.#data.lanes.some((one) => this.#data.isOlderHidden(one))
                    ? () => this.#showOlder(this.#data.lanes, this.#data.cells)
                    : undefined,
                  onRetry: () => this.#data.cells.forEach(({ key }) => this.#data.refresh(key)),
                })
        }
      </div>
      ${this.#renderLifted()} ${this.#menu.render()} ${this.#chooser.render()}
      ${this.#next.render()}`;
  }

  readonly #focusin = (event: FocusEvent): void => {
    this.#roving.focusin(event);
    this.#pointed.focusin(event);
  };

  readonly #focusout = (event: FocusEvent): void => {
    this.#keys.focusout();
    this.#pointed.focusout(event);
  };

  #renderSwitcher(lanes: readonly Lane[]): TemplateResult {
    const kinds = laneKinds(this.store?.types ?? [], this.words);
    return segmented({
      label: kinds.find(({ by }) => by === this.#data.lanesBy)?.label ?? '',
      name: 'lane',
      value: this.#laneInSight?.key,
      segments: this.#data.lanes.map((group) => ({
        value: group.key,
        label: `${group.label}\n${this.#counts(group, lanes)?.[1] ?? '…'}`,
      })),
      onChange: (key) => {
        this.#grab.land();
        this.shownLane = key;
      },
    });
  }

  /** Where there is room for one: that to which a card is carried by keys, else the one that was chosen. */
  get #laneInSight(): Group | undefined {
    const { lanes } = this.#data;
    const over = this.#grab.carried?.over;
    const target = over && this.#data.cell(over.cell);
    if (target) return target.lane;
    return lanes.find(({ key }) => key === this.shownLane) ?? lanes[0];
  }

  /** Out of sight, and drawn: the focus is on what is carried from there. */
  #isAway({ key, lane: group }: Cell): boolean {
    const isHome = this.#grab.carried?.from === key;
    return isHome && this.#narrow.narrow && group !== this.#laneInSight;
  }

  #renderLanes(lanes: readonly Lane[]): TemplateResult {
    const isNarrow = this.#narrow.narrow;
    const groups = isNarrow
      ? this.#data.lanes.filter((one) => one === this.#laneInSight)
      : this.#data.lanes;
    const { rows } = this.#data;
    const shared = this.#shared;
    const draw = (one: Lane): unknown => this.#renderCell(one, lanes, shared);
    const shown = lanes.filter(({ cell: one }) => groups.includes(one.lane) || this.#isAway(one));
    if (!rows) {
      return html`<div
        class="lanes"
        tabindex="-1"
        @click=${this.#menuClick}
        @keydown=${this.#menuKeydown}
      >
        ${repeat(shown, keyOf, draw)}
      </div>`;
    }
    return html`<div
      class="lanes rows"
      tabindex="-1"
      @click=${this.#menuClick}
      @keydown=${this.#menuKeydown}
    >
      <div class="row-heads">
        ${repeat(
          groups,
          ({ key }) => key,
          (group) => {
            const head = this.#head(group, lanes);
            const marks = head.isCollapsed ? 'collapsed' : '';
            return html`<div class="lane ${marks}" part="lane">${laneHeader(this, head)}</div>`;
          },
        )}
      </div>
      ${repeat(
        rows.filter(({ key }) => this.#data.rowTotal(key)?.value !== 0),
        ({ key }) => key,
        (row, index) => {
          const folded = `row:${row.key}`;
          const total = this.#data.rowTotal(row.key);
          return swimLane(row, {
            id: `row-${index}`,
            count: total && totalWords(this.words, total),
            isCollapsed: this.collapsed.includes(folded),
            onToggle: () => this.#settings.toggle(folded),
            cells: repeat(
              shown.filter(({ cell: one }) => one.row === row),
              keyOf,
              draw,
            ),
          });
        },
      )}
      ${
        this.swimLanes === 'owner' && this.#people.hasMore
          ? button({
              label: this.words.say('kanban.more-people'),
              small: true,
              className: 'load-more',
              part: 'more-rows',
              onClick: () => this.#people.showMore(),
            })
          : nothing
      }
    </div>`;
  }

  #head(group: Group, lanes: readonly Lane[]): LaneHead {
    const counts = this.#counts(group, lanes);
    const limit = this.limits[group.key];
    const total = this.#sum(group, lanes);
    return {
      lane: group,
      id: `lane-${this.#data.lanes.indexOf(group)}`,
      counts,
      exceeded: limit !== undefined && total > limit ? limit : undefined,
      sum: this.sums ? this.#sums.of(group.key) : undefined,
      isCollapsed: this.#isCollapsed(group),
      refusal: undefined,
      // Above all its rows: it means none of them.
      add: this.#addButton(group),
      menu: menuButton(this.#menu, {
        label: this.words.say('kanban.lane-menu', group.label),
        icon: 'more',
        iconOnly: true,
        small: true,
        part: 'lane-menu',
        groups: () => laneMenu(this, group, this.#settings, this.#data, this.#narrow.narrow),
      }),
      onExpand: () => this.#settings.toggle(group.key),
    };
  }

  /** Something can be dropped there, or added. */
  #takes({ lane: group, row }: Cell): boolean {
    const { provider } = this.store ?? {};
    if (!canMeet(group, row)) return false;
    if (this.#addButton(group)) return true;
    if (group.trait.by === 'state') return provider?.transition !== undefined;
    const { trait } = group;
    const isOver =
      trait.by === 'due' && dayInBucket(trait.bucket, this.words, this.now) === undefined;
    return provider?.update !== undefined && !isOver;
  }

  #isCollapsed({ key }: Group): boolean {
    return !this.#narrow.narrow && this.collapsed.includes(key);
  }

  /** What all lanes and cards depend on. */
  get #shared(): readonly unknown[] {
    const { words, store, context, density, hrefFor, cardFields, cardRenderer, query } = this;
    return [
      Math.floor(this.now / 60_000),
      words,
      store,
      store?.types,
      store?.capabilities,
      context,
      density,
      hrefFor,
      cardFields,
      cardRenderer,
      query?.search,
    ];
  }

  /** Drawn anew only where something in it may have changed: what others do arrives all the time, and mostly in one lane. */
  #renderCell(shown: Lane, lanes: readonly Lane[], shared: readonly unknown[]): unknown {
    const { cell: one, total } = shown;
    const lifted = this.#inHand;
    const refusal =
      lifted && lifted.from !== one.key ? this.#acts.whyNot(one, lifted.ids) : undefined;
    const hasSlot = lifted !== undefined && refusal === undefined && this.#data.order === 'own';
    const isOlderHidden = this.#data.isOlderHidden(one.lane) && canMeet(one.lane, one.row);
    const isInviting = this.#takes(one);
    const isAway = this.#isAway(one);
    const isDrawnOf: unknown[] = [
      ...shared,
      one,
      refusal,
      hasSlot,
      isOlderHidden,
      isInviting,
      isAway,
      this.#isSlow,
      this.#narrow.narrow,
      this.#isCollapsed(one.lane),
      this.limits[one.lane.key],
      this.sums && this.#sums.of(one.lane.key),
      shown.shown,
      total?.value,
      total?.relation,
      shown.status,
      shown.error,
      shown.hasMore,
      shown.isLoadingMore,
    ];
    for (const entry of shown.cards) {
      const { activity, index, place, isPinned } = entry;
      const start = isPinned ? this.#windows.start(one.key, index) : undefined;
      const marks = Object.values(this.#marks(entry));
      isDrawnOf.push(activity, index, place, start, ...marks, ...this.#details.of(activity));
    }
    return guard(isDrawnOf, () => {
      this.#redrawn.add(one.key);
      const head = { ...this.#head(one.lane, lanes), refusal };
      const options: CellOptions = {
        refusal,
        hasSlot,
        isAway,
        start: (index) => this.#windows.start(one.key, index),
        isSlow: this.#isSlow,
        isInviting,
        card: (entry) => this.#renderCard(entry, shared),
        isFixed: ({ activity }) =>
          activity.access === 'busy' ||
          this.isBusy(activity) ||
          this.#details.editing === activity.id,
        onMore: () => this.#data.loadMore(one.key),
        onRetry: () => this.#data.refresh(one.key),
        onOlder: isOlderHidden ? () => this.#showOlder([one.lane], [one]) : undefined,
      };
      return one.row ? cell(this, head, shown, options) : lane(this, head, shown, options);
    });
  }

  /** What may differ from card to card. */
  #marks({ activity, place }: LaneCard): Marks {
    const { id } = activity;
    return {
      isGone: place === 'gone',
      isSelected: this.selection.includes(id),
      isGrabbed: this.#grab.lifted?.activity.id === id || this.#acts.asked?.ids.has(id) === true,
      isPointed: this.#pointed.is(id),
      isBusy: this.isBusy(activity),
    };
  }

  #renderCard(entry: LaneCard, shared: readonly unknown[]): unknown {
    const { activity } = entry;
    const { id } = activity;
    const marks = this.#marks(entry);
    const { isGone, isSelected, isGrabbed, isPointed } = marks;
    const isDrawnOf = [activity, ...Object.values(marks), ...this.#details.of(activity), ...shared];
    return guard(isDrawnOf, () =>
      card(this, activity, {
        isSelected,
        isPointed,
        isGrabbed,
        focusable: isGone ? nothing : this.#roving.item(id),
        acts: isPointed ? this.#cardActs(activity) : nothing,
        moreLabel:
          activity.access === 'busy'
            ? undefined
            : this.words.say('action.more-for', subjectOf(this, activity)),
        fields: this.cardFields,
        renderer: this.cardRenderer,
        search: this.query?.search,
        body: this.#details.renderBody(activity),
        editor: this.#details.renderEditor(activity),
      }),
    );
  }

  #cardActs(activity: Activity): unknown {
    if (activity.access === 'busy' || this.isBusy(activity)) return nothing;
    return quickActs(this, activity, {
      onComplete: this.#acts.mayComplete(activity)
        ? () => void this.#acts.moveTo([activity], 'completed')
        : undefined,
      onSnooze: this.#acts.maySnooze(activity)
        ? (at) => this.#acts.askSnooze(activity.id, at)
        : undefined,
    });
  }

  /** The buttons of all cards' menus, by one pair of listeners. */
  #cardMenu(event: Event): ReturnType<typeof menuOpener> | undefined {
    const button = (event.target as Element).closest<HTMLElement>('.card-more');
    const id = button?.closest<HTMLElement>('li[data-id]')?.dataset['id'];
    if (!button || id === undefined) return undefined;
    const label = button.title;
    const groups = (): MenuGroup[] => this.#acts.menuOf(id);
    return menuOpener(this.#menu, { label, groups, opener: button });
  }

  readonly #menuClick = (event: MouseEvent): void => this.#cardMenu(event)?.click(event);
  readonly #menuKeydown = (event: KeyboardEvent): void => this.#cardMenu(event)?.keydown(event);

  #renderLifted(): unknown {
    const { lifted } = this.#drag;
    if (!lifted) return nothing;
    return html`<div
      class="lifted ${lifted.isSettling ? 'settling' : ''}"
      part="lifted"
      popover="manual"
      aria-hidden="true"
      inert
    >
      ${liftedCard(this, lifted.activity, lifted.ids.size - 1, {
        fields: this.cardFields,
        renderer: this.cardRenderer,
      })}
    </div>`;
  }

  // ── counts ───────────────────────────────────────────────────────────────────────────────────

  #counts(group: Group, lanes: readonly Lane[]): readonly [string, string] | undefined {
    const mine = lanes.filter(({ cell: one }) => one.lane === group);
    if (mine.every(isLoading)) return undefined;
    const [only, second] = mine;
    const shown = mine.reduce((sum, one) => sum + one.shown, 0);
    if (only && !second) return [this.words.number(shown), laneTotal(this, only)];
    return [this.words.number(shown), this.words.number(this.#sum(group, lanes))];
  }

  #sum(group: Group, lanes: readonly Lane[]): number {
    const mine = lanes.filter(({ cell: one }) => one.lane === group);
    return mine.reduce((sum, one) => sum + (one.total?.value ?? one.shown), 0);
  }

  // ── what is in hand ──────────────────────────────────────────────────────────────────────────

  /** Picked up, and not let go yet. */
  get #inHand(): Lifted | undefined {
    const lifted = this.#drag.lifted ?? this.#grab.lifted;
    return lifted?.isSettling ? undefined : lifted;
  }

  /** Where it would go. */
  get #dropMark(): Mark | undefined {
    const { asked } = this.#acts;
    if (asked) return { cell: asked.cell, slot: undefined };
    const { over, from, ids } = this.#inHand ?? {};
    const to = over && this.#data.cell(over.cell);
    const isOwnOrder = this.#data.order === 'own';
    if (!over || !to || !ids || (over.cell === from && !isOwnOrder)) return undefined;
    if (over.cell !== from && this.#acts.whyNot(to, ids) !== undefined) return undefined;
    const slot = isOwnOrder ? this.#windows.start(over.cell, over.index) : undefined;
    return { cell: over.cell, slot };
  }

  // ── where cards are ──────────────────────────────────────────────────────────────────────────

  #cellOf(id: string): string | undefined {
    return this.#data.cells.find(({ key }) => this.#windows.indexOf(key, id) >= 0)?.key;
  }

  #beside(id: string, step: 1 | -1): string | undefined {
    const from = this.#data.cell(this.#cellOf(id) ?? '');
    const row = this.#data.cells.filter((one) => one.row === from?.row);
    return row[row.findIndex((one) => one === from) + step]?.key;
  }

  #reveal(id: string): void {
    const key = this.#cellOf(id);
    if (key !== undefined) this.#windows.reveal(key, id);
  }

  /** In some lanes; of what comes, the first in one of the cells gets the focus. */
  #showOlder(lanes: readonly Group[], cells: readonly Cell[]): void {
    this.#focus.await(cells.map(({ key }) => key));
    for (const { key } of lanes) this.#data.showOlder(key);
  }

  #revealTarget({ cell: key, index }: Target): void {
    const element = this.renderRoot.querySelector(`[data-cell="${CSS.escape(key)}"]`);
    element?.scrollIntoView({ inline: 'nearest', block: 'nearest' });
    if (this.#data.order === 'own') this.#windows.revealSlot(key, index);
  }

  #addButton(
    group: Group,
    { kind = 'plain', isNamed = false }: { kind?: 'plain' | 'primary'; isNamed?: boolean } = {},
  ): ButtonOptions | undefined {
    const { store, words } = this;
    const { trait } = group;
    const type =
      store && typeToAdd(trait, store.types, (of) => mayCreate(of, store.permissions) === true);
    const day = trait.by === 'due' ? dayInBucket(trait.bucket, words, this.now) : null;
    // Nothing new is overdue.
    if (!type || day === undefined) return undefined;
    const preset = presetOf(trait, day ?? undefined);
    return {
      label: isNamed
        ? words.say('action.new-type', words.typeName(type))
        : words.say('kanban.add', words.typeName(type), group.label),
      icon: 'add',
      iconOnly: !isNamed,
      small: !isNamed,
      kind,
      part: 'add',
      onClick: () => void this.requests.compose(this.draftFor(type.name, preset)),
    };
  }
}

interface Marks {
  readonly isGone: boolean;
  readonly isSelected: boolean;
  readonly isGrabbed: boolean;
  readonly isPointed: boolean;
  readonly isBusy: boolean;
}

function keyOf({ cell: { key } }: Lane): string {
  return key;
}

function isLoading({ status }: Lane): boolean {
  return status === 'loading';
}

declare global {
  interface HTMLElementTagNameMap {
    'activity-kanban': ActivityKanban;
  }
}

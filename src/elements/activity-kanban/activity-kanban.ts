import { html, nothing, type CSSResultGroup, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { guard } from 'lit/directives/guard.js';
import { repeat } from 'lit/directives/repeat.js';
import { ACTIVITY_STATES, type Activity, type ActivityState } from '../../model/activity.js';
import { mayCreate } from '../../provider/may.js';
import type { ButtonOptions } from '../../ui/button.js';
import { FocusKeeper } from '../../ui/focus-keeper.js';
import { MenuController, menuButton } from '../../ui/menu.js';
import { NarrowController } from '../../ui/narrow.js';
import { popoverStyles } from '../../ui/popover.styles.js';
import { RovingController } from '../../ui/roving.js';
import { segmented } from '../../ui/segmented.js';
import { ActivityElement } from '../base/activity-element.js';
import { subjectOf } from '../base/subject-link.js';
import { ViewController } from '../base/view-controller.js';
import { kanbanStyles } from './activity-kanban.styles.js';
import { BoardKeys } from './board-keys.js';
import { boardPanel, boardState } from './board-state.js';
import { CardDrag } from './card-drag.js';
import { CardActs } from './card-acts.js';
import { card, liftedCard } from './card.js';
import { lane, laneTotal } from './lane.js';
import { laneQuestion, laneStates, toLane, typeToAdd, type Lane, type LaneCard } from './lanes.js';
import { NearEnd } from './near-end.js';

/**
 * A board: one lane per status, the activities as cards in it, moved by dragging or by the menu that every card has. Lanes are
 * sorted, what is due first on top, so a drop says which lane and not which place. Lanes that would refuse what is dragged say why.
 * Under 480 px it shows one lane at a time. As high as its place; of its own accord never higher than the window.
 *
 * @element activity-kanban
 * @fires {ActivityMoveStatusEvent} activity-move-status - Before activities change their status; cancelable.
 * @fires {ActivityCompleteEvent} activity-complete - After it, where they are to be completed; cancelable.
 * @fires {ActivityOpenEvent} activity-open - An activity is to be opened; cancelable.
 * @fires {ActivityComposeEvent} activity-compose - A lane's + was pressed, or the empty board's button; cancelable.
 * @fires {ActivitySelectionChangeEvent} activity-selection-change - The user selected other cards.
 * @fires {ActivitySavedEvent} activity-saved - A move was written.
 * @fires {ActivityErrorEvent} activity-error - Activities could not be loaded, or a move was not written.
 * @csspart base - All of it.
 * @csspart board - The lanes, or what stands in their place.
 * @csspart lane - One lane; also its state, `target`, `refuses`.
 * @csspart open - The lane of open activities, its dot, and what stands in the state of one.
 * @csspart scheduled - The same of scheduled ones.
 * @csspart completed - The same of completed ones.
 * @csspart canceled - The same of canceled ones.
 * @csspart target - The lane under what is dragged, which would take it.
 * @csspart refuses - A lane that would not take what is dragged.
 * @csspart lane-header - The head of a lane.
 * @csspart dot - The dot before its name; also the state.
 * @csspart lane-count - How many of how many are shown.
 * @csspart lane-refusal - Why the lane would not take what is dragged.
 * @csspart lane-error - What failed behind the cards that are shown.
 * @csspart lane-empty - The words in a lane without cards.
 * @csspart load-more - The button that loads more cards.
 * @csspart add - The + of a lane, and the button of an empty board.
 * @csspart card - One activity; also `closed`, `overdue`, `selected`, `busy`.
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
 * @csspart menu - The menu of a card.
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
 * @csspart primary - The one button of an empty board.
 * @csspart notices - The stack of notices.
 * @csspart notice - One notice; also `done` or `error`.
 * @csspart done - A notice of what was done.
 * @csspart button - The button that closes a notice.
 * @cssstate loading - A lane has nothing to show yet.
 * @cssstate empty - There is nothing on the board.
 * @cssstate error - Nothing could be loaded.
 * @cssstate denied - The user may not see it.
 * @cssstate narrow - It has little room, and shows one lane at a time.
 */
export class ActivityKanban extends ActivityElement {
  static override readonly styles: CSSResultGroup = [
    ActivityElement.styles,
    popoverStyles,
    kanbanStyles,
  ];

  /** Ids of the selected activities; they are dragged and moved together. */
  @property({ attribute: false }) selection: readonly string[] = [];

  /** The lane in sight where there is room for one. */
  @state() private shownLane: ActivityState = 'open';

  readonly #views = new Map(
    ACTIVITY_STATES.map((name) => [
      name,
      new ViewController(this, () =>
        this.#states.includes(name)
          ? laneQuestion(name, { query: this.query, about: this.about, rollup: this.rollup })
          : undefined,
      ),
    ]),
  );
  readonly #narrow = new NarrowController(this, this.internals);
  readonly #keeper = new FocusKeeper(this);
  readonly #roving = new RovingController(this);
  readonly #menu = new MenuController(this, { onOrphan: () => this.#keeper.restore() });
  readonly #acts = new CardActs(this, {
    rows: () => [...this.#views.values()].flatMap(({ rows }) => rows),
    states: () => this.#states,
    open: (id) => this.#keys.open(id),
  });
  readonly #keys = new BoardKeys(this, {
    acts: this.#acts,
    menu: this.#menu,
    roving: this.#roving,
    lanes: () => this.#lanes,
    isDragging: () => this.#drag.lifted !== undefined,
  });
  readonly #drag = new CardDrag(this, {
    lanes: () => (this.#narrow.narrow || !this.store ? [] : this.#states),
    liftedWith: (id) => this.#acts.with(id),
    onDrop: (lifted, to) => this.#acts.drop(lifted.ids, to),
  });

  constructor() {
    super();
    new NearEnd(this, (name) => this.#views.get(name as ActivityState)?.view?.loadMore());
    this.addEventListener('contextmenu', this.#keys.contextMenu);
  }

  // ── what is shown ────────────────────────────────────────────────────────────────────────────

  get #states(): readonly ActivityState[] {
    return laneStates(this.store?.types ?? []);
  }

  get #lanes(): readonly Lane[] {
    return this.#states.flatMap((name) => {
      const view = this.#views.get(name);
      return view ? toLane(name, view, this.#drag.lifted) : [];
    });
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    const lanes = this.#lanes;
    const state = boardState(lanes);
    this.setState('loading', this.store !== undefined && lanes.some(isLoading));
    for (const name of ['empty', 'error', 'denied']) this.setState(name, state === name);
  }

  protected override renderContent(): TemplateResult {
    const lanes = this.#lanes;
    const state = boardState(lanes);
    const isNarrow = this.#narrow.narrow;
    const shown = isNarrow ? [lanes.find(isNamed(this.shownLane)) ?? lanes[0]] : lanes;
    return html`<div
        class="board ${isNarrow ? 'narrow' : ''} ${this.#drag.lifted ? 'dragging' : ''}"
        part="board"
        role="region"
        aria-label=${this.words.say('kanban.label')}
        aria-describedby="help"
        tabindex="-1"
        data-focus-home
        @keydown=${this.#keys.keydown}
        @click=${this.#keys.click}
        @focusin=${this.#roving.focusin}
      >
        <p id="help" hidden>${this.words.say('kanban.help')}</p>
        ${
          state === 'board' || state === 'loading'
            ? html`${isNarrow ? this.#renderSwitcher(lanes) : nothing}
                <div class="lanes" tabindex="-1">
                  ${repeat(
                    shown.filter((one) => one !== undefined),
                    ({ state: name }) => name,
                    (one) => this.#renderLane(one),
                  )}
                </div>`
            : boardPanel(this, state, {
                lanes,
                add: this.#addButton('open', { kind: 'primary', isNamed: true }),
                onRetry: () => this.#states.forEach((name) => this.#retry(name)),
              })
        }
      </div>
      ${this.#renderLifted()} ${this.#menu.render()}`;
  }

  #renderSwitcher(lanes: readonly Lane[]): TemplateResult {
    return segmented({
      label: this.words.say('field.state'),
      name: 'lane',
      value: (lanes.find(isNamed(this.shownLane)) ?? lanes[0])?.state,
      segments: lanes.map((one) => ({
        value: one.state,
        label: `${this.words.stateName(one.state)}\n${one.status === 'loading' ? '…' : laneTotal(this, one)}`,
      })),
      onChange: (name) => (this.shownLane = name),
    });
  }

  #renderLane(shown: Lane): TemplateResult {
    const { lifted } = this.#drag;
    const isAway = lifted && !lifted.isSettling && lifted.from !== shown.state;
    const refusal = isAway ? this.#acts.whyNot(shown.state, lifted.ids) : undefined;
    return lane(this, shown, {
      isTarget: isAway === true && lifted?.over === shown.state && refusal === undefined,
      refusal,
      add: this.#addButton(shown.state),
      card: (one) => this.#renderCard(one),
      isFixed: ({ activity }) => activity.access === 'busy' || this.isBusy(activity),
      onMore: (name) => this.#views.get(name)?.view?.loadMore(),
      onRetry: (name) => this.#retry(name),
    });
  }

  /** Drawn anew only where something on it may have changed: boards have hundreds, and what others do arrives all the time. */
  #renderCard({ activity, place }: LaneCard): unknown {
    const { words, store, context, hrefFor } = this;
    const isSelected = this.selection.includes(activity.id);
    const minute = Math.floor(this.now / 60_000);
    const isGone = place === 'gone';
    const shown = [activity, isGone, isSelected, this.isBusy(activity), minute];
    return guard([...shown, words, store?.types, context, hrefFor], () =>
      card(this, activity, {
        isSelected,
        focusable: isGone ? nothing : this.#roving.item(activity.id),
        menu: activity.access === 'busy' ? nothing : this.#menuButton(activity),
      }),
    );
  }

  #menuButton(activity: Activity): TemplateResult {
    return menuButton(this.#menu, {
      label: this.words.say('action.more-for', subjectOf(this, activity)),
      icon: 'more',
      iconOnly: true,
      small: true,
      part: 'more',
      focusKey: 'more',
      tabIndex: -1,
      groups: () => this.#acts.menuOf(activity.id),
    });
  }

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
      ${liftedCard(this, lifted.activity, lifted.ids.size - 1)}
    </div>`;
  }

  #addButton(
    name: ActivityState,
    { kind = 'plain', isNamed = false }: { kind?: 'plain' | 'primary'; isNamed?: boolean } = {},
  ): ButtonOptions | undefined {
    const { store, words } = this;
    const type =
      store && typeToAdd(name, store.types, (of) => mayCreate(of, store.permissions) === true);
    if (!type) return undefined;
    return {
      label: isNamed
        ? words.say('action.new-type', words.typeName(type))
        : words.say('kanban.add', words.typeName(type), words.stateName(name)),
      icon: 'add',
      iconOnly: !isNamed,
      small: !isNamed,
      kind,
      part: 'add',
      onClick: () => void this.requests.compose(this.draftFor(type.name, { state: name })),
    };
  }

  #retry(name: ActivityState): void {
    this.#views.get(name)?.view?.refresh();
  }
}

function isNamed(name: ActivityState): (lane: Lane) => boolean {
  return (lane) => lane.state === name;
}

function isLoading({ status }: Lane): boolean {
  return status === 'loading';
}

declare global {
  interface HTMLElementTagNameMap {
    'activity-kanban': ActivityKanban;
  }
}

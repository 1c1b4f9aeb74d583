import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type Sortable from 'sortablejs/modular/sortable.core.esm.js';
import type { Options, SortableEvent } from 'sortablejs/modular/sortable.core.esm.js';
import type { Activity } from '../../model/activity.js';
import { idle } from '../../ui/painted.js';
import { speedAtEdge, type Edges } from './edge-scroll.js';
import type { Lifted, Target } from './lanes.js';

export interface CardDragOptions {
  /** The cells that are drawn; none where there is nothing to drag to. */
  readonly cells: () => readonly string[];
  /** What goes with a card when it is lifted, the card itself first; nothing where it is not known. */
  readonly liftedWith: (id: string) => readonly Activity[];
  readonly indexOf: (cell: string, id: string) => number;
  /** Before which card of a cell something is held at this height of the window; always the same where a cell is sorted. */
  readonly slotAt: (cell: string, y: number) => number;
  /** A cell was scrolled under what is dragged. */
  readonly scrolled: (cell: string) => void;
  /** `lifted.over` is another. */
  readonly onOver: () => void;
  /** Let go over a cell, at this point of the window. */
  readonly onDrop: (lifted: Lifted, to: Target, at: Point) => void;
}

/** In CSS px. */
const STILL = 24;

type SortableClass = typeof Sortable;
export interface Point {
  readonly x: number;
  readonly y: number;
}

/**
 * What the library is there for: it tells a drag from a click, a scroll and a long press, and when it ends. It neither moves a
 * node, which are Lit's, nor chooses a target, which it can't see inside a shadow root. Its own ghost is hidden by the sheet.
 */
const LIFT_ONLY: Options = {
  draggable: 'li[data-id]:not([data-fixed], [data-gone])',
  filter: '.card-more, .card-acts, .card-editor, .card-body',
  preventOnFilter: false,
  group: { name: 'activity-kanban', pull: false, put: false },
  sort: false,
  onMove: () => false,
  emptyInsertThreshold: 0,
  animation: 0,
  scroll: false,
  forceFallback: true,
  // What moves less is a click.
  fallbackTolerance: 4,
  // A finger that moves sooner scrolls.
  delay: 200,
  delayOnTouchOnly: true,
  touchStartThreshold: 8,
};

/**
 * Lists that went away while something was dragged, or pressed to be dragged: to destroy one would end whatever drag there is on the
 * page, also one that has not begun to move, without a word.
 */
const retired = new Set<Sortable>();

/**
 * Cards lifted with mouse, pen or finger and let go over a lane. Draws nothing: the element draws `lifted`, as `.lifted` in the top
 * layer and as the free places in the lanes, which are `[data-cell]` with a list of `li[data-id]` each; only `.dragging` on its
 * `.board` is written here. The only file that knows SortableJS.
 */
export class CardDrag implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #options: CardDragOptions;
  readonly #lists = new Map<HTMLElement, Sortable>();
  #isLoading = false;
  #sortable: SortableClass | undefined;
  #lifted: Lifted | undefined;
  #isCancelled = false;
  /** The button or finger is still down. */
  #isPressed = false;
  #forget: (() => void) | undefined;
  #listening: AbortController | undefined;
  #pointer: Point = { x: 0, y: 0 };
  /** Where it was lifted; undefined once it has been carried away from there. */
  #liftedAt: Point | undefined;
  /** Where the card is held, from its corner, and how wide it is. */
  #grip = { x: 0, y: 0, width: 0 };
  #edge: { readonly cell: string | undefined; readonly since: number } | undefined;
  #frameAt = 0;
  /** Frames are asked for only while something may have moved: 0 for none. */
  #nextFrame = 0;

  constructor(host: ReactiveControllerHost & HTMLElement, options: CardDragOptions) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  /** What the user has in hand, or has just let go. */
  get lifted(): Lifted | undefined {
    return this.#lifted;
  }

  get #isDragging(): boolean {
    return this.#lifted !== undefined && !this.#lifted.isSettling;
  }

  hostUpdate(): void {
    const { lifted } = this;
    if (this.#isDragging && lifted && !this.#options.cells().includes(lifted.from)) this.cancel();
  }

  hostUpdated(): void {
    if (!this.#isLoading && this.#options.cells().length > 0) void this.#load();
    this.#attach();
    // What happened to the board may have put another lane under the pointer.
    this.#look();
    const popover = this.#popover;
    if (!popover) return;
    const isOpen = popover.matches(':popover-open');
    if (this.#isDragging || !isOpen) {
      popover.style.setProperty('inline-size', `${String(this.#grip.width)}px`);
      this.#follow();
    }
    if (!isOpen) popover.showPopover();
  }

  hostDisconnected(): void {
    this.cancel();
    this.#lifted = undefined;
    this.#forget?.();
    for (const list of this.#lists.values()) retired.add(list);
    this.#lists.clear();
    this.#destroyRetired();
  }

  /** Everything goes back to where it was. */
  cancel(): void {
    if (!this.#isDragging) return;
    this.#isCancelled = true;
    const active = this.#sortable?.active;
    // Its own way to end: it clears up, and says so.
    if (active) (active as unknown as EventListenerObject).handleEvent(new Event('dragend'));
    else this.#end();
  }

  get #root(): ShadowRoot | null {
    return this.#host.shadowRoot;
  }

  get #popover(): HTMLElement | null {
    return this.#root?.querySelector<HTMLElement>('.lifted') ?? null;
  }

  get #board(): Element | null {
    return this.#root?.querySelector('.board') ?? null;
  }

  #cell(key: string | undefined): HTMLElement | null {
    if (key === undefined) return null;
    return this.#root?.querySelector<HTMLElement>(`[data-cell="${CSS.escape(key)}"]`) ?? null;
  }

  // ── the library ──────────────────────────────────────────────────────────────────────────────

  /** Only where there is a board: importing it makes it listen to the whole page. */
  async #load(): Promise<void> {
    this.#isLoading = true;
    // What can be looked at comes before what can be dragged.
    await idle();
    try {
      this.#sortable ??= (await import('sortablejs/modular/sortable.core.esm.js')).default;
      this.#attach();
    } catch (error) {
      console.warn('Cards cannot be dragged; their menus move them.', error);
    }
  }

  #attach(): void {
    if (!this.#sortable || this.#isDragging || !this.#host.isConnected) return;
    const drawn = new Set<HTMLElement>();
    const cells = new Set(this.#options.cells());
    // All at once: a look for each goes through all that is on the board.
    for (const cell of this.#root?.querySelectorAll<HTMLElement>('[data-cell]') ?? []) {
      const list = cells.has(cell.dataset['cell'] ?? '') ? cell.querySelector('ul') : undefined;
      if (list) drawn.add(list);
    }
    for (const [list, sortable] of this.#lists) {
      if (drawn.has(list)) continue;
      retired.add(sortable);
      this.#lists.delete(list);
    }
    this.#destroyRetired();
    for (const list of drawn) {
      if (this.#lists.has(list)) continue;
      const sortable = this.#sortable.create(list, {
        ...LIFT_ONLY,
        onChoose: (event) => this.#hold(event),
        onStart: (event) => this.#start(event),
        onEnd: () => this.#end(),
      });
      this.#lists.set(list, sortable);
    }
  }

  #destroyRetired(): void {
    if (this.#sortable?.dragged) return;
    for (const sortable of retired) sortable.destroy();
    retired.clear();
  }

  // ── from lifting to letting go ───────────────────────────────────────────────────────────────

  #hold(event: SortableEvent): void {
    const { x, y } = pointOf(event) ?? this.#pointer;
    const { left, top, width } = event.item.getBoundingClientRect();
    this.#grip = { x: x - left, y: y - top, width };
  }

  #start(event: SortableEvent): void {
    const { item, from: list } = event;
    const from = this.#cellOf(list);
    const activities = this.#options.liftedWith(item.dataset['id'] ?? '');
    const [activity] = activities;
    this.#finish();
    this.#isCancelled = false;
    this.#isPressed = true;
    this.#pointer = pointOf(event) ?? this.#pointer;
    this.#liftedAt = this.#pointer;
    if (from !== undefined && activity) {
      this.#lifted = {
        activity,
        ids: new Set(activities.map(({ id }) => id)),
        from,
        index: this.#options.indexOf(from, activity.id),
        over: this.#targetAt(from),
        isSettling: false,
        by: 'pointer',
      };
      followNoMore(this.#lists.get(list));
      this.#listen();
      this.#host.requestUpdate();
      this.#look();
    } else {
      // It went away while the finger was on it.
      const active = this.#sortable?.active;
      (active as unknown as EventListenerObject | null)?.handleEvent(new Event('dragend'));
    }
  }

  #listen(): void {
    this.#listening?.abort();
    this.#listening = new AbortController();
    const options = { capture: true, signal: this.#listening.signal };
    const move = (event: Event): void => {
      this.#pointer = pointOf({ originalEvent: event }) ?? this.#pointer;
      const { x, y } = this.#pointer;
      const from = this.#liftedAt;
      if (from && Math.hypot(x - from.x, y - from.y) >= STILL) this.#liftedAt = undefined;
      this.#look();
    };
    const release = (event: Event): void => {
      // A quick hand lets go before the browser has told of its last move.
      move(event);
      this.#isPressed = false;
    };
    const cancel = (): void => this.cancel();
    for (const name of ['pointermove', 'touchmove']) window.addEventListener(name, move, options);
    for (const name of ['pointerup', 'touchend']) window.addEventListener(name, release, options);
    for (const name of ['pointercancel', 'touchcancel']) {
      window.addEventListener(name, release, options);
      window.addEventListener(name, cancel, options);
    }
    document.addEventListener('visibilitychange', cancel, options);
    const look = (): void => this.#look();
    for (const name of ['scroll', 'resize']) window.addEventListener(name, look, options);
    this.#root?.addEventListener('scroll', look, options);
    window.addEventListener(
      'keydown',
      (event) => {
        if (event.key !== 'Escape') return;
        // Neither a dialog around the board nor the host's own Escape may take the same key press.
        event.preventDefault();
        event.stopImmediatePropagation();
        this.cancel();
      },
      options,
    );
  }

  /** With the next frame, sees where the card is held now. */
  #look(): void {
    if (!this.#isDragging || this.#nextFrame !== 0) return;
    this.#nextFrame = requestAnimationFrame(this.#frame);
  }

  readonly #frame = (at: number): void => {
    this.#nextFrame = 0;
    const { lifted } = this;
    if (!lifted || !this.#isDragging) return;
    // Whoever shares the library on this page may have ended the drag.
    if (!this.#sortable?.active) return this.cancel();
    // All is read before anything is written, but for what scrolls.
    if (this.#scroll(lifted.over?.cell, at)) this.#look();
    const over = this.#targetUnderPointer();
    if (over?.cell !== lifted.over?.cell || over?.index !== lifted.over?.index) {
      this.#lifted = { ...lifted, over };
      this.#options.onOver();
    }
    this.#follow();
    // Styles of all that is on the board are computed anew for it: not in the frame in which the card is lifted.
    if (!this.#liftedAt) this.#board?.classList.toggle('dragging', true);
  };

  /**
   * Near the ends of a lane, and of the board, what is under the card scrolls: the longer, the faster. Answers whether it is held
   * at an end.
   */
  #scroll(over: string | undefined, at: number): boolean {
    // What was lifted near an end of its lane has not been taken there to scroll it.
    if (this.#liftedAt) return false;
    const cards = this.#cell(over)?.querySelector<HTMLElement>('.cards');
    const lanes = this.#root?.querySelector<HTMLElement>('.lanes');
    const held = this.#edge && this.#edge.cell === over ? (at - this.#edge.since) / 1000 : 0;
    const { x, y } = this.#pointer;
    const down = cards ? speedAtEdge(y, verticalEdges(cards), held) : 0;
    const across = lanes ? speedAtEdge(x, horizontalEdges(lanes), held) : 0;
    // Rows of lanes lie below each other in a scroller of their own.
    const rows = lanes && hasRows(lanes) ? speedAtEdge(y, rowEdges(lanes), held) : 0;
    if (down === 0 && across === 0 && rows === 0) {
      this.#edge = undefined;
      return false;
    }
    if (this.#edge?.cell !== over || !this.#edge) {
      this.#edge = { cell: over, since: at };
      this.#frameAt = at;
    }
    const seconds = Math.min(50, at - this.#frameAt) / 1000;
    this.#frameAt = at;
    if (lanes && rows !== 0) lanes.scrollTop += rows * seconds;
    if (lanes && across !== 0) lanes.scrollLeft += across * seconds;
    if (cards && down !== 0 && over !== undefined) {
      cards.scrollTop += down * seconds;
      this.#options.scrolled(over);
    }
    return true;
  }

  #follow(): void {
    const { x, y } = this.#pointer;
    // On whole pixels, where it need not be drawn anew.
    const [left, top] = [Math.round(x - this.#grip.x), Math.round(y - this.#grip.y)];
    this.#popover?.style.setProperty('translate', `${String(left)}px ${String(top)}px`);
  }

  #targetUnderPointer(): Target | undefined {
    const element = this.#root?.elementFromPoint(this.#pointer.x, this.#pointer.y);
    if (!element || !this.#root?.contains(element)) return undefined;
    const cell =
      this.#cellOf(element) ?? (element.closest('.lanes') ? this.#cellAround() : undefined);
    return cell === undefined ? undefined : this.#targetAt(cell);
  }

  /** The board's own scroll bar may lie over a lane's end; between two lanes the last one counts. */
  #cellAround(): string | undefined {
    const { x, y } = this.#pointer;
    const isAround = (key: string): boolean => {
      const box = this.#cell(key)?.getBoundingClientRect();
      return !!box && x >= box.left && x <= box.right && y >= box.top && y <= box.bottom;
    };
    return this.#options.cells().find(isAround) ?? this.#lifted?.over?.cell;
  }

  #targetAt(cell: string): Target {
    return { cell, index: this.#options.slotAt(cell, this.#pointer.y) };
  }

  #cellOf(element: Element): string | undefined {
    const key = element.closest<HTMLElement>('[data-cell]')?.dataset['cell'];
    return this.#options.cells().find((cell) => cell === key);
  }

  #end(): void {
    const { lifted } = this;
    this.#listening?.abort();
    cancelAnimationFrame(this.#nextFrame);
    this.#nextFrame = 0;
    this.#board?.classList.remove('dragging');
    this.#edge = undefined;
    this.#forgetClick();
    if (!lifted || lifted.isSettling) return;
    const to = this.#isCancelled ? undefined : this.#targetUnderPointer();
    const dropped: Lifted = { ...lifted, over: undefined, isSettling: true };
    this.#lifted = dropped;
    this.#host.requestUpdate();
    if (to) this.#options.onDrop(lifted, to, this.#pointer);
    void this.#settle(dropped);
  }

  /** The end of a drag is no click; and the library, which waits for one, must not take the next that is. */
  #forgetClick(): void {
    this.#forget?.();
    const waiting = new AbortController();
    const options = { capture: true, signal: waiting.signal };
    const swallow = (event: Event): void => {
      event.preventDefault();
      event.stopImmediatePropagation();
    };
    const forget = (): void => {
      waiting.abort();
      this.#forget = undefined;
      document.addEventListener('click', swallow, true);
      document.dispatchEvent(new MouseEvent('click', { cancelable: true }));
      document.removeEventListener('click', swallow, true);
      this.#destroyRetired();
    };
    this.#forget = forget;
    // The library takes the click by itself, but not in every browser.
    window.addEventListener('click', swallow, options);
    if (this.#isPressed) {
      // Cancelled by a key: the button comes up later, or was let go outside of the window.
      window.addEventListener('pointerup', () => setTimeout(forget), options);
      window.addEventListener('pointerdown', forget, options);
    } else setTimeout(() => !waiting.signal.aborted && forget());
  }

  // ── to where it belongs ──────────────────────────────────────────────────────────────────────

  /** The card goes from where it was let go to where it is drawn now: in its new lane, or back where it came from. */
  async #settle(lifted: Lifted): Promise<void> {
    if (!document.hidden) {
      // By then an accepted move is drawn.
      await new Promise(requestAnimationFrame);
      await this.#host.updateComplete;
      const popover = this.#popover;
      const target = this.#root?.querySelector(
        `li[data-id="${CSS.escape(lifted.activity.id)}"]:not(.sortable-fallback)`,
      );
      if (this.#lifted !== lifted) return;
      if (popover && target) {
        const { left, top } = target.getBoundingClientRect();
        popover.style.setProperty('translate', `${String(left)}px ${String(top)}px`);
        await Promise.allSettled(popover.getAnimations().map(({ finished }) => finished));
      }
    }
    if (this.#lifted === lifted) this.#finish();
  }

  #finish(): void {
    if (!this.#lifted) return;
    this.#lifted = undefined;
    this.#host.requestUpdate();
  }
}

/** Where a pointer or finger is. Sortable's events hold the one that caused them, which its types don't say. */
function pointOf(event: object): Point | undefined {
  const { originalEvent } = event as { readonly originalEvent?: Event };
  const pointer = originalEvent as Partial<TouchEvent & PointerEvent> | undefined;
  if (pointer?.isPrimary === false) return undefined;
  const at = pointer?.touches?.[0] ?? pointer;
  if (at?.clientX === undefined || at.clientY === undefined) return undefined;
  return { x: at.clientX, y: at.clientY };
}

/**
 * The library would move its own ghost, which nobody sees, and look for what lies below it, which it can't: with every move it makes
 * the page compute its styles and lay it out. What it listens with is a member of its own; where it has another name, all goes on,
 * only slower.
 */
function followNoMore(sortable: Sortable | undefined): void {
  const follow: unknown = sortable && Reflect.get(sortable, '_onTouchMove');
  if (!isListener(follow)) return;
  for (const name of ['pointermove', 'touchmove', 'mousemove']) {
    document.removeEventListener(name, follow);
  }
}

function isListener(value: unknown): value is (event: Event) => void {
  return typeof value === 'function';
}

function verticalEdges(element: Element): Edges {
  const { top, bottom } = element.getBoundingClientRect();
  return { start: top, end: bottom };
}

/** Rows begin below the heads of the lanes, which lie over them. */
function rowEdges(lanes: Element): Edges {
  const { start, end } = verticalEdges(lanes);
  const heads = lanes.querySelector('.row-heads')?.getBoundingClientRect();
  return { start: heads ? Math.max(start, heads.bottom) : start, end };
}

function horizontalEdges(element: Element): Edges {
  const { left, right } = element.getBoundingClientRect();
  return { start: left, end: right };
}

function hasRows(lanes: Element): boolean {
  return lanes.scrollHeight > lanes.clientHeight;
}

import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { idle } from '../../ui/painted.js';
import { resizeObserver } from '../../ui/resize.js';
import { CardHeights } from './card-heights.js';

/** Between two cards, in CSS px; as the sheet has it. */
export const CARD_GAP = 8;
/** Drawn beyond what is seen, on either side. */
const MARGIN = 240;
/** So much of that must be left; until then nothing is drawn anew. */
const ENOUGH = 120;
/** Before anything is measured a lane is taken for so high. */
const FIRST_VIEW = 640;
/** So much is seen above and below a place between two cards. */
const AROUND = 48;
/** The next page is asked for when so few cards are left below what is drawn. */
const NEAR = 8;

/** The cards of a lane that are drawn, and how much room the others take above and below them. */
export interface Slice {
  readonly first: number;
  /** The first one that is drawn no more. */
  readonly last: number;
  readonly before: number;
  readonly after: number;
}

interface LaneWindow {
  readonly heights: CardHeights;
  scroller: HTMLElement | undefined;
  list: HTMLElement | undefined;
  /** Of the scroller: what is seen of it, how wide it is, how far it is scrolled, what stands above its cards. */
  view: number;
  width: number;
  top: number;
  inset: number;
  /** What stays where it is when cards above it come, go or turn out higher: a card, and how far the top is below its upper edge. */
  anchor: { readonly id: string; readonly delta: number } | undefined;
  /** The anchor is where the user is being led, also from the very top. */
  isLeading: boolean;
  slice: Slice;
  /** The slice whose room the list makes; undefined: a new list. */
  room: Slice | undefined;
  /** Its cards, or its size, are others than when it was measured. */
  isStale: boolean;
  /** It has been on the screen: what lies beyond what is seen of it is drawn too. */
  isPainted: boolean;
}

export interface LaneWindowsOptions {
  /** The end of what is loaded is near. */
  readonly onNear: (lane: string) => void;
  /** The update that has just been has drawn this lane: what has not been drawn is as high as it was. */
  readonly wasDrawn: (lane: string) => boolean;
}

/**
 * Draws of each lane only what is seen of it, whatever its cards' heights. Lanes are `[data-cell]` with a scroller `.cards` and in it
 * one `ul` of `li[data-id]`; those out of flow are marked `data-pinned`. What the user looks at stays in its place.
 */
export class LaneWindows implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #options: LaneWindowsOptions;
  readonly #windows = new Map<string, LaneWindow>();
  #observer: ResizeObserver | undefined;
  #isWaiting = false;

  constructor(host: ReactiveControllerHost & HTMLElement, options: LaneWindowsOptions) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  hostConnected(): void {
    this.#observer = resizeObserver(this.#resized);
    this.#host.shadowRoot?.addEventListener('scroll', this.#scrolled, SCROLL);
  }

  hostDisconnected(): void {
    this.#observer?.disconnect();
    this.#observer = undefined;
    this.#host.shadowRoot?.removeEventListener('scroll', this.#scrolled, SCROLL);
    // What is put elsewhere in the page stands at its beginning again.
    this.#windows.clear();
  }

  /** What is to be drawn of a lane with these cards. */
  slice(lane: string, rows: readonly { readonly id: string }[]): Slice {
    const window = this.#window(lane);
    const { heights, isPainted, slice: old } = window;
    if (heights.layOut(rows)) window.isStale = true;
    const { first, last } = this.#slice(window);
    // What was drawn too much before anything was measured is what a first scroll would show.
    const end = isPainted ? last : Math.max(last, Math.min(old.last, heights.count));
    window.slice = sliceOf(heights, first, end);
    return window.slice;
  }

  /** Where a card begins, in CSS px from the upper edge of its list. */
  start(lane: string, index: number): number {
    return this.#window(lane).heights.start(index);
  }

  indexOf(lane: string, id: string): number {
    return this.#window(lane).heights.indexOf(id);
  }

  /** Before which card something would be let go at this height of the window. */
  slotAt(lane: string, y: number): number {
    const { scroller, inset, heights } = this.#window(lane);
    if (!scroller) return 0;
    const { top } = scroller.getBoundingClientRect();
    return heights.slotAt(y - top + scroller.scrollTop - inset);
  }

  /** Scrolls a lane so that a card is seen; it is drawn by the next update. */
  reveal(lane: string, id: string): void {
    const { heights } = this.#window(lane);
    const index = heights.indexOf(id);
    if (index < 0) return;
    const start = heights.start(index);
    this.#lead(lane, index, start, start + heights.height(index));
  }

  /** Scrolls a lane so that the place before a card is seen, with something of what is above and below it. */
  revealSlot(lane: string, index: number): void {
    const { heights } = this.#window(lane);
    const start = heights.start(index);
    this.#lead(lane, Math.min(index, heights.count - 1), start - AROUND, start + AROUND);
  }

  /** To what lies between two distances from the upper edge of its list, at this card. */
  #lead(lane: string, index: number, start: number, end: number): void {
    const window = this.#window(lane);
    const id = window.heights.id(index);
    const top = window.top - window.inset;
    if (id === undefined || (start >= top && end <= top + window.view)) return;
    const wanted = start < top ? start : end - window.view + CARD_GAP;
    window.anchor = { id, delta: wanted - window.heights.start(index) };
    window.isLeading = true;
    this.#host.requestUpdate();
  }

  /** A lane was scrolled by the kit: what is seen of it now is drawn in this very frame. */
  scrolled(lane: string): void {
    const window = this.#windows.get(lane);
    if (window) this.#follow(window);
  }

  /** What the user scrolled since, of which the browser tells only with the next frame, is where he looks now. */
  hostUpdate(): void {
    for (const window of this.#windows.values()) {
      const { scroller, isPainted, isLeading } = window;
      if (!scroller || !isPainted || isLeading || scroller.scrollTop === window.top) continue;
      window.top = scroller.scrollTop;
      this.#anchor(window);
    }
  }

  hostUpdated(): void {
    const drawn = new Set<string>();
    const windows: LaneWindow[] = [];
    const changed: LaneWindow[] = [];
    for (const cell of this.#host.shadowRoot?.querySelectorAll<HTMLElement>('[data-cell]') ?? []) {
      const lane = cell.dataset['cell'] ?? '';
      drawn.add(lane);
      const window = this.#window(lane);
      this.#attach(window, cell);
      windows.push(window);
      const { isStale, isLeading } = window;
      if (isStale || isLeading || this.#options.wasDrawn(lane)) changed.push(window);
    }
    for (const [lane, window] of this.#windows) {
      if (drawn.has(lane)) continue;
      if (window.scroller) this.#observer?.unobserve(window.scroller);
      this.#windows.delete(lane);
    }
    for (const window of windows) pad(window);
    // All is read before anything is written: one layout for all lanes.
    const measured = changed.filter((window) => this.#measure(window));
    for (const window of measured) this.#settle(window);
    if (windows.some((window) => !window.isPainted && isDrawn(window))) void this.#paintRest();
    for (const [lane, window] of this.#windows) {
      if (window.slice.last >= window.heights.count - NEAR) this.#options.onNear(lane);
    }
  }

  #window(lane: string): LaneWindow {
    let window = this.#windows.get(lane);
    if (!window) {
      window = {
        heights: new CardHeights(CARD_GAP),
        scroller: undefined,
        list: undefined,
        view: FIRST_VIEW,
        width: 0,
        top: 0,
        inset: 0,
        anchor: undefined,
        isLeading: false,
        slice: NO_SLICE,
        room: undefined,
        isStale: true,
        isPainted: false,
      };
      this.#windows.set(lane, window);
    }
    return window;
  }

  #attach(window: LaneWindow, cell: HTMLElement): void {
    const scroller = cell.querySelector<HTMLElement>('.cards') ?? undefined;
    const list = scroller?.querySelector('ul') ?? undefined;
    if (list !== window.list) window.room = undefined;
    window.list = list;
    if (scroller === window.scroller) return;
    if (window.scroller) this.#observer?.unobserve(window.scroller);
    window.scroller = scroller;
    if (scroller) this.#observer?.observe(scroller);
  }

  #slice(
    { heights, view, inset, anchor, top, isPainted }: LaneWindow,
    beyond: number = MARGIN,
  ): Slice {
    if (heights.count === 0) return NO_SLICE;
    const at = anchor ? heights.indexOf(anchor.id) : -1;
    const from = anchor && at >= 0 ? heights.start(at) + anchor.delta : top - inset;
    const margin = isPainted ? beyond : 0;
    return sliceOf(
      heights,
      heights.indexAt(from - margin),
      heights.indexAt(from + view + margin) + 1,
    );
  }

  /** Answers whether there was anything to measure. */
  #measure(window: LaneWindow): boolean {
    const { scroller, list, heights } = window;
    // What has no cards yet would be laid out only to be measured.
    if (!scroller || !list || heights.count === 0) return false;
    const { clientHeight, clientWidth, offsetHeight } = scroller;
    // Collapsed or not shown at all.
    if (clientHeight === 0) return false;
    if (clientWidth !== window.width) {
      window.width = clientWidth;
      heights.forget();
    }
    window.view = clientHeight;
    window.inset = list.offsetTop;
    window.top = scroller.scrollTop;
    // Boxes are as they are seen: magnified by whatever transforms the page has.
    const scale = scroller.getBoundingClientRect().height / offsetHeight || 1;
    for (const item of list.children) {
      const { id, pinned } = (item as HTMLElement).dataset;
      if (id === undefined || pinned !== undefined) continue;
      heights.measure(id, item.getBoundingClientRect().height / scale);
    }
    heights.settle();
    window.isStale = false;
    return true;
  }

  /** Brings what is looked at back to where it was, and sees whether what is drawn is still what is seen. */
  #settle(window: LaneWindow): void {
    const { scroller, anchor, heights, slice: old } = window;
    if (!scroller) return;
    // Only the room of those that are not drawn may have turned out different.
    window.slice = sliceOf(heights, old.first, old.last);
    pad(window);
    const at = anchor ? heights.indexOf(anchor.id) : -1;
    if (anchor && at >= 0 && (window.isLeading || window.top > 0)) {
      const wanted = Math.max(0, heights.start(at) + anchor.delta + window.inset);
      if (Math.abs(wanted - window.top) > 0.5) {
        scroller.scrollTop = wanted;
        window.top = scroller.scrollTop;
      }
    }
    window.isLeading = false;
    this.#anchor(window);
    this.#keepCovered(window);
  }

  /** Draws anew once what is drawn is too little; what is too much goes with the next update. */
  #keepCovered(window: LaneWindow): void {
    const { first, last } = this.#slice(window, ENOUGH);
    if (first < window.slice.first || last > window.slice.last) this.#host.requestUpdate();
  }

  /** What is uppermost in sight is what stays. At the very top nothing is held: what is new there is to be seen. */
  #anchor(window: LaneWindow): void {
    const { heights, inset, top } = window;
    if (heights.count === 0 || top <= 0) {
      window.anchor = undefined;
      return;
    }
    const from = top - inset;
    const index = heights.indexAt(from);
    const id = heights.id(index);
    window.anchor = id === undefined ? undefined : { id, delta: from - heights.start(index) };
  }

  #follow(window: LaneWindow): void {
    if (!window.scroller) return;
    window.top = window.scroller.scrollTop;
    window.isLeading = false;
    window.isPainted = true;
    this.#anchor(window);
    this.#keepCovered(window);
  }

  /** What is seen comes first; what a first scroll would show, once that is on the screen. */
  async #paintRest(): Promise<void> {
    if (this.#isWaiting) return;
    this.#isWaiting = true;
    await idle();
    this.#isWaiting = false;
    for (const window of this.#windows.values()) window.isPainted ||= isDrawn(window);
    this.#host.requestUpdate();
  }

  readonly #resized = (): void => {
    for (const window of this.#windows.values()) {
      const { scroller, view, width } = window;
      if (!scroller || scroller.clientHeight === 0) continue;
      if (scroller.clientHeight === view && scroller.clientWidth === width) continue;
      window.isStale = true;
      this.#host.requestUpdate();
    }
  };

  readonly #scrolled = (event: Event): void => {
    for (const window of this.#windows.values()) {
      // Where the user is being led counts, and not what was scrolled before.
      if (window.scroller === event.target && !window.isLeading) this.#follow(window);
    }
  };
}

/** So many cards, and the room that the others take. */
function sliceOf(heights: CardHeights, first: number, last: number): Slice {
  return {
    first,
    last,
    before: heights.start(first),
    after: last < heights.count ? heights.total - heights.start(last) + CARD_GAP : 0,
  };
}

/** Makes room above and below for the cards that are not drawn. Written here alone, and only where it is another. */
function pad(window: LaneWindow): void {
  const { list, slice, room } = window;
  if (!list || (room?.before === slice.before && room.after === slice.after)) return;
  const length = (pixels: number): string => (pixels > 0 ? `${String(pixels)}px` : '');
  list.style.setProperty('padding-block-start', length(slice.before));
  list.style.setProperty('padding-block-end', length(slice.after));
  window.room = slice;
}

function isDrawn({ scroller, slice }: LaneWindow): boolean {
  return scroller !== undefined && slice.last > slice.first;
}

const NO_SLICE: Slice = { first: 0, last: 0, before: 0, after: 0 };
const SCROLL = { capture: true, passive: true } as const;

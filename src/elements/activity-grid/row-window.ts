import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { createRef } from 'lit/directives/ref.js';
import { idle } from '../../ui/painted.js';
import { resizeObserver } from '../../ui/resize.js';
import type { Layout, RowHeights, Span } from './layout.js';

/** So many are drawn beyond what is seen, on either side; while so many of them are left nothing is drawn anew. */
const MORE = 8;
const LEFT = 3;
/** Up to so many are drawn whole: the browser's own search finds them, and they print. */
const DRAWN_WHOLE = 200;
/**
 * Engines make nothing higher than some 17 to 33 million px, counted in dots of the screen. Of a list that is higher, what is
 * scrolled is only so high, in CSS px.
 */
const HIGHEST = 8_000_000;
/** In milliseconds: who has not scrolled for so long has come to rest. */
const REST = 150;
/** Before anything could be measured. */
const FIRST_GUESS = { row: 40, group: 40 };

type Host = ReactiveControllerHost & HTMLElement;

/**
 * Which of a long list's rows are drawn. Heights are told by two rulers and the scroller's own size by an observer, so that nothing
 * is measured while scrolling; only where the element is higher than the window must its place be asked for.
 *
 * A list that is higher than an element can be is scrolled further than its scroller says, by an offset. Who scrolls a little moves by
 * as much, and the offset stays; who goes far, as by the scroll bar, comes to the same part of the list as of the bar. Once they
 * rest, the bar is put to where it tells the truth again, and nothing that is seen moves.
 */
export class RowWindow implements ReactiveController {
  readonly scroller = createRef<HTMLElement>();
  readonly rowRuler = createRef<HTMLElement>();
  readonly groupRuler = createRef<HTMLElement>();
  readonly #host: Host;
  readonly #layout: () => Layout;
  #observer: ResizeObserver | undefined;
  #observed: readonly Element[] = [];
  #connection: AbortController | undefined;
  #heights: RowHeights = FIRST_GUESS;
  /** Until it is measured: no more than the window. */
  #seen = window.innerHeight || 900;
  #isHigh = false;
  /** Of a long list, what is seen is painted first; what is beyond comes once nothing else is to do, or with the first scroll. */
  #more = 0;
  #isPainted = false;
  /** How far it is scrolled, as the last event said: to ask while rows are drawn would lay them all out. */
  #top = 0;
  /** The same of the scroller itself, and how much further the rows are. */
  #scrolled = 0;
  #offset = 0;
  #rest: ReturnType<typeof setTimeout> | undefined;
  #drawn: Span = { first: 0, end: 0 };

  constructor(host: Host, layout: () => Layout) {
    this.#host = host;
    this.#layout = layout;
    host.addController(this);
  }

  get heights(): RowHeights {
    return this.#heights;
  }

  /** How high what is scrolled is, in px. */
  get height(): number {
    return this.#layout().height - this.#excess;
  }

  /** What the list is higher than that. */
  get #excess(): number {
    return this.#isHigh ? 0 : Math.max(0, this.#layout().height - HIGHEST);
  }

  /** How far below its beginning a place is drawn, in px. */
  topOf(index: number): number {
    const top = this.#layout().top(index) - this.#offset;
    // What is drawn out of sight makes it no higher.
    return this.#excess === 0 ? top : Math.min(top, this.height - this.#heights.row);
  }

  /** What is drawn. */
  get drawn(): Span {
    return this.#drawn;
  }

  /** What is to be seen now. */
  get visible(): Span {
    const [from, to] = this.#band();
    return this.#layout().span(from, to, 0);
  }

  /** What is to be loaded: what is seen, with some more. */
  get wanted(): Span {
    if (this.#layout().length <= DRAWN_WHOLE) return this.#drawn;
    const [from, to] = this.#band();
    return this.#layout().span(from, to, MORE);
  }

  /** Decides what is drawn in this update. `least`: so many from the first on are drawn in any case where the list is short. */
  refresh(least: number): Span {
    const layout = this.#layout();
    if (this.#excess === 0) this.#setOffset(0);
    if (layout.length <= DRAWN_WHOLE) {
      const { end } = this.visible;
      this.#drawn = { first: 0, end: Math.min(layout.length, Math.max(least, end + MORE)) };
    } else {
      const [from, to] = this.#band();
      this.#drawn = layout.span(from, to, this.#more);
      this.#paintFirst();
    }
    return this.#drawn;
  }

  #paintFirst(): void {
    if (this.#isPainted) return;
    this.#isPainted = true;
    void idle().then(() => {
      if (this.#more === MORE) return;
      this.#more = MORE;
      this.#host.requestUpdate();
    });
  }

  /**
   * Brings a place into sight, clear of the header and of what stands at the end. True if all that is drawn stands elsewhere with the
   * next update.
   */
  reveal(index: number): boolean {
    const scroller = this.scroller.value;
    if (!scroller || this.#isHigh) return false;
    const layout = this.#layout();
    const top = layout.top(index);
    const bottom = layout.top(index + 1);
    const room = scroller.clientHeight - this.#headHeight;
    const from = scroller.scrollTop + this.#offset;
    const to = top < from ? top : bottom > from + room ? bottom - room : from;
    const scrolled = to - this.#offset;
    if (this.#excess > 0) {
      const isFar = Math.abs(to - from) > this.#seen;
      if (isFar || scrolled < 0 || scrolled > mostOf(scroller)) return this.#goTo(to);
    }
    if (to !== from) scroller.scrollTop = scrolled;
    this.#take(scroller.scrollTop);
    return false;
  }

  /** Shows the list from its first row on. True if all that is drawn stands elsewhere then. */
  toStart(): boolean {
    const scroller = this.scroller.value;
    if (!scroller || this.#top === 0) return false;
    const isShifted = this.#offset !== 0;
    scroller.scrollTop = 0;
    this.#offset = 0;
    this.#take(0);
    return isShifted;
  }

  // ── a list that is higher than an element can be ─────────────────────────────────────────────

  #take(scrolled: number): void {
    this.#scrolled = scrolled;
    this.#top = scrolled + this.#offset;
  }

  /** True if it is another. */
  #setOffset(offset: number): boolean {
    const isOther = offset !== this.#offset;
    this.#offset = offset;
    this.#take(this.#scrolled);
    return isOther;
  }

  /** Follows what was scrolled. True if all that is drawn stands elsewhere then. */
  #follow(): boolean {
    const scroller = this.scroller.value;
    const scrolled = scroller?.scrollTop ?? 0;
    const excess = this.#excess;
    const isNear = Math.abs(scrolled - this.#scrolled) <= this.#seen;
    this.#take(scrolled);
    if (!scroller || excess === 0) return this.#setOffset(0);
    clearTimeout(this.#rest);
    this.#rest = setTimeout(() => this.#settle(), REST);
    const most = mostOf(scroller);
    if (isNear && scrolled > 0 && scrolled < most - 1) return false;
    return this.#setOffset(Math.round(excess * Math.min(1, scrolled / most)));
  }

  /** The bar tells where one is. */
  #settle(): void {
    if (this.#excess > 0) this.#goTo(this.#top);
  }

  /** Scrolls so far below the first row. */
  #goTo(top: number): boolean {
    const scroller = this.scroller.value;
    const most = scroller ? mostOf(scroller) : 0;
    if (!scroller || most <= 0) return false;
    const excess = this.#excess;
    const scrolled = Math.min(most, top / (1 + excess / most));
    if (Math.abs(scrolled - scroller.scrollTop) >= 1) scroller.scrollTop = scrolled;
    this.#take(scroller.scrollTop);
    const offset = Math.round(top - this.#scrolled);
    const isOther = this.#setOffset(Math.max(0, Math.min(excess, offset)));
    if (isOther) this.#host.requestUpdate();
    return isOther;
  }

  hostConnected(): void {
    this.#observer = resizeObserver(() => this.#measure());
    this.#connection = new AbortController();
    const { signal } = this.#connection;
    // What scrolls around it is not known; a scroll is heard by each tree that it happens in.
    for (
      let root: Node = this.#host.getRootNode();
      ;
      root = (root as ShadowRoot).host.getRootNode()
    ) {
      root.addEventListener('scroll', this.#scrolledAround, {
        capture: true,
        passive: true,
        signal,
      });
      if (!(root instanceof ShadowRoot)) break;
    }
    window.addEventListener('resize', this.#scrolledAround, { passive: true, signal });
  }

  hostDisconnected(): void {
    this.#observer?.disconnect();
    this.#observer = undefined;
    this.#observed = [];
    this.#connection?.abort();
    clearTimeout(this.#rest);
  }

  hostUpdated(): void {
    const refs = [this.scroller, this.rowRuler, this.groupRuler];
    const wanted = refs.flatMap(({ value }) => value ?? []);
    if (wanted.every((element, index) => element === this.#observed[index])) return;
    this.#observer?.disconnect();
    this.#observed = wanted;
    for (const element of wanted) this.#observer?.observe(element);
  }

  readonly scrolled = (): void => {
    const isShifted = this.#follow();
    this.#more = MORE;
    if (isShifted || !this.#isCovered) this.#host.requestUpdate();
  };

  /** What is drawn reaches beyond what is seen. */
  get #isCovered(): boolean {
    const [from, to] = this.#band();
    const layout = this.#layout();
    const near = layout.span(from, to, Math.min(LEFT, this.#more));
    return near.first >= this.#drawn.first && near.end <= this.#drawn.end;
  }

  readonly #scrolledAround = (event: Event): void => {
    if (this.#isHigh && event.target !== this.#host) this.scrolled();
  };

  #measure(): void {
    const row = this.rowRuler.value?.offsetHeight;
    const group = this.groupRuler.value?.offsetHeight;
    const seen = this.scroller.value?.clientHeight;
    // Nothing of it is shown.
    if (!row || !group || !seen) return;
    const isHigh = seen > window.innerHeight;
    const same =
      row === this.#heights.row &&
      group === this.#heights.group &&
      seen === this.#seen &&
      isHigh === this.#isHigh;
    if (same) return;
    const isOther =
      row !== this.#heights.row || group !== this.#heights.group || isHigh !== this.#isHigh;
    this.#heights = { row, group };
    this.#seen = seen;
    this.#isHigh = isHigh;
    // As high as was thought, or not higher: what is drawn stays so.
    if (isOther || !this.#isCovered) this.#host.requestUpdate();
  }

  get #headHeight(): number {
    return this.#heights.row;
  }

  /** From which to which height of the rows can be seen. */
  #band(): readonly [number, number] {
    const scroller = this.scroller.value;
    if (!scroller) return [0, this.#seen];
    const from = this.#top;
    if (!this.#isHigh) return [from, from + this.#seen];
    const { top, height } = scroller.getBoundingClientRect();
    const scale = this.#seen > 0 && height > 0 ? height / this.#seen : 1;
    const above = Math.max(0, -top) / scale;
    const below = Math.max(above, (window.innerHeight - top) / scale);
    return [from + above, from + Math.min(this.#seen, below)];
  }
}

/** How far it can be scrolled; what stands out at its end, because it is drawn beyond what is seen, does not count. */
function mostOf(scroller: HTMLElement): number {
  const { offsetHeight = 0 } = (scroller.firstElementChild ?? {}) as Partial<HTMLElement>;
  return offsetHeight - scroller.clientHeight;
}

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
/** Before anything could be measured. */
const FIRST_GUESS = { row: 40, group: 40 };

type Host = ReactiveControllerHost & HTMLElement;

/**
 * Which of a long list's rows are drawn. Heights are told by two rulers and the scroller's own size by an observer, so that nothing
 * is measured while scrolling; only where the element is higher than the window must its place be asked for.
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
  #drawn: Span = { first: 0, end: 0 };

  constructor(host: Host, layout: () => Layout) {
    this.#host = host;
    this.#layout = layout;
    host.addController(this);
  }

  get heights(): RowHeights {
    return this.#heights;
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

  /** Brings a place into sight, clear of the header and of what stands at the end. */
  reveal(index: number): void {
    const scroller = this.scroller.value;
    if (!scroller || this.#isHigh) return;
    const layout = this.#layout();
    const top = layout.top(index);
    const bottom = layout.top(index + 1);
    const head = this.#headHeight;
    const room = scroller.clientHeight - head;
    if (top < scroller.scrollTop) scroller.scrollTop = top;
    else if (bottom > scroller.scrollTop + room) scroller.scrollTop = bottom - room;
    this.#top = scroller.scrollTop;
  }

  /** Shows the list from its first row on. */
  toStart(): void {
    const scroller = this.scroller.value;
    if (!scroller || this.#top === 0) return;
    scroller.scrollTop = 0;
    this.#top = 0;
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
    this.#top = this.scroller.value?.scrollTop ?? 0;
    this.#more = MORE;
    if (!this.#isCovered) this.#host.requestUpdate();
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

import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** From so many CSS px on, a week leaves room for the day's panel beside it. */
const WIDE = 1280;
/** What a week is scrolled to when it comes into sight, as a part of its 24 hours. */
const MORNING = 7 / 24;
const LABEL = 12;

/**
 * How much room the calendar has, by one observer: how many entries a day of the month can show, and whether a week leaves
 * room for the panel. Scrolls a week to the morning when it is first seen.
 */
export class RoomController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #roles = new Map<Element, (size: ResizeObserverSize) => void>();
  #observer: ResizeObserver | undefined;
  #day = 0;
  #entry = 0;
  #slots = 3;
  #isWide = false;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  /** How many entries fit into a day of the month. */
  get slots(): number {
    return this.#slots;
  }

  get isWide(): boolean {
    return this.#isWide;
  }

  hostConnected(): void {
    this.#observer = new ResizeObserver((entries) => {
      for (const { target, borderBoxSize } of entries) {
        if (borderBoxSize[0]) this.#roles.get(target)?.(borderBoxSize[0]);
      }
    });
    for (const element of this.#roles.keys()) this.#observer.observe(element);
  }

  hostDisconnected(): void {
    this.#observer?.disconnect();
    this.#observer = undefined;
  }

  // For lit's `ref`: the element that tells, and undefined when it is gone.

  /** The whole. */
  readonly frame = this.#observe(({ inlineSize }) => {
    this.#set(this.#slots, inlineSize >= WIDE);
  });

  /** Where a day of the month keeps its entries; all days are alike. */
  readonly day = this.#observe(({ blockSize }) => {
    this.#day = blockSize;
    this.#count();
  });

  /** Something as high as an entry. */
  readonly entry = this.#observe(({ blockSize }) => {
    this.#entry = blockSize;
    this.#count();
  });

  /** What scrolls the hours. */
  readonly hours = this.#observe((_size, element, isFirst) => {
    const column = element.querySelector('.slots');
    // Its label stands on the line.
    if (isFirst && column) element.scrollTop = column.clientHeight * MORNING - LABEL;
  });

  #observe(
    measured: (size: ResizeObserverSize, element: Element, isFirst: boolean) => void,
  ): (element: Element | undefined) => void {
    let current: Element | undefined;
    return (element) => {
      if (element === current) return;
      if (current) {
        this.#observer?.unobserve(current);
        this.#roles.delete(current);
      }
      current = element;
      if (!element) return;
      let isFirst = true;
      this.#roles.set(element, (size) => {
        // Nothing of it is shown.
        if (size.inlineSize === 0 && size.blockSize === 0) return;
        measured(size, element, isFirst);
        isFirst = false;
      });
      this.#observer?.observe(element);
    };
  }

  #count(): void {
    if (this.#day === 0 || this.#entry === 0) return;
    this.#set(Math.max(1, Math.floor(this.#day / this.#entry)), this.#isWide);
  }

  #set(slots: number, isWide: boolean): void {
    if (slots === this.#slots && isWide === this.#isWide) return;
    this.#slots = slots;
    this.#isWide = isWide;
    this.#host.requestUpdate();
  }
}

import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Where what is in hand would go. */
export interface Mark {
  readonly cell: string;
  /** In CSS px from the first card's upper edge; undefined where the cell is sorted. */
  readonly slot: number | undefined;
}

/**
 * Marks the lane that would take what is in hand, and in the user's own order the place between its cards. Written here alone, and
 * only where it is another: it changes with every move of the hand, and to draw the board anew for it costs frames. Lanes are
 * `[data-cell]`, the place is a hidden `.slot` in each.
 */
export class DropMark implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #mark: () => Mark | undefined;
  #marked: HTMLElement | undefined;

  constructor(host: ReactiveControllerHost & HTMLElement, mark: () => Mark | undefined) {
    this.#host = host;
    this.#mark = mark;
    host.addController(this);
  }

  hostUpdated(): void {
    this.update();
  }

  hostDisconnected(): void {
    this.#set(this.#marked, undefined);
    this.#marked = undefined;
  }

  update(): void {
    const mark = this.#mark();
    const cell = this.#cell(mark?.cell);
    if (this.#marked !== cell) this.#set(this.#marked, undefined);
    this.#marked = cell;
    this.#set(cell, mark);
  }

  #cell(key: string | undefined): HTMLElement | undefined {
    if (key === undefined) return undefined;
    const selector = `[data-cell="${CSS.escape(key)}"]`;
    return this.#host.shadowRoot?.querySelector<HTMLElement>(selector) ?? undefined;
  }

  #set(cell: HTMLElement | undefined, mark: Mark | undefined): void {
    if (!cell) return;
    cell.classList.toggle(TARGET, mark !== undefined);
    cell.part.toggle(TARGET, mark !== undefined);
    const slot = cell.querySelector<HTMLElement>('.slot');
    if (!slot) return;
    slot.hidden = mark?.slot === undefined;
    if (mark?.slot === undefined) return;
    // Above the first card it would be cut off.
    slot.style.insetBlockStart = `${String(Math.max(STROKE, mark.slot))}px`;
  }
}

const TARGET = 'target';
/** How high the mark of a place is, in CSS px; as the sheet has it. */
const STROKE = 2;

import { HEAD, TAKES_KEYS } from './grid-navigation.js';
import type { SelectionController } from './selection.js';

/** How long a finger lies on a row until that selects it, in milliseconds, and how far it may stray, in px. */
const LONG = 500;
const STRAY = 8;

/**
 * What the pointer does to the selection: a press on a checkbox or beside it in its cell, on a row with Ctrl, with Shift for all in
 * between, or a long one of a finger. While something is selected that way, each further tap selects too. Links and buttons keep
 * their own meaning.
 */
export class RowPress {
  readonly #selection: SelectionController;
  #isHeld = false;
  #isFinger = false;

  constructor(selection: SelectionController) {
    this.#selection = selection;
  }

  readonly pressed = (event: MouseEvent): void => {
    const selection = this.#selection;
    const target = event.target as Element;
    const cell = target.closest<HTMLElement>('[data-col]');
    const row = cell?.closest<HTMLElement>('[data-id]');
    const id = row?.dataset['id'];
    if (!cell || !row || id === undefined) return;
    const isBox = cell.dataset['col'] === 'select';
    if (!isBox && (id === HEAD || target.closest(`a, button, ${TAKES_KEYS}`))) return;
    if (id !== HEAD && row.ariaSelected === null) return;
    if (event.type === 'mousedown') {
      // Shift would select the text in between.
      if (event.shiftKey) event.preventDefault();
      return;
    }
    if (id === HEAD) selection.toggleAll();
    else if (event.shiftKey) selection.extendTo(id);
    else if (isBox || event.ctrlKey || event.metaKey) selection.toggle(id);
    const box = isBox && cell.querySelector('input');
    // The browser has turned it over already, which a range or what could not be selected may not want.
    if (box) box.checked = id === HEAD ? selection.isAll : selection.has(id);
  };

  /** Listens in the capturing phase, before any link or button in the row hears of it. */
  readonly tapped = (event: Event): void => {
    const isLifted = this.#isHeld;
    this.#isHeld = false;
    const id = isLifted ? undefined : this.#tapped(event as MouseEvent);
    if (!isLifted && id === undefined) return;
    // The finger that selected by lying there is lifted now, or selects one more.
    event.preventDefault();
    event.stopPropagation();
    if (id !== undefined) this.#selection.toggle(id);
  };

  /** The row that a finger selects by a tap, as long as anything is selected; undefined: it does what is tapped. */
  #tapped({ target, detail }: MouseEvent): string | undefined {
    if (!this.#isFinger || detail === 0 || !this.#selection.isAny) return undefined;
    const cell = (target as Element).closest<HTMLElement>('[data-col]');
    if (!cell || cell.dataset['col'] === 'select' || cell.dataset['col'] === 'acts')
      return undefined;
    return cell.closest<HTMLElement>('[role=row][aria-selected]')?.dataset['id'];
  }

  readonly touched = (event: PointerEvent): void => {
    this.#isHeld = false;
    this.#isFinger = event.pointerType === 'touch';
    if (!this.#isFinger) return;
    const row = (event.target as Element).closest<HTMLElement>('[role=row][aria-selected]');
    const id = row?.dataset['id'];
    if (id === undefined) return;
    const ending = new AbortController();
    const { signal } = ending;
    const timer = setTimeout(() => {
      ending.abort();
      this.#isHeld = true;
      this.#selection.toggle(id);
    }, LONG);
    const end = (): void => {
      clearTimeout(timer);
      ending.abort();
    };
    const moved = ({ clientX, clientY }: PointerEvent): void => {
      if (Math.hypot(clientX - event.clientX, clientY - event.clientY) > STRAY) end();
    };
    window.addEventListener('pointermove', moved, { signal });
    window.addEventListener('pointerup', end, { signal });
    window.addEventListener('pointercancel', end, { signal });
  };

  /** A phone opens its own menu for a long press, which has a meaning here. */
  readonly held = (event: Event): void => {
    // Not every engine says of this event that it was a finger.
    const isTouch = event instanceof PointerEvent && event.pointerType === 'touch';
    if (isTouch || this.#isFinger || this.#isHeld) event.preventDefault();
  };
}

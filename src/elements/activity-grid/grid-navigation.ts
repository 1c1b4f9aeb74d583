import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Stands for the header among the ids of the rows. */
export const HEAD = '';

/** A cell with more than one control, or what holds them in it, is so marked: it is entered by Enter and left by Escape, as is one that holds what takes keys. */
const ENTERED = 'entered';

interface Cell {
  readonly row: string;
  readonly column: string;
}

/** All rows, drawn or not, without the header. */
export interface NavigableRows {
  readonly length: number;
  keyAt(index: number): string | undefined;
  /** -1 where it is not; `near`: where it was last. */
  indexOf(key: string, near: number): number;
}

export interface GridNavigationOptions {
  readonly rows: () => NavigableRows;
  /** Keys of what is drawn, in order. */
  readonly drawn: () => readonly string[];
  /** Where Tab arrives first: a row that is in sight. */
  readonly start: () => string | undefined;
  readonly columns: () => readonly string[];
  /** The column in which Tab arrives first. */
  readonly primary: () => string;
  /** Scrolls to a row; -1: to the very beginning. True if all that is drawn stands elsewhere with the next update. */
  readonly reveal: (index: number) => boolean;
  /** What is active is to be drawn wherever it is. */
  readonly onMove: () => void;
  readonly onToggle: (id: string) => void;
  /** From where it was selected last to here; `from` where that is known. */
  readonly onExtend: (id: string, from?: string) => void;
  readonly onSelectAll: () => void;
  /** A key that means something to the cell itself; true if it was taken. */
  readonly onKey?: (event: KeyboardEvent, row: string, column: string) => boolean;
}

/** The id under which a row's element is found in the shadow root. */
export function rowElementId(row: string): string {
  return row === HEAD ? 'head' : `row-${row}`;
}

/**
 * The keyboard of a grid, after the APG: one tab stop, moved by arrows, Home, End, Page Up and Page Down. What is active is an id
 * and a column, not a node: rows may move, come and go, and the focus stays with its row, or goes to the next one, the one before,
 * the header.
 *
 * A row's element has `id=rowElementId(…)` and `data-id`, its cells `data-col`; a cell with several controls has `data-entered`, or what
 * holds them has. A control that takes keys for itself, as a text field of the host's, is gone into in the same way.
 */
export class GridNavigation implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #options: GridNavigationOptions;
  #active: Cell | undefined;
  #stop: HTMLElement | undefined;
  #order: readonly string[] = [];
  #index = -1;
  #hadFocus = false;
  #wasInGrid = false;
  #isOnItsWay = false;

  constructor(host: ReactiveControllerHost & HTMLElement, options: GridNavigationOptions) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  /** The row that is active, drawn or not. */
  get active(): string | undefined {
    return this.#active?.row;
  }

  /** Where the active row is; -1 where there is none. */
  get activeIndex(): number {
    const row = this.#active?.row;
    if (row === undefined || row === HEAD) return -1;
    return this.#options.rows().indexOf(row, this.#index);
  }

  /** Puts the focus where Tab would lead, or into this row. */
  focus(row?: string, column?: string): void {
    if (row !== undefined) this.#active = { row, column: column ?? this.#column };
    this.#mark();
    if (this.#stop) focusInSight(this.#stop);
  }

  /** Scrolls to a row, drawn or not, and puts the focus into it, in the column where it is. */
  goTo(row: string): void {
    this.#go({ row, column: this.#column });
  }

  hostUpdate(): void {
    const active = this.#focused;
    this.#hadFocus = active !== null && active !== undefined;
    this.#wasInGrid = this.#hadFocus && active?.closest('[role=grid], [role=treegrid]') !== null;
  }

  /** Called when the rows are known, before they are drawn: what is active may have gone. */
  follow(): void {
    this.#hasMoved = this.#followRows();
  }
  #hasMoved = false;

  hostUpdated(): void {
    this.#order = this.#options.drawn();
    this.#mark();
    const isLost = this.#hadFocus && !this.#focused;
    const isAwaited = this.#isOnItsWay && this.#stop !== undefined;
    if (isAwaited) this.#isOnItsWay = false;
    if (isAwaited || isLost || (this.#hasMoved && this.#wasInGrid)) {
      // An element that was merely moved had lost it: nobody asked to see that row.
      this.#stop?.focus({ preventScroll: isAwaited || (isLost && !this.#hasMoved) });
    }
    this.#hasMoved = false;
  }

  /** The element that shows a row, if it is drawn. */
  elementOf(row: string): HTMLElement | null {
    return this.#host.shadowRoot?.getElementById(rowElementId(row)) ?? null;
  }

  readonly focusin = (event: FocusEvent): void => {
    const found = cellOf(event.target);
    if (!found) return;
    // What stands for a row, and a group, has one cell for all columns.
    const isColumn = this.#options.columns().includes(found.column);
    const cell = isColumn ? found : { row: found.row, column: this.#column };
    if (cell.row === this.#active?.row && cell.column === this.#active.column) return;
    this.#active = cell;
    this.#mark();
  };

  readonly keydown = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.isComposing) return;
    const target = event.target as HTMLElement;
    const cell = target.closest<HTMLElement>('[data-col]');
    if (!cell || !this.#active) return;
    if (takesKeys(event)) {
      if (event.key !== 'Escape') return;
      event.preventDefault();
      event.stopPropagation();
      cell.focus();
      return;
    }
    const { row, column } = this.#active;
    if (this.#options.onKey?.(event, row, column)) {
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    if (event.altKey) return;
    const isHandled =
      isEntered(cell) && target !== cell
        ? this.#keyInside(event, cell, target)
        : this.#keyOnCell(event, cell, target);
    if (!isHandled) return;
    event.preventDefault();
    event.stopPropagation();
  };

  // ── keys ─────────────────────────────────────────────────────────────────────────────────────

  #keyOnCell(event: KeyboardEvent, cell: HTMLElement, target: HTMLElement): boolean {
    const { key, shiftKey } = event;
    const withControl = event.ctrlKey || event.metaKey;
    const { row, column } = this.#active ?? { row: HEAD, column: '' };
    if (key === ' ' && !withControl && this.#takesSpace(target)) {
      if (shiftKey) this.#options.onExtend(row);
      else this.#options.onToggle(row);
      return true;
    }
    if (withControl && key.toLowerCase() === 'a') {
      this.#options.onSelectAll();
      return true;
    }
    if (key === 'Enter' || key === 'F2') return enter(cell, target);
    const next = this.#next(event, withControl, row, column);
    if (!next) return false;
    const isVertical = next.row !== row;
    if (shiftKey && isVertical && row !== HEAD && next.row !== HEAD) {
      this.#options.onExtend(next.row, row);
    }
    // It stands above the first row, however far those below it are scrolled.
    if (next.row === HEAD && (isVertical || withControl)) this.#options.reveal(-1);
    this.#go(next);
    return true;
  }

  /** What is active leads: it is scrolled to and drawn, and then gets the focus. */
  #go(next: Cell): void {
    this.#active = next;
    if (next.row === HEAD) {
      this.focus();
      return;
    }
    const index = this.#options.rows().indexOf(next.row, this.#index);
    this.#index = index;
    const isElsewhere = this.#options.reveal(index);
    this.#options.onMove();
    if (!isElsewhere && this.elementOf(next.row)) this.focus();
    else this.#isOnItsWay = true;
  }

  /** Escape leads out; Tab and the arrows go round. */
  #keyInside(event: KeyboardEvent, cell: HTMLElement, target: HTMLElement): boolean {
    const controls = visibleControls(cell);
    const at = controls.indexOf(target);
    const rtl = cell.matches(':dir(rtl)');
    const [back, on] = rtl ? ['ArrowRight', 'ArrowLeft'] : ['ArrowLeft', 'ArrowRight'];
    const goesOn = event.key === on || (event.key === 'Tab' && !event.shiftKey);
    const goesBack = event.key === back || (event.key === 'Tab' && event.shiftKey);
    if (event.key === 'Escape') cell.focus();
    else if (goesOn) controls[(at + 1) % controls.length]?.focus();
    else if (goesBack) controls.at(at - 1)?.focus();
    else return false;
    return true;
  }

  #next(event: KeyboardEvent, withControl: boolean, row: string, column: string): Cell | undefined {
    const rows = this.#options.rows();
    const columns = this.#options.columns();
    // The header stands before the first.
    const at = row === HEAD ? 0 : rows.indexOf(row, this.#index) + 1;
    const last = rows.length;
    const rowAt = (index: number): string => {
      const place = Math.min(Math.max(index, 0), last) - 1;
      return (place < 0 ? HEAD : rows.keyAt(place)) ?? HEAD;
    };
    const columnAt = (index: number): string =>
      columns[Math.min(Math.max(index, 0), columns.length - 1)] ?? column;
    const rtl = (event.currentTarget as Element).matches(':dir(rtl)');
    const step = rtl ? -1 : 1;
    const col = columns.indexOf(column);
    switch (event.key) {
      case 'ArrowDown':
        return { row: rowAt(at + 1), column };
      case 'ArrowUp':
        return { row: rowAt(at - 1), column };
      case 'ArrowRight':
        return { row, column: columnAt(col + step) };
      case 'ArrowLeft':
        return { row, column: columnAt(col - step) };
      case 'Home':
        return { row: withControl ? HEAD : row, column: columnAt(0) };
      case 'End':
        return { row: withControl ? rowAt(last) : row, column: columnAt(Infinity) };
      case 'PageDown':
        return {
          row: rowAt(Math.max(at, 0) + this.#pageSize(event.currentTarget as Element)),
          column,
        };
      case 'PageUp':
        return {
          // Pages end at the first row; the header is one more step.
          row: rowAt(
            at <= 1 ? 0 : Math.max(1, at - this.#pageSize(event.currentTarget as Element)),
          ),
          column,
        };
      default:
        return undefined;
    }
  }

  /** How many whole rows are seen at once. Measured at a key press, never while scrolling. */
  #pageSize(grid: Element): number {
    const [first] = this.#options.drawn();
    const height = first === undefined ? 0 : this.elementOf(first)?.offsetHeight;
    const head = this.elementOf(HEAD)?.offsetHeight ?? 0;
    const seen = Math.min(grid.parentElement?.clientHeight ?? 0, window.innerHeight) - head;
    return height ? Math.max(1, Math.floor(seen / height)) : 1;
  }

  /** Space selects a row, wherever in it the focus is, but for a control that was entered. */
  #takesSpace(target: HTMLElement): boolean {
    const cell = target.closest<HTMLElement>('[data-col]');
    if (!cell || cellOf(cell)?.row === HEAD) return false;
    return !isEntered(cell) || target === cell;
  }

  // ── what is active ───────────────────────────────────────────────────────────────────────────

  get #focused(): Element | null | undefined {
    return this.#host.shadowRoot?.activeElement;
  }

  get #column(): string {
    const columns = this.#options.columns();
    const column = this.#active?.column;
    return column !== undefined && columns.includes(column) ? column : this.#options.primary();
  }

  /** Stays with the row; where that is gone, with the next that is left, the one before, the header. True if it is another row. */
  #followRows(): boolean {
    const row = this.#active?.row;
    if (row === undefined || row === HEAD) return false;
    const rows = this.#options.rows();
    const index = rows.indexOf(row, this.#index);
    if (index >= 0) {
      this.#index = index;
      // What stood for a row that was not loaded is that row now.
      const key = rows.keyAt(index);
      if (key === undefined || key === row) return false;
      this.#active = { row: key, column: this.#column };
      return true;
    }
    const at = this.#order.indexOf(row);
    const near = [...this.#order.slice(at + 1), ...this.#order.slice(0, Math.max(at, 0)).reverse()];
    const next = near.find((key) => rows.indexOf(key, -1) >= 0) ?? rows.keyAt(0) ?? HEAD;
    this.#active = { row: next, column: this.#column };
    this.#index = next === HEAD ? -1 : rows.indexOf(next, -1);
    return true;
  }

  /** Gives the one tab stop to what is active. */
  #mark(): void {
    const row = this.#active?.row ?? this.#options.start() ?? HEAD;
    const element = this.elementOf(row);
    const cell =
      element?.querySelector<HTMLElement>(`:scope > [data-col="${this.#column}"]`) ??
      element?.querySelector<HTMLElement>(':scope > [data-col]');
    const stop = (cell && targetOf(cell)) ?? undefined;
    if (this.#stop && this.#stop !== stop) this.#stop.tabIndex = -1;
    this.#stop = stop;
    if (stop) stop.tabIndex = 0;
  }
}

/** What a host draws into a cell and takes keys for itself: no key but Escape means anything else in it. */
export const TAKES_KEYS =
  'input:not([data-col=select] > input), select, textarea, [contenteditable]:not([contenteditable=false])';
const CONTROLS = `a[href], button, input, ${TAKES_KEYS}`;

/** It may be within an element of the host's own. */
function takesKeys(event: Event): boolean {
  const [target] = event.composedPath();
  return target instanceof Element && target.closest(TAKES_KEYS) !== null;
}

/** All of its cell is seen then, beside what stays in sight; what itself stays there moves nothing. */
function focusInSight(stop: HTMLElement): void {
  const cell = stop.closest<HTMLElement>('[data-col]');
  const scroller = cell?.closest('[role=grid], [role=treegrid]')?.parentElement;
  const isSticky = cell && getComputedStyle(cell).position === 'sticky';
  const left = scroller?.scrollLeft ?? 0;
  stop.focus();
  if (!isSticky) cell?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  else if (scroller && scroller.scrollLeft !== left) scroller.scrollLeft = left;
}

function isEntered(cell: HTMLElement): boolean {
  return (
    cell.dataset[ENTERED] !== undefined ||
    cell.querySelector(`[data-${ENTERED}], ${TAKES_KEYS}`) !== null
  );
}

function visibleControls(cell: HTMLElement): HTMLElement[] {
  return [...cell.querySelectorAll<HTMLElement>(CONTROLS)].filter((control) =>
    control.checkVisibility(),
  );
}

/** What takes the focus of a cell: its one control, else the cell itself. */
function targetOf(cell: HTMLElement): HTMLElement {
  return (isEntered(cell) ? undefined : cell.querySelector<HTMLElement>(CONTROLS)) ?? cell;
}

/** Goes into the controls of a cell, or uses the one it has where the focus is beside it. */
function enter(cell: HTMLElement, target: HTMLElement): boolean {
  if (target !== cell) return false;
  const [control] = visibleControls(cell);
  if (!control) return false;
  if (isEntered(cell)) control.focus();
  else control.click();
  return true;
}

function cellOf(target: EventTarget | null): Cell | undefined {
  if (!(target instanceof Element)) return undefined;
  const cell = target.closest<HTMLElement>('[data-col]');
  const row = cell?.closest<HTMLElement>('[data-id]');
  const column = cell?.dataset['col'];
  const id = row?.dataset['id'];
  return column === undefined || id === undefined ? undefined : { row: id, column };
}

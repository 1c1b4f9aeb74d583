import type { ActivityGrid } from './activity-grid.js';
import { subjectOf } from '../base/subject-link.js';
import { HEAD, TAKES_KEYS } from './grid-navigation.js';
import { groupOfKey } from './sections.js';
import { TypeAhead } from './type-ahead.js';

function isMenuKey({ key, shiftKey }: KeyboardEvent): boolean {
  return key === 'ContextMenu' || (key === 'F10' && shiftKey);
}

/** Keys that mean something to a cell of its own: a column's menu and width, a group, a value that is edited, what is copied. */
export class GridKeys {
  readonly #grid: ActivityGrid;
  readonly #typeAhead = new TypeAhead();

  constructor(grid: ActivityGrid) {
    this.#grid = grid;
  }

  readonly pressed = (event: KeyboardEvent, row: string, column: string): boolean => {
    const grid = this.#grid;
    const { key, altKey, shiftKey } = event;
    const withControl = event.ctrlKey || event.metaKey;
    if (grid.layoutOfColumns.keyWhileResizing(event)) return true;
    if (withControl && !shiftKey && key.toLowerCase() === 'c') return this.#copy(row, column);
    if (row === HEAD) return this.#onHeader(event, column);
    const group = groupOfKey(row);
    if (group !== undefined) return this.#onGroup(event, group);
    if (isMenuKey(event)) return grid.rowButtons.openMenuAt(row, column);
    if (key === 'F2' && !altKey) return this.#edit(row, column);
    return this.#type(event);
  };

  /** What is selected, else the cell; of a row in two lines, which is one cell, all of it. Selected text is the browser's to copy. */
  #copy(id: string, name: string): boolean {
    const grid = this.#grid;
    if (document.getSelection()?.toString()) return false;
    if (grid.selected.value > 0) {
      void grid.copySelected();
      return true;
    }
    const row = grid.rowOf(id);
    const column = grid.layoutOfColumns.shown.find((one) => one.name === name);
    if (!row || !(column || name === 'main')) return false;
    void grid.exports.copy([row], column);
    return true;
  }

  #type(event: KeyboardEvent): boolean {
    const grid = this.#grid;
    const { length } = grid.places;
    const index = this.#typeAhead.press(
      event,
      {
        length,
        nameAt: (at) => {
          const row = grid.places.rowAt(at);
          return row && subjectOf(grid, row);
        },
      },
      grid.activeIndex,
    );
    if (index === undefined) return false;
    if (index >= 0) grid.goTo(index);
    return true;
  }

  readonly doubleClicked = (event: MouseEvent): void => {
    const target = event.target as Element;
    if (target.closest(`a, button, input, ${TAKES_KEYS}`)) return;
    const cell = target.closest<HTMLElement>('[data-col]');
    const row = cell?.closest<HTMLElement>('[data-id]')?.dataset['id'];
    if (cell && row !== undefined) this.#edit(row, cell.dataset['col'] ?? '');
  };

  #edit(row: string, column: string): boolean {
    const activity = this.#grid.rowOf(row);
    const edited = column === 'main' ? 'subject' : column;
    return activity !== undefined && this.#grid.editing.open(activity, edited);
  }

  #onHeader(event: KeyboardEvent, name: string): boolean {
    const { key, altKey, shiftKey } = event;
    const grid = this.#grid;
    const column = grid.layoutOfColumns.shown.find((one) => one.name === name);
    if (!column) return false;
    if ((key === 'ArrowDown' && altKey) || isMenuKey(event)) {
      grid.columnMenuOf(name);
      return true;
    }
    if (key === 'Enter' && shiftKey && column.field !== undefined && grid.canSortBy(column.field)) {
      grid.sortBy(column, true);
      return true;
    }
    return false;
  }

  #onGroup(
    { key, currentTarget, altKey, ctrlKey, metaKey }: KeyboardEvent,
    group: string,
  ): boolean {
    if (altKey || ctrlKey || metaKey) return false;
    const isRtl = (currentTarget as Element).matches(':dir(rtl)');
    const [back, on] = isRtl ? ['ArrowRight', 'ArrowLeft'] : ['ArrowLeft', 'ArrowRight'];
    if (key === on || key === back) {
      this.#grid.toggleGroup(group, key === on);
      return true;
    }
    if (key === ' ') {
      this.#grid.toggleGroup(group);
      return true;
    }
    return false;
  }
}

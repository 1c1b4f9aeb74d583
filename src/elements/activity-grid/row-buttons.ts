import type { Activity } from '../../model/activity.js';
import { menuOpener, type MenuGroup } from '../../ui/menu.js';
import type { Anchor } from '../../ui/popover.js';
import { subjectOf } from '../base/subject-link.js';
import type { ActivityGrid } from './activity-grid.js';
import { rowMenu } from './row-menu.js';

/** In these the browser's own menu pastes, corrects and the like. */
const WRITTEN_IN = 'input:not([type=checkbox]), textarea, select, [contenteditable]';

/**
 * What the buttons of the rows do: the same listeners for all rows, which ask the button's own row what it shows. A right click and
 * the keys for it open the menu of the row too.
 */
export class RowButtons {
  readonly #grid: ActivityGrid;
  #hadText = false;

  constructor(grid: ActivityGrid) {
    this.#grid = grid;
  }

  readonly complete = ({ currentTarget }: Event): void => {
    const activity = this.#activityOf(currentTarget);
    if (activity) void this.#grid.next.complete([activity]);
  };

  readonly openMenu = (event: MouseEvent): void => {
    this.#openerFor(event.currentTarget)?.click(event);
  };

  readonly openMenuByKey = (event: KeyboardEvent): void => {
    this.#openerFor(event.currentTarget)?.keydown(event);
  };

  /** The pointer went down: some systems select the word under a right click, which nobody has selected. */
  readonly pointed = (): void => {
    this.#hadText = isTextSelected();
  };

  /** The browser's own menu stays for text that is selected, for links with a key held down, and where something is written. */
  readonly contextMenu = (event: MouseEvent): void => {
    const grid = this.#grid;
    const target = event.target as Element;
    if (event.defaultPrevented) return;
    if (grid.menu.isOpen) {
      // A key opens it before the browser hears of it.
      event.preventDefault();
      return;
    }
    const isHeld = event.shiftKey || event.ctrlKey || event.metaKey || event.altKey;
    if (target.closest(WRITTEN_IN) || (isHeld && target.closest('a'))) return;
    if (this.#hadText && isTextSelected()) return;
    const cell = target.closest<HTMLElement>('.row > [data-col]');
    const id = cell?.closest<HTMLElement>('[data-id]')?.dataset['id'];
    if (!cell || id === undefined) return;
    const at = { x: event.clientX, y: event.clientY };
    if (this.#open(id, cell.dataset['col'] ?? '', at)) event.preventDefault();
  };

  /** As a right click on a cell, but beneath it; false where nothing can be done with the row. */
  openMenuAt(id: string, column: string): boolean {
    const cell = this.#grid.cellOf(id, column);
    if (!cell) return false;
    const { left, right, bottom } = cell.getBoundingClientRect();
    return this.#open(id, column, { x: cell.matches(':dir(rtl)') ? right : left, y: bottom });
  }

  /** The focus comes back to the cell. */
  #open(id: string, column: string, at: Anchor): boolean {
    const grid = this.#grid;
    const activity = grid.rowOf(id);
    if (!activity || activity.access === 'busy') return false;
    const groups = this.#groupsOf(activity);
    if (groups().every(({ items }) => items.length === 0)) return false;
    grid.focusCell(id, column);
    void grid.menu.open(at, { label: this.#labelOf(activity), groups });
    return true;
  }

  #labelOf(activity: Activity): string {
    return this.#grid.words.say('action.more-for', subjectOf(this.#grid, activity));
  }

  #groupsOf(activity: Activity): () => readonly MenuGroup[] {
    const grid = this.#grid;
    return () => rowMenu(grid, grid.store?.row(activity.id) ?? activity);
  }

  #openerFor(target: EventTarget | null): ReturnType<typeof menuOpener> | undefined {
    const grid = this.#grid;
    const activity = this.#activityOf(target);
    if (!activity) return undefined;
    return menuOpener(grid.menu, {
      label: this.#labelOf(activity),
      placement: 'bottom-end',
      groups: this.#groupsOf(activity),
    });
  }

  #activityOf(target: EventTarget | null): Activity | undefined {
    const row = (target as Element | null)?.closest<HTMLElement>('[data-id]');
    return this.#grid.rowOf(row?.dataset['id'] ?? '');
  }
}

function isTextSelected(): boolean {
  return (document.getSelection()?.toString() ?? '') !== '';
}

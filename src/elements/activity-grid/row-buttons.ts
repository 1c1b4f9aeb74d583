import type { Activity } from '../../model/activity.js';
import { menuOpener } from '../../ui/menu.js';
import { subjectOf } from '../base/subject-link.js';
import type { ActivityGrid } from './activity-grid.js';
import { rowMenu } from './row-menu.js';

/** What the buttons of the rows do: the same listeners for all rows, which ask the button's own row what it shows. */
export class RowButtons {
  readonly #grid: ActivityGrid;

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

  #openerFor(target: EventTarget | null): ReturnType<typeof menuOpener> | undefined {
    const grid = this.#grid;
    const activity = this.#activityOf(target);
    if (!activity) return undefined;
    return menuOpener(grid.menu, {
      label: grid.words.say('action.more-for', subjectOf(grid, activity)),
      placement: 'bottom-end',
      groups: () => rowMenu(grid, grid.store?.row(activity.id) ?? activity),
    });
  }

  #activityOf(target: EventTarget | null): Activity | undefined {
    const row = (target as Element | null)?.closest<HTMLElement>('[data-id]');
    return this.#grid.rowOf(row?.dataset['id'] ?? '');
  }
}

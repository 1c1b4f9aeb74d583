import { html, nothing, type TemplateResult } from 'lit';
import type { Activity, ActivityState } from '../../model/activity.js';
import { mayMoveTo } from '../../provider/may.js';
import { button } from '../../ui/button.js';
import { menuButton, type MenuItem } from '../../ui/menu.js';
import type { ActivityGrid } from './activity-grid.js';

/*
 * What can be done to the selected rows: a template function of the grid, and what is behind its buttons.
 */

/** Those of some activities that may go to a state now, and why not where none may. */
export function movable(
  grid: ActivityGrid,
  activities: readonly Activity[],
  to: ActivityState,
): { readonly able: readonly Activity[]; readonly why?: string } {
  const { store, words } = grid;
  if (!store) return { able: [] };
  const idle = activities.filter(
    (activity) => !grid.isBusy(activity) && activity.access !== 'busy',
  );
  const able = idle.filter((activity) => mayMoveTo(to, activity, store.permissions) === true);
  if (able.length > 0) return { able };
  const [first] = idle;
  if (!first) {
    const isSaving = activities.some((activity) => grid.isBusy(activity));
    return { able, why: words.say(isSaving ? 'sync.saving' : 'record.no-access-title') };
  }
  const refusal = mayMoveTo(to, first, store.permissions);
  return refusal === true ? { able } : { able, why: words.refusal(refusal) };
}

/** Takes those of the selected that may go there to a state; what is done is no longer selected. */
async function move(
  grid: ActivityGrid,
  activities: readonly Activity[],
  to: ActivityState,
): Promise<void> {
  const { results } = await grid.requests.moveStatus(movable(grid, activities, to).able, to);
  const done = results.filter((result) => !('error' in result));
  grid.deselect(new Set(done.flatMap(({ key, id }) => [key, id])));
}

/** Where there is no room for a second word. */
function cancelMenu(grid: ActivityGrid, selected: readonly Activity[]): TemplateResult {
  const { words } = grid;
  const { able, why } = movable(grid, selected, 'canceled');
  const cancel: MenuItem = {
    label: words.say('action.cancel'),
    icon: 'cancel',
    disabled: able.length === 0,
    why,
    onSelect: () => void move(grid, selected, 'canceled'),
  };
  return menuButton(grid.menu, {
    label: words.say('action.more'),
    icon: 'more',
    iconOnly: true,
    small: true,
    groups: [{ items: [cancel] }],
  });
}

export function commandBar(grid: ActivityGrid, selected: readonly Activity[]): TemplateResult {
  const { words } = grid;
  const command = (to: 'completed' | 'canceled'): TemplateResult => {
    const { able, why } = movable(grid, selected, to);
    const isComplete = to === 'completed';
    return button({
      label: words.say(isComplete ? 'action.complete' : 'action.cancel'),
      icon: isComplete ? 'complete' : 'cancel',
      kind: isComplete ? 'primary' : 'plain',
      small: true,
      disabled: able.length === 0,
      why,
      onClick: () => void move(grid, selected, to),
    });
  };
  return html`<div
    class="commands"
    part="commands"
    role="group"
    aria-label=${words.say('grid.selection')}
  >
    <span class="num strong clip">${words.say('count.selected', selected.length)}</span>
    ${
      grid.canMove
        ? html`${command('completed')}${grid.isNarrow ? cancelMenu(grid, selected) : command('canceled')}`
        : nothing
    }
    ${button({
      label: words.say('grid.clear-selection'),
      icon: 'close',
      iconOnly: true,
      small: true,
      className: 'end',
      onClick: () => grid.clearSelection(),
    })}
  </div>`;
}

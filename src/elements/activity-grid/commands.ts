import { html, nothing, type TemplateResult } from 'lit';
import type { Activity } from '../../model/activity.js';
import { button } from '../../ui/button.js';
import { menuButton, type MenuGroup, type MenuItem } from '../../ui/menu.js';
import type { ActivityGrid } from './activity-grid.js';
import { assignItems, dueItems, regardingItem, removeItem } from './row-menu.js';

/*
 * What can be done to the selected rows: a template function of the grid. What can never be done is not there; what can't be done
 * to these is disabled and says why.
 */

export function commandBar(grid: ActivityGrid, selected: readonly Activity[]): TemplateResult {
  const { words, acts, isNarrow, selected: count, canSelectMore } = grid;
  const rest = grid.restBeside(selected);
  const status = (to: 'completed' | 'canceled'): MenuItem => {
    const { able, why } = acts.able(selected, { to });
    const isComplete = to === 'completed';
    return {
      label: words.say(isComplete ? 'action.complete' : 'action.cancel'),
      icon: isComplete ? 'complete' : 'cancel',
      disabled: able.length === 0 && !rest,
      why,
      onSelect: () => void acts.moveStatus(selected, to, rest),
    };
  };
  const cancel = grid.canMove ? [status('canceled')] : [];
  const more: MenuGroup[] = [
    { items: isNarrow ? cancel : [] },
    ...(isNarrow
      ? [{ label: words.say('grid.set-due'), items: dueItems(grid, selected, rest) }]
      : []),
    { items: isNarrow ? assignItems(grid, selected, rest) : [] },
    {
      items: [
        ...regardingItem(grid, selected, rest),
        {
          label: words.say('grid.copy'),
          icon: 'copy',
          onSelect: () => void grid.copySelected(),
        },
        ...removeItem(grid, selected, rest),
      ],
    },
  ];
  return html`<div
    class="commands"
    part="commands"
    role="group"
    aria-label=${words.say('grid.selection')}
  >
    <span class="num strong clip"
      >${
        count.isSure
          ? words.say('count.selected', count.value)
          : words.say('grid.selected-at-least', count.value)
      }</span
    >
    ${
      canSelectMore && !isNarrow
        ? button({
            label: words.say('action.select-all-count', canSelectMore),
            kind: 'link',
            small: true,
            onClick: () => grid.selectAll(),
          })
        : nothing
    }
    ${grid.canMove ? asButton(status('completed'), 'primary') : nothing}
    ${isNarrow ? nothing : cancel.map((item) => asButton(item, 'plain'))}
    ${isNarrow ? nothing : menuOf(grid, 'action.assign', 'assign', [{ items: assignItems(grid, selected, rest) }])}
    ${isNarrow ? nothing : menuOf(grid, 'grid.due', 'calendar', [{ items: dueItems(grid, selected, rest) }])}
    ${menuOf(grid, 'action.more', 'more', more)}
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

function asButton(
  { label, icon, disabled, why, onSelect }: MenuItem,
  kind: 'primary' | 'plain',
): TemplateResult {
  return button({
    label,
    kind,
    small: true,
    ...(icon !== undefined && { icon }),
    ...(disabled !== undefined && { disabled }),
    why,
    onClick: onSelect,
  });
}

function menuOf(
  grid: ActivityGrid,
  label: 'action.assign' | 'grid.due' | 'action.more',
  icon: string,
  groups: readonly MenuGroup[],
): TemplateResult | typeof nothing {
  if (groups.every(({ items }) => items.length === 0)) return nothing;
  return menuButton(grid.menu, {
    label: grid.words.say(label),
    icon,
    iconOnly: label === 'action.more',
    small: true,
    groups,
  });
}

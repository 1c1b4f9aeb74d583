import { html, nothing, type TemplateResult } from 'lit';
import type { Activity } from '../../model/activity.js';
import { button } from '../../ui/button.js';
import { menuButton } from '../../ui/menu.js';
import { commandGroups, type Command } from '../base/command.js';
import type { ActivityGrid } from './activity-grid.js';
import { assignItems, dueItems, regardingItem, removeItem } from './row-menu.js';

/*
 * What can be done to the selected rows, here and in whatever bar around the grid shows it. What can never be done is not there; what
 * can't be done to these is disabled and says why.
 */

/** So many commands are buttons of the grid's own bar; the others stand in its menu. */
const BUTTONS = 5;

export function selectionCommands(grid: ActivityGrid, selected: readonly Activity[]): Command[] {
  const { words, acts, next } = grid;
  const rest = grid.restBeside(selected);
  const [only] = selected;
  const status = (to: 'completed' | 'canceled'): Command => {
    const { isAny, why } = acts.anyAble(selected, { to });
    const isOff = !isAny && !rest;
    return {
      label: words.say(to === 'completed' ? 'action.complete' : 'action.cancel-activities'),
      icon: to === 'completed' ? 'complete' : 'cancel',
      ...(to === 'completed' && { kind: 'primary' as const }),
      why: isOff ? (why ?? words.say('refusal.closed')) : undefined,
      onSelect: () => void acts.moveStatus(selected, to, rest),
    };
  };
  const items = (label: string, icon: string, entries: Command['items'] = []): Command[] =>
    entries.length > 0 ? [{ label, icon, items: entries }] : [];
  const single = (entries: ReturnType<typeof regardingItem>): Command[] =>
    entries.map(({ label, icon = '', disabled, why, danger = false, onSelect }) => ({
      label,
      icon,
      danger,
      why: disabled ? (why ?? words.say('refusal.closed')) : undefined,
      onSelect,
    }));
  return [
    ...(acts.canEver('complete') ? [status('completed')] : []),
    ...(only && selected.length === 1 && !rest && next.canAsk(only)
      ? [
          {
            label: words.say('action.done-and-next'),
            icon: 'forward',
            onSelect: () => next.ask(only, ({ results }) => grid.dropDone(results, [])),
          },
        ]
      : []),
    ...(acts.canEver('cancel') ? [status('canceled')] : []),
    ...items(words.say('action.assign'), 'assign', assignItems(grid, selected, rest)),
    ...items(words.say('grid.due'), 'calendar', dueItems(grid, selected, rest)),
    ...single(regardingItem(grid, selected, rest)),
    {
      label: words.say('grid.copy'),
      icon: 'copy',
      onSelect: () => void grid.copySelected(),
    },
    ...single(removeItem(grid, selected, rest)),
  ];
}

export function commandBar(grid: ActivityGrid, selected: readonly Activity[]): TemplateResult {
  const { words, isNarrow, selected: count, canSelectMore } = grid;
  const commands = selectionCommands(grid, selected);
  const buttons = commands.slice(0, isNarrow ? 1 : BUTTONS);
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
    ${buttons.map((command) => asButton(grid, command))}
    ${menuButton(grid.menu, {
      label: words.say('action.more'),
      icon: 'more',
      iconOnly: true,
      small: true,
      groups: commandGroups(commands.slice(buttons.length)),
    })}
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
  grid: ActivityGrid,
  { label, icon, kind, why, items, onSelect }: Command,
): TemplateResult {
  const shared = { label, icon, small: true };
  return items
    ? menuButton(grid.menu, { ...shared, groups: [{ items }] })
    : button({
        ...shared,
        kind: kind ?? 'plain',
        disabled: why !== undefined,
        why,
        onClick: () => onSelect?.(),
      });
}

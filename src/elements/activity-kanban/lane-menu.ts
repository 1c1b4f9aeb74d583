import type { MenuGroup, MenuItem } from '../../ui/menu.js';
import type { BoardSettings } from './board-settings.js';
import { SWIM_LANES, choiceFields, type Group } from './groups.js';
import type { KanbanHost } from './kanban-host.js';
import { LANE_ORDERS } from './lanes.js';

/** What can be done to a lane, and to the board as a whole: each choice is one of its group. */
export function laneMenu(
  host: KanbanHost,
  { key }: Group,
  settings: BoardSettings,
  isNarrow: boolean,
): MenuGroup[] {
  const { words, store, order, swimLanes, lanesBy } = host;
  const choice = (label: string, checked: boolean, onSelect: () => void): MenuItem => ({
    label,
    kind: 'radio',
    checked,
    onSelect,
  });
  const fields = [
    { by: 'state', label: words.say('field.state') },
    { by: 'due', label: words.say('field.due') },
    { by: 'priority', label: words.say('field.priority') },
    ...choiceFields(store?.types ?? [], words),
  ];
  return [
    {
      items: isNarrow
        ? []
        : [
            {
              label: words.say('kanban.fold'),
              icon: 'collapse',
              onSelect: () => settings.toggle(key),
            },
          ],
    },
    {
      label: words.say('kanban.order'),
      items: LANE_ORDERS.map((one) =>
        choice(words.say(`kanban.order-${one}`), (order ?? 'due') === one, () =>
          settings.choose({ order: one }),
        ),
      ),
    },
    {
      label: words.say('kanban.rows'),
      items: [
        choice(words.say('value.none'), swimLanes === undefined, () =>
          settings.choose({ swimLanes: undefined }),
        ),
        ...SWIM_LANES.map((one) =>
          choice(words.say(`field.${one}`), swimLanes === one, () =>
            settings.choose({ swimLanes: one }),
          ),
        ),
      ],
    },
    {
      label: words.say('kanban.lanes'),
      items: fields.map(({ by, label }) =>
        choice(label, (lanesBy ?? 'state') === by, () => settings.choose({ lanesBy: by })),
      ),
    },
  ];
}

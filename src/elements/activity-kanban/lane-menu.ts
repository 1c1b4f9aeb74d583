import type { MenuGroup, MenuItem } from '../../ui/menu.js';
import type { BoardData } from './board-data.js';
import type { BoardSettings } from './board-settings.js';
import { SWIM_LANES, laneKinds, type Group } from './groups.js';
import type { KanbanHost } from './kanban-host.js';
import { LANE_ORDERS, canOrderBy } from './lanes.js';

/** What can be done to a lane, and to the board as a whole: each choice is one of its group. */
export function laneMenu(
  host: KanbanHost,
  { key }: Group,
  settings: BoardSettings,
  data: BoardData,
  isNarrow: boolean,
): MenuGroup[] {
  const { words, store, swimLanes, sums } = host;
  const choice = (label: string, checked: boolean, onSelect: () => void): MenuItem => ({
    label,
    kind: 'radio',
    checked,
    onSelect,
  });
  const sumsItem: MenuItem = {
    label: words.say('kanban.sums'),
    kind: 'checkbox',
    checked: sums,
    keepOpen: false,
    onSelect: () => settings.choose({ sums: !sums }),
  };
  return [
    {
      items: [
        ...(isNarrow
          ? []
          : [
              {
                label: words.say('kanban.fold'),
                icon: 'collapse',
                onSelect: () => settings.toggle(key),
              },
            ]),
        ...(store?.provider.records ? [sumsItem] : []),
      ],
    },
    {
      label: words.say('kanban.order'),
      items: LANE_ORDERS.filter((one) => canOrderBy(one, store?.capabilities)).map((one) =>
        choice(words.say(`kanban.order-${one}`), data.order === one, () =>
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
        ...SWIM_LANES.filter((one) => data.hasRowsBy(one)).map((one) =>
          choice(words.say(`field.${one}`), swimLanes === one, () =>
            settings.choose({ swimLanes: one }),
          ),
        ),
      ],
    },
    {
      label: words.say('kanban.lanes'),
      items: laneKinds(store?.types ?? [], words)
        .filter(({ by }) => data.hasLanesBy(by))
        .map(({ by, label }) =>
          choice(label, data.lanesBy === by, () => settings.choose({ lanesBy: by })),
        ),
    },
  ];
}

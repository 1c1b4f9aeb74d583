import type { ActivityState } from '../../model/activity.js';
import type { Localizer } from '../../i18n/localizer.js';
import type { MenuGroup } from '../../ui/menu.js';

export interface CardMenuOptions {
  readonly words: Localizer;
  /** Every lane the card is not in, with why it can't go there. */
  readonly targets: readonly { readonly state: ActivityState; readonly why: string | undefined }[];
  /** How many go with it, itself included. */
  readonly count: number;
  readonly isSelected: boolean;
  /** Left out where there is nothing to show it in. */
  readonly onOpen: (() => void) | undefined;
  readonly onSelect: () => void;
  readonly onMove: (to: ActivityState) => void;
}

/** What can be done to a card: what the mouse does by dragging, and what a click does. */
export function cardMenu(options: CardMenuOptions): MenuGroup[] {
  const { words, targets, count, isSelected, onOpen, onSelect, onMove } = options;
  return [
    {
      items: [
        ...(onOpen ? [{ label: words.say('action.open'), icon: 'open', onSelect: onOpen }] : []),
        {
          label: words.say('action.select'),
          kind: 'checkbox' as const,
          checked: isSelected,
          keepOpen: false,
          onSelect,
        },
      ],
    },
    {
      label: count > 1 ? words.say('kanban.move-selected', count) : words.say('action.move-to'),
      items: targets.map(({ state, why }) => ({
        label: words.stateName(state),
        disabled: why !== undefined,
        why,
        onSelect: () => onMove(state),
      })),
    },
  ];
}

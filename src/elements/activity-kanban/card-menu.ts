import type { Localizer } from '../../i18n/localizer.js';
import type { MenuGroup, MenuItem } from '../../ui/menu.js';

export interface MoveItem {
  readonly label: string;
  /** Why it can't go there. */
  readonly why: string | undefined;
  readonly onSelect: () => void;
}

/** Acts that are left out can't be done. */
export interface CardMenuOptions {
  readonly words: Localizer;
  /** How many go with it, itself included. */
  readonly count: number;
  /** There is no dragging: what stands for it comes first. */
  readonly isNarrow: boolean;
  readonly isSelected: boolean;
  readonly hasBody: boolean;
  readonly onOpen: (() => void) | undefined;
  readonly onEdit: (() => void) | undefined;
  readonly onBody: (() => void) | undefined;
  readonly onSelect: () => void;
  readonly onComplete: (() => void) | undefined;
  readonly cancelLabel: string;
  readonly onCancel: (() => void) | undefined;
  /** Completes it, asking how it went, and plans what comes next. */
  readonly onDoneAndNext: (() => void) | undefined;
  readonly onSnooze: (() => void) | undefined;
  readonly onAssign: (() => void) | undefined;
  /** Every lane the card is not in. */
  readonly lanes: readonly MoveItem[];
  /** Every row of lanes it is not in. */
  readonly rows: readonly MoveItem[];
  readonly onUp: (() => void) | undefined;
  readonly onDown: (() => void) | undefined;
  readonly onTop: (() => void) | undefined;
  readonly onBottom: (() => void) | undefined;
}

/** What can be done to a card: what the mouse does by dragging, and what a click does. */
export function cardMenu(options: CardMenuOptions): MenuGroup[] {
  const { words, count, isNarrow, isSelected, hasBody, lanes, rows, onSelect } = options;
  const act = (
    label: string,
    icon: string | undefined,
    onAct: (() => void) | undefined,
    hint?: string,
  ): MenuItem[] =>
    onAct ? [{ label, ...(icon && { icon }), ...(hint && { hint }), onSelect: onAct }] : [];
  const moves = (label: string, items: readonly MoveItem[]): MenuGroup => ({
    label,
    items: items.map(({ label: name, why, onSelect: move }) => ({
      label: name,
      disabled: why !== undefined,
      why,
      onSelect: move,
    })),
  });
  const acts: MenuGroup = {
    items: [
      ...act(words.say('action.open'), 'open', options.onOpen),
      ...act(words.say('action.edit'), 'edit', options.onEdit, 'F2'),
      ...act(
        words.say(hasBody ? 'kanban.hide-description' : 'kanban.show-description'),
        hasBody ? 'chevron-up' : 'chevron-down',
        options.onBody,
      ),
      {
        label: words.say('action.select'),
        kind: 'checkbox' as const,
        checked: isSelected,
        keepOpen: false,
        onSelect,
      },
      ...act(words.say('action.mark-complete'), 'complete', options.onComplete),
      ...act(words.say('action.done-and-next'), 'forward', options.onDoneAndNext),
      ...act(options.cancelLabel, 'cancel', options.onCancel),
      ...act(words.say('kanban.snooze-until'), 'snooze', options.onSnooze),
      ...act(words.say('action.assign-to'), 'assign', options.onAssign),
    ],
  };
  const toLanes = moves(
    count > 1 ? words.say('kanban.move-selected', count) : words.say('action.move-to'),
    lanes,
  );
  return [
    ...(isNarrow ? [toLanes, acts] : [acts, toLanes]),
    moves(words.say('kanban.move-to-row'), rows),
    {
      items: [
        ...act(words.say('kanban.move-top'), undefined, options.onTop),
        ...act(words.say('kanban.move-up'), undefined, options.onUp),
        ...act(words.say('kanban.move-down'), undefined, options.onDown),
        ...act(words.say('kanban.move-bottom'), undefined, options.onBottom),
      ],
    },
  ];
}

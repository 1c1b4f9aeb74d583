import {
  ACTIVITY_STATES,
  isClosed,
  type Activity,
  type ActivityState,
} from '../../model/activity.js';
import type { Rest } from '../../model/query.js';
import { SNOOZES, snoozeDay } from '../../model/snooze.js';
import { canEverMoveTo, mayMoveTo } from '../../provider/may.js';
import type { MenuGroup, MenuItem } from '../../ui/menu.js';
import { tellsOthers } from '../base/reschedule.js';
import type { ActivityGrid } from './activity-grid.js';

/*
 * What can be done to one row, and how a day, an owner or a record is chosen for one or many: menus of the grid.
 */

export const PEOPLE: readonly string[] = ['user', 'team'];

export function rowMenu(grid: ActivityGrid, activity: Activity): readonly MenuGroup[] {
  const { words } = grid;
  const open: MenuItem = {
    label: words.say('action.open'),
    icon: 'open',
    onSelect: () => void grid.requests.open(activity),
  };
  const tells = tellsOthers(grid, activity);
  const next: MenuItem = {
    label: words.say('action.done-and-next'),
    icon: 'forward',
    onSelect: () => grid.next.ask(activity, ({ results }) => grid.dropDone(results, [])),
  };
  return [
    {
      items: [
        ...(grid.context.canOpen ? [open] : []),
        ...moves(grid, activity, ['completed']),
        ...(grid.next.canAsk(activity) ? [next] : []),
      ],
    },
    {
      label: words.say('action.change-status'),
      items: moves(
        grid,
        activity,
        ACTIVITY_STATES.filter((to) => to !== 'completed'),
      ),
    },
    {
      label: words.say(tells ? 'action.reschedule' : 'grid.snooze'),
      items: isClosed(activity) || activity.state === null ? [] : dueItems(grid, [activity]),
    },
    { items: editItems(grid, activity) },
  ];
}

/** To those of these states that its type has, but its own; what is refused says why. */
function moves(
  grid: ActivityGrid,
  activity: Activity,
  states: readonly ActivityState[],
): MenuItem[] {
  const { store, words } = grid;
  const type = grid.typeOf(activity);
  if (!store || activity.state === null) return [];
  return states.flatMap((to) => {
    if (to === activity.state || !type.states[to]) return [];
    if (!canEverMoveTo(to, store.permissions)) return [];
    const isDone = to === 'completed';
    const permission = mayMoveTo(to, activity, store.permissions);
    const isBusy = grid.isBusy(activity);
    return {
      label: isDone
        ? words.say('action.mark-complete')
        : words.say('action.move-to-state', words.stateName(to)),
      ...(isDone && { icon: 'complete' }),
      disabled: isBusy || permission !== true,
      why: isBusy
        ? words.say('sync.saving')
        : permission === true
          ? undefined
          : isClosed(activity)
            ? words.say('refusal.closed')
            : words.refusal(permission),
      onSelect: () => void grid.acts.moveStatus([activity], to),
    };
  });
}

/** Another day for these: tomorrow, in three days, next week, or one that is chosen. */
export function dueItems(
  grid: ActivityGrid,
  activities: readonly Activity[],
  rest?: Rest,
): MenuItem[] {
  const { words, acts, now } = grid;
  if (!acts.canEver('edit')) return [];
  const { isAny, why } = acts.anyAble(activities, 'reschedule');
  const isOff = !isAny && !rest;
  const options = { now, timeZone: words.timeZone, firstDayOfWeek: words.firstDayOfWeek };
  return [
    ...SNOOZES.map((to): MenuItem => ({
      label: words.say(`grid.snooze-${to}`),
      icon: 'snooze',
      hint: words.day(snoozeDay(to, options), 'weekday-short'),
      disabled: isOff,
      why,
      onSelect: () => void acts.snooze(activities, to, rest),
    })),
    {
      label: words.say('grid.snooze-day'),
      icon: 'calendar',
      disabled: isOff,
      why,
      onSelect: () =>
        acts.chooseDay(anchorOf(grid), words.say('grid.set-due'), (day) => {
          void acts.snooze(activities, day, rest);
        }),
    },
  ];
}

/** Another owner for these. */
export function assignItems(
  grid: ActivityGrid,
  activities: readonly Activity[],
  rest?: Rest,
): MenuItem[] {
  const { words, acts, store } = grid;
  if (!acts.canEver('assign')) return [];
  const { isAny, why } = acts.anyAble(activities, 'assign');
  const disabled = !isAny && !rest;
  const label = words.say('action.assign');
  const me = store?.session.user;
  return [
    ...(me
      ? [
          {
            label: words.say('action.assign-to-me'),
            icon: 'assign',
            disabled,
            why,
            onSelect: () =>
              void acts.update(label, activities, { owner: me }, { act: 'assign', rest }),
          },
        ]
      : []),
    ...(store?.provider.lookup
      ? [
          {
            label: words.say('action.assign-to'),
            icon: 'assign',
            disabled,
            why,
            onSelect: () =>
              acts.chooseRecord(anchorOf(grid), words.say('field.owner'), PEOPLE, (owner) => {
                void acts.update(label, activities, { owner }, { act: 'assign', rest });
              }),
          },
        ]
      : []),
  ];
}

/** What these are about. */
export function regardingItem(
  grid: ActivityGrid,
  activities: readonly Activity[],
  rest?: Rest,
): MenuItem[] {
  const { words, acts, store } = grid;
  if (!acts.canEver('edit') || !store?.provider.lookup) return [];
  const { isAny, why } = acts.anyAble(activities, 'edit');
  const label = words.say('grid.set-regarding');
  return [
    {
      label,
      icon: 'link',
      disabled: !isAny && !rest,
      why,
      onSelect: () =>
        acts.chooseRecord(anchorOf(grid), words.say('field.regarding'), [], (regarding) => {
          void acts.update(label, activities, { regarding }, { rest });
        }),
    },
  ];
}

export function removeItem(
  grid: ActivityGrid,
  activities: readonly Activity[],
  rest?: Rest,
): MenuItem[] {
  const { words, acts } = grid;
  if (!acts.canEver('remove')) return [];
  const { isAny, why } = acts.anyAble(activities, 'remove');
  return [
    {
      label: words.say('action.delete'),
      icon: 'delete',
      danger: true,
      disabled: !isAny && !rest,
      why,
      onSelect: () => void acts.remove(activities, rest),
    },
  ];
}

function editItems(grid: ActivityGrid, activity: Activity): MenuItem[] {
  return [
    ...grid.editing.items(activity),
    ...assignItems(grid, [activity]),
    ...regardingItem(grid, [activity]),
    ...removeItem(grid, [activity]),
  ];
}

/** What opened the menu has the focus again by now: in the grid, or in a bar around it. */
function anchorOf(grid: ActivityGrid): Element {
  const around = grid.getRootNode();
  const outer = around instanceof ShadowRoot ? around.activeElement : null;
  return grid.shadowRoot?.activeElement ?? outer ?? grid;
}

import type { Act, Activity, ActivityState, RecordRef } from '../../model/activity.js';
import type { Snooze } from '../../model/snooze.js';
import type { Day } from '../../model/time.js';
import { canEver, may, mayMoveTo, type Permission } from '../../provider/may.js';
import type { MenuItem } from '../../ui/menu.js';
import type { Command } from '../base/command.js';
import { ASKED, type Outcome } from '../base/requests.js';
import { moveOf, rescheduleQuestion } from '../base/reschedule.js';
import type { ActivityWorkspace } from './activity-workspace.js';
import { PEOPLE } from './record-picker.js';

/*
 * What can be done with the selected activities: of the grid, what the grid says; of what has no commands of its own, what stands here. A
 * command is left out where the data source could never do it, and says why where it
 * cannot now.
 */

export function selectionCommands(workspace: ActivityWorkspace): readonly Command[] {
  const { words, store, selected, grid } = workspace;
  if (grid) return grid.commandsFor(selected);
  const provider = store?.provider;
  const isEver = (act: Act): boolean => store !== undefined && canEver(act, store.permissions);
  const [only] = selected;
  const commands: (Command | false)[] = [
    isEver('complete') && {
      label: words.say('action.complete'),
      icon: 'complete',
      kind: 'primary',
      why: whyNot(workspace, movesTo('completed')),
      onSelect: () => void complete(workspace),
    },
    selected.length === 1 &&
      only !== undefined &&
      workspace.next.canAsk(only) && {
        label: words.say('action.done-and-next'),
        icon: 'forward',
        onSelect: () => workspace.next.ask(only, (outcome) => deselect(workspace, outcome)),
      },
    isEver('cancel') && {
      label: words.say('action.cancel-activities'),
      icon: 'cancel',
      why: whyNot(workspace, movesTo('canceled')),
      onSelect: () => void move(workspace, 'canceled'),
    },
    isEver('edit') && {
      label: words.say('field.due'),
      icon: 'snooze',
      why: whyNot(workspace, movable(workspace)),
      items: [
        ...snoozeItems(workspace, (to) => void snoozeSelected(workspace, to)),
        {
          label: words.say('grid.snooze-day'),
          icon: 'calendar',
          onSelect: () =>
            workspace.dayPicker.open(words.say('grid.set-due'), (day) => {
              void snoozeSelected(workspace, day);
            }),
        },
      ],
    },
    isEver('assign') && {
      label: words.say('action.assign'),
      icon: 'assign',
      why: whyNot(workspace, (activity) => permitted(workspace, 'assign', activity)),
      items: assignItems(workspace),
    },
    isEver('edit') &&
      provider?.lookup !== undefined && {
        label: words.say('grid.set-regarding'),
        icon: 'link',
        why: whyNot(workspace, (activity) => permitted(workspace, 'edit', activity)),
        onSelect: () =>
          workspace.picker.open({
            title: words.say('grid.set-regarding'),
            label: words.say('field.regarding'),
            kinds: [],
            run: (regarding) => void setRegarding(workspace, regarding),
          }),
      },
    isEver('remove') && {
      label: words.say('action.delete'),
      icon: 'delete',
      why: whyNot(workspace, (activity) => permitted(workspace, 'remove', activity)),
      onSelect: () => void remove(workspace),
    },
  ];
  return commands.filter((command) => command !== false);
}

/** The presets by which something is put off. */
export function snoozeItems(
  workspace: ActivityWorkspace,
  onSelect: (to: Snooze) => void,
): MenuItem[] {
  return (['tomorrow', 'in-3-days', 'next-week'] as const).map((to) => ({
    label: workspace.words.say(`snooze.${to}`),
    icon: 'calendar',
    onSelect: () => onSelect(to),
  }));
}

type Test = (activity: Activity) => Permission;

function movesTo(
  to: ActivityState,
): (activity: Activity, workspace: ActivityWorkspace) => Permission {
  return (activity, { store }) => (store ? mayMoveTo(to, activity, store.permissions) : true);
}

function permitted(
  { store }: ActivityWorkspace,
  act: 'assign' | 'remove' | 'edit',
  activity: Activity,
): Permission {
  return store ? may(act, activity, store.permissions) : true;
}

/** What may be moved to another day. */
export function movable(workspace: ActivityWorkspace): Test {
  return (activity) =>
    // A note is never due.
    activity.state === null
      ? { reason: 'not-now', message: workspace.words.say('refusal.no-due') }
      : permitted(workspace, 'edit', activity);
}

/** Undefined if any of the selected may; else why the first may not. */
function whyNot(
  workspace: ActivityWorkspace,
  test: (activity: Activity, workspace: ActivityWorkspace) => Permission,
): string | undefined {
  const answers = workspace.selected.map((activity) => test(activity, workspace));
  if (answers.some((answer) => answer === true)) return undefined;
  const [refusal] = answers;
  if (refusal === undefined || refusal === true) return undefined;
  const isClosed = workspace.selected.every(
    ({ state }) => state === 'completed' || state === 'canceled',
  );
  return isClosed && refusal.message === undefined && refusal.reason === 'not-now'
    ? workspace.words.say('refusal.closed')
    : workspace.words.refusal(refusal);
}

function able(workspace: ActivityWorkspace, test: Test): readonly Activity[] {
  return workspace.selected.filter((activity) => test(activity) === true);
}

async function complete(workspace: ActivityWorkspace): Promise<void> {
  const to = movesTo('completed');
  const activities = able(workspace, (activity) => to(activity, workspace));
  deselect(workspace, await workspace.next.complete(activities));
}

async function move(workspace: ActivityWorkspace, to: ActivityState): Promise<void> {
  const test = movesTo(to);
  const activities = able(workspace, (activity) => test(activity, workspace));
  deselect(workspace, await workspace.requests.moveStatus(activities, to));
}

/** Each keeps its own time of day. Others who hear of it are named first. */
async function snoozeSelected(workspace: ActivityWorkspace, to: Snooze | Day): Promise<void> {
  const { words, requests, context } = workspace;
  const activities = able(workspace, movable(workspace));
  const question = rescheduleQuestion(workspace, activities, to);
  if (question && !(await context.ask(question))) return;
  await requests.updateEach(
    activities,
    (activity) => moveOf(workspace, activity, to),
    (count) => words.say('grid.moved', count),
    ASKED,
  );
}

function assignItems(workspace: ActivityWorkspace): MenuItem[] {
  const { words, store } = workspace;
  const { user, team } = store?.session ?? {};
  const people = Array.isArray(team) ? (team as readonly RecordRef[]).slice(0, 20) : [];
  const to = (owner: RecordRef, label: string): MenuItem => ({
    label,
    icon: owner.kind,
    onSelect: () => void assign(workspace, owner),
  });
  return [
    ...(user ? [to(user, words.say('action.assign-to-me'))] : []),
    ...people
      .filter(({ id }) => id !== user?.id)
      .map((person) => to(person, words.recordName(person))),
    ...(store?.provider.lookup
      ? [
          {
            label: words.say('action.assign-to'),
            icon: 'search',
            onSelect: () =>
              workspace.picker.open({
                title: words.say('action.assign-to'),
                label: words.say('field.owner'),
                kinds: PEOPLE,
                run: (owner) => void assign(workspace, owner),
              }),
          },
        ]
      : []),
  ];
}

async function setRegarding(workspace: ActivityWorkspace, regarding: RecordRef): Promise<void> {
  const activities = able(workspace, (activity) => permitted(workspace, 'edit', activity));
  await workspace.requests.update(activities, { regarding });
}

async function assign(workspace: ActivityWorkspace, owner: RecordRef): Promise<void> {
  const activities = able(workspace, (activity) => permitted(workspace, 'assign', activity));
  const { words, requests } = workspace;
  const done = words.say('announce.assigned', activities.length, words.recordName(owner));
  await requests.update(activities, { owner }, { done });
}

async function remove(workspace: ActivityWorkspace): Promise<void> {
  const activities = able(workspace, (activity) => permitted(workspace, 'remove', activity));
  deselect(workspace, await workspace.requests.remove(activities));
}

/** What is done is no longer selected; what seemed to leave and came back stays so. */
function deselect(workspace: ActivityWorkspace, { results }: Outcome): void {
  const done = new Set<string>();
  const failed: string[] = [];
  for (const result of results) {
    if ('error' in result) failed.push(result.id);
    else done.add(result.key).add(result.id);
  }
  const { selection } = workspace;
  workspace.select([...new Set([...selection, ...failed])].filter((id) => !done.has(id)));
}

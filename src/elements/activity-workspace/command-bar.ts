import { html, nothing, type TemplateResult } from 'lit';
import type { ActivityType } from '../../model/activity-type.js';
import { mayCreate } from '../../provider/may.js';
import { button } from '../../ui/button.js';
import { menuButton, type MenuGroup, type MenuItem } from '../../ui/menu.js';
import { commandGroups, type Command } from '../base/command.js';
import type { ActivityWorkspace } from './activity-workspace.js';
import { selectionCommands } from './selection-commands.js';
import { showSwitch } from './title-bar.js';

/** Types that stand first, in this order. */
const FRONT_TYPES = ['task', 'phonecall', 'email', 'appointment'];

/** The types a user may create, those of the front row first. */
export function creatable(workspace: ActivityWorkspace): ActivityType[] {
  const { store } = workspace;
  if (!store) return [];
  const rank = ({ name }: ActivityType): number => {
    const index = FRONT_TYPES.indexOf(name);
    return index < 0 ? FRONT_TYPES.length : index;
  };
  return [...store.types]
    .filter(({ name }) => mayCreate(name, store.permissions) === true)
    .sort((a, b) => rank(a) - rank(b));
}

/** Those of them that can be created as done. */
function loggable(workspace: ActivityWorkspace): ActivityType[] {
  return creatable(workspace).filter(({ states }) => states.completed);
}

function compose(workspace: ActivityWorkspace, type: ActivityType): void {
  void workspace.requests.compose(workspace.draftFor(type.name));
}

/** What the first of the create commands does; false where nothing may be created. */
export function composeFirst(workspace: ActivityWorkspace): boolean {
  const [type] = creatable(workspace);
  if (type) compose(workspace, type);
  return type !== undefined;
}

/** Done already: created in that state, in one step. */
function log(workspace: ActivityWorkspace, { name }: ActivityType): void {
  void workspace.requests.compose(workspace.draftFor(name, { state: 'completed' }));
}

function logItems(workspace: ActivityWorkspace): MenuItem[] {
  return loggable(workspace).map((type) => ({
    label: workspace.words.typeName(type),
    icon: type.icon,
    onSelect: () => log(workspace, type),
  }));
}

function createCommands(workspace: ActivityWorkspace): Command[] {
  const { words } = workspace;
  const types = creatable(workspace).map((type, index): Command => ({
    label: index === 0 ? words.say('action.new-type', words.typeName(type)) : words.typeName(type),
    icon: index === 0 ? 'add' : type.icon,
    ...(index === 0 && { kind: 'primary' as const }),
    onSelect: () => compose(workspace, type),
  }));
  const logged = logItems(workspace);
  return [
    ...types,
    ...(logged.length > 0
      ? [{ label: words.say('action.log'), icon: 'complete', items: logged }]
      : []),
    ...workspace.queue.commands(),
  ];
}

/** The commands, in one line: what does not fit stands in the menu at its end. */
export function commandBar(workspace: ActivityWorkspace): TemplateResult {
  const { words, overflow } = workspace;
  const hasSelection = workspace.selected.length > 0;
  const commands = hasSelection ? selectionCommands(workspace) : createCommands(workspace);
  const out = commands.slice(overflow.fitting);
  return html`<div
    class="bar command-bar"
    part="command-bar"
    role="group"
    aria-label=${words.say('workspace.commands')}
  >
    <div class="overflow" ${overflow.watch()}>
      ${commands.map((command) => html`<span>${commandButton(workspace, command)}</span>`)}
    </div>
    ${
      hasSelection
        ? html`<span class="divider"></span>
            <span class="quiet num selected-count">${workspace.selectedWords}</span>
            ${button({
              label: words.say('action.clear'),
              onClick: () => workspace.select([]),
            })}`
        : nothing
    }
    <slot name="commands"></slot>
    <span class="end-commands">
      ${button({
        label: words.say('action.refresh'),
        icon: 'refresh',
        iconOnly: true,
        onClick: () => workspace.store?.refresh(),
      })}
      ${menuButton(workspace.menu, {
        label: words.say('action.more'),
        icon: 'more',
        iconOnly: true,
        placement: 'bottom-end',
        groups: [...commandGroups(out), ...moreGroups(workspace, false)],
      })}
    </span>
  </div>`;
}

function commandButton(workspace: ActivityWorkspace, command: Command): TemplateResult {
  const { label, icon, why, danger = false } = command;
  const shared = {
    label,
    icon,
    danger,
    disabled: why !== undefined,
    why,
    ...(command.kind && { kind: command.kind }),
  };
  return command.items
    ? menuButton(workspace.menu, { ...shared, groups: [{ items: command.items }] })
    : button({ ...shared, onClick: () => command.onSelect?.() });
}

/** What is seldom wanted. */
export function moreGroups(workspace: ActivityWorkspace, withRefresh = true): MenuGroup[] {
  const { words, store, missing } = workspace;
  const refresh: MenuItem = {
    label: words.say('action.refresh'),
    icon: 'refresh',
    onSelect: () => store?.refresh(),
  };
  const items: MenuItem[] = [
    {
      label: words.say('summary.open'),
      icon: 'sort',
      onSelect: () => workspace.summary.open(),
    },
    {
      label: words.say('next.propose'),
      kind: 'checkbox',
      checked: workspace.proposals.isOn,
      onSelect: () => workspace.proposals.toggle(),
    },
    {
      label: words.say('keys.open'),
      icon: 'info',
      hint: '?',
      onSelect: () => workspace.shortcuts.open(),
    },
  ];
  const help: MenuItem[] = missing.hasAny
    ? [
        {
          label: words.say('missing.open'),
          icon: 'denied',
          onSelect: () => missing.open(),
        },
      ]
    : [];
  return [
    { items: withRefresh ? [refresh, ...items] : items },
    ...(workspace.grid?.exports.groups() ?? []),
    { items: help },
  ];
}

/** Under a narrow workspace, at the thumb: how to show, and what to do. */
export function narrowBar(workspace: ActivityWorkspace): TemplateResult {
  const { words } = workspace;
  return html`<div
    class="bar narrow-bar"
    part="command-bar"
    role="group"
    aria-label=${words.say('workspace.commands')}
  >
    ${workspace.selected.length > 0 ? narrowSelection(workspace) : narrowCreate(workspace)}
  </div>`;
}

function narrowCreate(workspace: ActivityWorkspace): TemplateResult {
  const { words } = workspace;
  const types = creatable(workspace);
  const items = types.map((type): MenuItem => ({
    label: words.typeName(type),
    icon: type.icon,
    onSelect: () => compose(workspace, type),
  }));
  const queue = workspace.queue.commands();
  const groups: MenuGroup[] = [
    { items },
    { label: words.say('action.log'), items: logItems(workspace) },
    ...commandGroups(queue),
  ];
  return html`
    ${showSwitch(workspace, true)}
    <span class="grow"></span>
    <slot name="commands"></slot>
    ${
      types.length > 0
        ? menuButton(workspace.menu, {
            label: words.say('action.new-short'),
            menuLabel: words.say('action.new'),
            icon: 'add',
            kind: 'primary',
            className: 'round',
            placement: 'top-end',
            groups,
          })
        : queue
            .slice(0, 1)
            .map(
              (command) =>
                html`<span class="round-command"
                  >${commandButton(workspace, { ...command, kind: 'primary' })}</span
                >`,
            )
    }
  `;
}

function narrowSelection(workspace: ActivityWorkspace): TemplateResult {
  const { words } = workspace;
  const [first, ...others] = selectionCommands(workspace);
  const clear: MenuItem = {
    label: words.say('grid.clear-selection'),
    onSelect: () => workspace.select([]),
  };
  return html`
    <span class="num clip">${workspace.selectedWords}</span>
    <span class="grow"></span>
    <slot name="commands"></slot>
    ${menuButton(workspace.menu, {
      label: words.say('action.more'),
      menuLabel: words.say('grid.selection'),
      icon: 'more',
      iconOnly: true,
      placement: 'top-end',
      groups: [...commandGroups(others), { items: [clear] }],
    })}
    ${first ? html`<span class="round-command">${commandButton(workspace, first)}</span>` : nothing}
  `;
}

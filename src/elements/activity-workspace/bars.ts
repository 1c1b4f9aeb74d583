import { html, nothing, type TemplateResult } from 'lit';
import type { ActivityType } from '../../model/activity-type.js';
import { DUE_FILTERS } from '../../model/due.js';
import { mayCreate } from '../../provider/may.js';
import { button } from '../../ui/button.js';
import { chip } from '../../ui/chip.js';
import { icon } from '../../ui/icon.js';
import { menuButton, type MenuGroup, type MenuItem } from '../../ui/menu.js';
import { searchBox } from '../../ui/search-box.js';
import { segmented } from '../../ui/segmented.js';
import type { ActivityWorkspace } from './activity-workspace.js';
import { WORKSPACE_SHOWS, WORKSPACE_VIEWS } from './workspace-query.js';

/*
 * The bars above what the workspace shows: template functions of the workspace.
 */

const SHOW_ICONS = { grid: 'grid', calendar: 'calendar', kanban: 'kanban' } as const;
/** Types with a button of their own; the others stand in the menu behind them. */
const FRONT_TYPES = ['task', 'phonecall', 'email', 'appointment'];

export function titleBar(workspace: ActivityWorkspace): TemplateResult {
  const { words } = workspace;
  const title = workspace.about?.name ?? words.say(`view.${workspace.view}`);
  return html`<header class="bar title-bar" part="title-bar">
    <div class="with grow">
      <h2 class="heading">
        ${
          workspace.about
            ? html`<bdi class="title clip">${title}</bdi>`
            : html`<button
                type="button"
                class="view-picker"
                aria-haspopup="menu"
                @click=${(event: MouseEvent) =>
                  workspace.menu.toggle(event.currentTarget as HTMLElement, {
                    label: words.say('view.title'),
                    groups: viewMenu(workspace),
                  })}
              >
                <span class="title clip">${title}</span>${icon('chevron-down')}
              </button>`
        }
      </h2>
      <span class="quiet num count" aria-live="off">${workspace.count}</span>
    </div>
    ${searchBox({
      label: words.say('filter.search'),
      clearLabel: words.say('action.clear'),
      value: workspace.searchText,
      onInput: (text) => workspace.type(text),
    })}
    ${workspace.isNarrow ? moreMenu(workspace) : showSwitch(workspace, false)}
  </header>`;
}

/** Where there is little room: what is seldom wanted. */
function moreMenu(workspace: ActivityWorkspace): TemplateResult {
  const { words, store } = workspace;
  const refresh: MenuItem = {
    label: words.say('action.refresh'),
    icon: 'refresh',
    onSelect: () => store?.refresh(),
  };
  return menuButton(workspace.menu, {
    label: words.say('action.more'),
    icon: 'more',
    iconOnly: true,
    groups: [{ items: [refresh] }],
  });
}

function viewMenu(workspace: ActivityWorkspace): MenuGroup[] {
  const items = WORKSPACE_VIEWS.map((view): MenuItem => ({
    label: workspace.words.say(`view.${view}`),
    kind: 'radio',
    checked: view === workspace.view,
    onSelect: () => workspace.choose({ view }),
  }));
  return [{ items }];
}

function showSwitch(workspace: ActivityWorkspace, iconOnly: boolean): TemplateResult {
  const { words } = workspace;
  return segmented({
    label: words.say('show.as'),
    name: 'show',
    value: workspace.show,
    segments: WORKSPACE_SHOWS.map((show) => ({
      value: show,
      label: words.say(`show.${show}`),
      icon: SHOW_ICONS[show],
      iconOnly,
    })),
    onChange: (show) => workspace.choose({ show }),
  });
}

export function commandBar(workspace: ActivityWorkspace): TemplateResult {
  const { words } = workspace;
  return html`<div
    class="bar command-bar"
    part="command-bar"
    role="group"
    aria-label=${words.say('workspace.commands')}
  >
    ${workspace.selected.length > 0 ? selectionCommands(workspace) : createCommands(workspace)}
    <slot name="commands"></slot>
    <span class="grow"></span>
    ${button({
      label: words.say('action.refresh'),
      icon: 'refresh',
      iconOnly: true,
      onClick: () => workspace.store?.refresh(),
    })}
  </div>`;
}

function selectionCommands(workspace: ActivityWorkspace): TemplateResult {
  const { words } = workspace;
  const noComplete = workspace.whyNot('completed');
  const noCancel = workspace.whyNot('canceled');
  return html`
    ${button({
      label: words.say('action.complete'),
      icon: 'complete',
      kind: 'primary',
      disabled: noComplete !== undefined,
      why: noComplete,
      onClick: () => void workspace.moveSelected('completed'),
    })}
    ${button({
      label: words.say('action.cancel'),
      icon: 'cancel',
      disabled: noCancel !== undefined,
      why: noCancel,
      onClick: () => void workspace.moveSelected('canceled'),
    })}
    <span class="divider"></span>
    <span class="quiet num">${words.say('count.selected', workspace.selected.length)}</span>
    ${button({
      label: words.say('action.clear'),
      onClick: () => workspace.select([]),
    })}
  `;
}

/** The types a user may create, those of the front row first. */
function creatable(workspace: ActivityWorkspace): ActivityType[] {
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

function compose(workspace: ActivityWorkspace, type: ActivityType): void {
  void workspace.requests.compose(workspace.draftFor(type.name));
}

function createCommands(workspace: ActivityWorkspace): TemplateResult {
  const { words } = workspace;
  const types = creatable(workspace);
  const front = types.filter(({ name }) => FRONT_TYPES.includes(name));
  const rest = types.filter((type) => !front.includes(type));
  return html`
    ${front.map((type, index) =>
      button({
        label:
          index === 0 ? words.say('action.new-type', words.typeName(type)) : words.typeName(type),
        icon: index === 0 ? 'add' : type.icon,
        ...(index === 0 && { kind: 'primary' as const }),
        onClick: () => compose(workspace, type),
      }),
    )}
    ${
      rest.length > 0
        ? menuButton(workspace.menu, {
            label: words.say('action.new'),
            icon: 'more',
            iconOnly: true,
            groups: [{ items: rest.map((type) => createItem(workspace, type)) }],
          })
        : nothing
    }
  `;
}

function createItem(workspace: ActivityWorkspace, type: ActivityType): MenuItem {
  return {
    label: workspace.words.typeName(type),
    icon: type.icon,
    onSelect: () => compose(workspace, type),
  };
}

export function filterBar(workspace: ActivityWorkspace): TemplateResult {
  const { words, types, due, store } = workspace;
  const named = types.map((name) => words.typeName(workspace.typeOf({ type: name })));
  const typeField = words.say('field.type');
  const typeGroups = (): MenuGroup[] => [
    {
      items: [...(store?.types ?? [])]
        .filter(({ states }) => Object.keys(states).length > 0)
        .map((type) => ({
          label: words.typeName(type),
          icon: type.icon,
          kind: 'checkbox',
          checked: workspace.types.includes(type.name),
          onSelect: () => workspace.choose({ types: toggled(workspace.types, type.name) }),
        })),
    },
  ];
  const dueGroups = (): MenuGroup[] => [
    {
      items: [undefined, ...DUE_FILTERS].map((option) => ({
        label: words.say(option === undefined ? 'due.any' : `due.${option}`),
        kind: 'radio',
        checked: workspace.due === option,
        onSelect: () => workspace.choose({ due: option }),
      })),
    },
  ];
  return html`<div
    class="bar filter-bar"
    part="filter-bar"
    role="group"
    aria-label=${words.say('filter.title')}
  >
    ${chip({
      label:
        named.length > 0
          ? words.say('filter.is', typeField, words.list(named))
          : words.say('filter.all', typeField),
      on: named.length > 0,
      popup: 'menu',
      ...(named.length > 0 && {
        remove: {
          label: words.say('filter.remove', typeField),
          onClick: () => workspace.choose({ types: [] }),
        },
      }),
      onClick: (event) =>
        workspace.menu.toggle(event.currentTarget as HTMLElement, {
          label: typeField,
          groups: typeGroups,
        }),
    })}
    ${chip({
      label: words.say(due === undefined ? 'due.any' : `due.${due}`),
      on: due !== undefined,
      popup: 'menu',
      ...(due !== undefined && {
        remove: {
          label: words.say('filter.remove', words.say('field.due')),
          onClick: () => workspace.choose({ due: undefined }),
        },
      }),
      onClick: (event) =>
        workspace.menu.toggle(event.currentTarget as HTMLElement, {
          label: words.say('field.due'),
          groups: dueGroups,
        }),
    })}
    <slot name="filters"></slot>
    ${
      named.length > 0 || due !== undefined || workspace.search !== ''
        ? button({
            label: words.say('action.clear-filters'),
            kind: 'link',
            small: true,
            onClick: () => workspace.choose({ types: [], due: undefined, search: '' }),
          })
        : nothing
    }
  </div>`;
}

function toggled(names: readonly string[], name: string): readonly string[] {
  return names.includes(name) ? names.filter((other) => other !== name) : [...names, name];
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
            groups: [{ items: types.map((type) => createItem(workspace, type)) }],
          })
        : nothing
    }
  `;
}

function narrowSelection(workspace: ActivityWorkspace): TemplateResult {
  const { words } = workspace;
  const noComplete = workspace.whyNot('completed');
  const noCancel = workspace.whyNot('canceled');
  const items: MenuItem[] = [
    {
      label: words.say('action.cancel'),
      icon: 'cancel',
      disabled: noCancel !== undefined,
      ...(noCancel !== undefined && { why: noCancel }),
      onSelect: () => void workspace.moveSelected('canceled'),
    },
    { label: words.say('grid.clear-selection'), onSelect: () => workspace.select([]) },
  ];
  return html`
    <span class="num clip">${words.say('count.selected', workspace.selected.length)}</span>
    <span class="grow"></span>
    <slot name="commands"></slot>
    ${menuButton(workspace.menu, {
      label: words.say('action.more'),
      menuLabel: words.say('grid.selection'),
      icon: 'more',
      iconOnly: true,
      placement: 'top-end',
      groups: [{ items }],
    })}
    ${button({
      label: words.say('action.complete'),
      icon: 'complete',
      kind: 'primary',
      className: 'round',
      disabled: noComplete !== undefined,
      why: noComplete,
      onClick: () => void workspace.moveSelected('completed'),
    })}
  `;
}

import { html, nothing, type TemplateResult } from 'lit';
import { button } from '../../ui/button.js';
import { icon } from '../../ui/icon.js';
import { menuButton } from '../../ui/menu.js';
import { searchBox } from '../../ui/search-box.js';
import { segmented } from '../../ui/segmented.js';
import type { ActivityWorkspace } from './activity-workspace.js';
import { moreGroups } from './command-bar.js';
import { WORKSPACE_SHOWS } from './workspace-state.js';

const SHOW_ICONS = { grid: 'grid', calendar: 'calendar', kanban: 'kanban' } as const;

/** Whose activities these are, how many, what they are searched for, and as what they are shown. */
export function titleBar(workspace: ActivityWorkspace): TemplateResult {
  const { words, about, viewName } = workspace;
  return html`<header class="bar title-bar" part="title-bar">
    <div class="with grow">
      <h2 class="heading">
        ${
          about
            ? html`<bdi class="title clip">${about.name ?? viewName}</bdi>`
            : html`<button
                type="button"
                class="view-picker"
                aria-haspopup="menu"
                @click=${(event: MouseEvent) =>
                  workspace.menu.toggle(event.currentTarget as HTMLElement, {
                    label: words.say('view.title'),
                    groups: () => workspace.views.menu(),
                  })}
              >
                <bdi class="title clip">${viewName}</bdi>${icon('chevron-down')}
              </button>`
        }
      </h2>
      <span
        class="quiet num count${workspace.isCounting ? ' before' : ''}"
        aria-busy=${String(workspace.isCounting)}
        aria-live="off"
        >${workspace.count}</span
      >
      ${about ? nothing : unsavedMark(workspace)}
    </div>
    ${searchBox({
      label: words.say('filter.search'),
      clearLabel: words.say('action.clear'),
      value: workspace.searchText,
      onInput: (text) => workspace.type(text),
    })}
    ${
      workspace.isNarrow
        ? menuButton(workspace.menu, {
            label: words.say('action.more'),
            icon: 'more',
            iconOnly: true,
            groups: moreGroups(workspace),
          })
        : showSwitch(workspace, false)
    }
  </header>`;
}

/** A view of the user's own that is not as it was saved, or somebody's that is not saved at all. */
function unsavedMark(workspace: ActivityWorkspace): TemplateResult | typeof nothing {
  const { words, memory } = workspace;
  const isShared = workspace.sharedName !== undefined;
  const { chosen, hasChanged } = memory;
  if (!isShared && !hasChanged) return nothing;
  return html`<span class="unsaved" part="unsaved">
    <span class="tag warning">${words.say(isShared ? 'view.shared' : 'view.unsaved')}</span>
    ${button({
      label: words.say('action.save'),
      kind: 'link',
      small: true,
      onClick: () => {
        if (chosen) void workspace.views.saveChanges(chosen);
        else workspace.views.askName();
      },
    })}
  </span>`;
}

export function showSwitch(workspace: ActivityWorkspace, iconOnly: boolean): TemplateResult {
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

import { html, type TemplateResult } from 'lit';
import { mayCreate } from '../../provider/may.js';
import type { ButtonOptions } from '../../ui/button.js';
import { emptyState } from '../../ui/state-panel.js';
import type { ActivityWorkspace } from './activity-workspace.js';
import { isFiltered } from './workspace-state.js';

/** For the slot of what shows the activities: why there is none, and what to do next. */
export function emptyWorkspace(workspace: ActivityWorkspace): TemplateResult {
  return html`<div slot="empty">
    ${emptyState({ title: whyEmpty(workspace), actions: nextActs(workspace) })}
  </div>`;
}

function whyEmpty(workspace: ActivityWorkspace): string {
  const { words, filters, about } = workspace;
  const search = filters.search.trim();
  if (search !== '') return words.say('empty.search', search);
  if (isFiltered(filters)) return words.say('empty.filtered');
  if (about) return words.say('empty.record', words.recordName(about));
  return filters.view === 'all'
    ? words.say('empty.activities')
    : words.say('empty.view', workspace.viewName);
}

function nextActs(workspace: ActivityWorkspace): ButtonOptions[] {
  const { words, filters, store, context } = workspace;
  if (isFiltered(filters)) {
    const clear = (): void => {
      workspace.clearFilters();
      // The button goes with what it says.
      void workspace.focusView();
    };
    return [{ label: words.say('action.clear-filters'), kind: 'outline', onClick: clear }];
  }
  const mayAdd = context.canCompose && store && mayCreate('task', store.permissions) === true;
  const add: ButtonOptions = {
    label: words.say('action.new-task'),
    icon: 'add',
    kind: 'outline',
    onClick: () => void workspace.requests.compose(workspace.draftFor('task')),
  };
  const showAll: ButtonOptions = {
    label: words.say('action.show-all'),
    onClick: () => {
      workspace.views.open('all');
      void workspace.focusView();
    },
  };
  return [...(mayAdd ? [add] : []), ...(filters.view === 'all' ? [] : [showAll])];
}

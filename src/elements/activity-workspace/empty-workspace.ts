import { html, type TemplateResult } from 'lit';
import { mayCreate } from '../../provider/may.js';
import type { ButtonOptions } from '../../ui/button.js';
import { emptyState } from '../../ui/state-panel.js';
import type { ActivityWorkspace } from './activity-workspace.js';

/** For the slot of what shows the activities: why there is none, and what to do next. */
export function emptyWorkspace(workspace: ActivityWorkspace): TemplateResult {
  return html`<div slot="empty">
    ${emptyState({ title: whyEmpty(workspace), actions: nextActs(workspace) })}
  </div>`;
}

function isFiltered({ choice }: ActivityWorkspace): boolean {
  return choice.types.length > 0 || choice.due !== undefined;
}

function whyEmpty(workspace: ActivityWorkspace): string {
  const { words, choice, about } = workspace;
  if (choice.search.trim() !== '') return words.say('empty.search', choice.search.trim());
  if (isFiltered(workspace)) return words.say('empty.filtered');
  if (about) return words.say('empty.record', words.recordName(about));
  return choice.view === 'all'
    ? words.say('empty.activities')
    : words.say('empty.view', words.say(`view.${choice.view}`));
}

function nextActs(workspace: ActivityWorkspace): ButtonOptions[] {
  const { words, choice, store, context } = workspace;
  if (choice.search.trim() !== '' || isFiltered(workspace)) {
    const clear = (): void => workspace.choose({ types: [], due: undefined, search: '' });
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
    onClick: () => workspace.choose({ view: 'all' }),
  };
  return [...(mayAdd ? [add] : []), ...(choice.view === 'all' ? [] : [showAll])];
}

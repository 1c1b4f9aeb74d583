import { DUE_FILTERS } from 'activity-kit';
import 'activity-kit/activity-workspace.js';
import { only } from './app/dom.js';
import { live, setParameter } from './app/settings.js';
import { startPage } from './app/shell.js';
import { say } from './app/texts.js';

startPage('activities');

const heading = only<HTMLElement>('h1');
live(() => {
  heading.textContent = say('nav.activities');
  document.title = `${say('nav.activities')} · ${say('app.name')}`;
});

// What is shown, and how, stands in the address, so that a link leads there.
const workspace = only<HTMLElementTagNameMap['activity-workspace']>('activity-workspace');
const choices = {
  show: ['grid', 'calendar', 'kanban'],
  view: ['my', 'team', 'all'],
  due: DUE_FILTERS,
} as const;

const asked = new URLSearchParams(location.search);
workspace.show = choices.show.find((show) => show === asked.get('show')) ?? 'grid';
workspace.view = choices.view.find((view) => view === asked.get('view')) ?? 'my';
workspace.due = choices.due.find((due) => due === asked.get('due'));
workspace.addEventListener('activity-view-change', (event) => {
  // The calendar inside it has a `view` of its own: month or week.
  if (event.composedPath()[0] !== workspace) return;
  const { detail } = event;
  for (const name of ['show', 'view', 'due']) {
    const value = detail[name];
    if (value !== undefined) setParameter(name, typeof value === 'string' ? value : undefined);
  }
});

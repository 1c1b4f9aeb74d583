import 'activity-kit/activity-workspace.js';
import { only } from './app/dom.js';
import { live, setParameter } from './app/settings.js';
import { startPage } from './app/shell.js';
import { say } from './app/texts.js';

const shows = ['grid', 'calendar', 'kanban'] as const;

startPage('activities');

const heading = only<HTMLElement>('h1');
live(() => {
  heading.textContent = say('nav.activities');
  document.title = `${say('nav.activities')} · ${say('app.name')}`;
});

// How the activities are shown stands in the address, so that a link leads there.
const workspace = only<HTMLElementTagNameMap['activity-workspace']>('activity-workspace');
const asked = new URLSearchParams(location.search).get('show');
workspace.show = shows.find((show) => show === asked) ?? 'grid';
workspace.addEventListener('activity-view-change', ({ detail }) => {
  if (typeof detail['show'] === 'string') setParameter('show', detail['show']);
});

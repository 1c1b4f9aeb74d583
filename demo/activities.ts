import 'activity-kit/activity-workspace.js';
import { only } from './app/dom.js';
import { live } from './app/settings.js';
import { startPage } from './app/shell.js';
import { say } from './app/texts.js';

startPage('activities');

const heading = only<HTMLElement>('h1');
live(() => {
  heading.textContent = say('nav.activities');
  document.title = `${say('nav.activities')} · ${say('app.name')}`;
});

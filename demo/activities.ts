import type { Activity } from 'activity-kit';
import type { ActivityWorkspace } from 'activity-kit/activity-workspace.js';
import 'activity-kit/activity-workspace.js';
import { only } from './app/dom.js';
import { live } from './app/settings.js';
import { startPage } from './app/shell.js';
import { say } from './app/texts.js';

startPage('activities');

const DAY = 24 * 60 * 60_000;

/** How old it is, or how old it became. */
function age({ createdAt, actualEnd }: Activity): string {
  if (createdAt === undefined) return '';
  const until = actualEnd === undefined || actualEnd === null ? Date.now() : Date.parse(actualEnd);
  return say('column.days', Math.max(0, Math.floor((until - Date.parse(createdAt)) / DAY)));
}

// A column of the page's own, which the user may show.
only<ActivityWorkspace>('activity-workspace').viewProperties = {
  grid: {
    columns: [
      {
        name: 'age',
        label: { en: 'Open for', 'zh-TW': '開啟天數' },
        field: 'createdAt',
        render: ({ activity }) => age(activity),
        text: age,
        hidden: true,
      },
    ],
  },
};

const heading = only<HTMLElement>('h1');
live(() => {
  heading.textContent = say('nav.activities');
  document.title = `${say('nav.activities')} · ${say('app.name')}`;
});

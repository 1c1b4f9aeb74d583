import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, type TemplateResult } from 'lit';
import '../../src/define/activity-context.js';
import '../../src/define/activity-grid.js';
import type { ActivityDataProvider } from '../../src/index.js';
import { createMemoryProvider } from '../../src/provider/memory/memory-provider.js';
import { createJournal } from '../../src/store/journal/indexeddb-journal.js';
import type { Journal } from '../../src/store/journal/journal.js';
import { clock, data, TIME_ZONE } from '../support/sources.js';
import { askedProvider } from './asked-provider.js';
import { fetchProvider } from './fetch-provider.js';
import { listProvider } from './list-provider.js';
import { memoryBackend } from './memory-backend.js';
import { readOnlyProvider } from './read-only-provider.js';
import { writingProvider } from './writing-provider.js';

const ACTIVITIES = 'https://crm.example/activities';

/** A handful of activities, so that a step is seen at a glance. */
const few = data.activities.filter(({ type }) => type === 'task').slice(0, 8);

/** A server that has them. */
const backend = (): typeof fetch =>
  memoryBackend(createMemoryProvider({ ...data, activities: few, now: clock.now }));

function shown(provider: ActivityDataProvider, journal?: Journal): TemplateResult {
  return html`<activity-context
    .provider=${provider}
    .journal=${journal}
    .clock=${clock}
    time-zone=${TIME_ZONE}
  >
    <activity-grid></activity-grid>
  </activity-context>`;
}

const meta: Meta = { title: 'Guides/Provider', tags: ['!autodocs'] };
export default meta;

/** 1. An array is enough: shown, sorted and searched by the kit. */
export const QueryAlone: StoryObj = {
  render: () => shown(listProvider(few)),
};

/** 2. The same over `fetch`, with an error the user can read. */
export const ReadOnly: StoryObj = {
  render: () => shown(readOnlyProvider(ACTIVITIES, backend())),
};

/** 3. Two methods more, and activities can be edited and completed; the rest stays away. */
export const WithWrites: StoryObj = {
  render: () => shown(writingProvider(ACTIVITIES, backend())),
};

/** 4. With capabilities the backend is asked for one page at a time, and does the filtering itself. */
export const AskedExactly: StoryObj = {
  render: () => shown(askedProvider(ACTIVITIES, backend())),
};

const open = data.activities
  .filter(({ type, state }) => type === 'task' && state === 'open')
  .slice(0, 8);

/** Any of them, without a network: what is done waits on the device. */
export const Offline: StoryObj = {
  render: () => {
    const memory = createMemoryProvider({ ...data, activities: open, now: clock.now });
    const provider: ActivityDataProvider = {
      ...memory,
      name: `guide-${crypto.randomUUID()}`,
      subscribe: (listener) => {
        listener({ kind: 'connection', online: false });
        return () => undefined;
      },
    };
    return shown(provider, createJournal());
  },
  play: async ({ canvasElement }) => {
    const context = canvasElement.querySelector('activity-context');
    const [task] = open;
    while (!task || !context?.store?.row(task.id)) {
      await new Promise((done) => requestAnimationFrame(done));
    }
    await context.requests.update([task], { priority: 'high' });
  },
};

/** 5. Everything, over plain JSON. */
export const Full: StoryObj = {
  render: () => shown(fetchProvider('https://crm.example', backend())),
};

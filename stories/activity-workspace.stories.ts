import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, type TemplateResult } from 'lit';
import '../src/define/activity-calendar.js';
import '../src/define/activity-context.js';
import '../src/define/activity-grid.js';
import '../src/define/activity-kanban.js';
import '../src/define/activity-workspace.js';
import type { ActivityWorkspace } from '../src/elements/activity-workspace/activity-workspace.js';
import type { ActivityPreferences } from '../src/provider/preferences.js';
import { registerMessages } from '../src/i18n/locale.js';
import { zhTW } from '../src/i18n/zh-TW.js';
import type { RecordRef } from '../src/model/activity.js';
import type { ActivityDataProvider } from '../src/provider/provider.js';
import { kept } from './support/preferences.js';
import {
  TIME_ZONE,
  clock,
  data,
  emptySource,
  failingSource,
  few,
  fullSource,
  recordNamed,
  shortSource,
  waitingSource,
} from './support/sources.js';

registerMessages('zh-TW', zhTW);

type Choice = Partial<
  Pick<
    ActivityWorkspace,
    | 'show'
    | 'view'
    | 'types'
    | 'due'
    | 'columnFilters'
    | 'selection'
    | 'viewProperties'
    | 'withoutProposals'
  >
>;

interface Shown extends Choice {
  provider?: ActivityDataProvider;
  record?: RecordRef;
  preferences?: ActivityPreferences;
  locale?: string;
  className?: string;
  dir?: 'ltr' | 'rtl';
}

function shown(options: Shown = {}): TemplateResult {
  const { provider = shortSource(), className = '', show = 'grid', view = 'my' } = options;
  return html`<style>
      .stage.page {
        box-sizing: border-box;
        block-size: 800px;
        padding: 16px;
        background: light-dark(#f5f5f5, #141414);
      }
      .stage.page.narrow {
        inline-size: 320px;
        padding: 0;
      }
      .stage.page.dark {
        color-scheme: dark;
      }
      .stage activity-workspace {
        block-size: 100%;
      }
    </style>
    <div class="stage page ${className}" dir=${options.dir ?? 'ltr'}>
      <activity-context
        .provider=${provider}
        .clock=${clock}
        .locale=${options.locale}
        time-zone=${TIME_ZONE}
      >
        <activity-workspace
          .show=${show}
          .view=${view}
          .types=${options.types ?? []}
          .due=${options.due}
          .columnFilters=${options.columnFilters ?? {}}
          .selection=${options.selection ?? []}
          .record=${options.record}
          .viewProperties=${options.viewProperties ?? {}}
          .withoutProposals=${options.withoutProposals ?? false}
          .preferences=${options.preferences}
        ></activity-workspace>
      </activity-context>
    </div>`;
}

const meta: Meta<ActivityWorkspace> = {
  title: 'Elements/Workspace',
  component: 'activity-workspace',
};
export default meta;

/** The page under *My work*. */
export const Default: StoryObj = { render: () => shown({ provider: fullSource() }) };
export const Calendar: StoryObj = { render: () => shown({ show: 'calendar' }) };
export const Kanban: StoryObj = { render: () => shown({ show: 'kanban' }) };
/** The host's own columns, limits and cards in what it shows: switch between them. */
export const ViewProperties: StoryObj = {
  render: () =>
    shown({
      show: 'kanban',
      viewProperties: {
        grid: {
          columns: [
            'type',
            'subject',
            'due',
            {
              name: 'score',
              label: { en: 'Score', 'zh-TW': '分數' },
              render: ({ activity }) => String(activity.subject.length),
            },
          ],
        },
        kanban: { limits: { open: 5 }, cardFields: ['regarding', 'due', 'reason'] },
      },
    }),
};
export const Filtered: StoryObj = {
  render: () => shown({ due: 'next-7-days', types: ['phonecall', 'appointment'] }),
};
const late = few
  .filter(
    ({ state, type, owner }) => state === 'open' && type === 'task' && owner?.id === data.user.id,
  )
  .slice(0, 2)
  .map(({ id }) => id);
const call = few
  .filter(
    ({ state, type, owner }) =>
      state === 'open' && type === 'phonecall' && owner?.id === data.user.id,
  )
  .slice(0, 1)
  .map(({ id }) => id);
/** The commands for what is selected stand in place of those that create. */
export const Selected: StoryObj = { render: () => shown({ selection: late }) };
/** Where there is little room, what does not fit one line stands in a menu. */
export const NarrowSelected: StoryObj = {
  render: () => shown({ selection: late, className: 'narrow dark' }),
  play: async ({ canvasElement }) => {
    const root = canvasElement.querySelector('activity-workspace')?.shadowRoot;
    const more = (): HTMLElement | null | undefined =>
      root?.querySelector('.narrow-bar:has(.num) .menu-button button');
    while (!more()) await new Promise(requestAnimationFrame);
    more()?.click();
  },
};
/** A record's *Activities* page. */
export const OneRecord: StoryObj = {
  render: () => shown({ record: recordNamed('Wingtip Toys'), view: 'all' }),
};
export const Empty: StoryObj = { render: () => shown({ provider: emptySource() }) };
export const Loading: StoryObj = {
  tags: ['loading'],
  render: () => shown({ provider: waitingSource() }),
};
export const Failed: StoryObj = { render: () => shown({ provider: failingSource('network') }) };
export const Denied: StoryObj = { render: () => shown({ provider: failingSource('forbidden') }) };
/** Its data source can only be read: nothing is offered that cannot be done. */
export const ReadOnly: StoryObj = {
  render: () => {
    const { query, capabilities, session, count } = shortSource();
    return shown({ provider: { query, capabilities, session, count } });
  },
};
export const Narrow: StoryObj = { render: () => shown({ className: 'narrow' }) };
export const NarrowKanban: StoryObj = {
  render: () => shown({ className: 'narrow', show: 'kanban' }),
};
export const NarrowCalendar: StoryObj = {
  render: () => shown({ className: 'narrow', show: 'calendar' }),
};
export const Dark: StoryObj = { render: () => shown({ className: 'dark', due: 'next-7-days' }) };
export const Chinese: StoryObj = { render: () => shown({ locale: 'zh-TW', due: 'next-7-days' }) };
export const RightToLeft: StoryObj = { render: () => shown({ locale: 'ar', dir: 'rtl' }) };

/** Opens something by the workspace's own bars and menus, once the rows are there. */
async function command(canvas: HTMLElement, ...names: readonly string[]): Promise<void> {
  const workspace = canvas.querySelector('activity-workspace');
  const root = workspace?.shadowRoot;
  if (!workspace || !root) return;
  const find = (name: string): HTMLElement | undefined =>
    [...root.querySelectorAll<HTMLElement>('button')].find(
      (one) =>
        (one.ariaLabel ?? one.dataset['label'] ?? one.textContent.trim()) === name &&
        getComputedStyle(one).visibility !== 'hidden',
    );
  for (const name of names) {
    while (!find(name)) await new Promise(requestAnimationFrame);
    find(name)?.click();
    await workspace.updateComplete;
  }
}

/** What is due tomorrow, of a high priority, and mine: tabs and filters are one. */
export const AllFilters: StoryObj = {
  render: () => shown({ due: 'due-tomorrow', view: 'all' }),
  play: async ({ canvasElement }) => {
    const workspace = canvasElement.querySelector('activity-workspace');
    if (workspace) {
      workspace.state = { owner: 'me', priorities: ['high', 'normal'], search: 'a' };
      await workspace.updateComplete;
    }
  },
};
/** A view of the user's own, changed and not saved yet. */
export const PersonalView: StoryObj = {
  render: () =>
    shown({
      preferences: kept({
        'workspace.views': [
          { id: 'calls', name: 'Calls to make', filters: { view: 'my', types: ['phonecall'] } },
        ],
        'workspace.current': {
          personalView: 'calls',
          filters: { view: 'my', types: ['phonecall'], due: 'today' },
        },
      }),
    }),
};
/** The current list, one by one, with one key per act. */
export const WorkQueue: StoryObj = {
  render: () => shown(),
  play: ({ canvasElement }) => command(canvasElement, 'More', 'Work through'),
};
/** At its end it offers what was skipped. */
export const WorkQueueEnd: StoryObj = {
  render: () => shown({ view: 'overdue', types: ['task'] }),
  play: async ({ canvasElement }) => {
    await command(canvasElement, 'More', 'Work through', 'Skip');
    const workspace = canvasElement.querySelector('activity-workspace');
    const queue = (): HTMLElement | null | undefined =>
      workspace?.shadowRoot?.querySelector<HTMLElement>('[part=queue]');
    while (workspace?.queue.progress) {
      queue()?.dispatchEvent(new KeyboardEvent('keydown', { key: 'k', bubbles: true }));
      await workspace.updateComplete;
    }
  },
};
/** What the grid's columns are filtered by, however the activities are shown. */
export const ColumnFilters: StoryObj = {
  render: () =>
    shown({
      show: 'kanban',
      columnFilters: {
        owner: { kind: 'record', records: [], isMe: true },
        due: { kind: 'time', from: '2026-11-23', to: '2026-12-04' },
        priority: { kind: 'choice', values: ['high', 'normal'] },
      },
    }),
};
/** What is done already is created so, in one step. */
export const Logged: StoryObj = {
  render: () => shown({ className: 'narrow' }),
  play: ({ canvasElement }) => command(canvasElement, 'New'),
};
/** What has no date has no place in a calendar. */
export const Undated: StoryObj = { render: () => shown({ show: 'calendar', due: 'no-date' }) };
/** By type, state, owner and week; each figure leads to its rows. */
export const Summary: StoryObj = {
  render: () => shown({ view: 'all' }),
  play: ({ canvasElement }) => command(canvasElement, 'More', 'Summary'),
};
/** How it went, in a word and an outcome; then quick create with what comes next. */
export const DoneAndNext: StoryObj = {
  render: () => shown({ selection: call }),
  play: ({ canvasElement }) => command(canvasElement, 'Done and plan next'),
};
/** Completed, and nothing else is planned about it: the host has switched off that the next step is proposed. */
export const WithoutProposals: StoryObj = {
  render: () => shown({ selection: call, withoutProposals: true }),
  play: ({ canvasElement }) => command(canvasElement, 'Complete'),
};
/** Why an option is missing, by the three reasons, with the host's own words. */
export const MissingOptions: StoryObj = {
  render: () => {
    const source = shortSource();
    return shown({
      provider: {
        ...source,
        capabilities: async (options) => ({
          ...(await source.capabilities?.(options)),
          createTypes: {
            fax: { reason: 'no-licence-or-role', message: 'Ask Kim for a fax line.' },
            email: { reason: 'own-application', message: 'Mails are written in Contoso Mail.' },
          },
          acts: { assign: { reason: 'not-switched-on' } },
        }),
      },
    });
  },
  play: async ({ canvasElement }) => {
    // The menu offers it once the data source has said what it lacks.
    const missing = canvasElement.querySelector('activity-workspace')?.missing;
    while (missing && !missing.hasAny) await new Promise(requestAnimationFrame);
    await command(canvasElement, 'More', 'Why is something missing?');
  },
};
export const Shortcuts: StoryObj = {
  render: () => shown(),
  play: ({ canvasElement }) => command(canvasElement, 'More', 'Keyboard shortcuts'),
};
/** Where there is little room the queue stands over the list, and all commands in menus. */
export const NarrowWorkQueue: StoryObj = {
  render: () => shown({ className: 'narrow', locale: 'zh-TW' }),
  play: ({ canvasElement }) => command(canvasElement, '新增', '逐一處理'),
};

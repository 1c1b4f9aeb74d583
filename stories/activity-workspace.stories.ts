import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, type TemplateResult } from 'lit';
import '../src/define/activity-calendar.js';
import '../src/define/activity-context.js';
import '../src/define/activity-grid.js';
import '../src/define/activity-kanban.js';
import '../src/define/activity-workspace.js';
import type { ActivityWorkspace } from '../src/elements/activity-workspace/activity-workspace.js';
import { registerMessages } from '../src/i18n/locale.js';
import { zhTW } from '../src/i18n/zh-TW.js';
import type { RecordRef } from '../src/model/activity.js';
import type { ActivityDataProvider } from '../src/provider/provider.js';
import {
  TIME_ZONE,
  clock,
  data,
  emptySource,
  failingSource,
  fullSource,
  recordNamed,
  waitingSource,
} from './support/sources.js';

registerMessages('zh-TW', zhTW);

type Choice = Partial<Pick<ActivityWorkspace, 'show' | 'view' | 'types' | 'due' | 'selection'>>;

interface Shown extends Choice {
  provider?: ActivityDataProvider;
  record?: RecordRef;
  locale?: string;
  className?: string;
  dir?: 'ltr' | 'rtl';
}

function shown(options: Shown = {}): TemplateResult {
  const { provider = fullSource(), className = '', show = 'grid', view = 'my' } = options;
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
          .selection=${options.selection ?? []}
          .record=${options.record}
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
export const Default: StoryObj = { render: () => shown() };
export const Calendar: StoryObj = { render: () => shown({ show: 'calendar' }) };
export const Kanban: StoryObj = { render: () => shown({ show: 'kanban' }) };
export const Filtered: StoryObj = {
  render: () => shown({ due: 'next-7-days', types: ['phonecall', 'appointment'] }),
};
const late = data.activities
  .filter(
    ({ state, type, owner }) => state === 'open' && type === 'task' && owner?.id === data.user.id,
  )
  .slice(0, 2)
  .map(({ id }) => id);
/** The commands for what is selected stand in place of those that create. */
export const Selected: StoryObj = { render: () => shown({ selection: late }) };
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
    const { query, capabilities, session, count } = fullSource();
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

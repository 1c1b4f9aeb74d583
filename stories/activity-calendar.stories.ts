import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, type TemplateResult } from 'lit';
import '../src/define/activity-calendar.js';
import '../src/define/activity-context.js';
import type { ActivityCalendar } from '../src/elements/activity-calendar/activity-calendar.js';
import type { LinkTarget } from '../src/events/activity-request-event.js';
import { registerMessages } from '../src/i18n/locale.js';
import { zhTW } from '../src/i18n/zh-TW.js';
import type { Activity } from '../src/model/activity.js';
import type { ActivityDataProvider } from '../src/provider/provider.js';
import {
  TIME_ZONE,
  clock,
  data,
  emptySource,
  failingSource,
  fullSource,
  recordNamed,
  shortSource,
  sourceOf,
  waitingSource,
} from './support/sources.js';

registerMessages('zh-TW', zhTW);

interface Shown {
  provider?: ActivityDataProvider;
  locale?: string;
  timeZone?: string;
  dir?: 'ltr' | 'rtl';
  density?: 'comfortable' | 'compact' | 'touch';
  className?: string;
  calendar?: Partial<Pick<ActivityCalendar, 'view' | 'date' | 'query' | 'record'>>;
}

const hrefFor = (target: LinkTarget): string =>
  'activity' in target ? `#/activities/${target.activity.id}` : `#/records/${target.record.id}`;

const mine = { filter: { field: 'owner', op: 'eq', value: 'me' } } as const;

function shown({
  provider = shortSource(),
  locale = 'en-GB',
  timeZone = TIME_ZONE,
  dir = 'ltr',
  density,
  className = '',
  calendar = {},
}: Shown = {}): TemplateResult {
  return html`<style>
      .place {
        block-size: 720px;
        border-radius: 8px;
        overflow: hidden;
        box-shadow: 0 0 2px rgb(0 0 0 / 0.24);
      }
      .place.narrow {
        inline-size: 320px;
      }
      .place.middle {
        inline-size: 720px;
      }
      .place.wide {
        inline-size: 1400px;
      }
      .place.tall {
        block-size: 1320px;
      }
      .place.dark {
        color-scheme: dark;
        background: #161616;
      }
      .place activity-calendar {
        block-size: 100%;
      }
    </style>
    <div class="place ${className}" dir=${dir}>
      <activity-context
        .provider=${provider}
        .clock=${clock}
        .hrefFor=${hrefFor}
        .locale=${locale}
        .density=${density}
        time-zone=${timeZone}
      >
        <activity-calendar
          .view=${calendar.view ?? 'month'}
          .date=${calendar.date}
          .query=${calendar.query ?? mine}
          .record=${calendar.record}
        ></activity-calendar>
      </activity-context>
    </div>`;
}

const meta: Meta = { title: 'Elements/Calendar', component: 'activity-calendar' };
export default meta;

/** A month of Mona Sanders, and today with the deals that it is about. */
export const Default: StoryObj = { render: () => shown({ provider: fullSource() }) };

/** A week by the hours of the user's zone. */
export const Week: StoryObj = { render: () => shown({ calendar: { view: 'week' } }) };

/** With more room, the day's panel stands beside the week. */
export const WideWeek: StoryObj = {
  render: () => shown({ className: 'wide', calendar: { view: 'week' } }),
};

/** With less, it stands below the month. */
export const Middle: StoryObj = { render: () => shown({ className: 'middle' }) };

/** Everybody's: a day shows as much as fits, and how much more there is. */
export const Busy: StoryObj = {
  render: () => shown({ provider: fullSource(), calendar: { query: {} } }),
};

/** Everybody's week: what goes on at the same time stands side by side. */
export const BusyWeek: StoryObj = {
  render: () => shown({ provider: fullSource(), calendar: { view: 'week', query: {} } }),
};

/** What is about an account, its contacts and its deals. */
export const OfOneRecord: StoryObj = {
  render: () => shown({ calendar: { query: {}, record: recordNamed('Wingtip Toys') } }),
};

export const Empty: StoryObj = { render: () => shown({ provider: emptySource() }) };

export const Loading: StoryObj = {
  tags: ['loading'],
  render: () => shown({ provider: waitingSource() }),
};

export const LoadingWeek: StoryObj = {
  tags: ['loading'],
  render: () => shown({ provider: waitingSource(), calendar: { view: 'week' } }),
};

/** The days stay; what happened stands above them. */
export const Error: StoryObj = { render: () => shown({ provider: failingSource() }) };

/** Days are dots; the chosen one's list stands below. */
export const Narrow: StoryObj = { render: () => shown({ className: 'narrow' }) };

export const NarrowWeek: StoryObj = {
  render: () => shown({ className: 'narrow', calendar: { view: 'week' } }),
};

export const Dark: StoryObj = { render: () => shown({ className: 'dark' }) };

export const DarkWeek: StoryObj = {
  render: () => shown({ className: 'dark', calendar: { view: 'week' } }),
};

export const Chinese: StoryObj = { render: () => shown({ locale: 'zh-TW' }) };

export const ChineseWeek: StoryObj = {
  render: () => shown({ locale: 'zh-TW', timeZone: 'Asia/Taipei', calendar: { view: 'week' } }),
};

/** Arabic: the week begins on Saturday, its weekend on Friday. */
export const RightToLeft: StoryObj = { render: () => shown({ locale: 'ar-EG', dir: 'rtl' }) };

export const RightToLeftWeek: StoryObj = {
  render: () => shown({ locale: 'ar-EG', dir: 'rtl', calendar: { view: 'week' } }),
};

export const Compact: StoryObj = { render: () => shown({ density: 'compact' }) };

export const Touch: StoryObj = { render: () => shown({ density: 'touch' }) };

/** The clocks are set back on Sunday, the 25th: the same 24 hours stand on every day. */
export const ClockChange: StoryObj = {
  render: () =>
    shown({
      provider: sourceOf(aroundTheClockChange()),
      className: 'tall',
      calendar: { view: 'week', date: '2026-10-25', query: {} },
    }),
};

/** Long words, broken rows, unknown types, several days, many at once. */
export const Hard: StoryObj = {
  render: () => shown({ provider: hardSource(), calendar: { query: {} } }),
};

export const HardWeek: StoryObj = {
  render: () => shown({ provider: hardSource(), calendar: { view: 'week', query: {} } }),
};

function appointment(id: string, more: Partial<Activity>): Activity {
  return { id, type: 'appointment', subject: id, state: 'scheduled', owner: data.user, ...more };
}

function aroundTheClockChange(): readonly Activity[] {
  return [
    appointment('Before the change', {
      start: '2026-10-25T00:00:00Z',
      end: '2026-10-25T00:30:00Z',
    }),
    appointment('In the hour that comes twice', {
      start: '2026-10-25T00:30:00Z',
      end: '2026-10-25T01:30:00Z',
    }),
    appointment('Night shift', { start: '2026-10-24T20:00:00Z', end: '2026-10-25T05:00:00Z' }),
    appointment('At ten, as every day', {
      start: '2026-10-25T09:00:00Z',
      end: '2026-10-25T10:00:00Z',
    }),
    appointment('At ten, the day before', {
      start: '2026-10-24T08:00:00Z',
      end: '2026-10-24T09:00:00Z',
    }),
  ];
}

/** Rows as a careless backend answers them, by one function. */
function hardSource(): ActivityDataProvider {
  return { query: () => Promise.resolve(hardRows()) };
}

function hardRows(): readonly Activity[] {
  const rows: readonly unknown[] = [
    appointment('Donaudampfschifffahrtsgesellschaftskapitänsversammlungsvorbereitung', {
      start: '2026-11-23T08:00:00Z',
      end: '2026-11-23T12:00:00Z',
      regarding: recordNamed('Wingtip Toys'),
    }),
    appointment('قائمة طويلة من المواضيع للنقاش', {
      start: '2026-11-23T08:30:00Z',
      end: '2026-11-23T09:30:00Z',
      regarding: { kind: 'account', id: 'secret' },
    }),
    appointment('Third at once', { start: '2026-11-23T09:00:00Z', end: '2026-11-23T11:00:00Z' }),
    appointment('Fourth, after the second', {
      start: '2026-11-23T09:30:00Z',
      end: '2026-11-23T10:00:00Z',
    }),
    appointment('Across midnight', { start: '2026-11-24T21:30:00Z', end: '2026-11-25T01:00:00Z' }),
    appointment('Two days and a half', {
      start: '2026-11-25T09:00:00Z',
      end: '2026-11-27T20:00:00Z',
    }),
    appointment('All week', { start: '2026-11-22', end: '2026-11-29' }),
    appointment('Somebody else’s', {
      start: '2026-11-26T09:00:00Z',
      end: '2026-11-26T10:00:00Z',
      access: 'busy',
    }),
    { id: 'odd', type: 'visit', state: 'dreaming', due: '2026-11-24T13:00:00Z' },
    {
      id: 'bad',
      type: 'task',
      subject: 'Bad end',
      state: 'open',
      start: '2026-11-26',
      end: 'soon',
    },
    { id: 'nowhere', type: 'task', subject: 'No date at all', state: 'open' },
    ...Array.from({ length: 8 }, (_, index) => ({
      id: `many ${String(index)}`,
      type: ['task', 'email', 'letter', 'fax'][index % 4],
      subject: `One of many, ${String(index + 1)}`,
      state: index % 3 === 0 ? 'completed' : 'open',
      due: '2026-11-27',
    })),
  ];
  return rows as readonly Activity[];
}

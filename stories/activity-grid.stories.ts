import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, type TemplateResult } from 'lit';
import '../src/define/activity-context.js';
import '../src/define/activity-grid.js';
import type { ActivityGrid } from '../src/elements/activity-grid/activity-grid.js';
import type { LinkTarget } from '../src/events/activity-request-event.js';
import { registerMessages } from '../src/i18n/locale.js';
import { zhTW } from '../src/i18n/zh-TW.js';
import type { Activity } from '../src/model/activity.js';
import { UNFINISHED } from '../src/model/query.js';
import { failure } from '../src/provider/failure.js';
import type { ActivityDataProvider } from '../src/provider/provider.js';
import { kept } from './support/preferences.js';
import {
  TIME_ZONE,
  clock,
  data,
  emptySource,
  failingSource,
  fullSource,
  late,
  recordNamed,
  shortSource,
  sourceOf,
  waitingSource,
} from './support/sources.js';

registerMessages('zh-TW', zhTW);

interface Shown {
  provider?: ActivityDataProvider;
  locale?: string;
  dir?: 'ltr' | 'rtl';
  density?: 'comfortable' | 'compact' | 'touch';
  className?: string;
  grid?: Partial<
    Pick<
      ActivityGrid,
      | 'columns'
      | 'selection'
      | 'query'
      | 'record'
      | 'rollup'
      | 'groupBy'
      | 'filters'
      | 'preferences'
    >
  >;
}

const hrefFor = (target: LinkTarget): string =>
  'activity' in target ? `#/activities/${target.activity.id}` : `#/records/${target.record.id}`;

const mine = {
  filter: { all: [UNFINISHED, { field: 'owner', op: 'eq', value: 'me' }] },
} as const;

/** What is late of it. */
const lateIds = late.map(({ id }) => id);

function shown({
  provider = shortSource(),
  locale = 'en-GB',
  dir = 'ltr',
  density,
  className = '',
  grid = { query: mine },
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
        inline-size: 600px;
      }
      .place.low {
        block-size: 360px;
      }
      .place.dark {
        color-scheme: dark;
        background: #161616;
      }
      .place activity-grid {
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
        time-zone=${TIME_ZONE}
      >
        <activity-grid
          .query=${grid.query}
          .columns=${grid.columns}
          .groupBy=${grid.groupBy}
          .filters=${grid.filters ?? {}}
          .selection=${grid.selection ?? []}
          .record=${grid.record}
          .rollup=${grid.rollup}
          .preferences=${grid.preferences}
        ></activity-grid>
      </activity-context>
    </div>`;
}

const meta: Meta = { title: 'Elements/Grid', component: 'activity-grid' };
export default meta;

/** What Mona Sanders still has to do. */
export const Default: StoryObj = { render: () => shown({ provider: fullSource() }) };

/** The commands stand over the header while something is selected. */
export const Selected: StoryObj = {
  render: () => shown({ grid: { query: mine, selection: lateIds } }),
};

/** All activities, what is done among them. */
export const Everything: StoryObj = {
  render: () =>
    shown({
      provider: fullSource(),
      grid: { query: { sort: [{ field: 'deadline', direction: 'desc' }] } },
    }),
};

/** What is about an account, its contacts and its deals. */
export const OfOneRecord: StoryObj = {
  render: () => shown({ grid: { record: recordNamed('Wingtip Toys'), rollup: 'extended' } }),
};

/** When meetings end, and who takes part in them. */
export const TakingPart: StoryObj = {
  render: () =>
    shown({
      provider: fullSource(),
      className: 'low',
      grid: {
        query: { filter: { field: 'type', op: 'in', value: ['appointment', 'email'] } },
        columns: ['subject', 'end', 'parties.required', 'parties.to', 'description', 'actual-end'],
      },
    }),
};

/** Further columns, one of the host's own, filtered by type. */
export const Columns: StoryObj = {
  render: () =>
    shown({
      grid: {
        query: mine,
        columns: [
          'due',
          'subject',
          'status',
          'start',
          'created',
          'created-by',
          {
            name: 'length',
            label: 'Words',
            render: ({ activity }) => String(activity.subject.split(' ').length),
          },
        ],
        filters: { type: { kind: 'choice', values: ['task', 'phonecall'] } },
      },
    }),
};

/** In groups by due date, each with its count; Enter on a header hides its rows. */
export const Grouped: StoryObj = {
  render: () => shown({ grid: { query: mine, groupBy: 'due' } }),
};

/** Grouped by record, and what was searched for: marked in the subject, else in a piece of the description under it. */
export const Found: StoryObj = {
  render: () =>
    shown({
      className: 'low',
      grid: { query: { ...mine, search: 'price' }, groupBy: 'regarding' },
    }),
};

async function gridIn(
  canvas: HTMLElement,
): Promise<ActivityGrid & { readonly shadowRoot: ShadowRoot }> {
  const grid = canvas.querySelector('activity-grid');
  while (!grid?.shadowRoot?.querySelector('.row[aria-selected]')) {
    await new Promise(requestAnimationFrame);
  }
  return grid as ActivityGrid & { readonly shadowRoot: ShadowRoot };
}

/** Presses what is so called, once it is there. */
async function pressed(canvas: HTMLElement, ...names: readonly string[]): Promise<void> {
  const { shadowRoot } = await gridIn(canvas);
  const find = (name: string): HTMLElement | undefined =>
    [...shadowRoot.querySelectorAll<HTMLElement>('button')].find(
      (one) => (one.ariaLabel ?? one.dataset['label'] ?? one.textContent.trim()) === name,
    );
  for (const name of names) {
    while (!find(name)) await new Promise(requestAnimationFrame);
    find(name)?.click();
  }
}

/** As a user laid the columns out: in another order and width, the first in sight; with the menu of groups, columns and exports. */
export const Arranged: StoryObj = {
  render: () =>
    shown({
      className: 'middle',
      grid: {
        query: mine,
        preferences: kept({
          'grid.columns': {
            shown: ['type', 'subject', 'owner', 'due', 'created', 'status'],
            widths: { type: 120, subject: 220, due: 140 },
            isFrozen: true,
          },
        }),
      },
    }),
  play: ({ canvasElement }) => pressed(canvasElement, 'View options'),
};

/** What can be done with one row: snooze it, say. */
export const RowMenu: StoryObj = {
  render: () => shown({ className: 'low' }),
  play: async ({ canvasElement }) => {
    const { shadowRoot } = await gridIn(canvasElement);
    const more = [...shadowRoot.querySelectorAll('button')].find(({ ariaLabel }) =>
      ariaLabel?.startsWith('More for'),
    );
    more?.click();
  },
};

/** A subject is changed where it stands. */
export const EditedInPlace: StoryObj = {
  render: () => shown({ className: 'low' }),
  play: async ({ canvasElement }) => {
    const { shadowRoot } = await gridIn(canvasElement);
    const cell = shadowRoot.querySelector('.row[aria-selected] > [data-col=subject]');
    cell?.dispatchEvent(new MouseEvent('dblclick', { bubbles: true }));
  },
};

/** A column is filtered by the days it holds. */
export const ColumnFilter: StoryObj = {
  render: () => shown({ className: 'low' }),
  play: ({ canvasElement }) => pressed(canvasElement, 'Column Due', 'Filter by Due'),
};

/** All that match, whatever of it is loaded. */
export const AllSelected: StoryObj = {
  render: () => shown({ provider: fullSource(), className: 'low' }),
  play: async ({ canvasElement }) => (await gridIn(canvasElement)).selectAll(),
};

/** How far an act on many is; it can be stopped. */
export const BulkProgress: StoryObj = {
  render: () => {
    const source = fullSource();
    let count = 0;
    const provider: ActivityDataProvider = {
      ...source,
      // The tenth and those after it never answer.
      transition: (...asked) =>
        (count += 1) < 10 ? source.transition(...asked) : new Promise(() => undefined),
    };
    const selection = data.activities
      .filter(({ state, due, owner }) => state === 'open' && due && owner?.id === data.user.id)
      .sort((a, b) => (a.due ?? '').localeCompare(b.due ?? ''))
      .slice(0, 30)
      .map(({ id }) => id);
    return shown({ provider, grid: { query: mine, selection } });
  },
  play: ({ canvasElement }) => pressed(canvasElement, 'Complete'),
};

/** A meeting with others is moved only once it is said whom that tells. */
export const Rescheduled: StoryObj = {
  render: () =>
    shown({
      className: 'low',
      grid: {
        query: {
          filter: { all: [...mine.filter.all, { field: 'type', op: 'eq', value: 'appointment' }] },
        },
      },
    }),
  play: async ({ canvasElement }) => {
    const { shadowRoot } = await gridIn(canvasElement);
    const more = [...shadowRoot.querySelectorAll('button')].find(({ ariaLabel }) =>
      ariaLabel?.startsWith('More for'),
    );
    more?.click();
    await pressed(canvasElement, 'Next week');
  },
};

/** How an act on many ended: what is done, what was refused, what failed and can be tried again. */
export const BulkReport: StoryObj = {
  render: () => {
    const source = shortSource();
    const provider: ActivityDataProvider = {
      ...source,
      transition: async (id, to, options) => {
        const at = lateIds.indexOf(id);
        if (at === 0) throw failure('transition-refused', 'Close the quote first.');
        if (at === 1) throw failure('server', 'The server broke down.');
        return source.transition(id, to, options);
      },
    };
    return shown({ provider, grid: { query: mine, selection: lateIds } });
  },
  play: ({ canvasElement }) => pressed(canvasElement, 'Complete'),
};

/** The data source does not say how many there are: the list grows as it is scrolled, and says that there are more. */
export const UnknownTotal: StoryObj = {
  render: () => {
    const source = fullSource();
    const provider: ActivityDataProvider = {
      ...source,
      query: async (...asked) => {
        const { total: _total, ...page } = await source.query(...asked);
        return page;
      },
    };
    return shown({ provider, grid: {} });
  },
};

export const Compact: StoryObj = { render: () => shown({ density: 'compact' }) };
export const Touch: StoryObj = { render: () => shown({ density: 'touch' }) };

export const Empty: StoryObj = {
  render: () => shown({ provider: emptySource(), grid: {}, className: 'low' }),
};
export const NothingFound: StoryObj = {
  render: () => shown({ grid: { query: { search: 'giraffe' } }, className: 'low' }),
};
export const Loading: StoryObj = {
  tags: ['loading'],
  render: () => shown({ provider: waitingSource() }),
};
export const Failed: StoryObj = {
  render: () => shown({ provider: failingSource('network'), className: 'low' }),
};
export const Denied: StoryObj = {
  render: () => shown({ provider: failingSource('forbidden'), className: 'low' }),
};

const broken = [
  { id: 'good', type: 'task', subject: 'A good row among broken ones', state: 'open' },
  { id: 'no-subject', type: 'phonecall', state: 'open', due: '2026-11-23T13:00:00Z' },
  { id: 'no-type', subject: 'Without a type', state: 'open' },
  { id: 'other-type', type: 'carrier-pigeon', subject: 'Of a type nobody defined', state: 'open' },
  { id: 'state', type: 'task', subject: 'In a state there is not', state: 'paused' },
  {
    id: 'date',
    type: 'task',
    subject: 'Due on a day there is not',
    state: 'open',
    due: '31.2.2026',
  },
  { id: 'twice', type: 'email', subject: 'The first of two with one id', state: 'open' },
  { id: 'twice', type: 'email', subject: 'The second of two with one id', state: 'open' },
] as unknown as readonly Activity[];

/** Rows as no server should send them: each is shown as far as it can be. */
export const BrokenRows: StoryObj = {
  render: () =>
    shown({ provider: { query: () => Promise.resolve(broken) }, grid: {}, className: 'low' }),
};

const long = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft ';

/** Long words and long names are cut, whatever the width. */
export const LongWords: StoryObj = {
  render: () =>
    shown({
      provider: sourceOf(
        data.activities
          .filter(({ state }) => state === 'open' || state === 'scheduled')
          .slice(0, 20)
          .map((activity) => ({
            ...activity,
            subject: long.repeat(3),
            statusReason: long,
            ...(activity.regarding && { regarding: { ...activity.regarding, name: long } }),
            ...(activity.owner && { owner: { ...activity.owner, name: long } }),
          })),
      ),
      grid: {},
      className: 'low',
    }),
};

/** Owner and priority give up their words first. */
export const Middle: StoryObj = { render: () => shown({ className: 'middle' }) };
export const Narrow: StoryObj = {
  render: () => shown({ className: 'narrow', grid: { query: mine, groupBy: 'due' } }),
};
/** All that a wide header does: sort by further columns, filter by those that are not shown, and more. */
export const NarrowSort: StoryObj = {
  render: () => shown({ className: 'narrow' }),
  play: async ({ canvasElement }) => {
    const { shadowRoot } = await gridIn(canvasElement);
    const sort = (): HTMLElement | null =>
      shadowRoot.querySelector<HTMLElement>('[part~=main] > [part~=sorted]');
    while (!sort()) await new Promise(requestAnimationFrame);
    sort()?.click();
  },
};
export const NarrowSelected: StoryObj = {
  render: () => shown({ className: 'narrow', grid: { query: mine, selection: lateIds } }),
};
export const Dark: StoryObj = { render: () => shown({ className: 'dark' }) };
export const Chinese: StoryObj = { render: () => shown({ locale: 'zh-TW' }) };
export const RightToLeft: StoryObj = { render: () => shown({ locale: 'ar', dir: 'rtl' }) };

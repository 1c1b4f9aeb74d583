import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, type TemplateResult } from 'lit';
import '../src/define/activity-context.js';
import '../src/define/activity-form.js';
import '../src/define/activity-kanban.js';
import '../src/define/activity-quick-create.js';
import type { ActivityKanban } from '../src/elements/activity-kanban/activity-kanban.js';
import { registerMessages } from '../src/i18n/locale.js';
import { zhTW } from '../src/i18n/zh-TW.js';
import type { Activity, RecordRef } from '../src/model/activity.js';
import type { ActivityQuery } from '../src/model/query.js';
import { failure } from '../src/provider/failure.js';
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

interface Shown extends Partial<BoardOptions> {
  provider: ActivityDataProvider;
  query?: Pick<ActivityQuery, 'filter' | 'search'>;
  record?: RecordRef;
  selection?: readonly string[];
  locale?: string;
  className?: string;
  dir?: 'ltr' | 'rtl';
}

type BoardOptions = Pick<
  ActivityKanban,
  | 'lanesBy'
  | 'laneOrder'
  | 'swimLanes'
  | 'order'
  | 'limits'
  | 'sums'
  | 'cardFields'
  | 'cardRenderer'
  | 'collapsed'
>;

function shown(options: Shown): TemplateResult {
  const { provider, query, record, selection = [], locale, className = '', dir = 'ltr' } = options;
  const { lanesBy = 'state', swimLanes, order, limits = {}, sums = false } = options;
  const { cardFields = ['regarding', 'due', 'priority', 'owner'], cardRenderer } = options;
  return html`<style>
      .stage {
        block-size: 640px;
      }
      .stage.narrow {
        inline-size: 320px;
      }
      .stage.dark {
        padding: 16px;
        background: #1f1f1f;
        color-scheme: dark;
      }
      .stage activity-kanban {
        block-size: 100%;
      }
    </style>
    <div class="stage ${className}" dir=${dir}>
      <activity-context
        .provider=${provider}
        .clock=${clock}
        .locale=${locale}
        time-zone=${TIME_ZONE}
      >
        <activity-kanban
          .query=${query}
          .record=${record}
          .selection=${selection}
          .lanesBy=${lanesBy}
          .laneOrder=${options.laneOrder}
          .swimLanes=${swimLanes}
          .order=${order}
          .limits=${limits}
          .sums=${sums}
          .cardFields=${cardFields}
          .cardRenderer=${cardRenderer}
          .collapsed=${options.collapsed ?? []}
        ></activity-kanban>
      </activity-context>
    </div>`;
}

/** What Mona has to do; the demo's firm has 2,000 activities. */
const mine: Pick<ActivityQuery, 'filter'> = { filter: { field: 'owner', op: 'eq', value: 'me' } };

const meta: Meta<ActivityKanban> = {
  title: 'Elements/Kanban',
  component: 'activity-kanban',
};
export default meta;

export const Default: StoryObj = { render: () => shown({ provider: fullSource(), query: mine }) };
export const OneRecord: StoryObj = {
  render: () => shown({ provider: fullSource(), record: recordNamed('Wingtip Toys') }),
};
export const Empty: StoryObj = { render: () => shown({ provider: emptySource() }) };
export const NothingFound: StoryObj = {
  render: () => shown({ provider: shortSource(), query: { search: 'perpetuum mobile' } }),
};
export const Loading: StoryObj = {
  tags: ['loading'],
  render: () => shown({ provider: waitingSource() }),
};
export const Failed: StoryObj = { render: () => shown({ provider: failingSource('network') }) };
export const Denied: StoryObj = { render: () => shown({ provider: failingSource('forbidden') }) };
export const Narrow: StoryObj = {
  render: () => shown({ provider: shortSource(), query: mine, className: 'narrow' }),
};
export const Dark: StoryObj = {
  render: () => shown({ provider: shortSource(), query: mine, className: 'dark' }),
};
export const Chinese: StoryObj = {
  render: () => shown({ provider: shortSource(), locale: 'zh-TW' }),
};
export const RightToLeft: StoryObj = {
  render: () => shown({ provider: shortSource(), query: mine, locale: 'ar', dir: 'rtl' }),
};

/** Two cards are selected; they go together. */
export const Selected: StoryObj = {
  render: () => {
    const open = data.activities.filter(({ state, type }) => state === 'open' && type === 'task');
    return shown({
      provider: sourceOf(open.slice(0, 4)),
      selection: open.slice(0, 2).map(({ id }) => id),
    });
  },
};

const [task, call] = ['task', 'phonecall'].map((type) =>
  data.activities.find((row) => row.type === type && row.state === 'open'),
);
const broken: readonly unknown[] = [
  {
    ...task,
    id: 'long',
    subject: 'Clarify who signs the amendment to the framework agreement '.repeat(4),
  },
  {
    ...call,
    id: 'word',
    subject: 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft',
    priority: 'high',
    due: '2026-10-01T09:00:00Z',
  },
  { ...task, id: 'untitled', subject: '', regarding: null },
  { ...task, id: 'hidden', regarding: { kind: 'account', id: 'x' } },
  { ...task, id: 'stateless', state: 'paused', subject: 'A state nobody knows' },
  { id: 'unknown', type: 'site-visit', subject: 'Site visit', state: 'scheduled', due: 'soon' },
  { ...call, id: 'private', access: 'busy', state: 'scheduled' },
];

/** Words that are long, or one long word; records nobody may read; somebody else's private time; rows that are broken. */
export const Awkward: StoryObj = {
  // As it comes from a server that checks nothing.
  render: () => shown({ provider: { query: async () => broken as readonly Activity[] } }),
};

const monthAgo = clock.now() - 30 * 24 * 3_600_000;
const ofMine = data.activities.filter(({ owner, state }) => owner?.id === data.user.id && state);
/** Some that are still to be done, and some that were done of late. */
const fewOfMine = [
  ...ofMine.filter(({ state }) => state === 'open' || state === 'scheduled').slice(0, 40),
  ...ofMine.filter(({ actualEnd }) => Date.parse(actualEnd ?? '') > monthAgo).slice(0, 20),
];

/** Lanes by how soon something is due: what is dropped there is due then. */
export const ByDue: StoryObj = {
  render: () => shown({ provider: sourceOf(fewOfMine), lanesBy: 'due', order: 'priority' }),
};

/** Rows by priority, each with its count; sums of the deals behind the cards, a limit that is exceeded, a folded lane. */
export const RowsSumsLimits: StoryObj = {
  render: () =>
    shown({
      provider: sourceOf(fewOfMine),
      swimLanes: 'priority',
      sums: true,
      limits: { open: 5 },
      collapsed: ['canceled'],
    }),
};

const PICTURE =
  'data:image/gif;base64,R0lGODlhAgACAPAAAPV/aQAAACH5BAAAAAAALAAAAAACAAIAAAIChFEAOw==';
const people: readonly RecordRef[] = Array.from({ length: 14 }, (_, index) => ({
  kind: 'user',
  id: `person-${String(index)}`,
  name: `Person ${String.fromCharCode(65 + index)}`,
  ...(index === 0 && { picture: PICTURE }),
}));

/** Rows by owner: twelve at first, more when asked for; who has a picture is shown by it. In the dark, in Chinese. */
export const RowsByOwner: StoryObj = {
  render: () =>
    shown({
      provider: {
        ...sourceOf(
          fewOfMine
            .slice(0, 14)
            .map((row, index) => ({ ...row, owner: people[index] ?? row.owner })),
        ),
        session: async () => ({ user: people[0], team: people }),
        lookup: async () => [],
      },
      swimLanes: 'owner',
      locale: 'zh-TW',
      className: 'dark',
    }),
};

/** What the user searched for is marked; the host chooses what a card shows. */
export const SearchAndFields: StoryObj = {
  render: () =>
    shown({
      provider: sourceOf(fewOfMine),
      query: { search: 'ca' },
      cardFields: ['regarding', 'type', 'reason', 'description', 'due', 'owner'],
    }),
};

/** The host draws what stands below a subject; the order is the user's own. */
export const OwnCards: StoryObj = {
  render: () =>
    shown({
      provider: sourceOf(fewOfMine.slice(0, 12)),
      order: 'own',
      cardRenderer: ({ activity }) => `${activity.type}: ${activity.due ?? 'some day'}`,
    }),
};

/** What is in the board's root, as soon as it is drawn. */
async function inBoard(canvas: HTMLElement, selector: string): Promise<HTMLElement> {
  const board = canvas.querySelector('activity-kanban');
  let found: HTMLElement | null | undefined;
  while (!(found = board?.shadowRoot?.querySelector<HTMLElement>(selector))) {
    await new Promise(requestAnimationFrame);
  }
  return found;
}

/** What the context shows over it. */
async function inLayer(canvas: HTMLElement, selector: string): Promise<void> {
  const layer = canvas.querySelector('activity-context')?.shadowRoot;
  while (!layer?.querySelector(selector)) await new Promise(requestAnimationFrame);
}

/** Chooses an act in the menu of the first card. */
async function actByMenu(canvas: HTMLElement, label: string): Promise<void> {
  (await inBoard(canvas, '[part~=more]')).click();
  // What the data source allows may be known a moment later, and the menu hangs on its card by then.
  const item = `[role=menu]:popover-open [data-label="${label}"]:not([aria-disabled=true])`;
  (await inBoard(canvas, item)).click();
}

function press(target: HTMLElement, key: string): void {
  target.focus();
  target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, composed: true }));
}

/** Lanes by a choice that some types have: what is dropped there is given it. */
export const ByChoice: StoryObj = {
  render: () => shown({ provider: sourceOf(fewOfMine), lanesBy: 'fields.direction' }),
};

/** One card shows its description, another is edited in place. */
export const OpenedCards: StoryObj = {
  render: () =>
    shown({ provider: sourceOf(fewOfMine.filter(({ state }) => state === 'open').slice(0, 3)) }),
  play: async ({ canvasElement }) => {
    await actByMenu(canvasElement, 'Show description');
    await inBoard(canvasElement, '[part~=card-body]');
    press(await inBoard(canvasElement, 'li + li article'), 'F2');
    await inBoard(canvasElement, '[part~=card-editor]');
  },
};

/** A task is picked up and on its way to Completed; Scheduled says why it would not take it. */
export const PickedUp: StoryObj = {
  render: () => shown({ provider: sourceOf(task ? [task, ...fewOfMine.slice(0, 3)] : []) }),
  play: async ({ canvasElement }) => {
    const card = await inBoard(canvasElement, `li[data-id="${task?.id ?? ''}"] article`);
    press(card, 'm');
    press(card, 'ArrowRight');
    press(card, 'ArrowRight');
    await inBoard(canvasElement, '[part~=target]');
  },
};

/** The host is asked whether the card may move, and has not answered yet: it is shown as pending, and held. */
export const Pending: StoryObj = {
  render: () => shown({ provider: sourceOf(task ? [task] : []) }),
  play: ({ canvasElement }) => {
    // The next story is drawn in the same place.
    canvasElement.addEventListener(
      'activity-move-status',
      (event) => event.waitUntil(new Promise(() => undefined)),
      { once: true },
    );
    return actByMenu(canvasElement, 'Completed');
  },
};

/** The server refuses the move: the card is back where it was, and why is said. */
export const Refused: StoryObj = {
  render: () =>
    shown({
      provider: {
        ...sourceOf(task ? [task] : []),
        transition: () =>
          Promise.reject(failure('transition-refused', 'The offer must be approved first.')),
      },
    }),
  play: async ({ canvasElement }) => {
    await actByMenu(canvasElement, 'Completed');
    await inLayer(canvasElement, '[part~=notice]');
  },
};

let theirs = emptySource();

/** Somebody else completes a task: its card moves there by itself, unless it is in the user's hand. */
export const Live: StoryObj = {
  render: () => {
    theirs = sourceOf(task ? [task, ...fewOfMine.slice(0, 3)] : []);
    return shown({ provider: theirs });
  },
  play: async ({ canvasElement }) => {
    const id = task?.id ?? '';
    await inBoard(canvasElement, `[data-lane=open] li[data-id="${id}"]`);
    const call = { locale: 'en', timeZone: TIME_ZONE, idempotencyKey: crypto.randomUUID() };
    await theirs.transition(id, { state: 'completed' }, call);
    await inBoard(canvasElement, `[data-lane=completed] li[data-id="${id}"]`);
  },
};

/** A lane's + begins something new that stands in that lane: here, it is canceled from the start. */
export const NewInLane: StoryObj = {
  render: () => shown({ provider: sourceOf(task ? [task] : []) }),
  play: async ({ canvasElement }) => {
    (await inBoard(canvasElement, '[data-lane=canceled] [part~=add]')).click();
    await inLayer(canvasElement, 'activity-quick-create');
  },
};

/** The host's order of lanes: what is planned comes first, the others follow. */
export const LaneOrder: StoryObj = {
  render: () => shown({ provider: sourceOf(fewOfMine), laneOrder: ['scheduled', 'completed'] }),
};

/** The new status has several reasons: which one is asked beside the card. */
export const Reason: StoryObj = {
  render: () => shown({ provider: sourceOf(call ? [call] : []) }),
  play: ({ canvasElement }) => actByMenu(canvasElement, 'Completed'),
};

/** A thousand cards in each lane: only what is seen of them is in the page. */
export const VeryLong: StoryObj = {
  render: () =>
    shown({
      provider: sourceOf(
        Array.from({ length: 4_000 }, (_, index) => ({
          id: `long-${String(index)}`,
          type: 'appointment',
          subject: `Visit ${String(index)}`,
          state: (['open', 'scheduled', 'completed', 'canceled'] as const)[index % 4] ?? 'open',
          actualEnd: new Date(clock.now() - index * 1000).toISOString(),
        })),
      ),
    }),
};

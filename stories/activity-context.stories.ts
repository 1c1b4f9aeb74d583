import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, type TemplateResult } from 'lit';
import '../src/define/activity-context.js';
import '../src/define/activity-form.js';
import '../src/define/activity-kanban.js';
import '../src/define/activity-quick-create.js';
import '../src/define/activity-timeline.js';
import type { ActivityContext } from '../src/elements/activity-context/activity-context.js';
import { registerMessages } from '../src/i18n/locale.js';
import { zhTW } from '../src/i18n/zh-TW.js';
import type { Activity } from '../src/model/activity.js';
import { failure } from '../src/provider/failure.js';
import type { MemoryProvider } from '../src/provider/memory/memory-provider.js';
import type { ActivityDataProvider } from '../src/provider/provider.js';
import { createJournal } from '../src/store/journal/indexeddb-journal.js';
import type { Journal } from '../src/store/journal/journal.js';
import { TIME_ZONE, clock, data, fullSource, recordNamed, sourceOf } from './support/sources.js';

registerMessages('zh-TW', zhTW);

const wingtip = recordNamed('Wingtip Toys');
/** One more than can be kept back. */
const many = data.activities.filter(({ state }) => state === 'open').slice(0, 26);
const tasks = data.activities
  .filter(({ state, type }) => state === 'open' && type === 'task')
  .slice(0, 3);

function shown(
  provider: ActivityDataProvider,
  content: TemplateResult,
  {
    locale,
    className = '',
    journal,
  }: { locale?: string; className?: string; journal?: Journal } = {},
): TemplateResult {
  return html`<style>
      .stage.page {
        box-sizing: border-box;
        display: grid;
        grid-template-columns: minmax(0, 3fr) minmax(0, 2fr);
        gap: 16px;
        block-size: 640px;
        padding: 16px;
        background: light-dark(#ffffff, #1f1f1f);
      }
      .stage.page > activity-context > button {
        place-self: start;
      }
      .stage.page.dark {
        color-scheme: dark;
      }
    </style>
    <div class="stage page ${className}">
      <activity-context
        .provider=${provider}
        .clock=${clock}
        .locale=${locale}
        .journal=${journal}
        time-zone=${TIME_ZONE}
      >
        ${content}
      </activity-context>
    </div>`;
}

const both = html`<activity-kanban .record=${wingtip}></activity-kanban>
  <activity-timeline .record=${wingtip}></activity-timeline>`;

const meta: Meta<ActivityContext> = {
  title: 'Elements/Context',
  component: 'activity-context',
};
export default meta;

/** One store for all inside: a card moved on the board changes the timeline at once. */
export const Default: StoryObj = { render: () => shown(fullSource(), both) };
export const Chinese: StoryObj = { render: () => shown(fullSource(), both, { locale: 'zh-TW' }) };
export const Dark: StoryObj = { render: () => shown(fullSource(), both, { className: 'dark' }) };

/** Completes the first entry, and waits for what is said of it. */
async function complete(canvas: HTMLElement): Promise<void> {
  const timeline = canvas.querySelector('activity-timeline');
  const first = (): HTMLElement | null | undefined =>
    timeline?.shadowRoot?.querySelector<HTMLElement>('[aria-label^="Complete "]');
  while (!first()) await new Promise((done) => requestAnimationFrame(done));
  first()?.click();
  const context = canvas.querySelector('activity-context');
  while (!context?.shadowRoot?.querySelector('.notice')) {
    await new Promise((done) => requestAnimationFrame(done));
  }
}

/** What was done is said in one place. */
export const Notice: StoryObj = {
  render: () => shown(sourceOf(tasks), html`<activity-timeline></activity-timeline>`),
  play: ({ canvasElement }) => complete(canvasElement),
};
const holding = (source: MemoryProvider): ActivityDataProvider => ({
  ...source,
  capabilities: async (call) => ({ ...(await source.capabilities(call)), undo: 'hold' }),
});
/** The backend would not reopen it: it is kept here for the undo time, so that Undo calls it off. */
export const KeptBack: StoryObj = {
  render: () => shown(holding(sourceOf(tasks)), html`<activity-timeline></activity-timeline>`),
  play: ({ canvasElement }) => complete(canvasElement),
};
/** It was said to be done, was kept back, and then refused: that is told late, with a way to try again. */
export const RefusedLate: StoryObj = {
  render: () =>
    shown(
      { ...holding(sourceOf(tasks)), transition: () => Promise.reject(failure('forbidden')) },
      html`<activity-timeline></activity-timeline>`,
    ),
  play: async ({ canvasElement }) => {
    await complete(canvasElement);
    // The page is put away, which sends what is kept back.
    globalThis.dispatchEvent(new Event('pagehide'));
    globalThis.dispatchEvent(new Event('pageshow'));
    const context = canvasElement.querySelector('activity-context');
    while (!context?.shadowRoot?.querySelector('.notice.error')) {
      await new Promise((done) => requestAnimationFrame(done));
    }
  },
};
/** More than can be kept back: asked about first, with the number. */
export const AskedFirst: StoryObj = {
  render: () => shown(holding(sourceOf(many)), html``),
  play: async ({ canvasElement }) => {
    const context = canvasElement.querySelector('activity-context');
    while (!context?.store?.capabilities) {
      await new Promise((done) => requestAnimationFrame(done));
    }
    await context.store.load(many[0]?.id ?? '', { locale: 'en', timeZone: TIME_ZONE });
    void context.requests.moveStatus(many, 'completed');
    while (!context.shadowRoot?.querySelector('[role=alertdialog]')) {
      await new Promise((done) => requestAnimationFrame(done));
    }
  },
};
/** And what could not be done, with the reason. */
export const Refused: StoryObj = {
  render: () =>
    shown(
      { ...sourceOf(tasks), transition: () => Promise.reject(failure('forbidden')) },
      html`<activity-timeline></activity-timeline>`,
    ),
  play: ({ canvasElement }) => complete(canvasElement),
};
/** A button of the host opens what the context has. */
export const OwnButton: StoryObj = {
  render: () =>
    shown(
      fullSource(),
      html`<button
        @click=${(event: Event) =>
          (event.currentTarget as Element)
            .closest('activity-context')
            ?.compose({ type: 'task', regarding: wingtip })}
      >
        Plan the next step
      </button>`,
    ),
  play: ({ canvasElement }) => canvasElement.querySelector('button')?.click(),
};
/** What a subject opens: the form, in a dialog. */
export const Opened: StoryObj = {
  render: () => shown(sourceOf(tasks), both),
  play: async ({ canvasElement }) => {
    const context = canvasElement.querySelector('activity-context');
    const [task] = tasks;
    if (task) await context?.open(task);
  },
};

/** Presses what the context itself shows, as soon as it is there. */
async function press(canvas: HTMLElement, name: string): Promise<void> {
  const root = canvas.querySelector('activity-context')?.shadowRoot;
  const found = (): HTMLElement | undefined =>
    [...(root?.querySelectorAll('button') ?? [])].find(
      (button) => button.textContent.trim() === name,
    );
  while (!found()) await new Promise((done) => requestAnimationFrame(done));
  found()?.click();
}

async function rename(canvas: HTMLElement): Promise<void> {
  const context = canvas.querySelector('activity-context');
  const [task] = tasks;
  while (!task || !context?.store?.row(task.id)) {
    await new Promise((done) => requestAnimationFrame(done));
  }
  void context.requests.update([task], { subject: 'Call before noon', priority: 'high' });
}

/** What was done offline: how much waits, and the list of it. */
export const Waiting: StoryObj = {
  render: () => {
    const source = sourceOf(tasks);
    return shown(
      {
        ...source,
        name: `story-${crypto.randomUUID()}`,
        subscribe: (listener) => {
          listener({ kind: 'connection', online: false });
          return () => undefined;
        },
      },
      html`<activity-timeline></activity-timeline>`,
      { journal: createJournal() },
    );
  },
  play: async ({ canvasElement }) => {
    await rename(canvasElement);
    await press(canvasElement, 'Show changes');
  },
};

/** Somebody else changed the same: both versions, field by field. */
export const TwoVersions: StoryObj = {
  render: () =>
    shown(
      {
        ...sourceOf(tasks),
        update: () => {
          const [task] = tasks;
          const row = task && {
            ...task,
            subject: 'Call after lunch',
            priority: 'low',
            version: 'b',
          };
          return Promise.reject(failure('conflict', '', row ? { row: row as Activity } : {}));
        },
      },
      html`<activity-timeline></activity-timeline>`,
    ),
  play: async ({ canvasElement }) => {
    await rename(canvasElement);
    await press(canvasElement, 'Compare');
  },
};

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
import { failure } from '../src/provider/failure.js';
import type { ActivityDataProvider } from '../src/provider/provider.js';
import { TIME_ZONE, clock, data, fullSource, recordNamed, sourceOf } from './support/sources.js';

registerMessages('zh-TW', zhTW);

const wingtip = recordNamed('Wingtip Toys');
const tasks = data.activities
  .filter(({ state, type }) => state === 'open' && type === 'task')
  .slice(0, 3);

function shown(
  provider: ActivityDataProvider,
  content: TemplateResult,
  { locale, className = '' }: { locale?: string; className?: string } = {},
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

import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, type TemplateResult } from 'lit';
import '../src/define/activity-context.js';
import '../src/define/activity-quick-create.js';
import type { ActivityQuickCreate } from '../src/elements/activity-quick-create/activity-quick-create.js';
import { registerMessages } from '../src/i18n/locale.js';
import { zhTW } from '../src/i18n/zh-TW.js';
import type { ActivityDraft, RecordRef } from '../src/model/activity.js';
import { failure } from '../src/provider/failure.js';
import { createMemoryProvider } from '../src/provider/memory/memory-provider.js';
import type { ActivityDataProvider } from '../src/provider/provider.js';
import {
  TIME_ZONE,
  clock,
  data,
  fullSource,
  recordNamed,
  waitingSource,
} from './support/sources.js';

registerMessages('zh-TW', zhTW);

interface Shown {
  provider?: ActivityDataProvider;
  type?: string;
  draft?: ActivityDraft;
  record?: RecordRef;
  mode?: 'inline' | 'dialog';
  locale?: string;
  className?: string;
  dir?: 'ltr' | 'rtl';
}

function shown(options: Shown): TemplateResult {
  const { provider = fullSource(), type = 'task', mode = 'inline', className = '' } = options;
  return html`<style>
      .stage.pane {
        box-sizing: border-box;
        block-size: 780px;
        inline-size: 400px;
        padding: 16px;
        background: light-dark(#f5f5f5, #141414);
      }
      .stage.pane.narrow {
        inline-size: 320px;
        padding: 0;
      }
      .stage.pane.dark {
        color-scheme: dark;
      }
      .stage activity-quick-create {
        block-size: 100%;
      }
    </style>
    <div class="stage pane ${className}" dir=${options.dir ?? 'ltr'}>
      <activity-context
        .provider=${provider}
        .clock=${clock}
        .locale=${options.locale}
        time-zone=${TIME_ZONE}
      >
        <activity-quick-create
          .type=${type}
          .draft=${options.draft}
          .record=${options.record}
          .mode=${mode}
          ?open=${mode === 'dialog'}
        ></activity-quick-create>
      </activity-context>
    </div>`;
}

function elementIn(canvas: HTMLElement): ActivityQuickCreate {
  const element = canvas.querySelector('activity-quick-create');
  if (!element) throw new Error('The story shows no quick create');
  return element;
}

async function save(canvas: HTMLElement): Promise<void> {
  const element = elementIn(canvas);
  await element.updateComplete;
  element.shadowRoot?.querySelector<HTMLElement>('[part~=save]')?.click();
  await element.updateComplete;
}

const meta: Meta<ActivityQuickCreate> = {
  title: 'Elements/Quick create',
  component: 'activity-quick-create',
};
export default meta;

const wingtip = recordNamed('Wingtip Toys');
const cecil = recordNamed('Cecil Langer');

/** In the page, about nothing yet: the user chooses what it is. */
export const Default: StoryObj = { render: () => shown({}) };
/** Beside a customer's page: it is about the customer, who is called. */
export const PhoneCall: StoryObj = { render: () => shown({ type: 'phonecall', record: wingtip }) };
export const Email: StoryObj = { render: () => shown({ type: 'email', record: cecil }) };
/** It begins with the next half hour. */
export const Appointment: StoryObj = {
  render: () => shown({ type: 'appointment', record: cecil }),
};
export const Note: StoryObj = { render: () => shown({ type: 'note', record: wingtip }) };
export const Letter: StoryObj = { render: () => shown({ type: 'letter', record: cecil }) };
export const Fax: StoryObj = { render: () => shown({ type: 'fax', record: cecil }) };
export const InDialog: StoryObj = {
  render: () =>
    shown({
      mode: 'dialog',
      draft: {
        type: 'phonecall',
        subject: 'Call back about the delivery of order 40271',
        regarding: wingtip,
        due: '2026-11-24T14:00:00Z',
        priority: 'high',
      },
    }),
};
async function say(canvas: HTMLElement, line: string): Promise<void> {
  const element = elementIn(canvas);
  await element.updateComplete;
  const root = element.shadowRoot;
  const input = root?.querySelector<HTMLInputElement>('#line');
  if (!root || !input) throw new Error('The story shows no line');
  input.value = line;
  input.dispatchEvent(new InputEvent('input', { bubbles: true }));
  while (root.querySelectorAll('.understood > li').length < 4) {
    await new Promise(requestAnimationFrame);
  }
}

/** One line fills in the rest; what was understood can be corrected or taken back. */
export const InOneLine: StoryObj = {
  render: () => shown({}),
  play: ({ canvasElement }) => say(canvasElement, 'call Cecil Langer tomorrow 3pm !high'),
};
export const InOneLineChinese: StoryObj = {
  render: () => shown({ locale: 'zh-TW', className: 'narrow' }),
  play: ({ canvasElement }) =>
    say(canvasElement, '明天下午三點打電話給 Cecil Langer 討論 Wingtip Toys !高'),
};
/** Who is called is not known yet, and can be made: by the host, who hears `activity-create-record`, or by the provider. */
export const NewContact: StoryObj = {
  render: () =>
    shown({
      type: 'phonecall',
      provider: createMemoryProvider({
        ...data,
        now: clock.now,
        createRecords: ['contact', 'account'],
      }),
    }),
  play: async ({ canvasElement }) => {
    const element = elementIn(canvasElement);
    await element.updateComplete;
    const root = element.shadowRoot;
    const input = root?.querySelector<HTMLInputElement>('#field-parties-to');
    if (!root || !input) throw new Error('The story shows no field for who is called');
    input.focus();
    input.value = 'Anastasia';
    input.dispatchEvent(new InputEvent('input', { bubbles: true }));
    while (root.querySelectorAll('[role="option"]').length < 2) {
      await new Promise(requestAnimationFrame);
    }
  },
};
/** *Save and close* was pressed before what is needed was filled in. */
export const HeldUp: StoryObj = {
  render: () => shown({ type: 'phonecall' }),
  play: ({ canvasElement }) => save(canvasElement),
};
/** The server refused it: what was typed stays, and the field says why. */
export const Refused: StoryObj = {
  render: () =>
    shown({
      provider: {
        ...fullSource(),
        create: () =>
          Promise.reject({
            ...failure('validation'),
            fields: { phoneNumber: 'Two digits seem to be missing for the Netherlands.' },
          }),
      },
      draft: {
        type: 'phonecall',
        subject: 'About the pallets',
        regarding: wingtip,
        fields: { phoneNumber: '+31 10 555 01' },
      },
    }),
  play: ({ canvasElement }) => save(canvasElement),
};
/** The user may create none: it says so. */
export const Denied: StoryObj = {
  render: () =>
    shown({
      provider: {
        ...fullSource(),
        capabilities: () =>
          Promise.resolve({ acts: { create: { reason: 'no-licence-or-role' as const } } }),
      },
    }),
};
/** Who the user is is not known yet; that holds up nobody. */
export const Loading: StoryObj = {
  tags: ['loading'],
  render: () =>
    shown({
      provider: {
        ...fullSource(),
        ...waitingSource(),
        session: () => new Promise(() => undefined),
      },
    }),
};
export const Narrow: StoryObj = {
  render: () => shown({ type: 'appointment', record: cecil, className: 'narrow' }),
};
export const Dark: StoryObj = {
  render: () => shown({ type: 'phonecall', record: wingtip, className: 'dark' }),
};
export const Chinese: StoryObj = {
  render: () => shown({ type: 'phonecall', record: wingtip, locale: 'zh-TW' }),
};
export const RightToLeft: StoryObj = {
  render: () => shown({ type: 'appointment', record: cecil, locale: 'ar', dir: 'rtl' }),
};

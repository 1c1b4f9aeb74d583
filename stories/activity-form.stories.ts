import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, type TemplateResult } from 'lit';
import '../src/define/activity-context.js';
import '../src/define/activity-form.js';
import type { ActivityContext } from '../src/elements/activity-context/activity-context.js';
import type { ActivityForm } from '../src/elements/activity-form/activity-form.js';
import { registerMessages } from '../src/i18n/locale.js';
import { zhTW } from '../src/i18n/zh-TW.js';
import type { Activity } from '../src/model/activity.js';
import { toInstant } from '../src/model/time.js';
import { failure } from '../src/provider/failure.js';
import type { ActivityPreferences } from '../src/provider/preferences.js';
import type { ActivityDataProvider } from '../src/provider/provider.js';
import type { CustomFields } from '../src/ui/fields/custom-field.js';
import { TIME_ZONE, clock, data, fullSource, sourceOf } from './support/sources.js';

registerMessages('zh-TW', zhTW);

interface Shown {
  activity?: Activity;
  provider?: ActivityDataProvider;
  mode?: 'inline' | 'dialog';
  locale?: string;
  className?: string;
  dir?: 'ltr' | 'rtl';
  customFields?: CustomFields;
  preferences?: ActivityPreferences;
}

function shown(options: Shown): TemplateResult {
  const { activity = task, provider = fullSource(), mode = 'inline', className = '' } = options;
  return html`<style>
      .stage.form {
        box-sizing: border-box;
        block-size: 700px;
        padding: 16px;
        background: light-dark(#f5f5f5, #141414);
      }
      .stage.form.narrow {
        inline-size: 320px;
        padding: 0;
      }
      .stage.form.dark {
        color-scheme: dark;
      }
      .stage activity-form {
        block-size: 100%;
      }
    </style>
    <div class="stage form ${className}" dir=${options.dir ?? 'ltr'}>
      <activity-context
        .provider=${provider}
        .clock=${clock}
        .locale=${options.locale}
        .customFields=${options.customFields}
        .preferences=${options.preferences}
        time-zone=${TIME_ZONE}
      >
        <activity-form
          .activityId=${activity.id}
          .mode=${mode}
          ?open=${mode === 'dialog'}
        ></activity-form>
      </activity-context>
    </div>`;
}

function find(is: (activity: Activity) => boolean): Activity {
  const found = data.activities.find(is);
  if (!found) throw new Error('The demo’s data has no such activity');
  return found;
}

const task = find(({ subject }) => subject === 'Send revised quote with volume discount');
const visit = find(({ subject }) => subject === 'Site visit: warehouse Rotterdam');
const call = find(({ subject }) => subject.startsWith('Call back about the delivery'));

/** Every second Monday and Wednesday. */
const series = (() => {
  const [id, zone] = ['demo-series', TIME_ZONE];
  const rule = 'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE;COUNT=8';
  const times = { start: '2026-11-23T01:00:00Z', end: '2026-11-23T02:00:00Z' };
  const draft = { type: 'appointment', subject: 'Product demo', ...times } as const;
  const master: Activity = {
    ...draft,
    id,
    state: 'scheduled',
    series: { id, role: 'master', rule, zone },
  };
  const first: Activity = {
    ...master,
    id: `${id}-1`,
    series: { id, role: 'occurrence', originalStart: times.start },
  };
  const write = { locale: 'en', timeZone: zone, idempotencyKey: id };
  return { id, draft: { ...draft, series: master.series }, write, first, rows: [master, first] };
})();

const ROOMS: CustomFields = {
  'fields.location': {
    render: ({ value, label, readOnly, container, change }) => {
      const select = document.createElement('select');
      select.ariaLabel = label;
      select.disabled = readOnly;
      const rooms = new Set(['Amsterdam', 'Berlin', 'Taipei', ...(value ? [String(value)] : [])]);
      select.append(...[...rooms].map((room) => new Option(room, room, false, room === value)));
      select.addEventListener('change', () => change(select.value));
      container.append(select);
      return () => select.remove();
    },
    validate: (value) => (value === 'Taipei' ? 'Taipei is booked until noon.' : undefined),
  },
};

const meta: Meta<ActivityForm> = {
  title: 'Elements/Form',
  component: 'activity-form',
};
export default meta;

/** In the page. */
export const Default: StoryObj = { render: () => shown({}) };
export const Appointment: StoryObj = { render: () => shown({ activity: visit }) };
export const PhoneCall: StoryObj = { render: () => shown({ activity: call }) };
/** A control of the host's own, with a rule of its own: rooms to choose from instead of a text. */
export const CustomField: StoryObj = {
  render: () => shown({ activity: visit, customFields: ROOMS }),
};
export const InDialog: StoryObj = { render: () => shown({ mode: 'dialog' }) };
/** Dialogs stack: those below step back. */
export const Stacked: StoryObj = {
  render: () => shown({ mode: 'dialog', activity: visit }),
  play: async ({ canvasElement }) => {
    const context = canvasElement.querySelector<ActivityContext>('activity-context');
    await context?.querySelector('activity-form')?.updateComplete;
    await context?.open(call);
    await context?.updateComplete;
    await context?.open(task);
    await context?.updateComplete;
  },
};
/** One of a series: how often it repeats, in words and by its next dates. */
export const Repeating: StoryObj = {
  render: () => {
    const provider = sourceOf([]);
    void provider.create(series.id, series.draft, series.write);
    return shown({ provider, activity: { ...visit, id: series.id } });
  },
};
/** In Traditional Chinese, narrow and dark; asked for which of them it is meant. */
export const RepeatingWhich: StoryObj = {
  render: () =>
    shown({
      provider: sourceOf(series.rows),
      activity: series.first,
      locale: 'zh-TW',
      className: 'narrow dark',
    }),
  play: async ({ canvasElement }) => {
    const form = canvasElement.querySelector('activity-form');
    await form?.updateComplete;
    const subject = form?.shadowRoot?.querySelector<HTMLInputElement>('#field-subject');
    if (!form || !subject) return;
    subject.value = '產品展示';
    subject.dispatchEvent(new InputEvent('input', { bubbles: true }));
    await form.updateComplete;
    form.shadowRoot?.querySelector<HTMLElement>('[part~=save]')?.click();
  },
};
/** Somebody typed; *Escape* would lose it. */
export const Leaving: StoryObj = {
  render: () => shown({ mode: 'dialog', provider: sourceOf([task]) }),
  play: async ({ canvasElement }) => {
    const form = canvasElement.querySelector('activity-form');
    const root = form?.shadowRoot;
    await form?.updateComplete;
    while (!root?.querySelector('#field-subject')) {
      await new Promise((done) => requestAnimationFrame(done));
    }
    const subject = root.querySelector<HTMLInputElement>('#field-subject');
    if (subject) subject.value = 'Send the quote once more';
    subject?.dispatchEvent(new InputEvent('input', { bubbles: true }));
    root.querySelector<HTMLElement>('[part~=close]')?.click();
    await form?.updateComplete;
  },
};
/** What was typed ten minutes ago in a page that is no more is offered again. */
export const DraftFound: StoryObj = {
  render: () => {
    const patch = { subject: 'Send revised quote with the discount for two hundred' };
    const at = toInstant(clock.now() - 600_000);
    const kept = [{ form: 'before', at, type: task.type, patch }];
    return shown({
      preferences: {
        read: (key) => Promise.resolve(key === `form.draft:${task.id}` ? kept : undefined),
        write: () => Promise.resolve(),
        forget: () => Promise.resolve(),
      },
    });
  },
};
const email: Activity = {
  ...task,
  id: 'offer',
  type: 'email',
  subject: 'Offer for the third hall',
  state: 'open',
  statusReason: 'draft',
  description: 'Attached is what we talked about.',
  parties: [{ role: 'to', address: 'c.langer@wingtiptoys.example' }],
};
/** A draft, where the source sends: held for the undo time, in which it can be taken back. */
export const EmailToSend: StoryObj = {
  render: () => {
    const provider = sourceOf([email]);
    return shown({
      activity: email,
      provider: {
        ...provider,
        send: (id, options) =>
          provider.transition(id, { state: 'completed', reason: 'sent' }, options),
      },
    });
  },
};
/** Where the source cannot send, a draft is saved, or logged as sent; who completes it is asked which, and how it went. */
export const EmailToLog: StoryObj = {
  render: () => shown({ activity: email, provider: sourceOf([email]) }),
  play: async ({ canvasElement }) => {
    const form = canvasElement.querySelector('activity-form');
    const root = form?.shadowRoot;
    await form?.updateComplete;
    const complete = (): HTMLElement | undefined =>
      [...(root?.querySelectorAll<HTMLElement>('[part~=button]') ?? [])].find(
        ({ innerText }) => innerText.trim() === 'Complete',
      );
    while (!complete()) await new Promise((done) => requestAnimationFrame(done));
    complete()?.click();
    await form?.updateComplete;
  },
};
/** Closed activities are read-only. */
export const Closed: StoryObj = {
  render: () =>
    shown({ activity: find(({ state, type }) => state === 'completed' && type === 'phonecall') }),
};
/** The user may read it and no more. */
export const Denied: StoryObj = {
  render: () =>
    shown({
      provider: {
        ...fullSource(),
        capabilities: () =>
          Promise.resolve({
            acts: {
              edit: { reason: 'no-licence-or-role' },
              complete: { reason: 'no-licence-or-role' },
              cancel: { reason: 'own-application' },
            },
          }),
      },
    }),
};
/** Opened by a link to something that is not there any more. */
export const NotFound: StoryObj = {
  render: () => shown({ activity: { ...task, id: 'gone' } }),
};
export const Loading: StoryObj = {
  tags: ['loading'],
  render: () => shown({ provider: { ...fullSource(), get: () => new Promise(() => undefined) } }),
};
export const Failed: StoryObj = {
  render: () =>
    shown({ provider: { ...fullSource(), get: () => Promise.reject(failure('network')) } }),
};
export const Narrow: StoryObj = { render: () => shown({ activity: visit, className: 'narrow' }) };
export const Dark: StoryObj = { render: () => shown({ activity: call, className: 'dark' }) };
export const Chinese: StoryObj = { render: () => shown({ activity: call, locale: 'zh-TW' }) };
export const RightToLeft: StoryObj = {
  render: () => shown({ activity: visit, locale: 'ar', dir: 'rtl' }),
};
/** Long words, no subject, a type nobody knows, a date that is none. */
export const Awkward: StoryObj = {
  render: () => {
    const broken = {
      ...call,
      id: 'broken',
      type: 'site-visit',
      subject:
        'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft '.repeat(
          2,
        ),
      due: 'soon',
      regarding: { kind: 'account', id: 'x' },
    } as Activity;
    return shown({ activity: broken, provider: sourceOf([broken]) });
  },
};

import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, type TemplateResult } from 'lit';
import '../src/define/activity-context.js';
import '../src/define/activity-form.js';
import type { ActivityForm } from '../src/elements/activity-form/activity-form.js';
import { registerMessages } from '../src/i18n/locale.js';
import { zhTW } from '../src/i18n/zh-TW.js';
import type { Activity } from '../src/model/activity.js';
import { failure } from '../src/provider/failure.js';
import type { ActivityDataProvider } from '../src/provider/provider.js';
import { NOW, TIME_ZONE, clock, data, sourceOf } from './support/sources.js';

registerMessages('zh-TW', zhTW);

const mail: Activity = {
  id: 'quote',
  type: 'email',
  subject: 'Quote v2 with volume discount',
  description: '<p>Please find our <b>second offer</b> attached.</p>',
  descriptionFormat: 'html',
  state: 'open',
  statusReason: 'draft',
  owner: data.user,
  regarding: null,
  createdAt: '2026-11-20T09:00:00Z',
  createdBy: data.user,
  attachments: [
    { id: '1', name: 'quote-v2.pdf', mediaType: 'application/pdf', bytes: 482_113 },
    { id: '2', name: 'glass-door.jpg', mediaType: 'image/jpeg', bytes: 1_204_551 },
  ],
};

/** One file goes on for ever, one fails, the rest is refused. */
function source(): ActivityDataProvider {
  const provider = sourceOf([mail]);
  return {
    ...provider,
    capabilities: async (call) => ({
      ...(await provider.capabilities(call)),
      attachments: {
        maxBytes: 5_242_880,
        measure: 'base64',
        blockedExtensions: ['exe', 'js', 'svg'],
      },
    }),
    attachments: {
      ...provider.attachments,
      upload: (_id, { name }, { onProgress }) => {
        if (name.startsWith('plan')) return Promise.reject(failure('network'));
        onProgress?.(45, 100);
        return new Promise(() => undefined);
      },
    },
  };
}

interface Shown {
  locale?: string;
  className?: string;
  dir?: 'ltr' | 'rtl';
}

function shown({ locale, className = '', dir = 'ltr' }: Shown): TemplateResult {
  return html`<style>
      .stage.files {
        box-sizing: border-box;
        block-size: 1560px;
        padding: 16px;
        background: light-dark(#f5f5f5, #141414);
      }
      .stage.files.narrow {
        inline-size: 320px;
        padding: 0;
      }
      .stage.files.dark {
        color-scheme: dark;
      }
      .stage activity-form {
        block-size: 100%;
      }
    </style>
    <div class="stage files ${className}" dir=${dir}>
      <activity-context
        .provider=${source()}
        .clock=${clock}
        .locale=${locale}
        time-zone=${TIME_ZONE}
      >
        <activity-form mode="inline" .activityId=${mail.id}></activity-form>
      </activity-context>
    </div>`;
}

async function attach(canvas: HTMLElement): Promise<void> {
  const form = canvas.querySelector<ActivityForm>('activity-form');
  const input = (): HTMLInputElement | null | undefined =>
    form?.shadowRoot?.querySelector('input[type=file]');
  while (!input()) await new Promise((done) => requestAnimationFrame(done));
  const files = new DataTransfer();
  const stamp = { lastModified: NOW };
  files.items.add(new File(['x'.repeat(2_400_000)], 'floor plans.dwg', stamp));
  files.items.add(new File(['x'.repeat(80_000)], 'plan B.xlsx', stamp));
  files.items.add(new File(['x'], 'invoice.pdf.exe', stamp));
  files.items.add(new File([], 'empty.txt', stamp));
  const chosen = input();
  if (!chosen) return;
  chosen.files = files.files;
  chosen.dispatchEvent(new Event('change'));
  await form?.updateComplete;
}

const meta: Meta<ActivityForm> = {
  title: 'Elements/Form/Attachments',
  component: 'activity-form',
};
export default meta;

/** Attached, on its way, failed, and refused before anything is sent. */
export const Attachments: StoryObj = {
  render: () => shown({}),
  play: ({ canvasElement }) => attach(canvasElement),
};
export const NarrowChineseDark: StoryObj = {
  render: () => shown({ locale: 'zh-TW', className: 'narrow dark' }),
  play: ({ canvasElement }) => attach(canvasElement),
};
export const RightToLeft: StoryObj = {
  render: () => shown({ locale: 'ar', dir: 'rtl' }),
  play: ({ canvasElement }) => attach(canvasElement),
};

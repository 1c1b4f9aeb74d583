import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, type TemplateResult } from 'lit';
import '../src/define/activity-context.js';
import '../src/define/activity-form.js';
import '../src/define/editor.js';
import type { ActivityEditor } from '../src/elements/activity-editor/activity-editor.js';
import { registerMessages } from '../src/i18n/locale.js';
import { zhTW } from '../src/i18n/zh-TW.js';
import type { Activity } from '../src/model/activity.js';
import { TIME_ZONE, clock, data, sourceOf } from './support/sources.js';

registerMessages('zh-TW', zhTW);

const TEXT =
  '<p>Dear Ana,</p><p>please find our <strong>second offer</strong>:</p><ul><li><p>80 glass doors</p></li><li><p>delivery in <em>two</em> parts</p></li></ul><blockquote><p>Could you do 12 %?</p></blockquote><p>See <a href="https://example.com">the drawings</a>.</p><table><tbody><tr><td>Doors</td><td>64,000</td></tr></tbody></table>';

const meta: Meta<ActivityEditor> = {
  title: 'Elements/Editor',
  component: 'activity-editor',
};
export default meta;

function alone(scheme: 'light' | 'dark', locale?: string, dir?: 'rtl'): TemplateResult {
  return html`<style>
      .stage.editor {
        max-inline-size: 640px;
        padding: 16px;
        background: light-dark(#fff, #1f1f1f);
      }
      .stage.editor.dark {
        color-scheme: dark;
      }
    </style>
    <div class="stage editor ${scheme}" dir=${dir ?? 'ltr'}>
      <activity-editor label="Description" .locale=${locale} .value=${TEXT}></activity-editor>
    </div>`;
}

export const Default: StoryObj = { render: () => alone('light') };
export const DarkChinese: StoryObj = { render: () => alone('dark', 'zh-TW') };
export const RightToLeft: StoryObj = { render: () => alone('light', 'ar', 'rtl') };

/** A form takes it by itself for a text in HTML. */
export const InForm: StoryObj = {
  render: () => {
    const mail: Activity = {
      id: 'quote',
      type: 'email',
      subject: 'Quote v2 with volume discount',
      description: TEXT,
      descriptionFormat: 'html',
      state: 'open',
      statusReason: 'draft',
      owner: data.user,
      regarding: null,
    };
    return html`<activity-context
      .provider=${sourceOf([mail])}
      .clock=${clock}
      time-zone=${TIME_ZONE}
    >
      <activity-form mode="inline" .activityId=${mail.id}></activity-form>
    </activity-context>`;
  },
};

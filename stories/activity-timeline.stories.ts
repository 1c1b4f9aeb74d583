import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, type TemplateResult } from 'lit';
import '../src/define/activity-context.js';
import '../src/define/activity-form.js';
import '../src/define/activity-quick-create.js';
import '../src/define/activity-timeline.js';
import { registerMessages } from '../src/i18n/locale.js';
import { zhTW } from '../src/i18n/zh-TW.js';
import type { ActivityDataProvider } from '../src/provider/provider.js';
import type { RecordRef } from '../src/model/activity.js';
import {
  TIME_ZONE,
  clock,
  emptySource,
  failingSource,
  fullSource,
  recordNamed,
  sourceOf,
  waitingSource,
} from './support/sources.js';

registerMessages('zh-TW', zhTW);

interface Shown {
  provider: ActivityDataProvider;
  record?: RecordRef | undefined;
  locale?: string;
  className?: string;
  dir?: 'ltr' | 'rtl';
}

const wingtip = recordNamed('Wingtip Toys');

function shown({ provider, record = wingtip, locale, className = '', dir }: Shown): TemplateResult {
  return html`<div class="stage ${className}" dir=${dir ?? 'ltr'}>
    <activity-context
      .provider=${provider}
      .clock=${clock}
      .locale=${locale}
      time-zone=${TIME_ZONE}
    >
      <activity-timeline .record=${record}></activity-timeline>
    </activity-context>
  </div>`;
}

const meta: Meta = {
  title: 'Elements/Timeline',
  component: 'activity-timeline',
};
export default meta;

export const Default: StoryObj = { render: () => shown({ provider: fullSource() }) };
export const Empty: StoryObj = { render: () => shown({ provider: emptySource() }) };
export const Loading: StoryObj = {
  tags: ['loading'],
  render: () => shown({ provider: waitingSource() }),
};
export const Failed: StoryObj = { render: () => shown({ provider: failingSource('network') }) };
export const Narrow: StoryObj = {
  render: () => shown({ provider: fullSource(), className: 'w320' }),
};
export const Dark: StoryObj = {
  render: () => shown({ provider: fullSource(), className: 'dark' }),
};
export const Chinese: StoryObj = {
  render: () =>
    shown({
      provider: fullSource(),
      locale: 'zh-TW',
      record: recordNamed('永豐貿易股份有限公司'),
    }),
};
export const RightToLeft: StoryObj = {
  render: () => shown({ provider: fullSource(), locale: 'ar', dir: 'rtl' }),
};
/** Words without end, HTML, nothing at all: what people and machines put into fields. */
export const LongAndBroken: StoryObj = {
  render: () =>
    shown({
      provider: sourceOf([
        {
          id: '1',
          type: 'email',
          subject:
            'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft'.repeat(
              3,
            ),
          description: '<p>Dear <b>Cecil</b>,</p><script>alert(1)</script><p>thank you.</p>',
          descriptionFormat: 'html',
          state: 'completed',
          statusReason: 'sent',
          regarding: wingtip,
          modifiedAt: '2026-11-23T08:00:00Z',
        },
        {
          id: '2',
          type: 'site-visit',
          subject: '',
          state: 'open',
          regarding: wingtip,
          due: '2026-02-31',
        },
      ]),
    }),
};

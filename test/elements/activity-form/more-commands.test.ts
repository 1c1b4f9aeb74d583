import { expect, html, oneEvent } from '@open-wc/testing';
import '../../../src/define/activity-context.js';
import '../../../src/define/activity-form.js';
import '../../../src/define/activity-timeline.js';
import type { Activity } from '../../../src/model/activity.js';
import type { ActivityContext } from '../../../src/elements/activity-context/activity-context.js';
import { deepActiveElement } from '../../../src/ui/deep-focus.js';
import { activity, inContext, memory, wingtip } from '../../support/fixtures.js';
import { FormPage, textOf } from '../../support/form.js';
import { waitUntil } from '../../support/until.js';

async function opened(row: Activity, others: readonly Activity[] = []) {
  const provider = memory([row, ...others]);
  const context = (await inContext(
    provider,
    html`<activity-form .activityId=${row.id} open></activity-form>`,
  )) as ActivityContext;
  const element = context.querySelector('activity-form');
  if (!element) throw new Error('no form');
  const page = await new FormPage(element).isReady();
  const more = async (name: string): Promise<void> => {
    page.button(`More for ${row.subject}`).click();
    const item = (): HTMLElement | undefined =>
      page.all('[role=menuitem]').find((one) => textOf(one).startsWith(name));
    await waitUntil(item, `the menu offers ${name}`);
    item()?.click();
  };
  const notices = (): string => textOf(context.shadowRoot?.querySelector('[part~=notices]'));
  return { provider, context, element, page, more, notices };
}

describe('what else a form can do', () => {
  it('leads to the owner to assign it', async () => {
    const { page, more } = await opened(activity({ subject: 'Call' }));
    await more('Assign');
    await waitUntil(() => deepActiveElement() === page.input('Owner'), 'the owner has the focus');
  });

  it('copies the link that the host gives it', async () => {
    const copied: string[] = [];
    const own = Object.getOwnPropertyDescriptor(navigator, 'clipboard');
    const clipboard = {
      writeText: (text: string) => {
        copied.push(text);
        return Promise.resolve();
      },
    };
    Object.defineProperty(navigator, 'clipboard', { configurable: true, value: clipboard });
    try {
      const { context, more, notices } = await opened(activity({ id: 'a-1', subject: 'Call' }));
      context.hrefFor = (target) =>
        'activity' in target ? `/activities/${target.activity.id}` : undefined;
      await context.updateComplete;
      await more('Copy link');
      await waitUntil(() => notices().includes('Link copied'), 'it is told');
      expect(copied).to.deep.equal([new URL('/activities/a-1', document.baseURI).href]);
    } finally {
      if (own) Object.defineProperty(navigator, 'clipboard', own);
      else Reflect.deleteProperty(navigator, 'clipboard');
    }
  });

  it('deletes, closes, and brings it back by Undo', async () => {
    const { provider, context, element, more, notices } = await opened(
      activity({ subject: 'Call' }),
    );
    const closed = oneEvent(element, 'close');
    await more('Delete');
    await closed;
    await waitUntil(() => notices().includes('deleted'), 'it is told');
    context.shadowRoot?.querySelector<HTMLElement>('.notice-action')?.click();
    const call = { locale: 'en', timeZone: 'UTC', signal: new AbortController().signal };
    await waitUntil(async () => {
      const answer = await provider.query({}, call);
      return ('rows' in answer ? answer.rows : answer).length === 1;
    }, 'it is there again');
  });

  it('shows the history of what it is about', async () => {
    const before = activity({ subject: 'Before', regarding: wingtip, state: 'completed' });
    const { page } = await opened(activity({ subject: 'Now', regarding: wingtip }), [before]);
    page
      .all('[role=tab]')
      .find((tab) => textOf(tab) === 'History')
      ?.click();
    const history = (): string =>
      textOf(page.root.querySelector('activity-timeline')?.shadowRoot?.querySelector('.feed'));
    await waitUntil(() => history().includes('Before'), 'its history is there');
  });
});

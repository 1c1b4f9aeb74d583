import { expect, html, oneEvent, waitUntil } from '@open-wc/testing';
import '../../src/define/activity-context.js';
import '../../src/define/activity-form.js';
import '../../src/define/activity-quick-create.js';
import type { ActivityContext } from '../../src/elements/activity-context/activity-context.js';
import { activity, inContext, memory, wingtip } from '../support/fixtures.js';

const row = activity({ subject: 'Send the quote' });

function dialogs(context: ActivityContext): string[] {
  const opened = context.shadowRoot?.querySelectorAll('activity-form, activity-quick-create') ?? [];
  return [...opened].flatMap((element) => {
    const dialog = element.shadowRoot?.querySelector('dialog');
    return dialog?.open ? [element.localName] : [];
  });
}

describe('activity-context', () => {
  let context: ActivityContext;
  beforeEach(async () => {
    context = (await inContext(memory([row]), html`<p>A page</p>`)) as ActivityContext;
  });

  it('offers a draft to fill in for a button of the host’s own', async () => {
    const asked = oneEvent(context, 'activity-compose');
    void context.compose({ type: 'task', regarding: wingtip });
    const { detail } = await asked;
    expect(detail).to.deep.equal({ draft: { type: 'task', regarding: wingtip } });
    await waitUntil(() => dialogs(context).includes('activity-quick-create'), 'quick create');
  });

  it('shows an activity for a link of the host’s own', async () => {
    const asked = oneEvent(context, 'activity-open');
    void context.open(row);
    const { detail } = await asked;
    expect(detail).to.deep.equal({ activity: row });
    await waitUntil(() => dialogs(context).includes('activity-form'), 'form');
  });

  it('shows nothing where the host takes it', async () => {
    context.addEventListener('activity-compose', (event) => event.preventDefault());
    context.addEventListener('activity-open', (event) => event.preventDefault());
    await context.compose({ type: 'task' });
    await context.open(row);
    await context.updateComplete;
    expect(dialogs(context)).to.deep.equal([]);
  });
});

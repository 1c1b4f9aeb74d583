import { expect, oneEvent } from '@open-wc/testing';
import { html } from 'lit';
import '../../../src/define/activity-context.js';
import '../../../src/define/activity-quick-create.js';
import type { ActivityQuickCreate } from '../../../src/elements/activity-quick-create/activity-quick-create.js';
import type { Activity } from '../../../src/model/activity.js';
import { memoryPreferences } from '../../../src/elements/base/preferences.js';
import type { ActivityDataProvider } from '../../../src/provider/provider.js';
import { cecil, inContext, memory } from '../../support/fixtures.js';
import { FormPage, textOf } from '../../support/form.js';
import { waitUntil } from '../../support/until.js';

const CALL = { locale: 'en', timeZone: 'UTC' };
const EMAIL = { type: 'email', subject: 'Offer' } as const;

async function opened(
  provider: ActivityDataProvider,
  properties: Partial<ActivityQuickCreate>,
): Promise<FormPage<ActivityQuickCreate>> {
  const context = await inContext(
    provider,
    html`<activity-quick-create without-line .undoSeconds=${0}></activity-quick-create>`,
  );
  const element = context.querySelector('activity-quick-create');
  if (!element) throw new Error('no quick create');
  Object.assign(element, properties);
  return new FormPage(element).isReady();
}

async function rowsOf(provider: ActivityDataProvider): Promise<readonly Activity[]> {
  const answer = await provider.query({}, CALL);
  return 'rows' in answer ? answer.rows : answer;
}

describe('quick create of an email', () => {
  it('sends it where the source can, with an address, and asks the host first', async () => {
    const inner = memory([]);
    const provider: ActivityDataProvider = {
      ...inner,
      send: (id, options) => inner.transition(id, { state: 'completed', reason: 'sent' }, options),
    };
    const form = await opened(provider, { draft: EMAIL });
    await waitUntil(() => form.hasButton('Send'), 'it can be sent');
    form.button('Send').click();
    await form.element.updateComplete;
    expect(form.errorOf('To')).to.equal('To is needed.');
    expect(await rowsOf(provider)).to.deep.equal([]);

    form.element.draft = { ...EMAIL, parties: [{ role: 'to', record: cecil }] };
    await waitUntil(() => form.chosen('To').length === 1, 'it goes to somebody');
    const asked = oneEvent(form.element, 'activity-send');
    form.button('Send').click();
    await asked;
    await waitUntil(async () => (await rowsOf(provider))[0]?.statusReason === 'sent', 'it is sent');
    expect(await rowsOf(provider)).to.have.length(1);
  });

  it('is a draft where the source cannot send', async () => {
    const form = await opened(memory([]), { draft: EMAIL });
    expect(form.hasButton('Send')).to.equal(false);
  });
});

describe('a field for records', () => {
  it('offers first what was chosen last', async () => {
    const preferences = memoryPreferences();
    const provider = memory([]);
    const options = (form: FormPage): string[] =>
      form.all('[role=option] .lookup-name').map(textOf);
    const form = await opened(provider, { draft: { type: 'task' }, preferences });
    const open = async (): Promise<void> => {
      const input = form.input('Regarding');
      input.focus();
      input.click();
      await waitUntil(() => options(form).length > 1, 'there are records');
    };
    await open();
    const before = options(form);
    const last = before.at(-1) ?? '';
    form.all('[role=option]').at(-1)?.click();
    await form.element.updateComplete;
    expect(form.chosen('Regarding')).to.deep.equal([last]);
    await waitUntil(
      async () => (await preferences.read('form.recent')) !== undefined,
      'it is kept',
    );
    form.all('.pill-remove')[0]?.click();
    await form.element.updateComplete;
    await open();
    expect(options(form)).to.deep.equal([last, ...before.slice(0, -1)]);
  });
});

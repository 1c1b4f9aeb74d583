import { expect, oneEvent } from '@open-wc/testing';
import { html } from 'lit';
import '../../../src/define/activity-context.js';
import '../../../src/define/activity-form.js';
import type { ActivityForm } from '../../../src/elements/activity-form/activity-form.js';
import type { Activity } from '../../../src/model/activity.js';
import { failure } from '../../../src/provider/failure.js';
import type { ActivityDataProvider } from '../../../src/provider/provider.js';
import type { Timers } from '../../../src/store/clock.js';
import { storeFor } from '../../../src/store/store-for.js';
import { activity, cecil, clock, inContext, memory } from '../../support/fixtures.js';
import { FormPage, textOf } from '../../support/form.js';
import { waitUntil } from '../../support/until.js';

/** Seconds. */
const UNDO = 7;

const CALL = { locale: 'en', timeZone: 'UTC' };

const draft = (more: Partial<Activity> = {}): Activity =>
  activity({
    type: 'email',
    subject: 'Offer',
    statusReason: 'draft',
    description: 'Words',
    parties: [{ role: 'to', record: cecil }],
    ...more,
  });

interface Stage {
  readonly form: FormPage<ActivityForm>;
  readonly provider: ActivityDataProvider;
  /** How often the provider was asked to send. */
  readonly sent: string[];
  /** Lets the undo time pass. */
  pass(): void;
  notices(): string[];
}

async function stage(row: Activity, send?: 'works' | 'fails'): Promise<Stage> {
  const inner = memory([row]);
  const sent: string[] = [];
  const provider: ActivityDataProvider = {
    ...inner,
    ...(send && {
      send: (id, options) => {
        sent.push(id);
        return send === 'fails'
          ? Promise.reject(failure('forbidden'))
          : inner.transition(id, { state: 'completed', reason: 'sent' }, options);
      },
    }),
  };
  const held: (() => void)[] = [];
  const timers: Timers = {
    random: () => 0.5,
    after: (milliseconds, run) => {
      if (milliseconds === UNDO * 1000) {
        held.push(run);
        return () => void held.splice(held.indexOf(run), 1);
      }
      const timer = setTimeout(run, milliseconds);
      return () => clearTimeout(timer);
    },
  };
  storeFor(provider, { clock, timers });
  const context = await inContext(
    provider,
    html`<activity-form
      mode="dialog"
      open
      .undoSeconds=${UNDO}
      .activityId=${row.id}
    ></activity-form>`,
  );
  const element = context.querySelector('activity-form');
  if (!element) throw new Error('no form');
  const form = await new FormPage(element).isReady();
  return {
    form,
    provider,
    sent,
    pass: () => held.splice(0).forEach((run) => run()),
    notices: () => [...(context.shadowRoot?.querySelectorAll('.notice') ?? [])].map(textOf),
  };
}

describe('an email that is written', () => {
  it('is saved with what was edited and sent after the undo time, asked of the host before', async () => {
    const row = draft();
    const { form, provider, sent, pass, notices } = await stage(row, 'works');
    await form.enter('Subject', 'Final offer');
    const asked = oneEvent(form.element, 'activity-send');
    form.button('Send').click();
    await asked;
    await waitUntil(() => notices().join().includes('Final offer is being sent'));
    expect(sent).to.deep.equal([]);
    expect((await provider.get?.(row.id, CALL))?.state).to.equal('open');
    pass();
    await waitUntil(() => sent.length === 1);
    await waitUntil(async () => (await provider.get?.(row.id, CALL))?.state === 'completed');
    expect((await provider.get?.(row.id, CALL))?.subject).to.equal('Final offer');
  });

  it('is not sent when the user takes it back', async () => {
    const row = draft();
    const { form, sent, pass, notices } = await stage(row, 'works');
    form.button('Send').click();
    await waitUntil(() => notices().length > 0);
    const undo = form.element
      .closest('activity-context')
      ?.shadowRoot?.querySelector<HTMLElement>('.notice-action');
    expect(textOf(undo)).to.equal('Undo');
    undo?.click();
    pass();
    await waitUntil(() => form.isOpen === false);
    expect(sent).to.deep.equal([]);
  });

  it('that could not be sent is told, and is a draft still', async () => {
    const row = draft();
    const { form, pass, notices, provider } = await stage(row, 'fails');
    form.button('Send').click();
    await waitUntil(() => notices().length > 0);
    pass();
    await waitUntil(() => notices().join().includes('Offer was not saved.'));
    expect((await provider.get?.(row.id, CALL))?.statusReason).to.equal('draft');
  });

  it('goes nowhere without an address, and says so there', async () => {
    const { form, sent } = await stage(draft({ parties: [] }), 'works');
    form.button('Send').click();
    await waitUntil(() => form.errorOf('To') === 'To is needed.');
    expect(sent).to.deep.equal([]);
    expect(form.isOpen).to.equal(true);
  });

  it('is logged as sent where nothing can be sent', async () => {
    const { form } = await stage(draft());
    expect(form.hasButton('Send')).to.equal(false);
    expect(form.hasButton('Log as sent')).to.equal(true);
    expect(form.hasButton('Save draft')).to.equal(true);
  });
});

import { expect } from '@open-wc/testing';
import { html } from 'lit';
import '../../../src/define/activity-context.js';
import '../../../src/define/activity-form.js';
import '../../../src/define/activity-quick-create.js';
import type { ActivityForm } from '../../../src/elements/activity-form/activity-form.js';
import type { ActivityQuickCreate } from '../../../src/elements/activity-quick-create/activity-quick-create.js';
import type { Activity, ActivityDraft } from '../../../src/model/activity.js';
import { failure } from '../../../src/provider/failure.js';
import type { MemoryProvider } from '../../../src/provider/memory/memory-provider.js';
import type { ActivityDataProvider } from '../../../src/provider/provider.js';
import { inContext, memory } from '../../support/fixtures.js';
import { FormPage, textOf } from '../../support/form.js';
import { waitUntil } from '../../support/until.js';

const CALL = { locale: 'en', timeZone: 'Europe/Berlin' };
const WRITE = { ...CALL, idempotencyKey: 'made-before' };

/** Mondays, five times. */
const WEEKLY: ActivityDraft = {
  type: 'appointment',
  subject: 'Review',
  start: '2026-11-23T08:00:00Z',
  end: '2026-11-23T09:00:00Z',
  series: { id: '', role: 'master', rule: 'FREQ=WEEKLY;BYDAY=MO;COUNT=5', zone: 'Europe/Berlin' },
};

async function occurrences(provider: ActivityDataProvider): Promise<readonly Activity[]> {
  const question = { sort: [{ field: 'start', direction: 'asc' as const }] };
  const answer = await provider.query(question, CALL);
  return 'rows' in answer ? answer.rows : answer;
}

async function creating(
  provider: ActivityDataProvider,
  draft: ActivityDraft,
): Promise<FormPage<ActivityQuickCreate>> {
  const context = await inContext(
    provider,
    html`<activity-quick-create without-line .draft=${draft}></activity-quick-create>`,
  );
  const element = context.querySelector('activity-quick-create');
  if (!element) throw new Error('no quick create');
  return new FormPage(element).isReady();
}

/** A series of five, and the form of one of its occurrences. */
async function editing(at: number): Promise<{
  readonly form: FormPage<ActivityForm>;
  readonly provider: MemoryProvider;
}> {
  const provider = memory([]);
  await provider.create('m', WEEKLY, WRITE);
  const row = (await occurrences(provider))[at];
  const context = await inContext(
    provider,
    html`<activity-form mode="inline" .activityId=${row?.id}></activity-form>`,
  );
  const element = context.querySelector('activity-form');
  if (!element) throw new Error('no form');
  const form = await new FormPage(element).isReady();
  await waitUntil(() => said(form) !== '', 'its rule is known');
  return { form, provider };
}

/** What the context around it asks. */
function question({ element }: FormPage): FormPage {
  const context = element.closest('activity-context');
  if (!context) throw new Error('no context');
  return new FormPage(context);
}

const said = (form: FormPage): string => form.all('[part=recurrence-words]').map(textOf).join();

describe('an appointment that repeats', () => {
  it('is made in quick create: chosen, said in words with the next dates, and saved', async () => {
    const { series: _series, ...single } = WEEKLY;
    const provider = memory([]);
    const form = await creating(provider, single);
    await form.choose('Repeat', 'Weekly');
    await waitUntil(() => form.labels.includes('Every … weeks'));
    await form.enter('Every … weeks', '2');
    form
      .all<HTMLInputElement>('.weekdays input')
      .find(({ ariaLabel }) => ariaLabel === 'Wednesday')
      ?.click();
    await form.element.updateComplete;
    await form.choose('Ends', 'After a number of times');
    await form.enter('Number of times', '4');
    await waitUntil(() => said(form).includes('Next:'), 'the dates are there');
    expect(said(form)).to.include('Every 2 weeks on Monday and Wednesday, 4 times');
    expect(said(form)).to.match(/23 Nov · .*25 Nov · .*7 Dec · .*9 Dec$/);
    form.button('Save and close').click();
    await waitUntil(async () => (await occurrences(provider)).length === 4, 'four are made');
    const days = (await occurrences(provider)).map(({ start }) => start?.slice(0, 10));
    expect(days).to.deep.equal(['2026-11-23', '2026-11-25', '2026-12-07', '2026-12-09']);
  });

  it('says what cannot be, at its field, and keeps what was typed', async () => {
    const provider = memory([]);
    const form = await creating(provider, WEEKLY);
    await waitUntil(() => form.labels.includes('Number of times'));
    await form.enter('Number of times', '0');
    form.button('Save and close').click();
    await form.element.updateComplete;
    expect(form.errorOf('Number of times')).to.equal('Enter a number from 1 to 730.');
    expect(form.input('Number of times').value).to.equal('0');

    await form.choose('Ends', 'On a date');
    await form.enter('Last day', '2026-11-20');
    expect(form.all('[part=error]').map(textOf)).to.include('The last day lies before the start.');

    form.input('Repeat').focus();
    await form.choose('Repeat', 'Weekly');
    form.all<HTMLInputElement>('.weekdays input:checked')[0]?.click();
    await form.element.updateComplete;
    expect(form.all('[part=error]').map(textOf)).to.include('Choose at least one day of the week.');

    await form.enter('Start', '2026-12-31');
    await form.choose('Repeat', 'Monthly');
    expect(said(form)).to.include('Months without a day 31 are left out.');
    expect(await occurrences(provider)).to.deep.equal([]);
  });

  it('asks for which of them an edit is meant', async () => {
    const { form, provider } = await editing(2);
    expect(said(form)).to.include('Every week on Monday, 5 times');
    await form.enter('Subject', 'Retrospective');
    form.button('Save and close').click();
    await waitUntil(() => question(form).hasButton('This and all later ones'), 'the question');
    question(form).button('This and all later ones').click();
    const subjects = async () => (await occurrences(provider)).map(({ subject }) => subject);
    await waitUntil(async () => (await subjects()).includes('Retrospective'), 'it is saved');
    expect(await subjects()).to.deep.equal([
      'Review',
      'Review',
      'Retrospective',
      'Retrospective',
      'Retrospective',
    ]);
  });

  it('changes nothing where the question is left, and offers no single one for a rule', async () => {
    const { form, provider } = await editing(0);
    await form.choose('Repeat', 'Daily');
    form.button('Save').click();
    await waitUntil(() => question(form).hasButton('All of them'), 'the question');
    expect(question(form).hasButton('Only this one')).to.equal(false);
    question(form).button('Close').click();
    await waitUntil(() => !question(form).hasButton('All of them'), 'it is left');
    expect(await occurrences(provider)).to.have.length(5);
    expect(said(form)).to.include('Every day');
  });

  it('is deleted for all', async () => {
    const { form, provider } = await editing(1);
    form.all('[part~=more]')[0]?.click();
    await form.element.updateComplete;
    form
      .all('[role=menuitem]')
      .find((item) => textOf(item) === 'Delete')
      ?.click();
    await waitUntil(() => question(form).hasButton('All of them'), 'the question');
    question(form).button('All of them').click();
    await waitUntil(async () => (await occurrences(provider)).length === 0, 'all are gone');
  });

  it('is refused at its field where the source has no such rule, and what was typed stays', async () => {
    const source = memory([]);
    const refused = failure('unsupported', '', { fields: { series: '' } });
    const provider = { ...source, create: () => Promise.reject(refused) };
    const form = await creating(provider, WEEKLY);
    form.button('Save and close').click();
    const text = 'This data source can’t do that with what repeats.';
    const told = (): string => form.all('[part=recurrence] [part=error]').map(textOf).join();
    await waitUntil(() => told().includes(text), 'it says so');
    expect(form.input('Subject').value).to.equal('Review');
    await form.choose('Repeat', 'Daily');
    expect(told()).to.equal('');
  });

  it('is not offered where the source makes none, and says so', async () => {
    const source = memory([]);
    const provider = { ...source, capabilities: () => Promise.resolve({}) };
    const { series: _series, ...single } = WEEKLY;
    const form = await creating(provider, single);
    await waitUntil(() => form.input('Repeat').disabled, 'it cannot be chosen');
    expect(textOf(form.field('Repeat'))).to.include('makes no activities that repeat');
  });
});

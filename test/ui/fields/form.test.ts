import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import type { ActivityType } from '../../../src/model/activity-type.js';
import { enterInto, formFor, type TestForm } from './test-form.js';
import { waitUntil } from '../../support/until.js';

const survey: ActivityType = {
  name: 'survey',
  label: { en: 'Survey' },
  plural: { en: 'Surveys' },
  icon: 'survey',
  hue: 'survey',
  states: { open: { reasons: [{ name: 'open', label: 'Open' }], default: 'open' } },
  deadline: 'due',
  required: ['subject'],
  roles: [],
  fields: [
    { name: 'score', label: 'Score', kind: 'number', min: 0, max: 10, required: true },
    { name: 'spent', label: 'Time spent', kind: 'duration' },
    { name: 'site', label: 'Website', kind: 'url' },
    { name: 'phone', label: 'Phone', kind: 'phone', maxLength: 5 },
    { name: 'agreed', label: 'Agreed', kind: 'boolean' },
    {
      name: 'mood',
      label: 'Mood',
      kind: 'choice',
      required: true,
      choices: [
        { value: 'good', label: 'Good' },
        { value: 'bad', label: 'Bad' },
      ],
    },
    {
      name: 'region',
      label: 'Region',
      kind: 'choice',
      choices: ['north', 'east', 'south', 'west', 'abroad'].map((value) => ({
        value,
        label: value,
      })),
    },
  ],
  body: 'text',
};

const active = (element: TestForm): Element | null | undefined => element.shadowRoot?.activeElement;
const leave = async (element: TestForm): Promise<void> => {
  element.all('button').at(-1)?.focus();
  await element.updateComplete;
};

describe('form fields', () => {
  it('are labelled, marked where they are needed, and accessible', async () => {
    const element = await formFor(survey);
    for (const input of element.all('input, select, textarea') as HTMLInputElement[]) {
      const name = input.ariaLabel ?? input.labels?.[0]?.textContent ?? '';
      expect(name.trim(), input.id || input.name).to.not.equal('');
    }
    expect(element.input('subject').getAttribute('aria-required')).to.equal('true');
    expect(element.input('description').hasAttribute('aria-required')).to.equal(false);
    expect(element.input('subject').closest('[part]')?.getAttribute('part')).to.equal('input');
    expect(element.get('[part~="field-subject"]').getAttribute('part')).to.contain('required');
    await expect(element).to.be.accessible();
  });

  it('write what is entered, of each kind', async () => {
    const element = await formFor(survey);
    await element.enter('subject', 'Q3');
    await element.enter('fields.score', '7.5');
    await element.enter('fields.site', 'https://example.com');
    await element.enter('description', 'Went well');
    element.input('fields.agreed').click();
    element.get('input[value="good"]').click();
    element.get('input[value="high"]').click();
    const region = element.get('#field-fields-region') as HTMLSelectElement;
    region.value = 'south';
    region.dispatchEvent(new Event('change', { bubbles: true }));
    expect(element.form.draft).to.deep.equal({
      type: 'survey',
      subject: 'Q3',
      priority: 'high',
      description: 'Went well',
      fields: {
        score: 7.5,
        site: 'https://example.com',
        agreed: true,
        mood: 'good',
        region: 'south',
      },
    });
    expect(element.form.check()).to.equal(true);
    expect(element.changes).to.be.greaterThan(0);
  });

  it('show what nothing means, and write nothing for it', async () => {
    const element = await formFor(survey);
    expect((element.get('input[value="normal"]') as HTMLInputElement).checked).to.equal(true);
    expect(element.form.draft.priority).to.equal(undefined);
    expect(element.form.isDirty).to.equal(false);
  });

  it('keep a choice that is none of the choices until another is made', async () => {
    const element = await formFor(survey, { fields: { region: 'moon' } }, { isNew: false });
    const region = element.get('#field-fields-region') as HTMLSelectElement;
    expect(region.value).to.equal('moon');
    expect(element.form.error('fields.region', element.words)).to.equal(undefined);
  });

  it('keep text that is cleared as nothing', async () => {
    const element = await formFor(survey, { subject: 'Q3' }, { isNew: false });
    await element.enter('subject', '');
    expect(element.form.changes).to.deep.equal({ subject: null });
  });

  it('are all read-only at once', async () => {
    const element = await formFor(survey, { fields: { mood: 'good' } }, { readOnly: true });
    for (const input of element.all('input, select, textarea') as HTMLInputElement[]) {
      expect(input.readOnly || input.disabled, input.id).to.equal(true);
    }
    await expect(element).to.be.accessible();
  });
});

describe('what is wrong in a form', () => {
  it('is not said to who only passes through', async () => {
    const element = await formFor(survey);
    element.input('subject').focus();
    await leave(element);
    expect(element.errorOf('subject')).to.equal('');
  });

  it('is said once a field is left, not while it is typed', async () => {
    const element = await formFor(survey);
    await element.enter('fields.site', 'example');
    expect(element.errorOf('fields.site')).to.equal('');
    await leave(element);
    expect(element.errorOf('fields.site')).to.match(/https:/);
    const input = element.input('fields.site');
    expect(input.getAttribute('aria-invalid')).to.equal('true');
    const described = (input.getAttribute('aria-describedby') ?? '').split(' ');
    expect(described.map((id) => element.get(`#${id}`).textContent).join()).to.match(/https:/);
    await element.enter('fields.site', 'https://example.com');
    expect(element.errorOf('fields.site')).to.equal('');
    await element.enter('subject', 'x');
    await element.enter('subject', '');
    await leave(element);
    expect(element.errorOf('subject')).to.equal('Subject is needed.');
  });

  it('is said at once of a text that grows too long, and nothing of it is cut off', async () => {
    const element = await formFor(survey);
    await element.enter('fields.phone', '1234567');
    expect(element.errorOf('fields.phone')).to.equal('7 characters; 5 are possible.');
    expect(element.form.draft.fields).to.deep.equal({ phone: '1234567' });
  });

  it('is all shown when a save is tried, and the first gets the focus', async () => {
    const element = await formFor(survey, { fields: { score: 11 } });
    expect(element.form.check()).to.equal(false);
    await waitUntil(() => active(element) === element.input('subject'), 'focus');
    expect(element.errorOf('fields.score')).to.equal('Enter a number from 0 to 10.');
    expect(element.errorOf('fields.mood')).to.equal('Mood is needed.');
    const summary = element.get('[role="alert"]');
    expect(summary.textContent).to.contain('3 fields need attention');
    await expect(element).to.be.accessible();
    const links = summary.querySelectorAll('button');
    links[2]?.click();
    expect((active(element) as HTMLInputElement).name).to.equal('field-fields-mood');
    await element.enter('subject', 'Q3');
    expect(element.get('[role="alert"]').textContent).to.contain('2 fields');
  });

  it('holds what is no number in its field', async () => {
    const element = await formFor(survey, { subject: 'Q3', fields: { mood: 'good', score: 3 } });
    const score = element.input('fields.score');
    score.focus();
    score.select();
    await sendKeys({ type: '-' });
    await leave(element);
    expect(element.errorOf('fields.score')).to.equal('Enter a number.');
    expect(element.form.check()).to.equal(false);
    expect(score.validity.badInput).to.equal(true);
    await enterInto(element, score, '4');
    expect(element.errorOf('fields.score')).to.equal('');
    expect(element.form.check()).to.equal(true);
  });

  it('leaves a number as it is typed', async () => {
    const element = await formFor(survey);
    element.input('fields.score').focus();
    await sendKeys({ type: '1.50' });
    element.requestUpdate();
    await element.updateComplete;
    expect(element.input('fields.score').value).to.equal('1.50');
    expect(element.form.value('fields.score')).to.equal(1.5);
  });

  it('comes from the server to its field, until that is changed', async () => {
    const element = await formFor(survey, { subject: 'Q3', fields: { score: 1, mood: 'good' } });
    element.form.refuse({ score: 'Scores are closed.', subject: 'Taken.' });
    await waitUntil(() => active(element) === element.input('subject'), 'focus');
    expect(element.errorOf('fields.score')).to.equal('Scores are closed.');
    await element.enter('subject', 'Q4');
    await element.enter('fields.score', '2');
    expect(element.errorOf('fields.score')).to.equal('');
    expect(element.errorOf('subject')).to.equal('');
    expect(element.form.check()).to.equal(true);
  });

  it('does not ask for what an older activity never had right', async () => {
    const draft = { subject: 'x'.repeat(300), fields: { score: 99, mood: 'good' } };
    const element = await formFor(survey, draft, { isNew: false });
    expect(element.form.check()).to.equal(true);
    await element.enter('fields.score', '98');
    expect(element.form.check()).to.equal(false);
  });
});

describe('what was filled in', () => {
  it('is dirty until it is as before', async () => {
    const element = await formFor(survey, { subject: 'Q3' }, { isNew: false });
    await element.enter('subject', 'Q4');
    expect(element.form.isDirty).to.equal(true);
    expect(element.form.changes).to.deep.equal({ subject: 'Q4' });
    await element.enter('subject', 'Q3');
    expect(element.form.isDirty).to.equal(false);
  });

  it('stays on top of a newer row', async () => {
    const element = await formFor(survey, { subject: 'Q3', due: '2026-11-24' }, { isNew: false });
    await element.enter('subject', 'Q4');
    element.form.rebase({ type: 'survey', subject: 'Q3', due: '2026-12-01', priority: 'low' });
    await element.updateComplete;
    expect(element.form.draft).to.deep.equal({
      type: 'survey',
      subject: 'Q4',
      due: '2026-12-01',
      priority: 'low',
    });
    expect(element.form.changes).to.deep.equal({ subject: 'Q4' });
  });

  it('comes back from a kept draft', async () => {
    const element = await formFor(survey);
    element.form.restore({ type: 'survey', subject: 'Kept' });
    await element.updateComplete;
    expect(element.input('subject').value).to.equal('Kept');
    expect(element.form.isDirty).to.equal(true);
  });

  it('is gone when another one begins', async () => {
    const element = await formFor(survey);
    await element.enter('subject', 'Q3');
    element.form.check();
    element.form.begin(survey, { type: 'survey' });
    await element.updateComplete;
    expect(element.input('subject').value).to.equal('');
    expect(element.all('[role="alert"]')).to.have.length(0);
    expect(element.form.isDirty).to.equal(false);
  });
});

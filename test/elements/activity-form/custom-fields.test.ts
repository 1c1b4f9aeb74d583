import { expect, html, oneEvent } from '@open-wc/testing';
import '../../../src/define/activity-context.js';
import '../../../src/define/activity-form.js';
import '../../../src/define/activity-quick-create.js';
import { builtInTypes } from '../../../src/model/built-in-types.js';
import type { ActivityType } from '../../../src/model/activity-type.js';
import { createMemoryProvider } from '../../../src/provider/memory/memory-provider.js';
import type { CustomFields, FieldRenderer } from '../../../src/ui/fields/custom-field.js';
import { activity, inContext, mona } from '../../support/fixtures.js';
import { FormPage, textOf } from '../../support/form.js';
import { waitUntil } from '../../support/until.js';

const CALL = { locale: 'en', timeZone: 'UTC', signal: new AbortController().signal };

const visit: ActivityType = {
  ...(builtInTypes.find(({ name }) => name === 'task') as ActivityType),
  name: 'visit',
  label: 'Visit',
  plural: 'Visits',
  fields: [{ name: 'mood', label: 'Mood', kind: 'text' }],
};

/** Three faces, one of which is pressed. */
function faces(counts: { drawn: number; gone: number }): FieldRenderer {
  return ({ value, label, readOnly, container, change }) => {
    counts.drawn += 1;
    const buttons = ['bad', 'fair', 'good'].map((mood) => {
      const button = document.createElement('button');
      button.type = 'button';
      button.textContent = mood;
      button.ariaLabel = `${label}: ${mood}`;
      button.ariaPressed = String(value === mood);
      button.disabled = readOnly;
      button.addEventListener('click', () => {
        for (const one of buttons) one.ariaPressed = String(one === button);
        change(mood);
      });
      return button;
    });
    container.append(...buttons);
    return () => {
      counts.gone += 1;
    };
  };
}

async function stage(state: 'open' | 'completed' = 'open') {
  const counts = { drawn: 0, gone: 0 };
  const customFields: CustomFields = {
    'visit.fields.mood': {
      render: faces(counts),
      validate: (value) =>
        value === 'bad' ? 'A bad mood needs a word with the manager.' : undefined,
    },
    subject: { validate: (value) => (value === 'x' ? 'Say more.' : undefined) },
  };
  const row = activity({ type: 'visit', subject: 'See Cecil', state, fields: { mood: 'fair' } });
  const provider = createMemoryProvider({ activities: [row], types: [visit], user: mona });
  const context = await inContext(
    provider,
    html`<activity-form mode="inline" .activityId=${row.id}></activity-form>`,
  );
  Object.assign(context, { customFields });
  const element = context.querySelector('activity-form');
  if (!element) throw new Error('no form');
  const page = await new FormPage(element).isReady();
  const face = (mood: string): HTMLButtonElement | undefined =>
    page.all('.custom-field button').find((one) => textOf(one) === mood) as HTMLButtonElement;
  await waitUntil(() => face('fair')?.ariaPressed === 'true', 'the faces are there');
  return { counts, context, element, page, face, provider, row };
}

describe('a field of the host’s own', () => {
  it('is drawn, filled in and saved; and not drawn anew for what it filled in itself', async () => {
    const { counts, element, page, face, provider, row } = await stage();
    expect(page.all('.custom-field')[0]?.getAttribute('role')).to.equal('group');
    await expect(element).to.be.accessible();
    const { drawn } = counts;
    face('good')?.click();
    await element.updateComplete;
    const done = oneEvent(element, 'activity-saved');
    page.button('Save').click();
    await done;
    expect((await provider.get(row.id, CALL)).fields?.['mood']).to.equal('good');
    expect(counts.drawn).to.equal(drawn);
    // Somebody else’s change is shown.
    await provider.update(row.id, { fields: { mood: 'bad' } }, { ...CALL, idempotencyKey: 'k' });
    await waitUntil(() => face('bad')?.ariaPressed === 'true', 'it follows');
    expect(counts.gone).to.be.above(0);
  });

  it('holds up a save by the host’s rule, in its words, at the field and above', async () => {
    const { element, page, face, provider, row } = await stage();
    face('bad')?.click();
    await page.enter('Subject', 'x');
    page.button('Save').click();
    await waitUntil(() => page.all('.field-error').length === 2, 'both say what is wrong');
    expect(page.all('.field-error').map(textOf)).to.deep.equal([
      'Say more.',
      'A bad mood needs a word with the manager.',
    ]);
    expect(page.alerts.join()).to.contain('2');
    expect((await provider.get(row.id, CALL)).subject).to.equal('See Cecil');
    face('good')?.click();
    await page.enter('Subject', 'See Cecil again');
    const done = oneEvent(element, 'activity-saved');
    page.button('Save').click();
    await done;
    expect((await provider.get(row.id, CALL)).subject).to.equal('See Cecil again');
  });

  it('is told to be read-only, and cleared up when it goes', async () => {
    const { counts, context, face } = await stage('completed');
    expect(face('good')?.disabled).to.equal(true);
    context.remove();
    await waitUntil(() => counts.gone === counts.drawn, 'what was drawn is cleared up');
  });
});

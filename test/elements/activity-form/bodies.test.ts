import { expect, oneEvent } from '@open-wc/testing';
import { html } from 'lit';
import '../../../src/define/activity-context.js';
import '../../../src/define/activity-form.js';
import '../../../src/define/activity-quick-create.js';
import type { ActivityForm } from '../../../src/elements/activity-form/activity-form.js';
import type { ActivityQuickCreate } from '../../../src/elements/activity-quick-create/activity-quick-create.js';
import type { Activity } from '../../../src/model/activity.js';
import type { MemoryProvider } from '../../../src/provider/memory/memory-provider.js';
import { ActivityTypes } from '../../../src/model/activity-types.js';
import { validate } from '../../../src/model/validate.js';
import { loadSanitizer } from '../../../src/ui/sanitize.js';
import { activity, inContext, memory } from '../../support/fixtures.js';
import { FormPage, textOf } from '../../support/form.js';
import { waitUntil } from '../../support/until.js';

const CALL = { locale: 'en', timeZone: 'UTC' };

/** The least that a host's own editor is. */
class HostEditor extends HTMLElement {
  #value = '';
  /** How often the form set it. */
  told = 0;

  get value(): string {
    return this.#value;
  }

  set value(value: string) {
    this.told += 1;
    this.#value = value;
  }

  type(value: string): void {
    this.#value = value;
    this.dispatchEvent(new Event('input', { bubbles: true }));
  }
}
customElements.define('host-editor', HostEditor);

const email = (description: string, more: Partial<Activity> = {}): Activity =>
  activity({
    type: 'email',
    subject: 'Offer',
    statusReason: 'draft',
    description,
    descriptionFormat: 'html',
    ...more,
  });

async function opened(
  row: Activity,
  provider: MemoryProvider = memory([row]),
  editor: unknown = '',
): Promise<FormPage<ActivityForm>> {
  const context = await inContext(
    provider,
    html`<activity-form mode="inline" .activityId=${row.id}>${editor}</activity-form>`,
  );
  const element = context.querySelector('activity-form');
  if (!element) throw new Error('no form');
  return new FormPage(element).isReady();
}

async function saved(
  page: FormPage<ActivityForm>,
  provider: MemoryProvider,
  row: Activity,
): Promise<Activity> {
  const done = oneEvent(page.element, 'activity-saved');
  page.button(page.hasButton('Save') ? 'Save' : 'Save draft').click();
  await done;
  return provider.get(row.id, CALL);
}

describe('the text of an email', () => {
  before(loadSanitizer);

  it('is shown formatted and sanitised, and is not touched by a save of something else', async () => {
    const source =
      '<p>Our <b>second</b> offer<img src="x" onerror="alert(1)"></p><script>alert(1)</script>';
    const row = email(source);
    const provider = memory([row]);
    const page = await opened(row, provider);
    const text = page.field('Description').querySelector('.rich-text');
    await waitUntil(() => text?.querySelector('b') !== null);
    expect(textOf(text)).to.equal('Our second offer');
    expect(text?.querySelectorAll('script, [onerror]').length).to.equal(0);
    expect(page.field('Description').querySelectorAll('textarea').length).to.equal(0);
    await expect(page.element).to.be.accessible();
    await page.enter('Subject', 'Offer 2');
    expect((await saved(page, provider, row)).description).to.equal(source);
  });

  it('goes on as plain text, when the user says so', async () => {
    const row = email('<p>Our <b>second</b> offer</p>');
    const provider = memory([row]);
    const page = await opened(row, provider);
    page.button('Edit as plain text').click();
    await page.element.updateComplete;
    expect(page.input('Description').value).to.equal('Our second offer');
    await page.enter('Description', 'Our third offer <4>');
    const { description, descriptionFormat } = await saved(page, provider, row);
    expect({ description, descriptionFormat }).to.deep.equal({
      description: 'Our third offer <4>',
      descriptionFormat: 'text',
    });
  });

  it('that says no more than its words is written as them', async () => {
    const row = email('Dear Ana,<br>see 3 &lt; 4');
    const page = await opened(row);
    expect(page.input('Description').value).to.equal('Dear Ana,\nsee 3 < 4');
    await page.enter('Description', 'Dear Ana, ');
    expect(page.input('Description').value).to.equal('Dear Ana, ');
  });

  it('is edited in the host’s own editor, and stored sanitised', async () => {
    const row = email('<p>Our offer</p>');
    const provider = memory([row]);
    const editor = new HostEditor();
    editor.slot = 'editor';
    const page = await opened(row, provider, editor);
    await waitUntil(() => editor.value === '<p>Our offer</p>');
    editor.type(
      '<p>Our <b>new</b> offer</p><script>alert(1)</script><a href="javascript:x">go</a>',
    );
    await page.element.updateComplete;
    // What the user writes is not set anew under their hands.
    expect(editor.told).to.equal(1);
    const { description, descriptionFormat } = await saved(page, provider, row);
    expect(descriptionFormat).to.equal('html');
    expect(description).to.equal('<p>Our <b>new</b> offer</p><a>go</a>');
  });

  it('of a closed one is read, not edited', async () => {
    const editor = new HostEditor();
    editor.slot = 'editor';
    const row = email('<p>Our <i>offer</i></p>', { state: 'completed', statusReason: 'sent' });
    const page = await opened(row, memory([row]), editor);
    await waitUntil(() => page.field('Description').querySelector('i') !== null);
    expect(page.hasButton('Edit as plain text')).to.equal(false);
    expect(editor.assignedSlot === null).to.equal(true);
  });

  it('of a new one is stored as the plain text that was typed, and says so', async () => {
    const context = await inContext(
      memory([]),
      html`<activity-quick-create type="email"></activity-quick-create>`,
    );
    const element = context.querySelector<ActivityQuickCreate>('activity-quick-create');
    if (!element) throw new Error('no quick create');
    const page = await new FormPage(element).isReady();
    await page.enter('Description', '1 < 2\n3');
    const asked = oneEvent(element, 'activity-create');
    page.button('Save and close').click();
    const { detail } = (await asked) as unknown as HTMLElementEventMap['activity-create'];
    expect(detail.draft.description).to.equal('1 < 2\n3');
    expect(detail.draft.descriptionFormat).to.equal('text');
  });
});

describe('a text of 10 MB', () => {
  it('is told to be too long, and by how much', () => {
    const type = new ActivityTypes().get('note');
    const description = 'A long story. '.repeat(750_000);
    const problems = validate({ type: 'note', description }, type);
    expect(problems.get('description')).to.deep.equal({
      code: 'too-long',
      max: 1_048_576,
      length: 10_500_000,
    });
  });
});

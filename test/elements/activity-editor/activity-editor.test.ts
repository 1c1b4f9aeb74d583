import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import '../../../src/define/activity-context.js';
import '../../../src/define/activity-form.js';
import '../../../src/define/editor.js';
import type { ActivityEditor } from '../../../src/elements/activity-editor/activity-editor.js';
import { activity, inContext, memory } from '../../support/fixtures.js';
import { textOf } from '../../support/form.js';
import { waitUntil } from '../../support/until.js';

const CALL = { locale: 'en', timeZone: 'UTC' };

async function editor(value = ''): Promise<ActivityEditor> {
  const element = await fixture<ActivityEditor>(
    html`<activity-editor label="Body" locale="en" .value=${value}></activity-editor>`,
  );
  await waitUntil(() => textbox(element) !== null, 'the editor stands');
  return element;
}

function textbox(element: ActivityEditor): HTMLElement | null {
  return element.shadowRoot?.querySelector<HTMLElement>('[role=textbox]') ?? null;
}

function tool(element: ActivityEditor, name: string): HTMLButtonElement {
  const found = [...(element.shadowRoot?.querySelectorAll('button') ?? [])].find(
    (one) => (one.getAttribute('aria-label') ?? textOf(one)) === name,
  );
  if (!found) throw new Error(`no button ${name}`);
  return found;
}

function paste(element: ActivityEditor, data: { readonly [type: string]: string }): void {
  const event = new ClipboardEvent('paste', { bubbles: true, composed: true, cancelable: true });
  const clipboard = new DataTransfer();
  for (const [type, text] of Object.entries(data)) clipboard.setData(type, text);
  Object.defineProperty(event, 'clipboardData', { value: clipboard });
  textbox(element)?.dispatchEvent(event);
}

const shows = (element: ActivityEditor, text: string): Promise<void> =>
  waitUntil(() => textOf(textbox(element)) === text, `shows ${text}`);

describe('activity-editor', () => {
  it('shows what it is given, fires nothing for it, and gives back the same', async () => {
    const source =
      '<p>Dear <strong>Ana</strong>,</p><ul><li><p>one</p></li></ul><table><tbody><tr><td>1</td></tr></tbody></table>';
    const element = await editor();
    let fired = 0;
    element.addEventListener('input', () => (fired += 1));
    element.value = source;
    await shows(element, 'Dear Ana,one1');
    expect(fired).to.equal(0);
    expect(element.value).to.equal(source);
    await expect(element).to.be.accessible();
  });

  it('tells what is typed and formatted, and when it is left', async () => {
    const element = await editor();
    element.focus();
    await sendKeys({ type: 'Dear' });
    await waitUntil(() => element.value === '<p>Dear</p>');
    tool(element, 'Bold').click();
    await sendKeys({ type: ' Ana' });
    await waitUntil(() => element.value === '<p>Dear<strong> Ana</strong></p>');
    expect(tool(element, 'Bold').getAttribute('aria-pressed')).to.equal('true');
    const changed = oneEvent(element, 'change');
    textbox(element)?.blur();
    await changed;
  });

  it('has a toolbar that is one stop', async () => {
    const element = await editor();
    const first = tool(element, 'Bold');
    first.focus();
    await sendKeys({ press: 'ArrowRight' });
    await waitUntil(() => element.shadowRoot?.activeElement === tool(element, 'Italic'));
    const stops = [...(element.shadowRoot?.querySelectorAll('.toolbar button') ?? [])].filter(
      (one) => (one as HTMLElement).tabIndex === 0,
    );
    expect(stops).to.have.length(1);
  });

  it('takes what is pasted sanitised, and plain text as such', async () => {
    const element = await editor();
    element.focus();
    paste(element, {
      'text/html':
        '<p>Hi <b onclick="x">you</b><script>alert(1)</script><img src="https://spy.invalid/a.png" alt="logo"></p>',
      'text/plain': 'Hi you',
    });
    await waitUntil(() => element.value.includes('Hi'));
    expect(element.value).to.contain('Hi <strong>you</strong>');
    expect(element.value).not.to.match(/script|onclick/);
    // Kept, but not asked for.
    expect(element.value).to.contain('spy.invalid');
    const asked = [...(element.shadowRoot?.querySelectorAll('img') ?? [])].filter((one) => one.src);
    expect(asked.length).to.equal(0);
    element.value = '';
    paste(element, { 'text/plain': '<b>1</b>' });
    await waitUntil(() => element.value === '<p>&lt;b&gt;1&lt;/b&gt;</p>');
  });

  it('is taken by a form for a text in HTML, and what it says is saved', async () => {
    const row = activity({
      type: 'email',
      subject: 'Offer',
      statusReason: 'draft',
      description: '<p>Our <b>offer</b></p>',
      descriptionFormat: 'html',
    });
    const provider = memory([row]);
    const context = await inContext(
      provider,
      html`<activity-form mode="inline" .activityId=${row.id}></activity-form>`,
    );
    const form = context.querySelector('activity-form');
    const own = (): ActivityEditor | null | undefined =>
      form?.shadowRoot?.querySelector('activity-editor');
    await waitUntil(() => own());
    await shows(own() as ActivityEditor, 'Our offer');
    paste(own() as ActivityEditor, { 'text/plain': 'Now: ' });
    await form?.updateComplete;
    const saved = oneEvent(form as HTMLElement, 'activity-saved');
    const save = [...(form?.shadowRoot?.querySelectorAll('button') ?? [])].find(
      (one) => textOf(one) === 'Save draft',
    );
    save?.click();
    await saved;
    const { description } = await provider.get(row.id, CALL);
    expect(description).to.contain('Now: ').and.to.contain('<strong>offer</strong>');
  });
});

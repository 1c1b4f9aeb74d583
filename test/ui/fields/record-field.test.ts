import { expect, oneEvent } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { Localizer } from '../../../src/i18n/localizer.js';
import type { Party } from '../../../src/model/activity.js';
import type { RecordSummary } from '../../../src/provider/provider.js';
import { failure } from '../../../src/provider/failure.js';
import { formFor, NOW, people, type TestForm } from './test-form.js';
import { waitUntil } from '../../support/until.js';

const press = (key: string): Promise<unknown> => sendKeys({ press: key });
/** Key by key: WebKit's driver swallows some that are pressed twice in one command. */
async function type(text: string): Promise<void> {
  for (const letter of text) await sendKeys({ type: letter });
}

const optionsOf = (element: TestForm): string[] =>
  element.all('[role="option"]').map((option) => option.innerText.replace(/\s+/g, ' ').trim());
const pillsOf = (element: TestForm, path: string): string[] =>
  [...(element.input(path).closest('.field')?.querySelectorAll('.pill bdi') ?? [])].map(
    (pill) => pill.textContent ?? '',
  );
const partiesOf = (element: TestForm): readonly Party[] => element.form.draft.parties ?? [];
const active = (element: TestForm): Element | null | undefined => element.shadowRoot?.activeElement;

async function shown(element: TestForm, count: number): Promise<void> {
  await waitUntil(() => element.all('[role="option"]').length === count, `${count} options`);
}

const CECIL: Party = { role: 'to', record: { kind: 'contact', id: 'c1', name: 'Cecil Langer' } };
const ANA: Party = { role: 'to', address: 'ana@example.com' };

describe('record field', () => {
  it('seeks what is typed, and Enter picks the first', async () => {
    const element = await formFor('phonecall');
    const input = element.input('parties.to');
    input.focus();
    expect(input.getAttribute('aria-expanded')).to.equal('false');
    await type('ceci');
    await shown(element, 3);
    expect(optionsOf(element)).to.deep.equal([
      'CL Cecil Langer Contact · Wingtip Toys',
      'CB Cecilia Bianchi Contact',
      'Cecil & Sons Account',
    ]);
    expect(input.getAttribute('aria-expanded')).to.equal('true');
    const list = element.get(`#${input.getAttribute('aria-controls') ?? ''}`);
    expect(list.getAttribute('role')).to.equal('listbox');
    await waitUntil(() => input.getAttribute('aria-activedescendant'));
    const marked = element.get(`#${input.getAttribute('aria-activedescendant') ?? ''}`);
    expect(marked.getAttribute('aria-selected')).to.equal('true');
    expect(element.said).to.deep.equal(['3 records']);
    await expect(element).to.be.accessible();

    await press('ArrowDown');
    await press('Enter');
    expect(pillsOf(element, 'parties.to')).to.deep.equal(['Cecilia Bianchi']);
    expect(partiesOf(element)).to.deep.equal([{ role: 'to', record: people[1]?.ref }]);
    expect(input.value).to.equal('');
    expect(element.said.at(-1)).to.equal('Cecilia Bianchi added');
    expect(optionsOf(element)).to.deep.equal([]);
    expect(active(element)).to.equal(input);
    await expect(element).to.be.accessible();
  });

  it('opens by Down and by a click, and takes a click without losing the focus', async () => {
    const element = await formFor('phonecall');
    const input = element.input('regarding');
    input.focus();
    await press('ArrowDown');
    await shown(element, 3);
    expect(input.hasAttribute('aria-activedescendant')).to.equal(false);
    await press('ArrowUp');
    expect(input.getAttribute('aria-activedescendant')).to.match(/2$/);
    await press('Escape');
    await shown(element, 0);
    input.click();
    await shown(element, 3);
    const option = element.get('[role="option"]');
    const mousedown = new MouseEvent('mousedown', { bubbles: true, cancelable: true });
    expect(option.dispatchEvent(mousedown)).to.equal(false);
    option.click();
    await element.updateComplete;
    expect(element.form.draft.regarding).to.deep.equal(people[0]?.ref);
    expect(active(element)).to.equal(input);
  });

  it('stands in the top layer, under its field', async () => {
    const element = await formFor('phonecall');
    element.input('regarding').focus();
    await press('ArrowDown');
    await shown(element, 3);
    const popover = element.get('[popover]');
    expect(popover.matches(':popover-open')).to.equal(true);
    const box = element.input('regarding').closest('.input')?.getBoundingClientRect();
    await waitUntil(() => popover.getBoundingClientRect().top >= (box?.bottom ?? 0), 'placed');
    expect(popover.getBoundingClientRect().left).to.be.closeTo(box?.left ?? 0, 1);
  });

  it('is asked with the kinds of its role, and ends the question before', async () => {
    const asked: { text: string; kinds: readonly string[]; signal: AbortSignal }[] = [];
    const element = await formFor(
      'phonecall',
      {},
      {
        lookup: (text, kinds, signal) => {
          asked.push({ text, kinds, signal });
          return new Promise(() => {});
        },
      },
    );
    element.input('parties.to').focus();
    await type('c');
    await waitUntil(() => asked.length === 1, 'asked');
    await waitUntil(() => element.renderRoot.textContent?.includes('Searching'), 'loading');
    await type('e');
    await waitUntil(() => asked.length === 2, 'asked again');
    expect(asked.map(({ text }) => text)).to.deep.equal(['c', 'ce']);
    expect(asked[0]?.kinds).to.deep.equal(['contact', 'account', 'user']);
    expect(asked.map(({ signal }) => signal.aborted)).to.deep.equal([true, false]);
    element.remove();
    expect(asked[1]?.signal.aborted).to.equal(true);
  });

  it('drops an answer that comes too late', async () => {
    const answers = new Map<string, (found: readonly RecordSummary[]) => void>();
    const element = await formFor(
      'phonecall',
      {},
      { lookup: (text) => new Promise((resolve) => answers.set(text, resolve)) },
    );
    element.input('parties.to').focus();
    await type('c');
    await waitUntil(() => answers.has('c'), 'asked');
    await type('ecilia');
    await waitUntil(() => answers.has('cecilia'), 'asked again');
    answers.get('cecilia')?.(people.slice(1, 2));
    await shown(element, 1);
    answers.get('c')?.(people);
    await Promise.resolve();
    await element.updateComplete;
    expect(optionsOf(element)).to.deep.equal(['CB Cecilia Bianchi Contact']);
  });

  it('makes what is not there, by a choice of one’s own, of the kinds that fit', async () => {
    const asked: (readonly [string, string])[] = [];
    const answers: ((made: RecordSummary | undefined) => void)[] = [];
    const element = await formFor(
      'phonecall',
      { subject: 'Welcome' },
      {
        creation: {
          kinds: ['contact', 'opportunity', 'account'],
          create: (kind, name) => {
            asked.push([kind, name]);
            return new Promise((resolve) => answers.push(resolve));
          },
        },
      },
    );
    const input = element.input('parties.to');
    input.focus();
    await press('ArrowDown');
    await shown(element, 3);
    await press('Escape');
    await type('Ceci');
    await shown(element, 5);
    expect(optionsOf(element).slice(3)).to.deep.equal(['New contact “Ceci”', 'New account “Ceci”']);
    await type('x');
    await waitUntil(() => element.renderRoot.textContent?.includes('Nothing found for “Cecix”'));
    expect(optionsOf(element)).to.deep.equal(['New contact “Cecix”', 'New account “Cecix”']);
    expect(element.said.at(-1)).to.match(/^Nothing found.*New contact “Cecix”/);
    await expect(element).to.be.accessible();
    // Who only goes on makes nothing new.
    expect(input.hasAttribute('aria-activedescendant')).to.equal(false);
    await press('ArrowDown');
    await press('Tab');
    expect(asked).to.deep.equal([]);
    input.focus();

    for (const made of [undefined, { ref: { kind: 'contact', id: 'new', name: 'Cecix' } }]) {
      await press('ArrowDown');
      await shown(element, 2);
      await press('ArrowDown');
      await press('Enter');
      await waitUntil(() => answers.length > 0, 'asked');
      // Not saved without it meanwhile.
      expect(element.form.isUnread('parties.to')).to.equal(true);
      answers.pop()?.(made);
      await shown(element, 0);
    }
    expect(asked).to.deep.equal([
      ['contact', 'Cecix'],
      ['contact', 'Cecix'],
    ]);
    await waitUntil(() => pillsOf(element, 'parties.to').length === 1);
    expect(pillsOf(element, 'parties.to')).to.deep.equal(['Cecix']);
    expect(element.errorOf('parties.to')).to.equal('');
    expect(active(element)).to.equal(input);
  });

  it('says when there is nothing', async () => {
    const element = await formFor('phonecall');
    element.input('parties.to').focus();
    await type('zzz');
    await waitUntil(() => element.renderRoot.textContent?.includes('Nothing found for “zzz”'));
    expect(element.said.at(-1)).to.match(/Nothing found/);
    await expect(element).to.be.accessible();
  });

  it('says when it failed, and tries again', async () => {
    let broken = true;
    const element = await formFor(
      'phonecall',
      {},
      { lookup: () => (broken ? Promise.reject(failure('network')) : Promise.resolve(people)) },
    );
    element.input('parties.to').focus();
    await type('ceci');
    await waitUntil(() => element.renderRoot.textContent?.includes('could not be searched'));
    await shown(element, 1);
    broken = false;
    await press('Enter');
    await shown(element, 3);
  });

  it('does not offer who is chosen already', async () => {
    const element = await formFor('phonecall', { parties: [CECIL] });
    element.input('parties.to').focus();
    await press('ArrowDown');
    await shown(element, 2);
  });

  it('lets Backspace go to the last chip, and then remove it', async () => {
    const element = await formFor('email', { parties: [CECIL, ANA] });
    const input = element.input('parties.to');
    input.focus();
    await press('Backspace');
    expect(active(element)?.getAttribute('aria-label')).to.equal('Remove ana@example.com');
    await press('ArrowLeft');
    expect(active(element)?.getAttribute('aria-label')).to.equal('Remove Cecil Langer');
    await press('ArrowRight');
    await press('ArrowRight');
    expect(active(element)).to.equal(input);
    await press('Backspace');
    await press('Backspace');
    expect(partiesOf(element)).to.deep.equal([CECIL]);
    expect(active(element)).to.equal(input);
    expect(element.said.at(-1)).to.equal('ana@example.com removed');
  });

  it('turns the arrows round where the writing is', async () => {
    const words = new Localizer({ locale: 'ar-EG', timeZone: 'Asia/Taipei', now: () => NOW });
    const element = await formFor('email', { parties: [CECIL, ANA] }, { words });
    element.input('parties.to').focus();
    await press('ArrowRight');
    expect(active(element)?.getAttribute('aria-label')).to.contain('ana@example.com');
    await press('ArrowLeft');
    expect(active(element)).to.equal(element.input('parties.to'));
  });

  it('removes by the × of a chip', async () => {
    const element = await formFor('email', { parties: [CECIL, ANA] });
    element.get('.pill-remove').click();
    await element.updateComplete;
    expect(partiesOf(element)).to.deep.equal([ANA]);
  });

  it('takes addresses where the role allows them', async () => {
    const element = await formFor('email', {}, { lookup: () => Promise.resolve([]) });
    element.input('parties.to').focus();
    await type('ana@example.com,');
    await waitUntil(() => partiesOf(element).length === 1, 'by comma');
    await type('bob@example.com');
    await press('Tab');
    await waitUntil(() => partiesOf(element).length === 2, 'by leaving');
    expect(partiesOf(element)).to.deep.equal([ANA, { role: 'to', address: 'bob@example.com' }]);
    element.input('parties.to').focus();
    await type('ANA@example.com;');
    await element.updateComplete;
    expect(partiesOf(element)).to.have.length(2);
  });

  it('offers the address that is typed', async () => {
    const element = await formFor('email', {}, { lookup: () => Promise.resolve([]) });
    element.input('parties.to').focus();
    await type('Ana <ana@example.com>');
    await shown(element, 1);
    expect(optionsOf(element)).to.deep.equal(['Add ana@example.com']);
    await press('Enter');
    expect(partiesOf(element)).to.deep.equal([
      { role: 'to', address: 'ana@example.com', name: 'Ana' },
    ]);
  });

  it('takes several pasted addresses at once', async () => {
    const element = await formFor('email');
    const input = element.input('parties.to');
    input.focus();
    const data = new DataTransfer();
    data.setData('text/plain', 'ana@example.com; Bob <bob@example.com>');
    const paste = new Event('paste', { bubbles: true, cancelable: true });
    Object.defineProperty(paste, 'clipboardData', { value: data });
    input.dispatchEvent(paste);
    await element.updateComplete;
    expect(paste.defaultPrevented).to.equal(true);
    expect(pillsOf(element, 'parties.to')).to.deep.equal(['ana@example.com', 'Bob']);
  });

  it('keeps what is nobody, says so once left, and holds up the save with it', async () => {
    const element = await formFor('phonecall', {
      subject: 'Pallets',
      parties: [CECIL, { ...CECIL, role: 'from' }],
    });
    expect(element.form.check()).to.equal(true);
    element.input('parties.to').focus();
    await type('zzz');
    expect(element.errorOf('parties.to')).to.equal('');
    await press('Tab');
    await element.updateComplete;
    expect(element.input('parties.to').value).to.equal('zzz');
    expect(element.errorOf('parties.to')).to.equal('Choose one of the list.');
    expect(element.form.check()).to.equal(false);
    element.input('parties.to').focus();
    await press('Escape');
    expect(element.input('parties.to').value).to.equal('');
    expect(element.form.check()).to.equal(true);
  });

  it('reads what is still typed when the save comes by keyboard', async () => {
    const element = await formFor('email');
    element.input('parties.to').focus();
    await type('ana@example.com');
    expect(element.form.check()).to.equal(true);
    expect(partiesOf(element)).to.deep.equal([ANA]);
  });

  it('lets Tab pick and go on', async () => {
    const element = await formFor('phonecall');
    element.input('parties.from').focus();
    await type('cecil l');
    await shown(element, 1);
    await press('Tab');
    expect(partiesOf(element)).to.deep.equal([{ ...CECIL, role: 'from' }]);
    expect(active(element)).to.equal(element.input('parties.to'));
  });

  it('lets Escape close, then clear, and then belong to others', async () => {
    const element = await formFor('phonecall');
    const input = element.input('parties.to');
    input.focus();
    await type('ceci');
    await shown(element, 3);
    await press('Escape');
    await shown(element, 0);
    expect(input.value).to.equal('ceci');
    await press('Escape');
    expect(input.value).to.equal('');
    const reached = oneEvent(element, 'keydown');
    await press('Escape');
    expect((await reached).defaultPrevented).to.equal(false);
  });

  it('puts another one in the place of a single record', async () => {
    const element = await formFor('task', { regarding: { kind: 'account', id: 'x', name: 'Old' } });
    element.input('regarding').focus();
    await type('cecilia');
    await shown(element, 1);
    await press('Enter');
    expect(pillsOf(element, 'regarding')).to.deep.equal(['Cecilia Bianchi']);
    element.get('.pill-remove').click();
    await element.updateComplete;
    expect(element.form.draft.regarding).to.equal(undefined);
  });

  it('shows a record that may not be read, and lets it go only on purpose', async () => {
    const element = await formFor('task', { regarding: { kind: 'account', id: 'x' } });
    expect(pillsOf(element, 'regarding')).to.deep.equal(['No access']);
    expect(element.form.isDirty).to.equal(false);
  });

  it('cannot be changed where it is read-only', async () => {
    const element = await formFor('email', { parties: [CECIL] }, { readOnly: true });
    const input = element.input('parties.to');
    input.focus();
    await press('ArrowDown');
    await press('Backspace');
    expect(element.all('.pill-remove')).to.have.length(0);
    expect(optionsOf(element)).to.deep.equal([]);
    expect(input.readOnly).to.equal(true);
    expect(partiesOf(element)).to.deep.equal([CECIL]);
  });

  it('takes addresses only, where records cannot be sought', async () => {
    const element = await formFor('email', {}, { lookup: undefined });
    expect(element.input('regarding').readOnly).to.equal(true);
    element.input('parties.to').focus();
    await type('ana@example.com');
    await shown(element, 1);
    await press('Enter');
    expect(partiesOf(element)).to.deep.equal([ANA]);
  });

  it('waits for an input method to finish', async () => {
    const asked: string[] = [];
    const element = await formFor(
      'phonecall',
      {},
      {
        lookup: (text) => {
          asked.push(text);
          return Promise.resolve([]);
        },
      },
    );
    const input = element.input('parties.to');
    input.focus();
    input.value = 'ㄔㄣ';
    input.dispatchEvent(new InputEvent('input', { isComposing: true }));
    await element.updateComplete;
    expect(input.value).to.equal('ㄔㄣ');
    input.value = '陳';
    input.dispatchEvent(new CompositionEvent('compositionend', { data: '陳' }));
    await waitUntil(() => asked.length > 0, 'asked');
    expect(asked).to.deep.equal(['陳']);
  });
});

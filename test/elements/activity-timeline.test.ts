import { expect, oneEvent } from '@open-wc/testing';
import { html } from 'lit';
import '../../src/define/activity-context.js';
import '../../src/define/activity-timeline.js';
import type { ActivityTimeline } from '../../src/elements/activity-timeline/activity-timeline.js';
import { toFeed } from '../../src/elements/activity-timeline/feed.js';
import type { Activity } from '../../src/model/activity.js';
import { toPlainText } from '../../src/model/plain-text.js';
import { failure } from '../../src/provider/failure.js';
import type { ActivityDataProvider } from '../../src/provider/provider.js';
import { activity, cecil, inContext, memory, mona, wingtip } from '../support/fixtures.js';
import { waitUntil } from '../support/until.js';

async function timeline(
  provider: ActivityDataProvider,
): Promise<{ context: HTMLElement; element: ActivityTimeline; root: ShadowRoot }> {
  const context = await inContext(
    provider,
    html`<activity-timeline .record=${wingtip}></activity-timeline>`,
  );
  const element = context.querySelector('activity-timeline');
  if (!element?.shadowRoot) throw new Error('no timeline');
  await waitUntil(() => !element.matches(':state(loading)') && element.hasUpdated);
  return { context, element, root: element.shadowRoot };
}

const subjects = (root: ShadowRoot): string[] =>
  [...root.querySelectorAll('h4')].map((heading) => heading.textContent.trim());

const buttonNamed = (root: ShadowRoot, name: string): HTMLButtonElement => {
  const found = [...root.querySelectorAll('button')].find(
    (button) => (button.ariaLabel ?? button.textContent.trim()) === name,
  );
  if (!found) throw new Error(`no button ${name}`);
  return found;
};

function write(root: ShadowRoot, text: string): void {
  const area = root.querySelector('textarea');
  if (!area) throw new Error('no place to write');
  area.value = text;
  area.dispatchEvent(new InputEvent('input', { bubbles: true }));
}

const history: readonly Activity[] = [
  activity({ subject: 'Direct', regarding: wingtip, modifiedAt: '2026-11-23T08:00:00Z' }),
  activity({ subject: 'Through Cecil', regarding: cecil, modifiedAt: '2026-11-22T08:00:00Z' }),
  activity({ subject: 'Elsewhere', regarding: null, modifiedAt: '2026-11-22T09:00:00Z' }),
  activity({
    type: 'phonecall',
    subject: 'As a party',
    statusReason: 'open',
    parties: [{ role: 'to', record: wingtip }],
    modifiedAt: '2026-11-01T08:00:00Z',
    due: '2026-11-20T10:00:00Z',
  }),
];

describe('activity-timeline', () => {
  it('shows what belongs to the record, newest first, by day, and through whom', async () => {
    const { root } = await timeline(memory(history));
    await waitUntil(() => subjects(root).length === 3);
    expect(subjects(root)).to.deep.equal(['Direct', 'Through Cecil', 'As a party']);
    expect(
      // Engines differ in the comma.
      [...root.querySelectorAll('h3')].map((day) => day.textContent.trim().replace(',', '')),
    ).to.deep.equal(['Today', 'Yesterday', 'Sun 1 Nov']);
    const [, through, party] = root.querySelectorAll('article');
    expect(through?.textContent).to.match(/via\s+Cecil Langer/);
    expect(through?.textContent).to.contain('Mona Sanders');
    expect(party?.textContent).to.contain('3 days late');
    await expect(root.host).to.be.accessible();
  });

  it('adds a note about the record, which stands on top at once', async () => {
    const provider = memory(history);
    const { element, root } = await timeline(provider);
    write(root, 'Cecil confirmed week 49.');
    const saved = oneEvent(element, 'activity-saved');
    buttonNamed(root, 'Add note').click();
    await saved;
    await waitUntil(() => subjects(root)[0] === 'Cecil confirmed week 49.');
    await waitUntil(() => root.querySelector('textarea')?.value === '');
    const { rows } = await provider.query(
      { filter: { field: 'type', op: 'eq', value: 'note' } },
      { locale: 'en', timeZone: 'UTC' },
    );
    expect(rows[0]?.regarding?.id).to.equal(wingtip.id);
    expect(rows[0]?.createdBy).to.deep.equal(mona);
    expect(rows[0]?.state).to.equal(null);
  });

  it('keeps the note as typed when it is refused, and says why at its field', async () => {
    const { root } = await timeline({
      ...memory(history),
      create: () => Promise.reject(failure('validation', 'Notes are closed today')),
    });
    write(root, 'Do not lose me');
    buttonNamed(root, 'Add note').click();
    const message = (): string => root.querySelector('[role=alert].field-error')?.textContent ?? '';
    await waitUntil(() => message().includes('Notes are closed today'));
    expect(root.querySelector('textarea')?.value).to.equal('Do not lose me');
    expect(root.querySelector('textarea')?.getAttribute('aria-invalid')).to.equal('true');
    expect(subjects(root)).not.to.include('Do not lose me');
  });

  it('has what was written and not added again where it was written, for each record its own', async () => {
    const provider = memory(history);
    const noteIn = (root: ShadowRoot): string | undefined => root.querySelector('textarea')?.value;
    const before = await timeline(provider);
    write(before.root, 'They want forty by Fri');
    before.context.remove();

    const { element, root } = await timeline(provider);
    await waitUntil(() => noteIn(root) === 'They want forty by Fri', 'it is there again');
    element.record = cecil;
    await waitUntil(() => noteIn(root) === '', 'not about another one');
    write(root, 'Is on leave');
    element.record = wingtip;
    await waitUntil(() => noteIn(root) === 'They want forty by Fri', 'but about the same');
    buttonNamed(root, 'Add note').click();
    await waitUntil(() => noteIn(root) === '');

    const after = await timeline(provider);
    await waitUntil(() => subjects(after.root).length === 4);
    expect(noteIn(after.root), 'it was added').to.equal('');
    after.element.record = cecil;
    await waitUntil(() => noteIn(after.root) === 'Is on leave');
    write(after.root, '');
    after.context.remove();
    const last = await timeline(provider);
    last.element.record = cecil;
    await last.element.updateComplete;
    await waitUntil(() => subjects(last.root).join() === 'Through Cecil');
    expect(noteIn(last.root), 'it was taken out').to.equal('');
  });

  it('takes a note off what is kept though another record is shown by the time it is added', async () => {
    let answer: () => void = () => undefined;
    const source = memory(history);
    const provider: ActivityDataProvider = {
      ...source,
      create: async (...write) => {
        await new Promise<void>((resolve) => (answer = resolve));
        return source.create(...write);
      },
    };
    const { element, root } = await timeline(provider);
    write(root, 'Ask Ada');
    buttonNamed(root, 'Add note').click();
    const isSaving = (): boolean => root.querySelector('[part~=add-note]')?.ariaDisabled === 'true';
    await waitUntil(isSaving);
    element.record = cecil;
    await element.updateComplete;
    answer();
    await waitUntil(() => !isSaving());
    element.record = wingtip;
    await waitUntil(() => subjects(root).length === 4);
    expect(root.querySelector('textarea')?.value).to.equal('');
  });

  it('asks the host before it writes, and heeds a veto', async () => {
    const provider = memory(history);
    const { context, root } = await timeline(provider);
    context.addEventListener('activity-create', (event) => {
      expect(event.detail.draft.description).to.equal('Vetoed');
      event.preventDefault();
    });
    write(root, 'Vetoed');
    buttonNamed(root, 'Add note').click();
    await waitUntil(() => (root.querySelector('.field-error')?.textContent ?? '') !== '');
    expect(root.querySelector('textarea')?.value).to.equal('Vetoed');
    expect(subjects(root)).not.to.include('Vetoed');
  });

  it('completes an entry and leaves the focus on it', async () => {
    const { root } = await timeline(memory(history));
    await waitUntil(() => subjects(root).length === 3);
    const complete = buttonNamed(root, 'Complete Direct');
    complete.focus();
    complete.click();
    await waitUntil(
      () => root.querySelector('article')?.textContent.includes('Completed') === true,
    );
    await waitUntil(() => root.activeElement?.textContent.trim() === 'Direct');
  });

  it('loads more on demand and says how many there are', async () => {
    const rows = Array.from({ length: 25 }, (_, index) =>
      activity({
        subject: `E${String(index)}`,
        regarding: wingtip,
        modifiedAt: `2026-11-${String(23 - (index % 20)).padStart(2, '0')}T08:00:00Z`,
      }),
    );
    const { root } = await timeline(memory(rows));
    await waitUntil(() => subjects(root).length === 20);
    buttonNamed(root, 'Load more').click();
    await waitUntil(() => subjects(root).length === 25);
    expect(
      [...root.querySelectorAll('button')].some((button) =>
        button.textContent.includes('Load more'),
      ),
    ).to.equal(false);
  });

  it('says what went wrong and tries again', async () => {
    const provider = memory(history);
    let fails = true;
    const errors: string[] = [];
    const listen = (event: HTMLElementEventMap['activity-error']): void =>
      void errors.push(event.detail.error.code);
    document.body.addEventListener('activity-error', listen);
    const { root } = await timeline({
      ...provider,
      query: (...given) => (fails ? Promise.reject(failure('network')) : provider.query(...given)),
    });
    await waitUntil(() => root.querySelector('[role=alert].error') !== null);
    expect(errors).to.deep.equal(['network']);
    fails = false;
    buttonNamed(root, 'Try again').click();
    await waitUntil(() => subjects(root).length === 3);
    document.body.removeEventListener('activity-error', listen);
  });

  it('leaves nothing behind when an answer comes after it is gone', async () => {
    let answer: (rows: readonly Activity[]) => void = () => undefined;
    const context = await inContext(
      { query: () => new Promise((resolve) => (answer = resolve)) },
      html`<activity-timeline></activity-timeline>`,
    );
    context.remove();
    answer([activity()]);
    await new Promise((resolve) => setTimeout(resolve));
    // An unhandled rejection would fail the run.
    expect(context.isConnected).to.equal(false);
  });

  it('groups entries without a time under none', () => {
    const { createdAt: _c, modifiedAt: _m, ...timeless } = activity();
    expect(toFeed([timeless], 'UTC')).to.deep.equal([{ day: undefined, entries: [timeless] }]);
  });

  it('shows the words of HTML, never HTML', () => {
    expect(
      toPlainText(
        '<p>Dear <b>Cecil</b> &amp; co,</p><script>alert(1)</script><p>2 &lt; 3<br>&#128512;</p>',
        'html',
      ),
    ).to.equal('Dear Cecil & co,\n2 < 3\n😀');
    expect(toPlainText('<img src=x onerror=alert(1)', 'html')).to.equal('');
    expect(toPlainText('<b>as is</b>')).to.equal('<b>as is</b>');
  });
});

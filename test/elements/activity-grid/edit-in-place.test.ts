import { expect } from '@open-wc/testing';
import { memoryPreferences } from '../../../src/elements/base/preferences.js';
import type { ActivityPreferences } from '../../../src/provider/preferences.js';
import type { MemoryProvider } from '../../../src/provider/memory/memory-provider.js';
import { activity, memory, mona } from '../../support/fixtures.js';
import { GridHarness, press, textOf, until } from '../../support/grid.js';

const call = { subject: 'Call Ann', type: 'phonecall', due: '2026-11-24T09:00:00Z' };
const rows = [activity(call), activity({ subject: 'Write Ben', due: '2026-11-25T09:00:00Z' })];

const id = rows[0]?.id ?? '';
const CALL = { locale: 'en', timeZone: 'UTC' };
const elsewhere = { ...CALL, idempotencyKey: 'elsewhere' };

/** Answers every update with this, as long as it is set. */
function refusing(why: { error?: object }): MemoryProvider {
  const provider = memory(rows);
  return {
    ...provider,
    update: (...args) => (why.error ? Promise.reject(why.error) : provider.update(...args)),
  };
}

class Editing {
  readonly grid: GridHarness;

  constructor(grid: GridHarness) {
    this.grid = grid;
  }

  static async begin(
    provider: MemoryProvider,
    preferences: ActivityPreferences = memoryPreferences(),
  ): Promise<Editing> {
    const grid = await GridHarness.mount(provider, { preferences });
    grid.element.focus();
    const editing = new Editing(grid);
    await editing.open();
    return editing;
  }

  async open(): Promise<void> {
    await press('F2');
    await until(() => this.panel?.matches(':popover-open'), 'it is open');
    await until(() => this.grid.root.activeElement === this.input, 'the field has the focus');
  }

  get panel(): HTMLElement | null {
    return this.grid.root.querySelector('[part=panel]');
  }

  get input(): HTMLInputElement {
    return this.grid.root.querySelector('#field-subject') as HTMLInputElement;
  }

  type(text: string): void {
    this.input.value = text;
    this.input.dispatchEvent(new InputEvent('input', { bubbles: true }));
  }

  pressElsewhere(): void {
    document.body.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }));
  }

  get offer(): HTMLElement | null {
    return this.panel?.querySelector('[part=draft-offer]') ?? null;
  }

  async isClosed(): Promise<void> {
    await until(() => !this.panel, 'it is closed');
  }
}

describe('a value that is edited in its cell', () => {
  it('is saved by a press elsewhere, and that can be undone', async () => {
    const editing = await Editing.begin(memory(rows));
    const { grid } = editing;
    editing.type('Call Anna');
    editing.pressElsewhere();
    await until(() => grid.subjects[0] === 'Call Anna', 'it is saved');
    await editing.isClosed();
    await until(() => grid.notices.some((text) => text.includes('Call Anna saved')), 'it is said');
    const undo = grid.context.shadowRoot?.querySelector<HTMLElement>('[part~=notice] button');
    expect(textOf(undo ?? document)).to.equal('Undo');
    undo?.click();
    await until(() => grid.subjects[0] === 'Call Ann', 'it is taken back');
  });

  it('closes by a press elsewhere where nothing was changed', async () => {
    const editing = await Editing.begin(memory(rows));
    editing.pressElsewhere();
    await editing.isClosed();
    expect(editing.grid.notices).to.deep.equal([]);
  });

  it('stays where it is wrong, and says so, without holding whoever goes elsewhere', async () => {
    const editing = await Editing.begin(memory(rows));
    const { grid } = editing;
    editing.type('');
    grid.element.blur();
    grid.row('Write Ben').querySelector('a')?.focus();
    await until(() => editing.input.ariaInvalid === 'true', 'it says what is wrong');
    expect(grid.focus).to.contain('Write Ben');
    expect(grid.subjects[0]).to.equal('Call Ann');
    editing.input.focus();
    await press('Escape');
    await editing.isClosed();
  });

  it('stays with what was typed where the server does not take it', async () => {
    const why: { error?: object } = { error: { code: 'forbidden', message: 'Ask Mona' } };
    const editing = await Editing.begin(refusing(why));
    const { grid } = editing;
    editing.type('Call Anna');
    await press('Enter');
    await until(() => grid.notices.some((text) => text.includes('Ask Mona')), 'it says why');
    await until(() => grid.subjects[0] === 'Call Ann', 'the row is as it was');
    expect(editing.input.value).to.equal('Call Anna');
    delete why.error;
    await press('Enter');
    await until(() => grid.subjects[0] === 'Call Anna', 'it is saved');
    await editing.isClosed();
  });

  it('says beneath it what the server minds', async () => {
    const why = { error: { code: 'validation', fields: { subject: 'Too familiar' } } };
    const editing = await Editing.begin(refusing(why));
    editing.type('Call Annie');
    await press('Enter');
    await until(() => textOf(editing.panel ?? document).includes('Too familiar'), 'it is said');
    expect(editing.input.value).to.equal('Call Annie');
    await expect(editing.grid.element).to.be.accessible();
  });

  it('shows what somebody else made of the same, and takes its place only once that was seen', async () => {
    const provider = memory(rows);
    const editing = await Editing.begin(provider);
    editing.type('Call Anna');
    await provider.update(id, { subject: 'Call Andrea' }, elsewhere);
    await until(() => editing.grid.subjects.includes('Call Andrea'), 'it is seen');
    expect(editing.input.value).to.equal('Call Anna');
    await press('Enter');
    const conflict = (): HTMLElement | null =>
      editing.panel?.querySelector<HTMLElement>('[part=conflict]') ?? null;
    await until(conflict, 'both are shown');
    expect(conflict()?.textContent.replaceAll(/\s+/g, ' ')).to.match(
      /Yours: Call Anna\s+Theirs: Call Andrea/,
    );
    await expect(editing.grid.element).to.be.accessible();
    expect((await provider.get(id, CALL)).subject).to.equal('Call Andrea');
    await press('Enter');
    await editing.isClosed();
    await until(async () => (await provider.get(id, CALL)).subject === 'Call Anna');

    await editing.open();
    editing.type('Call Ben');
    await provider.update(id, { subject: 'Call Bea' }, { ...elsewhere, idempotencyKey: 'again' });
    await until(() => editing.grid.subjects.includes('Call Bea'));
    await press('Enter');
    await until(conflict);
    conflict()?.querySelector('button')?.click();
    await until(() => editing.input.value === 'Call Bea' && !conflict(), 'theirs is taken');
    await press('Enter');
    await editing.isClosed();
    expect((await provider.get(id, CALL)).subject).to.equal('Call Bea');
  });

  it('is saved beside what somebody else made of the rest', async () => {
    const provider = memory(rows);
    const editing = await Editing.begin(provider);
    editing.type('Call Anna');
    await provider.update(id, { priority: 'high' }, elsewhere);
    await until(() => editing.grid.rows[0]?.textContent.includes('High'));
    await press('Enter');
    await editing.isClosed();
    await until(async () => (await provider.get(id, CALL)).subject === 'Call Anna');
    expect((await provider.get(id, CALL)).priority).to.equal('high');
  });

  it('says that the activity is gone, and keeps what was typed', async () => {
    const provider = memory(rows);
    const editing = await Editing.begin(provider);
    editing.type('Call Anna');
    await provider.remove(id, elsewhere);
    await until(() => !editing.grid.subjects.includes('Call Ann'), 'it is gone');
    await press('Enter');
    await until(() => editing.panel?.textContent.includes('does not exist any more'), 'it says so');
    expect(editing.input.value).to.equal('Call Anna');
    expect(editing.grid.root.querySelector('.notice')).to.equal(null);
  });

  it('is offered again also while another tab holds up what keeps it', async () => {
    const preferences = memoryPreferences();
    const before = await Editing.begin(memory(rows), preferences);
    before.type('Call Anna');
    let free: () => void = () => undefined;
    await new Promise<void>((taken) => {
      void navigator.locks.request(`activity-kit.preferences form.draft:${id}`, () => {
        taken();
        return new Promise<void>((resolve) => (free = resolve));
      });
    });
    before.grid.context.remove();
    const editing = await Editing.begin(memory(rows), preferences);
    free();
    await until(() => editing.offer, 'it is offered');
  });

  it('is offered again where the element was gone before it was saved', async () => {
    const provider = memory(rows);
    const preferences = memoryPreferences();
    const before = await Editing.begin(provider, preferences);
    before.type('Call Anna');
    before.grid.context.remove();
    const editing = await Editing.begin(provider, preferences);
    await until(() => editing.offer, 'it is offered');
    await expect(editing.grid.element).to.be.accessible();
    const [restore] = editing.offer?.querySelectorAll('button') ?? [];
    restore?.click();
    await until(() => editing.input.value === 'Call Anna', 'it is there again');
    editing.input.focus();
    await press('Enter');
    await until(() => editing.grid.subjects[0] === 'Call Anna', 'it is saved');
    await editing.isClosed();
    const { id } = rows[0] ?? {};
    await until(
      async () => (await preferences.read(`form.draft:${id ?? ''}`)) === undefined,
      'nothing is kept any longer',
    );
  });

  it('has the focus where it is typed, also beside who is chosen, and closes by one Escape', async () => {
    const mine = activity({ ...call, owner: mona });
    const grid = await GridHarness.mount(memory([mine]), { columns: ['subject', 'owner'] });
    grid.element.focus();
    await press('ArrowRight');
    await press('F2');
    const panel = (): HTMLElement | null => grid.root.querySelector('[part=panel]');
    await until(() => panel()?.matches(':popover-open'), 'it is open');
    await until(() => panel()?.contains(grid.root.activeElement), 'it has the focus');
    expect(grid.root.activeElement?.role).to.equal('combobox');
    await press('Escape');
    await until(() => !panel(), 'it is closed');
    expect(grid.focus).to.equal('Call Ann | Owner');
  });

  it('begins by a double click beside the words, while a click on them opens at once', async () => {
    const grid = await GridHarness.mount(memory(rows));
    const opened: string[] = [];
    grid.element.addEventListener('activity-open', (event) => {
      event.preventDefault();
      opened.push(event.detail.activity.subject);
    });
    const panel = (): HTMLElement | null => grid.root.querySelector('[part=panel]:popover-open');
    const link = grid.row('Call Ann').querySelector('a');
    link?.click();
    expect(opened, 'without a pause').to.deep.equal(['Call Ann']);
    for (const column of ['Subject', 'Due', 'Owner']) {
      grid
        .cell('Call Ann', column)
        .dispatchEvent(new MouseEvent('dblclick', { bubbles: true, composed: true }));
      await until(panel, column);
      await press('Escape');
      await until(() => !panel());
    }
    expect(opened.length).to.equal(1);
  });

  it('of few choices begins at the one that stands there, which Enter leaves as it is', async () => {
    const provider = memory([
      activity({ ...call, priority: 'high' }),
      activity({ ...call, subject: 'Write Ben', priority: undefined }),
    ]);
    const grid = await GridHarness.mount(provider, { columns: ['subject', 'priority'] });
    grid.element.focus();
    await press('ArrowRight');
    const radio = (): HTMLInputElement | null =>
      grid.root.activeElement?.matches('[type=radio]')
        ? (grid.root.activeElement as HTMLInputElement)
        : null;
    await press('F2');
    await until(radio, 'a radio has the focus');
    expect([textOf(radio()?.parentElement ?? document), radio()?.checked]).to.deep.equal([
      'High',
      true,
    ]);
    await press('Enter');
    await until(() => !radio(), 'it is closed');
    expect(grid.textIn('Call Ann', 'Priority')).to.equal('High');
    await press('ArrowDown');
    await press('F2');
    await until(radio, 'a radio has the focus');
    expect(textOf(radio()?.parentElement ?? document)).to.equal('Normal');
  });

  it('is kept no longer after Escape', async () => {
    const provider = memory(rows);
    const preferences = memoryPreferences();
    const editing = await Editing.begin(provider, preferences);
    editing.type('Call Anna');
    await press('Escape');
    await editing.isClosed();
    editing.grid.context.remove();
    const again = await Editing.begin(provider, preferences);
    await again.grid.updated();
    expect(again.offer).to.equal(null);
    const { id } = rows[0] ?? {};
    expect(await preferences.read(`form.draft:${id ?? ''}`)).to.equal(undefined);
  });
});

import { expect } from '@open-wc/testing';
import type { Activity } from '../../../src/model/activity.js';
import type { MemoryProvider } from '../../../src/provider/memory/memory-provider.js';
import { activity, cecil, jun, memory, mona } from '../../support/fixtures.js';
import { GridHarness, press, textOf, until } from '../../support/grid.js';
import { boardOf } from '../../support/kanban.js';

const call = { locale: 'en', timeZone: 'UTC' };

const meeting = (subject: string, more: Partial<Activity> = {}): Activity =>
  activity({
    subject,
    type: 'appointment',
    state: 'scheduled',
    statusReason: 'busy',
    start: '2026-11-25T09:00:00Z',
    end: '2026-11-25T10:00:00Z',
    parties: [
      { role: 'organizer', record: mona },
      { role: 'required', record: cecil },
    ],
    ...more,
  });

/** The question that stands over a page, and its buttons. */
class Question {
  readonly #context: HTMLElement;

  constructor(context: HTMLElement) {
    this.#context = context;
  }

  get #dialog(): HTMLElement | null | undefined {
    return this.#context.shadowRoot?.querySelector<HTMLElement>('[role=alertdialog]');
  }

  async says(...texts: string[]): Promise<void> {
    await until(() => this.#dialog, 'it is asked');
    for (const text of texts) expect(textOf(this.#dialog as Node)).to.contain(text);
  }

  async answer(name: string): Promise<void> {
    const buttons = [...(this.#dialog?.querySelectorAll('button') ?? [])];
    buttons.find((button) => textOf(button) === name)?.click();
    await until(() => !this.#dialog, 'it is answered');
  }

  get isAsked(): boolean {
    return Boolean(this.#dialog);
  }
}

const stored = (provider: MemoryProvider, { id }: Activity): Promise<Activity> =>
  provider.get(id, call);

async function chooseInMenu(grid: GridHarness, button: string, item: string): Promise<void> {
  grid.button(button).click();
  await until(() => grid.root.querySelector('[role=menu]:popover-open'), 'the menu is open');
  grid.menuItem(item).click();
}

describe('what others hear of is asked about first, with their names', () => {
  it('where a meeting is moved in its cell: who thinks better of it keeps what was typed', async () => {
    const row = meeting('Confer');
    const provider = memory([row]);
    const grid = await GridHarness.mount(provider, { columns: ['subject', 'due'] });
    const question = new Question(grid.context);
    await chooseInMenu(grid, 'More for Confer', 'Edit start');
    const day = (): HTMLInputElement | null =>
      grid.root.querySelector('[part=panel]:popover-open input');
    await until(() => day(), 'the field');
    const input = day() as HTMLInputElement;
    input.focus();
    input.value = input.type === 'date' ? '2026-11-27' : '27/11/2026';
    input.dispatchEvent(new Event('input', { bubbles: true }));
    input.dispatchEvent(new Event('change', { bubbles: true }));
    await grid.updated();
    await press('Enter');
    await question.says('Move “Confer” to', '27', 'This tells Cecil Langer.');
    await question.answer('Back');
    expect((await stored(provider, row)).start).to.equal('2026-11-25T09:00:00Z');
    await until(() => day(), 'the field is still there');
    grid.button('Save', grid.root.querySelector('[part=panel]') as ParentNode).click();
    await question.says('This tells Cecil Langer.');
    await question.answer('Reschedule');
    await until(
      async () => (await stored(provider, row)).start === '2026-11-27T09:00:00Z',
      'it is moved',
    );
  });

  it('where it is canceled, and once for many', async () => {
    const rows = [meeting('Confer'), meeting('Decide', { start: '2026-11-26T09:00:00Z' })];
    const provider = memory(rows);
    const grid = await GridHarness.mount(provider);
    const question = new Question(grid.context);
    for (const subject of ['Confer', 'Decide']) grid.checkbox(`Select ${subject}`).click();
    await grid.updated();
    grid.button('Cancel').click();
    await question.says('Move 2 activities to Canceled?', 'This tells Cecil Langer.');
    await question.answer('Continue');
    await until(
      async () =>
        (await Promise.all(rows.map((row) => stored(provider, row)))).every(
          ({ state }) => state === 'canceled',
        ),
      'both are',
    );
    expect(question.isAsked).to.equal(false);
  });

  it('where it is deleted: one question, not two', async () => {
    const row = meeting('Confer');
    const provider = memory([row]);
    const grid = await GridHarness.mount(provider);
    const question = new Question(grid.context);
    grid.checkbox('Select Confer').click();
    await grid.updated();
    await chooseInMenu(grid, 'More', 'Delete');
    await question.says('Delete this activity?', 'This tells Cecil Langer.');
    expect(grid.root.querySelector('dialog[open]')).to.equal(null);
    await question.answer('Continue');
    await until(() => grid.subjects.length === 0, 'it is deleted');
  });

  it('where a card goes to Canceled, or to another day; a meeting of one’s own is nobody else’s business', async () => {
    const own = meeting('Think', { parties: [{ role: 'organizer', record: mona }], owner: mona });
    const rows = [meeting('Confer'), own];
    const provider = memory(rows);
    const board = await boardOf(provider, { lanesBy: 'due' });
    const question = new Question(board.context);
    await board.openMenu('Confer');
    board.menuItem('Tomorrow').click();
    await question.says('Move “Confer” to', 'This tells Cecil Langer.');
    await question.answer('Reschedule');
    await until(() => board.all('[data-lane=due-tomorrow] article').length === 1, 'it is moved');
    await board.openMenu('Think');
    board.menuItem('Cancel appointment').click();
    await until(async () => (await stored(provider, own)).state === 'canceled', 'it is canceled');
    expect(question.isAsked).to.equal(false);
  });

  it('where somebody else owns it, that one too', async () => {
    const row = meeting('Confer', { owner: jun });
    const provider = memory([row]);
    const board = await boardOf(provider);
    const question = new Question(board.context);
    await board.openMenu('Confer');
    board.menuItem('Cancel appointment').click();
    await question.says('This tells', 'Cecil Langer', 'Jun Park');
    await question.answer('Continue');
    await until(async () => (await stored(provider, row)).state === 'canceled', 'it is canceled');
  });
});

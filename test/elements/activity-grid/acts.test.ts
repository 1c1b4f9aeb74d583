import { expect } from '@open-wc/testing';
import { activity, cecil, jun, memory, mona } from '../../support/fixtures.js';
import { GridHarness, textOf, until } from '../../support/grid.js';

const call = { locale: 'en', timeZone: 'UTC' };

function source() {
  const rows = [
    activity({ subject: 'Ask', due: '2026-11-23T15:00:00Z', owner: jun }),
    activity({ subject: 'Bring', due: '2026-11-24T09:00:00Z', owner: jun }),
    activity({
      subject: 'Confer',
      type: 'appointment',
      state: 'scheduled',
      statusReason: 'busy',
      start: '2026-11-25T09:00:00Z',
      end: '2026-11-25T10:00:00Z',
      parties: [{ role: 'required', record: cecil, name: 'Cecil Langer' }],
    }),
  ];
  const provider = memory(rows);
  const [ask = '', bring = '', confer = ''] = rows.map(({ id }) => id);
  return { provider, ask, bring, confer, get: async (id: string) => provider.get(id, call) };
}

async function menu(grid: GridHarness, button: string, item: string): Promise<void> {
  grid.button(button).click();
  await until(() => grid.root.querySelector('[role=menu]:popover-open'), 'the menu is open');
  grid.menuItem(item).click();
  await grid.updated();
}

async function select(grid: GridHarness, ...subjects: string[]): Promise<void> {
  for (const subject of subjects) grid.checkbox(`Select ${subject}`).click();
  await grid.updated();
}

const undo = async (grid: GridHarness): Promise<void> => {
  const root = grid.context.shadowRoot as ShadowRoot;
  await until(() => grid.findButton('Undo', root), 'it can be undone');
  grid.button('Undo', root).click();
};

describe('a note among the selected', () => {
  it('gets no due date, and the report says that it has none', async () => {
    const note = activity({ type: 'note', subject: 'A note', state: null, description: 'Written' });
    const { due: _due, statusReason: _reason, ...plain } = note;
    const task = activity({ subject: 'A task', due: '2026-11-23T15:00:00Z' });
    const provider = memory([plain, task]);
    const grid = await GridHarness.mount(provider, {
      query: { filter: { field: 'type', op: 'in', value: ['note', 'task'] } },
    });
    await select(grid, 'A note', 'A task');
    await menu(grid, 'Due', 'Tomorrow');
    await until(async () => (await provider.get(task.id, call)).due === '2026-11-24T15:00:00Z');
    expect((await provider.get(note.id, call)).due).to.equal(undefined);
    await until(() => grid.text.includes('It has no due date.'), 'the report says so');
  });
});

describe('what is done to several rows', () => {
  it('gives them to me, and takes that back', async () => {
    const { provider, ask, bring, get } = source();
    const grid = await GridHarness.mount(provider);
    await select(grid, 'Ask', 'Bring');
    await menu(grid, 'Assign', 'Assign to me');
    await until(async () => (await get(bring)).owner?.id === mona.id);
    expect((await get(ask)).owner?.id).to.equal(mona.id);
    await undo(grid);
    await until(async () => (await get(ask)).owner?.id === jun.id);
    await until(async () => (await get(bring)).owner?.id === jun.id);
  });

  it('gives what is closed to another, too, and takes that back', async () => {
    const rows = [
      activity({ subject: 'Asked', owner: jun, state: 'completed', statusReason: 'completed' }),
      activity({ subject: 'Left', owner: jun, state: 'canceled', statusReason: 'canceled' }),
    ];
    const provider = memory(rows);
    const owners = async (): Promise<(string | undefined)[]> =>
      Promise.all(rows.map(async ({ id }) => (await provider.get(id, call)).owner?.id));
    const grid = await GridHarness.mount(provider);
    await select(grid, 'Asked', 'Left');
    await menu(grid, 'Assign', 'Assign to me');
    await until(async () => (await owners()).join() === [mona.id, mona.id].join());
    await until(() => grid.notices.length > 0);
    expect(grid.notices.join()).to.not.contain('status');
    await undo(grid);
    await until(async () => (await owners()).join() === [jun.id, jun.id].join());
  });

  it('says of what is closed that it is, and not where else it may go', async () => {
    const rows = [
      activity({ subject: 'Open' }),
      activity({ subject: 'Asked', state: 'completed', statusReason: 'completed' }),
      activity({ subject: 'Left', state: 'canceled', statusReason: 'canceled' }),
    ];
    const grid = await GridHarness.mount(memory(rows));
    await select(grid, 'Asked', 'Left');
    expect(grid.button('Complete').title).to.equal('It is closed and read-only.');
    await select(grid, 'Open');
    grid.button('Complete').click();
    const report = (): HTMLDialogElement | null => grid.root.querySelector('dialog[open]');
    await until(() => textOf(report() ?? document).includes('1 done · 2 refused'), 'the report');
    expect(textOf(report() as Node)).to.contain('It is already completed. Asked');
    expect(textOf(report() as Node)).to.contain('It is already canceled. Left');
  });

  it('says the same of what is closed and was not loaded', async () => {
    const rows = Array.from({ length: 400 }, (_, index) =>
      activity(index > 390 ? { state: 'completed', statusReason: 'completed' } : {}),
    );
    const grid = await GridHarness.mount(memory(rows));
    grid.checkbox('Select all').click();
    await grid.updated();
    expect(grid.element.rest?.count.value).to.be.greaterThan(9);
    grid.button('Complete').click();
    const report = (): HTMLDialogElement | null => grid.root.querySelector('dialog[open]');
    await until(() => textOf(report() ?? document).includes('391 done · 9 refused'), 'the report');
    expect(textOf(report() as Node)).to.contain('It is already completed.');
    expect(textOf(report() as Node)).not.to.contain('another');
  });

  it('reports which of them were refused, in one place, and takes back the others', async () => {
    const { provider, ask, bring, get } = source();
    const grid = await GridHarness.mount({
      ...provider,
      update: (...args: Parameters<typeof provider.update>) =>
        args[0] === bring
          ? Promise.reject({ code: 'forbidden', message: 'Ask Mona' })
          : provider.update(...args),
    });
    await select(grid, 'Ask', 'Bring');
    await menu(grid, 'Assign', 'Assign to me');
    const report = (): HTMLDialogElement | null => grid.root.querySelector('dialog[open]');
    await until(() => textOf(report() ?? document).includes('Ask Mona'), 'the report');
    expect(textOf(report() as Node)).to.contain('Bring');
    expect(grid.notices.join()).to.not.contain('Ask Mona');
    expect((await get(ask)).owner?.id).to.equal(mona.id);
    await undo(grid);
    await until(async () => (await get(ask)).owner?.id === jun.id);
  });

  it('moves each to another day at its own time, in one undo', async () => {
    const { provider, ask, bring, get } = source();
    const grid = await GridHarness.mount(provider);
    await select(grid, 'Ask', 'Bring');
    await menu(grid, 'Due', 'In 3 days');
    await until(async () => (await get(ask)).due === '2026-11-26T15:00:00Z');
    await until(async () => (await get(bring)).due === '2026-11-26T09:00:00Z');
    await undo(grid);
    await until(async () => (await get(ask)).due === '2026-11-23T15:00:00Z');
    await until(async () => (await get(bring)).due === '2026-11-24T09:00:00Z');
  });

  it('moves them to a day that is chosen', async () => {
    const { provider, ask, bring, get } = source();
    const grid = await GridHarness.mount(provider);
    await select(grid, 'Ask', 'Bring');
    await menu(grid, 'Due', 'Choose a date…');
    const panel = (): HTMLElement | null => grid.root.querySelector('[part~=panel]');
    const input = (): HTMLInputElement | null | undefined => panel()?.querySelector('input');
    await until(() => input(), 'a day is asked for');
    grid.button('Apply', panel() as ParentNode).click();
    expect(panel(), 'without a day nothing happens').to.exist;
    const field = input() as HTMLInputElement;
    field.focus();
    field.value = field.type === 'date' ? '2026-12-01' : '01/12/2026';
    field.dispatchEvent(new Event('input', { bubbles: true }));
    field.dispatchEvent(new Event('change', { bubbles: true }));
    await grid.updated();
    grid.button('Apply', panel() as ParentNode).click();
    await until(async () => (await get(ask)).due === '2026-12-01T15:00:00Z');
    await until(async () => (await get(bring)).due === '2026-12-01T09:00:00Z');
    expect(panel()).to.equal(null);
  });

  it('completes one and asks how it went, where something new can be filled in', async () => {
    const { provider, ask, get } = source();
    const grid = await GridHarness.mount(provider);
    const composed: string[] = [];
    grid.element.addEventListener('activity-compose', (event) => {
      event.preventDefault();
      composed.push(event.detail.draft.type);
    });
    await import('../../../src/define/activity-quick-create.js');
    await grid.context.updateComplete;
    await select(grid, 'Ask');
    await until(() => grid.findButton('Done and plan next'), 'it is offered');
    grid.button('Done and plan next').click();
    const dialog = (): HTMLDialogElement | null => grid.root.querySelector('dialog[open]');
    await until(() => dialog(), 'it is asked');
    grid.button('Done and plan next', dialog() as ParentNode).click();
    await until(async () => (await get(ask)).state === 'completed');
    await until(() => composed.length > 0, 'what comes next');
    expect(composed).to.deep.equal(['task']);
  });

  it('asks before a meeting is moved, and says whom that tells', async () => {
    const { provider, confer, get } = source();
    const grid = await GridHarness.mount(provider);
    await select(grid, 'Confer');
    await menu(grid, 'Due', 'Next week');
    const dialog = (): HTMLDialogElement | null => grid.root.querySelector('dialog[open]');
    await until(() => dialog(), 'it is asked');
    expect(textOf(dialog() as Node)).to.contain('Cecil Langer');
    expect(textOf(dialog() as Node)).to.match(/Move “Confer” to Mon.* 30 Nov.*, 10:00\?/);
    grid.button('Back', dialog() as ParentNode).click();
    await until(() => !dialog());
    expect((await get(confer)).start).to.equal('2026-11-25T09:00:00Z');
    await menu(grid, 'Due', 'Next week');
    await until(() => dialog(), 'it is asked again');
    grid.button('Reschedule', dialog() as ParentNode).click();
    await until(async () => (await get(confer)).start === '2026-11-30T09:00:00Z');
    expect((await get(confer)).end).to.equal('2026-11-30T10:00:00Z');
  });

  it('says what an undo left: meetings, whose guests were told', async () => {
    const { provider, ask, confer, get } = source();
    const grid = await GridHarness.mount(provider);
    await select(grid, 'Ask', 'Confer');
    await menu(grid, 'Due', 'Next week');
    const dialog = (): HTMLDialogElement | null => grid.root.querySelector('dialog[open]');
    await until(() => dialog(), 'it is asked');
    const due = (await get(ask)).due;
    grid.button('Reschedule', dialog() as ParentNode).click();
    const notices = (): string => textOf(grid.context.shadowRoot ?? document);
    await until(() => notices().includes('2 activities moved to another day'));
    expect(grid.element.selection).to.deep.equal([]);
    await undo(grid);
    await until(() => notices().includes('1 of 2 activities not undone'));
    expect((await get(ask)).due).to.equal(due);
    expect((await get(confer)).start).to.equal('2026-11-30T09:00:00Z');
  });

  it('deletes them after a question, and not without', async () => {
    const { provider } = source();
    const grid = await GridHarness.mount(provider);
    await select(grid, 'Ask', 'Bring');
    const dialog = (): HTMLDialogElement | null => grid.root.querySelector('dialog[open]');
    await menu(grid, 'More', 'Delete');
    await until(() => dialog(), 'it is asked');
    expect(textOf(dialog() as Node)).to.contain('Delete 2 activities?');
    grid.button('Back', dialog() as ParentNode).click();
    await until(() => !dialog());
    expect(grid.subjects).to.deep.equal(['Ask', 'Bring', 'Confer']);
    await menu(grid, 'More', 'Delete');
    await until(() => dialog(), 'it is asked again');
    grid.button('Delete', dialog() as ParentNode).click();
    await until(() => grid.subjects.join() === 'Confer');
  });
});

describe('the pointer', () => {
  it('selects a row by a finger that stays on it, and none by one that moves', async () => {
    const { provider } = source();
    const grid = await GridHarness.mount(provider);
    const touch = (type: string, target: EventTarget, clientX = 0): boolean =>
      target.dispatchEvent(
        new PointerEvent(type, { bubbles: true, composed: true, pointerType: 'touch', clientX }),
      );
    const cell = grid.cell('Bring', 'Status');
    touch('pointerdown', grid.cell('Ask', 'Status'));
    touch('pointermove', window, 40);
    touch('pointerdown', cell);
    await until(() => grid.selected.length > 0, 'the finger has lain long enough');
    expect(grid.selected).to.deep.equal(['Bring']);
    touch('pointerup', window);
    await grid.click(cell);
    expect(grid.selected, 'lifting it is no click').to.deep.equal(['Bring']);
  });

  it('drags a column to another place, and leaves it there by Escape', async () => {
    const { provider } = source();
    const grid = await GridHarness.mount(provider, { columns: ['subject', 'due', 'owner'] });
    const names = (): string[] => grid.headers.slice(1, -1).map((one) => textOf(one));
    const middle = (name: string): number => {
      const { left, width } = grid.header(name).getBoundingClientRect();
      return left + width / 2;
    };
    const drag = (from: string, to: string): void => {
      const init = { bubbles: true, composed: true, button: 0, pointerType: 'mouse' };
      const at = { ...init, clientX: middle(from) };
      grid.header(from).dispatchEvent(new PointerEvent('pointerdown', at));
      window.dispatchEvent(new PointerEvent('pointermove', { ...init, clientX: middle(to) }));
    };
    drag('Owner', 'Subject');
    window.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }));
    window.dispatchEvent(new PointerEvent('pointerup'));
    await grid.updated();
    expect(names()).to.deep.equal(['Subject', 'Due', 'Owner']);
    drag('Owner', 'Subject');
    window.dispatchEvent(new PointerEvent('pointerup'));
    await grid.updated();
    expect(names()).to.deep.equal(['Owner', 'Subject', 'Due']);
  });
});

import { expect } from '@open-wc/testing';
import type { ActivitySavedEvent } from '../../../src/events/activity-saved-event.js';
import type { Activity } from '../../../src/model/activity.js';
import { UNFINISHED } from '../../../src/model/query.js';
import { failure } from '../../../src/provider/failure.js';
import type { MemoryProvider } from '../../../src/provider/memory/memory-provider.js';
import { activity, memory, wingtip } from '../../support/fixtures.js';
import { GridHarness, press, textOf, until } from '../../support/grid.js';

const names = ['A', 'B', 'C', 'D'];
const call = { locale: 'en', timeZone: 'UTC' };
const open = { query: { filter: UNFINISHED } };

const makeRows = (): readonly Activity[] =>
  names.map((subject, index) =>
    activity({ subject, due: `2026-11-2${String(index + 3)}T09:00:00Z` }),
  );

async function statesIn(provider: MemoryProvider): Promise<string> {
  const { rows } = await provider.query({ sort: [{ field: 'subject', direction: 'asc' }] }, call);
  return rows.map(({ subject, state }) => `${subject} ${String(state)}`).join(', ');
}

/** The open ones of four tasks, in the grid. */
async function mount(
  change: (provider: MemoryProvider) => Partial<MemoryProvider> = () => ({}),
): Promise<{ provider: MemoryProvider; grid: GridHarness }> {
  const provider = memory(makeRows());
  const grid = await GridHarness.mount({ ...provider, ...change(provider) }, open);
  return { provider, grid };
}

async function complete(grid: GridHarness, subject: string): Promise<void> {
  grid.button('Mark complete', grid.row(subject)).click();
  await grid.updated();
}

async function completeSelected(grid: GridHarness, ...subjects: string[]): Promise<void> {
  for (const subject of subjects) await grid.click(grid.checkbox(`Select ${subject}`));
  grid.button('Complete').click();
  await grid.updated();
}

describe('completing in activity-grid', () => {
  it('takes one out of the open ones, and is in the data source', async () => {
    const { provider, grid } = await mount();
    await complete(grid, 'B');
    await until(() => grid.subjects.join('') === 'ACD');
    await until(() => grid.notices.some((text) => text.includes('1 activity completed')));
    expect(await statesIn(provider)).to.equal('A open, B completed, C open, D open');
    expect(grid.grid.ariaRowCount).to.equal('4');
  });

  it('leaves it where all are shown, closed', async () => {
    const provider = memory(makeRows());
    const grid = await GridHarness.mount(provider);
    await complete(grid, 'B');
    await until(() => grid.textIn('B', 'Status') === 'Completed');
    await until(() => !grid.findButton('Mark complete', grid.row('B')));
  });

  it('takes three at once in one act', async () => {
    const { provider, grid } = await mount();
    const saved: ActivitySavedEvent[] = [];
    grid.element.addEventListener('activity-saved', (event) => saved.push(event));
    await completeSelected(grid, 'A', 'B', 'D');
    await until(() => grid.notices.some((text) => text.includes('3 activities completed')));
    await grid.updated();
    expect(grid.subjects).to.deep.equal(['C']);
    expect(await statesIn(provider)).to.equal('A completed, B completed, C open, D completed');
    expect(saved.map(({ detail }) => detail.results.length)).to.deep.equal([3]);
    expect(grid.element.selection).to.deep.equal([]);
    expect(grid.findButton('Complete')).to.equal(undefined);
  });

  it('cancels what is selected', async () => {
    const { provider, grid } = await mount();
    await grid.click(grid.checkbox('Select C'));
    grid.button('Cancel').click();
    await until(() => grid.subjects.join('') === 'ABD');
    await until(async () => (await statesIn(provider)).includes('C canceled'));
  });

  it('moves by the menu of a row', async () => {
    const { provider, grid } = await mount();
    grid.button('More for A', grid.row('A')).click();
    await until(() => grid.root.querySelector('[role=menu]:popover-open'));
    grid.menuItem('Move to Canceled').click();
    await until(async () => (await statesIn(provider)).includes('A canceled'));
  });

  it('proposes what comes next where a row’s own button completes it', async () => {
    const provider = memory([activity({ subject: 'Ring Wingtip', regarding: wingtip })]);
    const grid = await GridHarness.mount(provider, open);
    await import('../../../src/define/activity-quick-create.js');
    await grid.context.updateComplete;
    await complete(grid, 'Ring Wingtip');
    await until(() =>
      grid.notices.some((text) => text.includes('Nothing else is planned for Wingtip Toys')),
    );
  });

  it('asks the host for each act once, with all it is about', async () => {
    const { grid } = await mount();
    const asked: string[] = [];
    const listen = (event: Event): unknown =>
      asked.push(
        `${event.type} ${(event as CustomEvent<{ activities: Activity[] }>).detail.activities
          .map(({ subject }) => subject)
          .join('')}`,
      );
    grid.context.addEventListener('activity-move-status', listen);
    grid.context.addEventListener('activity-complete', listen);
    await completeSelected(grid, 'A', 'C');
    await until(() => grid.subjects.length === 2);
    expect(asked).to.deep.equal(['activity-move-status AC', 'activity-complete AC']);
  });

  it('does nothing when the host prevents it', async () => {
    const { provider, grid } = await mount();
    const prevent = (event: Event): void => event.preventDefault();
    grid.context.addEventListener('activity-complete', prevent);
    await completeSelected(grid, 'A', 'B');
    await complete(grid, 'C');
    grid.context.removeEventListener('activity-complete', prevent);
    // Had the others been written at all, they would be before this one.
    await complete(grid, 'D');
    await until(async () => (await statesIn(provider)).includes('D completed'));
    expect(grid.subjects).to.deep.equal(['A', 'B', 'C']);
    expect(grid.selected, 'still selected').to.deep.equal(['A', 'B']);
    expect(await statesIn(provider)).to.equal('A open, B open, C open, D completed');
  });

  it('waits for the host, and says why when it refuses', async () => {
    const { provider, grid } = await mount();
    let refuse: (why: Error) => void = () => undefined;
    grid.context.addEventListener('activity-move-status', (event) =>
      event.waitUntil(new Promise((_, reject) => (refuse = reject))),
    );
    await complete(grid, 'B');
    expect(grid.row('B').ariaBusy).to.equal('true');
    expect(grid.button('Mark complete', grid.row('B')).ariaDisabled).to.equal('true');
    expect(grid.row('A').ariaBusy).to.not.equal('true');
    refuse(new Error('The customer has not signed.'));
    await until(() => grid.notices.some((text) => text.includes('has not signed')));
    await grid.updated();
    expect(grid.row('B').ariaBusy).to.not.equal('true');
    expect(grid.subjects).to.deep.equal(names);
    expect(await statesIn(provider)).to.contain('B open');
  });

  it('leaves out what the host excludes, and says why', async () => {
    const { provider, grid } = await mount();
    grid.context.addEventListener('activity-move-status', (event) => {
      const [first] = event.detail.activities;
      event.exclude([first?.id ?? ''], 'Kim is on it.');
    });
    await completeSelected(grid, 'A', 'B');
    await until(() => grid.subjects.join('') === 'ACD');
    const report = (): string => textOf(grid.root.querySelector('dialog[open]') ?? document);
    await until(() => report().includes('1 done · 1 refused'), 'the report stands');
    expect(report()).to.match(/Kim is on it\. A/);
    await until(() => grid.selected.join('') === 'A');
    expect(await statesIn(provider)).to.contain('A open, B completed');
  });

  it('puts a row back that the data source refuses, and says why', async () => {
    let refuse: (why: unknown) => void = () => undefined;
    const { provider, grid } = await mount(() => ({
      transition: () => new Promise<Activity>((_, reject) => (refuse = reject)),
    }));
    await complete(grid, 'B');
    await until(() => grid.subjects.join('') === 'ACD');
    refuse(failure('transition-refused', 'Close the quote first.'));
    await until(() => grid.subjects.join('') === 'ABCD');
    await until(() => grid.notices.some((text) => text.includes('Close the quote first.')));
    expect(await statesIn(provider)).to.contain('B open');
  });

  it('puts back only those of many that are refused', async () => {
    const { provider, grid } = await mount((source) => ({
      transition: async (id, to, options) => {
        const row = await source.get(id, options);
        if (row.subject === 'C') throw failure('forbidden', 'Not yours.');
        return source.transition(id, to, options);
      },
    }));
    await completeSelected(grid, 'A', 'B', 'C');
    await until(() => grid.root.querySelector('dialog')?.textContent?.includes('Not yours.'));
    await until(() => grid.subjects.join('') === 'CD');
    expect(await statesIn(provider)).to.equal('A completed, B completed, C open, D open');
  });

  it('is not offered where it may not be, and says why', async () => {
    const [a, ...others] = makeRows();
    const forbidden = { ...a, can: { complete: { reason: 'no-licence-or-role' } } } as Activity;
    const grid = await GridHarness.mount(memory([forbidden, ...others]));
    const button = grid.button('Mark complete', grid.row('A'));
    expect(button.ariaDisabled).to.equal('true');
    expect(button.title).to.contain('license or role');
    await grid.click(grid.checkbox('Select A'));
    expect(grid.button('Complete').ariaDisabled).to.equal('true');
    await grid.click(grid.checkbox('Select B'));
    expect(grid.button('Complete').ariaDisabled).to.equal(null);
  });

  it('is not offered for somebody else’s private time', async () => {
    const busy = { ...makeRows()[0], access: 'busy', subject: 'Secret' } as Activity;
    const grid = await GridHarness.mount(memory([busy]));
    expect(grid.subjects).to.deep.equal(['Busy']);
    expect(grid.text).to.not.contain('Secret');
    expect(grid.row('Busy').querySelector('a, button')).to.equal(null);
    await grid.click(grid.checkbox('Select Busy'));
    expect(grid.button('Complete').ariaDisabled).to.equal('true');
  });

  it('is not there at all where the data source can only be read', async () => {
    const grid = await GridHarness.mount({ query: async () => makeRows() });
    expect(grid.findButton('Mark complete')).to.equal(undefined);
    await grid.click(grid.checkbox('Select A'));
    expect(grid.findButton('Complete')).to.equal(undefined);
    expect(grid.text).to.contain('1 selected');
  });

  it('leaves the focus on the next row, then the one before, then the header', async () => {
    const { grid } = await mount();
    grid.element.focus();
    for (const after of ['B', 'C', 'D']) {
      await press('End');
      await press('Enter');
      await press('Enter');
      await until(() => grid.subjects[0] === after);
      await grid.updated();
      expect(grid.focus).to.equal(`${after} | Actions`);
    }
    await press('Enter');
    await press('Enter');
    await until(() => grid.rows.length === 0);
    expect(grid.focus).to.equal('header | Actions');
  });

  it('leaves the focus on the row before when the last goes', async () => {
    const { grid } = await mount();
    grid.button('Mark complete', grid.row('D')).focus();
    await press('Enter');
    await until(() => grid.subjects.length === 3);
    expect(grid.focus).to.equal('C | Actions');
  });

  it('leaves the focus in the rows when the commands go', async () => {
    const { grid } = await mount();
    await grid.click(grid.checkbox('Select A'));
    await grid.click(grid.checkbox('Select B'));
    grid.button('Complete').focus();
    await press('Enter');
    await until(() => grid.subjects.length === 2);
    await until(() => !grid.findButton('Complete'));
    await grid.updated();
    expect(grid.focus).to.equal('C | Subject');
  });

  it('leaves the focus on what selects all when all of them go', async () => {
    const { grid } = await mount();
    grid.checkbox('Select all').focus();
    await press(' ');
    await grid.updated();
    expect(grid.selected).to.deep.equal(names);
    grid.button('Complete').click();
    await until(() => grid.element.matches(':state(empty)'));
    expect(grid.focus).to.equal('header | Select all');
  });

  it('lets a row go in a motion, out of everybody’s way, and then removes it', async () => {
    const { grid } = await mount();
    // Until it is told to end: however late a page's frames come, it is seen on its way.
    grid.element.style.setProperty('--activity-duration', '60s');
    await complete(grid, 'B');
    const find = (): HTMLElement | null =>
      grid.grid.querySelector<HTMLElement>('[role=row][aria-hidden]');
    await until(find);
    const leaving = find();
    expect(leaving?.inert).to.equal(true);
    expect(leaving?.nextElementSibling).to.equal(grid.row('C'));
    for (const motion of leaving?.getAnimations() ?? []) motion.finish();
    await until(() => !leaving?.isConnected);
  });
});

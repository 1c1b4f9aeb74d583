import { expect } from '@open-wc/testing';
import { failure } from '../../../src/provider/failure.js';
import type { ActivityDataProvider } from '../../../src/provider/provider.js';
import { containsDeep, deepActiveElement } from '../../../src/ui/deep-focus.js';
import { activity, memory } from '../../support/fixtures.js';
import { textOf } from '../../support/form.js';
import { press, until } from '../../support/grid.js';
import { MINE, rows, workspacePage, type WorkspacePage } from '../../support/workspace.js';

/** Nothing may be created there. */
function readMostly(): ActivityDataProvider {
  const source = memory(rows);
  return {
    ...source,
    capabilities: async (options) => ({
      ...(await source.capabilities?.(options)),
      acts: { create: { reason: 'no-licence-or-role' } },
    }),
  };
}

const figures = (dialog: HTMLElement): string[] =>
  [...dialog.querySelectorAll<HTMLElement>('[part=figure]')].map(
    ({ ariaLabel }) => ariaLabel ?? '',
  );

async function follow(it: WorkspacePage, name: RegExp): Promise<void> {
  await it.choose('More', 'Summary');
  const dialog = await it.dialog(`Summary: ${it.title}`);
  const found = (): HTMLElement | undefined =>
    [...dialog.querySelectorAll<HTMLElement>('[part=figure]')].find(({ ariaLabel }) =>
      name.test(ariaLabel ?? ''),
    );
  await until(found, String(name));
  found()?.click();
}

describe('where nothing may be created', () => {
  it('a narrow page still has its work queue', async () => {
    const it = await workspacePage(readMostly(), { width: '320px' });
    await it.shows(...MINE);
    it.press('Work through');
    await until(() => textOf(it.root.querySelector('[part=queue]')).includes('1 of 4'));
  });

  it('no next step is offered with what is done', async () => {
    const it = await workspacePage(readMostly());
    await it.shows(...MINE);
    await it.select('Mine late');
    await until(() => it.findButton('Complete'));
    expect(it.findButton('Done and plan next')).to.equal(undefined);
    const may = await workspacePage(memory(rows));
    await may.shows(...MINE);
    await may.select('Mine late');
    await until(() => may.findButton('Done and plan next'), 'as it is elsewhere');
  });
});

describe('figures', () => {
  it('are dimmed while others are asked for, and gone where they cannot be had', async () => {
    const source = memory(rows);
    let answer: () => Promise<void> = () => Promise.resolve();
    const it = await workspacePage({
      ...source,
      count: async (question, groups, options) => {
        await answer();
        return source.count(question, groups, options);
      },
    });
    await it.shows(...MINE);
    await until(() => it.count === '4');
    const isBusy = (): boolean => it.root.querySelector('.count')?.ariaBusy === 'true';
    expect(isBusy()).to.equal(false);
    let fail = (): void => undefined;
    answer = () =>
      new Promise((_, reject) => {
        fail = () => reject(failure('forbidden', 'Not for you.'));
      });
    it.press('Tomorrow 1');
    await it.shows('Invited');
    expect(it.count).to.equal('4');
    await until(isBusy, 'it says that they are those of before');
    fail();
    await until(() => it.count === '', 'no figure is better than a wrong one');
    await until(() => it.tabs[0] === 'All');

    await it.choose('More', 'Summary');
    const dialog = await it.dialog('Summary: My activities');
    fail();
    await until(() => {
      fail();
      return textOf(dialog).includes('Not for you.');
    }, 'the summary says why');
    await expect(it.element).to.be.accessible();
    answer = () => Promise.resolve();
    it.pressIn(dialog, 'Try again');
    await until(() => figures(dialog).includes('Appointments: 1 activity'));
  });

  it('lead to their rows out of a calendar, too', async () => {
    const it = await workspacePage(memory(rows), { show: 'calendar', view: 'my' });
    await until(() => it.root.querySelector('activity-calendar'));
    await follow(it, /^Phone calls: 1/);
    await it.shows('A call');
    expect(it.element.show).to.equal('grid');
    await until(
      () => containsDeep(it.root.querySelector('activity-grid') as Element, deepActiveElement()),
      'the focus is with them',
    );
  });

  it('without a date are said to have no place in a calendar', async () => {
    const undated = activity({ subject: 'Some day', due: undefined });
    const it = await workspacePage(memory([...rows, undated]), { show: 'calendar' });
    await until(() => it.tabs.includes('No date 1'));
    it.press('No date 1');
    await until(() => it.findButton('Show as grid'));
    await expect(it.element).to.be.accessible();
    it.press('Show as grid');
    await it.shows('Some day');
    expect(it.findButton('Show as grid')).to.equal(undefined);
  });

  it('are not exported where the data source does not allow it', async () => {
    const source = memory(rows);
    const it = await workspacePage({
      ...source,
      capabilities: async (options) => ({
        ...(await source.capabilities?.(options)),
        acts: { export: { reason: 'no-licence-or-role' } },
      }),
    });
    await it.shows(...MINE);
    await it.choose('More', 'Summary');
    const dialog = await it.dialog('Summary: My activities');
    await until(() => figures(dialog).length > 0);
    expect(textOf(dialog)).not.to.contain('Export');
  });
});

describe('an empty list', () => {
  it('keeps the focus when its filters are cleared', async () => {
    const it = await workspacePage(memory(rows), { priorities: ['high'] });
    const clear = (): HTMLButtonElement | undefined =>
      [...it.root.querySelectorAll<HTMLButtonElement>('[slot=empty] button')].find(
        (button) => textOf(button) === 'Clear filters',
      );
    await until(() => clear()?.checkVisibility());
    clear()?.focus();
    await press('Enter');
    await it.shows(...MINE);
    await until(
      () => containsDeep(it.root.querySelector('activity-grid') as Element, deepActiveElement()),
      'the list has it',
    );
  });
});

describe('what is never done here', () => {
  it('is not offered, however the activities are shown, and the page says why', async () => {
    const source = memory(rows);
    const refusal = { reason: 'no-licence-or-role' } as const;
    const it = await workspacePage({
      ...source,
      capabilities: async (options) => ({
        ...(await source.capabilities?.(options)),
        acts: { complete: refusal, cancel: refusal, assign: refusal, remove: refusal },
      }),
    });
    const missing = (): string[] =>
      ['Complete', 'Cancel', 'Assign', 'Delete'].filter((name) => !it.findButton(name));
    await it.shows(...MINE);
    await it.select('Mine late');
    await until(() => it.findButton('Due'), 'what may be done');
    expect(missing()).to.have.length(4);
    const row = it.root.querySelector('activity-grid')?.shadowRoot;
    expect(row?.querySelector('[aria-label="Mark complete"]')).to.equal(null);
    await it.showAs('Kanban');
    await until(() => it.findButton('Due'), 'there, too');
    expect(missing()).to.have.length(4);
    await it.choose('More', 'Why is something missing?');
    const text = textOf(await it.dialog('Missing options'));
    for (const name of ['Complete', 'Cancel', 'Assign', 'Delete']) expect(text).to.include(name);
  });
});

describe('column filters of an address that fit no column', () => {
  it('leave the list standing, and are no chips', async () => {
    const it = await workspacePage(memory(rows), {
      columnFilters: {
        due: { kind: 'text', contains: 'x' },
        subject: { kind: 'text', contains: ' ' },
        owner: { kind: 'time', from: '2026-11-01' },
        priority: { kind: 'time' },
      },
    });
    await it.shows(...MINE);
    await until(() => it.count === '4');
    for (const name of ['Due', 'Subject', 'Owner', 'Priority']) {
      expect(it.findButton(`Remove filter ${name}`), name).to.equal(undefined);
    }
    it.element.columnFilters = undefined as never;
    await it.element.updateComplete;
    await it.shows(...MINE);
  });
});

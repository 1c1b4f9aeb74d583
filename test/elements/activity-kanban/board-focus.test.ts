import { expect } from '@open-wc/testing';
import type { Activity } from '../../../src/model/activity.js';
import { deepActiveElement } from '../../../src/ui/deep-focus.js';
import { activity, memory } from '../../support/fixtures.js';
import { press } from '../../support/grid.js';
import { boardOf, textOf, type Board } from '../../support/kanban.js';
import { waitUntil } from '../../support/until.js';

function tasks(count: number, more: (index: number) => Partial<Activity> = () => ({})): Activity[] {
  return Array.from({ length: count }, (_, index) =>
    activity({
      subject: `Task ${String(index)}`,
      due: new Date(Date.parse('2026-12-01T09:00:00Z') + index * 60_000).toISOString(),
      ...more(index),
    }),
  );
}

async function frames(board: Board, count: number): Promise<void> {
  for (let at = 0; at < count; at++) {
    await new Promise(requestAnimationFrame);
    await board.element.updateComplete;
  }
}

/** A button by its name. */
function named(board: Board, label: string): HTMLElement {
  const found = board.all('button').find((one) => one.ariaLabel === label || textOf(one) === label);
  if (!found) throw new Error(`no button ${label}`);
  return found;
}

/** What the focus is on is called so. */
function hasFocus(board: Board, label: string): Promise<void> {
  const focused = (): Element | null => deepActiveElement();
  return waitUntil(
    () => focused()?.ariaLabel === label && board.root.contains(focused()),
    () => `${label} has the focus, and not ${focused()?.ariaLabel ?? focused()?.outerHTML ?? ''}`,
  );
}

async function pressButton(board: Board, label: string): Promise<void> {
  named(board, label).focus();
  await press('Enter');
}

/** By keys alone, from the button of a lane's menu. */
async function chooseInLaneMenu(board: Board, lane: string, label: string, group?: string) {
  await pressButton(board, `More for lane ${lane}`);
  const within = group === undefined ? '' : `[role=group][aria-label="${group}"] `;
  const item = (): HTMLElement | undefined =>
    board
      .all(`[role=menu] ${within}[role^=menuitem]`)
      .find((one) => one.dataset['label'] === label);
  await waitUntil(
    () => board.root.activeElement?.closest('[role=menu]') != null,
    'the menu of the lane',
  );
  for (let tries = 0; board.root.activeElement !== item() && tries < 40; tries++)
    await press('ArrowDown');
  await press('Enter');
  await board.element.updateComplete;
}

describe('the focus', () => {
  it('stays at the head of a lane that is folded, and of one that is opened again', async () => {
    const board = await boardOf(memory(tasks(1)));
    await chooseInLaneMenu(board, 'Open', 'Fold this lane');
    await hasFocus(board, 'Open, 1 of 1');
    await press('Enter');
    await hasFocus(board, 'More for lane Open');
  });

  it('stays at the head of a lane where the rows, or the lanes, become others', async () => {
    const board = await boardOf(memory(tasks(2)));
    await chooseInLaneMenu(board, 'Completed', 'Priority', 'Rows');
    await hasFocus(board, 'More for lane Completed');
    await chooseInLaneMenu(board, 'Completed', 'None', 'Rows');
    await hasFocus(board, 'More for lane Completed');
    await chooseInLaneMenu(board, 'Completed', 'Due', 'Lanes');
    await hasFocus(board, 'More for lane Overdue');
    await chooseInLaneMenu(board, 'Overdue', 'Status', 'Lanes');
    await hasFocus(board, 'More for lane Open');
  });

  it('goes on with the first card that comes where older ones are shown', async () => {
    const done = (subject: string, actualEnd: string): Activity =>
      activity({ subject, state: 'completed', statusReason: 'completed', actualEnd });
    const rows = [
      done('Lately', '2026-11-01T09:00:00Z'),
      done('Long ago', '2026-09-01T09:00:00Z'),
      done('Longer ago', '2026-08-01T09:00:00Z'),
    ];
    const board = await boardOf(memory(rows));
    named(board, 'Show older').focus();
    await press('Enter');
    await hasFocus(board, 'Long ago');
  });

  it('stays on the board where nothing older comes', async () => {
    const lately = {
      subject: 'Lately',
      state: 'completed',
      statusReason: 'completed',
      actualEnd: '2026-11-01T09:00:00Z',
    } as const;
    const board = await boardOf(memory([activity(lately)]));
    const older = board.lane('Completed').querySelector<HTMLElement>('[part=show-older]');
    older?.focus();
    await press('Enter');
    await waitUntil(() => !board.lane('Completed').querySelector('[part=show-older]'));
    await frames(board, 2);
    expect(board.lane('Completed').contains(deepActiveElement())).to.be.true;
  });
});

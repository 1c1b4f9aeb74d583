import { expect } from '@open-wc/testing';
import type { Activity } from '../../../src/model/activity.js';
import { deepActiveElement } from '../../../src/ui/deep-focus.js';
import { activity, memory } from '../../support/fixtures.js';
import { press } from '../../support/grid.js';
import { boardOf, type Board } from '../../support/kanban.js';
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

describe('what the host draws on a card', () => {
  const withField = (): Promise<Board> =>
    boardOf(memory(tasks(3)), {
      cardRenderer: ({ activity: { subject }, container }) => {
        const input = document.createElement('input');
        const link = document.createElement('button');
        input.value = 'abc';
        input.ariaLabel = `Note of ${subject}`;
        link.textContent = 'Press';
        container.append(input, link);
        return () => container.replaceChildren();
      },
    });

  it('keeps the keys that its fields need', async () => {
    const board = await withField();
    const field = board.card('Task 1').querySelector('input');
    field?.focus();
    field?.setSelectionRange(3, 3);
    await press('Home');
    await press('m');
    await press('ArrowRight');
    await press(' ');
    await press('End');
    await press('x');
    expect(field?.value).to.equal('ma bcx');
    await press('ArrowDown');
    await press('F2');
    const selects = new KeyboardEvent('keydown', {
      key: 'ArrowRight',
      ctrlKey: true,
      shiftKey: true,
      bubbles: true,
      cancelable: true,
    });
    const menu = new KeyboardEvent('keydown', {
      key: 'ContextMenu',
      bubbles: true,
      cancelable: true,
    });
    for (const event of [selects, menu]) field?.dispatchEvent(event);
    await frames(board, 1);
    expect([selects.defaultPrevented, menu.defaultPrevented]).to.deep.equal([false, false]);
    expect(deepActiveElement()).to.equal(field);
    expect(board.all('input[name=subject], [role=menu]')).to.be.empty;
    expect(board.all('[data-lifted]')).to.be.empty;
  });

  it('lets the arrows go on from its buttons', async () => {
    const board = await withField();
    board.card('Task 1').querySelector<HTMLElement>('.card-own button')?.focus();
    await press('ArrowDown');
    await waitUntil(() => board.root.activeElement === board.card('Task 2'));
  });
});

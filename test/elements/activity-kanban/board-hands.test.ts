import { expect } from '@open-wc/testing';
import { resetMouse, sendMouse } from '@web/test-runner-commands';
import type { Activity } from '../../../src/model/activity.js';
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

describe('a board with rows', () => {
  afterEach(() => resetMouse());

  it('scrolls upwards under what is held below the heads of its lanes', async function () {
    this.timeout(30_000);
    const priorities = ['high', 'normal', 'low'] as const;
    const board = await boardOf(
      memory(tasks(24, (index) => ({ priority: priorities[index % 3] ?? 'low' }))),
      { swimLanes: 'priority', width: '1100px' },
    );
    await waitUntil(() => board.all('article').length > 6);
    const lanes = board.find('.lanes');
    lanes.scrollTop = 500;
    await frames(board, 2);
    const middle = (lanes.getBoundingClientRect().top + lanes.getBoundingClientRect().bottom) / 2;
    const subject = board
      .all('article')
      .find((card) => {
        const { left, top, height } = card.getBoundingClientRect();
        const at = board.root.elementFromPoint(left + 40, top + height / 2);
        return top > middle - 60 && card.contains(at);
      })
      ?.getAttribute('aria-label');
    await board.lift(subject ?? '');
    const before = lanes.scrollTop;
    const heads = board.find('.row-heads').getBoundingClientRect();
    // Over a lane that is empty, which has nothing of its own to scroll.
    const x = Math.round(board.find('[data-lane=scheduled]').getBoundingClientRect().left + 40);
    expect(heads.height).to.be.above(40);
    await sendMouse({ type: 'move', position: [x, Math.round(heads.bottom + 20)] });
    await sendMouse({ type: 'move', position: [x, Math.round(heads.bottom + 16)] });
    await waitUntil(() => lanes.scrollTop < before - 60, 'scrolled up');
    await board.drop();
  });
});

describe('a finger that rests', () => {
  /** Whether the browser's own menu comes there. */
  function isOffered(target: Element): boolean {
    const event = new PointerEvent('contextmenu', {
      pointerType: 'touch',
      bubbles: true,
      composed: true,
      cancelable: true,
    });
    target.dispatchEvent(event);
    return !event.defaultPrevented;
  }

  it('brings the browser’s own menu in fields and in a description, not on a card', async () => {
    const board = await boardOf(memory([activity({ subject: 'Book', description: 'At nine' })]));
    expect(isOffered(board.card('Book'))).to.be.false;
    expect(isOffered(board.find('.subject'))).to.be.false;
    await board.openMenu('Book');
    board.menuItem('Show description').click();
    await waitUntil(() => textOf(board.all('[part=card-body]')[0]) === 'At nine');
    expect(isOffered(board.find('[part=card-body]'))).to.be.true;
    board.card('Book').focus();
    await press('F2');
    await waitUntil(() => board.all('input[name=subject]').length === 1);
    expect(isOffered(board.find('input[name=subject]'))).to.be.true;
  });

  it('brings it in a field that the host draws', async () => {
    const board = await boardOf(memory([activity({ subject: 'Book' })]), {
      cardRenderer: () => document.createElement('textarea'),
    });
    expect(isOffered(board.find('.card-own'))).to.be.false;
    expect(isOffered(board.find('.card-own textarea'))).to.be.true;
  });
});

import { expect } from '@open-wc/testing';
import type { Activity } from '../../../src/model/activity.js';
import { activity, memory } from '../../support/fixtures.js';
import { press } from '../../support/grid.js';
import { boardOf, type Board } from '../../support/kanban.js';
import { waitUntil } from '../../support/until.js';

async function pressed(key: string, times: number): Promise<void> {
  for (let count = 0; count < times; count++) await press(key);
}

function tasks(count: number, more: (index: number) => Partial<Activity> = () => ({})): Activity[] {
  return Array.from({ length: count }, (_, index) =>
    activity({
      subject: `Task ${String(index)}`,
      due: new Date(Date.parse('2026-12-01T09:00:00Z') + index * 60_000).toISOString(),
      ...more(index),
    }),
  );
}

const call = (subject: string): Activity =>
  activity({ type: 'phonecall', subject, statusReason: 'open' });

async function frames(board: Board, count: number): Promise<void> {
  for (let at = 0; at < count; at++) {
    await new Promise(requestAnimationFrame);
    await board.element.updateComplete;
  }
}

function scroller(board: Board, lane: string): HTMLElement {
  const found = board.lane(lane).querySelector<HTMLElement>('.cards');
  if (!found) throw new Error(`${lane} is folded`);
  return found;
}

describe('a board in a narrow place, by keys', () => {
  const inSight = (board: Board): string | undefined =>
    board
      .all('[type=radio]')
      .find((radio) => (radio as HTMLInputElement).checked)
      ?.closest('label')
      ?.textContent?.trim()
      .split(/\s/)[0];
  const narrow = async (rows: Activity[], more = {}): Promise<Board> => {
    const board = await boardOf(memory(rows), { width: '320px', ...more });
    await waitUntil(() => board.all('section').length === 1);
    return board;
  };
  const isShown = (board: Board, lane: string): boolean => {
    const { left, top, width } = board.lane(lane).getBoundingClientRect();
    const found = board.root.elementFromPoint(left + width / 2, top + 12);
    return board.lane(lane).contains(found);
  };

  it('shows the lane where the card would go while it is carried, and goes back by Escape', async () => {
    const board = await narrow([activity({ subject: 'Book dentist' })]);
    const height = board.card('Book dentist').getBoundingClientRect().height;
    board.card('Book dentist').focus();
    await press('m');
    await press('ArrowRight');
    await board.hears('Scheduled: Not for tasks');
    await press('ArrowRight');
    await waitUntil(() => inSight(board) === 'Completed');
    await waitUntil(
      () => isShown(board, 'Completed') && board.lane('Completed').matches('.target'),
    );
    expect(board.focused).to.equal('Book dentist');
    expect(board.card('Book dentist').getBoundingClientRect().height).to.equal(height);
    await press('Escape');
    await waitUntil(() => inSight(board) === 'Open' && isShown(board, 'Open'));
    expect(board.all('section')).to.have.length(1);
    expect(board.focused).to.equal('Book dentist');
  });

  it('stays in the lane where it was put down, and the focus on the card', async () => {
    const board = await narrow([...tasks(2), activity({ subject: 'Book dentist' })]);
    board.card('Book dentist').focus();
    await press('m');
    await pressed('ArrowRight', 2);
    await press('Enter');
    await waitUntil(() => board.headings.join() === 'Completed, 1 of 1');
    await waitUntil(() => !board.card('Book dentist').ariaBusy);
    await frames(board, 2);
    expect(inSight(board)).to.equal('Completed');
    expect(board.focused).to.equal('Book dentist');
  });

  it('goes back where the move is refused, or its reason not told', async () => {
    const board = await narrow([call('Ring')]);
    board.card('Ring').focus();
    await press('m');
    await press('ArrowRight');
    await waitUntil(() => inSight(board) === 'Scheduled');
    await press('Enter');
    await waitUntil(() => board.notices.includes('Not done: Not for phone calls'));
    await waitUntil(() => inSight(board) === 'Open' && board.focused === 'Ring');
    await press('m');
    await pressed('ArrowRight', 2);
    await press('Enter');
    // Asked of the root, not by `:focus`: that also wants the window to be in front.
    await waitUntil(
      () => board.menuItems.some((item) => item === board.root.activeElement),
      'it is asked',
    );
    expect(inSight(board)).to.equal('Completed');
    await press('Escape');
    await board.hears('Left where it was');
    await waitUntil(() => inSight(board) === 'Open' && board.focused === 'Ring');
  });

  it('shows the lane among rows too', async () => {
    const board = await boardOf(memory(tasks(2)), { width: '320px', swimLanes: 'priority' });
    await waitUntil(() => board.all('article').length === 2);
    board.card('Task 0').focus();
    await press('m');
    await pressed('ArrowRight', 2);
    await waitUntil(() => inSight(board) === 'Completed');
    await waitUntil(() => board.all('.target[data-lane=completed]').length === 1);
    expect(board.focused).to.equal('Task 0');
    await press('Escape');
    await waitUntil(() => inSight(board) === 'Open');
    expect(board.focused).to.equal('Task 0');
  });

  it('offers in a card’s menu first where to move it', async () => {
    const board = await narrow([activity({ subject: 'Book dentist' })], { order: 'own' });
    await board.openMenu('Book dentist');
    const [first] = board.all('[role=menu] [role=group]');
    expect(first?.ariaLabel).to.equal('Move to…');
    const wide = await boardOf(memory(tasks(1)));
    await wide.openMenu('Task 0');
    expect(wide.all('[role=menu] [role=group]')[0]?.ariaLabel).to.equal(null);
  });

  it('leads the lane after a place of the user’s own order', async () => {
    const done = tasks(30, (index) => ({
      subject: `Done ${String(index)}`,
      state: 'completed',
      statusReason: 'completed',
      actualEnd: '2026-11-20T09:00:00Z',
    }));
    const board = await boardOf(memory([...tasks(3), ...done]), { order: 'own', width: '320px' });
    await waitUntil(() => board.all('section').length === 1);
    board.card('Task 0').focus();
    await press('m');
    await pressed('ArrowRight', 2);
    await press('End');
    await board.hears('Completed, 31 of 31');
    await waitUntil(() => {
      const view = scroller(board, 'Completed').getBoundingClientRect();
      const slot = board.find('.target [part=slot]:not([hidden])').getBoundingClientRect();
      return board.cards('Completed').includes('Done 29') && slot.bottom <= view.bottom;
    }, 'the end is in sight');
    await press('Enter');
    await waitUntil(() => board.cards('Completed').at(-1) === 'Task 0', 'put there');
    expect(board.focused).to.equal('Task 0');
  });
});

import { registerMessages } from '../../../src/i18n/locale.js';
import { zhTW } from '../../../src/i18n/zh-TW.js';
import { activity, jun, memory, mona } from '../../support/fixtures.js';
import { press } from '../../support/grid.js';
import { boardOf, textOf, type Board } from '../../support/kanban.js';
import { waitUntil } from '../../support/until.js';

registerMessages('zh-TW', zhTW);

async function pressed(key: string, times: number): Promise<void> {
  for (let count = 0; count < times; count++) await press(key);
}

/** A button by its name. */
function named(board: Board, label: string): HTMLElement {
  const found = board.all('button').find((one) => one.ariaLabel === label || textOf(one) === label);
  if (!found) throw new Error(`no button ${label}`);
  return found;
}

describe('what is said of a move', () => {
  it('names the row where only that is another, and both where both are', async () => {
    const board = await boardOf(memory([activity({ subject: 'Alpha', owner: mona })]), {
      swimLanes: 'priority',
      lanesBy: 'state',
    });
    await waitUntil(() => board.all('article').length === 1);
    await board.openMenu('Alpha');
    board.menuItem('High').click();
    await board.hears('Alpha moved to row High');
    await board.hears('High, Open, 1 of 1');
    await waitUntil(() => !board.card('Alpha').ariaBusy);
    board.card('Alpha').focus();
    await press('m');
    await pressed('ArrowRight', 2);
    await press('ArrowDown');
    await press('Enter');
    await board.hears('Alpha moved to Completed in row Normal');
    await board.hears('Normal, Completed, 1 of 1');
  });

  it('names the row in Chinese', async () => {
    const board = await boardOf(memory([activity({ subject: 'Alpha', owner: mona })]), {
      swimLanes: 'owner',
      locale: 'zh-TW',
    });
    await waitUntil(() => board.all('article').length === 1);
    await board.openMenu('Alpha');
    board.menuItem(jun.name ?? '').click();
    await board.hears('已將Alpha移至「Jun Park」列');
  });

  it('names the place where a card’s own button completes it', async () => {
    const done = activity({
      subject: 'Done',
      state: 'completed',
      statusReason: 'completed',
      actualEnd: '2026-11-20T09:00:00Z',
    });
    const board = await boardOf(memory([activity({ subject: 'C' }), done]));
    board.card('C').focus();
    await board.element.updateComplete;
    named(board, 'Complete C').click();
    await board.hears('C moved to Completed');
    await board.hears('Completed, 1 of 2');
  });
});

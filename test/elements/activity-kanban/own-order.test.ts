import { expect } from '@open-wc/testing';
import { memoryPreferences } from '../../../src/elements/base/preferences.js';
import type { Activity } from '../../../src/model/activity.js';
import { failure } from '../../../src/provider/failure.js';
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

function undo(board: Board): HTMLElement | undefined {
  return [...(board.context.shadowRoot?.querySelectorAll<HTMLElement>('.notice-action') ?? [])].at(
    -1,
  );
}

describe('the user’s own order by keys', () => {
  it('leads the lane after the place where the card would stand', async () => {
    const board = await boardOf(memory(tasks(40)), { order: 'own' });
    const slot = (): DOMRect => board.find('[part=slot]:not([hidden])').getBoundingClientRect();
    const isSeen = (): boolean => {
      const view = scroller(board, 'Open').getBoundingClientRect();
      return slot().top >= view.top && slot().bottom <= view.bottom;
    };
    board.card('Task 0').focus();
    await press('m');
    await pressed('ArrowDown', 14);
    await waitUntil(isSeen, 'after fourteen arrows');
    expect(scroller(board, 'Open').scrollTop).to.be.above(100);
    await press('End');
    await board.hears('Open, 40 of 40');
    await waitUntil(() => board.headings[0] === 'Open, 40 of 40', 'all are loaded');
    await waitUntil(isSeen, 'at the end');
    await press('Home');
    await waitUntil(isSeen, 'at the beginning');
    expect(board.focused).to.equal('Task 0');
  });

  /** All cards of a lane, scrolled through. */
  async function allCards(board: Board, lane: string, count: number): Promise<string[]> {
    const found = new Map<number, string>();
    scroller(board, lane).scrollTop = 0;
    await frames(board, 1);
    for (let tries = 0; found.size < count && tries < 400; tries++) {
      for (const item of scroller(board, lane).querySelectorAll('li')) {
        const label = item.querySelector('article')?.ariaLabel;
        found.set(Number(item.ariaPosInSet), label ?? '');
      }
      scroller(board, lane).scrollTop += 200;
      await frames(board, 1);
    }
    return [...found].sort(([a], [b]) => a - b).map(([, subject]) => subject);
  }

  const last = async (board: Board, count: number): Promise<string | undefined> =>
    (await allCards(board, 'Open', count)).at(-1);

  it('means the bottom of all cards, not of those that are loaded', async () => {
    const provider = memory(tasks(45));
    const board = await boardOf(provider, { order: 'own' });
    await board.openMenu('Task 0');
    board.menuItem('Move to the bottom').click();
    await board.hears('Open, 45 of 45');
    expect(await last(board, 45)).to.equal('Task 0');
    const again = await boardOf(provider, { order: 'own' });
    expect(await last(again, 45)).to.equal('Task 0');
  });

  it('counts all cards, and End leads to the last of them', async () => {
    const board = await boardOf(memory(tasks(45)), { order: 'own' });
    board.card('Task 0').focus();
    await press('m');
    await press('ArrowDown');
    await board.hears('Open, 2 of 45');
    await press('End');
    await board.hears('Open, 45 of 45');
    await press('Enter');
    await waitUntil(() => board.all('[data-lifted]').length === 0, 'put down');
    expect(await last(board, 45)).to.equal('Task 0');
  });

  it('takes a card of another lane to the bottom of all', async () => {
    const visit = { type: 'fax', statusReason: 'open' } as const;
    const board = await boardOf(
      memory([
        ...tasks(45, (index) => ({
          state: 'canceled',
          statusReason: 'canceled',
          actualEnd: new Date(Date.parse('2026-11-20T09:00:00Z') - index * 60_000).toISOString(),
        })),
        activity({ ...visit, subject: 'Fax' }),
      ]),
      { order: 'own' },
    );
    board.card('Fax').focus();
    await press('m');
    await pressed('ArrowRight', 3);
    await press('End');
    await board.hears('Canceled, 46 of 46');
    await press('Enter');
    await board.hears('Fax moved to Canceled');
    const all = await allCards(board, 'Canceled', 46);
    expect(all.at(-1)).to.equal('Fax');
  });

  it('says so where what it needs can’t be loaded, and leaves all as it was', async () => {
    const provider = memory(tasks(45));
    let isDown = false;
    const board = await boardOf(
      {
        ...provider,
        query: (...[question, options]: Parameters<typeof provider.query>) =>
          isDown ? Promise.reject(failure('network')) : provider.query(question, options),
      },
      { order: 'own' },
    );
    isDown = true;
    await board.openMenu('Task 0');
    board.menuItem('Move to the bottom').click();
    await waitUntil(() => board.notices.some((text) => text.startsWith('Not done: ')));
    expect(board.cards('Open')[0]).to.equal('Task 0');
  });

  it('is taken back, by whatever gesture it was made', async () => {
    const preferences = memoryPreferences();
    const board = await boardOf(memory(tasks(5)), { order: 'own', preferences });
    const before = board.cards('Open').join();
    await board.openMenu('Task 4');
    board.menuItem('Move to the top').click();
    await waitUntil(() => board.cards('Open')[0] === 'Task 4');
    await waitUntil(() => board.notices.includes('Task 4 moved within Open'), 'it is told');
    undo(board)?.click();
    await waitUntil(() => board.cards('Open').join() === before, 'the menu is taken back');
    await board.hears('Undone');
    board.card('Task 0').focus();
    await press('m');
    await press('End');
    await press('Enter');
    await waitUntil(() => board.cards('Open').at(-1) === 'Task 0');
    undo(board)?.click();
    await waitUntil(() => board.cards('Open').join() === before, 'the keys are taken back');
    await waitUntil(
      async () => JSON.stringify(await preferences.read('kanban.order')) === '{"open":[]}',
    );
  });

  it('takes back one act alone, whatever was put elsewhere since', async () => {
    const board = await boardOf(memory(tasks(5)), { order: 'own' });
    for (const subject of ['Task 2', 'Task 4']) {
      await board.openMenu(subject);
      board.menuItem('Move to the top').click();
      await waitUntil(() => board.cards('Open')[0] === subject);
      await waitUntil(() => board.menuItems.length === 0);
    }
    await waitUntil(() => board.notices.length === 2, 'both are told');
    board.context.shadowRoot?.querySelector<HTMLElement>('.notice-action')?.click();
    await waitUntil(() => board.cards('Open').join() === 'Task 4,Task 0,Task 1,Task 2,Task 3');
  });

  it('is taken back for several cards at once, also where some come from another lane', async () => {
    const rows = [...tasks(4), call('Call')];
    const board = await boardOf(memory(rows), {
      order: 'own',
      lanesBy: 'priority',
      selection: [rows[0]?.id ?? '', rows[1]?.id ?? ''],
    });
    const before = board.cards('Normal').join();
    board.card('Task 0').focus();
    await press('m');
    await press('End');
    await press('Enter');
    await waitUntil(() => board.cards('Normal').slice(-2).join() === 'Task 0,Task 1');
    await waitUntil(() => board.notices.includes('2 activities moved within Normal'));
    undo(board)?.click();
    await waitUntil(() => board.cards('Normal').join() === before, 'both are back');
    board.element.selection = [];
    await board.element.updateComplete;
    board.card('Task 3').focus();
    await press('m');
    await press('ArrowLeft');
    await press('Enter');
    await board.hasMoved('Task 3', 'High');
    await waitUntil(() => !board.card('Task 3').ariaBusy, 'saved');
    // One that is there already and one that comes.
    board.element.selection = [rows[3]?.id ?? '', rows[2]?.id ?? ''];
    await board.element.updateComplete;
    const middle = board.cards('Normal').join();
    board.card('Task 3').focus();
    await press('m');
    await press('ArrowRight');
    await press('End');
    await press('Enter');
    await waitUntil(() => board.cards('Normal').slice(-2).join() === 'Task 3,Task 2');
    await waitUntil(() => board.notices.includes('2 activities moved to Normal'));
    undo(board)?.click();
    await waitUntil(
      () => board.cards('High').join() === 'Task 3' && board.cards('Normal').join() === middle,
      'both are where they were',
    );
  });
});

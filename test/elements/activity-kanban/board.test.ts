import { expect } from '@open-wc/testing';
import { resetMouse, sendKeys, sendMouse } from '@web/test-runner-commands';
import { memoryPreferences } from '../../../src/elements/base/preferences.js';
import type { Activity } from '../../../src/model/activity.js';
import { failure } from '../../../src/provider/failure.js';
import { createMemoryProvider } from '../../../src/provider/memory/memory-provider.js';
import {
  activity,
  clock,
  jun,
  memory,
  mona,
  pilot,
  siteVisit,
  wingtip,
} from '../../support/fixtures.js';
import { boardOf, textOf, type Board } from '../../support/kanban.js';
import { waitUntil } from '../../support/until.js';

const press = (key: string): Promise<unknown> => sendKeys({ press: key });
const inZone = { locale: 'en', timeZone: 'UTC' };

function tasks(count: number, more: (index: number) => Partial<Activity> = () => ({})): Activity[] {
  return Array.from({ length: count }, (_, index) =>
    activity({
      subject: `Task ${String(index)}`,
      due: new Date(Date.parse('2026-12-01T09:00:00Z') + index * 60_000).toISOString(),
      ...more(index),
    }),
  );
}

/** Of one long word. */
const longNamed = {
  ...wingtip,
  name: 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft',
};

async function frame(board: Board): Promise<void> {
  await new Promise(requestAnimationFrame);
  await board.element.updateComplete;
}

function scroller(board: Board, lane: string): HTMLElement {
  const found = board.lane(lane).querySelector<HTMLElement>('.cards');
  if (!found) throw new Error(`${lane} is folded`);
  return found;
}

/** Scrolls a lane until its cards are loaded that far. */
async function scrollTo(board: Board, lane: string, subject: string): Promise<void> {
  for (let tries = 0; tries < 400 && !board.cards(lane).includes(subject); tries++) {
    scroller(board, lane).scrollTop += 700;
    await frame(board);
  }
  expect(board.cards(lane)).to.include(subject);
}

async function chooseInLaneMenu(board: Board, lane: string, group: string, label: string) {
  board.lane(lane).querySelector<HTMLElement>('[part~=lane-menu]')?.click();
  await waitUntil(() => board.menuItems.length > 0, 'the menu of the lane');
  const items = board.all(`[role=group][aria-label="${group}"] [role^=menuitem]`);
  items.find((item) => item.dataset['label'] === label)?.click();
  await board.element.updateComplete;
}

describe('a lane with very many cards', () => {
  afterEach(() => resetMouse());

  it('draws what is seen of it, tall and short, and each stands where it belongs', async function () {
    this.timeout(60_000);
    const rows = tasks(160, (index) =>
      index % 3 === 0 ? { subject: `Task ${String(index)} ${'and so on '.repeat(9)}` } : {},
    );
    const board = await boardOf(memory(rows));
    expect(board.all('li').length).to.be.below(40);
    await scrollTo(board, 'Open', 'Task 70');
    expect(board.all('li').length).to.be.below(40);
    // Where what was guessed was wrong, what is looked at must stay.
    for (let step = 0; step < 6; step++) {
      scroller(board, 'Open').scrollTop -= 300;
      await frame(board);
      const view = scroller(board, 'Open').getBoundingClientRect();
      const boxes = board
        .all('li')
        .filter((item) => board.lane('Open').contains(item))
        .map((item) => item.getBoundingClientRect());
      expect(Math.min(...boxes.map(({ top }) => top))).to.be.below(view.top + 1);
      expect(Math.max(...boxes.map(({ bottom }) => bottom))).to.be.above(view.bottom - 1);
      boxes.slice(1).forEach(({ top }, index) => {
        expect(top - (boxes[index]?.bottom ?? 0)).to.be.closeTo(8, 0.6);
      });
    }
    const first = board.lane('Open').querySelector('li');
    expect(first?.getAttribute('aria-setsize')).to.equal('160');
    expect(Number(first?.getAttribute('aria-posinset'))).to.be.above(10);
  });

  it('is dragged from and to wherever it is scrolled, and is scrolled by what is dragged', async function () {
    this.timeout(60_000);
    const rows = tasks(120);
    const done = tasks(80, (index) => ({
      subject: `Done ${String(index)}`,
      state: 'completed',
      statusReason: 'completed',
      actualEnd: new Date(Date.parse('2026-11-20T09:00:00Z') - index * 60_000).toISOString(),
    }));
    const board = await boardOf(memory([...rows, ...done]));
    await scrollTo(board, 'Open', 'Task 50');
    await scrollTo(board, 'Completed', 'Done 30');
    board.card('Task 50').scrollIntoView({ block: 'center' });
    await frame(board);
    await board.lift('Task 50');
    await board.carryTo('Completed');
    // Held at the upper edge of a lane, it scrolls that lane.
    const target = scroller(board, 'Completed');
    const { left, top, width } = target.getBoundingClientRect();
    const from = target.scrollTop;
    await sendMouse({
      type: 'move',
      position: [Math.round(left + width / 2), Math.round(top + 4)],
    });
    await waitUntil(() => target.scrollTop < from - 300, 'scrolled up', { timeout: 20_000 });
    const view = target.getBoundingClientRect();
    const drawn = [...target.querySelectorAll('li')].map((item) => item.getBoundingClientRect());
    expect(Math.min(...drawn.map((box) => box.top))).to.be.below(view.top + 1);
    // Back over its own lane, at the lower edge: that one too; what was lifted stays drawn, out of sight.
    const own = scroller(board, 'Open');
    const box = own.getBoundingClientRect();
    const before = own.scrollTop;
    await sendMouse({
      type: 'move',
      position: [Math.round(box.left + box.width / 2), Math.round(box.bottom - 4)],
    });
    await waitUntil(() => own.scrollTop > before + 900, 'scrolled down', { timeout: 20_000 });
    expect(board.all('[data-lifted][data-pinned]')).to.have.length(1);
    await board.carryTo('Completed');
    await board.drop();
    await board.hears('Task 50 moved to Completed');
    await waitUntil(() => board.headings[2]?.endsWith('of 81'));
    expect(board.cards('Open')).not.to.include('Task 50');
    expect(board.all('li').length).to.be.below(60);
  });

  it('stays where it was just scrolled to, whatever else changes before the browser tells of it', async () => {
    const board = await boardOf(memory(tasks(20)));
    await waitUntil(() => board.cards('Open').includes('Task 6'), 'what a first scroll would show');
    const open = scroller(board, 'Open');
    open.scrollTop = 100;
    await frame(board);
    open.scrollTop = 180;
    board.element.selection = ['somebody'];
    await board.element.updateComplete;
    expect(open.scrollTop).to.equal(180);
    await frame(board);
    expect(open.scrollTop).to.equal(180);
  });

  it('stands still while a card hangs where it was lifted, be it at the very end', async () => {
    const board = await boardOf(memory(tasks(20)));
    await waitUntil(() => board.cards('Open').includes('Task 6'), 'what a first scroll would show');
    board.card('Task 6').scrollIntoView({ block: 'end' });
    await frame(board);
    const { scrollTop } = scroller(board, 'Open');
    expect(scrollTop).to.be.above(0);
    await board.lift('Task 6');
    for (let count = 0; count < 12; count++) await frame(board);
    expect(scroller(board, 'Open').scrollTop).to.equal(scrollTop);
    await board.moveMouse(board.card('Task 6'), { y: 0.4 });
    await board.moveMouse(board.card('Task 6'), { y: 0.95 });
    await waitUntil(
      () => scroller(board, 'Open').scrollTop > scrollTop,
      'carried back, it scrolls',
    );
    await board.drop();
  });

  it('leads the keys to its ends, and keeps the focus where it is scrolled away from', async () => {
    const board = await boardOf(memory(tasks(60)));
    board.card('Task 0').focus();
    await press('End');
    await waitUntil(() => board.focused === 'Task 19');
    for (let index = 18; index > 10; index--) await press('ArrowUp');
    await waitUntil(() => board.focused === 'Task 11');
    scroller(board, 'Open').scrollTop = 0;
    await frame(board);
    await frame(board);
    expect(board.focused).to.equal('Task 11');
    await press('ArrowDown');
    await waitUntil(() => board.focused === 'Task 12');
  });
});

describe('lanes by something else', () => {
  afterEach(() => resetMouse());

  it('are days: what is dropped there is due then, and keeps its time of day', async () => {
    const provider = memory([
      activity({ subject: 'Call back', due: '2026-11-20T15:30:00Z' }),
      activity({ subject: 'Some day', due: '2026-12-24' }),
    ]);
    const board = await boardOf(provider, { lanesBy: 'due', width: '1500px' });
    expect(board.headings).to.deep.equal([
      'Overdue, 1 of 1',
      'Today, 0 of 0',
      'Tomorrow, 0 of 0',
      'This week, 0 of 0',
      'Later, 1 of 1',
      'No date, 0 of 0',
    ]);
    await board.openMenu('Call back');
    expect(board.moves).to.deep.include({ Today: 'yes', Later: 'yes', 'No date': 'yes' });
    board.menuItem('Tomorrow').click();
    await board.hasMoved('Call back', 'Tomorrow');
    await waitUntil(async () => {
      const { rows } = await provider.query({ search: 'Call back' }, inZone);
      return rows[0]?.due === '2026-11-24T15:30:00Z';
    });
    await board.openMenu('Some day');
    expect(board.moves['Overdue']).to.equal('Nothing can be planned for then');
    const asked = new Promise<unknown>((resolve) => {
      board.element.addEventListener('activity-compose', ({ detail }) => resolve(detail.draft));
    });
    await press('Escape');
    board.lane('Tomorrow').querySelector<HTMLElement>('[part~=add]')?.click();
    expect(await asked).to.deep.equal({ type: 'task', due: '2026-11-24' });
    // Nothing new is late already.
    expect(board.lane('Overdue').querySelector('[part~=add]')).to.equal(null);
  });

  it('ask, of one date of several that repeat, which dates are meant', async () => {
    const provider = memory([]);
    const review = {
      type: 'appointment',
      subject: 'Review',
      priority: 'normal',
      start: '2026-11-30T08:00:00Z',
      end: '2026-11-30T09:00:00Z',
      series: { id: '', role: 'master', rule: 'FREQ=WEEKLY;BYDAY=MO;COUNT=2', zone: 'UTC' },
    } as const;
    await provider.create('m', review, { ...inZone, idempotencyKey: 'm' });
    const board = await boardOf(provider, { lanesBy: 'priority', width: '1500px' });
    await waitUntil(() => board.cards('Normal').length === 2, 'both dates');
    await board.openMenu('Review');
    board.menuItem('High').click();
    const choice = (): HTMLElement | undefined =>
      [
        ...(board.context.shadowRoot?.querySelectorAll<HTMLElement>(
          '[part~=scope-question] button',
        ) ?? []),
      ].find((button) => textOf(button) === 'Only this one');
    await waitUntil(choice, 'it is asked');
    expect(board.cards('High')).to.be.empty;
    choice()?.click();
    await board.hasMoved('Review', 'High');
    expect(board.cards('Normal')).to.deep.equal(['Review']);
  });

  it('take several in one act: each keeps its time of day, one undo brings all back', async () => {
    const rows = ['Nine', 'Ten'].map((subject, hour) =>
      activity({ subject, due: `2026-11-20T${String(hour + 9).padStart(2, '0')}:00:00Z` }),
    );
    const selection = rows.map(({ id }) => id);
    const provider = memory(rows);
    const board = await boardOf(provider, { lanesBy: 'due', width: '1500px', selection });
    await board.openMenu('Nine');
    board.menuItem('Tomorrow').click();
    await board.hasMoved('Nine', 'Tomorrow');
    await board.hasMoved('Ten', 'Tomorrow');
    await waitUntil(() => board.notices.length > 0);
    expect(board.notices).to.deep.equal(['2 activities moved to Tomorrow']);
    board.context.shadowRoot?.querySelector<HTMLElement>('.notice-action')?.click();
    await board.hasMoved('Nine', 'Overdue');
    await board.hasMoved('Ten', 'Overdue');
    const { rows: found } = await provider.query({ sort: [] }, inZone);
    expect(found.map(({ due }) => due)).to.have.members(rows.map(({ due }) => due));
  });

  it('are the choices of a field that a type declares', async () => {
    const provider = createMemoryProvider({
      activities: [
        activity({
          type: 'site-visit',
          subject: 'Warehouse',
          statusReason: 'open',
          fields: { stage: 'prepared', guests: 4 },
        }),
        activity({ subject: 'A task' }),
      ],
      types: [siteVisit],
      user: mona,
      now: clock.now,
    });
    const board = await boardOf(provider, {
      lanesBy: 'fields.stage',
      cardFields: ['fields.guests', 'type', 'reason'],
    });
    expect(board.headings).to.deep.equal(['None, 0 of 0', 'Prepared, 1 of 1', 'Visited, 0 of 0']);
    expect(textOf(board.card('Warehouse'))).to.include('Guests 4');
    await board.lift('Warehouse');
    await board.carryTo('Visited');
    await board.drop();
    await board.hasMoved('Warehouse', 'Visited');
    await waitUntil(async () => {
      const { rows } = await provider.query({ search: 'Warehouse' }, inZone);
      return rows[0]?.fields?.['stage'] === 'visited' && rows[0].fields['guests'] === 4;
    });
  });

  it('are those that the data source can be asked for, whatever was chosen elsewhere', async () => {
    const preferences = memoryPreferences();
    await preferences.write('kanban.board', { lanesBy: 'fields.stage', swimLanes: 'type' });
    const provider = createMemoryProvider({ activities: tasks(1), types: [siteVisit] });
    const filter = ['state', 'owner', 'priority', 'deadline', 'actualEnd', 'modifiedAt'];
    const query = { filter, sort: ['deadline', 'actualEnd'] };
    const board = await boardOf(
      { ...provider, capabilities: () => Promise.resolve({ query }) },
      { preferences },
    );
    expect(board.headings[0]).to.equal('Open, 1 of 1');
    board.lane('Open').querySelector<HTMLElement>('[part~=lane-menu]')?.click();
    await waitUntil(() => board.all('[role=menu] [role=group]').length > 0, 'the menu of the lane');
    const choices = (name: string): (string | undefined)[] =>
      board
        .all(`[role=menu] [role=group][aria-label="${name}"] [role=menuitemradio]`)
        .map((item) => item.dataset['label']);
    expect(choices('Lanes')).to.deep.equal(['Status', 'Due', 'Priority']);
    expect(choices('Rows')).to.deep.equal(['None', 'Owner', 'Priority', 'Due']);
    expect(choices('Sort cards by')).to.deep.equal(['Due date', 'My own order']);
  });

  it('have rows, with counts of their own; a card dropped in another row takes what that row means', async () => {
    const board = await boardOf(
      memory([
        activity({ subject: 'Mine', owner: mona, regarding: longNamed }),
        activity({ subject: 'Also mine', owner: mona, state: 'canceled' }),
        activity({ subject: 'Jun’s', owner: jun }),
      ]),
      { swimLanes: 'owner', width: '1200px' },
    );
    const rows = (): string[] => board.all('[part=row-header]').map(textOf);
    await waitUntil(() => rows().join().includes('2'));
    // Lanes are as wide in each row as their heads, whatever stands in them.
    const heads = board.all('.row-heads > .lane').map((one) => one.getBoundingClientRect());
    for (const part of board.all('.row-cells')) {
      const boxes = [...part.children].map((one) => one.getBoundingClientRect());
      expect(boxes.map(({ left, width }) => [left, width])).to.deep.equal(
        heads.map(({ left, width }) => [left, width]),
      );
    }
    expect(rows()).to.deep.equal(['MS Mona Sanders 2', 'JP Jun Park 1']);
    const cell = (row: string, lane: string): HTMLElement =>
      board.find(`ul[aria-label="${row}, ${lane}"]`);
    await waitUntil(() => cell('Jun Park', 'Open').textContent?.includes('Jun’s'));
    await board.isReady();
    await board.lift('Mine');
    await board.moveMouse(cell('Jun Park', 'Open').closest('.cell') ?? board.element);
    await waitUntil(() => cell('Jun Park', 'Open').closest('.target'));
    await board.drop();
    await waitUntil(() => cell('Jun Park', 'Open').textContent?.includes('Mine'));
    await waitUntil(() => rows()[1] === 'JP Jun Park 2');
    expect(cell('Mona Sanders', 'Open').textContent).not.to.include('Mine');
    board.find('.row-toggle').click();
    await waitUntil(() => board.all('.row-cells').length === 1);
    await expect(board.element).to.be.accessible();
  });
});

describe('rows by owner', () => {
  it('name twelve people, and more when asked for', async () => {
    const people = Array.from({ length: 15 }, (_, index) => ({
      kind: 'user',
      id: `u${String(index)}`,
      name: `Person ${String.fromCharCode(65 + index)}`,
    }));
    const rows = people.map((owner) => activity({ subject: `By ${owner.name}`, owner }));
    const provider = memory(rows);
    const board = await boardOf(
      {
        ...provider,
        session: () => Promise.resolve({ user: people[0], team: people }),
        lookup: () => Promise.resolve([]),
      },
      { swimLanes: 'owner' },
    );
    const count = (): number => board.all('[part=row-header]').length;
    // The others share a row.
    await waitUntil(() => count() === 13);
    board.find('[part~=more-rows]').click();
    await waitUntil(() => count() === 15);
    expect(board.all('[part~=more-rows]')).to.have.length(0);
  });

  /** A board with rows by owner, and what it asks for. */
  async function asking(rows: Activity[]) {
    const provider = memory(rows);
    const asked: string[] = [];
    const board = await boardOf(
      {
        ...provider,
        query: (...[question, call]: Parameters<typeof provider.query>) => {
          asked.push(JSON.stringify(question));
          return provider.query(question, call);
        },
      },
      { swimLanes: 'owner' },
    );
    await waitUntil(() => board.all('article').length > 0, 'cards');
    return { board, asked, provider };
  }

  it('ask for the cards of those only who have any, where they are many', async () => {
    const { board, asked } = await asking(tasks(401, () => ({ owner: mona })));
    expect(board.all('[part=row-header]').map(textOf)).to.deep.equal(['MS Mona Sanders 401']);
    // One for each lane of hers, though the others of the team could have some too; and the next pages.
    expect(asked.length).to.be.at.least(4);
    expect(asked.every((question) => question.includes(mona.id))).to.equal(true);
  });

  it('ask lane by lane where there are few, and each card stands in its row', async () => {
    const { board, asked, provider } = await asking([
      activity({ subject: 'Hers', owner: mona }),
      activity({
        subject: 'Done by her',
        owner: mona,
        state: 'completed',
        actualEnd: '2026-11-20T09:00:00Z',
      }),
      activity({ id: 'his', subject: 'His', owner: jun }),
    ]);
    expect(asked).to.have.length(4);
    const rows = (): string[] =>
      board.all('.row').map((row) => {
        const cards = [...row.querySelectorAll('article')].map((one) => one.ariaLabel);
        return `${textOf(row.querySelector('h3'))}: ${cards.join(', ')}`;
      });
    expect(rows()).to.deep.equal(['MS Mona Sanders 2: Hers, Done by her', 'JP Jun Park 1: His']);
    // Somebody else gives it to her.
    await provider.update('his', { owner: mona }, { ...inZone, idempotencyKey: 'to-mona' });
    await waitUntil(() => rows().length === 1, 'all is hers');
    const [hers] = rows();
    expect(hers).to.match(/^MS Mona Sanders 3: .*Hers.*Done by her/);
    expect(hers).to.include('His');
  });
});

describe('what a lane shows', () => {
  it('of what is closed are the last 30 days, and older ones when asked for', async () => {
    const board = await boardOf(
      memory([
        activity({ subject: 'Lately', state: 'completed', actualEnd: '2026-11-01T09:00:00Z' }),
        activity({ subject: 'Long ago', state: 'completed', actualEnd: '2026-09-01T09:00:00Z' }),
      ]),
    );
    expect(board.cards('Completed')).to.deep.equal(['Lately']);
    board.lane('Completed').querySelector<HTMLElement>('[part=show-older]')?.click();
    await waitUntil(() => board.headings[2] === 'Completed, 2 of 2');
    expect(board.cards('Completed')).to.deep.equal(['Lately', 'Long ago']);
  });

  it('is counted against its limit, and summed by its deals, each once', async () => {
    const board = await boardOf(
      memory([
        activity({ regarding: pilot }),
        activity({ regarding: pilot }),
        activity({ regarding: wingtip }),
      ]),
      { limits: { open: 2 }, sums: true },
    );
    await waitUntil(() => board.headings[0]?.includes('64,000'));
    expect(board.headings[0]).to.equal('Open, 3 of 3, more than its limit of 2, €64,000');
  });

  it('is summed with what is not loaded, at the user’s wish, and says where it can’t be', async () => {
    const last = activity({ regarding: pilot, due: '2027-01-01' });
    const board = await boardOf(memory([...tasks(21), last]));
    board.lane('Open').querySelector<HTMLElement>('[part~=lane-menu]')?.click();
    await waitUntil(() => board.menuItems.length > 0, 'the menu of the lane');
    board.menuItem('Show deal values').click();
    await waitUntil(() => board.headings[0] === 'Open, 20 of 22, €64,000');
    const provider = memory(tasks(22, () => ({ regarding: pilot })));
    const short = await boardOf(
      {
        ...provider,
        // All but the first page of what is to be summed is out of reach.
        query: async (...[question, call]: Parameters<typeof provider.query>) => {
          const { size, at } = question.page ?? {};
          if (size !== 500) return provider.query(question, call);
          if (at) throw failure('server');
          return provider.query({ ...question, page: { size: 5 } }, call);
        },
      },
      { sums: true },
    );
    await waitUntil(() => short.headings[0] === 'Open, 20 of 22, at least €64,000');
  });

  it('is folded and opened again, and found so by who comes back', async () => {
    const provider = memory([activity({ subject: 'Book dentist' })]);
    const board = await boardOf(provider);
    const told: unknown[] = [];
    board.element.addEventListener('activity-view-change', ({ detail }) => told.push(detail));
    board.lane('Open').querySelector<HTMLElement>('[part~=lane-menu]')?.click();
    await waitUntil(() => board.menuItems.length > 0);
    board.menuItem('Fold this lane').click();
    await waitUntil(() => board.all('.collapsed').length === 1);
    expect(told).to.deep.equal([{ collapsed: ['open'] }]);
    const again = await boardOf(provider);
    await waitUntil(() => again.all('.collapsed').length === 1);
    again.find('[aria-expanded=false]').click();
    await waitUntil(() => again.cards('Open').length === 1);
  });
});

describe('the order of cards', () => {
  afterEach(() => resetMouse());

  it('is chosen in the menu of a lane', async () => {
    const board = await boardOf(
      memory([
        activity({ subject: 'B', priority: 'low', due: '2026-11-24' }),
        activity({ subject: 'A', priority: 'high', due: '2026-11-25' }),
      ]),
    );
    expect(board.cards('Open')).to.deep.equal(['B', 'A']);
    await chooseInLaneMenu(board, 'Open', 'Sort cards by', 'Priority');
    await waitUntil(() => board.cards('Open').join() === 'A,B');
    await chooseInLaneMenu(board, 'Open', 'Sort cards by', 'Due date');
    await waitUntil(() => board.cards('Open').join() === 'B,A');
  });

  it('is the user’s own: by drag, menu and keys; and is found again', async () => {
    const provider = memory(tasks(5));
    const board = await boardOf(provider, { order: 'own' });
    await board.lift('Task 3');
    await board.moveMouse(board.card('Task 1'), { y: 0.2 });
    await waitUntil(
      () => board.all('[part=slot]:not([hidden])').length === 1,
      'it is shown where it would stand',
    );
    await board.drop();
    const first = 'Task 0,Task 3,Task 1';
    await waitUntil(() => board.cards('Open').join().startsWith(first), first, { timeout: 5000 });
    await board.openMenu('Task 4');
    board.menuItem('Move to the top').click();
    await waitUntil(() => board.cards('Open')[0] === 'Task 4');
    await waitUntil(() => board.menuItems.length === 0);
    board.card('Task 4').focus();
    await press('m');
    await press('ArrowDown');
    await press('ArrowDown');
    await board.hears('Open, 3 of 5');
    await press('Enter');
    const expected = 'Task 0,Task 3,Task 4,Task 1,Task 2';
    await waitUntil(() => board.cards('Open').join() === expected);
    const again = await boardOf(provider, { order: 'own' });
    await waitUntil(() => again.cards('Open').join() === expected);
  });

  it('is kept by the provider where that keeps what is the user’s', async () => {
    const preferences = memoryPreferences();
    const done = (subject: string, actualEnd: string): Activity =>
      activity({ subject, state: 'completed', statusReason: 'completed', actualEnd });
    const rows = [
      ...tasks(3),
      done('Done', '2026-11-20T09:00:00Z'),
      done('Done before', '2026-11-19T09:00:00Z'),
    ];
    const provider = { ...memory(rows), preferences };
    const board = await boardOf(provider, { order: 'own' });
    await board.openMenu('Task 2');
    board.menuItem('Move to the top').click();
    const expected = 'Task 2,Task 0,Task 1';
    await waitUntil(() => board.cards('Open').join() === expected);
    // Another device: of this one, nothing is known there but what the provider tells.
    const elsewhere = await boardOf({ ...memory(rows), preferences }, { order: 'own' });
    await waitUntil(() => elsewhere.cards('Open').join() === expected);
    // What each of two devices does to a lane is kept, whatever else of the order the other knows of.
    const lanes = async (): Promise<string[]> =>
      Object.keys((await preferences.read('kanban.order')) ?? {});
    await elsewhere.openMenu('Done');
    elsewhere.menuItem('Move to the bottom').click();
    await waitUntil(async () => (await lanes()).join() === 'open,completed');
    await board.openMenu('Task 0');
    board.menuItem('Move to the bottom').click();
    await waitUntil(() => board.cards('Open').join() === 'Task 2,Task 1,Task 0');
    expect(await lanes()).to.deep.equal(['open', 'completed']);
  });

  it('is taken over where the provider fails to keep it, which is told', async () => {
    const refuse = () => Promise.reject(new Error('the server is gone'));
    const preferences = { read: refuse, write: refuse, forget: refuse };
    const board = await boardOf({ ...memory(tasks(3)), preferences }, { order: 'own' });
    await board.openMenu('Task 2');
    board.menuItem('Move to the top').click();
    await waitUntil(() => board.cards('Open').join() === 'Task 2,Task 0,Task 1');
    const told = () => board.context.shadowRoot?.querySelector('[part~=notice]');
    await waitUntil(() => textOf(told()).includes('Settings can’t be kept here'), 'it is told');
  });
});

describe('a card', () => {
  it('is picked up by M, moved by arrows, put down by Enter, and left by Escape', async () => {
    const board = await boardOf(memory([activity({ subject: 'Book dentist' })]));
    board.card('Book dentist').focus();
    await press('m');
    await board.hears('Book dentist picked up');
    await press('ArrowRight');
    await board.hears('Scheduled: Not for tasks');
    expect(board.lane('Scheduled').matches('.refuses')).to.be.true;
    await press('ArrowRight');
    await board.hears('Completed');
    expect(board.lane('Completed').matches('.target')).to.be.true;
    await press('Escape');
    await board.hears('Left where it was');
    expect(board.cards('Open')).to.deep.equal(['Book dentist']);
    await press('m');
    await press('ArrowRight');
    await press('ArrowRight');
    await press('Enter');
    await board.hasMoved('Book dentist', 'Completed');
    await board.hears('Completed, 1 of 1');
    await waitUntil(() => board.focused === 'Book dentist');
  });

  it('is put back by whoever leaves it while it is picked up', async () => {
    const board = await boardOf(memory(tasks(2)));
    board.card('Task 0').focus();
    await press('m');
    await waitUntil(() => board.all('[data-lifted]').length === 1);
    board.card('Task 0').blur();
    await waitUntil(() => board.all('[data-lifted]').length === 0, 'left for nothing else');
    board.card('Task 0').focus();
    await press('m');
    await waitUntil(() => board.all('[data-lifted]').length === 1);
    board.card('Task 1').focus();
    await waitUntil(() => board.all('[data-lifted]').length === 0, 'left for another card');
    await board.hears('Left where it was');
  });

  it('is asked for its reason where there are several; without an answer it stays', async () => {
    const provider = memory([
      activity({ type: 'phonecall', subject: 'Call', statusReason: 'open' }),
    ]);
    const board = await boardOf(provider);
    board.card('Call').focus();
    const init = { key: 'ArrowRight', ctrlKey: true, shiftKey: true, bubbles: true };
    // Not all drivers hold keys down.
    board.card('Call').dispatchEvent(new KeyboardEvent('keydown', init));
    await waitUntil(() => board.notices.includes('Not done: Not for phone calls'));
    await board.openMenu('Call');
    board.menuItem('Completed').click();
    await waitUntil(() => board.menuItems.some((item) => item.dataset['label'] === 'Received'));
    // What is asked about, and where it would go, is to be seen.
    const isMarked = (): boolean =>
      board.lane('Completed').part.contains('target') &&
      board.card('Call').part.contains('grabbed');
    await waitUntil(isMarked);
    await press('Escape');
    await board.hears('Left where it was');
    await waitUntil(() => !isMarked());
    expect(board.cards('Open')).to.deep.equal(['Call']);
    await board.openMenu('Call');
    board.menuItem('Completed').click();
    await board.choose('Received');
    await board.hasMoved('Call', 'Completed');
    expect(textOf(board.card('Call'))).to.include('Received');
  });

  it('is completed and put off by its own buttons, and that is taken back', async () => {
    await sendMouse({ type: 'move', position: [innerWidth - 2, innerHeight - 2] });
    const board = await boardOf(memory([activity({ subject: 'Book dentist' })]));
    const act = (name: string): HTMLElement => board.find(`[aria-label="${name} Book dentist"]`);
    // They come up where one points or has the focus.
    expect(board.all('.card-act')).to.have.length(0);
    board.card('Book dentist').focus();
    await board.element.updateComplete;
    act('Snooze').click();
    await board.choose('Tomorrow');
    await waitUntil(() => textOf(board.card('Book dentist')).includes('Tue'));
    await board.moveMouse(board.card('Book dentist'));
    await waitUntil(() => board.all('.card-act').length === 2, 'its acts come up');
    act('Complete').click();
    await board.hasMoved('Book dentist', 'Completed');
    const undo = (): HTMLElement | undefined => {
      const all = board.context.shadowRoot?.querySelectorAll<HTMLElement>('.notice') ?? [];
      const last = [...all].find((notice) => textOf(notice).includes('moved to Completed'));
      return last?.querySelector<HTMLElement>('.notice-action') ?? undefined;
    };
    await waitUntil(() => undo() !== undefined, 'it is told');
    undo()?.click();
    await board.hasMoved('Book dentist', 'Open');
  });

  it('is moved to another day after a question, where that tells others', async () => {
    const meeting = activity({
      subject: 'Confer',
      type: 'appointment',
      state: 'scheduled',
      statusReason: 'busy',
      start: '2026-11-25T09:00:00Z',
      end: '2026-11-25T10:00:00Z',
      parties: [{ role: 'required', record: jun }],
    });
    const source = memory([meeting]);
    const start = async (): Promise<string | undefined> =>
      (await source.get(meeting.id, { locale: 'en', timeZone: 'UTC' })).start;
    const board = await boardOf(source);
    const question = (): HTMLElement | null | undefined =>
      board.context.shadowRoot?.querySelector<HTMLElement>('dialog[open]');
    const answer = (name: string): void =>
      [...(question()?.querySelectorAll('button') ?? [])]
        .find((button) => textOf(button) === name)
        ?.click();
    const snooze = async (): Promise<void> => {
      await board.openMenu('Confer');
      board.menuItem('Snooze until…').click();
      await board.choose('Next week');
      await waitUntil(() => textOf(question() ?? document.body).includes('This tells Jun Park.'));
    };
    await snooze();
    answer('Back');
    await waitUntil(() => !question());
    expect(await start()).to.equal('2026-11-25T09:00:00Z');
    await snooze();
    answer('Reschedule');
    await waitUntil(async () => (await start()) === '2026-11-30T09:00:00Z');
  });

  it('is assigned by its menu', async () => {
    const board = await boardOf(memory([activity({ subject: 'Book dentist' })]));
    await board.openMenu('Book dentist');
    board.menuItem('Assign to…').click();
    await board.choose('Jun Park');
    await waitUntil(() => board.card('Book dentist').ariaDescription?.includes('Jun Park'));
  });

  it('is edited in place, and keeps what was typed while it can’t be saved', async () => {
    const provider = memory([activity({ subject: 'Book dentist' })]);
    let isBroken = true;
    const board = await boardOf({
      ...provider,
      update: (...call: Parameters<typeof provider.update>) =>
        isBroken
          ? Promise.reject({ code: 'forbidden', message: 'Ask Mona' })
          : provider.update(...call),
    });
    board.card('Book dentist').focus();
    await press('F2');
    await waitUntil(() => board.all('input[name=subject]:focus').length === 1);
    await expect(board.element).to.be.accessible();
    const input = board.find('input[name=subject]') as HTMLInputElement;
    input.value = 'Book the dentist';
    input.dispatchEvent(new InputEvent('input', { bubbles: true }));
    await press('Enter');
    await waitUntil(() => board.notices.some((text) => text.includes('Ask Mona')));
    expect(input.value).to.equal('Book the dentist');
    isBroken = false;
    await press('Enter');
    await waitUntil(() => board.cards('Open').includes('Book the dentist'));
    await waitUntil(() => board.focused === 'Book the dentist');
  });

  it('means what was typed where somebody goes on to edit another', async () => {
    const board = await boardOf(memory(tasks(2)));
    board.card('Task 0').focus();
    await press('F2');
    await waitUntil(() => board.all('input[name=subject]:focus').length === 1);
    await sendKeys({ type: '.12' });
    await board.openMenu('Task 1');
    board.menuItem('Edit').click();
    await waitUntil(() => board.cards('Open').includes('Task 0.12'), 'it is saved');
    await waitUntil(
      () => (board.find('input[name=subject]') as HTMLInputElement).value === 'Task 1',
      'the other is edited',
    );
    expect(board.all('input[name=subject]').length).to.equal(1);
  });

  it('keeps what was typed where it is scrolled away, or the board is gone', async () => {
    const provider = memory(tasks(200));
    const preferences = memoryPreferences();
    const board = await boardOf(provider, { preferences });
    const input = (on: Board): HTMLInputElement =>
      on.find('input[name=subject]') as HTMLInputElement;
    board.card('Task 0').focus();
    await press('F2');
    await waitUntil(() => board.all('input[name=subject]:focus').length === 1);
    await sendKeys({ type: '.12' });
    await scrollTo(board, 'Open', 'Task 60');
    scroller(board, 'Open').scrollTop = 0;
    await waitUntil(() => board.all('input[name=subject]').length === 1, 'it is there again');
    expect(input(board).value).to.equal('Task 0.12');
    board.context.remove();

    const again = await boardOf(provider, { preferences });
    again.card('Task 0').focus();
    await press('F2');
    await waitUntil(() => again.all('[part=draft-offer]').length === 1, 'it is offered');
    await expect(again.element).to.be.accessible();
    again.find('[part=draft-offer] button').click();
    await waitUntil(() => input(again).value === 'Task 0.12', 'it is there again');
    input(again).focus();
    await press('Enter');
    await waitUntil(() => again.cards('Open').includes('Task 0.12'), 'it is saved');
    await waitUntil(() => again.all('[part=draft-offer]').length === 0);
  });

  it('is not saved without its subject, and says so in the field', async () => {
    const row = activity({ subject: 'Book dentist' });
    const provider = memory([row]);
    const board = await boardOf(provider);
    board.card('Book dentist').focus();
    await press('F2');
    await waitUntil(() => board.all('input[name=subject]:focus').length === 1);
    const input = board.find('input[name=subject]') as HTMLInputElement;
    const type = (text: string): void => {
      input.value = text;
      input.dispatchEvent(new InputEvent('input', { bubbles: true }));
    };
    type('');
    await press('Enter');
    await waitUntil(() => input.ariaInvalid === 'true', 'it is said');
    expect(textOf(board.find('[part=error]'))).to.equal('Subject is needed.');
    await expect(board.element).to.be.accessible();
    type('Book');
    await waitUntil(() => input.ariaInvalid !== 'true', 'it is mended');
    await press('Enter');
    await waitUntil(() => board.cards('Open').includes('Book'), 'it is saved');
  });

  it('is no longer edited once somebody else has closed it, and what was typed is kept', async () => {
    const row = activity({ subject: 'Book dentist' });
    const provider = memory([row]);
    const preferences = memoryPreferences();
    const board = await boardOf(provider, { preferences });
    board.card('Book dentist').focus();
    await press('F2');
    await waitUntil(() => board.all('input[name=subject]:focus').length === 1);
    await sendKeys({ type: '.12' });
    await provider.transition(row.id, { state: 'completed' }, { ...inZone, idempotencyKey: 'x' });
    await waitUntil(() => board.all('.card-editor').length === 0, 'it is closed');
    await waitUntil(() => board.notices.some((text) => text.includes('What you typed is kept')));
    await waitUntil(() => board.focused === 'Book dentist', 'the focus is on the card');
    expect(JSON.stringify(await preferences.read(`form.draft:${row.id}`))).to.contain(
      'Book dentist.12',
    );
  });

  it('keeps its date where it is completed in a row of another, and nothing is offered where nothing can stand', async () => {
    const row = activity({ subject: 'Book dentist', due: '2026-11-23T15:00:00Z' });
    const provider = memory([row]);
    const board = await boardOf(provider, { swimLanes: 'due' });
    await waitUntil(() => board.all('article').length === 1, 'the card');
    const inCell = (key: string): string => textOf(board.find(`[data-cell="${key}"] .cards`));
    expect(inCell('completed/due-today')).to.equal('Nothing here.');
    expect(inCell('scheduled/due-today')).to.contain('Drop an activity or add one');
    await board.openMenu('Book dentist');
    board.menuItem('Completed').click();
    await waitUntil(
      async () => (await provider.get(row.id, inZone)).state === 'completed',
      'it is completed',
    );
    expect((await provider.get(row.id, inZone)).due).to.equal('2026-11-23T15:00:00Z');
    await waitUntil(() => board.all('[data-cell="completed/no-date"] article').length === 1);
    expect(textOf(board.find('.base'))).to.contain('No date, or done');
  });

  it('goes with others of other types, each type asked for its reason', async () => {
    const rows = [
      activity({ subject: 'Task' }),
      activity({ subject: 'Call', type: 'phonecall', statusReason: 'open' }),
      activity({ subject: 'Mail', type: 'email', statusReason: 'draft' }),
    ];
    const provider = memory(rows);
    const board = await boardOf(provider, { selection: rows.map(({ id }) => id) });
    await board.openMenu('Call');
    board.menuItem('Completed').click();
    await waitUntil(() => board.menuItems.some((item) => item.dataset['label'] === 'Made'));
    expect(textOf(board.find('[role=menu]'))).to.contain('Phone calls · Completed as…');
    board.menuItem('Received').click();
    await waitUntil(() => board.menuItems.some((item) => item.dataset['label'] === 'Sent'));
    board.menuItem('Completed').click();
    const reasons = async (): Promise<string> =>
      (await Promise.all(rows.map(({ id }) => provider.get(id, inZone))))
        .map(({ state, statusReason }) => `${String(state)} ${String(statusReason)}`)
        .join();
    await waitUntil(
      async () =>
        (await reasons()) === 'completed completed,completed received,completed completed',
      'each has its reason',
    );
    expect(board.notices.filter((text) => text.includes('moved'))).to.have.length(1);
  });

  it('is completed and canceled by its menu, whatever the lanes are', async () => {
    const board = await boardOf(memory(tasks(2)), { lanesBy: 'due' });
    await board.openMenu('Task 0');
    board.menuItem('Mark complete').click();
    await waitUntil(() => board.notices.some((text) => text.includes('Completed')));
    await board.openMenu('Task 1');
    board.menuItem('Cancel task').click();
    await waitUntil(() => board.notices.some((text) => text.includes('Canceled')));
    await waitUntil(() => board.all('article').length === 0, 'nothing is left to be done');
  });

  it('shows its description, what was searched for, and what its host draws', async () => {
    const board = await boardOf(
      memory([
        activity({
          subject: 'Book dentist',
          description: '<p>At <b>nine</b></p>',
          descriptionFormat: 'html',
        }),
        activity({ subject: 'Other', description: 'Ask the dentist for a date' }),
      ]),
      {
        query: { search: 'DENT' },
        cardRenderer: ({ activity: { subject } }) => `Own: ${subject} <i>`,
      },
    );
    expect(board.all('mark').map(textOf)).to.deep.equal(['dent', 'dent']);
    expect(textOf(board.find('[part=snippet]'))).to.equal('Ask the dentist for a date');
    expect(textOf(board.find('[part=card-own]'))).to.equal('Own: Book dentist <i>');
    await board.openMenu('Book dentist');
    board.menuItem('Show description').click();
    await waitUntil(() => board.all('[part=card-body] b').length === 1);
    expect(textOf(board.find('[part=card-body]'))).to.equal('At nine');
  });

  it('flies to where others move it, and back where a move is refused', async () => {
    const rows = [activity({ subject: 'Book dentist' }), activity({ subject: 'Other' })];
    const provider = memory(rows);
    const board = await boardOf(provider);
    const flew = new Promise<void>((resolve) => {
      new MutationObserver(() => {
        if (board.all('[part=flight]').length > 0) resolve();
      }).observe(board.root, { childList: true, subtree: true });
    });
    await provider.transition(
      rows[0]?.id ?? '',
      { state: 'completed' },
      { ...inZone, idempotencyKey: 'theirs' },
    );
    await board.hasMoved('Book dentist', 'Completed');
    if (!matchMedia('(prefers-reduced-motion: reduce)').matches) await flew;
    await waitUntil(() => board.all('[part=flight]').length === 0, 'it has landed');
  });
});

import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import type { ActivityKanban } from '../../../src/elements/activity-kanban/activity-kanban.js';
import { en } from '../../../src/i18n/en.js';
import { ACTIVITY_STATES, type Activity, type ActivityState } from '../../../src/model/activity.js';
import { builtInTypes } from '../../../src/model/built-in-types.js';
import { failure } from '../../../src/provider/failure.js';
import type { ActivityDataProvider } from '../../../src/provider/provider.js';
import { activity, cecil, memory, wingtip } from '../../support/fixtures.js';
import { Board, boardOf, textOf } from '../../support/kanban.js';
import { waitUntil } from '../../support/until.js';

const press = (key: string): Promise<unknown> => sendKeys({ press: key });
const name = (state: ActivityState): string => state.replace(/^./, (first) => first.toUpperCase());

const late = { subject: 'Call back', due: '2026-11-20T11:00:00Z', priority: 'high' } as const;
const closed = (subject: string, actualEnd: string, more: Partial<Activity> = {}): Activity =>
  activity({ subject, state: 'completed', statusReason: 'completed', actualEnd, ...more });

/** One of each kind of lane. */
function someRows(): Activity[] {
  return [
    activity({ subject: 'Book dentist', due: '2026-11-23T17:00:00Z' }),
    activity({ ...late, type: 'phonecall', statusReason: 'open', regarding: cecil }),
    activity({
      subject: 'Site visit',
      type: 'appointment',
      state: 'scheduled',
      statusReason: 'busy',
      start: '2026-11-24T09:00:00Z',
      end: '2026-11-24T10:00:00Z',
    }),
    closed('Send brochure', '2026-11-19T09:00:00Z'),
    closed('Introductory call', '2026-11-20T09:00:00Z', {
      type: 'phonecall',
      statusReason: 'made',
    }),
  ];
}

/** Resolves with the next event of this name. */
function next<K extends keyof HTMLElementEventMap>(
  element: HTMLElement,
  type: K,
): Promise<HTMLElementEventMap[K]> {
  return new Promise((resolve) => element.addEventListener(type, resolve, { once: true }));
}

async function focusCard(board: Board, subject: string): Promise<void> {
  board.card(subject).focus();
  await waitUntil(() => board.focused === subject, `${subject} has the focus`);
}

async function chooseByKey(board: Board, label: string): Promise<void> {
  const isOffered = (): boolean => board.menuItems.some((item) => item.dataset['label'] === label);
  await waitUntil(
    () => isOffered() && board.menuItems.some((item) => item.matches(':focus')),
    `the menu with ${label} has the focus`,
  );
  for (let tries = 0; !board.menuItem(label).matches(':focus') && tries < 8; tries++) {
    await press('ArrowDown');
  }
  await press('Enter');
}

describe('activity-kanban', () => {
  it('has a lane per status, with how many are shown of how many', async () => {
    const board = await boardOf(memory(someRows()));
    expect(board.headings).to.deep.equal([
      'Open, 2 of 2',
      'Scheduled, 1 of 1',
      'Completed, 2 of 2',
      'Canceled, 0 of 0',
    ]);
    expect(textOf(board.find('[part~=lane-count]'))).to.equal('2 / 2');
  });

  it('puts what is due first on top, and of what is closed the newest', async () => {
    const board = await boardOf(memory(someRows()));
    expect(board.cards('Open')).to.deep.equal(['Call back', 'Book dentist']);
    expect(board.cards('Completed')).to.deep.equal(['Introductory call', 'Send brochure']);
  });

  it('says on a card what it is about, when it is due and whose it is', async () => {
    const board = await boardOf(memory(someRows()));
    const card = board.card('Call back');
    expect(card.getAttribute('aria-description')).to.equal(
      'Phone call, Cecil Langer, 3 days late, High, Mona Sanders',
    );
    for (const text of ['Call back', 'Cecil Langer', '3 days late', 'High', 'MS']) {
      expect(textOf(card)).to.include(text);
    }
    expect(textOf(board.card('Book dentist'))).to.include('Personal');
    expect(textOf(board.card('Introductory call'))).to.include('Made · Fri');
  });

  it('passes an audit, loading, empty and failed too', async () => {
    const boards = [
      await boardOf(memory(someRows())),
      await boardOf(memory([])),
      await boardOf({ query: () => Promise.reject(failure('network')) }),
    ];
    for (const board of boards) await expect(board.element).to.be.accessible();
  });

  it('stands in for what is loaded, and never shows what it was asked before', async () => {
    const provider = memory([
      activity({ subject: 'For Wingtip', regarding: wingtip }),
      activity({ subject: 'For Cecil', regarding: cecil }),
    ]);
    let answer = (): void => undefined;
    const hold = (): Promise<void> => new Promise((resolve) => (answer = resolve));
    let held = hold();
    const slow: ActivityDataProvider = {
      ...provider,
      query: async (...ask) => {
        await held;
        return provider.query(...ask);
      },
    };
    const drawn = boardOf(slow, { record: wingtip });
    const isLoading = (): boolean | undefined =>
      document.querySelector('activity-kanban')?.matches(':state(loading)');
    await waitUntil(isLoading, 'it says that it loads');
    answer();
    const board = await drawn;
    expect(board.cards('Open')).to.deep.equal(['For Wingtip']);
    held = hold();
    board.element.record = cecil;
    await waitUntil(() => board.all('[part~=skeleton]').length === 4, 'all lanes load');
    expect(isLoading()).to.equal(true);
    expect(board.cards('Open')).to.deep.equal([]);
    expect(board.all('[part~=lane-empty]')).to.deep.equal([]);
    answer();
    await waitUntil(() => !isLoading(), 'it is answered');
    expect(board.cards('Open')).to.deep.equal(['For Cecil']);
  });

  it('shows the activities of one record, and says through whom they came', async () => {
    const board = await boardOf(
      memory([
        activity({ subject: 'For Wingtip', regarding: wingtip }),
        activity({ subject: 'For Cecil', regarding: cecil }),
        activity({ subject: 'For nobody' }),
      ]),
      { record: wingtip, rollup: 'related' },
    );
    expect(board.cards('Open')).to.have.members(['For Wingtip', 'For Cecil']);
    board.element.rollup = 'none';
    await waitUntil(() => board.cards('Open').length === 1);
    expect(board.cards('Open')).to.deep.equal(['For Wingtip']);
  });

  it('loads more when its end comes near', async () => {
    const rows = Array.from({ length: 50 }, (_, index) =>
      activity({
        subject: `Task ${String(index)}`,
        due: `2026-12-01T09:${String(index + 10)}:00Z`,
      }),
    );
    const board = await boardOf(memory(rows));
    expect(board.headings[0]).to.equal('Open, 20 of 50');
    const scroller = board.lane('Open').querySelector('.cards');
    scroller?.scrollTo(0, scroller.scrollHeight);
    await waitUntil(() => board.headings[0] === 'Open, 40 of 50');
    const seen = new Set(board.cards('Open'));
    for (let tries = 0; tries < 400 && !seen.has('Task 49'); tries++) {
      scroller?.scrollBy(0, 200);
      await new Promise(requestAnimationFrame);
      await board.element.updateComplete;
      for (const subject of board.cards('Open')) seen.add(subject);
    }
    expect(board.headings[0]).to.equal('Open, 50 of 50');
    expect(seen.size).to.be.above(30);
    expect(board.all('[part=load-more]')).to.have.length(0);
  });

  it('follows what others do', async () => {
    const [task, ...others] = someRows();
    const provider = memory([...(task ? [task] : []), ...others]);
    const board = await boardOf(provider);
    await focusCard(board, 'Book dentist');
    await provider.transition(
      task?.id ?? '',
      { state: 'completed' },
      {
        locale: 'en',
        timeZone: 'UTC',
        idempotencyKey: 'theirs',
      },
    );
    await board.hasMoved('Book dentist', 'Completed');
    expect(board.headings.slice(0, 3)).to.deep.equal([
      'Open, 1 of 1',
      'Scheduled, 1 of 1',
      'Completed, 3 of 3',
    ]);
    expect(board.focused).to.equal('Book dentist');
  });

  it('draws once what somebody else adds, though a list is asked again for its place', async () => {
    const rows = Array.from({ length: 25 }, (_, index) =>
      activity({ subject: `Card ${String(index)}`, due: '2026-12-01' }),
    );
    const provider = memory(rows);
    const board = await boardOf(provider);
    await waitUntil(() => board.headings[0] === 'Open, 20 of 25');
    const idle = (): Promise<unknown> => new Promise((resolve) => setTimeout(resolve, 200));
    await idle();
    let draws = 0;
    board.element.addController({ hostUpdated: () => (draws += 1) });
    // The next frame comes when the list has had time to be asked again, however busy the machine is.
    const frame = globalThis.requestAnimationFrame;
    const frames: FrameRequestCallback[] = [];
    globalThis.requestAnimationFrame = (run) => frames.push(run);
    try {
      await provider.create(
        crypto.randomUUID(),
        { type: 'task', subject: 'From elsewhere', due: '2026-11-01' },
        { locale: 'en', timeZone: 'UTC', idempotencyKey: 'theirs' },
      );
      await idle();
    } finally {
      globalThis.requestAnimationFrame = frame;
    }
    for (const run of frames) run(performance.now());
    await board.hasMoved('From elsewhere', 'Open');
    await idle();
    expect(board.headings[0]).to.equal('Open, 21 of 26');
    expect(draws).to.equal(1);
  });

  describe('its +', () => {
    const plus = (board: Board, lane: string): HTMLElement | null =>
      board.lane(lane).querySelector<HTMLElement>('[part~=add]');

    it('asks for a draft in that lane’s state, about the record', async () => {
      const board = await boardOf(
        memory(someRows().map((row) => ({ ...row, regarding: wingtip }))),
        {
          record: wingtip,
        },
      );
      for (const [lane, type] of [
        ['Open', 'task'],
        ['Scheduled', 'appointment'],
        ['Completed', 'task'],
      ] as const) {
        const asked = next(board.element, 'activity-compose');
        plus(board, lane)?.click();
        const { draft } = (await asked).detail;
        expect(draft).to.deep.equal({ type, state: lane.toLowerCase(), regarding: wingtip });
      }
      expect(plus(board, 'Scheduled')?.getAttribute('aria-label')).to.equal(
        'New appointment in Scheduled',
      );
    });

    it('is not there where nothing can be created', async () => {
      const board = await boardOf({ query: () => Promise.resolve(someRows()) });
      expect(plus(board, 'Open')).to.be.null;
    });
  });

  describe('moving by the menu', () => {
    /** What Dynamics 365 can schedule. */
    const types = {
      task: false,
      phonecall: false,
      email: false,
      letter: false,
      fax: false,
      appointment: true,
    } as const;
    for (const [type, canBeScheduled] of Object.entries(types)) {
      it(`offers a ${type} the lanes it may go to, and says why not the others`, async () => {
        const states = builtInTypes.find((one) => one.name === type)?.states ?? {};
        const from = ACTIVITY_STATES.filter((state) => states[state]);
        const rows = from.map((state) => activity({ type, state, subject: `From ${state}` }));
        const board = await boardOf(memory(rows));
        const plural = en[`types.${type as keyof typeof types}`].toLowerCase();
        for (const state of from) {
          await board.openMenu(`From ${state}`);
          const isClosed = state === 'completed' || state === 'canceled';
          const verdict = isClosed ? 'It is closed and read-only.' : 'yes';
          const lanes = new Map([
            ['Open', verdict],
            ['Scheduled', canBeScheduled ? verdict : `Not for ${plural}`],
            ['Completed', verdict],
            ['Canceled', verdict],
          ]);
          lanes.delete(name(state));
          expect(board.moves, `from ${state}`).to.deep.equal(Object.fromEntries(lanes));
          await press('Escape');
          await waitUntil(() => board.menuItems.length === 0);
        }
      });
    }

    it('moves the card, asks the host first, and takes the type’s default reason', async () => {
      const provider = memory(someRows());
      const board = await boardOf(provider);
      const asked = next(board.element, 'activity-move-status');
      const completed = next(board.element, 'activity-complete');
      const saved = next(board.element, 'activity-saved');
      await board.openMenu('Call back');
      board.menuItem('Completed').click();
      await board.choose('Made');
      const { detail } = await asked;
      expect([detail.to, detail.activities.map(({ subject }) => subject)]).to.deep.equal([
        'completed',
        ['Call back'],
      ]);
      await board.hasMoved('Call back', 'Completed');
      await completed;
      await saved;
      const { rows } = await provider.query(
        { search: 'Call back' },
        { locale: 'en', timeZone: 'UTC' },
      );
      expect(rows.map(({ state, statusReason }) => [state, statusReason])).to.deep.equal([
        ['completed', 'made'],
      ]);
    });

    it('does nothing where it is not offered', async () => {
      const board = await boardOf(memory(someRows()));
      let asked = 0;
      board.element.addEventListener('activity-move-status', () => asked++);
      await board.openMenu('Book dentist');
      board.menuItem('Scheduled').click();
      await board.element.updateComplete;
      expect(asked).to.equal(0);
      expect(board.cards('Open')).to.include('Book dentist');
    });

    it('works by keyboard alone, says what moved where, and keeps the focus on the card', async () => {
      const board = await boardOf(memory(someRows()));
      await focusCard(board, 'Book dentist');
      await press('Enter');
      await chooseByKey(board, 'Completed');
      await board.hasMoved('Book dentist', 'Completed');
      await board.hears('Book dentist moved to Completed');
      expect(board.focused).to.equal('Book dentist');
      await press('ArrowDown');
      await waitUntil(() => board.focused === 'Introductory call');
    });

    it('gives the focus to the neighbour where the card is no longer drawn', async () => {
      const provider = memory(someRows());
      const board = await boardOf(provider, {
        query: { filter: { field: 'state', op: 'in', value: ['open', 'scheduled'] } },
      });
      await focusCard(board, 'Call back');
      await press('Enter');
      await chooseByKey(board, 'Completed');
      await chooseByKey(board, 'Made');
      await waitUntil(() => !board.cards('Open').includes('Call back'));
      expect(board.focused).to.equal('Book dentist');
    });

    it('stays where it is when the host says no', async () => {
      const board = await boardOf(memory(someRows()));
      board.element.addEventListener('activity-move-status', (event) => event.preventDefault());
      await board.openMenu('Book dentist');
      board.menuItem('Completed').click();
      await board.element.updateComplete;
      expect(board.cards('Open')).to.include('Book dentist');
      expect(board.cards('Completed')).not.to.include('Book dentist');
    });

    it('is shown as pending while the host makes up its mind, and stays with its reason', async () => {
      const board = await boardOf(memory(someRows()));
      let refuse: (reason: Error) => void = () => undefined;
      board.element.addEventListener('activity-move-status', (event) =>
        event.waitUntil(new Promise((_resolve, reject) => (refuse = reject))),
      );
      await board.openMenu('Book dentist');
      board.menuItem('Completed').click();
      await waitUntil(() => board.card('Book dentist').ariaBusy === 'true', 'shown as pending');
      expect(board.cards('Open')).to.include('Book dentist');
      refuse(new Error('The invoice is not paid'));
      await waitUntil(() => board.notices.includes('Not done: The invoice is not paid'));
      expect(board.card('Book dentist').ariaBusy).to.be.null;
      expect(board.cards('Open')).to.include('Book dentist');
    });

    it('goes back with the reason when the server refuses, and so does the focus', async () => {
      let refuse: () => void = () => undefined;
      const provider: ActivityDataProvider = {
        ...memory(someRows()),
        transition: () =>
          new Promise((_resolve, reject) => {
            refuse = () => reject(failure('transition-refused', 'Only Jun may close this'));
          }),
      };
      const board = await boardOf(provider);
      await focusCard(board, 'Book dentist');
      await press('Enter');
      await chooseByKey(board, 'Completed');
      await board.hasMoved('Book dentist', 'Completed');
      expect(board.card('Book dentist').ariaBusy).to.equal('true');
      refuse();
      await board.hasMoved('Book dentist', 'Open');
      await waitUntil(() => board.notices.includes('Not done: Only Jun may close this'));
      expect(board.cards('Completed')).not.to.include('Book dentist');
      expect(board.focused).to.equal('Book dentist');
    });
  });

  describe('by keyboard', () => {
    it('is one tab stop, moved by the arrows', async () => {
      const board = await boardOf(memory(someRows()));
      const stops = (): (string | null)[] =>
        board.all('article[tabindex="0"]').map((card) => card.getAttribute('aria-label'));
      expect(stops()).to.deep.equal(['Call back']);
      expect(board.all('article :is(a, button):not([tabindex="-1"])')).to.have.length(0);
      await focusCard(board, 'Call back');
      for (const [key, subject] of [
        ['ArrowDown', 'Book dentist'],
        ['ArrowRight', 'Site visit'],
        ['ArrowRight', 'Introductory call'],
        ['End', 'Send brochure'],
        ['Home', 'Introductory call'],
        ['ArrowLeft', 'Site visit'],
      ] as const) {
        await press(key);
        await waitUntil(() => board.focused === subject, `${key} leads to ${subject}`);
        expect(stops()).to.deep.equal([subject]);
      }
    });

    it('changes sides from right to left', async () => {
      const board = await boardOf(memory(someRows()), { locale: 'ar' });
      await focusCard(board, 'Call back');
      await press('ArrowLeft');
      await waitUntil(() => board.focused === 'Site visit');
      await press('ArrowRight');
      await waitUntil(() => board.focused === 'Call back');
    });

    it('opens by Enter as a click on the subject does', async () => {
      const board = await boardOf(memory(someRows()), { hrefFor: () => '#there' });
      board.element.addEventListener('activity-open', (event) => event.preventDefault());
      await focusCard(board, 'Book dentist');
      const byKey = next(board.element, 'activity-open');
      await press('Enter');
      expect((await byKey).detail.activity.subject).to.equal('Book dentist');
      const byClick = next(board.element, 'activity-open');
      board.card('Call back').querySelector('a')?.click();
      expect((await byClick).detail.activity.subject).to.equal('Call back');
      expect(location.hash).to.equal('');
    });

    it('opens the menu by Enter where there is nothing to open a card in', async () => {
      const board = await boardOf(memory(someRows()));
      await focusCard(board, 'Book dentist');
      await press('Enter');
      await waitUntil(() => board.menuItems.length > 0);
      await press('Escape');
      await waitUntil(() => board.focused === 'Book dentist');
    });
  });

  for (const init of [{ key: 'ContextMenu' }, { key: 'F10', shiftKey: true }]) {
    it(`opens the menu of a card by ${init.key}, and goes back to the card`, async () => {
      const board = await boardOf(memory(someRows()), { hrefFor: () => '#' });
      await focusCard(board, 'Book dentist');
      // Not all drivers have these keys.
      const down = new KeyboardEvent('keydown', { ...init, bubbles: true, cancelable: true });
      board.card('Book dentist').dispatchEvent(down);
      expect(down.defaultPrevented).to.be.true;
      await waitUntil(() => board.menuItems.some((item) => item.matches(':focus')));
      // Some browsers want to show their own menu when the key comes up.
      const native = new MouseEvent('contextmenu', {
        bubbles: true,
        composed: true,
        cancelable: true,
      });
      board.menuItem('Open').dispatchEvent(native);
      expect(native.defaultPrevented).to.be.true;
      await press('Escape');
      await waitUntil(() => board.card('Book dentist').matches(':focus'));
    });
  }

  describe('selection', () => {
    it('is made by Space, told to the host, and cleared by Escape', async () => {
      const board = await boardOf(memory(someRows()));
      const told: (readonly string[])[] = [];
      board.element.addEventListener('activity-selection-change', ({ detail }) =>
        told.push(detail.selection),
      );
      await focusCard(board, 'Call back');
      await press(' ');
      await press('ArrowDown');
      await waitUntil(() => board.focused === 'Book dentist');
      await press(' ');
      await waitUntil(() => told.length === 2);
      expect(board.element.selection).to.have.length(2);
      await board.element.updateComplete;
      expect(board.card('Call back').getAttribute('aria-description')).to.include('Selected');
      await press('Escape');
      expect(board.element.selection).to.deep.equal([]);
      expect(told.at(-1)).to.deep.equal([]);
    });

    it('is made by a click with Ctrl, which opens nothing', async () => {
      const board = await boardOf(memory(someRows()));
      let opened = 0;
      board.element.addEventListener('activity-open', () => opened++);
      const click = { bubbles: true, composed: true, cancelable: true, ctrlKey: true };
      board
        .card('Call back')
        .querySelector('.subject')
        ?.dispatchEvent(new MouseEvent('click', click));
      await waitUntil(() => board.element.selection.length === 1);
      expect(opened).to.equal(0);
    });

    it('goes together by the menu, in one request, and is selected no longer', async () => {
      const rows = someRows();
      const board = await boardOf(memory(rows), {
        selection: rows.slice(0, 2).map(({ id }) => id),
      });
      const asked = next(board.element, 'activity-move-status');
      await board.openMenu('Call back');
      expect(textOf(board.find('[role=menu]'))).to.include('Move 2 selected to…');
      board.menuItem('Canceled').click();
      expect((await asked).detail.activities).to.have.length(2);
      await board.hasMoved('Call back', 'Canceled');
      await board.hasMoved('Book dentist', 'Canceled');
      await waitUntil(() => board.element.selection.length === 0);
    });

    it('is refused as a whole where one of them may not go', async () => {
      const rows = [
        activity({ subject: 'Lunch', type: 'appointment', statusReason: 'free' }),
        activity({ subject: 'Book dentist' }),
      ];
      const board = await boardOf(memory(rows), { selection: rows.map(({ id }) => id) });
      await board.openMenu('Lunch');
      expect(board.moves['Scheduled']).to.equal('Not for tasks');
    });
  });

  describe('in a narrow place', () => {
    it('shows one lane at a time, and the others by a switch with their counts', async () => {
      const board = await boardOf(memory(someRows()), { width: '340px' });
      await waitUntil(() => board.all('section').length === 1);
      expect(board.element.matches(':state(narrow)')).to.be.true;
      expect(
        board.all('[type=radio]').map((radio) => textOf(radio.closest('label'))),
      ).to.deep.equal(['Open 2', 'Scheduled 1', 'Completed 2', 'Canceled 0']);
      board.all('[type=radio]')[2]?.click();
      await waitUntil(() => board.headings[0] === 'Completed, 2 of 2');
    });

    it('moves by the menu, and the focus stays in the lane', async () => {
      const board = await boardOf(memory(someRows()), { width: '340px' });
      await waitUntil(() => board.all('section').length === 1);
      await focusCard(board, 'Call back');
      await press('Enter');
      await chooseByKey(board, 'Completed');
      await chooseByKey(board, 'Made');
      await waitUntil(() => board.headings[0] === 'Open, 1 of 1');
      expect(board.focused).to.equal('Book dentist');
    });
  });

  describe('without cards', () => {
    it('says why it is empty and what to do', async () => {
      const board = await boardOf(memory([]));
      expect(board.element.matches(':state(empty)')).to.be.true;
      const asked = next(board.element, 'activity-compose');
      board.find('[part~=empty] button').click();
      expect((await asked).detail.draft).to.deep.equal({ type: 'task', state: 'open' });
      board.element.query = { search: 'perpetuum mobile' };
      await waitUntil(() => textOf(board.find('[part~=board]')).includes('perpetuum mobile'));
    });

    it('says what failed and asks again', async () => {
      let isDown = true;
      const rows = someRows();
      const board = await boardOf({
        query: () => (isDown ? Promise.reject(failure('network')) : Promise.resolve(rows)),
      });
      expect(board.element.matches(':state(error)')).to.be.true;
      isDown = false;
      board.find('[part~=retry]').click();
      await waitUntil(() => board.headings[0] === 'Open, 2 of 2');
    });

    it('shows the lanes that came when one did not', async () => {
      const provider = memory(someRows());
      const board = await boardOf({
        ...provider,
        query: (question: object, options: { locale: string; timeZone: string }) =>
          JSON.stringify(question).includes('"canceled"')
            ? Promise.reject(failure('server'))
            : provider.query(question, options),
      });
      expect(board.cards('Open')).to.have.length(2);
      expect(textOf(board.lane('Canceled'))).to.include('could not be loaded');
    });

    it('says that it may not be seen', async () => {
      const board = await boardOf({ query: () => Promise.reject(failure('forbidden')) });
      expect(board.element.matches(':state(denied)')).to.be.true;
    });
  });

  it('shows broken rows as far as it can, and lets the others stand', async () => {
    const rows = [
      { id: '1', type: 'task', subject: 'No state', state: 'paused' },
      { id: '2', type: 'site-visit', subject: 'Unknown type', state: 'scheduled', due: 'soon' },
      { id: '3', type: 'task', subject: 7, state: 'open' },
      { subject: 'No id' },
      activity({ subject: 'Book dentist' }),
    ];
    const board = await boardOf({ query: () => Promise.resolve(rows) });
    expect(board.cards('Open')).to.have.members(['No state', '(No subject)', 'Book dentist']);
    expect(board.cards('Scheduled')).to.deep.equal(['Unknown type']);
    const warned = board.all('.warning').map((mark) => mark.closest('article')?.ariaLabel);
    expect(warned).to.have.members(['No state', '(No subject)', 'Unknown type']);
  });

  it('offers nothing for somebody else’s private time', async () => {
    const board = await boardOf(memory([activity({ subject: 'Secret', access: 'busy' })]));
    expect(board.cards('Open')).to.deep.equal(['Busy']);
    expect(board.card('Busy').querySelector('button')).to.be.null;
  });

  it('shows items without any context, and keeps what is done to them', async () => {
    const element: ActivityKanban = document.createElement('activity-kanban');
    const wrapper = document.createElement('div');
    wrapper.append(element);
    document.body.append(wrapper);
    try {
      element.items = someRows();
      const board = new Board(wrapper);
      await waitUntil(() => board.all('article').length === 5);
      await board.openMenu('Book dentist');
      board.menuItem('Canceled').click();
      await board.hasMoved('Book dentist', 'Canceled');
    } finally {
      wrapper.remove();
    }
  });
});

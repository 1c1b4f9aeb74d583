import { expect } from '@open-wc/testing';
import { resetMouse, sendKeys, sendMouse } from '@web/test-runner-commands';
import type { Activity } from '../../../src/model/activity.js';
import { failure } from '../../../src/provider/failure.js';
import { activity, memory } from '../../support/fixtures.js';
import { boardOf, type Board } from '../../support/kanban.js';
import { waitUntil } from '../../support/until.js';

const theirs = () => ({
  locale: 'en',
  timeZone: 'UTC',
  idempotencyKey: crypto.randomUUID(),
});

function someRows(): Activity[] {
  return [
    activity({ subject: 'Send quote', due: '2026-11-23T12:00:00Z' }),
    activity({ subject: 'Book dentist', due: '2026-11-24T12:00:00Z' }),
    activity({ subject: 'Lunch', type: 'appointment', statusReason: 'free', due: '2026-11-25' }),
    activity({
      subject: 'Send brochure',
      state: 'completed',
      statusReason: 'completed',
      actualEnd: '2026-11-20T09:00:00Z',
    }),
  ];
}

/** All that a drag may leave behind, in the board and on the page. */
function leftovers(board: Board): Element[] {
  return [
    ...board.all('.lifted, [data-lifted], [data-gone], .sortable-fallback, .sortable-chosen'),
    ...document.querySelectorAll('.sortable-fallback, .sortable-ghost'),
  ];
}

function moves(board: Board): string[] {
  const asked: string[] = [];
  board.element.addEventListener('activity-move-status', ({ detail }) =>
    asked.push(`${detail.activities.map(({ subject }) => subject).join(' + ')} to ${detail.to}`),
  );
  return asked;
}

describe('dragging a card', () => {
  afterEach(() => resetMouse());

  it('moves it to the lane under the pointer, and asks once', async () => {
    const board = await boardOf(memory(someRows()));
    const asked = moves(board);
    await board.lift('Book dentist');
    await board.carryTo('Completed');
    expect(board.lane('Completed').matches('.target')).to.be.true;
    await board.drop();
    await board.hasMoved('Book dentist', 'Completed');
    expect(board.cards('Open')).to.deep.equal(['Send quote', 'Lunch']);
    await board.hears('Book dentist moved to Completed');
    expect(asked).to.deep.equal(['Book dentist to completed']);
    expect(leftovers(board)).to.be.empty;
    expect(board.focused).to.equal('Book dentist');
  });

  it('keeps its place free, and hangs the card on the pointer', async () => {
    const board = await boardOf(memory(someRows()));
    const before = board.card('Book dentist').getBoundingClientRect();
    await board.lift('Book dentist');
    await board.carryTo('Completed');
    const place = board.card('Book dentist').getBoundingClientRect();
    expect([place.top, place.height]).to.deep.equal([before.top, before.height]);
    expect(board.lifted?.textContent).to.include('Book dentist');
    const lane = board.lane('Completed').getBoundingClientRect();
    const hanging = board.lifted?.getBoundingClientRect();
    expect(hanging?.right).to.be.above(lane.left);
    expect(hanging?.left).to.be.below(lane.right);
    await board.drop();
  });

  it('dims the lanes that would refuse it and says why; let go there, it goes back', async () => {
    const board = await boardOf(memory(someRows()));
    const asked = moves(board);
    await board.lift('Book dentist');
    await board.carryTo('Scheduled');
    expect(board.lane('Scheduled').matches('.refuses:not(.target)')).to.be.true;
    expect(board.lane('Scheduled').textContent).to.include('Not for tasks');
    expect(board.lane('Completed').matches('.refuses')).to.be.false;
    await board.drop();
    expect(board.cards('Open')).to.include('Book dentist');
    expect(board.notices).to.deep.equal(['Not done: Not for tasks']);
    expect(asked).to.be.empty;
    expect(leftovers(board)).to.be.empty;
  });

  it('takes an appointment to Scheduled', async () => {
    const board = await boardOf(memory(someRows()));
    await board.lift('Lunch');
    await board.carryTo('Scheduled');
    expect(board.lane('Scheduled').matches('.target')).to.be.true;
    await board.drop();
    await board.choose('Out of office');
    await board.hasMoved('Lunch', 'Scheduled');
  });

  it('explains what is closed', async () => {
    const board = await boardOf(memory(someRows()));
    await board.lift('Send brochure');
    await board.carryTo('Open');
    expect(board.lane('Open').textContent).to.include('It is closed and read-only.');
    await board.drop();
    expect(board.cards('Completed')).to.deep.equal(['Send brochure']);
  });

  it('takes all that are selected, in one request', async () => {
    const rows = someRows();
    const board = await boardOf(memory(rows), {
      selection: rows.slice(0, 2).map(({ id }) => id),
    });
    const asked = moves(board);
    await board.lift('Book dentist');
    expect(board.lifted?.textContent).to.include('+1');
    await board.carryTo('Completed');
    await board.drop();
    await board.hasMoved('Send quote', 'Completed');
    await board.hasMoved('Book dentist', 'Completed');
    expect(asked).to.deep.equal(['Book dentist + Send quote to completed']);
  });

  it('takes one that is not selected alone', async () => {
    const rows = someRows();
    const board = await boardOf(memory(rows), { selection: rows.slice(0, 1).map(({ id }) => id) });
    const asked = moves(board);
    await board.lift('Book dentist');
    await board.carryTo('Completed');
    await board.drop();
    expect(asked).to.deep.equal(['Book dentist to completed']);
  });

  it('ends with Escape, wherever it is, and takes no key from nobody else', async () => {
    const board = await boardOf(memory(someRows()));
    const asked = moves(board);
    let escapes = 0;
    const count = (): void => void escapes++;
    document.addEventListener('keydown', count);
    await board.lift('Book dentist');
    await board.carryTo('Completed');
    await sendKeys({ press: 'Escape' });
    await board.settled();
    expect(escapes).to.equal(0);
    await board.drop();
    expect(asked).to.be.empty;
    expect(board.cards('Open')).to.include('Book dentist');
    expect(leftovers(board)).to.be.empty;
    await sendKeys({ press: 'Escape' });
    expect(escapes).to.equal(1);
    document.removeEventListener('keydown', count);
  });

  for (const [name, happen] of Object.entries({
    'the pointer is taken away': () =>
      window.dispatchEvent(new PointerEvent('pointercancel', { isPrimary: true })),
    'the page is hidden': () => document.dispatchEvent(new Event('visibilitychange')),
  })) {
    it(`ends when ${name}`, async () => {
      const board = await boardOf(memory(someRows()));
      const asked = moves(board);
      await board.lift('Book dentist');
      await board.carryTo('Completed');
      happen();
      await board.settled();
      await board.drop();
      expect(asked).to.be.empty;
      expect(leftovers(board)).to.be.empty;
    });
  }

  it('draws nothing anew while it is carried, but where it is', async () => {
    const board = await boardOf(memory(someRows()));
    await board.lift('Book dentist');
    await board.carryTo('Completed');
    const changed = new Set<string>();
    const observer = new MutationObserver((records) => {
      for (const { target } of records) changed.add((target as Element).classList[0] ?? '');
    });
    const all = { subtree: true, childList: true, characterData: true, attributes: true };
    observer.observe(board.root, all);
    await board.moveMouse(board.lane('Scheduled'));
    await waitUntil(() => !board.lane('Completed').matches('.target'));
    await board.carryTo('Completed');
    observer.disconnect();
    expect([...changed]).to.have.members(['lane', 'lifted']);
    await board.drop();
  });

  it('does nothing outside of the board', async () => {
    const board = await boardOf(memory(someRows()));
    const asked = moves(board);
    await board.lift('Book dentist');
    await board.carryTo('Completed');
    await sendMouse({ type: 'move', position: [300, 590] });
    await waitUntil(() => !board.lane('Completed').matches('.target'));
    await board.drop();
    expect(asked).to.be.empty;
  });

  it('is no click, and eats none', async () => {
    const board = await boardOf(memory(someRows()), { hrefFor: () => '#' });
    const opened: string[] = [];
    board.element.addEventListener('activity-open', (event) => {
      event.preventDefault();
      opened.push(event.detail.activity.subject);
    });
    const subject = (name: string): Element =>
      board.card(name).querySelector('.subject') ?? board.element;
    await board.isReady();
    // Lifted by its subject, and let go on it.
    await board.moveMouse(subject('Book dentist'));
    await sendMouse({ type: 'down' });
    await board.moveMouse(board.lane('Completed'));
    await waitUntil(() => board.lifted);
    await board.moveMouse(subject('Book dentist'));
    await board.drop();
    expect(opened).to.be.empty;
    await board.moveMouse(subject('Send quote'));
    await sendMouse({ type: 'down' });
    await sendMouse({ type: 'up' });
    await waitUntil(() => opened.length > 0);
    expect(opened).to.deep.equal(['Send quote']);
  });

  it('lifts nothing by the button of its menu', async () => {
    const board = await boardOf(memory(someRows()));
    const button = board.card('Book dentist').querySelector('[aria-haspopup=menu]');
    await board.isReady();
    await board.moveMouse(button ?? board.element);
    await sendMouse({ type: 'down' });
    await board.moveMouse(board.lane('Completed'));
    expect(board.lifted).to.be.undefined;
    await sendMouse({ type: 'up' });
  });

  it('lifts by a long press of a finger, and leaves the next tap alone', async function () {
    // There SortableJS takes touch events, which no script can make.
    if (/safari/i.test(navigator.userAgent) && !/chrom/i.test(navigator.userAgent)) this.skip();
    const board = await boardOf(memory(someRows()), { hrefFor: () => '#' });
    const opened: string[] = [];
    board.element.addEventListener('activity-open', (event) => {
      event.preventDefault();
      opened.push(event.detail.activity.subject);
    });
    await board.isReady();
    const card = board.card('Book dentist');
    const finger = (type: string, over: Element): boolean => {
      const { left, top } = over.getBoundingClientRect();
      const point = { clientX: left + 60, clientY: top + 30, pointerId: 7, isPrimary: true };
      return card.dispatchEvent(
        new PointerEvent(type, {
          ...point,
          pointerType: 'touch',
          bubbles: true,
          composed: true,
          cancelable: true,
        }),
      );
    };
    finger('pointerdown', card);
    expect(card.closest('li')?.matches('.sortable-chosen')).to.be.false;
    await waitUntil(() => card.closest('li')?.matches('.sortable-chosen'), 'held long enough');
    finger('pointermove', board.lane('Completed'));
    await waitUntil(() => board.lane('Completed').matches('.target'));
    finger('pointerup', board.lane('Completed'));
    await board.hasMoved('Book dentist', 'Completed');
    await board.settled();
    await board.moveMouse(board.card('Send quote').querySelector('.subject') ?? board.element);
    await sendMouse({ type: 'down' });
    await sendMouse({ type: 'up' });
    await waitUntil(() => opened.length > 0);
    expect(opened).to.deep.equal(['Send quote']);
    expect(leftovers(board)).to.be.empty;
  });

  it('scrolls the board to lanes out of sight, and a lane to its other cards', async () => {
    const closed = Array.from({ length: 12 }, () => activity({ state: 'canceled' }));
    const board = await boardOf(memory([...someRows(), ...closed]));
    const lanes = board.find('.lanes');
    await board.lift('Book dentist');
    const { right, top } = lanes.getBoundingClientRect();
    await sendMouse({ type: 'move', position: [Math.round(right) - 4, Math.round(top) + 200] });
    const isAtEnd = (): boolean =>
      board.lane('Canceled').getBoundingClientRect().right < right &&
      board.lane('Canceled').matches('.target');
    await waitUntil(isAtEnd, 'the lane comes', { timeout: 5000 });
    const cards = board.lane('Canceled').querySelector('.cards');
    const { bottom } = cards?.getBoundingClientRect() ?? lanes.getBoundingClientRect();
    await sendMouse({ type: 'move', position: [Math.round(right) - 150, Math.round(bottom) - 4] });
    await waitUntil(() => (cards?.scrollTop ?? 0) > 100, 'the lane scrolls');
    await board.drop();
    await waitUntil(() => board.headings[3] === 'Canceled, 13 of 13');
  });

  for (const [name, change] of Object.entries({
    'there is room for one lane only': (board: Board) => {
      board.element.style.inlineSize = '340px';
    },
    'another source is shown': (board: Board) => {
      board.element.provider = memory([activity({ subject: 'Elsewhere' })]);
    },
  })) {
    it(`leaves nothing behind when ${name}`, async () => {
      const board = await boardOf(memory(someRows()));
      const asked = moves(board);
      await board.lift('Book dentist');
      await board.carryTo('Completed');
      change(board);
      await waitUntil(
        () => !board.cards('Open').includes('Book dentist') || board.all('section').length === 1,
      );
      await board.drop();
      expect(asked).to.be.empty;
      expect(leftovers(board)).to.be.empty;
    });
  }

  describe('that the host or the server does not want', () => {
    it('goes back when the host says no', async () => {
      const board = await boardOf(memory(someRows()));
      board.element.addEventListener('activity-move-status', (event) => event.preventDefault());
      await board.lift('Book dentist');
      await board.carryTo('Completed');
      await board.drop();
      expect(board.cards('Open')).to.include('Book dentist');
      expect(board.cards('Completed')).to.deep.equal(['Send brochure']);
      expect(leftovers(board)).to.be.empty;
    });

    it('waits in its lane while the host makes up its mind, and can’t be lifted meanwhile', async () => {
      const board = await boardOf(memory(someRows()));
      let agree: () => void = () => undefined;
      board.element.addEventListener('activity-move-status', (event) =>
        event.waitUntil(new Promise<void>((resolve) => (agree = resolve))),
      );
      await board.lift('Book dentist');
      await board.carryTo('Completed');
      await board.drop();
      const card = board.card('Book dentist');
      expect(board.cards('Open')).to.include('Book dentist');
      expect(card.ariaBusy).to.equal('true');
      await board.moveMouse(card);
      await sendMouse({ type: 'down' });
      await board.moveMouse(board.lane('Completed'));
      expect(board.lifted).to.be.undefined;
      await sendMouse({ type: 'up' });
      agree();
      await board.hasMoved('Book dentist', 'Completed');
    });

    it('goes back with the reason when the server refuses', async () => {
      const board = await boardOf({
        ...memory(someRows()),
        transition: () => Promise.reject(failure('forbidden', 'Ask Jun to close it')),
      });
      await board.lift('Book dentist');
      await board.carryTo('Completed');
      await board.drop();
      await waitUntil(() => board.notices.includes('Not done: Ask Jun to close it'));
      await board.hasMoved('Book dentist', 'Open');
      expect(board.cards('Completed')).to.deep.equal(['Send brochure']);
      expect(leftovers(board)).to.be.empty;
    });
  });

  describe('while others change things', () => {
    it('shows what they do to other cards', async () => {
      const rows = someRows();
      const provider = memory(rows);
      const board = await boardOf(provider);
      await board.lift('Book dentist');
      await board.carryTo('Completed');
      await provider.update(rows[0]?.id ?? '', { subject: 'Send new quote' }, theirs());
      await provider.transition(rows[2]?.id ?? '', { state: 'canceled' }, theirs());
      await board.hasMoved('Send new quote', 'Open');
      await board.hasMoved('Lunch', 'Canceled');
      expect(board.lifted).not.to.be.undefined;
      await board.drop();
      await board.hasMoved('Book dentist', 'Completed');
      expect(board.cards('Open')).to.deep.equal(['Send new quote']);
      expect(leftovers(board)).to.be.empty;
    });

    it('leaves nothing behind when they delete it, and says so', async () => {
      const rows = someRows();
      const provider = memory(rows);
      const board = await boardOf(provider);
      const asked = moves(board);
      await board.lift('Book dentist');
      await board.carryTo('Completed');
      await provider.remove(rows[1]?.id ?? '', theirs());
      await waitUntil(() => !board.cards('Open').includes('Book dentist'));
      expect(board.lifted?.textContent).to.include('Book dentist');
      await board.drop();
      await waitUntil(() => board.notices.length > 0);
      expect(board.notices[0]).to.include('does not exist any more');
      expect(asked).to.be.empty;
      expect(leftovers(board)).to.be.empty;
    });

    it('shows it once when they move it, and takes it from where it is', async () => {
      const rows = someRows();
      const provider = memory(rows);
      const board = await boardOf(provider);
      await board.lift('Lunch');
      await board.carryTo('Completed');
      await provider.transition(rows[2]?.id ?? '', { state: 'scheduled' }, theirs());
      await board.hasMoved('Lunch', 'Scheduled');
      expect(board.cards('Open')).not.to.include('Lunch');
      await board.drop();
      await board.hasMoved('Lunch', 'Completed');
      expect(leftovers(board)).to.be.empty;
    });
  });

  it('can be cancelled when others have moved it, and is then found by the keys where it is', async () => {
    const visit = activity({ subject: 'Site visit', type: 'appointment', state: 'scheduled' });
    const provider = memory([visit, ...someRows().slice(3)]);
    const board = await boardOf(provider);
    await board.lift('Site visit');
    await provider.transition(visit.id, { state: 'open' }, theirs());
    await board.hasMoved('Site visit', 'Open');
    await sendKeys({ press: 'Escape' });
    await board.drop();
    board.card('Send brochure').focus();
    await sendKeys({ press: 'ArrowLeft' });
    await waitUntil(() => board.focused === 'Site visit');
  });

  it('can follow another at once', async () => {
    const board = await boardOf(memory(someRows()));
    await board.lift('Book dentist');
    await board.carryTo('Completed');
    await sendMouse({ type: 'up' });
    await board.lift('Send quote');
    expect(board.lifted?.textContent).to.include('Send quote');
    await board.carryTo('Completed');
    await board.drop();
    await board.hasMoved('Book dentist', 'Completed');
    await board.hasMoved('Send quote', 'Completed');
    expect(leftovers(board)).to.be.empty;
  });

  describe('of which the element goes away', () => {
    it('ends without a trace when it is removed, and works where it is put back', async () => {
      const board = await boardOf(memory(someRows()));
      const asked = moves(board);
      const place = board.element.parentElement;
      await board.lift('Book dentist');
      await board.carryTo('Completed');
      board.element.remove();
      await sendMouse({ type: 'up' });
      expect(asked).to.be.empty;
      expect(document.querySelectorAll('.sortable-fallback')).to.have.length(0);
      place?.append(board.element);
      await waitUntil(() => board.cards('Open').length === 3);
      expect(leftovers(board)).to.be.empty;
      await board.lift('Book dentist');
      await board.carryTo('Completed');
      await board.drop();
      expect(asked).to.deep.equal(['Book dentist to completed']);
    });

    for (const when of ['pressed', 'lifted']) {
      it(`is not disturbed by another board that goes away once it is ${when}`, async () => {
        const board = await boardOf(memory(someRows()));
        const other = await boardOf(memory(someRows()));
        await other.isReady();
        await board.press('Book dentist');
        if (when === 'pressed') other.element.remove();
        await board.pull('Book dentist');
        other.element.remove();
        await board.carryTo('Completed');
        await board.drop();
        await board.hasMoved('Book dentist', 'Completed');
        expect(leftovers(board)).to.be.empty;
      });
    }
  });
});

// The board under a real mouse and a real finger: with ten thousand cards in a lane, and in a storm of moves of which some are refused.
import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { build } from 'vite';
import { collectErrors, launchChromium, untilAnswered } from '../support/chromium.mjs';
import { root } from '../support/install.mjs';
import { serveFolder } from '../support/static-server.mjs';

let server;
let browser;

before(async () => {
  const folder = path.join(root, '.cache/kanban-page');
  await build({
    configFile: false,
    root: path.join(import.meta.dirname, 'kanban'),
    resolve: { tsconfigPaths: true },
    build: { outDir: folder, emptyOutDir: true },
    logLevel: 'warn',
  });
  server = await serveFolder(folder, {});
  browser = await launchChromium();
});

after(async () => {
  await browser?.close();
  await server?.close();
});

/** A page with a board of so many cards; its errors fail the test. */
async function boardOf(t, count, options = {}, context = {}) {
  const own = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...context });
  own.setDefaultTimeout(15_000);
  const errors = [];
  own.on('page', (page) => collectErrors(page, errors));
  t.after(async () => {
    await own.close();
    assert.deepEqual(errors, []);
  });
  const page = await own.newPage();
  await page.goto(server.url);
  await page.evaluate(
    ([cards, how]) => void (window.rig = window.start(cards, how)),
    [count, options],
  );
  await page.getByRole('article').first().waitFor();
  const list = await page.getByRole('list').first().elementHandle();
  await page.waitForFunction(
    (element) => Object.keys(element).some((key) => key.startsWith('Sortable')),
    list,
  );
  return page;
}

const lane = (page, state) => page.locator(`[data-lane=${state}]`);
const card = (page, state, subject) =>
  lane(page, state).getByRole('article', { name: subject, exact: true });
const elements = (page) =>
  page.evaluate(() => window.rig.board.shadowRoot.querySelectorAll('*').length);
const isOn = (page, id, state) =>
  untilAnswered(page, async ([which, where]) => (await window.rig.server())[which] === where, [
    id,
    state,
  ]);

/** Scrolls a lane, page by page of what it loads, until it has shown so many cards. */
async function scrollDown(page, state, count) {
  await page.evaluate(
    async ([where, wanted]) => {
      const root = window.rig.board.shadowRoot;
      const cell = root.querySelector(`[data-lane=${where}]`);
      const last = () => Number([...cell.querySelectorAll('li')].at(-1)?.ariaPosInSet ?? 0);
      while (last() < wanted) {
        const before = last();
        cell.querySelector('.cards').scrollTop = 1e9;
        while (last() === before) await new Promise(requestAnimationFrame);
      }
    },
    [state, count],
  );
}

/** A card of the lane that is wholly in sight: its subject, id and middle. */
function inSight(page, state) {
  return page.evaluate((where) => {
    const cell = window.rig.board.shadowRoot.querySelector(`[data-lane=${where}]`);
    const view = cell.querySelector('.cards').getBoundingClientRect();
    for (const item of cell.querySelectorAll('li')) {
      const { top, bottom, left, width } = item.getBoundingClientRect();
      if (top < view.top || bottom > view.bottom) continue;
      const subject = item.querySelector('article').getAttribute('aria-label');
      return { subject, id: item.dataset.id, x: left + width / 2, y: (top + bottom) / 2 };
    }
  }, state);
}

async function leavesNothing(page) {
  const left = await page.evaluate(() => {
    const inside = window.rig.board.shadowRoot?.querySelectorAll(
      '.lifted, [data-lifted], [data-gone], .sortable-fallback, .sortable-chosen',
    );
    const all = [...(inside ?? []), ...document.querySelectorAll('[class*=sortable]')];
    return all.map((element) => element.cloneNode().outerHTML);
  });
  assert.deepEqual(left, []);
}

test('ten thousand cards a lane are dragged from and to wherever they are scrolled', async (t) => {
  const page = await boardOf(t, 20_000, { states: ['open', 'completed'] });
  await scrollDown(page, 'open', 200);
  await scrollDown(page, 'completed', 120);
  assert.ok((await elements(page)) < 1800, `${await elements(page)} elements`);
  const from = await inSight(page, 'open');
  const to = await inSight(page, 'completed');
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x + 12, from.y + 6, { steps: 3 });
  await page.mouse.move(to.x, to.y, { steps: 6 });
  await page.locator('[data-lane=completed].target').waitFor();
  // Held at the lane's upper edge it scrolls it, however far, and nothing is blank meanwhile.
  const box = await lane(page, 'completed').locator('.cards').boundingBox();
  await page.mouse.move(to.x, box.y + 3, { steps: 2 });
  const blanks = await page.evaluate(async () => {
    const cell = window.rig.board.shadowRoot.querySelector('[data-lane=completed]');
    const scroller = cell.querySelector('.cards');
    let blank = 0;
    while (scroller.scrollTop > 0) {
      await new Promise(requestAnimationFrame);
      const view = scroller.getBoundingClientRect();
      const boxes = [...cell.querySelectorAll('li')].map((item) => item.getBoundingClientRect());
      const top = Math.min(...boxes.map((one) => one.top));
      const bottom = Math.max(...boxes.map((one) => one.bottom));
      if (top > view.top + 12 || bottom < view.bottom - 12) blank++;
    }
    return blank;
  });
  assert.equal(blanks, 0);
  await page.mouse.move(to.x, to.y);
  await page.mouse.up();
  await isOn(page, from.id, 'completed');
  await card(page, 'completed', from.subject).waitFor();
  assert.ok((await elements(page)) < 1800, `${await elements(page)} elements`);
  await page.locator('.lifted').first().waitFor({ state: 'detached' });
  await leavesNothing(page);
});

test('a finger that rests lifts a card, one that moves on scrolls, one that is taken away lets go', async (t) => {
  const page = await boardOf(t, 200, {}, { hasTouch: true });
  const session = await page.context().newCDPSession(page);
  const touch = (type, point) =>
    session.send('Input.dispatchTouchEvent', {
      type,
      touchPoints: point ? [{ x: point.x, y: point.y }] : [],
    });
  const from = await inSight(page, 'open');
  const to = await inSight(page, 'scheduled');
  const chosen = page.locator('.sortable-chosen');

  // A swipe at once: the lane scrolls.
  const scroller = lane(page, 'open').locator('.cards');
  const low = { x: from.x, y: from.y + 300 };
  await touch('touchStart', low);
  for (let step = 1; step <= 8; step++)
    await touch('touchMove', { x: low.x, y: low.y - step * 30 });
  await touch('touchEnd');
  await page.waitForFunction((element) => element.scrollTop > 100, await scroller.elementHandle());
  assert.equal(await page.evaluate(() => window.rig.writes()), 0);
  // What was flung rolls on for a while: back at the top it is once the card lies under the finger again.
  await untilAnswered(
    page,
    ([id, x, y]) => {
      const root = window.rig.board.shadowRoot;
      const item = root.elementFromPoint(x, y)?.closest('li');
      const list = root.querySelector('[data-lane=open] .cards');
      if (list.scrollTop === 0 && item?.dataset.id === id) return true;
      list.scrollTo(0, 0);
      return false;
    },
    [from.id, from.x, from.y],
  );

  // Held: lifted, carried, let go.
  await touch('touchStart', from);
  await chosen.waitFor();
  for (let step = 1; step <= 6; step++) {
    await touch('touchMove', { x: from.x + ((to.x - from.x) * step) / 6, y: from.y + step * 4 });
  }
  await page.locator('[data-lane=scheduled].target').waitFor();
  await touch('touchEnd');
  await isOn(page, from.id, 'scheduled');
  await card(page, 'scheduled', from.subject).waitFor();

  // Taken away by the system: nothing happens.
  const next = await inSight(page, 'open');
  await touch('touchStart', next);
  await chosen.waitFor();
  await touch('touchMove', { x: next.x + 40, y: next.y });
  await touch('touchMove', { x: to.x, y: to.y });
  await page.locator('[data-lane=scheduled].target').waitFor();
  await session.send('Input.dispatchTouchEvent', { type: 'touchCancel', touchPoints: [] });
  await page.locator('.lifted').first().waitFor({ state: 'detached' });
  assert.equal((await page.evaluate(() => window.rig.server()))[next.id], 'open');
  await leavesNothing(page);
});

for (const zoom of [0.67, 1.5]) {
  test(`what is dragged finds its lane at a zoom of ${zoom}, right to left, in a lane scrolled sideways`, async (t) => {
    const page = await boardOf(t, 80, {}, { viewport: { width: 900, height: 700 } });
    await page.evaluate((factor) => {
      document.documentElement.dir = 'rtl';
      document.body.style.zoom = String(factor);
    }, zoom);
    const from = await inSight(page, 'open');
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move(from.x - 12, from.y + 6, { steps: 3 });
    // At the left edge the board scrolls towards its end.
    const isSeen = () =>
      page.evaluate(() => {
        const cell = window.rig.board.shadowRoot.querySelector('[data-lane=canceled]');
        const { left, right } = cell.getBoundingClientRect();
        return left >= 0 && right <= innerWidth;
      });
    await page.mouse.move(4, from.y, { steps: 6 });
    for (let tries = 0; tries < 200 && !(await isSeen()); tries++) {
      await page.evaluate(() => new Promise(requestAnimationFrame));
    }
    const box = await lane(page, 'canceled').boundingBox();
    await page.mouse.move(box.x + box.width / 2, from.y, { steps: 4 });
    await page.locator('[data-lane=canceled].target').waitFor();
    const hanging = await page.locator('.lifted').boundingBox();
    assert.ok(hanging.x < box.x + box.width && hanging.x + hanging.width > box.x);
    await page.mouse.up();
    await isOn(page, from.id, 'canceled');
  });
}

test('a hand that is quicker than the browser tells drops where it lets go', async (t) => {
  const page = await boardOf(t, 80);
  const from = await inSight(page, 'open');
  const to = await inSight(page, 'scheduled');
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x + 12, from.y + 6);
  await page.locator('.lifted').waitFor();
  // The button comes up before the last move is told.
  await Promise.all([page.mouse.move(to.x, to.y), page.mouse.up()]);
  await isOn(page, from.id, 'scheduled');
  await page.locator('.lifted').first().waitFor({ state: 'detached' });
  await leavesNothing(page);
});

test('on a phone what was done is said in two lines, with its undo beside it', async (t) => {
  const page = await boardOf(t, 8);
  await page.setViewportSize({ width: 320, height: 640 });
  const subject = 'Card 0, with a subject that takes two lines of it';
  await page.locator('activity-kanban:state(narrow)').waitFor();
  await card(page, 'open', subject).getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Completed' }).click();
  const notice = page.locator('[part~=notice]').filter({ hasText: `${subject} moved to` });
  await notice.waitFor();
  const lines = await notice.locator('.notice-text').evaluate((text) => {
    const { lineHeight } = getComputedStyle(text);
    return text.getBoundingClientRect().height / Number.parseFloat(lineHeight);
  });
  assert.ok(lines > 1 && lines < 2.1, `${lines} lines`);
  await notice.getByRole('button', { name: 'Undo' }).click();
  await isOn(page, 'a0', 'open');
});

test('in mid drag the record is deleted, the board is taken away: no exception, nothing left', async (t) => {
  const page = await boardOf(t, 80);
  const options = { locale: 'en', timeZone: 'UTC', idempotencyKey: 'theirs' };
  const lift = async () => {
    const from = await inSight(page, 'open');
    const to = await inSight(page, 'scheduled');
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move(from.x + 12, from.y + 6, { steps: 3 });
    await page.mouse.move(to.x, to.y, { steps: 4 });
    await page.locator('[data-lane=scheduled].target').waitFor();
    return from;
  };
  const first = await lift();
  await page.evaluate(([id, call]) => window.rig.inner.remove(id, call), [first.id, options]);
  await page.locator('[data-gone]').waitFor({ state: 'attached' });
  await page.mouse.up();
  await page.getByText('does not exist any more').first().waitFor();
  await page.locator('.lifted').first().waitFor({ state: 'detached' });
  await leavesNothing(page);
  await lift();
  await page.evaluate(() => window.rig.board.remove());
  await page.mouse.up();
  assert.equal(await page.evaluate(() => window.rig.writes()), 0);
  await leavesNothing(page);
});

test('in a storm of 500 moves, a fifth of them refused, board and server agree, and nothing is lost', async (t) => {
  // Small, and nothing moves by itself: most of the time goes to painting.
  const page = await boardOf(
    t,
    60,
    { refusals: 0.2, latency: 60, isMixed: true },
    { viewport: { width: 1200, height: 560 }, reducedMotion: 'reduce' },
  );
  const random = randomOf(20261125);
  const pick = (list) => list[Math.floor(random() * list.length)];
  const states = ['open', 'scheduled', 'completed', 'canceled'];
  /** Does something to one of the cards in sight, whichever `which` of 0 to 1 falls upon; answers what and where it is. */
  const withCard = (how, to) =>
    page.evaluate(
      ([act, which, where]) => {
        const { shadowRoot, updateComplete } = window.rig.board;
        const seen = [];
        for (const cell of shadowRoot.querySelectorAll('[data-lane]')) {
          const view = cell.querySelector('.cards').getBoundingClientRect();
          for (const item of cell.querySelectorAll('li:not([data-fixed], [data-pinned])')) {
            const { top, bottom, left, width } = item.getBoundingClientRect();
            if (top < view.top || bottom > view.bottom) continue;
            seen.push({
              item,
              lane: cell.dataset.lane,
              x: left + width / 2,
              y: (top + bottom) / 2,
            });
          }
        }
        const card = seen[Math.floor(which * seen.length)];
        if (!card) return undefined;
        const { item, ...place } = card;
        if (act === 'focus') item.querySelector('article').focus();
        if (act !== 'menu') return place;
        item.querySelector('[part~=more]')?.click();
        const label = where.replace(/^./, (first) => first.toUpperCase());
        return updateComplete.then(() => {
          shadowRoot.querySelector(`[role=menu] [data-label="${label}"]`)?.click();
          return place;
        });
      },
      [how, random(), to],
    );
  const places = await page.evaluate(() =>
    Object.fromEntries(
      [...window.rig.board.shadowRoot.querySelectorAll('[data-lane]')].map((cell) => {
        const { left, width } = cell.getBoundingClientRect();
        return [cell.dataset.lane, left + width / 2];
      }),
    ),
  );
  // As quick as can be: what follows is sent before the page has answered, in the order in which it is written here.
  const inOneGo = (inputs) => Promise.all(inputs);
  const gestures = {
    mouse: async (to) => {
      const from = await withCard('look');
      if (!from) return;
      const { x, y } = from;
      await inOneGo([page.mouse.move(x, y), page.mouse.down(), page.mouse.move(x + 10, y + 4)]);
      // No hand lets go in the frame in which it lifted.
      const over = page.mouse.move(places[to], 150 + Math.floor(random() * 300));
      await inOneGo([over, page.mouse.up()]);
    },
    keyboard: async (to) => {
      const from = await withCard('focus');
      if (!from) return;
      const steps = states.indexOf(to) - states.indexOf(from.lane);
      const arrows = Array(Math.abs(steps)).fill(steps > 0 ? 'ArrowRight' : 'ArrowLeft');
      const keys = ['m', ...arrows, random() < 0.1 ? 'Escape' : 'Enter'];
      await inOneGo(keys.map((key) => page.keyboard.press(key)));
    },
    menu: (to) => withCard('menu', to),
  };
  for (let move = 0; move < 500; move++) {
    await gestures[pick(Object.keys(gestures))](pick(states));
  }
  await page.keyboard.press('Escape');
  // Tall enough to see every card; and until the last answer has come.
  await page.setViewportSize({ width: 1280, height: 8000 });
  const agree = () =>
    untilAnswered(page, async () => {
      const root = window.rig.board.shadowRoot;
      if (root.querySelector('[aria-busy=true], .lifted')) return false;
      const server = await window.rig.server();
      const drawn = [...root.querySelectorAll('li[data-id]')];
      const ids = new Set(drawn.map((item) => item.dataset.id));
      return (
        drawn.length === Object.keys(server).length &&
        ids.size === drawn.length &&
        drawn.every((item) => item.closest('[data-lane]').dataset.lane === server[item.dataset.id])
      );
    });
  await agree();
  const { writes, refused, illegal, cards } = await page.evaluate(async () => ({
    writes: window.rig.writes(),
    refused: window.rig.refused(),
    illegal: window.rig.illegal,
    cards: Object.keys(await window.rig.server()).length,
  }));
  t.diagnostic(`${writes} moves written, ${refused} refused`);
  assert.equal(cards, 60);
  assert.deepEqual(illegal, []);
  assert.ok(writes > 150, `${writes} moves were written`);
  assert.ok(refused > 20, `${refused} were refused`);
  // Asked anew the answer is the same.
  await page.evaluate(() => window.rig.board.store.refresh());
  await agree();
  await leavesNothing(page);
});

/** The same numbers for the same seed. */
function randomOf(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

// The faults of browsers, made on purpose: whatever happens to storage, tabs and the browser itself, what was done goes out
// once, nobody waits without a word, and no two tabs send at the same time.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { build } from 'vite';
import { launchChromium } from '../support/chromium.mjs';
import { root } from '../support/install.mjs';
import { killableBrowser } from '../support/killable.mjs';

const JOURNAL = 'activity-kit:journal:faults:user%3Aana';
const ANA = { kind: 'user', id: 'ana', name: 'Ana' };
const folder = path.join(root, '.cache/faults');

/** Serves the page, and is the backend: counts the effects of each key, and who sends at the same time. */
function startBackend() {
  const backend = {
    rows: new Map(),
    effects: new Map(),
    arrivals: new Map(),
    /** Arrived before a page died, which may not have heard the answer: these may come once more. */
    inDoubt: new Set(),
    isDown: false,
    /** Who is signed in. */
    user: ANA,
    delay: 0,
    /** Tabs whose writes were under way at the same moment. */
    overlaps: [],
    /** Tabs that were closed: of what they had sent, the end may be heard of after the next tab has begun. */
    closed: new Set(),
    arrived: 0,
    onArrival: () => {},
    reset(rows = []) {
      backend.rows = new Map(rows.map((row) => [row.id, row]));
      backend.effects = new Map();
      backend.arrivals = new Map();
      backend.inDoubt = new Set();
      backend.closed = new Set();
      Object.assign(backend, { isDown: false, user: ANA, delay: 0, overlaps: [], arrived: 0 });
      backend.onArrival = () => {};
    },
    pageDied: () => (backend.inDoubt = new Set(backend.arrivals.keys())),
    doubled: () =>
      [...backend.arrivals].filter(([key, count]) => count > (backend.inDoubt.has(key) ? 2 : 1)),
  };
  const writing = new Map();

  function write(request, response, { id, draft, patch, idempotencyKey }) {
    const tab = request.headers['x-tab'];
    const others = [...writing.values()].filter(
      (other) => other !== tab && !backend.closed.has(other),
    );
    if (others.length) backend.overlaps.push([tab, ...others]);
    writing.set(response, tab);
    response.on('close', () => writing.delete(response));
    backend.arrived += 1;
    backend.arrivals.set(idempotencyKey, (backend.arrivals.get(idempotencyKey) ?? 0) + 1);
    if (!backend.effects.has(idempotencyKey)) {
      backend.effects.set(idempotencyKey, 1);
      const before = backend.rows.get(id) ?? { id, state: 'open' };
      backend.rows.set(id, { ...before, ...draft, ...patch });
    }
    backend.onArrival();
    setTimeout(() => {
      if (!response.destroyed) response.end(JSON.stringify(backend.rows.get(id)));
    }, backend.delay);
  }

  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, 'http://localhost');
    if (pathname === '/empty') return response.end();
    if (!pathname.startsWith('/api/')) {
      const file = path.join(folder, pathname === '/' ? 'index.html' : pathname);
      if (!existsSync(file))
        return response.writeHead(pathname === '/favicon.ico' ? 204 : 404).end();
      const type = file.endsWith('.js') ? 'text/javascript' : 'text/html';
      return response.writeHead(200, { 'Content-Type': type }).end(readFileSync(file));
    }
    if (backend.isDown) return request.socket.destroy();
    if (pathname === '/api/hold') return void (backend.letGo = () => response.end());
    let text = '';
    request.on('data', (part) => (text += part));
    request.on('end', () => {
      response.setHeader('Content-Type', 'application/json');
      if (pathname === '/api/query') response.end(JSON.stringify([...backend.rows.values()]));
      else if (pathname === '/api/session') response.end(JSON.stringify(backend.user));
      else write(request, response, JSON.parse(text));
    });
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      const close = () => {
        server.closeAllConnections();
        server.close();
      };
      resolve(Object.assign(backend, { url: `http://localhost:${port}`, close }));
    });
  });
}

let backend;
let browser;

before(async () => {
  await build({
    configFile: false,
    root: path.join(import.meta.dirname, 'faults'),
    resolve: { tsconfigPaths: true },
    build: { outDir: folder, emptyOutDir: true, target: 'es2022' },
    logLevel: 'warn',
  });
  backend = await startBackend();
  browser = await launchChromium();
});

after(async () => {
  await browser?.close();
  backend?.close();
});

async function openTab(context) {
  const page = await context.newPage();
  page.setDefaultTimeout(8_000);
  await page.goto(backend.url);
  await page.waitForFunction(() => globalThis.kit?.state().status !== 'loading');
  return page;
}

async function openContext(t, rows) {
  backend.reset(rows);
  const context = await browser.newContext();
  t.after(() => context.close());
  return context;
}

const stateOf = (page) => page.evaluate(() => globalThis.kit.state());
const create = (page, count, subject) =>
  page.evaluate(([number, name]) => globalThis.kit.create(number, name), [count, subject]);
const untilSaved = (page, count) =>
  page.waitForFunction((number) => globalThis.kit.state().saved >= number, count);
const untilTold = (page, problem) =>
  page
    .waitForFunction((name) => globalThis.kit.state().told[name] !== undefined, problem)
    .catch(async (error) => {
      throw new Error(JSON.stringify(await stateOf(page)), { cause: error });
    });

/** The network is back: asks until all that waited has gone out. */
async function untilSent(page, count) {
  backend.isDown = false;
  await page.evaluate(() => globalThis.kit.refresh());
  // What is under way waits no more, and a page that has just come knows of nothing yet: the backend itself is asked.
  for (let round = 0; round < 100 && backend.effects.size < count; round++) {
    await page.evaluate(() => new Promise((done) => setTimeout(done, 100)));
  }
  await page.waitForFunction(() => globalThis.kit.state().waiting === 0);
  assert.equal(backend.effects.size, count, 'not all that was done has gone out');
  assert.deepEqual(backend.doubled(), []);
  assert.deepEqual(backend.overlaps, [], 'two tabs sent at the same time');
}

async function sayHowLong(t, page, problem) {
  const { told } = await stateOf(page);
  t.diagnostic(`${problem}: told after ${Math.round(told[problem])} ms`);
}

test('without room, it is said, nothing is called saved, and the word goes once there is room', async (t) => {
  const context = await openContext(t);
  const page = await context.newPage();
  const cdp = await context.newCDPSession(page);
  // Before the page comes: the browser goes by a cached figure for a while after it has written.
  await cdp.send('Storage.overrideQuotaForOrigin', { origin: backend.url, quotaSize: 1 });
  await page.goto(backend.url);
  await page.waitForFunction(() => globalThis.kit?.state().status !== 'loading');
  await create(page, 2, 'Too much');
  await untilTold(page, 'no-room');
  await sayHowLong(t, page, 'no-room');
  await page.waitForFunction(() => globalThis.kit.state().refused.length === 2);
  assert.equal(backend.effects.size, 0, 'what was called refused went out');
  await cdp.send('Storage.overrideQuotaForOrigin', { origin: backend.url });
  await page.waitForFunction(() => globalThis.kit.state().problems.length === 0);
  await create(page, 2, 'There is room');
  await untilSent(page, 2);
});

test('what the browser erases under an open page is put back, and goes out', async (t) => {
  const context = await openContext(t);
  const page = await openTab(context);
  backend.isDown = true;
  await create(page, 3, 'Kept');
  await untilSaved(page, 3);
  const cdp = await context.newCDPSession(page);
  await cdp.send('Storage.clearDataForOrigin', { origin: backend.url, storageTypes: 'indexeddb' });
  await untilTold(page, 'erased');
  await sayHowLong(t, page, 'erased');
  await page.reload();
  await untilSaved(page, 3);
  await untilSent(page, 3);
});

test('a tab that holds the storage in an older form is told of, and waited for', async (t) => {
  const context = await openContext(t);
  const holder = await context.newPage();
  await holder.goto(`${backend.url}/empty`);
  await holder.evaluate(
    (name) =>
      new Promise((resolve) => {
        const opening = indexedDB.open(name, 1);
        opening.onsuccess = () => {
          globalThis.held = opening.result;
          // Never closed on request, as an old version of a page would not.
          indexedDB.deleteDatabase(name);
          resolve();
        };
      }),
    JOURNAL,
  );
  const page = await openTab(context);
  await untilTold(page, 'storage');
  await sayHowLong(t, page, 'storage');
  await holder.close();
  await page.waitForFunction(() => globalThis.kit.state().problems.length === 0);
  await create(page, 1, 'Later');
  await untilSent(page, 1);
});

test('another tab’s endless transaction is told of, and what is done goes out once', async (t) => {
  const context = await openContext(t);
  const page = await openTab(context);
  await create(page, 1, 'Before');
  await page.waitForFunction(() => globalThis.kit.state().waiting === 0);
  const stuck = await context.newPage();
  await stuck.goto(`${backend.url}/empty`);
  await stuck.evaluate(
    (name) =>
      new Promise((resolve) => {
        const opening = indexedDB.open(name);
        opening.onsuccess = () => {
          const store = opening.result.transaction('entries', 'readwrite').objectStore('entries');
          const again = () => (store.get(0).onsuccess = again);
          again();
          resolve();
        };
      }),
    JOURNAL,
  );
  await create(page, 1, 'Meanwhile');
  await untilTold(page, 'storage');
  await sayHowLong(t, page, 'storage');
  await stuck.close();
  await page.waitForFunction(() => globalThis.kit.state().problems.length === 0);
  await untilSent(page, 2);
});

test('what a crashed page had saved goes out from the next one', async (t) => {
  const context = await openContext(t);
  const page = await openTab(context);
  backend.isDown = true;
  await create(page, 5, 'Crashed');
  await untilSaved(page, 5);
  const crashed = page.waitForEvent('crash');
  const cdp = await context.newCDPSession(page);
  cdp.send('Page.crash').catch(() => {});
  await crashed;
  const next = await openTab(context);
  await untilSaved(next, 5);
  await untilSent(next, 5);
});

test('what waits is seen at once where the backend cannot say who is there, and by nobody else', async (t) => {
  const context = await openContext(t);
  const page = await openTab(context);
  backend.isDown = true;
  await create(page, 3, 'In the tunnel');
  await untilSaved(page, 3);
  await page.reload();
  await untilSaved(page, 3);
  backend.user = { kind: 'user', id: 'ben', name: 'Ben' };
  await untilSent(page, 0);
  backend.user = ANA;
  await page.reload();
  await untilSent(page, 3);
});

test('a frozen tab that sends is missed, and sends on once it is thawed', async (t) => {
  const context = await openContext(t);
  const sender = await openTab(context);
  await create(sender, 1, 'From the sender');
  await sender.waitForFunction(() => globalThis.kit.state().waiting === 0);
  const other = await openTab(context);
  // Nothing runs in a page that waits for a synchronous answer; it keeps its lock.
  const frozen = sender.evaluate(() => {
    const request = new XMLHttpRequest();
    request.open('GET', '/api/hold', false);
    request.send();
  });
  await create(other, 2, 'Nobody sends');
  await untilTold(other, 'silent-sender');
  await sayHowLong(t, other, 'silent-sender');
  assert.equal(backend.effects.size, 1, 'another tab sent in its place');
  backend.letGo();
  await frozen;
  await untilSent(other, 3);
});

test('of five tabs one sends, and the next where that one dies in the middle', async (t) => {
  const context = await openContext(t);
  const tabs = [];
  for (let index = 0; index < 5; index++) tabs.push(await openTab(context));
  backend.isDown = true;
  for (const [index, tab] of tabs.entries()) await create(tab, 5, `Tab ${index}`);
  for (const tab of tabs) await untilSaved(tab, 5);
  backend.delay = 30;
  const inTheMiddle = new Promise((resolve) => {
    backend.onArrival = () => backend.arrived >= 8 && resolve();
  });
  backend.isDown = false;
  for (const tab of tabs) await tab.evaluate(() => globalThis.kit.refresh());
  await inTheMiddle;
  backend.closed.add((await stateOf(tabs[0])).tab);
  await tabs[0].close();
  backend.pageDied();
  await untilSent(tabs[4], 25);
});

test('a browser killed in the middle of a bulk does the rest when it is back, each record whole', async (t) => {
  const rows = Array.from({ length: 30 }, (_, index) => ({
    ...{ id: `row-${index}`, type: 'task', state: 'open' },
    ...{ subject: 'Old', description: 'Old' },
  }));
  backend.reset(rows);
  const { launch, kill } = killableBrowser(t);
  const context = await launch();
  const page = await openTab(context);
  backend.delay = 30;
  const inTheMiddle = new Promise((resolve) => {
    backend.onArrival = () => backend.arrived >= 10 && resolve();
  });
  await page.evaluate(() => globalThis.kit.edit({ subject: 'New', description: 'New' }));
  await inTheMiddle;
  await kill();
  backend.pageDied();
  const before = [...backend.rows.values()].map(({ subject }) => subject);
  assert.ok(before.includes('Old') && before.includes('New'), 'it was not in the middle');

  const next = await openTab(await launch());
  await untilSent(next, 30);
  for (const { subject, description } of backend.rows.values()) {
    assert.deepEqual([subject, description], ['New', 'New']);
  }
});

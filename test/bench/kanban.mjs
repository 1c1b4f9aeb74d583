// The board beside its peers, in one run: `npm run bench -- kanban [--runs=3] [--cards=100,1000,10000] [--only=kit,floor]`.
// The floor is a windowed board drawn by hand, without keys, roles, words or a store. All numbers are of this machine; the ratios
// are what can be compared.
import os from 'node:os';
import path from 'node:path';
import { build } from 'vite';
import { launchChromium } from '../support/chromium.mjs';
import { installPackages, root } from '../support/install.mjs';
import { serveFolder } from '../support/static-server.mjs';

const folder = path.join(import.meta.dirname, 'kanban');
const option = (name, fallback) =>
  process.argv.find((one) => one.startsWith(`--${name}=`))?.slice(name.length + 3) ?? fallback;
const RUNS = Number(option('runs', '3'));
const SIZES = option('cards', '100,1000,10000').split(',').map(Number);
const BOARDS = option('only', 'kit,floor,ej2-kanban,jkanban,hello-pangea').split(',');
const LINES = [
  ['paint', 'first paint, ms'],
  ['paintTask', 'first paint, main thread ms'],
  ['move', 'one card moved, ms'],
  ['moveTask', 'one card moved, main thread ms'],
  ['add', 'one card added, ms'],
  ['addTask', 'one card added, main thread ms'],
  ['nodes', 'DOM nodes'],
  ['heap', 'heap, MB'],
  ['late', 'frames dropped, dragging across'],
  ['dragTask', 'dragging across, main thread ms'],
];

installPackages(folder, '--ignore-scripts');
const out = path.join(root, '.cache/bench-kanban');
await build({
  configFile: false,
  root: path.join(folder, 'page'),
  resolve: { tsconfigPaths: true },
  build: { outDir: out, emptyOutDir: true, chunkSizeWarningLimit: 4000 },
  logLevel: 'error',
});
const server = await serveFolder(out, {});
const browser = await launchChromium();

/** One fresh page with one board of so many cards. */
async function measure(name, count) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(120_000);
    const session = await context.newCDPSession(page);
    // In time of the thread: what else the machine does counts less.
    await session.send('Performance.enable', { timeDomain: 'threadTicks' });
    await session.send('HeapProfiler.enable');
    const metrics = async () => {
      const { metrics: all } = await session.send('Performance.getMetrics');
      return Object.fromEntries(all.map((one) => [one.name, one.value]));
    };
    /** Milliseconds the main thread worked meanwhile. */
    const withTask = async (act) => {
      const before = (await metrics()).TaskDuration;
      const value = await act();
      return [value, ((await metrics()).TaskDuration - before) * 1000];
    };
    await page.goto(server.url);
    await page.evaluate((which) => window.load(which), name);
    // What every page has before it draws anything is no part of drawing it.
    await page.evaluate((cards) => window.make(cards), count);
    const result = {};
    [result.paint, result.paintTask] = await withTask(() => page.evaluate(() => window.paint()));
    await page.waitForTimeout(500);
    await session.send('HeapProfiler.collectGarbage');
    const { Nodes, JSHeapUsedSize } = await metrics();
    result.nodes = Nodes;
    result.heap = JSHeapUsedSize / 2 ** 20;
    [result.move, result.moveTask] = await withTask(() => page.evaluate(() => window.move()));
    await page.waitForTimeout(500);
    [result.add, result.addTask] = await withTask(() => page.evaluate(() => window.add()));
    await page.waitForTimeout(500);
    const { x, y, middles } = await page.evaluate(() => window.places());
    const [, dragTask] = await withTask(async () => {
      await page.mouse.move(x, y);
      await page.mouse.down();
      await page.mouse.move(x + 8, y, { steps: 4 });
      await page.evaluate(() => window.startFrames());
      for (const to of [...middles.slice(1), ...middles.toReversed().slice(1)]) {
        await page.mouse.move(to, y, { steps: 25 });
      }
      const { late, frames } = await page.evaluate(() => window.stopFrames());
      result.late = late;
      result.frames = frames;
      await page.keyboard.press('Escape');
      await page.mouse.up();
    });
    result.dragTask = dragTask;
    return result;
  } finally {
    await context.close();
  }
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
const shown = (value) => (value === undefined ? 'failed' : value.toFixed(value < 100 ? 1 : 0));

console.log(
  `${os.cpus().length} cores (${os.cpus()[0]?.model.trim()}), load ${os.loadavg()[0].toFixed(1)}, ` +
    `${browser.version()}, ${RUNS} interleaved runs, medians`,
);
for (const count of SIZES) {
  const results = new Map(BOARDS.map((name) => [name, []]));
  for (let run = 0; run < RUNS; run++) {
    for (const name of BOARDS) {
      try {
        results.get(name).push(await measure(name, count));
      } catch (error) {
        console.log(`${name}, ${count} cards: ${String(error.message).split('\n')[0]}`);
      }
    }
  }
  console.log(`\n| ${count.toLocaleString('en')} cards | ${BOARDS.join(' | ')} |`);
  console.log(`|---|${BOARDS.map(() => '---|').join('')}`);
  for (const [key, label] of LINES) {
    const cells = BOARDS.map((name) => {
      const all = results.get(name).map((one) => one[key]);
      return shown(all.length > 0 ? median(all) : undefined);
    });
    console.log(`| ${label} | ${cells.join(' | ')} |`);
  }
}
await browser.close();
await server.close();

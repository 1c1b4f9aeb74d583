// What elements leave in the browser's memory when they go: nothing.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { build } from 'esbuild';
import { collectErrors, launchChromium } from '../support/chromium.mjs';
import { root } from '../support/install.mjs';
import { serveFolder } from '../support/static-server.mjs';

const tags = ['calendar', 'form', 'grid', 'kanban', 'quick-create', 'timeline', 'workspace'];

let server;
let browser;

before(async () => {
  const folder = path.join(root, '.cache/leaving');
  await build({
    absWorkingDir: root,
    entryPoints: ['test/e2e/leaving/page.ts'],
    outdir: folder,
    bundle: true,
    splitting: true,
    format: 'esm',
    target: 'es2022',
    tsconfig: 'tsconfig.json',
    logLevel: 'warning',
  });
  writeFileSync(
    path.join(folder, 'index.html'),
    '<!doctype html><meta charset="utf-8"><title>Leaving</title><script type="module" src="page.js"></script>',
  );
  server = await serveFolder(folder);
  browser = await launchChromium();
});

after(async () => {
  await browser?.close();
  server?.close();
});

/** In the page, before all else: what is to be done in a second or later is done when `passLongWaits` is called. */
function keepLongWaits() {
  const { setTimeout: start, clearTimeout: end } = globalThis;
  const waits = new Map();
  let last = 1_000_000_000;
  globalThis.setTimeout = (run, wait = 0, ...rest) => {
    if (wait < 1000) return start(run, wait, ...rest);
    last += 1;
    waits.set(last, () => run(...rest));
    return last;
  };
  globalThis.clearTimeout = (id) => void (waits.delete(id) || end(id));
  globalThis.passLongWaits = () => {
    const all = [...waits.values()];
    waits.clear();
    for (const run of all) run();
  };
}

for (const isShared of [true, false]) {
  describe(isShared ? 'on one data source' : 'on a new data source each time', () => {
    let page;
    let session;
    let errors;
    before(async () => {
      page = await browser.newPage({ reducedMotion: 'reduce' });
      errors = collectErrors(page);
      await page.addInitScript(keepLongWaits);
      await page.goto(`${server.url}/index.html`);
      await page.waitForFunction(() => 'comeAndGo' in globalThis);
      session = await page.context().newCDPSession(page);
      await session.send('Performance.enable');
    });
    after(() => page?.close());

    const count = async () => {
      await page.evaluate(() => {
        globalThis.passLongWaits();
        return new Promise(requestAnimationFrame);
      });
      await session.send('HeapProfiler.collectGarbage');
      const { metrics } = await session.send('Performance.getMetrics');
      const of = (what) => metrics.find((metric) => metric.name === what).value;
      return { nodes: of('Nodes'), listeners: of('JSEventListeners') };
    };

    /** As soon as that is enough, or at the end of its tries: a database, say, is let go a while after it has answered. */
    const countUntil = async (isEnough) => {
      let counted = await count();
      for (let tries = 100; tries > 0 && !isEnough(counted); tries--) counted = await count();
      return counted;
    };

    /** Once it has been the same for some frames. */
    const countAtRest = () => {
      const seen = [];
      return countUntil((counted) => {
        seen.push(JSON.stringify(counted));
        return seen.length > 4 && new Set(seen.slice(-4)).size === 1;
      });
    };

    for (const name of tags) {
      test(name, async () => {
        const comeAndGo = (times) =>
          page.evaluate(
            ([tag, count, one]) => globalThis.comeAndGo(tag, count, one),
            [`activity-${name}`, times, isShared],
          );
        await comeAndGo(2);
        const first = await countAtRest();
        // One of them is known as long as its data source; four more would be many times that.
        const isForgotten = ({ nodes, listeners }) =>
          nodes - first.nodes <= 100 && listeners - first.listeners <= 10;
        await comeAndGo(6);
        const last = await countUntil(isForgotten);
        assert.deepEqual(errors.splice(0), []);
        assert.ok(isForgotten(last), JSON.stringify({ first, last }));
      });
    }
  });
}

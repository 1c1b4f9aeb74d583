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

/** What is kept for a while in case an element comes back is given up soon: a second is a hundredth. */
function hurry() {
  const real = globalThis.setTimeout;
  globalThis.setTimeout = (run, wait = 0, ...rest) =>
    real(run, wait < 1000 ? wait : wait / 100, ...rest);
}

for (const isShared of [true, false]) {
  describe(isShared ? 'on one data source' : 'on a new data source each time', () => {
    let page;
    let session;
    let errors;
    before(async () => {
      page = await browser.newPage({ reducedMotion: 'reduce' });
      errors = collectErrors(page);
      await page.addInitScript(hurry);
      await page.goto(`${server.url}/index.html`);
      await page.waitForFunction(() => 'comeAndGo' in globalThis);
      session = await page.context().newCDPSession(page);
      await session.send('Performance.enable');
    });
    after(() => page?.close());

    const count = async () => {
      // All that is kept for half a minute is given up by then.
      await page.waitForTimeout(350);
      for (let left = 3; left > 0; left--) await session.send('HeapProfiler.collectGarbage');
      const { metrics } = await session.send('Performance.getMetrics');
      const of = (what) => metrics.find((metric) => metric.name === what).value;
      return { nodes: of('Nodes'), listeners: of('JSEventListeners') };
    };

    for (const name of tags) {
      test(name, async (t) => {
        const comeAndGo = (times) =>
          page.evaluate(
            ([tag, count, one]) => globalThis.comeAndGo(tag, count, one),
            [`activity-${name}`, times, isShared],
          );
        await comeAndGo(2);
        const first = await count();
        await comeAndGo(6);
        const last = await count();
        t.diagnostic(JSON.stringify({ first, last }));
        assert.deepEqual(errors.splice(0), []);
        // One of them is known as long as its data source; four more would be many times that.
        assert.ok(last.nodes - first.nodes <= 100, 'nodes');
        assert.ok(last.listeners - first.listeners <= 10, 'listeners');
      });
    }
  });
}

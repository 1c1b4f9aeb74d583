// `npm run demo:picture`: takes the README's picture of the built demo as it runs.
import path from 'node:path';
import { build, preview } from 'vite';
import { launchChromium } from '../test/support/chromium.mjs';
import { root } from '../test/support/install.mjs';

const configFile = path.join(root, 'vite.config.ts');
await build({ configFile, logLevel: 'warn' });
const server = await preview({ configFile, logLevel: 'warn' });
const browser = await launchChromium();
try {
  const page = await browser.newPage({
    viewport: { width: 1440, height: 860 },
    deviceScaleFactor: 2,
    locale: 'en-US',
    timezoneId: 'Europe/Berlin',
    reducedMotion: 'reduce',
  });
  // Always the same morning, so that a new picture differs only where the demo does.
  await page.clock.install({ time: new Date('2026-11-23T09:35:00+01:00') });
  await page.goto(new URL('/?show=kanban&due=next-7-days', server.resolvedUrls.local[0]).href);
  // Drawn, and no longer loading, in the view that the address asks for.
  await page.locator('activity-kanban [part~="card"]').first().waitFor();
  await page.locator('activity-workspace:not(:state(loading))').waitFor();
  await page.screenshot({ path: path.join(root, 'demo/picture.png') });
} finally {
  await browser.close();
  await server.close();
}
console.log('demo/picture.png');

import { chromium } from 'playwright-core';
import { chromiumArgs, findBrowser } from './browsers.mjs';

export function launchChromium() {
  return chromium.launch({ executablePath: findBrowser('chromium'), args: chromiumArgs });
}

/** Collects what a page complains of: uncaught errors and whatever it wrote as an error. */
export function collectErrors(page, errors = []) {
  page.on('pageerror', (error) => errors.push(`uncaught: ${error.stack ?? error}`));
  page.on('console', (message) => {
    if (message.type() === 'error') {
      errors.push(`console: ${message.text()} (${message.location().url})`);
    }
  });
  return errors;
}

/**
 * Waits until what is asked in the page, which may itself have to wait for the answer, is true. `waitForFunction` of Playwright takes
 * every promise for true.
 */
export async function untilAnswered(page, question, argument) {
  const deadline = performance.now() + 15_000;
  while (!(await page.evaluate(question, argument))) {
    if (performance.now() > deadline) throw new Error(`Not within 15 s: ${question}`);
    await page.waitForTimeout(50);
  }
}

/** In the page: waits until no colour is on its way from one theme to the other, which would be neither's. */
export async function untilStill() {
  const trees = (tree) => [
    tree,
    ...[...tree.querySelectorAll('*')].flatMap(({ shadowRoot }) =>
      shadowRoot ? trees(shadowRoot) : [],
    ),
  ];
  const fades = trees(document)
    .flatMap((tree) => tree.getAnimations())
    .filter(({ effect }) => effect.getComputedTiming().endTime !== Infinity);
  await Promise.all(fades.map(({ finished }) => finished));
}

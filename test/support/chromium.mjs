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

import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before } from 'node:test';
import { preview } from 'vite';
import { collectErrors, launchChromium, untilAnswered } from './chromium.mjs';
import { root } from './install.mjs';
import { freePort } from './ports.mjs';
import { startOData } from './servers.mjs';

let served;

/** The built demo, the OData server behind it and a browser: started once for all files. */
function serve() {
  served ??= (async () => {
    const service = await startOData();
    process.env.PORT = String(await freePort());
    process.env.ODATA_PORT = String(service.port);
    const server = await preview({
      configFile: path.join(root, 'vite.config.ts'),
      logLevel: 'error',
    });
    const url = `http://localhost:${process.env.PORT}/`;
    return { service, server, url, browser: await launchChromium() };
  })();
  return served;
}

/** Ends all that the files shared; for the end of the run. */
export async function closeDemo() {
  const { browser, server, service } = (await served) ?? {};
  await browser?.close();
  await server?.close();
  service?.stop();
}

/**
 * The built demo for all tests of a file, with what an OData server behind it holds at its start.
 *
 * `open(t, path)` resolves with a page of a browser context of its own, so with an empty IndexedDB;
 * `page.context().newPage()` is another tab. Any uncaught error or console error in them fails `t`.
 * `shared`: the context is that of all tests that say the same word and options, in which the data
 * is filled in once; for tests that leave nothing behind that another of them would stumble upon.
 */
export function useDemo() {
  const demo = {
    /** Where the demo is served. */
    url: undefined,
    /** The OData service's own address, ending in a slash: ask it what the database holds. */
    odataUrl: undefined,
    async open(t, address = '/', { expectErrors, undoSeconds = 0, shared, ...options } = {}) {
      const { context, errors } = await (shared
        ? sharedContext(shared, options)
        : newContext(options));
      t.after(async () => {
        if (shared) {
          for (const page of context.pages()) {
            // Else the next test's page would send it once more.
            await untilNothingWaits(page);
            await page.close();
          }
        } else await context.close();
        const complaints = errors.splice(0);
        if (!expectErrors) assert.deepEqual(complaints, []);
      });
      const page = await context.newPage();
      // What the server holds is asked right after an act: nothing is kept back for an undo.
      await page.addInitScript((seconds) => {
        if (seconds === null) return;
        addEventListener('DOMContentLoaded', () => {
          const found = document.querySelector('activity-context');
          found?.setAttribute('undo-seconds', String(seconds));
        });
      }, undoSeconds);
      await page.goto(new URL(address, demo.url).href);
      return page;
    },
  };
  let browser;
  const contexts = new Set();
  const sharedContexts = new Map();

  async function newContext(options) {
    const context = await browser.newContext({
      locale: 'en-US',
      timezoneId: 'Europe/Berlin',
      viewport: { width: 1280, height: 900 },
      // A browser that paints without a graphics card spends a third of its time on what merely moves.
      reducedMotion: 'reduce',
      ...options,
    });
    contexts.add(context);
    context.on('close', () => contexts.delete(context));
    context.setDefaultTimeout(15_000);
    const errors = [];
    context.on('page', (page) => collectErrors(page, errors));
    return { context, errors };
  }

  function sharedContext(word, options) {
    const key = JSON.stringify([word, options]);
    if (!sharedContexts.has(key)) sharedContexts.set(key, newContext(options));
    return sharedContexts.get(key);
  }

  before(async () => {
    const { service, url, ...shared } = await serve();
    await service.reset();
    Object.assign(demo, { url, odataUrl: service.url });
    browser = shared.browser;
  });

  after(async () => {
    for (const context of contexts) await context.close();
  });

  return demo;
}

/**
 * Loads a page anew once all that was done in it is written. What a reload cuts off is sent once more, and refused as done already,
 * which loses nothing, but the browser tells of as an error.
 */
export async function reloadOnceSent(page) {
  await untilNothingWaits(page);
  await page.reload();
}

async function untilNothingWaits(page) {
  try {
    await untilAnswered(page, whatWaits, 'if nothing');
  } catch (cause) {
    const left = await page.evaluate(whatWaits);
    throw new Error(`The journal still holds ${JSON.stringify(left)}`, { cause });
  }
}

/** In the page: what the journal, where there is one, holds that is yet to be sent or heard of; asked `if nothing`, whether it does not. */
async function whatWaits(asked) {
  const named = (await indexedDB.databases()).map(({ name }) => name);
  const journals = named.filter((name) => name.startsWith('activity-kit:journal:'));
  const entries = journals.map(
    (name) =>
      new Promise((resolve, reject) => {
        const opening = indexedDB.open(name);
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const all = opening.result.transaction('entries').objectStore('entries').getAll();
          all.onsuccess = () => {
            opening.result.close();
            resolve(all.result);
          };
        };
      }),
  );
  const left = (await Promise.all(entries)).flat();
  return asked === 'if nothing' ? left.length === 0 : left;
}

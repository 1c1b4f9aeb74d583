// How long the first page of each indexed view takes at 1,000 and at 100,000 activities in IndexedDB, in Chromium: the provider
// is made anew, opens the database and asks. The ratio is to stay below 2: the work is that of the page, not of the store.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { launchChromium } from '../support/chromium.mjs';
import { root } from '../support/install.mjs';
import { serveFolder } from '../support/static-server.mjs';

const SIZES = [1_000, 100_000];
const ROUNDS = 15;

const folder = path.join(root, '.cache/bench');
mkdirSync(folder, { recursive: true });
await build({
  stdin: {
    contents: `
      import { createIndexedDbProvider } from './src/provider/indexeddb/indexeddb-provider.ts';
      globalThis.createIndexedDbProvider = createIndexedDbProvider;`,
    resolveDir: root,
  },
  bundle: true,
  format: 'esm',
  outfile: path.join(folder, 'indexeddb.js'),
});
writeFileSync(
  path.join(folder, 'indexeddb.html'),
  '<!doctype html><title>IndexedDB</title><script type="module" src="indexeddb.js"></script>',
);

/** In the page: fills a database with so many activities, each record having twenty of them, ten owners. */
async function fill(size) {
  const DAY = 86_400_000;
  const now = Date.parse('2026-11-23T10:35:00Z');
  const at = (days) => new Date(now + days * DAY).toISOString();
  const types = ['task', 'phonecall', 'email', 'appointment', 'letter'];
  const activities = Array.from({ length: size }, (_, index) => {
    const spread = ((index * 7919) % size) / size;
    const type = types[index % types.length];
    const isPlanned = type === 'appointment';
    const state = index % 3 === 0 ? 'completed' : isPlanned ? 'scheduled' : 'open';
    const start = at(spread * 365 - 180);
    return {
      id: crypto.randomUUID(),
      type,
      subject: `Activity ${index}`,
      description: 'What there is to say about it, at some length. '.repeat(5),
      state,
      ...(isPlanned ? { start, end: at(spread * 365 - 180 + 0.04) } : { due: start }),
      owner: { kind: 'user', id: `u-${index % 10}`, name: `User ${index % 10}` },
      regarding: { kind: 'account', id: `a-${Math.floor(index / 20)}`, name: 'Account' },
      parties: [{ role: 'to', record: { kind: 'contact', id: `c-${Math.floor(index / 10)}` } }],
      createdAt: at(-400 + spread * 300),
      modifiedAt: at(-300 + (((index * 104_729) % size) / size) * 300),
    };
  });
  const provider = globalThis.createIndexedDbProvider({
    name: `bench-${size}`,
    user: { kind: 'user', id: 'u-3' },
    timeLimit: 60_000,
    seed: { activities },
  });
  const begun = performance.now();
  await provider.session({});
  provider.close();
  return performance.now() - begun;
}

/** In the page: the median milliseconds of the first page of each view, with the provider new and the database closed. */
async function measure({ size, rounds, keptRows }) {
  const call = { locale: 'en', timeZone: 'Europe/Berlin' };
  const open = { field: 'state', op: 'in', value: ['open', 'scheduled'] };
  const mine = { field: 'owner', op: 'eq', value: 'me' };
  const due = { field: 'deadline', op: 'lt', value: '2026-11-24T00:00:00Z' };
  const byDue = [{ field: 'deadline', direction: 'asc' }];
  const newest = [{ field: 'modifiedAt', direction: 'desc' }];
  const views = {
    'all, by deadline': { sort: byDue },
    'mine, open, due by today': { filter: { all: [open, mine, due] }, sort: byDue },
    'open, by deadline': { filter: open, sort: byDue },
    'phone calls, by deadline': {
      filter: { field: 'type', op: 'eq', value: 'phonecall' },
      sort: byDue,
    },
    'mine, last changed': { filter: mine, sort: newest },
    'all, last changed': { sort: newest },
    'a week, by place': {
      range: { from: '2026-11-22T23:00:00Z', to: '2026-11-29T23:00:00Z' },
      sort: [{ field: 'place', direction: 'asc' }],
    },
    'history of a record': {
      record: { ref: { kind: 'account', id: 'a-7' }, rollup: 'related', parties: true },
      sort: newest,
    },
  };
  const figures = {};
  for (const [name, question] of Object.entries(views)) {
    const times = [];
    for (let round = 0; round < rounds; round++) {
      const provider = globalThis.createIndexedDbProvider({
        name: `bench-${size}`,
        user: { kind: 'user', id: 'u-3' },
        ...(keptRows !== undefined && { keptRows }),
      });
      const begun = performance.now();
      const { rows } = await provider.query({ ...question, page: { size: 50 } }, call);
      times.push(performance.now() - begun);
      if (rows.length === 0) throw new Error(`${name} is empty`);
      provider.close();
    }
    figures[name] = times.sort((a, b) => a - b)[Math.floor(rounds / 2)];
  }
  return figures;
}

const server = await serveFolder(folder);
const browser = await launchChromium();
try {
  const page = await browser.newPage();
  await page.goto(`${server.url}/indexeddb.html`);
  await page.waitForFunction(() => 'createIndexedDbProvider' in globalThis);
  for (const size of SIZES) {
    const took = await page.evaluate(fill, size);
    console.log(`${size.toLocaleString('en')} activities stored in ${(took / 1000).toFixed(1)} s`);
  }
  const [few, many] = SIZES;
  const small = await page.evaluate(measure, { size: few, rounds: ROUNDS });
  const indexed = await page.evaluate(measure, { size: few, rounds: ROUNDS, keptRows: 0 });
  const large = await page.evaluate(measure, { size: many, rounds: ROUNDS });
  console.log('\nFirst page of 50, milliseconds (median), provider made anew:');
  console.table(
    Object.fromEntries(
      Object.keys(large).map((name) => [
        name,
        {
          '1,000': Number(small[name].toFixed(1)),
          '1,000 by index': Number(indexed[name].toFixed(1)),
          '100,000': Number(large[name].toFixed(1)),
          ratio: Number((large[name] / small[name]).toFixed(2)),
          'ratio by index': Number((large[name] / indexed[name]).toFixed(2)),
        },
      ]),
    ),
  );
  const worst = Math.max(...Object.keys(large).map((name) => large[name] / small[name]));
  console.log(`The worst ratio of 100,000 to 1,000 is ${worst.toFixed(2)}.`);
} finally {
  await browser.close();
  server.close();
}

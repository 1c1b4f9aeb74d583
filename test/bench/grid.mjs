// The grid beside its peers and beside a floor of plain elements, in one browser, with the same cells.
//   npm run bench -- grid [--rows 1000,10000,100000] [--runs 3] [--only floor,kit]
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { launchChromium } from '../support/chromium.mjs';
import { root } from '../support/install.mjs';

const contestants = ['floor', 'kit', 'ag-grid', 'vaadin', 'tabulator'];
const folder = path.join(root, '.cache/bench');

async function bundle(name) {
  const outfile = path.join(folder, `${name}.js`);
  await build({
    stdin: {
      contents: `import { contestant } from './${name}';
import { measure, measureComplete } from './page.ts';
window.measure = (count) => measure(contestant, count);
window.measureComplete = () => measureComplete(contestant);`,
      resolveDir: path.join(import.meta.dirname, 'grid'),
    },
    bundle: true,
    minify: process.env.BENCH_PLAIN === undefined,
    format: 'iife',
    target: 'es2022',
    outfile,
    tsconfig: path.join(root, 'tsconfig.json'),
    define: { 'process.env.NODE_ENV': '"production"' },
    conditions: ['production'],
    resolveExtensions: ['.ts', '.mjs', '.js'],
    logLevel: 'error',
  });
  const page = path.join(folder, `${name}.html`);
  const sheet = name === 'tabulator' ? `<link rel="stylesheet" href="${name}.css">` : '';
  writeFileSync(
    page,
    `<!doctype html><meta charset="utf-8">${sheet}<style>body{margin:0}</style><body><script src="${name}.js"></script>`,
  );
  return pathToFileURL(page).href;
}

async function onPage(browser, url, act) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 720 } });
  page.setDefaultTimeout(180_000);
  try {
    await page.goto(url);
    return await act(page);
  } finally {
    await page.close();
  }
}

async function heapOf(page) {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  return usedSize / 1e6;
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

const lines = [
  ['first rows painted, ms', 'first'],
  ['at rest after that, ms', 'rest'],
  ['one row updated, ms', 'update'],
  ['scrolled in 60 steps, ms', 'settled'],
  ['frames over 16.7 ms', 'late'],
  ['frames over 50 ms', 'stuck'],
  ['steps with blank rows', 'blank'],
  ['sorted, ms', 'sort'],
  ['filtered, ms', 'filter'],
  ['DOM elements', 'nodes'],
  ['heap, MB', 'heap'],
  ['1,000 selected and completed, ms', 'complete'],
];

function table(count, results) {
  const names = [...results.keys()];
  const head = `| ${count.toLocaleString('en')} rows | ${names.join(' | ')} |`;
  const rule = `| --- |${names.map(() => ' ---: |').join('')}`;
  const body = lines
    .filter(([, key]) => names.some((name) => results.get(name)[key] !== undefined))
    .map(([title, key]) => {
      const cells = names.map((name) => {
        const value = results.get(name)[key];
        if (value === undefined) return '';
        return Number.isNaN(value) ? 'never' : value.toFixed(key === 'heap' ? 1 : 0);
      });
      return `| ${title} | ${cells.join(' | ')} |`;
    });
  return [head, rule, ...body].join('\n');
}

async function run(args) {
  if (!existsSync(path.join(import.meta.dirname, 'node_modules/ag-grid-community'))) {
    console.log('Installing what the grid is compared with …');
    execFileSync('npm', ['ci', '--ignore-scripts'], { cwd: import.meta.dirname, stdio: 'inherit' });
  }
  const option = (name, fallback) =>
    args.includes(name) ? args[args.indexOf(name) + 1] : fallback;
  const counts = option('--rows', '1000,10000,100000').split(',').map(Number);
  const runs = Number(option('--runs', '3'));
  const only = option('--only', contestants.join()).split(',');
  mkdirSync(folder, { recursive: true });
  const urls = new Map();
  for (const name of only) urls.set(name, await bundle(name));
  const browser = await launchChromium();
  console.log(`Chromium ${browser.version()}, ${cpus().length} cores, median of ${runs} runs\n`);
  try {
    for (const count of counts) {
      const all = new Map(only.map((name) => [name, []]));
      for (let at = 0; at < runs; at++) {
        for (const [name, url] of urls) {
          const result = await onPage(browser, url, async (page) => {
            const figures = await page.evaluate((n) => window.measure(n), count);
            return { ...figures, heap: await heapOf(page) };
          }).catch((error) => ({ first: NaN, error: String(error).slice(0, 200) }));
          if (result.error) console.error(name, result.error);
          if (count === 1000) {
            result.complete = await onPage(browser, url, (page) =>
              page.evaluate(() => window.measureComplete()),
            ).catch(() => NaN);
          }
          all.get(name).push(result);
        }
      }
      const results = new Map(
        [...all].map(([name, some]) => [
          name,
          Object.fromEntries(
            lines.map(([, key]) => {
              const values = some.map((one) => one[key]).filter((value) => value !== undefined);
              return [key, values.length > 0 ? median(values) : undefined];
            }),
          ),
        ]),
      );
      console.log(`${table(count, results)}\n`);
    }
  } finally {
    await browser.close();
  }
}

await run(process.argv.slice(3));

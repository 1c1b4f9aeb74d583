// Runs the unit and component tests in one engine.
//   node test/browser.mjs --chromium|--firefox|--webkit [NAME …]
// NAME: only the test files whose path contains it.
import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { startTestRunner } from '@web/test-runner';
import { chromeLauncher } from '@web/test-runner-chrome';
import { webdriverLauncher } from '@web/test-runner-webdriver';
import { chromiumArgs, engines, findBrowser, findMiniBrowser } from './support/browsers.mjs';
import { root } from './support/install.mjs';
import { freePort } from './support/ports.mjs';

const uncaught = 'uncaught:';
/** What each page of tests took; written to `.cache/test-times-ENGINE.json`, the slowest first. */
const times = [];

const [flag, ...names] = process.argv.slice(2);
const engine = engines.find((name) => flag === `--${name}`);
if (!engine) throw new Error(`Name one engine: --${engines.join(', --')}.`);

const files = readdirSync(import.meta.dirname, { recursive: true })
  .map((file) => `test/${file.replaceAll(path.sep, '/')}`)
  .filter((file) => file.endsWith('.test.ts') && !/^test\/(e2e|package)\//.test(file))
  .filter((file) => names.length === 0 || names.some((name) => file.includes(name)));

/** Of this engine only: the others may be at work beside it. */
const bundles = path.join(root, `.cache/tests-${engine}`);

/** Opening a page takes longer than most tests, so those of a room share one, and so do the rooms that have few. */
const ROOM = /^test\/(?:provider|store|testing|ui|elements(?:\/[\w-]+)?)(?=\/)/;
/** What one does to its page is not for others, and to the other no language may be known yet. */
const ALONE = ['test/xss.test.ts', 'test/i18n/locale.test.ts'];

/** The pages to open: by what each is called, the test files in it. */
function pagesOf(testFiles) {
  const pages = new Map();
  for (const file of testFiles) {
    const page = ALONE.includes(file) ? file : (ROOM.exec(file)?.[0] ?? 'test');
    pages.set(page, [...(pages.get(page) ?? []), file]);
  }
  return pages;
}

/**
 * Bundles the test files, what they share once: hundreds of modules for each page would take longer than the tests.
 * Answers what each bundle is called.
 */
async function bundleTests() {
  rmSync(bundles, { recursive: true, force: true });
  mkdirSync(bundles, { recursive: true });
  const entries = [...pagesOf(files)].map(([page, parts], index) => {
    const entry = path.join(bundles, `page-${index}.ts`);
    const imports = parts.map((file) => `import ${JSON.stringify(path.join(root, file))};\n`);
    writeFileSync(entry, imports.join(''));
    return [entry, page];
  });
  await build({
    absWorkingDir: root,
    entryPoints: entries.map(([entry]) => entry),
    outdir: bundles,
    bundle: true,
    splitting: true,
    format: 'esm',
    target: 'es2022',
    tsconfig: 'tsconfig.json',
    sourcemap: 'inline',
    // Served by the test runner itself.
    external: ['/__web-*'],
    logLevel: 'warning',
  });
  return new Map(entries.map(([entry, page]) => [entry.replace(/ts$/, 'js'), page]));
}

/** Starts a WebKit driver of our own: one that a broken run left behind refuses new sessions. */
async function startWebKit() {
  const port = await freePort();
  const safari = process.platform === 'darwin';
  const driver = safari
    ? spawn(findBrowser('webkit'), ['--port', String(port)])
    : spawn('xvfb-run', ['-a', 'WebKitWebDriver', `--port=${port}`], {
        // A group of its own, so that the virtual screen ends with the driver.
        detached: true,
        stdio: 'ignore',
        // Layers put together by a graphics card that is none cost a third of the whole run, and code is not run often enough for its
        // last and longest compilation to pay: that takes a fifteenth.
        env: { ...process.env, WEBKIT_DISABLE_COMPOSITING_MODE: '1', JSC_useFTLJIT: '0' },
      });
  const launcher = webdriverLauncher({
    hostname: '127.0.0.1',
    port,
    path: '/',
    logLevel: 'error',
    capabilities: {
      browserName: safari ? 'safari' : 'MiniBrowser',
      'wdio:enforceWebDriverClassic': true,
      ...(!safari && {
        'webkitgtk:browserOptions': { binary: findMiniBrowser(), args: ['--automation'] },
      }),
    },
  });
  launcher.concurrency = 1;
  let isStopped = false;
  const stop = () => {
    if (isStopped || driver.exitCode !== null) return;
    isStopped = true;
    if (safari) driver.kill();
    else process.kill(-driver.pid);
  };
  // However the run ends: a driver that is left behind keeps its browser.
  process.on('exit', stop);
  process.on('SIGTERM', () => process.exit(1));
  return { launcher, stop };
}

function startPuppeteer() {
  const launcher = chromeLauncher({
    // A second page would stand in the background, where no frame is drawn and no mouse moves.
    concurrency: 1,
    launchOptions: {
      executablePath: findBrowser(engine),
      ...(engine === 'firefox' ? { browser: 'firefox' } : { args: chromiumArgs }),
    },
  });
  return { launcher, stop() {} };
}

/**
 * Makes an error that no test was waiting for readable to the reporter. What appears does so at once: a colour that axe measures on
 * its way is nobody's. And it throws no shadow: WebKit without a graphics card spends a fourth of its time on blurring them.
 */
const testRunnerHtml = (framework) => `<!doctype html>
  <html lang="en">
    <head>
      <meta charset="utf-8">
      <style>
        html {
          --activity-duration: 1ms;
          --activity-shadow: none;
          --activity-shadow-raised: none;
        }
      </style>
      <script>
        globalThis.HISTORIES = ${Number(process.env.HISTORIES) || undefined};
        const report = (what) => console.error('${uncaught}', String(what));
        addEventListener('unhandledrejection', (event) => report(event.reason));
        addEventListener('error', (event) => {
          // A notice of the browser that it will lay out again in the next frame; nothing threw.
          if (!event.message?.startsWith('ResizeObserver loop')) report(event.error ?? event.message);
        });
      </script>
    </head>
    <body><script type="module" src="${framework}"></script></body>
  </html>`;

/** Counts what passed and prints what failed while it runs. */
function reporter(count, fileOf) {
  const testsOf = (suite, prefix = '') => [
    ...suite.tests.map((test) => ({ ...test, name: `${prefix}${test.name}` })),
    ...suite.suites.flatMap((inner) => testsOf(inner, `${prefix}${inner.name} › `)),
  ];
  return {
    reportTestFileResults({ sessionsForTestFile, testFile }) {
      for (const session of sessionsForTestFile) {
        const tests = session.testResults ? testsOf(session.testResults) : [];
        const took = tests.reduce((sum, { duration = 0 }) => sum + duration, 0);

        times.push({ seconds: Math.round(took / 100) / 10, file: fileOf.get(testFile) });
        const failed = tests.filter((test) => !test.passed && !test.skipped);
        count.passed += tests.filter((test) => test.passed).length;
        count.failed += failed.length;

        const complaints = failed.map((test) => [test.name, test.error]);
        for (const error of session.errors) complaints.push(['outside of a test', error]);
        for (const missing of session.request404s) {
          complaints.push(['not found', { message: missing }]);
        }
        for (const [first, what] of session.logs) {
          if (first === uncaught) complaints.push(['outside of a test', { message: what }]);
        }
        if (tests.length === 0) complaints.push(['no test ran', undefined]);
        count.failed += complaints.length - failed.length;
        if (!session.passed && complaints.length === 0) {
          complaints.push(['the browser reported a failure', undefined]);
          count.failed += 1;
        }

        for (const [name, error] of complaints) {
          console.log(`✗ ${fileOf.get(testFile)} in ${engine}: ${name}`);
          if (error) console.log(indent(textOf(error)));
          if (error?.expected !== undefined) {
            console.log(indent(`expected ${error.expected}\n     got ${error.actual}`));
          }
        }
        if (complaints.length) {
          for (const log of session.logs.filter(([first]) => first !== uncaught))
            console.log(indent(`console: ${log.join(' ')}`));
        }
      }
    },
  };
}

const textOf = ({ message, stack = '' }) =>
  stack.includes(message) ? stack : `${message}\n${stack}`;

const indent = (text) => text.trim().replace(/^/gm, '    ');

async function runTests() {
  const count = { passed: 0, failed: 0 };
  const fileOf = await bundleTests();
  const { launcher, stop } = await (engine === 'webkit' ? startWebKit() : startPuppeteer());
  try {
    const runner = await startTestRunner({
      readCliArgs: false,
      readFileConfig: false,
      autoExitProcess: false,
      config: {
        rootDir: root,
        // Its own search for a free one finds the same for two engines that start at once.
        port: await freePort(),
        files: [...fileOf.keys()],
        browsers: [launcher],
        testsStartTimeout: 60_000,
        testsFinishTimeout: process.env.HISTORIES ? 7_200_000 : 900_000,
        testFramework: { config: { timeout: 30_000, forbidOnly: Boolean(process.env.CI) } },
        reporters: [reporter(count, fileOf)],
        testRunnerHtml,
        staticLogging: true,
        watch: false,
      },
    });
    await new Promise((resolve) => runner.on('stopped', resolve));
  } finally {
    stop();
  }
  return count;
}

const { passed, failed } = files.length ? await runTests() : { passed: 0, failed: 0 };
times.sort((a, b) => b.seconds - a.seconds);
const timesFile = path.join(root, `.cache/test-times-${engine}.json`);
mkdirSync(path.dirname(timesFile), { recursive: true });
writeFileSync(timesFile, JSON.stringify(times, undefined, 1));
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed || !passed ? 1 : 0);

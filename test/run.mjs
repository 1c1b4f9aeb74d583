// Proves everything, from a fresh clone on: installs what is missing, then runs the steps below.
//   npm test                      all steps
//   npm test -- NAME …            the steps so named, and the test files whose path contains NAME
//   node test/run.mjs --chromium NAME …   unit and component tests in Chromium only, while working
// The last line is `N passed, N failed`.
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { setPriority } from 'node:os';
import path from 'node:path';
import { engines, findBrowser, installBrowsers } from './support/browsers.mjs';
import { installPackages, root } from './support/install.mjs';

/** The unit and component tests in one engine, as a step called like it. */
const inEngine = (engine) => ({
  name: engine,
  command: ['test/browser.mjs', `--${engine}`],
  files: /\.test\.ts$/,
  needs: [engine],
  engine,
});

/**
 * In the order in which they start: the longest first, beside which the others take their turns. `files`: a step's test files, which its
 * command is given. `needs`: what to install for it. `engine`: without that browser the step is left out.
 */
const steps = [
  {
    name: 'e2e',
    command: ['--test-reporter=spec', 'test/e2e.mjs'],
    files: /^test\/e2e\/.*\.test\.mjs$/,
    needs: ['chromium', 'odata'],
  },
  inEngine('webkit'),
  inEngine('firefox'),
  inEngine('chromium'),
  { name: 'stories', command: ['test/stories.mjs'], needs: ['chromium'] },
  {
    name: 'package',
    command: ['--test', '--test-reporter=spec', '--test-concurrency=1'],
    files: /^test\/package\/.*\.test\.mjs$/,
    needs: ['chromium'],
  },
  { name: 'lint', command: ['node_modules/oxlint/bin/oxlint'] },
  { name: 'templates', command: ['node_modules/eslint/bin/eslint.js', '.'] },
  { name: 'types', command: ['node_modules/typescript-7/bin/tsc', '--noEmit'] },
  { name: 'manifest', command: ['test/manifest.mjs'] },
  {
    name: 'rules',
    command: ['--test', '--test-reporter=spec'],
    files: /^test\/[\w-]+\.test\.mjs$/,
  },
  { name: 'format', command: ['node_modules/oxfmt/bin/oxfmt', '--check'] },
];

/** A step that takes longer hangs; on a quiet machine all of them together stay well below that. */
const MINUTES_PER_STEP = 30;

/** How far what runs beside the longest step stands back, on the scale of `nice`. */
const BESIDE = 10;

const args = process.argv.slice(2);
const names = args.filter((arg) => !arg.startsWith('--'));
const askedEngines = engines.filter((engine) => args.includes(`--${engine}`));
const inDetail = args.length > 0;

/** The steps to run, each with its files that are to run. */
function chooseSteps() {
  const files = readdirSync(import.meta.dirname, { recursive: true })
    .map((file) => `test/${file.replaceAll(path.sep, '/')}`)
    .sort();
  const candidates = askedEngines.length
    ? steps.filter(({ engine }) => askedEngines.includes(engine))
    : steps;
  return candidates.flatMap((step) => {
    const own = files.filter((file) => step.files?.test(file));
    if (names.length === 0 || names.includes(step.name)) return { ...step, chosen: own };
    const chosen = own.filter((file) => names.some((name) => file.includes(name)));
    return chosen.length ? { ...step, chosen } : [];
  });
}

/** @param {string[]} needs names of engines, or `odata` */
function install(needs) {
  // None of these packages needs its install script: esbuild finds its program without.
  installPackages(root, '--ignore-scripts');
  const browsers = engines.filter((engine) => needs.includes(engine));
  if (browsers.length) {
    console.log(`Browsers: ${installBrowsers(browsers).join(', ') || 'none'}`);
  }
  if (needs.includes('odata')) installPackages(path.join(root, 'demo/odata'), '--ignore-scripts');
}

const running = new Set();

/** Ends a step with all that it started; each is a process group of its own. */
function end(child) {
  try {
    process.kill(process.platform === 'win32' ? child.pid : -child.pid);
  } catch {
    // It has ended by itself.
  }
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    for (const child of running) end(child);
    process.exit(1);
  });
}

/** Runs one step; resolves with its counts and never rejects. */
function runStep({ name, command, files, chosen }) {
  if (files && chosen.length === 0) {
    return { name, output: `${name} has no test file.`, seconds: 0, passed: 0, failed: 1 };
  }
  const started = performance.now();
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [...command, ...chosen], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: process.platform !== 'win32',
    });
    running.add(child);
    // The longest has a core to itself as long as it needs one: it would else be left over at the end, with a core that idles.
    if (name !== steps[0].name && child.pid) setPriority(child.pid, BESIDE);
    const limit = setTimeout(() => {
      output += `\n${name} was ended after ${MINUTES_PER_STEP} minutes.`;
      end(child);
    }, MINUTES_PER_STEP * 60_000);
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => (output += text));
    }
    child.on('error', (error) => (output += error.stack));
    child.on('close', (code) => {
      clearTimeout(limit);
      running.delete(child);
      const seconds = (performance.now() - started) / 1000;
      resolve({ name, output: output.trimEnd(), seconds, ...countOf(output, code) });
    });
  });
}

/**
 * A step that ends with `N passed, N failed`, or with the counts of Node's test runner, is counted by
 * that; any other counts as one, by its exit. One in which no test ran has failed.
 */
function countOf(output, code) {
  const inNode = (word) => Number(output.match(new RegExp(`^(?:ℹ|#) ${word} (\\d+)$`, 'm'))?.[1]);
  const own = output.match(/(?:^|\n)(\d+) passed, (\d+) failed\s*$/);
  let counts = code === 0 ? [1, 0] : [0, 1];
  if (own) counts = [Number(own[1]), Number(own[2])];
  else if (inNode('tests') >= 0) {
    counts = [inNode('pass'), inNode('fail') + inNode('cancelled')];
  }
  const [passed, failed] = counts;
  return { passed, failed: failed || (code !== 0 || passed === 0 ? 1 : 0) };
}

/** One more than there are cores of a small machine: a step often waits, mostly for the next frame. */
const STEPS_AT_ONCE = 3;

async function runSteps(queue) {
  const results = [];
  const worker = async () => {
    for (let step = queue.shift(); step; step = queue.shift()) {
      const result = await runStep(step);
      results.push(result);
      if (inDetail || result.failed) console.log(result.output);
      const { name, passed, failed, seconds } = result;
      console.log(`— ${name}: ${passed} passed, ${failed} failed in ${seconds.toFixed(1)} s`);
    }
  };
  await Promise.all(Array.from({ length: STEPS_AT_ONCE }, worker));
  return results;
}

const chosen = chooseSteps();
install(chosen.flatMap((step) => step.needs ?? []));

const started = performance.now();
const [able, unable] = [[], []];
for (const step of chosen) (step.engine && !findBrowser(step.engine) ? unable : able).push(step);
for (const { name } of unable) console.log(`— ${name}: not run, there is no such browser`);
const results = await runSteps(able);
const total = (count) => results.reduce((sum, result) => sum + result[count], 0);
const [passed, failed] = [total('passed'), total('failed')];
const broken = results.filter((result) => result.failed).map((result) => result.name);

if (chosen.length === 0) console.log(`No step and no test file is named ${names.join(' or ')}.`);
if (broken.length) console.log(`Failed: ${broken.join(', ')}`);
console.log(`All of it took ${((performance.now() - started) / 1000).toFixed(1)} s.`);
console.log(`${passed} passed, ${failed || (passed ? 0 : 1)} failed`);
process.exitCode = failed || !passed ? 1 : 0;

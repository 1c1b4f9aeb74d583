// Visits every story, light and dark, in Chromium; axe must find nothing and the page must not complain.
//   node test/stories.mjs [NAME …]   only stories whose id contains NAME
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { collectErrors, launchChromium } from './support/chromium.mjs';
import { root, run } from './support/install.mjs';
import { serveFolder } from './support/static-server.mjs';

const folder = path.join(root, '.cache/storybook');
const axe = path.join(root, 'node_modules/axe-core/axe.min.js');
const names = process.argv.slice(2);

const documentedParts = Object.fromEntries(
  JSON.parse(readFileSync(path.join(root, 'custom-elements.json'), 'utf8'))
    .modules.flatMap((module) => module.declarations ?? [])
    .filter((element) => element.tagName)
    .map(({ tagName, cssParts = [] }) => [tagName, cssParts.map((part) => part.name)]),
);

const audit = {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  // The page's heading is the host's to give.
  rules: { 'page-has-heading-one': { enabled: false } },
  resultTypes: ['violations'],
};

/** In the page: whether Storybook has rendered and played the story. Throws what went wrong in it. */
function isRendered() {
  const render = window.__STORYBOOK_PREVIEW__?.currentRender;
  if (document.body.classList.contains('sb-show-errordisplay')) {
    throw new Error(document.querySelector('.sb-errordisplay').textContent.trim());
  }
  return ['completed', 'finished'].includes(render?.phase);
}

/** In the page: whether a story that says when it is ready is, and nothing in any other still loads. */
function isReady(showsLoading) {
  if (document.documentElement.dataset.storyReady === 'true') return true;
  if (showsLoading) return true;
  const anyLoads = (tree) =>
    [...tree.querySelectorAll('*')].some(
      (element) =>
        (element.localName.includes('-') && element.matches(':not(:defined), :state(loading)')) ||
        (element.shadowRoot && anyLoads(element.shadowRoot)),
    );
  return !anyLoads(document.querySelector('#storybook-root'));
}

/** In the page: the parts that an element shows and its documentation does not know. */
function undocumentedParts(documented) {
  const found = new Set();
  // `field-*` documents what is named after a field, of which a host can define its own.
  const isKnown = (names, part) =>
    names.includes(part) ||
    names.some((name) => name.endsWith('*') && part.startsWith(name.slice(0, -1)));
  const search = (tree, tag) => {
    for (const element of tree.querySelectorAll('*')) {
      for (const part of element.part) {
        if (documented[tag] && !isKnown(documented[tag], part)) {
          found.add(`<${tag}> shows the part ${part}, and its JSDoc has no @csspart for it`);
        }
      }
      if (element.shadowRoot) search(element.shadowRoot, element.localName);
    }
  };
  search(document);
  return [...found];
}

async function until(page, what, condition, argument) {
  try {
    await page.waitForFunction(condition, argument, { timeout: 20_000 });
  } catch (error) {
    const late = error.name === 'TimeoutError';
    throw late ? new Error(`not ${what} after 20 s`, { cause: error }) : error;
  }
}

async function findingsOf(context, url, story, theme) {
  const page = await context.newPage();
  const errors = collectErrors(page);
  try {
    const globals = `theme:${theme};a11y.manual:!true`;
    await page.goto(`${url}/iframe.html?id=${story.id}&viewMode=story&globals=${globals}`);
    await until(page, 'rendered', isRendered);
    await until(page, 'ready', isReady, story.tags.includes('loading'));
    const undocumented = await page.evaluate(undocumentedParts, documentedParts);
    await page.addScriptTag({ path: axe });
    const { violations } = await page.evaluate(
      (options) => window.axe.run(document, options),
      audit,
    );
    const findings = violations.flatMap(({ id, help, nodes }) =>
      nodes.map(({ target, failureSummary }) => {
        const why = failureSummary.split('\n').slice(1).join('; ').trim();
        return `${id} at ${target.flat().join(' ')}: ${help} (${why})`;
      }),
    );
    return [...errors, ...undocumented, ...findings];
  } catch (error) {
    return [...errors, error.message.split('\n')[0]];
  } finally {
    await page.close();
  }
}

run(process.execPath, [
  'node_modules/storybook/dist/bin/dispatcher.js',
  'build',
  '--quiet',
  '--disable-telemetry',
  `--output-dir=${folder}`,
]);

const { entries } = JSON.parse(readFileSync(path.join(folder, 'index.json'), 'utf8'));
const stories = Object.values(entries)
  .filter((entry) => entry.type === 'story')
  .filter((story) => names.length === 0 || names.some((name) => story.id.includes(name)));

const server = await serveFolder(folder, { 'Cache-Control': 'max-age=3600' });
const browser = await launchChromium();
let [passed, failed] = [0, 0];

async function visitAll(theme) {
  // Without motion nothing is half faded in when the colours are measured.
  const context = await browser.newContext({ reducedMotion: 'reduce', colorScheme: theme });
  for (const story of stories) {
    const findings = await findingsOf(context, server.url, story, theme);
    if (findings.length === 0) passed += 1;
    else {
      failed += 1;
      console.log(`✗ ${story.id}, ${theme}`);
      for (const finding of findings) console.log(`    ${finding}`);
    }
  }
}

try {
  await Promise.all([visitAll('light'), visitAll('dark')]);
} finally {
  await browser.close();
  server.close();
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed || !passed ? 1 : 0;

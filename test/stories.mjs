// Visits every story, light and dark, in Chromium; axe must find nothing and the page must not complain.
//   node test/stories.mjs [NAME …]   only stories whose id contains NAME
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { collectErrors, launchChromium, untilStill } from './support/chromium.mjs';
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

const wholeAudit = {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  // The page's heading is the host's to give.
  rules: { 'page-has-heading-one': { enabled: false } },
  resultTypes: ['violations'],
};
/** The rules whose verdict depends on the theme; structure, names and roles are the same in both. */
const colorAudit = {
  runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] },
  resultTypes: ['violations'],
};

/** In the page: turns to another story, as Storybook's own list of them does. */
function turnToStory(storyId) {
  window.__STORYBOOK_PREVIEW__.channel.emit('setCurrentStory', { storyId, viewMode: 'story' });
}

/** In the page: whether Storybook has rendered and played the story. Throws what went wrong in it. */
function isRendered(storyId) {
  const render = window.__STORYBOOK_PREVIEW__?.currentRender;
  if (document.body.classList.contains('sb-show-errordisplay')) {
    throw new Error(document.querySelector('.sb-errordisplay').textContent.trim());
  }
  return render?.id === storyId && ['completed', 'finished'].includes(render.phase);
}

/** In the page: whether nothing in any story but one about loading still loads. */
function isReady(showsLoading) {
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

/** In the page: turns it to a theme, as the toolbar of Storybook would. */
function turnTo(theme) {
  document.documentElement.dataset.theme = theme;
  document.documentElement.style.colorScheme = theme;
}

/** What axe finds, as lines. */
async function audit(page, options) {
  const { violations } = await page.evaluate((given) => window.axe.run(document, given), options);
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => {
      const why = failureSummary.split('\n').slice(1).join('; ').trim();
      return `${id} at ${target.flat().join(' ')}: ${help} (${why})`;
    }),
  );
}

/** In the page: takes away what Storybook shows while it prepares a story, in which each audit would look at every element. */
function removeWaitingPages() {
  for (const page of document.querySelectorAll('.sb-preparing-story, .sb-preparing-docs')) {
    page.remove();
  }
}

/** A page of Storybook, at a story, with axe in it, and what it complains of. */
async function openPage(context, url, story) {
  const page = await context.newPage();
  const errors = collectErrors(page);
  await page.emulateMedia({ reducedMotion: 'reduce', colorScheme: 'light' });
  const globals = 'theme:light;a11y.manual:!true';
  await page.goto(`${url}/iframe.html?id=${story.id}&viewMode=story&globals=${globals}`);
  await page.addScriptTag({ path: axe });
  await page.evaluate(removeWaitingPages);
  return { page, errors };
}

/** Looks at the story that a page turns to: everything in light, then in dark what a theme can change. */
async function visit({ page, errors }, story) {
  const light = [];
  const dark = [];
  try {
    await until(page, 'rendered', isRendered, story.id);
    await until(page, 'ready', isReady, story.tags.includes('loading'));
    light.push(...(await page.evaluate(undocumentedParts, documentedParts)));
    light.push(...(await audit(page, wholeAudit)));
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.evaluate(turnTo, 'dark');
    await page.evaluate(untilStill);
    dark.push(...(await audit(page, colorAudit)));
  } catch (error) {
    light.push(error.message.split('\n')[0]);
  }
  return { light: [...errors.splice(0), ...light], dark };
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

/** Opening Storybook takes longer than most stories, so a page shows several; what one leaves behind reaches no further. */
const STORIES_PER_PAGE = 60;

async function visitStories() {
  // Without motion nothing is half faded in when the colours are measured.
  const context = await browser.newContext({ reducedMotion: 'reduce' });
  let opened;
  let visits = 0;
  for (const story of stories) {
    if (opened && visits < STORIES_PER_PAGE) {
      await opened.page.emulateMedia({ colorScheme: 'light' });
      await opened.page.evaluate(turnToStory, story.id);
    } else {
      await opened?.page.close();
      opened = await openPage(context, server.url, story);
      visits = 0;
    }
    const findings = await visit(opened, story);
    // After a failure the next story begins anew.
    const isClean = Object.values(findings).every((lines) => lines.length === 0);
    visits = isClean ? visits + 1 : STORIES_PER_PAGE;
    for (const [theme, lines] of Object.entries(findings)) {
      if (lines.length === 0) passed += 1;
      else {
        failed += 1;
        console.log(`✗ ${story.id}, ${theme}`);
        for (const line of lines) console.log(`    ${line}`);
      }
    }
  }
}

try {
  await visitStories();
} finally {
  await browser.close();
  server.close();
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed || !passed ? 1 : 0;

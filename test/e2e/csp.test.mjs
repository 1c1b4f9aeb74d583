// All eight elements under a policy without `unsafe-inline`, with Trusted Types: nothing is refused, from
// the first render on.
import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { build } from 'vite';
import { collectErrors, launchChromium } from '../support/chromium.mjs';
import { root } from '../support/install.mjs';
import { serveFolder } from '../support/static-server.mjs';

const policy = [
  "default-src 'self'",
  "require-trusted-types-for 'script'",
  "trusted-types lit-html activity-kit 'allow-duplicates'",
].join('; ');

const tags = ['calendar', 'context', 'form', 'grid', 'kanban', 'quick-create', 'timeline'];
const elements = [...tags, 'workspace'].map((name) => `activity-${name}`);

let server;
let browser;

before(async () => {
  const folder = path.join(root, '.cache/csp');
  await build({
    configFile: false,
    root: path.join(import.meta.dirname, 'csp'),
    resolve: { tsconfigPaths: true },
    build: {
      outDir: folder,
      emptyOutDir: true,
      // The preload helper is Vite's, not the kit's.
      modulePreload: false,
    },
    logLevel: 'warn',
  });
  server = await serveFolder(folder, { 'Content-Security-Policy': policy });
  browser = await launchChromium();
});

after(async () => {
  await browser?.close();
  server?.close();
});

async function openPage(t) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  page.setDefaultTimeout(15_000);
  const errors = collectErrors(page);
  t.after(() => page.close());
  await page.goto(server.url + '/index.html');
  await page.waitForFunction(
    (all) =>
      all.every((tag) => customElements.get(tag)) &&
      all.every((tag) => !document.querySelector(`${tag}:state(loading)`)),
    elements,
  );
  return { page, errors, violations: () => page.evaluate(() => window.violations) };
}

test('the policy is in force: what it forbids is reported', async (t) => {
  const { page, violations } = await openPage(t);
  await page.evaluate(() => {
    document.body.setAttribute('style', 'color: red');
    try {
      document.createElement('div').innerHTML = '<b>unsafe</b>';
    } catch {
      // Trusted Types throw as well as report.
    }
  });
  await page.waitForFunction(() => window.violations.length >= 2);
  const directives = (await violations()).map((violation) => violation.effectiveDirective);
  assert.deepEqual(directives.sort(), ['require-trusted-types-for', 'style-src-attr']);
});

test('the first render of all elements violates nothing', async (t) => {
  const { page, errors, violations } = await openPage(t);
  for (const tag of elements) {
    const isDrawn = await page.evaluate(
      (name) => Boolean(document.querySelector(name).shadowRoot?.childElementCount),
      tag,
    );
    assert.ok(isDrawn, `<${tag}> has drawn nothing`);
  }
  assert.deepEqual(await violations(), []);
  assert.deepEqual(errors, []);
});

test('opening a form violates nothing', async (t) => {
  const { page, errors, violations } = await openPage(t);
  const grid = page.locator('activity-context > activity-grid');
  await grid
    .getByRole('button', { name: /^Subject \d+$/ })
    .first()
    .click();
  await page.getByRole('dialog', { name: /^Subject \d+$/ }).waitFor();
  assert.deepEqual(await violations(), []);
  assert.deepEqual(errors, []);
});

test('a text in HTML is shown sanitised, and violates nothing', async (t) => {
  const { page, errors, violations } = await openPage(t);
  await page.locator('activity-timeline b', { hasText: 'text' }).first().waitFor();
  const scripts = (await violations()).filter(
    ({ effectiveDirective }) => effectiveDirective !== 'script-src-attr',
  );
  // A handler is reported while it is parsed, before it is taken out; it never runs.
  assert.deepEqual(scripts, []);
  assert.deepEqual(
    errors.filter((error) => !/inline event handler/.test(error)),
    [],
  );
});

for (const [name, header] of [
  ['that names the policy', policy],
  [
    'that does not name it',
    "require-trusted-types-for 'script'; trusted-types lit-html 'allow-duplicates'",
  ],
  ['that names none', "require-trusted-types-for 'script'"],
  ['without Trusted Types', "default-src 'self'"],
]) {
  test(`under a header ${name}, a text in HTML is never empty`, async (t) => {
    const own = await serveFolder(path.join(root, '.cache/csp'), {
      'Content-Security-Policy': header,
    });
    t.after(() => own.close());
    const page = await browser.newPage();
    t.after(() => page.close());
    await page.goto(own.url + '/index.html');
    const text = page.locator('activity-timeline .text').filter({ hasText: /^ ?as text$/ });
    await text.first().waitFor({ timeout: 15_000 });
  });
}

test('quick create violates nothing', async (t) => {
  const { page, errors, violations } = await openPage(t);
  const workspace = page.locator('activity-workspace');
  await workspace.getByRole('button', { name: 'New task', exact: true }).first().click();
  const dialog = page.getByRole('dialog', { name: 'New task' });
  await dialog.getByRole('textbox').first().fill('Under a strict policy');
  assert.deepEqual(await violations(), []);
  assert.deepEqual(errors, []);
});

test('switching views violates nothing', async (t) => {
  const { page, errors, violations } = await openPage(t);
  const workspace = page.locator('activity-workspace');
  for (const [label, tag] of [
    ['Calendar', 'activity-calendar'],
    ['Kanban', 'activity-kanban'],
    ['Grid', 'activity-grid'],
  ]) {
    await workspace.getByRole('radio', { name: label }).first().click();
    await workspace.locator(tag).waitFor();
  }
  assert.deepEqual(await violations(), []);
  assert.deepEqual(errors, []);
});

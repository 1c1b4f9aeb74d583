// The demo as its users work in it, built, on both of its data sources: by keyboard, by mouse, in two tabs, on a phone, in Chinese.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { untilStill } from '../support/chromium.mjs';
import { reloadOnceSent, useDemo } from '../support/demo.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** The rules whose verdict depends on the theme. */
const colorRules = ['color-contrast', 'link-in-text-block'];
const demo = useDemo();

/** What Dataverse calls a completed activity: its state, and the type's own number for the reason. */
const COMPLETED = {
  tasks: { statecode: 1, statuscode: 5 },
  phonecalls: { statecode: 1, statuscode: 2 },
};
const WINGTIP_CALL = 'Call back about the delivery of order 40271';

/** As most people have it. */
const WITH_MOTION = { reducedMotion: 'no-preference' };

for (const source of ['embedded', 'odata']) {
  describe(`on the ${source} source`, () => {
    const at = (address) => `${address}${address.includes('?') ? '&' : '?'}source=${source}`;
    const motion = source === 'embedded' ? WITH_MOTION : {};
    /** No other test, on neither source, has a subject like it. */
    const named = (subject) => `${subject} (${source})`;

    test('a task is created by keyboard, stands in the grid, and after a reload still does', async (t) => {
      const subject = named('Order sample hinges');
      const page = await demo.open(t, at('/?show=grid'), { shared: 'changed' });
      await createTasks(page, [subject]);
      await searchFor(page, subject);
      await row(page, subject).waitFor();
      await reloadOnceSent(page);
      await searchFor(page, subject);
      await row(page, subject).waitFor();
    });

    test('cards dragged to Completed are completed, there and after a reload', async (t) => {
      const subject = named('Measure the shop front');
      const page = await demo.open(t, at('/?show=kanban'), { shared: 'changed', ...motion });
      await createTasks(page, [subject]);
      await dragToCompleted(page, subject);
      await dragToCompleted(page, WINGTIP_CALL, 'Made');
      if (source === 'odata') {
        assert.deepEqual(await askFor('tasks', subject), COMPLETED.tasks);
        assert.deepEqual(await askFor('phonecalls', WINGTIP_CALL), COMPLETED.phonecalls);
      }
      await reloadOnceSent(page);
      await searchFor(page, subject);
      await cardIn(page, 'Completed', subject).waitFor();
    });

    test('three rows completed at once are completed in every view, and after a reload', async (t) => {
      const subjects = ['first', 'second', 'third'].map((nth) => named(`Pack the ${nth} crate`));
      const page = await demo.open(t, at('/?show=grid'), { shared: 'changed', ...motion });
      await createTasks(page, subjects);
      await searchFor(page, 'crate (');
      await hasRows(page, subjects.length);
      for (const subject of subjects) {
        await row(page, subject).getByRole('checkbox').check();
      }
      await page.getByText('3 selected', { exact: true }).waitFor();
      await commands(page).getByRole('button', { name: 'Complete', exact: true }).click();
      await notice(page, '3 activities completed').waitFor();
      for (const subject of subjects) {
        await row(page, subject).waitFor({ state: 'detached' });
      }
      await showAs(page, 'Kanban');
      for (const subject of subjects) await cardIn(page, 'Completed', subject).waitFor();
      assert.equal(new URL(page.url()).searchParams.get('show'), 'kanban');
      await reloadOnceSent(page);
      await searchFor(page, 'crate (');
      for (const subject of subjects) await cardIn(page, 'Completed', subject).waitFor();
    });

    if (source === 'odata') {
      test('what the server would not reopen waits for an Undo, and goes out before a reload', async (t) => {
        const subject = named('Oil the gate');
        const page = await demo.open(t, at('/'), { undoSeconds: 600 });
        await createTasks(page, [subject]);
        await searchFor(page, subject);
        await complete(page, subject);
        assert.equal((await askFor('tasks', subject)).statecode, 0);
        await notice(page, '1 activity completed').getByRole('button', { name: 'Undo' }).click();
        await row(page, subject).waitFor();
        await complete(page, subject);
        await page.reload();
        await untilServerSays('tasks', subject, COMPLETED.tasks);
      });
    }

    test('a change in a record’s list is at once in its timeline and its facts', async (t) => {
      const subject = named('Send the fire safety papers');
      const page = await demo.open(t, at('/?show=grid'), { shared: 'changed' });
      await openRecord(page, 'Wingtip', 'Wingtip Toys');
      await page.getByRole('main').getByRole('button', { name: 'New', exact: true }).click();
      await page.getByRole('menuitem', { name: 'Task' }).click();
      const dialog = page.getByRole('dialog', { name: 'New task' });
      await dialog.getByText('Wingtip Toys').waitFor();
      await dialog.getByRole('textbox', { name: 'Subject' }).fill(subject);
      await page.keyboard.press('Control+Enter');
      const entry = timeline(page).getByRole('article', { name: subject });
      await entry.waitFor();
      await page.getByRole('tab', { name: 'Activities' }).click();
      assert.equal(new URL(page.url()).searchParams.get('tab'), 'activities');
      await searchFor(page, subject);
      await hasRows(page, 1);
      await row(page, subject).getByRole('checkbox').check();
      await commands(page).getByRole('button', { name: 'Complete', exact: true }).click();
      await notice(page, '1 activity completed').waitFor();
      await page.getByRole('tab', { name: 'Timeline' }).click();
      await entry.getByText('Completed', { exact: true }).waitFor();
      const facts = page.getByRole('region', { name: 'Facts' });
      await facts.getByRole('button', { name: subject }).waitFor();
    });

    test('the task on Cecil Langer stands in the timeline of Wingtip Toys', async (t) => {
      const page = await demo.open(t, at('/?show=grid'), { shared: 'changed' });
      await openRecord(page, 'Wingtip', 'Wingtip Toys');
      const entry = timeline(page).getByRole('article', { name: 'Send Cecil the packing list' });
      await scrollTo(page, entry);
      await entry.getByRole('link', { name: 'Cecil Langer' }).click();
      await page.getByRole('heading', { level: 1, name: 'Cecil Langer' }).waitFor();
      await scrollTo(page, entry);
      assert.equal(new URL(page.url()).searchParams.get('source'), source);
    });
  });
}

test('a change in one tab shows in the other', async (t) => {
  const subject = 'Hand the keys to the carpenter';
  const page = await demo.open(t, '/', WITH_MOTION);
  await row(page, WINGTIP_CALL).waitFor();
  const other = await page.context().newPage();
  await other.goto(new URL('/?show=kanban', demo.url).href);
  await other.getByRole('article').first().waitFor();
  await createTasks(page, [subject]);
  await searchFor(other, subject);
  await cardIn(other, 'Open', subject).waitFor();
  await searchFor(page, subject);
  await row(page, subject).waitFor();
  await dragToCompleted(other, subject);
  await row(page, subject).waitFor({ state: 'detached' });
});

test('Create offers every type on every page, notes of one’s own too', async (t) => {
  const page = await demo.open(t, '/records.html?kind=contact', { shared: 'as it was' });
  await page.getByRole('row', { name: 'Ana Trujillo Directora general' }).waitFor();
  const create = page.getByRole('banner').getByRole('button', { name: 'Create' });
  await create.press('ArrowUp');
  const item = (name) => page.getByRole('menuitem', { name }).and(page.locator(':focus'));
  await item('Site survey').waitFor();
  assert.deepEqual(await page.getByRole('menuitem').allTextContents(), [
    'Task',
    'Phone call',
    'Email',
    'Appointment',
    'Letter',
    'Fax',
    'Note',
    // The firm's own.
    'Site survey',
  ]);
  await page.keyboard.press('ArrowUp');
  await item('Note').waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('dialog', { name: 'New note' }).waitFor();
  await page.keyboard.press('Escape');
  await create.and(page.locator(':focus')).waitFor();
});

test('the address says how activities are shown, and is kept as it is otherwise', async (t) => {
  const page = await demo.open(t, '/?show=calendar&theme=dark&x=1', { shared: 'as it was' });
  await page.getByRole('radio', { name: 'Calendar' }).and(page.locator(':checked')).waitFor();
  await showAs(page, 'Grid');
  await row(page, WINGTIP_CALL).waitFor();
  assert.equal(new URL(page.url()).search, '?show=grid&theme=dark&x=1');
  const link = page.getByRole('navigation').getByRole('link', { name: 'Accounts' });
  assert.equal(await link.getAttribute('href'), '/records.html?kind=account&theme=dark');
});

test('language, theme and density are chosen at once and kept', async (t) => {
  const page = await demo.open(t);
  await row(page, WINGTIP_CALL).waitFor();
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('radio', { name: '繁體中文' }).check();
  await page.getByRole('radio', { name: '深色' }).check();
  await page.getByRole('radio', { name: '緊密' }).check();
  await isInChinese(page);
  await page.reload();
  await isInChinese(page);
  const { theme, density } = await page.evaluate(() => ({ ...document.documentElement.dataset }));
  assert.deepEqual([theme, density], ['dark', 'compact']);
});

test('reset demo data takes back what was done', async (t) => {
  const subject = 'Soon forgotten';
  const page = await demo.open(t);
  await createTasks(page, [subject]);
  await searchFor(page, subject);
  await row(page, subject).waitFor();
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('button', { name: 'Reset demo data' }).click();
  const reloaded = page.waitForEvent('load');
  await page.getByRole('dialog').getByRole('button', { name: 'Reset', exact: true }).click();
  await reloaded;
  // The address has kept the search, which finds nothing any more.
  await page.getByRole('paragraph').getByText(`Nothing found for “${subject}”`).waitFor();
  assert.equal(await row(page, subject).count(), 0);
  await searchFor(page, '');
  await row(page, WINGTIP_CALL).waitFor();
});

test('nothing is said of an empty list while what shows it is on its way', async (t) => {
  const page = await demo.open(t, '/?show=kanban', { shared: 'as it was' });
  await page.getByRole('article').first().waitFor();
  let letGo;
  const held = new Promise((resolve) => (letGo = resolve));
  await page.route('**/activity-grid-*.js', async (route) => {
    await held;
    await route.continue();
  });
  await page.goto(new URL('/?show=grid', demo.url).href);
  await commands(page).getByRole('button', { name: 'New task', exact: true }).waitFor();
  await page.getByText('Loading activities').waitFor();
  assert.equal(await page.getByRole('button', { name: 'New task', exact: true }).count(), 1);
  letGo();
  await row(page, WINGTIP_CALL).waitFor();
});

test('all data goes out as one file, and comes back from it', async (t) => {
  const page = await demo.open(t);
  const subject = 'Worth keeping';
  await createTasks(page, [subject]);
  const settings = page.getByRole('group', { name: 'Settings' });
  await page.getByRole('button', { name: 'Settings' }).click();
  await settings.getByText(/Kept in this browser/).waitFor();
  const download = page.waitForEvent('download');
  await settings.getByRole('button', { name: 'Export all data' }).click();
  const file = await (await download).path();

  // In a browser that knows nothing of it.
  const other = await demo.open(t);
  const importFile = async (chosen) => {
    await other.getByRole('button', { name: 'Settings' }).click();
    const choosing = other.waitForEvent('filechooser');
    await other.getByRole('button', { name: 'Import data…' }).click();
    await (await choosing).setFiles(chosen);
    await other.getByRole('dialog').getByRole('button', { name: 'Replace' }).click();
  };
  await importFile({ name: 'a.jsonl', mimeType: 'text/plain', buffer: Buffer.from('{}') });
  await other.getByRole('alert').getByText('This is no file of exported activities.').waitFor();
  await other.getByRole('button', { name: 'Keep my data' }).click();
  const reloaded = other.waitForEvent('load');
  await importFile({ name: 'b.jsonl', mimeType: 'text/plain', buffer: readFileSync(file) });
  await reloaded;
  await searchFor(other, subject);
  await row(other, subject).waitFor();
});

test('without the OData server the page says how to start it', async (t) => {
  const page = await demo.open(t, '/', { expectErrors: true, shared: 'as it was' });
  await page.route('**/api/**', (route) => route.abort());
  await page.goto(new URL('/?source=odata', demo.url).href);
  await page.getByRole('alert').getByText('npm run demo:odata').waitFor();
  await page.locator('activity-grid').getByRole('button', { name: 'Try again' }).waitFor();
  await page.getByRole('link', { name: 'Use the embedded data' }).click();
  await row(page, WINGTIP_CALL).waitFor();
});

test('what is done without the OData server waits, survives a reload, and goes out once it is there', async (t) => {
  const subject = 'Hang the sign above the door';
  const page = await demo.open(t, '/?source=odata', { expectErrors: true });
  await createTasks(page, [subject]);
  await searchFor(page, subject);
  await hasRows(page, 1);
  await page.context().setOffline(true);
  await complete(page, subject);
  const waiting = page.locator('[part~=waiting]');
  await waiting.getByText('1 change is saved here.').waitFor();
  assert.equal((await askFor('tasks', subject)).statecode, 0);
  // The page itself can be had, the data can't.
  await page.route('**/api/**', (route) => route.abort());
  await page.context().setOffline(false);
  await page.reload();
  const again = page.locator('activity-grid').getByRole('button', { name: 'Try again' });
  await again.waitFor();
  await page.unroute('**/api/**');
  await again.click();
  await untilServerSays('tasks', subject, COMPLETED.tasks);
});

describe('every page', () => {
  const pages = {
    'the grid': ['/?show=grid', (page) => row(page, WINGTIP_CALL)],
    'the board': ['/?show=kanban', (page) => page.getByRole('article').first()],
    'the calendar': [
      '/?show=calendar',
      (page) => page.locator('activity-calendar').locator('[part~=entry], [part~=line]').first(),
    ],
    'the accounts': [
      '/records.html?kind=account',
      (page) => page.getByRole('row', { name: 'Northwind' }),
    ],
    'the opportunities': ['/records.html?kind=opportunity', (page) => page.getByRole('row').nth(3)],
    'a record': [undefined, (page) => timeline(page).getByRole('article').first()],
  };

  for (const [name, [address, ready]] of Object.entries(pages)) {
    test(`${name} is accessible, light and dark, and fits 320 px`, async (t) => {
      const page = await demo.open(t, address ?? '/', { shared: 'as it was' });
      if (address === undefined) await openRecord(page, 'Wingtip', 'Wingtip Toys');
      await ready(page).waitFor();
      await page.evaluate(axe);
      assert.deepEqual(await violations(page), [], 'light');
      await page.emulateMedia({ colorScheme: 'dark' });
      await page.evaluate(untilStill);
      // Structure, names and roles are the same in both.
      assert.deepEqual(await violations(page, colorRules), [], 'dark');
      await page.setViewportSize({ width: 320, height: 640 });
      await ready(page).waitFor();
      assert.deepEqual(await violations(page), [], 'narrow');
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 320);
      await page.getByRole('button', { name: 'Navigation' }).click();
      await page.getByRole('link', { name: 'Contacts' }).click();
      await page.getByRole('heading', { level: 1, name: 'Contacts' }).waitFor();
    });
  }
});

// ── what a user does ─────────────────────────────────────────────────────────────────────────────

/** By keyboard alone: the Create menu, Save and new between them, Ctrl+Enter after the last. */
async function createTasks(page, subjects) {
  const create = page.getByRole('banner').getByRole('button', { name: 'Create' });
  await page.getByRole('button', { name: 'New task', exact: true }).waitFor();
  await create.focus();
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: 'Task' }).and(page.locator(':focus')).waitFor();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'New task' });
  const field = dialog.getByRole('textbox', { name: 'In one line' });
  for (const [index, subject] of subjects.entries()) {
    await field.and(page.locator(':focus')).waitFor();
    await page.keyboard.type(subject);
    if (index === subjects.length - 1) break;
    await dialog.getByRole('button', { name: 'Save and new' }).press('Enter');
    await page.waitForFunction((input) => input.value === '', await field.elementHandle());
  }
  await page.keyboard.press('Control+Enter');
  await dialog.waitFor({ state: 'detached' });
}

async function complete(page, subject) {
  await hasRows(page, 1);
  await row(page, subject).getByRole('checkbox').check();
  await commands(page).getByRole('button', { name: 'Complete', exact: true }).click();
  await row(page, subject).waitFor({ state: 'detached' });
}

async function openRecord(page, text, name) {
  const search = page.getByRole('combobox', { name: 'Find an account, contact or deal' });
  await search.fill(text);
  await page.getByRole('option', { name }).waitFor();
  await search.press('ArrowDown');
  await page.locator('[role=option][aria-selected=true]').filter({ hasText: name }).waitFor();
  await search.press('Enter');
  await page.getByRole('heading', { level: 1, name }).waitFor();
}

async function searchFor(page, text) {
  await page.getByRole('searchbox', { name: 'Search activities' }).fill(text);
}

async function showAs(page, name) {
  await page.getByRole('radio', { name, exact: true }).check();
}

async function dragToCompleted(page, subject, reason) {
  await searchFor(page, subject);
  const card = cardIn(page, 'Open', subject);
  await card.waitFor();
  // What drags is loaded with the board; its list then carries it.
  const list = await page.getByRole('list', { name: /^Open/ }).elementHandle();
  await page.waitForFunction(
    (element) => Object.keys(element).some((key) => key.startsWith('Sortable')),
    list,
  );
  // Only what was sought is left, so that nothing moves under the mouse.
  await page.waitForFunction((element) => element.childElementCount === 1, list);
  const from = await card.boundingBox();
  const to = await page.locator('[data-lane=completed]').boundingBox();
  await page.mouse.move(from.x + from.width / 2, from.y + from.height - 12);
  await page.mouse.down();
  await page.mouse.move(from.x + from.width / 2 + 12, from.y + from.height, { steps: 4 });
  await page.mouse.move(to.x + to.width / 2, to.y + to.height / 2, { steps: 12 });
  await page.locator('[data-lane=completed].target').waitFor();
  await page.mouse.up();
  if (reason) await page.getByRole('menuitem', { name: reason }).click();
  await notice(page, `${subject} moved to Completed`).waitFor();
  await cardIn(page, 'Completed', subject).waitFor();
}

// ── what a user sees ─────────────────────────────────────────────────────────────────────────────

function row(page, subject) {
  return page.getByRole('row', { name: subject });
}

/** That many, so that what was sought is what is shown. */
async function hasRows(page, count) {
  await page.locator(`[role=grid][aria-rowcount="${count + 1}"]`).waitFor();
}

function cardIn(page, lane, subject) {
  const list = page.getByRole('list', { name: new RegExp(`^${lane}`) });
  return list.getByRole('article', { name: subject });
}

function notice(page, text) {
  return page.locator('[part~=notice]').filter({ hasText: text });
}

function commands(page) {
  return page.getByLabel('Commands', { exact: true });
}

function timeline(page) {
  return page.getByRole('region', { name: 'Timeline' });
}

/** Goes down the timeline, page after page, until an entry is drawn: how much else happened since depends on the day. */
async function scrollTo(page, entry) {
  await timeline(page).getByRole('article').first().hover();
  const more = timeline(page).getByRole('button', { name: 'Load more' });
  // A page that is on its way is waited for at the end of what is there.
  const deadline = performance.now() + 30_000;
  while ((await entry.count()) === 0 && performance.now() < deadline) {
    if (await more.isVisible()) await more.click();
    else await page.mouse.wheel(0, 400);
    // What it comes to is drawn with the next frames.
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))));
  }
  await entry.waitFor();
}

async function isInChinese(page) {
  await page.getByRole('radio', { name: '看板' }).waitFor();
  await page.getByRole('navigation').getByRole('link', { name: '活動' }).waitFor();
  assert.equal(await page.evaluate(() => document.documentElement.lang), 'zh-TW');
  assert.equal(await page.title(), '活動 · Contoso Sales');
}

async function violations(page, rules) {
  const found = await page.evaluate(async (runOnly) => {
    const { violations } = await window.axe.run({ runOnly, resultTypes: ['violations'] });
    return violations;
  }, rules);
  return found.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`,
  );
}

/** State and reason of the one row with this subject, as the server's database has them. */
async function askFor(set, subject) {
  const filter = encodeURIComponent(`subject eq '${subject}'`);
  const query = `$select=statecode,statuscode&$filter=${filter}`;
  const answer = await fetch(`${demo.odataUrl}${set}?${query}`);
  const { value } = await answer.json();
  assert.equal(value.length, 1, subject);
  const [{ statecode, statuscode }] = value;
  return { statecode, statuscode };
}

/** What goes out with a page that is left arrives when it arrives; what is not there in time is told as a difference. */
async function untilServerSays(set, subject, expected) {
  const deadline = performance.now() + 15_000;
  while (!isDeepStrictEqual(await askFor(set, subject), expected)) {
    if (performance.now() > deadline) break;
    await setTimeout(50);
  }
  assert.deepEqual(await askFor(set, subject), expected);
}

// A view of the user's own in the demo, on both of its data sources: kept, opened first, handed on by its link, deleted and brought back.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { untilAnswered } from '../support/chromium.mjs';
import { useDemo } from '../support/demo.mjs';

const demo = useDemo();

for (const source of ['embedded', 'odata']) {
  describe(`a view of one’s own on the ${source} source`, () => {
    const address = `/?source=${source}`;
    const plain = () => new URL(address, demo.url).href;

    test('opens first once it is the default, and comes back by undo', async (t) => {
      const page = await demo.open(t, address);
      await saveCalls(page);
      await page.goto(plain());
      await page.getByRole('heading', { name: 'My calls' }).waitFor();

      await command(page, 'My calls', 'Set as default');
      await page.getByText('“My calls” opens first from now on').first().waitFor();
      // Where the user was last is not what opens first.
      await openView(page, 'My calls', 'Overdue');
      await untilKept(page, 'workspace.default-view');
      await untilKept(page, 'workspace.current', { part: 'personalView', not: true });
      const tab = await page.context().newPage();
      await tab.goto(plain());
      await tab.getByRole('heading', { name: 'My calls' }).waitFor();
      await tab.getByRole('button', { name: 'Activity type: Phone call' }).waitFor();

      await command(tab, 'My calls', 'Delete view');
      await tab.getByRole('heading', { name: 'My activities' }).waitFor();
      await tab.getByRole('button', { name: 'Undo', exact: true }).click();
      await tab.getByRole('heading', { name: 'My calls' }).waitFor();
      await tab.getByRole('button', { name: 'Activity type: Phone call' }).waitFor();
      await untilKept(tab, 'workspace.default-view');
      await tab.goto(plain());
      await tab.getByRole('heading', { name: 'My calls' }).waitFor();

      await command(tab, 'My calls', 'Delete view');
      await tab.getByRole('heading', { name: 'My activities' }).waitFor();
      await untilKept(tab, 'workspace.default-view', { not: true });
      await tab.goto(plain());
      await tab.getByRole('button', { name: 'My activities' }).click();
      await tab.getByRole('menuitemradio', { name: 'Overdue' }).waitFor();
      assert.equal(await tab.getByRole('menuitemradio', { name: 'My calls' }).count(), 0);
    });

    test('is opened by its link where nobody has it, and can be saved there', async (t) => {
      const page = await demo.open(t, address, {
        permissions: ['clipboard-read', 'clipboard-write'],
      });
      await saveCalls(page);
      const shown = await count(page);
      await command(page, 'My calls', 'Copy link');
      await page.getByText('Link copied').first().waitFor();
      const link = await page.evaluate(() => navigator.clipboard.readText());

      const other = await demo.open(t, link);
      await other.getByRole('heading', { name: 'My calls' }).waitFor();
      await other.getByText('Shared, not saved').waitFor();
      await other.getByRole('button', { name: 'Activity type: Phone call' }).waitFor();
      assert.equal(await count(other), shown);
      await other.getByRole('button', { name: 'Save', exact: true }).click();
      const dialog = other.getByRole('dialog', { name: 'Save as new view' });
      await dialog.getByRole('button', { name: 'Save', exact: true }).click();
      await other.getByText('Shared, not saved').waitFor({ state: 'detached' });
      await untilKept(other, 'workspace.current', { part: 'personalView' });
      await other.goto(plain());
      await other.getByRole('heading', { name: 'My calls' }).waitFor();
      await other.getByRole('button', { name: 'Activity type: Phone call' }).waitFor();
    });
  });
}

/** Phone calls only, under the name “My calls”, kept on the device. */
async function saveCalls(page) {
  await page.getByRole('button', { name: 'Activity type: all' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'Phone call' }).click();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Activity type: Phone call' }).waitFor();
  await command(page, 'My activities', 'Save as new view');
  const dialog = page.getByRole('dialog', { name: 'Save as new view' });
  await dialog.getByRole('textbox', { name: 'Name of the view' }).fill('My calls');
  await dialog.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByRole('heading', { name: 'My calls' }).waitFor();
  await untilKept(page, 'workspace.current', { part: 'personalView' });
}

async function command(page, view, name) {
  await page.getByRole('button', { name: view, exact: true }).click();
  await page.getByRole('menuitem', { name, exact: true }).click();
}

async function openView(page, from, to) {
  await page.getByRole('button', { name: from, exact: true }).click();
  await page.getByRole('menuitemradio', { name: to, exact: true }).click();
  await page.getByRole('heading', { name: to }).waitFor();
}

/** Something (of it) is kept, or no longer. What a page that is left at once has begun to keep is lost with it. */
async function untilKept(page, key, { part, not = false } = {}) {
  await untilAnswered(
    page,
    async ([name, inIt, isGone]) => {
      const { preferences } = document.querySelector('activity-workspace');
      const kept = await preferences.read(name);
      return ((inIt ? kept?.[inIt] : kept) === undefined) === isGone;
    },
    [key, part, not],
  );
}

/** How many the tab of all says there are. */
async function count(page) {
  const tab = page
    .getByRole('toolbar', { name: 'Due on' })
    .getByRole('button', { name: /^All [\d,]+$/ });
  await tab.waitFor();
  return (await tab.innerText()).replaceAll(/\D/g, '');
}

// The list of the activities page worked by keyboard alone, on both of the demo's data sources.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { useDemo } from '../support/demo.mjs';
import { choose, rowsAreThere, tabTo } from '../support/keyboard.mjs';

const demo = useDemo({ odata: true });

for (const source of ['embedded', 'odata']) {
  describe(`the list by keyboard alone on the ${source} source`, () => {
    /** What is kept back can be undone on a source that cannot reopen. */
    const open = async (t, address) => {
      const page = await demo.open(t, `${address}&source=${source}`, {
        undoSeconds: 600,
        isShared: true,
      });
      await rowsAreThere(page);
      return page;
    };

    test('is sorted, has other columns, groups by record with counts, and is exported', async (t) => {
      const page = await open(t, '/?show=grid&view=my&types=phonecall');
      const column = (name) => page.getByRole('columnheader', { name });
      const number = await tabCount(page, 'All');
      await tabTo(page, subjects(page).first());
      await page.keyboard.press('ArrowUp');
      await page.keyboard.press('Enter');
      await sorted(column('Subject')).waitFor();
      await page.keyboard.press('Alt+ArrowDown');
      await choose(page, 'Columns…', 'menuitem');
      await choose(page, 'Created', 'menuitemcheckbox');
      await page.keyboard.press('Escape');
      await column('Created').first().waitFor();
      await page.keyboard.press('Home');
      await tabToColumn(page, 'Owner');
      await page.keyboard.press('Alt+ArrowDown');
      await choose(page, 'Group by this column', 'menuitem');
      const group = page.getByRole('row', { expanded: true }).first();
      await group.getByText(String(number), { exact: true }).waitFor();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowLeft');
      await page.getByRole('row', { expanded: false }).first().waitFor();
      await page.keyboard.press('ArrowRight');
      await subjects(page).first().waitFor();

      await page.keyboard.press('ArrowUp');
      await page.keyboard.press('End');
      await page.keyboard.press('Enter');
      const download = page.waitForEvent('download');
      await choose(page, 'CSV', 'menuitem');
      const lines = readFileSync(await (await download).path(), 'utf8')
        .trim()
        .split('\r\n');
      assert.equal(lines.length, number + 1);
      assert.match(lines[0], /Subject,.*Owner.*Created/);
    });

    test('is edited in place and put off; the tabs count along', async (t) => {
      const page = await open(t, '/?show=grid&view=my&types=task&due=overdue');
      const [late, tomorrow] = [await tabCount(page, 'Overdue'), await tabCount(page, 'Tomorrow')];
      await tabTo(page, subjects(page).first());
      await page.keyboard.press('F2');
      const field = page.getByRole('textbox', { name: 'Subject' });
      await field.and(page.locator(':focus')).waitFor();
      await page.keyboard.press('Control+a');
      await page.keyboard.type('Said in other words');
      await page.keyboard.press('Enter');
      const row = page.getByRole('row', { name: 'Said in other words' });
      await row.waitFor();
      await field.waitFor({ state: 'detached' });
      await page.keyboard.press('End');
      await page.keyboard.press('Enter');
      await tabTo(page, row.getByRole('button', { name: 'More for' }), 'ArrowRight');
      await page.keyboard.press('Enter');
      await choose(page, /^Tomorrow/, 'menuitem');
      await row.waitFor({ state: 'detached' });
      await tab(page, 'Overdue', late - 1).waitFor();
      await tab(page, 'Tomorrow', tomorrow + 1).waitFor();
    });

    test('is completed in bulk: the report names what was refused, and one undo brings back the rest', async (t) => {
      const page = await open(t, '/?show=grid&view=my&types=task');
      const number = await tabCount(page, 'All');
      const first = await subjects(page).first().textContent();
      await page.evaluate(() =>
        document.addEventListener('activity-move-status', (event) =>
          event.exclude([event.detail.activities[0].id], 'Kim is on it.'),
        ),
      );
      await tabTo(page, subjects(page).first());
      await page.keyboard.press('Space');
      for (let more = 0; more < 2; more++) await page.keyboard.press('Shift+ArrowDown');
      await page.getByText('3 selected', { exact: true }).waitFor();
      await tabTo(page, page.getByRole('button', { name: 'Complete', exact: true }), 'Shift+Tab');
      await page.keyboard.press('Enter');
      const report = page.getByRole('dialog', { name: 'Complete' });
      await report.getByText('2 done · 1 refused').waitFor();
      await report.getByText('Kim is on it.').waitFor();
      await report.getByText(first.trim()).waitFor();
      await tab(page, 'All', number - 2).waitFor();
      await tabTo(page, report.getByRole('button', { name: 'Undo 2' }));
      await page.keyboard.press('Enter');
      await tab(page, 'All', number).waitFor();
    });
  });
}

function subjects(page) {
  return page.locator('activity-grid [part=subject]');
}

function sorted(header) {
  return header.and(header.page().locator('[aria-sort=ascending]'));
}

/** Along the header. */
async function tabToColumn(page, name) {
  await tabTo(
    page,
    page.getByRole('columnheader', { name }).getByRole('button').first(),
    'ArrowRight',
  );
}

function tab(page, name, count) {
  const tabs = page.getByRole('toolbar', { name: 'Due on' });
  const said = count === undefined ? String.raw`[\d,]+` : count.toLocaleString('en');
  return tabs.getByRole('button', { name: new RegExp(`^${name} ${said}$`) });
}

async function tabCount(page, name) {
  const text = await tab(page, name).textContent();
  return Number(text.replaceAll(/\D/g, ''));
}

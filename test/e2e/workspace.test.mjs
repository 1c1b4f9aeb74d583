// The activities page worked by keyboard alone, on both of the demo's data sources: not once is the mouse used.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, test } from 'node:test';
import { untilAnswered } from '../support/chromium.mjs';
import { reloadOnceSent, useDemo } from '../support/demo.mjs';
import { choose, rowsAreThere, tabTo } from '../support/keyboard.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const demo = useDemo();

for (const source of ['embedded', 'odata']) {
  describe(`by keyboard alone on the ${source} source`, () => {
    const at = (address = '/') => `${address}?source=${source}`;
    /** Once is enough: what is drawn is the same. */
    const isAccessible = async (page) => {
      if (source === 'embedded') assert.deepEqual(await violations(page), []);
    };

    test('views, filters, tabs and ways to show are chosen, kept in the address, and there after a reload', async (t) => {
      const page = await demo.open(t, at());
      await rowsAreThere(page);
      await tabTo(page, page.getByRole('button', { name: 'My activities' }));
      await page.keyboard.press('Enter');
      await choose(page, 'All activities');
      await page.getByRole('heading', { name: 'All activities' }).waitFor();

      await tabTo(page, page.getByRole('button', { name: 'Priority: all' }));
      await page.keyboard.press('Enter');
      await choose(page, 'High', 'menuitemcheckbox');
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Priority: High' }).waitFor();

      const tabs = page.getByRole('toolbar', { name: 'Due on' });
      await tabTo(page, tabs.getByRole('button').first());
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('Enter');
      await tabs.getByRole('button', { name: /^Overdue/, pressed: true }).waitFor();
      assert.match(page.url(), /view=all/);
      assert.match(page.url(), /priority=high/);
      assert.match(page.url(), /due=overdue/);
      await page.reload();
      await page.getByRole('button', { name: 'Priority: High' }).waitFor();
      await tabs.getByRole('button', { name: /^Overdue/, pressed: true }).waitFor();

      await tabTo(page, page.getByRole('radio', { name: 'Grid' }));
      await page.keyboard.press('ArrowRight');
      await page.getByRole('radio', { name: 'Calendar' }).and(page.locator(':checked')).waitFor();
      await page.keyboard.press('ArrowRight');
      await page.getByRole('article').first().waitFor();
      assert.match(page.url(), /show=kanban/);
      await page.getByRole('button', { name: 'Priority: High' }).waitFor();
      await isAccessible(page);
    });

    test('a view is saved, marked where it changes, and restored', async (t) => {
      const page = await demo.open(t, at());
      await rowsAreThere(page);
      await tabTo(page, page.getByRole('button', { name: 'Activity type: all' }));
      await page.keyboard.press('Enter');
      await choose(page, 'Phone call', 'menuitemcheckbox');
      await page.keyboard.press('Escape');
      await tabTo(page, page.getByRole('button', { name: 'My activities' }), 'Shift+Tab');
      await page.keyboard.press('Enter');
      await choose(page, 'Save as new view', 'menuitem');
      await page.getByRole('dialog', { name: 'Save as new view' }).waitFor();
      await page.keyboard.type('My calls');
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'My calls' }).waitFor();
      // What a page that is left at once has begun to keep is lost with it.
      await untilAnswered(page, async () => {
        const { preferences } = document.querySelector('activity-workspace');
        return (await preferences.read('workspace.current'))?.personalView !== undefined;
      });
      // The address says all; without it, what this device remembers.
      await page.goto(new URL(at(), demo.url).href);
      await page.getByRole('heading', { name: 'My calls' }).waitFor();
      await page.getByRole('button', { name: 'Activity type: Phone call' }).waitFor();
    });

    test('the work queue completes, skips and goes on after a reload; the sheet of keys tells how', async (t) => {
      const page = await demo.open(t, at(), { shared: 'queue and summary' });
      await rowsAreThere(page);
      await tabTo(page, page.getByRole('button', { name: 'New task', exact: true }));
      await page.keyboard.press('?');
      await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
      await page.keyboard.press('Escape');
      await tabTo(page, page.getByRole('button', { name: 'More', exact: true }));
      await page.keyboard.press('Enter');
      await choose(page, 'Work through', 'menuitem');
      const queue = page.getByRole('region', { name: 'Work queue' });
      await queue.getByText(/^1 of/).waitFor();
      const name = await queue.locator('.strong.clip').textContent();
      // Others may be called the same.
      const id = await page.getByRole('row', { name }).first().getAttribute('data-id');
      await page.keyboard.press('c');
      await queue.getByText(/^2 of/).waitFor();
      await page.locator(`[data-id="${id}"]`).waitFor({ state: 'detached' });
      await page.keyboard.press('k');
      await queue.getByText(/^3 of/).waitFor();
      await isAccessible(page);
      await reloadOnceSent(page);
      await rowsAreThere(page);
      await tabTo(page, page.getByRole('button', { name: 'More', exact: true }));
      await page.keyboard.press('Enter');
      await choose(page, /^Continue with 3 of/, 'menuitem');
      await queue.getByText(/^3 of/).waitFor();
      await page.keyboard.press('Escape');
      await queue.waitFor({ state: 'detached' });
    });

    test('a type and a column of the firm’s own stand beside the kit’s, and what is missing says why', async (t) => {
      const page = await demo.open(t, at(), { viewport: { width: 1400, height: 800 } });
      await rowsAreThere(page);
      await tabTo(page, page.getByRole('button', { name: 'New task', exact: true }));
      const survey = page.getByRole('button', { name: 'Site survey', exact: true });
      await tabTo(page, survey);
      await page.keyboard.press('Enter');
      const dialog = page.getByRole('dialog', { name: 'New site survey' });
      await dialog.getByRole('textbox').first().waitFor();
      await page.keyboard.type('Corner shop in the old town');
      await page.keyboard.press('Enter');
      await dialog.waitFor({ state: 'detached' });
      await reloadOnceSent(page);
      await page.goto(new URL(`${at()}&show=grid&view=my&types=contoso_sitesurvey`, demo.url).href);
      await page.getByRole('row', { name: /Corner shop in the old town/ }).waitFor();

      await tabTo(
        page,
        page.getByRole('button', { name: 'Corner shop in the old town', exact: true }),
      );
      await page.keyboard.press('ArrowUp');
      await page.keyboard.press('Alt+ArrowDown');
      await choose(page, 'Columns…', 'menuitem');
      await choose(page, 'Condition', 'menuitemcheckbox');
      await choose(page, 'Open for', 'menuitemcheckbox');
      await page.keyboard.press('Escape');
      await page.getByRole('columnheader', { name: 'Condition' }).waitFor();
      await page.getByRole('gridcell', { name: '0 days' }).waitFor();

      await tabTo(page, page.getByRole('button', { name: 'More', exact: true }), 'Shift+Tab');
      await page.keyboard.press('Enter');
      await choose(page, 'Why is something missing?', 'menuitem');
      const missing = page.getByRole('dialog', { name: 'Missing options' });
      await missing.getByText('New text message').waitFor();
      await missing.getByText('You do not have the necessary license or role.').waitFor();
      await missing.getByText('Text messages come with the Messaging plan.').waitFor();
      await missing.getByText('New video call').waitFor();
      await missing.getByText('Your system administrator has not turned this on.').waitFor();
      await missing.getByText('New complaint').waitFor();
      await missing.getByText('Your organization uses its own application for this.').waitFor();
      await missing.getByText('Complaints are handled in the service desk.').waitFor();
    });

    test('the summary leads to its rows, and done leads to what comes next', async (t) => {
      const page = await demo.open(t, at(), { shared: 'queue and summary' });
      await rowsAreThere(page);
      await tabTo(page, page.getByRole('button', { name: 'More', exact: true }));
      await page.keyboard.press('Enter');
      await choose(page, 'Summary', 'menuitem');
      const summary = page.getByRole('dialog', { name: 'Summary: My activities' });
      const figure = summary.getByRole('button', { name: /^Phone calls: / });
      await figure.waitFor();
      await isAccessible(page);
      const said = await figure.evaluate((element) => element.ariaLabel ?? element.textContent);
      const calls = Number(/[\d,]+/.exec(said)[0].replace(',', ''));
      await figure.focus();
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: 'Activity type: Phone call' }).waitFor();
      // What is selected before the answer comes is selected no longer where that does not hold it.
      await page.locator(`[role=grid][aria-rowcount="${calls + 1}"]`).waitFor();

      const box = page.getByRole('row').nth(1).getByRole('checkbox');
      await box.focus();
      await page.keyboard.press('Space');
      const next = page.getByRole('button', { name: 'Done and plan next' });
      await next.waitFor();
      await next.focus();
      await page.keyboard.press('Enter');
      const dialog = page.getByRole('dialog', { name: 'Done, and next' });
      await dialog
        .getByRole('textbox', { name: 'How did it go?' })
        .and(page.locator(':focus'))
        .waitFor();
      await page.keyboard.type('Sends the order today');
      await page.keyboard.press('Control+Enter');
      await page.getByRole('dialog', { name: 'New task' }).waitFor();
    });
  });
}

async function violations(page) {
  await page.evaluate(axe);
  const found = await page.evaluate(async () => (await window.axe.run()).violations);
  return found.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`,
  );
}

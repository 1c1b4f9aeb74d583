// The activities page on a phone, by taps.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { useDemo } from '../support/demo.mjs';
import { rowsAreThere } from '../support/keyboard.mjs';

const demo = useDemo();
const PHONE = { hasTouch: true, isMobile: true, viewport: { width: 360, height: 740 } };
const ON_ITS_SIDE = { ...PHONE, viewport: { width: 740, height: 360 } };

describe('on a phone', () => {
  const open = async (t, options = PHONE) => {
    const page = await demo.open(t, '/?source=embedded&show=grid&view=my', {
      undoSeconds: 600,
      ...options,
    });
    await rowsAreThere(page);
    return page;
  };
  const completeFirst = async (page) => {
    await page
      .getByRole('button', { name: /^More for / })
      .first()
      .tap();
    await page.getByRole('menuitem', { name: 'Mark complete' }).tap();
  };
  const notices = (page) =>
    page.locator('[part~=notice]').filter({ hasText: '1 activity completed', visible: true });

  test('what was done is told beside the commands, which stay in reach', async (t) => {
    const page = await open(t);
    await completeFirst(page);
    const told = await page.locator('[part~=notice]').boundingBox();
    const create = await page.getByRole('button', { name: 'New', exact: true }).boundingBox();
    assert.ok(told.y + told.height <= create.y, JSON.stringify({ told, create }));
  });

  test('of what was done one after the other the last is told, and those before once that is read', async (t) => {
    const page = await open(t);
    await completeFirst(page);
    await notices(page).waitFor();
    await completeFirst(page);
    await page.locator('[part~=notice]').nth(1).waitFor();
    assert.equal(await notices(page).count(), 1);
    await page.getByRole('button', { name: 'Dismiss' }).filter({ visible: true }).tap();
    await notices(page).waitFor();
    await page.getByRole('button', { name: 'Undo' }).filter({ visible: true }).waitFor();
  });

  test('what proposes a next step leaves in sight what takes the last one back', async (t) => {
    const page = await open(t);
    await page.getByRole('searchbox', { name: 'Search activities' }).fill('Quarterly check-in');
    await page.getByRole('row').nth(1).filter({ hasText: 'Quarterly check-in' }).waitFor();
    await completeFirst(page);
    await page.getByRole('button', { name: 'Plan next' }).waitFor();
    await page.getByRole('button', { name: 'Undo' }).filter({ visible: true }).waitFor();
  });

  test('the line that says what waits stands at the end, where the page leaves room for it', async (t) => {
    const page = await open(t, { ...PHONE, expectErrors: true });
    await page.context().setOffline(true);
    const line = page.locator('[part~=waiting]');
    await line.waitFor();
    const told = await line.boundingBox();
    const create = await page.getByRole('button', { name: 'New', exact: true }).boundingBox();
    assert.ok(told.y >= create.y + create.height, JSON.stringify({ told, create }));
  });

  test('on its side shows rows, below bars that are scrolled away', async (t) => {
    const page = await open(t, ON_ITS_SIDE);
    const { height } = await page.locator('activity-grid').boundingBox();
    assert.ok(height > 200, `${height} px of rows`);
    await page.locator('activity-grid [part~=subject]').nth(1).tap();
    await page.getByRole('dialog').first().waitFor();
  });

  test('on its side keeps in sight what can be done with what is selected', async (t) => {
    const page = await open(t, ON_ITS_SIDE);
    const tabs = page.getByRole('toolbar', { name: 'Due on' });
    const top = async (one) => (await one.boundingBox()).y;
    const scrolled = () =>
      page.evaluate(
        () =>
          document.querySelector('activity-workspace').shadowRoot.querySelector('.panel').scrollTop,
      );
    // A wheel is lost that turns while the page is still laid out.
    for (let tries = 0; tries < 50 && !(await scrolled()); tries++) {
      await tabs.hover();
      await page.mouse.wheel(0, 400);
      await page.waitForTimeout(100);
    }
    assert.ok((await scrolled()) > 0);
    await page.getByRole('checkbox').nth(1).check({ force: true });
    const complete = page.getByRole('button', { name: 'Complete', exact: true });
    assert.ok((await top(complete)) >= (await top(page.locator('activity-workspace'))));
    await complete.tap();
    await page.getByText('1 activity completed').first().waitFor();
  });

  test('is not enlarged by what one writes in', async (t) => {
    const page = await open(t);
    const size = (field) =>
      field.evaluate((one) => Number.parseFloat(getComputedStyle(one).fontSize));
    const search = page.getByRole('searchbox', { name: 'Search activities' });
    assert.ok((await size(search)) >= 16);
    await page.getByRole('button', { name: 'New', exact: true }).tap();
    await page.getByRole('menuitem', { name: 'Task', exact: true }).first().tap();
    const dialog = page.getByRole('dialog', { name: 'New task' });
    const fields = dialog.getByRole('textbox').or(dialog.getByRole('combobox'));
    await fields.nth(2).waitFor();
    for (const field of await fields.all()) assert.ok((await size(field)) >= 16);
  });

  test('in Chinese, what is canceled is named among the commands for what is selected', async (t) => {
    const page = await open(t, { ...PHONE, locale: 'zh-TW' });
    await page.getByRole('checkbox').nth(1).check({ force: true });
    await page.getByRole('button', { name: '更多', exact: true }).last().tap();
    await page.getByRole('menuitem', { name: '取消活動' }).waitFor();
    assert.equal(await page.getByRole('menuitem', { name: '取消', exact: true }).count(), 0);
  });
});

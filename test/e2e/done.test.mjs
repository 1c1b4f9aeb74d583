// What is done, in the demo on both of its data sources: how it went and what comes next, and what is only told of once it is done.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { reloadOnceSent, useDemo } from '../support/demo.mjs';

const demo = useDemo();
const DAY = 24 * 60 * 60_000;
const AT_A_DESK = { width: 1500, height: 900 };

for (const source of ['embedded', 'odata']) {
  describe(`on the ${source} source`, () => {
    const open = async (t) => {
      const page = await demo.open(t, `/?show=grid&source=${source}`, { viewport: AT_A_DESK });
      await page.getByRole('button', { name: 'New task', exact: true }).waitFor();
      return page;
    };

    test('a call is done with its outcome and a word, which its form says, and what comes next is filled in', async (t) => {
      const subject = `Ask after the loft (${source})`;
      const page = await open(t);
      await page.getByRole('button', { name: 'Phone call', exact: true }).click();
      const call = page.getByRole('dialog', { name: 'New phone call' });
      await call.getByRole('textbox', { name: 'Subject' }).fill(subject);
      await pick(call, 'To', 'Cecil Langer');
      await pick(call, 'Regarding', 'Wingtip Toys');
      await page.keyboard.press('Control+Enter');
      await call.waitFor({ state: 'detached' });

      await search(page, subject);
      await page.getByRole('row', { name: subject }).getByRole('checkbox').check();
      await page.getByRole('button', { name: 'Done and plan next' }).click();
      const how = page.getByRole('dialog', { name: 'Done, and next' });
      const outcomes = how.getByRole('combobox', { name: 'Outcome' });
      assert.deepEqual(
        (await outcomes.getByRole('option').allInnerTexts()).map((one) => one.trim()),
        ['None', 'Reached', 'Left a message', 'No answer'],
      );
      await outcomes.selectOption('Left a message');
      await how.getByRole('textbox', { name: 'How did it go?' }).fill('He rings back on Monday');
      await how.getByRole('button', { name: 'Done and plan next' }).click();

      const next = page.getByRole('dialog', { name: 'New task' });
      await chosen(next, 'Regarding', 'Wingtip Toys').waitFor();
      const due = next.getByRole('group', { name: 'Due' }).getByLabel('Date');
      assert.equal(await due.inputValue(), dayInBerlin(Date.now() + DAY));
      await next.getByRole('textbox', { name: 'Subject' }).fill(`${subject}: what next`);
      await next.getByRole('button', { name: 'Save and close' }).click();
      await next.waitFor({ state: 'detached' });
      await page.getByRole('row', { name: `${subject}: what next` }).waitFor();

      await reloadOnceSent(page);
      await chooseView(page, 'My activities', 'Completed by me');
      await search(page, subject);
      await page.getByRole('button', { name: subject, exact: true }).click();
      const form = page.getByRole('dialog', { name: subject });
      await chosen(form, 'Regarding', 'Wingtip Toys').waitFor();
      if (source === 'embedded') {
        const outcome = form.getByRole('radiogroup', { name: 'Outcome' });
        await outcome.getByRole('radio', { name: 'Left a message', checked: true }).waitFor();
        const note = form.getByRole('textbox', { name: 'Outcome note' });
        assert.equal(await note.inputValue(), 'He rings back on Monday');
      } else {
        // Phone calls have no columns for it there: it stands in the text.
        const text = form.getByRole('textbox', { name: 'Description' });
        assert.equal(await text.inputValue(), 'Left a message: He rings back on Monday');
      }
    });

    test('a call that is only told of is created as done, in one write, and stands among what is completed', async (t) => {
      const subject = `They rang about the stairs (${source})`;
      const page = await open(t);
      await page.evaluate(() => {
        globalThis.saved = [];
        document.addEventListener('activity-saved', ({ detail }) =>
          globalThis.saved.push(detail.action),
        );
      });
      await page.getByRole('button', { name: 'Log as done' }).click();
      await page.getByRole('menuitem', { name: 'Phone call' }).click();
      const dialog = page.getByRole('dialog', { name: 'New phone call' });
      await dialog
        .getByRole('radio', { name: 'Already done' })
        .and(page.locator(':checked'))
        .waitFor();
      await dialog.getByRole('textbox', { name: 'Subject' }).fill(subject);
      await pick(dialog, 'To', 'Cecil Langer');
      await dialog.getByRole('radio', { name: 'Reached' }).check();
      await dialog.getByRole('button', { name: 'Save and close' }).click();
      await dialog.waitFor({ state: 'detached' });
      assert.deepEqual(await page.evaluate(() => globalThis.saved), ['create']);

      await reloadOnceSent(page);
      await chooseView(page, 'My activities', 'Completed by me');
      await search(page, subject);
      await page.getByRole('button', { name: subject, exact: true }).click();
      const form = page.getByRole('dialog', { name: subject });
      const ended = form.getByRole('group', { name: 'Actual end' }).getByLabel('Date');
      assert.equal(await ended.inputValue(), dayInBerlin(Date.now()));
      await form.getByText('Made', { exact: true }).waitFor();
      if (source === 'embedded') {
        await form.getByRole('radio', { name: 'Reached', checked: true }).waitFor();
      } else {
        const text = form.getByRole('textbox', { name: 'Description' });
        assert.equal(await text.inputValue(), 'Reached');
      }
    });
  });
}

async function pick(dialog, name, record) {
  const field = dialog.getByRole('combobox', { name });
  await field.pressSequentially(record);
  await dialog.getByRole('option', { name: record }).first().click();
  await chosen(dialog, name, record).waitFor();
}

function chosen(dialog, name, record) {
  return dialog.getByRole('list', { name: `Chosen: ${name}` }).getByText(record);
}

function dayInBerlin(at) {
  return new Date(at).toLocaleDateString('en-CA', { timeZone: 'Europe/Berlin' });
}

async function search(page, text) {
  await page.getByRole('searchbox', { name: 'Search activities' }).fill(text);
}

async function chooseView(page, from, to) {
  await page.getByRole('button', { name: from }).click();
  await page.getByRole('menuitemradio', { name: to }).click();
  await page.getByRole('heading', { name: to }).waitFor();
}

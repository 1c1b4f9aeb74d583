// What is done with what is there already, in the demo: emails that are sent or logged, and dates that repeat.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { useDemo } from '../support/demo.mjs';

const demo = useDemo();

/** The quick-create pane of this type. */
async function create(page, type) {
  await page.getByRole('button', { name: 'New task', exact: true }).waitFor();
  await page.getByRole('banner').getByRole('button', { name: 'Create' }).click();
  await page.getByRole('menuitem', { name: type }).click();
  return page.getByRole('dialog', { name: `New ${type.toLowerCase()}` });
}

async function writeEmail(page, subject) {
  const pane = await create(page, 'Email');
  await pane.getByRole('textbox', { name: 'Subject' }).fill(subject);
  const to = pane.getByRole('combobox', { name: 'To', exact: true });
  await to.pressSequentially('buyer@example.com');
  await to.press('Enter');
  return pane;
}

/** The form of the activity that is called so. */
async function open(page, subject) {
  await page.getByRole('searchbox', { name: 'Search activities' }).fill(subject);
  await page.getByRole('button', { name: subject, exact: true }).first().click();
  return page.getByRole('dialog', { name: subject });
}

test('odata: an email is sent, unless that is taken back within the undo time', async (t) => {
  const subject = 'Offer for the third hall';
  const stored = async () => {
    const filter = encodeURIComponent(`subject eq '${subject}'`);
    const { value } = await (await fetch(`${demo.odataUrl}emails?$filter=${filter}`)).json();
    assert.equal(value.length, 1);
    return value[0];
  };
  const page = await demo.open(t, '/?source=odata', { undoSeconds: 600, shared: 'all' });
  const pane = await writeEmail(page, subject);
  await pane.getByRole('button', { name: 'Send', exact: true }).click();
  await pane.waitFor({ state: 'detached' });
  await page.getByText(`${subject} is being sent`).first().waitFor();
  assert.equal((await stored()).statecode, 0, 'it is held');
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await page.getByText('Undone').first().waitFor();

  await page.evaluate(() =>
    document.querySelector('activity-context').setAttribute('undo-seconds', '0'),
  );
  const form = await open(page, subject);
  const sent = page.waitForResponse((answer) => answer.url().includes('SendEmail'));
  assert.equal((await stored()).statecode, 0, 'it was not sent');
  await form.getByRole('button', { name: 'Send', exact: true }).click();
  await (await sent).finished();
  const { statecode, statuscode } = await stored();
  assert.deepEqual([statecode, statuscode], [1, 3]);
});

test('embedded: an email that cannot be sent is a draft, and completing it asks what became of it', async (t) => {
  const subject = 'Minutes of the meeting';
  const page = await demo.open(t, '/', { shared: 'all' });
  const pane = await writeEmail(page, subject);
  assert.equal(await pane.getByRole('button', { name: 'Send', exact: true }).count(), 0);
  await pane.getByRole('button', { name: 'Save and close' }).click();
  await pane.waitFor({ state: 'detached' });

  const form = await open(page, subject);
  for (const name of ['Save draft', 'Log as sent']) {
    await form.getByRole('button', { name }).first().waitFor();
  }
  await form.getByRole('button', { name: 'Complete', exact: true }).click();
  const how = page.getByRole('dialog', { name: 'Complete' });
  const reason = how.getByRole('combobox', { name: 'Status reason' });
  assert.deepEqual(
    (await reason.locator('option').allInnerTexts()).slice(0, 3).map((one) => one.trim()),
    ['Completed', 'Sent', 'Received'],
  );
  await reason.selectOption('Received');
  await how.getByRole('textbox', { name: 'How did it go?' }).fill('They agree');
  await how.getByRole('button', { name: 'Complete', exact: true }).click();
  await form.waitFor({ state: 'detached' });

  await page.getByRole('button', { name: subject, exact: true }).waitFor({ state: 'detached' });
});

for (const source of ['embedded', 'odata']) {
  test(`${source}: an appointment repeats, and is changed and deleted for one date, the later ones, or all`, async (t) => {
    const name = `Weekly review (${source})`;
    const page = await demo.open(t, `/?source=${source}`, { shared: 'all' });
    const pane = await create(page, 'Appointment');
    await pane.getByRole('textbox', { name: 'Subject' }).fill(name);
    await pane.getByRole('combobox', { name: 'Repeat' }).selectOption('Weekly');
    await pane.getByRole('combobox', { name: 'Ends' }).selectOption('After a number of times');
    await pane.getByRole('spinbutton', { name: 'Number of times' }).fill('4');
    await pane.getByText(/4 times/).waitFor();
    await pane.getByRole('button', { name: 'Save and close' }).click();
    await pane.waitFor({ state: 'detached' });

    const called = (subject) => page.getByRole('button', { name: subject, exact: true });
    const shows = async (subject, count) => {
      while ((await called(subject).count()) !== count) {
        await page.evaluate(() => new Promise((done) => setTimeout(done, 100)));
      }
    };
    await page.getByRole('searchbox', { name: 'Search activities' }).fill(name);
    await shows(name, 4);

    /** In the form of the date at this place, counted from the first. */
    const rename = async (from, to, at, answer) => {
      await called(from).nth(at).click();
      const form = page.getByRole('dialog', { name: from });
      await form.getByRole('textbox', { name: 'Subject' }).fill(to);
      await form.getByRole('button', { name: 'Save and close' }).click();
      await page.getByRole('dialog', { name: 'Save for which?' }).getByText(answer).click();
      await form.waitFor({ state: 'detached' });
    };
    await rename(name, `${name}, long`, 3, 'Only this one');
    await shows(`${name}, long`, 1);
    await rename(name, `${name} of sales`, 1, 'This and all later ones');
    await shows(`${name} of sales`, 2);
    await shows(name, 1);
    await rename(`${name} of sales`, `${name} of all`, 1, 'All of them');
    await shows(`${name} of all`, 2);

    if (source === 'odata') {
      const filter = encodeURIComponent(`contains(subject,'${name}')`);
      const asked = `appointments?$orderby=scheduledstart&$filter=${filter}`;
      const { value } = await (await fetch(demo.odataUrl + asked)).json();
      const weeks = value.map(({ scheduledstart: start }) => Date.parse(start) / 86_400_000 / 7);
      // A clock change in between would make it an hour more or less.
      assert.deepEqual(
        weeks.map((week) => Math.round(week - weeks[0])),
        [0, 1, 2, 3],
      );
      assert.equal(new Set(value.map((row) => row._seriesid_value)).size, 2);
    }

    // From the list itself.
    const [row] = await page.getByRole('row', { name: `${name} of all` }).all();
    await row.getByRole('button', { name: `More for ${name} of all` }).click();
    await page.getByRole('menuitem', { name: 'Delete', exact: true }).click();
    await page.getByRole('dialog', { name: 'Delete which?' }).getByText('All of them').click();
    await shows(`${name} of all`, 0);
    await shows(name, 1);
  });
}

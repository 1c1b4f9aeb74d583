// Creating as its users do it, in the demo on both of its data sources: by the fewest keys, as typed, and with nothing lost.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reloadOnceSent, useDemo } from '../support/demo.mjs';
import { killableBrowser } from '../support/killable.mjs';

const demo = useDemo();

/** What the OData service itself holds of this set under this subject. */
async function stored(set, subject, expand = '') {
  const filter = encodeURIComponent(`subject eq '${subject}'`);
  const answer = await fetch(`${demo.odataUrl}${set}?$filter=${filter}${expand}`);
  const { value } = await answer.json();
  assert.equal(value.length, 1, `one of ${set} is called ${subject}`);
  return value[0];
}

async function search(page, text) {
  await page.getByRole('searchbox', { name: 'Search activities' }).fill(text);
}

/** What the line is understood to say. */
const understood = (page, text) =>
  page.getByRole('list', { name: 'Understood' }).getByText(text, { exact: true });

for (const source of ['embedded', 'odata']) {
  test(`${source}: from the page to a saved task takes three keys besides the text`, async (t) => {
    const subject = `Count the samples (${source})`;
    const page = await demo.open(t, `/?source=${source}`, { shared: 'all' });
    await page.getByRole('button', { name: 'New task', exact: true }).waitFor();
    assert.equal(await page.evaluate(() => document.activeElement === document.body), true);
    let presses = 0;
    const press = async (...keys) => {
      presses += keys.length;
      await page.keyboard.press(keys.join('+'));
    };
    await press('Alt', 'n');
    const dialog = page.getByRole('dialog', { name: 'New task' });
    const line = dialog.getByRole('textbox', { name: 'In one line' });
    await line.and(page.locator(':focus')).waitFor();
    await page.keyboard.type(`${subject} tomorrow 3pm`);
    await press('Enter');
    await dialog.waitFor({ state: 'detached' });
    assert.ok(presses <= 6, `${presses} presses`);
    assert.equal(presses, 3);

    await search(page, subject);
    const row = page.getByRole('row', { name: subject });
    await row.getByText('3:00 PM').waitFor();
    await reloadOnceSent(page);
    await row.waitFor();
    if (source === 'odata') {
      const { scheduledend } = await stored('tasks', subject);
      assert.match(scheduledend, /T14:00:00/);
    }
  });

  test(`${source}: a line in Chinese fills in the call, and what is not meant is taken back`, async (t) => {
    const page = await demo.open(t, `/?source=${source}`, { locale: 'zh-TW' });
    await page.getByRole('button', { name: '新增工作', exact: true }).waitFor();
    await page.keyboard.press('Alt+n');
    await page.getByRole('textbox', { name: '用一句話輸入' }).and(page.locator(':focus')).waitFor();
    await page.keyboard.insertText(`明天下午三點打電話給 Cecil Langer !高`);
    const chips = page.getByRole('list', { name: '已辨識的內容' });
    for (const text of ['通話', 'Cecil Langer', '高']) {
      await chips.getByText(text, { exact: true }).waitFor();
    }
    await chips.getByRole('button', { name: /為高$/ }).press('Delete');
    await chips.getByText('高', { exact: true }).waitFor({ state: 'detached' });
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByRole('searchbox').first().fill('打電話給 Cecil Langer !高');
    await page.getByRole('row', { name: '打電話給 Cecil Langer !高' }).waitFor();
  });
}

test('a phone call has on the server the people, regarding, direction, due and priority that were typed', async (t) => {
  const subject = 'Call Cecil Langer about Wingtip Toys';
  const page = await demo.open(t, '/?source=odata', { shared: 'all' });
  await page.getByRole('button', { name: 'New task', exact: true }).waitFor();
  await page.keyboard.press('Alt+n');
  const dialog = page.getByRole('dialog');
  const line = dialog.getByRole('textbox', { name: 'In one line' });
  await line.and(page.locator(':focus')).waitFor();
  await page.keyboard.type('call Cecil Langer about Wingtip Toys tomorrow 3pm !high');
  for (const text of ['Phone call', 'Cecil Langer', 'Wingtip Toys', 'High']) {
    await understood(page, text).waitFor();
  }
  await dialog.getByRole('radio', { name: 'Incoming' }).check();
  await dialog.getByRole('textbox', { name: 'Phone number' }).fill('+31 10 555 0142');
  await page.keyboard.press('Control+Enter');
  await dialog.waitFor({ state: 'detached' });

  const call = await stored('phonecalls', subject, '&$expand=phonecall_activity_parties');
  const parties = call.phonecall_activity_parties;
  const party = async (mask) => {
    const [found] = parties.filter((one) => one.participationtypemask === mask);
    return found?._partyid_value;
  };
  const idOf = async (set, filter, id) => {
    const answer = await fetch(`${demo.odataUrl}${set}?$filter=${encodeURIComponent(filter)}`);
    const { value } = await answer.json();
    return value[0][id];
  };
  const me = await (await fetch(`${demo.odataUrl}WhoAmI`)).json();
  const cecil = await idOf('contacts', "fullname eq 'Cecil Langer'", 'contactid');
  const wingtip = await idOf('accounts', "name eq 'Wingtip Toys'", 'accountid');
  assert.equal(await party(1), me.UserId, 'from');
  assert.equal(await party(2), cecil, 'to');
  assert.equal(call._regardingobjectid_value, wingtip);
  assert.equal(call.directioncode, false, 'incoming');
  assert.equal(call.phonenumber, '+31 10 555 0142');
  assert.equal(call.prioritycode, 2, 'high');
  const day = new Date(Date.now() + 24 * 60 * 60_000).toLocaleDateString('en-CA', {
    timeZone: 'Europe/Berlin',
  });
  assert.equal(new Date(call.scheduledend).toISOString(), `${day}T14:00:00.000Z`);
});

test('a browser killed while somebody types has what was typed, up to the last second', async (t) => {
  const { launch, kill } = killableBrowser(t);
  let context = await launch();
  const open = async () => {
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    await page.goto(demo.url);
    await page.getByRole('button', { name: 'Phone call', exact: true }).click();
    return [page, page.getByRole('dialog', { name: 'New phone call' })];
  };
  const fieldsOf = (dialog) => ({
    subject: dialog.getByRole('textbox', { name: 'Subject' }),
    text: dialog.getByRole('textbox', { name: 'Description' }),
    to: dialog.getByRole('combobox', { name: 'To' }),
  });

  const [page, dialog] = await open();
  const { subject, text, to } = fieldsOf(dialog);
  await subject.fill('Call about the cracked panes');
  await dialog.getByRole('radio', { name: 'High' }).check();
  await to.pressSequentially('Cecil');
  await text.focus();
  await page.keyboard.type('Two of forty were cracked on arrival. They want them before Friday');
  // The second that may be lost; then something of it that is.
  await page.evaluate(() => new Promise((done) => setTimeout(done, 1000)));
  await page.keyboard.type(', and');
  await kill();

  context = await launch();
  const [, again] = await open();
  await again.getByText('You have unsaved changes').waitFor();
  const after = fieldsOf(again);
  assert.equal(await after.subject.inputValue(), '');
  await again.getByRole('button', { name: 'Restore' }).click();
  await again.getByText('You have unsaved changes').waitFor({ state: 'detached' });
  assert.equal(await after.subject.inputValue(), 'Call about the cracked panes');
  assert.match(
    await after.text.inputValue(),
    /^Two of forty were cracked on arrival\. They want them before Friday/,
  );
  assert.equal(await after.to.inputValue(), 'Cecil');
  assert.equal(await again.getByRole('radio', { name: 'High' }).isChecked(), true);
});

test('what is typed, written and chosen in the moment before a reload is there after it', async (t) => {
  const page = await demo.open(t);
  // Before the source has said who the user is, it is nobody's.
  const row = page.locator('activity-grid [role=row] a').first();
  await row.waitFor();
  await page.getByRole('button', { name: 'New task', exact: true }).click();
  const subject = page.getByRole('dialog').getByRole('textbox', { name: 'Subject' });
  await subject.pressSequentially('Bring the samples along');
  await page.reload();
  await page.getByRole('button', { name: 'New task', exact: true }).click();
  await page.getByRole('button', { name: 'Restore' }).click();
  assert.equal(await subject.inputValue(), 'Bring the samples along');

  await page.goto(new URL('/records.html', demo.url).href);
  await page.getByRole('link', { name: 'Wingtip Toys' }).first().click();
  const note = page.getByRole('textbox', { name: 'Note', exact: true });
  await note.pressSequentially('They want forty by Friday');
  await page.reload();
  await page.waitForFunction((text) => {
    const timeline = document.querySelector('activity-timeline');
    return timeline?.shadowRoot?.querySelector('textarea')?.value === text;
  }, 'They want forty by Friday');

  await page.goto(demo.url);
  const subjectCell = page.getByRole('dialog', { name: /^Subject: / }).getByRole('textbox');
  const editFirstRow = async () => {
    await page.locator('activity-grid [part=subject]').first().focus();
    await page.keyboard.press('F2');
    await subjectCell.and(page.locator(':focus')).waitFor();
  };
  await editFirstRow();
  await subjectCell.pressSequentially('By phone');
  const inCell = await subjectCell.inputValue();
  assert.match(inCell, /By phone/);
  await page.reload();
  await editFirstRow();
  await page.getByRole('button', { name: 'Restore' }).click();
  assert.equal(await subjectCell.inputValue(), inCell);

  await page.goto(new URL('/?show=kanban', demo.url).href);
  const card = page.locator('activity-kanban article').first();
  const onCard = page.locator('activity-kanban .card-editor input[name=subject]');
  const editFirstCard = async () => {
    await card.focus();
    await page.keyboard.press('F2');
    await onCard.and(page.locator(':focus')).waitFor();
  };
  await editFirstCard();
  await onCard.pressSequentially('By phone');
  const typed = await onCard.inputValue();
  await page.reload();
  await editFirstCard();
  await page.getByRole('button', { name: 'Restore' }).click();
  assert.equal(await onCard.inputValue(), typed);

  await page.goto(demo.url);
  await row.waitFor();
  await page.getByRole('radio', { name: 'Grid' }).press('ArrowRight');
  await page.goto(demo.url);
  await page.getByRole('radio', { name: 'Calendar' }).and(page.locator(':checked')).waitFor();
});

for (const source of ['embedded', 'odata']) {
  test(`${source}: who is not there yet is made from within the field`, async (t) => {
    const name = `Mira Okonkwo ${source}`;
    const subject = `Welcome call (${source})`;
    const page = await demo.open(t, `/?source=${source}`, { shared: 'all' });
    await page.getByRole('button', { name: 'Phone call', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'New phone call' });
    await dialog.getByRole('textbox', { name: 'Subject' }).fill(subject);
    const to = dialog.getByRole('combobox', { name: 'To' });
    await to.pressSequentially(name);
    const option = dialog.getByRole('option', { name: `New contact “${name}”` });
    await option.waitFor();
    await to.press('ArrowDown');
    await to.press('Enter');
    await dialog.getByRole('list', { name: 'Chosen: To' }).getByText(name).waitFor();
    await page.keyboard.press('Control+Enter');
    await dialog.waitFor({ state: 'detached' });

    await reloadOnceSent(page);
    await search(page, subject);
    await page.getByRole('button', { name: subject, exact: true }).click();
    const form = page.getByRole('dialog', { name: subject });
    await form.getByRole('list', { name: 'Chosen: To' }).getByText(name).waitFor();
    const regarding = form.getByRole('combobox', { name: 'Regarding' });
    await regarding.pressSequentially('Mira Okon');
    await form.getByRole('option', { name: `${name} Contact` }).waitFor();
    if (source === 'odata') {
      const filter = encodeURIComponent(`fullname eq '${name}'`);
      const { value } = await (await fetch(`${demo.odataUrl}contacts?$filter=${filter}`)).json();
      assert.equal(value.length, 1);
      assert.equal(value[0].lastname, 'odata');
    }
  });
}

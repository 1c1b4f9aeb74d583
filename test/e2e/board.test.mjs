// What only the board does, on the demo's OData source: its lanes and rows, its order, its acts, what the server refuses.
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { useDemo } from '../support/demo.mjs';

const demo = useDemo();
const SUBJECTS = ['Weigh', 'Seal', 'Label', 'Hand over'].map((what) => `${what} the crates`);
const IDS = SUBJECTS.map((_, index) => `00000000-0000-4000-8000-00000000b0a${index}`);
const DAY = 24 * 3_600_000;
const ahead = (days) => new Date(Date.now() + days * DAY).toISOString();

const service = (path, init) =>
  fetch(new URL(path, demo.odataUrl), {
    ...init,
    headers: { 'Content-Type': 'application/json' },
  });
async function onServer(index) {
  const answer = await service(`tasks(${IDS[index]})`);
  return answer.json();
}

async function boardOf(t, subject, options) {
  const page = await demo.open(t, '/?show=kanban&source=odata', options);
  await page.getByRole('searchbox', { name: 'Search activities' }).fill('the crates');
  await card(page, subject).waitFor();
  return page;
}

const card = (page, subject) => page.getByRole('article', { name: subject, exact: true });
const inLane = (page, lane, subject) =>
  page.getByRole('list', { name: lane }).getByRole('article', { name: subject, exact: true });

async function byLaneMenu(page, group, name) {
  await page
    .getByRole('button', { name: /^More for lane/ })
    .first()
    .click();
  const items = page.getByRole('menu').getByRole('group', { name: group });
  await items.getByRole('menuitemradio', { name, exact: true }).click();
}

async function byCardMenu(page, subject, ...path) {
  await card(page, subject)
    .getByRole('button', { name: `More for ${subject}` })
    .click();
  for (const name of path) {
    await page.getByRole('menuitem', { name, exact: true }).click();
  }
}

async function until(question) {
  for (let tries = 0; !(await question()); tries++) {
    if (tries > 100) throw new Error(`Never: ${question}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

describe('the board on the OData source', () => {
  before(async () => {
    for (const [index, subject] of SUBJECTS.entries()) {
      const body = { activityid: IDS[index], subject, scheduledend: ahead(20 + index) };
      const made = await service('tasks', { method: 'POST', body: JSON.stringify(body) });
      assert.ok(made.ok, await made.text());
    }
  });

  test('lanes by due date: what is moved to a lane is due then, on the server too', async (t) => {
    const [subject] = SUBJECTS;
    const page = await boardOf(t, subject);
    await byLaneMenu(page, 'Lanes', 'Due');
    await inLane(page, /^Later/, subject).waitFor();
    await byCardMenu(page, subject, 'Tomorrow');
    await inLane(page, /^Tomorrow/, subject).waitFor();
    await until(async () => (await onServer(0)).scheduledend < ahead(3));
  });

  test('lanes by a choice that only some types have: what is moved to a lane has it then, on the server too', async (t) => {
    const subject = 'Ring about the crates';
    const id = '00000000-0000-4000-8000-00000000b0af';
    const body = { activityid: id, subject, directioncode: true, scheduledend: ahead(20) };
    const made = await service('phonecalls', { method: 'POST', body: JSON.stringify(body) });
    assert.ok(made.ok, await made.text());
    const page = await boardOf(t, subject);
    await byLaneMenu(page, 'Lanes', 'Direction');
    await inLane(page, /^Outgoing/, subject).waitFor();
    // A task has no direction.
    assert.equal(await card(page, SUBJECTS[0]).count(), 0);
    await byCardMenu(page, subject, 'Incoming');
    await inLane(page, /^Incoming/, subject).waitFor();
    await until(async () => {
      const answer = await service(`phonecalls(${id})`);
      return (await answer.json()).directioncode === false;
    });
  });

  test('rows by owner: a card moved to another row belongs to that person', async (t) => {
    const [, , , subject] = SUBJECTS;
    const page = await boardOf(t, subject);
    await byLaneMenu(page, 'Rows', 'Owner');
    await inLane(page, /^Mona Sanders, Open/, subject).waitFor();
    const before = (await onServer(3))._ownerid_value;
    await card(page, subject)
      .getByRole('button', { name: `More for ${subject}` })
      .click();
    const rows = page.getByRole('group', { name: 'Move to row…' }).getByRole('menuitem');
    await rows.first().click();
    await until(async () => (await onServer(3))._ownerid_value !== before);
  });

  test('an order of one’s own is kept over a reload', async (t) => {
    const page = await boardOf(t, SUBJECTS[2]);
    await byLaneMenu(page, 'Sort cards by', 'My own order');
    const order = () =>
      page
        .getByRole('list', { name: /^Open/ })
        .getByRole('article')
        .evaluateAll((all) => all.map((one) => one.getAttribute('aria-label')));
    await byCardMenu(page, SUBJECTS[2], 'Move to the top');
    await until(async () => (await order())[0] === SUBJECTS[2]);
    await page.reload();
    await page.getByRole('searchbox', { name: 'Search activities' }).fill('the crates');
    await until(async () => (await order())[0] === SUBJECTS[2]);
  });

  test('closed lanes show the last 30 days, older ones when asked for, and when they hold too many', async (t) => {
    const page = await demo.open(t, '/?show=kanban&source=odata');
    const lane = page.locator('[data-lane=canceled]');
    const total = async () => {
      const text = await lane.locator('[part~=lane-count]').innerText();
      return Number(text.split('/')[1]?.replace(/\D/g, ''));
    };
    await lane.getByRole('button', { name: 'Show older' }).waitFor();
    const late = await total();
    // Its limit is of all that the server has, however many are loaded.
    await page.locator('activity-kanban').evaluate((board, limit) => {
      board.limits = { canceled: limit };
    }, late);
    const exceeded = lane.getByRole('heading', { name: `more than its limit of ${late}` });
    assert.equal(await exceeded.count(), 0);
    await lane.getByRole('button', { name: 'Show older' }).click();
    await until(async () => (await total()) > late);
    await exceeded.waitFor();
  });

  test('deals in many currencies come to one sum, in the organisation’s', async (t) => {
    const page = await demo.open(t, '/?show=kanban&source=odata');
    await page.locator('activity-kanban').evaluate((board) => (board.sums = true));
    const sum = page.locator('[data-lane=open] [part=lane-sum]');
    await sum.waitFor();
    await until(async () =>
      /^(over |more than |at least )?€[\d,.]+\+?$/i.test(await sum.innerText()),
    );
  });

  test('put off and completed by what a card offers, and planned on', async (t) => {
    const [, subject] = SUBJECTS;
    const page = await boardOf(t, subject);
    const due = (await onServer(1)).scheduledend;
    await byCardMenu(page, subject, 'Snooze until…', 'Tomorrow');
    await until(async () => (await onServer(1)).scheduledend < due);
    await byCardMenu(page, subject, 'Done and plan next');
    await page.getByRole('dialog').getByRole('button', { name: 'Done and plan next' }).click();
    await until(async () => (await onServer(1)).statecode === 1);
    await inLane(page, /^Completed/, subject).waitFor();
    await page.getByRole('dialog', { name: /^New|Quick create/ }).waitFor();
  });

  test('what the server refuses goes back, and says why', async (t) => {
    const [, , subject] = SUBJECTS;
    const page = await boardOf(t, subject, { expectErrors: true });
    await page.route('**/*', (route) =>
      route.request().method() === 'GET'
        ? route.fallback()
        : route.continue({ headers: { ...route.request().headers(), 'X-Demo-Fault': '403' } }),
    );
    await byCardMenu(page, subject, 'Canceled');
    await page.locator('[part~=notice][part~=error]').first().waitFor();
    await inLane(page, /^Open/, subject).waitFor();
    assert.equal((await onServer(2)).statecode, 0);
  });
});

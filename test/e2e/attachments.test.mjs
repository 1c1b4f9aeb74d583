// Files from the desk to the server and back, byte for byte, on both data sources of the demo.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { reloadOnceSent, useDemo } from '../support/demo.mjs';

const demo = useDemo();
/** More than one block of the service’s, and a remainder. */
const SIZE = 3 * 1024 * 1024 + 17;

for (const source of ['embedded', 'odata']) {
  describe(`on the ${source} source`, () => {
    test('a new email takes a file of 3 MB and gives it back as it was', async (t) => {
      const subject = `Plans of the loft (${source})`;
      const content = bytes(SIZE);
      const page = await demo.open(t, `/?source=${source}`, { shared: 'all' });
      const create = page.getByRole('banner').getByRole('button', { name: 'Create' });
      await page.getByRole('button', { name: 'New task', exact: true }).waitFor();
      await create.click();
      await page.getByRole('menuitem', { name: 'Email' }).click();
      const pane = page.getByRole('dialog', { name: 'New email' });
      await pane.getByRole('textbox', { name: 'Subject' }).fill(subject);
      const chooser = page.waitForEvent('filechooser');
      await pane.getByRole('button', { name: 'Attach files' }).click();
      await (
        await chooser
      ).setFiles([
        { name: 'plans.bin', mimeType: 'application/octet-stream', buffer: content },
        { name: 'nothing.txt', mimeType: 'text/plain', buffer: Buffer.alloc(0) },
      ]);
      await pane.getByText('This file is empty (0 bytes)').waitFor();
      await pane.getByText('sent when you save').waitFor();
      await pane.getByRole('button', { name: 'Save and close' }).click();
      await pane.waitFor({ state: 'detached' });

      await reloadOnceSent(page);
      await page.getByRole('searchbox', { name: 'Search activities' }).fill(subject);
      await page.getByRole('button', { name: subject, exact: true }).click();
      const form = page.getByRole('dialog', { name: subject });
      const list = form.getByRole('group', { name: 'Attachments' });
      await list.getByText('plans.bin').waitFor();
      const download = page.waitForEvent('download');
      await list.getByRole('button', { name: 'Download plans.bin' }).click();
      const saved = await download;
      assert.equal(saved.suggestedFilename(), 'plans.bin');
      const back = readFileSync(await saved.path());
      assert.equal(back.length, SIZE);
      assert.equal(digest(back), digest(content));
      if (source === 'odata') assert.equal(digest(await onServer('plans.bin')), digest(content));

      await list.getByRole('button', { name: 'Remove plans.bin' }).click();
      await list.getByText('Removed').waitFor();
      await form.getByRole('button', { name: 'Close', exact: true }).click();
      await form.waitFor({ state: 'detached' });
      await page.getByRole('button', { name: subject, exact: true }).click();
      await list.getByText('Or drop or paste them here.').waitFor();
      assert.equal(await list.getByText('plans.bin').count(), 0);
    });
  });
}

test('an upload that broke off midway goes on from there, and arrives whole', async (t) => {
  const content = bytes(SIZE);
  const page = await demo.open(t, '/?source=odata', { expectErrors: true, shared: 'all' });
  const posted = [];
  await page.route(/\/(Initialize|Upload|Commit)\w*Block/, (route) => {
    const [, name] = /\/(Initialize|Upload|Commit)/.exec(route.request().url());
    posted.push(name);
    return posted.length === 3 ? route.abort('connectionreset') : route.continue();
  });
  await page.getByRole('button', { name: 'New task', exact: true }).waitFor();
  await page.getByRole('banner').getByRole('button', { name: 'Create' }).click();
  await page.getByRole('menuitem', { name: 'Email' }).click();
  const pane = page.getByRole('dialog', { name: 'New email' });
  await pane.getByRole('textbox', { name: 'Subject' }).fill('Plans, broken off');
  const chooser = page.waitForEvent('filechooser');
  await pane.getByRole('button', { name: 'Attach files' }).click();
  const plans = { name: 'broken.bin', mimeType: 'application/octet-stream', buffer: content };
  await (await chooser).setFiles([plans]);
  await pane.getByRole('button', { name: 'Save and close' }).click();
  await pane.getByText('100% sent').waitFor();
  await pane.getByRole('button', { name: 'Resume' }).click();
  await pane.waitFor({ state: 'detached' });
  assert.deepEqual(posted, ['Initialize', 'Upload', 'Upload', 'Upload', 'Commit']);
  assert.equal(digest(await onServer('broken.bin')), digest(content));
});

/** Bytes of all values, the same each time. */
function bytes(size) {
  const buffer = Buffer.alloc(size);
  let state = 1;
  for (let at = 0; at < size; at += 1) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    buffer[at] = state >>> 24;
  }
  return buffer;
}

function digest(content) {
  return createHash('sha256').update(content).digest('hex');
}

/** The content of the one attachment with this name, as the service has it. */
async function onServer(name) {
  const query = `$select=body&$filter=${encodeURIComponent(`filename eq '${name}'`)}`;
  const answer = await fetch(`${demo.odataUrl}activitymimeattachments?${query}`);
  const { value } = await answer.json();
  assert.equal(value.length, 1);
  return Buffer.from(value[0].body, 'base64');
}

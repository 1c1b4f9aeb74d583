// The list of the activities page worked by keyboard alone, on both of the demo's data sources.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { inflateRawSync } from 'node:zlib';
import { useDemo } from '../support/demo.mjs';
import { choose, rowsAreThere, tabTo } from '../support/keyboard.mjs';

const demo = useDemo();

for (const source of ['embedded', 'odata']) {
  describe(`the list by keyboard alone on the ${source} source`, () => {
    /** What is kept back can be undone on a source that cannot reopen. */
    const open = async (t, address) => {
      const page = await demo.open(t, `${address}&source=${source}`, {
        undoSeconds: 600,
        shared: 'all',
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
      // What only phone calls have.
      await choose(page, 'Direction', 'menuitemcheckbox');
      await page.keyboard.press('Escape');
      await column('Created').first().waitFor();
      await page.getByRole('gridcell', { name: 'Outgoing' }).first().waitFor();
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

    test('is taken along as a workbook, as a calendar, on paper and as figures', async (t) => {
      const page = await open(t, '/?show=grid&view=my&types=task,appointment');
      const number = await tabCount(page, 'All');
      const first = await text(subjects(page).first());
      await tabTo(page, subjects(page).first());
      await page.keyboard.press('ArrowUp');
      await page.keyboard.press('End');
      const take = async (format) => {
        await page.keyboard.press('Enter');
        await choose(page, format, 'menuitem');
      };
      const saved = async (press) => {
        const download = page.waitForEvent('download');
        await press();
        const file = await download;
        return { name: file.suggestedFilename(), content: readFileSync(await file.path()) };
      };
      const workbook = await saved(() => take('Excel workbook'));
      assert.match(workbook.name, /^Activities .*\.xlsx$/);
      const cells = cellsOf(workbook.content);
      assert.deepEqual([cells.get('B1'), cells.get('B2')], ['Subject', first]);
      assert.ok(cells.has(`B${number + 1}`) && !cells.has(`B${number + 2}`));
      // A date is a number of days, so that it sorts and counts as one.
      assert.ok(Math.floor(Number(cells.get('D2'))) > 40_000);

      const calendar = await saved(() => take('Calendar (iCalendar)'));
      assert.match(calendar.name, /\.ics$/);
      const lines = calendar.content.toString('utf8').replaceAll('\r\n ', '').split('\r\n');
      assert.equal(lines.filter((line) => /^BEGIN:V(TODO|EVENT)$/.test(line)).length, number);
      assert.ok(lines.includes(`SUMMARY:${first.replaceAll(/[\\,;]/g, String.raw`\$&`)}`));

      await page.evaluate(() => {
        // The printer: takes what lies on its paper.
        globalThis.printed = new Promise((resolve) => {
          new MutationObserver(() => {
            const view = document.querySelector('body > iframe')?.contentWindow;
            if (!view || Object.hasOwn(view, 'taken')) return;
            view.taken = true;
            view.print = () => {
              resolve([...view.document.querySelectorAll('tbody tr')].map((row) => row.innerText));
              view.dispatchEvent(new Event('afterprint'));
            };
          }).observe(document.body, { childList: true });
        });
      });
      await take('Print');
      const printed = await page.evaluate(() => globalThis.printed);
      assert.equal(printed.length, number);
      assert.ok(printed[0].includes(first));

      await page.getByRole('button', { name: 'More', exact: true }).first().click();
      await page.getByRole('menuitem', { name: 'Summary' }).click();
      const summary = page.getByRole('dialog', { name: 'Summary: My activities' });
      await summary.getByRole('button', { name: /^Tasks: / }).waitFor();
      const figures = await saved(() =>
        summary.getByRole('button', { name: 'Export as CSV' }).click(),
      );
      const tasks = /Activity type,Tasks,(\d+)\r/.exec(figures.content.toString('utf8'));
      assert.ok(Number(tasks?.[1]) > 0);
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
      const first = await text(subjects(page).first());
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
      await report.getByText(first).waitFor();
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

async function text(locator) {
  return (await locator.textContent()).trim();
}

/** What stands in the cells of a workbook's first sheet, as the file has it. */
function cellsOf(workbook) {
  const sheet = unzipped(workbook, 'xl/worksheets/sheet1.xml');
  const strings = [...unzipped(workbook, 'xl/sharedStrings.xml').matchAll(/<t[^>]*>([^<]*)</g)];
  return new Map(
    [...sheet.matchAll(/<c r="([A-Z]+\d+)"([^>]*)>.*?<v>([^<]*)<\/v>/g)].map(
      ([, place, attributes, value]) => [
        place,
        attributes.includes('t="s"') ? unescaped(strings[Number(value)][1]) : value,
      ],
    ),
  );
}

function unescaped(xml) {
  const marks = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
  return xml.replaceAll(/&(\w+);/g, (_, mark) => marks[mark]);
}

/** A file of a ZIP archive, by the directory at its end. */
function unzipped(archive, name) {
  const end = archive.lastIndexOf('PK\x05\x06');
  let entry = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left--) {
    const [length, extra, comment] = [28, 30, 32].map((at) => archive.readUInt16LE(entry + at));
    if (archive.toString('utf8', entry + 46, entry + 46 + length) === name) {
      const head = archive.readUInt32LE(entry + 42);
      const from = head + 30 + archive.readUInt16LE(head + 26) + archive.readUInt16LE(head + 28);
      const packed = archive.subarray(from, from + archive.readUInt32LE(entry + 20));
      const isDeflated = archive.readUInt16LE(entry + 10) === 8;
      return (isDeflated ? inflateRawSync(packed) : packed).toString('utf8');
    }
    entry += 46 + length + extra + comment;
  }
  throw new Error(`${name} is not in the archive`);
}

import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { toHtmlTable, toTabbed } from '../../../src/elements/activity-grid/export/clipboard.js';
import { toCsv } from '../../../src/elements/base/csv.js';
import { toExcel } from '../../../src/elements/activity-grid/export/excel.js';
import {
  escaped,
  folded,
  toCalendar,
} from '../../../src/elements/activity-grid/export/icalendar.js';
import { printTable } from '../../../src/elements/activity-grid/export/print.js';
import type { Table } from '../../../src/elements/activity-grid/export/table.js';
import { ActivityTypes } from '../../../src/model/activity-types.js';
import type { Activity } from '../../../src/model/activity.js';
import { nextDownload } from '../../support/download.js';
import { NOW, TIME_ZONE, activity, cecil, memory } from '../../support/fixtures.js';
import { GridHarness, until } from '../../support/grid.js';

const cell = (text: string) => ({ text, value: text });
const table: Table = {
  headers: ['Subject', 'Due'],
  rows: [
    [cell('=HYPERLINK("http://x")'), cell('2026-11-23 14:00')],
    [cell('A "quote", and\nmore'), cell('')],
  ],
};
const types = new ActivityTypes();
const calendar = (...rows: readonly Activity[]): string[] =>
  toCalendar(rows, {
    typeOf: ({ type }) => types.get(type),
    typeName: ({ type }) => type,
    timeZone: TIME_ZONE,
    now: NOW,
  })
    .replace(/\r\n /g, '')
    .split('\r\n');

describe('an export as CSV', () => {
  it('starts with the mark of UTF-8, quotes what must be, and starts no formula', async () => {
    const text = await toCsv([
      table.headers,
      ...table.rows.map((row) => row.map(({ text: written }) => written)),
    ]);
    expect(text).to.equal(
      '\uFEFFSubject,Due\r\n"\'=HYPERLINK(""http://x"")",2026-11-23 14:00\r\n"A ""quote"", and\nmore",\r\n',
    );
  });

  it('never begins a cell as a formula does, whatever stands in it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...'=+-@\t\r'), fc.string(), async (first, rest) => {
        const [, line = ''] = (await toCsv([['h'], [first + rest]])).split('\r\n');
        expect(line.replace(/^"/, '')[0]).to.equal("'");
      }),
    );
  });
});

describe('what is printed', () => {
  it('is the whole table on a sheet of its own, which goes when it was printed', async () => {
    let said = '';
    let lang = '';
    const watch = new MutationObserver(() => {
      const frame = document.querySelector<HTMLIFrameElement>('iframe[title="My list"]');
      const view = frame?.contentWindow;
      if (!view) return;
      view.print = () => {
        const paper = view.document;
        lang = paper.documentElement.lang;
        said = [...paper.querySelectorAll('h1, th, td')].map((one) => one.textContent).join('|');
        view.dispatchEvent(new Event('afterprint'));
      };
    });
    watch.observe(document.body, { childList: true });
    await printTable(table, 'My list', { locale: 'zh-TW', direction: 'ltr' });
    watch.disconnect();
    expect(lang).to.equal('zh-TW');
    expect(said).to.equal(
      'My list|Subject|Due|=HYPERLINK("http://x")|2026-11-23 14:00|A "quote", and\nmore|',
    );
    expect(document.querySelector('iframe[title="My list"]')).to.equal(null);
  });
});

describe('what is exported of a grouped list', () => {
  const rows = ['low', 'high', 'normal', 'high', 'low'].map((priority, index) =>
    activity({
      subject: `Row ${String(index)}`,
      due: `2026-11-24T1${String(index)}:00:00Z`,
      priority: priority as NonNullable<Activity['priority']>,
    }),
  );
  const inOrder = ['Row 1', 'Row 3', 'Row 2', 'Row 0', 'Row 4'];

  async function exported(item: string): Promise<void> {
    const grid = await GridHarness.mount(memory(rows), {
      columns: ['subject'],
      groupBy: 'priority',
    });
    grid.button('View options').click();
    await until(() => grid.root.querySelector('[role=menu]:popover-open'));
    grid.menuItem(item).click();
  }

  it('stands in the order of the groups as CSV', async () => {
    const file = nextDownload();
    await exported('CSV');
    const [, ...lines] = (await file).text.trim().split('\r\n');
    expect(lines).to.deep.equal(inOrder);
  });

  it('stands so on paper', async () => {
    let said: string[] = [];
    const watch = new MutationObserver(() => {
      const view = document.querySelector<HTMLIFrameElement>('iframe[aria-hidden]')?.contentWindow;
      if (!view) return;
      view.print = () => {
        said = [...view.document.querySelectorAll('td')].map((one) => one.textContent);
        view.dispatchEvent(new Event('afterprint'));
      };
    });
    watch.observe(document.body, { childList: true });
    await exported('Print');
    await until(() => said.length > 0);
    watch.disconnect();
    expect(said).to.deep.equal(inOrder);
  });

  it('stands so where it is copied, also out of a group that is collapsed', async () => {
    const grid = await GridHarness.mount(memory(rows), {
      columns: ['subject'],
      groupBy: 'priority',
    });
    await until(() => grid.rows.length === 5);
    grid.element.selection = rows.map(({ id }) => id);
    await grid.updated();
    grid.element.toggleGroup('normal', false);
    await grid.updated();
    expect(grid.rows.length).to.equal(4);
    let written = '';
    const write = async ([item]: readonly ClipboardItem[]): Promise<void> => {
      written = (await (await item?.getType('text/plain'))?.text()) ?? '';
    };
    Object.defineProperty(navigator, 'clipboard', { configurable: true, value: { write } });
    await grid.element.copySelected();
    Reflect.deleteProperty(navigator, 'clipboard');
    expect(written.split('\r\n').slice(1)).to.deep.equal(inOrder);
  });
});

describe('an export of which a part can’t be had', () => {
  async function exported(code: 'server' | 'forbidden'): Promise<GridHarness> {
    const source = memory([activity({ subject: 'Alone' })]);
    let isBroken = false;
    const grid = await GridHarness.mount({
      ...source,
      query: async (...[question, call]: Parameters<typeof source.query>) => {
        const page = await source.query(question, call);
        const failed = [{ source: 'notes', error: { code, message: '' } as const }];
        return { ...page, ...(isBroken && { failed }) };
      },
    });
    isBroken = true;
    grid.button('View options').click();
    await until(() => grid.root.querySelector('[role=menu]:popover-open'));
    grid.menuItem('CSV').click();
    await until(() => grid.notices.length > 0);
    return grid;
  }

  it('is no file, and says so', async () => {
    expect((await exported('server')).notices.join()).to.contain('Not done');
  });

  it('is whole without what its user may not read', async () => {
    const { click } = HTMLAnchorElement.prototype;
    const files: string[] = [];
    // A real download takes the focus of the window in Firefox.
    HTMLAnchorElement.prototype.click = function () {
      files.push(this.download);
    };
    try {
      expect((await exported('forbidden')).notices.join()).to.contain('1 activity exported');
    } finally {
      HTMLAnchorElement.prototype.click = click;
    }
    expect(files).to.have.length(1);
    expect(files[0]).to.contain('.csv');
  });
});

describe('what is copied', () => {
  it('is lines and tabs, and a table for what takes one', () => {
    expect(toTabbed(table)).to.equal(
      'Subject\tDue\r\n\'=HYPERLINK("http://x")\t2026-11-23 14:00\r\nA "quote", and more\t',
    );
    const html = toHtmlTable({ headers: ['<b>'], rows: [[cell('<img src=x>')]] });
    expect(html).to.equal(
      '<table><thead><tr><th>&#60;b&#62;</th></tr></thead><tbody><tr><td>&#60;img src=x&#62;</td></tr></tbody></table>',
    );
  });

  it('is no formula, and loses no nought, where a spreadsheet takes the table', () => {
    const day = { text: '2026-11-23', value: new Date('2026-11-23T00:00:00Z'), isDay: true };
    const row = [cell('=1+1'), cell('0123'), cell('Call Anna'), { text: '12', value: 12 }, day];
    const asText = ` style="mso-number-format:'\\@'" sdnum="1033;0;@"`;
    expect(toHtmlTable({ headers: ['=A1'], rows: [row] })).to.equal(
      `<table><thead><tr><th>&#39;=A1</th></tr></thead><tbody><tr><td${asText}>&#39;=1+1</td><td${asText}>0123</td><td>Call Anna</td><td>12</td><td>2026-11-23</td></tr></tbody></table>`,
    );
  });
});

describe('an export as a workbook', () => {
  it('is one', async () => {
    const day = { text: '2026-11-23', value: new Date('2026-11-23T00:00:00Z'), isDay: true };
    const blob = await toExcel({ ...table, rows: [...table.rows, [cell('x'), day]] }, 'My/work');
    const bytes = new Uint8Array(await blob.arrayBuffer());
    expect(String.fromCharCode(...bytes.slice(0, 2))).to.equal('PK');
  });
});

describe('what a workbook holds', () => {
  /** The files in it. */
  async function unpacked(blob: Blob): Promise<ReadonlyMap<string, string>> {
    const bytes = new Uint8Array(await blob.arrayBuffer());
    const view = new DataView(bytes.buffer);
    const files = new Map<string, string>();
    for (let at = 0; at + 46 < bytes.length; at++) {
      // An entry of the directory at the end.
      if (view.getUint32(at, true) !== 0x02014b50) continue;
      const [size, nameLength] = [view.getUint32(at + 20, true), view.getUint16(at + 28, true)];
      const from = view.getUint32(at + 42, true);
      const data = from + 30 + view.getUint16(from + 26, true) + view.getUint16(from + 28, true);
      const packed = new Blob([bytes.slice(data, data + size)]);
      const isStored = view.getUint16(at + 10, true) === 0;
      const text = isStored
        ? packed.text()
        : new Response(packed.stream().pipeThrough(new DecompressionStream('deflate-raw'))).text();
      files.set(new TextDecoder().decode(bytes.slice(at + 46, at + 46 + nameLength)), await text);
    }
    return files;
  }

  async function read(
    texts: readonly string[],
    name = 'List',
  ): Promise<{ cells: string[]; sheet: string }> {
    const blob = await toExcel(
      { headers: ['Text'], rows: texts.map((text) => [cell(text)]) },
      name,
    );
    const files = await unpacked(blob);
    const parse = (file: string): Document => {
      const document = new DOMParser().parseFromString(files.get(file) ?? '', 'application/xml');
      expect(document.querySelector('parsererror'), file).to.equal(null);
      return document;
    };
    const shared = [...parse('xl/sharedStrings.xml').querySelectorAll('t')];
    const written = [...parse('xl/worksheets/sheet1.xml').querySelectorAll('c[t=s] > v')];
    return {
      cells: written
        .slice(1)
        .map(({ textContent }) => shared[Number(textContent)]?.textContent ?? ''),
      sheet: parse('xl/workbook.xml').querySelector('sheet')?.getAttribute('name') ?? '',
    };
  }

  it('is no longer in a cell than that can be, and cut within no character', async () => {
    const whole = 'x'.repeat(32_767);
    const pairs = `${'x'.repeat(32_765)}😀😀`;
    const { cells } = await read([whole, `${whole}x`, pairs]);
    expect(cells[0]).to.equal(whole);
    expect(cells[1]).to.equal(`${'x'.repeat(32_766)}…`);
    expect(cells[2]).to.equal(`${'x'.repeat(32_765)}…`);
  });

  it('is what the texts are, but for what XML forbids', async () => {
    const { cells } = await read([
      'a\u0000b\u0008c\u001Fd\uFFFEe\uD800f <&>',
      'constructor',
      '__proto__',
      'toString',
      'constructor',
    ]);
    expect(cells).to.deep.equal([
      'abcdef <&>',
      'constructor',
      '__proto__',
      'toString',
      'constructor',
    ]);
  });

  it('has a sheet with a name that one may have', async () => {
    const named = async (name: string): Promise<string> => (await read(['x'], name)).sheet;
    expect(await named('Late: calls/mails [all]\t*?')).to.equal('Late  calls mails  all');
    expect(await named("'All of Mona's'")).to.equal("All of Mona's");
    expect(await named('Activities of the whole company, all of them')).to.equal(
      'Activities of the whole company',
    );
    expect(await named(`${'x'.repeat(30)}😀`)).to.equal('x'.repeat(30));
    expect(await named(`${'x'.repeat(30)}'s`)).to.equal('x'.repeat(30));
    expect(await named(" '/' ")).to.equal('Sheet1');
  });
});

describe('an export as iCalendar', () => {
  it('writes the rule of a series, on the clock that it keeps to', () => {
    const series = {
      id: 'm',
      role: 'master',
      rule: 'FREQ=WEEKLY;BYDAY=MO;COUNT=5\r\nX:1',
      zone: 'Europe/Berlin',
      except: ['2026-11-30T08:00:00Z'],
    } as const;
    const times = { start: '2026-11-23T08:00:00Z', end: '2026-11-23T09:00:00Z' };
    const master = activity({ id: 'm', type: 'appointment', ...times, series });
    expect(calendar(master)).to.include.members([
      'DTSTART;TZID=Europe/Berlin:20261123T090000',
      'DTEND;TZID=Europe/Berlin:20261123T100000',
      'RRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=5X:1',
      'EXDATE:20261130T080000Z',
    ]);
    // Whoever does not know the zone by its name learns when its clock changes.
    expect(calendar(master).join('\n')).to.include(
      [
        'BEGIN:VTIMEZONE',
        'TZID:Europe/Berlin',
        'BEGIN:STANDARD',
        'DTSTART:20250101T000000',
        'TZOFFSETFROM:+0100',
        'TZOFFSETTO:+0100',
        'END:STANDARD',
        'BEGIN:DAYLIGHT',
        'DTSTART:20250330T020000',
        'TZOFFSETFROM:+0100',
        'TZOFFSETTO:+0200',
        'END:DAYLIGHT',
        'BEGIN:STANDARD',
        'DTSTART:20251026T030000',
        'TZOFFSETFROM:+0200',
        'TZOFFSETTO:+0100',
        'END:STANDARD',
      ].join('\n'),
    );
    const there = { ...master, series: { ...series, zone: 'Asia/Kathmandu' } };
    const zones = calendar(master, master, there).filter((line) => line.startsWith('TZ'));
    expect(zones.filter((line) => line.startsWith('TZID'))).to.deep.equal([
      'TZID:Europe/Berlin',
      'TZID:Asia/Kathmandu',
    ]);
    expect(zones.slice(-2)).to.deep.equal(['TZOFFSETFROM:+0545', 'TZOFFSETTO:+0545']);
    const { rule: _rule, ...one } = { ...series, role: 'occurrence' as const };
    const text = calendar({ ...master, series: one }).join();
    expect(text).to.include('DTSTART:20261123T080000Z').and.not.include('RRULE');
  });

  it('has events for what takes place, to-dos for what is due, and no notes', () => {
    const lines = calendar(
      activity({
        id: 'visit',
        type: 'appointment',
        subject: 'Visit; Berlin, with Ana',
        state: 'scheduled',
        due: undefined,
        start: '2026-11-24T09:00:00Z',
        end: '2026-11-24T10:30:00Z',
        parties: [{ role: 'required', record: cecil, address: 'cecil@example.com' }],
      }),
      activity({ id: 'call', due: '2026-11-25', priority: 'high', description: 'One\nTwo' }),
      activity({ type: 'note', state: null }),
    );
    expect(lines[0]).to.equal('BEGIN:VCALENDAR');
    expect(lines.filter((line) => line.startsWith('BEGIN:')).slice(1)).to.deep.equal([
      'BEGIN:VEVENT',
      'BEGIN:VTODO',
    ]);
    expect(lines).to.include.members([
      'UID:visit@activity-kit',
      'DTSTART:20261124T090000Z',
      'DTEND:20261124T103000Z',
      'SUMMARY:Visit\\; Berlin\\, with Ana',
      'STATUS:CONFIRMED',
      'DUE;VALUE=DATE:20261125',
      'DESCRIPTION:One\\nTwo',
      'PRIORITY:1',
      'STATUS:NEEDS-ACTION',
      'DTSTAMP:20261123T103500Z',
    ]);
    expect(lines.join('\n')).to.not.contain('ATTENDEE');
  });

  it('says until when what has no start is to be done, and what is written in HTML', () => {
    const { due: _due, ...meeting } = activity({ type: 'appointment', end: '2026-11-24' });
    const lines = calendar(meeting);
    expect(lines).to.include('BEGIN:VTODO').and.to.include('DUE;VALUE=DATE:20261123');
    const mail = activity({ description: '<p>Dear&nbsp;all</p>', descriptionFormat: 'html' });
    expect(calendar(mail).find((line) => line.startsWith('DESCRIPTION:'))).to.match(/Dear.all$/);
  });

  it('writes whole days as days, the end with the day after, and wall times in UTC', () => {
    const days = { type: 'appointment', due: undefined, start: '2026-11-24', end: '2026-11-26' };
    expect(calendar(activity(days))).to.include.members([
      'DTSTART;VALUE=DATE:20261124',
      'DTEND;VALUE=DATE:20261126',
    ]);
    expect(calendar(activity({ due: '2026-11-24T18:00:00[Asia/Taipei]' }))).to.include(
      'DUE:20261124T100000Z',
    );
  });

  it('folds lines at 75 octets, never within a character, and loses nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
        const line = `SUMMARY:${escaped(text)}`;
        const parts = folded(line).split('\r\n');
        for (const part of parts) {
          expect(new TextEncoder().encode(part).length).to.be.at.most(75);
        }
        expect(parts.map((part, at) => (at === 0 ? part : part.slice(1))).join('')).to.equal(line);
        expect(line).to.not.match(/[\r\n]/);
      }),
    );
  });
});

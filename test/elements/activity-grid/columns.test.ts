import { expect } from '@open-wc/testing';
import { UNFINISHED } from '../../../src/model/query.js';
import { toTable } from '../../../src/elements/activity-grid/export/table.js';
import { allColumns, toColumns } from '../../../src/elements/base/columns.js';
import { sendMouse } from '@web/test-runner-commands';
import type { GridColumn } from '../../../src/elements/base/columns.js';
import { memoryPreferences } from '../../../src/elements/base/preferences.js';
import { activity, cecil, jun, memory, mona } from '../../support/fixtures.js';
import { GridHarness, press, pressWith, textOf, until } from '../../support/grid.js';

const rows = [
  activity({ subject: 'Late call', type: 'phonecall', due: '2026-11-20T09:00:00Z', owner: jun }),
  activity({ subject: 'Today', due: '2026-11-23T15:00:00Z', priority: 'high', regarding: cecil }),
  activity({ subject: 'Tomorrow', due: '2026-11-24T09:00:00Z', owner: jun }),
  activity({ subject: 'Someday', due: undefined, owner: mona }),
];
const names = (grid: GridHarness): string[] => grid.headers.slice(1, -1).map((one) => textOf(one));

async function menuOf(grid: GridHarness, column: string): Promise<void> {
  grid.button(`Column ${column}`, grid.header(column)).click();
  await until(() => grid.root.querySelector('[role=menu]:popover-open'));
}

describe('the columns of activity-grid', () => {
  it('are moved, hidden, shown and reset by a menu, and kept for the next time', async () => {
    const preferences = memoryPreferences();
    const columns = ['subject', 'due', 'owner'];
    const grid = await GridHarness.mount(memory(rows), { columns, preferences });
    await menuOf(grid, 'Due');
    grid.menuItem('Move column back').click();
    await grid.updated();
    expect(names(grid)).to.deep.equal(['Due', 'Subject', 'Owner']);
    await menuOf(grid, 'Owner');
    grid.menuItem('Hide column').click();
    await grid.updated();
    expect(names(grid)).to.deep.equal(['Due', 'Subject']);
    expect(grid.rows[0]?.querySelectorAll('[role=gridcell]').length).to.equal(4);

    const again = await GridHarness.mount(memory(rows), { columns, preferences });
    await until(() => names(again).join() === 'Due,Subject');
    await menuOf(again, 'Due');
    again.menuItem('Columns…').click();
    await until(() => again.root.querySelector('[role=menuitemcheckbox][data-label=Created]'));
    again.menuItem('Created').click();
    await until(() => names(again).join() === 'Due,Subject,Created');
    again.menuItem('Reset columns').click();
    await until(() => names(again).join() === 'Subject,Due,Owner');
  });

  it('of the host that are hidden are shown once the user asks for them', async () => {
    const own: GridColumn = { name: 'shout', label: 'Shout', render: () => 'Hey!', hidden: true };
    const grid = await GridHarness.mount(memory(rows), { columns: [own] });
    const usual = ['Activity type', 'Subject', 'Regarding', 'Due', 'Priority', 'Status', 'Owner'];
    expect(names(grid)).to.deep.equal(usual);
    await menuOf(grid, 'Due');
    grid.menuItem('Columns…').click();
    await until(() => grid.root.querySelector('[role=menuitemcheckbox][data-label=Shout]'));
    grid.menuItem('Shout').click();
    await until(() => names(grid).join() === [...usual, 'Shout'].join());
    await until(() => grid.rows[0]?.textContent?.includes('Hey!'));
  });

  it('keep the focus while they are moved by keys', async () => {
    const columns = ['subject', 'due', 'owner'];
    const grid = await GridHarness.mount(memory(rows), { columns });
    grid.element.focus();
    await press('ArrowUp');
    await press('ArrowRight');
    expect(grid.focus).to.equal('header | Due');
    const move = async (item: string): Promise<void> => {
      pressWith({ altKey: true }, 'ArrowDown');
      await until(() => grid.root.querySelector('[role=menu]:popover-open'));
      grid.menuItem(item).focus();
      await press('Enter');
      await until(() => !grid.root.querySelector('[role=menu]'));
      await grid.updated();
    };
    await move('Move column back');
    expect(names(grid)).to.deep.equal(['Due', 'Subject', 'Owner']);
    expect(grid.focus).to.equal('header | Due');
    await move('Move column on');
    await move('Move column on');
    expect(names(grid)).to.deep.equal(['Subject', 'Owner', 'Due']);
    expect(grid.focus).to.equal('header | Due');
    await press('Enter');
    await grid.updated();
    expect(grid.element.sort.map(({ field }) => field)).to.deep.equal(['deadline']);
    expect(grid.focus).to.equal('header | Due');
    await press('ArrowLeft');
    expect(grid.focus).to.equal('header | Owner');
  });

  it('are made wider by keys alone, and left as they were by Escape', async () => {
    const grid = await GridHarness.mount(memory(rows), { columns: ['subject', 'due'] });
    grid.element.focus();
    await press('ArrowUp');
    expect(grid.focus).to.equal('header | Subject');
    const width = (): number => grid.header('Subject').offsetWidth;
    const before = width();
    const resize = async (): Promise<void> => {
      pressWith({ altKey: true }, 'ArrowDown');
      await until(() => grid.root.querySelector('[role=menu]:popover-open'));
      grid.menuItem('Change width').click();
      await grid.updated();
    };
    await resize();
    await press('ArrowLeft');
    await press('ArrowLeft');
    expect(width()).to.equal(before - 20);
    await press('Escape');
    await grid.updated();
    expect(width()).to.equal(before);
    await resize();
    await press('ArrowLeft');
    await press('Enter');
    await grid.updated();
    expect(width()).to.equal(before - 10);
    expect(grid.focus).to.equal('header | Subject');
  });

  it('are made wider by the mouse, and the first stay in sight when they are to', async () => {
    const grid = await GridHarness.mount(
      memory(rows),
      { columns: ['subject', 'due'] },
      { width: 640 },
    );
    const { right, top } = grid.header('Subject').getBoundingClientRect();
    const before = grid.header('Subject').offsetWidth;
    const at = (by: number): { position: [number, number] } => ({
      position: [Math.round(right) - 3 + by, Math.round(top) + 12],
    });
    await sendMouse({ type: 'move', ...at(0) });
    await sendMouse({ type: 'down' });
    await sendMouse({ type: 'move', ...at(300) });
    await sendMouse({ type: 'up' });
    await until(() => grid.header('Subject').offsetWidth > before + 200, 'it is wider');

    const left = (): number => grid.cell('Today', 'Subject').getBoundingClientRect().left;
    const scroller = grid.grid.parentElement as HTMLElement;
    const first = left();
    const scroll = async (): Promise<void> => {
      scroller.scrollLeft = 0;
      scroller.scrollLeft = 80;
      await grid.updated();
    };
    await scroll();
    expect(left()).to.be.lessThan(first - 60);
    scroller.scrollLeft = 0;
    await menuOf(grid, 'Due');
    grid.menuItem('Keep first columns in sight').click();
    await grid.updated();
    await scroll();
    expect(Math.abs(left() - first)).to.be.lessThan(10);
  });

  for (const locale of ['en', 'ar']) {
    it(`that stay in sight hide no cell that gets the focus, in ${locale}`, async () => {
      const columns = ['type', 'subject', 'due', 'status', 'owner', 'created', 'modified'];
      const kept = {
        shown: columns,
        widths: { type: 120, subject: 300, due: 150, status: 150, owner: 150, created: 150 },
        isFrozen: true,
      };
      const preferences = memoryPreferences();
      await preferences.write(`grid.columns:${columns.join()}`, kept);
      const grid = await GridHarness.mount(
        memory(rows),
        { columns, preferences, locale },
        { width: 700 },
      );
      await until(() => grid.header('Subject').offsetWidth === 300, 'the columns are as kept');
      const [start, end, on, back] =
        locale === 'ar'
          ? (['right', 'left', 'ArrowLeft', 'ArrowRight'] as const)
          : (['left', 'right', 'ArrowRight', 'ArrowLeft'] as const);
      const edge = (element: Element | null | undefined, side: 'left' | 'right'): number =>
        (element?.getBoundingClientRect()[side] ?? 0) * (locale === 'ar' ? -1 : 1);
      grid.element.focus();
      for (let step = 0; step < 5; step++) await press(on);
      expect(grid.focus).to.equal('Late call | Changed');
      const seen = (): boolean =>
        edge(grid.root.activeElement, start) >= edge(grid.cell('Late call', 'Subject'), end) - 1;
      for (const name of ['Created', 'Owner', 'Status']) {
        await press(back);
        expect(grid.focus).to.equal(`Late call | ${name}`);
        expect(seen(), name).to.equal(true);
      }
      // Those themselves are in sight wherever the others are scrolled to.
      const scroller = grid.grid.parentElement as HTMLElement;
      const before = scroller.scrollLeft;
      expect(before).not.to.equal(0);
      grid.element.focusCell(rows[0]?.id ?? '', 'subject');
      await press('ArrowDown');
      expect(grid.focus).to.equal('Today | Subject');
      expect(scroller.scrollLeft).to.equal(before);
    });
  }

  it('can be the host’s own, drawn by it, never as HTML', async () => {
    const own: GridColumn = {
      name: 'shout',
      label: { en: 'Shout', 'zh-TW': '喊' },
      render: ({ activity: { subject } }) => `<b>${subject.toUpperCase()}</b>`,
    };
    const grid = await GridHarness.mount(memory(rows), { columns: ['subject', own] });
    expect(grid.textIn('Today', 'Shout')).to.equal('<b>TODAY</b>');
  });

  it('sort one behind the other with Shift', async () => {
    const grid = await GridHarness.mount(memory(rows));
    await grid.click(grid.button('Owner', grid.header('Owner')));
    await until(() => grid.header('Owner').ariaSort === 'ascending');
    await grid.click(grid.button('Subject', grid.header('Subject')), { shiftKey: true });
    await until(() => grid.subjects.join() === 'Late call,Tomorrow,Someday,Today');
    expect(grid.header('Owner').ariaSort).to.equal('ascending');
    // One header at most may say it that way; the others say it in words.
    expect(grid.headers.filter(({ ariaSort }) => ariaSort !== null).length).to.equal(1);
    const description = (column: string): string | null =>
      grid.button(column, grid.header(column)).getAttribute('aria-description');
    expect(description('Subject')).to.contain('then by Subject, Ascending');
    expect(description('Owner')).to.not.contain('then by');
    await expect(grid.element).to.be.accessible();
  });

  it('say by one header that they are sorted, also where two show the same', async () => {
    const own: GridColumn = { name: 'until', label: 'Until', field: 'deadline' };
    const grid = await GridHarness.mount(memory(rows), { columns: ['subject', own, 'due'] });
    await until(() => grid.header('Until').ariaSort === 'ascending');
    expect(grid.header('Due').ariaSort).to.equal(null);
  });

  it('filter by what stands in them, and no longer', async () => {
    const grid = await GridHarness.mount(memory(rows));
    let told: unknown;
    grid.element.addEventListener('activity-view-change', ({ detail }) => (told = detail));
    await menuOf(grid, 'Subject');
    grid.menuItem('Filter by Subject').click();
    await until(() => grid.root.querySelector('[part=panel]:popover-open'));
    const input = grid.root.querySelector<HTMLInputElement>('#filter-value');
    if (!input) throw new Error('nowhere to type');
    input.value = 'day';
    input.dispatchEvent(new InputEvent('input'));
    grid.button('Apply').click();
    await until(() => grid.subjects.join() === 'Today,Someday');
    expect(told).to.deep.equal({ filters: { subject: { kind: 'text', contains: 'day' } } });
    expect(grid.header('Subject').querySelector('[aria-label=Filtered]')).to.exist;
    await menuOf(grid, 'Subject');
    grid.menuItem('Clear filter').click();
    await until(() => grid.subjects.length === 4);
  });

  it('show that they filter though they are hidden, and are cleared from the header’s end by keys', async () => {
    const grid = await GridHarness.mount(memory(rows), {
      columns: ['subject', 'due'],
      filters: { owner: { kind: 'record', records: [jun] }, due: { kind: 'time' } },
    });
    expect(grid.subjects).to.deep.equal(['Late call', 'Tomorrow']);
    const end = grid.headers.at(-1) as HTMLElement;
    expect(end.querySelector('[part=filtered]')?.ariaLabel).to.equal('Filtered');
    grid.element.focus();
    await press('ArrowUp');
    await press('End');
    expect(grid.root.activeElement?.ariaLabel).to.equal('View options; Filter: on');
    await press('Enter');
    await until(() => grid.root.querySelector('[role=menu]:popover-open'));
    const items = (): string[] =>
      [...grid.root.querySelectorAll<HTMLElement>('[role=menuitemcheckbox]')].map(
        ({ dataset }) => dataset['label'] ?? '',
      );
    expect(items()).to.have.members(['Due', 'Owner']);
    grid.menuItem('Owner').click();
    await until(() => grid.root.querySelector('[part=panel]:popover-open'));
    expect(grid.root.querySelector('[part=panel]')?.ariaLabel).to.equal('Filter by Owner');
    grid.button('Clear').click();
    await until(() => grid.subjects.length === 4);
    expect(Object.keys(grid.element.filters)).to.deep.equal(['due']);
    // What its own header shows is not said twice.
    expect(end.querySelector('[part=filtered]')).to.equal(null);
    expect(grid.root.activeElement?.ariaLabel).to.equal('View options');
    await press('Enter');
    await until(() => grid.root.querySelector('[role=menu]:popover-open'));
    grid.menuItem('Clear filters').click();
    await until(() => Object.keys(grid.element.filters).length === 0);
  });

  it('group by due date, with counts, and hide a group', async () => {
    const grid = await GridHarness.mount(memory(rows), { groupBy: 'due' });
    await until(() => grid.subjects.length === 4);
    expect(grid.groups).to.deep.equal(['Overdue1', 'Today1', 'Tomorrow1', 'No date1']);
    expect(grid.subjects).to.deep.equal(['Late call', 'Today', 'Tomorrow', 'Someday']);
    expect(grid.grid.role).to.equal('treegrid');
    await expect(grid.element).to.be.accessible();
    grid.element.focus();
    await press('ArrowLeft');
    await grid.updated();
    expect(grid.subjects).to.deep.equal(['Today', 'Tomorrow', 'Someday']);
    await press('ArrowDown');
    expect(grid.root.activeElement?.textContent).to.contain('Today');
  });

  it('end to be resized where one goes elsewhere', async () => {
    const grid = await GridHarness.mount(memory(rows));
    const widthOf = (): number => grid.header('Owner').offsetWidth;
    await menuOf(grid, 'Owner');
    grid.menuItem('Change width').click();
    await until(() => !grid.root.querySelector('[role=menu]'));
    await grid.updated();
    await press('ArrowRight');
    await grid.updated();
    const kept = widthOf();
    grid
      .cell('Today', 'Due')
      .dispatchEvent(new PointerEvent('pointerdown', { bubbles: true, composed: true }));
    grid.cell('Today', 'Due').focus();
    await press('ArrowDown');
    await press('ArrowRight');
    await grid.updated();
    expect(widthOf()).to.equal(kept);
    expect(grid.focus).to.equal('Tomorrow | Priority');
  });

  it('group what has no status apart, so that nothing is selected that is not seen', async () => {
    const note = activity({
      type: 'note',
      subject: 'A note',
      state: null,
      statusReason: undefined,
      due: undefined,
    });
    for (const groupBy of ['due', 'status']) {
      const grid = await GridHarness.mount(memory([...rows, note]), {
        groupBy,
        query: { filter: { field: 'type', op: 'in', value: ['note', 'phonecall', 'task'] } },
      });
      await until(() => grid.subjects.length === 5, groupBy);
      expect(grid.groups.at(-1)).to.equal('Without a status1');
      expect(grid.subjects.at(-1)).to.equal('A note');
    }
  });

  it('are edited where they stand, with what is wrong beneath', async () => {
    const provider = memory(rows);
    const grid = await GridHarness.mount(provider);
    grid.element.focus();
    await press('F2');
    await until(() => grid.root.querySelector('[part=panel]:popover-open'));
    const input = (): HTMLInputElement =>
      grid.root.querySelector('#field-subject') as HTMLInputElement;
    const type = (text: string): void => {
      input().value = text;
      input().dispatchEvent(new InputEvent('input'));
    };
    type('');
    await press('Enter');
    await until(() => input().ariaInvalid === 'true');
    await grid.updated();
    await until(() => grid.root.activeElement === input());
    type('Later call');
    await press('Enter');
    await until(() => grid.subjects[0] === 'Later call');
    await until(() => !grid.root.querySelector('[part=panel]'));
    await press('F2');
    await until(() => grid.root.querySelector('[part=panel]:popover-open'));
    type('Never');
    await press('Escape');
    await grid.updated();
    expect(grid.subjects[0]).to.equal('Later call');
    expect(grid.focus).to.contain('Later call');
  });

  it('snooze moves the date and keeps the time of day', async () => {
    const provider = memory(rows);
    const grid = await GridHarness.mount(provider);
    grid.button('More for Today', grid.row('Today')).click();
    await until(() => grid.root.querySelector('[role=menu]:popover-open'));
    grid.menuItem('In 3 days').click();
    const call = { locale: 'en', timeZone: 'UTC' };
    await until(
      async () => (await provider.get(rows[1]?.id ?? '', call)).due === '2026-11-26T15:00:00Z',
    );
  });
});

describe('the further columns of activity-grid', () => {
  const meetings = [
    activity({
      subject: 'Fair',
      type: 'appointment',
      state: 'scheduled',
      due: undefined,
      start: '2026-11-24',
      end: '2026-11-26',
      description: '<p>Bring the <b>samples</b></p><p>and cards</p>',
      descriptionFormat: 'html',
      parties: [
        { role: 'organizer', record: mona },
        { role: 'required', record: cecil },
        { role: 'required', address: 'ann@example.com' },
      ],
    }),
    activity({
      subject: 'Review',
      type: 'appointment',
      state: 'completed',
      due: undefined,
      start: '2026-11-20T09:00:00Z',
      end: '2026-11-20T10:00:00Z',
      actualEnd: '2026-11-20T10:15:00Z',
      parties: [{ role: 'required', record: jun }],
    }),
  ];
  const columns = ['subject', 'end', 'actual-end', 'description', 'parties.required'];

  it('are the end, what was really the end, the description, and those who take part in each role', async () => {
    const grid = await GridHarness.mount(memory(meetings), { columns });
    expect(names(grid)).to.deep.equal([
      'Subject',
      'End',
      'Actual end',
      'Description',
      'Required attendees',
    ]);
    // Each begins where the one before it ends.
    const edges = grid.headers.slice(0, -1).map((one) => one.getBoundingClientRect());
    for (const [index, { left }] of edges.slice(1).entries()) {
      expect(left).to.be.closeTo(edges[index]?.right ?? 0, 1);
    }
    expect(grid.textIn('Fair', 'Required attendees')).to.equal('Cecil Langer and ann@example.com');
    expect(grid.textIn('Fair', 'Description')).to.equal('Bring the samples and cards');
    // The last of the days.
    expect(grid.textIn('Fair', 'End')).to.equal('Wed, all day');
    expect(grid.textIn('Review', 'End')).to.match(/20 Nov/);
    expect(grid.textIn('Review', 'Actual end')).to.match(/20 Nov/);
    expect(grid.textIn('Fair', 'Actual end')).to.equal('');
  });

  it('lead to those who take part where the host makes links, also by keys', async () => {
    const grid = await GridHarness.mount(memory(meetings), { columns });
    grid.context.hrefFor = (target) => ('record' in target ? `#${target.record.id}` : undefined);
    const links = (subject: string): HTMLAnchorElement[] => [
      ...grid.cell(subject, 'Required attendees').querySelectorAll('a'),
    ];
    await until(() => links('Fair').length > 0, 'a link');
    expect(links('Fair').map((link) => textOf(link))).to.deep.equal(['Cecil Langer']);
    expect(grid.textIn('Fair', 'Required attendees')).to.equal('Cecil Langer and ann@example.com');
    grid.cell('Fair', 'Description').focus();
    await press('ArrowRight');
    expect(grid.root.activeElement, 'the one is the cell’s own').to.equal(links('Fair')[0]);

    const both = {
      ...activity({ subject: 'Both' }),
      type: 'appointment',
      state: 'scheduled',
    } as const;
    const many = await GridHarness.mount(
      memory([{ ...both, parties: [cecil, jun].map((record) => ({ role: 'required', record })) }]),
      { columns },
    );
    many.context.hrefFor = (target) => ('record' in target ? `#${target.record.id}` : undefined);
    const cell = (): HTMLElement => many.cell('Both', 'Required attendees');
    await until(() => cell().querySelectorAll('a').length === 2, 'two links');
    many.element.focus();
    await press('End');
    await press('ArrowLeft');
    expect(many.root.activeElement, 'several are entered').to.equal(cell());
    await press('Enter');
    expect(many.root.activeElement?.textContent).to.equal('Cecil Langer');
    await press('ArrowRight');
    expect(many.root.activeElement?.textContent).to.equal('Jun Park');
    await press('Escape');
    expect(many.root.activeElement).to.equal(cell());
    await expect(many.element).to.be.accessible();
  });

  it('are among those offered, and stand in what is exported', async () => {
    const grid = await GridHarness.mount(memory(meetings));
    await menuOf(grid, 'Subject');
    grid.menuItem('Columns…').click();
    await until(() => grid.root.querySelector('[role=menuitemcheckbox]'));
    for (const name of ['End', 'Actual end', 'Description', 'To', 'Optional attendees']) {
      expect(grid.menuItem(name).ariaChecked, name).to.equal('false');
    }
    const table = toTable(
      grid.element,
      toColumns(allColumns(grid.element.store?.types ?? []), columns),
      meetings,
    );
    expect(table.rows.map((row) => row.map(({ text }) => text))).to.deep.equal([
      [
        'Fair',
        '2026-11-25',
        '',
        'Bring the samples\nand cards',
        'Cecil Langer and ann@example.com',
      ],
      ['Review', '2026-11-20 11:00', '2026-11-20 11:15', '', 'Jun Park'],
    ]);
  });

  it('are sorted and filtered by where the data source can, and never sorted or grouped by those who take part', async () => {
    const grid = await GridHarness.mount(memory(meetings), { columns, query: {} });
    expect(grid.header('Required attendees').querySelector('[part~=sort]')).to.equal(null);
    await menuOf(grid, 'Required attendees');
    expect(() => grid.menuItem('Group by this column')).to.throw();
    expect(() => grid.menuItem('Sort ascending')).to.throw();
    grid.menuItem('Filter by Required attendees').click();
    await until(() => grid.root.querySelector('[part=panel]:popover-open'));
    const filter = { kind: 'record', records: [cecil] } as const;
    grid.element.filters = { 'parties.required': filter };
    await until(() => grid.subjects.join() === 'Fair');
    // With the last day of what takes whole days.
    grid.element.filters = { end: { kind: 'time', from: '2026-11-25', to: '2026-11-25' } };
    await until(() => grid.subjects.join() === 'Fair' && grid.grid.ariaBusy === 'false');
    grid.element.filters = { end: { kind: 'time', from: '2026-11-26' } };
    await until(() => grid.subjects.length === 0);
    grid.element.filters = {};
    await until(() => grid.subjects.length === 2);
    grid.button('End', grid.header('End')).click();
    await until(() => grid.subjects.join() === 'Review,Fair');
  });

  it('are asked for as parts of the rows, and without capabilities for them are neither sorted nor filtered by', async () => {
    const source = memory(meetings);
    let needed: unknown;
    const grid = await GridHarness.mount(
      {
        ...source,
        capabilities: () =>
          Promise.resolve({
            query: { filter: ['state', 'deadline'], sort: ['deadline'], places: true },
          }),
        query: (...args: Parameters<typeof source.query>) => {
          needed = args[0].need;
          return source.query(...args);
        },
      },
      { columns, query: { filter: UNFINISHED } },
    );
    expect(needed).to.deep.equal(['body', 'parties']);
    await until(() => !grid.header('End').querySelector('[part~=sort]'));
    await menuOf(grid, 'Required attendees');
    expect(() => grid.menuItem('Filter by Required attendees')).to.throw();
  });
});

describe('groups of records', () => {
  const offers = Array.from({ length: 120 }, (_, index) => {
    const shop = String(index % 60).padStart(2, '0');
    return activity({
      subject: `Offer ${String(index)}`,
      due: new Date(Date.UTC(2026, 11, 1, index)).toISOString(),
      regarding: { kind: 'account', id: shop, name: `Shop ${shop}` },
      owner: index < 100 ? jun : mona,
    });
  });

  it('are by owner those of all rows, also of those not loaded, by name and with counts; none come last', async () => {
    const nobodys = activity({ subject: 'Nobody’s', owner: undefined, due: '2026-12-01' });
    const grid = await GridHarness.mount(memory([...offers, nobodys]));
    await menuOf(grid, 'Owner');
    grid.menuItem('Group by this column').click();
    await until(() => grid.groups[0] === 'Jun Park100', 'groups are there');
    await until(() => textOf(grid.context.shadowRoot ?? document).includes('Grouped by Owner'));
    expect(grid.focus).to.equal('header | Owner');
    await press('ArrowDown');
    await press('ArrowLeft');
    await until(() => grid.groups.join() === 'Jun Park100,Mona Sanders20,None1');
    await until(() => grid.subjects.at(-1) === 'Nobody’s', 'the rows of the others');
    expect(grid.grid.ariaRowCount).to.equal(String(1 + 3 + 21));
    await expect(grid.element).to.be.accessible();
    await press('ArrowRight');
    await until(() => grid.subjects[0]?.startsWith('Offer'), 'they are shown again');
  });

  it('have fifty a group of their own, and those of the others stand together', async () => {
    const grid = await GridHarness.mount(memory(offers), { groupBy: 'regarding' });
    await until(() => grid.groups[0] === 'Shop 002');
    grid.element.focus();
    pressWith({ ctrlKey: true }, 'End');
    await until(() => grid.groups.includes('Others20'));
    const shops = (): string[] => grid.subjects.map((subject) => grid.textIn(subject, 'Regarding'));
    await until(() => shops().at(-1) === 'Shop 59');
    expect(shops().slice(-20)).to.deep.equal([...shops().slice(-20)].sort());
    // What is exported is put into the same order.
    const exported = grid.element.inGroups(offers).map(({ subject }) => subject);
    expect(exported.slice(-20)).to.deep.equal(grid.subjects.slice(-20));
  });

  it('come with the first row about a record, and go with the last', async () => {
    const provider = memory(offers.slice(0, 2));
    const grid = await GridHarness.mount(provider, { groupBy: 'regarding' });
    await until(() => grid.groups.join() === 'Shop 001,Shop 011');
    const call = { locale: 'en', timeZone: 'UTC', idempotencyKey: 'k' };
    const draft = { type: 'task', subject: 'Hinges', regarding: cecil, due: '2026-12-01' };
    await provider.create?.('new', draft, call);
    await until(() => grid.groups.join() === 'Cecil Langer1,Shop 001,Shop 011');
    await until(() => grid.subjects.join() === 'Hinges,Offer 0,Offer 1');
    await provider.remove?.(offers[0]?.id ?? '', { ...call, idempotencyKey: 'l' });
    await until(() => grid.groups.join() === 'Cecil Langer1,Shop 011');
  });
});

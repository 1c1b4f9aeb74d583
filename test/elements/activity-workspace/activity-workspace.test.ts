import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import type { ActivityWorkspace } from '../../../src/elements/activity-workspace/activity-workspace.js';
import type { ActivityQuery } from '../../../src/model/query.js';
import { failure } from '../../../src/provider/failure.js';
import { containsDeep, deepActiveElement } from '../../../src/ui/deep-focus.js';
import { activity, cecil, jun, memory, wingtip } from '../../support/fixtures.js';
import { textOf } from '../../support/form.js';
import { until } from '../../support/grid.js';
import { MINE, rows, workspacePage as page } from '../../support/workspace.js';

const CALL = { locale: 'en', timeZone: 'UTC' };

describe('activity-workspace', () => {
  it('shows my open activities, and how many; notes are none of them', async () => {
    const it = await page(memory(rows));
    await it.shows(...MINE);
    expect(it.title).to.equal('My activities');
    await until(() => it.count === '4');
    await expect(it.element).to.be.accessible();
  });

  it('goes to my team’s and to all by its title', async () => {
    const it = await page(memory(rows));
    await it.shows(...MINE);
    const told = oneEvent(it.element, 'activity-view-change');
    await it.choose('My activities', 'My team members’ activities');
    const { detail } = (await told) as unknown as HTMLElementEventMap['activity-view-change'];
    expect(detail).to.deep.equal({ view: 'team' });
    await it.shows('Juns', 'Invited');
    await it.choose('My team members’ activities', 'All activities');
    await it.shows(...MINE, 'Mine done', 'Juns');
    await until(() => it.count === '6');
  });

  it('filters by type and by due date, each with its own way back', async () => {
    const it = await page(memory(rows));
    await it.choose('Activity type: all', 'Phone call', 'Appointment');
    await it.shows('A call', 'Invited');
    await it.choose('Due any time', 'Due today or earlier');
    await it.shows('A call');
    expect([it.element.types, it.element.due]).to.deep.equal([
      ['phonecall', 'appointment'],
      'today',
    ]);
    it.press('Remove filter Activity type');
    await it.shows('A call', 'Mine late');
    await until(() => textOf(deepActiveElement()) === 'Activity type: all', 'focus at its filter');
    it.press('Clear filters');
    await it.shows(...MINE);
    await until(() => containsDeep(it.root, deepActiveElement()), 'focus is kept');
  });

  it('asks the data source for what was chosen, and for a word only once typing pauses', async () => {
    const asked: ActivityQuery[] = [];
    const source = memory(rows);
    const it = await page({
      ...source,
      query: (question, options) => {
        asked.push(question);
        return source.query(question, options);
      },
    });
    await it.shows(...MINE);
    // Without a pause, however long a drawing takes.
    await Promise.all(['c', 'ca', 'call'].map((text) => it.search(text)));
    await it.shows('A call');
    const words = asked.map(({ search }) => search).filter((search) => search !== undefined);
    expect([...new Set(words)]).to.deep.equal(['call']);
    await it.choose('Due any time', 'Due in the next 7 days or earlier');
    await until(() => JSON.stringify(asked.at(-1)?.filter).includes('2026-11-30T23:00:00Z'));
    expect(asked.at(-1)?.search).to.equal('call');
    expect(JSON.stringify(asked.at(-1)?.filter)).to.include('"me"');
  });

  it('searches in all, marks what was found, and forgets by Escape', async () => {
    const it = await page(memory(rows));
    await until(() => it.count === '4');
    await it.search('LATE');
    await it.shows('Mine late');
    await until(() => it.count === '1', 'what was found is counted');
    const marks = (tag: string): string[] =>
      [...(it.root.querySelector(tag)?.shadowRoot?.querySelectorAll('mark') ?? [])].map(textOf);
    expect(marks('activity-grid')).to.deep.equal(['late']);
    await it.showAs('Kanban');
    await until(() => marks('activity-kanban').join() === 'late', 'marked on the board');
    await it.showAs('Calendar');
    await until(() => marks('activity-calendar').includes('late'), 'marked in the calendar');
    await it.showAs('Grid');
    await it.search('Mine');
    await it.shows('Mine late', 'Mine next week');
    expect(it.element.search).to.equal('Mine');
    it.button('Clear').click();
    await it.shows(...MINE);
    await until(() => it.count === '4', 'the figures of before, which are known');
  });

  it('shows the same as calendar and as kanban, which has what is done beside it', async () => {
    const it = await page(memory(rows));
    await it.shows(...MINE);
    const told = oneEvent(it.element, 'activity-view-change');
    await it.showAs('Kanban');
    const { detail } = (await told) as unknown as HTMLElementEventMap['activity-view-change'];
    expect(detail).to.deep.equal({ show: 'kanban' });
    expect(it.element.getAttribute('show')).to.equal('kanban');
    const cards = (): (string | null)[] =>
      [
        ...(it.root.querySelector('activity-kanban')?.shadowRoot?.querySelectorAll('article') ??
          []),
      ].map(({ ariaLabel }) => ariaLabel);
    await until(() => cards().length === 5);
    expect(cards()).to.include('Mine done');
    await it.showAs('Calendar');
    await until(() =>
      textOf(
        it.root.querySelector('activity-calendar')?.shadowRoot?.querySelector('.base'),
      ).includes('A call'),
    );
    await it.showAs('Grid');
    await it.shows(...MINE);
  });

  it('shows them as the host wants its grid and its board', async () => {
    const it = await page(memory(rows), {
      viewProperties: {
        grid: { columns: ['subject', { name: 'who', label: 'Who', text: () => 'Ours' }] },
        kanban: { limits: { open: 1 }, cardRenderer: ({ activity: { subject } }) => `*${subject}` },
      },
    });
    await it.shows(...MINE);
    const within = (tag: string): ParentNode =>
      it.root.querySelector(tag)?.shadowRoot ?? document.createElement('p');
    const headers = [...within('activity-grid').querySelectorAll('[role=columnheader]')];
    expect(headers.map(textOf)).to.include.members(['Subject', 'Who']);
    await it.showAs('Kanban');
    await until(
      () => textOf(within('activity-kanban').querySelector('[part=card-own]')).startsWith('*'),
      'the host’s cards',
    );
    await until(() => within('activity-kanban').querySelector('[part~=exceeded]'), 'its limit');
  });

  it('takes a way to show it does not know for the grid', async () => {
    const it = await page(memory(rows), { show: 'gantt' as 'grid' });
    await it.shows(...MINE);
  });

  it('completes several at once, in one question to the host', async () => {
    const source = memory(rows);
    const it = await page(source);
    await it.shows(...MINE);
    await it.select('Mine late', 'A call');
    expect(textOf(it.root.querySelector('[part=command-bar]'))).to.contain('2 selected');
    expect(it.findButton('New task') === undefined).to.equal(true);
    const asked: number[] = [];
    it.element.addEventListener('activity-complete', ({ detail }) =>
      asked.push(detail.activities.length),
    );
    it.press('Complete');
    await it.shows('Mine next week', 'Invited');
    expect(asked).to.deep.equal([2]);
    await until(() => it.notices.includes('2 activities completed'));
    expect(it.element.selection).to.deep.equal([]);
    await until(() => deepActiveElement() === it.button('New task'), 'focus in the bar');
    const { rows: all } = await source.query({}, CALL);
    const done = all.filter(({ state }) => state === 'completed').map(({ subject }) => subject);
    expect(done).to.have.members(['Mine done', 'Mine late', 'A call']);
  });

  it('keeps selected what could not be completed', async () => {
    const source = memory(rows);
    const [, second] = rows;
    const it = await page({
      ...source,
      transition: (id, ...rest) =>
        id === second?.id ? Promise.reject(failure('forbidden')) : source.transition(id, ...rest),
    });
    await it.shows(...MINE);
    await it.select('Mine late', 'Mine next week');
    it.button('Complete').click();
    const report = await it.dialog('Complete');
    expect(textOf(report)).to.contain(second?.subject);
    it.pressIn(report, 'Close');
    await it.shows('Mine next week', 'A call', 'Invited');
    await until(() => it.element.selection.join() === second?.id, 'it is selected');
  });

  it('does what is to be done to all that match, also those not loaded', async () => {
    const many = Array.from({ length: 230 }, (_, index) =>
      activity({ subject: `No. ${String(index)}`, regarding: wingtip }),
    );
    const source = memory(many);
    const it = await page(source, { view: 'all' });
    await until(() => it.subjects.length > 5, 'rows');
    it.selectAll();
    await until(
      () => textOf(it.root.querySelector('.selected-count')).includes('230'),
      'all are selected',
    );
    expect(it.element.selection.length).to.be.lessThan(230);
    it.press('Complete');
    const left = async (): Promise<number> => {
      const { rows: all } = await source.query({}, CALL);
      return all.filter(({ state }) => state !== 'completed').length;
    };
    await until(async () => (await left()) === 0, 'all are completed');
  });

  it('forgets by Clear all that were selected, also those not loaded', async () => {
    const many = Array.from({ length: 130 }, (_, index) =>
      activity({ subject: `Task ${String(index)}`, due: '2026-12-01T09:00:00Z' }),
    );
    const source = memory(many);
    const it = await page(source);
    await until(() => it.subjects.includes('Task 0'));
    it.selectAll();
    await until(() => textOf(it.root.querySelector('.base')).includes('130 selected'), 'all are');
    it.press('Clear');
    await until(() => it.element.selection.length === 0 && !it.element.grid?.rest, 'none is');
    const [first = ''] = it.subjects;
    await it.select(first);
    await until(() => textOf(it.root.querySelector('.base')).includes('1 selected'));
    await it.chooseCommand('Complete');
    await until(() => it.notices.includes('1 activity completed'));
    const { rows: all } = await source.query({}, CALL);
    expect(all.filter(({ state }) => state === 'completed')).to.have.length(1);
  });

  it('sets what several are about', async () => {
    const source = memory(rows);
    const it = await page(source);
    await it.shows(...MINE);
    await it.select('Mine late', 'Mine next week');
    await it.chooseCommand('Set regarding…');
    await it.lookUp('Cecil', 'Cecil Langer');
    await until(async () => {
      const { rows: all } = await source.query({}, CALL);
      const about = all.filter(({ regarding }) => regarding?.id === cecil.id);
      const subjects = about.map(({ subject }) => subject).sort();
      return subjects.join() === 'Mine late,Mine next week';
    }, 'both are about it');
  });

  it('puts off several on a board, in one undo', async () => {
    const tasks = [
      activity({ subject: 'Ask', due: '2026-11-23T15:00:00Z' }),
      activity({ subject: 'Bring', due: '2026-11-24T09:00:00Z' }),
    ];
    const source = memory(tasks);
    const dues = async (): Promise<string> => {
      const { rows: all } = await source.query({}, CALL);
      return all.map(({ due }) => due).join();
    };
    const before = await dues();
    const it = await page(source, { show: 'kanban' });
    await until(() => it.root.querySelector('activity-kanban'), 'the board');
    it.element.selection = tasks.map(({ id }) => id);
    await until(() => it.findButton('Due'), 'what can be done with them');
    await it.choose('Due', 'In 3 days');
    await until(() => it.notices.includes('2 activities moved to another day'));
    expect(await dues()).to.equal('2026-11-26T15:00:00Z,2026-11-26T09:00:00Z');
    const [undo, more] = it.root.querySelectorAll<HTMLElement>('.notice-action');
    expect(more).to.equal(undefined);
    undo?.click();
    await until(async () => (await dues()) === before, 'both are taken back');
  });

  it('gives what is selected on a board a day, an owner and a record that are sought', async () => {
    const tasks = [
      activity({ subject: 'Ask', due: '2026-11-23T15:00:00Z' }),
      activity({ subject: 'Bring', due: '2026-11-24T09:00:00Z' }),
    ];
    const source = memory(tasks);
    const it = await page(source, { show: 'kanban' });
    await until(() => it.root.querySelector('activity-kanban'), 'the board');
    it.element.selection = tasks.map(({ id }) => id);
    await until(() => it.findButton('Due'), 'what can be done with them');
    const all = async () => (await source.query({}, CALL)).rows;

    await it.choose('Due', 'Choose a date…');
    const dialog = await it.dialog('Set due date');
    const day = dialog.querySelector('input') as HTMLInputElement;
    day.focus();
    day.value = day.type === 'date' ? '2026-12-01' : '01/12/2026';
    day.dispatchEvent(new Event('input', { bubbles: true }));
    day.dispatchEvent(new Event('change', { bubbles: true }));
    await it.element.updateComplete;
    it.pressIn(dialog, 'Apply');
    await until(async () => (await all()).every(({ due }) => due?.startsWith('2026-12-01')));

    const seek = async (title: string, text: string, name: string): Promise<void> => {
      const asked = await it.dialog(title);
      const input = asked.querySelector('input') as HTMLInputElement;
      input.focus();
      input.value = text;
      input.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
      const option = (): HTMLElement | undefined =>
        [...asked.querySelectorAll<HTMLElement>('[role=option]')].find((one) =>
          textOf(one).includes(name),
        );
      await until(() => option(), `${name} is found`);
      option()?.click();
    };
    await it.choose('Assign', 'Assign to…');
    await seek('Assign to…', 'Jun', 'Jun Park');
    await until(async () => (await all()).every(({ owner }) => owner?.id === jun.id));
    await it.chooseCommand('Set regarding…');
    await seek('Set regarding…', 'Cecil', 'Cecil Langer');
    await until(async () => (await all()).every(({ regarding }) => regarding?.id === cecil.id));
  });

  it('says why what is selected cannot be completed', async () => {
    const it = await page(memory(rows), { view: 'all' });
    await it.shows(...MINE, 'Mine done', 'Juns');
    await it.select('Mine done');
    const complete = it.button('Complete');
    expect(complete.ariaDisabled).to.equal('true');
    expect(complete.title).to.equal('It is closed and read-only.');
    it.press('Clear');
    await until(() => it.findButton('New task'));
    await until(() => deepActiveElement() === it.button('New task'), 'focus in the bar');
  });
});

describe('from the workspace', () => {
  it('something new is filled in in a dialog, and stands in the list at once', async () => {
    const it = await page(memory(rows));
    await it.shows(...MINE);
    const opener = it.button('Phone call');
    opener.focus();
    opener.click();
    const form = await it.quickCreate();
    expect(form.title).to.equal('New phone call');
    expect(form.isOpen).to.equal(true);
    form.button('Close').click();
    await until(() => it.root.querySelector('activity-quick-create') === null);
    await until(() => deepActiveElement() === opener, 'focus is back');
    it.button('Letter').click();
    expect((await it.quickCreate()).title).to.equal('New letter');
    (await it.quickCreate()).button('Close').click();
    await until(() => it.root.querySelector('activity-quick-create') === null);
    it.button('New task').click();
    const task = await it.quickCreate();
    await task.enter('Subject', 'Brand new');
    task.button('Save and close').click();
    await it.shows(...MINE, 'Brand new');
  });

  it('a subject opens its form in a dialog, and the focus comes back to it', async () => {
    const it = await page(memory(rows));
    await it.shows(...MINE);
    it.clickSubject('Mine late');
    const form = await it.form();
    expect(form.title).to.equal('Mine late');
    expect(form.isOpen).to.equal(true);
    await form.enter('Subject', 'Mine, and later');
    form.button('Save and close').click();
    await it.shows('Mine, and later', 'Mine next week', 'A call', 'Invited');
    await until(() => textOf(deepActiveElement()) === 'Mine, and later', 'focus is back');
    expect(it.root.querySelectorAll('activity-form')).to.have.length(0);
  });

  it('the focus is not lost when what was opened leaves the list', async () => {
    const it = await page(memory(rows));
    await it.shows(...MINE);
    it.clickSubject('Mine late');
    const form = await it.form();
    form.button('Complete').click();
    await it.shows('Mine next week', 'A call', 'Invited');
    const grid = it.root.querySelector('activity-grid');
    await until(
      () => grid?.shadowRoot && containsDeep(grid.shadowRoot, deepActiveElement()),
      'focus stays in the grid',
    );
  });

  it('the host can show things in its own way', async () => {
    const it = await page(memory(rows));
    await it.shows(...MINE);
    const names: string[] = [];
    for (const name of ['activity-open', 'activity-compose'] as const) {
      it.element.addEventListener(name, (event) => {
        names.push(name);
        event.preventDefault();
      });
    }
    it.clickSubject('Mine late');
    it.button('New task').click();
    await it.element.updateComplete;
    expect(names).to.deep.equal(['activity-open', 'activity-compose']);
    expect(it.root.querySelectorAll('activity-form, activity-quick-create')).to.have.length(0);
  });
});

describe('where there is little room', () => {
  it('leaves what is looked at its whole name', async () => {
    const it = await page(memory(rows), { width: '650px' });
    await it.shows(...MINE);
    const title = it.root.querySelector<HTMLElement>('h2 .title');
    expect(title?.scrollWidth).to.equal(title?.clientWidth);
    const grid = it.root.querySelector('activity-grid')?.shadowRoot?.querySelector('.scroller');
    expect(grid?.scrollWidth, 'nor scrolls sideways').to.equal(grid?.clientWidth);
  });

  it('has in sight what is filtered, and what clears it, and keeps the focus on it', async () => {
    const it = await page(memory(rows), {
      width: '320px',
      columnFilters: { subject: { kind: 'text', contains: 'Mine' } },
    });
    await until(() => it.element.matches(':state(narrow)'));
    await it.shows('Mine late', 'Mine next week');
    const isInSight = (name: string): boolean => {
      const bar = it.root.querySelector('[part=filter-bar]')?.getBoundingClientRect();
      const box = it.button(name).getBoundingClientRect();
      return box.left >= (bar?.left ?? Infinity) && box.right <= (bar?.right ?? 0);
    };
    expect(isInSight('Subject: Mine'), 'by a column').to.equal(true);
    expect(isInSight('Clear filters')).to.equal(true);
    it.press('Remove filter Subject');
    await it.shows(...MINE);

    it.button('Priority: all').focus();
    await it.choose('Priority: all', 'Normal');
    await until(() => it.findButton('Priority: Normal'));
    expect(isInSight('Priority: Normal'), 'by a menu').to.equal(true);
    expect(it.root.activeElement).to.equal(it.button('Priority: Normal'));
    expect(isInSight('Clear filters')).to.equal(true);
    await expect(it.element).to.be.accessible();
    it.press('Remove filter Priority');
    await it.element.updateComplete;
    expect(it.root.activeElement?.closest('[part=filter-bar]'), 'the bar has it').not.to.equal(
      null,
    );
  });

  it('has the way to show it and New at the thumb', async () => {
    const it = await page(memory(rows), { width: '320px' });
    await until(() => it.element.matches(':state(narrow)'));
    await it.shows(...MINE);
    const bar = it.root.querySelector('[part=command-bar]');
    expect(textOf(bar)).to.equal('New');
    await it.choose('New', 'Email');
    expect((await it.quickCreate()).title).to.equal('New email');
    (await it.quickCreate()).button('Close').click();
    await until(() => it.root.querySelector('activity-quick-create') === null);
    await it.showAs('Kanban');
    await until(() => it.root.querySelector('activity-kanban'));
    await expect(it.element).to.be.accessible();
  });

  it('offers all that can be done with a selection', async () => {
    const it = await page(memory(rows), { width: '320px' });
    await until(() => it.element.matches(':state(narrow)'));
    await it.shows(...MINE);
    it.element.selection = rows.slice(0, 2).map(({ id }) => id);
    await it.element.updateComplete;
    const more = [...it.root.querySelectorAll<HTMLElement>('.narrow-bar [aria-label=More]')];
    more[0]?.click();
    await until(() => it.root.querySelector('.menu-item'), 'the menu');
    [...it.root.querySelectorAll<HTMLElement>('.menu-item')]
      .find((one) => one.dataset['label'] === 'Cancel')
      ?.click();
    await it.shows('A call', 'Invited');
  });
});

describe('a workspace of one record', () => {
  const own = [
    activity({ subject: 'Direct', regarding: wingtip, owner: jun }),
    activity({ subject: 'Through Cecil', regarding: cecil, state: 'completed' }),
    activity({ subject: 'Elsewhere' }),
  ];

  it('shows everybody’s, done ones too, and what is new is about it', async () => {
    const it = await page(memory(own), { record: wingtip });
    await it.shows('Direct', 'Through Cecil');
    expect(it.title).to.equal('Wingtip Toys');
    await until(() => it.count === '2');
    it.button('New task').click();
    const form = await it.quickCreate();
    expect(form.chosen('Regarding')).to.deep.equal(['Wingtip Toys']);
  });
});

describe('a workspace with nothing to show', () => {
  it('says why, and what to do next', async () => {
    const it = await page(memory([activity({ subject: 'Juns', owner: jun })]));
    const says = (text: string): Promise<void> =>
      until(() => textOf(it.root.querySelector('[slot=empty]')).includes(text), text);
    await says('Nothing open in “My activities”.');
    await it.choose('Due any time', 'Overdue');
    await says('No activity matches these filters.');
    it.root.querySelector<HTMLElement>('[slot=empty] button')?.click();
    await says('Nothing open in “My activities”.');
    [...it.root.querySelectorAll<HTMLElement>('[slot=empty] button')]
      .find((button) => textOf(button) === 'Show all')
      ?.click();
    await it.shows('Juns');
  });

  it('offers nothing that its data source cannot do', async () => {
    const { query, capabilities, session } = memory(rows);
    const it = await page({ query, capabilities, session });
    await it.shows(...MINE);
    expect(it.findButton('New task') === undefined).to.equal(true);
    await it.select('Mine late');
    await until(() => it.findButton('Copy'), 'the commands');
    for (const name of ['Complete', 'Cancel', 'Assign', 'Due', 'Delete']) {
      expect(it.findButton(name), name).to.equal(undefined);
    }
  });

  it('says that there is no data source, and warns once', async () => {
    const warnings: unknown[] = [];
    const { warn } = console;
    console.warn = (text: unknown) => warnings.push(text);
    try {
      const element = await fixture<ActivityWorkspace>(
        html`<activity-workspace></activity-workspace>`,
      );
      await until(() =>
        textOf(element.shadowRoot?.querySelector('.base')).includes('No data source'),
      );
      element.view = 'all';
      await element.updateComplete;
      const own = warnings.filter((text) => String(text).includes('<activity-workspace>'));
      expect(own).to.have.length(1);
    } finally {
      console.warn = warn;
    }
  });
});

import { nextDownload } from '../../support/download.js';
import { expect } from '@open-wc/testing';
import type { ActivityWorkspace } from '../../../src/elements/activity-workspace/activity-workspace.js';
import { withState } from '../../../src/elements/activity-workspace/workspace-url.js';
import { memoryPreferences } from '../../../src/elements/base/preferences.js';
import type { Json } from '../../../src/model/json.js';
import { containsDeep, deepActiveElement } from '../../../src/ui/deep-focus.js';
import { activity, jun, memory, mona, wingtip } from '../../support/fixtures.js';
import { textOf } from '../../support/form.js';
import { press, pressWith, until } from '../../support/grid.js';
import { MINE, rows, workspacePage, type WorkspacePage } from '../../support/workspace.js';

const CALL = { locale: 'en', timeZone: 'UTC' };

/** All news of the workspace, as they came. */
function news(it: WorkspacePage): Record<string, Json>[] {
  const told: Record<string, Json>[] = [];
  it.element.addEventListener('activity-view-change', ({ detail }) => told.push({ ...detail }));
  return told;
}

describe('views of the user’s own', () => {
  it('are saved under a name, marked where they change, and there again on the next visit', async () => {
    const preferences = memoryPreferences();
    const it = await workspacePage(memory(rows), { preferences } as Partial<ActivityWorkspace>);
    await it.shows(...MINE);
    await it.choose('Activity type: all', 'Phone call');
    await it.choose('My activities', 'Save as new view');
    const dialog = await it.dialog('Save as new view');
    it.pressIn(dialog, 'Save');
    await until(() => textOf(dialog).includes('Name of the view is needed'));
    it.fill(dialog, 'Name of the view', 'My calls');
    it.pressIn(dialog, 'Save');
    await until(() => it.title === 'My calls');
    await it.shows('A call');

    await it.choose('Activity type: Phone call', 'Task');
    await until(() => textOf(it.root.querySelector('[part=unsaved]')).includes('Unsaved changes'));

    // Another page of the same user: the change is still there, and still unsaved.
    const again = await workspacePage(memory(rows), { preferences } as Partial<ActivityWorkspace>);
    await until(() => again.title === 'My calls', 'the view is there');
    expect(again.element.types).to.deep.equal(['phonecall', 'task']);
    await until(() => textOf(again.root.querySelector('[part=unsaved]')).includes('Unsaved'));
  });

  it('ask before one takes the place of another, and can be renamed, made the default and deleted', async () => {
    const preferences = memoryPreferences();
    const it = await workspacePage(memory(rows), { preferences } as Partial<ActivityWorkspace>);
    const save = async (name: string): Promise<HTMLDialogElement> => {
      await it.choose(it.title, 'Save as new view');
      const dialog = await it.dialog('Save as new view');
      it.fill(dialog, 'Name of the view', name);
      await it.element.updateComplete;
      it.pressIn(dialog, 'Save');
      return dialog;
    };
    await it.shows(...MINE);
    await it.choose('Due any time', 'Overdue');
    await save('Late');
    await until(() => it.title === 'Late');
    await it.choose('Overdue', 'Due today or earlier');
    const dialog = await save('late');
    await until(() => textOf(dialog).includes('There is a view “Late” already'));
    it.pressIn(dialog, 'Replace');
    await until(() => !dialog.open, 'it is saved');
    await until(() => it.root.querySelector('[part=unsaved]') === null);

    await it.choose('Late', 'Set as default');
    await it.choose('Late', 'Rename view');
    const renaming = await it.dialog('Rename view');
    it.fill(renaming, 'Name of the view', 'Mornings');
    await it.element.updateComplete;
    it.pressIn(renaming, 'Save');
    await until(() => it.title === 'Mornings');
    await it.choose('Mornings', 'All activities');
    await it.shows(...MINE, 'Mine done', 'Juns');

    const again = await workspacePage(memory(rows), { preferences } as Partial<ActivityWorkspace>);
    await until(() => again.title === 'Mornings', 'the default is opened');
    expect(again.element.due).to.equal('today');
    await again.choose('Mornings', 'Delete view');
    await until(() => again.title === 'My activities');
    expect(await preferences.read('workspace.views')).to.deep.equal([]);
  });

  it('*Show as* is remembered, and nothing of it where the host says otherwise', async () => {
    const preferences = memoryPreferences();
    const it = await workspacePage(memory(rows), { preferences } as Partial<ActivityWorkspace>);
    await it.shows(...MINE);
    await it.showAs('Kanban');
    await until(async () => (await preferences.read('workspace.show')) === 'kanban');
    const again = await workspacePage(memory(rows), { preferences } as Partial<ActivityWorkspace>);
    await until(() => again.element.show === 'kanban');
    const set = await workspacePage(memory(rows), {
      preferences,
      show: 'calendar',
    } as Partial<ActivityWorkspace>);
    await until(() => set.root.querySelector('activity-calendar'));
    expect(set.element.show).to.equal('calendar');
  });
});

describe('the address of the page', () => {
  const before = location.href;
  afterEach(() => history.replaceState(null, '', before));

  it('holds what is seen, and leads there again', async () => {
    const it = await workspacePage(memory(rows), { urlState: true });
    await it.shows(...MINE);
    const told = news(it);
    await it.choose('Owner: all', 'Me');
    await it.showAs('Kanban');
    expect(told).to.deep.equal([{ owner: 'me' }, { show: 'kanban' }]);
    const said = new URL(location.href).searchParams;
    expect([said.get('owner'), said.get('show')]).to.deep.equal(['me', 'kanban']);
    const again = await workspacePage(memory(rows), { urlState: true });
    expect(again.element.state).to.deep.include({ owner: 'me', show: 'kanban' });
  });

  it('leads to what somebody shared, which is theirs until it is saved', async () => {
    const it = await workspacePage(memory(rows));
    const shared = { ...it.element.state, due: 'overdue' as const, name: 'Late ones' };
    history.replaceState(null, '', withState(location.href, shared));
    const other = await workspacePage(memory(rows), { urlState: true });
    await other.shows('Mine late');
    expect(other.title).to.equal('Late ones');
    expect(textOf(other.root.querySelector('[part=unsaved]'))).to.contain('Shared, not saved');
  });

  it('is left alone without `url-state`: a host keeps the state where it likes', async () => {
    const it = await workspacePage(memory(rows));
    await it.shows(...MINE);
    await it.showAs('Calendar');
    expect(location.href).to.equal(before);
    const { state } = it.element;
    const other = await workspacePage(memory(rows));
    other.element.state = { ...state, view: 'all', due: 'no-date' };
    await other.element.updateComplete;
    expect(other.element.state).to.deep.equal({ ...state, view: 'all', due: 'no-date' });
  });

  it('has a name of its own for what the calendar calls view', async () => {
    const it = await workspacePage(memory(rows), { show: 'calendar' });
    const calendar = it.root.querySelector('activity-calendar');
    await until(() => calendar?.shadowRoot?.querySelector('input[value=week]'));
    const told = news(it);
    calendar?.shadowRoot?.querySelector<HTMLInputElement>('input[value=week]')?.click();
    await until(() => told.length > 0);
    expect(told.every((detail) => !('view' in detail))).to.equal(true);
    expect(it.element.calendarView).to.equal('week');
    expect(it.element.view).to.equal('my');
  });
});

describe('a filter of a column', () => {
  const before = location.href;
  afterEach(() => history.replaceState(null, '', before));

  const some = [
    activity({ subject: 'Urgent', priority: 'high', due: '2026-11-23T15:00:00Z' }),
    activity({ subject: 'Urgent too', priority: 'high', due: '2026-12-24' }),
    activity({ subject: 'Some day', due: '2026-11-23T15:00:00Z' }),
  ];
  const URGENT = ['Urgent', 'Urgent too'];
  const filtered = { priority: { kind: 'choice', values: ['high'] } } as const;

  it('is one with those of the page: counted, a chip, cleared, in the address and on the board', async () => {
    const it = await workspacePage(memory(some), { urlState: true });
    await it.shows(...URGENT, 'Some day');
    const told = news(it);
    await it.filterColumn('Priority', 'High');
    await it.shows(...URGENT);
    expect(told).to.deep.equal([{ columnFilters: filtered }]);
    await until(() => it.count === '2' && it.tabs[0] === 'All 2' && it.tabs[2] === 'Today 1');
    it.button('Priority: High');
    await expect(it.element).to.be.accessible();

    await it.showAs('Kanban');
    const cards = (): number =>
      it.root.querySelector('activity-kanban')?.shadowRoot?.querySelectorAll('article').length ?? 0;
    await until(() => cards() === 2, 'the board has them only');
    await it.showAs('Grid');
    await it.shows(...URGENT);
    expect(it.count).to.equal('2');

    const again = await workspacePage(memory(some), { urlState: true });
    await again.shows(...URGENT);
    expect(again.element.columnFilters).to.deep.equal(filtered);

    it.press('Remove filter Priority');
    await it.shows(...URGENT, 'Some day');
    await until(() => it.count === '3');
    await it.filterColumn('Priority', 'High');
    await it.shows(...URGENT);
    it.press('Clear filters');
    await it.shows(...URGENT, 'Some day');
    expect(new URL(location.href).searchParams.has('columns')).to.equal(false);
  });

  it('is what the work queue and the summary are of', async () => {
    const it = await workspacePage(memory(some), { columnFilters: filtered });
    await it.shows(...URGENT);
    await it.choose('More', 'Summary');
    const dialog = await it.dialog('Summary: My activities');
    const figures = (): (string | null)[] =>
      [...dialog.querySelectorAll('button')].map(({ ariaLabel }) => ariaLabel);
    await until(() => figures().includes('Tasks: 2 activities'));
    await press('Escape');
    await it.command('Work through');
    await until(() => textOf(it.root.querySelector('[part=queue]')).includes('1 of 2'));
  });

  it('belongs to a view of the user’s own, as does what the rows are grouped by', async () => {
    const preferences = memoryPreferences();
    const own = { preferences } as Partial<ActivityWorkspace>;
    const it = await workspacePage(memory(some), own);
    await it.shows(...URGENT, 'Some day');
    await it.filterColumn('Priority', 'High');
    await it.shows(...URGENT);
    await it.choose('My activities', 'Save as new view');
    const dialog = await it.dialog('Save as new view');
    it.fill(dialog, 'Name of the view', 'What is urgent');
    await it.element.updateComplete;
    it.pressIn(dialog, 'Save');
    await until(() => it.title === 'What is urgent');
    await it.choose('What is urgent', 'My activities');
    await it.shows(...URGENT, 'Some day');
    await it.choose('My activities', 'What is urgent');
    await it.shows(...URGENT);
    const mark = (page: WorkspacePage): string => textOf(page.root.querySelector('[part=unsaved]'));
    expect(mark(it)).to.equal('');
    await it.columnMenu('Priority', 'Group by this column');
    await until(() => mark(it).includes('Unsaved changes'), 'grouping marks it');

    const again = await workspacePage(memory(some), own);
    await until(() => again.title === 'What is urgent', 'the view is there');
    expect(again.element.groupBy).to.equal('priority');
    expect(again.element.columnFilters).to.deep.equal(filtered);
    await until(() => mark(again).includes('Unsaved changes'));
    await again.choose('What is urgent', 'Discard changes');
    await until(() => again.element.groupBy === undefined && mark(again) === '');
  });

  it('of a column of the host’s own keeps its name, known or not', async () => {
    const columnFilters = { who: { kind: 'text', contains: 'too' } } as const;
    const it = await workspacePage(memory(some), { columnFilters });
    await it.shows(...URGENT, 'Some day');
    it.button('who: too');
    it.element.viewProperties = {
      grid: { columns: ['subject', { name: 'who', label: 'Who', field: 'subject' }] },
    };
    await it.shows('Urgent too');
    await until(() => it.count === '1');
    it.button('Who: too');
    expect(it.element.state.columnFilters).to.deep.equal(columnFilters);
  });
});

describe('due tabs', () => {
  it('count each bucket in one question, and are the same value as the due filter', async () => {
    const source = memory(rows);
    let asked = 0;
    const it = await workspacePage({
      ...source,
      count: (question, groups, options) => {
        asked += 1;
        return source.count?.(question, groups, options) ?? Promise.reject(new Error('no count'));
      },
    });
    await it.shows(...MINE);
    await until(() => it.tabs[0] === 'All 4');
    expect(it.tabs).to.deep.equal([
      'All 4',
      'Overdue 1',
      'Today 1',
      'Tomorrow 1',
      'This week 0',
      'Later 1',
      'No date 0',
    ]);
    expect(asked).to.equal(1);
    it.press('Tomorrow 1');
    await it.shows('Invited');
    expect(it.element.due).to.equal('due-tomorrow');
    it.button('Due: tomorrow');
    expect(it.button('Tomorrow 1').ariaPressed).to.equal('true');
    await press('Home');
    await press('ArrowRight');
    await until(() => textOf(deepActiveElement()) === 'Overdue 1', 'arrows go along the tabs');
    await press('Enter');
    await it.shows('Mine late');
    it.press('Remove filter Due');
    await it.shows(...MINE);
  });
});

describe('the command bar', () => {
  it('logs what is done already in one step', async () => {
    const source = memory(rows);
    const it = await workspacePage(source);
    await it.shows(...MINE);
    await it.choose('Log as done', 'Task');
    const form = await it.quickCreate();
    await form.enter('Subject', 'Called back already');
    form.button('Save and close').click();
    await until(async () => {
      const { rows: all } = await source.query({ search: 'Called back' }, CALL);
      return all[0]?.state === 'completed';
    }, 'it is created as completed');
  });

  it('keeps in its menu what has no room in one line', async () => {
    const it = await workspacePage(memory(rows), { width: '560px' });
    await it.shows(...MINE);
    await until(() => it.findButton('New task') && !it.findVisible('Note'), 'Note has no room');
    await it.choose('More', 'Note');
    expect((await it.quickCreate()).title).to.equal('New note');
  });

  it('says why an option is missing, in the host’s words', async () => {
    const source = memory(rows);
    const it = await workspacePage({
      ...source,
      capabilities: async (options) => ({
        ...(await source.capabilities?.(options)),
        createTypes: { fax: { reason: 'no-licence-or-role', message: 'Ask Kim for a line.' } },
        acts: { assign: { reason: 'own-application' } },
      }),
    });
    await it.shows(...MINE);
    expect(it.findButton('Fax') === undefined).to.equal(true);
    await it.choose('More', 'Why is something missing?');
    const text = textOf(await it.dialog('Missing options'));
    expect(text).to.match(/New fax.*necessary license or role.*Ask Kim for a line/);
    expect(text).to.match(/Assign.*uses its own application/);
    await expect(it.element).to.be.accessible();
  });
});

describe('the work queue', () => {
  it('walks the list with one key per act, and goes on where it was left', async () => {
    const preferences = memoryPreferences();
    const source = memory(rows);
    const it = await workspacePage(source, { preferences } as Partial<ActivityWorkspace>);
    await it.shows(...MINE);
    const panel = (): string => textOf(it.root.querySelector('[part=queue]'));
    await it.command('Work through');
    await until(() => panel().includes('1 of 4') && panel().includes('Mine late'));
    await press('k');
    await until(() => panel().includes('2 of 4') && panel().includes('A call'));
    await press('c');
    await until(() => panel().includes('3 of 4') && panel().includes('Invited'));
    await expect(it.element).to.be.accessible();
    const question = (): HTMLElement | null => it.root.querySelector('[role=alertdialog]');
    await it.choose('Reschedule', 'Next week');
    await until(() => question(), 'a meeting with others is asked about');
    expect(textOf(question())).to.contain('This tells Jun Park.');
    expect(panel()).to.contain('3 of 4').and.to.contain('Reschedule');
    await press('Escape');
    await until(() => !question(), 'after all not');
    expect(panel(), 'and is not moved').to.contain('3 of 4');
    const meeting = async (): Promise<string | undefined> =>
      (await source.query({ search: 'Invited' }, CALL)).rows[0]?.start;
    expect(await meeting()).to.equal('2026-11-24T09:00:00Z');
    await until(() => containsDeep(it.element, deepActiveElement()), 'the focus is back');
    it.root.querySelector<HTMLElement>('[part=queue]')?.focus();
    await press('Escape');
    await until(() => it.root.querySelector('[part=queue]') === null);
    await it.shows('Mine late', 'Mine next week', 'Invited');

    const again = await workspacePage(source, { preferences } as Partial<ActivityWorkspace>);
    await again.shows('Mine late', 'Mine next week', 'Invited');
    await until(() => again.root.textContent.includes('Continue with 3 of 4'));
    await again.command('Continue with 3 of 4');
    const onward = (): string => textOf(again.root.querySelector('[part=queue]'));
    await until(() => onward().includes('Invited'));
    await press('k');
    await until(() => onward().includes('4 of 4') && onward().includes('Mine next week'));
    await again.choose('Snooze', 'Choose a date…');
    const dialog = await again.dialog('Snooze');
    const date = dialog.querySelector<HTMLInputElement>('input[aria-label=Date]');
    if (!date) throw new Error('no field for the date');
    date.value = '2026-12-24';
    date.dispatchEvent(new InputEvent('input', { bubbles: true }));
    await again.element.updateComplete;
    again.pressIn(dialog, 'Apply');
    await until(() => onward().includes('You are through'));
    const due = async (): Promise<string | undefined> =>
      (await source.query({ search: 'Mine next week' }, CALL)).rows[0]?.due;
    await until(async () => (await due()) === '2026-12-24T10:00:00Z', 'only its date is another');
    await press('b');
    await until(() => onward().includes('4 of 4') && onward().includes('Mine next week'));
    await press('s');
    await until(() => onward().includes('You are through'));
    await until(async () => (await due()) === '2026-11-24T10:00:00Z');
    expect(await preferences.read('workspace.queue')).to.equal(undefined);
  });
});

describe('what is in hand in the work queue', () => {
  it('is marked in the list below, until one leaves', async () => {
    const it = await workspacePage(memory(rows));
    await it.shows(...MINE);
    const marked = (): (string | undefined)[] =>
      [
        ...(it.root
          .querySelector('activity-grid')
          ?.shadowRoot?.querySelectorAll('[role=row][aria-current=true][part~=current]') ?? []),
      ].map((row) => textOf(row.querySelector('[part=subject]')));
    expect(marked()).to.deep.equal([]);
    await it.command('Work through');
    await until(() => marked().join() === 'Mine late');
    await expect(it.element).to.be.accessible();
    await press('k');
    await until(() => marked().join() === 'A call', 'the next one only');
    await press('Escape');
    await until(() => marked().length === 0);
  });
});

/** What is read to screen readers, as it comes. */
function heard(it: WorkspacePage): string[] {
  const said: string[] = [];
  const region = it.root.querySelector('.visually-hidden[role=status]') as Element;
  const listen = (): unknown => said.push(textOf(region));
  new MutationObserver(listen).observe(region, {
    childList: true,
    characterData: true,
    subtree: true,
  });
  return said;
}

describe('back in the work queue', () => {
  it('goes past what is done with, and stays where nothing is before, and says so', async () => {
    const it = await workspacePage(memory(rows));
    await it.shows(...MINE);
    const said = heard(it);
    const first = (): number =>
      said.filter((text) => text === 'Nothing that is open comes before this one').length;
    const panel = (): string => textOf(it.root.querySelector('[part=queue]'));
    await it.command('Work through');
    await until(() => panel().includes('1 of 4') && panel().includes('Mine late'));
    await press('b');
    await until(() => first() === 1, 'it says that it is the first');
    await press('k');
    await until(() => panel().includes('2 of 4') && panel().includes('A call'));
    await press('c');
    await until(() => panel().includes('3 of 4') && panel().includes('Invited'));
    await press('b');
    await until(() => panel().includes('1 of 4') && panel().includes('Mine late'));
    await press('c');
    await until(() => panel().includes('3 of 4') && panel().includes('Invited'));
    it.press('Back');
    await until(() => first() === 2, 'it says so again');
    expect(panel()).to.contain('3 of 4').and.to.contain('Invited');
    await press('k');
    await until(() => panel().includes('4 of 4') && panel().includes('Mine next week'));
  });
});

describe('a meeting with others in the work queue', () => {
  const meeting = activity({
    subject: 'Confer',
    type: 'appointment',
    state: 'scheduled',
    statusReason: 'busy',
    start: '2026-11-25T09:00:00Z',
    end: '2026-11-25T10:00:00Z',
    parties: [{ role: 'required', record: jun }],
  });

  async function begun(
    change: (source: ReturnType<typeof memory>) => Partial<ReturnType<typeof memory>> = () => ({}),
  ) {
    const source = memory([meeting, activity({ subject: 'Write it up', due: '2026-11-27' })]);
    const it = await workspacePage({ ...source, ...change(source) });
    await it.shows('Confer', 'Write it up');
    await it.command('Work through');
    const panel = (): string => textOf(it.root.querySelector('[part=queue]'));
    await until(() => panel().includes('1 of 2') && panel().includes('Confer'));
    const start = async (): Promise<string | undefined> =>
      (await source.get(meeting.id, CALL)).start;
    return { it, panel, start };
  }

  it('is moved by the key after a question that says whom that tells', async () => {
    const { it, panel, start } = await begun();
    const title = /^Move “Confer” to .*24 Nov.*, 10:00\?$/;
    const question = (): HTMLDialogElement | undefined =>
      [...it.root.querySelectorAll('dialog')].find(
        (one) => one.open && title.test(one.ariaLabel ?? ''),
      );
    await press('s');
    await until(question, 'it is asked');
    expect(textOf(question() ?? null)).to.contain('This tells Jun Park.');
    await expect(it.element).to.be.accessible();
    await press('Escape');
    await until(() => !question());
    expect(await start()).to.equal('2026-11-25T09:00:00Z');
    expect(panel()).to.contain('1 of 2');
    await press('s');
    await until(question, 'it is asked again');
    it.pressIn(question() as HTMLElement, 'Reschedule');
    await until(() => panel().includes('2 of 2') && panel().includes('Write it up'));
    await until(async () => (await start()) === '2026-11-24T09:00:00Z');
    await press('b');
    await until(() => panel().includes('1 of 2'), 'the keys work again');
  });

  it('is moved by its menu, and stays where it is on that day already, as is said', async () => {
    const { it, panel, start } = await begun();
    await it.choose('Reschedule', 'Next week');
    const dialog = (): HTMLDialogElement | undefined =>
      [...it.root.querySelectorAll('dialog')].find((one) => one.open);
    await until(dialog, 'it is asked');
    it.pressIn(dialog() as HTMLElement, 'Reschedule');
    await until(async () => (await start()) === '2026-11-30T09:00:00Z');
    await until(() => panel().includes('2 of 2'));
    await press('b');
    await until(() => panel().includes('1 of 2') && panel().includes('Confer'));
    const said = heard(it);
    await it.choose('Reschedule', 'Next week');
    await until(() => said.includes('It is on that day already'));
    expect(panel()).to.contain('1 of 2');
  });

  it('says why a key can’t do what it does elsewhere', async () => {
    const why = { reason: 'no-licence-or-role' } as const;
    const { it, panel } = await begun((source) => ({
      query: async (...call) => {
        const answer = await source.query(...call);
        const rows = answer.rows.map((row) => ({ ...row, can: { complete: why, edit: why } }));
        return { ...answer, rows };
      },
    }));
    const said = heard(it);
    const refused = (): number =>
      said.filter((text) => text.includes('necessary license or role')).length;
    await press('s');
    await until(() => refused() === 1, 'of the day');
    await until(() => said.at(-1) === '', 'it was said');
    await press('c');
    await until(() => refused() === 2, 'of completing');
    expect(panel()).to.contain('1 of 2');
  });
});

describe('the summary', () => {
  it('counts what is seen in one question; each figure leads to its rows', async () => {
    const it = await workspacePage(memory(rows), { view: 'all' });
    await it.shows(...MINE, 'Mine done', 'Juns');
    await it.choose('More', 'Summary');
    const dialog = await it.dialog('Summary: All activities');
    await until(() => textOf(dialog).includes('Phone calls'));
    const figure = (name: string): HTMLButtonElement | undefined =>
      [...dialog.querySelectorAll('button')].find(({ ariaLabel }) => ariaLabel === name);
    await until(() => figure('Completed: 1 activity'), 'what is completed');
    expect(figure('Me: 4 activities') && figure('Jun Park: 2 activities')).to.exist;
    const { width } = figure('Completed: 1 activity')?.getBoundingClientRect() ?? new DOMRect();
    expect(width, 'a finger finds it, whatever the figure').to.be.at.least(24);
    await expect(it.element).to.be.accessible();
    figure('Completed: 1 activity')?.click();
    await it.shows('Mine done');
    expect(it.element.states).to.deep.equal(['completed']);
    it.press('Remove filter Status');
    await it.shows(...MINE, 'Mine done', 'Juns');
  });

  it('counts within what is filtered, in its table too, and leads to just those', async () => {
    const it = await workspacePage(memory(rows), { view: 'all', types: ['task'], due: 'overdue' });
    await it.shows('Mine late');
    await it.choose('More', 'Summary');
    const dialog = await it.dialog('Summary: All activities');
    const figures = (): (string | null)[] =>
      [...dialog.querySelectorAll('button')].flatMap(({ ariaLabel }) =>
        ariaLabel?.includes('activit') ? ariaLabel : [],
      );
    await until(() => figures().length > 0, 'figures');
    expect(figures()).to.deep.equal([
      'Tasks: 1 activity',
      'Open: 1 activity',
      'Me: 1 activity',
      'Due before Mon, 23 Nov 2026: 1 activity',
    ]);
    const file = nextDownload();
    it.pressIn(dialog, 'Export as CSV');
    const { text } = await file;
    const values = text
      .trim()
      .split('\r\n')
      .map((line) => Number(line.split(',').at(-1)));
    expect(values.reduce((sum, value) => sum + value, 0)).to.equal(4);
    const last = [...dialog.querySelectorAll('button')].find(({ ariaLabel }) =>
      ariaLabel?.startsWith('Due before'),
    );
    last?.click();
    await until(() => !dialog.open);
    await it.shows('Mine late');
    expect(it.element.due).to.equal('overdue');
    await until(() => it.count === '1');
  });

  it('is exported as a table', async () => {
    const it = await workspacePage(memory(rows), { view: 'all' });
    await it.shows(...MINE, 'Mine done', 'Juns');
    await it.choose('More', 'Summary');
    const dialog = await it.dialog('Summary: All activities');
    await until(() => textOf(dialog).includes('Phone calls'));
    const file = nextDownload();
    it.pressIn(dialog, 'Export as CSV');
    const { name, text } = await file;
    expect(name).to.equal('All activities.csv');
    expect(text).to.match(/\r\nStatus,Completed,1\r\n/);
    expect(text).to.match(/\r\nOwner,Jun Park,2\r\n/);
  });
});

describe('the keys', () => {
  it('stand on a sheet that ? opens, but not where somebody types', async () => {
    const it = await workspacePage(memory(rows));
    await it.shows(...MINE);
    it.button('New task').focus();
    pressWith({}, '/');
    await until(() => (deepActiveElement() as HTMLInputElement | null)?.type === 'search');
    pressWith({}, '?');
    await it.element.updateComplete;
    expect(it.root.querySelector('dialog') === null).to.equal(true);
    it.button('New task').focus();
    pressWith({}, '?');
    expect(textOf(await it.dialog('Keyboard shortcuts'))).to.match(/Work queue.*C Complete/);
    await expect(it.element).to.be.accessible();
    await press('Escape');
    await until(() => deepActiveElement() === it.button('New task'), 'focus is back');
  });

  it('Alt+N begins something new, from anywhere inside and from nowhere, but not from beside it', async () => {
    const it = await workspacePage(memory(rows));
    await it.shows(...MINE);
    const wanted: string[] = [];
    it.element.addEventListener('activity-compose', (event) => {
      event.preventDefault();
      wanted.push(event.detail.draft.type);
    });
    it.button('New task').focus();
    pressWith({ altKey: true }, 'n');
    await until(() => wanted.length === 1);
    it.button('New task').blur();
    pressWith({ altKey: true, code: 'KeyN' }, 'Dead');
    await until(() => wanted.length === 2);
    const beside = document.body.appendChild(document.createElement('input'));
    beside.focus();
    pressWith({ altKey: true }, 'n');
    beside.remove();
    expect(wanted).to.deep.equal(['task', 'task']);
  });
});

describe('done, and next', () => {
  const call = activity({
    subject: 'Ring Wingtip',
    type: 'phonecall',
    statusReason: 'open',
    regarding: wingtip,
    owner: mona,
  });

  it('completes with how it went, and offers what comes next about the same', async () => {
    const source = memory([call]);
    const it = await workspacePage(source);
    await it.shows('Ring Wingtip');
    await it.select('Ring Wingtip');
    it.press('Done and plan next');
    const dialog = await it.dialog('Done, and next');
    await expect(it.element).to.be.accessible();
    const outcome = dialog.querySelector<HTMLSelectElement>('#complete-outcome');
    if (!outcome) throw new Error('no outcomes');
    outcome.value = 'left-message';
    outcome.dispatchEvent(new Event('change', { bubbles: true }));
    it.fill(dialog, 'How did it go?', 'On the machine');
    [...dialog.querySelectorAll('button')]
      .find((one) => textOf(one) === 'Done and plan next')
      ?.click();
    const form = await it.quickCreate();
    expect(form.title).to.equal('New task');
    expect(textOf(form.element.shadowRoot?.querySelector('[part~=dialog]'))).to.contain(
      'Wingtip Toys',
    );
    const { rows: all } = await source.query({}, CALL);
    expect(all[0]).to.deep.include({
      state: 'completed',
      outcome: 'left-message',
      outcomeNote: 'On the machine',
    });
  });

  it('has the word of feedback again that was typed and not saved', async () => {
    const source = memory([call]);
    const ask = async (it: Awaited<ReturnType<typeof workspacePage>>) => {
      it.press('Done and plan next');
      return it.dialog('Done, and next');
    };
    const page = async (): ReturnType<typeof workspacePage> => {
      const it = await workspacePage(source);
      await it.shows('Ring Wingtip');
      await it.select('Ring Wingtip');
      return it;
    };
    const said = (dialog: ParentNode): string | undefined =>
      dialog.querySelector<HTMLTextAreaElement>('#complete-note')?.value;
    const before = await page();
    const closed = await ask(before);
    before.fill(closed, 'How did it go?', 'On the mach');
    closed.querySelector<HTMLElement>('[part~=close]')?.click();
    await until(() => !closed.isConnected);
    expect(said(await ask(before)), 'after it was closed').to.equal('On the mach');
    before.element.remove();

    const dialog = await ask(await page());
    await until(() => said(dialog) === 'On the mach', 'on the next page');
  });

  it('is proposed only where nothing else is planned, and can be switched off', async () => {
    const other = activity({ subject: 'With Jun', regarding: wingtip, owner: jun });
    const planned = await workspacePage(memory([call, other]));
    await planned.shows('Ring Wingtip');
    await planned.select('Ring Wingtip');
    planned.press('Complete');
    await planned.shows();
    expect(planned.notices).not.to.contain('Nothing else is planned');

    const alone = await workspacePage(memory([call]));
    await alone.shows('Ring Wingtip');
    await alone.select('Ring Wingtip');
    alone.press('Complete');
    await until(() => alone.notices.includes('Nothing else is planned for Wingtip Toys'));
    alone.press('Plan next');
    expect((await alone.quickCreate()).title).to.equal('New task');

    const off = await workspacePage(memory([call]), { withoutProposals: true });
    await off.shows('Ring Wingtip');
    await off.select('Ring Wingtip');
    off.press('Complete');
    await until(() => off.notices.includes('completed'));
    expect(off.notices).not.to.contain('Nothing else is planned');
  });

  it('is proposed no longer where what was done is taken back', async () => {
    const it = await workspacePage(memory([call]));
    await it.shows('Ring Wingtip');
    await it.select('Ring Wingtip');
    it.press('Complete');
    await until(() => it.notices.includes('Nothing else is planned for Wingtip Toys'));
    it.press('Undo');
    await it.shows('Ring Wingtip');
    await until(() => !it.notices.includes('Nothing else is planned'), 'it is planned again');
  });

  it('is proposed where a card of the board goes to Completed, whatever took it there', async () => {
    const it = await workspacePage(memory([call]));
    await it.showAs('Kanban');
    const find = (selector: string): HTMLElement | null | undefined =>
      it.root.querySelector('activity-kanban')?.shadowRoot?.querySelector(selector);
    await until(() => find('[part=more]'), 'the card');
    find('[part=more]')?.click();
    await until(() => find('[data-label=Completed]'), 'its menu');
    find('[data-label=Completed]')?.click();
    await until(() => find('[data-label=Made]'), 'the reason is asked for');
    find('[data-label=Made]')?.click();
    await until(() => it.notices.includes('Nothing else is planned for Wingtip Toys'));
  });
});

import { expect } from '@open-wc/testing';
import type { ActivityWorkspace } from '../../../src/elements/activity-workspace/activity-workspace.js';
import {
  DEFAULT_STATE,
  filtersOf,
  type WorkspaceFilters,
} from '../../../src/elements/activity-workspace/workspace-state.js';
import { withState } from '../../../src/elements/activity-workspace/workspace-url.js';
import { memoryPreferences } from '../../../src/elements/base/preferences.js';
import type { Json } from '../../../src/model/json.js';
import type { Sort } from '../../../src/model/query.js';
import type { Capabilities } from '../../../src/provider/capabilities.js';
import type { ActivityPreferences, PreferenceChange } from '../../../src/provider/preferences.js';
import { memory } from '../../support/fixtures.js';
import { textOf } from '../../support/form.js';
import { until } from '../../support/grid.js';
import { MINE, rows, workspacePage, type WorkspacePage } from '../../support/workspace.js';

/** A view of the user's own as it is kept. */
function view(id: string, name: string, filters: Partial<WorkspaceFilters> = {}): Json {
  const kept = { id, name, filters: { ...filtersOf(DEFAULT_STATE), ...filters } };
  return JSON.parse(JSON.stringify(kept)) as Json;
}

const CALLS = view('calls', 'Calls', { types: ['phonecall'] });
const TASKS = view('tasks', 'Tasks', { types: ['task'] });
const LATE = view('late', 'Late', { due: 'overdue' });

/** Preferences with something in them. */
async function kept(values: { readonly [key: string]: Json }): Promise<ActivityPreferences> {
  const preferences = memoryPreferences();
  for (const [key, value] of Object.entries(values)) await preferences.write(key, value);
  return preferences;
}

/** A page of the user whose preferences these are, as a tab of the browser is one. */
async function tab(
  preferences: ActivityPreferences,
  properties: Partial<ActivityWorkspace> = {},
): Promise<WorkspacePage> {
  const own = { preferences, ...properties } as Partial<ActivityWorkspace>;
  return workspacePage(memory(rows), own);
}

const mark = (it: WorkspacePage): string => textOf(it.root.querySelector('[part=unsaved]'));

/** What can be chosen under the title, each with the word beside it. */
async function menuOf(it: WorkspacePage, opener: string = it.title): Promise<string[]> {
  it.button(opener).click();
  const items = (): HTMLElement[] => [...it.root.querySelectorAll<HTMLElement>('.menu-item')];
  await until(() => items().length > 0, 'the menu');
  const said = items().map((item) =>
    [item.dataset['label'], textOf(item.querySelector('.menu-hint'))].filter(Boolean).join(': '),
  );
  it.button(opener).click();
  await until(() => items().length === 0, 'the menu is closed');
  return said;
}

describe('unsaved changes of views', () => {
  it('of two tabs are both kept, and each tab hears of the other’s', async () => {
    const preferences = await kept({ 'workspace.views': [CALLS, LATE] });
    const one = await tab(preferences);
    await one.shows(...MINE);
    const other = await tab(preferences);
    await other.shows(...MINE);
    await one.choose('My activities', 'Calls');
    await one.choose('Activity type: Phone call', 'Task');
    await other.choose('My activities', 'Late');
    await other.choose('Priority: all', 'High');
    await until(() => mark(one) !== '' && mark(other) !== '', 'both are unsaved');
    await until(async () => {
      const changes = await preferences.read('workspace.changes');
      return (
        Object.keys(changes ?? {})
          .sort()
          .join() === 'calls,late'
      );
    }, 'both are kept');
    await until(
      async () => (await menuOf(one)).includes('Late: Unsaved changes'),
      'it is heard of',
    );
    await one.choose('Calls', 'Late');
    expect(one.element.priorities).to.deep.equal(['high']);
    await until(() => mark(one).includes('Unsaved changes'), 'it is unsaved here, too');
    await one.choose('Late', 'Discard changes');
    await until(
      async () =>
        Object.keys((await preferences.read('workspace.changes')) ?? {}).join() === 'calls',
      'what was discarded is kept no longer',
    );
    await until(async () => (await menuOf(other)).includes('Calls: Unsaved changes'));
  });

  it('are held for the moment in which the page goes, and leave alone what stands for other views', async () => {
    const device = await kept({ 'workspace.views': [CALLS, LATE] });
    const held = new Map<string, PreferenceChange>();
    const it = await tab({
      read: (key) => device.read(key),
      write: (key, value) => device.write(key, value),
      forget: () => device.forget(),
      hold: (key, change) => {
        held.set(key, change);
        return () => undefined;
      },
    });
    await it.shows(...MINE);
    await it.choose('My activities', 'Calls');
    expect(held.has('workspace.changes')).to.equal(false);
    it.element.choose({ types: ['task'] });
    const change = held.get('workspace.changes');
    expect(change?.({ late: filtersOf(DEFAULT_STATE) as unknown as Json })).to.have.keys(
      'calls',
      'late',
    );
  });
});

describe('news of unsaved changes', () => {
  it('that come fast are heard to the last', async () => {
    const device = await kept({ 'workspace.views': [CALLS, LATE] });
    let tell: (key: string) => void = () => undefined;
    const answers: ((changes: Json) => void)[] = [];
    const read = new Set<string>();
    let isSlow = false;
    const it = await tab({
      read: (key) => {
        read.add(key);
        return isSlow && key === 'workspace.changes'
          ? new Promise((resolve) => answers.push(resolve))
          : device.read(key);
      },
      write: (key, value) => device.write(key, value),
      forget: () => device.forget(),
      subscribe: (listener) => {
        tell = listener;
        return () => undefined;
      },
    });
    await it.shows(...MINE);
    await until(() => read.has('workspace.changes'), 'what is kept was asked for');
    isSlow = true;
    tell('workspace.changes');
    tell('workspace.changes');
    await until(() => answers.length === 2, 'both are asked about');
    const changed = { ...filtersOf(DEFAULT_STATE) } as unknown as Json;
    answers[0]?.({ calls: changed });
    answers[1]?.({ calls: changed, late: changed });
    await until(async () => (await menuOf(it)).includes('Late: Unsaved changes'));
    expect(await menuOf(it)).to.include('Calls: Unsaved changes');
  });
});

describe('a view that was deleted', () => {
  const undo = (it: WorkspacePage): void =>
    it.root.querySelector<HTMLElement>('.notice-action')?.click();
  const namesIn = async (preferences: ActivityPreferences): Promise<unknown[]> => {
    const views = await preferences.read('workspace.views');
    return Array.isArray(views) ? views.map((one: { name: string }) => one.name) : [];
  };

  it('comes back by undo to its place, as the default, with its unsaved changes', async () => {
    const preferences = await kept({
      'workspace.views': [CALLS, TASKS, LATE],
      'workspace.default-view': 'tasks',
    });
    const it = await tab(preferences);
    await until(() => it.title === 'Tasks', 'the default');
    await it.choose('Priority: all', 'High');
    await until(() => mark(it) !== '', 'unsaved');
    const before = await menuOf(it);
    await it.choose('Tasks', 'Delete view');
    await until(() => it.title === 'My activities' && it.notices.includes('View “Tasks” deleted'));
    expect(await namesIn(preferences)).to.deep.equal(['Calls', 'Late']);
    undo(it);
    await until(() => it.title === 'Tasks', 'it is open again');
    expect(it.element.priorities).to.deep.equal(['high']);
    await until(() => mark(it) !== '', 'still unsaved');
    expect(await menuOf(it)).to.deep.equal(before);
    const again = await tab(preferences);
    await until(() => again.title === 'Tasks', 'the default again');
    expect(await namesIn(preferences)).to.deep.equal(['Calls', 'Tasks', 'Late']);
    expect(await preferences.read('workspace.default-view')).to.equal('tasks');
    expect(await preferences.read('workspace.changes')).to.have.keys('tasks');
  });

  it('leaves alone another that got its name meanwhile, and what was made the default since', async () => {
    const preferences = await kept({
      'workspace.views': [CALLS, LATE],
      'workspace.default-view': 'calls',
    });
    const it = await tab(preferences);
    await until(() => it.title === 'Calls', 'the default');
    await it.choose('Calls', 'Delete view');
    await until(() => it.title === 'My activities');
    await it.choose('My activities', 'Late');
    await it.choose('Late', 'Rename view');
    const dialog = await it.dialog('Rename view');
    it.fill(dialog, 'Name of the view', 'calls');
    await it.element.updateComplete;
    it.pressIn(dialog, 'Save');
    await until(() => it.title === 'calls');
    await it.choose('calls', 'Set as default');
    undo(it);
    await until(() => it.title === 'Calls (2)', 'it is there beside the other');
    expect(await namesIn(preferences)).to.deep.equal(['Calls (2)', 'calls']);
    expect(await preferences.read('workspace.default-view')).to.equal('late');
  });
});

describe('a view that somebody shared', () => {
  const before = location.href;
  afterEach(() => history.replaceState(null, '', before));

  const shared = async (): Promise<WorkspacePage> => {
    const state = { ...DEFAULT_STATE, view: 'all', due: 'overdue', name: 'Late ones' } as const;
    history.replaceState(null, '', withState(before, state));
    const it = await tab(memoryPreferences(), { urlState: true });
    await it.shows('Mine late');
    expect(it.title).to.equal('Late ones');
    return it;
  };

  it('is no default until it is saved as one’s own', async () => {
    const it = await shared();
    expect(await menuOf(it)).not.to.include('Set as default');
    await it.choose('Late ones', 'Save as new view');
    const dialog = await it.dialog('Save as new view');
    await it.element.updateComplete;
    it.pressIn(dialog, 'Save');
    await until(() => mark(it) === '', 'it is saved');
    expect(await menuOf(it)).to.include('Set as default');
  });

  it('is no more what is seen once its filters are cleared', async () => {
    const it = await shared();
    expect(mark(it)).not.to.equal('');
    it.press('Clear filters');
    await it.shows(...MINE, 'Mine done', 'Juns');
    expect(it.title).to.equal('All activities');
    expect(mark(it)).to.equal('');
  });

  it('takes its filters with it when it is left for a built-in view', async () => {
    const it = await shared();
    await it.choose('Late ones', 'All activities');
    expect(it.title).to.equal('All activities');
    await it.shows(...MINE, 'Mine done', 'Juns');
    await it.choose('Due any time', 'Overdue');
    await it.choose('All activities', 'My activities');
    expect(it.element.due, 'between built-in views they stay').to.equal('overdue');
  });
});

describe('what is being typed into the search', () => {
  const typed = (it: WorkspacePage): string | undefined =>
    it.root.querySelector<HTMLInputElement>('input[type=search]')?.value;

  it('is gone for good when the filters are cleared, or a view is opened', async () => {
    const it = await tab(await kept({ 'workspace.views': [CALLS] }), { due: 'overdue' });
    const later = await tab(memoryPreferences());
    await it.shows('Mine late');
    await it.search('nothing like it');
    it.press('Clear filters');
    await it.shows(...MINE);
    expect(typed(it)).to.equal('');
    await it.search('nor like this');
    await it.choose('My activities', 'Calls');
    await it.shows('A call');
    expect(typed(it)).to.equal('');
    // What was typed later is sought by now.
    await later.search('late');
    await later.shows('Mine late');
    expect([it.element.search, typed(it), mark(it)]).to.deep.equal(['', '', '']);
  });
});

describe('the name of a view', () => {
  it('is the same however its accents are written', async () => {
    const preferences = await kept({ 'workspace.views': [view('one', 'Caf\u00e9')] });
    const it = await tab(preferences);
    await it.shows(...MINE);
    await it.choose('My activities', 'Save as new view');
    const dialog = await it.dialog('Save as new view');
    it.fill(dialog, 'Name of the view', 'CAFE\u0301');
    await it.element.updateComplete;
    it.pressIn(dialog, 'Save');
    await until(() => textOf(dialog).includes('There is a view “Caf\u00e9” already'));
    it.pressIn(dialog, 'Replace');
    await until(() => it.title === 'Caf\u00e9');
    expect(await preferences.read('workspace.views')).to.have.length(1);
  });
});

describe('preferences that refuse', () => {
  const REFUSED = 'Settings can’t be kept here';
  const noticesOf = (it: WorkspacePage): string[] =>
    [...it.root.querySelectorAll('.notice-text')].map(textOf);

  it('are told of in one notice, and nothing is called saved', async () => {
    const device = await kept({ 'workspace.views': [CALLS] });
    const it = await tab({
      read: (key) => device.read(key),
      write: () => Promise.reject(new Error('full')),
      forget: () => device.forget(),
    });
    const saysSo = async (): Promise<void> => {
      await until(() => it.notices.includes(REFUSED), 'it is said');
      const said = noticesOf(it);
      expect(said, said.join()).to.have.length(1);
      await until(() => {
        it.findButton('Dismiss')?.click();
        return it.notices === '';
      }, 'it is dismissed');
    };
    await it.shows(...MINE);
    await it.choose('My activities', 'Calls');
    await saysSo();
    await it.choose('Calls', 'Set as default');
    await saysSo();
    await it.choose('Priority: all', 'High');
    await saysSo();
    it.press('Save');
    await until(() => mark(it) === '', 'it lasts as long as the page');
    await saysSo();
    await it.choose('Calls', 'Rename view');
    const dialog = await it.dialog('Rename view');
    it.fill(dialog, 'Name of the view', 'Phone');
    await it.element.updateComplete;
    it.pressIn(dialog, 'Save');
    await until(() => it.title === 'Phone', 'this too');
    await saysSo();
  });
});

describe('a link to a view', () => {
  it('is offered where the page reads it, and nowhere else', async () => {
    const preferences = await kept({ 'workspace.views': [CALLS] });
    const it = await tab(preferences);
    await it.shows(...MINE);
    expect(await menuOf(it)).not.to.include('Copy link');
    it.element.urlState = true;
    await it.element.updateComplete;
    expect(await menuOf(it)).to.include('Copy link');
  });
});

describe('a stretch of days', () => {
  const before = location.href;
  afterEach(() => history.replaceState(null, '', before));

  it('without a day in it is as if it were not there', async () => {
    for (const due of ['2026-12-01..2026-11-01', '2026-12-01..2026-12-01'] as const) {
      history.replaceState(null, '', `?due=${due}`);
      const it = await tab(memoryPreferences(), { urlState: true });
      await it.shows(...MINE);
      expect(it.element.due, due).to.equal(undefined);
      // Nor where a host says it.
      it.element.due = due;
      await it.element.updateComplete;
      it.button('Due any time');
      await it.shows(...MINE);
    }
  });
});

describe('a type that is chosen', () => {
  it('can be taken back by the menu that it was chosen by, in whatever view', async () => {
    const it = await tab(memoryPreferences(), { view: 'personal' });
    await it.choose('Activity type: all', 'Note');
    await it.choose('Personal', 'My activities');
    await until(() => it.title === 'My activities');
    await it.shows();
    await it.choose('Activity type: Note', 'Note', 'Note', 'Note');
    await it.shows(...MINE);
    expect(await menuOf(it, 'Activity type: all')).not.to.include('Note');
    it.element.types = ['of-another-source'];
    await it.element.updateComplete;
    await it.choose('Activity type: of-another-source', 'of-another-source');
    await it.shows(...MINE);
  });
});

describe('a link that sorts', () => {
  const before = location.href;
  afterEach(() => history.replaceState(null, '', before));

  const source = memory(rows);
  /** How the rows are asked for that a link leads to. */
  const follow = async (
    sort: string,
    capabilities: Capabilities = {},
  ): Promise<readonly Sort[] | undefined> => {
    history.replaceState(null, '', `?view=all&sort=${sort}`);
    let asked: readonly Sort[] | undefined;
    const it = await workspacePage(
      {
        ...source,
        capabilities: async (options) => ({
          ...(await source.capabilities?.(options)),
          ...capabilities,
        }),
        query: (question, options) => {
          asked = question.sort;
          return source.query(question, options);
        },
      },
      { preferences: memoryPreferences(), urlState: true } as Partial<ActivityWorkspace>,
    );
    await it.shows(...MINE, 'Mine done', 'Juns');
    return asked;
  };
  const latest = [{ field: 'deadline', direction: 'desc' }] as const;
  const bySubject = [{ field: 'subject', direction: 'desc' }] as const;

  it('by what no activity has, or by what can’t be sorted by, shows its rows all the same', async () => {
    expect(await follow('foo:asc')).to.deep.equal(latest);
    for (const foreign of ['fields.foo:asc', 'parties:asc', 'parties.to:desc']) {
      expect(await follow(`${foreign},subject:desc`), foreign).to.deep.equal(bySubject);
    }
  });

  it('sorts by what the data source can', async () => {
    const query = { filter: ['*'], sort: ['subject', 'deadline'], search: true };
    expect(await follow('owner.name:asc,subject:desc', { query })).to.deep.equal(bySubject);
    const byDirection = [{ field: 'fields.direction', direction: 'asc' }] as const;
    expect(await follow('fields.direction:asc')).to.deep.equal(byDirection);
  });
});

describe('the default view', () => {
  it('is told of where it can be seen', async () => {
    const preferences = await kept({ 'workspace.views': [CALLS] });
    const it = await tab(preferences);
    await it.shows(...MINE);
    await it.choose('My activities', 'Calls');
    await it.choose('Calls', 'Set as default');
    await until(() => it.notices.includes('“Calls” opens first from now on'), 'it is shown');
    expect(await preferences.read('workspace.default-view')).to.equal('calls');
  });

  it('gives way to what is filtered on a built-in view, which is saved nowhere', async () => {
    const preferences = await kept({
      'workspace.views': [CALLS],
      'workspace.default-view': 'calls',
    });
    const it = await tab(preferences);
    await until(() => it.title === 'Calls', 'the default');
    await it.choose('Calls', 'All activities');
    await until(() => it.title === 'All activities');
    const plain = await tab(preferences);
    await until(() => plain.title === 'Calls', 'nothing is lost by it');
    await it.choose('Due any time', 'Overdue');
    const filtered = await tab(preferences);
    await filtered.shows('Mine late');
    expect(filtered.title).to.equal('All activities');
    expect(filtered.element.due).to.equal('overdue');
  });

  it('that is there no more is none: the page opens where the user was, and says which is', async () => {
    const { filters = null } = CALLS as { readonly filters?: Json };
    const preferences = await kept({
      'workspace.views': [CALLS],
      'workspace.default-view': 'gone',
      'workspace.current': { filters, personalView: 'calls' },
    });
    const it = await tab(preferences);
    await until(() => it.title === 'Calls', 'where the user was');
    const menu = await menuOf(it);
    expect(menu).to.include('My activities: Default');
    expect(menu).to.include('Set as default');
    await it.choose('Calls', 'My activities');
    expect(await menuOf(it)).not.to.include('Set as default');
  });
});

describe('how the columns are laid out', () => {
  const headers = (it: WorkspacePage): string[] =>
    [
      ...(it.root
        .querySelector('activity-grid')
        ?.shadowRoot?.querySelectorAll<HTMLElement>('[role=columnheader][data-col]') ?? []),
    ].flatMap(({ dataset: { col = '' } }) => (['select', 'acts'].includes(col) ? [] : col));

  it('is part of a view of the user’s own, and of no other', async () => {
    const preferences = memoryPreferences();
    const it = await tab(preferences);
    await it.shows(...MINE);
    const usual = headers(it);
    await it.columnMenu('Owner', 'Hide column');
    await until(() => !headers(it).includes('owner'));
    await it.choose('My activities', 'Save as new view');
    const dialog = await it.dialog('Save as new view');
    it.fill(dialog, 'Name of the view', 'Lean');
    await it.element.updateComplete;
    it.pressIn(dialog, 'Save');
    await until(() => it.title === 'Lean');
    expect(mark(it)).to.equal('');
    await it.columnMenu('Priority', 'Hide column');
    await until(() => mark(it).includes('Unsaved changes'), 'it is another than was saved');
    expect(headers(it)).to.deep.equal(
      usual.filter((name) => !['owner', 'priority'].includes(name)),
    );

    const again = await tab(preferences);
    await until(() => again.title === 'Lean' && mark(again).includes('Unsaved changes'));
    await until(() => headers(again).length === usual.length - 2, 'on the next visit, too');
    await again.choose('Lean', 'Save changes to the view');
    await until(() => mark(again) === '');
    await again.columnMenu('Due', 'Columns…');
    const reset = (): HTMLElement | null | undefined =>
      again.root
        .querySelector('activity-grid')
        ?.shadowRoot?.querySelector<HTMLElement>('[data-label="Reset columns"]');
    await until(reset, 'all columns');
    reset()?.click();
    await until(() => headers(again).join() === usual.join());
    await again.choose('Lean', 'Discard changes');
    await until(() => headers(again).length === usual.length - 2);
    await again.choose('Lean', 'My activities');
    await until(() => headers(again).join() === usual.slice(0, -1).join(), 'as before the view');
  });

  it('is there again where the address names the view', async () => {
    const before = location.href;
    const shown = { shown: ['subject', 'status'], widths: {}, isFrozen: false };
    const preferences = await kept({
      'workspace.views': [view('lean', 'Lean', { arrangement: shown })],
    });
    try {
      const state = { ...DEFAULT_STATE, personalView: 'lean' };
      history.replaceState(null, '', withState(location.href, state));
      const it = await tab(preferences, { urlState: true });
      await until(() => it.title === 'Lean');
      await until(() => headers(it).join() === 'subject,status');
      expect(mark(it)).to.equal('');
    } finally {
      history.replaceState(null, '', before);
    }
  });
});

import { expect } from '@open-wc/testing';
import type { ActivityWorkspace } from '../../../src/elements/activity-workspace/activity-workspace.js';
import { memoryPreferences } from '../../../src/elements/base/preferences.js';
import { failure } from '../../../src/provider/failure.js';
import { activity, memory } from '../../support/fixtures.js';
import { textOf } from '../../support/form.js';
import { press, until } from '../../support/grid.js';
import { workspacePage, type WorkspacePage } from '../../support/workspace.js';

const CALL = { locale: 'en', timeZone: 'UTC' };
const hour = (index: number): string => `2026-11-24T${String(9 + index).padStart(2, '0')}:00:00Z`;
const tasks = (...subjects: readonly string[]) =>
  subjects.map((subject, index) => activity({ subject, due: hour(index) }));

const panel = (it: WorkspacePage): string => textOf(it.root.querySelector('[part=queue]'));

async function begun(
  provider: Parameters<typeof workspacePage>[0],
  properties: Parameters<typeof workspacePage>[1] = {},
): Promise<WorkspacePage> {
  const it = await workspacePage(provider, properties);
  await until(() => it.subjects.length > 0, 'rows');
  await it.command('Work through');
  return it;
}

/** As a key that is held down sends it. */
function held(it: WorkspacePage, key: string): void {
  it.root
    .querySelector('[part=queue]')
    ?.dispatchEvent(new KeyboardEvent('keydown', { key, repeat: true, cancelable: true }));
}

async function states(source: ReturnType<typeof memory>): Promise<string[]> {
  const { rows } = await source.query({ sort: [{ field: 'due', direction: 'asc' }] }, CALL);
  return rows.map(({ state }) => String(state));
}

describe('a key of the work queue', () => {
  it('that is held down acts once', async () => {
    const source = memory(tasks('One', 'Two', 'Three'));
    const it = await begun(source);
    await until(() => panel(it).includes('1 of 3'));
    await press('c');
    await until(() => panel(it).includes('2 of 3'));
    for (const key of ['c', 's', 'o']) held(it, key);
    await it.element.updateComplete;
    expect(panel(it)).to.contain('2 of 3').and.to.contain('Two');
    expect(await states(source)).to.deep.equal(['completed', 'open', 'open']);
    held(it, 'k');
    await until(() => panel(it).includes('3 of 3'), 'to skip many is no harm');
  });

  it('takes back what was done here, however long ago, and goes back to it', async () => {
    const source = memory(tasks('One', 'Two', 'Three', 'Four', 'Five'));
    const it = await begun(source);
    for (const at of [1, 2, 3, 4]) {
      await until(() => panel(it).includes(`${String(at)} of 5`));
      await press('c');
    }
    await until(() => panel(it).includes('5 of 5'));
    await until(() => it.findButton('Undo'), 'Undo');
    for (const subject of ['Four', 'Three', 'Two', 'One']) {
      await press('u');
      await until(() => panel(it).includes(subject), subject);
    }
    await until(async () => (await states(source)).every((state) => state === 'open'));
    expect(panel(it)).to.contain('1 of 5').and.to.contain('One');
  });
});

describe('what is taken back in the work queue', () => {
  it('is what was done last, also before that has ended', async () => {
    const source = memory(tasks('One', 'Two', 'Three'));
    const [, two] = (await source.query({ sort: [{ field: 'due', direction: 'asc' }] }, CALL)).rows;
    let end = (): void => undefined;
    const held = new Promise<void>((resolve) => (end = resolve));
    const it = await begun({
      ...source,
      transition: async (id, to, options) => {
        if (id === two?.id && to.state === 'completed') await held;
        return source.transition(id, to, options);
      },
    });
    await until(() => panel(it).includes('1 of 3'));
    await press('c');
    await until(() => panel(it).includes('2 of 3') && it.findButton('Undo'));
    await press('c');
    await until(() => panel(it).includes('3 of 3'));
    await press('u');
    expect(panel(it), 'what is not done yet can’t be taken back yet').to.contain('3 of 3');
    end();
    await until(() => panel(it).includes('2 of 3') && panel(it).includes('Two'));
    expect(await states(source)).to.deep.equal(['completed', 'open', 'open']);
    await press('u');
    await until(() => panel(it).includes('1 of 3') && panel(it).includes('One'));
    expect(await states(source)).to.deep.equal(['open', 'open', 'open']);
  });
});

describe('the end of the work queue', () => {
  it('offers what was skipped, and what was taken back, and keeps it for later', async () => {
    const preferences = memoryPreferences();
    const it = await begun(memory(tasks('One', 'Two', 'Three')), {
      preferences,
    } as Partial<ActivityWorkspace>);
    await until(() => panel(it).includes('1 of 3'));
    await press('k');
    await until(() => panel(it).includes('2 of 3'));
    await press('s');
    await until(() => panel(it).includes('3 of 3'));
    await press('c');
    await until(() => panel(it).includes('You are through'));
    await until(() => it.findButton('Go through the 1 left'), 'the skipped one');
    await expect(it.element).to.be.accessible();
    await until(() => it.findButton('Undo'));
    it.press('Undo');
    await until(() => panel(it).includes('3 of 3') && panel(it).includes('Three'));
    await press('k');
    await until(() => it.findButton('Go through the 2 left'), 'what was taken back, too');
    await press('Escape');
    await until(() => it.root.textContent.includes('Continue with 1 of 2'));
    expect(await preferences.read('workspace.queue')).to.have.property('at', 0);
    await it.command('Continue with 1 of 2');
    await until(() => panel(it).includes('1 of 2') && panel(it).includes('One'));
  });
});

describe('what could not be done after the work queue was left', () => {
  it('stands in it again', async () => {
    const preferences = memoryPreferences();
    const [one, ...others] = tasks('One', 'Two');
    const source = memory([...(one ? [one] : []), ...others]);
    let refuse = (): void => undefined;
    const it = await begun(
      {
        ...source,
        transition: (id, to, call) =>
          id === one?.id
            ? new Promise((_, reject) => (refuse = () => reject(failure('forbidden', 'Ask Jun.'))))
            : source.transition(id, to, call),
      },
      { preferences } as Partial<ActivityWorkspace>,
    );
    await until(() => panel(it).includes('1 of 2'));
    await press('c');
    await until(() => panel(it).includes('2 of 2'));
    await press('c');
    await until(() => panel(it).includes('You are through'));
    await press('Escape');
    await until(() => it.root.querySelector('[part=queue]') === null);
    refuse();
    await until(() => it.notices.includes('Ask Jun.'), 'it is told of');
    await until(() => it.root.textContent.includes('Continue with 1 of 1'));
    expect(await preferences.read('workspace.queue')).to.have.property('at', 0);
    await it.command('Continue with 1 of 1');
    await until(() => panel(it).includes('1 of 1') && panel(it).includes('One'));
  });

  it('stands in it again, also where it was kept back for its undo', async () => {
    const source = memory(tasks('One'));
    const it = await begun({
      ...source,
      capabilities: async (call) => ({ ...(await source.capabilities(call)), undo: 'hold' }),
      transition: () => Promise.reject(failure('forbidden', 'Ask Jun.')),
    });
    await until(() => panel(it).includes('1 of 1'));
    await press('c');
    await until(() => panel(it).includes('You are through') && it.findButton('Undo'), 'kept back');
    await press('Escape');
    await until(() => it.root.querySelector('[part=queue]') === null);
    expect(it.root.textContent).not.to.contain('Continue with');
    // Who goes away no longer means to undo it.
    window.dispatchEvent(new Event('pagehide'));
    await until(() => it.root.textContent.includes('Continue with 1 of 1'));
  });
});

describe('the list of the work queue', () => {
  it('is all that is not done, however it is shown and whatever else is in the view', async () => {
    const done = tasks('Done', 'Done too').map((one) => ({
      ...one,
      state: 'completed' as const,
      statusReason: 'completed',
    }));
    const it = await begun(memory([...done, ...tasks('One', 'Two')]), { view: 'all' });
    await until(() => panel(it).includes('1 of 2'));
    await press('Escape');
    await it.showAs('Kanban');
    await until(() => it.root.querySelector('activity-kanban'));
    await it.command('Work through from the start');
    await until(() => panel(it).includes('1 of 2'));
  });

  it('goes as the groups of the list go, and what is in hand is in sight', async () => {
    const calls = Array.from({ length: 30 }, (_, index) =>
      activity({ subject: `Call ${String(index)}`, type: 'phonecall', due: hour(index % 10) }),
    );
    const it = await begun(memory([...calls, ...tasks('One', 'Two')]), { groupBy: 'type' });
    const names = Array.from({ length: 32 }, (_, index) => `${String(index + 1)} of 32`);
    await until(() => panel(it).includes('1 of 32') && panel(it).includes('One'));
    await press('k');
    await until(() => panel(it).includes('2 of 32') && panel(it).includes('Two'));
    for (const name of names.slice(2, 30)) {
      await press('k');
      await until(() => panel(it).includes(name), name);
    }
    const grid = it.root.querySelector('activity-grid');
    const marked = (): DOMRect | undefined =>
      grid?.shadowRoot?.querySelector('[part~=current]')?.getBoundingClientRect();
    await until(() => marked(), 'its row is drawn');
    const box = grid?.getBoundingClientRect();
    expect(marked()?.bottom).to.be.at.most((box?.bottom ?? 0) + 1);
    expect(marked()?.top).to.be.at.least(box?.top ?? Infinity);
  });

  it('says that it comes, that it could not be had, and that there is nothing', async () => {
    const source = memory(tasks('One', 'Two'));
    let answer: () => Promise<void> = () => Promise.resolve();
    const it = await workspacePage({
      ...source,
      query: async (question, call) => {
        // The list of the queue is asked for by what is not done.
        if (JSON.stringify(question.filter).includes('"not"')) await answer();
        return source.query(question, call);
      },
    });
    await until(() => it.subjects.length > 0);
    let go = (): void => undefined;
    answer = () => new Promise((resolve) => (go = resolve));
    await it.command('Work through');
    await until(() => panel(it).includes('Loading'), 'it is on its way');
    answer = () => Promise.reject(failure('server', 'Closed for today.'));
    go();
    await until(() => panel(it).includes('1 of 2'));
    await press('Escape');
    await it.search('One');
    await it.shows('One');
    await it.command('Work through from the start');
    await until(() => panel(it).includes('Closed for today.'), 'the failure in its own words');
    await expect(it.element).to.be.accessible();
    await press('Escape');
    await until(() => it.root.textContent.includes('Continue with 1 of 2'), 'as it was before');
    await it.command('Work through from the start');
    await until(() => it.findButton('Try again'));
    answer = () => Promise.resolve();
    it.press('Try again');
    await until(() => panel(it).includes('1 of 1') && panel(it).includes('One'));
    await press('Escape');
    await it.search('nowhere');
    await until(() => it.subjects.length === 0);
    await it.command('Work through from the start');
    await until(
      () => it.notices.includes('There is nothing to work through'),
      'seen, not only heard',
    );
    expect(it.root.querySelector('[part=queue]')).to.equal(null);
  });

  it('stays where it is while a row cannot be loaded, and goes past one that is gone', async () => {
    const [one, two, three] = tasks('One', 'Two', 'Three');
    const ids = [one, 'gone', two, three].map((each) =>
      typeof each === 'string' ? each : each?.id,
    );
    const preferences = memoryPreferences();
    await preferences.write('workspace.queue', { ids: ids as string[], at: 0 });
    const source = memory([one, two, three].filter((each) => each !== undefined));
    let isDown = true;
    const it = await workspacePage(
      {
        ...source,
        get: (id, call) =>
          isDown ? Promise.reject(failure('unauthenticated')) : source.get(id, call),
      },
      { preferences, search: 'Three' } as Partial<ActivityWorkspace>,
    );
    await it.shows('Three');
    await until(() => it.root.textContent.includes('Continue with 1 of 4'));
    await it.command('Continue with 1 of 4');
    await until(() => it.findButton('Try again'), 'it says that it could not be loaded');
    expect(panel(it)).to.contain('1 of 4');
    isDown = false;
    it.press('Try again');
    await until(() => panel(it).includes('One'));
    await press('k');
    await until(() => panel(it).includes('3 of 4') && panel(it).includes('Two'));
  });

  it('says when somebody else has done what is in hand, and does not take a key for the next', async () => {
    const source = memory(tasks('One', 'Two', 'Three'));
    const it = await begun(source);
    await until(() => panel(it).includes('1 of 3'));
    const [first] = (await source.query({ search: 'One' }, CALL)).rows;
    if (!first) throw new Error('no row');
    await source.transition(
      first.id,
      { state: 'completed' },
      { ...CALL, idempotencyKey: 'elsewhere' },
    );
    it.element.store?.refresh();
    await until(
      () => panel(it).includes('2 of 3') && panel(it).includes('“One” is no longer to be done'),
    );
    await press('c');
    expect(panel(it), 'the key was meant for the first').to.contain('2 of 3');
    expect(await states(source)).to.deep.equal(['completed', 'open', 'open']);

    it.button('Skip').focus();
    const [second] = (await source.query({ search: 'Two' }, CALL)).rows;
    await source.remove(second?.id ?? '', { ...CALL, idempotencyKey: 'deleted' });
    await until(
      () => panel(it).includes('3 of 3') && panel(it).includes('“Two” is no longer to be done'),
    );
  });
});

import { expect } from '@open-wc/testing';
import { toDueFilter } from '../../../src/model/due.js';
import { UNFINISHED, type ActivityQuery } from '../../../src/model/query.js';
import { failure } from '../../../src/provider/failure.js';
import type { ActivityDataProvider, CallOptions } from '../../../src/provider/provider.js';
import { storeFor } from '../../../src/store/store-for.js';
import { activity, memory, NOW, TIME_ZONE } from '../../support/fixtures.js';
import { GridHarness, textOf, until } from '../../support/grid.js';
import { waitUntil } from '../../support/until.js';

const call = { locale: 'en', timeZone: 'UTC' };

/** 1,000 open tasks, of which every twentieth is refused and every twentieth other fails. */
function thousand() {
  const rows = Array.from({ length: 1000 }, (_, index) =>
    activity({ subject: `Task ${String(index).padStart(4, '0')}` }),
  );
  const source = memory(rows);
  const kindOf = new Map(rows.map(({ id }, index) => [id, index % 20]));
  let isBroken = true;
  const provider = {
    ...source,
    transition: async (...[id, to, options]: Parameters<typeof source.transition>) => {
      if (kindOf.get(id) === 3 && to.state === 'completed') {
        throw failure('transition-refused', 'Close the quote first.');
      }
      if (kindOf.get(id) === 7 && isBroken && to.state === 'completed') {
        throw failure('server', 'The server broke down.');
      }
      return source.transition(id, to, options);
    },
  };
  const completed = async (): Promise<number> => {
    const filter = { field: 'state', op: 'eq', value: 'completed' } as const;
    const { rows: done } = await source.query({ filter, page: { size: 2000 } }, call);
    return done.length;
  };
  return { provider, completed, mend: () => (isBroken = false) };
}

/** A thousand writes may take their time. */
const untilDone = (condition: () => unknown, message?: string): Promise<void> =>
  waitUntil(condition, message, { timeout: 30_000 });

describe('an act on a thousand rows', () => {
  it('names exactly what was refused and what failed, and tries again what failed', async () => {
    const { provider, completed, mend } = thousand();
    const grid = await GridHarness.mount(provider, { query: { filter: UNFINISHED } });
    grid.checkbox('Select all').click();
    await grid.updated();
    expect(grid.text).to.contain('1,000 selected');
    grid.button('Complete').click();
    const dialog = (): HTMLDialogElement | null => grid.root.querySelector('dialog[open]');
    await untilDone(() => dialog(), 'the report stands');
    const report = textOf(dialog() as Node);
    expect(report).to.contain('900 done · 50 refused · 50 failed');
    const named = [...(dialog()?.querySelectorAll('li') ?? [])]
      .filter((item) => !item.querySelector('li'))
      .map((item) => textOf(item));
    const numbers = (rest: number): string[] =>
      Array.from(
        { length: 50 },
        (_, index) => `Task ${String(index * 20 + rest).padStart(4, '0')}`,
      );
    expect(new Set(named)).to.deep.equal(new Set([...numbers(3), ...numbers(7)]));
    expect(await completed()).to.equal(900);

    mend();
    grid.button('Try 50 again', dialog() as ParentNode).click();
    await untilDone(async () => (await completed()) === 950);

    await until(() => grid.notices.some((text) => text.includes('50 activities completed')));
  }).timeout(60_000);

  it('does nothing to a part of those not loaded where another part of them can’t be had, and says so', async () => {
    const source = memory(Array.from({ length: 120 }, () => activity()));
    let isBroken = false;
    const provider = {
      ...source,
      query: async (...[question, options]: Parameters<typeof source.query>) => {
        const page = await source.query(question, options);
        if (!isBroken) return page;
        const failed = [{ source: 'notes', error: failure('server') }];
        return { ...page, rows: page.rows.slice(0, 60), failed };
      },
    };
    const grid = await GridHarness.mount(provider, { query: { filter: UNFINISHED } });
    grid.checkbox('Select all').click();
    await grid.updated();
    expect(grid.text).to.contain('120 selected');
    isBroken = true;
    grid.button('Complete').click();
    const dialog = (): HTMLDialogElement | null => grid.root.querySelector('dialog[open]');
    await untilDone(() => dialog(), 'the report stands');
    expect(textOf(dialog() as Node)).to.match(/(\d+) done · (\d+) failed/);
    const [, done, failed] = /(\d+) done · (\d+) failed/.exec(textOf(dialog() as Node)) ?? [];
    expect(Number(done) + Number(failed)).to.equal(120);
  });

  it('tries again what was not done because the session had ended', async () => {
    const source = memory(Array.from({ length: 30 }, () => activity()));
    let isSignedIn = true;
    let begun = 0;
    const grid = await GridHarness.mount(
      {
        ...source,
        transition: (...[id, to, options]: Parameters<typeof source.transition>) => {
          begun += 1;
          if (begun === 11) isSignedIn = false;
          return isSignedIn
            ? source.transition(id, to, options)
            : Promise.reject(failure('unauthenticated'));
        },
      },
      { query: { filter: UNFINISHED } },
    );
    grid.checkbox('Select all').click();
    await grid.updated();
    grid.button('Complete').click();
    const dialog = (): HTMLDialogElement | null => grid.root.querySelector('dialog[open]');
    await until(() => dialog(), 'the report stands');
    expect(textOf(dialog() as Node)).to.contain('10 done · 20 failed');
    expect(textOf(dialog() as Node)).to.contain('You are signed out. Sign in and try again.');
    isSignedIn = true;
    grid.button('Try 20 again', dialog() as ParentNode).click();
    await until(async () => {
      const { rows } = await source.query({ filter: UNFINISHED }, call);
      return rows.length === 0;
    });
  });

  for (const count of [40, 440]) {
    it(`says what was not begun of ${String(count)} where it is stopped, and goes on with that`, async () => {
      const source = memory(Array.from({ length: count }, () => activity()));
      const started: (() => void)[] = [];
      let isSlow = true;
      let begun = 0;
      const grid = await GridHarness.mount({
        ...source,
        transition: async (...args: Parameters<typeof source.transition>) => {
          begun += 1;
          if (isSlow) await new Promise<void>((resolve) => started.push(resolve));
          return source.transition(...args);
        },
      });
      grid.checkbox('Select all').click();
      await grid.updated();
      grid.button('Complete').click();
      // With each that ends it says how many have been found by then.
      await until(() => {
        started.shift()?.();
        return new RegExp(`[1-9] of ${String(count)}`).test(grid.text);
      }, 'all are found');
      grid.button('Stop').click();
      isSlow = false;
      for (const go of started) go();
      const dialog = (): HTMLDialogElement | null => grid.root.querySelector('dialog[open]');
      await until(() => dialog(), 'the report stands');
      const [done, left] = [String(begun), String(count - begun)];
      const report = textOf(dialog() as Node);
      expect(report).to.contain(`${done} done · ${left} not begun`);
      expect(report).not.to.contain('failed');
      await expect(dialog()).to.be.accessible();
      grid.button(`Go on with ${left}`, dialog() as ParentNode).click();
      await until(async () => {
        const { rows } = await source.query({ filter: UNFINISHED }, call);
        return rows.length === 0;
      });
    });
  }

  it('shows that all are sought which are put off, and leaves them where it is stopped', async () => {
    const source = memory(Array.from({ length: 440 }, () => activity({ due: '2026-11-20' })));
    let isSlow = false;
    const grid = await GridHarness.mount(
      {
        ...source,
        query: (question: ActivityQuery, options: CallOptions) =>
          isSlow && (question.page?.size ?? 0) >= 440
            ? new Promise<never>(() => undefined)
            : source.query(question, options),
      },
      { query: { filter: UNFINISHED } },
    );
    grid.checkbox('Select all').click();
    await grid.updated();
    isSlow = true;
    grid.button('Due').click();
    await until(() => grid.root.querySelector('[role=menu]:popover-open'));
    grid.menuItem('Tomorrow').click();
    await until(() => /\b0 of \d+/.test(grid.text), 'it is said that they are sought');
    grid.button('Stop').click();
    await until(() => !grid.text.includes('Stop'));
    expect(grid.text).to.contain('440 selected');
    expect(grid.notices).to.deep.equal([]);
    const due = { field: 'due', op: 'le', value: '2026-11-20' } as const;
    expect((await source.query({ filter: due, page: { size: 500 } }, call)).rows).to.have.length(
      440,
    );
  });

  it('leaves all selected that it had not found when it was stopped, and goes on with them', async () => {
    const source = memory(Array.from({ length: 440 }, () => activity()));
    let isSlow = false;
    const waiting: (() => void)[] = [];
    const grid = await GridHarness.mount(
      {
        ...source,
        query: async (question: ActivityQuery, options: CallOptions) => {
          // Only who seeks all asks for so many.
          if (isSlow && (question.page?.size ?? 0) >= 440) {
            await new Promise<void>((resolve) => waiting.push(resolve));
          }
          return source.query(question, options);
        },
      },
      { query: { filter: UNFINISHED } },
    );
    grid.checkbox('Select all').click();
    await grid.updated();
    const unseen = grid.element.rest?.count.value ?? 0;
    expect(unseen).to.be.greaterThan(0);
    isSlow = true;
    grid.button('Complete').click();
    const seen = 440 - unseen;
    await until(() => grid.text.includes(`${String(seen)} of 440`), 'those seen are done');
    grid.button('Stop').click();
    isSlow = false;
    for (const go of waiting) go();
    const dialog = (): HTMLDialogElement | null => grid.root.querySelector('dialog[open]');
    await until(() => dialog(), 'the report stands');
    const report = textOf(dialog() as Node);
    expect(report).to.contain(`${String(seen)} done · ${String(unseen)} not begun`);
    expect(report).to.contain(`${String(unseen)} not loaded`);
    expect(report).not.to.contain('failed');
    await expect(dialog()).to.be.accessible();
    await until(() => grid.text.includes(`${String(unseen)} selected`));
    grid.button(`Go on with ${String(unseen)}`, dialog() as ParentNode).click();
    await until(async () => {
      const { rows } = await source.query({ filter: UNFINISHED }, call);
      return rows.length === 0;
    });
    await until(() => !grid.element.rest && grid.element.selection.length === 0);
  });

  it('takes back as one what was done before it was tried again, and by that', async () => {
    const { provider, completed, mend } = thousand();
    const grid = await GridHarness.mount(provider, { query: { filter: UNFINISHED } });
    grid.checkbox('Select all').click();
    await grid.updated();
    grid.button('Complete').click();
    const dialog = (): HTMLDialogElement | null => grid.root.querySelector('dialog[open]');
    await untilDone(() => dialog(), 'the report stands');
    mend();
    grid.button('Try 50 again', dialog() as ParentNode).click();
    await untilDone(() => grid.notices.some((text) => text.includes('950 in all')));
    const root = grid.context.shadowRoot as ShadowRoot;
    const undos = [...root.querySelectorAll('.notice-action')].map((one) => textOf(one));
    expect(undos).to.deep.equal(['Undo']);
    grid.button('Undo', root).click();
    await untilDone(async () => (await completed()) === 0);
  }).timeout(60_000);

  it('says what became of those that failed and were removed before they are tried again', async () => {
    const rows = ['One', 'Two', 'Three', 'Four'].map((subject) => activity({ subject }));
    const source = memory(rows);
    let isBroken = true;
    const grid = await GridHarness.mount({
      ...source,
      transition: async (...args: Parameters<typeof source.transition>) => {
        if (isBroken) throw failure('server', 'The server broke down.');
        return source.transition(...args);
      },
    });
    grid.checkbox('Select all').click();
    await grid.updated();
    grid.button('Complete').click();
    const dialog = (): HTMLDialogElement | null => grid.root.querySelector('dialog[open]');
    await until(() => dialog(), 'the report stands');
    await source.remove(rows[1]?.id ?? '', { ...call, idempotencyKey: 'theirs' });
    await until(() => !grid.subjects.includes('Two'), 'it is gone');
    isBroken = false;
    grid.button('Try 4 again', dialog() as ParentNode).click();
    await until(() => textOf(dialog() ?? document).includes('3 done · 1 refused'));
    expect(textOf(dialog() as Node)).to.match(/does not exist any more.*Two/);
  });

  it('asks for a few at a time of those that failed and are not loaded any more, until it is stopped', async () => {
    const rows = Array.from({ length: 30 }, () => activity());
    const source = memory(rows);
    let asked = 0;
    let isSlow = true;
    const waiting: (() => void)[] = [];
    const grid = await GridHarness.mount({
      ...source,
      get: async (...args: Parameters<typeof source.get>) => {
        asked += 1;
        if (isSlow) await new Promise<void>((resolve) => waiting.push(resolve));
        return source.get(...args);
      },
      transition: () => Promise.reject(failure('server', 'The server broke down.')),
    });
    grid.checkbox('Select all').click();
    await grid.updated();
    grid.button('Complete').click();
    const dialog = (): HTMLDialogElement | null => grid.root.querySelector('dialog[open]');
    await until(() => dialog(), 'the report stands');
    for (const { id } of rows) await source.remove(id, { ...call, idempotencyKey: id });
    await until(() => grid.subjects.length === 0, 'they are gone');
    grid.button('Try 30 again', dialog() as ParentNode).click();
    await until(() => waiting.length > 0, 'the first are asked for');
    await grid.updated();
    expect(asked).to.equal(4);
    await until(() => grid.text.includes('0 of 30'), 'it says how far it is');
    grid.button('Stop').click();
    await until(() => dialog(), 'the report stands again');
    expect(textOf(dialog() as Node)).to.contain('0 done · 30 failed');
    expect(asked).to.equal(4);
    await expect(dialog()).to.be.accessible();

    isSlow = false;
    for (const go of waiting) go();
    grid.button('Try 30 again', dialog() as ParentNode).click();
    await until(() => textOf(dialog() ?? document).includes('0 done · 30 refused'));
  });

  it('leaves those selected that failed and are not loaded again', async () => {
    const rows = Array.from({ length: 400 }, (_, index) =>
      activity({ subject: `Task ${String(index).padStart(4, '0')}` }),
    );
    const source = memory(rows);
    const failing = new Set(rows.slice(0, 30).map(({ id }) => id));
    let isBroken = true;
    const listeners = new Set<Parameters<typeof source.subscribe>[0]>();
    const grid = await GridHarness.mount({
      ...source,
      transition: async (...[id, to, options]: Parameters<typeof source.transition>) => {
        if (isBroken && failing.has(id)) throw failure('server', 'The server broke down.');
        return source.transition(id, to, options);
      },
      subscribe: (listener: Parameters<typeof source.subscribe>[0]) => {
        listeners.add(listener);
        return source.subscribe(listener);
      },
    });
    grid.checkbox('Select all').click();
    await grid.updated();
    expect(grid.text).to.contain('400 selected');
    grid.button('Complete').click();
    const dialog = (): HTMLDialogElement | null => grid.root.querySelector('dialog[open]');
    await until(() => dialog(), 'the report stands');
    expect(textOf(dialog() as Node)).to.contain('370 done · 30 failed');
    await until(() => grid.text.includes('30 selected'));

    // At the other end of the list it is asked anew for what is seen there, and no more knows its beginning.
    const scroller = grid.grid.parentElement as HTMLElement;
    scroller.scrollTop = scroller.scrollHeight;
    await until(() => grid.blanks === 0 && !grid.subjects.includes('Task 0000'));
    let asked = 0;
    grid.element.addEventListener('activity-selection-change', () => (asked += 1));
    for (const tell of listeners) tell({ kind: 'invalidate' });
    await until(() => grid.element.places.rowAt(0) === undefined, 'the beginning is not loaded');
    await grid.updated();
    expect(grid.text).to.contain('30 selected');
    expect(asked).to.equal(0);
    isBroken = false;
    grid.button('Try 30 again', dialog() as ParentNode).click();
    await until(() => grid.notices.some((text) => text.includes('30 activities completed')));
    expect(grid.element.selection).to.deep.equal([]);
  });

  it('is asked about first, with the number, where it can’t be taken back', async () => {
    const source = memory(Array.from({ length: 30 }, () => activity()));
    const grid = await GridHarness.mount(
      {
        ...source,
        capabilities: async () => ({ ...(await source.capabilities(call)), undo: 'hold' }),
      },
      { query: { filter: UNFINISHED } },
    );
    const openRows = async (): Promise<number> =>
      (await source.query({ filter: UNFINISHED }, call)).rows.length;
    const question = (): ParentNode =>
      grid.context.shadowRoot?.querySelector('[role=alertdialog]') ?? document.createElement('p');
    grid.checkbox('Select all').click();
    await grid.updated();
    grid.button('Complete').click();
    await until(() => grid.findButton('Back', question()));
    expect(textOf(question() as Node)).to.contain('Move 30 activities to Completed?');
    grid.button('Back', question()).click();
    await until(() => !grid.findButton('Back', question()));
    expect(await openRows()).to.equal(30);
    expect(grid.text).to.contain('30 selected');

    grid.button('Complete').click();
    await until(() => grid.findButton('Continue', question()));
    grid.button('Continue', question()).click();
    await until(async () => (await openRows()) === 0);
    await until(() => grid.notices.some((text) => text.includes('30 activities completed')));
    expect(grid.notices.join()).not.to.contain('Undo');
  });

  it('says in the report that there is no undo', async () => {
    const rows = Array.from({ length: 30 }, () => activity());
    const source = memory(rows);
    const grid = await GridHarness.mount({
      ...source,
      capabilities: async () => ({ ...(await source.capabilities(call)), undo: 'hold' }),
      transition: async (...args: Parameters<typeof source.transition>) => {
        if (args[0] === rows[4]?.id) throw failure('forbidden', 'Ask Mona.');
        return source.transition(...args);
      },
    });
    grid.checkbox('Select all').click();
    await grid.updated();
    grid.button('Complete').click();
    const root = grid.context.shadowRoot as ShadowRoot;
    await until(() => grid.findButton('Continue', root), 'it is asked');
    grid.button('Continue', root).click();
    const dialog = (): HTMLDialogElement | null => grid.root.querySelector('dialog[open]');
    await until(() => dialog(), 'the report stands');
    const report = textOf(dialog() as Node);
    expect(report).to.contain('29 done · 1 refused');
    expect(report).to.contain('What is done cannot be undone.');
    expect(report).not.to.contain('Undo');
  });

  it('is taken back as one, and brings back what was done', async () => {
    const { provider, completed } = thousand();
    const grid = await GridHarness.mount(provider, { query: { filter: UNFINISHED } });
    grid.checkbox('Select all').click();
    await grid.updated();
    grid.button('Complete').click();
    const dialog = (): HTMLDialogElement | null => grid.root.querySelector('dialog[open]');
    await untilDone(() => dialog(), 'the report stands');
    // It stays for some seconds only.
    await until(() => grid.notices.join().includes('Undo'), 'a notice offers it, too');
    await untilDone(() => grid.grid.ariaRowCount === '101', 'only those not done are left');
    await until(() => grid.element.rest === undefined, 'nothing unseen is selected any more');
    expect(grid.element.selection.length).to.be.within(1, 100);
    grid.button('Undo 900', dialog() as ParentNode).click();
    await until(() => !grid.notices.join().includes('Undo'), 'its notice is gone');
    await untilDone(async () => (await completed()) === 0);
    await untilDone(() => grid.grid.ariaRowCount === '1001', 'all are there again');
  }).timeout(60_000);
});

it('all that is overdue stays selected while time goes on, until it is put off', async () => {
  const rows = Array.from({ length: 400 }, () => activity({ due: '2026-11-20' }));
  const source = memory(rows);
  let asked = 0;
  const provider: ActivityDataProvider = {
    ...source,
    query: (question, options) => {
      asked += 1;
      return source.query(question, options);
    },
  };
  let now = NOW;
  // The first to ask for the store says by which clock it goes.
  storeFor(provider, { clock: { now: () => now } });
  const grid = await GridHarness.mount(provider, {
    query: { filter: toDueFilter('overdue', now, TIME_ZONE) },
  });
  grid.checkbox('Select all').click();
  await until(() => grid.text.includes('400 selected'));
  expect(grid.element.rest?.count.value).to.be.greaterThan(0);
  const before = asked;
  now += 60_000;
  grid.element.query = { filter: toDueFilter('overdue', now, TIME_ZONE) };
  await until(() => asked > before, 'asked anew');
  await grid.updated();
  expect(grid.text).to.contain('400 selected');
  expect(grid.element.rest?.count.value).to.be.greaterThan(0);
  grid.button('Due').click();
  await until(() => grid.root.querySelector('[role=menu]:popover-open'), 'the menu is open');
  grid.menuItem('Next week').click();
  await until(() => grid.notices.some((text) => text.includes('400 activities moved')));
  await until(() => grid.grid.ariaRowCount === '1', 'nothing is overdue');
  expect(grid.element.rest).to.equal(undefined);
  expect(grid.element.selection).to.deep.equal([]);
});

it('many that are moved each in its own way are written once each, and taken back as one', async () => {
  const day = '2026-11-23';
  const rows = Array.from({ length: 136 }, (_, index) => {
    const [hour, minute] = [8 + (index % 8), Math.floor(index / 8)].map((part) =>
      String(part).padStart(2, '0'),
    );
    return activity({ due: `${day}T${String(hour)}:${String(minute)}:00Z` });
  });
  const source = memory(rows);
  let writes = 0;
  let asked = 0;
  const provider: ActivityDataProvider = {
    ...source,
    query: (question, options) => {
      asked += 1;
      return source.query(question, options);
    },
    update: (id, patch, options) => {
      writes += 1;
      return source.update(id, patch, options);
    },
  };
  const grid = await GridHarness.mount(provider);
  grid.checkbox('Select all').click();
  await until(() => grid.text.includes('136 selected'));
  const before = asked;
  grid.button('Due').click();
  await until(() => grid.root.querySelector('[role=menu]:popover-open'), 'the menu is open');
  grid.menuItem('In 3 days').click();
  await until(() => grid.notices.some((text) => text.includes('136 activities moved')));
  expect(writes).to.equal(136);
  expect(asked - before, 'all are sought once').to.be.lessThan(10);
  const dues = async (): Promise<(string | undefined)[]> =>
    Promise.all(rows.map(async ({ id }) => (await source.get(id, call)).due));
  expect(await dues()).to.deep.equal(rows.map(({ due }) => due?.replace(day, '2026-11-26')));
  const root = grid.context.shadowRoot as ShadowRoot;
  await until(() => grid.findButton('Undo', root), 'it can be undone');
  grid.button('Undo', root).click();
  await until(async () => (await dues()).join() === rows.map(({ due }) => due).join());
  expect(writes).to.equal(272);
});

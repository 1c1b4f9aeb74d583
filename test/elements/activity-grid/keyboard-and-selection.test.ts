import { expect } from '@open-wc/testing';
import type { ActivitySelectionChangeEvent } from '../../../src/events/activity-selection-change-event.js';
import { UNFINISHED, type ActivityQuery } from '../../../src/model/query.js';
import type { GridColumn } from '../../../src/elements/base/columns.js';
import type { CallOptions } from '../../../src/provider/provider.js';
import { activity, cecil, memory } from '../../support/fixtures.js';
import { GridHarness, press, pressWith, textOf, until } from '../../support/grid.js';

const names = ['A', 'B', 'C', 'D', 'E'];
const rows = names.map((subject, index) =>
  activity({ subject, due: `2026-11-2${String(index + 3)}T09:00:00Z`, regarding: cecil }),
);
const many = Array.from({ length: 40 }, (_, index) =>
  activity({ subject: `Row ${String(index).padStart(2, '0')}`, due: undefined }),
);
const hundred = Array.from({ length: 100 }, (_, index) =>
  activity({ subject: `Row ${String(index + 40)}`, due: undefined }),
);
const [a, b, c] = rows.map(({ id }) => id);

class OwnField extends HTMLElement {
  constructor() {
    super();
    this.attachShadow({ mode: 'open' }).append(document.createElement('input'));
  }
}
customElements.define('own-field', OwnField);

/** What a host may draw into a cell that takes keys for itself. */
const written = {
  input: () => field('input'),
  checkbox: () => Object.assign(field('input'), { type: 'checkbox' }),
  select: () => field('select'),
  textarea: () => field('textarea'),
  'editable text': () => Object.assign(field('div'), { contentEditable: 'true' }),
  'element with a field': () => document.createElement('own-field'),
};

function field(name: 'input' | 'select' | 'textarea' | 'div'): HTMLElement {
  return Object.assign(document.createElement(name), { className: 'field' });
}

async function focused(properties = {}, provider = memory(rows)): Promise<GridHarness> {
  const grid = await GridHarness.mount(provider, properties);
  grid.element.focus();
  return grid;
}

async function keys(grid: GridHarness, ...pressed: string[]): Promise<string> {
  for (const key of pressed) await press(key);
  await grid.updated();
  return grid.focus;
}

describe('activity-grid by keyboard', () => {
  it('has one tab stop', async () => {
    const grid = await focused();
    expect(grid.tabStops.length).to.equal(1);
    await keys(grid, 'ArrowDown', 'ArrowRight', 'ArrowRight');
    expect(grid.tabStops.length).to.equal(1);
    grid.element.columns = ['owner', 'due'];
    await grid.updated();
    expect(grid.tabStops.length).to.equal(1);
  });

  it('goes to the next subject that begins with what is typed', async () => {
    const subjects = ['Call Ana', 'Call Bob', 'Send offer', 'Call 2', 'Write'];
    const grid = await focused(
      {},
      memory(
        subjects.map((subject, index) =>
          activity({ subject, due: `2026-11-2${String(index + 3)}T09:00:00Z` }),
        ),
      ),
    );
    expect(await keys(grid, 's')).to.equal('Send offer | Subject');
    // Of a word that is going on, the letters count together; what no subject begins with leads nowhere.
    expect(await keys(grid, 'e', 'x')).to.equal('Send offer | Subject');
  });

  it('goes from one to the next by the same letter, round the list, in the column where one is', async () => {
    const subjects = ['Call Ana', 'Call Bob', 'Send offer'];
    const grid = await focused(
      {},
      memory([
        ...subjects.map((subject, index) =>
          activity({ subject, due: `2026-11-2${String(index + 3)}T09:00:00Z` }),
        ),
        ...many.map((row) => activity({ ...row, id: `x-${row.id}` })),
      ]),
    );
    expect(await keys(grid, 'c')).to.equal('Call Bob | Subject');
    expect(await keys(grid, 'c')).to.equal('Call Ana | Subject');
    await press('ArrowRight');
    expect(await keys(grid, 'r')).to.match(/^Row \d\d \| Regarding$/u);
    expect(grid.selected).to.deep.equal([]);
  });

  it('is entered at the first row’s subject, and left by Tab', async () => {
    const grid = await GridHarness.mount(memory(rows));
    const [before, after] = [document.createElement('button'), document.createElement('button')];
    grid.context.before(before);
    grid.context.after(after);
    before.focus();
    await press('Tab');
    expect(grid.focus).to.equal('A | Subject');
    await press('Tab');
    expect(document.activeElement).to.equal(after);
    before.remove();
    after.remove();
  });

  it('is gone through by arrows, up into the header and never out of it', async () => {
    const grid = await focused();
    expect(await keys(grid, 'ArrowDown')).to.equal('B | Subject');
    expect(await keys(grid, 'ArrowRight')).to.equal('B | Regarding');
    expect(await keys(grid, 'ArrowLeft', 'ArrowLeft')).to.equal('B | Activity type');
    expect(await keys(grid, 'ArrowLeft', 'ArrowLeft', 'ArrowLeft')).to.equal('B | Select all');
    expect(await keys(grid, 'ArrowUp', 'ArrowUp', 'ArrowUp')).to.equal('header | Select all');
  });

  it('is gone through the other way round from right to left', async () => {
    const grid = await GridHarness.mount(memory(rows), { locale: 'ar' });
    grid.element.focus();
    expect(await keys(grid, 'ArrowLeft')).to.equal('A | Regarding');
    expect(await keys(grid, 'ArrowRight', 'ArrowRight')).to.equal('A | Activity type');
    expect(await keys(grid, 'Home')).to.equal('A | Select all');
  });

  it('goes to the ends of a row and of the grid', async () => {
    const grid = await focused();
    expect(await keys(grid, 'End')).to.equal('A | Actions');
    expect(await keys(grid, 'Home')).to.equal('A | Select all');
    pressWith({ ctrlKey: true }, 'End');
    expect(grid.focus).to.equal('E | Actions');
    pressWith({ ctrlKey: true }, 'Home');
    expect(grid.focus).to.equal('header | Select all');
  });

  it('shows the first row again where it goes to the header from far below', async () => {
    const grid = await focused({}, memory(many));
    pressWith({ ctrlKey: true }, 'End');
    await until(() => (grid.grid.parentElement?.scrollTop ?? 0) > 0, 'the end is shown');
    pressWith({ ctrlKey: true }, 'Home');
    expect(grid.focus).to.equal('header | Select all');
    expect(grid.grid.parentElement?.scrollTop).to.equal(0);
  });

  it('goes by as many rows as are seen', async () => {
    const grid = await focused({}, memory(many));
    const rowOf = (focus: string): number => Number(/\d+/.exec(focus)?.[0]);
    const from = rowOf(grid.focus);
    await keys(grid, 'PageDown');
    // 400 px less the header, in rows of 40.
    expect(grid.subjects.indexOf(grid.focus.split(' |')[0] ?? '')).to.equal(9);
    await keys(grid, 'PageUp');
    expect(rowOf(grid.focus)).to.equal(from);
    await keys(grid, 'PageDown', 'PageDown', 'PageDown', 'PageDown', 'PageDown', 'PageDown');
    expect(grid.subjects.indexOf(grid.focus.split(' |')[0] ?? '')).to.equal(39);
  });

  it('keeps what is focused in sight, under the header', async () => {
    const grid = await focused({}, memory(many));
    await keys(grid, 'PageDown', 'PageDown', ...Array.from({ length: 12 }, () => 'ArrowUp'));
    const active = grid.root.activeElement?.getBoundingClientRect();
    const head = grid.headers[0]?.getBoundingClientRect();
    expect(active?.top).to.be.at.least((head?.bottom ?? 0) - 1);
  });

  it('opens by Enter on the subject', async () => {
    const grid = await focused();
    let opened = '';
    grid.element.addEventListener('activity-open', (event) => {
      event.preventDefault();
      opened = event.detail.activity.subject;
    });
    await keys(grid, 'ArrowDown', 'Enter');
    expect(opened).to.equal('B');
  });

  it('goes into what can be done by Enter, round by arrows and Tab, and out by Escape', async () => {
    const grid = await focused();
    expect(await keys(grid, 'End')).to.equal('A | Actions');
    const cell = grid.root.activeElement;
    const at = (): string | null | undefined => grid.root.activeElement?.ariaLabel;
    await keys(grid, 'Enter');
    expect(at()).to.equal('Mark complete');
    await keys(grid, 'ArrowRight');
    expect(at()).to.equal('More for A');
    await keys(grid, 'Tab');
    expect(at()).to.equal('Mark complete');
    await keys(grid, 'Escape');
    expect(grid.root.activeElement).to.equal(cell);
    await keys(grid, 'F2');
    expect(at()).to.equal('Mark complete');
  });

  it('opens the menu of a row, and comes back to it', async () => {
    const grid = await focused();
    await keys(grid, 'End', 'Enter', 'ArrowRight', 'Enter');
    await until(() => grid.root.querySelector('[role=menu] :focus'));
    await press('Escape');
    await grid.updated();
    expect(grid.root.activeElement?.ariaLabel).to.equal('More for A');
  });

  it('opens the menu of a row from any of its cells by Shift+F10 and the menu key, and comes back to the cell', async () => {
    const grid = await focused();
    const isOpen = (): boolean | undefined =>
      grid.root.activeElement?.closest('[role=menu]')?.ariaLabel === 'More for B';
    await keys(grid, 'ArrowDown');
    pressWith({ shiftKey: true }, 'F10');
    await until(isOpen, 'it is open');
    expect(grid.menuItem('Mark complete')).to.exist;
    await press('Escape');
    expect(grid.focus).to.equal('B | Subject');
    await keys(grid, 'ArrowRight', 'ArrowRight');
    pressWith({}, 'ContextMenu');
    await until(isOpen, 'it is open');
    await press('Escape');
    expect(grid.focus).to.equal('B | Due');
  });

  it('keeps the focus with its row when rows move, and with the next when it goes', async () => {
    const provider = memory(rows);
    const grid = await focused({}, provider);
    await keys(grid, 'ArrowDown', 'ArrowRight');
    provider.merge([{ ...rows[1], due: '2026-12-24T09:00:00Z' }]);
    await until(() => grid.subjects.at(-1) === 'B');
    expect(grid.focus).to.equal('B | Regarding');
    await keys(grid, 'ArrowUp', 'ArrowUp');
    expect(grid.focus).to.equal('D | Regarding');
    await provider.remove(rows[3]?.id ?? '', {
      locale: 'en',
      timeZone: 'UTC',
      idempotencyKey: '1',
    });
    await until(() => !grid.subjects.includes('D'));
    expect(grid.focus).to.equal('E | Regarding');
  });

  for (const [kind, draw] of Object.entries(written)) {
    it(`leaves a host’s ${kind} in a cell its keys: Enter goes in, Escape out`, async () => {
      const own: GridColumn = { name: 'own', label: 'Own', render: draw };
      const grid = await focused({ columns: ['subject', own] });
      expect(await keys(grid, 'ArrowRight')).to.equal('A | Own');
      const cell = grid.cell('A', 'Own');
      const inside = (): Element | null => {
        const active = grid.root.activeElement;
        return active?.shadowRoot?.activeElement ?? active;
      };
      expect(inside(), 'the arrows lead to the cell').to.equal(cell);
      expect(await keys(grid, 'ArrowDown', 'ArrowUp')).to.equal('A | Own');
      const control =
        cell.querySelector<HTMLElement>('.field') ??
        (cell.querySelector('own-field')?.shadowRoot?.querySelector('input') as HTMLElement);
      if (control.getRootNode() === grid.root) await press('Enter');
      else control.focus();
      expect(inside()).to.equal(control);

      const heard: [string, boolean][] = [];
      const hear = (event: KeyboardEvent): void => {
        heard.push([event.key, event.defaultPrevented]);
        event.preventDefault();
      };
      grid.context.addEventListener('keydown', hear);
      const pressed = ['b', ' ', 'ArrowDown', 'ArrowLeft', 'Home', 'End', 'Delete', 'F2', 'Enter'];
      for (const key of pressed) pressWith({}, key);
      for (const key of ['a', 'c']) pressWith({ ctrlKey: true }, key);
      pressWith({ shiftKey: true }, 'F10');
      await grid.updated();
      grid.context.removeEventListener('keydown', hear);
      expect(heard).to.deep.equal(
        [...pressed, 'a', 'c', 'F10'].map((key) => [key, false]),
        'none is taken',
      );
      expect(inside()).to.equal(control);
      expect(grid.selected).to.deep.equal([]);
      expect(grid.root.querySelector('[role=menu]:popover-open')).to.equal(null);

      expect(await keys(grid, 'Escape')).to.equal('A | Own');
      expect(inside()).to.equal(cell);
      expect(await keys(grid, 'ArrowLeft')).to.equal('A | Subject');
    });
  }

  it('goes through rows and selects them whatever their ids are', async () => {
    const ids = ['#0', '#4', '#', 'group:', 'group:due-today', 'head', 'a "b" \'c\'', ' ', '二\\3'];
    const odd = ids.map((id, index) =>
      activity({ id, subject: `Row ${String(index)}`, due: `2026-11-23T15:0${String(index)}:00Z` }),
    );
    for (const groupBy of [undefined, 'due']) {
      const grid = await focused({ groupBy }, memory(odd));
      if (groupBy !== undefined) {
        expect(grid.groups).to.deep.equal(['Today9']);
        expect(await keys(grid, 'ArrowDown')).to.equal('Row 0 | Subject');
      }
      for (const [index, id] of ids.entries()) {
        expect(grid.focus, id).to.equal(`Row ${String(index)} | Subject`);
        await keys(grid, ' ');
        expect(grid.element.selection, id).to.deep.equal([id]);
        await keys(grid, ' ');
        expect(grid.element.selection, id).to.deep.equal([]);
        if (index < ids.length - 1) await keys(grid, 'ArrowDown');
      }
      pressWith({ shiftKey: true }, 'ArrowUp');
      await grid.updated();
      expect(grid.selected).to.deep.equal(['Row 7', 'Row 8']);
      await grid.click(grid.checkbox('Select Row 1'));
      expect(grid.element.selection).to.have.members([' ', '二\\3', '#4']);
      expect(grid.groups.length).to.equal(groupBy === undefined ? 0 : 1);
    }
  });

  it('selects nothing by Space where a row is not loaded yet', async () => {
    const grid = await focused({}, memory([...many, ...hundred]));
    pressWith({ ctrlKey: true }, 'End');
    pressWith({}, ' ');
    await until(() => grid.focus.startsWith('Row'));
    expect(grid.element.selection.filter((id) => !/^id-/.test(id))).to.deep.equal([]);
  });

  it('is left alone while a menu of the host’s own has the focus', async () => {
    const provider = memory(rows);
    const grid = await focused({}, provider);
    const outside = document.createElement('button');
    grid.context.after(outside);
    outside.focus();
    await provider.remove(a ?? '', { locale: 'en', timeZone: 'UTC', idempotencyKey: '1' });
    await until(() => !grid.subjects.includes('A'));
    expect(document.activeElement).to.equal(outside);
    outside.remove();
  });
});

describe('what is copied by Ctrl+C in activity-grid', () => {
  /** The clipboard as a page has it that may write to it. */
  function clipboard(): { text: () => Promise<string>; isAsked: () => boolean } {
    let last: readonly ClipboardItem[] = [];
    const write = (items: readonly ClipboardItem[]): Promise<void> => {
      last = items;
      return Promise.resolve();
    };
    Object.defineProperty(navigator, 'clipboard', { configurable: true, value: { write } });
    return {
      isAsked: () => last.length > 0,
      text: async () => (await (await last[0]?.getType('text/plain'))?.text()) ?? '',
    };
  }
  const copy = (): void => pressWith({ ctrlKey: true }, 'c');
  const columns = ['subject', 'regarding', 'due'];

  afterEach(() => {
    // What the engine has itself is there again.
    Reflect.deleteProperty(navigator, 'clipboard');
  });

  it('is the cell where nothing is selected, as it is said aloud', async () => {
    const written = clipboard();
    const grid = await focused({ columns });
    copy();
    await until(async () => (await written.text()) === 'A');
    await keys(grid, 'ArrowRight');
    copy();
    await until(async () => (await written.text()) === 'Cecil Langer');
    await keys(grid, 'ArrowRight', 'ArrowDown');
    copy();
    await until(async () => (await written.text()) === '2026-11-24 10:00');
    await until(() =>
      textOf(grid.context.shadowRoot as ShadowRoot).includes('Copied: 2026-11-24 10:00'),
    );
  });

  it('is the selected rows with their header, wherever the focus is', async () => {
    const written = clipboard();
    const grid = await focused({ columns });
    await keys(grid, ' ', 'ArrowDown', ' ', 'ArrowDown', 'ArrowRight');
    copy();
    const lines = ['Subject\tRegarding\tDue', 'A\tCecil Langer\t2026-11-23 10:00'];
    await until(
      async () =>
        (await written.text()) === [...lines, 'B\tCecil Langer\t2026-11-24 10:00'].join('\r\n'),
    );
  });

  describe('of all that match', () => {
    const all = [...many, ...hundred].map((row, index) => ({
      ...row,
      priority: index % 2 === 0 ? ('low' as const) : ('high' as const),
    }));
    /** All are selected, of which some are loaded. */
    async function selected(properties = {}): Promise<GridHarness> {
      const grid = await focused({ columns: ['subject'], ...properties }, memory(all));
      pressWith({ ctrlKey: true }, 'a');
      await grid.updated();
      expect(grid.element.selected.value).to.equal(140);
      return grid;
    }
    const lines = (text: string): string[] => text.split('\r\n').slice(1);

    it('is all of it, loaded or not, but what is taken out of it, and told when it is done', async () => {
      const written = clipboard();
      const grid = await selected();
      expect(grid.element.selection.length).to.be.lessThan(140);
      const [out = ''] = (await keys(grid, ' ')).split(' |');
      copy();
      expect(written.isAsked(), 'as long as it is the user who writes').to.equal(true);
      await until(() => grid.notices.some((text) => text.includes('139 activities copied')));
      const subjects = lines(await written.text());
      expect(subjects.length).to.equal(139);
      expect(new Set(subjects).size).to.equal(139);
      expect(subjects).not.to.include(out);
      expect(textOf(grid.context.shadowRoot as ShadowRoot)).to.include(
        'Loading what is to be copied',
      );
    });

    it('stands in the order of its groups', async () => {
      const written = clipboard();
      const grid = await selected({ groupBy: 'priority' });
      copy();
      await until(() => grid.notices.some((text) => text.includes('140 activities copied')));
      const high = new Set(all.filter(({ priority }) => priority === 'high').map((r) => r.subject));
      const subjects = lines(await written.text());
      expect(subjects.slice(0, 70).every((subject) => high.has(subject))).to.equal(true);
      expect(subjects.slice(70).some((subject) => high.has(subject))).to.equal(false);
    });

    it('says how many were copied of how many where the engine waits for nothing', async () => {
      const written = clipboard();
      const own = window.ClipboardItem;
      class ImpatientItem extends own {
        constructor(items: Record<string, string | Blob | PromiseLike<string | Blob>>) {
          if (Object.values(items).some((item) => !(item instanceof Blob))) throw new TypeError();
          super(items);
        }
      }
      window.ClipboardItem = ImpatientItem;
      try {
        const grid = await selected();
        const { length } = grid.element.selection;
        copy();
        const said = `${String(length)} of 140 activities copied`;
        await until(() => grid.notices.some((text) => text.includes(said)));
        expect(lines(await written.text()).length).to.equal(length);
      } finally {
        window.ClipboardItem = own;
      }
    });

    it('says what went wrong while it was loaded, and copies nothing', async () => {
      clipboard();
      const provider = memory(all);
      let isDown = false;
      const query = (asked: ActivityQuery, options: CallOptions) =>
        isDown
          ? Promise.reject(
              Object.assign(new Error('down'), { code: 'server', message: 'The disk is full' }),
            )
          : provider.query(asked, options);
      const grid = await focused({ columns: ['subject'] }, { ...provider, query });
      pressWith({ ctrlKey: true }, 'a');
      isDown = true;
      copy();
      await until(() => grid.notices.length > 0);
      expect(grid.notices.join()).not.to.include('copied');
      expect(grid.notices.join()).to.include('Not done: The disk is full');
    });
  });

  it('is the row where it takes two lines, and never what can be done', async () => {
    const written = clipboard();
    const grid = await focused({ columns });
    await keys(grid, 'End');
    copy();
    grid.element.style.setProperty('inline-size', '320px');
    await until(() => grid.element.matches(':state(narrow)'));
    await grid.updated();
    expect(await written.text()).to.equal('');
    await keys(grid, 'ArrowLeft');
    copy();
    await until(async () =>
      (await written.text()).endsWith('\r\nA\tCecil Langer\t2026-11-23 10:00'),
    );
  });
});

describe('a right click on a row of activity-grid', () => {
  const at = (element: Element, init: MouseEventInit = {}): MouseEvent => {
    const { left, top } = element.getBoundingClientRect();
    const all = { bubbles: true, composed: true, cancelable: true, ...init };
    element.dispatchEvent(new PointerEvent('pointerdown', { ...all, button: 2 }));
    const event = new MouseEvent('contextmenu', { ...all, clientX: left + 5, clientY: top + 5 });
    element.dispatchEvent(event);
    return event;
  };

  it('opens its menu where it was, and gives the focus to the cell', async () => {
    const grid = await GridHarness.mount(memory(rows));
    // By events: WebKit's driver keeps the right button down for all later tests.
    const { clientX } = at(grid.cell('C', 'Due'));
    await until(() => grid.root.activeElement?.closest('[role=menu]'), 'it is open');
    const menu = grid.root.querySelector('[role=menu]');
    expect(menu?.ariaLabel).to.equal('More for C');
    expect(Math.abs((menu?.getBoundingClientRect().left ?? 0) - clientX)).to.be.below(12);
    await press('Escape');
    await grid.updated();
    expect(grid.focus).to.equal('C | Due');
    expect(grid.selected).to.deep.equal([]);
  });

  it('leaves the browser’s own menu to selected text, links with a key held down, and what can be written in', async () => {
    const own = {
      name: 'own',
      label: 'Own',
      render: () => Object.assign(document.createElement('input'), { ariaLabel: 'Own' }),
    };
    const grid = await GridHarness.mount(memory(rows), { columns: ['subject', 'due', own] });
    const link = grid.row('A').querySelector('a') as HTMLElement;
    expect(at(link, { shiftKey: true }).defaultPrevented, 'held').to.equal(false);
    const input = grid.cell('A', 'Own').querySelector('input') as HTMLElement;
    expect(at(input).defaultPrevented, 'input').to.equal(false);
    expect(at(grid.headers[0] as HTMLElement).defaultPrevented, 'header').to.equal(false);
    const text = document.createElement('p');
    text.textContent = 'Selected';
    document.body.append(text);
    document.getSelection()?.selectAllChildren(text);
    expect(at(grid.cell('A', 'Due')).defaultPrevented, 'text').to.equal(false);
    text.remove();
    document.getSelection()?.removeAllRanges();
    expect(grid.root.querySelector('[role=menu]')).to.equal(null);
    expect(at(link).defaultPrevented, 'a plain link').to.equal(true);
    await until(() => grid.root.querySelector('[role=menu]:popover-open'));
  });

  it('is none where it is the long press of a finger, which selects', async () => {
    const grid = await GridHarness.mount(memory(rows));
    const cell = grid.cell('A', 'Due');
    const init = { bubbles: true, composed: true, cancelable: true };
    cell.dispatchEvent(new PointerEvent('pointerdown', { ...init, pointerType: 'touch' }));
    // An event that does not say what it comes from.
    expect(cell.dispatchEvent(new MouseEvent('contextmenu', init)), 'the browser’s').to.equal(
      false,
    );
    expect(grid.element.menu.isOpen, 'the row’s').to.equal(false);
    await until(() => grid.selected.join() === 'A');
  });

  it('leaves alone what nothing can be done with', async () => {
    const busy = activity({ subject: 'Z', access: 'busy', due: '2026-11-22T09:00:00Z' });
    const grid = await GridHarness.mount(memory([busy]));
    expect(at(grid.rows[0]?.querySelector('[data-col=due]') as Element).defaultPrevented).to.equal(
      false,
    );
  });
});

describe('the selection of activity-grid', () => {
  it('is made by Space, by a range, and of all', async () => {
    const grid = await focused();
    await keys(grid, 'ArrowDown', ' ');
    expect(grid.selected).to.deep.equal(['B']);
    await keys(grid, 'ArrowDown', 'ArrowDown');
    pressWith({ shiftKey: true }, ' ');
    await grid.updated();
    expect(grid.selected).to.deep.equal(['B', 'C', 'D']);
    await keys(grid, ' ');
    expect(grid.selected).to.deep.equal(['B', 'C']);
    pressWith({ ctrlKey: true }, 'a');
    await grid.updated();
    expect(grid.selected).to.deep.equal(names);
  });

  it('grows with Shift and an arrow', async () => {
    const grid = await focused();
    pressWith({ shiftKey: true }, 'ArrowDown');
    pressWith({ shiftKey: true }, 'ArrowDown');
    await grid.updated();
    expect(grid.selected).to.deep.equal(['A', 'B', 'C']);
    expect(grid.focus).to.equal('C | Subject');
  });

  it('shrinks again with Shift and the arrow back, and leaves what was selected before', async () => {
    const grid = await focused();
    grid.checkbox('Select D').click();
    await grid.updated();
    expect(grid.focus).to.equal('A | Subject');
    pressWith({ shiftKey: true }, 'ArrowDown');
    pressWith({ shiftKey: true }, 'ArrowDown');
    await grid.updated();
    expect(grid.selected).to.deep.equal(['A', 'B', 'C', 'D']);
    pressWith({ shiftKey: true }, 'ArrowUp');
    await grid.updated();
    expect(grid.selected).to.deep.equal(['A', 'B', 'D']);
    await grid.click(grid.checkbox('Select C'), { shiftKey: true });
    expect(grid.selected).to.deep.equal(['A', 'B', 'C', 'D']);
  });

  it('of all waits for the list that is on its way', async () => {
    const source = memory(rows);
    let go = (): void => undefined;
    const there = new Promise<void>((resolve) => (go = resolve));
    const grid = await GridHarness.mount(
      {
        ...source,
        query: async (question: ActivityQuery, options: CallOptions) => {
          await there;
          return source.query(question, options);
        },
      },
      {},
      { ready: false },
    );
    grid.element.selectAll();
    await grid.updated();
    expect(grid.element.rest).to.equal(undefined);
    go();
    await until(() => grid.selected.length === names.length, 'all are selected');
    expect(grid.checkbox('Select all').checked).to.equal(true);
  });

  it('of all that match counts who comes and goes', async () => {
    const all = [...many, ...hundred];
    const source = memory(all);
    const grid = await GridHarness.mount(source);
    grid.checkbox('Select all').click();
    await until(() => grid.text.includes(`${String(all.length)} selected`));
    expect(grid.element.rest).not.to.equal(undefined);
    const elsewhere = { locale: 'en', timeZone: 'UTC', idempotencyKey: 'a' };
    await source.create(crypto.randomUUID(), { type: 'task', subject: 'Zz new' }, elsewhere);
    await until(() => grid.text.includes(`${String(all.length + 1)} selected`), 'one more');
    const [seen = ''] = grid.element.selection;
    await source.remove(seen, { ...elsewhere, idempotencyKey: 'b' });
    await until(() => grid.text.includes(`${String(all.length)} selected`), 'one less');
  });

  it('is not of all where a group is collapsed and nothing in it is selected', async () => {
    const call = activity({ subject: 'Call', type: 'phonecall', statusReason: 'open' });
    const grid = await GridHarness.mount(memory([...rows, call]), { groupBy: 'type' });
    await until(() => grid.subjects.length === names.length + 1);
    grid.element.focus();
    await press('ArrowLeft');
    await grid.updated();
    expect(grid.subjects).to.deep.equal(['Call']);
    for (const subject of grid.subjects) grid.checkbox(`Select ${subject}`).click();
    await grid.updated();
    const all = grid.checkbox('Select all');
    expect([all.checked, all.indeterminate]).to.deep.equal([false, true]);
    all.click();
    await until(() => grid.text.includes(`${String(names.length + 1)} selected`));
  });

  it('and its filters may be anything a host sets, and the list stands', async () => {
    const grid = await GridHarness.mount(memory(rows), {
      selection: [null, 7] as unknown as string[],
      filters: {
        status: { kind: 'choice' },
        owner: { kind: 'record' },
        subject: { kind: 'text' },
        due: { kind: 'time', from: 'tomorrow' },
      } as never,
      groupBy: 'subject',
    });
    await until(() => grid.subjects.length === names.length);
    expect(grid.groups).to.deep.equal([]);
    grid.element.filters = null as never;
    grid.element.selection = undefined as never;
    await grid.updated();
    expect(grid.subjects).to.deep.equal(names);
  });

  it('is made by Space on a link, a checkbox and a plain cell alike', async () => {
    const grid = await focused();
    for (const key of ['Home', 'ArrowRight', 'ArrowRight', 'ArrowRight']) {
      await keys(grid, key, ' ');
      expect(grid.selected, grid.focus).to.deep.equal(['A']);
      expect(grid.checkbox('Select A').checked, grid.focus).to.equal(true);
      await keys(grid, ' ');
      expect(grid.selected, grid.focus).to.deep.equal([]);
      expect(grid.checkbox('Select A').checked, grid.focus).to.equal(false);
    }
  });

  it('is made by checkboxes, also in between with Shift', async () => {
    const grid = await GridHarness.mount(memory(rows));
    grid.checkbox('Select B').click();
    await grid.updated();
    await grid.click(grid.checkbox('Select D'), { shiftKey: true });
    expect(grid.selected).to.deep.equal(['B', 'C', 'D']);
    await grid.click(grid.checkbox('Select C'), { shiftKey: true });
    expect(grid.checkbox('Select C').checked, 'is still selected').to.equal(true);
  });

  it('is made by Ctrl and Shift on the rows, and not by a plain click', async () => {
    const grid = await GridHarness.mount(memory(rows));
    await grid.click(grid.cell('A', 'Due'));
    expect(grid.selected).to.deep.equal([]);
    await grid.click(grid.cell('A', 'Due'), { ctrlKey: true });
    await grid.click(grid.cell('C', 'Owner'), { shiftKey: true });
    expect(grid.selected).to.deep.equal(['A', 'B', 'C']);
    await grid.click(grid.cell('B', 'Due'), { metaKey: true });
    expect(grid.selected).to.deep.equal(['A', 'C']);
  });

  it('is all or nothing by the header, which shows what is in between', async () => {
    const grid = await GridHarness.mount(memory(rows));
    const all = grid.checkbox('Select all');
    expect([all.checked, all.indeterminate]).to.deep.equal([false, false]);
    await grid.click(grid.checkbox('Select B'));
    expect([all.checked, all.indeterminate]).to.deep.equal([false, true]);
    all.click();
    await grid.updated();
    expect(grid.selected).to.deep.equal(names);
    expect([all.checked, all.indeterminate]).to.deep.equal([true, false]);
    all.click();
    await grid.updated();
    expect(grid.selected).to.deep.equal([]);
    expect([all.checked, all.indeterminate]).to.deep.equal([false, false]);
  });

  it('of all that match stays so in another order, also for what is then done to them', async () => {
    const source = memory(
      Array.from({ length: 136 }, (_, index) =>
        activity({
          subject: `Row ${String(index).padStart(3, '0')}`,
          due: new Date(Date.UTC(2027, 0, 136 - index)).toISOString(),
        }),
      ),
    );
    const grid = await GridHarness.mount(source, { query: { filter: UNFINISHED } });
    grid.checkbox('Select all').click();
    await until(() => grid.text.includes('136 selected'));
    expect(grid.subjects[0]).to.equal('Row 135');
    grid.button('Subject', grid.header('Subject')).click();
    await until(() => grid.subjects[0] === 'Row 000');
    await grid.updated();
    expect(grid.text).to.contain('136 selected');
    expect(grid.checkbox('Select all').checked).to.equal(true);
    expect(grid.checkbox('Select Row 000').checked).to.equal(true);
    grid.button('Complete').click();
    await until(() => grid.notices.some((text) => text.includes('136 activities completed')));
  });

  /** Selects from the first row to the last, and holds back what is loaded for it until it is released. */
  async function ranged(): Promise<{ grid: GridHarness; release: () => void }> {
    const source = memory([...many, ...hundred]);
    const held: (() => void)[] = [];
    let isHeld = false;
    const grid = await focused(
      {},
      {
        ...source,
        query: async (question: ActivityQuery, options: CallOptions) => {
          if (isHeld) await new Promise<void>((resolve) => held.push(resolve));
          return source.query(question, options);
        },
      },
    );
    await keys(grid, ' ');
    isHeld = true;
    pressWith({ ctrlKey: true }, 'End');
    await until(() => held.length > 0, 'it is being loaded');
    await grid.updated();
    pressWith({ shiftKey: true }, ' ');
    await grid.updated();
    const release = (): void => {
      isHeld = false;
      for (const go of held.splice(0)) go();
    };
    return { grid, release };
  }

  it('grows by a range as that is loaded', async () => {
    const { grid, release } = await ranged();
    release();
    await until(() => grid.element.selection.length === 140, 'all of it is selected');
  });

  it('is what was made of it last, also while a range is being loaded', async () => {
    const cleared = await ranged();
    cleared.grid.button('Clear selection').click();
    cleared.release();
    await until(() => cleared.grid.blanks === 0, 'it is loaded');
    await cleared.grid.updated();
    expect(cleared.grid.element.selection).to.deep.equal([]);

    const toggled = await ranged();
    await toggled.grid.click(toggled.grid.checkbox(`Select ${toggled.grid.subjects[0] ?? ''}`));
    const { length } = toggled.grid.element.selection;
    toggled.release();
    await until(() => toggled.grid.blanks === 0, 'it is loaded');
    await toggled.grid.updated();
    expect(toggled.grid.element.selection.length).to.equal(length);

    const set = await ranged();
    set.grid.element.selection = [];
    await set.grid.updated();
    set.release();
    await until(() => set.grid.blanks === 0, 'it is loaded');
    await set.grid.updated();
    expect(set.grid.element.selection, 'the host said so').to.deep.equal([]);
  });

  it('of all that match ends with another filter', async () => {
    const grid = await GridHarness.mount(memory([...many, ...rows, ...hundred]));
    grid.checkbox('Select all').click();
    await until(() => grid.text.includes('145 selected'));
    expect(grid.element.rest).not.to.equal(undefined);
    grid.element.query = { search: 'Row' };
    await until(() => grid.element.rest === undefined);
    await grid.updated();
    expect(grid.element.selection.length).to.be.lessThan(141);
  });

  it('is told to the host before it is set, and never when the host sets it', async () => {
    const grid = await GridHarness.mount(memory(rows), { selection: [a ?? ''] });
    const told: (readonly string[])[] = [];
    grid.element.addEventListener('activity-selection-change', (event) => {
      told.push(event.detail.selection);
      expect(grid.element.selection).to.not.equal(event.detail.selection);
    });
    grid.element.selection = [b ?? ''];
    await grid.updated();
    expect(told).to.deep.equal([]);
    await grid.click(grid.checkbox('Select C'));
    expect(told).to.deep.equal([[b, c]]);
    expect(grid.element.selection).to.deep.equal([b, c]);
  });

  it('loses what is no longer shown, and tells so', async () => {
    const provider = memory(rows);
    const grid = await GridHarness.mount(provider, { selection: [a ?? '', b ?? ''] });
    let told: ActivitySelectionChangeEvent | undefined;
    grid.element.addEventListener('activity-selection-change', (event) => (told = event));
    grid.element.query = { search: 'B' };
    await until(() => told);
    expect(told?.detail.selection).to.deep.equal([b]);
  });

  it('loses what was selected while another filter was on its way and is not in its answer', async () => {
    const source = memory(rows);
    let release: () => void = () => undefined;
    const grid = await GridHarness.mount({
      ...source,
      query: async (question: ActivityQuery, options: CallOptions) => {
        if (question.search) await new Promise<void>((resolve) => (release = resolve));
        return source.query(question, options);
      },
    });
    grid.element.query = { search: 'B' };
    await until(() => grid.grid.ariaBusy === 'true');
    grid.checkbox('Select all').click();
    await until(() => grid.element.selection.length > 1);
    release();
    await until(() => grid.subjects.join('') === 'B');
    await until(() => grid.element.selection.join() === b, 'only what is shown is selected');
    expect(grid.text).to.contain('1 selected');
  });

  it('is counted, announced and cleared', async () => {
    const grid = await GridHarness.mount(memory(rows));
    await grid.click(grid.checkbox('Select A'));
    await grid.click(grid.checkbox('Select C'));
    expect(grid.text).to.contain('2 selected');
    await until(() =>
      textOf(grid.context.shadowRoot as ShadowRoot).includes('2 activities selected'),
    );
    grid.button('Clear selection').focus();
    await press('Enter');
    await grid.updated();
    expect(grid.selected).to.deep.equal([]);
    expect(grid.focus, 'not lost').to.equal('A | Subject');
  });

  it('has no commands of its own where what is around it has them', async () => {
    const grid = await GridHarness.mount(memory(rows), {
      selection: [a ?? ''],
      withoutCommands: true,
    });
    expect(grid.selected).to.deep.equal(['A']);
    expect(grid.findButton('Complete')).to.equal(undefined);
  });
});

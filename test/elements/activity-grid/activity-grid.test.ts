import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import type { ActivityGrid } from '../../../src/elements/activity-grid/activity-grid.js';
import type { ActivityViewChangeEvent } from '../../../src/events/activity-view-change-event.js';
import type { ActivityErrorEvent } from '../../../src/events/activity-error-event.js';
import { registerMessages } from '../../../src/i18n/locale.js';
import { zhTW } from '../../../src/i18n/zh-TW.js';
import type { Activity } from '../../../src/model/activity.js';
import { failure } from '../../../src/provider/failure.js';
import type { ActivityQuery } from '../../../src/model/query.js';
import type { ActivityPage, CallOptions } from '../../../src/provider/provider.js';
import { activity, cecil, jun, memory, pilot, wingtip } from '../../support/fixtures.js';
import { GridHarness, press, pressWith, textOf, until } from '../../support/grid.js';

registerMessages('zh-TW', zhTW);

const quote = activity({
  subject: 'Send the quote',
  due: '2026-11-22T15:00:00Z',
  regarding: cecil,
  priority: 'high',
});
const call = activity({
  type: 'phonecall',
  subject: 'Call back',
  statusReason: 'open',
  due: '2026-11-23T13:00:00Z',
  owner: jun,
});
const visit = activity({
  type: 'appointment',
  subject: 'Site visit',
  state: 'scheduled',
  statusReason: 'busy',
  start: '2026-11-24T09:00:00Z',
  end: '2026-11-24T10:30:00Z',
  regarding: pilot,
  priority: 'low',
});
const note = activity({ type: 'note', subject: 'A note', state: null });
const three = [visit, note, quote, call];

describe('activity-grid', () => {
  describe('shows', () => {
    it('activities by due date, without notes', async () => {
      const grid = await GridHarness.mount(memory(three));
      expect(grid.subjects).to.deep.equal(['Send the quote', 'Call back', 'Site visit']);
    });

    it('notes to a host that asks for them', async () => {
      const query = { filter: { field: 'type', op: 'in', value: ['note', 'task'] } } as const;
      const grid = await GridHarness.mount(memory(three), { query });
      expect(grid.subjects).to.have.members(['A note', 'Send the quote']);
      expect(grid.textIn('A note', 'Status')).to.equal('');
    });

    it('what each column says, in words', async () => {
      const grid = await GridHarness.mount(memory(three));
      const type = grid.cell('Call back', 'Activity type').querySelector('[role=img]');
      expect(type?.ariaLabel).to.equal('Phone call');
      expect(grid.textIn('Send the quote', 'Regarding')).to.equal('Cecil Langer');
      expect(grid.textIn('Call back', 'Regarding')).to.equal('Personal');
      expect(grid.textIn('Send the quote', 'Due')).to.equal('Yesterday');
      expect(grid.textIn('Call back', 'Due')).to.equal('14:00');
      expect(grid.textIn('Site visit', 'Due')).to.equal('Tue 10:00');
      expect(grid.textIn('Send the quote', 'Priority')).to.equal('High');
      expect(grid.textIn('Call back', 'Priority')).to.equal('');
      expect(grid.textIn('Site visit', 'Status')).to.equal('Busy');
      expect(grid.textIn('Call back', 'Owner')).to.contain('Jun Park');
    });

    it('what is late in its own tone, with the exact time where one points', async () => {
      const grid = await GridHarness.mount(memory(three));
      const cell = grid.cell('Send the quote', 'Due');
      const late = cell.querySelector<HTMLElement>('[part~=late]');
      late?.dispatchEvent(new PointerEvent('pointerover', { bubbles: true, composed: true }));
      expect(cell.title).to.contain('22 November 2026');
      const subject = grid.cell('Send the quote', 'Subject');
      subject.dispatchEvent(new PointerEvent('pointerover', { bubbles: true, composed: true }));
      expect(subject.title).to.equal('Send the quote');
      expect(cell.title).to.equal('');
      expect(grid.cell('Call back', 'Due').querySelector('[part~=late]')).to.equal(null);
    });

    it('the columns that are named, in that order', async () => {
      const grid = await GridHarness.mount(memory(three), {
        columns: ['due', 'subject', 'nonsense', 'due'],
      });
      const names = grid.headers.map((header) => textOf(header));
      expect(names).to.deep.equal(['', 'Due', 'Subject', 'Actions']);
      expect(grid.grid.ariaColCount).to.equal('4');
    });

    it('columns named in an attribute', async () => {
      const element = await fixture<ActivityGrid>(
        html`<activity-grid columns="subject, owner" .items=${three}></activity-grid>`,
      );
      expect(element.columns).to.deep.equal(['subject', 'owner']);
    });

    it('what is about a record, and through whom', async () => {
      const direct = activity({ subject: 'About Wingtip', regarding: wingtip });
      const through = activity({ subject: 'About Cecil', regarding: cecil });
      const grid = await GridHarness.mount(memory([direct, through, call]), {
        record: wingtip,
        rollup: 'extended',
      });
      expect(grid.subjects).to.have.members(['About Wingtip', 'About Cecil']);
      expect(grid.textIn('About Cecil', 'Regarding')).to.equal('via Cecil Langer');
      expect(grid.textIn('About Wingtip', 'Regarding')).to.equal('Wingtip Toys');
    });

    it('what was searched for: marked in the subject, else in a piece of the description under it', async () => {
      const described = [
        activity({ subject: 'Order hinges', description: 'Ask for hinges again' }),
        activity({
          subject: 'Ring back',
          description: '<p>All well, but the <b>hinges</b> squeak</p>',
          descriptionFormat: 'html',
        }),
      ];
      const query = { search: 'hinges' };
      for (const width of [1000, 320]) {
        const grid = await GridHarness.mount(memory(described), { query }, { width });
        await until(() => grid.rows.length === 2);
        const marks = [...grid.grid.querySelectorAll('mark')].map(textOf);
        expect(marks).to.deep.equal(['hinges', 'hinges']);
        expect(textOf(grid.row('Ring back'))).to.contain('All well, but the hinges squeak');
        expect(textOf(grid.row('Order hinges'))).not.to.contain('Ask for');
      }
    });

    it('a record that may not be read in words, not as a link', async () => {
      const hidden = activity({ subject: 'Hidden', regarding: { kind: 'account', id: 'x' } });
      const grid = await GridHarness.mount(memory([hidden]));
      expect(grid.textIn('Hidden', 'Regarding')).to.equal('No access');
      expect(grid.cell('Hidden', 'Regarding').querySelector('a')).to.equal(null);
    });

    it('rows of its own items, without a context', async () => {
      const element = await fixture<ActivityGrid>(
        html`<activity-grid .items=${three}></activity-grid>`,
      );
      await until(() => element.shadowRoot?.textContent?.includes('Call back'));
    });

    it('changes as they come, without asking again', async () => {
      const provider = memory(three);
      const grid = await GridHarness.mount(provider);
      provider.merge([{ ...call, subject: 'Call back at once', due: '2026-11-21T08:00:00Z' }]);
      await until(() => grid.subjects[0] === 'Call back at once');
    });

    it('Chinese words and dates', async () => {
      const grid = await GridHarness.mount(memory(three), { locale: 'zh-TW' });
      expect(grid.header('到期日')).to.exist;
      expect(grid.textIn('Send the quote', '到期日')).to.equal('昨天');
      expect(grid.textIn('Call back', '關於')).to.equal('個人');
      expect(grid.textIn('Send the quote', '優先順序')).to.equal('高');
      await grid.click(grid.checkbox('選取Call back'));
      expect(grid.button('完成')).to.exist;
    });

    it('says to assistive technology how many rows and columns there are', async () => {
      const grid = await GridHarness.mount(memory(three));
      expect(grid.grid.ariaRowCount).to.equal('4');
      expect(grid.grid.ariaColCount).to.equal('9');
      expect(grid.grid.ariaMultiSelectable).to.equal('true');
      expect(grid.rows.map((row) => row.ariaRowIndex)).to.deep.equal(['2', '3', '4']);
      await expect(grid.element).to.be.accessible();
    });
  });

  describe('sorts', () => {
    const subjectsBy = async (grid: GridHarness, name: string): Promise<string[]> => {
      const before = grid.subjects.join();
      await grid.click(grid.button(name, grid.header(name)));
      await until(() => grid.subjects.join() !== before, `sorted by ${name}`);
      return grid.subjects;
    };

    it('by a click on a header, and the other way by another', async () => {
      const grid = await GridHarness.mount(memory(three));
      expect(grid.header('Due').ariaSort).to.equal('ascending');
      const ascending = ['Call back', 'Send the quote', 'Site visit'];
      expect(await subjectsBy(grid, 'Subject')).to.deep.equal(ascending);
      expect(grid.header('Subject').ariaSort).to.equal('ascending');
      expect(grid.header('Due').ariaSort).to.equal(null);
      expect(await subjectsBy(grid, 'Subject')).to.deep.equal(ascending.reverse());
      expect(grid.header('Subject').ariaSort).to.equal('descending');
    });

    it('the most urgent first by priority', async () => {
      const grid = await GridHarness.mount(memory(three), {
        query: { sort: [{ field: 'subject', direction: 'asc' }] },
      });
      const order = ['Send the quote', 'Call back', 'Site visit'];
      expect(await subjectsBy(grid, 'Priority')).to.deep.equal(order);
    });

    it('by Enter on a header, with the focus left there', async () => {
      const grid = await GridHarness.mount(memory(three));
      grid.element.focus();
      await press('ArrowUp');
      expect(grid.focus).to.equal('header | Subject');
      await press('Enter');
      await until(() => grid.subjects[0] === 'Call back');
      expect(grid.focus).to.equal('header | Subject');
      await until(() =>
        textOf(grid.context.shadowRoot as ShadowRoot).includes('Sorted by Subject, Ascending'),
      );
    });

    it('telling the host first, and then in its query', async () => {
      const grid = await GridHarness.mount(memory(three), { query: { search: 'a' } });
      const told = oneEvent(grid.element, 'activity-view-change');
      grid.button('Owner', grid.header('Owner')).click();
      const { detail } = (await told) as unknown as ActivityViewChangeEvent;
      expect(detail).to.deep.equal({ sort: [{ field: 'owner', direction: 'asc' }] });
      expect(grid.element.query).to.deep.equal({ search: 'a', ...detail });
    });

    it('as the host says, silently', async () => {
      const grid = await GridHarness.mount(memory(three));
      let told = 0;
      grid.element.addEventListener('activity-view-change', () => (told += 1));
      grid.element.query = { sort: [{ field: 'subject', direction: 'desc' }] };
      await until(() => grid.subjects[0] === 'Site visit');
      expect(told).to.equal(0);
    });

    it('still as the user chose when the host changes its filter alone', async () => {
      const grid = await GridHarness.mount(memory(three));
      await subjectsBy(grid, 'Subject');
      grid.element.query = { filter: { field: 'type', op: 'in', value: ['phonecall', 'task'] } };
      await until(() => grid.subjects.length === 2);
      expect(grid.subjects).to.deep.equal(['Call back', 'Send the quote']);
    });

    it('only by what the data source can sort by', async () => {
      const source = memory(three);
      const grid = await GridHarness.mount({
        ...source,
        capabilities: async () => ({ query: { sort: ['deadline'], filter: ['*'] } }),
      });
      await until(() => !grid.findButton('Owner', grid.header('Owner')));
      expect(grid.button('Due', grid.header('Due'))).to.exist;
    });
  });

  describe('loads', () => {
    const many = (count: number): Activity[] =>
      Array.from({ length: count }, (_, index) => activity({ subject: `Row ${String(index)}` }));

    const scroller = (grid: GridHarness): HTMLElement => grid.grid.parentElement as HTMLElement;
    const numbers = (grid: GridHarness): number[] =>
      grid.subjects.map((subject) => Number(subject.slice('Row '.length)));

    it('a page, and the rest as its place comes into sight', async () => {
      const grid = await GridHarness.mount(memory(many(120)));
      expect(grid.rows.length).to.equal(50);
      expect(grid.grid.ariaRowCount).to.equal('121');
      scroller(grid).scrollTop = scroller(grid).scrollHeight;
      await until(() => grid.rows.length === 120 && grid.blanks === 0);
    });

    it('with a scroll bar that tells how many there are, and draws only what is seen', async () => {
      const grid = await GridHarness.mount(memory(many(1000)));
      expect(grid.rows.length).to.be.lessThan(40);
      expect(grid.grid.ariaRowCount).to.equal('1001');
      const row = grid.rows[0]?.offsetHeight ?? 0;
      expect(scroller(grid).scrollHeight).to.be.within(1000 * row, 1002 * row);
    });

    it('the rows in the order in which they are seen, in both directions', async () => {
      const rows = many(600).map((one, index) => ({
        ...one,
        due: new Date(Date.parse('2026-01-01T00:00:00Z') + index * 60_000).toISOString(),
      }));
      const grid = await GridHarness.mount(memory(rows));
      const isWhole = (): boolean => grid.blanks === 0 && grid.subjects.length > 10;
      let seen = -1;
      for (const top of [0, 333, 4000, 12_000, 23_000, 11_000, 5000, 100, 0]) {
        scroller(grid).scrollTop = top;
        const first = Math.floor(top / (grid.rows[0]?.offsetHeight ?? 40));
        await until(
          () => isWhole() && numbers(grid).includes(first) && numbers(grid).includes(first + 8),
          `rows at ${String(top)}`,
        );
        const shown = numbers(grid);
        expect(shown).to.deep.equal([...shown].sort((a, b) => a - b));
        expect(grid.rows.map((one) => Number(one.ariaRowIndex) - 2)).to.deep.equal(shown);
        const tops = grid.rows.map((one) => one.getBoundingClientRect().top);
        expect(tops).to.deep.equal([...tops].sort((a, b) => a - b));
        seen = Math.max(seen, shown.at(-1) ?? 0);
      }
      expect(seen).to.be.greaterThan(575);
    });

    it('and the focus stays with its row while others take the elements', async () => {
      const grid = await GridHarness.mount(memory(many(600)));
      grid.element.focus();
      await press('ArrowDown');
      const { focus } = grid;
      const row = grid.root.activeElement?.closest('[role=row]');
      scroller(grid).scrollTop = 9000;
      await until(
        () => numbers(grid).length > 10 && grid.rows.some((one) => one.ariaRowIndex === '230'),
      );
      expect(grid.root.activeElement?.closest('[role=row]')).to.equal(row);
      expect(grid.focus).to.equal(focus);
      await press('ArrowDown');
      await until(() => grid.focus !== focus);
      expect(scroller(grid).scrollTop).to.be.lessThan(200);
    });

    describe('a million', () => {
      const MILLION = 1_000_000;

      /** Makes the rows that are asked for. */
      async function million(): Promise<GridHarness> {
        const source = memory([]);
        const query: typeof source.query = ({ page }) => {
          const { size = 50, at } = page ?? {};
          const idOf = (one: number): string => `m-${String(one).padStart(6, '0')}`;
          const number = (id: string): number => Number(id.slice('m-'.length));
          let from = 0;
          if (at && 'next' in at) from = Number(at.next);
          else if (at && 'offset' in at) from = at.offset;
          else if (at && 'after' in at) from = number(at.after.id) + 1;
          else if (at && 'before' in at) from = Math.max(0, number(at.before.id) - size);
          const end = Math.min(MILLION, from + size);
          const rows = Array.from({ length: Math.max(0, end - from) }, (_, index) =>
            activity({ id: idOf(from + index), subject: `Row ${String(from + index)}` }),
          );
          return Promise.resolve({
            rows,
            total: { value: MILLION, relation: 'exact' },
            ...(end < MILLION && { next: String(end) }),
          });
        };
        const grid = await GridHarness.mount({
          ...source,
          query,
          capabilities: async () => ({ query: { offset: true, sort: ['*'], filter: ['*'] } }),
        });
        await until(() => grid.subjects.includes('Row 0'));
        return grid;
      }
      /** Those whose rows can be seen, under the header. */
      function seen(grid: GridHarness): number[] {
        const { bottom } = scroller(grid).getBoundingClientRect();
        const top = grid.headers[0]?.getBoundingClientRect().bottom ?? 0;
        const inSight = grid.rows.filter((row) => {
          const place = row.getBoundingClientRect();
          return place.top >= top - 1 && place.bottom <= bottom + 1;
        });
        return inSight.map((row) => Number(row.ariaRowIndex) - 2);
      }
      const settled = async (grid: GridHarness): Promise<void> => {
        let before = -1;
        await until(async () => {
          const { scrollTop } = scroller(grid);
          const isStill = scrollTop === before && grid.blanks === 0;
          before = scrollTop;
          await new Promise((resolve) => setTimeout(resolve, 200));
          return isStill;
        });
      };

      it('to the very last, by keyboard', async () => {
        const grid = await million();
        grid.element.focus();
        pressWith({ ctrlKey: true }, 'End');
        await until(() => grid.focus === 'Row 999999 | Actions');
        await settled(grid);
        expect(seen(grid)).to.include(999_999);
        await press('ArrowUp');
        await press('PageUp');
        await until(() => grid.focus === 'Row 999989 | Actions');
        await settled(grid);
        expect(seen(grid)).to.include(999_989);
        // What has the focus is far out of sight, and comes back into it.
        scroller(grid).scrollTop = 3_000_000;
        await until(() => seen(grid).length > 5 && !seen(grid).includes(999_989));
        await press('ArrowLeft');
        await until(() => seen(grid).includes(999_989));
        expect(grid.focus).to.equal('Row 999989 | Owner');
        pressWith({ ctrlKey: true }, 'Home');
        await until(() => seen(grid)[0] === 0);
      });

      it('by a scroll bar whose ends and middle are the list’s', async () => {
        const grid = await million();
        const bar = scroller(grid);
        const most = bar.scrollHeight - bar.clientHeight;
        for (const [part, index] of [
          [0.5, 500_000],
          [1, 999_999],
          [0.25, 250_000],
          [0, 0],
        ] as const) {
          bar.scrollTop = most * part;
          await until(() => seen(grid).some((one) => Math.abs(one - index) < 12), String(part));
          await settled(grid);
          expect(Math.abs((seen(grid)[0] ?? 0) - index)).to.be.lessThan(12);
          expect(bar.scrollTop / most).to.be.closeTo(part, 0.0001);
        }
      });

      it('by so much as the wheel turns, and the bar follows', async () => {
        const grid = await million();
        const bar = scroller(grid);
        const most = bar.scrollHeight - bar.clientHeight;
        bar.scrollTop = most / 2;
        await until(() => seen(grid).some((one) => Math.abs(one - 500_000) < 12));
        await settled(grid);
        const height = grid.rows[0]?.offsetHeight ?? 0;
        let first = seen(grid)[0] ?? 0;
        for (let turn = 0; turn < 20; turn++) {
          bar.scrollTop += 5 * height;
          const before = first;
          await until(
            () => Math.abs((seen(grid)[0] ?? 0) - before - 5) <= 1,
            `turn ${String(turn)}`,
          );
          first = seen(grid)[0] ?? 0;
        }
        const place = (): number =>
          grid.rows.find((row) => Number(row.ariaRowIndex) - 2 === first)?.getBoundingClientRect()
            .top ?? 0;
        const before = place();
        await settled(grid);
        expect(seen(grid)[0]).to.equal(first);
        expect(place()).to.be.closeTo(before, 1);
        expect(bar.scrollTop / most).to.be.closeTo(first / MILLION, 0.0001);
      });
    });

    it('the last row at once for who goes to the end by keyboard', async () => {
      const grid = await GridHarness.mount(memory(many(300)));
      grid.element.focus();
      pressWith({ ctrlKey: true }, 'End');
      await until(() => grid.focus.endsWith('| Actions') && grid.focus.startsWith('Row'));
      const at = grid.root.activeElement?.closest('[role=row]');
      expect(at?.ariaRowIndex).to.equal('301');
    });

    it('on and on while the end stays near', async () => {
      const grid = await GridHarness.mount(memory(many(120)));
      // All 120 rows in the height of a few.
      grid.element.style.setProperty('block-size', '6000px');
      grid.element.style.setProperty('transform', 'scale(0.05)');
      grid.element.style.setProperty('transform-origin', 'top');
      await until(() => grid.rows.length === 120 && grid.blanks === 0);
    });

    it('page after page where nobody knows how many there are', async () => {
      const source = memory(many(120));
      const grid = await GridHarness.mount({
        ...source,
        query: async (question: ActivityQuery, options: CallOptions) => {
          const { total: _total, ...page } = await source.query(question, options);
          return page;
        },
      });
      expect(grid.grid.ariaRowCount).to.equal('-1');
      const first = grid.rows.length;
      scroller(grid).scrollTop = scroller(grid).scrollHeight;
      await until(() => grid.rows.length > first);
      await until(() => {
        scroller(grid).scrollTop = scroller(grid).scrollHeight;
        return grid.rows.length === 120;
      });
    });

    it('nothing further after a failure, until told to', async () => {
      const source = memory(many(120));
      let fails = true;
      const grid = await GridHarness.mount({
        ...source,
        query: async (question: ActivityQuery, options: CallOptions) => {
          if (question.page?.at && fails) throw failure('network');
          return source.query(question, options);
        },
      });
      scroller(grid).scrollTop = scroller(grid).scrollHeight;
      await until(() => grid.text.includes('could not be loaded'));
      fails = false;
      grid.button('Try again').click();
      await until(() => {
        scroller(grid).scrollTop = scroller(grid).scrollHeight;
        return grid.rows.length === 120 && grid.blanks === 0;
      });
    });

    it('draws anew only the rows that changed', async () => {
      const rows = many(50);
      const provider = memory(rows);
      const grid = await GridHarness.mount(provider);
      const changed = new Set<Node | null>();
      const observer = new MutationObserver((records) => {
        for (const { target } of records) {
          const element = target instanceof Element ? target : target.parentElement;
          changed.add(element?.closest('[role=row]') ?? null);
        }
      });
      observer.observe(grid.grid, { subtree: true, childList: true, characterData: true });
      provider.merge([{ ...rows[7], subject: 'Changed' }]);
      await until(() => grid.subjects.includes('Changed'));
      observer.disconnect();
      expect([...changed]).to.deep.equal([grid.row('Changed')]);
    });
  });

  describe('has little room', () => {
    it('and shows the same in two lines', async () => {
      const grid = await GridHarness.mount(memory(three), {}, { width: 320 });
      await until(() => grid.element.matches(':state(narrow)'));
      await grid.updated();
      const row = textOf(grid.row('Send the quote'));
      for (const word of ['Send the quote', 'Yesterday', 'Cecil Langer', 'Not started', 'High']) {
        expect(row).to.contain(word);
      }
      // How late it is takes nothing of it.
      const box = (selector: string): DOMRect | undefined =>
        grid.row('Send the quote').querySelector(selector)?.getBoundingClientRect();
      expect(box('.when')?.top).to.be.at.least((box('.subject')?.bottom ?? Infinity) - 1);
      // What its status is stands beside whom it is about, in the second line and not in a third.
      expect(box('.stands')?.top).to.be.below(box('.record')?.bottom ?? 0);
      expect(box('.when')?.top).to.be.below(box('.record')?.bottom ?? 0);
      expect(box('.stands')?.width).to.be.above(30);
      expect(box('.record')?.width).to.be.above(30);
      const heights = async (width: number): Promise<number> => {
        grid.element.style.setProperty('inline-size', `${String(width)}px`);
        await grid.updated();
        return grid.row('Send the quote').offsetHeight;
      };
      expect(await heights(320)).to.equal(await heights(500));
      expect(await heights(320)).to.be.below(60);
      // Neither the subject nor when it is due is cut.
      for (const one of grid.grid.querySelectorAll('.main .subject, .when')) {
        expect(one.scrollWidth, textOf(one)).to.be.at.most(one.clientWidth);
      }
      expect(grid.grid.ariaColCount).to.equal('3');
      await expect(grid.element).to.be.accessible();
    });

    it('and shows what was searched for in a description from where it stands', async () => {
      const described = activity({
        subject: 'Send the quote',
        due: '2026-11-30T11:00:00Z',
        description: 'Three years, with a price adjustment once a year',
      });
      const query = { search: 'price' };
      const grid = await GridHarness.mount(memory([described]), { query }, { width: 320 });
      await until(() => grid.element.matches(':state(narrow)'));
      await grid.updated();
      const row = grid.row('Send the quote');
      const snippet = row.querySelector('[part=snippet]')?.getBoundingClientRect();
      const hit = row.querySelector('[part=hit]')?.getBoundingClientRect();
      expect(hit?.right).to.be.at.most(snippet?.right ?? 0);
      const line = row.querySelector('.when')?.getBoundingClientRect();
      expect(line?.top).to.be.below(snippet?.bottom ?? 0);
      expect(snippet?.right).to.be.at.most(line?.left ?? 0);
    });

    it('and a finger finds the record that a row is about', async () => {
      const grid = await GridHarness.mount(memory(three), { density: 'touch' }, { width: 320 });
      await until(() => grid.element.matches(':state(narrow)'));
      await grid.updated();
      grid.context.hrefFor = () => '#there';
      const record = (): Element | null => grid.root.querySelector('a.record');
      await until(record, 'a link');
      expect(record()?.getBoundingClientRect().height).to.be.at.least(24);
    });

    it('and says in full how many are selected', async () => {
      const many = Array.from({ length: 1200 }, (_, at) => activity({ subject: `Call ${at}` }));
      const grid = await GridHarness.mount(memory(many), { density: 'touch' }, { width: 304 });
      await until(() => grid.element.matches(':state(narrow)'));
      grid.element.selectAll();
      const said = (): HTMLElement | null => grid.root.querySelector('[part=commands] > .num');
      await until(() => said()?.textContent.includes('1,200'), 'all are selected');
      expect(said()?.scrollWidth).to.equal(said()?.clientWidth);
      expect(said()?.scrollHeight).to.equal(said()?.clientHeight);
    });

    it('and sorts by a menu', async () => {
      const grid = await GridHarness.mount(memory(three), {}, { width: 320 });
      await until(() => grid.element.matches(':state(narrow)'));
      await grid.updated();
      grid.button('Sort: Due, Ascending').click();
      await until(() => grid.root.querySelector('[role=menu]:popover-open'));
      grid.menuItem('Subject').click();
      await until(() => grid.subjects[0] === 'Call back');
      expect(grid.button('Sort: Subject, Ascending')).to.exist;
    });

    describe('and has in the menus of its header', () => {
      async function narrow(properties: Partial<ActivityGrid> = {}): Promise<GridHarness> {
        const grid = await GridHarness.mount(memory(three), properties, { width: 320 });
        await until(() => grid.element.matches(':state(narrow)'));
        await grid.updated();
        return grid;
      }
      async function choose(grid: GridHarness, button: string, ...items: string[]): Promise<void> {
        grid.button(button).click();
        for (const item of items) {
          await until(
            () => grid.root.querySelector(`[role=menu]:popover-open [data-label="${item}"]`),
            `${button}: ${item}`,
          );
          grid.menuItem(item).click();
          await grid.updated();
        }
      }

      it('what the rows are sorted by behind the first, and which way', async () => {
        const grid = await narrow();
        await choose(grid, 'Sort: Due, Ascending', 'Then by…', 'Subject');
        expect(grid.element.sort).to.deep.equal([
          { field: 'deadline', direction: 'asc' },
          { field: 'subject', direction: 'asc' },
        ]);
        grid.menuItem('Descending').click();
        await grid.updated();
        expect(grid.element.sort[1]).to.deep.equal({ field: 'subject', direction: 'desc' });
        await press('Escape');
        const state = 'Sort: Due, Ascending; then by Subject, Descending';
        expect(grid.root.activeElement).to.equal(grid.button(state));
        await expect(grid.element).to.be.accessible();
        await choose(grid, state, 'Then by…', 'Subject');
        expect(grid.element.sort.length).to.equal(1);
      });

      it('all columns to sort and filter by, not only those shown', async () => {
        const grid = await narrow();
        await choose(grid, 'Sort: Due, Ascending', 'Further columns…', 'Created by');
        expect(grid.element.sort).to.deep.equal([{ field: 'createdBy', direction: 'asc' }]);
        await choose(grid, 'Filter', 'Further columns…', 'Description');
        await until(() => grid.root.querySelector('[part=panel]:popover-open'));
        const input = grid.root.querySelector<HTMLInputElement>('#filter-value');
        if (!input) throw new Error('nowhere to type');
        input.value = 'nowhere';
        input.dispatchEvent(new InputEvent('input'));
        grid.button('Apply').click();
        await until(() => grid.subjects.length === 0);
        await choose(grid, 'Filter: on', 'Clear filters');
        await until(() => grid.subjects.length === 3);
      });

      it('the columns, and what can be done with each', async () => {
        const columns = ['subject', 'due'];
        const grid = await narrow({ columns });
        const shown = (): string[] => grid.element.layoutOfColumns.shown.map(({ name }) => name);
        await choose(grid, 'View options', 'Columns…', 'Owner');
        expect(shown()).to.deep.equal(['subject', 'due', 'owner']);
        await press('Escape');
        await choose(grid, 'View options', 'Arrange columns…', 'Owner', 'Move column back');
        expect(shown()).to.deep.equal(['subject', 'owner', 'due']);
        await choose(grid, 'View options', 'Arrange columns…', 'Owner', 'Then sort ascending');
        expect(grid.element.sort[1]).to.deep.equal({ field: 'owner', direction: 'asc' });
        await choose(grid, 'View options', 'Arrange columns…', 'Owner', 'Hide column');
        expect(shown()).to.deep.equal(columns);
        await choose(grid, 'View options', 'Arrange columns…', 'Subject', 'Filter by Subject');
        await until(() => grid.root.querySelector('[part=panel]:popover-open'));
      });

      it('what the focus is on in sight, also while something is selected', async () => {
        const grid = await narrow();
        await grid.click(grid.checkbox('Select Call back'));
        grid.element.focus();
        await press('ArrowUp');
        await press('Enter');
        const button = grid.button('Filter');
        expect(grid.root.activeElement).to.equal(button);
        const { left, top, width, height } = button.getBoundingClientRect();
        const seen = grid.root.elementFromPoint(left + width / 2, top + height / 2);
        expect(button.contains(seen)).to.equal(true);
      });

      it('all of it by keys alone, without losing the focus', async () => {
        const grid = await narrow();
        grid.element.focus();
        await press('ArrowUp');
        await press('Enter');
        expect(grid.root.activeElement?.ariaLabel).to.equal('Filter');
        await press('ArrowRight');
        await press('ArrowRight');
        expect(grid.root.activeElement?.ariaLabel).to.equal('Sort: Due, Ascending');
        const inMenu = (): Promise<void> =>
          until(() => grid.root.activeElement?.closest('[role=menu]'), 'the menu has the focus');
        const on = (): string | undefined =>
          (grid.root.activeElement as HTMLElement | null)?.dataset['label'];
        await press('Enter');
        await inMenu();
        await press('t');
        expect(on()).to.equal('Then by…');
        await press('Enter');
        await until(() => grid.root.querySelector('[role=menuitemcheckbox]'));
        await inMenu();
        await press('o');
        expect(on()).to.equal('Owner');
        await press('Enter');
        await grid.updated();
        expect(grid.element.sort[1]?.field).to.equal('owner');
        expect(on(), 'stays').to.equal('Owner');
        await press('Escape');
        expect(grid.root.activeElement?.ariaLabel).to.contain('then by Owner');
      });
    });

    it('and selects and completes as well', async () => {
      const provider = memory(three);
      const grid = await GridHarness.mount(provider, {}, { width: 320 });
      await until(() => grid.element.matches(':state(narrow)'));
      await grid.updated();
      await grid.click(grid.checkbox('Select Call back'));
      grid.button('Complete').click();
      const isDone = async ({ id }: Activity): Promise<boolean> =>
        (await provider.get(id, { locale: 'en', timeZone: 'UTC' })).state === 'completed';
      await until(() => isDone(call));
      grid.button('More for Send the quote').click();
      await until(() => grid.root.querySelector('[role=menu]:popover-open'));
      grid.menuItem('Mark complete').click();
      await until(() => isDone(quote));
    });

    it('and by fingers goes on selecting until nothing is selected', async () => {
      const grid = await GridHarness.mount(memory(three), {}, { width: 320 });
      await until(() => grid.element.matches(':state(narrow)'));
      await grid.updated();
      const link = (subject: string): HTMLElement =>
        grid.row(subject).querySelector('[part=subject]') as HTMLElement;
      const init = { bubbles: true, composed: true, cancelable: true };
      const down = (subject: string): boolean =>
        link(subject).dispatchEvent(
          new PointerEvent('pointerdown', { ...init, pointerType: 'touch' }),
        );
      /** True where the link is followed. */
      const lift = (subject: string): boolean => {
        window.dispatchEvent(new PointerEvent('pointerup', { ...init, pointerType: 'touch' }));
        return link(subject).dispatchEvent(new MouseEvent('click', { ...init, detail: 1 }));
      };
      const opened: string[] = [];
      grid.element.addEventListener('activity-open', (event) => {
        event.preventDefault();
        opened.push(event.detail.activity.subject);
      });
      down('Call back');
      await until(() => grid.selected.length > 0, 'the finger has lain long enough');
      expect(lift('Call back')).to.equal(false);
      down('Send the quote');
      expect(lift('Send the quote')).to.equal(false);
      await grid.updated();
      expect(grid.selected).to.have.members(['Call back', 'Send the quote']);
      for (const subject of ['Call back', 'Send the quote']) {
        down(subject);
        lift(subject);
      }
      await grid.updated();
      expect([grid.selected, opened]).to.deep.equal([[], []]);
      down('Call back');
      lift('Call back');
      expect(opened).to.deep.equal(['Call back']);
    });
  });

  describe('without rows', () => {
    it('says that they are loaded, and then shows them', async () => {
      let answer: (rows: readonly Activity[]) => void = () => undefined;
      const provider = {
        query: () => new Promise<readonly Activity[]>((resolve) => (answer = resolve)),
      };
      const grid = await GridHarness.mount(provider, {}, { ready: false });
      await until(() => grid.element.matches(':state(loading)'));
      expect(grid.text).to.contain('Loading activities');
      expect(grid.headers.length).to.equal(9);
      await until(() => {
        answer(three);
        return grid.rows.length === 3;
      });
      expect(grid.element.matches(':state(loading)')).to.equal(false);
    });

    it('says that there are none', async () => {
      const grid = await GridHarness.mount(memory([]));
      expect(grid.element.matches(':state(empty)')).to.equal(true);
      expect(grid.text).to.contain('No activities yet');
      await expect(grid.element).to.be.accessible();
    });

    it('says that nothing was found', async () => {
      const grid = await GridHarness.mount(memory(three), { query: { search: 'giraffe' } });
      expect(grid.text).to.contain('Nothing found for “giraffe”');
    });

    it('says so in the host’s own words', async () => {
      const grid = await GridHarness.mount(memory([]));
      grid.element.innerHTML = '<p slot="empty">All done.</p>';
      const shown = grid.element.querySelector('p');
      expect(shown?.checkVisibility()).to.equal(true);
    });

    it('says what failed, and tries again', async () => {
      let fails = true;
      const provider = {
        query: async () => {
          if (fails) throw failure('network');
          return three;
        },
      };
      const grid = await GridHarness.mount(provider);
      expect(grid.element.matches(':state(error)')).to.equal(true);
      expect(grid.root.querySelector('[role=alert]')?.textContent).to.contain('no connection');
      fails = false;
      grid.button('Try again').click();
      await until(() => grid.rows.length === 3);
    });

    it('tells the host what failed', async () => {
      const errors: ActivityErrorEvent[] = [];
      const listen = (event: Event): unknown => errors.push(event as ActivityErrorEvent);
      document.addEventListener('activity-error', listen);
      await GridHarness.mount({ query: () => Promise.reject(failure('forbidden')) });
      document.removeEventListener('activity-error', listen);
      expect(errors.map(({ detail }) => detail.error.code)).to.deep.equal(['forbidden']);
    });

    it('keeps what it had when a refresh fails, and says so', async () => {
      const source = memory(three);
      let fails = false;
      const grid = await GridHarness.mount({
        ...source,
        query: async (question: ActivityQuery, options: CallOptions) => {
          if (fails) throw failure('timeout');
          return source.query(question, options);
        },
      });
      fails = true;
      grid.element.store?.refresh();
      await until(() => grid.text.includes('did not answer in time'));
      expect(grid.subjects.length).to.equal(3);
    });

    it('keeps the old rows in sight while another order is on its way', async () => {
      const source = memory(three);
      let release: () => void = () => undefined;
      const grid = await GridHarness.mount({
        ...source,
        query: async (question: ActivityQuery, options: CallOptions): Promise<ActivityPage> => {
          if (question.sort?.[0]?.field === 'subject') {
            await new Promise<void>((resolve) => (release = resolve));
          }
          return source.query(question, options);
        },
      });
      const before = grid.subjects;
      await grid.click(grid.button('Subject', grid.header('Subject')));
      await until(() => grid.grid.ariaBusy === 'true');
      expect(grid.subjects).to.deep.equal(before);
      release();
      await until(() => grid.grid.ariaBusy !== 'true');
      expect(grid.subjects[0]).to.equal('Call back');
    });

    it('says nothing of waiting where the other order is there before the frame', async () => {
      const grid = await GridHarness.mount(memory(three));
      const said: (string | null)[] = [];
      const changes = new MutationObserver(() => said.push(grid.grid.ariaBusy));
      changes.observe(grid.grid, { attributes: true, attributeFilter: ['aria-busy'] });
      grid.element.setSort([{ field: 'subject', direction: 'asc' }]);
      await until(() => grid.subjects[0] === 'Call back');
      changes.disconnect();
      expect(said).to.deep.equal([]);
    });

    it('shows nothing of another record meanwhile', async () => {
      const source = memory([activity({ subject: 'Cecil’s', regarding: cecil })]);
      const grid = await GridHarness.mount(
        {
          ...source,
          query: (question: ActivityQuery, options: CallOptions) =>
            question.record?.ref.id === cecil.id
              ? source.query(question, options)
              : new Promise<ActivityPage>(() => undefined),
        },
        { record: cecil },
      );
      expect(grid.subjects).to.deep.equal(['Cecil’s']);
      grid.element.record = pilot;
      await until(() => grid.element.matches(':state(loading)'));
      expect(grid.subjects).to.deep.equal([]);
    });
  });

  describe('with bad input', () => {
    const broken = [
      { id: 'good', type: 'task', subject: 'Good', state: 'open' },
      { id: 'no-subject', type: 'task', state: 'open' },
      { id: 'no-type', subject: 'Typeless', state: 'open' },
      { id: 'pigeon', type: 'carrier-pigeon', subject: 'Pigeon', state: 'open' },
      { id: 'state', type: 'task', subject: 'Paused', state: 'paused' },
      { id: 'date', type: 'task', subject: 'Undated', state: 'open', due: '31.2.2026' },
      { id: 'twice', type: 'task', subject: 'First', state: 'open' },
      { id: 'twice', type: 'task', subject: 'Second', state: 'open' },
      { type: 'task', subject: 'Without an id', state: 'open' },
      'nonsense',
    ] as unknown as readonly Activity[];

    it('shows each row as far as it can, and marks what is wrong', async () => {
      const grid = await GridHarness.mount({ query: async () => broken });
      expect(grid.subjects).to.have.members([
        'Good',
        '(No subject)',
        'Typeless',
        'Pigeon',
        'Paused',
        'Undated',
        'Second',
      ]);
      const bad = (subject: string): boolean =>
        grid.row(subject).querySelector('[aria-label*="invalid data"]') !== null;
      expect(grid.subjects.filter(bad)).to.have.members([
        '(No subject)',
        'Typeless',
        'Paused',
        'Undated',
        'Second',
      ]);
      expect(grid.textIn('Paused', 'Status')).to.equal('Not started');
      expect(grid.textIn('Undated', 'Due')).to.equal('');
      await expect(grid.element).to.be.accessible();
    });

    it('tells the host which rows are wrong', async () => {
      const ids: string[] = [];
      const listen = (event: Event): unknown =>
        ids.push(...(event as ActivityErrorEvent).detail.ids);
      document.addEventListener('activity-error', listen);
      await GridHarness.mount({ query: async () => broken });
      document.removeEventListener('activity-error', listen);
      expect(ids).to.include.members(['no-subject', 'no-type', 'state', 'date', 'twice']);
    });

    it('survives what is no answer at all', async () => {
      for (const answer of [undefined, null, 42, {}, { rows: 'none' }]) {
        const grid = await GridHarness.mount({ query: async () => answer });
        expect(grid.element.matches(':state(error)'), JSON.stringify(answer)).to.equal(true);
      }
    });

    it('waits for a provider that never answers, without an error', async () => {
      const grid = await GridHarness.mount(
        { query: () => new Promise(() => undefined) },
        {},
        { ready: false },
      );
      await until(() => grid.element.matches(':state(loading)'));
      grid.context.remove();
    });

    it('does nothing with an answer that comes after it is gone', async () => {
      let end: (how: 'answer' | 'reject') => void = () => undefined;
      const provider = {
        query: () =>
          new Promise<readonly Activity[]>((resolve, reject) => {
            end = (how) => (how === 'answer' ? resolve(three) : reject(failure('network')));
          }),
      };
      for (const how of ['answer', 'reject'] as const) {
        const grid = await GridHarness.mount({ ...provider }, {}, { ready: false });
        await until(() => grid.element.matches(':state(loading)'));
        grid.context.remove();
        await Promise.resolve();
        end(how);
        await grid.updated();
        expect(grid.rows).to.deep.equal([]);
      }
      // The runner fails on a rejection that nobody handled.
    });

    it('survives a query, columns and a selection that make no sense', async () => {
      const grid = await GridHarness.mount(memory(three), {
        columns: [],
        selection: ['nobody', call.id, call.id],
        query: { sort: [] },
      });
      expect(grid.selected).to.deep.equal(['Call back']);
      expect(grid.headers.length).to.equal(9);
      Object.assign(grid.element, { selection: null, columns: 7, query: null, rollup: 'much' });
      await grid.updated();
      expect(grid.selected).to.deep.equal([]);
      expect(grid.headers.length).to.equal(9);
    });
  });
});

import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import type { ActivityErrorEvent } from '../../../src/events/activity-error-event.js';
import type { ActivityOpenEvent } from '../../../src/events/activity-open-event.js';
import type { ActivityViewChangeEvent } from '../../../src/events/activity-view-change-event.js';
import { registerMessages } from '../../../src/i18n/locale.js';
import { zhTW } from '../../../src/i18n/zh-TW.js';
import type { Activity, ActivityDraft, RecordRef } from '../../../src/model/activity.js';
import type { ActivityQuery } from '../../../src/model/query.js';
import { failure } from '../../../src/provider/failure.js';
import type { ActivityDataProvider, RecordSummary } from '../../../src/provider/provider.js';
import { CalendarHarness, nameOf, plain, press, textOf } from '../../support/calendar.js';
import { activity, cecil, clock, memory, pilot, wingtip } from '../../support/fixtures.js';
import { waitUntil } from '../../support/until.js';

registerMessages('zh-TW', zhTW);

function appointment(subject: string, start: string, end: string, more: Partial<Activity> = {}) {
  const { due: _due, ...row } = activity({ type: 'appointment', state: 'scheduled', ...more });
  return { ...row, subject, statusReason: 'busy', start, end };
}

const visit = appointment('Site visit', '2026-11-23T08:30:00Z', '2026-11-23T10:00:00Z', {
  regarding: wingtip,
});
const call = activity({
  type: 'phonecall',
  subject: 'Call Ana',
  statusReason: 'open',
  due: '2026-11-23T13:00:00Z',
  regarding: cecil,
});
const demo = activity({ subject: 'Demo data', due: '2026-11-24T15:30:00Z', regarding: pilot });
const offer = activity({
  subject: 'Send offer',
  due: '2026-11-25',
  state: 'completed',
  statusReason: 'completed',
});
const fair = appointment('Trade fair', '2026-11-26', '2026-11-28');
const note = activity({ type: 'note', subject: 'A note', state: null, due: '2026-11-23' });
const some = [fair, demo, note, call, offer, visit];

/** Listens for a kind of event, and answers what came. */
function listen<E extends Event>(target: EventTarget, name: string): E[] {
  const heard: E[] = [];
  target.addEventListener(name, (event) => heard.push(event as E));
  return heard;
}

function drafts({ element }: CalendarHarness): ActivityDraft[] {
  const asked: ActivityDraft[] = [];
  element.addEventListener('activity-compose', ({ detail }) => asked.push(detail.draft));
  return asked;
}

describe('activity-calendar', () => {
  describe('as a month', () => {
    it('shows what stands on each day, without notes', async () => {
      const calendar = await CalendarHarness.mount(memory(some));
      expect(calendar.heading).to.equal('November 2026');
      expect(calendar.entries('2026-11-23')).to.deep.equal(['09:30 Site visit', '14:00 Call Ana']);
      expect(calendar.entries('2026-11-24')).to.deep.equal(['16:30 Demo data']);
      expect(calendar.entries('2026-11-26')).to.deep.equal(['Trade fair']);
      expect(calendar.entries('2026-11-27')).to.deep.equal(['Trade fair']);
      expect(calendar.entries('2026-11-28')).to.be.empty;
    });

    it('names days and entries in full', async () => {
      const calendar = await CalendarHarness.mount(memory(some));
      expect(calendar.nameOf('2026-11-23')).to.equal(
        'Monday 23 November 2026, today, 2 activities',
      );
      expect(calendar.nameOf('2026-11-24')).to.equal('Tuesday 24 November 2026, 1 activity');
      expect(nameOf(calendar.entry('Site visit'))).to.equal(
        'Appointment, Site visit, Mon 23 Nov, 09:30–11:00, regarding Wingtip Toys, 35 minutes late',
      );
      expect(nameOf(calendar.entry('Demo data'))).to.equal(
        'Task, Demo data, Tue 24 Nov, due 16:30, regarding Pilot, 40 seats, Not started',
      );
      expect(calendar.entriesOf('2026-11-27').map(nameOf)[0]).to.equal(
        'Appointment, Trade fair, Fri 27 Nov, All day, day 2 of 2, Busy',
      );
    });

    it('is a grid of weeks with one tab stop', async () => {
      const calendar = await CalendarHarness.mount(memory(some));
      const grid = calendar.root.querySelector('[role=grid]');
      expect(grid?.ariaLabel).to.equal('November 2026');
      const rows = [...(grid?.querySelectorAll('[role=row]') ?? [])];
      expect(rows).to.have.length(7);
      expect(rows[0]?.querySelectorAll('[role=columnheader]')).to.have.length(7);
      for (const row of rows.slice(1)) {
        expect(row.querySelectorAll('[role=gridcell]')).to.have.length(7);
      }
      expect(calendar.root.querySelector('[aria-current=date]')).to.equal(
        calendar.controlOf(calendar.day('2026-11-23')),
      );
      await expect(calendar.element).to.be.accessible();
    });

    it('tells what is closed, only due, or late by its parts', async () => {
      const late = activity({ subject: 'Late', due: '2026-11-20T10:00:00Z' });
      const calendar = await CalendarHarness.mount(memory([...some, late]));
      const parts = (name: string): string => String(calendar.entry(name).part);
      expect(parts('Send offer')).to.equal('entry closed due');
      expect(parts('Trade fair')).to.equal('entry');
      expect(parts('Late')).to.equal('entry due overdue');
      expect(
        getComputedStyle(calendar.entry('Send offer').querySelector('.what') ?? calendar.element)
          .textDecorationLine,
      ).to.equal('line-through');
    });

    it('shows as much as fits on a day, and how much more there is', async () => {
      const many = Array.from({ length: 9 }, (_, index) =>
        activity({ subject: `Task ${String(index)}`, due: `2026-11-24T0${String(index)}:00:00Z` }),
      );
      const calendar = await CalendarHarness.mount(memory(many));
      const entries = (): string[] => calendar.entries('2026-11-24');
      // No more than before it was measured.
      expect(entries().length).to.be.within(2, 5);
      calendar.resize(1000, 1400);
      await waitUntil(() => entries().length > 5);
      expect(entries().slice(0, 2)).to.deep.equal(['01:00 Task 0', '02:00 Task 1']);
      calendar.resize(1000, 700);
      await waitUntil(() => entries().length <= 5);
      const low = entries();
      expect(low.length).to.be.within(2, 5);
      expect(low.at(-1)).to.equal(`${String(9 - (low.length - 1))} more`);
      await calendar.click(calendar.button(`${low.at(-1) ?? ''} on Tuesday 24 November`));
      expect(calendar.schedule).to.include('Task 8');
      await calendar.hasFocus('Tuesday 24 November');
    });

    it('makes real links of entries, text where nothing opens them', async () => {
      const linked = await CalendarHarness.mount(memory(some));
      expect(linked.entry('Site visit')).to.be.instanceOf(HTMLAnchorElement);
      expect(linked.entry('Site visit').getAttribute('href')).to.equal(`#${visit.id}`);
      const bare = await CalendarHarness.mount(memory(some), {}, { links: false });
      const entry = bare.entry('Site visit');
      expect(entry.matches('a, button')).to.be.false;
      expect(plain(textOf(entry))).to.include('Appointment, Site visit, Mon 23 Nov');
    });

    it('asks the host before it opens one', async () => {
      const calendar = await CalendarHarness.mount(memory(some));
      const opened = listen<ActivityOpenEvent>(calendar.element, 'activity-open');
      calendar.element.addEventListener('activity-open', (event) => event.preventDefault());
      await calendar.click(calendar.entry('Site visit'));
      expect(opened.map(({ detail }) => detail.activity.subject)).to.deep.equal(['Site visit']);
    });
  });

  describe('goes to other days', () => {
    it('by its buttons, and says so before it does', async () => {
      const calendar = await CalendarHarness.mount(memory(some));
      const changes: unknown[] = [];
      calendar.element.addEventListener('activity-view-change', ({ detail }) => {
        changes.push([detail, calendar.element.date]);
      });
      await calendar.click(calendar.button('Next month'));
      expect(calendar.heading).to.equal('December 2026');
      expect(calendar.element.date).to.equal('2026-12-23');
      await calendar.click(calendar.button('Today'));
      await calendar.click(calendar.button('Previous month'));
      expect(calendar.heading).to.equal('October 2026');
      expect(changes).to.deep.equal([
        [{ view: 'month', date: '2026-12-23' }, undefined],
        [{ view: 'month', date: '2026-11-23' }, '2026-12-23'],
        [{ view: 'month', date: '2026-10-23' }, '2026-11-23'],
      ]);
    });

    it('to the last day of a shorter month', async () => {
      const calendar = await CalendarHarness.mount(memory([]), { date: '2026-10-31' });
      await calendar.click(calendar.button('Next month'));
      expect(calendar.element.date).to.equal('2026-11-30');
    });

    it('without leaving the month for a day at its edge', async () => {
      const calendar = await CalendarHarness.mount(memory(some));
      await calendar.click(calendar.day('2026-12-04'));
      expect(calendar.element.date).to.equal('2026-12-04');
      expect(calendar.heading).to.equal('November 2026');
      await calendar.click(calendar.button('Next month'));
      expect(calendar.heading).to.equal('December 2026');
      expect(calendar.element.date).to.equal('2026-12-04');
    });

    it('when the host says so, silently', async () => {
      const calendar = await CalendarHarness.mount(memory(some));
      const changes = listen<ActivityViewChangeEvent>(calendar.element, 'activity-view-change');
      calendar.element.date = '2027-02-14';
      calendar.element.view = 'week';
      await calendar.isReady();
      expect(calendar.heading).to.equal('8–14 February 2027');
      expect(changes).to.be.empty;
    });

    it('by attributes, and to today for what is no date or view', async () => {
      const element = await fixture<HTMLElementTagNameMap['activity-calendar']>(
        html`<activity-calendar
          view="year"
          date="2026-02-31"
          locale="en-GB"
          time-zone="Europe/Berlin"
          .clock=${clock}
          .items=${some}
        ></activity-calendar>`,
      );
      const heading = (): string =>
        plain(textOf(element.shadowRoot?.querySelector('[part=heading] bdi')));
      expect(heading()).to.equal('November 2026');
      element.setAttribute('view', 'week');
      element.setAttribute('date', '2026-12-02');
      await element.updateComplete;
      expect(heading()).to.equal('30 November–6 December 2026');
    });

    it('and says what it shows then', async () => {
      const calendar = await CalendarHarness.mount(memory(some));
      await calendar.choose('Week');
      await calendar.hears('23–29 November 2026, 5 activities');
    });

    it('and asks only for the days it shows, in the user’s zone', async () => {
      const asked: ActivityQuery[] = [];
      const provider = memory(some);
      const query: typeof provider.query = (question, call) => {
        asked.push(question);
        return provider.query(question, call);
      };
      const filter = { field: 'owner', op: 'eq', value: 'me' } as const;
      const calendar = await CalendarHarness.mount(
        { ...provider, query },
        { query: { filter, search: 'v' }, record: wingtip },
      );
      await calendar.choose('Week');
      expect(asked.map(({ range }) => range)).to.deep.equal([
        { from: '2026-10-25T23:00:00Z', to: '2026-12-06T23:00:00Z' },
        { from: '2026-11-22T23:00:00Z', to: '2026-11-29T23:00:00Z' },
      ]);
      expect(asked[0]).to.deep.include({
        filter,
        search: 'v',
        record: { ref: wingtip, rollup: 'related', parties: true },
      });
    });
  });

  describe('by keyboard', () => {
    const start = async (properties: Partial<CalendarHarness['element']> = {}) => {
      const calendar = await CalendarHarness.mount(memory(some), properties);
      calendar.focusDay();
      return calendar;
    };

    it('goes by day, week, month and year, and takes the focus along', async () => {
      const calendar = await start();
      const steps = [
        ['ArrowRight', '2026-11-24'],
        ['ArrowDown', '2026-12-01'],
        ['ArrowUp', '2026-11-24'],
        ['ArrowLeft', '2026-11-23'],
        ['End', '2026-11-29'],
        ['Home', '2026-11-23'],
        ['PageDown', '2026-12-23'],
        ['PageUp', '2026-11-23'],
      ] as const;
      for (const [key, day] of steps) {
        await press(key);
        await calendar.hasFocus(day);
        expect(calendar.tabStops).to.deep.equal([day]);
      }
    });

    it('turns the page at the end of what is shown', async () => {
      const calendar = await start({ date: '2026-12-06' });
      calendar.element.date = '2026-11-30';
      await calendar.isReady();
      calendar.controlOf(calendar.day('2026-11-30')).focus();
      await press('ArrowDown');
      await calendar.hasFocus('2026-12-07');
      expect(calendar.heading).to.equal('December 2026');
    });

    it('goes into a day’s entries and back', async () => {
      const calendar = await start();
      await press('Enter');
      await calendar.hasFocus('Site visit');
      await press('ArrowDown');
      await calendar.hasFocus('Call Ana');
      await press('ArrowDown');
      await calendar.hasFocus('Call Ana');
      await press('ArrowUp');
      await calendar.hasFocus('Site visit');
      await press('Escape');
      await calendar.hasFocus('2026-11-23');
    });

    it('keeps the focus on the day whose entry goes away', async () => {
      const provider = memory(some);
      const calendar = await CalendarHarness.mount(provider);
      calendar.focusDay();
      await press('Enter');
      await calendar.hasFocus('Site visit');
      await provider.remove(visit.id, {
        idempotencyKey: '1',
        locale: 'en',
        timeZone: 'UTC',
        signal: new AbortController().signal,
      });
      await calendar.hasFocus('2026-11-23');
    });

    it('leads by Tab from the day to its list', async () => {
      const calendar = await start();
      await press('Tab');
      await calendar.hasFocus('New appointment on Monday 23 November');
      await press('Tab');
      await calendar.hasFocus('Site visit');
    });

    it('mirrors the arrows in Arabic', async () => {
      const calendar = await CalendarHarness.mount(memory(some), { locale: 'ar-EG' });
      calendar.focusDay();
      await press('ArrowLeft');
      await waitUntil(() => calendar.element.date === '2026-11-24');
    });

    it('goes from day to day in a week, by the heads of its columns', async () => {
      const calendar = await start({ view: 'week' });
      await press('ArrowRight');
      await calendar.hasFocus('2026-11-24');
      await press('PageDown');
      await calendar.hasFocus('2026-12-01');
      await press('Home');
      await calendar.hasFocus('2026-11-30');
      expect(calendar.heading).to.equal('30 November–6 December 2026');
    });
  });

  describe('offers something new', () => {
    it('on an empty day by Enter, on any by N', async () => {
      const calendar = await CalendarHarness.mount(memory(some));
      const asked = drafts(calendar);
      calendar.controlOf(calendar.day('2026-11-23')).focus();
      await press('n');
      await press('End');
      await calendar.hasFocus('2026-11-29');
      await press('Enter');
      await waitUntil(() => asked.length === 2);
      expect(asked).to.deep.equal([
        { type: 'appointment', start: '2026-11-23T11:00:00Z', end: '2026-11-23T11:30:00Z' },
        { type: 'appointment', start: '2026-11-29T11:00:00Z', end: '2026-11-29T11:30:00Z' },
      ]);
    });

    it('by a double click or by + on a day, about the calendar’s record', async () => {
      const calendar = await CalendarHarness.mount(memory(some), { record: wingtip });
      const asked = drafts(calendar);
      calendar
        .day('2026-11-20')
        .dispatchEvent(new MouseEvent('dblclick', { bubbles: true, composed: true }));
      await calendar.click(calendar.button('New appointment on Thursday 19 November'));
      expect(asked).to.deep.equal([
        {
          type: 'appointment',
          regarding: wingtip,
          start: '2026-11-20T11:00:00Z',
          end: '2026-11-20T11:30:00Z',
        },
        {
          type: 'appointment',
          regarding: wingtip,
          start: '2026-11-19T11:00:00Z',
          end: '2026-11-19T11:30:00Z',
        },
      ]);
    });

    it('does not for a double click on an entry', async () => {
      const calendar = await CalendarHarness.mount(memory(some));
      const asked = drafts(calendar);
      calendar
        .entry('Site visit')
        .dispatchEvent(new MouseEvent('dblclick', { bubbles: true, composed: true }));
      expect(asked).to.be.empty;
    });

    it('in a week on the half hour that was clicked', async () => {
      const calendar = await CalendarHarness.mount(memory(some), { view: 'week' });
      const asked = drafts(calendar);
      const slots = calendar.root.querySelectorAll<HTMLElement>('[part=slots]');
      const click = (day: number, minutes: number): void => {
        const { top, height, left } = slots[day]?.getBoundingClientRect() ?? new DOMRect();
        slots[day]?.dispatchEvent(
          new MouseEvent('click', {
            bubbles: true,
            composed: true,
            clientX: left + 5,
            clientY: top + (minutes / 1440) * height,
          }),
        );
      };
      click(2, 13 * 60 + 40);
      click(6, 23 * 60 + 59);
      expect(asked).to.deep.equal([
        { type: 'appointment', start: '2026-11-25T12:30:00Z', end: '2026-11-25T13:00:00Z' },
        { type: 'appointment', start: '2026-11-29T22:30:00Z', end: '2026-11-29T23:00:00Z' },
      ]);
    });

    it('in a week by Enter or N on the head of a day', async () => {
      const calendar = await CalendarHarness.mount(memory(some), { view: 'week' });
      const asked = drafts(calendar);
      calendar.controlOf(calendar.day('2026-11-23')).focus();
      await press('ArrowRight');
      await calendar.hasFocus('2026-11-24');
      await press('Enter');
      await press('n');
      await waitUntil(() => asked.length === 2);
      expect(asked.map(({ start }) => start)).to.deep.equal([
        '2026-11-24T11:00:00Z',
        '2026-11-24T11:00:00Z',
      ]);
    });

    it('and does nothing more where the host vetoes it', async () => {
      const calendar = await CalendarHarness.mount(memory(some));
      const composed: ActivityDraft[] = [];
      const { context } = calendar.element;
      context.compose = (draft) => composed.push(draft) > 0;
      const veto = (event: Event): void => event.preventDefault();
      calendar.element.addEventListener('activity-compose', veto, { once: true });
      const add = calendar.button('New appointment on Monday 23 November');
      const first = oneEvent(calendar.element, 'activity-compose');
      await calendar.click(add);
      expect((await first).defaultPrevented).to.be.true;
      expect(composed).to.be.empty;
      await calendar.click(add);
      await waitUntil(() => composed.length === 1, 'what is not vetoed is composed');
      expect(composed[0]).to.include({ type: 'appointment', start: '2026-11-23T11:00:00Z' });
    });

    it('not where the source cannot create', async () => {
      const calendar = await CalendarHarness.mount({ query: () => Promise.resolve(some) });
      const asked = drafts(calendar);
      expect(calendar.root.querySelector('[part=add]')).to.be.null;
      calendar.controlOf(calendar.day('2026-11-23')).focus();
      await press('n');
      await calendar.choose('Week');
      calendar.root.querySelector<HTMLElement>('[part=slots]')?.click();
      expect(asked).to.be.empty;
    });
  });

  describe('as a week', () => {
    it('has a group for each day, with its entries in time order', async () => {
      const calendar = await CalendarHarness.mount(memory(some), { view: 'week' });
      expect(calendar.heading).to.equal('23–29 November 2026');
      expect(textOf(calendar.root.querySelector('[part=heading]'))).to.include('Week 48');
      const groups = calendar.root.querySelectorAll('[role=group][aria-labelledby]');
      expect(groups).to.have.length(7);
      const named = groups[0]?.getAttribute('aria-labelledby') ?? '';
      expect(plain(textOf(calendar.root.getElementById(named)))).to.include(
        'Monday 23 November 2026, today, 2 activities',
      );
      expect(calendar.entries('2026-11-23')).to.deep.equal([
        'Site visit 09:30 – 11:00 · Wingtip Toys',
        'Call Ana due 14:00',
      ]);
      expect(calendar.entries('2026-11-26')).to.deep.equal(['Trade fair']);
      expect(calendar.entriesOf('2026-11-23').every(({ tabIndex }) => tabIndex === 0)).to.be.true;
      await expect(calendar.element).to.be.accessible();
    });

    it('draws entries where the wall clock has them', async () => {
      const calendar = await CalendarHarness.mount(memory(some), { view: 'week' });
      const slots = calendar.root.querySelector('[part=slots]')?.getBoundingClientRect();
      const box = calendar.entry('Site visit').getBoundingClientRect();
      const share = (y: number): number => (y - (slots?.top ?? 0)) / (slots?.height ?? 1);
      expect(share(box.top)).to.be.closeTo(9.5 / 24, 0.001);
      expect(share(box.bottom)).to.be.closeTo(11 / 24, 0.001);
    });

    it('stands at seven in the morning at first', async () => {
      const calendar = await CalendarHarness.mount(memory(some), { view: 'week' });
      const week = calendar.root.querySelector('[part=week]');
      const hours = calendar.root.querySelector('[part=slots]')?.clientHeight ?? 0;
      await waitUntil(() => (week?.scrollTop ?? 0) > 0);
      expect(week?.scrollTop).to.be.closeTo((7 / 24) * hours, 20);
      week?.scrollTo({ top: 0 });
      await calendar.click(calendar.button('Next week'));
      await calendar.isReady();
      expect(week?.scrollTop).to.equal(0);
    });

    it('marks the present on today, and moves the mark with the time', async () => {
      let now = clock.now();
      const calendar = await CalendarHarness.mount(
        memory(some),
        { view: 'week' },
        { context: { clock: { now: () => now } } },
      );
      const top = (): number => {
        const mark = calendar.root.querySelector<HTMLElement>('[part=now]');
        const column = mark?.parentElement;
        const day = column?.parentElement?.dataset['day'];
        expect(day).to.equal('2026-11-23');
        return (mark?.offsetTop ?? 0) / (column?.clientHeight ?? 1);
      };
      expect(top()).to.be.closeTo((11 * 60 + 35) / 1440, 0.002);
      now += 60 * 60_000;
      calendar.element.requestUpdate();
      await calendar.updated();
      expect(top()).to.be.closeTo((12 * 60 + 35) / 1440, 0.002);
      await calendar.click(calendar.button('Next week'));
      expect(calendar.root.querySelector('[part=now]')).to.be.null;
    });

    it('shows the first of many whole-day entries, and all on demand', async () => {
      const many = Array.from({ length: 6 }, (_, index) =>
        activity({ id: `w${String(index)}`, subject: `Task ${String(index)}`, due: '2026-11-24' }),
      );
      const calendar = await CalendarHarness.mount(memory(many), { view: 'week' });
      expect(calendar.entries('2026-11-24')).to.deep.equal(['Task 0', 'Task 1']);
      const more = calendar.button('4 more');
      expect(more.ariaExpanded).to.equal('false');
      await calendar.click(more);
      expect(calendar.entries('2026-11-24')).to.have.length(6);
      const [last] = calendar.entriesOf('2026-11-24').slice(-1);
      const less = calendar.button('Show less').getBoundingClientRect();
      expect(less.top).to.be.at.least(last?.getBoundingClientRect().bottom ?? Infinity);
      const slots = calendar.root.querySelector('[part=week]')?.getBoundingClientRect();
      expect(less.bottom).to.be.below(slots?.bottom ?? 0);
    });
  });

  describe('in the zone and language of the user', () => {
    const zones = [
      ['Pacific/Auckland', '2026-11-24', '13:00 At midnight, UTC'],
      ['Asia/Kolkata', '2026-11-24', '05:30 At midnight, UTC'],
      ['America/Los_Angeles', '2026-11-23', '16:00 At midnight, UTC'],
      ['Australia/Lord_Howe', '2026-11-24', '11:00 At midnight, UTC'],
    ] as const;
    for (const [zone, day, words] of zones) {
      it(`puts an instant on its day in ${zone}, and a date on its own`, async () => {
        const rows = [
          activity({ subject: 'At midnight, UTC', due: '2026-11-24T00:00:00Z' }),
          activity({ subject: 'On a date', due: '2026-11-24' }),
        ];
        const calendar = await CalendarHarness.mount(memory(rows), { timeZone: zone });
        expect(calendar.entries(day)).to.include(words);
        expect(calendar.entries('2026-11-24')).to.include('On a date');
        expect(calendar.entries('2026-11-23')).to.not.include('On a date');
      });
    }

    it('knows today there', async () => {
      const calendar = await CalendarHarness.mount(
        memory([]),
        { timeZone: 'Pacific/Auckland' },
        { context: { clock: { now: () => Date.parse('2026-11-23T11:30:00Z') } } },
      );
      expect(calendar.nameOf('2026-11-24')).to.equal(
        'Tuesday 24 November 2026, today, 0 activities',
      );
      expect(calendar.tabStops).to.deep.equal(['2026-11-24']);
    });

    const weeks = [
      ['en-US', 'Sunday', 'Saturday'],
      ['de', 'Montag', 'Sonntag'],
      ['ar-EG', 'السبت', 'الجمعة'],
      ['zh-TW', '星期日', '星期六'],
    ] as const;
    for (const [locale, first, last] of weeks) {
      it(`begins the week as ${locale} has it`, async () => {
        const calendar = await CalendarHarness.mount(memory([]), { locale });
        const names = [...calendar.root.querySelectorAll('[role=columnheader] .visually-hidden')];
        expect([textOf(names[0] ?? null), textOf(names.at(-1))]).to.deep.equal([first, last]);
        expect(calendar.days[0]?.closest('[role=row]')?.children).to.have.length(7);
      });
    }

    it('speaks Chinese', async () => {
      const calendar = await CalendarHarness.mount(memory(some), { locale: 'zh-TW' });
      expect(calendar.heading).to.equal('2026年11月');
      expect(calendar.nameOf('2026-11-23')).to.equal('2026年11月23日星期一，今天，2 個活動');
      expect(textOf(calendar.panel)).to.include('當日商機');
    });
  });

  describe('the chosen day', () => {
    it('is listed with what is free between', async () => {
      const lunch = appointment('Lunch', '2026-11-23T11:00:00Z', '2026-11-23T12:00:00Z');
      const calendar = await CalendarHarness.mount(memory([...some, lunch]));
      expect(plain(textOf(calendar.panel.querySelector('h2')))).to.equal('Monday 23 November');
      expect(calendar.schedule).to.deep.equal([
        'Site visit',
        '1 hr free',
        'Lunch',
        '1 hr free',
        'Call Ana',
      ]);
      expect(textOf(calendar.panel)).to.include('3 activities · 5 hrs 25 mins free before 18:00');
      const [line] = calendar.panel.querySelectorAll('[part~=line]');
      expect(textOf(line)).to.include('09:30');
      expect(textOf(line)).to.include('35 minutes late · Wingtip Toys · 1 hr 30 mins');
    });

    it('marks what was searched for, also where only a description holds it', async () => {
      const rows = [
        activity({ subject: 'Ask about glass', due: '2026-11-23T15:00:00Z' }),
        activity({
          subject: 'Lunch',
          description: 'Talk of the glass doors',
          due: '2026-11-23T16:00:00Z',
        }),
      ];
      const calendar = await CalendarHarness.mount(memory(rows), { query: { search: 'glass' } });
      await calendar.isReady();
      expect([...calendar.panel.querySelectorAll('[part=hit]')].map(textOf)).to.deep.equal([
        'glass',
        'glass',
      ]);
      expect(textOf(calendar.panel.querySelector('[part=snippet]'))).to.equal(
        'Talk of the glass doors',
      );
    });

    it('follows the choice', async () => {
      const calendar = await CalendarHarness.mount(memory(some));
      await calendar.click(calendar.day('2026-11-25'));
      expect(calendar.schedule).to.deep.equal(['Send offer']);
      await calendar.click(calendar.day('2026-11-29'));
      expect(calendar.schedule).to.be.empty;
      expect(textOf(calendar.panel)).to.include('Nothing planned on this day');
      const asked = drafts(calendar);
      await calendar.click(calendar.button('New appointment'));
      expect(asked.map(({ start }) => start)).to.deep.equal(['2026-11-29T11:00:00Z']);
    });

    it('shows the deals that it is about, each counted once', async () => {
      const again = activity({ subject: 'Again', due: '2026-11-23T16:00:00Z', regarding: pilot });
      const calendar = await CalendarHarness.mount(memory([...some, again]));
      await waitUntil(() => calendar.deals.length > 0);
      expect(calendar.deals).to.deep.equal(['Pilot, 40 seats €64,000 Wingtip Toys · Propose']);
      const heading = [...calendar.panel.querySelectorAll('h3')].at(-1);
      expect(textOf(heading)).to.equal('Deals of the day €64,000');
      const stages = calendar.panel.querySelector('[part=stages]');
      expect(stages?.ariaLabel).to.equal('Stage 3 of 4');
      expect(stages?.querySelectorAll('.reached')).to.have.length(3);
    });

    it('asks once for deals and once for what has deals, and drops late answers', async () => {
      const provider = memory(some);
      const asks: unknown[] = [];
      const answers: ((found: readonly RecordSummary[]) => void)[] = [];
      const records: typeof provider.records = (ask) => {
        asks.push(ask);
        return new Promise((resolve) => answers.push(resolve));
      };
      const calendar = await CalendarHarness.mount({ ...provider, records });
      await waitUntil(() => asks.length === 1);
      expect(asks).to.deep.equal([{ dealsOf: [wingtip, cecil] }]);
      await calendar.click(calendar.day('2026-11-24'));
      await waitUntil(() => asks.length === 2);
      expect(asks[1]).to.deep.equal({ refs: [pilot] });
      const deal = (ref: RecordRef): RecordSummary => ({
        ref,
        deal: { value: { amount: 1, currency: 'EUR' } },
      });
      answers[1]?.([deal(pilot)]);
      await waitUntil(() => calendar.deals.length === 1);
      answers[0]?.([deal({ kind: 'opportunity', id: 'late', name: 'Too late' })]);
      await calendar.updated();
      calendar.element.requestUpdate();
      await calendar.updated();
      expect(calendar.deals).to.deep.equal(['Pilot, 40 seats €1']);
      expect(asks).to.have.length(2);
    });

    it('says that the deals could not be loaded, and tries again', async () => {
      const provider = memory(some);
      let fails = true;
      const records: typeof provider.records = (ask, call) =>
        fails ? Promise.reject(failure('network')) : provider.records(ask, call);
      const calendar = await CalendarHarness.mount({ ...provider, records });
      await waitUntil(() => textOf(calendar.panel).includes('could not be loaded'));
      expect(calendar.schedule).to.include('Site visit');
      fails = false;
      await calendar.click(calendar.button('Try again'));
      await waitUntil(() => calendar.deals.length === 1);
      expect(textOf(calendar.panel)).to.not.include('could not be loaded');
    });

    it('goes back to its day by Escape', async () => {
      const calendar = await CalendarHarness.mount(memory(some));
      calendar.panel.querySelector<HTMLElement>('[part=subject]')?.focus();
      await press('Escape');
      await calendar.hasFocus('2026-11-23');
    });
  });

  describe('follows its source', () => {
    it('when an activity goes to another day', async () => {
      const provider = memory(some);
      const calendar = await CalendarHarness.mount(provider);
      provider.merge([{ ...call, due: '2026-11-25T13:00:00Z', version: '2' }]);
      await waitUntil(() => calendar.entries('2026-11-25').length === 2);
      expect(calendar.entries('2026-11-25')).to.deep.equal(['14:00 Call Ana', 'Send offer']);
      expect(calendar.entries('2026-11-23')).to.deep.equal(['09:30 Site visit']);
      expect(calendar.schedule).to.deep.equal(['Site visit']);
      provider.merge([{ ...call, due: '2027-03-01T13:00:00Z', version: '3' }]);
      await waitUntil(() => calendar.entries('2026-11-25').length === 1);
    });

    it('to the last page', async () => {
      const rows = Array.from({ length: 2300 }, (_, index) =>
        activity({
          id: `r${String(index)}`,
          subject: `Row ${String(index)}`,
          due: `2026-11-${String((index % 28) + 1).padStart(2, '0')}`,
        }),
      );
      const calendar = await CalendarHarness.mount(memory(rows));
      const counted = (): number =>
        calendar.days.reduce((sum, day) => sum + Number(day.dataset['count']), 0);
      await waitUntil(() => counted() === 2300, 'all are there', { timeout: 5000 });
      expect(calendar.root.querySelector('[part=message]')).to.be.null;
    });

    it('and says so where there is no end to it', async () => {
      // Answers the same page again and again.
      const provider: ActivityDataProvider = {
        query: () => Promise.resolve({ rows: some, next: 'more' }),
        capabilities: () =>
          Promise.resolve({ query: { filter: ['*'], sort: ['*'], range: true, offset: true } }),
      };
      const calendar = await CalendarHarness.mount(provider);
      await waitUntil(() => calendar.root.querySelector('[part=message]') !== null);
      expect(textOf(calendar.root.querySelector('[part=message]'))).to.include(
        'Only 6 activities are shown here',
      );
    });
  });

  describe('while there is nothing to show', () => {
    it('shows the days at once, with places for what comes', async () => {
      const calendar = await CalendarHarness.mount(
        { query: () => new Promise(() => undefined) },
        {},
        { ready: false },
      );
      expect(calendar.element.matches(':state(loading)')).to.be.true;
      expect(calendar.days).to.have.length(42);
      expect(calendar.root.querySelector('[role=grid]')?.ariaBusy).to.equal('true');
      expect(calendar.root.querySelectorAll('.skeleton').length).to.be.above(10);
      await calendar.click(calendar.button('Next month'));
      expect(calendar.heading).to.equal('December 2026');
    });

    it('says that nothing is planned', async () => {
      const calendar = await CalendarHarness.mount(memory([]));
      expect(calendar.element.matches(':state(empty)')).to.be.true;
      expect(textOf(calendar.root.querySelector('[part=heading]'))).to.include('Nothing planned');
    });

    it('says what went wrong above the days, and tries again', async () => {
      const provider = memory(some);
      let fails = true;
      const query: typeof provider.query = (question, call) =>
        fails ? Promise.reject(failure('network')) : provider.query(question, call);
      const calendar = await CalendarHarness.mount(undefined, {}, { ready: false });
      const errors = listen<ActivityErrorEvent>(calendar.element, 'activity-error');
      calendar.element.provider = { ...provider, query };
      await waitUntil(() => calendar.element.matches(':state(error)'));
      await calendar.updated();
      expect(textOf(calendar.root.querySelector('[role=alert]'))).to.include(
        'Activities could not be loaded. There is no connection to the server.',
      );
      expect(errors.map(({ detail }) => detail.error.code)).to.deep.equal(['network']);
      expect(calendar.days).to.have.length(42);
      expect(textOf(calendar.panel)).to.not.include('Nothing planned');
      fails = false;
      await calendar.click(calendar.button('Try again'));
      await waitUntil(() => calendar.entries('2026-11-23').length === 2);
      expect(calendar.root.querySelector('[part~=error]')).to.be.null;
    });

    it('shows broken rows as far as possible', async () => {
      const rows: unknown[] = [
        ...some,
        { id: 'odd', type: 'visit', state: 'dreaming', due: '2026-11-25T09:00:00Z' },
        { id: 'nowhere', type: 'task', subject: 'No date', state: 'open', due: 'soon' },
        null,
      ];
      const calendar = await CalendarHarness.mount({ query: () => Promise.resolve(rows) });
      expect(calendar.entries('2026-11-25')).to.deep.equal(['10:00 (No subject)', 'Send offer']);
      expect(nameOf(calendar.entry('(No subject)'))).to.include('invalid data');
      await calendar.click(calendar.day('2026-11-25'));
      expect(calendar.panel.querySelector('[role=img][aria-label*="invalid data"]')).to.exist;
    });
  });

  describe('with little room', () => {
    it('shows a month of dots, and the day’s list below', async () => {
      const calendar = await CalendarHarness.mount(memory(some), {}, { width: 320 });
      await waitUntil(() => calendar.element.matches(':state(narrow)'));
      await calendar.updated();
      expect(calendar.entries('2026-11-23')).to.be.empty;
      expect(calendar.day('2026-11-23').querySelectorAll('.mark')).to.have.length(2);
      expect(calendar.schedule).to.include('Call Ana');
      const month = calendar.root.querySelector('[role=grid]')?.getBoundingClientRect();
      expect(calendar.panel.getBoundingClientRect().top).to.be.at.least(month?.bottom ?? Infinity);
      const wide = [...calendar.root.querySelectorAll('*')].filter(
        (node) =>
          node.getBoundingClientRect().right > calendar.element.getBoundingClientRect().right + 1,
      );
      expect(wide).to.be.empty;
    });

    it('leads from a day into its list, and back', async () => {
      const calendar = await CalendarHarness.mount(memory(some), {}, { width: 320 });
      await waitUntil(() => calendar.element.matches(':state(narrow)'));
      await calendar.updated();
      calendar.controlOf(calendar.day('2026-11-23')).focus();
      await press('Enter');
      await calendar.hasFocus('Site visit');
      await press('Escape');
      await calendar.hasFocus('2026-11-23');
    });

    it('shows a week as a strip of days with the list', async () => {
      const calendar = await CalendarHarness.mount(memory(some), { view: 'week' }, { width: 320 });
      await waitUntil(() => calendar.element.matches(':state(narrow)'));
      await calendar.updated();
      expect(calendar.days).to.have.length(7);
      await calendar.click(calendar.day('2026-11-26'));
      expect(calendar.schedule).to.deep.equal(['Trade fair']);
      expect(calendar.element.date).to.equal('2026-11-26');
    });

    it('puts the panel below the month, and with much beside a week too', async () => {
      const calendar = await CalendarHarness.mount(memory(some), {}, { width: 700 });
      const month = (): DOMRect | undefined =>
        calendar.root.querySelector('[role=grid]')?.getBoundingClientRect();
      expect(calendar.panel.getBoundingClientRect().top).to.be.at.least(
        month()?.bottom ?? Infinity,
      );
      calendar.resize(1300, 700);
      await waitUntil(
        () => calendar.panel.getBoundingClientRect().left >= (month()?.right ?? Infinity),
      );
      await calendar.choose('Week');
      await waitUntil(() => calendar.root.querySelector('[part=panel]') !== null);
      calendar.resize(1000, 700);
      await waitUntil(() => calendar.root.querySelector('[part=panel]') === null);
    });
  });
});

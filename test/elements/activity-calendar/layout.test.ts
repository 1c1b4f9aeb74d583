import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { DAY_MINUTES } from '../../../src/elements/activity-calendar/entries.js';
import { toMonth, type CalendarOptions } from '../../../src/elements/activity-calendar/month.js';
import { layOut } from '../../../src/elements/activity-calendar/overlap.js';
import { toWeek, type TimeBox } from '../../../src/elements/activity-calendar/week.js';
import { ActivityTypes } from '../../../src/model/activity-types.js';
import { fromWall, toInstant } from '../../../src/model/time.js';
import { activity } from '../../support/fixtures.js';

const types = new ActivityTypes();

function options(timeZone = 'Europe/Berlin', more: Partial<CalendarOptions> = {}): CalendarOptions {
  return {
    timeZone,
    today: '2026-11-23',
    firstDayOfWeek: 1,
    weekend: [6, 0],
    typeOf: ({ type }) => types.get(type),
    ...more,
  };
}

const someRange = fc
  .tuple(fc.integer({ min: 0, max: 1400 }), fc.integer({ min: 1, max: 400 }))
  .map(([top, length]) => ({ top, bottom: top + length }));

describe('things at the same time', () => {
  it('never stand over each other, nor outside', () => {
    fc.assert(
      fc.property(fc.array(someRange, { maxLength: 40 }), (items) => {
        const lanes = layOut(items);
        expect(lanes.map(({ item }) => item)).to.deep.equal(items);
        for (const { lane, lanes: count, width } of lanes) {
          expect(lane).to.be.at.least(0);
          expect(width).to.be.at.least(1);
          expect(lane + width).to.be.at.most(count);
        }
        lanes.forEach((a, index) => {
          for (const b of lanes.slice(index + 1)) {
            const sameTime = a.item.top < b.item.bottom && b.item.top < a.item.bottom;
            if (!sameTime) continue;
            expect(a.lanes, 'those at the same time share a scale').to.equal(b.lanes);
            const beside = a.lane + a.width <= b.lane || b.lane + b.width <= a.lane;
            expect(beside).to.be.true;
          }
        });
      }),
      { numRuns: 500 },
    );
  });

  it('have no more lanes than there are at one moment', () => {
    fc.assert(
      fc.property(fc.array(someRange, { minLength: 1, maxLength: 20 }), (items) => {
        const most = Math.max(
          ...items.map(
            ({ top }) => items.filter((other) => other.top <= top && other.bottom > top).length,
          ),
        );
        expect(Math.max(...layOut(items).map(({ lanes }) => lanes))).to.equal(most);
      }),
    );
  });

  it('are as wide as there is room', () => {
    const [long, early, late] = [
      { top: 0, bottom: 100 },
      { top: 0, bottom: 50 },
      { top: 20, bottom: 40 },
    ];
    const alone = { top: 100, bottom: 130 };
    const after = { top: 60, bottom: 90 };
    const widths = layOut([long, early, late, after, alone]).map(
      ({ lane, lanes, width }) => `${String(lane)}+${String(width)}/${String(lanes)}`,
    );
    expect(widths).to.deep.equal(['0+1/3', '1+1/3', '2+1/3', '1+2/3', '0+1/1']);
  });
});

describe('a week', () => {
  const at = (day: string, from: number, to: number, timeZone: string) =>
    activity({
      type: 'appointment',
      state: 'scheduled',
      due: undefined,
      start: toInstant(fromWall(day, from, timeZone)),
      end: toInstant(fromWall(day, to, timeZone)),
    });
  const boxesOf = (rows: Parameters<typeof toWeek>[0], day: string, zone: string): TimeBox[] =>
    toWeek(rows, day, options(zone)).flatMap(({ boxes }) => [...boxes]);

  const changes = [
    ['Pacific/Auckland', '2026-04-05'],
    ['Pacific/Auckland', '2026-09-27'],
    ['America/Los_Angeles', '2026-03-08'],
    ['America/Los_Angeles', '2026-11-01'],
    ['Australia/Lord_Howe', '2026-04-05'],
    ['Australia/Lord_Howe', '2026-10-04'],
    ['Europe/Berlin', '2026-03-29'],
    ['Europe/Berlin', '2026-10-25'],
    ['Asia/Kolkata', '2026-03-29'],
    ['Africa/Cairo', '2026-04-24'],
  ] as const;
  for (const [zone, day] of changes) {
    it(`draws ten o'clock at the same height on every day around ${day} in ${zone}`, () => {
      const week = toWeek([], day, options(zone)).map((each) => each.day);
      const rows = week.map((each) => at(each, 10 * 60, 11 * 60, zone));
      const drawn = toWeek(rows, day, options(zone));
      expect(drawn.map(({ boxes }) => boxes.map(({ top, bottom }) => [top, bottom]))).to.deep.equal(
        week.map(() => [[600, 660]]),
      );
    });
  }

  it('begins as the locale has it', () => {
    const first = (firstDayOfWeek: 0 | 1 | 6): string | undefined =>
      toWeek([], '2026-11-25', options('UTC', { firstDayOfWeek }))[0]?.day;
    expect([first(0), first(1), first(6)]).to.deep.equal([
      '2026-11-22',
      '2026-11-23',
      '2026-11-21',
    ]);
  });

  it('draws what is short, or only due, as half an hour, inside the day', () => {
    const rows = [
      activity({ due: '2026-11-23T15:30:00Z' }),
      activity({ due: '2026-11-24T22:55:00Z' }),
      at('2026-11-25', 600, 605, 'Europe/Berlin'),
    ];
    expect(
      boxesOf(rows, '2026-11-23', 'Europe/Berlin').map(({ top, bottom }) => [top, bottom]),
    ).to.deep.equal([
      [990, 1020],
      [DAY_MINUTES - 30, DAY_MINUTES],
      [600, 630],
    ]);
  });

  it('keeps short ones apart that would touch only as they are drawn', () => {
    const rows = [
      activity({ id: 'a', due: '2026-11-23T15:30:00Z' }),
      activity({ id: 'b', due: '2026-11-23T15:45:00Z' }),
    ];
    expect(boxesOf(rows, '2026-11-23', 'Europe/Berlin').map(({ lane }) => lane)).to.deep.equal([
      0, 1,
    ]);
  });

  it('keeps what takes the whole day out of the hours', () => {
    const rows = [
      activity({ id: 'all day', type: 'appointment', start: '2026-11-24', end: '2026-11-26' }),
      activity({ id: 'due that day', due: '2026-11-25' }),
    ];
    const week = toWeek(rows, '2026-11-23', options());
    expect(week.map(({ wholeDay }) => wholeDay.map((entry) => entry.activity.id))).to.deep.equal([
      [],
      ['all day'],
      ['all day', 'due that day'],
      [],
      [],
      [],
      [],
    ]);
    expect(week.flatMap(({ boxes }) => boxes)).to.be.empty;
  });

  it('puts its boxes in time order', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 1300 }), fc.integer({ min: 0, max: 100 }))),
        (times) => {
          const rows = times.map(([from, length]) =>
            at('2026-11-23', from, from + length, 'Europe/Berlin'),
          );
          const [monday] = toWeek(rows, '2026-11-23', options());
          const starts = monday?.boxes.map(({ entry }) => entry.from) ?? [];
          expect(starts).to.have.length(rows.length);
          expect(starts).to.deep.equal([...starts].sort((a, b) => a - b));
        },
      ),
    );
  });
});

describe('a month', () => {
  it('says of each day what it is', () => {
    const weeks = toMonth([], '2026-11-01', options('UTC', { weekend: [5, 6] }));
    const days = weeks.flat();
    const those = (is: (day: (typeof days)[number]) => boolean): string[] =>
      days.filter(is).map(({ day }) => day);
    expect(those(({ isToday }) => isToday)).to.deep.equal(['2026-11-23']);
    expect(those(({ isOutside }) => isOutside)).to.have.length(12);
    expect(those(({ isWeekend, isOutside }) => isWeekend && !isOutside).slice(0, 3)).to.deep.equal([
      '2026-11-06',
      '2026-11-07',
      '2026-11-13',
    ]);
  });

  it('puts a row on each of its days, those of other months that are shown too', () => {
    const rows = [activity({ type: 'appointment', start: '2026-11-29', end: '2026-12-03' })];
    const days = toMonth(rows, '2026-11-01', options())
      .flat()
      .filter(({ entries }) => entries.length > 0);
    expect(days.map(({ day, isOutside }) => [day, isOutside])).to.deep.equal([
      ['2026-11-29', false],
      ['2026-11-30', false],
      ['2026-12-01', true],
      ['2026-12-02', true],
    ]);
  });
});

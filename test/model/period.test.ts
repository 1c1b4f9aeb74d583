import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { atWall, followStart, nextHalfHour, toAllDay, toTimed } from '../../src/model/period.js';
import { dayOf, toInstant, toMilliseconds, wallMinutes } from '../../src/model/time.js';

const TAIPEI = 'Asia/Taipei';
const BERLIN = 'Europe/Berlin';
const LOS_ANGELES = 'America/Los_Angeles';

describe('atWall', () => {
  it('answers the instant of a wall clock', () => {
    expect(atWall('2026-11-23', 14 * 60, TAIPEI)).to.equal('2026-11-23T06:00:00Z');
    expect(atWall('2026-11-23', 14 * 60, BERLIN)).to.equal('2026-11-23T13:00:00Z');
  });

  it('moves a skipped time forward', () => {
    expect(atWall('2026-03-29', 150, BERLIN)).to.equal('2026-03-29T01:30:00Z');
  });

  it('leaves as it is what shows this already, the second of two equal hours included', () => {
    const second = '2026-11-01T09:30:00Z'; // 01:30 for the second time
    expect(atWall('2026-11-01', 90, LOS_ANGELES, second)).to.equal(second);
    expect(atWall('2026-11-23', 14 * 60, TAIPEI, '2026-11-23T06:00:42Z')).to.equal(
      '2026-11-23T06:00:42Z',
    );
  });

  it('keeps the zone of a wall time', () => {
    const like = '2026-11-23T09:00:00[Europe/Berlin]';
    expect(atWall('2026-11-23', 17 * 60, TAIPEI, like)).to.equal(
      '2026-11-23T10:00:00[Europe/Berlin]',
    );
  });
});

describe('followStart', () => {
  const follow = (start: string, end: string | undefined, next: string, zone = TAIPEI) =>
    followStart({ start, end }, next, zone);

  it('keeps the length', () => {
    expect(follow('2026-11-23T06:00:00Z', '2026-11-23T07:15:00Z', '2026-11-24T01:00:00Z')).to.equal(
      '2026-11-24T02:15:00Z',
    );
  });

  it('keeps the number of whole days', () => {
    expect(follow('2026-11-23', '2026-11-26', '2026-12-30')).to.equal('2027-01-02');
    expect(follow('2026-11-23', undefined, '2026-11-30')).to.equal('2026-12-01');
  });

  it('keeps the wall clock of what ends on another day, over a change of the clock', () => {
    // 22:00 to 06:00 the next morning; the clock goes forward in the later night.
    expect(
      follow('2026-03-21T21:00:00Z', '2026-03-22T05:00:00Z', '2026-03-28T21:00:00Z', BERLIN),
    ).to.equal('2026-03-29T04:00:00Z');
  });

  it('gives half an hour to what has no end, or none that fits', () => {
    const next = '2026-11-24T01:00:00Z';
    expect(followStart({}, next, TAIPEI)).to.equal('2026-11-24T01:30:00Z');
    expect(follow('2026-11-23T06:00:00Z', '2026-11-23T05:00:00Z', next)).to.equal(
      '2026-11-24T01:30:00Z',
    );
    expect(follow('2026-11-23', '2026-11-24', next)).to.equal('2026-11-24T01:30:00Z');
  });

  it('leaves the end alone where the start is none, or is only now given', () => {
    const end = '2026-11-23T07:00:00Z';
    expect(follow('2026-11-23T06:00:00Z', end, 'soon')).to.equal(end);
    expect(followStart({ end }, '2026-11-23T06:00:00Z', TAIPEI)).to.equal(end);
  });

  it('never ends before it starts', () => {
    const instant = fc
      .integer({ min: Date.parse('2026-01-01'), max: Date.parse('2027-12-31') })
      .map((at) => toInstant(Math.floor(at / 60_000) * 60_000));
    const length = fc.integer({ min: 0, max: 4 * 24 * 60 });
    const zone = fc.constantFrom(TAIPEI, BERLIN, LOS_ANGELES, 'Pacific/Chatham');
    fc.assert(
      fc.property(instant, length, instant, zone, (start, minutes, next, timeZone) => {
        const end = toInstant(Date.parse(start) + minutes * 60_000);
        const followed = followStart({ start, end }, next, timeZone);
        expect(Date.parse(followed ?? '')).to.be.at.least(Date.parse(next));
      }),
    );
  });
});

describe('whole days and times', () => {
  it('takes the days that something touches', () => {
    expect(
      toAllDay({ start: '2026-11-23T06:00:00Z', end: '2026-11-23T07:00:00Z' }, TAIPEI),
    ).to.deep.equal({ start: '2026-11-23', end: '2026-11-24' });
    expect(
      toAllDay({ start: '2026-11-23T06:00:00Z', end: '2026-11-23T16:00:00Z' }, TAIPEI),
    ).to.deep.equal({ start: '2026-11-23', end: '2026-11-24' });
    expect(toAllDay({ start: '2026-11-23T17:00:00Z' }, TAIPEI)).to.deep.equal({
      start: '2026-11-24',
      end: '2026-11-25',
    });
    const whole = { start: '2026-11-23', end: '2026-11-24' };
    expect(toAllDay(whole, TAIPEI)).to.deep.equal(whole);
  });

  it('gives whole days a time', () => {
    expect(toTimed({ start: '2026-11-23', end: '2026-11-24' }, 14 * 60, TAIPEI)).to.deep.equal({
      start: '2026-11-23T06:00:00Z',
      end: '2026-11-23T06:30:00Z',
    });
    expect(toTimed({ start: '2026-11-23', end: '2026-11-25' }, 14 * 60, TAIPEI).end).to.equal(
      '2026-11-24T06:30:00Z',
    );
    expect(toTimed({}, 0, TAIPEI)).to.deep.equal({ start: undefined, end: undefined });
  });
});

describe('nextHalfHour', () => {
  it('is the next one of the user’s clock, and never tomorrow’s', () => {
    const at = (time: string, zone = TAIPEI): number => nextHalfHour(Date.parse(time), zone);
    expect(at('2026-11-23T06:07:00Z')).to.equal(14 * 60 + 30);
    expect(at('2026-11-23T06:30:00Z')).to.equal(15 * 60);
    expect(at('2026-11-23T15:45:00Z')).to.equal(23 * 60 + 30);
    const kathmandu = at('2026-11-23T06:07:00Z', 'Asia/Kathmandu');
    expect(kathmandu).to.equal(12 * 60);
  });

  it('shows that wall time on that day', () => {
    const time = atWall('2026-11-23', 870, TAIPEI);
    const at = toMilliseconds(time, TAIPEI);
    expect([dayOf(at, TAIPEI), wallMinutes(at, TAIPEI)]).to.deep.equal(['2026-11-23', 870]);
  });
});

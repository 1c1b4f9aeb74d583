import { expect } from '@open-wc/testing';
import { registerMessages } from '../../src/i18n/locale.js';
import { Localizer } from '../../src/i18n/localizer.js';
import type { PartialMessages } from '../../src/i18n/messages.js';
import { zhTW } from '../../src/i18n/zh-TW.js';
import type { Activity } from '../../src/model/activity.js';
import { ActivityTypes } from '../../src/model/activity-types.js';
import { failure } from '../../src/provider/failure.js';

registerMessages('zh-TW', zhTW);

const types = new ActivityTypes([
  {
    name: 'visit',
    label: { en: 'Site visit', 'zh-TW': '現場拜訪' },
    plural: { en: 'Site visits', 'zh-TW': '現場拜訪' },
    icon: 'visit',
    hue: 'visit',
    states: { open: { reasons: [{ name: 'on-site', label: 'On site' }], default: 'on-site' } },
    deadline: 'due',
    roles: [],
    fields: [],
    outcomes: [{ name: 'reached', label: 'outcome.reached' }],
  },
]);
const task = types.get('task');
const appointment = types.get('appointment');

/** Monday, 23 November 2026, 14:07 in Taipei; 07:07 in Berlin; still Sunday 22:07 in Los Angeles. */
const NOW = Date.parse('2026-11-23T06:07:00Z');

function localizer(
  locale = 'en-GB',
  timeZone = 'Asia/Taipei',
  messages?: PartialMessages | readonly (PartialMessages | undefined)[],
): Localizer {
  return new Localizer({ locale, timeZone, messages, now: () => NOW });
}

function row(more: Partial<Activity>): Activity {
  return { id: '1', type: 'task', subject: 'Quote', state: 'open', ...more };
}

/** Engines differ in spaces, dashes and commas around the same words. */
function plain(text: string | undefined): string {
  return (text ?? '')
    .replace(/[\u00a0\u202f\u2009]/g, ' ')
    .replace(/ ?[–-] ?/g, ' – ')
    .replace(/,/g, '');
}

function due(activity: Partial<Activity>, words = localizer(), now = NOW): string {
  const type = types.get(activity.type ?? 'task');
  const found = words.due(row(activity), type, now);
  return `${plain(found?.text)}${found?.late ? ' (late)' : ''}`;
}

describe('Localizer: words', () => {
  it('takes the element’s words, then the context’s, then the language’s, then English', () => {
    const words = localizer('zh-TW', 'Asia/Taipei', [
      { 'action.save': 'Element' },
      { 'action.save': 'Context', 'action.undo': 'Context' },
    ]);
    expect(words.say('action.save')).to.equal('Element');
    expect(words.say('action.undo')).to.equal('Context');
    expect(words.say('action.refresh')).to.equal('重新整理');
    registerMessages('th', { 'action.save': 'บันทึก' });
    expect(localizer('th').say('action.save')).to.equal('บันทึก');
    expect(localizer('th').say('action.refresh')).to.equal('Refresh');
  });

  it('lets a host replace a message that counts, by a function or by plain words', () => {
    const words = localizer('en', 'UTC', {
      'count.selected': (count: number) => `${count} picked`,
      'late.days': 'too late',
    });
    expect(words.say('count.selected', 3)).to.equal('3 picked');
    expect(words.say('late.days', 3)).to.equal('too late');
  });

  it('passes over what is no message', () => {
    const broken = { 'action.save': 5, 'action.undo': undefined } as unknown as PartialMessages;
    expect(localizer('en', 'UTC', broken).say('action.save')).to.equal('Save');
    expect(localizer('en', 'UTC', broken).say('action.undo')).to.equal('Undo');
  });

  it('reads labels as keys, as words by locale, or as they are', () => {
    const words = localizer('zh-Hant-HK');
    expect(words.label('type.task')).to.equal('工作');
    expect(words.label({ en: 'Site visit', 'zh-TW': '現場拜訪' })).to.equal('現場拜訪');
    expect(words.label({ en: 'Site visit', de: 'Besuch' })).to.equal('Site visit');
    expect(words.label({ de: 'Besuch' })).to.equal('Besuch');
    expect(words.label({})).to.equal('');
    expect(words.label('Site visit')).to.equal('Site visit');
    for (const trap of ['constructor', 'toString', '__proto__', 'late.days']) {
      expect(words.label(trap)).to.equal(trap);
    }
  });

  it('finds a host’s own label keys among its messages', () => {
    const words = localizer('en', 'UTC', { 'type.visit': 'Visit' });
    expect(words.label('type.visit')).to.equal('Visit');
  });

  it('leaves what is written in capitals as it is within a sentence', () => {
    const english = localizer('en');
    expect(english.say('action.new-type', 'Phone call')).to.equal('New phone call');
    expect(english.say('action.new-type', 'SMS')).to.equal('New SMS');
    expect(english.say('action.new-type', 'Site survey (VR)')).to.equal('New site survey (VR)');
  });

  it('names types, reasons, outcomes, roles and kinds', () => {
    const words = localizer('zh-TW');
    const visit = types.get('visit');
    expect(words.typeName(task)).to.equal('工作');
    expect(words.typesName(visit)).to.equal('現場拜訪');
    expect(words.reasonName(task, 'open', 'in-progress')).to.equal('進行中');
    expect(words.reasonName(task, 'open')).to.equal('尚未開始');
    expect(words.reasonName(task, 'open', 'made-up')).to.equal('made-up');
    expect(words.reasonName(visit, 'open', 'on-site')).to.equal('On site');
    expect(words.reasonName(visit, 'completed')).to.equal('已完成');
    expect(words.reasonName(task, null)).to.equal('');
    expect(words.outcomeName(visit, 'reached')).to.equal('已聯絡上');
    expect(words.outcomeName(visit, 'other')).to.equal('other');
    expect(words.roleName(appointment, 'organizer')).to.equal('召集人');
    expect(words.kindName('account')).to.equal('客戶');
    expect(words.kindName('vessel')).to.equal('vessel');
    expect(words.typeName(types.get('mystery'))).to.equal('mystery');
  });

  it('says who may not be seen, what failed and why something is refused', () => {
    const words = localizer();
    expect(words.recordName({ kind: 'account', id: '1', name: 'Wingtip' })).to.equal('Wingtip');
    expect(words.recordName({ kind: 'account', id: '1' })).to.equal('No access');
    expect(words.failure(failure('network'))).to.match(/no connection/);
    expect(words.failure(failure('server', 'Closed for lunch'))).to.equal('Closed for lunch');
    expect(words.refusal({ reason: 'not-switched-on' })).to.match(/not turned this on/);
    expect(words.refusal({ reason: 'not-now', message: 'Archived' })).to.equal('Archived');
  });

  it('stands on its feet with a locale or a zone that does not exist', () => {
    const words = new Localizer({ locale: '!', timeZone: 'Mars/Olympus', now: () => NOW });
    expect(words.locale).to.equal('en');
    expect(words.say('action.save')).to.equal('Save');
    expect(words.timeZone).to.equal(Intl.DateTimeFormat().resolvedOptions().timeZone);
  });
});

describe('Localizer: numbers', () => {
  it('writes amounts in their currency, and one that is none all the same', () => {
    const words = localizer('en-US');
    expect(words.money({ amount: 214000, currency: 'EUR' })).to.equal('€214,000');
    expect(words.money({ amount: 0.5, currency: 'USD' })).to.equal('$0.50');
    expect(words.money({ amount: 3000, currency: '?' })).to.equal('3,000 ?');
    expect(plain(localizer('de-DE').money({ amount: 1234.5, currency: 'EUR' }))).to.equal(
      '1.23450 €',
    );
  });

  it('writes sizes, durations and lists', () => {
    const words = localizer('en-US');
    expect(words.bytes(0)).to.equal('0 byte');
    expect(words.bytes(84_200)).to.equal('84.2 kB');
    expect(words.bytes(1_200_000)).to.equal('1.2 MB');
    expect(words.duration(90)).to.equal('1 hr 30 min');
    expect(words.duration(60)).to.equal('1 hr');
    expect(words.duration(0)).to.equal('0 min');
    expect(words.list(['Ana', 'Cecil', 'Mona'])).to.equal('Ana, Cecil, and Mona');
    expect(localizer('zh-TW').list(['甲', '乙', '丙'])).to.equal('甲、乙和丙');
  });

  it('keeps the digits of the locale', () => {
    expect(localizer('fa-IR').number(12)).to.equal('۱۲');
    expect(localizer('zh-TW-u-nu-hanidec').number(12)).to.equal('一二');
  });

  it('writes numbers as the platform does, also those that it is not asked for', () => {
    for (const locale of ['en', 'en-GB', 'en-IN', 'zh', 'zh-TW', 'zh-Hant-HK', 'de', 'ar-EG']) {
      const words = localizer(locale);
      const format = new Intl.NumberFormat(locale);
      for (const value of [...Array(1002).keys(), 0.5, 12.25, -1, -3000]) {
        expect(words.number(value)).to.equal(format.format(value));
      }
    }
  });
});

describe('Localizer: days and times', () => {
  it('writes a day in every style', () => {
    const words = localizer();
    expect(plain(words.day('2026-11-24'))).to.equal('Tue 24 Nov');
    expect(plain(words.day('2026-11-23', 'long'))).to.equal('Monday 23 November 2026');
    expect(words.day('2026-11-23', 'numeric')).to.equal('23/11/2026');
    expect(words.day('2026-11-23', 'month')).to.equal('November 2026');
    expect(words.day('2026-11-23', 'weekday')).to.equal('Monday');
    expect(words.day('2026-11-23', 'weekday-short')).to.equal('Mon');
    expect(words.day('2026-11-03', 'day-number')).to.equal('3');
    expect(localizer('zh-TW').day('2026-11-23', 'month')).to.equal('2026年11月');
  });

  it('is never shifted by a zone, nor thrown by what is no day', () => {
    for (const zone of ['Pacific/Kiritimati', 'Pacific/Pago_Pago', 'Europe/Berlin']) {
      expect(localizer('en-GB', zone).day('2026-11-23', 'numeric')).to.equal('23/11/2026');
    }
    expect(localizer().day('soon')).to.equal('');
    expect(localizer().time('soon')).to.equal('');
    expect(localizer().stamp('soon')).to.equal('');
    expect(localizer().ago('soon')).to.equal('');
  });

  it('counts years as the Gregorian calendar does', () => {
    for (const locale of ['fa-IR-u-nu-latn', 'th-TH', 'ar-SA-u-nu-latn', 'ja-JP-u-ca-japanese']) {
      expect(localizer(locale).day('2026-11-23', 'long'), locale).to.contain('2026');
    }
  });

  it('writes times in the user’s zone and hour cycle', () => {
    expect(localizer('en-GB', 'Asia/Taipei').time('2026-11-23T06:00:00Z')).to.equal('14:00');
    expect(localizer('de', 'Europe/Berlin').time('2026-11-23T06:00:00Z')).to.equal('07:00');
    expect(plain(localizer('en-US', 'America/Los_Angeles').time(NOW))).to.equal('10:07 PM');
    expect(localizer('en-US-u-hc-h23', 'Asia/Taipei').time(NOW)).to.equal('14:07');
    expect(localizer('zh-TW').time(NOW)).to.contain('下午').and.to.contain('2:07');
    expect(localizer().time('2026-11-23')).to.equal('');
    // Wall time of another zone: nine o'clock in Berlin is four in the afternoon in Taipei.
    expect(localizer().time('2026-11-23T09:00:00[Europe/Berlin]')).to.equal('16:00');
  });

  it('gives the exact stamp', () => {
    expect(plain(localizer().stamp(NOW))).to.match(/^Monday 23 November 2026 (at )?14:07$/);
    expect(plain(localizer().stamp('2026-11-23'))).to.equal('Monday 23 November 2026');
  });

  it('names the days around today', () => {
    const words = localizer();
    const days = ['2026-11-22', '2026-11-23', '2026-11-24', '2026-11-25', '2027-01-02'];
    expect(days.map((day) => plain(words.relativeDay(day)))).to.deep.equal([
      'Yesterday',
      'Today',
      'Tomorrow',
      'Wed 25 Nov',
      'Sat 2 Jan 2027',
    ]);
    expect(localizer('zh-TW').relativeDay('2026-11-22')).to.equal('昨天');
    expect(localizer('en', 'America/Los_Angeles').relativeDay('2026-11-22')).to.equal('Today');
  });
});

describe('Localizer.span', () => {
  const span = (start: string, end?: string, words = localizer()): string =>
    plain(words.span({ start, end }));

  it('says the times of today, and the day of others', () => {
    expect(span('2026-11-23T01:30:00Z', '2026-11-23T03:00:00Z')).to.equal('09:30 – 11:00');
    expect(span('2026-11-24T05:00:00Z', '2026-11-24T06:00:00Z')).to.equal('Tue 13:00 – 14:00');
    expect(span('2026-12-24T05:00:00Z', '2026-12-24T06:00:00Z')).to.equal(
      'Thu 24 Dec 13:00 – 14:00',
    );
    expect(span('2026-11-20T05:00:00Z', '2026-11-20T06:00:00Z')).to.equal(
      'Fri 20 Nov 13:00 – 14:00',
    );
  });

  it('says in brief of other days only when it begins', () => {
    const brief = (start: string, end: string): string =>
      plain(localizer().span({ start, end }, NOW, true));
    expect(brief('2026-11-23T01:30:00Z', '2026-11-23T03:00:00Z')).to.equal('09:30 – 11:00');
    expect(brief('2026-11-24T05:00:00Z', '2026-11-24T06:00:00Z')).to.equal('Tue 13:00');
    expect(brief('2026-12-24T05:00:00Z', '2026-12-24T06:00:00Z')).to.equal('Thu 24 Dec 13:00');
  });

  it('says both days of what lasts over midnight, but not of what ends with the day', () => {
    expect(span('2026-11-23T14:00:00Z', '2026-11-23T17:00:00Z')).to.match(
      /^Mon 23 Nov 22:00 – Tue 24 Nov 01:00$/,
    );
    expect(span('2026-11-23T14:00:00Z', '2026-11-23T16:00:00Z')).to.match(/^22:00 – 00:00$/);
  });

  it('says whole days with the last one included', () => {
    expect(span('2026-11-23', '2026-11-24')).to.equal('All day');
    expect(span('2026-11-25', '2026-11-26')).to.equal('Wed all day');
    expect(span('2026-11-25')).to.equal('Wed all day');
    expect(span('2026-11-30', '2026-12-03')).to.equal('Mon 30 Nov – Wed 2 Dec');
    expect(plain(localizer('zh-TW').span({ start: '2026-11-23', end: '2026-11-24' }))).to.equal(
      '全天',
    );
  });

  it('says what it can of what is incomplete or wrong', () => {
    expect(span('2026-11-23T06:00:00Z')).to.equal('14:00');
    expect(span('2026-11-23T06:00:00Z', '2026-11-23T05:00:00Z')).to.equal('14:00');
    expect(localizer().span({})).to.equal('');
    expect(localizer().span({ end: '2026-11-23T06:00:00Z' })).to.equal('14:00');
  });

  it('is told by the wall clock on the day the clock is changed', () => {
    const words = new Localizer({
      locale: 'en-GB',
      timeZone: 'Europe/Berlin',
      now: () => Date.parse('2026-03-29T00:30:00Z'),
    });
    expect(
      plain(words.span({ start: '2026-03-29T00:30:00Z', end: '2026-03-29T01:30:00Z' })),
    ).to.equal('01:30 – 03:30');
  });
});

describe('Localizer.due', () => {
  it('says today’s by time, near ones by weekday, others by date', () => {
    expect(due({ due: '2026-11-23T06:30:00Z' })).to.equal('14:30');
    expect(due({ due: '2026-11-23' })).to.equal('Today');
    expect(due({ due: '2026-11-24T02:00:00Z' })).to.equal('Tue 10:00');
    expect(due({ due: '2026-11-27' })).to.equal('Fri');
    expect(due({ due: '2026-11-29T02:00:00Z' })).to.equal('Sun 10:00');
    expect(due({ due: '2026-11-30T02:00:00Z' })).to.equal('Mon 30 Nov');
    expect(due({ due: '2027-02-01' })).to.equal('Mon 1 Feb 2027');
  });

  it('says late ones by how late', () => {
    expect(due({ due: '2026-11-23T06:06:30Z' })).to.equal('Late (late)');
    expect(due({ due: '2026-11-23T06:06:00Z' })).to.equal('1 minute late (late)');
    expect(due({ due: '2026-11-23T05:30:00Z' })).to.equal('37 minutes late (late)');
    expect(due({ due: '2026-11-23T04:00:00Z' })).to.equal('2 hours late (late)');
    expect(due({ due: '2026-11-22T12:00:00Z' })).to.equal('Yesterday (late)');
    expect(due({ due: '2026-11-20T12:00:00Z' })).to.equal('3 days late (late)');
    expect(due({ due: '2026-11-20T12:00:00Z' }, localizer('zh-TW'))).to.equal('逾期 3 天 (late)');
  });

  it('takes a calendar date for late only after its day has ended for the user', () => {
    const activity = { due: '2026-11-22' };
    expect(due(activity, localizer('en', 'Asia/Taipei'))).to.equal('Yesterday (late)');
    expect(due(activity, localizer('en', 'America/Los_Angeles'))).to.equal('Today');
  });

  it('is not late at the very moment', () => {
    expect(due({ due: '2026-11-23T06:07:00Z' })).to.equal('14:07');
  });

  it('never calls closed ones late', () => {
    expect(due({ due: '2026-11-20T12:00:00Z', state: 'completed' })).to.equal('Fri 20 Nov');
    expect(due({ due: '2026-11-22', state: 'canceled' })).to.equal('Sun 22 Nov');
    expect(due({ due: '2026-11-23T01:00:00Z', state: 'completed' })).to.equal('Today');
  });

  it('says from when to when of an appointment, and late once it is over', () => {
    const meeting = {
      type: 'appointment',
      state: 'scheduled',
      start: '2026-11-23T05:30:00Z',
      end: '2026-11-23T07:00:00Z',
    } as const;
    expect(due(meeting)).to.equal('13:30 – 15:00');
    const found = localizer().due(row(meeting), appointment);
    expect(plain(found?.title)).to.contain('23 November 2026').and.contain('13:30 – 15:00');
    const evening = Date.parse('2026-11-23T10:00:00Z');
    expect(due(meeting, localizer(), evening)).to.equal('3 hours late (late)');
    const holiday = { ...meeting, start: '2026-11-21', end: '2026-11-23' };
    expect(due(holiday)).to.equal('Yesterday (late)');
    expect(due({ ...holiday, end: '2026-11-24' })).to.match(/^Sat 21( Nov)? – Mon 23 Nov$/);
  });

  it('says nothing where there is no deadline', () => {
    expect(localizer().due(row({}), task)).to.equal(undefined);
    expect(localizer().due(row({ type: 'note', state: null }), types.get('note'))).to.equal(
      undefined,
    );
    expect(localizer().due(row({ due: 'garbage' }), task)).to.equal(undefined);
  });

  it('gives the exact stamp as its title', () => {
    const found = localizer().due(row({ due: '2026-11-20T12:00:00Z' }), task);
    expect(plain(found?.title)).to.match(/^Friday 20 November 2026 (at )?20:00$/);
  });

  it('counts days, not spans of 24 hours, across a change of the clock', () => {
    // Los Angeles goes back an hour on 1 November 2026, so that day has 25.
    const now = Date.parse('2026-11-02T08:30:00Z'); // 00:30 on the 2nd
    const words = localizer('en', 'America/Los_Angeles');
    expect(due({ due: '2026-11-01' }, words, now)).to.equal('Yesterday (late)');
    expect(due({ due: '2026-10-31' }, words, now)).to.equal('2 days late (late)');
  });
});

describe('Localizer.ago', () => {
  it('says minutes, then the time, then the day', () => {
    const words = localizer();
    const ago = (time: string): string => plain(words.ago(time));
    expect(ago('2026-11-23T06:06:40Z')).to.equal('Just now');
    expect(ago('2026-11-23T06:06:00Z')).to.equal('1 minute ago');
    expect(ago('2026-11-23T05:47:00Z')).to.equal('20 minutes ago');
    expect(ago('2026-11-23T00:12:00Z')).to.equal('08:12');
    expect(ago('2026-11-22T10:00:00Z')).to.equal('Yesterday');
    expect(ago('2026-11-20T10:00:00Z')).to.equal('Fri 20 Nov');
    expect(ago('2025-11-20T10:00:00Z')).to.equal('Thu 20 Nov 2025');
    expect(ago('2026-11-23T08:00:00Z')).to.equal('16:00');
    expect(ago('2026-11-22')).to.equal('Yesterday');
    expect(localizer('zh-TW').ago('2026-11-23T05:47:00Z')).to.equal('20 分鐘前');
  });
});

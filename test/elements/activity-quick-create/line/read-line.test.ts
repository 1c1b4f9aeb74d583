import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { timeReader } from '../../../../src/elements/activity-quick-create/line/line-dates.js';
import {
  isSkippedTime,
  lineValues,
} from '../../../../src/elements/activity-quick-create/line/line-values.js';
import {
  isNamed,
  readLine,
  type LineReading,
} from '../../../../src/elements/activity-quick-create/line/read-line.js';
import { ActivityTypes } from '../../../../src/model/activity-types.js';
import { builtInTypes } from '../../../../src/model/built-in-types.js';

/** Monday, 23 November 2026, 14:07 in Taipei. */
const NOW = Date.parse('2026-11-23T06:07:00Z');
const ZONE = 'Asia/Taipei';
const types = builtInTypes.map(({ name, keywords = [] }) => ({ name, words: keywords }));

function read(
  text: string,
  { timeZone = ZONE, isDayFirst = false, ignored = [] as readonly string[] } = {},
): LineReading {
  return readLine(text, {
    types,
    readTimes: timeReader({ now: NOW, timeZone, isDayFirst }),
    ignored: new Set(ignored),
  });
}

/** A reading in one short line, to be compared. */
function said(text: string, options?: Parameters<typeof read>[1]): string {
  const { type, time, length, owner, priority, people, about, subject } = read(text, options);
  const clock = (minutes: number | undefined): string =>
    minutes === undefined
      ? ''
      : `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
  const when = time && [
    time.problem ?? time.day,
    clock(time.minutes) + (time.endMinutes === undefined ? '' : `-${clock(time.endMinutes)}`),
    time.instant === undefined ? '' : new Date(time.instant).toISOString().slice(0, 16),
  ];
  return [
    type?.name,
    when?.filter(Boolean).join(' '),
    priority?.value,
    length && `${length.minutes} min`,
    people.map((name) => name.tries[0]).join('+'),
    about && `about ${about.tries[0] ?? ''}`,
    owner && `@${owner.text}`,
    `"${subject}"`,
  ]
    .filter(Boolean)
    .join(' | ');
}

describe('a line that understands', () => {
  const lines: Record<string, string> = {
    // English
    'meeting tomorrow 10pm-2am': 'appointment | 2026-11-24 22:00-2:00 | "Meeting"',
    'meeting 11am-1pm': 'appointment | 11:00-13:00 | "Meeting"',
    兩三小時開會: 'appointment | "兩三小時開會"',
    'meeting on 12/3 in the morning': 'appointment | 2026-12-03 9:00 | "Meeting"',
    'meeting 12/3 from 2 to 4': 'appointment | 2026-12-03 14:00-16:00 | "Meeting"',
    'meeting 12/3 14:00-15:30': 'appointment | 2026-12-03 14:00-15:30 | "Meeting"',
    '24/7 support contract': '"24/7 support contract"',
    '1/2 price offer to Anna': 'Anna | "1/2 price offer to Anna"',
    'meeting 11/30-12/2': 'appointment | 2026-11-30 | "meeting 11/30-12/2"',
    'conference dec 3-5': '2026-12-03 | "conference dec 3-5"',
    'visit 12/3 to 12/5': 'appointment | 2026-12-03 | "visit 12/3 to 12/5"',
    'trip from monday to wednesday': '2026-11-30 | "trip from monday to wednesday"',
    'meeting at 1430 tomorrow': 'appointment | 2026-11-24 14:30 | "Meeting"',
    'call Anna 7 in the evening': 'phonecall | 19:00 | Anna | "Call Anna"',
    'agenda item 3: pricing': '"agenda item 3: pricing"',
    'call Anna at half past three': 'phonecall | 15:30 | Anna | "Call Anna"',
    'call Anna at half past 3 tomorrow': 'phonecall | 2026-11-24 15:30 | Anna | "Call Anna"',
    'call Anna tomorrow at half past nine am': 'phonecall | 2026-11-24 9:30 | Anna | "Call Anna"',
    'call Anna at quarter to five': 'phonecall | 16:45 | Anna | "Call Anna"',
    'call Anna at ten past 4': 'phonecall | 16:10 | Anna | "Call Anna"',
    'meeting tomorrow 14h30': 'appointment | 2026-11-24 14:30 | "Meeting"',
    'meeting 1h30 tomorrow': 'appointment | 2026-11-24 | 90 min | "Meeting"',
    'meeting tomorrow 9-10': 'appointment | 2026-11-24 9:00-10:00 | "Meeting"',
    'call Anna friday 10-11:30 about order':
      'phonecall | 2026-11-27 10:00-11:30 | Anna | about order | "Call Anna about order"',
    'call Anna day after tomorrow 8': 'phonecall | 2026-11-25 8:00 | Anna | "Call Anna"',
    'send offer by end of day': '17:00 | "Send offer"',
    'send report EOD friday': '2026-11-27 17:00 | "Send report"',
    'send eod report': '"send eod report"',
    'send offer by end of week': '2026-11-27 | "Send offer"',
    'send the end of week report': '"send the end of week report"',
    'send offer by end of next week': '2026-12-04 | "Send offer"',
    'call Anna end of next week': 'phonecall | 2026-12-04 | Anna | "Call Anna"',
    'send report eom': '2026-11-30 | "Send report"',
    'finish by eoy': '2026-12-31 | "Finish"',
    'call Anna a week from tuesday': 'phonecall | 2026-12-01 | Anna | "Call Anna"',
    'call Anna two weeks from tomorrow': 'phonecall | 2026-12-08 | Anna | "Call Anna"',
    'follow up in 3 business days': '2026-11-26 | "Follow up"',
    'call Anna last friday': 'phonecall | 2026-11-20 | Anna | "Call Anna"',
    'call Anna every monday': 'phonecall | Anna | "call Anna every monday"',
    "task: prepare the deck for Friday's meeting":
      'task | "Prepare the deck for Friday\'s meeting"',
    'email anna@contoso.com tomorrow':
      'email | 2026-11-24 | anna@contoso.com | "Email anna@contoso.com"',
    'call Anna high priority tomorrow': 'phonecall | 2026-11-24 | high | Anna | "Call Anna"',
    'call top priority customers':
      'phonecall | top priority customers | "call top priority customers"',
    'urgent: call Anna': 'phonecall | high | Anna | "Call Anna"',
    'call Anna urgent!': 'phonecall | high | Anna | "Call Anna"',
    'call Anna about urgent order':
      'phonecall | Anna | about urgent order | "call Anna about urgent order"',
    'call Anna low priority': 'phonecall | low | Anna | "Call Anna"',
    'remind me to call Anna tomorrow': 'phonecall | 2026-11-24 | Anna | "Remind me to call Anna"',
    'call Cecil Langer tomorrow 3pm !high':
      'phonecall | 2026-11-24 15:00 | high | Cecil Langer | "Call Cecil Langer"',
    'tomorrow 3pm call cecil langer about the order':
      'phonecall | 2026-11-24 15:00 | cecil langer | "Call cecil langer about the order"',
    'tomorrow call Anna at 3': 'phonecall | 2026-11-24 15:00 | Anna | "Call Anna"',
    'call back Anna at 9': 'phonecall | 9:00 | Anna | "Call back Anna"',
    'meeting with Anna Berg and Bob Stone friday 10-11am about Wingtip Toys':
      'appointment | 2026-11-27 10:00-11:00 | Anna Berg+Bob Stone | about Wingtip Toys | "Meeting with Anna Berg and Bob Stone about Wingtip Toys"',
    'lunch with Anna Berg at noon': 'appointment | 12:00 | Anna Berg | "Lunch with Anna Berg"',
    'email Anna re Fabrikam Inc. by friday !!':
      'email | 2026-11-27 | high | Anna | about Fabrikam Inc | "Email Anna re Fabrikam Inc."',
    'Task: send report to Cecil Langer today':
      'task | 2026-11-23 | Cecil Langer | "Send report to Cecil Langer"',
    'note: likes tea': 'note | "Likes tea"',
    'Cecil Langer 3:30': '15:30 | Cecil Langer | "Cecil Langer"',
    'call Jo in 30 minutes': 'phonecall | 2026-11-23T06:37 | Jo | "Call Jo"',
    '3pm EST call Jo': 'phonecall | 2026-11-23T20:00 | Jo | "Call Jo"',
    'call Jo this morning': 'phonecall | 9:00 | Jo | "Call Jo"',
    'call Jo monday': 'phonecall | 2026-11-30 | Jo | "Call Jo"',
    'call Jo !low': 'phonecall | low | Jo | "Call Jo"',
    // How long, and whose
    'meeting with Anna Berg tomorrow 3pm for 1h':
      'appointment | 2026-11-24 15:00 | 60 min | Anna Berg | "Meeting with Anna Berg"',
    'meet Anna 90 min friday @Mona Sanders':
      'appointment | 2026-11-27 | 90 min | Anna | @Mona Sanders | "Meet Anna"',
    'call Jo for @mona for half an hour about the order':
      'phonecall | 30 min | Jo | @mona | "Call Jo about the order"',
    'lunch 1h30, tomorrow at noon': 'appointment | 2026-11-24 12:00 | 90 min | "Lunch"',
    '明天下午三點跟王小明開會 30分鐘':
      'appointment | 2026-11-24 15:00 | 30 min | 王小明 | "跟王小明開會"',
    '開會半小時 @林志明': 'appointment | 30 min | @林志明 | "開會"',
    '跟王小明開會一個半小時 交給@林志明 明天':
      'appointment | 2026-11-24 | 90 min | 王小明 | @林志明 | "跟王小明開會"',
    '明天下午三點 Anna Berg 來訪': '2026-11-24 15:00 | Anna Berg 來訪 | "Anna Berg 來訪"',
    '打電話 下午三點 at tomorrow': 'phonecall | 2026-11-24 15:00 | "打電話"',
    下個月5號下午三點開會: 'appointment | 2026-12-05 15:00 | "開會"',
    '5號下午三點開會': 'appointment | 2026-12-05 15:00 | "開會"',
    '28號上午九點開會': 'appointment | 2026-11-28 9:00 | "開會"',
    月底前寄報價單: '2026-11-30 | "寄報價單"',
    '12月底結案': '"12月底結案"',
    下個月底開會: 'appointment | 2026-12-31 | "開會"',
    去5號倉庫盤點: '"去5號倉庫盤點"',
    'call Anna day after tomorrow at 9': 'phonecall | 2026-11-25 9:00 | Anna | "Call Anna"',
    'call Anna tomorrow afternoon': 'phonecall | 2026-11-24 14:00 | Anna | "Call Anna"',
    'meet Anna on the 5th at 9': 'appointment | 2026-12-05 9:00 | Anna | "Meet Anna"',
    'meet Anna on the 5th floor at 9': 'appointment | 9:00 | Anna | "Meet Anna on the 5th floor"',
    下下週三開會: 'appointment | 2026-12-09 | "開會"',
    下下週日開會: 'appointment | 2026-12-13 | "開會"',
    兩週後上午九點開會: 'appointment | 2026-12-07 9:00 | "開會"',
    明天下午四點三刻開會: 'appointment | 2026-11-24 16:45 | "開會"',
    明天晚上十二點開會: 'appointment | 2026-11-25 0:00 | "開會"',
    'call Anna @ 3pm': 'phonecall | 15:00 | Anna | "Call Anna"',
    'lunch w/ Bob friday 12:30': 'appointment | 2026-11-27 12:30 | Bob | "Lunch w/ Bob"',
    // On Monday the 23rd: the day is what is said, never today.
    下週一中午打電話給王小明: 'phonecall | 2026-11-30 12:00 | 王小明 | "打電話給王小明"',
    週五晚上開會: 'appointment | 2026-11-27 19:00 | "開會"',
    週五九點開會: 'appointment | 2026-11-27 9:00 | "開會"',
    '12/3下午三點開會': 'appointment | 2026-12-03 15:00 | "開會"',
    '12月3日中午開會': 'appointment | 2026-12-03 12:00 | "開會"',
    '11/28(六)上午九點開會': 'appointment | 2026-11-28 9:00 | "開會"',
    '12月3日（四）開會': 'appointment | 2026-12-03 | "開會"',
    三天後晚上開會: 'appointment | 2026-11-26 19:00 | "開會"',
    明天傍晚六點開會: 'appointment | 2026-11-24 18:00 | "開會"',
    明天傍晚開會: 'appointment | 2026-11-24 18:00 | "開會"',
    後天清晨六點開會: 'appointment | 2026-11-25 6:00 | "開會"',
    中午開會: 'appointment | 12:00 | "開會"',
    '開會 明天 3點 PM': 'appointment | 2026-11-24 15:00 | "開會"',
    'Visit habitat 3': 'appointment | habitat 3 | "Visit habitat 3"',
    'Send report2 today': '2026-11-23 | "Send report2"',
    準備三十分鐘的簡報: '"準備三十分鐘的簡報"',
    'Write to a@b.example': 'email | a@b.example | "Write to a@b.example"',
    'Plan every 30 min': '"Plan every 30 min"',
    // Nothing but a subject
    'Prepare 2027 budget for May': '"Prepare 2027 budget for May"',
    'review the 10 minutes report': '"review the 10 minutes report"',
    'callback list': '"callback list"',
    'ship order 40271 from dock 3': '"ship order 40271 from dock 3"',
    'Great news!': '"Great news!"',
    // What no calendar has stays, and is told
    'call Anna on 31 Feb': 'phonecall | no-such-date | Anna | "call Anna on 31 Feb"',
    '2月31日打電話給 Anna': 'no-such-date | Anna | "2月31日打電話給 Anna"',
    // Traditional Chinese
    '打電話給 小美 和 小明': 'phonecall | 小美+小明 | "打電話給 小美 和 小明"',
    '跟 Anna 和 Bob 明天開會': 'appointment | 2026-11-24 | Anna+Bob | "跟 Anna 和 Bob 開會"',
    '拜訪 和泰汽車': 'appointment | 和泰汽車 | "拜訪 和泰汽車"',
    '12月3-5日出差': '2026-12-03 | "12月3-5日出差"',
    '12/3~12/5 出差': '2026-12-03 | "12/3~12/5 出差"',
    週一到週三出差: '2026-11-30 | "週一到週三出差"',
    九點到十點開會: 'appointment | 9:00-10:00 | "開會"',
    '7-11 買東西': '"7-11 買東西"',
    '第3次會議 明天早上十點': 'appointment | 2026-11-24 10:00 | "第3次會議"',
    明天下午３點開會: 'appointment | 2026-11-24 15:00 | "開會"',
    '１２／３ １４：３０開會': 'appointment | 2026-12-03 14:30 | "開會"',
    '開會３０分鐘 明天下午２點': 'appointment | 2026-11-24 14:00 | 30 min | "開會"',
    '提醒事項１：買牛奶': '"提醒事項１：買牛奶"',
    '項目2：打給小美': '小美 | "項目2：打給小美"',
    今天下班前回覆客戶: '2026-11-23 17:00 | "回覆客戶"',
    下班前打給小美: 'phonecall | 17:00 | 小美 | "打給小美"',
    '明天9-10點開會': 'appointment | 2026-11-24 9:00-10:00 | "開會"',
    '下午2-4點開會': 'appointment | 14:00-16:00 | "開會"',
    '週五 9:00-10:30 開會': 'appointment | 2026-11-27 9:00-10:30 | "開會"',
    三個工作天內回覆: '2026-11-26 | "回覆"',
    一小時內回覆: '2026-11-23T07:07 | "回覆"',
    下個月初寄報告: '2026-12-01 | "寄報告"',
    '12月底前完成': '2026-12-31 | "完成"',
    年底前完成簽約: '2026-12-31 | "完成簽約"',
    週末前交報告: '2026-11-27 | "交報告"',
    下週末前完成: '2026-12-04 | "完成"',
    本週五交報告: '2026-11-27 | "交報告"',
    上週五打過給小美: '2026-11-20 | 小美 | "打過給小美"',
    每週一開會: 'appointment | "每週一開會"',
    週一三五開會: 'appointment | "週一三五開會"',
    民國115年12月3日開會: 'appointment | 2026-12-03 | "開會"',
    '打給小美 115年12月3日下午三點': 'phonecall | 2026-12-03 15:00 | 小美 | "打給小美"',
    '115/12/3 開會': 'appointment | 2026-12-03 | "開會"',
    民國114年2月30日開會: 'appointment | no-such-date | "民國114年2月30日開會"',
    '緊急 打電話給小美': 'phonecall | high | 小美 | "打電話給小美"',
    '高優先 寄信給小美': 'email | high | 小美 | "寄信給小美"',
    處理急件: '"處理急件"',
    '整理名片 不急': 'low | "整理名片"',
    明天提醒我打電話給小美: 'phonecall | 2026-11-24 | 小美 | "提醒我打電話給小美"',
    '明天下午三點打電話給 Cecil Langer':
      'phonecall | 2026-11-24 15:00 | Cecil Langer | "打電話給 Cecil Langer"',
    '跟王小明開會 下週一上午十點半': 'appointment | 2026-11-30 10:30 | 王小明 | "跟王小明開會"',
    '打給王小明討論報價 明天下午3點到4點 ！高':
      'phonecall | 2026-11-24 15:00-16:00 | high | 王小明 | about 報價 | "打給王小明討論報價"',
    '十二月三十一日寄信給陳美玲 !低': 'email | 2026-12-31 | low | 陳美玲 | "寄信給陳美玲"',
    '2小時後打電話給 Cecil': 'phonecall | 2026-11-23T08:07 | Cecil | "打電話給 Cecil"',
    '兩個半小時後打電話給 Cecil': 'phonecall | 2026-11-23T08:37 | Cecil | "打電話給 Cecil"',
    週五前完成報告: '2026-11-27 | "完成報告"',
    '筆記：喜歡喝茶': 'note | "喜歡喝茶"',
  };
  for (const [line, expected] of Object.entries(lines)) {
    it(`reads "${line}"`, () => expect(said(line)).to.equal(expected));
  }

  it('reads 3/12 as the user writes dates', () => {
    expect(read('call Jo 3/12', { isDayFirst: true }).time?.day).to.equal('2026-12-03');
    expect(read('call Jo 3/12').time?.day).to.equal('2027-03-12');
  });

  it('counts days in the zone of the user', () => {
    // It is still Sunday in Honolulu.
    expect(read('tomorrow', { timeZone: 'Pacific/Honolulu' }).time?.day).to.equal('2026-11-23');
    expect(read('tomorrow', { timeZone: 'Pacific/Kiritimati' }).time?.day).to.equal('2026-11-24');
  });

  it('gives back what the user does not mean', () => {
    expect(said('call Jo tomorrow 3pm !high', { ignored: ['time:tomorrow 3pm'] })).to.equal(
      'phonecall | high | Jo | "Call Jo tomorrow 3pm"',
    );
    expect(said('call Jo !high', { ignored: ['priority:!high', 'type:call'] })).to.equal(
      '"call Jo !high"',
    );
    expect(read('call Jo', { ignored: ['person:Jo'] }).people).to.deep.equal([]);
  });

  it('fills in due, or start and end, as the type has it', () => {
    const all = new ActivityTypes();
    const cecil = { kind: 'contact', id: 'c1', name: 'Cecil Langer' };
    const values = (type: string, line: string): unknown =>
      Object.fromEntries(
        lineValues(
          read(line),
          { people: [cecil] },
          { type: all.get(type), now: NOW, timeZone: ZONE },
        ),
      );
    expect(values('phonecall', 'call Cecil tomorrow 3pm !high')).to.deep.equal({
      subject: 'Call Cecil',
      'parties.to': [{ role: 'to', record: cecil }],
      regarding: cecil,
      due: '2026-11-24T07:00:00Z',
      priority: 'high',
    });
    expect(values('appointment', 'meet Cecil 9:00')).to.deep.equal({
      subject: 'Meet Cecil',
      'parties.required': [{ role: 'required', record: cecil }],
      regarding: cecil,
      // Nine has passed today.
      start: '2026-11-24T01:00:00Z',
      end: '2026-11-24T01:30:00Z',
    });
    expect(values('task', 'report tomorrow')).to.include({ due: '2026-11-24' });
    expect(values('note', 'likes tea !high tomorrow')).to.not.have.any.keys('due', 'priority');
  });

  it('says where the clock skips a time', () => {
    const time = read('call Jo at 2:30am on 2027-03-28', { timeZone: 'Europe/Berlin' }).time;
    expect(time && isSkippedTime(time, 'Europe/Berlin')).to.equal(true);
    expect(time && isSkippedTime(time, 'Asia/Taipei')).to.equal(false);
    const values = lineValues(
      { subject: '', people: [], taken: [], ...(time && { time }) },
      { people: [] },
      { type: new ActivityTypes().get('task'), now: NOW, timeZone: 'Europe/Berlin' },
    );
    expect(values.get('due')).to.equal('2027-03-28T01:30:00Z');
  });

  it('knows a name by whole words', () => {
    expect(isNamed('Cecil Langer', 'cecil langer')).to.equal('exactly');
    expect(isNamed('Cecil Langer', 'Langer')).to.equal('partly');
    expect(isNamed('Cecilia Bianchi', 'Cecil')).to.equal(undefined);
    expect(isNamed('José Álvarez', 'jose alvarez')).to.equal('exactly');
    expect(isNamed('王小明', '小明')).to.equal('partly');
    expect(isNamed(undefined, 'Cecil')).to.equal(undefined);
  });

  const WORDS =
    '下午三點 ,3點,10:30,10-11,at 3,Peter,noon,call,Call,Anna,Berg,tomorrow,3pm,at,on,by,!high,!!,!低,about,with,and,friday,31,Feb,2:30am,12/31,task:,note,明天,下午三點,打電話給,王小明,開會,週五,前,討論,!,?,(,),@Jo,\uE000,in,2,hours,،,مرحبا,🙂,<img src=x onerror=alert(1)>'.split(
      ',',
    );
  it('never throws, and loses no word, whatever is typed', () => {
    const letters = (text: string): string =>
      [...text.toLowerCase().replaceAll(/[\s,，、;；]/gu, '')].sort().join('');
    const latin = (text: string): string[] =>
      text.toLowerCase().match(/\p{Script=Latin}[\p{Script=Latin}\p{M}]*/gu) ?? [];
    const typed = fc.oneof(
      fc.array(fc.constantFrom(...WORDS), { maxLength: 12 }).map((words) => words.join(' ')),
      fc.array(fc.constantFrom(...WORDS), { maxLength: 8 }).map((words) => words.join('')),
      fc.string({ unit: 'grapheme', maxLength: 60 }),
    );
    fc.assert(
      fc.property(typed, (text) => {
        const { subject, taken } = read(text);
        expect(letters(subject + taken.join(''))).to.equal(letters(text));
        // Nor is one cut: what stays are words that were typed.
        expect(latin(text)).to.include.members(latin(subject));
      }),
      { numRuns: 300, seed: 5 },
    );
  });

  it('reads a line of a megabyte at once, and keeps all of it', () => {
    const text = `call Cecil Langer tomorrow ${'x y '.repeat(250_000)}`.trim();
    expect(read(text).subject.length).to.equal(text.length - ' tomorrow'.length);
  });
});

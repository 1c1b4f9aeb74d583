import { expect } from '@open-wc/testing';
import { registerMessages } from '../../src/i18n/locale.js';
import { Localizer } from '../../src/i18n/localizer.js';
import { recurrenceInWords, skipsInWords } from '../../src/i18n/recurrence-words.js';
import { zhTW } from '../../src/i18n/zh-TW.js';
import type { Recurrence } from '../../src/model/recurrence.js';

registerMessages('zh-TW', zhTW);

const words = (locale: string): Localizer =>
  new Localizer({ locale, timeZone: 'UTC', now: () => Date.parse('2026-11-23T08:00:00Z') });

const SAID: readonly (readonly [recurrence: Recurrence, en: string, zh: string])[] = [
  [{ frequency: 'daily', interval: 1 }, 'Every day', '每天'],
  [{ frequency: 'daily', interval: 3, count: 1 }, 'Every 3 days, once', '每 3 天，共 1 次'],
  [
    { frequency: 'weekly', interval: 2, days: ['MO', 'WE'], until: '2026-12-31' },
    'Every 2 weeks on Monday and Wednesday, until December 31, 2026',
    '每 2 週的星期一和星期三，直到 2026年12月31日',
  ],
  [
    { frequency: 'monthly', interval: 1, monthDay: 31, count: 10 },
    'Every month on day 31, 10 times',
    '每個月的 31 日，共 10 次',
  ],
  [
    { frequency: 'monthly', interval: 1, monthDay: -1 },
    'Every month on the last day',
    '每個月的最後一天',
  ],
  [
    { frequency: 'monthly', interval: 2, nth: { at: 4, day: 'TU' } },
    'Every 2 months on the fourth Tuesday',
    '每 2 個月的第四個星期二',
  ],
  [
    { frequency: 'yearly', interval: 1, month: 11, monthDay: 23 },
    'Every year on November 23',
    '每年的11月23日',
  ],
  [
    { frequency: 'yearly', interval: 1, month: 11, nth: { at: -1, day: 'FR' } },
    'Every year on the last Friday of November',
    '每年11月的最後一個星期五',
  ],
];

describe('a recurrence in words', () => {
  it('is said in English and in Traditional Chinese', () => {
    for (const [recurrence, en, zh] of SAID) {
      expect(recurrenceInWords(recurrence, words('en'))).to.equal(en);
      expect(recurrenceInWords(recurrence, words('zh-TW'))).to.equal(zh);
    }
  });

  it('says which months it leaves out', () => {
    const monthly: Recurrence = { frequency: 'monthly', interval: 1, monthDay: 31 };
    expect(skipsInWords(monthly, words('en'))).to.equal('Months without a day 31 are left out.');
    expect(skipsInWords({ ...monthly, monthDay: 28 }, words('en'))).to.equal(undefined);
    const leap: Recurrence = { frequency: 'yearly', interval: 1, month: 2, monthDay: 29 };
    expect(skipsInWords(leap, words('en'))).to.equal('Only in years that have a February 29.');
  });
});

import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { Localizer } from '../../src/i18n/localizer.js';
import { registerMessages } from '../../src/i18n/locale.js';
import { zhTW } from '../../src/i18n/zh-TW.js';
import { parseDuration } from '../../src/model/duration-text.js';
import { phoneHref } from '../../src/model/phone.js';

registerMessages('zh-TW', zhTW);

describe('a typed length', () => {
  const lengths: Record<string, number | undefined> = {
    '90': 90,
    '1:30': 90,
    '1h 30m': 90,
    '1h30': 90,
    '1.5 h': 90,
    '1,5h': 90,
    '1 hr, 30 min': 90,
    '2 hours and 5 minutes': 125,
    '1 d': 1440,
    'half an hour': 30,
    'an hour': 60,
    'an hour and a half': 90,
    '１小時３０分': 90,
    '45 min.': 45,
    '1 小時 30 分鐘': 90,
    一個半小時: 90,
    半小時: 30,
    十五分鐘: 15,
    '': undefined,
    soon: undefined,
    '1h 2h': undefined,
    '30m 1h': undefined,
    '1h soon': undefined,
    '-5': undefined,
    '1:75': undefined,
  };
  for (const [text, minutes] of Object.entries(lengths)) {
    it(`"${text}" is ${String(minutes)}`, () => expect(parseDuration(text)).to.equal(minutes));
  }

  it('is read as it is shown, in every language of the kit, and nothing makes it throw', () => {
    const all = ['en', 'zh-TW'].map(
      (locale) => new Localizer({ locale, timeZone: 'UTC', now: () => 0 }),
    );
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100_000 }), fc.string(), (minutes, text) => {
        for (const words of all) {
          // Thousands of hours are shown with a separator, and nobody types them.
          if (minutes < 59_999) expect(parseDuration(words.duration(minutes))).to.equal(minutes);
        }
        const read = parseDuration(text);
        expect(read === undefined || (Number.isInteger(read) && read >= 0)).to.equal(true);
      }),
      { seed: 5 },
    );
  });
});

describe('a phone number', () => {
  const numbers: Record<string, string | undefined> = {
    '+31 (0)10 555 01 42': 'tel:+31105550142',
    '02-2345-6789 ext. 12': 'tel:0223456789;ext=12',
    '02 2345 6789 分機 12': 'tel:0223456789;ext=12',
    '(415) 555.0142': 'tel:4155550142',
    '112': 'tel:112',
    '': undefined,
    '12': undefined,
    'ask Anna': undefined,
    'javascript:alert(1)': undefined,
    '1234567890123456': undefined,
  };
  for (const [text, href] of Object.entries(numbers)) {
    it(`"${text}" leads to ${String(href)}`, () => expect(phoneHref(text)).to.equal(href));
  }

  it('leads nowhere else, whatever is typed', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(...'+0123 ()-./x#;=') })),
        (text) => {
          const href = phoneHref(text);
          expect(href === undefined || /^tel:\+?\d{3,15}(;ext=\d{1,8})?$/.test(href)).to.equal(
            true,
          );
        },
      ),
      { seed: 5 },
    );
  });
});

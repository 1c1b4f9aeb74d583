import { expect, fixtureSync, html } from '@open-wc/testing';
import {
  canonicalLocale,
  directionOf,
  firstDayOfWeek,
  matchLocale,
  messagesFor,
  nearestLang,
  onMessagesRegistered,
  registerMessages,
  resolveLocale,
  weekendOf,
} from '../../src/i18n/locale.js';
import { zhTW } from '../../src/i18n/zh-TW.js';

describe('matchLocale', () => {
  const offered = ['en', 'zh-TW', 'zh-CN', 'de', 'pt-BR', 'sr-Latn'];
  const expected: readonly (readonly [string, string | undefined])[] = [
    ['zh-TW', 'zh-TW'],
    ['zh-Hant', 'zh-TW'],
    ['zh-Hant-HK', 'zh-TW'],
    ['zh-HK', 'zh-TW'],
    ['zh-MO', 'zh-TW'],
    ['zh', 'zh-CN'],
    ['zh-SG', 'zh-CN'],
    ['zh-Hans-TW', 'zh-CN'],
    ['de-AT', 'de'],
    ['pt', 'pt-BR'],
    ['pt-PT', 'pt-BR'],
    ['en-GB', 'en'],
    ['en-u-hc-h23', 'en'],
    ['zh-TW-u-nu-hanidec', 'zh-TW'],
    ['sr', undefined],
    ['fr', undefined],
    ['not a locale', undefined],
  ];
  for (const [wanted, found] of expected) {
    it(`gives ${wanted} ${found ?? 'none of them'}`, () => {
      expect(matchLocale(wanted, offered)).to.equal(found);
    });
  }

  it('prefers the same region, whatever the order', () => {
    expect(matchLocale('en-GB', ['en', 'en-AU', 'en-GB'])).to.equal('en-GB');
    expect(matchLocale('en-IE', ['en-AU', 'en'])).to.equal('en');
  });
});

describe('canonicalLocale', () => {
  it('mends the spelling and refuses what is none', () => {
    expect(canonicalLocale('zh_tw')).to.equal('zh-TW');
    expect(canonicalLocale(' EN-gb ')).to.equal('en-GB');
    for (const none of ['', 'x', '-', 'en--US', null, undefined]) {
      expect(canonicalLocale(none)).to.equal(undefined);
    }
  });
});

describe('resolveLocale', () => {
  it('takes the explicit one, then the nearest lang, then the browser’s', () => {
    const outer = fixtureSync(
      html`<section lang="de-AT">
        <p><b></b></p>
      </section>`,
    );
    const inner = outer.querySelector('b');
    if (!inner) throw new Error('no element');
    expect(resolveLocale('fr', inner)).to.equal('fr');
    expect(resolveLocale(undefined, inner)).to.equal('de-AT');
    expect(resolveLocale('no such locale', inner)).to.equal('de-AT');
    expect(resolveLocale(undefined)).to.equal(canonicalLocale(navigator.language) ?? 'en');
  });

  it('looks through shadow hosts, and the nearest lang wins', () => {
    const host = fixtureSync(html`<div lang="ja"></div>`);
    const outer = host.attachShadow({ mode: 'open' });
    const middle = document.createElement('div');
    outer.append(middle);
    const root = middle.attachShadow({ mode: 'closed' });
    const inner = document.createElement('span');
    root.append(inner);
    expect(nearestLang(inner)).to.equal('ja');
    middle.lang = 'zh-TW';
    expect(resolveLocale(undefined, inner)).to.equal('zh-TW');
  });

  it('takes a lang without a language for none', () => {
    const element = fixtureSync(html`<div lang="fr"><i lang=""></i></div>`);
    const inner = element.querySelector('i');
    if (!inner) throw new Error('no element');
    expect(resolveLocale(undefined, inner)).to.equal(canonicalLocale(navigator.language) ?? 'en');
  });
});

describe('registerMessages', () => {
  it('adds a language for all who read it, and tells', () => {
    let told = 0;
    const end = onMessagesRegistered(() => told++);
    expect(messagesFor('zh-HK')).to.equal(undefined);
    registerMessages('zh_tw', zhTW);
    expect(told).to.equal(1);
    expect(messagesFor('zh-HK')?.['action.save']).to.equal('儲存');
    registerMessages('zh-TW', { 'action.save': '存檔' });
    expect(messagesFor('zh-TW')?.['action.save']).to.equal('存檔');
    expect(messagesFor('zh-TW')?.['action.undo']).to.equal('復原');
    end();
    registerMessages('zh-TW', zhTW);
    expect(told).to.equal(2);
  });
});

describe('what a locale brings along', () => {
  const places: readonly (readonly [string, number, 'ltr' | 'rtl'])[] = [
    ['en-US', 0, 'ltr'],
    ['en-GB', 1, 'ltr'],
    ['en', 0, 'ltr'],
    ['zh-TW', 0, 'ltr'],
    ['ja-JP', 0, 'ltr'],
    ['de-DE', 1, 'ltr'],
    ['ar-EG', 6, 'rtl'],
    ['he-IL', 0, 'rtl'],
    ['fa-IR', 6, 'rtl'],
    ['ur-PK', 0, 'rtl'],
    ['az-Arab', 6, 'rtl'],
  ];
  for (const [locale, firstDay, direction] of places) {
    it(`${locale}: first day of the week and direction`, () => {
      expect(firstDayOfWeek(locale)).to.equal(firstDay);
      expect(directionOf(locale)).to.equal(direction);
    });
  }

  const weekends: readonly (readonly [string, readonly number[]])[] = [
    ['en-US', [6, 0]],
    ['de', [6, 0]],
    ['zh-TW', [6, 0]],
    ['ar-EG', [5, 6]],
    ['he', [5, 6]],
    ['hi', [0]],
  ];
  for (const [locale, weekend] of weekends) {
    it(`${locale}: weekend`, () => {
      expect(weekendOf(locale)).to.deep.equal(weekend);
    });
  }

  it('is the same in engines that do not know it themselves', () => {
    const names = ['weekInfo', 'getWeekInfo'] as const;
    const prototype = Intl.Locale.prototype as unknown as Record<string, unknown>;
    const native = names.map(
      (name) => [name, Object.getOwnPropertyDescriptor(prototype, name)] as const,
    );
    for (const name of names) {
      Object.defineProperty(prototype, name, { value: undefined, configurable: true });
    }
    try {
      for (const [locale, firstDay] of places) {
        expect(firstDayOfWeek(locale), locale).to.equal(firstDay);
      }
      for (const [locale, weekend] of weekends) {
        expect(weekendOf(locale), locale).to.deep.equal(weekend);
      }
    } finally {
      for (const [name, descriptor] of native) {
        if (descriptor) Object.defineProperty(prototype, name, descriptor);
        else delete prototype[name];
      }
    }
  });
});

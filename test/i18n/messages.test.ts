import { expect } from '@open-wc/testing';
import { en } from '../../src/i18n/en.js';
import { counted, plural } from '../../src/i18n/plural.js';
import { zhTW } from '../../src/i18n/zh-TW.js';
import { ACTIVITY_STATES, PRIORITIES } from '../../src/model/activity.js';
import type { Label } from '../../src/model/activity-type.js';
import { builtInTypes } from '../../src/model/built-in-types.js';
import { DUE_FILTERS } from '../../src/model/due.js';
import { FAILURE_CODES } from '../../src/provider/failure.js';

const keys = Object.keys(en) as (keyof typeof en)[];

function said(message: string | ((...values: never[]) => string)): string {
  if (typeof message === 'string') return message;
  const values = [3, 7, 9].slice(0, message.length);
  // Names and counts alike: every message must put whatever it is told into words.
  return (message as (...values: unknown[]) => string)(...values.map((value) => textOf(value)));
}

/** Acts as a number where a message counts and as a text where it names. */
function textOf(value: number): unknown {
  const text = (): string => String(value);
  return Object.assign(Object(value) as object, { replaceAll: text });
}

describe('messages', () => {
  for (const [locale, messages] of Object.entries({ en, 'zh-TW': zhTW })) {
    it(`say something for every key in ${locale}`, () => {
      expect(Object.keys(messages).sort()).to.deep.equal([...keys].sort());
      for (const key of keys) {
        expect(said(messages[key]).trim(), key).to.not.equal('');
      }
    });
  }

  it('take the same arguments in Chinese, and use each of them', () => {
    for (const key of keys) {
      const [english, chinese] = [en[key], zhTW[key]];
      expect(typeof chinese, key).to.equal(typeof english);
      if (typeof english !== 'function' || typeof chinese !== 'function') continue;
      // `confirm.delete` and the like may leave a count unsaid, but must take it.
      expect(chinese.length, key).to.equal(english.length);
      for (const digit of ['3', '7', '9'].slice(0, english.length)) {
        expect(said(english), key).to.contain(digit);
        expect(said(chinese), key).to.contain(digit);
      }
    }
  });

  it('are written in Chinese where they are Chinese', () => {
    const latin = keys.filter((key) => !/\p{Script=Han}/u.test(said(zhTW[key])));
    expect(latin).to.have.members([
      'count.at-least',
      'time.range',
      'filter.is',
      'grid.edit-of',
      'grid.export-csv',
      'bulk.progress',
      'calendar.joined',
      'repeat.place-nth',
    ]);
  });

  it('keep full-width punctuation between Chinese words', () => {
    for (const key of keys) expect(said(zhTW[key]), key).to.not.match(/\p{Script=Han}[,:;?!]/u);
  });

  it('do not shout, plead or congratulate', () => {
    for (const key of keys) {
      // A mark before a word is what a user types for a priority.
      expect(said(en[key]), key).to.not.match(/!(?!\w)|please|successful/i);
      expect(said(zhTW[key]), key).to.not.match(/[!!](?!\p{L})|成功/u);
    }
  });

  it('name everything that the built-in types name', () => {
    const labels: Label[] = builtInTypes.flatMap((type) => [
      type.label,
      type.plural,
      ...type.roles.map(({ label }) => label),
      ...type.fields.flatMap((field) => [
        field.label,
        ...(field.choices ?? []).map(({ label }) => label),
      ]),
      ...Object.values(type.states).flatMap((state) => state.reasons.map(({ label }) => label)),
      ...(type.outcomes ?? []).map(({ label }) => label),
      `action.new-${type.name}`,
    ]);
    labels.push(
      ...ACTIVITY_STATES.map((state) => `state.${state}`),
      ...ACTIVITY_STATES.map((state) => `reason.${state}`),
      ...PRIORITIES.map((priority) => `priority.${priority}`),
      ...DUE_FILTERS.map((due) => `due.${due}`),
      ...FAILURE_CODES.map((code) => `failure.${code}`),
    );
    for (const label of labels) expect(en).to.have.property(label as string);
  });
});

describe('plural', () => {
  const arabic = { zero: 'z', one: 'o', two: 't', few: 'f', many: 'm', other: 'x' };

  it('takes the form of the language', () => {
    expect(plural('en', 1, { one: '# day', other: '# days' })).to.equal('1 day');
    expect(plural('en', 0, { one: '# day', other: '# days' })).to.equal('0 days');
    expect(plural('zh-TW', 1, { other: '# 天' })).to.equal('1 天');
    const forms = [0, 1, 2, 3, 11, 100].map((count) => plural('ar', count, arabic));
    expect(forms.join('')).to.equal('zotfmx');
  });

  it('takes the general form where a language asks for one that is not given', () => {
    expect(plural('pl', 3, { other: '# dni' })).to.equal('3 dni');
  });

  it('writes the count as the language does', () => {
    expect(plural('en', 1234, { one: '# day', other: '# days' })).to.equal('1,234 days');
    expect(counted('de', 1234)).to.equal('1.234');
  });
});

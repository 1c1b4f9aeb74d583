import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { compareTexts, isPlainText, rankAt } from '../../src/model/text-order.js';

const collator = new Intl.Collator('en', { sensitivity: 'accent' });

/** Mostly plain letters, with what is read otherwise beside others: marks, ligatures, ideographs, controls. */
const char = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: 0x20, max: 0x7e }).map((n) => String.fromCharCode(n)) },
  { weight: 2, arbitrary: fc.constantFrom('a', 'A', 'b', 'l', ' ', '-', '_', '1') },
  {
    weight: 1,
    arbitrary: fc.constantFrom('é', 'e\u0301', '\u0301', 'ß', 'æ', '·', '\u00ad', '\t', '電', '😀'),
  },
);
const text = fc.array(char, { maxLength: 6 }).map((chars) => chars.join(''));

describe('the order of texts', () => {
  it('is the one of an English dictionary', () => {
    fc.assert(
      fc.property(text, text, fc.string({ maxLength: 3 }), (a, b, before) => {
        const [one, other] = [before + a, before + b];
        expect(Math.sign(compareTexts(one, other))).to.equal(
          Math.sign(collator.compare(one, other)),
        );
      }),
      { numRuns: 3000, seed: 1 },
    );
  });

  it('is kept by the ranks of plain characters', () => {
    fc.assert(
      fc.property(text, text, fc.string({ maxLength: 3 }), (a, b, before) => {
        const [one, other] = [before + a, before + b];
        if (!isPlainText(one) || !isPlainText(other)) return;
        let order = 0;
        for (let at = 0; order === 0 && at < Math.max(one.length, other.length); at++) {
          order = Math.sign(rankAt(one, at) - rankAt(other, at));
        }
        expect(order).to.equal(Math.sign(collator.compare(one, other)));
      }),
      { numRuns: 3000, seed: 1 },
    );
    expect(isPlainText('Follow up')).to.equal(true);
  });
});

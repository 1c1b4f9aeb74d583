import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { compareTexts, orderKeys } from '../../src/model/text-order.js';

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

  it('is kept by the keys of plain texts, which the platform orders by itself', () => {
    const texts = fc.array(text, { minLength: 2, maxLength: 6 });
    let orders = 0;
    fc.assert(
      fc.property(texts, fc.string({ maxLength: 3 }), (some, before) => {
        const all = some.map((one) => before + one);
        const keys = orderKeys(all);
        if (!keys) return;
        for (const [at, key] of keys.entries()) {
          const [first = ''] = keys;
          const order = first < key ? -1 : Number(first > key);
          expect(order).to.equal(Math.sign(collator.compare(all[0] ?? '', all[at] ?? '')));
          if (order !== 0) orders += 1;
        }
      }),
      { numRuns: 3000, seed: 1 },
    );
    expect(orders).to.be.greaterThan(1000);
  });

  it('has keys for as many texts as there are, and none where a single one is not plain', () => {
    const many = Array.from({ length: 2500 }, (_, index) => `Follow up ${String(index)}`);
    expect(orderKeys(many)).to.have.length(2500);
    expect(orderKeys([...many, 'Prix: 5 €'])).to.equal(undefined);
    expect(orderKeys([...many, 'Dîner'])).to.equal(undefined);
    expect(orderKeys(['b-side', 'B side', 'b1', 'ba'])?.toSorted()).to.deep.equal(
      orderKeys(['B side', 'b-side', 'b1', 'ba']),
    );
  });
});

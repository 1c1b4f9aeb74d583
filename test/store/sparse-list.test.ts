import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { SparseList } from '../../src/store/sparse-list.js';

/** Keys are numbers in words, in the order of the numbers. */
const keyOf = (value: number): string => String(value).padStart(4, '0');
const against = (key: string) => (other: string) => (key < other ? -1 : key > other ? 1 : 0);

/** What is loaded must be a part of the truth, each key at its own index. */
function check(list: SparseList, truth: readonly string[]): void {
  let loaded = 0;
  for (const [index, key] of truth.entries()) {
    const at = list.at(index);
    if (at === undefined) continue;
    loaded += 1;
    if (at !== key) throw new Error(`${at} at ${String(index)}, where ${key} stands`);
  }
  expect(list.loaded).to.equal(loaded);
}

type Step =
  | { readonly do: 'load'; readonly from: number; readonly size: number }
  | { readonly do: 'add' | 'remove'; readonly value: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    do: fc.constant('load' as const),
    from: fc.nat(60),
    size: fc.integer({ min: 1, max: 12 }),
  }),
  fc.record({ do: fc.constantFrom('add' as const, 'remove' as const), value: fc.nat(140) }),
);

describe('a list of which parts are loaded', () => {
  it('keeps every loaded key at its true index, whatever comes and goes', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const truth = Array.from({ length: 60 }, (_, index) => keyOf(index * 2));
        const list = new SparseList();
        for (const one of steps) {
          if (one.do === 'load') list.put(one.from, truth.slice(one.from, one.from + one.size));
          else {
            const key = keyOf(one.value);
            const index = truth.indexOf(key);
            if (one.do === 'add' && index < 0) {
              truth.push(key);
              truth.sort();
              list.insert(key, against(key), list.end === truth.length - 1);
            }
            if (one.do === 'remove' && index >= 0) {
              truth.splice(index, 1);
              if (list.has(key)) list.remove(key, against(key));
              else list.close(against(key));
            }
          }
          check(list, truth);
        }
      }),
    );
  });

  it('says what of a window is missing', () => {
    const list = new SparseList();
    list.put(10, ['a', 'b', 'c']);
    list.put(20, ['x', 'y']);
    expect(list.missing(0, 5)).to.deep.equal({ from: 0, to: 5 });
    expect(list.missing(8, 12)).to.deep.equal({ from: 8, to: 10 });
    expect(list.missing(10, 13)).to.equal(undefined);
    expect(list.missing(11, 21)).to.deep.equal({ from: 13, to: 20 });
    list.put(13, ['d', 'e', 'f', 'g', 'h', 'i', 'j']);
    expect(list.missing(10, 22)).to.equal(undefined);
  });

  it('drops what an answer shows to be of the past', () => {
    const list = new SparseList();
    list.put(0, ['a', 'b', 'c']);
    list.put(10, ['k', 'l']);
    list.put(3, ['d', 'k']);
    expect([list.at(10), list.at(4), list.at(2)]).to.deep.equal([undefined, 'k', 'c']);
  });

  it('finds a place by a few comparisons among many', () => {
    const list = new SparseList();
    list.put(
      0,
      Array.from({ length: 100_000 }, (_, index) => keyOf(index * 2).padStart(8, '0')),
    );
    let compared = 0;
    const counted = (key: string) => (other: string) => {
      compared += 1;
      return against(key)(other);
    };
    const key = keyOf(77_777).padStart(8, '0');
    list.insert(key, counted(key), true);
    list.remove(key, counted(key));
    expect(list.loaded).to.equal(100_000);
    expect(compared).to.be.lessThan(45);
  });
});

/*
 * Long lists are sorted by numbers: a weight of 32 bits for each entry, by which the platform sorts without asking anybody. What has the
 * same weight is told apart afterwards.
 */

/** Weights of entries lie between these two, which are for what stands before or behind all others. */
export const BEFORE_ALL = 0;
export const BEHIND_ALL = 0xffff_ffff;
const STEPS = BEHIND_ALL - 2;

/** Where the lower half of 64 bits stands in memory. */
const LOW = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1 ? 0 : 1;

/** The weights of numbers; `isExact` where the same weight means the same number. NaN stands for what has none. */
export function numberWeights(numbers: Float64Array): {
  readonly weights: Uint32Array;
  readonly isExact: boolean;
} {
  let least = Infinity;
  let most = -Infinity;
  let isWhole = true;
  for (const number of numbers) {
    if (number < least) least = number;
    if (number > most) most = number;
    if (isWhole && !Number.isNaN(number) && !Number.isInteger(number)) isWhole = false;
  }
  const span = most - least;
  const scale = span > STEPS ? STEPS / span : 1;
  const weights = new Uint32Array(numbers.length);
  for (let at = 0; at < numbers.length; at++) {
    const number = numbers[at] ?? Number.NaN;
    weights[at] = 1 + Math.floor((number - least) * scale);
  }
  return { weights, isExact: isWhole && scale === 1 };
}

/** The places of all weights, from the lightest to the heaviest; those of the same weight as they came. */
export function orderOf(weights: Uint32Array): Uint32Array {
  const { length } = weights;
  const words = new Uint32Array(2 * length);
  for (let at = 0; at < length; at++) {
    words[2 * at + LOW] = at;
    words[2 * at + 1 - LOW] = weights[at] ?? 0;
  }
  new BigUint64Array(words.buffer).sort();
  const order = new Uint32Array(length);
  for (let at = 0; at < length; at++) order[at] = words[2 * at + LOW] ?? 0;
  return order;
}

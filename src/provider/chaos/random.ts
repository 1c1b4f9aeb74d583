/** Chance that repeats. */
export interface Random {
  /** At least 0, less than 1. */
  next(): number;
  chance(probability: number): boolean;
  /** A number from `low` to `high`. */
  between(low: number, high: number): number;
  pick<T>(from: readonly T[]): T | undefined;
}

/**
 * The chance of one call among those of a seed. Each call has its own, so that a call which draws more than before (a fault
 * was switched on, say) does not shift what the next ones get. mulberry32.
 */
export function randomOf(seed: number, call: number): Random {
  let state = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(call + 1, 0xc2b2ae35);
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  // The first numbers of neighbouring states resemble each other.
  next();
  next();
  return {
    next,
    chance: (probability) => next() < probability,
    between: (low, high) => low + next() * (high - low),
    pick: (from) => from[Math.floor(next() * from.length)],
  };
}

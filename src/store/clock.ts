import type { Milliseconds } from '../model/time.js';

/** The one source of the present. Tests and stories hand in their own. */
export interface Clock {
  now(): Milliseconds;
}

export const systemClock: Clock = { now: () => Date.now() };

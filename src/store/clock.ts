import type { Milliseconds } from '../model/time.js';

/** The one source of the present. Tests and stories hand in their own. */
export interface Clock {
  now(): Milliseconds;
}

export const systemClock: Clock = { now: () => Date.now() };

/** What waits, and how long exactly. Tests hand in one that does not wait. */
export interface Timers {
  /** Runs something later. Answers the way to call it off. */
  after(milliseconds: Milliseconds, run: () => void): () => void;
  /** From 0 to 1, so that many clients do not come back at the same moment. */
  random(): number;
}

export const systemTimers: Timers = {
  after: (milliseconds, run) => {
    const timer = setTimeout(run, milliseconds);
    return () => clearTimeout(timer);
  },
  random: () => Math.random(),
};

import type { Milliseconds } from '../../model/time.js';

/** So long may drawing take in one frame before what else changes waits for the next. */
const BUDGET: Milliseconds = 12;
/** So many are drawn at once in any case: what the user does is seen without delay. */
const AT_ONCE = 3;
/** A page that is not seen draws no frames. */
const HIDDEN_FRAME: Milliseconds = 100;

/**
 * How often an element draws itself: at once, until that has taken its share of the frame; what changes then is drawn together
 * with the next. A thousand writes end one by one, and nobody can see a thousand pictures of them.
 */
export class Pace {
  #drawn = 0;
  #spent: Milliseconds = 0;
  #frame: Promise<void> | undefined;

  /** What has to be waited for before it is drawn again; undefined: nothing. */
  get wait(): Promise<void> | undefined {
    return this.#drawn >= AT_ONCE && this.#spent >= BUDGET ? this.#frame : undefined;
  }

  /** Draws, and takes note of how long that took. */
  draw(run: () => void): void {
    this.#frame ??= nextFrame().then(() => {
      this.#frame = undefined;
      this.#drawn = 0;
      this.#spent = 0;
    });
    const from = performance.now();
    try {
      run();
    } finally {
      this.#drawn += 1;
      this.#spent += performance.now() - from;
    }
  }
}

function nextFrame(): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, HIDDEN_FRAME);
    const frame = requestAnimationFrame(done);
    function done(): void {
      clearTimeout(timer);
      cancelAnimationFrame(frame);
      resolve();
    }
  });
}

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
  #isHeld = false;

  /** Draws nothing before the next frame: there is nothing to be gained by it. */
  hold(): void {
    this.#isHeld = true;
    this.#follow();
  }

  /** What has to be waited for before it is drawn again; undefined: nothing. */
  get wait(): Promise<void> | undefined {
    const isSpent = this.#drawn >= AT_ONCE && this.#spent >= BUDGET;
    return this.#isHeld || isSpent ? this.#frame : undefined;
  }

  /** Draws, and takes note of how long that took. */
  draw(run: () => void): void {
    this.#follow();
    const from = performance.now();
    try {
      run();
    } finally {
      this.#drawn += 1;
      this.#spent += performance.now() - from;
    }
  }

  #follow(): void {
    this.#frame ??= nextFrame().then(() => {
      this.#frame = undefined;
      this.#isHeld = false;
      this.#drawn = 0;
      this.#spent = 0;
    });
  }
}

/** The next frame; of a page that is not seen, some time. */
export function nextFrame(): Promise<void> {
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

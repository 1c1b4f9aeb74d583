import type { Milliseconds } from '../model/time.js';

/** What changes all the time is asked for no more often than this. */
const PAUSE: Milliseconds = 250;

/** Does something once after all that happens in this turn; wanted again within the pause, it is done once more after that. */
export class Soon {
  readonly #run: () => void;
  #isWanted = false;
  #rests = false;

  constructor(run: () => void) {
    this.#run = run;
  }

  want(): void {
    if (this.#isWanted) return;
    this.#isWanted = true;
    if (!this.#rests) queueMicrotask(() => this.#do());
  }

  #do(): void {
    this.#isWanted = false;
    this.#rests = true;
    setTimeout(() => {
      this.#rests = false;
      if (this.#isWanted) this.#do();
    }, PAUSE);
    this.#run();
  }
}

import type { Milliseconds } from '../model/time.js';
import type { Timers } from './clock.js';

/** How many changes of different records are under way at once. */
export const WIDEST = 4;
/** How long nothing is asked after a refusal for too many calls, where the backend does not say. */
const DEFAULT_PAUSE: Milliseconds = 1000;
/** So many calls in a row must go well until one more may go at once. */
const CALLS_TO_WIDEN = 8;

/**
 * One for all calls of a provider: after "too many requests" nobody asks until the time it named is over, and a little, different
 * in every tab; then fewer at once, and more again as it goes well.
 */
export class Gate {
  readonly #timers: Timers;
  #width = WIDEST;
  #wellInARow = 0;
  #closed: Promise<void> | undefined;

  /** Called when calls may go again, whoever it was that had to wait. */
  onOpen: () => void = () => undefined;

  constructor(timers: Timers) {
    this.#timers = timers;
  }

  get width(): number {
    return this.#closed ? 0 : this.#width;
  }

  get isOpen(): boolean {
    return this.#closed === undefined;
  }

  /** Fulfilled when calls may go again. */
  async pass(): Promise<void> {
    while (this.#closed) await this.#closed;
  }

  wentWell(): void {
    if (this.#width < WIDEST && (this.#wellInARow += 1) >= CALLS_TO_WIDEN) {
      this.#wellInARow = 0;
      this.#width += 1;
    }
  }

  /** The backend asked for a pause. */
  close(retryAfter: Milliseconds | undefined): void {
    this.#width = Math.max(1, this.#width >> 1);
    this.#wellInARow = 0;
    if (this.#closed) return;
    const pause = (retryAfter ?? DEFAULT_PAUSE) * (1 + this.#timers.random() * 0.25);
    this.#closed = new Promise((open) => {
      this.#timers.after(pause, () => {
        this.#closed = undefined;
        open();
        this.onOpen();
      });
    });
  }
}

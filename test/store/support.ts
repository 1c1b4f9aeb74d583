import type { Timers } from '../../src/store/clock.js';
import type { Page, PageEvent } from '../../src/store/page.js';

/** Timers that stand still until they are told to run, in the order of their time. */
export class ManualTimers implements Timers {
  #now = 0;
  readonly #waiting = new Set<{ readonly at: number; readonly run: () => void }>();

  after(milliseconds: number, run: () => void): () => void {
    const timer = { at: this.#now + milliseconds, run };
    this.#waiting.add(timer);
    return () => this.#waiting.delete(timer);
  }

  random(): number {
    return 0;
  }

  get count(): number {
    return this.#waiting.size;
  }

  /** Lets so much time pass, with all that happens in it. */
  async pass(milliseconds: number): Promise<void> {
    const end = this.#now + milliseconds;
    await settled();
    for (;;) {
      const [next] = [...this.#waiting].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
      if (!next) break;
      this.#waiting.delete(next);
      this.#now = Math.max(this.#now, next.at);
      next.run();
      await settled();
    }
    this.#now = end;
  }
}

/** Everything that needs no time has happened. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 60; turn++) await Promise.resolve();
}

/** A page to which happens what a test says. */
export class TestPage implements Page {
  isOnline = true;
  isVisible = true;
  readonly #listeners = new Set<(event: PageEvent) => void>();

  listen(listener: (event: PageEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  #isNeeded: () => boolean = () => false;

  guard(isNeeded: () => boolean): () => void {
    this.#isNeeded = isNeeded;
    return () => (this.#isNeeded = () => false);
  }

  get isHeard(): boolean {
    return this.#listeners.size > 0;
  }

  /** The user is asked before the page goes. */
  get asks(): boolean {
    return this.#isNeeded();
  }

  emit(event: PageEvent): void {
    for (const listener of [...this.#listeners]) listener(event);
  }
}

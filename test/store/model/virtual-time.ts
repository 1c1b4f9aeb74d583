interface Waiting {
  readonly at: number;
  readonly run: () => void;
}

/** What an earlier time, or the machine's, is still asked to call off is nobody's here: no two timers have the same number. */
let timers = 1_000_000_000;

const { port1, port2 } = new MessageChannel();

/** Everything that waits in JavaScript itself is done: a message comes after all promises. */
function settled(): Promise<void> {
  return new Promise((resolve) => {
    port1.onmessage = () => resolve();
    port2.postMessage(0);
  });
}

/** Time that stands until it is let pass: then what waits runs in its order, without waiting. */
export class VirtualTime {
  now = Date.parse('2026-11-23T08:00:00Z');
  readonly #waiting = new Map<number, Waiting>();
  readonly #set = globalThis.setTimeout;
  readonly #clear = globalThis.clearTimeout;

  /** In place of the machine's, until `restore`. */
  install(): void {
    globalThis.setTimeout = ((run: () => void, milliseconds = 0) => {
      const id = ++timers;
      this.#waiting.set(id, { at: this.now + milliseconds, run });
      return id;
    }) as unknown as typeof setTimeout;
    globalThis.clearTimeout = ((id: number | undefined) => {
      if (id !== undefined) this.#waiting.delete(id);
    }) as typeof clearTimeout;
  }

  restore(): void {
    globalThis.setTimeout = this.#set;
    globalThis.clearTimeout = this.#clear;
  }

  async pass(milliseconds: number): Promise<void> {
    const end = this.now + milliseconds;
    for (;;) {
      await settled();
      const [id, next] = this.#next() ?? [];
      if (id === undefined || !next || next.at > end) break;
      this.#waiting.delete(id);
      this.now = Math.max(this.now, next.at);
      next.run();
    }
    this.now = end;
  }

  #next(): [number, Waiting] | undefined {
    let first: [number, Waiting] | undefined;
    for (const entry of this.#waiting) if (!first || entry[1].at < first[1].at) first = entry;
    return first;
  }
}

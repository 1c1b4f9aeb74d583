import { failure } from '../provider/failure.js';

export type Limited = <T>(
  call: (signal: AbortSignal) => Promise<T>,
  milliseconds: number,
  signal?: AbortSignal,
) => Promise<T>;

/**
 * Runs a call under a time limit and a signal of its own. A call that has not answered by then fails with `timeout`, one
 * whose `signal` is aborted with `aborted`, whether or not the provider heeds the signal; what it answers later is dropped.
 * Only what is not answered in the turn in which it began has a timer: a thousand writes to a provider in memory need none.
 */
export function timeLimits(): Limited {
  /** What was begun in this turn, each with what starts its timer. */
  const begun = new Set<() => void>();

  function afterTurn(start: () => void): void {
    if (begun.size === 0) {
      setTimeout(() => {
        const left = [...begun];
        begun.clear();
        for (const one of left) one();
      });
    }
    begun.add(start);
  }

  return (call, milliseconds, signal) =>
    new Promise((resolve, reject) => {
      const own = new AbortController();
      let timer: ReturnType<typeof setTimeout> | undefined;
      const start = (): void => {
        timer = setTimeout(() => fail(failure('timeout')), milliseconds);
      };
      const end = (): void => {
        if (!begun.delete(start)) clearTimeout(timer);
        signal?.removeEventListener('abort', abort);
      };
      const fail = (thrown: unknown): void => {
        end();
        reject(thrown);
        // What else the call had begun is wanted no more.
        own.abort();
      };
      const abort = (): void => fail(failure('aborted'));
      afterTurn(start);
      if (signal?.aborted) abort();
      else signal?.addEventListener('abort', abort);
      // A provider may throw before it returns a promise.
      Promise.resolve()
        .then(() => call(own.signal))
        .then((answer) => {
          end();
          resolve(answer);
        }, fail);
    });
}

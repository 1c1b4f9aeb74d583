import { failure } from '../provider/failure.js';

/**
 * Runs a call under a time limit and a signal of its own. A call that has not answered by then fails with `timeout`, one
 * whose `signal` is aborted with `aborted`, whether or not the provider heeds the signal; what it answers later is dropped.
 */
export async function limited<T>(
  call: (signal: AbortSignal) => Promise<T>,
  milliseconds: number,
  signal?: AbortSignal,
): Promise<T> {
  const own = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const end = new Promise<never>((_, reject) => {
    const stop = (code: 'aborted' | 'timeout'): void => {
      reject(failure(code));
      own.abort();
    };
    timer = setTimeout(() => stop('timeout'), milliseconds);
    if (signal?.aborted) stop('aborted');
    signal?.addEventListener('abort', () => stop('aborted'), { once: true, signal: own.signal });
  });
  try {
    // A provider may throw before it returns a promise.
    const answer = Promise.resolve().then(() => call(own.signal));
    return await Promise.race([answer, end]);
  } finally {
    clearTimeout(timer);
    own.abort();
  }
}

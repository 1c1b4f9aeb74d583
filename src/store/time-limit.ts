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
  let abort: (() => void) | undefined;
  const end = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(failure('timeout')), milliseconds);
    abort = () => reject(failure('aborted'));
    if (signal?.aborted) abort();
    else signal?.addEventListener('abort', abort);
  });
  try {
    // A provider may throw before it returns a promise.
    const answer = Promise.resolve().then(() => call(own.signal));
    return await Promise.race([answer, end]);
  } catch (thrown) {
    // What else the call had begun is wanted no more.
    own.abort();
    throw thrown;
  } finally {
    clearTimeout(timer);
    if (abort) signal?.removeEventListener('abort', abort);
  }
}

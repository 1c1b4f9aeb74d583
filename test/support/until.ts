/** Between two looks, in milliseconds: a run waits some thousand times, and each time half of this for nothing. */
const INTERVAL = 4;
/** Where a page draws no frames, in milliseconds. */
const LONGEST_FRAME = 100;

/** Waits until a condition holds. `timeout` in milliseconds; what did not come to hold is named by the error, worked out then. */
export async function waitUntil(
  condition: () => unknown,
  message: string | (() => string) = 'a condition holds',
  { timeout = 5000 }: { readonly timeout?: number } = {},
): Promise<void> {
  // Made here, where the stack still says who waits.
  const late = new Error();
  const deadline = performance.now() + timeout;
  while (!(await condition())) {
    if (performance.now() > deadline) {
      const what = typeof message === 'string' ? message : message();
      late.message = `Not within ${String(timeout)} ms: ${what}`;
      throw late;
    }
    await new Promise((resolve) => setTimeout(resolve, INTERVAL));
  }
  // A user sees frames, and acts upon what is drawn in them.
  await new Promise((resolve) => {
    requestAnimationFrame(() => setTimeout(resolve));
    setTimeout(resolve, LONGEST_FRAME);
  });
}

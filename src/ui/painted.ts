/** Resolves when what is drawn now is on the screen. A page that nobody looks at paints nothing. */
export function painted(): Promise<void> {
  return new Promise((resolve) => {
    if (document.hidden) resolve();
    else requestAnimationFrame(() => setTimeout(resolve));
  });
}

/** Resolves when what is drawn now is on the screen and there is nothing else to do; soon in any case. */
export async function idle(): Promise<void> {
  await painted();
  // The page has handed the frame over; to put it on the screen takes the machine another.
  await painted();
  // Safari has no such notice.
  if (!('requestIdleCallback' in globalThis)) return;
  await new Promise<unknown>((resolve) => requestIdleCallback(resolve, { timeout: LONGEST_WAIT }));
}

const LONGEST_WAIT = 300;

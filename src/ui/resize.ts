/**
 * Tells in the next frame that what it observes has another size. Were it told at once, whatever is laid out anew because of it would
 * have to be told in the same frame again, and the browser reports that to the page as an error.
 */
export function resizeObserver(changed: () => void): ResizeObserver {
  let frame = 0;
  return new ResizeObserver(() => {
    if (frame !== 0) return;
    frame = requestAnimationFrame(() => {
      frame = 0;
      changed();
    });
  });
}

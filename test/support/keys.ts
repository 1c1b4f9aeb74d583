import { sendKeys } from '@web/test-runner-commands';

/** Presses a real key, and waits until the page has got it: Firefox answers before that. */
export async function press(key: string): Promise<void> {
  const released = new Promise((resolve) => {
    window.addEventListener('keyup', resolve, { capture: true, once: true });
  });
  await sendKeys({ press: key });
  await released;
}

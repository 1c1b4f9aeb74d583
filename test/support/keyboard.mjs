// What a user does by keyboard alone, by the role and name of what they look for.

/** Goes along the page with Tab, or another key, until this has the focus. */
export async function tabTo(page, target, key = 'Tab') {
  const hasFocus = follow(target);
  for (let press = 0; press < 80; press++) {
    if (await hasFocus()) return;
    await page.keyboard.press(key);
  }
  throw new Error(`${key} does not lead to ${target}`);
}

/** By the arrows of the open menu. */
export async function choose(page, name, role = 'menuitemradio') {
  const hasFocus = follow(page.getByRole(role, { name, exact: typeof name === 'string' }));
  for (let press = 0; press < 40; press++) {
    if (await hasFocus()) break;
    await page.keyboard.press('ArrowDown');
  }
  await page.keyboard.press('Enter');
}

/** Tells again and again whether this has the focus: it is sought by its role only when it is another element. */
function follow(target) {
  let handle;
  return async () => {
    handle ??= await target.elementHandle();
    const found = await handle.evaluate((element) =>
      element.isConnected ? element.matches(':focus') : undefined,
    );
    if (found !== undefined) return found;
    handle = await target.elementHandle();
    return handle.evaluate((element) => element.matches(':focus'));
  };
}

export async function rowsAreThere(page) {
  await page.getByRole('row').nth(1).waitFor();
}

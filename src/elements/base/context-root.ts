import { ContextRoot } from '@lit/context';

const KEY = Symbol.for('activity-kit.context-root');

/** Lets elements that are upgraded before their context find it later. One per page, whatever number of copies of the kit. */
export function attachContextRoot(): void {
  // By its own name: the one-file build puts something in place of a missing `document`.
  if (!('document' in globalThis)) return;
  const page = globalThis as { [KEY]?: ContextRoot };
  if (page[KEY]) return;
  const root = new ContextRoot();
  root.attach(document.documentElement);
  page[KEY] = root;
}

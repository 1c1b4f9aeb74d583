import { ContextRoot } from '@lit/context';

const KEY = Symbol.for('activity-kit.context-root');

/** Lets elements that are upgraded before their context find it later. One per page, whatever number of copies of the kit. */
export function attachContextRoot(): void {
  if (typeof document === 'undefined') return;
  const page = globalThis as { [KEY]?: ContextRoot };
  if (page[KEY]) return;
  const root = new ContextRoot();
  root.attach(document.documentElement);
  page[KEY] = root;
}

import '../../../src/define/define-all.js';
import type { ActivityContext } from '../../../src/elements/activity-context/activity-context.js';
import type { Activity } from '../../../src/model/activity.js';
import {
  createMemoryProvider,
  type MemoryProvider,
} from '../../../src/provider/memory/memory-provider.js';

const user = { kind: 'user', id: 'mona', name: 'Mona Sanders' };
const account = { kind: 'account', id: 'wingtip', name: 'Wingtip Toys' };

const activities = Array.from({ length: 40 }, (_, index): Activity => ({
  id: `id-${String(index)}`,
  type: 'task',
  subject: `Follow up ${String(index)}`,
  state: 'open',
  statusReason: 'not-started',
  due: '2026-11-23T10:00:00Z',
  owner: user,
  regarding: account,
  version: '1',
}));

const source = (): MemoryProvider => createMemoryProvider({ name: 'leaving', activities, user });

const shared = source();

const PROPERTIES: { readonly [tag: string]: object } = {
  'activity-form': { mode: 'inline', activityId: 'id-3' },
  'activity-timeline': { record: account },
};

async function frames(count: number): Promise<void> {
  for (let left = count; left > 0; left--) {
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  }
}

/** Shows an element some times, on one data source or on one of its own each time, types into it and takes it away. */
async function comeAndGo(tag: string, times: number, isShared: boolean): Promise<void> {
  for (let left = times; left > 0; left--) {
    const context = document.createElement('activity-context') as ActivityContext;
    Object.assign(context, { locale: 'en', provider: isShared ? shared : source() });
    const element = document.createElement(tag);
    Object.assign(element, PROPERTIES[tag]);
    context.append(element);
    document.body.append(context);
    await frames(4);
    const field = element.shadowRoot?.querySelector<HTMLTextAreaElement>('textarea');
    if (field) {
      field.value = `Typed ${String(left)}`;
      field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
    }
    await frames(2);
    context.remove();
  }
}

Object.assign(globalThis, { comeAndGo });

import 'activity-kit/define-all.js';
import { createMemoryProvider } from 'activity-kit/providers/memory.js';
import type { Activity } from '../../../src/model/activity.js';

const now = Date.now();
const day = 86_400_000;

const types = ['task', 'phonecall', 'email', 'appointment', 'note'];
const activities = Array.from({ length: 40 }, (_, index): Activity => {
  const at = new Date(now + (index - 20) * day).toISOString();
  const end = new Date(now + (index - 20) * day + 3_600_000).toISOString();
  const type = types[index % types.length] ?? 'task';
  return {
    id: String(index + 1),
    type,
    subject: `Subject ${index + 1}`,
    ...(type === 'email'
      ? { description: '<p>as <b>text</b></p>', descriptionFormat: 'html' }
      : { description: '<img src=x onerror="alert(1)"> as text' }),
    state: type === 'note' ? null : type === 'appointment' ? 'scheduled' : 'open',
    regarding: { kind: 'account', id: 'a1', name: 'Wingtip Toys' },
    createdAt: at,
    ...(type === 'appointment' ? { start: at, end } : { due: at }),
  };
});

const context = document.querySelector('activity-context');
if (context) context.provider = createMemoryProvider({ activities });

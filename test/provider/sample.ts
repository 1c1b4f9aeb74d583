import type { Activity, ActivityState, RecordRef } from '../../src/model/activity.js';
import type { RecordSummary } from '../../src/provider/provider.js';

/** Monday, 23 November 2026, 08:00 UTC. */
export const NOW = Date.parse('2026-11-23T08:00:00Z');
export const now = (): number => NOW;

export const cecil: RecordRef = { kind: 'contact', id: 'c-1', name: 'Cecil Langer' };
export const wingtip: RecordRef = { kind: 'account', id: 'a-1', name: 'Wingtip Toys' };
export const deal: RecordRef = { kind: 'opportunity', id: 'o-1', name: 'Wooden trains' };
export const ana: RecordRef = { kind: 'user', id: 'u-1', name: 'Ana Bowman' };
export const ben: RecordRef = { kind: 'user', id: 'u-2', name: 'Ben Chu' };

export const records: readonly RecordSummary[] = [
  { ref: wingtip },
  { ref: cecil, parent: wingtip },
  { ref: deal, parent: wingtip, deal: { value: { amount: 5000, currency: 'EUR' } } },
  { ref: ana },
  { ref: ben },
];

const at = (days: number): string => new Date(NOW + days * 86_400_000).toISOString();

/** Forty activities of several types and states around `NOW`, about three records, by two owners. */
export const activities: readonly Activity[] = Array.from({ length: 40 }, (_, index): Activity => {
  const type = ['task', 'phonecall', 'appointment', 'task', 'email'][index % 5] ?? 'task';
  const states: ActivityState[] = ['open', 'open', 'completed', 'canceled'];
  const planned = type === 'appointment';
  const state = planned && index % 2 === 0 ? 'scheduled' : (states[index % 4] ?? 'open');
  const day = (index % 15) - 5;
  const regarding = [cecil, wingtip, deal, null][index % 4];
  return {
    id: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
    type,
    subject: `${['Call', 'Visit', 'Offer', 'answer'][(index * 7) % 4] ?? ''} number ${String(index)}`,
    state,
    description: `What to say about ${String(index)}`,
    ...(index % 3 === 0 && { priority: 'high' }),
    ...(planned ? { start: at(day), end: at(day + 0.04) } : index % 6 !== 1 && { due: at(day) }),
    owner: index % 3 === 0 ? ben : ana,
    ...(regarding !== undefined && { regarding }),
    ...(type === 'phonecall' && { parties: [{ role: 'to', record: cecil }] }),
    createdAt: at(-30 + index / 10),
    modifiedAt: at(-20 + ((index * 11) % 40) / 10),
    version: `v${String(index)}`,
  };
});

import { fixture, html } from '@open-wc/testing';
import type { TemplateResult } from 'lit';
import type { Activity, RecordRef } from '../../src/model/activity.js';
import type { ActivityType } from '../../src/model/activity-type.js';
import {
  createMemoryProvider,
  type MemoryProvider,
} from '../../src/provider/memory/memory-provider.js';
import type { RecordSummary } from '../../src/provider/provider.js';
import type { Clock } from '../../src/store/clock.js';

/** Monday, 23 November 2026, 11:35 in Berlin. */
export const NOW = Date.parse('2026-11-23T10:35:00Z');
export const TIME_ZONE = 'Europe/Berlin';
export const clock: Clock = { now: () => NOW };

export const mona: RecordRef = { kind: 'user', id: 'u-mona', name: 'Mona Sanders' };
export const jun: RecordRef = { kind: 'user', id: 'u-jun', name: 'Jun Park' };
export const wingtip: RecordRef = { kind: 'account', id: 'a-wingtip', name: 'Wingtip Toys' };
export const cecil: RecordRef = { kind: 'contact', id: 'c-cecil', name: 'Cecil Langer' };
export const pilot: RecordRef = { kind: 'opportunity', id: 'o-pilot', name: 'Pilot, 40 seats' };

export const records: readonly RecordSummary[] = [
  { ref: mona },
  { ref: jun },
  { ref: wingtip, detail: 'Rotterdam' },
  { ref: cecil, parent: wingtip, detail: 'Buyer' },
  {
    ref: pilot,
    parent: wingtip,
    deal: {
      value: { amount: 64_000, currency: 'EUR' },
      stage: 'Propose',
      stageIndex: 2,
      stageCount: 4,
    },
  },
];

// A page of tests goes when they are done, whatever some of them left under way.
window.addEventListener('beforeunload', (event) => {
  if (event.isTrusted) event.stopImmediatePropagation();
});

let count = 0;

/** A type of a host's own, with a choice. */
export const siteVisit: ActivityType = {
  name: 'site-visit',
  label: 'Site visit',
  plural: 'Site visits',
  icon: 'location',
  hue: 'task',
  states: {
    open: { reasons: [{ name: 'open', label: 'Open' }], default: 'open' },
    completed: { reasons: [{ name: 'done', label: 'Done' }], default: 'done' },
  },
  transitions: { open: ['completed'], completed: ['open'] },
  deadline: 'due',
  roles: [],
  fields: [
    {
      name: 'stage',
      label: 'Stage',
      kind: 'choice',
      choices: [
        { value: 'prepared', label: 'Prepared' },
        { value: 'visited', label: 'Visited' },
      ],
    },
    { name: 'guests', label: 'Guests', kind: 'number' },
  ],
};

/** An open task of Mona's due today at 16:30, but for what is said otherwise. */
export function activity(more: Partial<Activity> = {}): Activity {
  count += 1;
  return {
    id: `id-${String(count)}`,
    type: 'task',
    subject: `Activity ${String(count)}`,
    state: 'open',
    statusReason: 'not-started',
    due: '2026-11-23T15:30:00Z',
    owner: mona,
    regarding: null,
    version: '1',
    createdAt: '2026-11-20T09:00:00Z',
    modifiedAt: '2026-11-20T09:00:00Z',
    createdBy: mona,
    modifiedBy: mona,
    ...more,
  };
}

export function memory(activities: readonly Activity[]): MemoryProvider {
  return createMemoryProvider({ activities, records, user: mona, team: [jun], now: clock.now });
}

/** Mounts inside a context with this provider, fixed clock, English, Berlin; answers the context element. */
export async function inContext(provider: unknown, content: TemplateResult): Promise<HTMLElement> {
  return fixture<HTMLElement>(
    html`<activity-context
      .provider=${provider}
      .clock=${clock}
      locale="en-GB"
      time-zone=${TIME_ZONE}
      >${content}</activity-context
    >`,
  );
}

import type { Activity } from '../../src/model/activity.js';
import {
  createMemoryProvider,
  type MemoryProvider,
} from '../../src/provider/memory/memory-provider.js';
import { failure, type FailureCode } from '../../src/provider/failure.js';
import type { ActivityDataProvider } from '../../src/provider/provider.js';
import type { Clock } from '../../src/store/clock.js';
import { createDemoData } from '../../demo/data/create-demo-data.js';
import { siteSurvey } from '../../demo/data/own-types.js';

/*
 * What stories show: always the same data at the same moment, so that two pictures of a story differ only where the
 * element does.
 */

export const TODAY = '2026-11-23';
export const TIME_ZONE = 'Europe/Berlin';
export const NOW = Date.parse('2026-11-23T10:35:00Z');
export const clock: Clock = { now: () => NOW };
export const data = createDemoData({ today: TODAY, timeZone: TIME_ZONE });

/** The demo's firm in memory; every story has its own, so that what is done in one is not seen in another. */
export function fullSource(): MemoryProvider {
  return createMemoryProvider({ ...data, types: [siteSurvey], now: clock.now });
}

/** Some rows of one's own, with the demo's people and records. */
export function sourceOf(activities: readonly Activity[]): MemoryProvider {
  return createMemoryProvider({ ...data, activities, types: [siteSurvey], now: clock.now });
}

const isMine = ({ owner }: Activity): boolean => owner?.id === data.user.id;
const isToday = ({ start, due }: Activity): boolean => (start ?? due ?? '').startsWith(TODAY);

/** What Mona Sanders has not done by today. */
export const late = data.activities.filter(
  (activity) =>
    isMine(activity) && activity.state === 'open' && activity.due && activity.due < TODAY,
);

/**
 * Of what the demo's firm has one in 24, and all that Mona Sanders is late with or has to do today: as many as there is room for. Most
 * stories need no more, and their check, which looks at each element of the page several times, is sooner through with them. Each
 * element has stories on all of it.
 */
export const few = data.activities.filter(
  (activity, index) =>
    index % 24 === 0 || late.includes(activity) || (isMine(activity) && isToday(activity)),
);

export function shortSource(): MemoryProvider {
  return sourceOf(few);
}

export function emptySource(): MemoryProvider {
  return sourceOf([]);
}

/** Never answers. */
export function waitingSource(): ActivityDataProvider {
  return { query: () => new Promise(() => undefined) };
}

export function failingSource(code: FailureCode = 'network'): ActivityDataProvider {
  return { query: () => Promise.reject(failure(code)) };
}

/** The record with this name. */
export function recordNamed(name: string): { kind: string; id: string; name?: string } {
  const found = data.records.find(({ ref }) => ref.name === name);
  if (!found) throw new Error(`The demo's data has no ${name}`);
  return found.ref;
}

import type { Activity, ActivityDataProvider } from '../../src/index.js';

/** What you have as a list already. */
export function listProvider(activities: readonly Activity[]): ActivityDataProvider {
  return { query: () => Promise.resolve(activities) };
}

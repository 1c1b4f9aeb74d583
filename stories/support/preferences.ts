import type { ActivityPreferences } from '../../src/provider/preferences.js';
import type { Json } from '../../src/model/json.js';

/** What was kept of a user. */
export function kept(values: { readonly [key: string]: Json }): ActivityPreferences {
  const map = new Map(Object.entries(values));
  return {
    read: (key) => Promise.resolve(map.get(key)),
    write: (key, value) => {
      if (value === undefined) map.delete(key);
      else map.set(key, value);
      return Promise.resolve();
    },
    forget: () => Promise.resolve(map.clear()),
  };
}

import type { ActivityDataProvider } from '../provider/provider.js';
import { ActivityStore, type StoreOptions } from './activity-store.js';

const stores = new WeakMap<ActivityDataProvider, ActivityStore>();

/** The one store of a provider. `options` count for the first who asks. */
export function storeFor(provider: ActivityDataProvider, options?: StoreOptions): ActivityStore {
  let store = stores.get(provider);
  if (!store) stores.set(provider, (store = new ActivityStore(provider, options)));
  return store;
}

import type { Json } from '../model/json.js';

/** What becomes of what is kept; undefined: nothing is. */
export type PreferenceChange = (value: Json | undefined) => Json | undefined;

/**
 * What belongs to the user and not to the data: *Show as*, columns, personal views, drafts. Keys are `element.what`
 * (`grid.columns`, `form.draft:ID`), values plain JSON. A host that keeps such things on its server supplies its own, on the
 * context, on an element, or with its provider.
 */
export interface ActivityPreferences {
  /** Undefined: nothing was written under this key. */
  read(key: string): Promise<Json | undefined>;
  /** Fulfilled when it is kept; undefined removes. */
  write(key: string, value: Json | undefined): Promise<void>;
  /** Erases all that is kept of this user for this data source; rejects where that fails. */
  forget(): Promise<void>;
  /**
   * Says what is about to be written: should the page go before it is, it is kept all the same. `change` is asked when the page goes.
   * Answers the way to say that it is written, or given up.
   */
  hold?(key: string, change: PreferenceChange): () => void;
  /** Hears the keys that anybody wrote, other tabs included. Answers the way to end it. */
  subscribe?(listener: (key: string) => void): () => void;
}

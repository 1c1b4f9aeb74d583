import type { Activity, ActivityPatch, ActivityState } from '../model/activity.js';
import type { Rest } from '../model/query.js';

/** A change of status that was asked for. */
export interface StatusChange {
  readonly activities: readonly Activity[];
  readonly to: ActivityState;
  /** One of the target state's reasons; left out, each type's default. */
  readonly reason?: string;
  /** What goes along in the same write. */
  readonly patch?: ActivityPatch;
  /** More that match but are not loaded. */
  readonly rest?: Rest;
}

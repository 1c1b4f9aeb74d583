import type { Activity, ActivityPatch } from '../model/activity.js';
import type { SeriesScope } from '../model/recurrence.js';
import type { Rest } from '../model/query.js';
import { ActivityRequestEvent } from './activity-request-event.js';

/** Asks the host's leave to edit activities, each the same way. */
export class ActivityUpdateEvent extends ActivityRequestEvent<{
  readonly activities: readonly Activity[];
  readonly patch: ActivityPatch;
  readonly rest?: Rest;
  /** Of one date of several that repeat: that it is meant for more than this one. */
  readonly scope?: SeriesScope;
}> {
  static readonly eventName = 'activity-update';

  constructor(detail: ActivityUpdateEvent['detail']) {
    super(ActivityUpdateEvent.eventName, detail);
  }
}

declare global {
  interface HTMLElementEventMap {
    'activity-update': ActivityUpdateEvent;
  }
}

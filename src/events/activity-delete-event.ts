import type { Activity } from '../model/activity.js';
import type { SeriesScope } from '../model/recurrence.js';
import type { Rest } from '../model/query.js';
import { ActivityRequestEvent } from './activity-request-event.js';

/** Asks the host's leave to delete activities. */
export class ActivityDeleteEvent extends ActivityRequestEvent<{
  readonly activities: readonly Activity[];
  readonly rest?: Rest;
  /** Of one date of several that repeat: that it is meant for more than this one. */
  readonly scope?: SeriesScope;
}> {
  static readonly eventName = 'activity-delete';

  constructor(detail: ActivityDeleteEvent['detail']) {
    super(ActivityDeleteEvent.eventName, detail);
  }
}

declare global {
  interface HTMLElementEventMap {
    'activity-delete': ActivityDeleteEvent;
  }
}

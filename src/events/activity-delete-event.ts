import type { Activity } from '../model/activity.js';
import type { Rest } from '../model/query.js';
import { ActivityRequestEvent } from './activity-request-event.js';

/** Asks the host's leave to delete activities. */
export class ActivityDeleteEvent extends ActivityRequestEvent<{
  readonly activities: readonly Activity[];
  readonly rest?: Rest;
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

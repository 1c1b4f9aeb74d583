import type { Activity } from '../model/activity.js';
import { ActivityRequestEvent } from './activity-request-event.js';

/** Asks the host's leave to send emails. */
export class ActivitySendEvent extends ActivityRequestEvent<{
  readonly activities: readonly Activity[];
}> {
  static readonly eventName = 'activity-send';

  constructor(detail: ActivitySendEvent['detail']) {
    super(ActivitySendEvent.eventName, detail);
  }
}

declare global {
  interface HTMLElementEventMap {
    'activity-send': ActivitySendEvent;
  }
}

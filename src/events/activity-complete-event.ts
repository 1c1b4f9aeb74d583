import type { StatusChange } from './status-change.js';
import { ActivityRequestEvent } from './activity-request-event.js';

/** Asks the host's leave to complete activities; follows `activity-move-status` where the target is completed. */
export class ActivityCompleteEvent extends ActivityRequestEvent<StatusChange> {
  static readonly eventName = 'activity-complete';

  constructor(detail: ActivityCompleteEvent['detail']) {
    super(ActivityCompleteEvent.eventName, detail);
  }
}

declare global {
  interface HTMLElementEventMap {
    'activity-complete': ActivityCompleteEvent;
  }
}

import type { StatusChange } from './status-change.js';
import { ActivityRequestEvent } from './activity-request-event.js';

/** Asks the host's leave to change the status of activities; fired for every gesture that would. */
export class ActivityMoveStatusEvent extends ActivityRequestEvent<StatusChange> {
  static readonly eventName = 'activity-move-status';

  constructor(detail: ActivityMoveStatusEvent['detail']) {
    super(ActivityMoveStatusEvent.eventName, detail);
  }
}

declare global {
  interface HTMLElementEventMap {
    'activity-move-status': ActivityMoveStatusEvent;
  }
}

import type { ActivityDraft } from '../model/activity.js';
import { ActivityRequestEvent } from './activity-request-event.js';

/** Something new is wanted: from an empty slot, a lane's +, "plan next". Unless the host takes it, the nearest workspace or context shows `activity-quick-create`, if that is defined. */
export class ActivityComposeEvent extends ActivityRequestEvent<{ readonly draft: ActivityDraft }> {
  static readonly eventName = 'activity-compose';

  constructor(detail: ActivityComposeEvent['detail']) {
    super(ActivityComposeEvent.eventName, detail);
  }
}

declare global {
  interface HTMLElementEventMap {
    'activity-compose': ActivityComposeEvent;
  }
}

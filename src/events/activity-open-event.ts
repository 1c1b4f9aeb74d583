import type { Activity } from '../model/activity.js';
import { ActivityRequestEvent } from './activity-request-event.js';

/** A subject was clicked. Unless the host takes it, the nearest workspace or context shows `activity-form`, if that is defined. */
export class ActivityOpenEvent extends ActivityRequestEvent<{ readonly activity: Activity }> {
  static readonly eventName = 'activity-open';

  constructor(detail: ActivityOpenEvent['detail']) {
    super(ActivityOpenEvent.eventName, detail);
  }
}

declare global {
  interface HTMLElementEventMap {
    'activity-open': ActivityOpenEvent;
  }
}

import type { ActivityDraft } from '../model/activity.js';
import { ActivityRequestEvent } from './activity-request-event.js';

/** Asks the host's leave to create an activity. */
export class ActivityCreateEvent extends ActivityRequestEvent<{ readonly draft: ActivityDraft }> {
  static readonly eventName = 'activity-create';

  constructor(detail: ActivityCreateEvent['detail']) {
    super(ActivityCreateEvent.eventName, detail);
  }
}

declare global {
  interface HTMLElementEventMap {
    'activity-create': ActivityCreateEvent;
  }
}

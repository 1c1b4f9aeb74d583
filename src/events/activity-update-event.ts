import type { Activity, ActivityPatch } from '../model/activity.js';
import type { Rest } from '../model/query.js';
import { ActivityRequestEvent } from './activity-request-event.js';

/** Asks the host's leave to edit activities, each the same way. */
export class ActivityUpdateEvent extends ActivityRequestEvent<{
  readonly activities: readonly Activity[];
  readonly patch: ActivityPatch;
  readonly rest?: Rest;
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

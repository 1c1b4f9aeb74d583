import type { RecordDraft, RecordSummary } from '../provider/provider.js';
import { ActivityRequestEvent } from './activity-request-event.js';

/**
 * A picker was asked for a record that is not there yet. The host may make it itself, with a form of its own, and answer it by
 * `respondWith` (undefined: none after all); unless it does, the provider's `createRecord` makes one by its name alone.
 */
export class ActivityCreateRecordEvent extends ActivityRequestEvent<
  RecordDraft,
  RecordSummary | undefined
> {
  static readonly eventName = 'activity-create-record';

  constructor(detail: RecordDraft) {
    super(ActivityCreateRecordEvent.eventName, detail);
  }
}

declare global {
  interface HTMLElementEventMap {
    'activity-create-record': ActivityCreateRecordEvent;
  }
}

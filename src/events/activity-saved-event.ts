import type { WriteResult } from '../store/acts.js';

/** News: how writes ended, each with its own result. Not cancelable. */
export class ActivitySavedEvent extends CustomEvent<{
  /** create, update, move-status, delete. */
  readonly action: string;
  readonly results: readonly WriteResult[];
}> {
  static readonly eventName = 'activity-saved';

  constructor(detail: ActivitySavedEvent['detail']) {
    super(ActivitySavedEvent.eventName, { detail, bubbles: true, composed: true });
  }
}

declare global {
  interface HTMLElementEventMap {
    'activity-saved': ActivitySavedEvent;
  }
}

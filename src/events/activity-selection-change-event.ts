import type { Rest } from '../model/query.js';

/** News: the user selected other activities. Not cancelable. */
export class ActivitySelectionChangeEvent extends CustomEvent<{
  /** Ids. */
  readonly selection: readonly string[];
  /** More that are selected but not loaded. */
  readonly rest?: Rest;
}> {
  static readonly eventName = 'activity-selection-change';

  constructor(detail: ActivitySelectionChangeEvent['detail']) {
    super(ActivitySelectionChangeEvent.eventName, { detail, bubbles: true, composed: true });
  }
}

declare global {
  interface HTMLElementEventMap {
    'activity-selection-change': ActivitySelectionChangeEvent;
  }
}

import type { Json } from '../model/json.js';

/** News: the user changed what is shown or how (sort, date, filters, *Show as*). `detail` has the properties that changed. Not cancelable. */
export class ActivityViewChangeEvent extends CustomEvent<{ readonly [property: string]: Json }> {
  static readonly eventName = 'activity-view-change';

  constructor(detail: ActivityViewChangeEvent['detail']) {
    super(ActivityViewChangeEvent.eventName, { detail, bubbles: true, composed: true });
  }
}

declare global {
  interface HTMLElementEventMap {
    'activity-view-change': ActivityViewChangeEvent;
  }
}

import type { ProviderFailure } from '../provider/failure.js';

/** News: something failed. Not cancelable. It is shown by the element too; this is for the host's log or sign-in. */
export class ActivityErrorEvent extends CustomEvent<{
  readonly error: ProviderFailure;
  /** The activities it is about; empty for a question that failed. */
  readonly ids: readonly string[];
}> {
  static readonly eventName = 'activity-error';
  /** Tries again, where that makes sense. */
  readonly retry: (() => void) | undefined;

  constructor(detail: ActivityErrorEvent['detail'], retry?: () => void) {
    super(ActivityErrorEvent.eventName, { detail, bubbles: true, composed: true });
    this.retry = retry;
  }
}

declare global {
  interface HTMLElementEventMap {
    'activity-error': ActivityErrorEvent;
  }
}

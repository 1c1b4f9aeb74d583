import { isClosed, type Activity } from '../../model/activity.js';
import type { Localizer } from '../../i18n/localizer.js';
import type { ProviderFailure } from '../../provider/failure.js';

/*
 * What is closed says that it is, whatever was wanted of it: that it can't go to a status is no answer to who did not mean one.
 */

/** Why nothing more is done to what is closed; `isMove`: it was to go to a status. */
export function closedReason(words: Localizer, { state }: Activity, isMove: boolean): string {
  if (isMove && state === 'completed') return words.say('refusal.already-completed');
  if (isMove && state === 'canceled') return words.say('refusal.already-canceled');
  return words.say('refusal.closed');
}

/** Why it failed, for this activity. */
export function failureReason(
  words: Localizer,
  failure: ProviderFailure,
  activity: Activity | undefined,
  isMove: boolean,
): string {
  const isUnsaid = failure.code === 'transition-refused' && failure.message === '';
  return isUnsaid && activity && isClosed(activity)
    ? closedReason(words, activity, isMove)
    : words.failure(failure);
}

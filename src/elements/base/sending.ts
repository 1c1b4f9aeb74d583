import type { Activity, ActivityDraft } from '../../model/activity.js';
import type { ActivityType } from '../../model/activity-type.js';
import { may } from '../../provider/may.js';
import type { FormController } from '../../ui/fields/form-controller.js';
import type { ActivityElement } from './activity-element.js';

/** It is completed by being sent. */
export function isWritten(type: ActivityType): boolean {
  return type.states.completed?.reasons.some(({ name }) => name === 'sent') === true;
}

/** What goes to an address is sent by the data source, where it can do that. */
export function canSend(
  { store }: ActivityElement,
  activity: ActivityDraft,
  type: ActivityType,
): boolean {
  return (
    store !== undefined &&
    isWritten(type) &&
    type.roles.some(({ address }) => address === true) &&
    activity.fields?.['direction'] !== 'incoming' &&
    may('send', activity as Activity, store.permissions) === true
  );
}

/** Whether it goes to anybody; where it does not, the form says so. */
export function isAddressed(host: ActivityElement, form: FormController): boolean {
  const { draft, type } = form;
  if (draft.parties?.some(({ role }) => ['to', 'cc', 'bcc'].includes(role))) return true;
  const to = host.words.roleName(type, 'to');
  form.refuse({ 'parties.to': host.words.say('invalid.required', to) });
  return false;
}

import type { Activity } from '../../model/activity.js';
import type { ActivityType } from '../../model/activity-type.js';
import type { Localizer } from '../../i18n/localizer.js';

/** What it is, who made it and who changed it last. */
export function stamps(activity: Activity, type: ActivityType, words: Localizer): string {
  const { createdBy, createdAt, modifiedBy, modifiedAt } = activity;
  const parts = [words.typeName(type)];
  if (createdBy && createdAt !== undefined) {
    parts.push(words.say('form.created', words.recordName(createdBy), words.ago(createdAt)));
  }
  if (modifiedBy && modifiedAt !== undefined && modifiedAt !== createdAt) {
    parts.push(words.say('form.changed', words.recordName(modifiedBy), words.ago(modifiedAt)));
  }
  return parts.join(' · ');
}

import type { Localizer } from '../../i18n/localizer.js';
import type { Activity } from '../../model/activity.js';
import type { ActivityType } from '../../model/activity-type.js';
import { valueAt } from '../../model/draft.js';
import type { FormField } from '../../model/form-fields.js';
import { reasonsToChoose } from '../../model/transitions.js';
import type { ProviderFailure } from '../../provider/failure.js';

/** What is asked about what is done already. */
export function loggedFields(type: ActivityType): FormField[] {
  const fields: FormField[] = [
    { path: 'actualEnd', label: 'field.actualEnd', kind: 'time', required: false },
    { path: 'actualDuration', label: 'field.actualDuration', kind: 'duration', required: false },
  ];
  const reasons = reasonsToChoose(type.states.completed);
  if (reasons.length > 1) {
    fields.push({
      path: 'statusReason',
      label: 'field.statusReason',
      kind: 'choice',
      required: false,
      choices: reasons.map(({ name, label }) => ({ value: name, label })),
      fallback: type.states.completed?.default ?? '',
    });
  }
  if (type.outcomes?.length) fields.push(outcomeField(type));
  return fields;
}

/** What was said of an activity when it was done, as far as anything was; its status reason stands beside its state. */
export function doneFields(activity: Activity, type: ActivityType): FormField[] {
  if (activity.state !== 'completed') return [];
  const fields: FormField[] = [
    ...loggedFields(type).filter(({ path }) => path !== 'statusReason' && path !== 'outcome'),
    outcomeField(type, activity.outcome),
    { path: 'outcomeNote', label: 'field.outcomeNote', kind: 'longtext', required: false },
  ];
  return fields.filter(({ path }) => (valueAt(activity, path) ?? '') !== '');
}

/** `said` stands among the choices though the type no longer has it. */
function outcomeField({ outcomes = [] }: ActivityType, said?: string): FormField {
  const known = outcomes.map(({ name, label }) => ({ value: name, label }));
  const isKnown = said === undefined || known.some(({ value }) => value === said);
  return {
    path: 'outcome',
    label: 'field.outcome',
    kind: 'choice',
    required: false,
    choices: isKnown ? known : [...known, { value: said, label: { en: said } }],
  };
}

/** The source has no place for how it went. */
export function hasNoPlace(error: ProviderFailure | undefined): boolean {
  const names = Object.keys(error?.fields ?? {});
  return (
    error?.code === 'unsupported' && (names.includes('outcome') || names.includes('outcomeNote'))
  );
}

/** A description with how it went behind it, for a source that has no other place for that. */
export function withHowItWent(
  description: string | null | undefined,
  outcome: string | null | undefined,
  outcomeNote: string | null | undefined,
  type: ActivityType,
  words: Localizer,
): string {
  const said = [outcome && words.outcomeName(type, outcome), outcomeNote]
    .filter(Boolean)
    .join(': ');
  return [description, said].filter(Boolean).join('\n\n');
}

import type { ActivityDraft } from '../model/activity.js';
import type { ActivityType } from '../model/activity-type.js';
import { formFields } from '../model/form-fields.js';
import { validate, type Problem } from '../model/validate.js';
import type { Localizer } from './localizer.js';

/** What is wrong with a field, for the one who filled it in. `label`: the field's name in their language. */
export function problemText(problem: Problem, label: string, words: Localizer): string {
  switch (problem.code) {
    case 'required':
      return words.say('invalid.required', label);
    case 'too-long':
      return words.say('invalid.too-long', problem.max, problem.length);
    case 'skipped-time':
      return words.say('invalid.skipped-time', words.clock(problem.minutes));
    case 'min':
      return words.say('invalid.min', problem.min);
    case 'max':
      return words.say('invalid.max', problem.max);
    case 'range':
      return words.say('invalid.range', problem.min, problem.max);
    case 'host':
      return problem.text;
    default:
      return words.say(`invalid.${problem.code}`);
  }
}

/** What a field at a path is called in a form of this type. */
export function fieldLabel(path: string, type: ActivityType, words: Localizer): string {
  // What is typed into the editor of a rule belongs to the one field.
  const whole = path.replace(/^series\..*/, 'series');
  const field = formFields(type).find((candidate) => candidate.path === whole);
  return words.label(field?.label ?? `field.${whole}`);
}

/** `validate()` in words, by the path of the field. */
export function validationErrors(
  draft: ActivityDraft,
  type: ActivityType,
  words: Localizer,
  changed?: ReadonlySet<string>,
): ReadonlyMap<string, string> {
  const errors = new Map<string, string>();
  for (const [path, problem] of validate(draft, type, changed)) {
    errors.set(path, problemText(problem, fieldLabel(path, type, words), words));
  }
  return errors;
}

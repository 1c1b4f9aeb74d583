import { PRIORITIES, type Activity } from './activity.js';
import type {
  ActivityType,
  Choice,
  FieldDefinition,
  Label,
  RoleDefinition,
} from './activity-type.js';

/** One field of a form, whatever it stands for. */
export interface FormField {
  /** A field of Activity, `fields.NAME` or `parties.ROLE`. Of a period: `start`; its `end` belongs to it. */
  readonly path: string;
  readonly label: Label;
  /** As for a type's own fields; `time` may be a calendar date, `parties` are several records or addresses, `period` is start and end, `recurrence` how often it repeats. */
  readonly kind: FieldDefinition['kind'] | 'parties' | 'period' | 'recurrence';
  readonly required: boolean;
  readonly maxLength?: number;
  readonly min?: number;
  readonly max?: number;
  readonly choices?: readonly Choice[];
  /** Kinds of record that may stand here; left out, any. */
  readonly kinds?: readonly string[];
  /** Of parties: more than one; a bare address. */
  readonly many?: boolean;
  readonly address?: boolean;
  /** What it means that nothing stands there. */
  readonly fallback?: string;
}

/** Dynamics 365's length of a subject. */
const SUBJECT_LENGTH = 200;
/** The longest body that any of its types takes; a backend that takes less says so. */
const BODY_LENGTH = 1_048_576;

const byType = new WeakMap<ActivityType, readonly FormField[]>();

/** What a form asks about an activity of this type, in order: subject, who, about what, whose, when, how urgent, the type's own, the text. */
export function formFields(type: ActivityType): readonly FormField[] {
  let fields = byType.get(type);
  if (!fields) byType.set(type, (fields = layOut(type)));
  return fields;
}

function layOut(type: ActivityType): FormField[] {
  const required = (name: keyof Activity): boolean => type.required?.includes(name) ?? false;
  const has = (name: keyof Activity): boolean =>
    required(name) || Object.keys(type.states).length > 0;
  const fields: FormField[] = [
    {
      path: 'subject',
      label: 'field.subject',
      kind: 'text',
      required: required('subject'),
      maxLength: SUBJECT_LENGTH,
    },
    ...type.roles.map(ofRole),
    {
      path: 'regarding',
      label: 'field.regarding',
      kind: 'record',
      required: required('regarding'),
    },
  ];
  if (has('owner')) {
    fields.push({
      path: 'owner',
      label: 'field.owner',
      kind: 'record',
      required: required('owner'),
      kinds: ['user', 'team'],
    });
  }
  if (type.deadline === 'end' || required('start') || required('end')) {
    fields.push({
      path: 'start',
      label: 'field.start',
      kind: 'period',
      required: required('start') || required('end'),
    });
  }
  if (type.recurs === true) {
    fields.push({ path: 'series', label: 'field.series', kind: 'recurrence', required: false });
  }
  if (type.deadline === 'due' && has('due')) {
    fields.push({ path: 'due', label: 'field.due', kind: 'time', required: required('due') });
  }
  if (has('priority')) {
    fields.push({
      path: 'priority',
      label: 'field.priority',
      kind: 'choice',
      required: required('priority'),
      choices: PRIORITIES.map((value) => ({ value, label: `priority.${value}` })),
      fallback: 'normal',
    });
  }
  fields.push(...type.fields.map(ofDefinition));
  if (type.body !== undefined) {
    fields.push({
      path: 'description',
      label: 'field.description',
      kind: type.body === 'html' ? 'html' : 'longtext',
      required: required('description'),
      maxLength: BODY_LENGTH,
    });
  }
  return fields;
}

function ofRole({ role, label, required, many, address, kinds }: RoleDefinition): FormField {
  return {
    path: `parties.${role}`,
    label,
    kind: 'parties',
    required: required ?? false,
    ...(many && { many }),
    ...(address && { address }),
    ...(kinds && { kinds }),
  };
}

function ofDefinition({ name, required, ...definition }: FieldDefinition): FormField {
  return { path: `fields.${name}`, required: required ?? false, ...definition };
}

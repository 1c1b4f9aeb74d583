import type { ActivityDraft, Party } from './activity.js';
import type { ActivityType } from './activity-type.js';
import { isRecordRef } from './check.js';
import { parseAddress } from './address.js';
import { valueAt } from './draft.js';
import { formFields, type FormField } from './form-fields.js';
import { parseRule, recurrenceProblem, type RecurrenceProblem } from './recurrence.js';
import { dayOf, isDate, timeKind, toMilliseconds } from './time.js';

/** What is wrong with a value; `i18n/problems.ts` has the words. */
export type Problem =
  | {
      readonly code:
        | 'required'
        | 'number'
        | 'date'
        | 'time'
        | 'duration'
        | 'end-before-start'
        | 'mixed-times'
        | 'choice'
        | 'address'
        | 'too-many'
        | 'url'
        | 'repeat-no-date'
        | RecurrenceProblem;
    }
  /** A rule of the host's own, in its words. */
  | { readonly code: 'host'; readonly text: string }
  /** A time of the wall clock, in minutes, that a clock change skips on that day. */
  | { readonly code: 'skipped-time'; readonly minutes: number }
  | { readonly code: 'too-long'; readonly max: number; readonly length: number }
  | { readonly code: 'min'; readonly min: number }
  | { readonly code: 'max'; readonly max: number }
  | { readonly code: 'range'; readonly min: number; readonly max: number };

/** Problems by the path of their field (`subject`, `fields.phoneNumber`, `parties.to`, `end`), in the order of the form. */
export type Problems = ReadonlyMap<string, Problem>;

/**
 * Checks what a user filled in against the rules of its type. With `changed`, what is left as it came is held to nothing but
 * being there: an older value may be longer than is allowed today, and the user need not answer for it.
 */
export function validate(
  draft: ActivityDraft,
  type: ActivityType,
  changed?: ReadonlySet<string>,
): Problems {
  const problems = new Map<string, Problem>();
  for (const field of formFields(type)) {
    if (field.kind === 'period') {
      checkPeriod(draft, type, field, problems);
      continue;
    }
    if (field.kind === 'recurrence') {
      const wrong = problemOfSeries(draft);
      if (wrong) problems.set(field.path, { code: wrong });
      continue;
    }
    const value = valueAt(draft, field.path);
    const problem = isBlank(value, field)
      ? field.required && REQUIRED
      : (changed?.has(field.path) ?? true) && problemOf(value, field);
    if (problem) problems.set(field.path, problem);
  }
  return problems;
}

const REQUIRED: Problem = { code: 'required' };

function isBlank(value: unknown, field: FormField): boolean {
  if (value === undefined || value === null) return true;
  if (Array.isArray(value)) return value.length === 0;
  if (typeof value !== 'string') return false;
  const text = field.kind === 'html' ? value.replace(/<(?!img\b)[^>]*>|&nbsp;/gi, '') : value;
  return text.trim() === '';
}

function problemOf(value: unknown, field: FormField): Problem | undefined {
  switch (field.kind) {
    case 'text':
    case 'longtext':
    case 'html':
    case 'phone':
      return problemOfLength(String(value), field);
    case 'url':
      return isWebAddress(String(value)) ? problemOfLength(String(value), field) : { code: 'url' };
    case 'number':
    case 'duration':
      return problemOfNumber(value, field);
    case 'boolean':
      return undefined;
    case 'choice':
      return field.choices?.some((choice) => choice.value === value)
        ? undefined
        : { code: 'choice' };
    case 'time':
      return timeKind(value) ? undefined : { code: 'date' };
    case 'record':
      return isRecordRef(value) && isOfKind(value.kind, field) ? undefined : { code: 'choice' };
    case 'parties':
      return problemOfParties(value as readonly Party[], field);
    case 'period':
    case 'recurrence':
      return undefined;
  }
}

function problemOfLength(text: string, { maxLength }: FormField): Problem | undefined {
  return maxLength !== undefined && text.length > maxLength
    ? { code: 'too-long', max: maxLength, length: text.length }
    : undefined;
}

function problemOfNumber(value: unknown, { kind, min, max }: FormField): Problem | undefined {
  if (typeof value !== 'number' || !Number.isFinite(value)) return { code: 'number' };
  const least = min ?? (kind === 'duration' ? 0 : undefined);
  if ((least === undefined || value >= least) && (max === undefined || value <= max))
    return undefined;
  if (least !== undefined && max !== undefined) return { code: 'range', min: least, max };
  return least === undefined ? { code: 'max', max: max ?? value } : { code: 'min', min: least };
}

function problemOfParties(parties: readonly Party[], field: FormField): Problem | undefined {
  if (!field.many && parties.length > 1) return { code: 'too-many' };
  for (const { record, address } of parties) {
    if (record) {
      if (!isOfKind(record.kind, field)) return { code: 'choice' };
    } else if (!field.address) return { code: 'choice' };
    else if (address === undefined || !parseAddress(address)) return { code: 'address' };
  }
  return undefined;
}

function isOfKind(kind: string, { kinds }: FormField): boolean {
  return kinds === undefined || kinds.length === 0 || kinds.includes(kind);
}

function isWebAddress(text: string): boolean {
  try {
    return /^https?:$/.test(new URL(text).protocol);
  } catch {
    return false;
  }
}

function problemOfSeries({ series, start }: ActivityDraft): RecurrenceProblem | undefined {
  if (series?.rule === undefined || start === undefined || !timeKind(start)) return undefined;
  const zone = series.zone ?? 'UTC';
  const recurrence = parseRule(series.rule, start, zone);
  return recurrence && recurrenceProblem(recurrence, dayOf(start, zone));
}

function checkPeriod(
  { start, end }: ActivityDraft,
  type: ActivityType,
  field: FormField,
  problems: Map<string, Problem>,
): void {
  const required = (path: 'start' | 'end'): boolean =>
    field.required && (type.required?.includes(path) ?? false);
  for (const [path, time] of [
    ['start', start],
    ['end', end],
  ] as const) {
    if (time === undefined) {
      if (required(path)) problems.set(path, REQUIRED);
    } else if (!timeKind(time)) problems.set(path, { code: 'time' });
  }
  if (problems.has('start') || problems.has('end') || start === undefined || end === undefined)
    return;
  if (isDate(start) !== isDate(end)) problems.set('end', { code: 'mixed-times' });
  else if (isDate(start) ? end <= start : at(end) < at(start)) {
    problems.set('end', { code: 'end-before-start' });
  }
}

/** Neither an instant nor a wall time needs the user's zone to be told apart. */
function at(time: string): number {
  return toMilliseconds(time, 'UTC');
}

import type { Activity, Party, RecordRef } from '../../model/activity.js';
import type { FieldDefinition, Label, RoleDefinition } from '../../model/activity-type.js';
import { ACTIVITY_STATES, PRIORITIES } from '../../model/activity.js';
import type { Json } from '../../model/json.js';
import type { Sort } from '../../model/query.js';
import { toPlainText } from '../../model/plain-text.js';
import { addDays, deadlineOf, isDate, type Time } from '../../model/time.js';
import type { ActivityType } from '../../model/activity-type.js';

/** Those shown when nobody chose, in this order. */
export const DEFAULT_COLUMNS = [
  'type',
  'subject',
  'regarding',
  'due',
  'priority',
  'status',
  'owner',
] as const;

/** How the host draws a piece. Strings become text; a returned function cleans up when it is drawn anew. */
export type Renderer = (context: {
  readonly activity: Activity;
  readonly value?: Json;
  readonly field?: string;
  readonly container: HTMLElement;
}) => string | Node | (() => void);

/** A column of the host's own. */
export interface GridColumn {
  /** Unique among the columns; letters, digits and hyphens. Also its part. */
  readonly name: string;
  readonly label: Label;
  /** A field of Activity, `parties.ROLE` or `fields.NAME`: what it shows, and sorts and filters by. */
  readonly field?: string;
  readonly render?: Renderer;
  /** What stands in an export; left out, the field's value. */
  readonly text?: (activity: Activity) => string;
  /** In px. */
  readonly width?: number;
  /** It is offered with all the others, and shown once the user asks for it. */
  readonly hidden?: boolean;
}

/** How a column is filtered, and what its values are. */
export type ColumnKind =
  | { readonly kind: 'text' | 'number' | 'boolean' | 'time' }
  | { readonly kind: 'choice'; readonly choices: readonly { value: string; label: Label }[] }
  | { readonly kind: 'type' }
  /** Kinds of record that may stand here; empty: any. */
  | { readonly kind: 'record'; readonly kinds: readonly string[] }
  /** Those who take part in a role: several, and not all of them need be records. */
  | { readonly kind: 'parties'; readonly kinds: readonly string[] };

export interface Column {
  readonly name: string;
  readonly label: Label;
  /** The field it shows, sorts and filters by; undefined for what the host draws of nothing in particular. */
  readonly field: string | undefined;
  /** Which way its first click sorts. */
  readonly firstDirection: Sort['direction'];
  readonly kind: ColumnKind;
  /** Something may be missing there. */
  readonly isOptional: boolean;
  /** The least it is wide, in px. */
  readonly least: number;
  /** How it shares what room is left; 0: as wide as it is at least. */
  readonly share: number;
  readonly value: (activity: Activity, type: ActivityType) => unknown;
  readonly render?: Renderer | undefined;
  readonly text?: ((activity: Activity) => string) | undefined;
}

type BuiltIn = Omit<Column, 'name' | 'firstDirection' | 'isOptional'> &
  Partial<Pick<Column, 'firstDirection' | 'isOptional'>>;

const time = (label: Label, field: keyof Activity): BuiltIn => ({
  label,
  field,
  kind: { kind: 'time' },
  least: 110,
  share: 1,
  value: (activity) => activity[field],
  firstDirection: 'desc',
});
const record = (
  label: Label,
  field: 'owner' | 'regarding' | 'createdBy' | 'modifiedBy',
): BuiltIn => ({
  label,
  field,
  kind: { kind: 'record', kinds: field === 'regarding' ? [] : ['user', 'team'] },
  // The face alone says whose it is.
  least: field === 'owner' ? 44 : 90,
  share: field === 'regarding' ? 1.2 : 1.1,
  value: (activity): RecordRef | null | undefined => activity[field],
});

const BUILT_IN: { readonly [name: string]: BuiltIn } = {
  type: {
    label: 'field.type',
    field: 'type',
    kind: { kind: 'type' },
    least: 40,
    share: 0,
    isOptional: false,
    value: (activity) => activity.type,
  },
  subject: {
    label: 'field.subject',
    field: 'subject',
    kind: { kind: 'text' },
    least: 140,
    share: 2.2,
    isOptional: false,
    value: (activity) => activity.subject,
  },
  regarding: record('field.regarding', 'regarding'),
  due: {
    ...time('field.deadline', 'due'),
    field: 'deadline',
    least: 122,
    share: 1.35,
    firstDirection: 'asc',
    value: (activity, type): Time | undefined => deadlineOf(activity, type),
  },
  // Whoever sorts by priority wants to see what is urgent.
  priority: {
    label: 'field.priority',
    field: 'priority',
    kind: {
      kind: 'choice',
      choices: PRIORITIES.map((value) => ({ value, label: `priority.${value}` })),
    },
    least: 84,
    share: 0,
    firstDirection: 'desc',
    isOptional: false,
    value: (activity) => activity.priority ?? 'normal',
  },
  status: {
    label: 'field.state',
    field: 'state',
    kind: {
      kind: 'choice',
      choices: ACTIVITY_STATES.map((value) => ({ value, label: `state.${value}` })),
    },
    least: 96,
    share: 1,
    isOptional: false,
    value: (activity) => activity.state,
  },
  owner: record('field.owner', 'owner'),
  start: { ...time('field.start', 'start'), firstDirection: 'asc' },
  end: {
    ...time('field.end', 'end'),
    firstDirection: 'asc',
    // Of whole days the last one.
    value: ({ end }) => (end !== undefined && isDate(end) ? addDays(end, -1) : end),
  },
  'actual-end': time('field.actualEnd', 'actualEnd'),
  description: {
    label: 'field.description',
    field: 'description',
    kind: { kind: 'text' },
    least: 140,
    share: 2.2,
    value: ({ description, descriptionFormat }) =>
      description && toPlainText(description, descriptionFormat),
  },
  'created-by': record('field.createdBy', 'createdBy'),
  created: time('field.createdAt', 'createdAt'),
  'modified-by': record('field.modifiedBy', 'modifiedBy'),
  modified: time('field.modifiedAt', 'modifiedAt'),
};

/** Those of the host's own among what it shows. */
export function ownColumns(columns: unknown): readonly GridColumn[] {
  return Array.isArray(columns) ? columns.filter(isOwn) : [];
}

export function isOwn(column: unknown): column is GridColumn {
  return (
    typeof column === 'object' &&
    column !== null &&
    'name' in column &&
    typeof column.name === 'string' &&
    'label' in column
  );
}

export function isBuiltIn(name: string): boolean {
  return Object.hasOwn(BUILT_IN, name);
}

const NARROWEST = 100;

/** All columns there can be: the kit's, then the roles and the fields of the types, then the host's own. */
export function allColumns(
  types: Iterable<ActivityType>,
  own: readonly GridColumn[] = [],
): readonly Column[] {
  const columns = new Map<string, Column>();
  for (const [name, definition] of Object.entries(BUILT_IN)) {
    columns.set(name, { name, firstDirection: 'asc', isOptional: true, ...definition });
  }
  const every = [...types];
  for (const role of every.flatMap(({ roles }) => roles)) {
    const name = `parties.${role.role}`;
    if (!columns.has(name)) columns.set(name, ofRole(name, role));
  }
  for (const type of every) {
    for (const field of type.fields) {
      const name = `fields.${field.name}`;
      if (!columns.has(name)) columns.set(name, ofField(name, field));
    }
  }
  for (const column of own) {
    const base = columns.get(column.field ?? '') ?? byField(columns, column.field);
    columns.set(column.name, {
      name: column.name,
      label: column.label,
      field: column.field,
      firstDirection: base?.firstDirection ?? 'asc',
      kind: base?.kind ?? { kind: 'text' },
      isOptional: base?.isOptional ?? true,
      least: column.width ?? base?.least ?? NARROWEST,
      share: column.width === undefined ? 1 : 0,
      value: base?.value ?? ((activity) => valueOf(activity, column.field)),
      render: column.render,
      text: column.text,
    });
  }
  return [...columns.values()];
}

function byField(
  columns: ReadonlyMap<string, Column>,
  field: string | undefined,
): Column | undefined {
  return field === undefined
    ? undefined
    : [...columns.values()].find((column) => column.field === field);
}

function ofRole(name: string, { role, label, kinds }: RoleDefinition): Column {
  return {
    name,
    label,
    field: name,
    firstDirection: 'asc',
    kind: { kind: 'parties', kinds: kinds ?? [] },
    isOptional: true,
    least: NARROWEST,
    share: 1.1,
    value: ({ parties }): readonly Party[] | undefined =>
      parties?.filter((party) => party.role === role),
  };
}

function ofField(name: string, { label, kind, choices, kinds, required }: FieldDefinition): Column {
  return {
    name,
    label,
    field: name,
    firstDirection: 'asc',
    kind: kindOf(kind, choices ?? [], kinds ?? []),
    isOptional: !required,
    least: NARROWEST,
    share: 1,
    value: (activity) => valueOf(activity, name),
  };
}

function kindOf(
  kind: FieldDefinition['kind'],
  choices: NonNullable<FieldDefinition['choices']>,
  kinds: readonly string[],
): ColumnKind {
  switch (kind) {
    case 'choice':
      return { kind, choices };
    case 'record':
      return { kind, kinds };
    case 'number':
    case 'boolean':
    case 'time':
      return { kind };
    case 'duration':
      return { kind: 'number' };
    default:
      return { kind: 'text' };
  }
}

/** What stands in a field of an activity, the type's own ones included. */
export function valueOf(activity: Activity, field: string | undefined): unknown {
  if (field === undefined) return undefined;
  if (field.startsWith('fields.')) return activity.fields?.[field.slice('fields.'.length)];
  return activity[field as keyof Activity];
}

/** The columns with these names, in this order, each once; the default ones where no known one is named. */
export function toColumns(
  all: readonly Column[],
  names: readonly string[] | undefined,
): readonly Column[] {
  const byName = new Map(all.map((column) => [column.name, column]));
  const find = (some: readonly string[]): Column[] =>
    [...new Set(some)].flatMap((name) => byName.get(name) ?? []);
  const known = find(names ?? []);
  return known.length > 0 ? known : find(DEFAULT_COLUMNS);
}

/** The sort after a click on a column: the other way if the list is sorted by it first, else its own first way. */
export function sortedBy(column: Column, current: readonly Sort[]): readonly Sort[] {
  const { field } = column;
  if (field === undefined) return current;
  const [first] = current;
  const isSorted = first?.field === field;
  return [{ field, direction: isSorted ? flipped(first) : column.firstDirection }];
}

/** The sort with a further column behind those there are, or the other way where it is one of them. */
export function sortedAlsoBy(column: Column, current: readonly Sort[]): readonly Sort[] {
  const { field } = column;
  if (field === undefined) return current;
  return current.some((sort) => sort.field === field)
    ? current.map((sort) => (sort.field === field ? { ...sort, direction: flipped(sort) } : sort))
    : [...current, { field, direction: column.firstDirection }];
}

function flipped({ direction }: Sort): Sort['direction'] {
  return direction === 'asc' ? 'desc' : 'asc';
}

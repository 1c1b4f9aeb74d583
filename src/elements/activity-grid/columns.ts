import type { Sort } from '../../model/query.js';
import type { MessageKey } from '../../i18n/messages.js';

export const COLUMN_NAMES = [
  'type',
  'subject',
  'regarding',
  'due',
  'priority',
  'status',
  'owner',
] as const;
export type ColumnName = (typeof COLUMN_NAMES)[number];

export interface Column {
  readonly name: ColumnName;
  /** Its title. */
  readonly label: MessageKey;
  /** The field it sorts by. */
  readonly sortField: string;
  /** Which way its first click sorts. */
  readonly firstDirection: Sort['direction'];
}

const COLUMNS: { readonly [name in ColumnName]: Column } = {
  type: { name: 'type', label: 'field.type', sortField: 'type', firstDirection: 'asc' },
  subject: { name: 'subject', label: 'field.subject', sortField: 'subject', firstDirection: 'asc' },
  regarding: {
    name: 'regarding',
    label: 'field.regarding',
    sortField: 'regarding',
    firstDirection: 'asc',
  },
  due: { name: 'due', label: 'field.deadline', sortField: 'deadline', firstDirection: 'asc' },
  // Whoever sorts by priority wants to see what is urgent.
  priority: {
    name: 'priority',
    label: 'field.priority',
    sortField: 'priority',
    firstDirection: 'desc',
  },
  status: { name: 'status', label: 'field.state', sortField: 'state', firstDirection: 'asc' },
  owner: { name: 'owner', label: 'field.owner', sortField: 'owner', firstDirection: 'asc' },
};

/** All columns, in the order in which they stand when nobody chose. */
export const ALL_COLUMNS: readonly Column[] = COLUMN_NAMES.map((name) => COLUMNS[name]);

/** The columns with these names, in this order, each once; all where no known one is named. */
export function toColumns(names: readonly string[] | undefined): readonly Column[] {
  const known = [...new Set<unknown>(Array.isArray(names) ? names : [])].filter(isColumnName);
  return known.length > 0 ? known.map((name) => COLUMNS[name]) : ALL_COLUMNS;
}

/** The sort after a click on a column: the other way if the list is sorted by it, else its own first way. */
export function sortedBy(column: Column, current: readonly Sort[]): readonly Sort[] {
  const [first] = current;
  const flipped = first?.direction === 'asc' ? 'desc' : 'asc';
  const isSorted = first?.field === column.sortField;
  return [{ field: column.sortField, direction: isSorted ? flipped : column.firstDirection }];
}

function isColumnName(name: unknown): name is ColumnName {
  return COLUMN_NAMES.includes(name as ColumnName);
}

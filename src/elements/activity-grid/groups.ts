import { DUE_BUCKETS, toBucketFilter, type DueBucket } from '../../model/due-buckets.js';
import type { Filter } from '../../model/query.js';
import type { ActivityElement } from '../base/activity-element.js';
import type { Column } from '../base/columns.js';
import type { Group } from './sections.js';

const BUCKET_LABELS = {
  overdue: 'grid.group-overdue',
  'due-today': 'day.today',
  'due-tomorrow': 'day.tomorrow',
  'this-week': 'grid.group-this-week',
  later: 'day.later',
  'no-date': 'day.none',
} as const satisfies { readonly [bucket in DueBucket]: string };

type GroupingElement = ActivityElement & { canFilterBy(column: Column): boolean };

/** There are few values, and each has its group; of records as many as `RecordGroups` tells apart. */
export function canGroupBy(grid: GroupingElement, column: Column): boolean {
  if (column.field === undefined || !grid.canFilterBy(column)) return false;
  if (column.name === 'due') return true;
  // Of those who take part there may be several: a row would stand in more than one group.
  return ['type', 'choice', 'boolean', 'record'].includes(column.kind.kind);
}

/** The groups of a column, in order; what falls into none of them stands in a last one. */
export function groupsOf(grid: ActivityElement, column: Column): readonly Group[] {
  const { words, store } = grid;
  const { field = '', kind } = column;
  if (column.name === 'due') return dueGroups(grid);
  const values =
    kind.kind === 'type'
      ? [...(store?.types ?? [])].map(({ name, label }) => ({ value: name, label }))
      : kind.kind === 'choice'
        ? kind.choices
        : [];
  if (kind.kind === 'boolean') {
    const yes: Filter = { field, op: 'eq', value: true };
    return [
      { key: 'true', label: words.say('value.yes'), filter: yes },
      { key: 'false', label: words.say('value.no'), filter: { not: yes } },
    ];
  }
  const groups = values.map(({ value, label }): Group => {
    const filter: Filter = { field, op: 'eq', value };
    return {
      key: value,
      label: words.label(label),
      filter:
        column.name === 'priority' && value === 'normal'
          ? { any: [filter, { field, op: 'empty' }] }
          : filter,
    };
  });
  if (column.name === 'status') return [...groups, withoutState(grid)];
  // Who groups by priority wants to see what is urgent.
  if (column.firstDirection === 'desc') groups.reverse();
  const known: Filter = { field, op: 'in', value: values.map(({ value }) => value) };
  return column.name === 'priority'
    ? groups
    : [...groups, { key: '', label: words.say('value.none'), filter: { not: known } }];
}

/** Notes, say: neither due nor done. */
function withoutState({ words }: ActivityElement): Group {
  return {
    key: '',
    label: words.say('grid.group-no-state'),
    filter: { field: 'state', op: 'empty' },
  };
}

function dueGroups(grid: ActivityElement): readonly Group[] {
  const { words, now } = grid;
  const options = { now, timeZone: words.timeZone, firstDayOfWeek: words.firstDayOfWeek };
  return [
    ...DUE_BUCKETS.map((bucket): Group => ({
      key: bucket,
      label: words.say(BUCKET_LABELS[bucket]),
      filter: toBucketFilter(bucket, options),
      isLate: bucket === 'overdue',
    })),
    {
      key: 'closed',
      label: words.say('grid.group-closed'),
      filter: { field: 'state', op: 'in', value: ['completed', 'canceled'] },
    },
    withoutState(grid),
  ];
}

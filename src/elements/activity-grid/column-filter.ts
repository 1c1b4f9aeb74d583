import type { RecordRef } from '../../model/activity.js';
import type { Filter } from '../../model/query.js';
import { addDays, startOfDay, toInstant, type Day } from '../../model/time.js';
import type { Column } from './columns.js';

/** What the rows of a column are narrowed down to. Plain JSON, so that it can be kept and stand in an address. */
export type ColumnFilter =
  | { readonly kind: 'text'; readonly contains: string }
  | { readonly kind: 'choice'; readonly values: readonly string[] }
  | { readonly kind: 'record'; readonly records: readonly RecordRef[]; readonly isMe?: boolean }
  /** Both days are meant with it. */
  | { readonly kind: 'time'; readonly from?: Day; readonly to?: Day }
  | { readonly kind: 'number'; readonly min?: number; readonly max?: number }
  | { readonly kind: 'boolean'; readonly value: boolean }
  /** What has none. */
  | { readonly kind: 'empty' };

/** By the name of the column. */
export interface ColumnFilters {
  readonly [column: string]: ColumnFilter;
}

/** The condition for a provider; undefined where it narrows nothing down. Days are the user's own. */
export function toFilter(
  { field, name }: Pick<Column, 'field' | 'name'>,
  filter: ColumnFilter,
  timeZone: string,
): Filter | undefined {
  if (field === undefined) return undefined;
  switch (filter.kind) {
    case 'text': {
      const text = filter.contains.trim();
      return text === '' ? undefined : { field, op: 'contains', value: text };
    }
    case 'choice': {
      if (filter.values.length === 0) return undefined;
      const chosen: Filter = { field, op: 'in', value: filter.values };
      // What has no priority is of normal priority.
      return name === 'priority' && filter.values.includes('normal')
        ? { any: [chosen, { field, op: 'empty' }] }
        : chosen;
    }
    case 'record': {
      const ids = [...(filter.isMe ? ['me'] : []), ...filter.records.map(({ id }) => id)];
      return ids.length === 0 ? undefined : { field, op: 'in', value: ids };
    }
    case 'time': {
      const { from, to } = filter;
      const bounds: Filter[] = [];
      if (from !== undefined) {
        bounds.push({ field, op: 'ge', value: toInstant(startOfDay(from, timeZone)) });
      }
      if (to !== undefined) {
        bounds.push({ field, op: 'lt', value: toInstant(startOfDay(addDays(to, 1), timeZone)) });
      }
      return bounds.length > 1 ? { all: bounds } : bounds[0];
    }
    case 'number': {
      const { min, max } = filter;
      const bounds: Filter[] = [];
      if (min !== undefined) bounds.push({ field, op: 'ge', value: min });
      if (max !== undefined) bounds.push({ field, op: 'le', value: max });
      return bounds.length > 1 ? { all: bounds } : bounds[0];
    }
    case 'boolean': {
      const isTrue: Filter = { field, op: 'eq', value: true };
      return filter.value ? isTrue : { not: isTrue };
    }
    case 'empty':
      return { field, op: 'empty' };
  }
}

/** All of them at once; what names no known column is left out. */
export function toFilters(
  columns: readonly Column[],
  filters: ColumnFilters,
  timeZone: string,
): readonly Filter[] {
  return columns.flatMap((column) => {
    const filter = filters[column.name];
    return (filter && toFilter(column, filter, timeZone)) ?? [];
  });
}

/** With one column filtered otherwise; undefined, or what narrows nothing down: no longer. */
export function withFilter(
  filters: ColumnFilters,
  column: Column,
  filter: ColumnFilter | undefined,
): ColumnFilters {
  const { [column.name]: _old, ...others } = filters;
  return filter && toFilter(column, filter, 'UTC') ? { ...others, [column.name]: filter } : others;
}

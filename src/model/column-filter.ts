import type { RecordRef } from './activity.js';
import { isObject, isSafeKey } from './json.js';
import type { Filter } from './query.js';
import { addDays, startOfDay, timeKind, toInstant, type Day } from './time.js';

/** A column, as far as it is filtered. */
export interface FilteredColumn {
  readonly name: string;
  /** The field that it filters by; undefined: none. */
  readonly field: string | undefined;
  /** What its values are; left out: unknown. */
  readonly kind?: { readonly kind: string };
}

/** How a column of a kind is filtered, besides by having none. */
const FILTERS: { readonly [kind: string]: ColumnFilter['kind'] } = {
  type: 'choice',
  parties: 'record',
};

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
  { field, name, kind }: FilteredColumn,
  filter: ColumnFilter,
  timeZone: string,
): Filter | undefined {
  if (field === undefined) return undefined;
  // An address, and what was kept, may say anything.
  const isOther =
    kind && filter.kind !== 'empty' && filter.kind !== (FILTERS[kind.kind] ?? kind.kind);
  if (isOther) return undefined;
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
      // What ends at midnight, as whole days do, ends with the day before.
      const isEnd = field === 'end';
      if (from !== undefined) {
        const value = toInstant(startOfDay(from, timeZone));
        bounds.push({ field, op: isEnd ? 'gt' : 'ge', value });
      }
      if (to !== undefined) {
        bounds.push({
          field,
          op: isEnd ? 'le' : 'lt',
          value: toInstant(startOfDay(addDays(to, 1), timeZone)),
        });
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
  columns: readonly FilteredColumn[],
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
  column: FilteredColumn,
  filter: ColumnFilter | undefined,
): ColumnFilters {
  const { [column.name]: _old, ...others } = filters;
  return filter && toFilter(column, filter, 'UTC') ? { ...others, [column.name]: filter } : others;
}

/** What fulfils both filters of a column; undefined where nothing can. Of other kinds than days and records the later one. */
export function both(a: ColumnFilter | undefined, b: ColumnFilter): ColumnFilter | undefined {
  if (a === undefined) return b;
  if (a.kind === 'time' && b.kind === 'time') {
    const from = [a.from, b.from]
      .filter((day) => day !== undefined)
      .sort()
      .at(-1);
    const to = [a.to, b.to].filter((day) => day !== undefined).sort()[0];
    if (from !== undefined && to !== undefined && from > to) return undefined;
    return { kind: 'time', ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
  }
  if (a.kind === 'record' && b.kind === 'record') {
    const records = b.records.filter(({ id }) => a.records.some((one) => one.id === id));
    const isMe = a.isMe === true && b.isMe === true;
    if (records.length === 0 && !isMe) return undefined;
    return { kind: 'record', records, ...(isMe && { isMe }) };
  }
  if (a.kind !== b.kind && (a.kind === 'empty' || b.kind === 'empty')) return undefined;
  return b;
}

/** What was kept or came from an address, as far as it is filters; the columns need not be known. */
export function toColumnFilters(kept: unknown): ColumnFilters {
  if (!isObject(kept)) return {};
  return Object.fromEntries(
    Object.entries(kept).flatMap(([column, one]) => {
      const filter = isSafeKey(column) && isObject(one) ? toColumnFilter(one) : undefined;
      return filter ? [[column, filter]] : [];
    }),
  );
}

function toColumnFilter(kept: { readonly [key: string]: unknown }): ColumnFilter | undefined {
  switch (kept['kind']) {
    case 'text':
      return typeof kept['contains'] === 'string'
        ? { kind: 'text', contains: kept['contains'] }
        : undefined;
    case 'choice':
      return Array.isArray(kept['values'])
        ? { kind: 'choice', values: kept['values'].filter((one) => typeof one === 'string') }
        : undefined;
    case 'record':
      return Array.isArray(kept['records'])
        ? {
            kind: 'record',
            records: kept['records'].flatMap((one) => toRecord(one) ?? []),
            ...(kept['isMe'] === true && { isMe: true }),
          }
        : undefined;
    case 'time': {
      const { from, to } = kept;
      return { kind: 'time', ...(isDay(from) && { from }), ...(isDay(to) && { to }) };
    }
    case 'number': {
      const { min, max } = kept;
      return {
        kind: 'number',
        ...(typeof min === 'number' && { min }),
        ...(typeof max === 'number' && { max }),
      };
    }
    case 'boolean':
      return typeof kept['value'] === 'boolean'
        ? { kind: 'boolean', value: kept['value'] }
        : undefined;
    case 'empty':
      return { kind: 'empty' };
    default:
      return undefined;
  }
}

function isDay(value: unknown): value is Day {
  return typeof value === 'string' && timeKind(value) === 'date';
}

/** A record that was kept; undefined for what is none. */
export function toRecord(value: unknown): RecordRef | undefined {
  if (!isObject(value)) return undefined;
  const { kind, id, name } = value;
  if (typeof kind !== 'string' || typeof id !== 'string') return undefined;
  return { kind, id, ...(typeof name === 'string' && { name }) };
}

import { ACTIVITY_STATES, PRIORITIES, type RecordRef } from '../../model/activity.js';
import {
  DEFAULT_STATE,
  NO_FILTERS,
  WORKSPACE_SHOWS,
  WORKSPACE_VIEWS,
  toFilters,
  type WorkspaceState,
} from './workspace-state.js';

/*
 * What is seen, as parameters of an address. Only what differs from a plain start is written, so that an address
 * stays short; *Show as* always, so that an address with a plain start in it is told from one that says nothing.
 */

/** The parameters, in the order in which they are written; none of them is a host's to use beside them. */
export const WORKSPACE_PARAMETERS = [
  'show',
  'view',
  'own',
  'name',
  'types',
  'status',
  'due',
  'owner',
  'priority',
  'regarding',
  'columns',
  'search',
  'sort',
  'date',
  'calendar',
  'group',
  'lanes',
] as const;
export type WorkspaceParameter = (typeof WORKSPACE_PARAMETERS)[number];

export interface UrlState extends Partial<WorkspaceState> {
  /** What the one who shares a view calls it. */
  readonly name?: string;
}

/** Undefined: not in the address. */
export function toParameters(
  state: WorkspaceState & { readonly name?: string | undefined },
): ReadonlyMap<WorkspaceParameter, string | undefined> {
  const list = (values: readonly string[]): string | undefined => values.join(',') || undefined;
  const { owner, regarding, columnFilters, sort } = state;
  const isColumnFiltered = Object.keys(columnFilters).length > 0;
  return new Map<WorkspaceParameter, string | undefined>([
    ['show', state.show],
    ['view', state.view === DEFAULT_STATE.view ? undefined : state.view],
    ['own', state.personalView],
    ['name', state.name],
    ['types', list(state.types)],
    ['status', list(state.states)],
    ['due', state.due],
    ['owner', typeof owner === 'object' ? fromRecord(owner) : owner],
    ['priority', list(state.priorities)],
    ['regarding', regarding && fromRecord(regarding)],
    ['columns', isColumnFiltered ? JSON.stringify(columnFilters) : undefined],
    ['search', state.search || undefined],
    ['sort', sort && list(sort.map(({ field, direction }) => `${field}:${direction}`))],
    ['date', state.date],
    ['calendar', state.calendarView],
    ['group', state.groupBy],
    ['lanes', state.lanesBy],
  ]);
}

/** What an address says of it; undefined where it says nothing. What it says wrongly is as if it were not there. */
export function fromParameters(parameters: URLSearchParams): UrlState | undefined {
  const get = (name: WorkspaceParameter): string | undefined => parameters.get(name) ?? undefined;
  if (!WORKSPACE_PARAMETERS.some((name) => parameters.has(name))) return undefined;
  const list = (name: WorkspaceParameter): string[] => get(name)?.split(',').filter(Boolean) ?? [];
  const known = <T extends string>(values: readonly T[], name: WorkspaceParameter): T[] =>
    values.filter((value) => list(name).includes(value));
  const owner = get('owner');
  const regarding = get('regarding');
  const filters = toFilters({
    view: WORKSPACE_VIEWS.find((view) => view === get('view')),
    types: list('types'),
    states: known(ACTIVITY_STATES, 'status'),
    due: get('due'),
    owner: owner?.includes(':') ? toRecord(owner) : owner,
    priorities: known(PRIORITIES, 'priority'),
    regarding: regarding === undefined ? undefined : toRecord(regarding),
    columnFilters: fromJson(get('columns')),
    search: get('search'),
    sort: get('sort')
      ?.split(',')
      .map((part) => {
        const [field, direction] = part.split(':');
        return { field, direction };
      }),
    groupBy: get('group'),
  });
  const show = WORKSPACE_SHOWS.find((name) => name === get('show'));
  const optional = {
    personalView: get('own'),
    name: get('name'),
    date: get('date'),
    calendarView: get('calendar'),
    lanesBy: get('lanes'),
  };
  return {
    ...NO_FILTERS,
    ...filters,
    ...(show && { show }),
    ...Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined)),
  };
}

/** The address with this state in it, all else in it as it was. */
export function withState(
  address: string,
  state: WorkspaceState & { readonly name?: string | undefined },
): string {
  const url = new URL(address);
  for (const [name, value] of toParameters(state)) {
    if (value === undefined) url.searchParams.delete(name);
    else url.searchParams.set(name, value);
  }
  return url.href;
}

function fromJson(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : (JSON.parse(text) as unknown);
  } catch {
    return undefined;
  }
}

function fromRecord({ kind, id, name }: RecordRef): string {
  return [kind, id, ...(name === undefined ? [] : [name])].map(encodeURIComponent).join(':');
}

function toRecord(text: string): RecordRef | undefined {
  try {
    const [kind = '', id = '', name] = text.split(':').map(decodeURIComponent);
    if (kind === '' || id === '') return undefined;
    return { kind, id, ...(name !== undefined && { name }) };
  } catch {
    return undefined;
  }
}

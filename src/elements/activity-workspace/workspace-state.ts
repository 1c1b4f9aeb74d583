import {
  ACTIVITY_STATES,
  PRIORITIES,
  type ActivityState,
  type Priority,
  type RecordRef,
} from '../../model/activity.js';
import { toArrangement, type Arrangement } from '../base/arrangement.js';
import { ActivityTypes } from '../../model/activity-types.js';
import {
  toColumnFilters,
  toFilters as toColumnConditions,
  toRecord,
  type ColumnFilters,
  type FilteredColumn,
} from '../../model/column-filter.js';
import { DUE_BUCKETS, toBucketFilter, type DueBucket } from '../../model/due-buckets.js';
import { DUE_FILTERS, toDueFilter, type DueFilter } from '../../model/due.js';
import { isObject, sameJson } from '../../model/json.js';
import {
  UNFINISHED,
  allOf,
  type ActivityQuery,
  type Filter,
  type Sort,
} from '../../model/query.js';
import { queryField } from '../../model/query-fields.js';
import {
  addDays,
  dayOf,
  startOfDay,
  timeKind,
  toInstant,
  type Day,
  type Milliseconds,
} from '../../model/time.js';
import { canFilterBy, canSortBy, type Capabilities } from '../../provider/capabilities.js';

export const WORKSPACE_VIEWS = [
  'my',
  'team',
  'all',
  'open',
  'scheduled',
  'overdue',
  'due-today',
  'completed-by-me',
  'personal',
  'no-regarding',
] as const;
/**
 * Which activities: `my` are those I own, organise or attend, `team` those my team owns, both as far as they are open or scheduled;
 * `personal` are mine that are about no record, with my notes.
 */
export type WorkspaceView = (typeof WORKSPACE_VIEWS)[number];

export const WORKSPACE_SHOWS = ['grid', 'calendar', 'kanban'] as const;
export type WorkspaceShow = (typeof WORKSPACE_SHOWS)[number];

/** From one day to before another, `2026-11-23..2026-11-30`; open where a side is left out. */
export type DueRange = `${Day | ''}..${Day | ''}`;
/** Until when (a due filter, "or earlier"), on which of the user's days (a due bucket), or from when to when. One value: a tab and the due filter cannot differ. */
export type WorkspaceDue = DueFilter | DueBucket | DueRange;

/** `others`: neither me nor my team. */
export const WORKSPACE_OWNERS = ['me', 'my-team', 'others'] as const;
export type WorkspaceOwner = (typeof WORKSPACE_OWNERS)[number] | RecordRef;

/** What a view means, and what a user saves under a name. */
export interface WorkspaceFilters {
  readonly view: WorkspaceView;
  /** Names of types; none: all. */
  readonly types: readonly string[];
  /** None: as the view means. */
  readonly states: readonly ActivityState[];
  readonly due: WorkspaceDue | undefined;
  readonly owner: WorkspaceOwner | undefined;
  readonly priorities: readonly Priority[];
  readonly regarding: RecordRef | undefined;
  /** What the grid's columns are filtered by, by their names; also of a column that is not known. */
  readonly columnFilters: ColumnFilters;
  readonly search: string;
  /** Undefined: as what shows them does by itself. */
  readonly sort: readonly Sort[] | undefined;
  /** What the grid's rows are grouped by. */
  readonly groupBy: string | undefined;
  /** How the grid's columns are laid out; left out: as the user has them elsewhere. */
  readonly arrangement: Arrangement | undefined;
}

/** All that a user can choose to see and how, as plain JSON. */
export interface WorkspaceState extends WorkspaceFilters {
  readonly show: WorkspaceShow;
  /** Id of the user's own view that is chosen. */
  readonly personalView: string | undefined;
  /** The calendar's day and view. */
  readonly date: Day | undefined;
  readonly calendarView: string | undefined;
  /** What the board's lanes are. */
  readonly lanesBy: string | undefined;
}

/** A view with nothing filtered. */
export const NO_FILTERS: Omit<WorkspaceFilters, 'view'> = {
  types: [],
  states: [],
  due: undefined,
  owner: undefined,
  priorities: [],
  regarding: undefined,
  columnFilters: {},
  search: '',
  sort: undefined,
  groupBy: undefined,
  arrangement: undefined,
};

export const DEFAULT_STATE: WorkspaceState = {
  view: 'my',
  ...NO_FILTERS,
  show: 'grid',
  personalView: undefined,
  date: undefined,
  calendarView: undefined,
  lanesBy: undefined,
};

/** As an element has them: what is not filtered may be missing. */
type PartialFilters = { readonly [key in keyof WorkspaceFilters]?: WorkspaceFilters[key] };

const FILTER_KEYS = ['view', ...Object.keys(NO_FILTERS)] as readonly (keyof WorkspaceFilters)[];

export function filtersOf(state: PartialFilters): WorkspaceFilters {
  return Object.fromEntries(
    FILTER_KEYS.map((key) => [key, state[key]]),
  ) as unknown as WorkspaceFilters;
}

/** What can be cleared: all but the view itself, the order, the groups and the columns. */
export const CLEARED: Partial<WorkspaceFilters> = (({
  sort: _s,
  groupBy: _g,
  arrangement: _a,
  ...filters
}) => filters)(NO_FILTERS);

export function isFiltered(filters: PartialFilters): boolean {
  const { view: _v, sort: _s, groupBy: _g, arrangement: _a, ...rest } = filtersOf(filters);
  return !sameJson({ ...rest, search: (filters.search ?? '').trim() }, CLEARED);
}

/** With a day in it: an end that is not behind the start leaves none. */
export function isDueRange(due: string): due is DueRange {
  const [from = '', to, ...rest] = due.split('..');
  if (to === undefined || rest.length > 0 || (from === '' && to === '')) return false;
  if (from !== '' && to !== '' && from >= to) return false;
  return [from, to].every((day) => day === '' || timeKind(day) === 'date');
}

export function isWorkspaceDue(due: unknown): due is WorkspaceDue {
  if (typeof due !== 'string') return false;
  const names: readonly string[] = [...DUE_FILTERS, ...DUE_BUCKETS];
  return names.includes(due) || isDueRange(due);
}

/** What was kept or came from an address, as far as it is what it should be; anything else as if it were not there. */
export function toFilters(kept: unknown): WorkspaceFilters | undefined {
  if (!isObject(kept)) return undefined;
  const listOf = <T extends string>(value: unknown, known?: readonly T[]): T[] =>
    Array.isArray(value)
      ? (value.filter(
          (one) =>
            typeof one === 'string' && (!known || (known as readonly string[]).includes(one)),
        ) as T[])
      : [];
  const { view, due, owner, regarding, search, sort, groupBy } = kept;
  return {
    view: WORKSPACE_VIEWS.find((name) => name === view) ?? 'my',
    types: listOf<string>(kept['types']),
    states: listOf(kept['states'], ACTIVITY_STATES),
    due: isWorkspaceDue(due) ? due : undefined,
    owner: WORKSPACE_OWNERS.find((name) => name === owner) ?? toRecord(owner),
    priorities: listOf(kept['priorities'], PRIORITIES),
    regarding: toRecord(regarding),
    columnFilters: toColumnFilters(kept['columnFilters']),
    search: typeof search === 'string' ? search : '',
    sort: Array.isArray(sort) ? sort.filter(isSort) : undefined,
    groupBy: typeof groupBy === 'string' ? groupBy : undefined,
    arrangement: toArrangement(kept['arrangement']),
  };
}

function isSort(value: unknown): value is Sort {
  if (!isObject(value) || typeof value['field'] !== 'string') return false;
  return value['direction'] === 'asc' || value['direction'] === 'desc';
}

// ── the question ───────────────────────────────────────────────────────────────────────────────

export interface Present {
  readonly now: Milliseconds;
  readonly timeZone: string;
  readonly firstDayOfWeek: number;
  /** What the data source can be asked. */
  readonly capabilities?: Capabilities | undefined;
  /** Those that can be filtered. */
  readonly columns?: readonly FilteredColumn[];
}

/** What a type of the host's own has is among the columns. */
const BUILT_IN_TYPES = new ActivityTypes();

const CLOSED: Filter = { field: 'state', op: 'in', value: ['completed', 'canceled'] };
/** What has a life cycle: no notes. */
export const WITH_STATE: Filter = { field: 'state', op: 'in', value: ACTIVITY_STATES };

const MINE: Filter = {
  any: [
    { field: 'owner', op: 'eq', value: 'me' },
    { field: 'parties.organizer', op: 'eq', value: 'me' },
    { field: 'parties.required', op: 'eq', value: 'me' },
    { field: 'parties.optional', op: 'eq', value: 'me' },
  ],
};
const OWNED: Filter = { field: 'owner', op: 'eq', value: 'me' };
const ABOUT_NONE: Filter = { field: 'regarding', op: 'empty' };

/** Notes too. */
const WITH_NOTES: Filter = { any: [WITH_STATE, { field: 'state', op: 'empty' }] };

interface Meaning {
  readonly states: Filter;
  readonly more?: Filter;
  /** Of a list with what is done in it; else what is due first stands first. */
  readonly order?: readonly Sort[];
}

/** What is ahead and what was of late, before what was done long ago. */
const LATEST_FIRST: readonly Sort[] = [{ field: 'deadline', direction: 'desc' }];

/** What each view means in a grid. */
function meaningOf(view: WorkspaceView, present: Present): Meaning {
  switch (view) {
    case 'my':
      return { states: UNFINISHED, more: MINE };
    case 'team':
      return { states: UNFINISHED, more: { field: 'owner', op: 'eq', value: 'my-team' } };
    case 'all':
      return { states: WITH_STATE, order: LATEST_FIRST };
    case 'open':
    case 'scheduled':
      return { states: { field: 'state', op: 'eq', value: view } };
    case 'overdue':
      return { states: toDueFilter('overdue', present.now, present.timeZone) };
    case 'due-today': {
      const today = dayOf(present.now, present.timeZone);
      return { states: UNFINISHED, more: toRangeFilter(`${today}..${addDays(today, 1)}`, present) };
    }
    case 'completed-by-me':
      // Nothing closed can be changed: who changed it last is who completed it.
      return {
        states: { field: 'state', op: 'eq', value: 'completed' },
        more: { field: 'modifiedBy', op: 'eq', value: 'me' },
        order: [{ field: 'actualEnd', direction: 'desc' }],
      };
    case 'personal':
      return { states: WITH_NOTES, more: allOf(OWNED, ABOUT_NONE) as Filter, order: LATEST_FIRST };
    case 'no-regarding':
      return { states: WITH_STATE, more: ABOUT_NONE, order: LATEST_FIRST };
  }
}

function toRangeFilter(range: DueRange, { timeZone }: Present): Filter {
  const [from = '', to = ''] = range.split('..');
  const at = (day: Day): string => toInstant(startOfDay(day, timeZone));
  const parts: Filter[] = [];
  if (from !== '') parts.push({ field: 'deadline', op: 'ge', value: at(from) });
  if (to !== '') parts.push({ field: 'deadline', op: 'lt', value: at(to) });
  return { all: parts };
}

/** A due filter and a bucket mean what is open or scheduled, a range whatever the view means. */
export function dueFilterOf(due: WorkspaceDue, present: Present): Filter {
  if (isDueRange(due)) return toRangeFilter(due, present);
  const bucket = DUE_BUCKETS.find((name) => name === due);
  return bucket
    ? toBucketFilter(bucket, present)
    : toDueFilter(due as DueFilter, present.now, present.timeZone);
}

type Question = Pick<ActivityQuery, 'filter' | 'search' | 'sort'>;

/**
 * The question behind what a user chose. Grid, calendar and board ask the same, but that *My* and *Team*, which mean what is open or
 * scheduled, have what is done beside it on a board and in a calendar, where that has a place of its own; on a board with every due
 * filter too.
 */
export function toQuery(
  filters: WorkspaceFilters,
  show: WorkspaceShow,
  base: Question | undefined,
  present: Present,
): Question {
  const { sort } = filters;
  const due = isWorkspaceDue(filters.due) ? filters.due : undefined;
  const { states, more, order } = meaningOf(filters.view, present);
  // A board's closed lanes have a span of their own: what is done is not due.
  const isSpared = show === 'kanban' && filters.states.length === 0;
  const isWide = show !== 'grid' && (due === undefined || isSpared) && filters.states.length === 0;
  const dueFilter = due && dueFilterOf(due, present);
  const filter = allOf(
    isWide && states === UNFINISHED && (filters.view === 'my' || filters.view === 'team')
      ? { any: [CLOSED, UNFINISHED] }
      : states,
    more,
    dueFilter && isSpared ? { any: [CLOSED, dueFilter] } : dueFilter,
    filters.states.length > 0 ? { field: 'state', op: 'in', value: filters.states } : undefined,
    filters.types.length > 0 ? { field: 'type', op: 'in', value: filters.types } : undefined,
    filters.owner && toOwnerFilter(filters.owner),
    filters.priorities.length > 0 ? toPriorityFilter(filters.priorities) : undefined,
    filters.regarding && { field: 'regarding', op: 'eq', value: filters.regarding.id },
    ...toColumnConditions(askable(present), filters.columnFilters, present.timeZone),
    base?.filter,
  );
  const search = filters.search.trim() || base?.search;
  const isAsMeant =
    show === 'grid' &&
    due === undefined &&
    filters.states.length === 0 &&
    order?.every(({ field }) => canSortBy(present.capabilities, field));
  const sorted = sortable(sort, present) ?? base?.sort ?? (isAsMeant ? order : undefined);
  return {
    ...(filter && { filter }),
    ...(search !== undefined && { search }),
    ...(sorted && { sort: sorted }),
  };
}

/** The columns by which the data source can be asked. */
function askable({ columns = [], capabilities }: Present): readonly FilteredColumn[] {
  return columns.filter(({ field }) => field !== undefined && canFilterBy(capabilities, field));
}

/** Without what nothing can be sorted by: an address and what was kept may name any field. Undefined: nothing is left of it. */
function sortable(
  sort: readonly Sort[] | undefined,
  { capabilities, columns }: Present,
): readonly Sort[] | undefined {
  const known = sort?.filter(({ field }) => {
    const common = queryField(field, BUILT_IN_TYPES);
    const isField = common ? !common.many : columns?.some((column) => column.field === field);
    return isField === true && canSortBy(capabilities, field);
  });
  if (known?.length === sort?.length) return sort;
  return known && known.length > 0 ? known : undefined;
}

function toOwnerFilter(owner: WorkspaceOwner): Filter {
  if (owner === 'others') {
    const named = ['me', 'my-team'].map((value): Filter => ({ field: 'owner', op: 'eq', value }));
    return { not: { any: named } };
  }
  return { field: 'owner', op: 'eq', value: typeof owner === 'string' ? owner : owner.id };
}

/** What says no priority has the normal one. */
function toPriorityFilter(priorities: readonly Priority[]): Filter {
  const named: Filter = { field: 'priority', op: 'in', value: priorities };
  return priorities.includes('normal')
    ? { any: [named, { field: 'priority', op: 'empty' }] }
    : named;
}

import { ACTIVITY_STATES, type RecordRef } from '../../model/activity.js';
import type { ActivityTypes } from '../../model/activity-types.js';
import { both, type ColumnFilter } from '../../model/column-filter.js';
import type { CountGroup } from '../../model/query.js';
import { addDays, dayOf, type Day } from '../../model/time.js';
import type { Session } from '../../provider/provider.js';
import {
  toQuery,
  type DueRange,
  type Present,
  type WorkspaceFilters,
  type WorkspaceOwner,
} from './workspace-state.js';

export const SUMMARY_DIMENSIONS = ['type', 'state', 'owner', 'week'] as const;
export type SummaryDimension = (typeof SUMMARY_DIMENSIONS)[number];

/** One figure. */
export interface SummaryRow {
  readonly name: string;
  readonly dimension: SummaryDimension;
  /** What it stands for; of the rest of a team nothing. */
  readonly of: Partial<WorkspaceFilters>;
  /** What would be chosen besides what is chosen, to see its rows. */
  readonly filters: Partial<WorkspaceFilters>;
}

export interface SummaryContext extends Present {
  readonly types: ActivityTypes;
  readonly session: Session;
}

/** Weeks that are told apart, this one with them. */
const WEEKS = 6;
const MOST_OWNERS = 50;

/** What is counted of what is shown: by type, state, owner, and the week in which it is due. */
export function summaryRows(
  filters: WorkspaceFilters,
  { types, session, now, timeZone, firstDayOfWeek }: SummaryContext,
): readonly SummaryRow[] {
  const rows: SummaryRow[] = [];
  const add = (
    dimension: SummaryDimension,
    name: string,
    of: Partial<WorkspaceFilters>,
    narrowed = of,
  ): void => {
    rows.push({ name: `${dimension} ${name}`, dimension, of, filters: narrowed });
  };
  const within = <T>(chosen: readonly T[], one: T): boolean =>
    chosen.length === 0 || chosen.includes(one);
  /** By the column too: what is chosen as owner or due date stays so. Undefined: none can be both. */
  const alsoBy = (column: string, filter: ColumnFilter): Partial<WorkspaceFilters> | undefined => {
    const narrowed = both(filters.columnFilters[column], filter);
    return narrowed && { columnFilters: { ...filters.columnFilters, [column]: narrowed } };
  };

  for (const { name, states } of types) {
    const isShown = filters.view === 'personal' || Object.keys(states).length > 0;
    if (isShown && within(filters.types, name)) add('type', name, { types: [name] });
  }
  for (const state of ACTIVITY_STATES) {
    if (within(filters.states, state)) add('state', state, { states: [state] });
  }

  const { owner } = filters;
  const addOwner = (one: WorkspaceOwner): void => {
    const name = typeof one === 'string' ? one : one.id;
    if (owner !== 'my-team' || one === owner) {
      add('owner', name, { owner: one });
      return;
    }
    const records = typeof one === 'string' ? [] : [one];
    const narrowed = alsoBy('owner', {
      kind: 'record',
      records,
      ...(one === 'me' && { isMe: true }),
    });
    if (narrowed) add('owner', name, { owner: one }, narrowed);
  };
  if (owner === undefined || owner === 'my-team') {
    addOwner('me');
    const { user, team } = session;
    if (Array.isArray(team)) {
      const members = (team as readonly RecordRef[]).filter(({ id }) => id !== user?.id);
      for (const one of members.slice(0, MOST_OWNERS)) addOwner(one);
      const records = members.slice(MOST_OWNERS);
      const rest = alsoBy('owner', { kind: 'record', records });
      if (records.length > 0 && rest) add('owner', 'rest', {}, rest);
    } else if (team === 'unknown') addOwner('my-team');
    if (owner === undefined) addOwner('others');
  } else addOwner(owner);

  const today = dayOf(now, timeZone);
  const weekday = new Date(Date.parse(today)).getUTCDay();
  const monday = addDays(today, -((weekday - firstDayOfWeek + 7) % 7));
  const week = (index: number): Day => addDays(monday, 7 * index);
  const addDue = (due: DueRange | 'no-date', days: ColumnFilter): void => {
    // The bucket of what has no date means what is open only; what is shown may be done.
    const isFree = filters.due === undefined && due !== 'no-date';
    const narrowed = isFree || filters.due === due ? { due } : alsoBy('due', days);
    if (narrowed) add('week', due, { due }, narrowed);
  };
  addDue(`..${week(0)}`, { kind: 'time', to: addDays(week(0), -1) });
  for (let index = 0; index < WEEKS; index++) {
    const [from, next] = [week(index), week(index + 1)];
    addDue(`${from}..${next}`, { kind: 'time', from, to: addDays(next, -1) });
  }
  addDue(`${week(WEEKS)}..`, { kind: 'time', from: week(WEEKS) });
  addDue('no-date', { kind: 'empty' });
  return rows;
}

/** The groups of one `count` call, each with exactly the filter that its figure leads to. */
export function summaryGroups(
  rows: readonly SummaryRow[],
  filters: WorkspaceFilters,
  present: Present,
): readonly CountGroup[] {
  return rows.map(({ name, filters: narrowed }) => ({
    name,
    filter: toQuery({ ...filters, ...narrowed, search: '' }, 'grid', undefined, present).filter ?? {
      all: [],
    },
  }));
}

import { ACTIVITY_STATES, type RecordRef } from '../../model/activity.js';
import type { ActivityTypes } from '../../model/activity-types.js';
import type { CountGroup } from '../../model/query.js';
import { addDays, dayOf, type Day } from '../../model/time.js';
import type { Session } from '../../provider/provider.js';
import { toQuery, type DueRange, type Present, type WorkspaceFilters } from './workspace-state.js';

export const SUMMARY_DIMENSIONS = ['type', 'state', 'owner', 'week'] as const;
export type SummaryDimension = (typeof SUMMARY_DIMENSIONS)[number];

/** One figure: what would be chosen to see its rows. */
export interface SummaryRow {
  readonly name: string;
  readonly dimension: SummaryDimension;
  readonly filters: Partial<WorkspaceFilters>;
}

export interface SummaryContext extends Present {
  readonly types: ActivityTypes;
  readonly session: Session;
}

/** Weeks that are told apart, this one with them. */
const WEEKS = 6;
const MOST_OWNERS = 50;

/** What is counted: by type, state, owner, and the week in which it is due. */
export function summaryRows(
  filters: WorkspaceFilters,
  { types, session, now, timeZone, firstDayOfWeek }: SummaryContext,
): readonly SummaryRow[] {
  const rows: SummaryRow[] = [];
  const add = (
    dimension: SummaryDimension,
    name: string,
    narrowed: Partial<WorkspaceFilters>,
  ): void => {
    rows.push({ name: `${dimension} ${name}`, dimension, filters: narrowed });
  };
  for (const { name, states } of types) {
    const isShown = filters.view === 'personal' || Object.keys(states).length > 0;
    if (isShown) add('type', name, { types: [name] });
  }
  for (const state of ACTIVITY_STATES) add('state', state, { states: [state] });

  add('owner', 'me', { owner: 'me' });
  if (Array.isArray(session.team)) {
    const team = (session.team as readonly RecordRef[]).filter(({ id }) => id !== session.user?.id);
    for (const owner of team.slice(0, MOST_OWNERS)) add('owner', owner.id, { owner });
  } else if (session.team === 'unknown') add('owner', 'my-team', { owner: 'my-team' });
  add('owner', 'others', { owner: 'others' });

  const today = dayOf(now, timeZone);
  const weekday = new Date(Date.parse(today)).getUTCDay();
  const monday = addDays(today, -((weekday - firstDayOfWeek + 7) % 7));
  const week = (index: number): Day => addDays(monday, 7 * index);
  const ranges: DueRange[] = [`..${week(0)}`];
  for (let index = 0; index < WEEKS; index++) ranges.push(`${week(index)}..${week(index + 1)}`);
  ranges.push(`${week(WEEKS)}..`);
  for (const due of ranges) add('week', due, { due });
  add('week', 'no-date', { due: 'no-date' });
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

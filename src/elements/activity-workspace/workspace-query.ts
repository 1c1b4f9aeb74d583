import { ACTIVITY_STATES } from '../../model/activity.js';
import { toDueFilter, type DueFilter } from '../../model/due.js';
import { UNFINISHED, allOf, type ActivityQuery, type Filter } from '../../model/query.js';
import type { Milliseconds } from '../../model/time.js';

export const WORKSPACE_VIEWS = ['my', 'team', 'all'] as const;
/** Whose activities: those I own, organise or attend; those of my team; all. */
export type WorkspaceView = (typeof WORKSPACE_VIEWS)[number];

export const WORKSPACE_SHOWS = ['grid', 'calendar', 'kanban'] as const;
export type WorkspaceShow = (typeof WORKSPACE_SHOWS)[number];

/** What the user chose to see. */
export interface WorkspaceChoice {
  readonly view: WorkspaceView;
  /** Names of types; none: all. */
  readonly types: readonly string[];
  readonly due: DueFilter | undefined;
  readonly search: string;
}

const CLOSED: Filter = { field: 'state', op: 'in', value: ['completed', 'canceled'] };
/** What has a life cycle: no notes. */
export const WITH_STATE: Filter = { field: 'state', op: 'in', value: ACTIVITY_STATES };

const WHOSE: { readonly [view in WorkspaceView]?: Filter } = {
  my: {
    any: [
      { field: 'owner', op: 'eq', value: 'me' },
      { field: 'parties.organizer', op: 'eq', value: 'me' },
      { field: 'parties.required', op: 'eq', value: 'me' },
      { field: 'parties.optional', op: 'eq', value: 'me' },
    ],
  },
  team: { field: 'owner', op: 'eq', value: 'my-team' },
};

/**
 * The question behind a choice. *My* and *Team*, and every due filter, mean what is open or scheduled; a board and a calendar show
 * what is done beside it, whatever the due filter.
 */
export function toQuery(
  choice: WorkspaceChoice,
  show: WorkspaceShow,
  base: Pick<ActivityQuery, 'filter' | 'search' | 'sort'> | undefined,
  now: Milliseconds,
  timeZone: string,
): Pick<ActivityQuery, 'filter' | 'search' | 'sort'> {
  const due = choice.due && toDueFilter(choice.due, now, timeZone);
  const unfinished = due ?? (choice.view === 'all' ? undefined : UNFINISHED);
  const byState =
    unfinished &&
    (show === 'grid' ? unfinished : { any: [CLOSED, ...(due ? [due] : [UNFINISHED])] });
  const filter = allOf(
    byState ?? WITH_STATE,
    WHOSE[choice.view],
    choice.types.length > 0 ? { field: 'type', op: 'in', value: choice.types } : undefined,
    base?.filter,
  );
  const search = choice.search.trim() || base?.search;
  return {
    ...(filter && { filter }),
    ...(search !== undefined && { search }),
    ...(base?.sort && { sort: base.sort }),
  };
}

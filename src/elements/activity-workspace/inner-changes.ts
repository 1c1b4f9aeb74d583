import type { ActivityViewChangeEvent } from '../../events/activity-view-change-event.js';
import type { Json } from '../../model/json.js';
import type { WorkspaceState } from './workspace-state.js';

/** What the workspace calls what the elements in it call otherwise: a calendar's `view` is not the workspace's. */
const NAMES: { readonly [element: string]: { readonly [name: string]: keyof WorkspaceState } } = {
  'activity-grid': {
    sort: 'sort',
    filters: 'columnFilters',
    groupBy: 'groupBy',
    arrangement: 'arrangement',
  },
  'activity-calendar': { date: 'date', view: 'calendarView' },
  'activity-kanban': { lanesBy: 'lanesBy' },
};

/**
 * The news of an element inside, in the workspace's own words: what is part of its state under that name, all else as
 * `element.name` (`grid.columns`).
 */
export function fromInside({ detail, target }: ActivityViewChangeEvent): {
  readonly state: Partial<WorkspaceState>;
  readonly other: { readonly [name: string]: Json };
} {
  const element = target instanceof Element ? target.localName : '';
  const state: Record<string, Json> = {};
  const other: Record<string, Json> = {};
  for (const [name, value] of Object.entries(detail)) {
    const own = NAMES[element]?.[name];
    if (own) state[own] = value;
    else other[`${element.replace('activity-', '')}.${name}`] = value;
  }
  return { state: state as Partial<WorkspaceState>, other };
}

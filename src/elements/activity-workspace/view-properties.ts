import type { ActivityCalendar } from '../activity-calendar/activity-calendar.js';
import type { ActivityGrid } from '../activity-grid/activity-grid.js';
import type { ActivityKanban } from '../activity-kanban/activity-kanban.js';

/** What the workspace decides, and tells what is in it. */
type Decided =
  | 'query'
  | 'record'
  | 'rollup'
  | 'selection'
  | 'groupBy'
  | 'lanesBy'
  | 'date'
  | 'view';

/** Properties of what a workspace shows that the host sets: columns, limits, its own renderers. */
export interface ViewProperties {
  readonly grid?: Partial<Omit<ActivityGrid, Decided>>;
  readonly calendar?: Partial<Omit<ActivityCalendar, Decided>>;
  readonly kanban?: Partial<Omit<ActivityKanban, Decided>>;
}

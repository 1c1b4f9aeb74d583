/** Registers every element of the kit. */
export { ActivityCalendar } from './activity-calendar.js';
export { ActivityContext } from './activity-context.js';
export { ActivityForm } from './activity-form.js';
export { ActivityGrid } from './activity-grid.js';
export { ActivityKanban } from './activity-kanban.js';
export { ActivityQuickCreate } from './activity-quick-create.js';
export { ActivityTimeline } from './activity-timeline.js';
export { ActivityWorkspace } from './activity-workspace.js';

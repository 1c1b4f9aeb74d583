/** What the workspace decides, and tells what is in it. */
type Decided =
  | 'query'
  | 'record'
  | 'rollup'
  | 'selection'
  | 'filters'
  | 'current'
  | 'groupBy'
  | 'arrangement'
  | 'lanesBy'
  | 'date'
  | 'view';

type Given<Tag extends keyof HTMLElementTagNameMap> = Partial<
  Omit<HTMLElementTagNameMap[Tag], Decided>
>;

/** Properties of what a workspace shows that the host sets: columns, limits, its own renderers. */
export interface ViewProperties {
  readonly grid?: Given<'activity-grid'>;
  readonly calendar?: Given<'activity-calendar'>;
  readonly kanban?: Given<'activity-kanban'>;
}

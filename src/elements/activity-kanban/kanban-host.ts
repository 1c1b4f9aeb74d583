import type { Activity } from '../../model/activity.js';
import type { ActivityElement } from '../base/activity-element.js';
import type { LanesBy, SwimLanes } from './groups.js';
import type { LaneOrder } from './lanes.js';

/** What a card shows below its subject: fields that every activity has, or a type's own, `fields.NAME`. */
export type CardField =
  | 'regarding'
  | 'due'
  | 'priority'
  | 'owner'
  | 'type'
  | 'reason'
  | 'modified'
  | 'description'
  | `fields.${string}`;

/** Draws a card's inside in the host's own way: text, a node, or what it filled `container` with (then a function that clears up). */
export type CardRenderer = (context: {
  readonly activity: Activity;
  readonly container: HTMLElement;
}) => string | Node | (() => void);

/** What the parts of the board need to know of it. */
export interface KanbanHost extends ActivityElement {
  selection: readonly string[];
  cardFields: readonly CardField[];
  /** Left out: `state`. */
  lanesBy: LanesBy | undefined;
  laneOrder: readonly string[] | undefined;
  swimLanes: SwimLanes | undefined;
  order: LaneOrder | undefined;
  limits: Readonly<Record<string, number>>;
  sums: boolean;
  reasons: 'ask' | 'default';
  collapsed: readonly string[];
}

import type { ReactiveController } from 'lit';
import type { Json } from '../../model/json.js';
import { ActivityViewChangeEvent } from '../../events/activity-view-change-event.js';
import { readPreference, writePreference } from '../base/preferences.js';
import { SWIM_LANES } from './groups.js';
import type { KanbanHost } from './kanban-host.js';
import { LANE_ORDERS } from './lanes.js';

/** What the user can set, and what each was before anybody did. */
const DEFAULTS = {
  lanesBy: 'state',
  swimLanes: undefined,
  order: undefined,
  collapsed: [] as readonly string[],
  sums: false as boolean,
} as const;
type Settings = Pick<KanbanHost, keyof typeof DEFAULTS>;

const KEY = 'kanban.board';

/** How the user likes the board: told to the host, taken over, and kept. What the host sets itself is not the user's to find again. */
export class BoardSettings implements ReactiveController {
  readonly #host: KanbanHost;
  #readFrom: unknown;
  #kept: { [name: string]: Json } = {};

  constructor(host: KanbanHost) {
    this.#host = host;
    host.addController(this);
  }

  hostUpdate(): void {
    const { preferences, store } = this.#host;
    if (!store || preferences === this.#readFrom) return;
    this.#readFrom = preferences;
    void readPreference(preferences, KEY).then((found) => {
      if (this.#readFrom === preferences) this.#restore(found);
    });
  }

  choose(changes: Partial<Settings>): void {
    const detail: { [name: string]: Json } = {};
    for (const [name, value] of Object.entries(changes)) detail[name] = value ?? null;
    this.#host.dispatchEvent(new ActivityViewChangeEvent(detail));
    Object.assign(this.#host, changes);
    this.#kept = { ...this.#kept, ...detail };
    void writePreference(this.#host, KEY, this.#kept);
  }

  /** Folds a lane or a row, or opens it again. */
  toggle(key: string): void {
    const { collapsed } = this.#host;
    const isFolded = collapsed.includes(key);
    this.choose({
      collapsed: isFolded ? collapsed.filter((one) => one !== key) : [...collapsed, key],
    });
  }

  #restore(found: Json | undefined): void {
    if (typeof found !== 'object' || found === null || Array.isArray(found)) return;
    this.#kept = { ...(found as { [name: string]: Json }), ...this.#kept };
    const { lanesBy, swimLanes, order, collapsed, sums } = this.#kept;
    const host = this.#host;
    const isUnset = (host.lanesBy ?? DEFAULTS.lanesBy) === DEFAULTS.lanesBy;
    if (typeof lanesBy === 'string' && isUnset) host.lanesBy = lanesBy;
    const swim = SWIM_LANES.find((one) => one === swimLanes);
    if (swim && host.swimLanes === undefined) host.swimLanes = swim;
    const known = LANE_ORDERS.find((one) => one === order);
    if (known && host.order === undefined) host.order = known;
    if (sums === true) host.sums = true;
    if (Array.isArray(collapsed) && host.collapsed.length === 0) {
      host.collapsed = collapsed.filter((one) => typeof one === 'string');
    }
  }
}

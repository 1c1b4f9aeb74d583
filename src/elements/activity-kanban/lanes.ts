import type { Activity, RecordRef } from '../../model/activity.js';
import type { ActivityType } from '../../model/activity-type.js';
import type { ActivityTypes } from '../../model/activity-types.js';
import {
  allOf,
  fieldsOf,
  needOf,
  type ActivityQuery,
  type Rollup,
  type Sort,
  type Total,
} from '../../model/query.js';
import { canSortBy, type Capabilities } from '../../provider/capabilities.js';
import type { Localizer } from '../../i18n/localizer.js';
import type { ProviderFailure } from '../../provider/failure.js';
import type { ViewStatus } from '../../store/activity-view.js';
import { ofLate, type Group, type Trait } from './groups.js';
import type { Slice } from './lane-windows.js';

const PAGE = 20;

/** How the cards of a lane are ordered: `own` is the user's own order. */
export const LANE_ORDERS = ['due', 'priority', 'modified', 'subject', 'own'] as const;
export type LaneOrder = (typeof LANE_ORDERS)[number];

/** Where a lane and a row of lanes cross; without rows, the lane. It has a question, a window and an order of its own. */
export interface Cell {
  readonly key: string;
  readonly lane: Group;
  readonly row: Group | undefined;
}

/** Where something is let go: a cell, and where the order is the user's own, before which of its cards. */
export interface Target {
  readonly cell: string;
  readonly index: number;
}

/** What the user has in hand. */
export interface Lifted {
  /** The card that was taken hold of, as it was then. */
  readonly activity: Activity;
  /** All that go with it, itself included. */
  readonly ids: ReadonlySet<string>;
  /** Key of the cell it comes from. */
  readonly from: string;
  /** Its place among the cards of that cell. */
  readonly index: number;
  /** What is under the pointer, or chosen by keys. */
  readonly over: Target | undefined;
  /** Let go, and on its way to where it belongs. */
  readonly isSettling: boolean;
  readonly by: 'pointer' | 'keys';
}

export interface LaneCard {
  readonly activity: Activity;
  /** Its place among those of its cell. */
  readonly index: number;
  /** `lifted`: its place is kept free. `gone`: it is no longer in this lane, but its node is held by the drag. */
  readonly place: 'listed' | 'lifted' | 'gone';
  /** Out of sight, and kept: it has the focus, or the finger is on it. */
  readonly isPinned: boolean;
}

export interface Lane {
  readonly cell: Cell;
  /** Those that are drawn. */
  readonly cards: readonly LaneCard[];
  readonly slice: Slice;
  /** How many of the total are loaded. */
  readonly shown: number;
  readonly total: Total | undefined;
  readonly status: ViewStatus;
  readonly error: ProviderFailure | undefined;
  readonly hasMore: boolean;
  readonly isLoadingMore: boolean;
}

/** What a lane needs to know of the answer to its question. */
export interface LaneAnswer {
  readonly rows: readonly Activity[];
  readonly total: Total | undefined;
  readonly view:
    | {
        readonly status: ViewStatus;
        readonly error: ProviderFailure | undefined;
        readonly hasMore: boolean;
        readonly isLoadingMore: boolean;
      }
    | undefined;
}

export function cellKey(lane: string, row: string | undefined): string {
  return row === undefined ? lane : `${lane}/${row}`;
}

/** A cell by its row and its lane: "High, Open". */
export function cellName(words: Localizer, { lane, row }: Cell): string {
  return row ? words.say('kanban.cell', row.label, lane.label) : lane.label;
}

/** How many there are: "40", "5,000+". */
export function totalWords(words: Localizer, { value, relation }: Total): string {
  return relation === 'exact' ? words.number(value) : words.say('count.at-least', value);
}

/** The cells of a board, row by row. */
export function toCells(
  lanes: readonly Group[],
  rows: readonly Group[] | undefined,
): readonly Cell[] {
  if (!rows)
    return lanes.map((lane) => ({ key: cellKey(lane.key, undefined), lane, row: undefined }));
  return rows.flatMap((row) =>
    lanes.map((lane) => ({ key: cellKey(lane.key, row.key), lane, row })),
  );
}

export interface QuestionOptions {
  readonly query?: Pick<ActivityQuery, 'filter' | 'search' | 'sort'> | undefined;
  readonly about?: RecordRef | undefined;
  readonly rollup?: Rollup | undefined;
  /** Left out: as the host's query sorts, else by what is due. */
  readonly order?: LaneOrder | undefined;
  /** What was closed longer ago is shown too. */
  readonly withOlder?: boolean;
  /** What the cards show. */
  readonly shown?: readonly string[] | undefined;
  /** What the data source can be asked. */
  readonly capabilities?: Capabilities | undefined;
  readonly now: number;
  readonly timeZone: string;
}

/** What a cell asks for: what is due first stands first, of what is closed the newest, and only of late. */
export function cellQuestion(
  { lane, row }: Pick<Cell, 'lane' | 'row'>,
  {
    query = {},
    about,
    rollup = 'none',
    order,
    withOlder = false,
    shown = [],
    ...options
  }: QuestionOptions,
): ActivityQuery {
  const { capabilities, now, timeZone } = options;
  const late = lane.isClosed && !withOlder ? ofLate(now, timeZone, capabilities) : undefined;
  const filter = allOf(query.filter, lane.filter, row?.filter, late);
  const need = needOf([...shown, ...fieldsOf(filter).map(({ field }) => field)]);
  return {
    ...(filter && { filter }),
    ...(query.search && { search: query.search }),
    ...(about && { record: { ref: about, rollup } }),
    ...(need && { need }),
    sort:
      order === undefined && query.sort?.length
        ? query.sort
        : sortOf(order ?? 'due', lane).filter(({ field }) => canSortBy(capabilities, field)),
    page: { size: PAGE },
  };
}

/** Whether the data source can put the cards of any lane in this order, which of the user's own is the kit's affair. */
export function canOrderBy(order: LaneOrder, capabilities: Capabilities | undefined): boolean {
  const [first] = order === 'due' || order === 'own' ? [] : sortOf(order, { isClosed: false });
  return !first || canSortBy(capabilities, first.field);
}

/** By date, what is open first comes first; of what is done, what was done last. */
function sortOf(order: LaneOrder, { isClosed }: Pick<Group, 'isClosed'>): readonly Sort[] {
  const byDate: Sort = isClosed
    ? { field: 'actualEnd', direction: 'desc' }
    : { field: 'deadline', direction: 'asc', blanks: 'last' };
  switch (order) {
    case 'priority':
      return [{ field: 'priority', direction: 'desc' }, byDate];
    case 'modified':
      return [{ field: 'modifiedAt', direction: 'desc' }];
    case 'subject':
      return [{ field: 'subject', direction: 'asc' }];
    case 'due':
    case 'own':
      return [byDate];
  }
}

/**
 * A lane as it is drawn: the cards of its slice, and those that must not go (`kept`: the one with the focus). What is in the user's
 * hand keeps its place in the lane it came from, whatever happens to its row.
 */
export function toLane(
  cell: Cell,
  { rows, total, view }: LaneAnswer,
  slice: Slice,
  indexOf: (id: string) => number,
  {
    lifted,
    kept,
  }: { readonly lifted?: Lifted | undefined; readonly kept?: string | undefined } = {},
): Lane {
  return {
    cell,
    cards: toCards(cell, rows, slice, indexOf, lifted, kept),
    slice,
    shown: rows.length,
    total,
    status: view?.status ?? 'loading',
    error: view?.error,
    hasMore: view?.hasMore ?? false,
    isLoadingMore: view?.isLoadingMore ?? false,
  };
}

function toCards(
  { key }: Cell,
  rows: readonly Activity[],
  { first, last }: Slice,
  indexOf: (id: string) => number,
  lifted: Lifted | undefined,
  kept: string | undefined,
): LaneCard[] {
  const isHome = lifted?.from === key && lifted.by === 'pointer' && !lifted.isSettling;
  const heldId = isHome ? lifted.activity.id : undefined;
  const indices = new Set<number>();
  for (let index = first; index < Math.min(last, rows.length); index++) indices.add(index);
  for (const id of [kept, heldId]) {
    const index = id === undefined ? -1 : indexOf(id);
    if (index >= 0) indices.add(index);
  }
  const cards = [...indices]
    .sort((a, b) => a - b)
    .flatMap((index): LaneCard[] => {
      const activity = rows[index];
      if (!activity) return [];
      const isPinned = index < first || index >= last;
      if (!lifted?.ids.has(activity.id)) return [{ activity, index, place: 'listed', isPinned }];
      // What the finger is on must stay the same nodes: it is drawn as it was.
      const isHeld = activity.id === lifted.activity.id && key === lifted.from;
      return [{ activity: isHeld ? lifted.activity : activity, index, place: 'lifted', isPinned }];
    });
  if (!isHome || !lifted || indexOf(lifted.activity.id) >= 0) return cards;
  const gone: LaneCard = {
    activity: lifted.activity,
    index: lifted.index,
    place: 'gone',
    isPinned: true,
  };
  const at = cards.findIndex(({ index }) => index >= lifted.index);
  return cards.toSpliced(at < 0 ? cards.length : at, 0, gone);
}

/**
 * Of which type a lane's + makes one: a task where tasks have this state, else an appointment, else the first type that has it.
 * Undefined where none may be created.
 */
export function typeToAdd(
  trait: Trait,
  types: ActivityTypes,
  mayCreate: (type: string) => boolean,
): ActivityType | undefined {
  const first = ['task', 'appointment'].flatMap((name) => (types.has(name) ? types.get(name) : []));
  return [...first, ...types].find((type) => {
    if (!mayCreate(type.name) || Object.keys(type.states).length === 0) return false;
    if (trait.by === 'state') return type.states[trait.state] !== undefined;
    if (trait.by === 'type') return type.name === trait.type;
    if (trait.by === 'field' && trait.field !== 'priority') {
      return type.fields.some(({ name }) => `fields.${name}` === trait.field);
    }
    return true;
  });
}

/** How the user ordered some cards: those named, in that order, before all others, which stay as they are. */
export function inOwnOrder(
  rows: readonly Activity[],
  order: readonly string[],
): readonly Activity[] {
  if (order.length === 0) return rows;
  const places = new Map(order.map((id, index) => [id, index]));
  const named: Activity[] = [];
  const rest: Activity[] = [];
  for (const row of rows) (places.has(row.id) ? named : rest).push(row);
  if (named.length === 0) return rows;
  named.sort((a, b) => (places.get(a.id) ?? 0) - (places.get(b.id) ?? 0));
  return [...named, ...rest];
}

/** The order after some cards were put before the card at `index`: all that stand above it are named with them. */
export function orderWith(
  shown: readonly { readonly id: string }[],
  moved: readonly string[],
  index: number,
  old: readonly string[],
): readonly string[] {
  const isMoved = new Set(moved);
  const above = shown.slice(0, index).filter(({ id }) => !isMoved.has(id));
  const head = [...above.map(({ id }) => id), ...moved];
  const isNamed = new Set(head);
  return [...head, ...old.filter((id) => !isNamed.has(id))];
}

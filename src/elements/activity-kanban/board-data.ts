import type { ReactiveController } from 'lit';
import type { Activity, RecordRef } from '../../model/activity.js';
import type { ActivityType } from '../../model/activity-type.js';
import type { ActivityTypes } from '../../model/activity-types.js';
import { canonicalJson, type Json } from '../../model/json.js';
import {
  allOf,
  type ActivityQuery,
  type CountGroup,
  type Filter,
  type Total,
} from '../../model/query.js';
import type { ProviderFailure } from '../../provider/failure.js';
import type { ActivityStore } from '../../store/activity-store.js';
import { changePreference, readPreference, tellRefused } from '../base/preferences.js';
import { CountController, ViewController } from '../base/view-controller.js';
import {
  canAsk,
  hasTrait,
  inHostOrder,
  laneGroups,
  ofLate,
  swimLaneGroups,
  typesInView,
  type Group,
  type GroupContext,
  type LanesBy,
  type SwimLanes,
  type Trait,
} from './groups.js';
import type { KanbanHost } from './kanban-host.js';
import {
  canOrderBy,
  cellQuestion,
  inOwnOrder,
  orderWith,
  toCells,
  type Cell,
  type LaneAnswer,
  type LaneOrder,
} from './lanes.js';
import type { People } from './people.js';

const ORDER_KEY = 'kanban.order';
/** An order of the user's own is kept of so many cards of a lane: those are loaded to be shown in it. */
export const MOST_ORDERED = 1000;

/** In one answer, where what is asked for is all there is. */
const WHOLE_PAGE = 500;

/** So many cards in all rows are asked for lane by lane, and put into their rows here: cell by cell it would be dozens of requests. */
const MOST_SPLIT = 400;

const NOBODY: readonly RecordRef[] = [];

type Orders = Readonly<Record<string, readonly string[]>>;

/** Cards that were put elsewhere in the user's own order. */
export interface Reordered {
  /** Fulfilled when the order is kept, or it is told that it can't be. */
  readonly kept: Promise<void>;
  readonly takeBack: () => Promise<void>;
}

/** What stands in a cell of what a whole lane holds. */
interface Part {
  readonly of: readonly Activity[];
  readonly trait: Trait;
  readonly minute: number;
  readonly rows: readonly Activity[];
}

/** The cards of a cell. What is asked again is mostly answered before the next frame: what changed and the answer are drawn with it, as one. */
class CardsController extends ViewController {
  protected override changed(): void {
    if (this.view?.status === 'refreshing') this.host.drawWithFrame();
    super.changed();
  }
}

/** What stands on the board: lanes and rows of lanes, and the cards of each cell, in the order in which they are shown. */
export class BoardData implements ReactiveController {
  readonly #host: KanbanHost;
  readonly #people: People;
  readonly #views = new Map<string, ViewController>();
  /** Of whole lanes, by their keys, where those are asked for. */
  readonly #whole = new Map<string, ViewController>();
  /** What of a whole lane stands in each cell. */
  readonly #parts = new Map<string, Part>();
  readonly #rowCounts: CountController;
  readonly #withOlder = new Set<string>();
  #lanesBy: LanesBy = 'state';
  #groups: readonly Group[] = [];
  #rows: readonly Group[] | undefined;
  #cells: readonly Cell[] = [];
  #byKey = new Map<string, Cell>();
  #key: readonly unknown[] = [];
  #typesOf:
    | {
        readonly types: ActivityTypes | undefined;
        readonly filter: Filter | undefined;
        readonly found: readonly ActivityType[];
      }
    | undefined;
  #questions = new Map<string, ActivityQuery>();
  #questionKey: readonly unknown[] = [];
  #orders: Orders = {};
  #ordersOf: unknown;
  /** What was shown of a cell last, for when its question is asked anew because time went on. */
  readonly #last = new Map<string, { readonly of: string; readonly answer: LaneAnswer }>();
  #lastOf: ActivityStore | undefined;
  #subjectParts: readonly unknown[] = [];
  #subjectText = '';
  readonly #ordered = new Map<
    string,
    {
      readonly rows: readonly Activity[];
      readonly order: readonly string[];
      readonly result: readonly Activity[];
    }
  >();

  constructor(host: KanbanHost, people: People) {
    this.#host = host;
    this.#people = people;
    host.addController(this);
    // Behind this one, which tells what the rows are.
    this.#rowCounts = new CountController(host, () => this.#rowQuestion());
  }

  /** What the lanes are. */
  get lanesBy(): LanesBy {
    return this.#lanesBy;
  }

  get lanes(): readonly Group[] {
    return this.#groups;
  }

  /** Undefined where the lanes have no rows. */
  get rows(): readonly Group[] | undefined {
    return this.#rows;
  }

  get cells(): readonly Cell[] {
    return this.#cells;
  }

  cell(key: string): Cell | undefined {
    return this.#byKey.get(key);
  }

  /** The cell in which some of these stand. */
  cellWith(ids: readonly string[]): Cell | undefined {
    return this.#cells.find(({ key }) => this.answer(key).rows.some(({ id }) => ids.includes(id)));
  }

  /** The order in force; undefined: the host's own sort. */
  get order(): LaneOrder | undefined {
    const { order, query, store } = this.#host;
    if (order !== undefined && canOrderBy(order, store?.capabilities)) return order;
    return query?.sort?.length ? undefined : 'due';
  }

  /** The rows of a cell, in the order in which they are shown. */
  answer(key: string): LaneAnswer {
    const { view } = this.#controller(key) ?? {};
    const all = this.#rowsOf(key);
    const rows = this.#inOrder(key, all);
    const total = this.#totalOf(key, all.length);
    const last = this.#last.get(key);
    const isAwaited = view ? view.status === 'loading' : this.#rowCounts.isAwaited;
    const isAskedAnew = isAwaited && rows.length === 0;
    if (!isAskedAnew || last?.of !== this.#subject) return { rows, total, view };
    return {
      ...last.answer,
      view: { status: 'refreshing', error: undefined, hasMore: false, isLoadingMore: false },
    };
  }

  /** What is asked but for the time. */
  get #subject(): string {
    const { lanesBy, swimLanes, words, query, about, rollup } = this.#host;
    const parts = [lanesBy, swimLanes, words.locale, query, about?.kind, about?.id, rollup];
    if (parts.some((part, index) => part !== this.#subjectParts[index])) {
      this.#subjectParts = parts;
      this.#subjectText = canonicalJson(parts);
    }
    return this.#subjectText;
  }

  /** All rows that are loaded. */
  *loaded(): Iterable<Activity> {
    for (const { key } of this.#cells) yield* this.#rowsOf(key);
  }

  /** Not of a row that is folded, or in which nothing stands. */
  isShown({ row }: Cell): boolean {
    if (!row) return true;
    return !this.#host.collapsed.includes(`row:${row.key}`) && this.rowTotal(row.key)?.value !== 0;
  }

  /** All rows are counted, and there is nothing in any. */
  get isEmpty(): boolean {
    return this.#rows?.every(({ key }) => this.rowTotal(key)?.value === 0) ?? false;
  }

  /** How many cards stand in a cell, loaded or not. */
  total(cell: string): Total {
    const { rows, total, view } = this.answer(cell);
    const isExact = total ? total.relation === 'exact' : !view?.hasMore;
    return {
      value: Math.max(total?.value ?? 0, rows.length),
      relation: isExact ? 'exact' : 'atLeast',
    };
  }

  /** The last place of a cell to which the user can put a card: behind all its cards, where that is known and they are not too many. */
  lastPlace(cell: string): number {
    return Math.min(this.total(cell).value, MOST_ORDERED - 1);
  }

  rowTotal(row: string): Total | undefined {
    return this.#rowCounts.total(row);
  }

  isOlderHidden(lane: Group): boolean {
    return this.#ofLate(lane) !== undefined;
  }

  /** Lanes of this kind can be asked for. */
  hasLanesBy(by: LanesBy): boolean {
    const context = this.#context(NOBODY);
    return context !== undefined && this.#canAsk(laneGroups(by, context));
  }

  hasRowsBy(by: SwimLanes): boolean {
    const context = this.#context(NOBODY);
    return context !== undefined && this.#canAsk(swimLaneGroups(by, context));
  }

  #canAsk(groups: readonly Group[]): boolean {
    const { store } = this.#host;
    return groups.length > 0 && groups.every(({ filter }) => canAsk(store?.capabilities, filter));
  }

  #context(people: readonly RecordRef[]): GroupContext | undefined {
    const { store, words, now } = this.#host;
    return store && { types: store.types, inView: this.#inView, words, now, people };
  }

  /** The same array as long as it holds the same. */
  get #inView(): readonly ActivityType[] {
    const { store, query } = this.#host;
    if (
      !this.#typesOf ||
      this.#typesOf.types !== store?.types ||
      this.#typesOf.filter !== query?.filter
    ) {
      const found = store ? typesInView(store.types, query?.filter) : [];
      const before = this.#typesOf?.found ?? [];
      const isSame = found.length === before.length && found.every((one, at) => one === before[at]);
      this.#typesOf = {
        types: store?.types,
        filter: query?.filter,
        found: isSame ? before : found,
      };
    }
    return this.#typesOf.found;
  }

  #ofLate({ isClosed, key }: Group): Filter | undefined {
    if (!isClosed || this.#withOlder.has(key)) return undefined;
    const { now, words, store } = this.#host;
    return ofLate(now, words.timeZone, store?.capabilities);
  }

  showOlder(lane: string): void {
    this.#withOlder.add(lane);
    this.#questionKey = [];
    this.#host.requestUpdate();
  }

  loadMore(cell: string): void {
    this.#controller(cell)?.view?.loadMore();
  }

  /** Loads the cards of a cell until so many are there, or all; answers why that can't be. */
  async load(cell: string, count: number): Promise<ProviderFailure | undefined> {
    const view = this.#controller(cell)?.view;
    while (view?.hasMore && this.#rowsOf(cell).length < count) {
      if (view.status === 'failed') return view.error;
      await new Promise<void>((resolve) => {
        const end = view.subscribe(() => {
          resolve();
          queueMicrotask(() => end());
        });
        view.loadMore();
      });
    }
    return undefined;
  }

  refresh(cell: string): void {
    this.#controller(cell)?.view?.refresh();
  }

  /** Puts cards where the user put them: `undefined` where they stand there already, `too-far` where no order is kept of so many. */
  reorder(cell: string, ids: readonly string[], index: number): Reordered | 'too-far' | undefined {
    const shown = this.answer(cell).rows;
    const old = this.#orders[cell] ?? [];
    const order = orderWith(shown, ids, index, old).slice(0, MOST_ORDERED);
    if (ids.some((id) => !order.includes(id))) return 'too-far';
    const ordered = inOwnOrder(shown, order);
    const isThere = ids.every((id) => shown.some((row) => row.id === id));
    if (isThere && ordered.every((row, at) => row === shown[at])) return undefined;
    return {
      kept: this.#keepOrder(cell, order),
      takeBack: () => {
        const isLatest = this.#orders[cell] === order;
        return this.#keepOrder(cell, isLatest ? old : this.#orderBack(cell, ids, shown));
      },
    };
  }

  /** The order after some cards were put back before those that came next then; all else stays as it is now. */
  #orderBack(cell: string, ids: readonly string[], before: readonly Activity[]): readonly string[] {
    const all = this.#rowsOf(cell);
    let order = this.#orders[cell] ?? [];
    before.forEach(({ id }, at) => {
      if (!ids.includes(id)) return;
      const next = before.slice(at + 1).find((row) => !ids.includes(row.id));
      const rows = inOwnOrder(all, order);
      const index = rows.findIndex((row) => row.id === next?.id);
      order = orderWith(rows, [id], index < 0 ? rows.length : index, order);
    });
    return order.slice(0, MOST_ORDERED);
  }

  /** With the user's preferences, since it is nobody else's order. */
  async #keepOrder(cell: string, order: readonly string[]): Promise<void> {
    this.#orders = { ...this.#orders, [cell]: order };
    this.#host.requestUpdate();
    try {
      // Of other lanes another tab, or device, may know more.
      await changePreference(this.#host.preferences, ORDER_KEY, (kept) => ({
        ...checkedOrders(kept),
        [cell]: order,
      }));
    } catch {
      tellRefused(this.#host);
    }
  }

  hostUpdate(): void {
    const { store } = this.#host;
    if (store !== this.#lastOf) this.#last.clear();
    this.#lastOf = store;
    this.#readOrders();
    this.#regroup();
    for (const { key } of this.#cells) {
      if (this.#views.has(key)) continue;
      this.#views.set(key, new CardsController(this.#host, () => this.#question(key)));
    }
    if (!this.#rows) return;
    for (const { key } of this.#groups) {
      if (this.#whole.has(key)) continue;
      this.#whole.set(key, new CardsController(this.#host, () => this.#wholeQuestion(key)));
    }
  }

  hostUpdated(): void {
    for (const { key } of this.#cells) {
      const { rows, total, view } = this.answer(key);
      const isAnswered = view && (view.status !== 'loading' || rows.length > 0);
      if (isAnswered) this.#last.set(key, { of: this.#subject, answer: { rows, total, view } });
    }
    if (this.order !== 'own') return;
    // What the user put on top may be due long after what is loaded first.
    for (const [key, order] of Object.entries(this.#orders)) {
      const { rows, view } = this.#controller(key) ?? {};
      if (!rows || !view || view.status !== 'ready' || !view.hasMore) continue;
      if (rows.length >= MOST_ORDERED) continue;
      const known = new Set(rows.map(({ id }) => id));
      if (order.some((id) => !known.has(id) && this.#host.store?.row(id))) view.loadMore();
    }
  }

  #regroup(): void {
    const { store, words, lanesBy = 'state', swimLanes, laneOrder } = this.#host;
    const people = swimLanes === 'owner' ? this.#people.first : NOBODY;
    const key = [
      lanesBy,
      swimLanes ?? null,
      words.locale,
      words.today(),
      laneOrder,
      this.#inView,
      store?.types,
      store?.capabilities,
      words,
      people,
    ];
    if (key.every((part, index) => part === this.#key[index])) return;
    this.#key = key;
    this.#questionKey = [];
    const context = this.#context(people);
    // What was chosen for another data source may be more than this one can be asked.
    this.#lanesBy = this.hasLanesBy(lanesBy) ? lanesBy : 'state';
    this.#groups = context ? inHostOrder(laneGroups(this.#lanesBy, context), laneOrder) : [];
    const rows = swimLanes && this.hasRowsBy(swimLanes) ? swimLanes : undefined;
    this.#rows = context && rows && swimLaneGroups(rows, context);
    this.#cells = toCells(this.#groups, this.#rows);
    this.#byKey = new Map(this.#cells.map((cell) => [cell.key, cell]));
  }

  /** What stands in each lane, in all its rows, in no order. */
  get laneQuestions(): ReadonlyMap<string, ActivityQuery> {
    const found = new Map<string, ActivityQuery>();
    for (const lane of this.#groups) {
      const whole = this.#kept(`all:${lane.key}`, () => ({
        ...this.#questionOf({ lane, row: undefined }),
        sort: [],
        page: { size: WHOLE_PAGE },
      }));
      found.set(lane.key, whole);
    }
    return found;
  }

  #question(key: string): ActivityQuery | undefined {
    const cell = this.#byKey.get(key);
    if (!cell || !this.isShown(cell)) return undefined;
    // Most rows of a search hold nothing, and there are dozens of cells: which are to be asked is known first.
    if (cell.row && (this.#rowCounts.isAwaited || this.#isSplit)) return undefined;
    return this.#kept(`cell:${key}`, () => this.#questionOf(cell));
  }

  /** All that stands in a lane, in all its rows. */
  #wholeQuestion(key: string): ActivityQuery | undefined {
    const lane = this.#groups.find((group) => group.key === key);
    if (!lane || !this.#isSplit) return undefined;
    return this.#kept(`whole:${key}`, () => ({
      ...this.#questionOf({ lane, row: undefined }),
      page: { size: MOST_SPLIT },
    }));
  }

  /** There are rows, and so few cards in all of them that whole lanes are asked for. */
  get #isSplit(): boolean {
    if (!this.#rows) return false;
    let sum = 0;
    for (const { key } of this.#rows) {
      const total = this.rowTotal(key);
      if (total?.relation !== 'exact') return false;
      sum += total.value;
    }
    return sum > 0 && sum <= MOST_SPLIT;
  }

  /** What answers for a cell. */
  #controller(key: string): ViewController | undefined {
    const cell = this.#byKey.get(key);
    return cell?.row && this.#isSplit ? this.#whole.get(cell.lane.key) : this.#views.get(key);
  }

  /** The cards of a cell that are loaded, as the data source sorts them. The same array until there are others. */
  #rowsOf(key: string): readonly Activity[] {
    const cell = this.#byKey.get(key);
    const of = this.#controller(key)?.rows ?? [];
    if (!cell?.row || !this.#isSplit) return of;
    const { trait } = cell.row;
    const { types, words, now } = this.#context(NOBODY) ?? {};
    if (!types || !words || now === undefined) return [];
    const minute = Math.floor(now / 60_000);
    const known = this.#parts.get(key);
    if (known?.of === of && known.trait === trait && known.minute === minute) return known.rows;
    const found = of.filter((row) => hasTrait(row, trait, { types, words, now }));
    const isSame =
      known?.rows.length === found.length && found.every((row, at) => row === known.rows[at]);
    const rows = isSame ? known.rows : found;
    this.#parts.set(key, { of, trait, minute, rows });
    return rows;
  }

  #totalOf(key: string, count: number): Total | undefined {
    const { total, view } = this.#controller(key) ?? {};
    if (!total || !this.#rows || !this.#isSplit) return total;
    return { value: count, relation: view?.hasMore ? 'atLeast' : 'exact' };
  }

  #questionOf(cell: Pick<Cell, 'lane' | 'row'>): ActivityQuery {
    const { query, about, rollup, words, store, now } = this.#host;
    return cellQuestion(cell, {
      query,
      about,
      rollup,
      order: this.order,
      withOlder: this.#withOlder.has(cell.lane.key),
      shown: this.#host.cardFields,
      capabilities: store?.capabilities,
      now,
      timeZone: words.timeZone,
    });
  }

  /** The same object until something in it changes: it is compared at every update. */
  #kept(name: string, make: () => ActivityQuery): ActivityQuery {
    const { query, about, rollup } = this.#host;
    const asked = [this.#cells, query, about?.kind, about?.id, rollup, this.order];
    if (asked.some((part, index) => part !== this.#questionKey[index])) {
      this.#questionKey = asked;
      this.#questions = new Map();
    }
    const question = this.#questions.get(name) ?? make();
    this.#questions.set(name, question);
    return question;
  }

  /** How many stand in each row, whether its cells are shown or not. */
  #rowQuestion():
    | { readonly question: ActivityQuery; readonly groups: readonly CountGroup[] }
    | undefined {
    if (!this.#rows) return undefined;
    const { query, about, rollup = 'none' } = this.#host;
    const lanes = this.#groups.map((lane) => allOf(lane.filter, this.#ofLate(lane)) ?? lane.filter);
    const filter = allOf(query?.filter, { any: lanes });
    return {
      question: {
        ...(filter && { filter }),
        ...(query?.search && { search: query.search }),
        ...(about && { record: { ref: about, rollup } }),
      },
      groups: this.#rows.map(({ key, filter: own }) => ({ name: key, filter: own })),
    };
  }

  #inOrder(key: string, rows: readonly Activity[]): readonly Activity[] {
    if (this.order !== 'own') return rows;
    const order = this.#orders[key] ?? [];
    const known = this.#ordered.get(key);
    if (known?.rows === rows && known.order === order) return known.result;
    const result = inOwnOrder(rows, order);
    this.#ordered.set(key, { rows, order, result });
    return result;
  }

  #readOrders(): void {
    const { preferences } = this.#host;
    if (this.#ordersOf === preferences || this.order !== 'own') return;
    this.#ordersOf = preferences;
    void readPreference(preferences, ORDER_KEY).then((found) => {
      if (this.#ordersOf !== preferences) return;
      this.#orders = { ...checkedOrders(found), ...this.#orders };
      this.#host.requestUpdate();
    });
  }
}

/** What was kept may be of another version of the kit. */
function checkedOrders(found: Json | undefined): Orders {
  if (typeof found !== 'object' || found === null || Array.isArray(found)) return {};
  return Object.fromEntries(
    Object.entries(found).flatMap(([cell, ids]) =>
      Array.isArray(ids) ? [[cell, ids.filter((id) => typeof id === 'string')]] : [],
    ),
  );
}

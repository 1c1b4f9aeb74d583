import type { ReactiveController } from 'lit';
import type { Activity } from '../../model/activity.js';
import { compareBy, passes } from '../../model/evaluate.js';
import {
  allOf,
  type ActivityQuery,
  type Filter,
  type Sort,
  type Total,
} from '../../model/query.js';
import type { ActivityView } from '../../store/activity-view.js';
import type { ActivityElement } from '../base/activity-element.js';
import { CountController, ViewController } from '../base/view-controller.js';
import { Layout, type RowHeights, type Span } from './layout.js';

/** What stands together under a header. */
export interface Group {
  readonly key: string;
  readonly label: string;
  readonly filter: Filter;
  /** Shown in the tone of what is late. */
  readonly isLate?: boolean;
  /** Its rows stand by this first. */
  readonly sort?: Sort;
  /** Its rows tell of further groups: whether these did. Until they do no more, the groups are on their way. */
  readonly learn?: (rows: Iterable<Activity>) => boolean;
}

/** Rows of one view, in their order, under a header or without. */
export interface Section {
  readonly group: Group | undefined;
  readonly view: ActivityView | undefined;
  /** Another number: something in the view is otherwise. */
  readonly version: number;
  readonly total: Total | undefined;
  /** Places in the list, for rows not loaded too; none where it is collapsed. */
  readonly places: number;
  readonly isCollapsed: boolean;
}

/** A view that counts its changes. */
class CountingView extends ViewController {
  version = 0;

  protected override changed(): void {
    this.version += 1;
    super.changed();
  }
}

/** What begins with it is no id: a code point that Unicode keeps out of all that is exchanged. */
const NO_ID = '\uFDD0';
/** Stands for a row that is not loaded. */
const BLANK = `${NO_ID}#`;
const GROUP = `${NO_ID}group:`;
/** Names the view of a list without groups. */
const WHOLE = NO_ID;

/** The key of a group's header among the ids of rows. */
export function groupKey({ key }: Pick<Group, 'key'>): string {
  return GROUP + key;
}

/** The group whose header has this key; undefined: it is no group's. */
export function groupOfKey(key: string): string | undefined {
  return key.startsWith(GROUP) ? key.slice(GROUP.length) : undefined;
}

/** The key of what stands for a row that is not loaded. */
export function blankKey(index: number): string {
  return BLANK + String(index);
}

export interface SectionsOptions {
  readonly question: () => ActivityQuery;
  /** Undefined: one list without headers. `list`: names what is listed. */
  readonly groups: (list: string) => readonly Group[] | undefined;
  readonly isCollapsed: (group: Group) => boolean;
}

interface Asked {
  readonly key: string;
  readonly list: string;
  readonly question: ActivityQuery;
  readonly groups: readonly Group[] | undefined;
  readonly about: readonly unknown[];
}

/**
 * All that the grid's question is answered with, as one list: the rows of one view, or of a view for each group. While another
 * order or filter is on its way, what is shown stays the answer before.
 *
 * Groups ask for rows only once they come in sight; how many there are is counted in one go.
 */
export class Sections implements ReactiveController {
  readonly #host: ActivityElement;
  readonly #options: SectionsOptions;
  readonly #counts: CountController;
  /** By the key of their group: where groups come and go, the others keep theirs. */
  readonly #views = new Map<string, CountingView>();
  #asked: Asked | undefined;
  #questions: ReadonlyMap<string, ActivityQuery | undefined> = new Map();
  #seen = new Set<string>();
  #shown: { readonly asked: Asked | undefined; readonly sections: readonly Section[] } = {
    asked: undefined,
    sections: [],
  };
  #isHeld = false;
  /** Which groups there are is still being found out. */
  #isLearning = false;
  #hasChanged = false;
  #changes = 0;
  #layout: Layout | undefined;
  #heights: RowHeights = { row: 1, group: 1 };

  constructor(host: ActivityElement, options: SectionsOptions) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
    this.#counts = new CountController(host, () => {
      const { question, groups } = this.#asked ?? {};
      if (!question || !groups || groups.length === 0 || this.#isLearning) return undefined;
      if (!host.store?.provider.count) return undefined;
      const { sort: _sort, ...counted } = question;
      return {
        question: counted,
        groups: groups.map(({ key, filter }) => ({ name: key, filter })),
      };
    });
  }

  hostUpdate(): void {
    if (!this.#host.isConnected) return;
    this.#learn();
    const question = this.#options.question();
    const { store, about, asker } = this.#host;
    const list = JSON.stringify([question, asker]);
    const groups = this.#options.groups(list);
    const key = groups ? list + JSON.stringify(groups) : list;
    const subject = [store, about?.kind, about?.id];
    const isSameList = list === this.#asked?.list && sameParts(subject, this.#asked.about);
    if (!isSameList) this.#seen = new Set();
    if (!isSameList || key !== this.#asked?.key) {
      this.#asked = { key, list, question, groups, about: subject };
      // Until the rows are there that tell of no more.
      this.#isLearning = groups?.some(({ learn }) => learn) ?? false;
    }
    const { groups: asked, question: base } = this.#asked;
    this.#questions = asked
      ? new Map(
          asked.map((group) => [
            group.key,
            this.#isWanted(group) ? questionOf(base, group) : undefined,
          ]),
        )
      : new Map([[WHOLE, base]]);
    for (const one of this.#questions.keys()) {
      // New ones take part in this very update.
      if (this.#views.has(one)) continue;
      this.#views.set(one, new CountingView(this.#host, () => this.#questions.get(one)));
    }
  }

  /** Takes what there is to learn from the rows that may tell of further groups. */
  #learn(): void {
    const group = this.#asked?.groups?.find(({ learn }) => learn);
    const view = group && this.#views.get(group.key)?.view;
    if (!group?.learn || !view || view.status === 'loading') return;
    this.#isLearning = group.learn(view.rows);
  }

  #isWanted(group: Group): boolean {
    if (group.learn) return true;
    // What was shown once is kept while it is collapsed, so that what is selected in it stays so.
    if (
      !this.#isLearning &&
      !this.#host.store?.provider.count &&
      !this.#options.isCollapsed(group)
    ) {
      this.#seen.add(group.key);
    }
    return this.#seen.has(group.key);
  }

  /** Takes over what the views have now; called once per update, when all of them have followed. */
  refresh(heights: RowHeights): void {
    const asked = this.#asked;
    const before = this.#shown;
    const next = this.#isLearning ? [] : this.#current();
    const isOther = asked !== before.asked;
    const isOnItsWay = asked?.groups
      ? this.#isLearning || this.#areCountsOnTheirWay
      : next.every(({ view }) => view === undefined || view.status === 'loading');
    this.#isHeld =
      isOther &&
      isOnItsWay &&
      before.asked !== undefined &&
      sameParts(asked?.about ?? [], before.asked.about) &&
      before.sections.some(({ places }) => places > 0);
    if (!this.#isHeld) this.#shown = { asked, sections: next };
    const { sections } = this.#shown;
    this.#hasChanged =
      sections.length !== before.sections.length ||
      sections.some(
        ({ view, version, places }, index) =>
          view !== before.sections[index]?.view ||
          version !== before.sections[index]?.version ||
          places !== before.sections[index]?.places,
      );
    if (this.#hasChanged) this.#changes += 1;
    this.#heights = heights;
    this.#layout = undefined;
  }

  /** Rows in the order of their groups; those of one group stay as they are among themselves, unless it has an order of its own. */
  inGroups(rows: readonly Activity[]): readonly Activity[] {
    const { groups, question } = this.#asked ?? {};
    const { store, asker, now } = this.#host;
    if (!groups || !question || !store) return rows;
    const { user, team } = store.session;
    const context = {
      types: store.types,
      timeZone: asker.timeZone,
      now,
      ...(user && { user }),
      ...(team && { team }),
    };
    const rank = (row: Activity): number => {
      const at = groups.findIndex(({ filter }) => passes(row, filter, context) === true);
      return at < 0 ? groups.length : at;
    };
    const orders = groups.map(
      (group) => group.sort && compareBy(questionOf(question, group).sort ?? [], context),
    );
    return rows
      .map((row) => ({ row, rank: rank(row) }))
      .sort((a, b) => a.rank - b.rank || (orders[a.rank]?.(a.row, b.row) ?? 0))
      .map(({ row }) => row);
  }

  /** Some rows are others than at the last update. */
  get hasChanged(): boolean {
    return this.#hasChanged;
  }

  /** How often that was so. */
  get changes(): number {
    return this.#changes;
  }

  get #areCountsOnTheirWay(): boolean {
    const { view } = this.#counts;
    return view !== undefined && view.totals.size === 0 && !view.error;
  }

  #current(): readonly Section[] {
    const groups = this.#asked?.groups;
    if (!groups) return [this.#section(undefined, this.#views.get(WHOLE), undefined)];
    return groups
      .map((group) =>
        this.#section(group, this.#views.get(group.key), this.#counts.total(group.key)),
      )
      .filter(({ total }) => total?.value !== 0);
  }

  #section(
    group: Group | undefined,
    controller: CountingView | undefined,
    counted: Total | undefined,
  ): Section {
    const view = controller?.view;
    const isKnown = view?.status === 'ready' || view?.status === 'refreshing';
    const total = (isKnown ? view.total : undefined) ?? counted ?? view?.total;
    const isCollapsed = group !== undefined && this.#options.isCollapsed(group);
    const length = isKnown ? view.length : ((view?.length || counted?.value) ?? 0);
    return {
      group,
      view,
      version: controller?.version ?? 0,
      total:
        total ?? (isKnown && !view.hasMore ? { value: view.length, relation: 'exact' } : undefined),
      isCollapsed,
      places: isCollapsed ? 0 : length,
    };
  }

  // ── what is shown ────────────────────────────────────────────────────────────────────────────

  get list(): readonly Section[] {
    return this.#shown.sections;
  }

  /** The question that is answered by what is shown. */
  get question(): ActivityQuery | undefined {
    return this.#shown.asked?.question;
  }

  /** Names the question, with whose it is: another one is another list. */
  get answered(): object | undefined {
    return this.#shown.asked;
  }

  get isGrouped(): boolean {
    return this.#shown.asked?.groups !== undefined;
  }

  /** What is shown answers the question before; the answer to this one is on its way. */
  get isHeld(): boolean {
    return this.#isHeld;
  }

  /** The view that tells best how loading goes: one that failed, else one that loads, else the first. */
  get view(): ActivityView | undefined {
    const views = [...this.#views.values()].flatMap(({ view }) => view ?? []);
    return (
      views.find(({ status }) => status === 'failed') ??
      views.find(({ status }) => status === 'loading') ??
      views[0]
    );
  }

  get isLoading(): boolean {
    const shown = this.#shown.sections;
    if (this.isGrouped) {
      return (
        this.#isLearning ||
        this.#areCountsOnTheirWay ||
        (shown.length === 0 && this.view?.status === 'loading')
      );
    }
    return shown[0]?.view === undefined || (shown[0].view.status === 'loading' && !this.#isHeld);
  }

  get layout(): Layout {
    this.#layout ??= new Layout(
      this.#shown.sections.map(({ places, group }) => ({
        rows: places,
        hasHeader: group !== undefined,
      })),
      this.#heights,
    );
    return this.#layout;
  }

  /** All that match, as far as that is known. */
  get total(): Total | undefined {
    if (this.isGrouped && this.#areCountsOnTheirWay) return undefined;
    const totals = this.#shown.sections.map(({ total }) => total);
    if (totals.length === 0 && !this.isGrouped) return undefined;
    let value = 0;
    let relation: Total['relation'] = 'exact';
    for (const total of totals) {
      if (!total) return undefined;
      value += total.value;
      if (total.relation !== 'exact') relation = total.relation;
    }
    return { value, relation };
  }

  /** Those loaded, in order. Proportional to all there are: for what the user does, not for what is drawn. */
  loadedRows(): readonly Activity[] {
    return this.#shown.sections.flatMap(({ view }) => {
      const rows: Activity[] = [];
      for (let index = 0; view && index < view.length; index++) {
        const row = view.rowAt(index);
        if (row) rows.push(row);
      }
      return rows;
    });
  }

  /** There are no more than this, and all of them can be counted. */
  get isCounted(): boolean {
    return this.#shown.sections.every(
      ({ view, total }) => total?.relation === 'exact' || (view !== undefined && !view.hasMore),
    );
  }

  get isEmpty(): boolean {
    return this.#shown.sections.every(({ places, group }) => places === 0 && !group);
  }

  /** What stands at a place: the id of a row, the key of a group, or what stands for a row not loaded. */
  keyAt(index: number): string | undefined {
    const spot = this.layout.spot(index);
    const section = spot && this.#shown.sections[spot.section];
    if (!section) return undefined;
    if (spot.row < 0) return section.group && groupKey(section.group);
    return section.view?.rowAt(spot.row)?.id ?? blankKey(index);
  }

  rowAt(index: number): Activity | undefined {
    const spot = this.layout.spot(index);
    return spot && this.#shown.sections[spot.section]?.view?.rowAt(spot.row);
  }

  groupAt(index: number): Section | undefined {
    const spot = this.layout.spot(index);
    return spot?.row === -1 ? this.#shown.sections[spot.section] : undefined;
  }

  /** Where a row, a group or what stands for a row is; -1 where it is not. `near`: where it was last. */
  indexOf(key: string, near = -1): number {
    if (near >= 0 && this.keyAt(near) === key) return near;
    if (key.startsWith(BLANK)) {
      const index = Number(key.slice(BLANK.length));
      return index < this.layout.length ? index : -1;
    }
    for (const [section, { group, view, isCollapsed }] of this.#shown.sections.entries()) {
      if (group && groupKey(group) === key) return this.layout.indexOf({ section, row: -1 });
      const row = isCollapsed ? undefined : view?.indexOf(key);
      if (row !== undefined) return this.layout.indexOf({ section, row });
    }
    return -1;
  }

  has(id: string): boolean {
    return this.#shown.sections.some(({ view }) => view?.indexOf(id) !== undefined);
  }

  /** It is in the list for sure, loaded or not. */
  holds(id: string): boolean {
    return this.#shown.sections.some(({ view }) => view?.holds(id) === true);
  }

  /** Asks for what is missing between two places. */
  ensure({ first, end }: Span): void {
    if (this.#isHeld) return;
    let before = 0;
    for (const { group, view, places } of this.#shown.sections) {
      const header = group ? 1 : 0;
      const from = Math.max(0, first - before - header);
      const to = Math.min(places, end - before - header);
      before += places + header;
      if (to <= from) continue;
      if (group && !this.#seen.has(group.key)) {
        this.#seen.add(group.key);
        this.#host.requestUpdate();
      }
      // Where nobody knows how many there are, the next page is asked for at the end.
      view?.ensure(from, to === places ? to + 1 : to);
    }
  }
}

function questionOf(base: ActivityQuery, { filter, sort }: Group): ActivityQuery {
  const { sort: given = [] } = base;
  return {
    ...base,
    filter: allOf(base.filter, filter) ?? filter,
    ...(sort && { sort: [sort, ...given.filter(({ field }) => field !== sort.field)] }),
  };
}

function sameParts(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((part, index) => part === b[index]);
}

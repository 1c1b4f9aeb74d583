import type { ReactiveController } from 'lit';
import type { Activity } from '../../model/activity.js';
import type { ActivityElement } from '../base/activity-element.js';
import type { Span } from './layout.js';
import { blankKey, type Section, type Sections } from './sections.js';
import { Slots } from './slots.js';

/** What is drawn at a place: a row, the header of a group, or what stands for a row that is not loaded. */
export interface DrawnItem {
  readonly key: string;
  readonly index: number;
  /** Undefined where the row is not loaded, and of a header. */
  readonly activity?: Activity | undefined;
  readonly section?: Section | undefined;
  /** It is on its way out, counts no more and can do nothing. */
  readonly isLeaving: boolean;
  /** It is drawn out of sight, so that it keeps the focus: so far from the first that is drawn, in px. */
  readonly away?: number | undefined;
  /** Which element draws it. */
  readonly slot: number;
}

type Unplaced = Omit<DrawnItem, 'slot'>;

/** More that leave at once are not followed by the eye. */
const MOST_LEAVING = 20;

/**
 * The items with those that just left still at their place. A leaving one stands behind what was before it; one that is back is no
 * longer leaving.
 */
export function withLeaving<T extends { readonly key: string; readonly isLeaving: boolean }>(
  items: readonly T[],
  before: readonly T[],
  leaving: ReadonlySet<string>,
): readonly T[] {
  if (leaving.size === 0) return items;
  const stay = new Set(items.map(({ key }) => key));
  const behind = new Map<string | undefined, T[]>();
  let last: string | undefined;
  for (const item of before) {
    if (stay.has(item.key)) last = item.key;
    else if (leaving.has(item.key)) {
      const others = behind.get(last) ?? [];
      behind.set(last, [...others, { ...item, isLeaving: true }]);
    }
  }
  return [
    ...(behind.get(undefined) ?? []),
    ...items.flatMap((item) => [item, ...(behind.get(item.key) ?? [])]),
  ];
}

export interface DrawnItemsOptions {
  /** The element of a row. */
  readonly find: (key: string) => Element | null | undefined;
  /** How far below the beginning of the list a place is drawn, in px. */
  readonly topOf: (index: number) => number;
}

/** What of the list is drawn, each in its element; a row that leaves does so in a short motion. */
export class DrawnItems implements ReactiveController {
  readonly #host: ActivityElement;
  readonly #sections: Sections;
  readonly #options: DrawnItemsOptions;
  readonly #slots = new Slots();
  #list: readonly DrawnItem[] = [];
  #answered: object | undefined;
  #leaving = new Set<string>();
  #newlyLeaving: readonly string[] = [];

  constructor(host: ActivityElement, sections: Sections, options: DrawnItemsOptions) {
    this.#host = host;
    this.#sections = sections;
    this.#options = options;
    host.addController(this);
  }

  get list(): readonly DrawnItem[] {
    return this.#list;
  }

  /** Draws what is between two places, and what is active wherever it is. */
  refresh(span: Span, active: number): void {
    const items: Unplaced[] = [];
    if (active >= 0 && active < span.first) items.push(this.#item(active, span));
    for (let index = span.first; index < span.end; index++) items.push(this.#item(index));
    if (active >= span.end && active < this.#sections.layout.length) {
      items.push(this.#item(active, span));
    }
    const isOther = this.#follow(items);
    const activeKey = items.find(({ index }) => index === active)?.key;
    const all = withLeaving<Unplaced>(items, this.#list, this.#leaving);
    const slots = this.#slots.assign(
      all.map(({ key }) => key),
      (at) => blankKey(all[at]?.index ?? -1),
      // To move an element costs as much as to make it.
      isOther ? (key) => key === activeKey : undefined,
    );
    const before = new Map(this.#list.map((item) => [item.slot, item]));
    this.#list = all.map((item, at) => {
      const slot = slots[at] ?? at;
      const was = before.get(slot);
      return was && isSame(was, item) ? was : { ...item, slot };
    });
  }

  #item(index: number, awayFrom?: Span): Unplaced {
    const sections = this.#sections;
    const key = sections.keyAt(index) ?? '';
    const { topOf } = this.#options;
    return {
      key,
      index,
      activity: sections.rowAt(index),
      section: sections.groupAt(index),
      isLeaving: false,
      away: awayFrom && topOf(index) - topOf(awayFrom.first),
    };
  }

  /** Takes note of what has gone. Answers whether another question is answered now. */
  #follow(items: readonly Unplaced[]): boolean {
    const { answered } = this.#sections;
    const isOther = answered !== this.#answered;
    this.#answered = answered;
    const now = new Set(items.map(({ key }) => key));
    const missing =
      isOther || !this.#sections.hasChanged
        ? []
        : this.#list.filter(
            ({ key, activity, isLeaving }) => activity && !isLeaving && !now.has(key),
          );
    const gone =
      missing.length > 0 && missing.length <= MOST_LEAVING
        ? missing.filter(({ key }) => !this.#sections.has(key)).map(({ key }) => key)
        : [];
    this.#newlyLeaving = isMotionReduced() ? [] : gone;
    const stillLeaving = isOther ? [] : [...this.#leaving].filter((key) => !now.has(key));
    this.#leaving = new Set([...stillLeaving, ...this.#newlyLeaving]);
    return isOther;
  }

  hostUpdated(): void {
    const leaving = this.#newlyLeaving;
    this.#newlyLeaving = [];
    for (const key of leaving) {
      // Where there is no animation (it is not shown at all, say) it is over at once.
      const motions = this.#options.find(key)?.getAnimations() ?? [];
      void Promise.allSettled(motions.map(({ finished }) => finished)).then(() => this.#end(key));
    }
  }

  #end(key: string): void {
    if (this.#leaving.delete(key)) this.#host.requestUpdate();
  }
}

/** Nothing of it is to be drawn otherwise. */
function isSame(a: Unplaced, b: Unplaced): boolean {
  return (
    a.activity === b.activity &&
    a.index === b.index &&
    a.key === b.key &&
    a.section === b.section &&
    a.isLeaving === b.isLeaving &&
    a.away === b.away
  );
}

function isMotionReduced(): boolean {
  return matchMedia('(prefers-reduced-motion: reduce)').matches;
}

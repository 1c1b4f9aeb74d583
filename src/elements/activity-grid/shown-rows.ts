import type { ReactiveController } from 'lit';
import type { Activity } from '../../model/activity.js';
import type { ActivityView } from '../../store/activity-view.js';
import type { ActivityElement } from '../base/activity-element.js';
import type { ViewController } from '../base/view-controller.js';

/** A row as it is drawn; one that is on its way out counts no more and can do nothing. */
export interface ShownRow {
  readonly activity: Activity;
  readonly isLeaving: boolean;
}

/** More that leave at once are not followed by the eye. */
const MOST_LEAVING = 20;

/**
 * The rows with those that just left still at their place. A leaving row stands behind what was before it; one that is back
 * is no longer leaving.
 */
export function withLeaving(
  rows: readonly Activity[],
  before: readonly ShownRow[],
  leaving: ReadonlySet<string>,
): readonly ShownRow[] {
  const stay = new Set(rows.map(({ id }) => id));
  const behind = new Map<string | undefined, ShownRow[]>();
  let last: string | undefined;
  for (const { activity } of before) {
    if (stay.has(activity.id)) last = activity.id;
    else if (leaving.has(activity.id)) {
      const others = behind.get(last) ?? [];
      behind.set(last, [...others, { activity, isLeaving: true }]);
    }
  }
  return [
    ...(behind.get(undefined) ?? []),
    ...rows.flatMap((activity) => [
      { activity, isLeaving: false },
      ...(behind.get(activity.id) ?? []),
    ]),
  ];
}

export interface ShownRowsOptions {
  /** The element of a row. */
  readonly find: (id: string) => Element | null | undefined;
  /** Rows that were there are gone. */
  readonly onGone: (ids: ReadonlySet<string>) => void;
}

/**
 * What of a view's rows is on screen: while another order or filter is on its way the old rows stand, and a row that leaves does
 * so in a short motion.
 */
export class ShownRows implements ReactiveController {
  readonly #host: ActivityElement;
  readonly #source: ViewController;
  readonly #options: ShownRowsOptions;
  #view: ActivityView | undefined;
  #about: readonly unknown[] = [];
  #rows: readonly Activity[] = [];
  #drawn: readonly ShownRow[] = [];
  #ids: readonly string[] = [];
  #leaving = new Set<string>();
  #newlyLeaving: readonly string[] = [];
  #gone: ReadonlySet<string> = new Set();
  #isHeld = false;

  constructor(host: ActivityElement, source: ViewController, options: ShownRowsOptions) {
    this.#host = host;
    this.#source = source;
    this.#options = options;
    host.addController(this);
  }

  get rows(): readonly Activity[] {
    return this.#rows;
  }

  get ids(): readonly string[] {
    return this.#ids;
  }

  /** The rows and those that leave. */
  get drawn(): readonly ShownRow[] {
    return this.#drawn;
  }

  /** What is shown answers the question before; the answer to this one is on its way. */
  get isHeld(): boolean {
    return this.#isHeld;
  }

  hostUpdate(): void {
    if (!this.#host.isConnected) return;
    const { view, rows } = this.#source;
    const about = [this.#host.store, this.#host.about?.kind, this.#host.about?.id];
    const isOther = view !== this.#view;
    const isSameSubject = about.every((part, index) => part === this.#about[index]);
    this.#isHeld = isOther && isSameSubject && view?.status === 'loading' && this.#rows.length > 0;
    if (this.#isHeld || (!isOther && rows === this.#rows)) return;
    const before = this.#rows;
    this.#view = view;
    this.#about = about;
    this.#rows = rows;
    this.#ids = rows.map(({ id }) => id);
    this.#follow(before, isOther);
  }

  #follow(before: readonly Activity[], isOther: boolean): void {
    const now = new Set(this.#ids);
    const gone = before.map(({ id }) => id).filter((id) => !now.has(id));
    this.#gone = new Set(gone);
    this.#newlyLeaving = !isOther && gone.length <= MOST_LEAVING && !isMotionReduced() ? gone : [];
    const stillLeaving = isOther ? [] : [...this.#leaving].filter((id) => !now.has(id));
    this.#leaving = new Set([...stillLeaving, ...this.#newlyLeaving]);
    this.#drawn = withLeaving(this.#rows, this.#drawn, this.#leaving);
  }

  hostUpdated(): void {
    const leaving = this.#newlyLeaving;
    this.#newlyLeaving = [];
    for (const id of leaving) {
      // Where there is no animation (it is not shown at all, say) it is over at once.
      const motions = this.#options.find(id)?.getAnimations() ?? [];
      void Promise.allSettled(motions.map(({ finished }) => finished)).then(() => this.#end(id));
    }
    const gone = this.#gone;
    this.#gone = new Set();
    if (gone.size > 0) this.#options.onGone(gone);
  }

  #end(id: string): void {
    if (!this.#leaving.delete(id)) return;
    this.#drawn = withLeaving(this.#rows, this.#drawn, this.#leaving);
    this.#host.requestUpdate();
  }
}

function isMotionReduced(): boolean {
  return matchMedia('(prefers-reduced-motion: reduce)').matches;
}

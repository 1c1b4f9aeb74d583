import type { ReactiveController } from 'lit';
import type { ActivityElement } from '../base/activity-element.js';
import type { ViewController } from '../base/view-controller.js';
import type { ActivityView } from '../../store/activity-view.js';

/** More than anybody can make out on a month. */
const MOST = 5000;

/** Loads a view page by page until it is whole: a calendar that lacks some of a day's activities would mislead. */
export class WholeAnswer implements ReactiveController {
  readonly #rows: ViewController;
  #asked: { readonly view: ActivityView; readonly at: number } | undefined;

  constructor(host: ActivityElement, rows: ViewController) {
    this.#rows = rows;
    host.addController(this);
  }

  /** There are more that are not going to be loaded. */
  get isCut(): boolean {
    const { view } = this.#rows;
    return view?.status === 'ready' && view.hasMore && !view.isLoadingMore && !this.#goesOn(view);
  }

  hostUpdated(): void {
    const { view } = this.#rows;
    if (view?.status !== 'ready' || !view.hasMore || view.isLoadingMore) return;
    if (!this.#goesOn(view)) return;
    this.#asked = { view, at: view.rows.length };
    // It tells at once that it loads, which is for the next update.
    queueMicrotask(() => view.loadMore());
  }

  /** As long as it is not too much, and the last page brought something. */
  #goesOn(view: ActivityView): boolean {
    const { length } = view.rows;
    return length < MOST && (this.#asked?.view !== view || this.#asked.at < length);
  }
}

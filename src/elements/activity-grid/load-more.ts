import { html, nothing, type ReactiveController, type TemplateResult } from 'lit';
import { createRef, ref } from 'lit/directives/ref.js';
import { button } from '../../ui/button.js';
import { icon } from '../../ui/icon.js';
import type { ActivityView } from '../../store/activity-view.js';
import type { ActivityElement } from '../base/activity-element.js';
import type { ViewController } from '../base/view-controller.js';

/**
 * Loads further rows when the end of the list comes near, or when the button there is pressed, and announces how many there are then.
 * What tells that the end is near is as high as the distance, since a margin would not count inside a scroller.
 */
export class LoadMore implements ReactiveController {
  readonly #host: ActivityElement;
  readonly #source: ViewController;
  readonly #nearEnd = createRef<HTMLElement>();
  #observer: IntersectionObserver | undefined;
  #observed: Element | undefined;
  #seenRows = 0;
  /** How many rows there were when a view was asked for more. */
  #asked: { readonly view: ActivityView; readonly rows: number } | undefined;

  constructor(host: ActivityElement, source: ViewController) {
    this.#host = host;
    this.#source = source;
    host.addController(this);
  }

  /** The rows behind those shown could not be had. */
  get hasFailed(): boolean {
    const { view } = this.#source;
    return view !== undefined && view === this.#asked?.view && view.status === 'failed';
  }

  hostConnected(): void {
    this.#observer = new IntersectionObserver((entries) => {
      if (entries.at(-1)?.isIntersecting) this.#load();
    });
  }

  hostDisconnected(): void {
    this.#observer?.disconnect();
    this.#observer = undefined;
    this.#observed = undefined;
  }

  hostUpdated(): void {
    const { view, rows } = this.#source;
    if (view?.status === 'ready' && !view.isLoadingMore) this.#tell(view, rows.length);
    const near = this.#nearEnd.value;
    // Observing anew asks anew: the end may still be near after some rows were added.
    if (near === this.#observed && rows.length === this.#seenRows) return;
    this.#seenRows = rows.length;
    if (this.#observed) this.#observer?.unobserve(this.#observed);
    this.#observed = near;
    if (near) this.#observer?.observe(near);
  }

  #tell(view: ActivityView, loaded: number): void {
    if (view === this.#asked?.view && loaded > this.#asked.rows) {
      const { words, context } = this.#host;
      const { total } = this.#source;
      context.announce(
        total?.relation === 'exact'
          ? words.say('announce.loaded', loaded, total.value)
          : words.say('count.activities', loaded),
      );
    }
    this.#asked = undefined;
  }

  readonly #load = (): void => {
    const { view, rows } = this.#source;
    if (view?.status !== 'ready' || view.isLoadingMore || !view.hasMore) return;
    this.#asked = { view, rows: rows.length };
    view.loadMore();
  };

  /** What stands behind the last row. */
  render(): TemplateResult | typeof nothing {
    const { view, rows, total } = this.#source;
    const { words } = this.#host;
    if (!view || rows.length === 0) return nothing;
    if (this.hasFailed) {
      return html`<div class="more" part="more" role="alert">
        ${icon('error', 16)}<span>${words.say('error.load-more')}</span>
        ${button({
          label: words.say('action.retry'),
          icon: 'refresh',
          part: 'retry',
          onClick: () => view.refresh(),
        })}
      </div>`;
    }
    if (!view.hasMore) return nothing;
    const exact = total?.relation === 'exact' ? total.value : undefined;
    return html`<div class="more" part="more">
      <div class="near-end" ${ref(this.#nearEnd)}></div>
      ${button({
        label: words.say(view.isLoadingMore ? 'loading.more' : 'action.load-more'),
        icon: view.isLoadingMore ? 'saving' : 'chevron-down',
        disabled: view.isLoadingMore,
        onClick: this.#load,
      })}
      ${
        exact === undefined
          ? nothing
          : html`<span class="small quiet num"
              >${words.say('count.loaded', rows.length, exact)}</span
            >`
      }
    </div>`;
  }
}

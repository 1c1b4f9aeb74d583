import { html, nothing, type ReactiveController, type TemplateResult } from 'lit';
import { button } from '../../ui/button.js';
import { icon } from '../../ui/icon.js';
import type { ActivityView } from '../../store/activity-view.js';
import type { ActivityElement } from '../base/activity-element.js';
import type { Sections } from './sections.js';

/** Tells how loading goes on behind the rows that are there: what failed, and by announcement how many have come. */
export class LoadMore implements ReactiveController {
  readonly #host: ActivityElement;
  readonly #sections: Sections;
  /** A view that is loading more, and how many rows it had. */
  #asked: { readonly view: ActivityView; readonly length: number } | undefined;

  constructor(host: ActivityElement, sections: Sections) {
    this.#host = host;
    this.#sections = sections;
    host.addController(this);
  }

  /** Rows behind those shown could not be had. */
  get hasFailed(): boolean {
    const { view } = this.#sections;
    return view !== undefined && view === this.#asked?.view && view.status === 'failed';
  }

  hostUpdated(): void {
    const { view } = this.#sections;
    if (!view) return;
    if (view.isLoadingMore) {
      if (this.#asked?.view !== view) this.#asked = { view, length: view.length };
    } else if (view.status === 'ready') {
      const asked = this.#asked;
      this.#asked = undefined;
      // Where it was known how many there are, nothing grows.
      if (asked?.view === view && view.length > asked.length) {
        const { words, context } = this.#host;
        context.announce(words.say('count.activities', view.length));
      }
    }
  }

  /** What stands behind the last row. */
  render(): TemplateResult | typeof nothing {
    const { view, isEmpty } = this.#sections;
    const { words } = this.#host;
    if (!view || isEmpty) return nothing;
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
    if (!view.isLoadingMore || view.total?.relation === 'exact') return nothing;
    return html`<div class="more" part="more">
      ${icon('saving', 16)}<span class="quiet">${words.say('loading.more')}</span>
    </div>`;
  }
}

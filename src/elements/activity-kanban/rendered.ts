import { noChange } from 'lit';
import { AsyncDirective, directive } from 'lit/async-directive.js';
import type { ElementPart } from 'lit/directive.js';
import type { Activity } from '../../model/activity.js';
import type { CardRenderer } from './kanban-host.js';

class Rendered extends AsyncDirective {
  #element: HTMLElement | undefined;
  #activity: Activity | undefined;
  #renderer: CardRenderer | undefined;
  #clearUp: (() => void) | undefined;

  render(_activity: Activity, _renderer: CardRenderer): unknown {
    return noChange;
  }

  override update(part: ElementPart, [activity, renderer]: [Activity, CardRenderer]): unknown {
    if (activity === this.#activity && renderer === this.#renderer) return noChange;
    this.#element = part.element as HTMLElement;
    this.#activity = activity;
    this.#renderer = renderer;
    this.#draw();
    return noChange;
  }

  override disconnected(): void {
    this.#clearUp?.();
    this.#clearUp = undefined;
  }

  override reconnected(): void {
    this.#draw();
  }

  #draw(): void {
    const container = this.#element;
    if (!container || !this.#activity) return;
    this.disconnected();
    container.replaceChildren();
    try {
      const drawn = this.#renderer?.({ activity: this.#activity, container });
      if (typeof drawn === 'function') this.#clearUp = drawn;
      else if (drawn !== undefined) container.replaceChildren(drawn);
    } catch (error) {
      // One card of the host's that fails is one card that shows less; its developer hears of it as of any error.
      reportError(error);
    }
  }
}

/** What a host draws into an element, drawn anew when the activity is another. Its text is never taken for HTML. */
export const rendered = directive(Rendered);

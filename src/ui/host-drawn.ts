import { noChange } from 'lit';
import { AsyncDirective, directive } from 'lit/async-directive.js';
import type { ElementPart } from 'lit/directive.js';

/** What a host draws into an element of the kit: words, a node, or with its own hands; then it answers how to clear up. */
export type Draw = (container: HTMLElement) => string | Node | (() => void);

class HostDrawn extends AsyncDirective {
  #element: HTMLElement | undefined;
  #draw: Draw | undefined;
  #key: readonly unknown[] = [];
  #clearUp: (() => void) | undefined;

  render(_draw: Draw, _key: readonly unknown[]): unknown {
    return noChange;
  }

  override update(part: ElementPart, [draw, key]: [Draw, readonly unknown[]]): unknown {
    const isSame =
      key.length === this.#key.length && key.every((one, index) => one === this.#key[index]);
    this.#draw = draw;
    if (isSame && this.#element) return noChange;
    this.#key = key;
    this.#element = part.element as HTMLElement;
    this.#drawAnew();
    return noChange;
  }

  override disconnected(): void {
    this.#clearUp?.();
    this.#clearUp = undefined;
  }

  override reconnected(): void {
    this.#drawAnew();
  }

  #drawAnew(): void {
    const container = this.#element;
    if (!container || !this.#draw) return;
    this.disconnected();
    container.replaceChildren();
    try {
      const drawn = this.#draw(container);
      if (typeof drawn === 'function') this.#clearUp = drawn;
      else container.replaceChildren(drawn);
    } catch (error) {
      // One piece of the host's that fails is one piece that is missing; its developer hears of it as of any error.
      reportError(error);
    }
  }
}

/** Drawn anew when one of `key` is another. Words are never taken for HTML. */
export const hostDrawn = directive(HostDrawn);

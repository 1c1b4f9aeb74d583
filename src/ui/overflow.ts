import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { noChange } from 'lit';
import { AsyncDirective, directive } from 'lit/async-directive.js';
import type { ElementPart } from 'lit/directive.js';

/**
 * How many commands of a bar fit in one line. The bar wraps and is one line high (class `overflow`), so that what does not fit is out
 * of sight: the element leaves it out of the tab order and offers it in a menu.
 *
 * ```ts
 * #commands = new OverflowController(this);
 * html`<div class="overflow" ${this.#commands.watch()}>${commands}</div>${menuButton(… commands.slice(this.#commands.fitting))}`
 * ```
 */
export class OverflowController implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  #bar: HTMLElement | undefined;
  #observer: ResizeObserver | undefined;
  #fitting = Number.POSITIVE_INFINITY;

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host;
    host.addController(this);
  }

  /** How many of its children stand in its first line. */
  get fitting(): number {
    return this.#fitting;
  }

  /** On the bar itself. */
  watch(): unknown {
    return overflowBar(this);
  }

  hostUpdated(): void {
    this.#measure();
  }

  /** For the directive. */
  attach(bar: HTMLElement | undefined): void {
    if (bar === this.#bar) return;
    this.#observer?.disconnect();
    this.#bar = bar;
    if (!bar) return;
    this.#observer = new ResizeObserver(() => this.#measure());
    this.#observer.observe(bar);
  }

  #measure(): void {
    const bar = this.#bar;
    if (!bar || bar.offsetWidth === 0) return;
    const items = [...bar.children] as HTMLElement[];
    const [first] = items;
    const fitting = first ? items.filter((item) => item.offsetTop <= first.offsetTop).length : 0;
    for (const [index, item] of items.entries()) {
      item.toggleAttribute('data-out', index >= fitting);
    }
    const fits = fitting === items.length ? Number.POSITIVE_INFINITY : fitting;
    if (fits === this.#fitting) return;
    this.#fitting = fits;
    this.#host.requestUpdate();
  }
}

class OverflowBar extends AsyncDirective {
  #controller: OverflowController | undefined;
  #bar: HTMLElement | undefined;

  render(_controller: OverflowController): unknown {
    return noChange;
  }

  override update(part: ElementPart, [controller]: [OverflowController]): unknown {
    this.#controller = controller;
    this.#bar = part.element as HTMLElement;
    controller.attach(this.#bar);
    return noChange;
  }

  override disconnected(): void {
    this.#controller?.attach(undefined);
  }

  override reconnected(): void {
    this.#controller?.attach(this.#bar);
  }
}

const overflowBar = directive(OverflowBar);

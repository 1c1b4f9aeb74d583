import type { ReactiveController, ReactiveControllerHost } from 'lit';

export interface NarrowOptions {
  /** Below so many CSS px the element is narrow. Default 480. */
  readonly threshold?: number;
  readonly onChange?: (narrow: boolean) => void;
}

/** Where the change of structure itself moves a scrollbar in or out, the element must not flip back for it. */
const SCROLLBAR = 20;

/**
 * Tells an element that it has little room, for another structure (grid to list), and the page by `:state(narrow)`.
 * For mere spacing a container query is enough.
 */
export class NarrowController implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #internals: ElementInternals;
  readonly #threshold: number;
  readonly #onChange: ((narrow: boolean) => void) | undefined;
  #observer: ResizeObserver | undefined;
  #frame = 0;
  #narrow = false;

  constructor(
    host: ReactiveControllerHost & HTMLElement,
    internals: ElementInternals,
    { threshold = 480, onChange }: NarrowOptions = {},
  ) {
    this.#host = host;
    this.#internals = internals;
    this.#threshold = threshold;
    this.#onChange = onChange;
    host.addController(this);
  }

  get narrow(): boolean {
    return this.#narrow;
  }

  hostConnected(): void {
    this.#observer = new ResizeObserver(this.#measured);
    this.#observer.observe(this.#host);
  }

  hostDisconnected(): void {
    this.#observer?.disconnect();
    this.#observer = undefined;
    cancelAnimationFrame(this.#frame);
  }

  readonly #measured = (entries: readonly ResizeObserverEntry[]): void => {
    const width = entries.at(-1)?.contentBoxSize[0]?.inlineSize;
    // Nothing of it is shown.
    if (width === undefined || width === 0) return;
    const narrow = width < this.#threshold + (this.#narrow ? SCROLLBAR : 0);
    if (narrow === this.#narrow) return;
    this.#narrow = narrow;
    if (narrow) this.#internals.states.add('narrow');
    else this.#internals.states.delete('narrow');
    // The other structure has another height; looking away for this frame keeps that from being a loop.
    this.#observer?.unobserve(this.#host);
    this.#frame = requestAnimationFrame(() => this.#observer?.observe(this.#host));
    this.#host.requestUpdate();
    this.#onChange?.(narrow);
  };
}

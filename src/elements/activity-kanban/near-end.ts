import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Tells when the last cards of a lane come into sight: what is drawn as `.near-end` with the lane's state reaches up from its end. */
export class NearEnd implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #onNear: (state: string) => void;
  readonly #watched = new Set<Element>();
  #observer: IntersectionObserver | undefined;

  constructor(host: ReactiveControllerHost & HTMLElement, onNear: (state: string) => void) {
    this.#host = host;
    this.#onNear = onNear;
    host.addController(this);
  }

  hostConnected(): void {
    this.#observer = new IntersectionObserver((entries) => {
      for (const { isIntersecting, target } of entries) {
        const state = (target as HTMLElement).dataset['state'];
        if (isIntersecting && state !== undefined) this.#onNear(state);
      }
    });
  }

  hostUpdated(): void {
    const drawn = new Set(this.#host.shadowRoot?.querySelectorAll('.near-end'));
    for (const end of this.#watched) {
      if (drawn.has(end)) continue;
      this.#observer?.unobserve(end);
      this.#watched.delete(end);
    }
    for (const end of drawn) {
      if (this.#watched.has(end)) continue;
      this.#observer?.observe(end);
      this.#watched.add(end);
    }
  }

  hostDisconnected(): void {
    this.#observer?.disconnect();
    this.#observer = undefined;
    this.#watched.clear();
  }
}

/** Listeners that are told at most once per microtask, however much happened in it. */
export class Subscribable {
  readonly #listeners = new Set<() => void>();
  #told = true;

  /** Answers the way to end it. */
  subscribe(listener: () => void): () => void {
    // Each subscription is its own, even of the same function, so that ending one leaves the other.
    const own = (): void => listener();
    this.#listeners.add(own);
    if (this.#listeners.size === 1) this.onFirst();
    return () => {
      if (this.#listeners.delete(own) && this.#listeners.size === 0) this.onLast();
    };
  }

  get isWatched(): boolean {
    return this.#listeners.size > 0;
  }

  protected onFirst(): void {}
  protected onLast(): void {}

  protected tell(): void {
    if (!this.#told) return;
    this.#told = false;
    queueMicrotask(() => {
      this.#told = true;
      for (const listener of [...this.#listeners]) listener();
    });
  }
}

import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** The skeleton is not to be seen sooner anyway. */
const MOMENT = 50;

/** Whether loading takes long enough to be shown: what comes at once would only be held up by drawing what stands in for it. */
export class Patience implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isOver = false;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#end();
  }

  /** To be asked at every render. */
  isOver(isLoading: boolean): boolean {
    if (!isLoading) this.#end();
    else if (!this.#isOver) {
      this.#timer ??= setTimeout(() => {
        this.#isOver = true;
        this.#host.requestUpdate();
      }, MOMENT);
    }
    return this.#isOver;
  }

  #end(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#isOver = false;
  }
}

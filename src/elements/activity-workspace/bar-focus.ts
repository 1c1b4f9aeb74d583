import type { ReactiveController, ReactiveControllerHost } from 'lit';

/**
 * Keeps the focus in its bar when the button that had it is gone, or was moved: the commands for a selection once that is done, the ×
 * of a filter, a filter that is set.
 */
export class BarFocus implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  #bar: Element | undefined;
  #active: HTMLElement | undefined;
  #index = 0;

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host;
  }

  hostUpdate(): void {
    const active = this.#host.shadowRoot?.activeElement;
    this.#active = active instanceof HTMLElement ? active : undefined;
    this.#bar = active?.closest('.bar') ?? undefined;
    this.#index = this.#bar ? buttonsIn(this.#bar).findIndex((button) => button === active) : 0;
  }

  hostUpdated(): void {
    if (!this.#bar || this.#host.shadowRoot?.activeElement) return;
    if (this.#active?.isConnected) {
      this.#active.focus();
      return;
    }
    const buttons = buttonsIn(this.#bar);
    // What stood before the one that is gone: of a filter's × the filter.
    const before = this.#bar.matches('.filter-bar') ? this.#index - 1 : 0;
    buttons[Math.min(Math.max(before, 0), buttons.length - 1)]?.focus();
  }
}

function buttonsIn(bar: Element): HTMLButtonElement[] {
  return [...bar.querySelectorAll('button')];
}

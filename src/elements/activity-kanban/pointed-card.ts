import type { ReactiveController, ReactiveControllerHost } from 'lit';

export interface PointedCardOptions {
  /** Nothing changes now: something is dragged, or asked beside a card. */
  readonly isHeld: () => boolean;
}

/** The cards under the mouse and with the focus: only these have their acts drawn, of hundreds. */
export class PointedCard implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #options: PointedCardOptions;
  #hovered: string | undefined;
  #focused: string | undefined;

  constructor(host: ReactiveControllerHost & HTMLElement, options: PointedCardOptions) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#hovered = undefined;
    this.#focused = undefined;
  }

  is(id: string): boolean {
    return id === this.#hovered || id === this.#focused;
  }

  readonly pointerover = (event: PointerEvent): void => {
    if (event.pointerType !== 'touch') this.#set(idOf(event.target), this.#focused);
  };

  readonly pointerleave = (): void => {
    this.#set(undefined, this.#focused);
  };

  readonly focusin = (event: FocusEvent): void => {
    this.#set(this.#hovered, idOf(event.target));
  };

  readonly focusout = (event: FocusEvent): void => {
    this.#set(this.#hovered, idOf(event.relatedTarget));
  };

  #set(hovered: string | undefined, focused: string | undefined): void {
    if (hovered === this.#hovered && focused === this.#focused) return;
    if (this.#options.isHeld()) return;
    this.#hovered = hovered;
    this.#focused = focused;
    this.#host.requestUpdate();
  }
}

function idOf(target: EventTarget | null): string | undefined {
  return target instanceof Element
    ? target.closest<HTMLElement>('li[data-id]')?.dataset['id']
    : undefined;
}

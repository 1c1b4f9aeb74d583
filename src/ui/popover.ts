import { autoUpdate, computePosition, flip, offset, shift, size } from '@floating-ui/dom';
import type { Placement, ReferenceElement } from '@floating-ui/dom';
import { html, nothing, type ReactiveController, type ReactiveControllerHost } from 'lit';
import { createRef, ref } from 'lit/directives/ref.js';
import { resizeObserver } from './resize.js';
import { containsDeep, deepActiveElement, returnFocus } from './deep-focus.js';

/** Where a popover hangs: an element, or a point of the window in CSS px (a right click). */
export type Anchor = Element | { readonly x: number; readonly y: number };

export interface PopoverOptions {
  readonly placement?: Placement;
  /** Takes the focus when it opens. Default: the first `[data-autofocus]`, else the popover itself; null: leave it be. */
  readonly focus?: ((popover: HTMLElement) => HTMLElement | null | undefined) | null;
  /** At least as wide as the anchor: for lists under a field. */
  readonly matchWidth?: boolean;
}

export interface PopoverHooks {
  readonly onClose?: () => void;
  /** Somebody presses, or goes with the focus, elsewhere. True: it stays open. */
  readonly onLeave?: () => boolean;
  /** Where focus goes when what opened it is gone. */
  readonly onOrphan?: () => void;
}

export interface PopoverContent {
  readonly label: string;
  readonly content: unknown;
  /** Default `dialog`. */
  readonly role?: string;
  readonly className?: string;
  readonly part?: string;
  readonly onKeydown?: (event: KeyboardEvent) => void;
}

/** The open ones, outermost first: one inside another keeps that one open, any other closes it. */
const stack: PopoverController[] = [];

/**
 * One popover of an element, shown in the top layer and hung on what opened it. Escape, a press elsewhere and focus
 * going elsewhere close it, the latter two unless `onLeave` says no. While open, the opener says `aria-expanded`.
 *
 * ```ts
 * #days = new PopoverController(this);
 * html`<button aria-haspopup="dialog" @click=${(e) => this.#days.toggle(e.currentTarget)}>2 more</button>
 *      ${this.#days.render({ label: 'Monday', content: html`…` })}`
 * ```
 */
export class PopoverController implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #hooks: PopoverHooks;
  readonly #ref = createRef<HTMLElement>();
  #anchor: Anchor | undefined;
  #opener: Element | null = null;
  #ending: AbortController | undefined;

  constructor(host: ReactiveControllerHost & HTMLElement, hooks: PopoverHooks = {}) {
    this.#host = host;
    this.#hooks = hooks;
    host.addController(this);
  }

  get isOpen(): boolean {
    return this.#anchor !== undefined;
  }

  /** What it hangs on while it is open. */
  get anchor(): Anchor | undefined {
    return this.#anchor;
  }

  get element(): HTMLElement | undefined {
    return this.#ref.value;
  }

  toggle(anchor: Anchor, options?: PopoverOptions): void {
    if (this.#anchor === anchor) this.close();
    else void this.open(anchor, options);
  }

  /** Resolves when it stands and has the focus. */
  async open(anchor: Anchor, options: PopoverOptions = {}): Promise<void> {
    this.close({ focus: false });
    for (const other of stack.toReversed()) {
      const inside = anchor instanceof Element ? anchor : deepActiveElement();
      if (!other.element || !containsDeep(other.element, inside)) other.close({ focus: false });
    }
    this.#anchor = anchor;
    this.#opener = anchor instanceof Element ? anchor : deepActiveElement();
    if (anchor instanceof Element) anchor.setAttribute('aria-expanded', 'true');
    stack.push(this);
    this.#host.requestUpdate();
    await this.#host.updateComplete;

    const popover = this.#ref.value;
    if (this.#anchor !== anchor || !popover?.isConnected) return;
    popover.showPopover();
    // Another that stood in it a moment ago, as the menu that led here, was scrolled for itself.
    popover.scrollTop = 0;
    const ending = (this.#ending = new AbortController());
    const { signal } = ending;
    document.addEventListener('pointerdown', this.#pressed, { capture: true, signal });
    const reference =
      anchor instanceof Element
        ? anchor
        : { getBoundingClientRect: () => new DOMRect(anchor.x, anchor.y, 0, 0) };
    await keepPlaced(popover, reference, options, signal);
    if (signal.aborted || options.focus === null) return;
    const target =
      options.focus?.(popover) ?? popover.querySelector<HTMLElement>('[data-autofocus]');
    (target ?? popover).focus({ preventScroll: true });
    if (target) bringIntoSight(target, popover);
  }

  /** `focus: false` where focus is already on its way to something else. */
  close({ focus = true }: { readonly focus?: boolean } = {}): void {
    const anchor = this.#anchor;
    if (anchor === undefined) return;
    const hadFocus = this.element !== undefined && containsDeep(this.element, deepActiveElement());
    for (const inner of stack.slice(stack.indexOf(this) + 1).reverse())
      inner.close({ focus: false });
    stack.splice(stack.indexOf(this), 1);
    this.#ending?.abort();
    this.#ending = undefined;
    this.#anchor = undefined;
    if (anchor instanceof Element) anchor.removeAttribute('aria-expanded');
    if (focus && hadFocus && !returnFocus(this.#opener)) this.#hooks.onOrphan?.();
    if (this.element?.matches(':popover-open')) this.element.hidePopover();
    this.#opener = null;
    this.#host.requestUpdate();
    this.#hooks.onClose?.();
  }

  render(popover: PopoverContent): unknown {
    if (!this.isOpen) return nothing;
    return html`<div
      ${ref(this.#ref)}
      popover="manual"
      class="popover ${popover.className ?? ''}"
      part=${popover.part ?? 'popover'}
      role=${popover.role ?? 'dialog'}
      aria-label=${popover.label}
      tabindex="-1"
      @keydown=${(event: KeyboardEvent) => {
        popover.onKeydown?.(event);
        this.#keydown(event);
      }}
      @focusout=${this.#focusOut}
    >
      ${popover.content}
    </div>`;
  }

  hostDisconnected(): void {
    this.close({ focus: false });
  }

  /** What stands on this one counts as inside. */
  #holds(node: Node | null): boolean {
    if (node === null) return false;
    return stack.slice(stack.indexOf(this)).some(({ element, anchor }) => {
      if (element && containsDeep(element, node)) return true;
      return anchor instanceof Element && containsDeep(anchor, node);
    });
  }

  readonly #pressed = (event: PointerEvent): void => {
    // The target of a listener on the document is the outermost host.
    const [target] = event.composedPath();
    if (target instanceof Node && !this.#holds(target)) this.#leave();
  };

  readonly #focusOut = (event: FocusEvent): void => {
    const { relatedTarget } = event;
    if (!this.isOpen || !(relatedTarget instanceof Node)) return;
    if (!this.#holds(relatedTarget)) this.#leave();
  };

  #leave(): void {
    if (!this.#hooks.onLeave?.()) this.close({ focus: false });
  }

  readonly #keydown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing) return;
    // Neither a dialog around it nor the host's own Escape may take the same key press.
    event.preventDefault();
    event.stopPropagation();
    this.close();
  };
}

/** Scrolls nothing else: a browser that is asked for it may scroll the page, too. */
function bringIntoSight(target: HTMLElement, popover: HTMLElement): void {
  const below = target.getBoundingClientRect().bottom - popover.getBoundingClientRect().bottom;
  if (below <= 0) return;
  const { paddingBlockEnd } = getComputedStyle(popover);
  popover.scrollTop += below + Number.parseFloat(paddingBlockEnd);
}

/** Keeps a popover where its anchor is until the signal aborts. Resolves when it stands there first. */
export async function keepPlaced(
  popover: HTMLElement,
  reference: ReferenceElement,
  options: Pick<PopoverOptions, 'placement' | 'matchWidth'>,
  signal: AbortSignal,
): Promise<void> {
  const update = (): Promise<void> => place(popover, reference, options, signal);
  const sizes = resizeObserver(() => void update());
  sizes.observe(popover);
  if (reference instanceof Element) sizes.observe(reference);
  // Of sizes it would hear at once, and place it anew in the same frame.
  const end = autoUpdate(reference, popover, () => void update(), { elementResize: false });
  signal.addEventListener('abort', () => {
    sizes.disconnect();
    end();
  });
  await update();
}

async function place(
  popover: HTMLElement,
  reference: ReferenceElement,
  { placement = 'bottom-start', matchWidth = false }: PopoverOptions,
  signal: AbortSignal,
): Promise<void> {
  const { x, y } = await computePosition(reference, popover, {
    strategy: 'fixed',
    placement,
    middleware: [
      offset(4),
      flip({ padding: 8 }),
      shift({ padding: 8 }),
      size({
        padding: 8,
        apply({ availableHeight, availableWidth, rects }) {
          popover.style.setProperty('max-block-size', `${Math.max(120, availableHeight)}px`);
          popover.style.setProperty('max-inline-size', `${availableWidth}px`);
          if (matchWidth) {
            popover.style.setProperty('min-inline-size', `${rects.reference.width}px`);
          }
        },
      }),
    ],
  });
  if (signal.aborted) return;
  popover.style.setProperty('left', `${Math.round(x)}px`);
  popover.style.setProperty('top', `${Math.round(y)}px`);
}

import type { MenuController } from '../../ui/menu.js';
import type { RovingController } from '../../ui/roving.js';
import type { Anchor } from '../../ui/popover.js';
import type { CardActs } from './card-acts.js';
import { cardAfterKey, type KeyLane } from './card-after-key.js';
import type { CardGrab } from './card-grab.js';
import type { KanbanHost } from './kanban-host.js';

export interface BoardKeysOptions {
  readonly acts: CardActs;
  readonly grab: CardGrab;
  readonly menu: MenuController;
  readonly roving: RovingController;
  readonly lanes: () => readonly KeyLane[];
  readonly isDragging: () => boolean;
  readonly edit: (id: string) => void;
  /** The cell beside the one a card stands in. */
  readonly beside: (id: string, step: 1 | -1) => string | undefined;
}

/** What keys and clicks on the board's cards do. */
export class BoardKeys {
  readonly #host: KanbanHost;
  readonly #options: BoardKeysOptions;

  constructor(host: KanbanHost, options: BoardKeysOptions) {
    this.#host = host;
    this.#options = options;
  }

  /** As a click on the subject does; false where that is plain text. */
  open(id: string): boolean {
    const subject = this.#item(id)?.querySelector<HTMLElement>('a.subject, button.subject');
    subject?.click();
    return !!subject;
  }

  readonly keydown = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.altKey || needsKeys(event)) return;
    const isPlain = !event.ctrlKey && !event.metaKey;
    if (isPlain && this.#options.grab.press(event)) {
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    const act = isPlain ? this.#actOf(event) : this.#moveAtOnce(event);
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  };

  /** With Ctrl or ⌘ a click selects. On a link it stays what it is everywhere: a new tab. */
  readonly click = {
    // Before the subject's own click.
    capture: true,
    handleEvent: (event: MouseEvent): void => {
      if (!event.ctrlKey && !event.metaKey) return;
      const target = event.target as Element;
      const id = idOf(target);
      if (id === undefined || target.closest('a[href], .card-more')) return;
      event.preventDefault();
      event.stopPropagation();
      this.#options.acts.toggle(id);
    },
  };

  /** The browser's own menu comes neither over a card's nor under a finger that is about to lift one; one that edits or reads needs it. */
  readonly contextMenu = (event: Event): void => {
    const { menu, isDragging } = this.#options;
    const isTouch = (event as Partial<PointerEvent>).pointerType === 'touch';
    if ((isTouch && isOnCard(event)) || menu.isOpen || isDragging()) event.preventDefault();
  };

  readonly focusout = (): void => {
    // A node that is drawn elsewhere loses the focus until the board is drawn.
    void this.#host.updateComplete.then(() => this.#options.grab.stayWithFocus());
  };

  /** Where a card is, for what is asked beside it: beside its button and not of it, so that the focus comes back to the card. */
  anchorOf(id: string): Anchor | undefined {
    const item = this.#item(id);
    if (!item) return undefined;
    const button = item.querySelector(MENU_BUTTON) ?? item;
    const { left, right, bottom } = button.getBoundingClientRect();
    return { x: button.matches(':dir(rtl)') ? right : left, y: bottom };
  }

  /** Ctrl+Shift and an arrow: to the lane beside it, without picking it up first. */
  #moveAtOnce({
    key,
    ctrlKey,
    metaKey,
    shiftKey,
    target,
  }: KeyboardEvent): (() => void) | undefined {
    const { acts, beside } = this.#options;
    const element = target as Element;
    const id = idOf(element);
    if (!shiftKey || ctrlKey === metaKey || id === undefined) return undefined;
    if (key !== 'ArrowLeft' && key !== 'ArrowRight') return undefined;
    const forward = element.matches(':dir(rtl)') ? 'ArrowLeft' : 'ArrowRight';
    const to = beside(id, key === forward ? 1 : -1);
    if (to === undefined) return undefined;
    return () => void acts.place(acts.with(id), to, { at: this.anchorOf(id) });
  }

  #actOf({ key, shiftKey, target }: KeyboardEvent): (() => void) | undefined {
    const { acts, roving, lanes } = this.#options;
    const element = target as Element;
    const id = idOf(element);
    if (key === 'Escape' && this.#host.selection.length > 0) return () => acts.select([]);
    if (id === undefined) return undefined;
    if (key === 'ContextMenu' || (key === 'F10' && shiftKey)) return () => this.#openMenu(id);
    if (shiftKey) return undefined;
    // On a button or a link in the card these keys are its own.
    const onCard = element.localName === 'article';
    if (key === ' ') return onCard ? () => acts.toggle(id) : undefined;
    if (key === 'F2') return () => this.#options.edit(id);
    if (key === 'm' || key === 'M') return onCard ? () => this.#options.grab.pickUp(id) : undefined;
    if (key === 'Enter') {
      return onCard ? () => void (this.open(id) || this.#openMenu(id)) : undefined;
    }
    const next = cardAfterKey(key, id, {
      lanes: lanes(),
      middleOf: (card) => this.#middleOf(card),
      isRightToLeft: element.matches(':dir(rtl)'),
    });
    return next === undefined ? undefined : () => void roving.focus(next);
  }

  #openMenu(id: string): void {
    const { menu, acts } = this.#options;
    const place = this.anchorOf(id);
    const button = this.#item(id)?.querySelector(MENU_BUTTON);
    if (!button || !place) return;
    const label = button.getAttribute('aria-label') ?? '';
    void menu.open(place, { label, groups: () => acts.menuOf(id) });
  }

  #item(id: string): HTMLElement | null {
    return this.#host.renderRoot.querySelector<HTMLElement>(`li[data-id="${CSS.escape(id)}"]`);
  }

  #middleOf(id: string): number {
    const box = this.#item(id)?.getBoundingClientRect();
    return box ? (box.top + box.bottom) / 2 : Infinity;
  }
}

/** Of somebody else's private time it is hidden: there is nothing to be done to it. */
const MENU_BUTTON = '.card-more:not([hidden])';

/** What is in a card and no part of it: it scrolls, and its text is selected. */
const IN_CARD = '.card-editor, .card-body';
const FIELD = 'input, textarea, select, [contenteditable]:not([contenteditable="false"])';

function isOnCard(event: Event): boolean {
  const is = (selector: string): boolean =>
    event.composedPath().some((one) => one instanceof Element && one.matches(selector));
  return is('li[data-id]') && !is(`${IN_CARD}, ${FIELD}`);
}

/** Pressed on what the host draws, or what scrolls: there all keys are its own, but for those that a link or a button leaves. */
function needsKeys(event: KeyboardEvent): boolean {
  const [inner] = event.composedPath();
  const isInside = (event.target as Element).closest('.card-own, .card-body') !== null;
  return isInside && inner instanceof Element && !inner.matches('a, button');
}

function idOf(element: Element): string | undefined {
  return element.closest<HTMLElement>('li[data-id]')?.dataset['id'];
}

import type { MenuController } from '../../ui/menu.js';
import type { RovingController } from '../../ui/roving.js';
import type { CardActs, CardHost } from './card-acts.js';
import { cardAfterKey } from './card-after-key.js';
import type { Lane } from './lanes.js';

export interface BoardKeysOptions {
  readonly acts: CardActs;
  readonly menu: MenuController;
  readonly roving: RovingController;
  readonly lanes: () => readonly Lane[];
  readonly isDragging: () => boolean;
}

/** What keys and clicks on the board's cards do. */
export class BoardKeys {
  readonly #host: CardHost;
  readonly #options: BoardKeysOptions;

  constructor(host: CardHost, options: BoardKeysOptions) {
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
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const act = this.#actOf(event);
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
      if (id === undefined || target.closest('a[href], .menu-button')) return;
      event.preventDefault();
      event.stopPropagation();
      this.#options.acts.toggle(id);
    },
  };

  /** The browser's own menu comes neither over a card's nor under a finger that is about to lift one. */
  readonly contextMenu = (event: Event): void => {
    const { menu, isDragging } = this.#options;
    const isTouch = (event as Partial<PointerEvent>).pointerType === 'touch';
    if (isTouch || menu.isOpen || isDragging()) event.preventDefault();
  };

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
    if (key === 'Enter') {
      return onCard ? () => void (this.open(id) || this.#openMenu(id)) : undefined;
    }
    const next = cardAfterKey(key, id, {
      lanes: lanes().map(({ cards }) =>
        cards.filter(({ place }) => place !== 'gone').map(({ activity }) => activity.id),
      ),
      middleOf: (card) => this.#middleOf(card),
      isRightToLeft: element.matches(':dir(rtl)'),
    });
    return next === undefined ? undefined : () => void roving.focus(next);
  }

  #openMenu(id: string): void {
    const { menu, acts } = this.#options;
    const button = this.#item(id)?.querySelector('.menu-button > button');
    if (!button) return;
    const { left, right, bottom } = button.getBoundingClientRect();
    // Beside the button and not of it, so that the focus comes back to the card, where it was.
    const place = { x: button.matches(':dir(rtl)') ? right : left, y: bottom };
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

function idOf(element: Element): string | undefined {
  return element.closest<HTMLElement>('li[data-id]')?.dataset['id'];
}

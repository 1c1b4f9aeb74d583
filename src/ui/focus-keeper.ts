import type { ReactiveController, ReactiveControllerHost } from 'lit';

interface Kept {
  readonly id: string;
  /** `data-focus` of the control inside it. */
  readonly key: string | undefined;
  /** All ids as they stood, to find neighbours by. */
  readonly order: readonly string[];
}

/**
 * Focus belongs to an id, not to a node: when an update moves, replaces or removes what had it, it goes to the same id
 * again (there to the control of the same `data-focus`), else to the id's successor, its predecessor, the container.
 *
 * Rows, cards and entries carry `data-id`, the controls in them `data-focus`, the container `data-focus-home` and
 * `tabindex="-1"`.
 */
export class FocusKeeper implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  #kept: Kept | undefined;
  #hadFocus = false;

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host;
    host.addController(this);
  }

  /** The id that has the focus now, itself or by something inside it. */
  get focused(): string | undefined {
    return idOf(this.#active);
  }

  /** Moves the focus to an id, there to the control of that key; where it is not drawn, to the container. */
  focus(id: string, key?: string): void {
    this.#restore({ id, key, order: this.#order() });
  }

  /** As near as can be to the id that had it last: for `onOrphan`, when what opened a dialog or a menu is gone. */
  restore(): void {
    if (this.#kept) this.#restore(this.#kept);
    else this.#attempt(this.#home);
  }

  hostUpdate(): void {
    const active = this.#active;
    const id = idOf(active);
    // In a dialog or menu of this element no id has it; what it came from is remembered meanwhile.
    this.#hadFocus = id !== undefined;
    if (id === undefined) return;
    const key = active?.closest<HTMLElement>('[data-focus]')?.dataset['focus'];
    this.#kept = { id, key, order: this.#order() };
  }

  hostUpdated(): void {
    if (this.#hadFocus && this.#kept && !this.#active) this.#restore(this.#kept);
  }

  get #active(): Element | null {
    return this.#host.shadowRoot?.activeElement ?? null;
  }

  get #home(): HTMLElement | null | undefined {
    return this.#host.shadowRoot?.querySelector<HTMLElement>('[data-focus-home]');
  }

  #find(id: string): HTMLElement | null | undefined {
    return this.#host.shadowRoot?.querySelector<HTMLElement>(`[data-id="${CSS.escape(id)}"]`);
  }

  #order(): string[] {
    const nodes = this.#host.shadowRoot?.querySelectorAll<HTMLElement>('[data-id]') ?? [];
    return Array.from(nodes, (node) => node.dataset['id'] ?? '');
  }

  #restore({ id, key, order }: Kept): void {
    const same = this.#find(id);
    if (same && key !== undefined) {
      const control = same.querySelector<HTMLElement>(`[data-focus="${CSS.escape(key)}"]`);
      if (this.#attempt(control)) return;
    }
    // A neighbour gets it on the whole, never on the same act: pressed once more it would do it to the wrong one.
    const at = order.indexOf(id);
    const near = [id, ...order.slice(at + 1), ...order.slice(0, Math.max(at, 0)).reverse()];
    for (const candidate of near) {
      const element = this.#find(candidate);
      if (!element) continue;
      if (this.#attempt(element)) return;
      if (this.#attempt(element.querySelector<HTMLElement>(FOCUSABLE))) return;
    }
    this.#attempt(this.#home);
  }

  #attempt(element: HTMLElement | null | undefined): boolean {
    if (!element) return false;
    element.focus();
    const active = this.#active;
    return active !== null && element.contains(active);
  }
}

const FOCUSABLE = '[tabindex], a[href], button, input, select, textarea';

function idOf(element: Element | null): string | undefined {
  return element?.closest<HTMLElement>('[data-id]')?.dataset['id'];
}

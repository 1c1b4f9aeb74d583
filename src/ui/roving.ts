import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { noChange } from 'lit';
import { AsyncDirective, directive } from 'lit/async-directive.js';
import type { ElementPart } from 'lit/directive.js';

export interface RovingOptions {
  /** Which arrows go: default `both`. */
  readonly axis?: 'horizontal' | 'vertical' | 'both';
  /** From the last on to the first. Default true; false for long lists. */
  readonly wrap?: boolean;
  /** All ids in order, where not all are drawn. Default: what is drawn, in document order. */
  readonly ids?: () => readonly string[];
  /** Draws what is not drawn yet; the focus follows after the element's next update. */
  readonly reveal?: (id: string) => void;
  readonly onMove?: (id: string) => void;
}

/**
 * One tab stop for a toolbar or a list, moved by the arrows, Home and End; left and right change sides in right-to-left.
 * Remembers an id, not a node.
 *
 * ```ts
 * #tools = new RovingController(this, { axis: 'horizontal' });
 * html`<div role="toolbar" @keydown=${this.#tools.keydown} @focusin=${this.#tools.focusin}>
 *        <button ${this.#tools.item('new')}>…</button>
 *      </div>`
 * ```
 */
export class RovingController implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #options: RovingOptions;
  readonly #elements = new Map<string, HTMLElement>();
  #active: string | undefined;

  constructor(host: ReactiveControllerHost & HTMLElement, options: RovingOptions = {}) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  /** The id that Tab leads to. */
  get active(): string | undefined {
    return this.#active;
  }

  /** Moves the tab stop without taking the focus. */
  set active(id: string | undefined) {
    this.#active = id;
    this.#mark();
  }

  /** On the element itself: it is one of those that the arrows go through. */
  item(id: string): unknown {
    return rovingItem(this, id);
  }

  /** Moves tab stop and focus. */
  async focus(id: string): Promise<void> {
    this.#active = id;
    if (!this.#elements.has(id) && this.#options.reveal) {
      this.#options.reveal(id);
      await this.#host.updateComplete;
    }
    this.#mark();
    this.#elements.get(id)?.focus();
  }

  hostUpdated(): void {
    this.#mark();
  }

  readonly focusin = (event: FocusEvent): void => {
    const path = event.composedPath();
    for (const [id, element] of this.#elements) {
      if (!path.includes(element)) continue;
      if (id !== this.#active) this.active = id;
      return;
    }
  };

  readonly keydown = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.shiftKey || isTextField(event.composedPath()[0])) return;
    const ids = this.#ids();
    const at = ids.indexOf(this.#active ?? '');
    const next = this.#next(event.key, at, ids.length, event.currentTarget as Element);
    const id = next === undefined ? undefined : ids[next];
    if (id === undefined) return;
    event.preventDefault();
    if (id === this.#active && this.#elements.get(id)?.matches(':focus')) return;
    void this.focus(id);
    this.#options.onMove?.(id);
  };

  /** For the directive. */
  register(id: string, element: HTMLElement): void {
    this.#elements.set(id, element);
    setTabIndex(element, id === this.#active);
  }

  /** For the directive. */
  unregister(id: string, element: HTMLElement): void {
    if (this.#elements.get(id) === element) this.#elements.delete(id);
  }

  #next(key: string, at: number, count: number, container: Element): number | undefined {
    const { axis = 'both', wrap = true } = this.#options;
    const rtl = container.matches(':dir(rtl)');
    const horizontal = axis !== 'vertical';
    const vertical = axis !== 'horizontal';
    const forward =
      (vertical && key === 'ArrowDown') ||
      (horizontal && key === (rtl ? 'ArrowLeft' : 'ArrowRight'));
    const back =
      (vertical && key === 'ArrowUp') || (horizontal && key === (rtl ? 'ArrowRight' : 'ArrowLeft'));
    if (key === 'Home') return 0;
    if (key === 'End') return count - 1;
    if (forward) return at + 1 < count ? at + 1 : wrap ? 0 : at;
    if (back) return at > 0 ? at - 1 : wrap ? count - 1 : 0;
    return undefined;
  }

  #ids(): readonly string[] {
    if (this.#options.ids) return this.#options.ids();
    return [...this.#elements]
      .sort(([, a], [, b]) =>
        a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1,
      )
      .map(([id]) => id);
  }

  /** The first that is drawn, as a reader meets them. */
  #first(): string | undefined {
    if (this.#options.ids) return this.#options.ids().find((id) => this.#elements.has(id));
    let first: readonly [string, HTMLElement] | undefined;
    for (const entry of this.#elements) {
      const place = first?.[1].compareDocumentPosition(entry[1]) ?? 0;
      if (!first || place & Node.DOCUMENT_POSITION_PRECEDING) first = entry;
    }
    return first?.[0];
  }

  #mark(): void {
    // Somewhere Tab must lead, also when what it led to is gone or not drawn.
    const stop =
      this.#active !== undefined && this.#elements.has(this.#active) ? this.#active : this.#first();
    this.#active ??= stop;
    for (const [id, element] of this.#elements) setTabIndex(element, id === stop);
  }
}

/** Written only where it is another: each write makes the browser compute styles anew. */
function setTabIndex(element: HTMLElement, isStop: boolean): void {
  const value = isStop ? '0' : '-1';
  if (element.getAttribute('tabindex') !== value) element.setAttribute('tabindex', value);
}

function isTextField(target: EventTarget | undefined): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.matches('textarea, select')) return true;
  return target.matches(
    'input:not([type=checkbox], [type=radio], [type=button], [type=submit], [type=reset], [type=file])',
  );
}

class RovingItem extends AsyncDirective {
  #controller: RovingController | undefined;
  #id = '';
  #element: HTMLElement | undefined;

  render(_controller: RovingController, _id: string): unknown {
    return noChange;
  }

  override update(part: ElementPart, [controller, id]: [RovingController, string]): unknown {
    const element = part.element as HTMLElement;
    if (id !== this.#id || controller !== this.#controller) this.disconnected();
    this.#controller = controller;
    this.#id = id;
    this.#element = element;
    controller.register(id, element);
    return noChange;
  }

  override disconnected(): void {
    if (this.#element) this.#controller?.unregister(this.#id, this.#element);
  }

  override reconnected(): void {
    if (this.#element) this.#controller?.register(this.#id, this.#element);
  }
}

const rovingItem = directive(RovingItem);

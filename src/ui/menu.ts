import { html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import { button, type ButtonOptions } from './button.js';
import { icon as glyph } from './icon.js';
import {
  PopoverController,
  type Anchor,
  type PopoverHooks,
  type PopoverOptions,
} from './popover.js';

export interface MenuItem {
  readonly label: string;
  readonly icon?: string;
  /** Quiet, at the end: a shortcut, a count. */
  readonly hint?: string;
  /** With `checked` it becomes a choice: one of its group, or on and off by itself. */
  readonly kind?: 'radio' | 'checkbox';
  readonly checked?: boolean;
  /** It stays in the arrows' way, so that its reason can be read. */
  readonly disabled?: boolean;
  readonly why?: string | undefined;
  readonly danger?: boolean;
  /** Default: only a checkbox leaves the menu open. */
  readonly keepOpen?: boolean;
  readonly onSelect: () => void;
}

export interface MenuGroup {
  readonly label?: string;
  readonly items: readonly MenuItem[];
}

export interface MenuOptions {
  /** The menu's accessible name. */
  readonly label: string;
  /** As a function: asked at every render, so that checks stay true while it is open. */
  readonly groups: readonly MenuGroup[] | (() => readonly MenuGroup[]);
  readonly placement?: PopoverOptions['placement'];
  /** Which item gets the focus. Default: what is checked where it begins with choices, else the first. */
  readonly focus?: 'first' | 'last';
}

const TYPEAHEAD_MS = 500;

/**
 * An element's menu, after the APG's menu button: arrows, Home, End, typing, Escape, Tab. One controller serves all the
 * menus of an element, since one is open at a time; call `render()` once inside `.base`.
 *
 * ```ts
 * #menu = new MenuController(this);
 * html`${menuButton(this.#menu, { label: 'More', icon: 'more', iconOnly: true, groups: [{ items }] })}
 *      <li @contextmenu=${(e) => this.#menu.open({ x: e.clientX, y: e.clientY }, { label, groups })}>…</li>
 *      ${this.#menu.render()}`
 * ```
 */
export class MenuController {
  readonly #popover: PopoverController;
  #options: MenuOptions | undefined;
  #typed = '';
  #typedAt = 0;

  constructor(host: ReactiveControllerHost & HTMLElement, hooks: PopoverHooks = {}) {
    this.#popover = new PopoverController(host, hooks);
  }

  get isOpen(): boolean {
    return this.#popover.isOpen;
  }

  /** Resolves when it stands and an item has the focus. */
  open(anchor: Anchor, options: MenuOptions): Promise<void> {
    this.#options = options;
    this.#typed = '';
    return this.#popover.open(anchor, {
      placement: options.placement ?? 'bottom-start',
      focus: (popover) => {
        const items = itemsOf(popover);
        if (options.focus === 'last') return items.at(-1);
        // Where it begins with commands, what is checked further down is no choice to start from.
        const checked =
          items[0]?.ariaChecked != null && items.find((item) => item.ariaChecked === 'true');
        return (options.focus === undefined && checked) || items[0];
      },
    });
  }

  toggle(anchor: Anchor, options: MenuOptions): void {
    if (this.#popover.anchor === anchor) this.close();
    else void this.open(anchor, options);
  }

  close(): void {
    this.#popover.close();
  }

  render(): unknown {
    const options = this.#options;
    if (!options || !this.isOpen) return nothing;
    const { groups } = options;
    return this.#popover.render({
      label: options.label,
      role: 'menu',
      className: 'menu',
      part: 'menu',
      onKeydown: this.#keydown,
      content: menu(typeof groups === 'function' ? groups() : groups, this.#select),
    });
  }

  readonly #select = (item: MenuItem): void => {
    if (item.disabled) return;
    // Closed first: what the act opens then finds the focus on the opener, and gives it back to that.
    if (!(item.keepOpen ?? item.kind === 'checkbox')) this.close();
    item.onSelect();
  };

  readonly #keydown = (event: KeyboardEvent): void => {
    const popover = this.#popover.element;
    if (!popover || event.ctrlKey || event.metaKey || event.altKey) return;
    const items = itemsOf(popover);
    const at = items.findIndex((item) => item.matches(':focus'));
    const next = target(event, items, at) ?? this.#typeahead(event, items, at);
    if (next) {
      event.preventDefault();
      event.stopPropagation();
      next.focus();
    } else if (event.key === 'Tab') {
      // Not prevented: from the opener, to which focus returns here, the browser goes on to the next.
      this.close();
    }
  };

  #typeahead(
    event: KeyboardEvent,
    items: readonly HTMLElement[],
    at: number,
  ): HTMLElement | undefined {
    if ([...event.key].length !== 1 || (event.key === ' ' && this.#typed === '')) return undefined;
    const fresh = event.timeStamp - this.#typedAt > TYPEAHEAD_MS;
    const key = event.key.toLocaleLowerCase();
    this.#typed = fresh ? key : this.#typed + key;
    this.#typedAt = event.timeStamp;
    // The same letter again goes on to the next that begins with it.
    const repeated = [...this.#typed].every((letter) => letter === key);
    const sought = repeated ? key : this.#typed;
    const from = repeated ? at + 1 : Math.max(at, 0);
    const order = [...items.slice(from), ...items.slice(0, from)];
    return order.find((item) => item.dataset['label']?.toLocaleLowerCase().startsWith(sought));
  }
}

function itemsOf(popover: HTMLElement): HTMLElement[] {
  return [...popover.querySelectorAll<HTMLElement>('.menu-item')];
}

function target(
  event: KeyboardEvent,
  items: readonly HTMLElement[],
  at: number,
): HTMLElement | undefined {
  switch (event.key) {
    case 'ArrowDown':
      return items[(at + 1) % items.length];
    case 'ArrowUp':
      return items.at(at <= 0 ? -1 : at - 1);
    case 'Home':
    case 'PageUp':
      return items[0];
    case 'End':
    case 'PageDown':
      return items.at(-1);
    default:
      return undefined;
  }
}

const focusHovered = (event: PointerEvent): void => {
  if (event.pointerType === 'touch') return;
  (event.currentTarget as HTMLElement).focus({ preventScroll: true });
};

function check(checked: boolean): TemplateResult | typeof nothing {
  return checked ? glyph('check', 16) : nothing;
}

/** What stands in a menu; `MenuController` puts it into its popover and gives it its keyboard. */
export function menu(
  groups: readonly MenuGroup[],
  onSelect: (item: MenuItem) => void,
): TemplateResult[] {
  const shown = groups.filter(({ items }) => items.length > 0);
  const all = shown.flatMap(({ items }) => items);
  const anyCheck = all.some(({ kind }) => kind !== undefined);
  const anyIcon = all.some(({ icon }) => icon !== undefined);
  // Where no item has both, they share a column.
  const areApart = all.some(({ icon, kind }) => icon !== undefined && kind !== undefined);
  const item = (entry: MenuItem): TemplateResult => {
    const { label, kind, checked = false, disabled = false } = entry;
    const why = disabled ? entry.why : undefined;
    return html`<button
      type="button"
      class="menu-item${entry.danger ? ' danger' : ''}"
      part="menu-item${disabled ? ' disabled' : ''}"
      role=${kind === undefined ? 'menuitem' : `menuitem${kind}`}
      tabindex="-1"
      data-label=${label}
      aria-checked=${kind === undefined ? nothing : String(checked)}
      aria-disabled=${disabled ? 'true' : nothing}
      aria-description=${ifDefined(why)}
      @click=${() => onSelect(entry)}
      @pointermove=${focusHovered}
    >
      ${
        anyCheck && (areApart || !anyIcon)
          ? html`<span class="menu-check">${check(checked)}</span>`
          : nothing
      }
      ${
        anyIcon
          ? html`<span class="menu-icon"
              >${entry.icon === undefined ? (areApart ? nothing : check(checked)) : glyph(entry.icon)}</span
            >`
          : nothing
      }
      <span class="menu-label">
        <bdi>${label}</bdi>
        ${why === undefined ? nothing : html`<span class="menu-why" aria-hidden="true">${why}</span>`}
      </span>
      ${entry.hint === undefined ? nothing : html`<bdi class="menu-hint">${entry.hint}</bdi>`}
    </button>`;
  };
  return shown.map(
    (group, index) =>
      html`${index > 0 ? html`<div class="menu-line" role="separator"></div>` : nothing}
        <div role="group" aria-label=${ifDefined(group.label)}>
          ${
            group.label === undefined
              ? nothing
              : html`<div class="menu-title" aria-hidden="true"><bdi>${group.label}</bdi></div>`
          }
          ${group.items.map(item)}
        </div>`,
  );
}

export type MenuButtonOptions = Omit<ButtonOptions, 'onClick' | 'popup' | 'pressed'> &
  Pick<MenuOptions, 'groups' | 'placement'> & {
    /** The menu's name where it is not the button's. */
    readonly menuLabel?: string;
  };

/** What a button does that opens a menu: by click, or by the arrows. */
export function menuOpener(
  controller: MenuController,
  options: Pick<MenuButtonOptions, 'label' | 'menuLabel' | 'groups' | 'placement' | 'disabled'> & {
    /** The button itself, where one listener serves many. */
    readonly opener?: Element;
  },
): {
  readonly click: (event: MouseEvent) => void;
  readonly keydown: (event: KeyboardEvent) => void;
} {
  const { groups, placement } = options;
  const opened = {
    label: options.menuLabel ?? options.label,
    groups,
    ...(placement && { placement }),
  };
  const keydown = (event: KeyboardEvent): void => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    const opener = (event.target as Element).closest('button');
    if (!opener || options.disabled) return;
    event.preventDefault();
    event.stopPropagation();
    const focus = event.key === 'ArrowUp' ? 'last' : undefined;
    void controller.open(opener, { ...opened, ...(focus && { focus }) });
  };
  const click = (event: MouseEvent): void =>
    controller.toggle(options.opener ?? (event.currentTarget as Element), opened);
  return { click, keydown };
}

/** A button that opens a menu, by click or by the arrows. */
export function menuButton(controller: MenuController, options: MenuButtonOptions): TemplateResult {
  const { click, keydown } = menuOpener(controller, options);
  return html`<span class="menu-button" @keydown=${keydown}
    >${button({ ...options, popup: 'menu', onClick: click })}</span
  >`;
}

import { element, glyph } from './dom.js';

/** Lets a button open and close what hangs under it; both stand in `frame`. Answers the way to close it. */
export function popup(
  frame: HTMLElement,
  opener: HTMLElement,
  panel: HTMLElement,
  onOpen: () => void = () => undefined,
): () => void {
  const toggle = (open: boolean): void => {
    panel.hidden = !open;
    opener.setAttribute('aria-expanded', String(open));
    if (open) onOpen();
  };
  const close = (): void => toggle(false);
  close();
  opener.addEventListener('click', () => toggle(panel.hidden === true));
  frame.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || panel.hidden) return;
    close();
    opener.focus();
  });
  frame.addEventListener('focusout', ({ relatedTarget }) => {
    if (relatedTarget instanceof Node && !frame.contains(relatedTarget)) close();
  });
  document.addEventListener('pointerdown', (event) => {
    if (!event.composedPath().includes(frame)) close();
  });
  return close;
}

export interface MenuItem {
  readonly label: string;
  readonly icon: string;
  readonly onSelect: () => void;
}

/** A button with a menu, as the ARIA Authoring Practices describe it. `items` are asked for whenever it opens. */
export function menuButton(
  opener: HTMLButtonElement,
  items: () => readonly MenuItem[],
): HTMLElement {
  const panel = element('div', { class: 'menu', role: 'menu' });
  const frame = element('div', { class: 'popup-frame' }, opener, panel);
  opener.setAttribute('aria-haspopup', 'menu');

  const entries = (): HTMLElement[] => [...panel.querySelectorAll<HTMLElement>('[role=menuitem]')];
  const focus = (index: number): void =>
    entries()
      .at(index % entries().length)
      ?.focus();

  const close = popup(frame, opener, panel, () => {
    panel.setAttribute('aria-label', opener.ariaLabel ?? opener.textContent.trim());
    panel.replaceChildren(
      ...items().map(({ label, icon, onSelect }) => {
        const item = element(
          'button',
          { type: 'button', class: 'menu-item', role: 'menuitem', tabindex: '-1' },
          glyph(icon),
          label,
        );
        item.addEventListener('click', () => {
          close();
          // What opens now gives the focus back to where it was.
          opener.focus();
          onSelect();
        });
        item.addEventListener('pointermove', () => item.focus({ preventScroll: true }));
        return item;
      }),
    );
    focus(0);
  });

  opener.addEventListener('keydown', (event) => {
    if ((event.key !== 'ArrowDown' && event.key !== 'ArrowUp') || !panel.hidden) return;
    event.preventDefault();
    opener.click();
    if (event.key === 'ArrowUp') focus(-1);
  });
  panel.addEventListener('keydown', (event) => {
    const at = entries().findIndex((entry) => entry === document.activeElement);
    if (event.key === 'ArrowDown') focus(at + 1);
    else if (event.key === 'ArrowUp') focus(at - 1);
    else if (event.key === 'Home') focus(0);
    else if (event.key === 'End') focus(-1);
    else if (event.key === 'Tab') {
      close();
      opener.focus();
      return;
    } else {
      if ([...event.key].length !== 1) return;
      const later = [...entries().slice(at + 1), ...entries().slice(0, at + 1)];
      const typed = event.key.toLocaleLowerCase();
      later.find(({ textContent }) => textContent.toLocaleLowerCase().startsWith(typed))?.focus();
      return;
    }
    event.preventDefault();
  });
  return frame;
}

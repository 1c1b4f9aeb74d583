import { html } from 'lit';
import '../../src/define/activity-context.js';
import '../../src/define/activity-grid.js';
import type { ActivityContext } from '../../src/elements/activity-context/activity-context.js';
import type { ActivityGrid } from '../../src/elements/activity-grid/activity-grid.js';
import { deepActiveElement } from '../../src/ui/deep-focus.js';
import { inContext } from './fixtures.js';
import { waitUntil } from './until.js';

export { press } from './keys.js';

/** Waits for what is to be seen; patient, since three engines may share the machine. */
export const until = (condition: () => unknown, message = 'it is seen'): Promise<void> =>
  waitUntil(condition as () => boolean | Promise<boolean>, message, { timeout: 5000 });

/** A key with others held down; as an event, since WebKit's driver cannot hold one. */
export function pressWith(
  held: Pick<KeyboardEventInit, 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey' | 'code'>,
  key: string,
): void {
  const init = { key, bubbles: true, composed: true, cancelable: true, ...held };
  const target = deepActiveElement();
  target?.dispatchEvent(new KeyboardEvent('keydown', init));
  target?.dispatchEvent(new KeyboardEvent('keyup', init));
}

/** A grid as a user meets it: by the words on it. Columns are named by their headers. */
export class GridHarness {
  readonly context: ActivityContext;
  readonly element: ActivityGrid;

  private constructor(context: ActivityContext, element: ActivityGrid) {
    this.context = context;
    this.element = element;
  }

  /** In a context with real links, in a place 1,000 px wide and 400 px high; waits for the rows, unless told not to. */
  static async mount(
    provider: unknown,
    properties: Partial<ActivityGrid> = {},
    { ready = true, width = 1000 }: { ready?: boolean; width?: number } = {},
  ): Promise<GridHarness> {
    const element = document.createElement('activity-grid');
    element.style.setProperty('inline-size', `${String(width)}px`);
    element.style.setProperty('block-size', '400px');
    // Before it asks for anything.
    Object.assign(element, properties);
    const context = (await inContext(provider, html`${element}`)) as ActivityContext;
    context.hrefFor = (target) => ('activity' in target ? `#${target.activity.id}` : undefined);
    const harness = new GridHarness(context, element);
    await harness.updated();
    if (ready) await until(() => !element.matches(':state(loading)'), 'rows are there');
    if (ready) await harness.updated();
    return harness;
  }

  async updated(): Promise<void> {
    await this.element.updateComplete;
    await this.context.updateComplete;
  }

  get root(): ShadowRoot {
    if (!this.element.shadowRoot) throw new Error('nothing is drawn');
    return this.element.shadowRoot;
  }

  get grid(): HTMLElement {
    return found(this.root.querySelector<HTMLElement>('[role=grid], [role=treegrid]'), 'grid');
  }

  get text(): string {
    return textOf(this.root);
  }

  /** What the context shows as notices. */
  get notices(): string[] {
    const notices = this.context.shadowRoot?.querySelectorAll('[part~=notice]') ?? [];
    return [...notices].map((notice) => textOf(notice));
  }

  get headers(): HTMLElement[] {
    return [...this.grid.querySelectorAll<HTMLElement>('[role=columnheader]')];
  }

  get #items(): HTMLElement[] {
    return [...this.grid.querySelectorAll<HTMLElement>('[role=row]:not([aria-hidden])')].slice(1);
  }

  /** Those of activities: without the header, without groups, without those on their way in or out. */
  get rows(): HTMLElement[] {
    return this.#items.filter((row) => row.ariaSelected !== null);
  }

  /** How many stand for rows that are on their way. */
  get blanks(): number {
    return this.#items.filter((row) => row.ariaSelected === null && row.ariaExpanded === null)
      .length;
  }

  /** The headers of groups, as they are read: `Overdue 3`. */
  get groups(): string[] {
    return this.#items.filter((row) => row.ariaExpanded !== null).map((row) => textOf(row));
  }

  get subjects(): string[] {
    return this.rows.map((row) => textOf(found(row.querySelector('[part=subject]'), 'subject')));
  }

  get selected(): string[] {
    return this.subjects.filter((_, index) => this.rows[index]?.ariaSelected === 'true');
  }

  header(name: string): HTMLElement {
    return found(
      this.headers.find((header) => nameOf(header) === name),
      `column ${name}`,
    );
  }

  row(subject: string): HTMLElement {
    return found(this.rows[this.subjects.indexOf(subject)], `row ${subject}`);
  }

  cell(subject: string, column: string): HTMLElement {
    const index = this.headers.indexOf(this.header(column));
    const cells = this.row(subject).querySelectorAll<HTMLElement>('[role=gridcell]');
    return found(cells[index], `cell ${column}`);
  }

  textIn(subject: string, column: string): string {
    return textOf(this.cell(subject, column));
  }

  checkbox(name: string): HTMLInputElement {
    const boxes = [...this.root.querySelectorAll<HTMLInputElement>('input[type=checkbox]')];
    return found(
      boxes.find((box) => box.ariaLabel === name),
      `checkbox ${name}`,
    );
  }

  button(name: string, within: ParentNode = this.root): HTMLButtonElement {
    return found(this.findButton(name, within), `button ${name}`);
  }

  findButton(name: string, within: ParentNode = this.root): HTMLButtonElement | undefined {
    return [...within.querySelectorAll('button')].find(
      (button) => (button.ariaLabel ?? textOf(button)) === name,
    );
  }

  menuItem(name: string): HTMLElement {
    const items = [...this.root.querySelectorAll<HTMLElement>('[role^=menuitem]')];
    return found(
      items.find((item) => item.dataset['label'] === name),
      `menu item ${name}`,
    );
  }

  /** `subject | column` of where the focus is; `header | column` in the header. */
  get focus(): string {
    const active = this.root.activeElement;
    const row = active?.closest<HTMLElement>('[role=row]');
    const cell = active?.closest<HTMLElement>('[role=gridcell], [role=columnheader]');
    if (!row || !cell) return active ? `outside: ${nameOf(active)}` : 'nowhere';
    const index = [...row.children].indexOf(cell);
    const at = this.rows.indexOf(row);
    const place = at < 0 ? 'header' : (this.subjects[at] ?? '');
    return `${place} | ${nameOf(found(this.headers[index], 'header'))}`;
  }

  /** Elements that Tab leads to, inside the grid. */
  get tabStops(): HTMLElement[] {
    return [...this.grid.querySelectorAll<HTMLElement>('a, button, input, [tabindex]')].filter(
      (element) => element.tabIndex === 0 && !element.closest('[inert]'),
    );
  }

  async click(element: HTMLElement, init: MouseEventInit = {}): Promise<void> {
    const all = { bubbles: true, composed: true, cancelable: true, ...init };
    element.dispatchEvent(new MouseEvent('mousedown', all));
    element.dispatchEvent(new MouseEvent('click', all));
    await this.updated();
  }
}

export function textOf(node: Node): string {
  return (node.textContent ?? '').replace(/\s+/g, ' ').trim();
}

function nameOf(element: Element): string {
  return element.querySelector('input')?.ariaLabel ?? element.ariaLabel ?? textOf(element);
}

function found<T>(value: T | null | undefined, what: string): T {
  if (value === null || value === undefined) throw new Error(`there is no ${what}`);
  return value;
}

import { html } from '@open-wc/testing';
import '../../src/define/activity-calendar.js';
import '../../src/define/activity-context.js';
import '../../src/define/activity-grid.js';
import '../../src/define/activity-kanban.js';
import '../../src/define/activity-workspace.js';
import type { ActivityForm } from '../../src/elements/activity-form/activity-form.js';
import type { ActivityQuickCreate } from '../../src/elements/activity-quick-create/activity-quick-create.js';
import type { ActivityWorkspace } from '../../src/elements/activity-workspace/activity-workspace.js';
import type { Activity } from '../../src/model/activity.js';
import type { ActivityDataProvider } from '../../src/provider/provider.js';
import { activity, inContext, jun, mona, wingtip } from './fixtures.js';
import { FormPage, textOf } from './form.js';
import { press, until } from './grid.js';

/** A workspace as a user has it: its bars by their words, its rows by their subjects. */
export class WorkspacePage {
  readonly element: ActivityWorkspace;

  constructor(element: ActivityWorkspace) {
    this.element = element;
  }

  get root(): ShadowRoot {
    if (!this.element.shadowRoot) throw new Error('nothing is drawn');
    return this.element.shadowRoot;
  }

  get #view(): ParentNode {
    return this.root.querySelector('activity-grid')?.shadowRoot ?? this.root;
  }

  get subjects(): string[] {
    const subjects = this.#view.querySelectorAll('[role=row]:not([aria-hidden]) [part=subject]');
    return [...subjects].map(textOf);
  }

  async shows(...subjects: string[]): Promise<void> {
    await until(
      () => [...this.subjects].sort().join() === [...subjects].sort().join(),
      `rows ${subjects.join()}`,
    );
  }

  get title(): string {
    return textOf(this.root.querySelector('h2'));
  }

  get count(): string {
    return textOf(this.root.querySelector('.count'));
  }

  findButton(name: string): HTMLButtonElement | undefined {
    return [...this.root.querySelectorAll('button')].find(
      (button) => (button.ariaLabel ?? textOf(button)) === name && button.checkVisibility(),
    );
  }

  button(name: string): HTMLButtonElement {
    const button = this.findButton(name);
    if (!button) throw new Error(`no button ${name}`);
    return button;
  }

  /** Neither gone nor out of the bar's one line. */
  findVisible(name: string): HTMLButtonElement | undefined {
    const button = this.findButton(name);
    return button && getComputedStyle(button).visibility !== 'hidden' ? button : undefined;
  }

  /** As the keyboard does: a click of a script leaves the focus where it is. */
  press(name: string): void {
    this.button(name).focus();
    this.button(name).click();
  }

  /** A menu whose items can be checked stays open until Escape. */
  async choose(opener: string, ...labels: readonly string[]): Promise<void> {
    this.button(opener).click();
    const item = (label: string): HTMLElement | undefined =>
      [...this.root.querySelectorAll<HTMLElement>('.menu-item')].find(
        (one) => one.dataset['label'] === label,
      );
    for (const label of labels) {
      await until(() => item(label), `${label} in the menu`);
      item(label)?.click();
      await this.element.updateComplete;
    }
    if (this.root.querySelector('.menu-item')) await press('Escape');
    await until(() => !this.root.querySelector('.menu-item'), 'the menu is closed');
  }

  async showAs(name: string): Promise<void> {
    const radios = [...this.root.querySelectorAll('input')].filter(({ type }) => type === 'radio');
    radios.find((radio) => (radio.ariaLabel ?? textOf(radio.closest('label'))) === name)?.click();
    await this.element.updateComplete;
  }

  async search(text: string): Promise<void> {
    const input = this.root.querySelector<HTMLInputElement>('input[type=search]');
    if (!input) throw new Error('no search');
    input.focus();
    input.value = text;
    input.dispatchEvent(new InputEvent('input', { bubbles: true }));
    await this.element.updateComplete;
  }

  async select(...subjects: string[]): Promise<void> {
    for (const subject of subjects) {
      this.#view.querySelector<HTMLElement>(`[aria-label="Select ${subject}"]`)?.click();
    }
    await until(() => this.element.selection.length === subjects.length, 'they are selected');
    await this.element.updateComplete;
  }

  /** By the menu of a column: opens it, chooses what filters by the column, checks these, applies. */
  async filterColumn(column: string, ...labels: string[]): Promise<void> {
    const find = (selector: string, text: string): HTMLElement | undefined =>
      [...this.#view.querySelectorAll<HTMLElement>(selector)].find(
        (one) => (one.dataset['label'] ?? one.ariaLabel ?? textOf(one)).trim() === text,
      );
    const click = async (selector: string, text: string): Promise<void> => {
      await until(() => find(selector, text), `${text} in the grid`);
      find(selector, text)?.click();
      await this.element.updateComplete;
    };
    await this.columnMenu(column);
    await click('.menu-item', `Filter by ${column}`);
    for (const label of labels) await click('[part=panel] label', label);
    await click('[part=panel] button', 'Apply');
  }

  /** What a column can do: opens its menu, and chooses of it. */
  async columnMenu(column: string, ...labels: string[]): Promise<void> {
    const opener = (): HTMLElement | null =>
      this.#view.querySelector<HTMLElement>(`[aria-label="Column ${column}"]`);
    await until(opener, `column ${column}`);
    opener()?.click();
    await until(() => this.#view.querySelector('.menu-item'), 'the menu of the column');
    for (const label of labels) {
      [...this.#view.querySelectorAll<HTMLElement>('.menu-item')]
        .find((one) => one.dataset['label'] === label)
        ?.click();
    }
  }

  /** All that match, loaded or not. */
  selectAll(): void {
    this.#view.querySelector<HTMLElement>('[aria-label="Select all"]')?.click();
  }

  /** A command of the bar, wherever in it there is room. */
  async chooseCommand(label: string): Promise<void> {
    const visible = this.findVisible(label);
    if (visible) visible.click();
    else await this.choose('More', label);
  }

  /** Into the small form that asks for a record: what to seek, which to take. */
  async lookUp(text: string, name: string): Promise<void> {
    const find = <T extends Element>(selector: string): T | null =>
      this.#view.querySelector<T>(`[part~=panel] ${selector}`);
    await until(() => find('input'), 'the form');
    const input = find<HTMLInputElement>('input');
    if (!input) throw new Error('no input');
    input.focus();
    input.value = text;
    input.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
    const option = (): HTMLElement | undefined =>
      [...this.#view.querySelectorAll<HTMLElement>('[role=option]')].find((one) =>
        textOf(one).includes(name),
      );
    await until(() => option(), `${name} is found`);
    option()?.click();
    const apply = (): HTMLButtonElement | undefined =>
      [...this.#view.querySelectorAll<HTMLButtonElement>('[part~=panel] button')].find(
        (button) => textOf(button) === 'Apply',
      );
    await until(() => textOf(find('.pill')).includes(name), 'it is chosen');
    apply()?.click();
  }

  clickSubject(subject: string): void {
    const found = [...this.#view.querySelectorAll<HTMLElement>('[part=subject]')].find(
      (one) => textOf(one) === subject,
    );
    if (!found) throw new Error(`no subject ${subject}`);
    found.focus();
    found.click();
  }

  /** The dialog that is open, the workspace's own or that of what it shows. */
  async dialog(title: string): Promise<HTMLDialogElement> {
    const find = (): HTMLDialogElement | undefined =>
      [this.root, this.#view]
        .flatMap((root) => [...root.querySelectorAll('dialog')])
        .find((one) => one.ariaLabel === title && one.open);
    await until(find, `dialog ${title}`);
    const dialog = find();
    if (!dialog) throw new Error(`no dialog ${title}`);
    return dialog;
  }

  pressIn(dialog: HTMLElement, name: string): void {
    const button = [...dialog.querySelectorAll('button')].find((one) => textOf(one) === name);
    if (!button) throw new Error(`no button ${name} in the dialog`);
    button.focus();
    button.click();
  }

  /** A command, wherever it stands: in its bar, or in the menu of what has no room there. */
  async command(name: string): Promise<void> {
    const button = this.findVisible(name);
    if (button) button.click();
    else await this.choose('More', name);
  }

  /** Types into a field of a dialog. */
  fill(dialog: HTMLElement, label: string, text: string): void {
    const named = [...dialog.querySelectorAll('label')].find((one) => textOf(one) === label);
    const input = dialog.querySelector<HTMLInputElement | HTMLTextAreaElement>(
      `#${named?.htmlFor ?? ''}`,
    );
    if (!input) throw new Error(`no field ${label}`);
    input.value = text;
    input.dispatchEvent(new InputEvent('input', { bubbles: true }));
  }

  /** What its tabs say: when it is due, and how many. */
  get tabs(): string[] {
    return [...this.root.querySelectorAll('[part~=due-tab]')].map(textOf);
  }

  get notices(): string {
    return textOf(this.root.querySelector('.notices'));
  }

  async form(): Promise<FormPage<ActivityForm>> {
    await until(() => this.root.querySelector('activity-form'), 'a form');
    const element = this.root.querySelector('activity-form');
    if (!element) throw new Error('no form');
    return new FormPage(element).isReady();
  }

  async quickCreate(): Promise<FormPage<ActivityQuickCreate>> {
    await until(() => this.root.querySelector('activity-quick-create'), 'quick create');
    const element = this.root.querySelector('activity-quick-create');
    if (!element) throw new Error('no quick create');
    return new FormPage(element).isReady();
  }
}

/** A workspace in a context over this provider. */
export async function workspacePage(
  provider: ActivityDataProvider,
  { width = '1000px', ...properties }: { width?: string } & Partial<ActivityWorkspace> = {},
): Promise<WorkspacePage> {
  const element = document.createElement('activity-workspace');
  element.style.setProperty('block-size', '600px');
  element.style.setProperty('inline-size', width);
  // Before it asks for anything.
  Object.assign(element, properties);
  await inContext(provider, html`${element}`);
  await element.updateComplete;
  return new WorkspacePage(element);
}

/** What Mona has, and what she has not. */
export const rows: readonly Activity[] = [
  activity({ subject: 'Mine late', due: '2026-11-20T10:00:00Z' }),
  activity({ subject: 'Mine next week', due: '2026-12-01T10:00:00Z' }),
  activity({ subject: 'Mine done', state: 'completed', statusReason: 'completed' }),
  activity({ subject: 'Juns', owner: jun }),
  activity({ subject: 'A call', type: 'phonecall', statusReason: 'open', due: '2026-11-23' }),
  activity({
    subject: 'Invited',
    type: 'appointment',
    state: 'scheduled',
    statusReason: 'busy',
    owner: jun,
    start: '2026-11-24T09:00:00Z',
    end: '2026-11-24T10:00:00Z',
    parties: [{ role: 'required', record: mona }],
  }),
  activity({
    subject: '',
    type: 'note',
    state: null,
    description: 'A note',
    due: undefined,
    regarding: wingtip,
  }),
].map(({ due, ...row }) => (due === undefined ? row : { ...row, due }));

/** Of those, what is hers and open. */
export const MINE = ['Mine late', 'Mine next week', 'A call', 'Invited'];

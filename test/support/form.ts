import type { LitElement } from 'lit';
import { waitUntil } from './until.js';

/** A form as a user has it: fields and buttons by the names they go by. */
export class FormPage<Element extends LitElement = LitElement> {
  readonly element: Element;

  constructor(element: Element) {
    this.element = element;
  }

  get root(): ShadowRoot {
    const root = this.element.shadowRoot;
    if (!root) throw new Error('the form is not drawn');
    return root;
  }

  all<T extends HTMLElement = HTMLElement>(selector: string): T[] {
    return [...this.root.querySelectorAll<T>(selector)];
  }

  /** Resolves when its fields are there. */
  async isReady(): Promise<this> {
    await waitUntil(() => this.all('.form-field').length > 0, 'the form has fields');
    return this;
  }

  get title(): string {
    return textOf(this.root.querySelector('h2'));
  }

  /** What the fields are called, from above; those that must be filled in with a star. */
  get labels(): string[] {
    return this.all('.form-field').flatMap((field) =>
      [...field.querySelectorAll('.field-label, .check-line')].map(
        (label) => nameOf(label) + (label.matches('.required') ? '*' : ''),
      ),
    );
  }

  field(label: string): HTMLElement {
    const found = this.all('.field').find(
      (field) => nameOf(field.querySelector('.field-label, .check-line')) === label,
    );
    if (!found) throw new Error(`no field ${label}`);
    return found;
  }

  input(label: string): HTMLInputElement {
    const input = this.field(label).querySelector<HTMLInputElement>('input, textarea, select');
    if (!input) throw new Error(`nothing to fill in at ${label}`);
    return input;
  }

  /** Who or what stands in a field for records. */
  chosen(label: string): string[] {
    return [...this.field(label).querySelectorAll('.pill bdi')].map(textOf);
  }

  /** What is wrong with a field, as it says. */
  errorOf(label: string): string {
    return textOf(this.field(label).querySelector('.field-error'));
  }

  /** What the form says above its fields. */
  get alerts(): string[] {
    return this.all('[role=alert]').map(textOf);
  }

  async enter(label: string, text: string): Promise<void> {
    const input = this.input(label);
    input.focus();
    input.value = text;
    input.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
    await this.element.updateComplete;
  }

  async choose(label: string, option: string): Promise<void> {
    const field = this.field(label);
    const select = field.querySelector('select');
    if (select) {
      const found = [...select.options].find((one) => textOf(one) === option);
      if (!found) throw new Error(`no ${option} in ${label}`);
      select.value = found.value;
      select.dispatchEvent(new Event('change', { bubbles: true }));
    } else {
      const segment = [...field.querySelectorAll<HTMLElement>('.segment')].find(
        (one) => textOf(one) === option,
      );
      if (!segment) throw new Error(`no ${option} in ${label}`);
      segment.click();
    }
    await this.element.updateComplete;
  }

  hasButton(name: string): boolean {
    return this.#buttons(name).length > 0;
  }

  button(name: string): HTMLButtonElement {
    const [found] = this.#buttons(name);
    if (!found) throw new Error(`no button ${name}`);
    return found;
  }

  /** Those above all others first: a question covers the form it is asked about. */
  #buttons(name: string): HTMLButtonElement[] {
    return this.all<HTMLButtonElement>('button')
      .filter((button) => (button.ariaLabel ?? textOf(button)) === name && isSeen(button))
      .reverse();
  }

  /** Resolves when nothing moves or fades any more. */
  async isStill(): Promise<void> {
    const animations = this.root.getAnimations?.() ?? document.getAnimations();
    await Promise.allSettled(animations.map(({ finished }) => finished));
  }

  /** Whether it asks before it is left. */
  get asks(): boolean {
    return this.root.querySelector('[role=alertdialog]') !== null;
  }

  get isOpen(): boolean {
    return this.root.querySelector('dialog:modal') !== null;
  }
}

const isSeen = (element: HTMLElement): boolean => element.getClientRects().length > 0;

/** A label without the word that stands for its star. */
function nameOf(label: Element | null): string {
  return textOf(label).replace(/ \(Required\)$/, '');
}

export function textOf(element: Element | null | undefined): string {
  return element?.textContent?.replaceAll(/\s+/g, ' ').trim() ?? '';
}

import { noChange } from 'lit';
import { AsyncDirective } from 'lit/async-directive.js';
import { directive, PartType, type ElementPart, type PartInfo } from 'lit/directive.js';
import { toPlainText } from '../model/plain-text.js';
import { isSanitizerReady, loadSanitizer, sanitize } from './sanitize.js';

export interface RichTextOptions {
  /** Default: `text`. */
  readonly format?: 'text' | 'html' | undefined;
  /** What the button is called that lets pictures of other sites in; left out, they never come. */
  readonly showImages?: string | undefined;
  /** Why it is shown as plain text although it is HTML, for the host's developer. */
  readonly onProblem?: ((problem: string) => void) | undefined;
}

class RichText extends AsyncDirective {
  #element: Element | undefined;
  #text: string | undefined;
  #options: RichTextOptions = {};
  #images = false;

  constructor(part: PartInfo) {
    super(part);
    if (part.type !== PartType.ELEMENT) throw new Error('richText() stands on an element');
  }

  render(_text: string, _options?: RichTextOptions): unknown {
    return noChange;
  }

  override update(part: ElementPart, [text, options = {}]: [string, RichTextOptions?]): unknown {
    const isSame =
      part.element === this.#element &&
      text === this.#text &&
      options.format === this.#options.format &&
      options.showImages === this.#options.showImages;
    this.#options = options;
    if (isSame) return noChange;
    if (text !== this.#text) this.#images = false;
    this.#element = part.element;
    this.#text = text;
    this.#draw();
    return noChange;
  }

  override reconnected(): void {
    this.#draw();
  }

  #draw(): void {
    const { format } = this.#options;
    const text = this.#text ?? '';
    if (format !== 'html') this.#drawPlain(text);
    else if (isSanitizerReady()) this.#drawHtml(text);
    else {
      // Its words can be read while the sanitiser is on its way.
      this.#drawPlain(toPlainText(text, 'html'));
      if (text.trim() !== '') void this.#drawLater();
    }
  }

  async #drawLater(): Promise<void> {
    try {
      await loadSanitizer();
    } catch (error) {
      this.#options.onProblem?.(`The sanitiser could not be loaded: ${String(error)}`);
      return;
    }
    if (this.isConnected && this.#options.format === 'html') this.#drawHtml(this.#text ?? '');
  }

  #drawPlain(text: string): void {
    this.#element?.classList.add('plain');
    this.#element?.replaceChildren(text);
  }

  #drawHtml(html: string): void {
    const element = this.#element;
    if (!element) return;
    const result = sanitize(html, { images: this.#images });
    if (!result) {
      const words = toPlainText(html, 'html');
      if (words !== '') {
        this.#options.onProblem?.('Nothing came of its HTML; it is shown as plain text.');
      }
      this.#drawPlain(words);
      return;
    }
    element.classList.remove('plain');
    element.replaceChildren(result.fragment);
    const { showImages } = this.#options;
    if (result.blocked > 0 && showImages !== undefined) element.append(this.#consent(showImages));
  }

  #consent(label: string): HTMLElement {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'button outline small';
    button.textContent = label;
    button.addEventListener('click', () => {
      this.#images = true;
      this.#draw();
    });
    return button;
  }
}

/**
 * Puts the text of a record into the element it stands on: plain text as it is, HTML sanitised. It never loads anything until the
 * user lets it, and what is not empty is never shown empty.
 *
 * ```ts
 * html`<div class="rich-text" dir="auto" ${richText(activity.description ?? '', { format: activity.descriptionFormat })}></div>`
 * ```
 */
export const richText = directive(RichText);

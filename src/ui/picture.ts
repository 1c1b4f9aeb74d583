import { noChange } from 'lit';
import { directive, Directive, PartType, type ElementPart, type PartInfo } from 'lit/directive.js';

class Picture extends Directive {
  #content: Blob | undefined;

  constructor(part: PartInfo) {
    super(part);
    if (part.type !== PartType.ELEMENT) throw new Error('picture() stands in the tag of a canvas');
  }

  render(_content: Blob, _edge: number, _onBroken?: () => void): unknown {
    return noChange;
  }

  override update(
    { element }: ElementPart,
    [content, edge, onBroken]: Parameters<this['render']>,
  ): unknown {
    if (content !== this.#content) {
      this.#content = content;
      void this.#draw(element as HTMLCanvasElement, content, edge, onBroken);
    }
    return noChange;
  }

  async #draw(
    canvas: HTMLCanvasElement,
    content: Blob,
    edge: number,
    onBroken?: () => void,
  ): Promise<void> {
    const bitmap = await createImageBitmap(content).catch(() => undefined);
    if (content === this.#content) {
      if (bitmap) {
        const scale = Math.min(1, edge / Math.max(bitmap.width, bitmap.height));
        canvas.width = Math.max(1, Math.round(bitmap.width * scale));
        canvas.height = Math.max(1, Math.round(bitmap.height * scale));
        canvas.getContext('2d')?.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
      } else {
        onBroken?.();
      }
    }
    bitmap?.close();
  }
}

/**
 * Draws the picture that a file holds on the `<canvas>` in whose tag it stands, at most `edge` pixels wide and high. It needs no
 * address, so no policy of the page forbids it, and nothing has to be revoked; nothing in it can run. A drawing of vectors, and
 * what is no picture, is `onBroken`.
 *
 * ```ts
 * html`<canvas role="img" aria-label=${name} ${picture(file, 2048, onBroken)}></canvas>`
 * ```
 */
export const picture = directive(Picture);

import { noChange } from 'lit';
import { directive, Directive, PartType, type PartInfo, type PropertyPart } from 'lit/directive.js';

class Typed extends Directive {
  constructor(part: PartInfo) {
    super(part);
    if (part.type !== PartType.PROPERTY || part.name !== 'value') {
      throw new Error('typed() stands on .value');
    }
  }

  render(text: string, _keep: (current: string) => boolean): string {
    return text;
  }

  override update(
    part: PropertyPart,
    [text, keep]: [string, (current: string) => boolean],
  ): unknown {
    const input = part.element as HTMLInputElement;
    // Not even the same text is set again: that would empty a date that is half typed.
    if (input.value !== text && !keep(input.value)) input.value = text;
    return noChange;
  }
}

/**
 * The text of an input, unless what was typed there is to be kept: because it means the same ("1.50"), or because it means
 * nothing yet and must not be lost. `.value=${typed(text, (current) => isBad || parse(current) === value)}`
 */
export const typed = directive(Typed);

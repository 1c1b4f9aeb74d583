import { nothing } from 'lit';
import { Directive, directive, type ElementPart } from 'lit/directive.js';

class Assign extends Directive {
  #last: object | undefined;

  override render(_properties: object | undefined): typeof nothing {
    return nothing;
  }

  override update({ element }: ElementPart, [properties]: [object | undefined]): typeof nothing {
    if (properties !== this.#last) Object.assign(element, properties);
    this.#last = properties;
    return nothing;
  }
}

/** Sets the properties of an object on the element where it stands, each time it is another object: `<x-y ${assign(given)}>`. */
export const assign = directive(Assign);

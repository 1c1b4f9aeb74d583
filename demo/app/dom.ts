import { icons, type IconName } from '../../src/theme/icons.js';

type Attributes = { readonly [name: string]: string | boolean | undefined };
type Child = Node | string | undefined;

/** An HTML element with attributes (true: present; false, undefined: absent) and what stands in it. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) made.setAttribute(name, '');
    else if (value !== undefined && value !== false) made.setAttribute(name, value);
  }
  made.append(...children.filter((child) => child !== undefined));
  return made;
}

const SVG = 'http://www.w3.org/2000/svg';

const bars = [4.5, 9.5, 14.5].map(
  (y) => `M2 ${y}c0-.28.22-.5.5-.5h15a.5.5 0 0 1 0 1h-15a.5.5 0 0 1-.5-.5`,
);
const paths: { readonly [name: string]: string } = { ...icons, navigation: bars.join('') };

/** A glyph of the kit's set, silent. */
export function glyph(name: IconName | 'navigation' | (string & {})): SVGSVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('viewBox', '0 0 20 20');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', paths[name] ?? icons.record);
  svg.append(path);
  return svg;
}

/** The element that a page must have. */
export function only<E extends Element>(selector: string, within: ParentNode = document): E {
  const found = within.querySelector<E>(selector);
  if (!found) throw new Error(`The page has no ${selector}`);
  return found;
}

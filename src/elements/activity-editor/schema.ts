import { Schema, type DOMOutputSpec, type MarkSpec, type NodeSpec } from 'prosemirror-model';

/*
 * What the editor can make and keep. What it has no tool for (tables, preformatted text, pictures) is kept as it is, in one piece
 * that can be moved and deleted but not changed.
 */

const KEPT = 'table, pre, figure, dl, details';

const nodes: { readonly [name: string]: NodeSpec } = {
  doc: { content: 'block+' },
  paragraph: {
    content: 'inline*',
    group: 'block',
    parseDOM: [{ tag: 'p' }, { tag: 'div' }],
    toDOM: (): DOMOutputSpec => ['p', 0],
  },
  heading: {
    attrs: { level: { default: 2 } },
    content: 'inline*',
    group: 'block',
    defining: true,
    parseDOM: [1, 2, 3, 4, 5, 6].map((level) => ({ tag: `h${level}`, attrs: { level } })),
    toDOM: ({ attrs }): DOMOutputSpec => [`h${String(attrs['level'])}`, 0],
  },
  blockquote: {
    content: 'block+',
    group: 'block',
    defining: true,
    parseDOM: [{ tag: 'blockquote' }],
    toDOM: (): DOMOutputSpec => ['blockquote', 0],
  },
  bullet_list: {
    content: 'list_item+',
    group: 'block',
    parseDOM: [{ tag: 'ul' }],
    toDOM: (): DOMOutputSpec => ['ul', 0],
  },
  ordered_list: {
    content: 'list_item+',
    group: 'block',
    attrs: { start: { default: 1 } },
    parseDOM: [{ tag: 'ol', getAttrs: (ol) => ({ start: (ol as HTMLOListElement).start }) }],
    toDOM: ({ attrs }): DOMOutputSpec =>
      attrs['start'] === 1 ? ['ol', 0] : ['ol', { start: String(attrs['start']) }, 0],
  },
  list_item: {
    content: 'paragraph block*',
    defining: true,
    parseDOM: [{ tag: 'li' }],
    toDOM: (): DOMOutputSpec => ['li', 0],
  },
  rule: {
    group: 'block',
    parseDOM: [{ tag: 'hr' }],
    toDOM: (): DOMOutputSpec => ['hr'],
  },
  kept: {
    group: 'block',
    atom: true,
    attrs: { element: {} },
    // Before the rules for what stands inside of it.
    parseDOM: [{ tag: KEPT, priority: 60, getAttrs: (element) => ({ element }) }],
    toDOM: ({ attrs }): DOMOutputSpec => copyOf(attrs['element'] as Element),
  },
  picture: {
    inline: true,
    group: 'inline',
    atom: true,
    attrs: { element: {} },
    parseDOM: [{ tag: 'img[src]', getAttrs: (element) => ({ element }) }],
    toDOM: ({ attrs }): DOMOutputSpec => copyOf(attrs['element'] as Element),
  },
  text: { group: 'inline' },
  line_break: {
    inline: true,
    group: 'inline',
    selectable: false,
    parseDOM: [{ tag: 'br' }],
    toDOM: (): DOMOutputSpec => ['br'],
  },
};

const marks: { readonly [name: string]: MarkSpec } = {
  link: {
    attrs: { href: {} },
    inclusive: false,
    parseDOM: [{ tag: 'a[href]', getAttrs: (a) => ({ href: a.getAttribute('href') }) }],
    toDOM: ({ attrs }): DOMOutputSpec => ['a', { href: String(attrs['href']) }, 0],
  },
  strong: {
    parseDOM: [{ tag: 'strong' }, { tag: 'b' }],
    toDOM: (): DOMOutputSpec => ['strong', 0],
  },
  em: { parseDOM: [{ tag: 'em' }, { tag: 'i' }], toDOM: (): DOMOutputSpec => ['em', 0] },
  underline: { parseDOM: [{ tag: 'u' }, { tag: 'ins' }], toDOM: (): DOMOutputSpec => ['u', 0] },
  strike: {
    parseDOM: [{ tag: 's' }, { tag: 'del' }, { tag: 'strike' }],
    toDOM: (): DOMOutputSpec => ['s', 0],
  },
  code: { parseDOM: [{ tag: 'code' }], toDOM: (): DOMOutputSpec => ['code', 0] },
};

/** What was sanitised already, once more: each place in the document has a copy of its own. */
function copyOf(element: Element): Element {
  return element.cloneNode(true) as Element;
}

export const schema = new Schema({ nodes, marks });

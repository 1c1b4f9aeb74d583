import { html as litHtml, type TemplateResult } from 'lit';

const known = new WeakMap<TemplateStringsArray, TemplateStringsArray>();

/**
 * Lit's `html` for what is drawn by the hundred: white space between tags and expressions, where no word stands beside it, is
 * nothing, and no node of the page. Where a space is meant there, it is written `${' '}`.
 */
export function html(strings: TemplateStringsArray, ...values: unknown[]): TemplateResult<1> {
  let tight = known.get(strings);
  if (!tight) {
    tight = tightened(strings);
    known.set(strings, tight);
  }
  return litHtml(tight, ...values);
}

/** The parts of a template without the white space that means nothing. */
export function tightened(strings: TemplateStringsArray): TemplateStringsArray {
  const tight = strings.join(HOLE).replace(TAG_OR_SPACE, '$1').split(HOLE);
  return Object.assign(tight, { raw: tight });
}

/** Where an expression stands; a letter that no template has. */
const HOLE = '\uE000';
/** A tag, which stays as it is, with the expressions in it; or what stands between two tags or expressions and is nothing but space. */
const TAG_OR_SPACE = /(<(?:"[^"]*"|'[^']*'|[^>"'])*>)|(?<=^|[>\uE000])\s+(?=[<\uE000]|$)/g;

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
  let isInTag = false;
  let quote = '';
  const tight = strings.map((text) => {
    let result = '';
    for (let at = 0; at < text.length; at++) {
      const letter = text.charAt(at);
      if (isInTag) {
        if (quote !== '') quote = letter === quote ? '' : quote;
        else if (letter === '"' || letter === "'") quote = letter;
        else if (letter === '>') isInTag = false;
        result += letter;
        continue;
      }
      if (letter === '<') isInTag = true;
      else if (/\s/.test(letter)) {
        const space = /\s+/y;
        space.lastIndex = at;
        const [run = letter] = space.exec(text) ?? [];
        const next = text.charAt(at + run.length);
        const isAlone = (result === '' || result.endsWith('>')) && (next === '' || next === '<');
        if (!isAlone) result += run;
        at += run.length - 1;
        continue;
      }
      result += letter;
    }
    return result;
  });
  return Object.assign(tight, { raw: tight });
}

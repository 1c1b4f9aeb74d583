import { css } from 'lit';

/** For elements that show `richText()`. */
export const richTextStyles = css`
  .rich-text {
    min-inline-size: 0;
    overflow-wrap: anywhere;
  }
  .rich-text.plain {
    white-space: pre-wrap;
  }
  .rich-text :is(p, ul, ol, dl, pre, blockquote, table, figure, h1, h2, h3, h4, h5, h6) {
    margin-block: var(--_space);
  }
  .rich-text > :first-child {
    margin-block-start: 0;
  }
  .rich-text > :last-child {
    margin-block-end: 0;
  }
  .rich-text :is(h1, h2, h3, h4, h5, h6, b, strong, th) {
    font-weight: var(--_strong);
  }
  .rich-text :is(i, em, cite, dfn, var, address) {
    font-style: italic;
  }
  .rich-text :is(ul, ol) {
    padding-inline-start: calc(5 * var(--_space));
    list-style: revert;
  }
  .rich-text :is(blockquote, figure) {
    margin-inline: 0;
  }
  .rich-text blockquote {
    padding-inline-start: calc(3 * var(--_space));
    border-inline-start: 2px solid var(--_border-control);
    color: var(--_text-quiet);
  }
  .rich-text pre {
    overflow: auto;
    white-space: pre-wrap;
  }
  .rich-text a {
    color: var(--_brand-text);
    text-decoration: underline;
  }
  .rich-text img {
    max-inline-size: 100%;
    block-size: auto;
  }
  .rich-text table {
    border-collapse: collapse;
  }
  .rich-text :is(td, th) {
    padding: calc(0.5 * var(--_space)) var(--_space);
    text-align: start;
    vertical-align: top;
  }
`;

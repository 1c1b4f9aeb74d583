import { css } from 'lit';

/** Two columns where there is room; what is long takes both. */
export const formBodyStyles = css`
  .form-fields {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 240px), 1fr));
    gap: calc(3.5 * var(--_space)) calc(3 * var(--_space));
    align-items: start;
  }
  .form-field:is(.text:first-child, .longtext, .html, .period, .parties, .record) {
    grid-column: 1 / -1;
  }
  .problems {
    margin-block-end: calc(3 * var(--_space));
  }
  .save-error {
    margin: 0 0 calc(3 * var(--_space));
    padding: calc(2 * var(--_space)) calc(3 * var(--_space));
    border-radius: var(--_radius);
    background: var(--_danger-surface);
    color: var(--_danger-text);
  }
`;

import { css } from 'lit';

export const quickCreateStyles = css`
  .pane {
    display: flex;
    flex-direction: column;
    block-size: 100%;
    overflow: hidden;
  }
  .pane-header {
    display: flex;
    align-items: center;
    gap: calc(2.5 * var(--_space));
    padding: calc(3.5 * var(--_space)) calc(5 * var(--_space)) calc(2 * var(--_space));
  }
  .pane-header h2 {
    margin: 0;
  }
  .pane-body {
    flex: 1;
    min-block-size: 0;
    padding: calc(2 * var(--_space)) calc(5 * var(--_space)) calc(4 * var(--_space));
    overflow: auto;
  }
  .pane-footer {
    display: flex;
    flex-wrap: wrap;
    gap: calc(2 * var(--_space));
    padding: calc(3 * var(--_space)) calc(5 * var(--_space));
    border-block-start: var(--_stroke) solid var(--_border);
  }
  .types {
    margin-block-end: calc(3.5 * var(--_space));
  }
  .form[aria-busy='true'] {
    opacity: 0.7;
  }
`;

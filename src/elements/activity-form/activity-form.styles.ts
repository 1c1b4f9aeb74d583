import { css } from 'lit';

export const formStyles = css`
  .remark {
    display: flex;
    align-items: center;
    gap: calc(2 * var(--_space));
    margin: 0;
  }
  .remark.warning {
    color: var(--_warning-text);
  }
  .form-tabs {
    display: flex;
    gap: calc(4 * var(--_space));
    margin-block-end: calc(3 * var(--_space));
    border-block-end: var(--_stroke) solid var(--_border);
  }
  .form-tab {
    min-block-size: max(24px, var(--_control));
    padding-inline: var(--_space);
    border-block-end: 2px solid transparent;
    color: var(--_text-quiet);
  }
  .form-tab[aria-selected='true'] {
    border-block-end-color: var(--_brand);
    color: var(--_text);
    font-weight: var(--_strong);
  }
  .at-thumb {
    display: none;
  }

  /* The status goes under the title, *Save* to the other buttons at the thumb. */
  @container (inline-size < 480px) {
    .dialog-header {
      flex-wrap: wrap;
    }
    .dialog-header > .status {
      order: 1;
      flex-basis: 100%;
    }
    .dialog-bar > .in-bar {
      display: none;
    }
    .dialog-footer > .at-thumb {
      display: inline-flex;
    }
  }
`;

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

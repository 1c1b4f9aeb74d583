import { css } from 'lit';

/** For elements with a `PopoverController` or a `MenuController`. */
export const popoverStyles = css`
  .popover {
    position: fixed;
    /* Physical, as what places it counts: with a logical start, right-to-left would ignore its left. */
    inset: 0 auto auto 0;
    inline-size: max-content;
    min-inline-size: 160px;
    overflow: auto;
    overscroll-behavior: contain;
    padding: var(--_space);
    border: var(--_stroke) solid var(--_border);
    border-radius: calc(var(--_radius) + 2px);
    background: var(--_surface-raised);
    color: var(--_text);
    box-shadow: var(--_shadow-raised);
    outline: none;
    opacity: 1;
    transition:
      opacity var(--_duration-fade) var(--_ease),
      translate var(--_duration) var(--_ease);
  }
  @starting-style {
    .popover:popover-open {
      opacity: 0;
      translate: 0 -4px;
    }
  }

  .menu-button {
    display: contents;
  }
  .menu {
    min-inline-size: 180px;
    max-inline-size: 360px;
  }
  .menu-item {
    display: flex;
    align-items: center;
    gap: calc(2 * var(--_space));
    inline-size: 100%;
    min-block-size: var(--_control);
    padding: var(--_space) calc(2 * var(--_space));
    border-radius: var(--_radius);
    text-align: start;
    cursor: pointer;
    user-select: none;
  }
  .menu-item:focus {
    background: var(--_surface-hover);
  }
  .menu-item:focus-visible {
    outline-offset: -2px;
  }
  .menu-item.danger {
    color: var(--_danger-text);
  }
  .menu-item[aria-disabled='true'] {
    color: var(--_text-disabled);
    cursor: not-allowed;
  }
  .menu-check,
  .menu-icon {
    flex: none;
    inline-size: 20px;
  }
  .menu-check {
    inline-size: 16px;
  }
  .menu-label {
    flex: 1;
    min-inline-size: 0;
  }
  .menu-why {
    display: block;
    font-size: var(--_font-size-small);
    line-height: var(--_line-height-small);
    color: var(--_text-quiet);
  }
  .menu-hint {
    margin-inline-start: calc(4 * var(--_space));
    font-size: var(--_font-size-small);
    color: var(--_text-quiet);
  }
  .menu-title {
    padding: var(--_space) calc(2 * var(--_space));
    font-size: var(--_font-size-small);
    line-height: var(--_line-height-small);
    font-weight: var(--_strong);
    color: var(--_text-quiet);
  }
  .menu-line {
    block-size: var(--_stroke);
    margin-block: var(--_space);
    background: var(--_border);
  }

  @media (forced-colors: active) {
    .popover {
      border-color: CanvasText;
    }
    .menu-item:focus {
      background: Highlight;
      color: HighlightText;
      forced-color-adjust: none;
    }
    .menu-item[aria-disabled='true'] {
      color: GrayText;
    }
    .menu-line {
      background: CanvasText;
    }
  }
`;

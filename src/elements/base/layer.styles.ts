import { css } from 'lit';

/** The notices above an element. */
export const layerStyles = css`
  .notices {
    position: fixed;
    z-index: 1;
    inset-block-end: calc(6 * var(--_space));
    inset-inline: calc(4 * var(--_space));
    display: grid;
    justify-items: center;
    gap: calc(2 * var(--_space));
    pointer-events: none;
  }
  .notice {
    display: flex;
    align-items: center;
    gap: calc(3 * var(--_space));
    max-inline-size: 100%;
    padding: var(--_space) calc(2 * var(--_space)) var(--_space) calc(4 * var(--_space));
    border: var(--_stroke) solid transparent;
    border-radius: calc(var(--_radius) + 2px);
    background: var(--_surface-inverse);
    color: var(--_text-inverse);
    box-shadow: var(--_shadow-raised);
    pointer-events: auto;
    animation: notice-in var(--_duration) ease-out;
  }
  .notice-text {
    min-inline-size: 0;
  }
  .notice-action {
    min-block-size: var(--_control);
    padding-inline: var(--_space);
    color: var(--_link-inverse);
    font-weight: var(--_strong);
    white-space: nowrap;
    cursor: pointer;
  }
  .notice .button:hover {
    background: transparent;
  }
  .notice :focus-visible {
    outline-color: var(--_text-inverse);
  }
  @keyframes notice-in {
    from {
      opacity: 0;
      translate: 0 calc(2 * var(--_space));
    }
  }
`;

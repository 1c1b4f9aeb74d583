import { css } from 'lit';

/** The notices above an element. */
export const layerStyles = css`
  .notices {
    position: fixed;
    z-index: 1;
    inset-block-end: calc(6 * var(--_space));
    inset-inline: calc(4 * var(--_space));
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    justify-items: center;
    gap: calc(2 * var(--_space));
    pointer-events: none;
  }
  .notice,
  .waiting {
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
  }
  .notice {
    animation: notice-in var(--_duration) ease-out;
  }
  .waiting {
    padding-inline-end: calc(4 * var(--_space));
  }
  .notice-text {
    min-inline-size: 0;
    overflow-wrap: anywhere;
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
  .notice :focus-visible,
  .waiting :focus-visible {
    outline-color: var(--_text-inverse);
  }
  .scopes {
    display: grid;
    gap: calc(2 * var(--_space));
    margin-block: calc(3 * var(--_space));
  }
  .waiting-list {
    display: grid;
    gap: calc(3 * var(--_space));
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .waiting-change {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--_space) calc(3 * var(--_space));
  }
  .waiting-change strong {
    flex: 1 1 0;
    min-inline-size: calc(24 * var(--_space));
    overflow-wrap: anywhere;
  }
  .waiting-reason {
    order: 1;
    flex-basis: 100%;
  }
  .waiting-table {
    inline-size: 100%;
    border-collapse: collapse;
  }
  .waiting-table :is(th, td) {
    padding: var(--_space);
    overflow-wrap: anywhere;
    text-align: start;
    vertical-align: top;
  }
  /* The name of a field is a word, and stays one. */
  .waiting-table th {
    overflow-wrap: break-word;
  }
  @media (width < 480px) {
    .notices {
      /* What can be done stands at the thumb there, and stays in reach: such a bar is as high as this. */
      inset-block-end: calc(
        var(--_control) + 5 * var(--_space) + max(2 * var(--_space), env(safe-area-inset-bottom))
      );
      inset-inline: calc(2 * var(--_space));
      gap: var(--_space);
    }
    /* For a line that stays, the page leaves room at its end. */
    .notices:has(> .waiting) {
      inset-block-end: calc(2 * var(--_space));
    }
    .waiting,
    .notice.error:has(.notice-action) {
      flex-wrap: wrap;
      gap: 0 calc(3 * var(--_space));
      padding-inline: calc(3 * var(--_space));
    }
    /* What was done is to be read at a glance, and hides as little as can be: two lines, all of it where one points. */
    .notice.done {
      gap: var(--_space);
      padding-inline: calc(3 * var(--_space)) var(--_space);
    }
    .notice.done > .icon,
    /* With one act after the other they would hide the next: the newest lies on those before it, which come to light as it goes. */
    .notice.before:not(:focus-within) {
      display: none;
    }
    .notice.done .notice-text {
      display: -webkit-box;
      overflow: hidden;
      -webkit-box-orient: vertical;
      -webkit-line-clamp: 2;
      font-size: var(--_font-size-small);
      line-height: var(--_line-height-small);
    }
    .notice.done:is(:hover, :focus-within) .notice-text {
      -webkit-line-clamp: unset;
    }
    /* Beside the icon; what can be done about it stands in a line of its own. */
    :is(.waiting, .notice.error:has(.notice-action)) .notice-text {
      flex: 1 1 calc(100% - 12 * var(--_space));
      padding-block-start: calc(2 * var(--_space));
    }
    :is(.waiting, .notice.error) .notice-action:first-of-type {
      margin-inline-start: auto;
    }
  }
  @keyframes notice-in {
    from {
      opacity: 0;
      translate: 0 calc(2 * var(--_space));
    }
  }
`;

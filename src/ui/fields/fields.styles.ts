import { css } from 'lit';

/** For elements with fields, after `popoverStyles`. */
export const fieldsStyles = css`
  .field-hint.late {
    color: var(--_danger-text);
    font-weight: var(--_strong);
  }
  .check-line {
    display: flex;
    align-items: center;
    gap: var(--_space);
    inline-size: fit-content;
    /* The box, not the larger target around it, stands in line with the other fields. */
    margin-inline-start: calc((16px - max(24px, var(--_control-small))) / 2);
    cursor: pointer;
  }
  .field > .segmented {
    justify-self: start;
  }

  .time-inputs {
    display: grid;
    /* Side by side with another pair, both still have room for the sign that opens their picker. */
    grid-template-columns: minmax(0, 11fr) minmax(0, 10fr);
    gap: calc(2 * var(--_space));
  }
  .time-inputs.day {
    grid-template-columns: minmax(0, 1fr);
  }
  /* A legend is no grid item: it keeps the distance by itself. */
  legend.field-label {
    margin-block-end: var(--_space);
  }
  .period {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 220px), 1fr));
    gap: calc(2 * var(--_space)) calc(3 * var(--_space));
  }
  .period > .field:last-child {
    grid-column: 1 / -1;
  }

  .repeat {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(100%, 160px), 1fr));
    align-items: start;
    gap: calc(2 * var(--_space)) calc(3 * var(--_space));
  }
  .repeat > .weekdays,
  .repeat > .repeat-words,
  .repeat > .field-error {
    grid-column: 1 / -1;
  }
  .weekdays > .segmented {
    display: flex;
    flex-wrap: wrap;
    inline-size: fit-content;
  }
  .repeat-words {
    display: flex;
    flex-wrap: wrap;
    gap: 0 calc(2 * var(--_space));
  }

  .phone-line {
    display: flex;
    gap: var(--_space);
  }
  .phone-line > .input {
    flex: 1;
    min-inline-size: 0;
  }

  .lookup {
    cursor: text;
  }
  .pills {
    display: contents;
  }
  .pill:has(.pill-remove) {
    padding-inline-end: 0;
  }
  .pill:has(.face) {
    padding-inline-start: 2px;
  }
  .pill-remove {
    display: inline-grid;
    place-items: center;
    flex: none;
    inline-size: 24px;
    block-size: 24px;
    border-radius: var(--_radius-round);
  }
  .pill-remove:hover {
    background: var(--_surface-pressed);
  }
  .pill:has(.pill-remove:focus) {
    background: var(--_surface-selected);
  }

  .lookup-list {
    max-inline-size: 480px;
  }
  .lookup-message {
    padding: calc(1.5 * var(--_space)) calc(2 * var(--_space));
  }
  .lookup-option {
    display: flex;
    align-items: center;
    gap: calc(2 * var(--_space));
    min-block-size: max(24px, var(--_control));
    padding: var(--_space) calc(2 * var(--_space));
    border-radius: var(--_radius);
    cursor: pointer;
    user-select: none;
  }
  .lookup-option[aria-selected='true'] {
    background: var(--_surface-hover);
  }
  /* As wide as a face. */
  .lookup-option > .icon {
    margin-inline: 2px;
  }
  .lookup-name {
    display: block;
  }

  .body-text {
    display: block;
    max-block-size: 60vb;
    overflow: auto;
  }
  .body-acts {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--_space) calc(2 * var(--_space));
  }

  .problems {
    padding: calc(2 * var(--_space)) calc(3 * var(--_space));
    border-radius: var(--_radius);
    background: var(--_danger-surface);
    color: var(--_danger-text);
  }
  .problems button {
    min-block-size: 24px;
    color: inherit;
    text-align: start;
    text-decoration: underline;
  }

  @media (forced-colors: active) {
    .pill {
      border-color: CanvasText;
    }
    .problems {
      border: var(--_stroke) solid CanvasText;
    }
    .lookup-option[aria-selected='true'] {
      background: Highlight;
      color: HighlightText;
      forced-color-adjust: none;
    }
  }
`;

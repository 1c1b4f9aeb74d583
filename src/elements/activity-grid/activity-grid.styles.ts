import { css } from 'lit';

/** Where nothing can be pointed at, what can be done is in sight, and in the one menu. */
const touch = css`
  .frame:not(.narrow) .row {
    --_end: calc(var(--_control-small) + 4 * var(--_space));
  }
  .frame:not(.narrow) .acts {
    opacity: 1;
  }
  .complete {
    display: none;
  }
`;

export const gridStyles = css`
  :host {
    display: flex;
    flex-direction: column;
  }

  .base {
    flex: 1 1 auto;
    display: flex;
    flex-direction: column;
    min-block-size: 0;
    block-size: 100%;
    background: var(--_surface);

    --_head: calc(var(--_control) + var(--_space));
    --_row-block: var(--_row);
    --_start: var(--_space);
    --_end: var(--_padding);
    --_col-select: 44px;
    --_col-type: 40px;
    --_col-subject: minmax(0, 2.4fr);
    --_col-regarding: minmax(0, 1.3fr);
    --_col-due: minmax(100px, 1.1fr);
    --_col-priority: 92px;
    --_col-status: minmax(0, 0.9fr);
    --_col-owner: minmax(0, 0.9fr);
    --_col-main: minmax(0, 1fr);
  }
  .frame {
    container: activity-grid / inline-size;
    flex: 1;
    display: flex;
    flex-direction: column;
    min-block-size: 0;
  }
  .stage {
    position: relative;
    flex: 1;
    display: flex;
    flex-direction: column;
    min-block-size: 0;
  }
  .scroller {
    position: relative;
    flex: 1;
    min-block-size: 0;
    overflow: auto;
    overscroll-behavior: contain;
    scroll-padding-block: var(--_head) var(--_row-block);
  }

  /* Rows */
  /* No track depends on what is in it, so that each row is laid out by itself and still in line with all others. */
  .row {
    position: relative;
    display: grid;
    grid-template-columns: var(--_tracks);
    align-items: center;
    block-size: var(--_row-block);
    padding-inline: var(--_start) var(--_end);
    border-block-end: var(--_stroke) solid var(--_border);
    background: var(--_surface);
  }
  .row:not(.head):hover {
    background: var(--_surface-hover);
  }
  .row.selected,
  .row.selected:hover {
    background: var(--_surface-selected);
  }
  .cell {
    display: flex;
    align-items: center;
    gap: calc(2 * var(--_space));
    min-inline-size: 0;
    block-size: 100%;
    padding-inline: calc(2 * var(--_space));
    overflow: hidden;
    white-space: nowrap;
  }
  .cell:focus-visible {
    outline-offset: calc(-1 * var(--_stroke-focus));
  }
  .cell.select {
    justify-content: center;
    padding: 0;
    cursor: pointer;
    user-select: none;
  }
  .cell :is(.subject, .record) {
    min-inline-size: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .cell :is(a, button):is(.subject, .record) {
    margin-inline: calc(-1 * var(--_space));
    padding: 2px var(--_space);
    border-radius: var(--_radius);
  }
  .cell :is(a, button):is(.subject, .record):hover {
    text-decoration: underline;
  }
  .cell :is(a, button):is(.subject, .record):focus-visible {
    outline-offset: calc(-1 * var(--_stroke-focus));
  }
  .subject {
    font-weight: var(--_strong);
  }
  .row.closed .subject {
    color: var(--_text-quiet);
    font-weight: inherit;
  }
  .via {
    display: inline-flex;
    align-items: baseline;
    min-inline-size: 0;
    white-space: pre;
  }
  .priority,
  .owner {
    display: flex;
    align-items: center;
    gap: 6px;
    min-inline-size: 0;
  }
  .problem {
    color: var(--_warning-text);
  }
  .saving {
    color: var(--_text-quiet);
  }
  .saving > .icon {
    animation: grid-turn 1.2s linear infinite;
  }
  .status > .icon {
    color: var(--_text-quiet);
  }

  /* What can be done: over the end of the row that is pointed at or focused */
  .cell.acts {
    position: absolute;
    inset-block: 0;
    inset-inline-end: 0;
    gap: 2px;
    padding-inline: calc(2 * var(--_space));
    background: inherit;
    opacity: 0;
  }
  .row:hover > .acts,
  .acts:focus-within,
  .subject:focus-within ~ .acts {
    opacity: 1;
  }
  .head > .cell.acts {
    opacity: 1;
    background: none;
    pointer-events: none;
  }
  .acts .button {
    color: var(--_text-quiet);
  }
  .acts .button:hover {
    color: var(--_text);
    background: var(--_surface-pressed);
  }

  /* Header */
  .row.head {
    position: sticky;
    z-index: 1;
    inset-block-start: 0;
    block-size: var(--_head);
    font-size: var(--_font-size-small);
    font-weight: var(--_strong);
    color: var(--_text-quiet);
  }
  .sort {
    display: flex;
    align-items: center;
    gap: var(--_space);
    min-inline-size: 0;
    max-inline-size: 100%;
    block-size: 100%;
    min-block-size: 24px;
    margin-inline: calc(-1 * var(--_space));
    padding-inline: var(--_space);
    border-radius: var(--_radius);
  }
  .sort:hover,
  .sort.sorted {
    color: var(--_text);
  }
  .sort:focus-visible {
    outline-offset: calc(-1 * var(--_stroke-focus));
  }
  .sort:not(.sorted, :hover, :focus-visible) > .icon {
    display: none;
  }
  .sort:not(.sorted) > .icon {
    opacity: 0.6;
  }
  .head > .type .label {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    clip-path: inset(50%);
  }

  /* Commands stand over the header and leave its checkbox free: nothing moves when the first row is selected */
  .commands {
    position: absolute;
    z-index: 2;
    inset-block-start: 0;
    inset-inline: calc(var(--_start) + var(--_col-select)) 0;
    display: flex;
    align-items: center;
    gap: calc(2 * var(--_space));
    block-size: var(--_head);
    padding-inline: calc(2 * var(--_space));
    border-block-end: var(--_stroke) solid var(--_border);
    background: var(--_surface);
    animation: grid-appear var(--_duration-fade) var(--_ease);
  }
  .commands > .num {
    min-inline-size: 6ch;
    margin-inline-end: calc(2 * var(--_space));
  }
  /* Who goes to the header by keyboard sees where they are. */
  .head:has(.sort:focus-visible) {
    z-index: 3;
  }

  .skeleton-row {
    block-size: var(--_row-block);
    padding-inline: calc(var(--_start) + var(--_col-select) + 2 * var(--_space)) var(--_end);
  }

  /* Around the rows */
  .note {
    display: flex;
    flex: none;
    align-items: center;
    gap: calc(2 * var(--_space));
    padding: var(--_space) var(--_padding);
    border-block-end: var(--_stroke) solid var(--_border);
    background: var(--_warning-surface);
    color: var(--_warning-text);
  }
  .note.error {
    background: var(--_danger-surface);
    color: var(--_danger-text);
  }
  .note.offline {
    background: var(--_surface-sunken);
    color: var(--_text-quiet);
  }
  .more {
    position: sticky;
    inset-inline: 0;
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: center;
    gap: calc(2 * var(--_space));
    padding: calc(2 * var(--_space)) var(--_padding);
  }
  .near-end {
    position: absolute;
    inset-block-end: 0;
    inset-inline: 0;
    block-size: 600px;
    pointer-events: none;
    visibility: hidden;
  }
  .progress {
    position: absolute;
    z-index: 2;
    inset-block-start: calc(var(--_head) - 2px);
    inset-inline: 0;
    block-size: 2px;
    overflow: hidden;
    animation: grid-appear var(--_duration-fade) 150ms backwards;
  }
  .progress::before {
    content: '';
    display: block;
    inline-size: 30%;
    block-size: 100%;
    background: var(--_brand);
    animation: grid-run 1.2s ease-in-out infinite alternate;
  }

  /* Motion */
  .row.leaving {
    --_out: calc(6 * var(--_space));
    overflow: clip;
    animation: grid-leave var(--_duration-move) var(--_ease) forwards;
  }
  .row.leaving:dir(rtl) {
    --_out: calc(-6 * var(--_space));
  }
  @keyframes grid-leave {
    to {
      block-size: 0;
      border-block-end-width: 0;
      opacity: 0;
      translate: var(--_out) 0;
    }
  }
  @keyframes grid-appear {
    from {
      opacity: 0;
    }
  }
  @keyframes grid-turn {
    to {
      rotate: 1turn;
    }
  }
  @keyframes grid-run {
    from {
      margin-inline-start: 0;
    }
    to {
      margin-inline-start: 70%;
    }
  }

  /* Less room: the words of priority and owner give way first */
  @container activity-grid (width < 860px) {
    .stage {
      --_col-priority: 36px;
      --_col-owner: 44px;
    }
    .cell:is(.priority, .owner) .word,
    .head > :is(.priority, .owner) .label {
      position: absolute;
      inline-size: 1px;
      block-size: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
  }
  @container activity-grid (width < 640px) {
    .stage {
      --_col-select: 36px;
      --_col-type: 36px;
      --_col-subject: minmax(0, 2fr);
      --_col-status: minmax(0, 0.8fr);
      --_end: calc(2 * var(--_space));
    }
    .cell {
      padding-inline: var(--_space);
    }
    .regarding > .icon {
      display: none;
    }
  }

  /* Two lines */
  .narrow > .stage {
    --_row-block: calc(var(--_row) + 4 * var(--_space));
    --_head: calc(var(--_control) + 2 * var(--_space));
    --_col-select: 52px;
    --_start: 0px;
    --_end: 0px;
  }
  .narrow .row {
    grid-template-columns: var(--_col-select) minmax(0, 1fr) calc(
        var(--_control-small) + 3 * var(--_space)
      );
  }
  .narrow .cell.acts {
    position: static;
    justify-content: center;
    padding: 0;
    background: none;
    opacity: 1;
  }
  .narrow .cell.select {
    display: grid;
    place-items: center;
  }
  .narrow .cell.select > * {
    grid-area: 1 / 1;
  }
  .narrow .cell.select > .tile {
    inline-size: 28px;
    block-size: 28px;
  }
  /* The checkbox lies behind the tile until it is wanted. */
  .narrow .row:not(.head) .check {
    inline-size: 20px;
    block-size: 20px;
    opacity: 0;
  }
  .narrow .picking .row .check,
  .narrow .row .select:hover .check,
  .narrow .row .check:focus-visible {
    opacity: 1;
  }
  .narrow .picking .row .tile,
  .narrow .row .select:hover .tile,
  .narrow .row .select:has(.check:focus-visible) .tile {
    opacity: 0;
  }
  .narrow .row:not(.head) > .main {
    position: relative;
    display: grid;
    grid-template: auto auto / minmax(0, 1fr) auto;
    align-content: center;
    gap: 0 calc(3 * var(--_space));
    padding-inline: calc(2 * var(--_space)) var(--_space);
  }
  .first,
  .second {
    display: flex;
    align-items: center;
    gap: var(--_space);
    min-inline-size: 0;
  }
  .when,
  .rank {
    text-align: end;
  }
  .rank .priority {
    display: block;
  }
  .rank .priority > .icon {
    display: none;
  }
  .second > .record {
    flex: 0 1 auto;
  }
  .second > bdi {
    flex: none;
    max-inline-size: 50%;
  }
  /* The whole row opens, as far as nothing else in it can be pressed. */
  .narrow .main .subject:is(a, button)::after {
    content: '';
    position: absolute;
    inset: 0;
  }
  .narrow .main a.record {
    position: relative;
  }
  .narrow .skeleton-row {
    padding-inline: calc(3 * var(--_space)) var(--_padding);
  }
  .narrow .head > .main {
    justify-content: end;
  }
  .narrow .head > .main > .sort {
    font-weight: inherit;
  }

  .base.touch {
    ${touch}
  }
  @media (pointer: coarse) {
    .base:not(.comfortable, .compact) {
      ${touch}
    }
  }

  @media (prefers-reduced-motion: reduce) {
    .saving > .icon,
    .progress::before {
      animation: none;
    }
    .progress::before {
      inline-size: 100%;
    }
  }
  @media (forced-colors: active) {
    .row.selected {
      outline: var(--_stroke-focus) solid Highlight;
      outline-offset: calc(-1 * var(--_stroke-focus));
    }
  }
`;

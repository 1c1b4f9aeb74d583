import { css } from 'lit';

/** What can be done stands at the end of what is seen of the row. */
const shownActs = css`
  position: sticky;
  z-index: 1;
  inset-block: auto;
  justify-self: end;
  margin-inline-end: calc(-1 * var(--_end));
  background: inherit;
`;
const shownAct = css`
  color: var(--_text-quiet);
  opacity: 1;

  &[aria-disabled='true'] {
    color: var(--_text-disabled);
  }
`;

/** Where nothing can be pointed at, what can be done is in sight, and in the one menu. */
const touch = css`
  .frame:not(.narrow) :is(.row, .skeleton-row) {
    --_end: calc(var(--_control-small) + 4 * var(--_space));
  }
  .frame:not(.narrow) .acts {
    ${shownActs}
  }
  .acts > .button {
    ${shownAct}
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
    --_group-block: var(--_row);
    --_col-select: 44px;
    --_col-type: 40px;
    --_col-priority: 84px;
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
    /* Where rows come and go above, what is seen stays by itself. */
    overflow-anchor: none;
    scroll-padding-block: var(--_head) var(--_row-block);
    scroll-padding-inline-start: var(--_col-select);
  }
  /* As high as all rows, drawn or not: the scroll bar tells the truth. */
  .grid {
    min-inline-size: calc(var(--_start) + var(--_col-select) + var(--_least, 0px) + var(--_end));
  }
  .rows {
    position: relative;
  }
  .ruler {
    position: absolute;
    inline-size: 1px;
    block-size: var(--_row-block);
    visibility: hidden;
    pointer-events: none;
  }
  .group-ruler {
    block-size: var(--_group-block);
  }

  /* Rows */
  /* No track depends on what is in it, so that each row is laid out by itself and still in line with all others. */
  .row {
    position: relative;
    display: grid;
    grid-template-columns: var(--_col-select) var(--_columns) 0;
    align-items: center;
    block-size: var(--_row-block);
    padding-inline: var(--_start) var(--_end);
    border-block-end: var(--_stroke) solid var(--_border);
    background: var(--_surface);
    contain: layout style;
  }
  /* Drawn out of sight, so that it keeps the focus. */
  .row.away {
    position: absolute;
    inset-inline: 0;
  }
  .row:not(.head, .group, .blank):hover {
    background: var(--_surface-hover);
  }
  .row.selected,
  .row.selected:hover {
    background: var(--_surface-selected);
  }
  .row.current::before {
    position: absolute;
    z-index: 2;
    inset-block: 0;
    inset-inline-start: 0;
    inline-size: 3px;
    background: var(--_brand);
    content: '';
  }
  .cell {
    display: flex;
    align-items: center;
    gap: calc(2 * var(--_space));
    min-inline-size: 0;
    block-size: 100%;
    padding-inline: calc(2 * var(--_space));
    /* Not hidden: that would make a scroller of every cell. */
    overflow: clip;
    white-space: nowrap;
  }
  .cell .clip {
    overflow: clip;
  }
  /* The column of that name, not what stands at the end of something. */
  .cell.end {
    margin-inline-start: 0;
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
    overflow: clip;
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
  /* Two lines in the height of one. */
  .found {
    display: flex;
    flex-direction: column;
    justify-content: center;
    min-inline-size: 0;
    line-height: 1.15;
  }
  .found .subject {
    padding-block: 0;
  }
  .second > .snippet {
    flex: 1;
    max-inline-size: none;
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
  /* Of a name of which nearly nothing would be seen, nothing is: it has gone to a second line, out of sight. */
  .cell > .owner {
    flex-wrap: wrap;
    block-size: 24px;
    overflow: hidden;
  }
  .owner > .word {
    flex: 1 1 0;
    min-inline-size: 3em;
    line-height: 24px;
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

  /* The word of the type has room only where the user made it. */
  .wide-type .head > .type .label {
    position: static;
    inline-size: auto;
    clip-path: none;
  }
  .own {
    min-inline-size: 0;
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .bone {
    inline-size: 40%;
    block-size: 12px;
    border-radius: var(--_radius);
    background: var(--_surface-sunken);
  }
  .row.blank,
  .row.group {
    display: flex;
  }
  .cell.whole {
    flex: 1;
  }

  /* Groups */
  .row.group {
    block-size: var(--_group-block);
  }
  .row.group > .whole {
    position: sticky;
    flex: none;
    inset-inline-start: 0;
    padding-inline: var(--_space);
  }
  .group-button {
    display: flex;
    align-items: center;
    gap: calc(2 * var(--_space));
    min-block-size: 24px;
    padding-inline: var(--_space) calc(2 * var(--_space));
    border-radius: var(--_radius);
  }
  .group-button:hover {
    background: var(--_surface-hover);
  }
  .group-button:focus-visible {
    outline-offset: calc(-1 * var(--_stroke-focus));
  }

  /* What stays in sight when the rows are scrolled sideways */
  .cell.frozen {
    position: sticky;
    z-index: 1;
    inset-inline-start: 0;
    background: inherit;
  }
  .cell.frozen:not(.select) {
    inset-inline-start: var(--_col-select);
  }
  .cell.frozen.type ~ .cell.frozen {
    inset-inline-start: calc(var(--_col-select) + var(--_col-type));
  }

  /*
   * What can be done: over the end of the row that is pointed at or focused. Until then it is there without colour: what is
   * see-through or sticky is a layer of its own in each row.
   */
  .cell.acts {
    position: absolute;
    inset-block: 0;
    inset-inline-end: 0;
    inline-size: max-content;
    gap: 2px;
    padding-inline: calc(2 * var(--_space));
  }
  .acts > .button,
  .acts > .button[aria-disabled='true'] {
    color: transparent;
  }
  .row:hover > .acts,
  .acts:focus-within,
  .acts:has(> [aria-expanded='true']),
  .subject:focus-within ~ .acts,
  .head > .acts {
    ${shownActs}
  }
  .row:hover > .acts > .button,
  .acts:focus-within > .button,
  .acts > .button[aria-expanded='true'],
  .subject:focus-within ~ .acts > .button,
  .head > .acts .button {
    ${shownAct}
  }
  .acts .button:hover {
    color: var(--_text);
    background: var(--_surface-pressed);
  }

  /* Header */
  .row.head {
    position: sticky;
    z-index: 2;
    inset-block-start: 0;
    block-size: var(--_head);
    contain: none;
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
  /* Which of several columns it is sorted by first, or how many more there are. */
  .sort[data-rank]::after {
    content: attr(data-rank);
  }
  .filtered {
    color: var(--_brand);
  }
  .head > .cell:not(.frozen, .acts) {
    position: relative;
  }
  .head > .cell.dragged {
    opacity: 0.5;
  }
  .head > .cell.target {
    background: var(--_surface-pressed);
  }
  .column-menu {
    position: absolute;
    inset-block: 0;
    inset-inline-end: var(--_space);
    display: grid;
    place-items: center;
    inline-size: 24px;
    block-size: 24px;
    margin-block: auto;
    border-radius: var(--_radius);
    background: var(--_surface);
    opacity: 0;
  }
  .column-menu:hover {
    background: var(--_surface-hover);
  }
  .head > .cell:is(:hover, :focus-within) > .column-menu,
  .column-menu[aria-expanded='true'] {
    opacity: 1;
  }
  .resizer {
    /* Of the last column, above what can be done with all. */
    z-index: 2;
    position: absolute;
    inset-block: 0;
    inset-inline-end: 0;
    inline-size: 8px;
    cursor: col-resize;
    touch-action: none;
  }
  .resizer:hover,
  .head > .resizing > .resizer {
    border-inline-end: 2px solid var(--_brand);
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
    z-index: 3;
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
  .narrow .commands {
    gap: var(--_space);
    padding-inline: var(--_space);
  }
  /* How many are selected is the last that may be cut. */
  .narrow .commands > .num {
    min-inline-size: 0;
    margin-inline-end: auto;
    line-height: 1.2;
    white-space: normal;
  }
  /* Who goes to the header by keyboard sees where they are. */
  .head:has(:focus-visible:not(.check)) {
    z-index: 4;
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

  /* An act on many rows, and the small forms */
  .bulk {
    display: flex;
    flex: none;
    flex-wrap: wrap;
    align-items: center;
    gap: calc(3 * var(--_space));
    padding: calc(2 * var(--_space)) var(--_padding);
    border-block-start: var(--_stroke) solid var(--_border);
    background: var(--_surface);
  }
  .bulk > progress {
    flex: 1;
    min-inline-size: 80px;
    accent-color: var(--_brand);
  }
  .panel-body {
    display: flex;
    flex-direction: column;
    gap: calc(3 * var(--_space));
    inline-size: min(320px, calc(100vw - 32px));
    padding: calc(3 * var(--_space));
  }
  .panel-list {
    max-block-size: 260px;
    overflow: auto;
  }
  .panel-buttons {
    display: flex;
    gap: calc(2 * var(--_space));
  }
  .reasons {
    margin-block: var(--_space) calc(4 * var(--_space));
    padding-inline-start: calc(5 * var(--_space));
    list-style: disc;
  }
  .reasons ul {
    padding-inline-start: calc(4 * var(--_space));
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
    }
    .cell.priority .word,
    .head > .priority .label {
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
  .narrow {
    container-type: inline-size;
  }
  .narrow .grid {
    min-inline-size: 0;
  }
  .narrow .row {
    grid-template-columns: var(--_col-select) minmax(0, 1fr) calc(
        var(--_control-small) + 3 * var(--_space)
      );
  }
  .narrow .cell.acts {
    position: static;
    inline-size: auto;
    justify-self: stretch;
    justify-content: center;
    padding: 0;
    background: none;
  }
  .narrow .acts > .button {
    ${shownAct}
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
    /* When it is due takes nothing from the line below. */
    grid-template: auto auto / minmax(0, 1fr) auto auto;
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
  .narrow .main > .when {
    grid-column: 2 / -1;
  }
  .narrow .main > .second {
    grid-column: 1 / 3;
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
  .stands {
    display: flex;
    flex: none;
    align-items: center;
    gap: var(--_space);
    max-inline-size: 50%;
  }
  /* On the narrowest phones a subject has its line to itself, and what else there is gives way to when it is due. */
  @container (inline-size < 352px) {
    .narrow .row:not(.head) > .main {
      grid-template: auto auto / minmax(0, 1fr) auto auto;
      column-gap: 0;
    }
    .narrow .main > .first {
      grid-column: 1 / -1;
    }
    .narrow .main > .second {
      grid-area: 2 / 1;
    }
    .narrow .main > .rank {
      grid-area: 2 / 2;
    }
    .narrow .main > .when {
      grid-area: 2 / 3;
      margin-inline-start: calc(2 * var(--_space));
    }
    .second > .stands {
      max-inline-size: 55%;
    }
    .rank .priority {
      display: flex;
      margin-inline-start: calc(2 * var(--_space));
    }
    .rank .priority > .icon {
      display: block;
    }
    .rank .priority > .word {
      position: absolute;
      inline-size: 1px;
      block-size: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
    /* It begins with what was found, so that this is seen. */
    .second .lead {
      display: none;
    }
    .second > .snippet:has(> .lead)::before {
      content: '… ';
    }
  }
  /* The whole row opens, as far as nothing else in it can be pressed. */
  .narrow .main .subject:is(a, button)::after {
    content: '';
    position: absolute;
    inset: 0;
  }
  .narrow .main a.record {
    position: relative;
    /* As high as a finger needs it at least, in a line that stays as it is. */
    padding-block: 4px;
    margin-block: -2px;
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
    /* There no colour is see-through. */
    .row:not(:hover) > .acts:not(:focus-within) > .button:not([aria-expanded='true']) {
      opacity: 0;
    }
    .row > .subject:focus-within ~ .acts > .button,
    .row.head > .acts > .button {
      opacity: 1;
    }
    .row.current::before {
      background: Highlight;
      forced-color-adjust: none;
    }
    .row.selected {
      outline: var(--_stroke-focus) solid Highlight;
      outline-offset: calc(-1 * var(--_stroke-focus));
    }
  }
`;

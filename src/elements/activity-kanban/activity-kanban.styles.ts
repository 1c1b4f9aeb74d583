import { css } from 'lit';
import { glyphBox } from '../../ui/glyph.js';

export const kanbanStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    min-block-size: 0;
    max-block-size: 100dvb;
  }

  .base {
    /* What the name of a lane takes, and its two buttons, which fingers need larger. */
    --_lane: calc(184px + 2 * var(--_control-small));
    display: flex;
    flex: 1;
    flex-direction: column;
    min-block-size: 0;
    border-radius: var(--_radius-large);
    background: var(--_surface);
  }
  /* Not of .base: what is fixed in it, notices above all, would be fixed to the board. */
  .board {
    container: board / inline-size;
    display: flex;
    flex: 1;
    flex-direction: column;
    min-block-size: 0;
    outline-offset: -2px;
  }
  .board > .state-panel {
    flex: 1;
  }
  .lanes {
    display: flex;
    flex: 1;
    gap: calc(3 * var(--_space));
    min-block-size: 240px;
    overflow: auto hidden;
    padding: calc(3 * var(--_space)) var(--_padding);
  }

  /* Lanes */
  .lane {
    display: flex;
    flex: 1 0 var(--_lane);
    flex-direction: column;
    min-inline-size: 0;
    min-block-size: 0;
    padding-block-start: var(--_space);
    /* As wide as all the others, however long a word in it. */
    contain: inline-size;
    border-radius: var(--_radius-large);
    background: var(--_surface-sunken);
  }
  .lane-header {
    display: flex;
    flex: none;
    align-items: center;
    justify-content: space-between;
    gap: var(--_space);
    min-block-size: 40px;
    padding-inline: calc(3 * var(--_space)) var(--_space);
  }
  .lane-acts {
    display: flex;
    flex: none;
  }
  .lane-title {
    flex: 1 1 0;
    min-inline-size: 0;
  }
  .lane-title bdi {
    white-space: nowrap;
  }
  /* In a line of its own, below the name and the buttons. */
  .lane-header {
    flex-wrap: wrap;
  }
  .lane-sum {
    flex: 0 0 100%;
    margin-block-end: calc(2 * var(--_space));
  }
  .lane.refuses .lane-title bdi {
    display: none;
  }
  .exceeded {
    color: var(--_danger-text);
    font-weight: var(--_strong);
  }

  /* Folded to its name */
  .lane.collapsed {
    flex: 0 0 44px;
    padding: 0;
  }
  .collapsed > .lane-header {
    flex: 1;
    padding: 0;
  }
  .collapsed > .lane-header > .lane-title {
    block-size: 100%;
    inline-size: 100%;
  }
  .lane-expand {
    display: flex;
    align-items: center;
    gap: calc(2 * var(--_space));
    inline-size: 100%;
    block-size: 100%;
    padding-block: calc(3 * var(--_space));
    border-radius: inherit;
    cursor: pointer;
    font-size: var(--_font-size);
    font-weight: inherit;
    writing-mode: vertical-rl;
  }
  .lane-expand:hover {
    background: var(--_surface-hover);
  }

  /* Rows of lanes lie below each other, under the heads of the lanes. */
  .lanes.rows {
    flex-direction: column;
    gap: 0;
    overflow: auto;
    padding-block-start: 0;
  }
  .row-heads,
  .row-cells {
    display: flex;
    flex: none;
    gap: calc(3 * var(--_space));
    min-inline-size: min-content;
  }
  .row-heads {
    position: sticky;
    z-index: 1;
    inset-block-start: 0;
    padding-block: calc(2 * var(--_space)) var(--_space);
    background: var(--_surface);
  }
  .row-heads > .collapsed .lane-expand {
    flex-direction: column;
    padding-block: var(--_space);
    block-size: auto;
    writing-mode: horizontal-tb;
  }
  /* Under its dot and count; its name is that of the button. */
  .row-heads > .collapsed .lane-expand > .strong {
    display: none;
  }
  /* What a row measures by: not all engines take the basis of what is in it for that. */
  .rows .lane:not(.collapsed) {
    min-inline-size: var(--_lane);
  }
  .row {
    flex: none;
    min-inline-size: min-content;
  }
  .row-header {
    position: sticky;
    inset-inline-start: 0;
    inline-size: max-content;
    max-inline-size: 100%;
  }
  .row-toggle {
    min-block-size: 40px;
    max-inline-size: 100%;
    padding-inline: var(--_space);
    border-radius: var(--_radius);
    cursor: pointer;
    font-size: var(--_font-size);
  }
  .row-toggle:hover {
    background: var(--_surface-hover);
  }
  .row-cells > .cell > .cards {
    flex: none;
    max-block-size: 320px;
    min-block-size: 64px;
  }
  .lane-refusal {
    flex: 1;
    min-inline-size: 0;
    max-inline-size: max-content;
    min-block-size: var(--_control-small);
    align-content: center;
    text-align: end;
  }
  .cards {
    position: relative;
    flex: 1;
    min-block-size: 0;
    overflow: hidden auto;
    padding: 2px calc(2 * var(--_space)) calc(2 * var(--_space));
    scrollbar-width: thin;
    overflow-anchor: none;
    /* What happens in one lane moves nothing in another. */
    contain: layout style;
    outline-offset: -2px;
  }
  /* The gap is what the windows reckon with: it is not of any density. */
  .card-list {
    position: relative;
    display: flex;
    flex-direction: column;
    gap: 8px;
  }
  .card-list > li[data-pinned] {
    position: absolute;
    inset-inline: 0;
  }
  .slot {
    position: absolute;
    z-index: 1;
    inset-inline: calc(2 * var(--_space));
    block-size: 0;
    margin-block-start: -2px;
    border-block-start: var(--_stroke-focus) solid var(--_brand);
    pointer-events: none;
  }
  .lane.target {
    outline: var(--_stroke-focus) dashed var(--_brand);
    outline-offset: calc(-1 * var(--_stroke-focus));
    background: var(--_surface-selected);
  }
  /* Put back as a whole, but for the contrast of its words, which whoever goes by keys has before them as long as they like. */
  .lane.refuses {
    background: transparent;
    outline: var(--_stroke) solid var(--_border);
    outline-offset: calc(-1 * var(--_stroke));
  }
  .lane.refuses .card {
    border-color: var(--_border);
    background: transparent;
    box-shadow: none;
  }
  .lane.refuses :is(.lane-title, .subject, .when, .card-fact) {
    color: var(--_text-quiet);
  }
  .lane.refuses :is(.tile, .card-more, .lane-title .dot) {
    opacity: 0.5;
  }
  .lane-empty {
    padding: calc(4 * var(--_space)) calc(2 * var(--_space));
    text-align: center;
    text-wrap: balance;
  }
  .lane-error {
    display: flex;
    align-items: center;
    gap: calc(2 * var(--_space));
    margin-block-end: calc(2 * var(--_space));
    padding-inline-start: calc(2 * var(--_space));
    border-radius: var(--_radius);
    background: var(--_danger-surface);
    color: var(--_danger-text);
  }
  .load-more {
    inline-size: 100%;
    margin-block-start: calc(2 * var(--_space));
    color: var(--_text-quiet);
  }

  /* Cards */
  .card-list > li {
    min-inline-size: 0;
    border-radius: calc(var(--_radius) + 2px);
    touch-action: manipulation;
    -webkit-touch-callout: none;
  }
  .card {
    position: relative;
    padding: calc(2.5 * var(--_space)) calc(3 * var(--_space));
    border: var(--_stroke) solid transparent;
    border-radius: inherit;
    background: var(--_surface-raised);
    background-clip: border-box;
    box-shadow: var(--_shadow);
    cursor: grab;
    user-select: none;
    -webkit-user-select: none;
    transition: opacity var(--_duration-fade);
  }
  .card.closed {
    border-color: var(--_border);
    background: transparent;
    box-shadow: none;
  }
  .card.selected {
    border-color: var(--_brand);
    background: var(--_surface-selected);
  }
  /* Its words stay as readable as ever. */
  .card.busy {
    border: var(--_stroke) dashed var(--_border-control);
    cursor: progress;
  }
  .card.busy .tile {
    opacity: 0.6;
  }
  .card:focus-visible {
    outline-offset: 0;
  }
  .card > * + * {
    margin-block-start: calc(1.5 * var(--_space));
  }
  .card-head {
    position: relative;
    display: flex;
    align-items: flex-start;
    gap: calc(2 * var(--_space));
  }
  .card-found {
    min-inline-size: 0;
  }
  /* What was found stands some words behind its beginning. */
  .card-found > .snippet {
    display: -webkit-box;
    overflow: hidden;
    white-space: normal;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
  }
  .subject {
    display: -webkit-box;
    min-inline-size: 0;
    margin-block: 2px;
    max-block-size: calc(2 * var(--_line-height));
    overflow: hidden;
    overflow-wrap: anywhere;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    font-weight: var(--_strong);
  }
  /* What was found is to be seen, wherever in the subject it stands. */
  .subject:has(.hit) {
    max-block-size: none;
    -webkit-line-clamp: none;
  }
  /* On the side of the tile, whichever way they themselves are read. */
  .subject,
  .card-about {
    text-align: -webkit-match-parent;
    text-align: match-parent;
  }
  :is(a, button).subject {
    cursor: pointer;
  }
  :is(a, button).subject:hover {
    text-decoration: underline;
  }
  .closed .subject {
    color: var(--_text-quiet);
  }
  /* At the end, whichever comes first. Not a margin of the subject's, whose own direction may be another. */
  .subject + :is(.card-mark, .card-more),
  .subject + .card-acts + .card-more {
    margin-inline-start: auto;
  }
  .card-mark {
    display: grid;
    flex: none;
    place-items: center;
    block-size: 24px;
  }
  .card-mark.chosen {
    color: var(--_brand-text);
  }
  .card-mark.warning {
    color: var(--_warning-text);
  }
  .card.grabbed {
    outline: var(--_stroke-focus) dashed var(--_brand);
    outline-offset: 2px;
  }
  .card-text {
    overflow: hidden;
  }
  .card-body {
    max-block-size: 240px;
    overflow: auto;
    padding-block-start: calc(1.5 * var(--_space));
    border-block-start: var(--_stroke) solid var(--_border);
    cursor: auto;
    user-select: text;
    -webkit-user-select: text;
    -webkit-touch-callout: default;
  }
  .card-editor {
    display: grid;
    gap: calc(2 * var(--_space));
    cursor: auto;
    -webkit-touch-callout: default;
  }
  /* A date needs its room. */
  .card-editor-line {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(120px, 1fr));
    gap: calc(2 * var(--_space));
  }
  .card-editor-line.end {
    grid-template-columns: none;
    grid-auto-columns: max-content;
    grid-auto-flow: column;
    justify-content: end;
  }
  .card-acts {
    display: flex;
    flex: none;
    gap: var(--_space);
    margin-block: calc((24px - var(--_control-small)) / 2);
  }
  .card-more {
    margin-block: calc((24px - var(--_control-small)) / 2);
    margin-inline-end: calc(-1.5 * var(--_space));
  }
  .card-foot {
    display: flex;
    align-items: center;
    gap: calc(2 * var(--_space));
    min-block-size: 24px;
  }
  .card-fact {
    display: inline-flex;
    flex: none;
    align-items: center;
    gap: var(--_space);
  }
  .card-fact.when {
    flex: 0 1 auto;
    min-inline-size: 0;
  }
  /* A time that is cut off tells nothing. */
  .when > .clip {
    white-space: normal;
    overflow-wrap: anywhere;
  }
  .card-more::before {
    ${glyphBox('more')}
  }
  .card-fact.when::before {
    ${glyphBox('clock', 16)}
  }
  .lock::before {
    ${glyphBox('lock', 16)}
  }
  /* Of what is closed it says why, and since when. */
  .closed .when::before {
    display: none;
  }
  .saving {
    animation: saving 1.2s linear infinite;
  }
  @keyframes saving {
    50% {
      opacity: 0.3;
    }
  }

  /* What can be done at once comes up over the end of the subject. */
  @media (hover: hover) {
    .card-acts {
      position: absolute;
      inset-block-start: 0;
      inset-inline-end: calc(var(--_control-small) - 1.5 * var(--_space));
      border-radius: var(--_radius);
      background: var(--_surface-raised);
      opacity: 0;
    }
    .card.selected .card-acts {
      background: var(--_surface-selected);
    }
    .card:is(:hover, :focus-within) .card-acts,
    .card-acts:has([aria-expanded='true']) {
      opacity: 1;
    }
  }
  @media (hover: none) {
    .card-acts {
      display: none;
    }
  }

  /* What is closed shows its lock, and its menu when it is pointed at or focused. */
  @media (hover: hover) {
    .closed .card-more {
      position: absolute;
      inset-block-start: 0;
      inset-inline-end: 0;
      opacity: 0;
    }
    .closed:is(:hover, :focus-within) .card-more,
    .closed .card-more[aria-expanded='true'] {
      opacity: 1;
    }
    .closed:is(:hover, :focus-within) .lock {
      visibility: hidden;
    }
  }

  /* In hand */
  .dragging .cards,
  .dragging .lane-header {
    cursor: grabbing;
  }
  /* Only the lanes are looked for below it; and nothing lights up that it passes over. */
  .dragging .card-list {
    pointer-events: none;
  }
  .sortable-fallback {
    display: none !important;
  }
  li[data-lifted] {
    border-radius: calc(var(--_radius) + 2px);
    background: var(--_surface);
    outline: var(--_stroke) dashed var(--_border-control);
    outline-offset: -1px;
  }
  /* Still there for the finger and for whoever has the focus. */
  li[data-lifted] > .card {
    opacity: 0;
    transition: none;
  }
  li[data-gone] {
    position: absolute;
    inset-block-start: 0;
    block-size: 0;
    overflow: hidden;
    opacity: 0;
  }
  .lifted {
    position: fixed;
    inset: 0 auto auto 0;
    overflow: visible;
    pointer-events: none;
    /* Moved every frame, and never drawn anew for it: so it is not this that hangs askew, but what is drawn in it. */
    will-change: translate;
  }
  .lifted > .card {
    rotate: -1.5deg;
    border-radius: calc(var(--_radius) + 2px);
    background: var(--_surface-raised);
    box-shadow: var(--_shadow-raised);
  }
  .lifted.settling {
    transition: translate var(--_duration-move) var(--_ease);
  }
  .lifted.settling > .card {
    rotate: none;
    transition: rotate var(--_duration-move) var(--_ease);
  }
  .others {
    position: absolute;
    inset-block-start: -10px;
    inset-inline-end: -10px;
    min-inline-size: 28px;
    padding: var(--_space) calc(2 * var(--_space));
    border-radius: var(--_radius-round);
    background: var(--_brand);
    color: var(--_on-brand);
    font-size: var(--_font-size-small);
    line-height: var(--_line-height-small);
    font-weight: var(--_strong);
    text-align: center;
  }

  /* One lane at a time */
  .narrow .segmented {
    display: flex;
    flex: none;
    margin: calc(2 * var(--_space)) calc(2 * var(--_space)) 0;
    overflow-x: auto;
  }
  .narrow .segment {
    flex: 1 0 auto;
    padding: var(--_space);
    font-size: var(--_font-size-small);
    line-height: var(--_line-height-small);
    text-align: center;
  }
  .narrow .segment > .label {
    white-space: pre;
  }
  .narrow .lanes {
    grid-auto-columns: minmax(0, 1fr);
    padding: calc(2 * var(--_space));
  }
  .narrow :is(.lanes, .row-cells) {
    position: relative;
  }
  /* As large as ever, and only out of sight: what is carried from it has the focus. */
  .lane.away {
    position: absolute;
    inset: 0;
    overflow: clip;
    opacity: 0;
    pointer-events: none;
  }
  .lanes > .lane.away {
    inset: calc(2 * var(--_space));
  }
  .narrow .card {
    cursor: default;
  }

  /* Where all lanes are in sight, a finger that goes sideways over a card means nothing, and must not leave the page. */
  @container board (inline-size >= 1156px) {
    .card-list > li {
      touch-action: pan-y pinch-zoom;
    }
  }

  /* Still loading */
  .skeleton-cards {
    gap: calc(2 * var(--_space));
  }
  .skeleton-card {
    display: grid;
    border-radius: calc(var(--_radius) + 2px);
    gap: calc(3.5 * var(--_space));
    cursor: default;
  }
  .skeleton-card > * + * {
    margin-block-start: 0;
  }
  .skeleton-bar.half {
    inline-size: 50%;
  }
  .skeleton-bar.third {
    inline-size: 33%;
  }

  @media (prefers-reduced-motion: reduce) {
    .saving {
      animation: none;
    }
    .lifted > .card {
      rotate: none;
    }
  }

  @media (forced-colors: active) {
    .lane,
    .card {
      border: var(--_stroke) solid CanvasText;
    }
    .card.selected {
      border-color: Highlight;
    }
    :is(.card-more, .card-fact.when, .lock)::before {
      background: CanvasText;
      forced-color-adjust: none;
    }
    .others {
      border: var(--_stroke) solid CanvasText;
    }
  }
`;

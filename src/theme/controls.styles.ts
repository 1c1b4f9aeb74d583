/**
 * What all elements are built of, as classes; the template functions of `src/ui/` write most of them.
 *
 *   .icon .small-icon                       a glyph, 20 or 16 px
 *   .button (.primary .outline .danger .icon-only .small .round, [aria-pressed])    .button-group
 *   .segmented > .segment                   `segmented()`
 *   .chip (.on) > .chip-label, .chip-remove  `chip()`
 *   .search                                 `searchBox()`
 *   .field > .field-label (.required) + .input | textarea.input (.invalid) + .field-hint | .field-error
 *   .select > select.input + icon('chevron-down', 16)
 *   .check                                  native checkbox or radio, in a label.check-target of 24 px and more
 *   .pill                                   a chosen record inside an input
 *   .tile (.small .large)                   `tile()`; takes its hue from `hue-…`
 *   .face (.small .large)                   `face()`
 *   .dot.open|scheduled|completed|canceled and .status     `status()`
 *   .tag (.danger .warning .success .brand) `tag()`
 *   .divider                                between groups of a bar
 *   .card-surface                           raised panel: radius, lightest shadow, a line under forced colours
 *   .skeleton                               `skeletonRows()`; appears after 150 ms
 *   .state-panel                            `emptyState()`, `errorState()`, `deniedState()`
 *   .quiet .small .large .title .strong .num .clip .lines-2 .grow .end .with .overdue .visually-hidden
 */
import { css } from 'lit';

/** Where one writes in smaller letters, a phone enlarges the whole page, and leaves it so. */
const written = css`
  font-size: max(16px, var(--_font-size));
`;

export const controlsStyles = css`
  /* Words */
  .quiet {
    color: var(--_text-quiet);
  }
  .small {
    font-size: var(--_font-size-small);
    line-height: var(--_line-height-small);
  }
  .large {
    font-size: var(--_font-size-large);
    line-height: var(--_line-height-large);
  }
  .title {
    font-size: var(--_font-size-title);
    line-height: var(--_line-height-title);
    font-weight: var(--_strong);
  }
  .strong {
    font-weight: var(--_strong);
  }
  .num {
    font-variant-numeric: tabular-nums;
  }
  .overdue {
    color: var(--_danger-text);
    font-weight: var(--_strong);
  }
  .clip {
    min-inline-size: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .lines-2 {
    display: -webkit-box;
    overflow: hidden;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
  }
  .grow {
    flex: 1;
    min-inline-size: 0;
  }
  .end {
    margin-inline-start: auto;
  }
  .with {
    display: flex;
    align-items: center;
    gap: calc(2 * var(--_space));
    min-inline-size: 0;
  }
  /* What was searched for. */
  .hit {
    border-radius: 2px;
    background: var(--_warning-surface);
    color: inherit;
  }
  /* The piece of a description in which it stands. */
  .snippet {
    display: block;
    min-inline-size: 0;
    overflow: clip;
    text-overflow: ellipsis;
    white-space: nowrap;
    font-weight: normal;
    line-height: 1.25;
  }
  .visually-hidden {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    margin: -1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  .divider {
    flex: none;
    inline-size: var(--_stroke);
    block-size: 20px;
    margin-inline: var(--_space);
    background: var(--_border);
  }
  .card-surface {
    border-radius: var(--_radius-large);
    background: var(--_surface);
    box-shadow: var(--_shadow);
  }

  /* Icons */
  .icon {
    display: block;
    flex: none;
    inline-size: 20px;
    block-size: 20px;
    fill: currentColor;
  }
  .icon.small-icon {
    inline-size: 16px;
    block-size: 16px;
  }
  .icon.mirrored:dir(rtl) {
    scale: -1 1;
  }

  /* Buttons */
  .button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 6px;
    flex: none;
    min-block-size: var(--_control);
    max-inline-size: 100%;
    padding-inline: calc(3 * var(--_space));
    border: var(--_stroke) solid transparent;
    border-radius: var(--_radius);
    white-space: nowrap;
    cursor: pointer;
    user-select: none;
    transition: background-color var(--_duration);
  }
  .button:hover {
    background: var(--_surface-hover);
    text-decoration: none;
  }
  .button:active {
    background: var(--_surface-pressed);
  }
  .button[aria-pressed='true'],
  .button[aria-expanded='true'] {
    background: var(--_surface-hover);
  }
  .button[aria-pressed='true'] {
    color: var(--_brand-text);
  }
  .button.outline {
    border-color: var(--_border);
    background: var(--_surface);
    font-weight: var(--_strong);
  }
  .button.outline:hover {
    background: var(--_surface-hover);
  }
  .button.primary {
    background: var(--_brand);
    color: var(--_on-brand);
    font-weight: var(--_strong);
  }
  .button.primary:hover {
    background: var(--_brand-hover);
  }
  .button.danger {
    color: var(--_danger-text);
  }
  .button.primary.danger {
    background: var(--_danger);
    color: var(--_on-brand);
  }
  .button.icon-only {
    inline-size: var(--_control);
    padding: 0;
  }
  .button.small {
    min-block-size: var(--_control-small);
    gap: var(--_space);
    padding-inline: calc(2 * var(--_space));
  }
  .button.small.icon-only {
    inline-size: var(--_control-small);
    padding: 0;
  }
  .button.round {
    border-radius: var(--_radius-round);
  }
  .button[aria-disabled='true'] {
    color: var(--_text-disabled);
    cursor: not-allowed;
  }
  .button[aria-disabled='true']:is(:hover, :active) {
    background: none;
  }
  .button[aria-disabled='true']:is(.primary, .primary:hover, .outline, .outline:hover) {
    border-color: var(--_border);
    background: var(--_surface-sunken);
  }
  .button > .label {
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .button-group {
    display: flex;
    align-items: center;
    gap: var(--_space);
    min-inline-size: 0;
  }
  .button.link {
    min-block-size: 24px;
    padding-inline: var(--_space);
    color: var(--_brand-text);
    font-weight: var(--_strong);
  }

  /* Segmented */
  .segmented {
    display: inline-flex;
    gap: 2px;
    padding: 2px;
    border: var(--_stroke) solid var(--_border);
    border-radius: calc(var(--_radius) + 2px);
    background: var(--_surface-sunken);
  }
  .segment {
    position: relative;
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 6px;
    min-block-size: var(--_control-small);
    min-inline-size: var(--_control-small);
    padding-inline: calc(2.5 * var(--_space));
    border: var(--_stroke) solid transparent;
    border-radius: var(--_radius);
    font-size: 13px;
    white-space: nowrap;
    cursor: pointer;
    user-select: none;
    transition: background-color var(--_duration);
  }
  .segment > input {
    position: absolute;
    inset: 0;
    inline-size: 100%;
    block-size: 100%;
    margin: 0;
    opacity: 0;
    cursor: inherit;
  }
  .segment:hover {
    background: var(--_surface-hover);
  }
  .segment:has(:checked) {
    background: var(--_surface-raised);
    box-shadow: var(--_shadow);
    font-weight: var(--_strong);
  }
  .segment:has(:focus-visible) {
    outline: var(--_stroke-focus) solid var(--_focus);
    outline-offset: 1px;
  }
  .segment:has(:disabled) {
    color: var(--_text-disabled);
    cursor: not-allowed;
  }
  /* The word takes its bold width from the start, so that choosing one moves none. */
  .segment > .label {
    display: inline-grid;
    justify-items: center;
  }
  .segment > .label::after {
    content: attr(data-label);
    block-size: 0;
    overflow: hidden;
    visibility: hidden;
    font-weight: var(--_strong);
  }

  /* Chips */
  .chip {
    display: inline-flex;
    align-items: stretch;
    flex: none;
    max-inline-size: 100%;
    block-size: var(--_chip);
    border: var(--_stroke) solid var(--_border);
    border-radius: calc(var(--_chip) / 2);
    background: var(--_surface);
    font-size: 13px;
    white-space: nowrap;
  }
  .chip:hover {
    background: var(--_surface-hover);
  }
  .chip.on {
    border-color: transparent;
    background: var(--_surface-selected);
    color: var(--_brand-text);
    font-weight: var(--_strong);
  }
  .chip-label {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    min-inline-size: 0;
    padding-inline: calc(2.5 * var(--_space));
    border-radius: inherit;
  }
  .chip-label > .label {
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .chip-label:has(+ .chip-remove) {
    padding-inline-end: var(--_space);
  }
  .chip-remove {
    display: inline-grid;
    place-items: center;
    flex: none;
    inline-size: max(24px, var(--_chip));
    border-radius: inherit;
  }
  .chip-remove:hover {
    background: var(--_surface-hover);
  }

  /* Fields */
  .field {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--_space);
    align-content: start;
    border: 0;
  }
  .field-label {
    font-size: 13px;
    font-weight: var(--_strong);
  }
  .field-label.required::after {
    content: ' *' / '';
    color: var(--_danger-text);
  }
  .input {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: calc(2 * var(--_space));
    inline-size: 100%;
    min-block-size: var(--_control);
    padding: 3px calc(2.5 * var(--_space));
    border: var(--_stroke) solid var(--_border);
    border-block-end-color: var(--_border-control);
    border-radius: var(--_radius);
    background: var(--_surface);
    color: var(--_text);
  }
  textarea.input {
    display: block;
    min-block-size: calc(3 * var(--_line-height) + 8px);
    resize: vertical;
    field-sizing: content;
  }
  .select {
    display: grid;
    align-items: center;
  }
  .select > select.input {
    grid-area: 1 / 1;
    display: block;
    padding-inline-end: calc(8 * var(--_space));
    appearance: none;
    text-overflow: ellipsis;
    cursor: pointer;
  }
  .select > .icon {
    grid-area: 1 / 1;
    justify-self: end;
    margin-inline-end: calc(2.5 * var(--_space));
    pointer-events: none;
  }
  select.input option {
    background: var(--_surface);
  }
  .input > :is(input, textarea) {
    flex: 1;
    min-inline-size: 8ch;
    padding: 0;
    border: 0;
    outline: none;
    background: none;
  }
  .input::placeholder,
  .input > ::placeholder,
  .search > ::placeholder {
    color: var(--_text-quiet);
    opacity: 1;
  }
  .input:is(:focus-visible, :focus-within):not(select) {
    border-block-end-color: var(--_brand);
    outline: none;
    box-shadow: inset 0 calc(-1 * var(--_stroke)) var(--_brand);
  }
  .input.invalid,
  .input[aria-invalid='true'] {
    border-color: var(--_danger-text);
  }
  .input:disabled,
  .input[readonly],
  .input[aria-disabled='true'] {
    border-color: var(--_border);
    background: var(--_surface-sunken);
  }
  .input:disabled {
    color: var(--_text-disabled);
  }
  .field-hint,
  .field-error {
    display: flex;
    align-items: center;
    gap: var(--_space);
    font-size: var(--_font-size-small);
    line-height: var(--_line-height-small);
    color: var(--_text-quiet);
  }
  .field-error {
    color: var(--_danger-text);
  }
  .search {
    display: flex;
    align-items: center;
    gap: calc(2 * var(--_space));
    min-block-size: var(--_control);
    padding-inline: calc(2.5 * var(--_space));
    border: var(--_stroke) solid var(--_border);
    border-block-end-color: var(--_border-control);
    border-radius: var(--_radius);
    background: var(--_surface);
    color: var(--_text-quiet);
  }
  .search > input {
    flex: 1;
    min-inline-size: 0;
    padding: 0;
    border: 0;
    outline: none;
    background: none;
    color: var(--_text);
    appearance: none;
  }
  .search > input::-webkit-search-cancel-button {
    display: none;
  }
  .search:focus-within {
    border-block-end-color: var(--_brand);
    box-shadow: inset 0 calc(-1 * var(--_stroke)) var(--_brand);
  }
  .search > .button {
    min-block-size: 24px;
    inline-size: 24px;
    margin-inline-end: calc(-1 * var(--_space));
  }
  :where(.base.touch) :where(input, textarea, select, [contenteditable]) {
    ${written}
  }
  @media (pointer: coarse) {
    :where(.base) :where(input, textarea, select, [contenteditable]) {
      ${written}
    }
  }
  .check {
    appearance: none;
    display: inline-grid;
    place-items: center;
    flex: none;
    inline-size: 16px;
    block-size: 16px;
    margin: 0;
    border: var(--_stroke) solid var(--_border-control);
    border-radius: 3px;
    background: var(--_surface);
    color: var(--_on-brand);
    cursor: pointer;
  }
  .check[type='radio'] {
    border-radius: 50%;
  }
  .check:checked,
  .check[type='checkbox']:indeterminate {
    border-color: var(--_brand);
    background: var(--_brand);
  }
  .check::before {
    content: '';
    background: currentColor;
    visibility: hidden;
    forced-color-adjust: none;
  }
  .check:checked::before {
    inline-size: 10px;
    block-size: 10px;
    clip-path: polygon(8% 52%, 20% 40%, 38% 58%, 80% 16%, 92% 28%, 38% 82%);
    visibility: visible;
  }
  .check[type='radio']:checked::before {
    inline-size: 6px;
    block-size: 6px;
    border-radius: 50%;
    clip-path: none;
  }
  .check[type='checkbox']:indeterminate::before {
    inline-size: 8px;
    block-size: 2px;
    clip-path: none;
    visibility: visible;
  }
  .check:disabled {
    border-color: var(--_border);
    cursor: not-allowed;
  }
  /* The box is small; what takes the click is not. */
  .check-target {
    display: inline-grid;
    place-items: center;
    flex: none;
    min-inline-size: max(24px, var(--_control-small));
    min-block-size: max(24px, var(--_control-small));
    cursor: pointer;
  }
  .pill {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    max-inline-size: 100%;
    min-block-size: 24px;
    padding-inline: var(--_space) calc(2 * var(--_space));
    border: var(--_stroke) solid transparent;
    border-radius: var(--_radius-round);
    background: var(--_surface-sunken);
    font-size: 13px;
  }

  /* Marks */
  .tile {
    display: inline-grid;
    place-items: center;
    flex: none;
    inline-size: 28px;
    block-size: 28px;
    border: var(--_stroke) solid transparent;
    border-radius: calc(var(--_radius) + 2px);
    background: var(--_kind-soft);
    color: var(--_kind);
  }
  .tile.small {
    inline-size: 24px;
    block-size: 24px;
  }
  .tile.large {
    inline-size: 32px;
    block-size: 32px;
  }
  .face {
    position: relative;
    display: inline-grid;
    place-items: center;
    flex: none;
    inline-size: 24px;
    block-size: 24px;
    border: var(--_stroke) solid transparent;
    border-radius: 50%;
    background: var(--_surface-sunken);
    color: var(--_text-quiet);
    font-size: 10px;
    line-height: 1;
    font-weight: 700;
    user-select: none;
  }
  .face-picture {
    position: absolute;
    inset: 0;
    inline-size: 100%;
    block-size: 100%;
    border-radius: inherit;
    object-fit: cover;
  }
  .face-picture.failed {
    visibility: hidden;
  }
  .face.small {
    inline-size: 20px;
    block-size: 20px;
    font-size: 9px;
  }
  .face.large {
    inline-size: 32px;
    block-size: 32px;
    font-size: 12px;
  }
  .face-1 {
    background: var(--_face-1);
    color: var(--_face-1-text);
  }
  .face-2 {
    background: var(--_face-2);
    color: var(--_face-2-text);
  }
  .face-3 {
    background: var(--_face-3);
    color: var(--_face-3-text);
  }
  .face-4 {
    background: var(--_face-4);
    color: var(--_face-4-text);
  }
  .face-5 {
    background: var(--_face-5);
    color: var(--_face-5-text);
  }
  .face-6 {
    background: var(--_face-6);
    color: var(--_face-6-text);
  }
  .status {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    min-inline-size: 0;
  }
  .dot {
    display: inline-block;
    flex: none;
    inline-size: 8px;
    block-size: 8px;
    border: 2px solid var(--_dot, var(--_text-quiet));
    border-radius: 50%;
  }
  .dot.open {
    --_dot: var(--_brand-text);
  }
  .dot.scheduled {
    --_dot: var(--_appointment);
    background: var(--_dot);
  }
  .dot.completed {
    --_dot: var(--_success-text);
    background: var(--_dot);
  }
  .dot.canceled {
    --_dot: var(--_text-quiet);
  }
  .tag {
    display: inline-block;
    max-inline-size: 100%;
    padding-inline: 6px;
    overflow: hidden;
    border-radius: 3px;
    background: var(--_surface-sunken);
    color: var(--_text-quiet);
    font-size: 11px;
    line-height: 16px;
    font-weight: var(--_strong);
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .tag.danger {
    background: var(--_danger-surface);
    color: var(--_danger-text);
  }
  .tag.warning {
    background: var(--_warning-surface);
    color: var(--_warning-text);
  }
  .tag.success {
    background: var(--_success-surface);
    color: var(--_success-text);
  }
  .tag.brand {
    background: var(--_surface-selected);
    color: var(--_brand-text);
  }

  /* What stands where data is not */
  .skeleton {
    display: grid;
    animation: skeleton-appear var(--_duration-fade) 150ms backwards;
  }
  .skeleton-row {
    display: flex;
    align-items: center;
    gap: calc(3 * var(--_space));
    block-size: var(--_row);
    padding-inline: var(--_padding);
    border-block-end: var(--_stroke) solid var(--_border);
  }
  .skeleton-bar {
    block-size: 10px;
    border-radius: var(--_radius);
    background: var(--_surface-pressed);
    animation: skeleton-breathe 1.6s ease-in-out infinite alternate;
  }
  .skeleton-bar.glyph {
    inline-size: 24px;
    block-size: 24px;
  }
  .skeleton-bar.long {
    flex: 0 1 40%;
  }
  .skeleton-bar.middle {
    flex: 0 1 22%;
  }
  .skeleton-bar.short {
    flex: 0 1 12%;
  }
  .skeleton-row:nth-child(3n + 2) .long {
    flex-basis: 32%;
  }
  .skeleton-row:nth-child(3n) .long {
    flex-basis: 46%;
  }
  @keyframes skeleton-appear {
    from {
      opacity: 0;
    }
  }
  @keyframes skeleton-breathe {
    to {
      opacity: 0.45;
    }
  }
  .state-panel {
    display: grid;
    justify-items: center;
    align-content: center;
    gap: var(--_space);
    min-block-size: 160px;
    padding: calc(6 * var(--_space)) var(--_padding);
    text-align: center;
    text-wrap: balance;
  }
  .state-panel > .icon {
    inline-size: 32px;
    block-size: 32px;
    margin-block-end: var(--_space);
    color: var(--_text-quiet);
  }
  .state-panel.error > .icon {
    color: var(--_danger-text);
  }
  .state-panel > .large {
    font-weight: var(--_strong);
  }
  .state-panel > .hint {
    max-inline-size: 48ch;
    color: var(--_text-quiet);
  }
  .state-panel > .button-group {
    flex-wrap: wrap;
    justify-content: center;
    gap: calc(2 * var(--_space));
    margin-block-start: calc(2 * var(--_space));
  }

  @media (prefers-reduced-motion: reduce) {
    .skeleton-bar {
      animation: none;
    }
  }

  @media (forced-colors: active) {
    .button,
    .segmented {
      border-color: ButtonText;
    }
    .button.primary,
    .segment:has(:checked),
    .chip.on,
    .check:checked,
    .check[type='checkbox']:indeterminate {
      border-color: Highlight;
      background: Highlight;
      color: HighlightText;
      forced-color-adjust: none;
    }
    .button[aria-disabled='true']:is(.button, .primary, .outline),
    .segment:has(:disabled) {
      border-color: GrayText;
      background: Canvas;
      color: GrayText;
    }
    .tile,
    .face,
    .pill,
    .tag,
    .card-surface {
      border: var(--_stroke) solid CanvasText;
    }
    .dot {
      forced-color-adjust: none;
    }
    .skeleton-bar {
      border: var(--_stroke) solid GrayText;
    }
  }
`;

import { css } from 'lit';

/** Frame, toolbar, month and panel first; then the week; then little room. */
export const calendarStyles = css`
  .base {
    block-size: 100%;
    /* What one entry takes on a line, and with it the least that can be hit. */
    --_entry: 24px;
    --_hour: calc(2 * var(--_entry));
  }
  .base.touch {
    --_entry: 44px;
  }
  @media (pointer: coarse) {
    .base:not(.comfortable, .compact) {
      --_entry: 44px;
    }
  }
  .frame {
    position: relative;
    block-size: 100%;
    container-type: inline-size;
    overflow: hidden;
    background: var(--_surface);
  }
  .probe {
    position: absolute;
    inline-size: 1px;
    block-size: var(--_entry);
    visibility: hidden;
  }
  .layout {
    display: grid;
    grid-template: minmax(0, 1fr) / minmax(0, 1fr);
    block-size: 100%;
    overflow: auto;
  }
  .layout:has(> .panel) {
    grid-template: minmax(min-content, 1fr) auto / minmax(0, 1fr);
  }
  .main {
    display: flex;
    flex-direction: column;
    min-block-size: 0;
  }

  /* The bar above the days */
  .toolbar {
    display: flex;
    flex: none;
    flex-wrap: wrap;
    align-items: center;
    gap: calc(2 * var(--_space)) calc(3 * var(--_space));
    padding: calc(2.5 * var(--_space)) var(--_padding);
  }
  .steps {
    margin-inline-start: calc(-1 * var(--_space));
  }
  .heading {
    display: flex;
    flex: 1 1 auto;
    flex-wrap: wrap;
    align-items: baseline;
    column-gap: calc(2 * var(--_space));
  }
  .message {
    display: flex;
    flex: none;
    align-items: center;
    gap: calc(2 * var(--_space));
    padding: calc(2 * var(--_space)) var(--_padding);
    border-block-start: var(--_stroke) solid var(--_border);
    background: var(--_surface-sunken);
    color: var(--_text-quiet);
  }
  .message.error {
    background: var(--_danger-surface);
    color: var(--_danger-text);
  }
  .message.error .button {
    color: var(--_text);
  }

  /* A month */
  .month {
    display: flex;
    flex: 1 0 auto;
    flex-direction: column;
    min-block-size: 0;
    border-block-start: var(--_stroke) solid var(--_border);
  }
  .weekdays,
  .row {
    display: grid;
    grid-template-columns: repeat(7, minmax(0, 1fr));
  }
  .weekdays {
    position: sticky;
    inset-block-start: 0;
    z-index: 2;
    flex: none;
    background: var(--_surface);
  }
  .weekday {
    position: relative;
    padding: calc(2 * var(--_space)) calc(2.5 * var(--_space));
    color: var(--_text-quiet);
    font-size: var(--_font-size-small);
    line-height: var(--_line-height-small);
    font-weight: var(--_strong);
  }
  .weeks {
    display: grid;
    flex: 1;
    grid-auto-rows: minmax(calc(38px + 2 * var(--_entry)), 1fr);
  }
  .day {
    position: relative;
    display: flex;
    flex-direction: column;
    gap: 2px;
    min-inline-size: 0;
    padding: 3px var(--_space) 1px;
    border-block-start: var(--_stroke) solid var(--_border);
    border-inline-start: var(--_stroke) solid var(--_border);
    /* However much stands on a day, all weeks are equally high. */
    contain: size layout;
  }
  .day:first-child {
    border-inline-start: 0;
  }
  .day.weekend {
    background: var(--_surface-sunken);
  }
  .day.chosen {
    background: var(--_surface-selected);
  }
  .day:has(.day-control:focus-visible) {
    z-index: 1;
    outline: var(--_stroke-focus) solid var(--_focus);
    outline-offset: -2px;
  }
  .number:focus-visible {
    outline: none;
  }
  .day-top {
    display: flex;
    flex: none;
    align-items: center;
    justify-content: space-between;
    block-size: 24px;
  }
  .number {
    display: grid;
    place-items: center;
    min-inline-size: 24px;
    block-size: 24px;
    border-radius: var(--_radius-round);
    font-size: var(--_font-size-small);
  }
  .outside .number {
    color: var(--_text-quiet);
  }
  .today .number {
    background: var(--_brand);
    color: var(--_on-brand);
    font-weight: var(--_strong);
  }
  .add {
    opacity: 0;
    transition: opacity var(--_duration-fade);
  }
  :is(.day, .head):is(:hover, :focus-within) .add {
    opacity: 1;
  }
  .touch .add {
    display: none;
  }
  @media (pointer: coarse) {
    .base:not(.comfortable, .compact) .add {
      display: none;
    }
  }
  .add > .button {
    inline-size: 24px;
    min-block-size: 24px;
    color: var(--_text-quiet);
  }
  .entries {
    flex: 1;
    min-block-size: 0;
    overflow: clip;
    overflow-clip-margin: 4px;
  }
  .entries > li {
    block-size: var(--_entry);
    padding-block: 1px;
  }
  .entries .skeleton {
    display: flex;
    align-items: center;
    padding-inline: 6px;
  }
  .entries .skeleton-bar {
    inline-size: 80%;
  }
  .more {
    display: block;
    inline-size: 100%;
    block-size: calc(100% + 2px);
    margin-block: -1px;
    padding-inline: calc(2 * var(--_space));
    border-radius: var(--_radius);
    color: var(--_brand-text);
    font-size: var(--_font-size-small);
    font-weight: var(--_strong);
  }
  .more:hover {
    background: var(--_surface-hover);
  }

  /* An entry */
  .entry {
    position: relative;
    display: flex;
    gap: 5px;
    min-inline-size: 0;
    padding-inline: 9px 6px;
    border-radius: var(--_radius);
    background: var(--_kind-soft);
    font-size: var(--_font-size-small);
    line-height: var(--_line-height-small);
    transition: box-shadow var(--_duration);
  }
  .entry:hover {
    text-decoration: none;
    box-shadow: 0 0 0 var(--_stroke) var(--_kind);
  }
  .entry.text:hover {
    box-shadow: none;
  }
  .entry::before {
    content: '';
    position: absolute;
    inset-block: 0;
    inset-inline-start: 0;
    box-sizing: border-box;
    border-inline-start: 3px solid var(--_kind);
    border-start-start-radius: var(--_radius);
    border-end-start-radius: var(--_radius);
    inline-size: var(--_radius);
  }
  /* The gap to the next one belongs to what can be hit. */
  .bar::after {
    content: '';
    position: absolute;
    inset-block: -1px;
    inset-inline: 0;
  }
  .entry > .shown {
    display: contents;
  }
  .entry .time {
    flex: none;
    font-weight: 400;
    color: var(--_text-quiet);
  }
  .entry .bad,
  .line .bad {
    flex: none;
    color: var(--_warning-text);
  }
  .bar {
    align-items: center;
    inline-size: 100%;
    block-size: 100%;
  }
  .entry.due {
    background: none;
  }
  .entry.due::before {
    border-inline-start-style: dotted;
    border-radius: 0;
  }
  .entry.closed {
    background: none;
    color: var(--_text-quiet);
  }
  .entry.closed :is(.what, .time) {
    text-decoration: line-through;
  }
  .entry.busy {
    opacity: 0.6;
  }

  /* The chosen day */
  .panel {
    padding-block-end: calc(3 * var(--_space));
    border-block-start: var(--_stroke) solid var(--_border);
  }
  .panel-top {
    display: flex;
    align-items: flex-start;
    gap: calc(2 * var(--_space));
    padding: calc(3.5 * var(--_space)) var(--_padding) calc(2 * var(--_space));
  }
  .panel-top .button {
    margin-block: calc(-1 * var(--_space));
    margin-inline-end: calc(-2 * var(--_space));
  }
  .panel-part {
    display: flex;
    align-items: baseline;
    padding: calc(3 * var(--_space)) var(--_padding) var(--_space);
    color: var(--_text-quiet);
    font-size: var(--_font-size-small);
    line-height: var(--_line-height-small);
    font-weight: var(--_strong);
  }
  .panel-part .end {
    color: var(--_text);
  }
  .nothing {
    display: grid;
    justify-items: start;
    gap: calc(2 * var(--_space));
    padding: var(--_space) var(--_padding);
  }
  .schedule {
    display: grid;
    grid-template-columns: minmax(44px, max-content) 3px minmax(0, 1fr);
    column-gap: calc(2.5 * var(--_space));
    padding-inline: var(--_padding);
  }
  .line {
    display: grid;
    grid-column: 1 / -1;
    grid-template-columns: subgrid;
    padding-block: calc(1.5 * var(--_space));
  }
  .line-time {
    padding-block-start: 3px;
  }
  .edge {
    border-radius: 2px;
    background: var(--_kind);
  }
  .line.due > .edge {
    background: repeating-linear-gradient(var(--_kind) 0 3px, transparent 3px 6px);
  }
  .line.free {
    padding-block: 2px;
  }
  .free > .edge {
    background: repeating-linear-gradient(var(--_border) 0 3px, transparent 3px 6px);
  }
  .line-subject {
    display: flex;
    align-items: center;
    gap: var(--_space);
  }
  .line-subject > .icon {
    color: var(--_text-quiet);
  }
  .line .subject {
    min-inline-size: 0;
    padding-block: calc((var(--_entry) - var(--_line-height)) / 2);
    overflow-wrap: anywhere;
    font-weight: var(--_strong);
    border-radius: var(--_radius);
  }
  .line button.subject:hover {
    text-decoration: underline;
  }
  .line.closed .subject {
    color: var(--_text-quiet);
    font-weight: inherit;
    text-decoration: line-through;
  }
  .deals {
    display: grid;
    gap: calc(2 * var(--_space));
    padding: var(--_space) var(--_padding);
  }
  .deal {
    display: grid;
    gap: var(--_space);
    padding: calc(2.5 * var(--_space)) calc(3 * var(--_space));
    border: var(--_stroke) solid var(--_border);
    border-radius: calc(var(--_radius) + 2px);
  }
  .stages {
    display: flex;
    gap: 3px;
  }
  .stage {
    flex: 1;
    block-size: 4px;
    border-radius: 2px;
    background: var(--_border);
  }
  .stage.reached {
    background: var(--_brand);
  }
  .panel-skeleton {
    gap: calc(4 * var(--_space));
    padding: calc(2 * var(--_space)) var(--_padding);
  }
  .panel-skeleton > .skeleton-bar:nth-child(2) {
    inline-size: 60%;
  }

  @container (inline-size >= 900px) {
    .layout:has(> .panel) {
      grid-template: minmax(0, 1fr) / minmax(0, 1fr) 320px;
    }
    .month:not(.compact-days) {
      flex-shrink: 1;
      overflow: auto;
    }
    .layout > .panel {
      overflow: auto;
      border-block-start: 0;
      border-inline-start: var(--_stroke) solid var(--_border);
    }
  }

  /* A week */
  .week {
    --_head: 52px;
    display: grid;
    flex: 1 1 560px;
    grid-template: var(--_head) calc(var(--_lines) * var(--_entry) + 5px) calc(24 * var(--_hour)) /
        auto repeat(7, minmax(64px, 1fr));
    min-block-size: 0;
    overflow: auto;
    border-block-start: var(--_stroke) solid var(--_border);
    scroll-padding-block-start: calc(var(--_head) + var(--_lines) * var(--_entry) + 5px);
  }
  .axis,
  .column-day {
    display: grid;
    grid-row: 1 / -1;
    grid-template-rows: subgrid;
    min-inline-size: 0;
  }
  .column-day {
    border-inline-start: var(--_stroke) solid var(--_border);
  }
  .axis {
    position: sticky;
    inset-inline-start: 0;
    z-index: 4;
    color: var(--_text-quiet);
    font-size: var(--_font-size-small);
    line-height: var(--_line-height-small);
    text-align: end;
  }
  .axis > * {
    background: var(--_surface);
    padding-inline: calc(2 * var(--_space));
  }
  .corner,
  .head {
    position: sticky;
    inset-block-start: 0;
    z-index: 3;
  }
  .corner {
    display: flex;
    flex-direction: column;
    justify-content: center;
  }
  .axis-whole-day,
  .whole-day {
    position: sticky;
    inset-block-start: var(--_head);
    z-index: 3;
    padding-block: 2px;
    border-block: var(--_stroke) solid var(--_border);
    background: var(--_surface);
  }
  .axis-whole-day {
    padding-block: 6px;
  }
  .whole-day {
    padding-inline: 2px;
  }
  .whole-day > li {
    block-size: var(--_entry);
    padding-block: 1px;
  }
  .head {
    display: grid;
    background: var(--_surface);
  }
  .head > * {
    grid-area: 1 / 1;
  }
  .day-head {
    display: flex;
    flex-direction: column;
    align-items: center;
    justify-content: center;
    border-radius: var(--_radius);
  }
  .day-head:hover {
    background: var(--_surface-hover);
  }
  .day-head:focus-visible {
    outline-offset: -2px;
  }
  .day-of-month {
    font-weight: var(--_strong);
  }
  .chosen .day-head {
    background: var(--_surface-selected);
  }
  .today .day-head {
    color: var(--_brand-text);
  }
  .head > .add {
    place-self: end;
    margin: 2px;
  }
  .hours {
    display: grid;
    grid-auto-rows: var(--_hour);
  }
  .hour {
    translate: 0 -8px;
  }
  .hour:first-child {
    visibility: hidden;
  }
  .column {
    position: relative;
  }
  .slots {
    block-size: 100%;
    background: repeating-linear-gradient(
      transparent 0 calc(var(--_hour) - var(--_stroke)),
      var(--_border) calc(var(--_hour) - var(--_stroke)) var(--_hour)
    );
  }
  .slots.takes {
    position: relative;
    cursor: cell;
  }
  /* The half hour that a click would plan. */
  .slots.takes:hover::after {
    content: '';
    position: absolute;
    inset-inline: 1px var(--_space);
    inset-block-start: calc(var(--_slot, 0) * var(--_entry));
    block-size: var(--_entry);
    border-radius: var(--_radius);
    background: var(--_surface-selected);
    pointer-events: none;
  }
  .weekend .slots {
    background-color: var(--_surface-sunken);
  }
  .boxes {
    position: absolute;
    inset: 0;
    pointer-events: none;
  }
  .box {
    position: absolute;
    flex-direction: column;
    gap: 0;
    overflow: hidden;
    padding-block: 3px;
    box-shadow: 0 0 0 var(--_stroke) var(--_surface);
    pointer-events: auto;
  }
  .box:is(:hover, :focus-visible) {
    z-index: 1;
  }
  .box .what {
    flex: none;
    max-inline-size: 100%;
    font-weight: var(--_strong);
  }
  .box .bad {
    position: absolute;
    inset-block-start: 3px;
    inset-inline-end: var(--_space);
  }
  /* The time goes to a second line, out of sight, where it does not fit. */
  .box.short {
    flex-flow: row wrap;
    column-gap: 6px;
    padding-block: 0;
    line-height: max(22px, calc(var(--_entry) - 2px));
  }
  .box:is(.due, .closed) {
    background: var(--_surface);
    box-shadow: inset 0 0 0 var(--_stroke) var(--_border);
  }
  .box:is(.due, .closed):hover {
    box-shadow: inset 0 0 0 var(--_stroke) var(--_kind);
  }
  .box-skeleton {
    position: absolute;
    inset-inline: 0 var(--_space);
  }
  .box-skeleton > .skeleton-bar {
    block-size: auto;
  }
  .now {
    position: absolute;
    inset-inline: 0;
    z-index: 2;
    border-block-start: 2px solid var(--_danger-text);
    translate: 0 -1px;
    pointer-events: none;
  }
  .now::before {
    content: '';
    position: absolute;
    inset-block-start: -6px;
    inset-inline-start: 0;
    inline-size: 10px;
    block-size: 10px;
    border-radius: 50%;
    background: var(--_danger-text);
  }

  /* Little room: days with dots, the chosen one's list below */
  .compact-days {
    flex: none;
  }
  .compact-days .weekday {
    padding-inline: 0;
    text-align: center;
  }
  .compact-days .weeks {
    grid-auto-rows: 48px;
  }
  .compact-days .day {
    align-items: center;
    gap: 4px;
    padding: 6px 0 0;
    border: 0;
    background: none;
    cursor: pointer;
  }
  .compact-days .number::after {
    content: '';
    position: absolute;
    inset: 0;
  }
  .compact-days .day.chosen::before {
    content: '';
    position: absolute;
    inset: 2px;
    z-index: -1;
    border-radius: var(--_radius-large);
    background: var(--_surface-selected);
  }
  .dots {
    display: flex;
    gap: 3px;
    block-size: 6px;
  }
  .mark {
    inline-size: 6px;
    block-size: 6px;
    border-radius: 50%;
    background: var(--_kind);
  }
  .narrow .toolbar {
    gap: calc(2 * var(--_space));
    padding-inline: calc(3 * var(--_space));
  }
  .narrow .heading {
    flex-basis: 100%;
    order: -1;
  }
  .narrow .segmented {
    margin-inline-start: auto;
  }

  @media (forced-colors: active) {
    .day.chosen,
    .chosen .day-head {
      outline: 2px solid Highlight;
      outline-offset: -3px;
    }
    .entry {
      border: var(--_stroke) solid CanvasText;
    }
    .entry.due {
      border-style: dotted;
    }
    .today .number,
    .stage.reached,
    .edge,
    .mark,
    .now {
      forced-color-adjust: none;
    }
  }
`;

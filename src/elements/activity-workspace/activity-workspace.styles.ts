import { css } from 'lit';

export const workspaceStyles = css`
  :host {
    container-type: inline-size;
    min-block-size: 320px;
  }
  .base,
  .panel {
    block-size: 100%;
  }
  .panel {
    display: flex;
    flex-direction: column;
    overflow: hidden;
  }
  .bar {
    display: flex;
    flex: none;
    align-items: center;
    gap: calc(2 * var(--_space));
    padding: calc(2 * var(--_space)) calc(4 * var(--_space));
    min-inline-size: 0;
  }
  .bar + .bar {
    padding-block-start: 0;
  }
  .title-bar > .grow {
    flex-basis: auto;
  }
  .heading {
    display: flex;
    min-inline-size: 0;
    margin: 0;
    font: inherit;
  }
  .view-picker {
    display: flex;
    align-items: center;
    gap: 6px;
    min-inline-size: 0;
    min-block-size: var(--_control);
    border-radius: var(--_radius);
    cursor: pointer;
  }
  .view-picker:hover {
    background: var(--_surface-hover);
  }
  .count {
    flex: none;
  }
  .search {
    flex: 0 1 220px;
    min-inline-size: 120px;
  }
  .command-bar {
    min-block-size: var(--_control);
  }
  /* One line: what wraps is out of sight, and in the menu at the end. */
  .overflow {
    display: flex;
    flex: 1;
    flex-wrap: wrap;
    align-items: center;
    column-gap: calc(2 * var(--_space));
    min-inline-size: 0;
    block-size: var(--_control);
    overflow: hidden;
    /* Room for the ring of what has the focus. */
    margin: -4px;
    padding: 4px;
    box-sizing: content-box;
  }
  .overflow > [data-out] {
    visibility: hidden;
  }
  .end-commands {
    display: flex;
    flex: none;
    gap: var(--_space);
    margin-inline-start: auto;
  }
  .selected-count {
    flex: none;
  }
  .unsaved {
    display: flex;
    flex: none;
    align-items: center;
    gap: var(--_space);
  }
  .due-tabs {
    gap: var(--_space);
    padding-block: 0;
    overflow-x: auto;
    scrollbar-width: none;
  }
  .due-tab {
    position: relative;
    display: flex;
    flex: none;
    align-items: center;
    gap: 6px;
    min-block-size: var(--_control);
    padding-inline: calc(2 * var(--_space));
    border-radius: var(--_radius);
    color: var(--_text-quiet);
    white-space: nowrap;
    cursor: pointer;
  }
  .due-tab:hover {
    background: var(--_surface-hover);
  }
  .due-tab[aria-pressed='true'] {
    color: var(--_text);
    font-weight: var(--_strong);
  }
  .due-tab[aria-pressed='true']::after {
    position: absolute;
    inset-block-end: 0;
    inset-inline: calc(2 * var(--_space));
    block-size: 2px;
    border-radius: 1px;
    background: var(--_brand);
    content: '';
  }
  .due-tab:focus-visible {
    outline-offset: -2px;
  }
  .due-count {
    min-inline-size: 1ch;
    font-weight: normal;
  }
  .due-tab.late .due-count {
    color: var(--_danger-text);
    font-weight: var(--_strong);
  }

  /* Figures of what was asked before. */
  .before {
    opacity: 0.6;
  }

  .undated {
    display: flex;
    flex: none;
    flex-wrap: wrap;
    align-items: center;
    gap: calc(2 * var(--_space));
    margin: 0;
    padding: calc(2 * var(--_space)) calc(4 * var(--_space));
  }

  .queue {
    display: grid;
    flex: none;
    gap: calc(2 * var(--_space));
    margin: calc(2 * var(--_space)) calc(4 * var(--_space));
    padding: calc(3 * var(--_space)) calc(4 * var(--_space));
    border: var(--_stroke) solid var(--_border);
    border-radius: var(--_radius-large);
    background: var(--_surface-sunken);
  }
  .queue-head,
  .queue-item,
  .queue-acts {
    display: flex;
    align-items: center;
    gap: calc(2 * var(--_space));
    min-inline-size: 0;
  }
  .queue-head > .button,
  .queue-keys {
    margin-inline-start: auto;
  }
  .queue-keys + .button {
    margin-inline-start: 0;
  }
  .queue-words {
    display: grid;
    flex: 1;
    min-inline-size: 0;
  }
  .queue-acts {
    flex-wrap: wrap;
  }

  .ask {
    display: grid;
    gap: calc(4 * var(--_space));
  }
  .missing {
    display: grid;
    gap: calc(3 * var(--_space));
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .missing > li {
    display: flex;
    gap: calc(2 * var(--_space));
  }
  .missing > li > span {
    display: grid;
  }
  .keys h3 {
    margin: 0 0 calc(2 * var(--_space));
    font-size: inherit;
  }
  .keys dl {
    display: grid;
    gap: var(--_space);
    margin: 0;
  }
  .keys dl > div {
    display: grid;
    grid-template-columns: 96px minmax(0, 1fr);
    gap: calc(2 * var(--_space));
  }
  .keys dd {
    margin: 0;
  }
  kbd {
    padding: 1px 6px;
    border: var(--_stroke) solid var(--_border);
    border-radius: var(--_radius);
    font: inherit;
    white-space: nowrap;
  }

  .summary {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(100%, 320px), 1fr));
    gap: calc(6 * var(--_space));
  }
  .figures {
    align-self: start;
    inline-size: 100%;
    border-collapse: collapse;
  }
  .figures caption {
    padding-block-end: calc(2 * var(--_space));
    text-align: start;
  }
  .figures :is(th, td) {
    padding: var(--_space) 0;
    font-weight: normal;
    text-align: start;
    vertical-align: middle;
  }
  .figures .figure {
    inline-size: 56px;
    padding-inline: calc(2 * var(--_space));
    text-align: end;
  }
  /* Wide enough for a finger, whatever the figure. */
  .figure > .button {
    justify-content: end;
    min-inline-size: 44px;
  }
  .spread {
    inline-size: 40%;
  }
  .spread-bar {
    display: block;
    block-size: 12px;
    border-radius: var(--_radius);
    background: var(--_brand);
  }
  .filter-bar {
    flex-wrap: wrap;
    row-gap: var(--_space);
  }
  .filter-bar.strip {
    flex-wrap: nowrap;
    overflow-x: auto;
    scrollbar-width: none;
  }
  /* Of a long one, what stands behind it is seen to begin. */
  .strip > .chip {
    max-inline-size: 70%;
  }
  .bar.due-tabs {
    padding-block-start: 0;
  }
  .body {
    flex: 1;
    min-block-size: 0;
    border-block-start: var(--_stroke) solid var(--_border);
  }
  /* Each scrolls by itself, however little room there is: over the bar below it is none. */
  .body > * {
    block-size: 100%;
    min-block-size: 0;
  }
  .narrow-bar {
    padding-block-end: max(calc(2 * var(--_space)), env(safe-area-inset-bottom));
    border-block-start: var(--_stroke) solid var(--_border);
  }
  /* How many are selected is the last that may be cut. */
  .narrow-bar > .num {
    line-height: 1.2;
    white-space: normal;
  }
  .narrow-bar .button.round {
    padding-inline: calc(4 * var(--_space));
  }

  @media (forced-colors: active) {
    .due-tab[aria-pressed='true']::after,
    .spread-bar {
      background: Highlight;
      forced-color-adjust: none;
    }
  }

  /* What is looked at keeps its name: the search goes below it. */
  @container (inline-size < 760px) {
    .title-bar {
      display: grid;
      grid-template-columns: minmax(0, 1fr) max-content;
    }
    .search {
      grid-row: 2;
      grid-column: 1 / -1;
    }
  }
  @container (inline-size < 640px) {
    /* Their words are enough, and leave the view its own. */
    .title-bar .segment:has(> .label) > .icon {
      display: none;
    }
    .queue-keys {
      display: none;
    }
    .queue-keys + .button {
      margin-inline-start: auto;
    }
    .queue {
      margin: calc(2 * var(--_space));
      padding: calc(2 * var(--_space)) calc(3 * var(--_space));
    }
    .queue-item {
      display: grid;
      grid-template-columns: max-content minmax(0, 1fr);
      row-gap: 0;
    }
    .queue-item > .tile {
      align-self: start;
    }
    .queue-item > :last-child {
      grid-column: 2;
    }
    .queue-words > .strong {
      display: -webkit-box;
      -webkit-box-orient: vertical;
      -webkit-line-clamp: 2;
      white-space: normal;
    }
    .queue-acts {
      column-gap: var(--_space);
    }
    /* That it is not as it was saved stands below the name, and takes nothing of it. */
    .title-bar > .grow {
      display: grid;
      grid-template-columns: minmax(0, max-content) minmax(max-content, 1fr);
      row-gap: 0;
    }
    .unsaved {
      grid-row: 2;
      grid-column: 1 / -1;
      /* As wide as both, and asking neither for it. */
      inline-size: 0;
      min-inline-size: 100%;
    }
  }

  /* A phone on its side: what is looked at has most of the height, and the bars above it are scrolled away. */
  @media (height < 480px) {
    .panel {
      overflow: hidden auto;
    }
    .body {
      flex-shrink: 0;
      min-block-size: min(240px, 100dvb - 120px);
    }
    .filter-bar {
      flex-wrap: nowrap;
      overflow-x: auto;
      scrollbar-width: none;
    }
    /* But for what can be done with what is selected. */
    .command-bar:has(> .selected-count) {
      position: sticky;
      z-index: 1;
      inset-block-start: 0;
      background: var(--_surface);
    }
    .narrow-bar {
      position: sticky;
      z-index: 1;
      inset-block-end: 0;
      background: var(--_surface);
    }
  }
`;

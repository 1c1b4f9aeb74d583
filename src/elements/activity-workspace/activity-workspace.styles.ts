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
    flex-wrap: wrap;
  }
  .filter-bar {
    flex-wrap: wrap;
  }
  .body {
    flex: 1;
    min-block-size: 0;
    border-block-start: var(--_stroke) solid var(--_border);
  }
  .body > * {
    block-size: 100%;
  }
  .narrow-bar {
    padding-block-end: max(calc(2 * var(--_space)), env(safe-area-inset-bottom));
    border-block-start: var(--_stroke) solid var(--_border);
  }
  .narrow-bar .button.round {
    padding-inline: calc(4 * var(--_space));
  }

  @container (inline-size < 640px) {
    .title-bar {
      display: grid;
      grid-template-columns: minmax(0, 1fr) max-content;
    }
    .search {
      grid-row: 2;
      grid-column: 1 / -1;
    }
    .filter-bar {
      flex-wrap: nowrap;
      overflow-x: auto;
      scrollbar-width: none;
    }
  }
`;

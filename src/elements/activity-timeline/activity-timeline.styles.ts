import { css } from 'lit';

export const timelineStyles = css`
  :host {
    min-block-size: 200px;
  }
  .base,
  .timeline {
    block-size: 100%;
  }
  .timeline {
    display: flex;
    flex-direction: column;
    background: var(--_surface);
  }

  .composer {
    flex: none;
    margin: calc(3 * var(--_space)) calc(4 * var(--_space));
    border: var(--_stroke) solid var(--_border);
    border-radius: var(--_radius-large);
    overflow: hidden;
  }
  .composer:focus-within {
    border-color: var(--_border-control);
  }
  .kinds {
    display: flex;
    flex-wrap: wrap;
    gap: 2px;
    padding: var(--_space) 6px 0;
  }
  .kind {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    min-block-size: var(--_control);
    padding-inline: calc(2.5 * var(--_space));
    border-block-end: 2px solid transparent;
    color: var(--_text-quiet);
    font-size: 13px;
  }
  button.kind {
    cursor: pointer;
  }
  button.kind:hover {
    color: var(--_text);
  }
  .kind.on {
    border-color: var(--_brand);
    color: var(--_text);
    font-weight: var(--_strong);
  }
  .note {
    display: block;
    box-sizing: border-box;
    inline-size: 100%;
    min-block-size: 48px;
    padding: calc(2.5 * var(--_space)) calc(3.5 * var(--_space)) 6px;
    border: 0;
    background: none;
    color: inherit;
    font: inherit;
    resize: vertical;
  }
  .note:focus-visible {
    outline: none;
  }
  .composer:has(.note:focus-visible) {
    outline: var(--_stroke-focus) solid var(--_focus);
    outline-offset: 1px;
  }
  .foot {
    display: flex;
    align-items: center;
    justify-content: end;
    gap: calc(2 * var(--_space));
    padding: 6px calc(2 * var(--_space)) calc(2 * var(--_space));
  }
  .foot .field-error {
    flex: 1;
  }

  .feed {
    flex: 1;
    min-block-size: 0;
    padding: 0 calc(4 * var(--_space)) calc(4 * var(--_space));
    overflow: auto;
    overflow-anchor: none;
  }
  .day {
    position: sticky;
    z-index: 1;
    inset-block-start: 0;
    margin: 0;
    padding-block: 6px;
    background: var(--_surface);
    color: var(--_text-quiet);
    font-size: var(--_font-size-small);
    font-weight: var(--_strong);
    line-height: var(--_line-height-small);
  }
  .entries {
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .entry {
    position: relative;
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: calc(3 * var(--_space));
    padding-block-end: calc(4 * var(--_space));
  }
  .entry::before {
    content: '';
    position: absolute;
    inset-block: 30px 2px;
    inset-inline-start: 13.5px;
    inline-size: var(--_stroke);
    background: var(--_border);
  }
  .entry[aria-busy='true'] {
    opacity: 0.6;
  }
  .head {
    display: flex;
    align-items: center;
    gap: calc(2 * var(--_space));
    min-block-size: 28px;
  }
  .subject-line {
    min-inline-size: 0;
    margin: 0;
    font: inherit;
    font-weight: var(--_strong);
  }
  .subject {
    text-align: start;
    font-weight: inherit;
    overflow-wrap: anywhere;
  }
  button.subject,
  a.subject,
  a.record {
    min-block-size: 24px;
    cursor: pointer;
  }
  button.subject:hover,
  a.subject:hover {
    text-decoration: underline;
  }
  .closed .subject-line {
    color: var(--_text-quiet);
  }
  .problem {
    color: var(--_warning-text);
  }
  .acts {
    display: flex;
    gap: 2px;
    margin-inline-start: auto;
    color: var(--_text-quiet);
  }
  .meta,
  .text {
    margin: 0;
  }
  .meta a.record {
    text-decoration: underline;
  }
  .text {
    margin-block-start: 2px;
    color: var(--_text-quiet);
    overflow-wrap: anywhere;
    white-space: pre-line;
  }
  .partial {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--_space);
    margin: calc(2 * var(--_space)) 0;
    padding: calc(2 * var(--_space)) calc(3 * var(--_space));
    border-radius: var(--_radius);
    background: var(--_danger-surface);
    color: var(--_danger-text);
  }
  .more {
    display: grid;
    justify-items: center;
  }
`;

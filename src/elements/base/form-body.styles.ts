import { css, type CSSResultGroup } from 'lit';
import { richTextStyles } from '../../ui/rich-text.styles.js';
import { draftOfferStyles } from './form-drafts.js';

/** For forms, after `dialogStyles` and `fieldsStyles`: side by side where there is room; what is long takes a line. */
export const formBodyStyles: CSSResultGroup = [
  richTextStyles,
  draftOfferStyles,
  css`
    .base {
      block-size: 100%;
    }
    .pane {
      display: flex;
      flex-direction: column;
      max-block-size: 100%;
      overflow: hidden;
    }
    .pane,
    .dialog {
      container-type: inline-size;
    }
    .form {
      display: grid;
      gap: calc(3.5 * var(--_space));
      transition: opacity var(--_duration-fade);
    }
    .form[aria-busy='true'] {
      opacity: 0.6;
    }
    .form-fields {
      --_gap: calc(3 * var(--_space));
      display: flex;
      flex-wrap: wrap;
      align-items: flex-start;
      gap: calc(3.5 * var(--_space)) var(--_gap);
    }
    .form-field {
      flex: 1 1 100%;
      min-inline-size: 0;
    }
    .form-field:is(.number, .duration, .boolean) {
      flex-basis: 128px;
    }
    /* In line with the input beside it, not with its label. */
    .form-field.boolean {
      align-self: flex-end;
    }
    .form-field.choice {
      flex-basis: max-content;
      min-inline-size: calc(50% - var(--_gap) / 2);
    }
    .form-field:is(.time, .phone, .url, .text:not(:first-child)) {
      flex-basis: calc(50% - var(--_gap) / 2);
      min-inline-size: min(100%, 288px);
    }
    .form-field .segmented {
      flex-wrap: wrap;
    }
    .form-field .segment {
      padding-inline: calc(2 * var(--_space));
    }
    .save-error {
      margin: 0;
      padding: calc(2 * var(--_space)) calc(3 * var(--_space));
      border-radius: var(--_radius);
      background: var(--_danger-surface);
      color: var(--_danger-text);
    }
    .line {
      display: grid;
      gap: calc(1.5 * var(--_space));
    }
    .understood {
      display: flex;
      flex-wrap: wrap;
      gap: var(--_space);
    }
    .understood > .chip {
      max-inline-size: 100%;
    }
    .saved {
      margin-inline-start: auto;
    }

    @media (forced-colors: active) {
      .save-error {
        border: var(--_stroke) solid CanvasText;
      }
    }
  `,
];

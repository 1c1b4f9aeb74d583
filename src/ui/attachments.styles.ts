import { css } from 'lit';

/** For elements that show `attachments()`. */
export const attachmentsStyles = css`
  .attachments {
    display: grid;
    gap: var(--_space);
    flex: 1 1 100%;
    min-inline-size: 0;
    border-radius: var(--_radius);
    outline: 2px dashed transparent;
    outline-offset: calc(1.5 * var(--_space));
  }
  .attachments.target {
    outline-color: var(--_brand);
    background: var(--_surface-selected);
  }
  .attachments-head {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: var(--_space);
  }
  .attachment-list {
    display: grid;
    gap: var(--_space);
  }
  .attachment {
    display: flex;
    align-items: center;
    gap: calc(2 * var(--_space));
    padding: var(--_space) calc(2 * var(--_space));
    border: var(--_stroke) solid var(--_border);
    border-radius: var(--_radius);
    background: var(--_surface);
  }
  .attachment:is(.failed, .refused) {
    border-color: var(--_danger-text);
  }
  .attachment.removed {
    border-style: dashed;
    background: none;
  }
  .attachment.removed .attachment-name {
    text-decoration: line-through;
  }
  .attachment > .icon {
    color: var(--_text-quiet);
  }
  .attachment-picture {
    flex: none;
    inline-size: 32px;
    block-size: 32px;
    border-radius: var(--_radius);
    object-fit: cover;
  }
  .attachment-open {
    max-inline-size: 100%;
    min-block-size: 24px;
    color: var(--_brand-text);
    text-align: start;
  }
  .attachment-open:hover {
    text-decoration: underline;
  }
  .attachment-name {
    display: -webkit-box;
    overflow: hidden;
    overflow-wrap: anywhere;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
  }
  .attachment-facts {
    display: block;
  }
  .attachment progress {
    display: block;
    inline-size: 100%;
    block-size: 4px;
    margin-block: var(--_space);
    accent-color: var(--_brand);
  }
  .attachment-acts {
    display: flex;
    flex-wrap: wrap;
    justify-content: flex-end;
    gap: var(--_space);
  }
  .attachment-preview {
    display: block;
    max-inline-size: 100%;
    max-block-size: 70vb;
    margin-inline: auto;
    border-radius: var(--_radius);
  }

  @media (forced-colors: active) {
    .attachments.target {
      outline-color: Highlight;
    }
  }
`;

import { css } from 'lit';

export const activityEditorStyles = css`
  :host {
    display: block;
  }
  .editor {
    border: var(--_stroke) solid var(--_border);
    border-block-end-color: var(--_border-control);
    border-radius: var(--_radius);
    background: var(--_surface);
  }
  .editor:focus-within {
    border-block-end-color: var(--_brand);
    box-shadow: inset 0 calc(-1 * var(--_stroke)) var(--_brand);
  }
  :host([aria-invalid='true']) .editor {
    border-color: var(--_danger-text);
  }
  .toolbar {
    display: flex;
    flex-wrap: wrap;
    gap: 2px;
    padding: 2px;
    border-block-end: var(--_stroke) solid var(--_border);
  }
  .link-bar {
    display: flex;
    gap: var(--_space);
    padding: var(--_space);
    border-block-end: var(--_stroke) solid var(--_border);
  }
  .text > .ProseMirror {
    min-block-size: calc(6 * var(--_line-height));
    max-block-size: 60vb;
    padding: calc(2 * var(--_space)) calc(2.5 * var(--_space));
    overflow: auto;
    outline: none;
    white-space: break-spaces;
    overflow-wrap: break-word;
    font-variant-ligatures: none;
  }
  .ProseMirror-hideselection *::selection {
    background: transparent;
  }
  .ProseMirror-selectednode {
    outline: 2px solid var(--_brand);
  }
  .ProseMirror [contenteditable='false'] {
    white-space: normal;
  }
  .ProseMirror li {
    position: relative;
  }
`;

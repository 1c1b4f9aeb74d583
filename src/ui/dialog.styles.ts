import { css } from 'lit';

/** For elements with a `DialogController`. A sheet from below where the window is narrower than 480 px. */
export const dialogStyles = css`
  .dialog {
    position: fixed;
    inset: 0;
    flex-direction: column;
    margin: auto;
    inline-size: 560px;
    max-inline-size: calc(100vw - 8 * var(--_space));
    block-size: fit-content;
    max-block-size: calc(100dvb - 16 * var(--_space));
    overflow: hidden;
    border-radius: var(--_radius-large);
    background: var(--_surface);
    color: var(--_text);
    box-shadow: var(--_shadow-raised);
    outline: none;
    opacity: 1;
    transition:
      opacity var(--_duration-fade) var(--_ease),
      translate var(--_duration-move) var(--_ease),
      scale var(--_duration-move) var(--_ease),
      filter var(--_duration-move) var(--_ease);
  }
  .dialog[open] {
    display: flex;
  }
  .dialog-small {
    inline-size: 420px;
  }
  .dialog-large {
    inline-size: 960px;
    block-size: 720px;
  }
  .dialog-side {
    margin-inline-end: 0;
    inline-size: 440px;
    block-size: 100dvb;
    max-block-size: none;
    border-start-end-radius: 0;
    border-end-end-radius: 0;
  }
  .dialog::backdrop {
    background: var(--_scrim);
    transition: opacity var(--_duration-fade);
  }
  .dialog[data-under] {
    transform-origin: top;
    scale: 0.95;
    translate: 0 -48px;
    filter: brightness(0.93);
  }
  .dialog[data-under='2'] {
    scale: 0.9;
    translate: 0 -84px;
  }
  /* One scrim is enough: each further one would darken the page more. */
  .dialog[data-under]::backdrop {
    opacity: 0;
  }
  @starting-style {
    .dialog[open] {
      opacity: 0;
      translate: 0 8px;
    }
    .dialog[open]::backdrop {
      opacity: 0;
    }
  }

  .dialog-header {
    display: flex;
    flex: none;
    align-items: center;
    gap: calc(2.5 * var(--_space));
    padding-block: calc(3.5 * var(--_space)) calc(2 * var(--_space));
    padding-inline: calc(5 * var(--_space)) calc(3 * var(--_space));
  }
  .dialog-title {
    font-size: 18px;
    line-height: 24px;
    font-weight: var(--_strong);
    overflow-wrap: anywhere;
  }
  .dialog-bar {
    display: flex;
    flex: none;
    flex-wrap: wrap;
    align-items: center;
    gap: calc(2 * var(--_space));
    padding: 0 calc(3.5 * var(--_space)) calc(2 * var(--_space));
    border-block-end: var(--_stroke) solid var(--_border);
  }
  .dialog-body {
    flex: 1;
    min-block-size: 0;
    overflow: auto;
    overscroll-behavior: contain;
    padding: calc(2 * var(--_space)) calc(5 * var(--_space)) calc(5 * var(--_space));
  }
  .dialog-footer {
    display: flex;
    flex: none;
    flex-wrap: wrap;
    align-items: center;
    gap: calc(2 * var(--_space));
    padding: calc(3 * var(--_space)) calc(5 * var(--_space));
    border-block-start: var(--_stroke) solid var(--_border);
  }

  @media (width < 480px) {
    .dialog {
      inset: auto 0 0;
      margin: 0;
      inline-size: 100%;
      max-inline-size: none;
      max-block-size: calc(100dvb - 6 * var(--_space));
      border-end-start-radius: 0;
      border-end-end-radius: 0;
    }
    .dialog-large,
    .dialog-side {
      block-size: calc(100dvb - 6 * var(--_space));
    }
    .dialog-footer {
      padding-block-end: max(calc(3 * var(--_space)), env(safe-area-inset-bottom));
    }
    .dialog-footer > .button {
      min-block-size: 44px;
    }
    .dialog-footer > .button.primary {
      flex: 1;
    }
    @starting-style {
      .dialog[open] {
        translate: 0 40px;
      }
    }
  }

  @media (prefers-reduced-motion: reduce) {
    @starting-style {
      .dialog[open] {
        translate: none;
      }
    }
  }
  @media (forced-colors: active) {
    .dialog {
      border: var(--_stroke) solid CanvasText;
    }
  }
`;

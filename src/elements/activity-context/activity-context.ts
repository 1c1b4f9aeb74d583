import { css, html, type CSSResultGroup, type TemplateResult } from 'lit';
import { ActivityElement } from '../base/activity-element.js';

/**
 * Hands provider, locale, time zone, messages, links and openers to all elements inside, so that they share one store: a card
 * moved on a board changes grid, calendar and timeline at once. Holds the live region and the notices. Takes no room itself.
 *
 * @element activity-context
 * @slot - The elements that share the context, and anything else.
 * @csspart base - What stands above the page: notices and dialogs.
 * @csspart notices - The stack of notices.
 * @csspart notice - One notice; also `done` or `error`.
 */
export class ActivityContext extends ActivityElement {
  static override readonly styles: CSSResultGroup = [
    ActivityElement.styles,
    css`
      :host {
        display: contents;
      }
      .base {
        block-size: 0;
      }
    `,
  ];

  protected override get isContext(): boolean {
    return true;
  }

  protected override render(): TemplateResult {
    return html`<slot></slot>${super.render()}`;
  }

  protected override renderContent(): unknown {
    return undefined;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'activity-context': ActivityContext;
  }
}

import { css, html, type CSSResultGroup, type TemplateResult } from 'lit';
import type { Activity, ActivityDraft } from '../../model/activity.js';
import { ActivityElement } from '../base/activity-element.js';

/**
 * Hands provider, locale, time zone, messages, links and openers to all elements inside, so that they share one store: a card
 * moved on a board changes grid, calendar and timeline at once. Holds the live region and the notices. Takes no room itself.
 *
 * @element activity-context
 * @slot - The elements that share the context, and anything else.
 * @fires {ActivityComposeEvent} activity-compose - Before `compose()` offers a draft; cancelable.
 * @fires {ActivityOpenEvent} activity-open - Before `open()` shows an activity; cancelable.
 * @csspart base - What stands above the page: notices and dialogs.
 * @csspart scope-question - For which dates of a series something is meant.
 * @csspart scope-this - Only this one.
 * @csspart scope-following - This and all later ones.
 * @csspart scope-all - All of them.
 * @csspart notices - The stack of notices.
 * @csspart notice - One notice; also `done` or `error`.
 * @csspart waiting - What is said while one is offline, or changes wait to be sent.
 * @csspart waiting-change - One change in the list of what waits.
 * @cssstate waiting - One is offline, or changes wait to be sent: leave room at the end of the page for the line that says so.
 * @csspart dialog - A dialog: what waits to be sent, or two versions of an activity.
 * @csspart dialog-header - The line of a dialog's title.
 * @csspart dialog-body - What scrolls in it.
 * @csspart dialog-footer - Its buttons.
 * @csspart close - Its ×.
 * @csspart primary - The primary button.
 * @csspart done - A notice of what was done.
 * @csspart error - A notice of what failed.
 * @csspart button - What dismisses a notice.
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

  protected override get needsSource(): boolean {
    return false;
  }

  /** Offers something new to fill in, for a button of the host's own: asks by `activity-compose`, then shows `activity-quick-create`, if that is defined. */
  async compose(draft: ActivityDraft): Promise<void> {
    await this.requests.compose(draft);
  }

  /** Shows an activity: asks by `activity-open`, then shows `activity-form`, if that is defined. */
  async open(activity: Activity): Promise<void> {
    await this.requests.open(activity);
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

import { html, type ReactiveControllerHost } from 'lit';
import { button } from './button.js';
import { DialogController } from './dialog.js';

export interface LeaveGuardWords {
  /** "Discard your changes?" */
  readonly title: string;
  /** "What you typed is not saved yet." */
  readonly text: string;
  readonly discard: string;
  readonly keep: string;
  readonly closeLabel: string;
}

/** Asks before something that was typed is thrown away. Put `render` inside `.base`, beside the dialog it guards. */
export class LeaveGuard {
  readonly #dialog: DialogController;
  #answer: ((leave: boolean) => void) | undefined;

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#dialog = new DialogController(host, { onClose: () => this.#settle(false) });
  }

  /** Resolves to whether the user lets it go. */
  ask(): Promise<boolean> {
    return new Promise((resolve) => {
      this.#answer = resolve;
      void this.#dialog.show();
    });
  }

  /** There is nothing to be lost any more: takes the question back. */
  dismiss(): void {
    this.#settle(false);
  }

  #settle(leave: boolean): void {
    const answer = this.#answer;
    this.#answer = undefined;
    this.#dialog.hide();
    answer?.(leave);
  }

  render(words: LeaveGuardWords): unknown {
    return this.#dialog.render({
      title: words.title,
      closeLabel: words.closeLabel,
      size: 'small',
      role: 'alertdialog',
      part: 'leave-guard',
      body: html`<p>${words.text}</p>`,
      footer: html`
        ${button({ label: words.keep, kind: 'primary', onClick: () => this.#settle(false) })}
        ${button({
          label: words.discard,
          danger: true,
          part: 'discard',
          onClick: () => this.#settle(true),
        })}
      `,
    });
  }
}

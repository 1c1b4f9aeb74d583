import { html, nothing } from 'lit';
import type { Day } from '../../model/time.js';
import { button } from '../../ui/button.js';
import { DialogController } from '../../ui/dialog.js';
import { timeField } from '../../ui/fields/time-field.js';
import type { ActivityWorkspace } from './activity-workspace.js';

/** Asks for a day. */
export class DayPicker {
  readonly #host: ActivityWorkspace;
  readonly #dialog: DialogController;
  #asked: { readonly title: string; readonly run: (day: Day) => void } | undefined;
  #day: Day | undefined;

  constructor(host: ActivityWorkspace) {
    this.#host = host;
    this.#dialog = new DialogController(host, { lightDismiss: true });
  }

  open(title: string, run: (day: Day) => void): void {
    this.#asked = { title, run };
    this.#day = undefined;
    void this.#dialog.show().then(() => this.#dialog.element?.querySelector('input')?.focus());
  }

  #apply(): void {
    const day = this.#day;
    if (day === undefined) return;
    this.#dialog.hide();
    this.#asked?.run(day);
  }

  readonly #keydown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.isComposing) return;
    if (!(event.target instanceof HTMLInputElement)) return;
    event.preventDefault();
    this.#apply();
  };

  render(): unknown {
    if (!this.#dialog.isOpen || !this.#asked) return nothing;
    const { words } = this.#host;
    return this.#dialog.render({
      title: this.#asked.title,
      closeLabel: words.say('action.close'),
      size: 'small',
      body: html`<div class="ask" @keydown=${this.#keydown}>
        ${timeField({
          id: 'chosen-day',
          label: words.say('field.date'),
          words,
          value: this.#day,
          precision: 'day',
          onChange: (day) => {
            this.#day = day;
            this.#host.requestUpdate();
          },
          onProblem: () => undefined,
        })}
      </div>`,
      footer: button({
        label: words.say('action.apply'),
        kind: 'primary',
        disabled: this.#day === undefined,
        onClick: () => this.#apply(),
      }),
    });
  }
}

import { html } from 'lit';
import type { SeriesScope } from '../../model/recurrence.js';
import { button } from '../../ui/button.js';
import { DialogController } from '../../ui/dialog.js';
import type { ActivityElement } from './activity-element.js';

/** Asks for which dates of a series something is meant. The layer has the one for all elements in it. */
export class ScopeQuestion {
  readonly #host: ActivityElement;
  readonly #dialog: DialogController;
  #act: 'save' | 'delete' = 'save';
  #scopes: readonly SeriesScope[] = [];
  #answer: ((scope: SeriesScope | undefined) => void) | undefined;

  constructor(host: ActivityElement) {
    this.#host = host;
    this.#dialog = new DialogController(host, { onClose: () => this.#settle(undefined) });
  }

  /** Resolves to the user's word; undefined: nothing is to be done. Where there is no choice, nobody is asked. */
  ask(act: 'save' | 'delete', scopes: readonly SeriesScope[]): Promise<SeriesScope | undefined> {
    if (scopes.length < 2) return Promise.resolve(scopes[0] ?? 'this');
    this.#settle(undefined);
    this.#act = act;
    this.#scopes = scopes;
    return new Promise((resolve) => {
      this.#answer = resolve;
      void this.#dialog.show();
    });
  }

  #settle(scope: SeriesScope | undefined): void {
    const answer = this.#answer;
    this.#answer = undefined;
    this.#dialog.hide();
    answer?.(scope);
  }

  render(): unknown {
    const { words } = this.#host;
    return this.#dialog.render({
      title: words.say(`scope.${this.#act}`),
      closeLabel: words.say('action.close'),
      size: 'small',
      part: 'scope-question',
      body: html`<p>${words.say('scope.text')}</p>
        <div class="scopes">
          ${this.#scopes.map((scope, index) =>
            button({
              label: words.say(`scope.${scope}`),
              kind: index === 0 && this.#act === 'save' ? 'primary' : 'outline',
              part: `scope-${scope}`,
              onClick: () => this.#settle(scope),
            }),
          )}
        </div>
        <p class="small quiet">${words.say('scope.keeps')}</p>`,
    });
  }
}

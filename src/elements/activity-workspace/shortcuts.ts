import { html, nothing } from 'lit';
import { DialogController } from '../../ui/dialog.js';
import type { ActivityWorkspace } from './activity-workspace.js';

/** The sheet of keys, on `?` and from the menu. */
export class Shortcuts {
  readonly #host: ActivityWorkspace;
  readonly #dialog: DialogController;

  constructor(host: ActivityWorkspace) {
    this.#host = host;
    this.#dialog = new DialogController(host, { lightDismiss: true });
  }

  open(): void {
    void this.#dialog.show();
  }

  /** `?` and `/`, but not where somebody types, and not while a dialog or a menu is open. */
  readonly keydown = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key !== '?' && event.key !== '/') return;
    const path = event.composedPath();
    const isElsewhere = path.some(
      (one) =>
        one instanceof HTMLElement &&
        (one.matches(
          'input:not([type=checkbox], [type=radio]), textarea, select, dialog, [popover]',
        ) ||
          one.isContentEditable),
    );
    if (isElsewhere) return;
    event.preventDefault();
    if (event.key === '?') this.open();
    else this.#host.focusSearch();
  };

  render(): unknown {
    if (!this.#dialog.isOpen) return nothing;
    const { words } = this.#host;
    const groups: readonly (readonly [string, readonly (readonly [string, string])[]])[] = [
      [
        words.say('keys.page'),
        [
          ['?', words.say('keys.open')],
          ['/', words.say('filter.search')],
          ['Tab', words.say('keys.next-part')],
          ['Esc', words.say('action.close')],
        ],
      ],
      [
        words.say('show.grid'),
        [
          ['↑ ↓ ← →', words.say('keys.move')],
          ['Enter', words.say('action.open')],
          [words.say('keys.space'), words.say('action.select')],
          ['Ctrl+A', words.say('action.select-all')],
        ],
      ],
      [
        words.say('queue.title'),
        [
          ['C', words.say('action.complete')],
          ['S', words.say('queue.snooze')],
          ['O', words.say('action.open')],
          ['K', words.say('queue.skip')],
          ['B', words.say('queue.back')],
          ['Esc', words.say('queue.leave')],
        ],
      ],
    ];
    return this.#dialog.render({
      isText: true,
      title: words.say('keys.title'),
      closeLabel: words.say('action.close'),
      body: html`<div class="ask keys">
        ${groups.map(
          ([title, keys]) =>
            html`<section aria-label=${title}>
              <h3 class="strong">${title}</h3>
              <dl>
                ${keys.map(
                  ([key, what]) =>
                    html`<div>
                      <dt><kbd>${key}</kbd></dt>
                      <dd>${what}</dd>
                    </div>`,
                )}
              </dl>
            </section>`,
        )}
      </div>`,
    });
  }
}

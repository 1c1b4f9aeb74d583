import { html, nothing, type ReactiveController } from 'lit';
import { DialogController } from '../../ui/dialog.js';
import type { ActivityWorkspace } from './activity-workspace.js';
import { composeFirst } from './command-bar.js';

/** The sheet of keys, on `?` and from the menu; and what a key does on the whole page. */
export class Shortcuts implements ReactiveController {
  readonly #host: ActivityWorkspace;
  readonly #dialog: DialogController;

  constructor(host: ActivityWorkspace) {
    this.#host = host;
    this.#dialog = new DialogController(host, { lightDismiss: true });
    host.addController(this);
  }

  hostConnected(): void {
    document.addEventListener('keydown', this.#pageKeydown);
  }

  hostDisconnected(): void {
    document.removeEventListener('keydown', this.#pageKeydown);
  }

  /** Alt+N, from everywhere inside, and from a page on which nothing has the focus yet. */
  readonly #pageKeydown = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || !event.altKey || event.ctrlKey || event.metaKey) return;
    // With Option a Mac types another letter; which key it was is still known.
    if (event.shiftKey || !(event.key.toLowerCase() === 'n' || event.code === 'KeyN')) return;
    const path = event.composedPath();
    const isNowhere = path[0] === document.body || path[0] === document.documentElement;
    if (!isNowhere && !path.includes(this.#host)) return;
    if (path.some((one) => one instanceof Element && one.matches('dialog'))) return;
    if (composeFirst(this.#host)) event.preventDefault();
  };

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
          ['Alt+N', words.say('action.new')],
          ['Tab', words.say('keys.next-part')],
          ['Esc', words.say('action.close')],
        ],
      ],
      [
        words.say('show.grid'),
        [
          ['↑ ↓ ← →', words.say('keys.move')],
          ['A–Z', words.say('keys.type-ahead')],
          ['Enter', words.say('action.open')],
          [words.say('keys.space'), words.say('action.select')],
          ['Shift+↑ ↓', words.say('keys.select-on')],
          ['Ctrl+A', words.say('action.select-all')],
          ['Ctrl+C', words.say('keys.copy')],
          ['F2', words.say('keys.edit')],
          ['Shift+F10', words.say('keys.row-menu')],
          ['Alt+↓', words.say('keys.column-menu')],
          ['Shift+Enter', words.say('keys.sort-also')],
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
          ['U', words.say('action.undo')],
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

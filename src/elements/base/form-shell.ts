import { html, nothing, type TemplateResult } from 'lit';
import { button } from '../../ui/button.js';
import { DialogController, type DialogContent } from '../../ui/dialog.js';
import { LeaveGuard } from '../../ui/leave-guard.js';
import type { ActivityElement } from './activity-element.js';

/** An element that is a form: in the page, or in a dialog over it. */
export interface FormHost extends ActivityElement {
  mode: 'inline' | 'side' | 'dialog';
  /** In modes side and dialog: whether it is shown. */
  open: boolean;
}

export interface FormShellHooks {
  /** Something would be lost: ask before it is. */
  readonly mayLose: () => boolean;
  /** The user left, or is done; what was filled in is of no more use. */
  readonly onEnd?: () => void;
  /** In the page it can be closed, too: by its × and by Escape. */
  readonly closesInline?: boolean;
}

export type FormContent = Omit<DialogContent, 'closeLabel' | 'part' | 'role'>;

/** What is around a form: a dialog that asks before what was typed is lost, or a pane in the page. */
export class FormShell {
  readonly #host: FormHost;
  readonly #hooks: FormShellHooks;
  readonly #guard: LeaveGuard;
  readonly #dialog: DialogController;

  constructor(host: FormHost, hooks: FormShellHooks) {
    this.#host = host;
    this.#hooks = hooks;
    this.#guard = new LeaveGuard(host);
    this.#dialog = new DialogController(host, {
      onCancel: () => this.#mayLeave(),
      onClose: () => this.#closed(),
    });
  }

  get isShown(): boolean {
    return this.#host.mode === 'inline' || this.#host.open;
  }

  /** Before every rendering of the host: shows or hides the dialog as the host says. */
  follow(): void {
    const { mode, open } = this.#host;
    if (mode !== 'inline' && open) void this.#dialog.show();
    else this.#dialog.hide();
  }

  /** Ends it without asking. */
  close(): void {
    this.#guard.dismiss();
    if (this.#host.mode !== 'inline') this.#dialog.hide();
    else this.#end();
  }

  #mayLeave(): boolean | Promise<boolean> {
    return !this.#hooks.mayLose() || this.#guard.ask();
  }

  #closed(): void {
    // Closed by the host itself: it knows, and what was typed stays.
    if (!this.#host.open) return;
    this.#host.open = false;
    this.#end();
  }

  #end(): void {
    this.#hooks.onEnd?.();
    this.#host.dispatchEvent(new Event('close'));
  }

  async #leave(): Promise<void> {
    if (await this.#mayLeave()) this.#end();
  }

  readonly #keydown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing) return;
    event.preventDefault();
    void this.#leave();
  };

  render(content: FormContent): TemplateResult {
    const { words, mode } = this.#host;
    const closeLabel = words.say('action.close');
    const guard = this.#guard.render({
      title: words.say('confirm.discard'),
      text: words.say('confirm.discard-text'),
      discard: words.say('action.discard'),
      keep: words.say('action.keep-editing'),
      closeLabel,
    });
    const shell =
      mode === 'inline'
        ? this.#pane(content)
        : this.#dialog.render({
            ...content,
            closeLabel,
            ...(mode === 'side' && { size: 'side' as const }),
          });
    return html`${shell} ${guard}`;
  }

  #pane({ title, subtitle, mark, actions, bar, body, footer }: FormContent): TemplateResult {
    const { words } = this.#host;
    const closes = this.#hooks.closesInline === true;
    return html`<section
      class="pane card-surface"
      part="pane"
      aria-label=${title}
      @keydown=${closes ? this.#keydown : nothing}
    >
      <header class="dialog-header">
        ${mark}
        <div class="grow">
          <h2 class="dialog-title"><bdi>${title}</bdi></h2>
          ${subtitle === undefined ? nothing : html`<p class="small quiet"><bdi>${subtitle}</bdi></p>`}
        </div>
        ${actions}
        ${
          closes
            ? button({
                label: words.say('action.close'),
                icon: 'close',
                iconOnly: true,
                part: 'close',
                onClick: () => void this.#leave(),
              })
            : nothing
        }
      </header>
      ${bar === undefined ? nothing : html`<div class="dialog-bar">${bar}</div>`}
      <div class="dialog-body">${body}</div>
      ${footer === undefined ? nothing : html`<footer class="dialog-footer">${footer}</footer>`}
    </section>`;
  }
}

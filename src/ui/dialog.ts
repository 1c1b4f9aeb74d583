import { html, nothing, type ReactiveController, type ReactiveControllerHost } from 'lit';
import { createRef, ref } from 'lit/directives/ref.js';
import { button } from './button.js';
import { deepActiveElement, focusInto, hostsOf, returnFocus } from './deep-focus.js';

export interface DialogContent {
  /** Nothing in the body takes the focus: it is a stop of its own, so that keys can scroll it. */
  readonly isText?: boolean;
  /** Its heading and accessible name. */
  readonly title: string;
  /** One quiet line under the title. */
  readonly subtitle?: unknown;
  /** Before the title: a tile. */
  readonly mark?: unknown;
  /** At the end of the title's line, before the ×. */
  readonly actions?: unknown;
  /** A row of commands under the title. */
  readonly bar?: unknown;
  readonly body: unknown;
  /** Its buttons; under 480 px they stand at the thumb. */
  readonly footer?: unknown;
  readonly closeLabel: string;
  /** Default: `medium`. `small` is a question, `large` a form with its side, `side` a pane at the end of the page. */
  readonly size?: 'small' | 'medium' | 'large' | 'side';
  /** `alertdialog` for a question that must be answered. */
  readonly role?: 'dialog' | 'alertdialog';
  readonly part?: string;
}

export interface DialogHooks {
  /** The user wants out (Escape, ×, a press outside, a phone's back). False keeps it open: there are unsaved edits. */
  readonly onCancel?: () => boolean | undefined | Promise<boolean | undefined>;
  /** It is closed, by whatever way. */
  readonly onClose?: () => void;
  /** Where focus goes when what had it before is gone. Default: into the nearest element around that. */
  readonly onOrphan?: () => void;
  /** A press outside is a cancel too. For what holds nothing that could be lost. */
  readonly lightDismiss?: boolean;
}

/** All open ones of the page, lowest first, so that those below can step back. */
const stack: HTMLDialogElement[] = [];

function stepBack(): void {
  for (const [index, dialog] of stack.entries()) {
    const above = Math.min(2, stack.length - 1 - index);
    if (above > 0) dialog.dataset['under'] = String(above);
    else delete dialog.dataset['under'];
  }
}

/**
 * An element's modal dialog: native, in the top layer, over any other that is open. Focus goes to the first
 * `[data-autofocus]` (or the dialog) and returns to where it was, through shadow roots.
 *
 * ```ts
 * #dialog = new DialogController(this, { onCancel: () => this.#mayLeave() });
 * html`${this.#dialog.render({ title, closeLabel, body: html`…`, footer: html`…` })}`
 * this.#dialog.show();
 * ```
 */
export class DialogController implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #hooks: DialogHooks;
  readonly #ref = createRef<HTMLDialogElement>();
  #opener: Element | null = null;
  /** The elements that the opener stands in, which may outlive it. */
  #around: readonly HTMLElement[] = [];
  #open = false;
  /** Of which the event that tells is still to come: it may be open again by then. */
  readonly #closedHere = new WeakSet<Element>();
  #asking = false;
  #pressedOutside = false;

  constructor(host: ReactiveControllerHost & HTMLElement, hooks: DialogHooks = {}) {
    this.#host = host;
    this.#hooks = hooks;
    host.addController(this);
  }

  get isOpen(): boolean {
    return this.#open;
  }

  get element(): HTMLDialogElement | undefined {
    return this.#ref.value;
  }

  /** Resolves when it stands and has the focus. */
  async show(): Promise<void> {
    if (this.#open) return;
    this.#open = true;
    this.#opener = deepActiveElement();
    this.#around = hostsOf(this.#opener);
    this.#host.requestUpdate();
    await this.#host.updateComplete;
    this.#raise();
  }

  /** Closes without asking. */
  hide(): void {
    if (!this.#open) return;
    this.#open = false;
    const dialog = this.element;
    this.#leaveStack();
    if (dialog?.open) {
      this.#closedHere.add(dialog);
      dialog.close();
    }
    if (!returnFocus(this.#opener)) this.#orphaned();
    this.#opener = null;
    this.#around = [];
    this.#host.requestUpdate();
    this.#hooks.onClose?.();
  }

  #orphaned(): void {
    if (this.#hooks.onOrphan) this.#hooks.onOrphan();
    else this.#around.some(focusInto);
  }

  /** Closes as the user does: asks first. Resolves to whether it closed. */
  async cancel(): Promise<boolean> {
    if (!this.#open || this.#asking) return false;
    this.#asking = true;
    try {
      if ((await this.#hooks.onCancel?.()) === false) return false;
    } finally {
      this.#asking = false;
    }
    this.hide();
    return true;
  }

  render(content: DialogContent): unknown {
    return this.#open ? dialog(content, this) : nothing;
  }

  hostConnected(): void {
    // A move in the document takes it out of the top layer.
    if (this.#open) void this.#host.updateComplete.then(() => this.#raise());
  }

  hostDisconnected(): void {
    this.#leaveStack();
  }

  /** For the template. */
  readonly handlers = {
    ref: this.#ref,
    close: (): void => void this.cancel(),
    keydown: (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing) return;
      // Taken here, before the browser's own way, which a second Escape would close it by unasked.
      event.preventDefault();
      event.stopPropagation();
      void this.cancel();
    },
    nativeCancel: (event: Event): void => {
      if (event.target !== event.currentTarget) return;
      event.preventDefault();
      void this.cancel();
    },
    nativeClose: (event: Event): void => {
      // Closed by the browser against our will: as if cancelled, and back if that is refused.
      if (event.target !== event.currentTarget) return;
      if (this.#closedHere.delete(event.target as Element)) return;
      if (!this.#open || this.element?.open) return;
      void this.cancel().then((closed) => {
        if (!closed) this.#raise();
      });
    },
    // `closedby` would do this where it exists, but not in Safari, and it cannot be refused everywhere.
    pointerdown: (event: PointerEvent): void => {
      this.#pressedOutside = this.#isOutside(event);
    },
    click: (event: MouseEvent): void => {
      // Both ends of the press: text that is selected beyond the edge is no wish to leave.
      if (this.#hooks.lightDismiss && this.#pressedOutside && this.#isOutside(event)) {
        void this.cancel();
      }
    },
  };

  #isOutside(event: MouseEvent): boolean {
    const dialog = this.element;
    if (!dialog || event.target !== dialog) return false;
    const { left, right, top, bottom } = dialog.getBoundingClientRect();
    const { clientX: x, clientY: y } = event;
    return x < left || x > right || y < top || y > bottom;
  }

  #raise(): void {
    const dialog = this.element;
    if (!this.#open || !dialog?.isConnected || dialog.matches(':modal')) return;
    dialog.removeAttribute('open');
    dialog.showModal();
    if (!stack.includes(dialog)) stack.push(dialog);
    stepBack();
    (dialog.querySelector<HTMLElement>('[data-autofocus]') ?? dialog).focus();
  }

  #leaveStack(): void {
    const index = this.element ? stack.indexOf(this.element) : -1;
    if (index >= 0) stack.splice(index, 1);
    stepBack();
  }
}

/** The shell of a dialog: title line, commands, body, footer. */
export function dialog(content: DialogContent, { handlers }: DialogController): unknown {
  const { bar, footer, size = 'medium' } = content;
  return html`<dialog
    ${ref(handlers.ref)}
    class="dialog dialog-${size}"
    part=${content.part ?? 'dialog'}
    role=${content.role ?? nothing}
    aria-label=${content.title}
    tabindex="-1"
    @keydown=${handlers.keydown}
    @cancel=${handlers.nativeCancel}
    @close=${handlers.nativeClose}
    @pointerdown=${handlers.pointerdown}
    @click=${handlers.click}
  >
    <div class="dialog-header" part="dialog-header">
      ${content.mark}
      <div class="grow">
        <h2 class="dialog-title"><bdi>${content.title}</bdi></h2>
        ${
          content.subtitle === undefined
            ? nothing
            : html`<p class="small quiet"><bdi>${content.subtitle}</bdi></p>`
        }
      </div>
      ${content.actions}
      ${button({
        label: content.closeLabel,
        icon: 'close',
        iconOnly: true,
        part: 'close',
        onClick: handlers.close,
      })}
    </div>
    ${bar === undefined ? nothing : html`<div class="dialog-bar" part="dialog-bar">${bar}</div>`}
    <div class="dialog-body" part="dialog-body" tabindex=${content.isText ? 0 : nothing}>
      ${content.body}
    </div>
    ${
      footer === undefined
        ? nothing
        : html`<div class="dialog-footer" part="dialog-footer">${footer}</div>`
    }
  </dialog>`;
}

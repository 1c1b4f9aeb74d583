import { html, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { button } from '../../ui/button.js';
import { PopoverController, type Anchor, type PopoverOptions } from '../../ui/popover.js';

export interface PanelOptions {
  /** Its accessible name. */
  readonly label: string;
  /** Asked at every render. */
  readonly content: () => unknown;
  /** What its primary button says, and what happens by it or by Enter; left out, it has none. */
  readonly apply?: { readonly label: string; readonly run: () => void } | undefined;
  /** A second, plain button. */
  readonly other?: { readonly label: string; readonly run: () => void } | undefined;
  readonly placement?: PopoverOptions['placement'];
  /** Escape was pressed: it closes. */
  readonly onEscape?: () => void;
  /** Somebody presses, or goes with the focus, elsewhere. True: it stays open. */
  readonly onLeave?: () => boolean;
  readonly onClose?: () => void;
}

const CONTROL = ':is(input, select, textarea, button):not([tabindex="-1"], :disabled)';

/** Where Tab would lead first: of radios to the checked one. */
function first(popover: HTMLElement): HTMLElement | null {
  const control = popover.querySelector<HTMLElement>(CONTROL);
  if (!control?.matches('[type=radio]')) return control;
  return control.closest('[role=radiogroup]')?.querySelector<HTMLElement>(':checked') ?? control;
}

/** One small form that hangs on what opened it: a filter, a date, a value that is edited. One at a time. */
export class PanelController {
  readonly #popover: PopoverController;
  #options: PanelOptions | undefined;

  constructor(host: ReactiveControllerHost & HTMLElement, hooks: { onOrphan?: () => void } = {}) {
    this.#popover = new PopoverController(host, {
      ...hooks,
      onLeave: () => this.#options?.onLeave?.() ?? false,
      onClose: () => this.#options?.onClose?.(),
    });
  }

  get isOpen(): boolean {
    return this.#popover.isOpen;
  }

  open(anchor: Anchor, options: PanelOptions): Promise<void> {
    this.#popover.close({ focus: false });
    this.#options = options;
    return this.#popover.open(anchor, {
      placement: options.placement ?? 'bottom-start',
      focus: first,
    });
  }

  close(): void {
    this.#popover.close();
  }

  render(): unknown {
    const options = this.#options;
    if (!options || !this.isOpen) return undefined;
    return this.#popover.render({
      label: options.label,
      className: 'panel',
      part: 'panel',
      onKeydown: (event) => this.#keydown(event, options),
      content: this.#content(options),
    });
  }

  #content({ label, content, apply, other }: PanelOptions): TemplateResult {
    return html`<div class="panel-body">
      <div class="strong clip" dir="auto" aria-hidden="true">${label}</div>
      ${content()}
      <div class="panel-buttons">
        ${apply ? button({ label: apply.label, kind: 'primary', small: true, onClick: apply.run }) : ''}
        ${other ? button({ label: other.label, small: true, onClick: other.run }) : ''}
      </div>
    </div>`;
  }

  #keydown(event: KeyboardEvent, { apply, onEscape }: PanelOptions): void {
    if (event.key === 'Escape' && !event.isComposing && !event.defaultPrevented) onEscape?.();
    if (event.key !== 'Enter' || event.isComposing || event.defaultPrevented || !apply) return;
    const target = event.target as HTMLElement;
    // A button does what it says; in a list of suggestions Enter chooses one.
    if (target.matches('button, textarea, [aria-expanded=true]')) return;
    event.preventDefault();
    event.stopPropagation();
    target.dispatchEvent(new Event('change', { bubbles: true }));
    apply.run();
  }
}

import { nothing, type TemplateResult } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import { icon as glyph } from './icon.js';
import { html } from './tight-html.js';

export interface ButtonOptions {
  /** What it does, in words; the accessible name and, on an icon-only button, the tooltip. */
  readonly label: string;
  readonly icon?: string;
  /** Default: `plain`. One primary per surface. */
  readonly kind?: 'primary' | 'outline' | 'plain' | 'link';
  /** Of what cannot be taken back. */
  readonly danger?: boolean;
  readonly small?: boolean;
  readonly iconOnly?: boolean;
  /** It stays focusable, so that its reason can be read, and does nothing. */
  readonly disabled?: boolean;
  /** Why it is disabled. */
  readonly why?: string | undefined;
  /** Makes it a toggle. */
  readonly pressed?: boolean;
  readonly popup?: 'menu' | 'dialog' | 'listbox';
  /** A tooltip beyond the label: a shortcut, the exact date. */
  readonly hint?: string;
  /** Its name for CSS; `button` when left out. `primary`, `pressed` and `disabled` are added by themselves. */
  readonly part?: string;
  /** Further classes. */
  readonly className?: string;
  /** Finds it again after an update, see `FocusKeeper`. */
  readonly focusKey?: string;
  /** -1 where the focus roves. */
  readonly tabIndex?: number;
  readonly onClick: (event: MouseEvent) => void;
}

/** A button. */
export function button(options: ButtonOptions): TemplateResult<1> {
  const { label, kind = 'plain', iconOnly = false, disabled = false, pressed } = options;
  const why = disabled ? options.why : undefined;
  const classes = [
    'button',
    kind,
    iconOnly && 'icon-only',
    options.small && 'small',
    options.danger && 'danger',
    options.className,
  ];
  const parts = [
    options.part ?? 'button',
    kind === 'primary' && 'primary',
    pressed && 'pressed',
    disabled && 'disabled',
  ];
  const click = (event: MouseEvent): void => {
    if (disabled) event.stopPropagation();
    else options.onClick(event);
  };
  return html`<button
    type="button"
    class=${classes.filter(Boolean).join(' ')}
    part=${parts.filter(Boolean).join(' ')}
    title=${why ?? options.hint ?? (iconOnly ? label : nothing)}
    aria-label=${iconOnly ? label : nothing}
    aria-description=${ifDefined(why)}
    aria-disabled=${disabled ? 'true' : nothing}
    aria-pressed=${pressed === undefined ? nothing : String(pressed)}
    aria-haspopup=${ifDefined(options.popup)}
    tabindex=${ifDefined(options.tabIndex)}
    data-focus=${ifDefined(options.focusKey)}
    @click=${click}
  >
    ${options.icon === undefined ? nothing : glyph(options.icon)}${
      iconOnly ? nothing : html`<span class="label">${label}</span>`
    }
  </button>`;
}

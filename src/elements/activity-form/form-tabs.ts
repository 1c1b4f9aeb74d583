import { html, type TemplateResult } from 'lit';

export interface FormTab {
  readonly name: string;
  readonly label: string;
}

/** The tabs of a form, after the APG's: arrows, Home and End move and show at once. The panel has the id `panel-NAME`. */
export function formTabs(
  label: string,
  tabs: readonly FormTab[],
  chosen: string,
  isRightToLeft: boolean,
  onChoose: (name: string) => void,
): TemplateResult {
  const keydown = (event: KeyboardEvent): void => {
    const at = tabs.findIndex(({ name }) => name === chosen);
    const [on, back] = isRightToLeft ? ['ArrowLeft', 'ArrowRight'] : ['ArrowRight', 'ArrowLeft'];
    const to = { [on]: at + 1, [back]: at - 1, Home: 0, End: tabs.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const next = tabs[(to + tabs.length) % tabs.length];
    const list = event.currentTarget as HTMLElement;
    if (!next) return;
    onChoose(next.name);
    list.querySelector<HTMLElement>(`#tab-${next.name}`)?.focus();
  };
  return html`<div
    class="form-tabs"
    part="tabs"
    role="tablist"
    aria-label=${label}
    @keydown=${keydown}
  >
    ${tabs.map(
      ({ name, label: word }) =>
        html`<button
          type="button"
          role="tab"
          class="form-tab"
          part="tab${name === chosen ? ' on' : ''}"
          id="tab-${name}"
          aria-selected=${name === chosen ? 'true' : 'false'}
          aria-controls="panel-${name}"
          tabindex=${name === chosen ? 0 : -1}
          @click=${() => onChoose(name)}
        >
          ${word}
        </button>`,
    )}
  </div>`;
}

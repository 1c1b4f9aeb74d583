import { html, nothing } from 'lit';
import type { Refusal } from '../../model/activity.js';
import { mayCreate, type PermissionContext } from '../../provider/may.js';
import { DialogController } from '../../ui/dialog.js';
import { icon } from '../../ui/icon.js';
import type { ActivityWorkspace } from './activity-workspace.js';

/** What is not offered, and why. */
export interface MissingOption {
  readonly option: { readonly create: string } | { readonly act: (typeof ACTS)[number] };
  readonly refusal: Refusal;
}

/** What a user would look for in the bars. */
const ACTS = ['complete', 'cancel', 'assign', 'edit', 'remove', 'export'] as const;
const METHODS = {
  complete: 'transition',
  cancel: 'transition',
  assign: 'update',
  edit: 'update',
  remove: 'remove',
} as const;

/** All that the data source refuses whatever is selected: what may not be created, and what may not be done. */
export function missingOptions(context: PermissionContext): readonly MissingOption[] {
  const { provider, capabilities, types } = context;
  const missing: MissingOption[] = [];
  for (const { name } of types) {
    const answer = mayCreate(name, context);
    if (answer !== true) missing.push({ option: { create: name }, refusal: answer });
  }
  for (const act of ACTS) {
    const declared = capabilities?.acts?.[act];
    const hasMethod = act === 'export' || provider[METHODS[act]] !== undefined;
    const refusal: Refusal | true | undefined = hasMethod
      ? declared
      : { reason: 'not-switched-on' };
    if (refusal !== undefined && refusal !== true) missing.push({ option: { act }, refusal });
  }
  return missing;
}

/** Says why an option is missing: by the three reasons that Dynamics 365's own help knows, in the host's words where it has any. */
export class MissingOptions {
  readonly #host: ActivityWorkspace;
  readonly #dialog: DialogController;

  constructor(host: ActivityWorkspace) {
    this.#host = host;
    this.#dialog = new DialogController(host, { lightDismiss: true });
  }

  get #missing(): readonly MissingOption[] {
    const { store } = this.#host;
    return store ? missingOptions(store.permissions) : [];
  }

  get hasAny(): boolean {
    return this.#missing.length > 0;
  }

  open(): void {
    void this.#dialog.show();
  }

  render(): unknown {
    if (!this.#dialog.isOpen) return nothing;
    const { words } = this.#host;
    return this.#dialog.render({
      isText: true,
      title: words.say('missing.title'),
      closeLabel: words.say('action.close'),
      body: html`<div class="ask">
        <p class="quiet">${words.say('missing.text')}</p>
        <ul class="missing">
          ${this.#missing.map(
            ({ option, refusal }) =>
              html`<li>
                ${icon('denied')}
                <span>
                  <span class="strong">${this.#nameOf(option)}</span>
                  <span class="small quiet" dir="auto"
                    >${words.say(`refusal.${refusal.reason}`)}</span
                  >
                  ${
                    refusal.message
                      ? html`<span class="small" dir="auto">${refusal.message}</span>`
                      : nothing
                  }
                </span>
              </li>`,
          )}
        </ul>
      </div>`,
    });
  }

  #nameOf(option: MissingOption['option']): string {
    const { words } = this.#host;
    if ('create' in option) {
      return words.say(
        'action.new-type',
        words.typeName(this.#host.typeOf({ type: option.create })),
      );
    }
    const { act } = option;
    switch (act) {
      case 'remove':
        return words.say('action.delete');
      case 'export':
        return words.say('action.export');
      case 'complete':
      case 'cancel':
      case 'assign':
      case 'edit':
        return words.say(`action.${act}`);
    }
  }
}

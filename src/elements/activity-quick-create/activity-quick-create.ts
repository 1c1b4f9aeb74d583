import { html, nothing, type CSSResultGroup, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { ActivityDraft } from '../../model/activity.js';
import type { ActivityType } from '../../model/activity-type.js';
import { mayCreate } from '../../provider/may.js';
import { button } from '../../ui/button.js';
import { DialogController } from '../../ui/dialog.js';
import { dialogStyles } from '../../ui/dialog.styles.js';
import { fieldsStyles } from '../../ui/fields/fields.styles.js';
import { FormController } from '../../ui/fields/form-controller.js';
import { LeaveGuard } from '../../ui/leave-guard.js';
import { popoverStyles } from '../../ui/popover.styles.js';
import { deniedState } from '../../ui/state-panel.js';
import { tile } from '../../ui/tile.js';
import { ActivityElement } from '../base/activity-element.js';
import { formBody } from '../base/form-body.js';
import { formBodyStyles } from '../base/form-body.styles.js';
import { quickCreateStyles } from './activity-quick-create.styles.js';
import { asType, prefilled } from './prefill.js';

/**
 * Creates one activity of a chosen type: its fields, filled in as far as can be known, *Save and close* and *Save and new*.
 * What was typed stays when a save fails.
 *
 * @element activity-quick-create
 * @fires {ActivityCreateEvent} activity-create - Before the activity is created, with the draft; cancelable.
 * @fires {ActivitySavedEvent} activity-saved - It was created.
 * @fires {ActivityErrorEvent} activity-error - It was not.
 * @fires {Event} close - The user closed it, or saved and closed.
 * @csspart base - All of it.
 * @csspart dialog - The dialog, in mode dialog.
 * @csspart form - The fields.
 * @csspart save - *Save and close*.
 */
export class ActivityQuickCreate extends ActivityElement {
  static override readonly styles: CSSResultGroup = [
    ActivityElement.styles,
    popoverStyles,
    dialogStyles,
    fieldsStyles,
    formBodyStyles,
    quickCreateStyles,
  ];

  /** Name of the type that is created. */
  @property() type = 'task';
  /** What is filled in to begin with; its type beats `type`. */
  @property({ attribute: false }) draft?: ActivityDraft;
  /** Where it stands: in the page, or in a dialog over it. */
  @property() mode: 'inline' | 'dialog' = 'inline';
  /** In mode dialog: whether it is shown. */
  @property({ type: Boolean, reflect: true }) open = false;

  @state() private isSaving = false;
  @state() private saveError = '';

  readonly #form = new FormController(this);
  readonly #guard = new LeaveGuard(this);
  readonly #dialog = new DialogController(this, {
    onCancel: async () => !this.#form.isDirty || (await this.#guard.ask()),
    onClose: () => this.#closed(),
  });
  #begun: readonly unknown[] = [];

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    this.#begin();
  }

  /** Begins anew when the host gives another type or draft, and once the user is known, unless something was typed. */
  #begin(): void {
    const { store } = this;
    const base = this.draft ?? this.draftFor(this.type);
    const user = store?.session.user;
    const given = [this.draft, this.type, this.about?.id, store, store?.types];
    const isSame = given.every((part, index) => part === this.#begun[index]);
    if (!store || (isSame && (this.#begun.at(-1) === user || this.#form.isDirty))) return;
    if (
      this.#begun.length > 0 &&
      isSame === false &&
      this.#form.isDirty &&
      this.#begun[3] === store
    ) {
      // Types that arrive late must not take away what was typed.
      if (this.draft === this.#begun[0] && this.type === this.#begun[1]) return;
    }
    this.#begun = [...given, user];
    const type = store.types.get(base.type);
    this.#form.begin(type, this.#prefilled(base, type));
  }

  #prefilled(draft: ActivityDraft, type: ActivityType): ActivityDraft {
    return prefilled(draft, type, {
      user: this.store?.session.user,
      now: this.now,
      timeZone: this.words.timeZone,
    });
  }

  protected override updated(): void {
    if (this.mode !== 'dialog') return;
    if (this.open) void this.#dialog.show();
    else this.#dialog.hide();
  }

  #closed(): void {
    if (this.open) {
      this.open = false;
      this.dispatchEvent(new Event('close'));
    }
  }

  /** Another type: what both have stays. */
  #switchTo(name: string): void {
    const type = this.store?.types.get(name);
    if (!type) return;
    const kept = this.#form.draft;
    const wasDirty = this.#form.isDirty;
    const begun = this.#prefilled(asType(kept, type), type);
    this.#form.begin(type, wasDirty ? { type: name } : begun);
    if (wasDirty) this.#form.restore(begun);
  }

  async #save(then: 'close' | 'new'): Promise<void> {
    if (this.isSaving || !this.#form.check()) return;
    this.isSaving = true;
    this.saveError = '';
    const outcome = await this.requests.create(this.#form.draft, { quiet: true });
    this.isSaving = false;
    if (!outcome.isDone) {
      this.saveError = [this.words.say('error.save'), outcome.reason].filter(Boolean).join(' ');
      if (outcome.error?.fields) this.#form.refuse(outcome.error.fields);
      return;
    }
    const type = this.#form.type;
    const base = { ...(this.draft ?? this.draftFor(type.name)), type: type.name };
    this.#form.begin(type, this.#prefilled(base, type));
    if (then === 'new' || this.mode === 'inline') {
      await this.updateComplete;
      this.#form.focus('subject');
    }
    if (then === 'close') this.#close();
  }

  /** Ends it without asking: everything is saved. */
  #close(): void {
    if (this.mode === 'dialog') this.#dialog.hide();
    else this.dispatchEvent(new Event('close'));
  }

  readonly #keydown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    void this.#save('close');
  };

  protected override renderContent(): TemplateResult {
    const { words } = this;
    const { type } = this.#form;
    const title = words.say('action.new-type', words.typeName(type));
    const mark = tile(type);
    const guard = this.#guard.render({
      title: words.say('confirm.discard'),
      discard: words.say('action.discard'),
      keep: words.say('action.keep-editing'),
      closeLabel: words.say('action.close'),
    });
    if (this.mode === 'dialog') {
      return html`${this.#dialog.render({
        title,
        mark,
        closeLabel: words.say('action.close'),
        body: this.#renderBody(),
        footer: this.#renderFooter(),
      })}
      ${guard}`;
    }
    return html`<section class="pane card-surface" aria-label=${title}>
        <header class="pane-header">
          ${mark}
          <h2 class="large strong" dir="auto">${title}</h2>
        </header>
        <div class="pane-body">${this.#renderBody()}</div>
        <footer class="pane-footer">${this.#renderFooter()}</footer>
      </section>
      ${guard}`;
  }

  #renderBody(): TemplateResult {
    const { words, store } = this;
    const { type } = this.#form;
    const permission = store ? mayCreate(type.name, store.permissions) : true;
    if (permission !== true) {
      return deniedState({
        title: words.say('refusal.title'),
        reason: words.refusal(permission),
      });
    }
    return html`<div
      class="form"
      part="form"
      role="form"
      aria-label=${words.say('action.new-type', words.typeName(type))}
      aria-busy=${this.isSaving ? 'true' : nothing}
      @keydown=${this.#keydown}
    >
      ${this.saveError ? html`<p class="save-error" role="alert">${this.saveError}</p>` : nothing}
      ${this.#renderTypes()} ${formBody(this, this.#form)}
    </div>`;
  }

  /** In the page, where nobody chose a type before. */
  #renderTypes(): TemplateResult | typeof nothing {
    const { words, store } = this;
    if (this.mode !== 'inline' || this.draft || !store) return nothing;
    const types = [...store.types].filter(
      ({ name }) => mayCreate(name, store.permissions) === true,
    );
    return html`<label class="field types">
      <span class="field-label">${words.say('field.type')}</span>
      <span class="select"
        ><select
          class="input"
          @change=${(event: Event) => this.#switchTo((event.target as HTMLSelectElement).value)}
        >
          ${types.map(
            (type) =>
              html`<option value=${type.name} ?selected=${type.name === this.#form.type.name}>
                ${words.typeName(type)}
              </option>`,
          )}
        </select></span
      >
    </label>`;
  }

  #renderFooter(): TemplateResult {
    const { words } = this;
    return html`
      ${button({
        label: words.say(this.isSaving ? 'sync.saving' : 'action.save-and-close'),
        kind: 'primary',
        part: 'save',
        disabled: this.isSaving,
        hint: 'Ctrl+Enter',
        onClick: () => void this.#save('close'),
      })}
      ${button({
        label: words.say('action.save-and-new'),
        kind: 'outline',
        part: 'save-and-new',
        disabled: this.isSaving,
        onClick: () => void this.#save('new'),
      })}
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'activity-quick-create': ActivityQuickCreate;
  }
}

import { html, nothing, type CSSResultGroup, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { isClosed, type Activity, type ActivityState } from '../../model/activity.js';
import { may, mayMoveTo } from '../../provider/may.js';
import { button, type ButtonOptions } from '../../ui/button.js';
import { DialogController } from '../../ui/dialog.js';
import { dialogStyles } from '../../ui/dialog.styles.js';
import { fieldsStyles } from '../../ui/fields/fields.styles.js';
import { FormController } from '../../ui/fields/form-controller.js';
import { icon } from '../../ui/icon.js';
import { LeaveGuard } from '../../ui/leave-guard.js';
import { popoverStyles } from '../../ui/popover.styles.js';
import { skeletonRows } from '../../ui/skeleton.js';
import { errorState } from '../../ui/state-panel.js';
import { status } from '../../ui/status.js';
import { tile } from '../../ui/tile.js';
import { ActivityElement } from '../base/activity-element.js';
import { formBody } from '../base/form-body.js';
import { formBodyStyles } from '../base/form-body.styles.js';
import { subjectOf } from '../base/subject-link.js';
import { formStyles } from './activity-form.styles.js';
import { LoadedActivity } from './loaded-activity.js';

/**
 * The full form of one activity: read, edit, save, complete. Read-only where it is closed or the user may not edit it, saying
 * why. In a dialog, several stack; each asks before what was typed is lost.
 *
 * @element activity-form
 * @fires {ActivityUpdateEvent} activity-update - Before edits are saved; cancelable.
 * @fires {ActivityMoveStatusEvent} activity-move-status - Before the status changes; cancelable.
 * @fires {ActivityCompleteEvent} activity-complete - After it, where it is to be completed; cancelable.
 * @fires {ActivitySavedEvent} activity-saved - A write ended.
 * @fires {ActivityErrorEvent} activity-error - Something failed.
 * @fires {Event} close - The user closed it, or saved and closed.
 * @csspart base - All of it.
 * @csspart dialog - The dialog, in mode dialog.
 * @csspart form - The fields.
 * @csspart save - *Save and close*.
 * @cssstate loading - The activity is not there yet.
 * @cssstate error - It could not be loaded.
 */
export class ActivityForm extends ActivityElement {
  static override readonly styles: CSSResultGroup = [
    ActivityElement.styles,
    popoverStyles,
    dialogStyles,
    fieldsStyles,
    formBodyStyles,
    formStyles,
  ];

  /** Id of the activity that is shown. */
  @property({ attribute: 'activity-id' }) activityId?: string;
  /** Where it stands: in a dialog over the page, or in it. */
  @property() mode: 'dialog' | 'inline' = 'dialog';
  /** In mode dialog: whether it is shown. */
  @property({ type: Boolean, reflect: true }) open = false;

  @state() private isSaving = false;
  @state() private saveError = '';

  readonly #form = new FormController(this);
  readonly #guard = new LeaveGuard(this);
  readonly #loaded = new LoadedActivity(this, (activity, isFirst) => {
    const { can: _can, via: _via, loaded: _loaded, ...draft } = activity;
    if (isFirst) this.#form.begin(this.typeOf(activity), draft, { isNew: false });
    else this.#form.rebase(draft);
  });
  readonly #dialog = new DialogController(this, {
    onCancel: async () => !this.#form.isDirty || (await this.#guard.ask()),
    onClose: () => this.#closed(),
  });

  get #isShown(): boolean {
    return this.mode === 'inline' || this.open;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    this.#loaded.show(this.store, this.#isShown ? this.activityId : undefined);
  }

  protected override updated(): void {
    this.setState('loading', this.#loaded.status === 'loading');
    this.setState('error', this.#loaded.status === 'failed');
    if (this.mode !== 'dialog') return;
    if (this.open) void this.#dialog.show();
    else this.#dialog.hide();
  }

  #closed(): void {
    if (!this.open) return;
    this.open = false;
    this.dispatchEvent(new Event('close'));
  }

  #close(): void {
    if (this.mode === 'dialog') this.#dialog.hide();
    else this.dispatchEvent(new Event('close'));
  }

  /** Why nothing can be edited; undefined: it can. */
  get #readOnlyWhy(): string | undefined {
    const { activity } = this.#loaded;
    const { store, words } = this;
    if (!activity || !store) return '';
    const permission = may('edit', activity, store.permissions);
    if (permission === true) return undefined;
    return isClosed(activity) ? words.say('refusal.closed') : words.refusal(permission);
  }

  async #save(thenClose: boolean): Promise<void> {
    const { activity } = this.#loaded;
    if (!activity || this.isSaving || !this.#form.check()) return;
    const patch = this.#form.changes;
    if (Object.keys(patch).length > 0) {
      const isDone = await this.#write(() =>
        this.requests.update([activity], patch, { quiet: true }),
      );
      if (!isDone) return;
      this.context.announce(this.words.say('announce.saved', subjectOf(this, activity)));
    }
    if (thenClose) this.#close();
  }

  /** Status and unsaved edits go in one write. */
  async #moveTo(to: ActivityState): Promise<void> {
    const { activity } = this.#loaded;
    if (!activity || this.isSaving || !this.#form.check()) return;
    const patch = this.#form.changes;
    const isDone = await this.#write(() =>
      this.requests.moveStatus([activity], to, {
        quiet: true,
        ...(Object.keys(patch).length > 0 && { patch }),
      }),
    );
    if (isDone) this.#close();
  }

  async #write(run: () => ReturnType<ActivityForm['requests']['update']>): Promise<boolean> {
    this.isSaving = true;
    this.saveError = '';
    const outcome = await run();
    this.isSaving = false;
    if (outcome.isDone) {
      const { activity } = this.#loaded;
      if (activity) this.#form.begin(this.typeOf(activity), activity, { isNew: false });
      return true;
    }
    this.saveError = [this.words.say('error.save'), outcome.reason].filter(Boolean).join(' ');
    if (outcome.error?.fields) this.#form.refuse(outcome.error.fields);
    return false;
  }

  readonly #keydown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    if (this.#readOnlyWhy !== undefined) return;
    event.preventDefault();
    void this.#save(true);
  };

  protected override renderContent(): TemplateResult | typeof nothing {
    if (!this.#isShown) return nothing;
    const { words } = this;
    const { activity } = this.#loaded;
    const type = activity && this.typeOf(activity);
    const title = activity ? subjectOf(this, activity) : words.say('form.label');
    const mark = type && tile(type);
    const isOpenWork = activity !== undefined && activity.state !== null && !isClosed(activity);
    const bar = isOpenWork ? this.#renderCommands(activity) : undefined;
    const footer = this.#readOnlyWhy === undefined ? this.#renderFooter() : undefined;
    const guard = this.#guard.render({
      title: words.say('confirm.discard'),
      discard: words.say('action.discard'),
      keep: words.say('action.keep-editing'),
      closeLabel: words.say('action.close'),
    });
    if (this.mode === 'dialog') {
      return html`${this.#dialog.render({
        title,
        size: 'large',
        closeLabel: words.say('action.close'),
        body: this.#renderBody(),
        ...(mark && { mark }),
        ...(activity && {
          subtitle: this.#stamps(activity),
          actions: this.#renderStatus(activity),
        }),
        ...(bar && { bar }),
        ...(footer && { footer }),
      })}
      ${guard}`;
    }
    return html`<section class="pane card-surface" aria-label=${title}>
        <header class="pane-header">
          ${mark}
          <div class="grow">
            <h2 class="large strong" dir="auto">${title}</h2>
            ${activity ? html`<p class="small quiet" dir="auto">${this.#stamps(activity)}</p>` : nothing}
          </div>
          ${activity ? this.#renderStatus(activity) : nothing}
        </header>
        ${bar ? html`<div class="pane-bar">${bar}</div>` : nothing}
        <div class="pane-body">${this.#renderBody()}</div>
        ${footer ? html`<footer class="pane-footer">${footer}</footer>` : nothing}
      </section>
      ${guard}`;
  }

  #stamps(activity: Activity): string {
    const { words } = this;
    const { createdBy, createdAt, modifiedBy, modifiedAt } = activity;
    return [
      words.typeName(this.typeOf(activity)),
      createdBy && createdAt !== undefined
        ? words.say('form.created', words.recordName(createdBy), words.stamp(createdAt))
        : undefined,
      modifiedBy && modifiedAt !== undefined
        ? words.say('form.changed', words.recordName(modifiedBy), words.ago(modifiedAt))
        : undefined,
    ]
      .filter((part) => part !== undefined)
      .join(' · ');
  }

  #renderStatus(activity: Activity): unknown {
    if (activity.state === null) return nothing;
    const name = this.words.reasonName(
      this.typeOf(activity),
      activity.state,
      activity.statusReason,
    );
    return status(activity.state, name, { locked: isClosed(activity) });
  }

  #renderCommands(activity: Activity): TemplateResult {
    const { words } = this;
    return html`
      ${button(
        this.#command(activity, 'completed', {
          label: words.say('action.complete'),
          icon: 'complete',
          kind: 'primary',
        }),
      )}
      ${
        this.#readOnlyWhy === undefined
          ? button({
              label: words.say('action.save'),
              disabled: this.isSaving,
              onClick: () => void this.#save(false),
            })
          : nothing
      }
      ${button(
        this.#command(activity, 'canceled', {
          label: words.say('action.cancel-activity', words.typeName(this.typeOf(activity))),
          icon: 'cancel',
        }),
      )}
    `;
  }

  /** A button that takes the activity to a state; disabled with the reason where it may not go there. */
  #command(
    activity: Activity,
    to: ActivityState,
    options: Omit<ButtonOptions, 'onClick'>,
  ): ButtonOptions {
    const { store, words } = this;
    const permission = store ? mayMoveTo(to, activity, store.permissions) : true;
    return {
      ...options,
      disabled: this.isSaving || permission !== true,
      why: permission === true ? undefined : words.refusal(permission),
      onClick: () => void this.#moveTo(to),
    };
  }

  #renderBody(): TemplateResult {
    const { words } = this;
    const { status: loaded, error } = this.#loaded;
    if (loaded === 'failed') {
      const isGone = error?.code === 'not-found';
      return errorState({
        title: words.say(isGone ? 'empty.not-found' : 'error.load-one'),
        ...(error && !isGone && { detail: words.failure(error) }),
        ...(!isGone && {
          retry: { label: words.say('action.retry'), onClick: () => this.#loaded.retry() },
        }),
      });
    }
    if (loaded !== 'ready') return html`${skeletonRows(5, words.say('loading.record'))}`;
    const why = this.#readOnlyWhy;
    return html`<div
      class="form"
      part="form"
      role="form"
      aria-label=${words.say('form.label')}
      aria-busy=${this.isSaving ? 'true' : nothing}
      @keydown=${this.#keydown}
    >
      ${why ? html`<p class="read-only quiet">${icon('lock', 16)} ${why}</p>` : nothing}
      ${this.saveError ? html`<p class="save-error" role="alert">${this.saveError}</p>` : nothing}
      ${formBody(this, this.#form, { readOnly: why !== undefined })}
    </div>`;
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
        onClick: () => void this.#save(true),
      })}
      ${
        this.#form.isDirty
          ? button({
              label: words.say('action.discard'),
              part: 'discard',
              onClick: () => {
                const { activity } = this.#loaded;
                if (activity) this.#form.begin(this.typeOf(activity), activity, { isNew: false });
              },
            })
          : nothing
      }
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'activity-form': ActivityForm;
  }
}

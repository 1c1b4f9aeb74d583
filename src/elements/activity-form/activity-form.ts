import { html, nothing, type CSSResultGroup, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import {
  applyPatch,
  isClosed,
  type Activity,
  type ActivityPatch,
  type ActivityState,
} from '../../model/activity.js';
import type { SeriesScope } from '../../model/recurrence.js';
import { may, mayMoveTo, type Permission } from '../../provider/may.js';
import { button, type ButtonOptions } from '../../ui/button.js';
import { dialogStyles } from '../../ui/dialog.styles.js';
import { fieldsStyles } from '../../ui/fields/fields.styles.js';
import { FormController } from '../../ui/fields/form-controller.js';
import { icon } from '../../ui/icon.js';
import { MenuController, type MenuItem } from '../../ui/menu.js';
import { popoverStyles } from '../../ui/popover.styles.js';
import { skeletonRows } from '../../ui/skeleton.js';
import { errorState } from '../../ui/state-panel.js';
import { status } from '../../ui/status.js';
import { tile } from '../../ui/tile.js';
import { attachmentsStyles } from '../../ui/attachments.styles.js';
import { ActivityElement } from '../base/activity-element.js';
import { Attachments } from '../base/attachments.js';
import { withCleanBodies } from '../base/clean-body.js';
import { doneFields } from '../base/how-it-went.js';
import { customFieldOf, formBody, repeatsOf, saveErrorText } from '../base/form-body.js';
import { formBodyStyles } from '../base/form-body.styles.js';
import { FormDrafts, withPatch } from '../base/form-drafts.js';
import { FormValue } from '../base/form-value.js';
import { FormShell } from '../base/form-shell.js';
import type { MoveOptions, Outcome } from '../base/requests.js';
import { NextStep, nextStepStyles } from '../base/next-step.js';
import { asksHow } from '../base/complete-dialog.js';
import { canSend, isAddressed, isWritten } from '../base/sending.js';
import { subjectOf } from '../base/subject-link.js';
import { conflictPanel, conflictStyles, type Conflict } from '../base/conflict.js';
import { formTabs } from './form-tabs.js';
import { formStyles } from './activity-form.styles.js';
import { LoadedActivity } from './loaded-activity.js';
import { stamps } from './stamps.js';

/**
 * The full form of one activity: read, edit, save, complete. Read-only where it is closed or the user may not edit it, saying
 * why. In a dialog, several stack; each asks before what was typed is lost.
 *
 * @element activity-form
 * @slot editor - The host's own editor for texts in HTML: an element with the HTML in its property `value`, which fires `input` or
 *   `change` when the user changed it. The form sets `value` and reads it; what is saved is sanitised. Without, `activity-editor` is
 *   taken where the page has it.
 * @fires {ActivityUpdateEvent} activity-update - Before edits are saved; cancelable.
 * @fires {ActivityMoveStatusEvent} activity-move-status - Before the status changes; cancelable.
 * @fires {ActivityCompleteEvent} activity-complete - After it, where it is to be completed; cancelable.
 * @fires {ActivityCreateRecordEvent} activity-create-record - A field is asked for a record that is not there yet; cancelable.
 * @fires {ActivitySendEvent} activity-send - Before it is sent; cancelable.
 * @fires {ActivityDeleteEvent} activity-delete - Before it is deleted; cancelable.
 * @fires {ActivityComposeEvent} activity-compose - What comes next is to be planned; cancelable.
 * @fires {ActivitySavedEvent} activity-saved - A write ended.
 * @fires {ActivityErrorEvent} activity-error - Something failed.
 * @fires {Event} close - The user closed it, or saved and closed.
 * @csspart base - All of it.
 * @csspart pane - Heading, fields and buttons, in mode inline.
 * @csspart dialog - The dialog, in mode dialog.
 * @csspart dialog-header - The line of its title.
 * @csspart dialog-bar - Its commands.
 * @csspart dialog-body - What scrolls in it.
 * @csspart dialog-footer - Its buttons.
 * @csspart leave-guard - The question before what was typed is lost.
 * @csspart form - The fields.
 * @csspart field - One field; also `required`, `invalid`, `readonly`.
 * @csspart field-* - One field by its name: `field-subject`, `field-due` …
 * @csspart required - A field that must be filled in.
 * @csspart invalid - A field in which something is wrong.
 * @csspart readonly - A field that cannot be changed.
 * @csspart label - The name of a field.
 * @csspart input - What is filled in.
 * @csspart editor - The editor of a text in HTML, where `activity-editor` is taken.
 * @csspart hint - A quiet line under a field.
 * @csspart error - What is wrong with a field; also a notice, or a form, of what failed.
 * @csspart call - What calls a phone number.
 * @csspart check - What is checked or not; also `checked`.
 * @csspart checked - What is checked.
 * @csspart segmented - A choice of few.
 * @csspart segment - One of them; also `on`.
 * @csspart on - The one that is chosen.
 * @csspart period - Start and end.
 * @csspart recurrence - How often it repeats.
 * @csspart recurrence-words - That in words, with the next dates.
 * @csspart scope-question - For which occurrences of a series something is meant.
 * @csspart scope-this - Only this one.
 * @csspart scope-following - This and all later ones.
 * @csspart scope-all - All of them.
 * @csspart pill - A chosen record.
 * @csspart pill-remove - Its ×.
 * @csspart face - The initials of a person.
 * @csspart lookup-list - The list of records that were found.
 * @csspart option - One of them; also `active`.
 * @csspart active - The one that Enter takes.
 * @csspart problems - All that holds up a save.
 * @csspart save-error - Why the last save failed.
 * @csspart draft-offer - What was typed before and not saved, and whether to take it up again.
 * @csspart draft-restore - What takes it up again.
 * @csspart draft-discard - What throws it away.
 * @csspart attachments - The files; also `target` while files are held over them.
 * @csspart target - The files, while others are held over them.
 * @csspart attach - What attaches files.
 * @csspart attachment - One file; also its state.
 * @csspart attached - A file that is attached.
 * @csspart removed - A file that was removed and can be brought back.
 * @csspart sending - A file that is being sent.
 * @csspart failed - A file that could not be sent.
 * @csspart refused - A file that is not taken.
 * @csspart attachment-open - Its name, which shows or downloads it.
 * @csspart attachment-download - What downloads it.
 * @csspart attachment-remove - What removes it, or stops sending it.
 * @csspart attachment-retry - What tries again to send it.
 * @csspart attachment-preview - The dialog with a picture.
 * @csspart progress - How much of a file is sent.
 * @csspart conflict - What somebody else changed meanwhile, beside what the user did.
 * @csspart complete-dialog - The question how it went.
 * @csspart tabs - Details and history.
 * @csspart tab - One of them; also `on`.
 * @csspart more - What opens the menu of further commands.
 * @csspart menu - The menu.
 * @csspart tile - The glyph of the type.
 * @csspart button - A button without a name of its own; also `primary` or `disabled`.
 * @csspart save - *Save and close*.
 * @csspart close - The ×.
 * @csspart discard - What throws away what was typed.
 * @csspart primary - The primary button.
 * @csspart disabled - A button that cannot be used now.
 * @csspart retry - What tries again to load it.
 * @csspart skeleton - What stands in place of the fields while they are loaded.
 * @csspart status - Dot and word of the status; also the state.
 * @csspart dot - Its dot; also the state.
 * @csspart open - Status and dot of what is open.
 * @csspart scheduled - Status and dot of what is scheduled.
 * @csspart completed - Status and dot of what is completed.
 * @csspart canceled - Status and dot of what is canceled.
 * @csspart notices - The stack of notices, where the element stands alone.
 * @csspart notice - One notice; also `done` or `error`.
 * @csspart waiting - What is said while one is offline, or changes wait to be sent.
 * @csspart waiting-change - One change in the list of what waits.
 * @csspart done - A notice of what was done.
 * @cssstate waiting - One is offline, or changes wait to be sent: leave room at the end of the page for the line that says so.
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
    nextStepStyles,
    attachmentsStyles,
    conflictStyles,
    formStyles,
  ];

  /** The host's `<form>` sees it: its value is what is filled in, as JSON. */
  static readonly formAssociated = true;

  /**
   * Brings what the history is shown with; the entry that registers the form sets it.
   * @internal
   */
  static bring: (() => Promise<unknown>) | undefined;

  /** Name of its value in the host's `<form>`. */
  @property({ reflect: true }) name?: string;
  /** Id of the activity that is shown. */
  @property({ attribute: 'activity-id' }) activityId?: string;
  /** Where it stands: in a dialog over the page, or in it. */
  @property() mode: 'dialog' | 'inline' = 'dialog';
  /** In mode dialog: whether it is shown. */
  @property({ type: Boolean, reflect: true }) open = false;

  @state() private isSaving = false;
  @state() private saveError = '';
  @state() private saved = '';
  @state() private conflict: Conflict | undefined;
  @state() private tab: 'details' | 'history' = 'details';

  readonly #form: FormController = new FormController(this, {
    customField: (path) => customFieldOf(this, this.#form.type.name, path),
    onChange: () => {
      this.saved = '';
      this.#drafts.changed();
    },
  });
  readonly #drafts = new FormDrafts(this, this.#form, {
    onRestore: ({ patch }) => this.#form.restore(withPatch(this.#form.draft, patch)),
  });
  readonly #loaded = new LoadedActivity(this, (activity) => this.#take(activity));
  readonly #shell = new FormShell(this, {
    // A save that is under way may still fail.
    mayLose: () => this.#form.isDirty || this.isSaving || this.#files.unsent > 0,
    onEnd: () => this.#discard(),
  });
  readonly #files = new Attachments(this);
  /** Of the series that the activity belongs to: it says the rule. */
  readonly #master = new LoadedActivity(this, () => undefined);
  readonly #menu = new MenuController(this);
  readonly #next = new NextStep(this, {
    write: (_activity, options) => this.#moveStatus('completed', options),
    // Where somebody else was faster, or the server minds a field, that is shown in the form.
    showsFailure: ({ error }) => error?.code === 'conflict' || error?.fields !== undefined,
  });
  readonly #value = new FormValue(this.internals, this.#form);
  /** `activityId` of what stands in the fields. */
  #shownId: string | undefined;

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    this.#shell.follow();
    this.#loaded.show(this.store, this.#shell.isShown ? this.activityId : undefined);
    const { activity } = this.#loaded;
    const { series } = activity ?? {};
    this.#master.show(this.store, series?.role === 'master' ? undefined : series?.id);
    this.#drafts.begin(
      this.#loaded.activity && this.#shownId !== undefined
        ? `form.draft:${this.#shownId}`
        : undefined,
    );
    this.#files.show(
      activity &&
        this.store && {
          id: activity.id,
          type: this.typeOf(activity),
          mayChange:
            this.#readOnlyWhy === undefined &&
            may('attach', activity, this.store.permissions) === true,
        },
    );
    // The host's types may come after the activity.
    if (activity && this.typeOf(activity) !== this.#form.type) this.#take(activity);
  }

  protected override updated(): void {
    this.#value.tell(this.words, this.#shell.isShown && this.#loaded.activity !== undefined);
    this.setState('loading', this.#loaded.status === 'loading');
    this.setState('error', this.#loaded.status === 'failed');
  }

  /** A row that arrived goes beneath what was typed; while a save is under way, only once that has ended. */
  #take(activity: Activity): void {
    const isSame = this.activityId === this.#shownId;
    this.#shownId = this.activityId;
    if (!isSame) this.#begin(activity);
    else if (!this.isSaving) this.#form.rebase(activity, this.typeOf(activity));
  }

  #begin(activity: Activity): void {
    this.conflict = undefined;
    this.tab = 'details';
    this.saveError = '';
    this.saved = '';
    this.#form.begin(this.typeOf(activity), activity, { isNew: false });
  }

  #discard(): void {
    const { activity } = this.#loaded;
    this.#drafts.end();
    if (activity) this.#begin(activity);
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
    this.#form.settle();
    if (!activity || this.isSaving) return;
    if (this.#form.isDirty) {
      if (!this.#form.check()) return;
      const { changes } = this.#form;
      const scope = await this.#askScope(activity, 'save', changes);
      if (scope === undefined) return;
      const { isDone } = await this.#write(async () =>
        this.requests.update([activity], await this.#clean(changes), {
          quiet: true,
          scope,
          done: this.words.say('announce.saved', subjectOf(this, applyPatch(activity, changes))),
        }),
      );
      if (!isDone) return;
    }
    // What was typed while it was being saved is not.
    if (this.#form.isDirty) return;
    this.saved = this.words.say('sync.saved');
    if (thenClose) await this.#close();
  }

  /** For which occurrences something is meant; undefined: the user does not want it after all. */
  #askScope(
    { series }: Activity,
    act: 'save' | 'delete',
    changes: ActivityPatch = {},
  ): Promise<SeriesScope | undefined> {
    const isOfRule = changes.series !== undefined;
    if (!series) return Promise.resolve(isOfRule ? 'all' : 'this');
    if (series.role === 'master') return Promise.resolve('all');
    const { scopes = ['this'] } = this.store?.permissions.capabilities ?? {};
    // A rule is never one date's.
    return this.context.askScope(act, isOfRule ? scopes.filter((one) => one !== 'this') : scopes);
  }

  /** What is stored never holds what could run, whatever editor it came from. */
  #clean(patch: ActivityPatch): Promise<ActivityPatch> {
    const { draft, type } = this.#form;
    return withCleanBodies(patch, type, draft.descriptionFormat);
  }

  async #moveTo(to: ActivityState, options: MoveOptions = {}): Promise<void> {
    const { isDone } = await this.#moveStatus(to, options);
    if (isDone) await this.#afterMove();
  }

  /** Status and unsaved edits go in one write. */
  async #moveStatus(to: ActivityState, { patch: more, ...options }: MoveOptions): Promise<Outcome> {
    const { activity } = this.#loaded;
    this.#form.settle();
    if (!activity || this.isSaving || (this.#form.isDirty && !this.#form.check())) return NOT_DONE;
    if (this.#form.changedPaths.has('series')) {
      // A rule is of more than this one.
      await this.#save(false);
      if (this.#form.isDirty) return NOT_DONE;
    }
    const patch = { ...this.#form.changes, ...more };
    return this.#write(async () =>
      this.requests.moveStatus([activity], to, {
        ...options,
        quiet: true,
        ...(Object.keys(patch).length > 0 && { patch: await this.#clean(patch) }),
      }),
    );
  }

  async #afterMove(): Promise<void> {
    if (this.mode === 'dialog' && !this.#form.isDirty) await this.#close();
  }

  /** Not before the files are there; those that failed keep it open. */
  async #close(): Promise<void> {
    if (await this.#files.settled()) this.#shell.close();
  }

  /** Edits are saved first, and files are there before it goes. */
  async #send(): Promise<void> {
    const { activity } = this.#loaded;
    this.#form.settle();
    if (!activity || this.isSaving || !this.#form.check()) return;
    if (!isAddressed(this, this.#form)) return;
    await this.#save(false);
    if (this.#form.isDirty || !(await this.#files.settled())) return;
    const saved = this.#loaded.activity ?? activity;
    const { isDone } = await this.#write(() => this.requests.send([saved], { quiet: true }));
    if (isDone && this.mode === 'dialog') this.#shell.close();
  }

  /** Asks how it went where the type leaves a choice, or what comes next is to be planned. */
  #startCompleting(usually: 'complete' | 'next'): void {
    const { activity } = this.#loaded;
    this.#form.settle();
    if (!activity || this.isSaving || (this.#form.isDirty && !this.#form.check())) return;
    if (usually === 'complete' && !asksHow(this.typeOf(activity))) {
      void this.#moveTo('completed');
      return;
    }
    const edited = { ...activity, ...this.#form.draft } as Activity;
    this.#next.ask(edited, () => this.#afterMove(), usually);
  }

  async #remove(): Promise<void> {
    const { activity } = this.#loaded;
    if (!activity || this.isSaving) return;
    const scope = await this.#askScope(activity, 'delete');
    if (scope === undefined) return;
    const { isDone } = await this.requests.remove([activity], { scope });
    if (isDone) this.#shell.close();
  }

  async #copyLink(href: string): Promise<void> {
    const { context, words } = this;
    try {
      await navigator.clipboard.writeText(new URL(href, document.baseURI).href);
      context.notify({ kind: 'done', text: words.say('form.link-copied') });
    } catch {
      context.notify({ kind: 'error', text: words.say('form.link-not-copied') });
    }
  }

  /** Whether all that must be filled in is, and right. */
  checkValidity(): boolean {
    return this.internals.checkValidity();
  }

  /** As `checkValidity`, and shows what is wrong. */
  reportValidity(): boolean {
    return this.#form.check() && this.internals.reportValidity();
  }

  async #write(run: () => Promise<Outcome>): Promise<Outcome> {
    const { context } = this;
    const sent = this.#form.draft;
    const id = this.#shownId;
    this.isSaving = true;
    this.saveError = '';
    this.saved = '';
    const outcome = await run();
    const { isDone, reason, error } = outcome;
    this.isSaving = false;
    const { activity } = this.#loaded;
    if (this.#shownId !== id) {
      // Another one is shown by now; what came of that meanwhile was held back.
      if (activity) this.#form.rebase(activity, this.typeOf(activity));
      if (!isDone) context.notify({ kind: 'error', text: saveErrorText(this, reason) });
      return outcome;
    }
    if (isDone) {
      this.conflict = undefined;
      if (activity) this.#form.accept(sent, activity);
      if (!this.#form.isDirty) this.#drafts.end();
      return outcome;
    }
    const theirs = error?.code === 'conflict' ? error.row : undefined;
    if (theirs && activity) {
      this.conflict = { row: theirs, paths: this.#form.conflictsWith(theirs) };
    }
    if (activity) this.#form.rebase(theirs ?? activity);
    if (theirs) this.#loaded.retry();
    const text = saveErrorText(this, reason);
    this.saveError = text;
    if (!this.#shell.isShown) context.notify({ kind: 'error', text });
    else if (error?.fields) this.#form.refuse(error.fields);
    return outcome;
  }

  protected override renderContent(): TemplateResult | typeof nothing {
    if (!this.#shell.isShown) return nothing;
    const { words } = this;
    const { activity, status: loaded } = this.#loaded;
    // What was typed can still be copied out of a form whose activity is gone.
    if (!activity || (loaded === 'failed' && !this.#form.isDirty)) {
      return this.#shell.render({
        title: words.say('form.label'),
        size: 'large',
        body: this.#renderMissing(),
      });
    }
    const type = this.typeOf(activity);
    const isOpenWork = activity.state !== null && !isClosed(activity);
    return this.#shell.render({
      title: subjectOf(this, activity),
      subtitle: stamps(activity, type, words),
      mark: tile(type),
      size: 'large',
      actions: this.#renderStatus(activity),
      body: this.#renderBody(activity),
      bar: this.#renderCommands(activity, isOpenWork),
      ...this.#renderFoot(),
    });
  }

  #renderStatus(activity: Activity): unknown {
    if (activity.state === null) return nothing;
    const name = this.words.reasonName(
      this.typeOf(activity),
      activity.state,
      activity.statusReason,
    );
    return status(activity.state, name, {
      name: this.words.stateName(activity.state),
      locked: isClosed(activity),
    });
  }

  #renderCommands(activity: Activity, isOpenWork: boolean): TemplateResult {
    const { words } = this;
    if (!isOpenWork) return html`${this.#renderMore(activity)}`;
    const type = this.typeOf(activity);
    const isDraft = isWritten(type);
    const sends = this.#readOnlyWhy === undefined && canSend(this, activity, type);
    return html`
      ${
        sends
          ? button({
              label: words.say('action.send'),
              icon: 'send',
              kind: 'primary',
              disabled: this.isSaving,
              onClick: () => void this.#send(),
            })
          : nothing
      }
      ${button({
        ...this.#command(activity, 'completed', {
          label: words.say('action.complete'),
          icon: 'complete',
          kind: sends ? 'plain' : 'primary',
        }),
        onClick: () => this.#startCompleting('complete'),
      })}
      ${
        isDraft && !sends
          ? button({
              ...this.#command(activity, 'completed', {
                label: words.say('action.log-as-sent'),
                icon: 'send',
              }),
              onClick: () => void this.#moveTo('completed', { reason: 'sent' }),
            })
          : nothing
      }
      ${this.#readOnlyWhy === undefined ? this.#renderSave('in-bar') : nothing}
      ${button(
        this.#command(activity, 'canceled', {
          label: words.say('action.cancel-activity', words.typeName(this.typeOf(activity))),
          icon: 'cancel',
        }),
      )}
      ${this.#renderMore(activity)}
    `;
  }

  /** What is wanted less often, or has less room. */
  #renderMore(activity: Activity): TemplateResult {
    const { words } = this;
    const label = words.say('action.more-for', subjectOf(this, activity));
    return html`${button({
      label,
      icon: 'more',
      iconOnly: true,
      popup: 'menu',
      part: 'more',
      onClick: (event) =>
        this.#menu.toggle(event.currentTarget as HTMLElement, {
          label,
          groups: [{ items: this.#moreItems(activity) }],
        }),
    })}`;
  }

  #moreItems(activity: Activity): MenuItem[] {
    const { words, store, context } = this;
    if (!store) return [];
    const { permissions } = store;
    const items: MenuItem[] = [];
    const add = (permission: Permission, item: MenuItem): void => {
      const isAllowed = permission === true;
      items.push({
        ...item,
        disabled: !isAllowed || this.isSaving,
        ...(!isAllowed && { why: words.refusal(permission) }),
      });
    };
    const isOpenWork = activity.state !== null && !isClosed(activity);
    if (isOpenWork && context.canCompose) {
      add(mayMoveTo('completed', activity, permissions), {
        label: words.say('action.done-and-next'),
        icon: 'complete',
        onSelect: () => this.#startCompleting('next'),
      });
    }
    if (isOpenWork && this.#readOnlyWhy === undefined && store.provider.lookup) {
      add(may('assign', activity, permissions), {
        label: words.say('action.assign'),
        icon: 'assign',
        onSelect: () => {
          this.tab = 'details';
          void this.updateComplete.then(() => this.#form.focus('owner'));
        },
      });
    }
    for (const to of ['open', 'scheduled'] as const) {
      if (!isClosed(activity) || !this.typeOf(activity).states[to]) continue;
      const permission = mayMoveTo(to, activity, permissions);
      if (permission !== true) continue;
      add(permission, {
        label: words.say('action.move-to-state', words.stateName(to)),
        icon: 'undo',
        onSelect: () => void this.#moveTo(to),
      });
    }
    const href = this.linkTo({ activity });
    if (href !== undefined) {
      add(true, {
        label: words.say('action.copy-link'),
        icon: 'link',
        onSelect: () => void this.#copyLink(href),
      });
    }
    add(may('remove', activity, permissions), {
      label: words.say('action.delete'),
      icon: 'delete',
      danger: true,
      onSelect: () => void this.#remove(),
    });
    return items;
  }

  #renderTabs(activity: Activity): unknown {
    const { words } = this;
    if (!activity.regarding?.name || (!ActivityForm.bring && !hasTimeline())) return nothing;
    return formTabs(
      words.say('form.label'),
      [
        { name: 'details', label: words.say('form.details') },
        { name: 'history', label: words.say('form.history') },
      ],
      this.tab,
      words.direction === 'rtl',
      (name) => this.#choose(name === 'history' ? 'history' : 'details'),
    );
  }

  #choose(tab: 'details' | 'history'): void {
    this.tab = tab;
    if (tab === 'history' && !hasTimeline()) {
      void ActivityForm.bring?.().then(() => this.requestUpdate());
    }
  }

  #renderHistory(activity: Activity): TemplateResult {
    return html`<div id="panel-history" role="tabpanel" aria-labelledby="tab-history">
      ${
        hasTimeline()
          ? html`<activity-timeline
              without-composer
              .record=${activity.regarding ?? undefined}
            ></activity-timeline>`
          : skeletonRows(5, this.words.say('loading.record'))
      }
    </div>`;
  }

  #renderSave(className: 'in-bar' | 'at-thumb'): TemplateResult {
    return button({
      label: this.words.say(isWritten(this.#form.type) ? 'action.save-draft' : 'action.save'),
      className,
      disabled: this.isSaving,
      onClick: () => void this.#save(false),
    });
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

  /** In place of an activity that is not there, or not yet. */
  #renderMissing(): TemplateResult {
    const { words } = this;
    const { status: loaded, error } = this.#loaded;
    if (loaded !== 'failed') return skeletonRows(5, words.say('loading.record'));
    const isGone = error?.code === 'not-found';
    return errorState({
      title: words.say(isGone ? 'empty.not-found' : 'error.load-one'),
      ...(error && !isGone && { detail: words.failure(error) }),
      ...(!isGone && {
        retry: { label: words.say('action.retry'), onClick: () => this.#loaded.retry() },
      }),
    });
  }

  #renderRemarks(activity: Activity, readOnlyWhy: string | undefined): unknown {
    const problems = this.store?.problemsOf(activity.id) ?? [];
    return [
      readOnlyWhy === undefined ? this.#drafts.render() : nothing,
      this.conflict
        ? conflictPanel(this.conflict, this.#form, this.words, (path) => {
            const { conflict } = this;
            if (conflict) {
              this.conflict = {
                ...conflict,
                paths: conflict.paths.filter((other) => other !== path),
              };
            }
          })
        : nothing,
      readOnlyWhy
        ? html`<p class="remark quiet">${icon('lock', 16)} <span>${readOnlyWhy}</span></p>`
        : nothing,
      problems.length > 0
        ? html`<p class="remark warning">
            ${icon('warning', 16)} <span>${this.words.say('error.bad-row')}</span>
          </p>`
        : nothing,
    ];
  }

  #renderBody(activity: Activity): TemplateResult {
    const { words } = this;
    const why = this.#readOnlyWhy;
    const isGone = this.#loaded.status === 'failed';
    const tabs = this.#renderTabs(activity);
    const dialogs = html`${this.#menu.render()} ${this.#next.render()}
    ${this.#files.renderPreview()}`;
    if (this.tab === 'history') {
      return html`${tabs} ${this.#renderHistory(activity)} ${dialogs}`;
    }
    const body = formBody(this, this.#form, {
      label: subjectOf(this, activity),
      readOnly: why !== undefined,
      error: isGone ? words.say('empty.not-found') : this.saveError,
      isBusy: this.isSaving,
      before: this.#renderRemarks(activity, why),
      more: doneFields(activity, this.#form.type),
      after: this.#files.render(),
      repeats: repeatsOf(this, activity, this.#master.activity),
      ...(why === undefined && { onSubmit: () => void this.#save(true) }),
    });
    const panel =
      tabs === nothing
        ? body
        : html`<div id="panel-details" role="tabpanel" aria-labelledby="tab-details">${body}</div>`;
    return html`${tabs} ${panel} ${dialogs}`;
  }

  /** Where nothing can be saved any more, what was typed before can still be thrown away. */
  #renderFoot(): { readonly footer?: TemplateResult } {
    if (this.#readOnlyWhy === undefined) return { footer: this.#renderFooter() };
    return this.#form.isDirty ? { footer: html`${this.#renderDiscard()}` } : {};
  }

  #renderDiscard(): TemplateResult | typeof nothing {
    if (!this.#form.isDirty || this.isSaving) return nothing;
    return button({
      label: this.words.say('action.discard'),
      part: 'discard',
      onClick: () => this.#discard(),
    });
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
      ${this.#renderSave('at-thumb')} ${this.#renderDiscard()}
      <span class="saved small quiet" role="status">${this.saved}</span>
    `;
  }
}

/** Something was in the way, which the form says. */
const NOT_DONE: Outcome = { isDone: false, results: [] };

function hasTimeline(): boolean {
  return customElements.get('activity-timeline') !== undefined;
}

declare global {
  interface HTMLElementTagNameMap {
    'activity-form': ActivityForm;
  }
}

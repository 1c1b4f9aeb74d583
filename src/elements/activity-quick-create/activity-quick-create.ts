import { html, nothing, type CSSResultGroup, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { isClosed, type Activity, type ActivityDraft } from '../../model/activity.js';
import type { ActivityType } from '../../model/activity-type.js';
import { sameJson } from '../../model/json.js';
import { toInstant } from '../../model/time.js';
import { may, mayCreate } from '../../provider/may.js';
import { button } from '../../ui/button.js';
import { dialogStyles } from '../../ui/dialog.styles.js';
import { choiceField } from '../../ui/fields/choice-field.js';
import { fieldsStyles } from '../../ui/fields/fields.styles.js';
import { FormController } from '../../ui/fields/form-controller.js';
import { MenuController } from '../../ui/menu.js';
import { popoverStyles } from '../../ui/popover.styles.js';
import { segmented } from '../../ui/segmented.js';
import { deniedState } from '../../ui/state-panel.js';
import { tile } from '../../ui/tile.js';
import { attachmentsStyles } from '../../ui/attachments.styles.js';
import { ActivityElement } from '../base/activity-element.js';
import { Attachments } from '../base/attachments.js';
import { withCleanBodies } from '../base/clean-body.js';
import { customFieldOf, formBody, lookupOf, repeatsOf, saveErrorText } from '../base/form-body.js';
import { formBodyStyles } from '../base/form-body.styles.js';
import { hasNoPlace, loggedFields, withHowItWent } from '../base/how-it-went.js';
import { FormDrafts, withPatch } from '../base/form-drafts.js';
import { FormValue } from '../base/form-value.js';
import { FormShell } from '../base/form-shell.js';
import type { Outcome } from '../base/requests.js';
import { canSend, isAddressed } from '../base/sending.js';
import { LineController } from './line/line-controller.js';
import { carried, firstField, nextDraft, prefilled, withoutState } from './prefill.js';

/**
 * Creates one activity of a chosen type: its fields, filled in as far as can be known, *Save and close* and *Save and new*.
 * What was typed stays when a save fails.
 *
 * @element activity-quick-create
 * @slot editor - The host's own editor for texts in HTML, as in `activity-form`.
 * @fires {ActivityCreateEvent} activity-create - Before the activity is created, with the draft; cancelable.
 * @fires {ActivityCreateRecordEvent} activity-create-record - A field is asked for a record that is not there yet; cancelable.
 * @fires {ActivitySendEvent} activity-send - Before it is sent; cancelable.
 * @fires {ActivitySavedEvent} activity-saved - It was created.
 * @fires {ActivityErrorEvent} activity-error - It was not.
 * @fires {ActivityOpenEvent} activity-open - What was created is to be opened; cancelable.
 * @fires {Event} close - The user closed it, or saved and closed.
 * @csspart base - All of it.
 * @csspart pane - Heading, fields and buttons, in mode inline.
 * @csspart dialog - The dialog, in modes side and dialog.
 * @csspart dialog-header - The line of its title.
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
 * @csspart field-line - The line that understands what is typed.
 * @csspart understood - What was understood of it.
 * @csspart chip - One thing that was understood; also `on`.
 * @csspart period - Start and end.
 * @csspart recurrence - How often it repeats.
 * @csspart recurrence-words - That in words, with the next dates.
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
 * @csspart sending - A file that is being sent.
 * @csspart failed - A file that could not be sent.
 * @csspart refused - A file that is not taken.
 * @csspart attachment-open - Its name, which shows or downloads it.
 * @csspart attachment-download - What downloads it.
 * @csspart attachment-remove - What removes it, or stops sending it.
 * @csspart attachment-retry - What tries again to send it.
 * @csspart attachment-preview - The dialog with a picture.
 * @csspart progress - How much of a file is sent.
 * @csspart tile - The glyph of the type.
 * @csspart button - A button without a name of its own; also `primary` or `disabled`.
 * @csspart save - *Save and close*.
 * @csspart send - *Send*, of an email.
 * @csspart save-and-new - *Save and new*.
 * @csspart save-and-open - What saves it and opens its full form.
 * @csspart change-type - What switches to another type.
 * @csspart close - The ×.
 * @csspart discard - What throws away what was typed.
 * @csspart primary - The primary button.
 * @csspart disabled - A button that cannot be used now.
 * @csspart denied - What is said when nothing of the type may be created.
 * @csspart notices - The stack of notices, where the element stands alone.
 * @csspart notice - One notice; also `done` or `error`.
 * @csspart waiting - What is said while one is offline, or changes wait to be sent; also a file that is sent with the save.
 * @csspart waiting-change - One change in the list of what waits.
 * @cssstate waiting - One is offline, or changes wait to be sent: leave room at the end of the page for the line that says so.
 * @csspart done - A notice of what was done.
 */
export class ActivityQuickCreate extends ActivityElement {
  static override readonly styles: CSSResultGroup = [
    ActivityElement.styles,
    popoverStyles,
    dialogStyles,
    fieldsStyles,
    formBodyStyles,
    attachmentsStyles,
  ];

  /** The host's `<form>` sees it: its value is what is filled in, as JSON. */
  static readonly formAssociated = true;

  /** Name of its value in the host's `<form>`. */
  @property({ reflect: true }) name?: string;
  /** Name of the type that is created. */
  @property() type = 'task';
  /** What is filled in to begin with; its type beats `type`. */
  @property({ attribute: false }) draft?: ActivityDraft;
  /** Where it stands: in the page, in a pane at its end, or in a dialog over it. */
  @property() mode: 'inline' | 'side' | 'dialog' = 'inline';
  /** In modes side and dialog: whether it is shown. */
  @property({ type: Boolean, reflect: true }) open = false;

  /** Leaves out the line that understands what is typed: "call Cecil Langer tomorrow 3pm !high". */
  @property({ type: Boolean, attribute: 'without-line' }) withoutLine = false;

  @state() private isSaving = false;
  @state() private saveError = '';
  @state() private saved = '';
  /** It is created, but some of its files are not attached yet. */
  @state() private created: Activity | undefined;
  /** The type that the user switched to. */
  @state() private chosenType: string | undefined;
  /** It is done already, and only to be logged. */
  @state() private begins: 'plan' | 'log' | 'canceled' = 'plan';

  readonly #form: FormController = new FormController(this, {
    customField: (path) => customFieldOf(this, this.#form.type.name, path),
    onChange: () => {
      this.saved = '';
      this.#drafts.changed();
    },
  });
  readonly #drafts = new FormDrafts(this, this.#form, {
    key: () => this.#key,
    onRestore: ({ type, patch, key }) => {
      if (key !== undefined) this.#key = key;
      if (this.store?.types.has(type)) this.#switchTo(type);
      this.#form.restore(withPatch(this.#form.draft, patch));
    },
  });
  readonly #shell = new FormShell(this, {
    // A save that is under way may still fail.
    mayLose: () => this.#form.isDirty || this.isSaving || this.#files.unsent > 0,
    onEnd: () => {
      this.#drafts.end();
      this.#beginAnew(this.#base);
    },
    closesInline: true,
  });
  readonly #value = new FormValue(this.internals, this.#form);
  readonly #files = new Attachments(this);
  readonly #menu = new MenuController(this);
  readonly #line = new LineController(this, this.#form, this.#menu, {
    types: () => this.#allowedTypes,
    lookup: () => lookupOf(this),
    switchTo: (type) => this.#switchTo(type),
    onEnter: () => void this.#save('close'),
  });
  /** Of what is filled in; a second save, after one whose answer got lost, is the same create. */
  #key: string = crypto.randomUUID();
  /** Once its files are there, too. */
  #isToBeSent = false;
  #begun:
    | { readonly draft: ActivityDraft | undefined; readonly known: readonly unknown[] }
    | undefined;

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    this.#shell.follow();
    this.#begin(changed.has('open') && this.open);
    const { type } = this.#form;
    this.#files.show(this.store && { type, mayChange: this.#mayAttach });
  }

  protected override updated(): void {
    // The last of its files came, or was taken away, by itself.
    if (this.created && !this.isSaving && this.#files.unsent === 0) void this.#attachAgain();
    this.#value.tell(this.words, this.#shell.isShown && this.store !== undefined);
  }

  /** Whether all that must be filled in is, and right. */
  checkValidity(): boolean {
    return this.internals.checkValidity();
  }

  /** As `checkValidity`, and shows what is wrong. */
  reportValidity(): boolean {
    return this.#form.check() && this.internals.reportValidity();
  }

  /** What it begins with, as the host says. */
  get #base(): ActivityDraft {
    const base = this.draft ?? this.draftFor(this.type);
    return this.chosenType === undefined ? base : { ...base, type: this.chosenType };
  }

  /** What is new about a record is kept with that record. */
  get #draftKey(): string {
    const { regarding } = this.#base;
    return `quick-create.draft:${regarding ? `${regarding.kind}/${regarding.id}` : ''}`;
  }

  /** What both types have stays. */
  #switchTo(name: string): void {
    if (name === this.#form.type.name) return;
    const { draft, changedPaths } = this.#form;
    const type = this.typeOf({ type: name });
    const more = carried(draft, changedPaths, type, this.words.timeZone);
    this.chosenType = name;
    if (!this.draft) this.type = name;
    this.#form.rebase(...this.#prefilled(this.#base));
    for (const [path, value] of Object.entries(more)) this.#form.set(path, value);
    if (!this.#canBegin(this.begins)) this.begins = 'plan';
    this.#drafts.changed();
  }

  get #isLog(): boolean {
    return this.begins === 'log';
  }

  #canBegin(begins: 'plan' | 'log' | 'canceled'): boolean {
    const { type, draft } = this.#form;
    if (begins === 'log') return type.states.completed !== undefined && type.deadline === 'due';
    // Nobody means that who did not begin with it.
    return begins === 'plan' || (draft.state === 'canceled' && type.states.canceled !== undefined);
  }

  /**
   * Begins where the host gives another draft, and when it is opened. What is known only later (who the user is, the types) or
   * changes meanwhile (what it is about) is filled in around what was typed.
   */
  #begin(isOpened: boolean): void {
    const { store, draft } = this;
    if (!store) return;
    this.#drafts.begin(this.#shell.isShown ? this.#draftKey : undefined);
    const known: unknown[] = [
      this.#base.type,
      this.about?.kind,
      this.about?.id,
      store,
      store.types,
    ];
    known.push(store.session.user, this.words.timeZone);
    const begun = this.#begun;
    this.#begun = { draft, known };
    const isOther = !begun || !sameJson(draft, begun.draft);
    if (isOther) this.chosenType = undefined;
    if (isOther || (isOpened && !this.#form.isDirty)) this.#beginAnew(this.#base);
    else if (known.some((part, index) => part !== begun.known[index])) {
      this.#form.rebase(...this.#prefilled(this.#base));
    }
  }

  #beginAnew(base: ActivityDraft): void {
    this.created = undefined;
    this.#files.reset();
    this.saveError = '';
    this.saved = '';
    this.#key = crypto.randomUUID();
    const [draft, type] = this.#prefilled(base);
    this.#line.reset();
    this.#form.begin(type, draft);
    const begins = draft.state === 'completed' ? 'log' : 'canceled';
    this.begins = isDone(draft) && this.#canBegin(begins) ? begins : 'plan';
  }

  #prefilled(base: ActivityDraft): [ActivityDraft, ActivityType] {
    const type = this.typeOf(base);
    const { now, store, words } = this;
    return [
      prefilled(base, type, { user: store?.session.user, now, timeZone: words.timeZone }),
      type,
    ];
  }

  /** What is logged is done: with a time, and the usual reason. One create. */
  get #draftToSave(): ActivityDraft {
    const { draft, type } = this.#form;
    if (this.begins === 'canceled') return draft;
    if (!this.#isLog) {
      const isChoice = draft.state === 'canceled' || this.#canBegin('log');
      return isDone(draft) && isChoice ? withoutState(draft) : draft;
    }
    const reason = draft.statusReason ?? type.states.completed?.default;
    return {
      ...draft,
      state: 'completed',
      ...(reason !== undefined && { statusReason: reason }),
      actualEnd: draft.actualEnd ?? toInstant(this.now),
    };
  }

  get #mayAttach(): boolean {
    const { store } = this;
    if (!store || this.created) return false;
    const permission = may('attach', this.#form.draft as Activity, store.permissions);
    return permission === true;
  }

  /** It is created as a draft, then sent: held for the undo time, in which it can be called back. */
  async #save(then: 'close' | 'new' | 'open' | 'send'): Promise<void> {
    if (this.isSaving || this.created) return;
    if (this.#line.isBusy) {
      this.isSaving = true;
      await this.#line.settled();
      this.isSaving = false;
    }
    if (!this.#form.check()) return;
    if (then === 'send' && !isAddressed(this, this.#form)) return;
    this.#isToBeSent = then === 'send';
    const { context } = this;
    if (this.#files.isStranded) {
      const type = this.words.typeName(this.#form.type);
      this.saveError = this.words.say('attach.type-takes-none', type);
      return;
    }
    const draft = this.#draftToSave;
    this.isSaving = true;
    this.saveError = '';
    this.saved = '';
    const { type, draft: filledIn } = this.#form;
    const clean = await withCleanBodies(draft, type, filledIn.descriptionFormat);
    const create = (all: ActivityDraft): Promise<Outcome> =>
      this.requests.create(all, {
        quiet: true,
        key: this.#key,
        // That it is sent, and can be called back, is said of it; not also that there is a draft.
        isPart: then === 'send',
      });
    let outcome = await create(clean);
    if (hasNoPlace(outcome.error) && clean.descriptionFormat !== 'html') {
      const { outcome: how, outcomeNote: note, description, ...rest } = clean;
      const described = withHowItWent(description, how, note, type, this.words);
      outcome = await create({ ...rest, description: described });
    }
    this.isSaving = false;
    if (!outcome.isDone) {
      const text = saveErrorText(this, outcome.reason);
      this.saveError = text;
      if (!this.#shell.isShown) context.notify({ kind: 'error', text });
      else if (outcome.error?.fields) this.#form.refuse(outcome.error.fields);
      return;
    }
    this.#drafts.end();
    const [result] = outcome.results;
    const created = result && 'activity' in result ? result.activity : undefined;
    if (created && this.#files.unsent > 0 && !(await this.#attach(created))) return;
    await this.#end(then, draft, created);
  }

  /** Sends the files of what is created now. Where some fail, only they are left to be dealt with. */
  async #attach(created: Activity): Promise<boolean> {
    this.isSaving = true;
    this.created = created;
    const isDone = await this.#files.send(created.id);
    this.isSaving = false;
    if (isDone) this.created = undefined;
    return isDone;
  }

  async #attachAgain(): Promise<void> {
    const { created } = this;
    if (!created || this.isSaving || !(await this.#attach(created))) return;
    await this.#end(this.#isToBeSent ? 'send' : 'close', this.#form.draft, created);
  }

  async #end(
    then: 'close' | 'new' | 'open' | 'send',
    draft: ActivityDraft,
    created: Activity | undefined,
  ): Promise<void> {
    if (then === 'open') {
      this.#shell.close();
      if (created) await this.requests.open(created);
      return;
    }
    if (then === 'send') {
      this.#shell.close();
      if (created) await this.requests.send([created]);
      return;
    }
    if (then === 'close') {
      this.#shell.close();
      this.saved = this.words.say('sync.saved');
      return;
    }
    const goesOn = this.#line.isUsed;
    this.#beginAnew(nextDraft(draft));
    this.saved = this.words.say('sync.saved');
    await this.updateComplete;
    if (goesOn) this.#line.focus();
    else this.#form.focus(firstField(this.#form.type));
  }

  protected override renderContent(): TemplateResult {
    const { words, store } = this;
    const { type } = this.#form;
    const title = words.say('action.new-type', words.typeName(type));
    const permission = store ? mayCreate(type.name, store.permissions) : true;
    const isAllowed = permission === true;
    const body = isAllowed
      ? formBody(this, this.#form, {
          label: title,
          ...(!this.#startsWithLine && { autofocus: firstField(type) }),
          error: this.saveError,
          isBusy: this.isSaving,
          before: this.created ? this.#renderUnattached() : this.#renderBefore(),
          after: this.#files.render(),
          repeats: repeatsOf(this, {}),
          readOnly: this.created !== undefined,
          ...(this.#isLog && { more: loggedFields(type) }),
          onSubmit: () => void (this.created ? this.#attachAgain() : this.#save('close')),
        })
      : html`${this.#renderTypes()}
        ${deniedState({ title: words.say('refusal.title'), reason: words.refusal(permission) })}`;
    return this.#shell.render({
      title,
      mark: tile(type),
      actions: this.created ? nothing : this.#renderSwitch(),
      body: html`${body} ${this.#menu.render()} ${this.#files.renderPreview()}`,
      ...(isAllowed && { footer: this.#renderFooter() }),
    });
  }

  /** In the page, where nobody chose a type before. */
  #renderTypes(): TemplateResult | typeof nothing {
    const { words, store } = this;
    if (this.mode !== 'inline' || this.draft || !store) return nothing;
    return choiceField({
      id: 'type',
      label: words.say('field.type'),
      value: this.type,
      choices: this.#allowedTypes.map((type) => ({
        value: type.name,
        label: words.typeName(type),
      })),
      part: 'field-type',
      onChange: (name) => {
        if (name !== undefined) this.#switchTo(name);
      },
    });
  }

  /** Another type, where the first one was chosen before. */
  #renderSwitch(): TemplateResult | typeof nothing {
    const { words, store } = this;
    if (!store || (this.mode === 'inline' && !this.draft)) return nothing;
    const types = this.#allowedTypes;
    if (types.length < 2) return nothing;
    const label = words.say('action.change-type');
    return html`${button({
      label,
      icon: 'more',
      iconOnly: true,
      popup: 'menu',
      part: 'change-type',
      onClick: (event) =>
        this.#menu.toggle(event.currentTarget as HTMLElement, {
          label,
          groups: [
            {
              items: types.map((type) => ({
                label: words.typeName(type),
                icon: type.icon,
                checked: type.name === this.#form.type.name,
                onSelect: () => this.#switchTo(type.name),
              })),
            },
          ],
        }),
    })}`;
  }

  get #allowedTypes(): readonly ActivityType[] {
    const { store } = this;
    if (!store) return [];
    return [...store.types].filter(({ name }) => mayCreate(name, store.permissions) === true);
  }

  /** Where nothing is filled in yet, one begins with the line: it fills in the rest. */
  get #startsWithLine(): boolean {
    const { type } = this.#form;
    return !this.withoutLine && !this.#base[firstField(type) as 'subject' | 'description'];
  }

  #renderBefore(): unknown {
    const { words } = this;
    const ways = (['plan', 'log', 'canceled'] as const).filter((one) => this.#canBegin(one));
    return [
      this.#drafts.render(),
      this.withoutLine ? nothing : this.#line.render(this.#startsWithLine),
      this.#renderTypes(),
      ways.length > 1
        ? segmented({
            label: words.say('create.when'),
            name: 'log',
            value: this.begins,
            segments: ways.map((value) => ({
              value,
              label: value === 'canceled' ? words.stateName(value) : words.say(`create.${value}`),
            })),
            onChange: (value) => (this.begins = value),
          })
        : nothing,
    ];
  }

  /** What is left to do when the activity is saved and some of its files are not. */
  #renderUnattached(): unknown {
    const { words, isSaving } = this;
    if (isSaving) return nothing;
    return html`<p class="save-error" part="save-error" role="alert">
      ${words.say('attach.saved-without', this.#files.unsent)}
    </p>`;
  }

  #renderAttachAgain(): TemplateResult {
    const { words } = this;
    return html`
      ${button({
        label: words.say(this.isSaving ? 'sync.saving' : 'action.retry'),
        kind: 'primary',
        part: 'save',
        disabled: this.isSaving,
        onClick: () => void this.#attachAgain(),
      })}
      ${button({
        label: words.say('attach.close-without'),
        part: 'discard',
        onClick: () => this.#shell.close(),
      })}
    `;
  }

  #renderFooter(): TemplateResult {
    const { words } = this;
    if (this.created) return this.#renderAttachAgain();
    const { draft, type } = this.#form;
    const sends = this.begins === 'plan' && canSend(this, draft, type);
    return html`
      ${
        sends
          ? button({
              label: words.say('action.send'),
              icon: 'send',
              kind: 'primary',
              part: 'send',
              disabled: this.isSaving,
              onClick: () => void this.#save('send'),
            })
          : nothing
      }
      ${button({
        label: words.say(this.isSaving ? 'sync.saving' : 'action.save-and-close'),
        kind: sends ? 'outline' : 'primary',
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
      ${
        this.context.canOpen
          ? button({
              label: words.say('action.save-and-open'),
              icon: 'open',
              iconOnly: true,
              part: 'save-and-open',
              disabled: this.isSaving,
              onClick: () => void this.#save('open'),
            })
          : nothing
      }
      <span class="saved small quiet" role="status">${this.saved}</span>
    `;
  }
}

function isDone({ state: begun = null }: ActivityDraft): boolean {
  return isClosed({ state: begun });
}

declare global {
  interface HTMLElementTagNameMap {
    'activity-quick-create': ActivityQuickCreate;
  }
}

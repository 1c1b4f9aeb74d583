import { html, nothing, type ReactiveController, type TemplateResult } from 'lit';
import { applyPatch, type Activity } from '../../model/activity.js';
import { toPlainText } from '../../model/plain-text.js';
import { may } from '../../provider/may.js';
import { toFailure } from '../../provider/failure.js';
import { button } from '../../ui/button.js';
import { richText } from '../../ui/rich-text.js';
import type { ActivityElement } from '../base/activity-element.js';
import { FormDrafts } from '../base/form-drafts.js';
import { subjectOf } from '../base/subject-link.js';
import { CardFields, cardEditor } from './card-editor.js';

/** What a card shows beyond its face: its description, and the fields that are edited in place. */
export class CardDetails implements ReactiveController {
  readonly #host: ActivityElement;
  readonly #expanded = new Set<string>();
  /** What could not be loaded, in the user's words. */
  readonly #problems = new Map<string, string>();
  readonly #loading = new Set<string>();
  readonly #fields: CardFields;
  readonly #drafts: FormDrafts;
  #editing: string | undefined;
  #isChecked = false;
  readonly #saving = new Set<string>();

  constructor(host: ActivityElement) {
    this.#host = host;
    this.#fields = new CardFields(host);
    this.#drafts = new FormDrafts(host, this.#fields, {
      onRestore: ({ patch }) => this.#fields.restore(patch),
      shows: CardFields.holds,
    });
    host.addController(this);
  }

  /** The card that is edited. */
  get editing(): string | undefined {
    return this.#editing;
  }

  hostUpdate(): void {
    if (this.#editing === undefined) return;
    const row = this.#host.store?.row(this.#editing);
    if (!row) this.#end();
    // What is being saved is shown already, and may still be refused.
    else if (this.#saving.has(row.id)) return;
    else if (this.#mayEdit(row)) this.#fields.rebase(row);
    else this.#giveUp(row);
  }

  #mayEdit(row: Activity): boolean {
    const { store } = this.#host;
    return store !== undefined && may('edit', row, store.permissions) === true;
  }

  /** Somebody else has closed it, say: what was typed is kept, in case it is opened again. */
  #giveUp({ id, subject }: Activity): void {
    const { context, words } = this.#host;
    const isTyped = this.#fields.isDirty;
    queueMicrotask(() => {
      this.#close(id);
      if (!isTyped) return;
      const text = words.say('kanban.edit-over', subject || words.say('record.untitled'));
      context.notify({ kind: 'error', text });
    });
  }

  isExpanded(id: string): boolean {
    return this.#expanded.has(id);
  }

  /** All that what is drawn here depends on. */
  of({ id }: Activity): readonly unknown[] {
    return [
      this.#expanded.has(id),
      this.#loading.has(id),
      this.#problems.get(id),
      // What is offered there comes and goes by itself.
      this.#editing === id && {},
    ];
  }

  toggle(id: string): void {
    if (!this.#expanded.delete(id)) {
      this.#expanded.add(id);
      void this.#load(id);
    }
    this.#host.requestUpdate();
  }

  edit(id: string): void {
    const row = this.#host.store?.row(id);
    if (!row || !this.#mayEdit(row)) return;
    // Who goes on to another card means what is typed.
    if (this.#editing !== undefined && this.#editing !== id) void this.#save(this.#editing);
    this.#editing = id;
    this.#isChecked = false;
    this.#fields.begin(row);
    this.#drafts.begin(`form.draft:${id}`);
    this.#host.requestUpdate();
    void this.#host.updateComplete.then(() => this.#focus('input[name=subject]', id));
  }

  renderBody(activity: Activity): unknown {
    const { id, description = '', descriptionFormat } = activity;
    if (!this.#expanded.has(id)) return nothing;
    const { words } = this.#host;
    const problem = this.#problems.get(id);
    if (problem !== undefined) {
      return html`<div class="card-body small" part="card-body">
        <span dir="auto">${problem}</span>
        ${button({
          label: words.say('action.retry'),
          kind: 'link',
          small: true,
          tabIndex: -1,
          onClick: () => void this.#load(id),
        })}
      </div>`;
    }
    if (this.#loading.has(id)) {
      return html`<div class="card-body small quiet" part="card-body">
        ${words.say('loading.more')}
      </div>`;
    }
    if (toPlainText(description, descriptionFormat).trim() === '') {
      return html`<div class="card-body small quiet" part="card-body">
        ${words.say('kanban.no-description')}
      </div>`;
    }
    return html`<div
      class="card-body small rich-text"
      part="card-body"
      dir="auto"
      ${richText(description, {
        format: descriptionFormat,
        onProblem: (text) => this.#host.reportProblems([`activity ${id}: ${text}`]),
      })}
    ></div>`;
  }

  renderEditor({ id }: Activity): TemplateResult | typeof nothing {
    if (this.#editing !== id) return nothing;
    return cardEditor(this.#host, {
      fields: this.#fields,
      offer: this.#drafts.render(),
      isChecked: this.#isChecked,
      onInput: () => {
        this.#drafts.changed();
        if (this.#isChecked) this.#host.requestUpdate();
      },
      onSave: () => {
        if (!this.#fields.lacksSubject) return void this.#save(id);
        this.#isChecked = true;
        this.#host.requestUpdate();
        this.#focus('input[name=subject]', id);
      },
      onCancel: () => {
        this.#drafts.end();
        this.#close(id);
      },
    });
  }

  async #load(id: string): Promise<void> {
    const { store, asker } = this.#host;
    const row = store?.row(id);
    this.#problems.delete(id);
    if (!store || !row || row.loaded === undefined || row.loaded.includes('body')) return;
    this.#loading.add(id);
    this.#host.requestUpdate();
    try {
      await store.load(id, asker);
    } catch (thrown) {
      this.#problems.set(id, this.#host.words.failure(toFailure(thrown)));
    }
    this.#loading.delete(id);
    this.#host.requestUpdate();
  }

  /** What was typed stays in its fields until it is saved. */
  async #save(id: string): Promise<void> {
    const { store, words, requests } = this.#host;
    const row = store?.row(id);
    if (!row || this.#saving.has(id)) return;
    const { changes, isDirty } = this.#fields;
    if (isDirty) {
      this.#saving.add(id);
      const isSaved = this.#drafts.saving(changes);
      const { isDone } = await requests.update([row], changes, {
        done: words.say('announce.saved', subjectOf(this.#host, applyPatch(row, changes))),
      });
      this.#saving.delete(id);
      if (isDone) isSaved();
      if (this.#editing === id) this.#fields.rebase(store?.row(id) ?? row);
      // What was typed while it was being saved is not.
      if (this.#editing !== id || this.#fields.isDirty) return;
    }
    this.#close(id);
  }

  #close(id: string): void {
    if (this.#editing !== id) return;
    this.#end();
    this.#host.requestUpdate();
    void this.#host.updateComplete.then(() => this.#focus('article', id));
  }

  #end(): void {
    this.#editing = undefined;
    this.#drafts.begin(undefined);
  }

  #focus(selector: string, id: string): void {
    const item = this.#host.renderRoot.querySelector(`li[data-id="${CSS.escape(id)}"]`);
    item?.querySelector<HTMLElement>(selector)?.focus();
  }
}

import { html, nothing, type ReactiveController, type TemplateResult } from 'lit';
import type { Activity, ActivityPatch } from '../../model/activity.js';
import { toPlainText } from '../../model/plain-text.js';
import { may } from '../../provider/may.js';
import { toFailure } from '../../provider/failure.js';
import { button } from '../../ui/button.js';
import { richText } from '../../ui/rich-text.js';
import type { ActivityElement } from '../base/activity-element.js';
import { cardEditor } from './card-editor.js';

/** What a card shows beyond its face: its description, and the fields that are edited in place. */
export class CardDetails implements ReactiveController {
  readonly #host: ActivityElement;
  readonly #expanded = new Set<string>();
  /** What could not be loaded, in the user's words. */
  readonly #problems = new Map<string, string>();
  readonly #loading = new Set<string>();
  #editing: string | undefined;
  #isSaving = false;

  constructor(host: ActivityElement) {
    this.#host = host;
    host.addController(this);
  }

  /** The card that is edited. */
  get editing(): string | undefined {
    return this.#editing;
  }

  hostUpdate(): void {
    if (this.#editing !== undefined && !this.#host.store?.row(this.#editing)) {
      this.#editing = undefined;
    }
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
      this.#editing === id,
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
    const { store } = this.#host;
    const row = store?.row(id);
    if (!store || !row || may('edit', row, store.permissions) !== true) return;
    this.#editing = id;
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

  renderEditor(activity: Activity): TemplateResult | typeof nothing {
    if (this.#editing !== activity.id) return nothing;
    return cardEditor(this.#host, activity, {
      onSave: (patch) => void this.#save(activity.id, patch),
      onCancel: () => this.#close(activity.id),
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
  async #save(id: string, patch: ActivityPatch | undefined): Promise<void> {
    const row = this.#host.store?.row(id);
    if (!row || this.#isSaving) return;
    if (patch) {
      this.#isSaving = true;
      const { isDone } = await this.#host.requests.update([row], patch);
      this.#isSaving = false;
      if (!isDone) return;
    }
    this.#close(id);
  }

  #close(id: string): void {
    if (this.#editing !== id) return;
    this.#editing = undefined;
    this.#host.requestUpdate();
    void this.#host.updateComplete.then(() => this.#focus('article', id));
  }

  #focus(selector: string, id: string): void {
    const item = this.#host.renderRoot.querySelector(`li[data-id="${CSS.escape(id)}"]`);
    item?.querySelector<HTMLElement>(selector)?.focus();
  }
}

import { html, nothing } from 'lit';
import type { RecordRef } from '../../model/activity.js';
import { DialogController } from '../../ui/dialog.js';
import { RecordFieldController } from '../../ui/fields/record-field.js';
import type { ActivityWorkspace } from './activity-workspace.js';

export const PEOPLE: readonly string[] = ['user', 'team'];

export interface RecordQuestion {
  readonly title: string;
  /** Of the field in which it is sought. */
  readonly label: string;
  /** Kinds of record; empty: all but people and teams. */
  readonly kinds: readonly string[];
  readonly run: (record: RecordRef) => void;
}

/** Asks for a record: what a filter is to be set to, to whom something goes, what it is about. */
export class RecordPicker {
  readonly #host: ActivityWorkspace;
  readonly #dialog: DialogController;
  readonly #field: RecordFieldController;
  #asked: RecordQuestion | undefined;

  constructor(host: ActivityWorkspace) {
    this.#host = host;
    this.#dialog = new DialogController(host, { lightDismiss: true });
    this.#field = new RecordFieldController(host);
  }

  open(question: RecordQuestion): void {
    this.#asked = question;
    this.#field.reset();
    void this.#dialog.show().then(() => this.#dialog.element?.querySelector('input')?.focus());
  }

  render(): unknown {
    if (!this.#dialog.isOpen || !this.#asked) return nothing;
    const { title, label, kinds, run } = this.#asked;
    const host = this.#host;
    const { words, store, asker } = host;
    return this.#dialog.render({
      title,
      closeLabel: words.say('action.close'),
      size: 'small',
      body: html`<div class="ask">
        ${this.#field.render({
          id: 'chosen-record',
          label,
          words,
          value: [],
          lookup: async (text, signal) => {
            const found = (await store?.lookup(text, kinds, asker, signal)) ?? [];
            return kinds.length > 0
              ? found
              : found.filter(({ ref }) => ref.kind !== 'user' && ref.kind !== 'team');
          },
          onChange: ([chosen]) => {
            if (!chosen?.record) return;
            this.#dialog.hide();
            run(chosen.record);
          },
          onProblem: () => undefined,
          announce: (text) => host.context.announce(text),
        })}
      </div>`,
    });
  }
}

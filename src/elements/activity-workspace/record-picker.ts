import { html, nothing } from 'lit';
import { DialogController } from '../../ui/dialog.js';
import { RecordFieldController } from '../../ui/fields/record-field.js';
import type { ActivityWorkspace } from './activity-workspace.js';

/** Seeks the record that a filter is to be set to. */
export class RecordPicker {
  readonly #host: ActivityWorkspace;
  readonly #dialog: DialogController;
  readonly #field: RecordFieldController;
  #filter: 'owner' | 'regarding' = 'regarding';

  constructor(host: ActivityWorkspace) {
    this.#host = host;
    this.#dialog = new DialogController(host, { lightDismiss: true });
    this.#field = new RecordFieldController(host);
  }

  open(filter: 'owner' | 'regarding'): void {
    this.#filter = filter;
    this.#field.reset();
    void this.#dialog.show().then(() => this.#dialog.element?.querySelector('input')?.focus());
  }

  render(): unknown {
    if (!this.#dialog.isOpen) return nothing;
    const host = this.#host;
    const { words, store, asker } = host;
    const label = words.say(this.#filter === 'owner' ? 'field.owner' : 'field.regarding');
    const kinds = this.#filter === 'owner' ? ['user', 'team'] : [];
    return this.#dialog.render({
      title: words.say('filter.by', label),
      closeLabel: words.say('action.close'),
      size: 'small',
      body: html`<div class="ask">
        ${this.#field.render({
          id: 'filter-record',
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
            host.choose({ [this.#filter]: chosen.record });
          },
          onProblem: () => undefined,
          announce: (text) => host.context.announce(text),
        })}
      </div>`,
    });
  }
}

import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { isObject, type Json } from '../../model/json.js';
import { ActivityErrorEvent } from '../../events/activity-error-event.js';
import { fieldLabel } from '../../i18n/problems.js';
import type { Activity } from '../../model/activity.js';
import { timeKind, toInstant } from '../../model/time.js';
import type { ActivityStore } from '../../store/activity-store.js';
import type { Change } from '../../store/change.js';
import { Soon } from '../../store/soon.js';
import { button } from '../../ui/button.js';
import { DialogController } from '../../ui/dialog.js';
import { icon } from '../../ui/icon.js';
import type { ActivityElement } from './activity-element.js';

/** Of so many acts is remembered what failed late. */
const MOST_LATE = 20;

/** Which element tells what waits in a store, where several stand alone on one; with the way to end that. */
const tellers = new WeakMap<
  ActivityStore,
  { readonly host: ActivityElement; readonly end: () => void }
>();

/**
 * What the user must know of writes that are not on the server: that one is offline, how many wait, what is wrong with the place
 * where they are saved, and which of them somebody else's change stands against. With the list of them, and the choice.
 */
export class Waiting {
  readonly #host: ActivityElement;
  readonly #internals: ElementInternals;
  readonly #list: DialogController;
  readonly #choice: DialogController;
  /** What failed late, by acts. */
  readonly #late = new Map<string, { readonly changes: Change[]; readonly soon: Soon }>();
  readonly #told = new WeakSet<Change>();
  /** What the open list has shown; what is sent meanwhile stays in it as sent. */
  #listed = new Set<Change>();
  #chosen: Change | undefined;
  #said = '';

  constructor(host: ActivityElement, internals: ElementInternals) {
    this.#host = host;
    this.#internals = internals;
    this.#list = new DialogController(host, {
      lightDismiss: true,
      onClose: () => (this.#listed = new Set()),
    });
    this.#choice = new DialogController(host, { onClose: () => (this.#chosen = undefined) });
  }

  /** The line that stands while there is something to tell. */
  renderStatus(): unknown {
    const line = this.#renderLine();
    // Whoever lays out the page leaves room for it.
    if (line === nothing) this.#internals.states.delete('waiting');
    else this.#internals.states.add('waiting');
    return line;
  }

  #renderLine(): unknown {
    const { store } = this.#host;
    if (!store || !this.#tells(store)) return nothing;
    const { words } = this.#host;
    const { waiting } = store.writer;
    const conflict = waiting.find(({ state }) => state === 'conflicted');
    const failed = waiting.filter((change) => this.#stateOf(change) === 'failed').length;
    const saved = waiting.length - failed;
    const texts = [
      ...(!store.isOnline ? [words.say('waiting.offline')] : []),
      ...(saved > 0 ? [words.say('waiting.count', saved)] : []),
      ...(failed > 0 ? [words.say('waiting.failed-count', failed)] : []),
      ...[...store.writer.problems.keys()].map((problem) => words.say(`waiting.${problem}`)),
      ...(store.writer.journalError ? [words.say('waiting.no-journal')] : []),
      ...(conflict ? [words.say('waiting.conflict', this.#subject(conflict))] : []),
    ];
    this.#say(texts.join(' '));
    if (texts.length === 0) return nothing;
    return html`<div class="waiting" part="waiting">
      ${icon(store.isOnline ? 'warning' : 'offline')}
      <span class="notice-text">${texts.join(' ')}</span>
      ${
        conflict
          ? this.#action(words.say('waiting.compare'), () => this.#choose(conflict))
          : nothing
      }
      ${
        waiting.length > 0
          ? this.#action(words.say('waiting.show'), () => void this.#list.show())
          : nothing
      }
    </div>`;
  }

  renderDialogs(): unknown {
    return [this.#renderList(), this.#renderChoice()];
  }

  #tells(store: ActivityStore): boolean {
    const teller = tellers.get(store);
    if (teller?.host === this.#host) return true;
    if (teller?.host.isConnected && teller.host.store === store) return false;
    teller?.end();
    const end = store.writer.onLate((change) => this.#tellLate(store, change));
    tellers.set(store, { host: this.#host, end });
    return true;
  }

  /** What was called done, or to be done, and was refused in the end. */
  #tellLate(store: ActivityStore, change: Change): void {
    if (change.state !== 'refused') return;
    const { act } = change;
    let late = this.#late.get(act);
    if (!late) {
      const changes: Change[] = [];
      const soon = new Soon(() => this.#tellTogether(store, act, changes));
      this.#late.set(act, (late = { changes, soon }));
      const [oldest] = this.#late.keys();
      if (this.#late.size > MOST_LATE && oldest !== undefined) this.#late.delete(oldest);
    }
    late.changes.push(change);
    late.soon.want();
  }

  /** Those of one act share one notice, which says how many they are by now. */
  #tellTogether(store: ActivityStore, act: string, changes: readonly Change[]): void {
    const { words, context } = this.#host;
    const [first] = changes;
    if (!first?.error) return;
    const target = this.#host.isConnected ? this.#host : document;
    const fresh = changes.filter((change) => !this.#told.has(change));
    for (const change of fresh) this.#told.add(change);
    const error = fresh[0]?.error ?? first.error;
    const ids = fresh.map(({ key }) => store.rows.base(key)?.id ?? key);
    target.dispatchEvent(new ActivityErrorEvent({ error, ids }));
    const reason = words.failure(error);
    context.notify({
      kind: 'error',
      topic: act,
      text:
        changes.length === 1
          ? words.say('waiting.late', this.#subject(first), reason)
          : words.say('waiting.late-many', changes.length, reason),
      action: { label: words.say('waiting.show'), run: () => void this.#list.show() },
    });
  }

  /** Each new word once. */
  #say(text: string): void {
    if (text === this.#said) return;
    this.#said = text;
    if (text !== '') queueMicrotask(() => this.#host.context.announce(text));
  }

  #action(label: string, run: () => void): unknown {
    return html`<button type="button" class="notice-action" @click=${run}>${label}</button>`;
  }

  #subject(change: Change): string {
    const { words, store } = this.#host;
    const row = store?.row(change.key) ?? change.before;
    const subject = row?.subject ?? (change.kind === 'create' ? change.draft.subject : undefined);
    return subject || words.say('waiting.no-subject');
  }

  #stateOf(change: Change): 'saved' | 'sent' | 'failed' {
    if (change.state === 'confirmed') return 'sent';
    const isKept = change.isSaved && change.state !== 'refused' && change.state !== 'conflicted';
    return isKept ? 'saved' : 'failed';
  }

  #renderList(): unknown {
    const { words, store } = this.#host;
    if (!store || !this.#list.isOpen) return nothing;
    const { writer } = store;
    for (const change of writer.waiting) this.#listed.add(change);
    const shown = [...this.#listed].filter(({ state }) => state !== 'undone');
    return this.#list.render({
      title: words.say('waiting.title'),
      closeLabel: words.say('action.close'),
      size: 'small',
      body:
        shown.length === 0
          ? html`<p>${words.say('waiting.nothing')}</p>`
          : html`<ul class="waiting-list">
              ${repeat(
                shown,
                ({ idempotencyKey }) => idempotencyKey,
                (change) => this.#renderChange(store, change),
              )}
            </ul>`,
    });
  }

  #renderChange({ writer }: ActivityStore, change: Change): unknown {
    const { words } = this.#host;
    const state = this.#stateOf(change);
    const subject = this.#subject(change);
    return html`<li class="waiting-change" part="waiting-change">
      <strong><bdi>${subject}</bdi></strong>
      ${
        state === 'sent'
          ? nothing
          : html`<time
              class="small quiet num"
              datetime=${toInstant(change.at)}
              title=${words.stamp(change.at)}
              >${words.ago(change.at)}</time
            >`
      }
      <span>${words.say(`waiting.${state}`)}</span>
      ${
        change.error && state === 'failed'
          ? html`<span class="small quiet waiting-reason">${words.failure(change.error)}</span>`
          : nothing
      }
      ${
        state === 'sent' || change.state === 'sent'
          ? nothing
          : html`<span class="waiting-actions">
              ${
                change.state === 'conflicted'
                  ? button({
                      label: words.say('waiting.compare'),
                      small: true,
                      onClick: () => this.#choose(change),
                    })
                  : button({
                      label: words.say('waiting.retry', subject),
                      icon: 'refresh',
                      iconOnly: true,
                      small: true,
                      onClick: () => writer.retry(change),
                    })
              }
              ${button({
                label: words.say('waiting.discard', subject),
                icon: 'delete',
                iconOnly: true,
                small: true,
                onClick: () => writer.discard(change),
              })}
            </span>`
      }
    </li>`;
  }

  #choose(change: Change): void {
    this.#chosen = change;
    void this.#choice.show();
  }

  #renderChoice(): unknown {
    const { words, store } = this.#host;
    const change = this.#chosen;
    if (!store || !change || !this.#choice.isOpen) return nothing;
    const { writer } = store;
    if (change.state !== 'conflicted') {
      // It was settled another way meanwhile.
      queueMicrotask(() => this.#choice.hide());
      return nothing;
    }
    const { theirs, fields } = change.conflict ?? { theirs: undefined, fields: [] };
    const row = theirs ?? change.before;
    const end = (run: () => void): void => {
      this.#choice.hide();
      run();
    };
    return this.#choice.render({
      isText: true,
      title: words.say('waiting.conflict-title', this.#subject(change)),
      subtitle: theirs?.modifiedBy && words.recordName(theirs.modifiedBy),
      closeLabel: words.say('action.close'),
      size: 'small',
      body: html`<table class="waiting-table">
        <thead>
          <tr>
            <th scope="col">${words.say('waiting.field')}</th>
            <th scope="col">${words.say('waiting.mine')}</th>
            <th scope="col">${words.say('waiting.theirs')}</th>
          </tr>
        </thead>
        <tbody>
          ${fields.map(
            ({ field, mine, theirs: there }) =>
              html`<tr>
                <th scope="row">
                  ${row ? fieldLabel(field, this.#host.typeOf(row), words) : field}
                </th>
                <td dir="auto">
                  ${change.kind === 'remove' ? words.say('waiting.removed') : this.#value(field, mine, row)}
                </td>
                <td dir="auto">${this.#value(field, there, row)}</td>
              </tr>`,
          )}
        </tbody>
      </table>`,
      footer: [
        button({
          label: words.say('waiting.take-theirs'),
          onClick: () => end(() => writer.takeTheirs(change)),
        }),
        button({
          label: words.say('waiting.keep-mine'),
          kind: 'primary',
          onClick: () => end(() => void writer.keepMine(change)),
        }),
      ],
    });
  }

  #value(field: string, value: Json | undefined, row: Activity | undefined): string {
    const { words } = this.#host;
    if (value === undefined || value === null || value === '') return words.say('value.blank');
    if (typeof value === 'number') return words.number(value);
    if (typeof value === 'boolean') return words.say(value ? 'value.yes' : 'value.no');
    if (typeof value === 'string') return this.#text(field, value, row);
    if (Array.isArray(value)) {
      return words.list(value.map((one: Json) => this.#value(field, one, row)));
    }
    if (isObject(value)) {
      const { name, record, address } = value;
      if (typeof name === 'string') return name;
      if (isObject(record) && typeof record['name'] === 'string') return record['name'];
      if (typeof address === 'string') return address;
    }
    return words.say('waiting.changed');
  }

  #text(field: string, value: string, row: Activity | undefined): string {
    const { words } = this.#host;
    if (field === 'state' || field === 'priority') return words.label(`${field}.${value}`);
    if (timeKind(value)) return words.stamp(value);
    const type = row && this.#host.typeOf(row);
    if (!type) return value;
    if (field === 'statusReason') return words.reasonName(type, row.state, value);
    if (field === 'outcome') return words.outcomeName(type, value);
    const own = type.fields.find(({ name }) => field === `fields.${name}`);
    const choice = own?.choices?.find((one) => one.value === value);
    return choice ? words.label(choice.label) : value;
  }
}

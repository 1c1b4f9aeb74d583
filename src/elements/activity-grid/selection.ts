import type { ReactiveController } from 'lit';
import { ActivitySelectionChangeEvent } from '../../events/activity-selection-change-event.js';
import type { ActivityElement } from '../base/activity-element.js';

export type Selection = readonly string[];

export function toggled(selection: Selection, id: string): Selection {
  return selection.includes(id) ? selection.filter((other) => other !== id) : [...selection, id];
}

/** With all from one id to the other, in the order in which they stand; what was selected stays so. */
export function withRange(
  selection: Selection,
  ids: readonly string[],
  from: string,
  to: string,
): Selection {
  const [a, b] = [ids.indexOf(from), ids.indexOf(to)];
  const range = a < 0 || b < 0 ? [to] : ids.slice(Math.min(a, b), Math.max(a, b) + 1);
  return [...new Set([...selection, ...range])];
}

type SelectingElement = ActivityElement & { selection: Selection };

/** Several selections this fast, in milliseconds, are announced as one. */
const ANNOUNCE_PAUSE = 500;

/** What the user does to the selection: told by an event, then set, and announced when they pause. */
export class SelectionController implements ReactiveController {
  readonly #host: SelectingElement;
  /** Ids of the rows that can be selected, in order. */
  readonly #ids: () => readonly string[];
  #anchor: string | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: SelectingElement, ids: () => readonly string[]) {
    this.#host = host;
    this.#ids = ids;
    host.addController(this);
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer);
  }

  has(id: string): boolean {
    return this.#host.selection.includes(id);
  }

  get isAll(): boolean {
    const selected = new Set(this.#host.selection);
    const ids = this.#ids();
    return ids.length > 0 && ids.every((id) => selected.has(id));
  }

  toggle(id: string): void {
    this.#anchor = id;
    this.#set(toggled(this.#host.selection, id));
  }

  /** From where the user selected last to here. */
  extendTo(id: string, from = this.#anchor ?? id): void {
    this.#anchor = from;
    this.#set(withRange(this.#host.selection, this.#ids(), from, id));
  }

  selectAll(): void {
    this.#set([...new Set([...this.#host.selection, ...this.#ids()])]);
  }

  toggleAll(): void {
    if (this.isAll) this.clear();
    else this.selectAll();
  }

  clear(): void {
    this.#anchor = undefined;
    this.#set([]);
  }

  /** Those that are gone, or done with. */
  drop(ids: ReadonlySet<string>): void {
    const { selection } = this.#host;
    const kept = selection.filter((id) => !ids.has(id));
    if (kept.length < selection.length) this.#set(kept, { quiet: true });
  }

  #set(selection: Selection, { quiet = false } = {}): void {
    const host = this.#host;
    host.dispatchEvent(new ActivitySelectionChangeEvent({ selection }));
    host.selection = selection;
    clearTimeout(this.#timer);
    if (quiet) return;
    this.#timer = setTimeout(() => {
      host.context.announce(host.words.say('announce.selected', host.selection.length));
    }, ANNOUNCE_PAUSE);
  }
}

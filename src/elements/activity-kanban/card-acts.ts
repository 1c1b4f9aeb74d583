import type { Activity, ActivityState } from '../../model/activity.js';
import { ActivitySelectionChangeEvent } from '../../events/activity-selection-change-event.js';
import type { MenuGroup } from '../../ui/menu.js';
import type { ActivityElement } from '../base/activity-element.js';
import { subjectOf } from '../base/subject-link.js';
import { cardMenu } from './card-menu.js';
import { whyNot } from './lanes.js';

/** An element with cards of which some are selected. */
export interface CardHost extends ActivityElement {
  selection: readonly string[];
}

export interface CardActsOptions {
  /** All rows on the board. */
  readonly rows: () => readonly Activity[];
  readonly states: () => readonly ActivityState[];
  /** Opens as a click on the subject does. */
  readonly open: (id: string) => void;
}

/** What can be done to cards, the same for every gesture: drag, menu and key. */
export class CardActs {
  readonly #host: CardHost;
  readonly #options: CardActsOptions;

  constructor(host: CardHost, options: CardActsOptions) {
    this.#host = host;
    this.#options = options;
  }

  /** What a gesture on a card is about: that card first and, if it is selected, all that are. */
  with(id: string): readonly Activity[] {
    const { selection } = this.#host;
    const ids = selection.includes(id) ? [id, ...selection.filter((one) => one !== id)] : [id];
    return this.#rows(ids);
  }

  /** As they are on the board; what is selected but not loaded here, as the store has it. */
  #rows(ids: Iterable<string>): Activity[] {
    const shown = new Map(this.#options.rows().map((row) => [row.id, row]));
    return [...ids].flatMap((id) => shown.get(id) ?? this.#host.store?.row(id) ?? []);
  }

  /** Why these may not all go to a lane; undefined where they may. */
  whyNot(to: ActivityState, ids: Iterable<string>): string | undefined {
    const { store, words } = this.#host;
    return store && whyNot(to, this.#rows(ids), store.permissions, words);
  }

  /** Takes what was dragged to a lane, as far as it still exists. */
  drop(ids: Iterable<string>, to: ActivityState): void {
    const { context, words } = this.#host;
    const rows = this.#rows(ids);
    if (rows.length > 0) void this.move(rows, to);
    else context.notify({ kind: 'error', text: words.say('empty.not-found') });
  }

  /** Takes cards to a lane, or says why not. Those that moved are no longer selected. */
  async move(rows: readonly Activity[], to: ActivityState): Promise<void> {
    const { words, context, requests } = this.#host;
    const moved = rows.filter((row) => row.state !== to);
    const why = this.whyNot(
      to,
      moved.map(({ id }) => id),
    );
    if (why !== undefined) {
      context.notify({ kind: 'error', text: words.say('announce.refused', why) });
      return;
    }
    const [first, second] = moved;
    const { results } = await requests.moveStatus(moved, to, {
      ...(first &&
        !second && {
          done: words.say('announce.moved', subjectOf(this.#host, first), words.stateName(to)),
        }),
    });
    const done = new Set(results.flatMap((one) => ('error' in one ? [] : [one.key, one.id])));
    const { selection } = this.#host;
    const rest = selection.filter((id) => !done.has(id));
    if (rest.length < selection.length) this.#setSelection(rest);
  }

  toggle(id: string): void {
    const { selection } = this.#host;
    const isSelected = selection.includes(id);
    this.select(isSelected ? selection.filter((one) => one !== id) : [...selection, id]);
  }

  select(selection: readonly string[]): void {
    const { context, words } = this.#host;
    this.#setSelection(selection);
    context.announce(words.say('announce.selected', selection.length));
  }

  #setSelection(selection: readonly string[]): void {
    this.#host.dispatchEvent(new ActivitySelectionChangeEvent({ selection }));
    this.#host.selection = selection;
  }

  /** The menu of a card. Asked at every render while it is open. */
  menuOf(id: string): MenuGroup[] {
    const host = this.#host;
    const { words } = host;
    const rows = this.with(id);
    const [row] = rows;
    if (!row) return [];
    const isOpenable = host.context.canOpen || host.linkTo({ activity: row }) !== undefined;
    const saving = host.isBusy(row) ? words.say('sync.saving') : undefined;
    const ids = rows.map((one) => one.id);
    return cardMenu({
      words,
      targets: this.#options
        .states()
        .filter((state) => state !== row.state)
        .map((state) => ({ state, why: saving ?? this.whyNot(state, ids) })),
      count: rows.length,
      isSelected: host.selection.includes(id),
      onOpen: isOpenable ? () => this.#options.open(id) : undefined,
      onSelect: () => this.toggle(id),
      onMove: (to) => void this.move(rows, to),
    });
  }
}

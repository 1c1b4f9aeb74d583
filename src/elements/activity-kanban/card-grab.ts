import type { ReactiveController } from 'lit';
import type { Activity } from '../../model/activity.js';
import { subjectOf } from '../base/subject-link.js';
import type { BoardData } from './board-data.js';
import type { CardActs } from './card-acts.js';
import type { KanbanHost } from './kanban-host.js';
import { cellName, totalWords, type Cell, type Lifted, type Target } from './lanes.js';

export interface CardGrabOptions {
  readonly data: BoardData;
  readonly acts: CardActs;
  /** The cells as they lie beside each other: those one can go to. */
  readonly cells: () => readonly Cell[];
  readonly cellOf: (id: string) => string | undefined;
  readonly indexOf: (cell: string, id: string) => number;
  /** Brings into sight where the card would go. */
  readonly reveal: (target: Target) => void;
  /** Fulfilled when it stands there, or does not. */
  readonly drop: (lifted: Lifted, to: Target) => Promise<void>;
  /** Where a card that was put down stands now. */
  readonly landed: (id: string) => void;
}

/** Milliseconds. */
const PAUSE = 150;

/**
 * A card picked up, moved and put down by keys alone: arrows choose lane, place and row, each said aloud; Enter or Space puts it
 * down, Escape leaves it where it was. The focus stays on the card all the while.
 */
export class CardGrab implements ReactiveController {
  readonly #host: KanbanHost;
  readonly #options: CardGrabOptions;
  #lifted: Lifted | undefined;
  #dropped: Lifted | undefined;
  #telling: ReturnType<typeof setTimeout> | undefined;
  /** How many cards of the cell were loaded when its place was last brought into sight. */
  #loaded = 0;

  constructor(host: KanbanHost, options: CardGrabOptions) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  get lifted(): Lifted | undefined {
    return this.#lifted;
  }

  /** Picked up, or put down and on its way: its reason may yet be asked for, or the move refused. */
  get carried(): Lifted | undefined {
    return this.#lifted ?? this.#dropped;
  }

  hostUpdate(): void {
    const { lifted } = this;
    // Deleted by others, or gone with its lane: there is nothing left to move.
    if (lifted && this.#options.cellOf(lifted.activity.id) === undefined) this.cancel();
  }

  hostUpdated(): void {
    this.stayWithFocus();
    this.#follow();
  }

  hostDisconnected(): void {
    clearTimeout(this.#telling);
    this.#lifted = undefined;
    this.#dropped = undefined;
  }

  pickUp(id: string): void {
    const { acts, cellOf, indexOf } = this.#options;
    const activities = acts.with(id);
    const [activity] = activities;
    const from = cellOf(id);
    if (!activity || from === undefined || activities.some((one) => this.#isFixed(one))) return;
    const index = indexOf(from, id);
    this.land();
    this.#lifted = {
      activity,
      ids: new Set(activities.map((one) => one.id)),
      from,
      index,
      over: { cell: from, index: this.#isOrdered ? index : 0 },
      isSettling: false,
      by: 'keys',
    };
    const { words, context } = this.#host;
    context.announce(words.say('kanban.picked-up', subjectOf(this.#host, activity)));
    this.#host.requestUpdate();
  }

  cancel(): void {
    if (!this.#lifted) return;
    this.#lifted = undefined;
    const { words, context } = this.#host;
    context.announce(words.say('kanban.put-back'));
    this.#host.requestUpdate();
  }

  /** Whoever leaves a card that was picked up has put it back; another window may have the keys for a while. */
  stayWithFocus(): void {
    if (!this.#lifted || !document.hasFocus()) return;
    const focused = this.#host.shadowRoot?.activeElement?.closest<HTMLElement>('li[data-id]');
    if (focused?.dataset['id'] !== this.#lifted.activity.id) this.cancel();
  }

  /** True where the key was one of these. */
  press({ key, target }: KeyboardEvent): boolean {
    const { lifted } = this;
    if (!lifted) return false;
    if (key === 'Escape') this.cancel();
    else if (key === 'Enter' || key === ' ' || key === 'm' || key === 'M') void this.#drop(lifted);
    else if (key.startsWith('Arrow') || key === 'Home' || key === 'End') {
      this.#go(lifted, key, (target as Element).matches(':dir(rtl)'));
    } else return false;
    return true;
  }

  get #isOrdered(): boolean {
    return this.#options.data.order === 'own';
  }

  #isFixed(activity: Activity): boolean {
    return activity.access === 'busy' || this.#host.isBusy(activity);
  }

  async #drop(lifted: Lifted): Promise<void> {
    this.#lifted = undefined;
    this.#dropped = lifted;
    this.#host.requestUpdate();
    const { over } = lifted;
    if (over) await this.#options.drop(lifted, over);
    if (this.#dropped === lifted) this.land();
  }

  /** What was put down is followed no more. */
  land(): void {
    if (!this.#dropped) return;
    this.#options.landed(this.#dropped.activity.id);
    this.#dropped = undefined;
    this.#host.requestUpdate();
  }

  #go(lifted: Lifted, key: string, isRightToLeft: boolean): void {
    const over = lifted.over ?? { cell: lifted.from, index: 0 };
    const next = this.#next(over, key, isRightToLeft);
    if (next) {
      this.#lifted = { ...lifted, over: next };
      this.#host.requestUpdate();
      this.#reveal(next);
    }
    this.#tell(next ?? over);
  }

  #reveal(over: Target): void {
    this.#loaded = this.#options.data.answer(over.cell).rows.length;
    // Where there is room for one lane, it is drawn by then.
    void this.#host.updateComplete.then(() => {
      if (this.#lifted?.over === over) this.#options.reveal(over);
    });
  }

  /** A place behind what is loaded moves on with what is loaded meanwhile. */
  #follow(): void {
    const { over } = this.#lifted ?? {};
    if (!over || over.index <= this.#loaded || !this.#isOrdered) return;
    if (this.#options.data.answer(over.cell).rows.length > this.#loaded) this.#reveal(over);
  }

  #next({ cell: key, index }: Target, pressed: string, isRightToLeft: boolean): Target | undefined {
    const cells = this.#options.cells();
    const cell = cells.find((one) => one.key === key);
    if (!cell) return undefined;
    const { data } = this.#options;
    const last = data.lastPlace(key);
    const enter = (to: Cell | undefined): Target | undefined =>
      to && {
        cell: to.key,
        index: this.#isOrdered ? Math.min(index, data.lastPlace(to.key)) : 0,
      };
    const beside = cells.filter((one) => one.row?.key === cell.row?.key);
    const below = cells.filter((one) => one.lane.key === cell.lane.key);
    const forward = isRightToLeft ? 'ArrowLeft' : 'ArrowRight';
    switch (pressed) {
      case 'ArrowLeft':
      case 'ArrowRight':
        return enter(beside[beside.indexOf(cell) + (pressed === forward ? 1 : -1)]);
      case 'ArrowDown':
        return this.#beside(key, index, 1, last) ?? enter(below[below.indexOf(cell) + 1]);
      case 'ArrowUp':
        return this.#beside(key, index, -1, last) ?? enter(below[below.indexOf(cell) - 1]);
      case 'Home':
        return this.#isOrdered ? { cell: key, index: 0 } : undefined;
      case 'End':
        return this.#isOrdered ? { cell: key, index: last } : undefined;
      default:
        return undefined;
    }
  }

  /** The next place of the cell: before or behind what is carried is the same one. */
  #beside(cell: string, from: number, step: 1 | -1, last: number): Target | undefined {
    if (!this.#isOrdered) return undefined;
    for (let index = from + step; index >= 0 && index <= last; index += step) {
      if (this.#placeOf(cell, index) !== this.#placeOf(cell, from)) return { cell, index };
    }
    return undefined;
  }

  /** The place that what is carried would have, counted from 1: what is carried stands above nothing. */
  #placeOf(cell: string, index: number): number {
    const above = [...(this.#lifted?.ids ?? [])].filter((id) => {
      const own = this.#options.indexOf(cell, id);
      return own >= 0 && own < index;
    });
    return index - above.length + 1;
  }

  /** "Completed, 2 of 7"; where it would be refused, why; where the lane is sorted, no place is promised. */
  #tell(over: Target): void {
    // Of keys pressed in quick succession only where they led to is worth hearing.
    clearTimeout(this.#telling);
    this.#telling = setTimeout(() => this.#tellNow(over), PAUSE);
  }

  #tellNow({ cell: key, index }: Target): void {
    const { words, context } = this.#host;
    const { data, acts } = this.#options;
    const cell = data.cell(key);
    if (!cell || !this.#lifted) return;
    const name = cellName(words, cell);
    const why = acts.whyNot(cell, this.#lifted.ids);
    const { value, relation } = data.total(key);
    const count = value + (key === this.#lifted.from ? 0 : 1);
    const place = words.say(
      'kanban.position',
      name,
      words.number(Math.min(this.#placeOf(key, index), count)),
      totalWords(words, { value: count, relation }),
    );
    context.announce(why !== undefined ? `${name}: ${why}` : this.#isOrdered ? place : name);
  }
}

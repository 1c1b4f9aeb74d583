import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Activity } from '../../model/activity.js';

export interface CardMotionOptions {
  /** A card is in the user's hand: nothing moves by itself. */
  readonly isHeld: () => boolean;
  /** The rows of each cell. Arrays of the same identity: nothing changed. */
  readonly rows: () => readonly (readonly Activity[])[];
}

interface Place {
  readonly item: HTMLElement;
  readonly box: DOMRect;
  /** What is seen of its lane. */
  readonly view: DOMRect;
  readonly cell: string;
}

/** Whatever happens at once, so many cards fly; the others are simply there. */
const MOST_FLIGHTS = 12;
/** As the sheet has it for what moves. */
const DURATION = 200;

/**
 * A card that came to stand elsewhere goes there, instead of being there all at once: within a lane it slides, to another lane it
 * flies over what lies between, so also back where it came from when a move is refused. Those that only make room for it do so at
 * once: each card in motion is a layer of the page's own. None of it under reduced motion.
 */
export class CardMotion implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #options: CardMotionOptions;
  #shown: readonly (readonly Activity[])[] = [];
  #before: ReadonlyMap<string, Place> | undefined;
  readonly #flights = new Set<HTMLElement>();

  constructor(host: ReactiveControllerHost & HTMLElement, options: CardMotionOptions) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  hostUpdate(): void {
    const rows = this.#options.rows();
    const old = this.#shown;
    this.#shown = rows;
    // What was not there can't go anywhere.
    const moving = rows.length === old.length ? movingAmong(old, rows) : NONE;
    const isOff = moving.size === 0 || this.#options.isHeld() || document.hidden || isReduced();
    this.#before = isOff ? undefined : this.#places(moving);
  }

  hostUpdated(): void {
    const before = this.#before;
    this.#before = undefined;
    if (!before || before.size === 0) return;
    // All is read before anything is written.
    const after = this.#places(new Set(before.keys()));
    const moved = movedAmong(before.keys(), after.keys(), (id) => {
      const from = before.get(id);
      return from && from.cell === after.get(id)?.cell ? from.cell : undefined;
    });
    for (const [id, to] of after) {
      const from = before.get(id);
      if (!from || !isToBeSeen(from, to)) continue;
      if (from.cell !== to.cell) {
        if (this.#flights.size < MOST_FLIGHTS) this.#fly(to.item, from.box, to.box);
      } else if (moved.has(id)) {
        const [x, y] = [from.box.left - to.box.left, from.box.top - to.box.top];
        to.item.animate([{ translate: `${x}px ${y}px` }, { translate: '0 0' }], MOVE);
      }
    }
  }

  hostDisconnected(): void {
    for (const flight of this.#flights) flight.remove();
    this.#flights.clear();
  }

  /** A likeness of the card goes above everything; the card itself is there when it has landed. */
  #fly(item: HTMLElement, from: DOMRect, to: DOMRect): void {
    const card = item.querySelector('article')?.cloneNode(true) as HTMLElement | undefined;
    const place = this.#host.shadowRoot?.querySelector('.base');
    if (!card || !place) return;
    const likeness = document.createElement('div');
    likeness.className = card.className;
    likeness.append(...card.childNodes);
    const flight = document.createElement('div');
    flight.className = 'lifted flight';
    flight.setAttribute('part', 'flight');
    flight.popover = 'manual';
    flight.inert = true;
    flight.ariaHidden = 'true';
    flight.append(likeness);
    place.append(flight);
    this.#flights.add(flight);
    flight.showPopover();
    const at = ({ left, top, width }: DOMRect): Keyframe => ({
      translate: `${left}px ${top}px`,
      inlineSize: `${width}px`,
    });
    item.animate([{ opacity: 0 }, { opacity: 0 }], { duration: DURATION });
    const { finished } = flight.animate([at(from), at(to)], { ...MOVE, fill: 'both' });
    void finished
      .catch(() => undefined)
      .then(() => {
        flight.remove();
        this.#flights.delete(flight);
      });
  }

  /** Where these cards are, as far as they are drawn. Only they are asked: of a whole board that costs more than to move one. */
  #places(ids: ReadonlySet<string>): Map<string, Place> {
    const places = new Map<string, Place>();
    for (const item of this.#host.shadowRoot?.querySelectorAll<HTMLElement>(CARDS) ?? []) {
      const id = item.dataset['id'] ?? '';
      if (!ids.has(id)) continue;
      const view = item.closest('.cards')?.getBoundingClientRect();
      const cell = item.closest<HTMLElement>('[data-cell]')?.dataset['cell'];
      if (!view || cell === undefined) continue;
      places.set(id, { item, box: item.getBoundingClientRect(), view, cell });
    }
    return places;
  }
}

/** The ids that may stand elsewhere: all that are in what has changed of some lists of rows, before and after. */
export function movingAmong(
  before: readonly (readonly { readonly id: string }[])[],
  after: readonly (readonly { readonly id: string }[])[],
): ReadonlySet<string> {
  const left = new Set<string>();
  const come = new Set<string>();
  for (const [index, old] of before.entries()) {
    const rows = after[index] ?? [];
    if (rows === old) continue;
    let from = 0;
    while (from < old.length && old[from]?.id === rows[from]?.id) from++;
    let [end, newEnd] = [old.length, rows.length];
    while (end > from && newEnd > from && old[end - 1]?.id === rows[newEnd - 1]?.id) {
      end--;
      newEnd--;
    }
    for (let at = from; at < end; at++) left.add(old[at]?.id ?? '');
    for (let at = from; at < newEnd; at++) come.add(rows[at]?.id ?? '');
  }
  return new Set([...left].filter((id) => come.has(id)));
}

/**
 * The ids that stand elsewhere among the others of their group, as few as can be: those that stay are the longest run that is still
 * in its order. What has no group is left out.
 */
export function movedAmong(
  before: Iterable<string>,
  after: Iterable<string>,
  groupOf: (id: string) => string | undefined,
): ReadonlySet<string> {
  const places = new Map([...before].map((id, index) => [id, index]));
  const groups = new Map<string, { id: string; place: number; run: number; previous: number }[]>();
  for (const id of after) {
    const group = groupOf(id);
    const place = places.get(id);
    if (group === undefined || place === undefined) continue;
    const ids = groups.get(group) ?? [];
    groups.set(group, ids);
    let [run, previous] = [1, -1];
    for (const [index, one] of ids.entries()) {
      if (one.place < place && one.run + 1 > run) [run, previous] = [one.run + 1, index];
    }
    ids.push({ id, place, run, previous });
  }
  const moved = new Set<string>();
  for (const ids of groups.values()) {
    const longest = Math.max(...ids.map(({ run }) => run));
    let stays = ids.findIndex(({ run }) => run === longest);
    for (let index = ids.length - 1; index >= 0; index--) {
      if (index === stays) stays = ids[index]?.previous ?? -1;
      else moved.add(ids[index]?.id ?? '');
    }
  }
  return moved;
}

/** What is out of sight before and after has nothing to show by moving. */
function isToBeSeen(from: Place, to: Place): boolean {
  const isFar =
    Math.abs(from.box.left - to.box.left) >= 1 || Math.abs(from.box.top - to.box.top) >= 1;
  return isFar && (isSeen(from) || isSeen(to));
}

function isSeen({ box, view }: Place): boolean {
  return box.bottom > view.top && box.top < view.bottom;
}

const NONE: ReadonlySet<string> = new Set();
const CARDS = 'li[data-id]:not([data-gone], [data-pinned], [data-lifted], .sortable-fallback)';
const MOVE: KeyframeAnimationOptions = { duration: DURATION, easing: 'ease-out' };

function isReduced(): boolean {
  return matchMedia('(prefers-reduced-motion: reduce)').matches;
}

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
 * Cards that came to stand elsewhere go there, instead of being there all at once: within a lane they slide, to another lane they
 * fly over what lies between, so also back where they came from when a move is refused. None of it under reduced motion.
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
    const isChanged = rows.length === old.length && rows.some((one, index) => one !== old[index]);
    const isOff = this.#options.isHeld() || document.hidden || isReduced();
    this.#before = isChanged && !isOff ? this.#places() : undefined;
  }

  hostUpdated(): void {
    const before = this.#before;
    this.#before = undefined;
    if (!before || before.size === 0) return;
    // All is read before anything is written.
    const moved = [...this.#places()].flatMap(([id, to]) => {
      const from = before.get(id);
      return from && hasMoved(from, to) ? [{ from, to }] : [];
    });
    for (const { from, to } of moved) {
      const { item, box } = to;
      if (from.cell !== to.cell) {
        if (this.#flights.size < MOST_FLIGHTS) this.#fly(item, from.box, box);
        continue;
      }
      const [x, y] = [from.box.left - box.left, from.box.top - box.top];
      item.animate([{ translate: `${x}px ${y}px` }, { translate: '0 0' }], MOVE);
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

  #places(): Map<string, Place> {
    const places = new Map<string, Place>();
    for (const lane of this.#host.shadowRoot?.querySelectorAll<HTMLElement>('[data-cell]') ?? []) {
      const view = lane.querySelector('.cards')?.getBoundingClientRect();
      if (!view) continue;
      const cell = lane.dataset['cell'] ?? '';
      for (const item of lane.querySelectorAll<HTMLElement>(CARDS)) {
        const box = item.getBoundingClientRect();
        places.set(item.dataset['id'] ?? '', { item, box, view, cell });
      }
    }
    return places;
  }
}

/** What is out of sight before and after has nothing to show by moving. */
function hasMoved(from: Place, to: Place): boolean {
  const isFar =
    Math.abs(from.box.left - to.box.left) >= 1 || Math.abs(from.box.top - to.box.top) >= 1;
  return isFar && (isSeen(from) || isSeen(to));
}

function isSeen({ box, view }: Place): boolean {
  return box.bottom > view.top && box.top < view.bottom;
}

const CARDS = 'li[data-id]:not([data-gone], [data-pinned], [data-lifted], .sortable-fallback)';
const MOVE: KeyframeAnimationOptions = { duration: DURATION, easing: 'ease-out' };

function isReduced(): boolean {
  return matchMedia('(prefers-reduced-motion: reduce)').matches;
}

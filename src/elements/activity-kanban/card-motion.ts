import { html, nothing, type ReactiveController, type ReactiveControllerHost } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Activity } from '../../model/activity.js';

export interface CardMotionOptions {
  /** A card is in the user's hand: nothing moves by itself. */
  readonly isHeld: () => boolean;
  /** The rows of each cell. Arrays of the same identity: nothing changed. */
  readonly rows: () => readonly (readonly Activity[])[];
}

interface Flight {
  readonly key: number;
  readonly activity: Activity;
  readonly from: DOMRect;
  readonly to: DOMRect;
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
  #before: ReadonlyMap<string, { readonly box: DOMRect; readonly cell: string }> | undefined;
  #flights: readonly Flight[] = [];
  readonly #flying = new Set<number>();
  #count = 0;

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
    this.#launch();
    const before = this.#before;
    this.#before = undefined;
    if (!before || before.size === 0) return;
    const rows = new Map(this.#options.rows().flatMap((all) => all.map((row) => [row.id, row])));
    const flights: Flight[] = [];
    for (const [id, { box, cell, item }] of this.#places()) {
      const old = before.get(id);
      const activity = rows.get(id);
      if (!old || !activity) continue;
      const [x, y] = [old.box.left - box.left, old.box.top - box.top];
      if (Math.abs(x) < 1 && Math.abs(y) < 1) continue;
      if (old.cell !== cell && flights.length < MOST_FLIGHTS) {
        flights.push({ key: ++this.#count, activity, from: old.box, to: box });
        item.animate([{ opacity: 0 }, { opacity: 0 }], { duration: DURATION });
      } else if (old.cell === cell) {
        item.animate([{ translate: `${x}px ${y}px` }, { translate: '0 0' }], MOVE);
      }
    }
    if (flights.length === 0) return;
    this.#flights = [...this.#flights, ...flights];
    this.#host.requestUpdate();
  }

  hostDisconnected(): void {
    this.#flights = [];
    this.#flying.clear();
  }

  /** What is in the air, above everything. `draw` draws a card that is only looked at. */
  render(draw: (activity: Activity) => unknown): unknown {
    if (this.#flights.length === 0) return nothing;
    return repeat(
      this.#flights,
      ({ key }) => key,
      ({ key, activity }) =>
        html`<div
          class="lifted flight"
          part="flight"
          popover="manual"
          aria-hidden="true"
          inert
          data-flight=${key}
        >
          ${draw(activity)}
        </div>`,
    );
  }

  #launch(): void {
    for (const flight of this.#flights) {
      if (this.#flying.has(flight.key)) continue;
      const element = this.#host.shadowRoot?.querySelector<HTMLElement>(
        `[data-flight="${flight.key}"]`,
      );
      if (!element) continue;
      this.#flying.add(flight.key);
      element.showPopover();
      const { from, to } = flight;
      const at = ({ left, top, width }: DOMRect): Keyframe => ({
        translate: `${left}px ${top}px`,
        inlineSize: `${width}px`,
      });
      const animation = element.animate([at(from), at(to)], { ...MOVE, fill: 'both' });
      void animation.finished
        .catch(() => undefined)
        .then(() => {
          this.#flying.delete(flight.key);
          this.#flights = this.#flights.filter(({ key }) => key !== flight.key);
          this.#host.requestUpdate();
        });
    }
  }

  #places(): Map<
    string,
    { readonly box: DOMRect; readonly cell: string; readonly item: HTMLElement }
  > {
    const places = new Map<string, { box: DOMRect; cell: string; item: HTMLElement }>();
    for (const cell of this.#host.shadowRoot?.querySelectorAll<HTMLElement>('[data-cell]') ?? []) {
      for (const item of cell.querySelectorAll<HTMLElement>(CARDS)) {
        places.set(item.dataset['id'] ?? '', {
          box: item.getBoundingClientRect(),
          cell: cell.dataset['cell'] ?? '',
          item,
        });
      }
    }
    return places;
  }
}

const CARDS = 'li[data-id]:not([data-gone], [data-pinned], [data-lifted], .sortable-fallback)';
const MOVE: KeyframeAnimationOptions = { duration: DURATION, easing: 'ease-out' };

function isReduced(): boolean {
  return matchMedia('(prefers-reduced-motion: reduce)').matches;
}

import type { ReactiveController } from 'lit';
import type { LaneAnswer } from './lanes.js';
import type { KanbanHost } from './kanban-host.js';

export interface BoardFocusOptions {
  readonly answer: (cell: string) => LaneAnswer;
  /** Moves the focus to a card, drawn or not. */
  readonly focus: (id: string) => void;
}

/** Where the focus was before an update. */
interface Place {
  /** Key of the lane at whose head it was. */
  readonly head: string | undefined;
  /** Key of the cell in which it was. */
  readonly cell: string | undefined;
}

/** What has been asked for, and the cards that were there before. */
interface Awaited {
  readonly cells: readonly string[];
  readonly known: ReadonlySet<string>;
}

/**
 * What is no card keeps the focus on the board too: whoever folds a lane, or chooses other lanes or rows, stays at the head of that
 * lane, else of the first one; whoever asked for more cards goes on with the first that comes. Cards are the `FocusKeeper`'s: it comes first.
 */
export class BoardFocus implements ReactiveController {
  readonly #host: KanbanHost;
  readonly #options: BoardFocusOptions;
  #place: Place | undefined;
  #awaited: Awaited | undefined;

  constructor(host: KanbanHost, options: BoardFocusOptions) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  /** Call before more cards are asked for, by whoever has the focus on what will be gone then. */
  await(cells: readonly string[]): void {
    const ids = cells.flatMap((key) => this.#options.answer(key).rows.map(({ id }) => id));
    this.#awaited = this.#active ? { cells, known: new Set(ids) } : undefined;
  }

  hostUpdate(): void {
    const active = this.#active;
    this.#place = active?.closest('.board')
      ? {
          head: active.closest<HTMLElement>('[data-head]')?.dataset['head'],
          cell: active.closest<HTMLElement>('[data-cell]')?.dataset['cell'],
        }
      : undefined;
  }

  hostUpdated(): void {
    if (this.#place && !this.#active) this.#restore(this.#place);
    if (this.#awaited) this.#goOn(this.#awaited);
  }

  get #active(): Element | null {
    return this.#host.shadowRoot?.activeElement ?? null;
  }

  #find(selector: string): HTMLElement | null {
    return this.#host.renderRoot.querySelector<HTMLElement>(selector);
  }

  #restore({ head, cell }: Place): void {
    const places = [
      ...(head === undefined ? [] : [headOf(`="${CSS.escape(head)}"`), headOf('')]),
      ...(cell === undefined ? [] : [`[data-cell="${CSS.escape(cell)}"] > .cards`]),
      HOME,
    ];
    for (const place of places) {
      this.#find(place)?.focus();
      if (this.#active) return;
    }
  }

  #goOn({ cells, known }: Awaited): void {
    // Whoever went on by himself is not called back.
    if (!this.#active?.matches(`.cards, ${HOME}`)) {
      this.#awaited = undefined;
      return;
    }
    const answers = cells.map((key) => this.#options.answer(key));
    const [first] = answers.flatMap(({ rows }) => rows).filter(({ id }) => !known.has(id));
    const isAsked = answers.some(
      ({ view }) => view?.status === 'loading' || view?.status === 'refreshing',
    );
    if (first || !isAsked) this.#awaited = undefined;
    if (first) this.#options.focus(first.id);
  }
}

const HOME = '[data-focus-home]';

function headOf(key: string): string {
  return `[data-head${key}] :is(.lane-expand, [part~='lane-menu'])`;
}

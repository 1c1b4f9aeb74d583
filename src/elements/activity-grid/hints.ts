import type { ReactiveController } from 'lit';
import type { Activity } from '../../model/activity.js';
import type { ActivityElement } from '../base/activity-element.js';
import { hint } from './cells.js';
import type { Column } from '../base/columns.js';

type HintedElement = ActivityElement & {
  readonly layoutOfColumns: { readonly shown: readonly Column[] };
  rowOf(key: string): Activity | undefined;
};

/**
 * The whole of what may be cut in a cell, and exact times, where one points. In every row that is drawn, to word them and to set
 * them would cost as much as all else.
 */
export class Hints implements ReactiveController {
  readonly #host: HintedElement;
  #shown: HTMLElement | undefined;

  constructor(host: HintedElement) {
    this.#host = host;
    host.addController(this);
  }

  readonly pointedAt = ({ target }: Event): void => {
    const found = (target as Element).closest<HTMLElement>(
      // What is not to be had says why by itself.
      '.row:not(.head) > .acts > button:not([aria-disabled]), .when, .row:not(.head) > .cell',
    );
    if (found === this.#shown) return;
    this.#shown?.removeAttribute('title');
    this.#shown = found ?? undefined;
    this.#show();
  };

  hostUpdated(): void {
    // Another row may be drawn where the pointer rests.
    this.#show();
  }

  #show(): void {
    const element = this.#shown;
    const text = element && this.#textFor(element);
    if (text === undefined || text === '') element?.removeAttribute('title');
    else if (element && element.title !== text) element.title = text;
  }

  #textFor(element: HTMLElement): string | undefined {
    if (element instanceof HTMLButtonElement) return element.ariaLabel ?? undefined;
    const row = element.closest<HTMLElement>('[data-id]');
    const activity = this.#host.rowOf(row?.dataset['id'] ?? '');
    if (!activity) return undefined;
    if (element.classList.contains('when')) return hint(this.#host, 'due', activity);
    const { col = '' } = element.dataset;
    return hint(
      this.#host,
      this.#host.layoutOfColumns.shown.find(({ name }) => name === col) ?? col,
      activity,
    );
  }
}

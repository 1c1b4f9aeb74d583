import type { Milliseconds } from '../../model/time.js';

/** A longer pause begins a new word. */
const PAUSE: Milliseconds = 1000;
/** So many rows are looked at; a list may hold a hundred thousand. */
const MOST_SOUGHT = 20_000;

/** The rows as far as they are loaded, by their places. */
export interface SoughtRows {
  readonly length: number;
  /** What a row is called; undefined where it is not loaded, or is no row. */
  nameAt(index: number): string | undefined;
}

/** The place of the next name that begins with a text, round from `from`; -1 where there is none. */
export function nextByName(rows: SoughtRows, text: string, from: number): number {
  const sought = text.toLocaleLowerCase();
  const { length } = rows;
  for (let step = 0; step < Math.min(length, MOST_SOUGHT); step++) {
    const index = (from + step) % length;
    if (rows.nameAt(index)?.toLocaleLowerCase().startsWith(sought)) return index;
  }
  return -1;
}

/** What is typed on a row leads to the next whose name begins with it, after the APG; the same letter again goes on. */
export class TypeAhead {
  #typed = '';
  #at: Milliseconds = 0;

  /** Takes a key; answers the place it leads to, -1 where none begins so, undefined where it is none that types. */
  press(
    event: Pick<KeyboardEvent, 'key' | 'timeStamp' | 'ctrlKey' | 'metaKey' | 'altKey'>,
    rows: SoughtRows,
    active: number,
  ): number | undefined {
    const { key, timeStamp } = event;
    if (event.ctrlKey || event.metaKey || event.altKey || [...key].length !== 1) {
      // Whoever moved on begins anew; to hold Shift is part of typing.
      if (key !== 'Shift') this.#typed = '';
      return undefined;
    }
    const typed = timeStamp - this.#at > PAUSE ? '' : this.#typed;
    // A space selects, `?` and `/` are the page's, unless they go on with a word.
    if (typed === '' && !/[\p{L}\p{N}]/u.test(key)) return undefined;
    this.#typed = typed + key;
    this.#at = timeStamp;
    const letters = [...this.#typed];
    const isRepeated = letters.every((letter) => letter === key);
    const at = Math.max(active, 0);
    const whole = isRepeated ? -1 : nextByName(rows, this.#typed, at);
    return whole >= 0 ? whole : isRepeated ? nextByName(rows, key, at + 1) : -1;
  }
}

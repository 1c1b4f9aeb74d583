import type { Activity } from '../../model/activity.js';
import { canonicalJson } from '../../model/json.js';
import { conditionsOf, type ActivityQuery, type Filter } from '../../model/query.js';

/** So many questions are remembered: some lists that are scrolled at once. */
const MOST = 4;

interface Answer {
  readonly key: string;
  /** The question, but for its filter and order. */
  readonly rest: string;
  readonly sort: string;
  /** All of these must be true of a row. */
  readonly conditions: ReadonlySet<string>;
  readonly rows: readonly Activity[];
}

/** What to work an answer out of: an answer before, of which it is a part. */
export interface Source {
  readonly rows: readonly Activity[];
  /** They stand in the order that is asked for. */
  readonly isInOrder: boolean;
  /** What of the filter is not yet true of all of them. */
  readonly filter: Filter;
}

/**
 * The last answers in full: whoever scrolls a list asks for one page after the other of the same answer, and it is not worked out
 * anew for each. Whoever narrows a list, or turns it round, asks for a part of what was answered.
 */
export class Answers {
  #known: readonly Answer[] = [];

  /** The answer to a question, whatever its page. `answer` works it out: of a source, else of all there is. */
  find(
    { page: _page, ...question }: ActivityQuery,
    timeZone: string,
    answer: (source: Source | undefined) => readonly Activity[],
  ): readonly Activity[] {
    const key = `${timeZone} ${canonicalJson(question)}`;
    const same = this.#known.find((one) => one.key === key);
    const found = same ?? this.#workOut(question, timeZone, key, answer);
    this.#known = [found, ...this.#known.filter((one) => one !== found)].slice(0, MOST);
    return found.rows;
  }

  #workOut(
    { filter, sort, ...others }: ActivityQuery,
    timeZone: string,
    key: string,
    answer: (source: Source | undefined) => readonly Activity[],
  ): Answer {
    const rest = `${timeZone} ${canonicalJson(others)}`;
    const order = canonicalJson(sort ?? []);
    const parts = new Map(conditionsOf(filter).map((one) => [canonicalJson(one), one]));
    const conditions = new Set(parts.keys());
    const wider = this.#known.filter(
      (one) =>
        one.rest === rest && [...one.conditions].every((condition) => conditions.has(condition)),
    );
    const inOrder = wider.filter((one) => one.sort === order);
    const [source] = (inOrder.length > 0 ? inOrder : wider).toSorted(
      (a, b) => a.rows.length - b.rows.length,
    );
    const rows = answer(
      source && {
        rows: source.rows,
        isInOrder: source.sort === order,
        filter: {
          all: [...parts].flatMap(([key, one]) => (source.conditions.has(key) ? [] : one)),
        },
      },
    );
    return { key, rest, sort: order, conditions, rows };
  }

  /** Some row is another. */
  forget(): void {
    this.#known = [];
  }
}

import type { Activity } from '../../model/activity.js';
import { canonicalJson } from '../../model/json.js';
import type { ActivityQuery } from '../../model/query.js';

/** So many questions are remembered: some lists that are scrolled at once. */
const MOST = 4;

/**
 * The last answers in full: whoever scrolls a list asks for one page after the other of the same answer, and it is not worked out
 * anew for each.
 */
export class Answers {
  readonly #known = new Map<string, readonly Activity[]>();

  /** The answer to a question, whatever its page. */
  find(
    { page: _page, ...question }: ActivityQuery,
    timeZone: string,
    answer: () => readonly Activity[],
  ): readonly Activity[] {
    const key = `${timeZone} ${canonicalJson(question)}`;
    const rows = this.#known.get(key) ?? answer();
    this.#known.delete(key);
    this.#known.set(key, rows);
    if (this.#known.size > MOST) this.#known.delete(this.#known.keys().next().value ?? '');
    return rows;
  }

  /** Some row is another. */
  forget(): void {
    this.#known.clear();
  }
}

/**
 * Which element draws which row: a row keeps its element as long as it is drawn, wherever it moves, and one that comes takes the
 * element of one that went. So the focus stays where it is, nothing is made anew while scrolling, and only few elements are moved.
 */
export class Slots {
  #order: readonly string[] = [];
  readonly #of = new Map<string, number>();
  readonly #spare: number[] = [];
  #count = 0;

  /** The number of each row's element. `before`: under which id one that is new here was drawn. */
  assign(
    ids: readonly string[],
    before: (at: number) => string | undefined = () => undefined,
  ): readonly number[] {
    for (const [at, id] of ids.entries()) {
      const former = this.#of.has(id) ? undefined : before(at);
      const slot = former === undefined ? undefined : this.#of.get(former);
      if (former === undefined || slot === undefined) continue;
      this.#of.delete(former);
      this.#of.set(id, slot);
    }
    const now = new Set(ids);
    const freed: number[] = [];
    for (const id of this.#order) {
      const slot = this.#of.get(id);
      if (now.has(id) || slot === undefined) continue;
      this.#of.delete(id);
      freed.push(slot);
    }
    const staying = this.#of.size;
    // Elements that go from one end to the other are cheapest to move one by one, the last that was left first.
    const free = staying > 0 ? freed : freed.reverse();
    this.#order = ids;
    const slots = ids.map((id) => {
      const slot = this.#of.get(id) ?? free.pop() ?? this.#spare.pop() ?? this.#count++;
      this.#of.set(id, slot);
      return slot;
    });
    this.#spare.length = 0;
    this.#spare.push(...free);
    return slots;
  }
}

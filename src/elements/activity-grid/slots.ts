/** Fewer of the rows stay than one in so many: it is another list. */
const FEW = 4;

/**
 * Which element draws which row: a row keeps its element as long as it is drawn, wherever it moves, and one that comes takes the
 * element of one that went. So the focus stays where it is, nothing is made anew while scrolling, and only few elements are moved.
 */
export class Slots {
  #order: readonly string[] = [];
  readonly #of = new Map<string, number>();
  readonly #spare: number[] = [];
  #count = 0;

  /**
   * The number of each row's element. `before`: under which id one that is new here was drawn. `stays`: whether a row that is drawn
   * still keeps its element; in the answer to another question only what has the focus needs to.
   */
  assign(
    ids: readonly string[],
    before: (at: number) => string | undefined = () => undefined,
    stays: (id: string) => boolean = () => true,
  ): readonly number[] {
    for (const [at, id] of ids.entries()) {
      const former = this.#of.has(id) ? undefined : before(at);
      const slot = former === undefined ? undefined : this.#of.get(former);
      if (former === undefined || slot === undefined) continue;
      this.#of.delete(former);
      this.#of.set(id, slot);
    }
    const now = new Set(ids);
    const freed = new Set<number>();
    const places: (number | undefined)[] = [];
    for (const id of this.#order) {
      const slot = this.#of.get(id);
      places.push(slot);
      if (slot === undefined || (now.has(id) && stays(id))) continue;
      this.#of.delete(id);
      freed.add(slot);
    }
    const isOther = this.#of.size * FEW < ids.length;
    // Of another list, or another order, nearly all are others: each takes the element that stands in its place, and none is moved.
    if (isOther) this.#takePlaces(ids, places, freed);
    // Elements that go from one end to the other are cheapest to move one by one, the last that was left first.
    const free = [...freed];
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

  #takePlaces(
    ids: readonly string[],
    places: readonly (number | undefined)[],
    freed: Set<number>,
  ): void {
    for (const [at, id] of ids.entries()) {
      const slot = places[at];
      if (slot !== undefined && !this.#of.has(id) && freed.delete(slot)) this.#of.set(id, slot);
    }
  }
}

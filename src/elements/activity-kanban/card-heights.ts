/** Cards that are not measured yet are as high as the first ones were; before those, this. */
const GUESS = 96;

/**
 * Where the cards of a lane stand, one below the other with a gap between: measured where a card has been drawn, guessed where not.
 * Card `index` begins at `start(index)`, in CSS px from the first one's upper edge. Pure arithmetic; knows no DOM.
 */
export class CardHeights {
  readonly #gap: number;
  readonly #measured = new Map<string, number>();
  #guess = GUESS;
  #isGuessSure = false;
  #rows: readonly { readonly id: string }[] = [];
  #starts = new Float64Array(1);
  #isStale = false;
  #indices: Map<string, number> | undefined;

  constructor(gap: number) {
    this.#gap = gap;
  }

  get count(): number {
    return this.#rows.length;
  }

  /** Takes other cards, and answers whether they are others. Costs nothing where the array is the same. */
  layOut(rows: readonly { readonly id: string }[]): boolean {
    if (rows === this.#rows) return false;
    this.#rows = rows;
    this.#indices = undefined;
    this.#isStale = true;
    return true;
  }

  /** How high a card was found; 0 for what is not shown tells nothing. */
  measure(id: string, height: number): void {
    if (height <= 0 || Math.abs((this.#measured.get(id) ?? 0) - height) < 0.1) return;
    this.#measured.set(id, height);
    this.#isStale = true;
  }

  /** Call after each batch: the first one says how high those are that nobody has seen yet. */
  settle(): void {
    if (this.#isGuessSure || this.#measured.size < 3) return;
    let sum = 0;
    for (const height of this.#measured.values()) sum += height;
    this.#guess = sum / this.#measured.size;
    this.#isGuessSure = true;
    this.#isStale = true;
  }

  /** In another width everything is another height. */
  forget(): void {
    this.#measured.clear();
    this.#isGuessSure = false;
    this.#isStale = true;
  }

  indexOf(id: string): number {
    this.#indices ??= new Map(this.#rows.map((row, index) => [row.id, index]));
    return this.#indices.get(id) ?? -1;
  }

  id(index: number): string | undefined {
    return this.#rows[index]?.id;
  }

  start(index: number): number {
    this.#add();
    return this.#starts[Math.max(0, Math.min(index, this.count))] ?? 0;
  }

  /** From the first upper edge to the last lower edge. */
  get total(): number {
    return this.count === 0 ? 0 : this.start(this.count) - this.#gap;
  }

  height(index: number): number {
    return Math.max(0, this.start(index + 1) - this.start(index) - this.#gap);
  }

  /** The card at a distance from the first one's upper edge; above them all the first, below them all the last. */
  indexAt(distance: number): number {
    this.#add();
    let low = 0;
    let high = Math.max(0, this.count - 1);
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] ?? 0) <= distance) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** Before which card something is let go there: cards whose middle is above stay above. From 0 to `count`. */
  slotAt(distance: number): number {
    if (this.count === 0) return 0;
    const index = this.indexAt(distance);
    return distance > this.start(index) + this.height(index) / 2 ? index + 1 : index;
  }

  #add(): void {
    if (!this.#isStale) return;
    this.#isStale = false;
    const { count } = this;
    if (this.#starts.length < count + 1) {
      this.#starts = new Float64Array(Math.ceil((count + 1) * 1.25));
    }
    let at = 0;
    for (let index = 0; index < count; index++) {
      this.#starts[index] = at;
      at += (this.#measured.get(this.#rows[index]?.id ?? '') ?? this.#guess) + this.#gap;
    }
    this.#starts[count] = at;
  }
}

/*
 * Where the rows of a grid stand: sections of even rows, each with a header of its own or without. Pure; heights in CSS px.
 */

export interface SectionSize {
  /** Rows that are shown: none where it is collapsed. */
  readonly rows: number;
  readonly hasHeader: boolean;
}

export interface RowHeights {
  readonly row: number;
  readonly group: number;
}

/** What stands at a place of the list; `row` is -1 for the header of its section. */
export interface Spot {
  readonly section: number;
  readonly row: number;
}

/** From `first` to before `end`. */
export interface Span {
  readonly first: number;
  readonly end: number;
}

/** Places and heights of all that is in the list. What it costs to ask grows with the sections, never with the rows. */
export class Layout {
  readonly length: number;
  readonly height: number;
  readonly #sections: readonly SectionSize[];
  readonly #heights: RowHeights;

  constructor(sections: readonly SectionSize[], heights: RowHeights) {
    this.#sections = sections;
    this.#heights = heights;
    this.length = sections.reduce((sum, section) => sum + lengthOf(section), 0);
    this.height = sections.reduce((sum, section) => sum + this.#heightOf(section), 0);
  }

  /** What stands at a place; undefined beyond the end. */
  spot(index: number): Spot | undefined {
    let before = 0;
    for (const [section, size] of this.#sections.entries()) {
      const length = lengthOf(size);
      if (index >= 0 && index < before + length) {
        return { section, row: index - before - Number(size.hasHeader) };
      }
      before += length;
    }
    return undefined;
  }

  /** At which place it stands. */
  indexOf({ section, row }: Spot): number {
    const before = this.#sections.slice(0, section).reduce((sum, size) => sum + lengthOf(size), 0);
    return before + row + Number(this.#sections[section]?.hasHeader ?? false);
  }

  /** How far below the first it begins; of what is beyond the end, the whole height. */
  top(index: number): number {
    let before = 0;
    let height = 0;
    for (const size of this.#sections) {
      const length = lengthOf(size);
      if (index < before + length) {
        const at = Math.max(0, index - before);
        const header = size.hasHeader && at > 0 ? 1 : 0;
        return height + header * this.#heights.group + (at - header) * this.#heights.row;
      }
      before += length;
      height += this.#heightOf(size);
    }
    return height;
  }

  /** What stands so far below the first; the first or the last where nothing does. */
  at(y: number): number {
    let before = 0;
    let height = 0;
    for (const size of this.#sections) {
      const own = this.#heightOf(size);
      if (y < height + own) {
        const header = size.hasHeader ? this.#heights.group : 0;
        const inside = Math.max(0, y - height);
        if (inside < header) return before;
        return before + Number(size.hasHeader) + Math.floor((inside - header) / this.#heights.row);
      }
      before += lengthOf(size);
      height += own;
    }
    return Math.max(0, this.length - 1);
  }

  /** All that is seen between two heights, with so many more before and behind. */
  span(from: number, to: number, more: number): Span {
    if (this.length === 0) return { first: 0, end: 0 };
    const first = Math.max(0, this.at(from) - more);
    return { first, end: Math.min(this.length, this.at(to) + 1 + more) };
  }

  #heightOf({ rows, hasHeader }: SectionSize): number {
    return rows * this.#heights.row + (hasHeader ? this.#heights.group : 0);
  }
}

function lengthOf({ rows, hasHeader }: SectionSize): number {
  return rows + Number(hasHeader);
}

interface Segment {
  /** Index of its first key in the whole list. */
  start: number;
  readonly keys: string[];
}

/** Where a row stands beside the row of another key: negative before it, positive behind it. */
export type Against = (key: string) => number;

/**
 * The keys of a long list of which only parts are loaded, in order: runs of keys, each with its place in the whole. What is
 * put in or taken out moves what is behind it. A change costs one binary search, not a walk over the keys.
 */
export class SparseList {
  /** In order; never empty, never touching each other. */
  #segments: Segment[] = [];
  readonly #keys = new Set<string>();

  /** How many keys are loaded. */
  get loaded(): number {
    return this.#keys.size;
  }

  /** Index behind the last loaded key. */
  get end(): number {
    return endOf(this.#segments.at(-1));
  }

  has(key: string): boolean {
    return this.#keys.has(key);
  }

  keys(): Iterable<string> {
    return this.#keys;
  }

  at(index: number): string | undefined {
    const segment = this.#segmentAt(index);
    return segment?.keys[index - segment.start];
  }

  /** The keys from the first row on, as far as they are loaded without a gap. */
  get head(): readonly string[] {
    const [first] = this.#segments;
    return first?.start === 0 ? first.keys : [];
  }

  /** A walk over the loaded keys: for a single question, not for every change. */
  indexOf(key: string): number | undefined {
    if (!this.#keys.has(key)) return undefined;
    for (const { start, keys } of this.#segments) {
      const index = keys.indexOf(key);
      if (index >= 0) return start + index;
    }
    return undefined;
  }

  /** The first part of `[from, to)` that is not loaded. */
  missing(from: number, to: number): { readonly from: number; readonly to: number } | undefined {
    let start = from;
    for (const segment of this.#segments) {
      if (segment.start >= to) break;
      if (endOf(segment) <= start) continue;
      if (segment.start > start) return { from: start, to: segment.start };
      start = endOf(segment);
    }
    return start < to ? { from: start, to } : undefined;
  }

  /** Index behind the last key that is loaded in front of an index; 0 where there is none. */
  endBefore(index: number): number {
    let end = 0;
    for (const segment of this.#segments) if (endOf(segment) <= index) end = endOf(segment);
    return end;
  }

  /** Forgets all and begins anew with these. */
  reset(start: number, keys: Iterable<string>): void {
    this.#segments = [];
    this.#keys.clear();
    this.put(start, [...keys]);
  }

  /**
   * Takes an answer that begins at an index. What was loaded and does not agree with it stood where it does not any more: it
   * is dropped, and loaded again when it is wanted.
   */
  put(start: number, page: readonly string[]): void {
    const keys = [...new Set(page)];
    if (keys.length === 0) return;
    const own = new Set(keys);
    const end = start + keys.length;
    // A run whose overlap says the same goes on; one that knows these keys elsewhere is of the past.
    const kept = this.#segments.filter((segment) =>
      segment.keys.every((key, index) => {
        const at = segment.start + index;
        return at >= start && at < end ? keys[at - start] === key : !own.has(key);
      }),
    );
    this.#join([...kept, { start, keys }]);
  }

  /** Puts runs in order and joins those that touch or overlap. */
  #join(segments: readonly Segment[]): void {
    const sorted = [...segments].sort((a, b) => a.start - b.start);
    const joined: Segment[] = [];
    for (const segment of sorted) {
      const last = joined.at(-1);
      if (last && segment.start <= endOf(last)) {
        const fresh = segment.keys.slice(endOf(last) - segment.start);
        for (const key of fresh) last.keys.push(key);
      } else joined.push({ start: segment.start, keys: [...segment.keys] });
    }
    this.#segments = joined;
    this.#keys.clear();
    for (const { keys } of joined) for (const key of keys) this.#keys.add(key);
  }

  /**
   * Puts a key where it belongs. Answers whether it is in: a place that is not loaded only moves what is behind it, unless the
   * row may have stood there all the time (`isNews` false). `isWhole`: nothing follows the last loaded key.
   */
  insert(key: string, against: Against, isWhole: boolean, isNews = true): boolean {
    const { segment, index, isInside } = this.#place(against, isWhole);
    if (!isInside) {
      if (!isNews) return false;
      for (const later of this.#segments) if (later.start >= index) later.start += 1;
      return false;
    }
    this.#keys.add(key);
    if (!segment) {
      this.#segments.push({ start: 0, keys: [key] });
      return true;
    }
    segment.keys.splice(index - segment.start, 0, key);
    for (const later of this.#segments) if (later.start > segment.start) later.start += 1;
    return true;
  }

  /** Takes a key out. `against`: how it stood beside the others until now. Answers whether it was in. */
  remove(key: string, against: Against): boolean {
    if (!this.#keys.has(key)) return false;
    const segment = this.#find(key, against);
    this.#keys.delete(key);
    if (!segment) return false;
    for (const later of this.#segments) if (later.start > segment.start) later.start -= 1;
    if (segment.keys.length === 0) this.#segments.splice(this.#segments.indexOf(segment), 1);
    return true;
  }

  /** A row that is not loaded went: what is behind its place moves up. */
  close(against: Against): void {
    const { index, isInside } = this.#place(against, false);
    // Without a gap there is nothing that was not loaded.
    if (isInside) return;
    for (const later of this.#segments) if (later.start >= index) later.start -= 1;
    const touches = this.#segments.some(
      ({ start }, place) => place > 0 && start <= endOf(this.#segments[place - 1]),
    );
    if (touches) this.#join(this.#segments);
  }

  /** Takes the key out of its run, which is answered. */
  #find(key: string, against: Against): Segment | undefined {
    for (const segment of this.#segments) {
      const low = lowerBound(segment.keys, against);
      if (segment.keys[low] !== key) continue;
      segment.keys.splice(low, 1);
      return segment;
    }
    // The order is not the kit's own, so that it stands elsewhere than it should.
    for (const segment of this.#segments) {
      const index = segment.keys.indexOf(key);
      if (index < 0) continue;
      segment.keys.splice(index, 1);
      return segment;
    }
    return undefined;
  }

  #place(
    against: Against,
    isWhole: boolean,
  ): { readonly segment: Segment | undefined; readonly index: number; readonly isInside: boolean } {
    let end = 0;
    for (const segment of this.#segments) {
      const [first = ''] = segment.keys;
      if (against(first) < 0) {
        const isInside = segment.start === end && end === 0;
        return { segment, index: segment.start, isInside };
      }
      end = endOf(segment);
      if (against(segment.keys.at(-1) ?? '') < 0) {
        return {
          segment,
          index: segment.start + lowerBound(segment.keys, against),
          isInside: true,
        };
      }
    }
    const last = this.#segments.at(-1);
    if (!last) return { segment: undefined, index: 0, isInside: isWhole };
    return { segment: last, index: end, isInside: isWhole };
  }

  #segmentAt(index: number): Segment | undefined {
    let low = 0;
    let high = this.#segments.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const segment = this.#segments[middle];
      if (!segment || index < segment.start) high = middle - 1;
      else if (index >= endOf(segment)) low = middle + 1;
      else return segment;
    }
    return undefined;
  }

  /** Forgets what is outside `[from, to)`, but for the beginning of the list. */
  trim(from: number, to: number): void {
    const kept = this.#segments.flatMap(({ start, keys }): Segment[] => {
      const first = Math.max(start, from);
      const last = Math.min(start + keys.length, to);
      return first < last ? [{ start: first, keys: keys.slice(first - start, last - start) }] : [];
    });
    this.#join(kept);
  }
}

function endOf(segment: Segment | undefined): number {
  return segment ? segment.start + segment.keys.length : 0;
}

/** Index of the first key that does not stand before the row. */
function lowerBound(keys: readonly string[], against: Against): number {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (against(keys[middle] ?? '') > 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

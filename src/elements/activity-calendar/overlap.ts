/** Where one of several things that go on at the same time stands beside the others. */
export interface Lane<T> {
  readonly item: T;
  /** From 0, of `lanes` of the same width. */
  readonly lane: number;
  readonly lanes: number;
  /** How many lanes it is wide. */
  readonly width: number;
}

interface Range {
  readonly top: number;
  readonly bottom: number;
}

/**
 * Puts things that overlap in time (`bottom` is exclusive) beside each other: each in the first lane that is free, and as wide
 * as nothing stands in its way. What overlaps nothing gets the whole width. Keeps the order. O(n log n + n × lanes).
 */
export function layOut<T extends Range>(items: readonly T[]): readonly Lane<T>[] {
  const placed = new Map<T, Lane<T>>();
  const inTime = [...items].sort((a, b) => a.top - b.top || b.bottom - a.bottom);
  let group: T[] = [];
  let end = -Infinity;
  for (const item of inTime) {
    if (item.top >= end) {
      placeGroup(group, placed);
      group = [];
    }
    group.push(item);
    end = Math.max(end, item.bottom);
  }
  placeGroup(group, placed);
  return items.flatMap((item) => placed.get(item) ?? []);
}

/** Things of which each overlaps with at least one other, directly or through others. */
function placeGroup<T extends Range>(group: readonly T[], placed: Map<T, Lane<T>>): void {
  const lanes: T[][] = [];
  const laneOf = new Map<T, number>();
  for (const item of group) {
    let lane = lanes.findIndex((taken) => (taken.at(-1)?.bottom ?? 0) <= item.top);
    if (lane < 0) lane = lanes.push([]) - 1;
    lanes[lane]?.push(item);
    laneOf.set(item, lane);
  }
  for (const [item, lane] of laneOf) {
    const blocked = lanes.findIndex(
      (taken, other) => other > lane && taken.some((one) => overlap(one, item)),
    );
    const width = (blocked < 0 ? lanes.length : blocked) - lane;
    placed.set(item, { item, lane, lanes: lanes.length, width });
  }
}

function overlap(a: Range, b: Range): boolean {
  return a.top < b.bottom && b.top < a.bottom;
}

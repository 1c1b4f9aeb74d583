/** The cards of a lane, as keys go through them. */
export interface KeyLane {
  readonly count: number;
  readonly idAt: (index: number) => string | undefined;
  readonly indexOf: (id: string) => number;
  /** Those that are drawn, from above. */
  readonly drawn: readonly string[];
}

export interface BoardPlaces {
  readonly lanes: readonly KeyLane[];
  /** Where the middle of a card is seen, from above. */
  readonly middleOf: (id: string) => number;
  readonly isRightToLeft: boolean;
}

/**
 * The card that a key leads to: up and down within the lane, to its ends by Home and End, sideways to the card beside it in the
 * next lane that has any. Undefined where the key leads nowhere.
 */
export function cardAfterKey(
  key: string,
  id: string,
  { lanes, middleOf, isRightToLeft }: BoardPlaces,
): string | undefined {
  const at = lanes.findIndex((lane) => lane.indexOf(id) >= 0);
  const lane = lanes[at];
  if (!lane) return undefined;
  const index = lane.indexOf(id);
  const [forward, back] = isRightToLeft ? ['ArrowLeft', 'ArrowRight'] : ['ArrowRight', 'ArrowLeft'];
  switch (key) {
    case 'ArrowDown':
      return lane.idAt(index + 1);
    case 'ArrowUp':
      return lane.idAt(index - 1);
    case 'Home':
      return lane.idAt(0);
    case 'End':
      return lane.idAt(lane.count - 1);
    case forward:
      return nearest(lanes.slice(at + 1), middleOf, id);
    case back:
      return nearest(lanes.slice(0, at).reverse(), middleOf, id);
    default:
      return undefined;
  }
}

function nearest(
  lanes: readonly KeyLane[],
  middleOf: (id: string) => number,
  id: string,
): string | undefined {
  const lane = lanes.find(({ drawn }) => drawn.length > 0);
  const from = middleOf(id);
  let best: string | undefined;
  let least = Infinity;
  for (const candidate of lane?.drawn ?? []) {
    const distance = Math.abs(middleOf(candidate) - from);
    if (distance >= least) continue;
    best = candidate;
    least = distance;
  }
  return best;
}

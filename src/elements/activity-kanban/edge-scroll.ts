/** Where a scroller begins and ends in the window, in CSS px. */
export interface Edges {
  readonly start: number;
  readonly end: number;
}

const EDGE = 48;
/** CSS px per second at the very edge, to begin with. */
const SPEED = 900;
/** After so many seconds at the edge it gets faster: twice as fast every 0.6 s, up to forty times. */
const PATIENCE = 0.6;
const FASTEST = 40;

/**
 * How fast what is dragged over a scroller moves it, in CSS px per second: not at all in its middle, the faster the nearer to an end
 * (negative: towards the start) and the longer it is held there (`held`, in seconds).
 */
export function speedAtEdge(position: number, { start, end }: Edges, held: number): number {
  // Of a small scroller a third at each end is edge.
  const edge = Math.min(EDGE, (end - start) / 3);
  if (edge <= 0) return 0;
  const before = Math.min(1, (start + edge - position) / edge);
  const behind = Math.min(1, (position - end + edge) / edge);
  const depth = before > 0 ? -before : Math.max(0, behind);
  const haste = 2 ** (Math.max(0, held - PATIENCE) / PATIENCE);
  return depth === 0 ? 0 : depth * SPEED * Math.min(FASTEST, haste);
}

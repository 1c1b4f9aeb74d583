import type { Json } from '../../model/json.js';
import type { Column } from './columns.js';

/** How the columns are laid out. Plain JSON, so that it can be kept. */
export interface Arrangement {
  /** Names, in order. */
  readonly shown: readonly string[];
  /** In px, of those the user made wider or narrower. */
  readonly widths: { readonly [name: string]: number };
  /** The first columns, up to the subject or what stands first of it, stay in sight. */
  readonly isFrozen: boolean;
}

export const LEAST_WIDTH = 40;
export const MOST_WIDTH = 1200;
/** In less room, in px, what columns show would be cut everywhere: a row has two lines instead. */
export const LEAST_ROOM = 620;
/** From then on there is room for the word of a type beside its glyph. */
export const WIDE_TYPE = 100;

/** What was kept of an arrangement; undefined for what is none. */
export function toArrangement(kept: unknown): Arrangement | undefined {
  if (typeof kept !== 'object' || kept === null) return undefined;
  const { shown, widths, isFrozen } = kept as { readonly [key: string]: unknown };
  if (!Array.isArray(shown)) return undefined;
  const names = shown.filter((name): name is string => typeof name === 'string');
  if (names.length === 0) return undefined;
  const known = Object.entries(typeof widths === 'object' && widths !== null ? widths : {}).filter(
    (entry): entry is [string, number] => typeof entry[1] === 'number',
  );
  return {
    shown: [...new Set(names)],
    widths: Object.fromEntries(known.map(([name, width]) => [name, clampWidth(width)])),
    isFrozen: isFrozen === true,
  };
}

export function toJson({ shown, widths, isFrozen }: Arrangement): Json {
  return { shown: [...shown], widths: { ...widths }, isFrozen };
}

/** With a column shown behind the others, or no longer shown. The last one stays. */
export function withShown(arrangement: Arrangement, name: string, on: boolean): Arrangement {
  const others = arrangement.shown.filter((other) => other !== name);
  if (!on && others.length === 0) return arrangement;
  if (on && arrangement.shown.includes(name)) return arrangement;
  return { ...arrangement, shown: on ? [...others, name] : others };
}

/** With a column so many places further on among those that are `seen`; the others, of types that are not there, say, keep theirs. */
export function withMoved(
  arrangement: Arrangement,
  name: string,
  by: number,
  seen: readonly string[] = arrangement.shown,
): Arrangement {
  const at = seen.indexOf(name);
  const to = Math.min(Math.max(at + by, 0), seen.length - 1);
  const neighbour = seen[to];
  if (at < 0 || to === at || neighbour === undefined) return arrangement;
  const others = arrangement.shown.filter((other) => other !== name);
  const place = others.indexOf(neighbour) + (to > at ? 1 : 0);
  return { ...arrangement, shown: others.toSpliced(place, 0, name) };
}

export function withWidth(arrangement: Arrangement, name: string, width: number): Arrangement {
  return { ...arrangement, widths: { ...arrangement.widths, [name]: clampWidth(width) } };
}

export function clampWidth(width: number): number {
  return Math.round(Math.min(Math.max(width, LEAST_WIDTH), MOST_WIDTH));
}

/** One track of the CSS grid for each column: as wide as the user made it, else its share of the room. */
export function toTracks(
  columns: readonly Column[],
  arrangement: Pick<Arrangement, 'widths'>,
): readonly string[] {
  return columns.map((column) => {
    const least = leastOf(column, arrangement);
    const isShared = column.share > 0 && arrangement.widths[column.name] === undefined;
    return isShared ? `minmax(${least}, ${String(column.share)}fr)` : least;
  });
}

/** Below that width the rows scroll sideways, as a length in CSS. */
export function toLeastWidth(
  columns: readonly Column[],
  arrangement: Pick<Arrangement, 'widths'>,
): string {
  return `calc(${columns.map((column) => leastOf(column, arrangement)).join(' + ')})`;
}

/** As the user made it; else what has no share in the room left is as wide as the sheet says. */
function leastOf({ name, least, share }: Column, { widths }: Pick<Arrangement, 'widths'>): string {
  const width = widths[name];
  if (width !== undefined) return `${String(width)}px`;
  return share === 0 ? `var(--_col-${name}, ${String(least)}px)` : `${String(least)}px`;
}

/** How many of the first columns stay in sight when frozen: a narrow one takes the next along. */
export function frozenCount(columns: readonly Column[]): number {
  const first = columns.findIndex(({ name }) => name !== 'type');
  return first < 0 ? columns.length : first + 1;
}

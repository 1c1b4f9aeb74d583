import { compareTexts, isPlainText, rankAt } from './text-order.js';

/*
 * How many rows are put in order without comparing them with each other: of each value a number is made that holds its place and
 * whose row it is, and such numbers the platform sorts by itself, quickly from the first time on.
 */

export type Comparable = string | number | boolean;

/** One of the fields by which rows are sorted. */
export interface OrderLevel<Row> {
  /** What a row is sorted by; null: blank. */
  readonly read: (row: Row) => Comparable | null;
  readonly isDescending: boolean;
  readonly areBlanksFirst: boolean;
}

export function compareExactly(a: Comparable, b: Comparable): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Words and texts alike: a place does not say which of them it holds, and words are no worse off so. */
export function compareValues(a: Comparable, b: Comparable): number {
  return typeof a === 'string' && typeof b === 'string' ? compareTexts(a, b) : compareExactly(a, b);
}

/** The rows by the first level, those alike by the next, and at last by their ids. */
export function inOrder<Row extends { readonly id: string }>(
  rows: readonly Row[],
  [by, ...others]: readonly OrderLevel<Row>[],
): readonly Row[] {
  if (rows.length < 2) return rows;
  if (!by) return picked(rows, sortIds(rows.map(({ id }) => id)).order);
  const blank: Row[] = [];
  const known: Row[] = [];
  const values: Comparable[] = [];
  for (const row of rows) {
    const value = by.read(row);
    if (value === null) blank.push(row);
    else {
      known.push(row);
      values.push(value);
    }
  }
  const sorted = sortValues(values);
  const { order } = sorted;
  const result: Row[] = [];
  const add = (some: readonly Row[]): void => {
    for (const row of some) result.push(row);
  };
  if (by.areBlanksFirst) add(inOrder(blank, others));
  eachRun(sorted, by.isDescending, (from, to) => {
    const row = to - from === 1 ? known[order[from] ?? 0] : undefined;
    if (row) result.push(row);
    else add(inOrder(picked(known, order.subarray(from, to)), others));
  });
  if (!by.areBlanksFirst) add(inOrder(blank, others));
  return result;
}

function picked<Row>(rows: readonly Row[], order: Uint32Array): Row[] {
  const result: Row[] = [];
  for (let at = 0; at < order.length; at++) {
    const row = rows[order[at] ?? 0];
    if (row) result.push(row);
  }
  return result;
}

/** Indexes of values in their order; `starts` is 1 where one is greater than the one before. */
interface Sorted {
  readonly order: Uint32Array;
  readonly starts: Uint8Array;
}

/** Says from where to where values are alike, from the first to the last, or the other way round. */
function eachRun(
  { starts }: Sorted,
  isFromEnd: boolean,
  say: (from: number, to: number) => void,
): void {
  const { length } = starts;
  if (isFromEnd) {
    for (let from = length - 1, to = length; from >= 0; from--) {
      if (from > 0 && starts[from] === 0) continue;
      say(from, to);
      to = from;
    }
  } else for (let from = 0; from < length;) from = sayRun(starts, from, length, say);
}

/** Answers where it ends. */
function sayRun(
  starts: Uint8Array,
  from: number,
  end: number,
  say: (from: number, to: number) => void,
): number {
  let to = from + 1;
  while (to < end && starts[to] === 0) to += 1;
  say(from, to);
  return to;
}

function asTheyStand(length: number): Sorted {
  const order = new Uint32Array(length);
  for (let at = 0; at < length; at++) order[at] = at;
  return { order, starts: new Uint8Array(length) };
}

function sortValues(values: readonly Comparable[]): Sorted {
  const sorted = asTheyStand(values.length);
  if (areNumbers(values)) sortNumbers(values, sorted);
  else if (arePlainTexts(values)) sortTexts(values, rankAt, sorted, 0, values.length, 0);
  else {
    const compareAt = (a: number, b: number): number =>
      compareValues(values[a] ?? '', values[b] ?? '');
    sortBy(compareAt, sorted, 0, values.length);
  }
  return sorted;
}

// Loops by index, here and below: they are quick before the engine has looked into them, as they are when a list is first sorted.
function areNumbers(values: readonly Comparable[]): values is readonly number[] {
  for (let at = 0; at < values.length; at++) if (!Number.isFinite(values[at])) return false;
  return true;
}

function arePlainTexts(values: readonly Comparable[]): values is readonly string[] {
  for (let at = 0; at < values.length; at++) {
    const value = values[at];
    if (typeof value !== 'string' || !isPlainText(value)) return false;
  }
  return true;
}

/** Of plain characters, as ids have them. */
const PRINTABLE = /^[ -~]*$/;

function codeAt(text: string, index: number): number {
  return index < text.length ? text.charCodeAt(index) : 0;
}

function sortIds(ids: readonly string[]): Sorted {
  const sorted = asTheyStand(ids.length);
  const isPlain = ids.every((id) => PRINTABLE.test(id));
  if (isPlain) sortTexts(ids, codeAt, sorted, 0, ids.length, 0);
  else sortBy((a, b) => compareExactly(ids[a] ?? '', ids[b] ?? ''), sorted, 0, ids.length);
  return sorted;
}

/** Whole numbers up to this are exact. */
const EXACT = 2 ** 53;
/** A rank, or the code of a character, is less than this. */
const RANKS = 128;

/** So few are compared with each other. */
const FEW = 8;

/** Compares what stands between two places with each other; what is alike stays as it stands. */
function sortBy(
  compareAt: (a: number, b: number) => number,
  { order, starts }: Sorted,
  from: number,
  to: number,
): void {
  order.subarray(from, to).sort(compareAt);
  for (let index = from + 1; index < to; index++) {
    starts[index] = Number(compareAt(order[index - 1] ?? 0, order[index] ?? 0) !== 0);
  }
}

/** Smaller keys first; what is alike stays as it stands. A key, times `size`, has to be exact. */
function sortByKeys(
  keys: Float64Array,
  size: number,
  { order, starts }: Sorted,
  from: number,
): void {
  for (let index = 0; index < keys.length; index++) {
    keys[index] = (keys[index] ?? 0) * size + index;
  }
  keys.sort();
  const before = order.slice(from, from + keys.length);
  for (let index = 0; index < keys.length; index++) {
    const both = keys[index] ?? 0;
    const key = Math.floor(both / size);
    order[from + index] = before[both - key * size] ?? 0;
    keys[index] = key;
    if (index > 0) starts[from + index] = Number(key !== keys[index - 1]);
  }
}

/** The least power of two that many indexes fit into. */
function sizeFor(length: number): number {
  return 2 ** Math.ceil(Math.log2(length));
}

function sortNumbers(numbers: readonly number[], sorted: Sorted): void {
  let least = Infinity;
  let greatest = -Infinity;
  let isInOrder = true;
  for (let at = 0; at < numbers.length; at++) {
    const number = numbers[at] ?? 0;
    isInOrder &&= number >= greatest;
    if (number > greatest) {
      sorted.starts[at] = 1;
      greatest = number;
    }
    if (number < least) least = number;
  }
  // As most come that a backend sorted.
  if (isInOrder) return;
  const size = sizeFor(numbers.length);
  const parts = ((greatest - least + 1) * size) / EXACT;
  // What is nearer to each other than this has one key.
  const step = parts <= 1 ? 1 : 2 ** (Math.ceil(Math.log2(parts)) + 1);
  const keys = new Float64Array(numbers.length);
  for (let at = 0; at < keys.length; at++) {
    keys[at] = Math.floor(((numbers[at] ?? 0) - least) / step);
  }
  sortByKeys(keys, size, sorted, 0);
  const numberAt = (index: number): number => numbers[index] ?? 0;
  const compareAt = (a: number, b: number): number => numberAt(a) - numberAt(b);
  eachRun(sorted, false, (from, to) => {
    if (to - from === 1) return;
    const alike = sorted.order.subarray(from, to);
    const first = numberAt(alike[0] ?? 0);
    if (alike.some((index) => numberAt(index) !== first)) sortBy(compareAt, sorted, from, to);
  });
}

/** By the ranks of their characters, of which `start` are known to be alike. */
function sortTexts(
  texts: readonly string[],
  rank: (text: string, index: number) => number,
  sorted: Sorted,
  from: number,
  to: number,
  start: number,
): void {
  const { order } = sorted;
  const length = to - from;
  if (length <= FEW) {
    const compareAt = (a: number, b: number): number =>
      compareRanks(texts[a] ?? '', texts[b] ?? '', rank, start);
    sortBy(compareAt, sorted, from, to);
    return;
  }
  const textAt = (place: number): string => texts[order[place] ?? 0] ?? '';
  let common = textAt(from).slice(start);
  for (let place = from + 1; place < to; place++) {
    const text = textAt(place);
    while (!text.startsWith(common, start)) common = common.slice(0, -1);
  }
  const first = start + common.length;
  const size = sizeFor(length);
  const chars = Math.floor(Math.log2(EXACT / size) / Math.log2(RANKS));
  const keys = new Float64Array(length);
  let isLonger = false;
  for (let index = 0; index < length; index++) {
    const text = textAt(from + index);
    let key = 0;
    for (let char = first; char < first + chars; char++) key = key * RANKS + rank(text, char);
    keys[index] = key;
    isLonger ||= text.length > first + chars;
  }
  sortByKeys(keys, size, sorted, from);
  if (!isLonger) return;
  const sortRun = (first: number, end: number): void => {
    if (end - first > 1) sortTexts(texts, rank, sorted, first, end, start + common.length + chars);
  };
  for (let place = from; place < to;) place = sayRun(sorted.starts, place, to, sortRun);
}

function compareRanks(
  a: string,
  b: string,
  rank: (text: string, index: number) => number,
  start: number,
): number {
  const end = Math.max(a.length, b.length);
  for (let index = start; index < end; index++) {
    const order = rank(a, index) - rank(b, index);
    if (order !== 0) return order;
  }
  return 0;
}

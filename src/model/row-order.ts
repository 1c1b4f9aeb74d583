import { compareTexts, orderKeys } from './text-order.js';

/*
 * How many rows are put in order: of their values are made, once each, those that the platform compares without asking a function
 * of ours (numbers that hold a value's place and whose row it is), or with the least of it (texts in the order of their code).
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
  if (!by) return picked(rows, sortExactly(rows.map(({ id }) => id)).order);
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
  if (areNumbers(values)) return sortNumbers(values);
  const keys = areTexts(values) ? orderKeys(values) : undefined;
  if (keys) return sortExactly(keys);
  return sortBy(values.length, (a, b) => compareValues(values[a] ?? '', values[b] ?? ''));
}

// Loops by index, here and below: they are quick before the engine has looked into them, as they are when a list is first sorted.
function areNumbers(values: readonly Comparable[]): values is readonly number[] {
  for (let at = 0; at < values.length; at++) if (!Number.isFinite(values[at])) return false;
  return true;
}

function areTexts(values: readonly Comparable[]): values is readonly string[] {
  for (let at = 0; at < values.length; at++) if (typeof values[at] !== 'string') return false;
  return true;
}

function sortExactly(texts: readonly string[]): Sorted {
  return sortBy(texts.length, (a, b) => {
    const one = texts[a] ?? '';
    const other = texts[b] ?? '';
    return one < other ? -1 : Number(one > other);
  });
}

function sortBy(length: number, compareAt: (a: number, b: number) => number): Sorted {
  const sorted = asTheyStand(length);
  sortPart(compareAt, sorted, 0, length);
  return sorted;
}

/** Whole numbers up to this are exact. */
const EXACT = 2 ** 53;

/** Compares what stands between two places with each other; what is alike stays as it stands. */
function sortPart(
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
function sortByKeys(keys: Float64Array, size: number, { order, starts }: Sorted): void {
  for (let index = 0; index < keys.length; index++) {
    keys[index] = (keys[index] ?? 0) * size + index;
  }
  keys.sort();
  for (let index = 0; index < keys.length; index++) {
    const both = keys[index] ?? 0;
    const key = Math.floor(both / size);
    order[index] = both - key * size;
    keys[index] = key;
    if (index > 0) starts[index] = Number(key !== keys[index - 1]);
  }
}

/** The least power of two that many indexes fit into. */
function sizeFor(length: number): number {
  return 2 ** Math.ceil(Math.log2(length));
}

function sortNumbers(numbers: readonly number[]): Sorted {
  const sorted = asTheyStand(numbers.length);
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
  if (isInOrder) return sorted;
  const size = sizeFor(numbers.length);
  const parts = ((greatest - least + 1) * size) / EXACT;
  // What is nearer to each other than this has one key.
  const step = parts <= 1 ? 1 : 2 ** (Math.ceil(Math.log2(parts)) + 1);
  const keys = new Float64Array(numbers.length);
  for (let at = 0; at < keys.length; at++) {
    keys[at] = Math.floor(((numbers[at] ?? 0) - least) / step);
  }
  sortByKeys(keys, size, sorted);
  const numberAt = (index: number): number => numbers[index] ?? 0;
  const compareAt = (a: number, b: number): number => numberAt(a) - numberAt(b);
  eachRun(sorted, false, (from, to) => {
    if (to - from === 1) return;
    const alike = sorted.order.subarray(from, to);
    const first = numberAt(alike[0] ?? 0);
    if (alike.some((index) => numberAt(index) !== first)) sortPart(compareAt, sorted, from, to);
  });
  return sorted;
}

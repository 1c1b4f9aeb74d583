import { isObject, type Json } from '../../model/json.js';

/** A list that is worked through one by one: where it was begun, and how far it has come. */
export interface Queue {
  readonly ids: readonly string[];
  /** Index of the one in hand; the number of ids: it is done. */
  readonly at: number;
}

export function toQueue(kept: unknown): Queue | undefined {
  if (!isObject(kept)) return undefined;
  const { ids, at } = kept;
  if (!Array.isArray(ids) || !Number.isInteger(at)) return undefined;
  const known = ids.filter((id): id is string => typeof id === 'string');
  const index = Number(at);
  return index >= 0 && index < known.length ? { ids: known, at: index } : undefined;
}

export function fromQueue({ ids, at }: Queue): Json {
  return { ids: [...ids], at };
}

export function step(queue: Queue, by: 1 | -1): Queue {
  return { ...queue, at: Math.min(Math.max(0, queue.at + by), queue.ids.length) };
}

/** What could not be done comes again at the end. */
export function again(queue: Queue, id: string): Queue {
  return { ...queue, ids: [...queue.ids, id] };
}

export function isDone({ ids, at }: Queue): boolean {
  return at >= ids.length;
}

import { isObject, textsIn, type Json } from '../../model/json.js';

/** A list that is worked through one by one: where it was begun, and how far it has come. */
export interface Queue {
  readonly ids: readonly string[];
  /** Index of the one in hand; the number of ids: it is done. */
  readonly at: number;
  /** Those that are still to be done, but not now. */
  readonly putOff?: readonly string[];
}

export function toQueue(kept: unknown): Queue | undefined {
  if (!isObject(kept)) return undefined;
  const { ids, at } = kept;
  if (!Array.isArray(ids) || !Number.isInteger(at)) return undefined;
  const known = textsIn(ids);
  const index = Number(at);
  const later = textsIn(kept['putOff']);
  return index >= 0 && index < known.length
    ? { ids: known, at: index, ...(later.length > 0 && { putOff: later }) }
    : undefined;
}

export function fromQueue({ ids, at, putOff: later = [] }: Queue): Json {
  return { ids: [...ids], at, ...(later.length > 0 && { putOff: [...later] }) };
}

export function step(queue: Queue, by: 1 | -1): Queue {
  return { ...queue, at: Math.min(Math.max(0, queue.at + by), queue.ids.length) };
}

/** What could not be done comes again at the end, unless it is still to come. */
export function again(queue: Queue, id: string): Queue {
  const open = notPutOff(queue, id);
  return open.ids.includes(id, open.at) ? open : { ...open, ids: [...open.ids, id] };
}

export function isDone({ ids, at }: Queue): boolean {
  return at >= ids.length;
}

/** It is dealt with for now. */
export function putOff(queue: Queue, id: string): Queue {
  return { ...queue, putOff: [...(queue.putOff ?? []), id] };
}

export function notPutOff({ putOff: later = [], ...queue }: Queue, id: string): Queue {
  return { ...queue, putOff: later.filter((one) => one !== id) };
}

/** What has come up and was not put off, each once: whether it is done, its row tells. */
export function leftOf(queue: Queue | undefined): readonly string[] {
  const { ids = [], at = 0, putOff: later = [] } = queue ?? {};
  return [...new Set(ids.slice(0, at))].filter((id) => !later.includes(id));
}

import type { Activity } from '../../model/activity.js';
import { isObject, toPlainJson } from '../../model/json.js';
import { failure } from '../failure.js';
import type { ProviderChange } from '../provider.js';

/** A row. Its version is its own, else what the answer's header says. */
export function readRow(body: unknown, headers: Headers | undefined): Activity {
  if (!isObject(body) || typeof body['id'] !== 'string' || typeof body['type'] !== 'string') {
    throw failure('server');
  }
  const row = body as unknown as Activity;
  const version = row.version ?? fromEntityTag(headers?.get('ETag') ?? null);
  return version === undefined ? row : { ...row, version };
}

export function readObject<T>(body: unknown): T {
  if (!isObject(body)) throw failure('server');
  return body as T;
}

export function readList<T>(body: unknown): readonly T[] {
  if (!Array.isArray(body)) throw failure('server');
  return body as readonly T[];
}

/** A version as an entity tag; one that is a tag already stays as it is. */
export function toEntityTag(version: string): string {
  return /^(W\/)?".*"$/.test(version) ? version : `"${encodeURI(version)}"`;
}

function fromEntityTag(tag: string | null): string | undefined {
  if (tag === null) return undefined;
  const quoted = /^"(.*)"$/.exec(tag)?.[1];
  if (quoted === undefined) return tag;
  try {
    return decodeURI(quoted);
  } catch {
    return tag;
  }
}

const CHANGES: readonly unknown[] = ['upsert', 'remove', 'invalidate', 'connection'];

/** A change out of a stream; undefined for what is none. */
export function readChange(data: unknown): ProviderChange | undefined {
  if (typeof data !== 'string') return undefined;
  try {
    const change: unknown = toPlainJson(JSON.parse(data));
    if (!isObject(change) || !CHANGES.includes(change['kind'])) return undefined;
    if (change['kind'] === 'upsert')
      readList(change['rows']).forEach((row) => readRow(row, undefined));
    if (change['kind'] === 'remove') readList(change['ids']);
    return change as unknown as ProviderChange;
  } catch {
    return undefined;
  }
}

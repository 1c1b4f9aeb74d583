import type { Attachment } from '../../model/activity.js';
import { failure } from '../failure.js';
import type { CallOptions } from '../provider.js';
import type { Transaction } from './connection.js';
import { CHUNK } from './schema.js';

type Progress = Pick<CallOptions, 'signal' | 'onProgress'>;

/** A file in pieces small enough to be kept beside the rows. Rejects where it can't be read any more. */
export async function chunksOf(file: Blob): Promise<readonly ArrayBuffer[]> {
  const whole = await file.arrayBuffer();
  const chunks: ArrayBuffer[] = [];
  for (let at = 0; at < whole.byteLength; at += CHUNK) chunks.push(whole.slice(at, at + CHUNK));
  return chunks;
}

/** `path`: of the activity and the attachment. */
export async function writeFile(
  transaction: Transaction<'readwrite'>,
  [activity, attachment]: readonly [string, string],
  chunks: readonly ArrayBuffer[],
  { signal, onProgress }: Progress,
): Promise<void> {
  const files = transaction.objectStore('files');
  const total = chunks.reduce((sum, chunk) => sum + chunk.byteLength, 0);
  let done = 0;
  for (const [index, chunk] of chunks.entries()) {
    if (signal?.aborted) throw failure('aborted');
    await files.put(chunk, [activity, attachment, index]);
    done += chunk.byteLength;
    onProgress?.(done, total);
  }
}

export async function readFile(
  transaction: Transaction<'readonly'>,
  activity: string,
  { id, mediaType, bytes }: Attachment,
  { signal, onProgress }: Progress,
): Promise<Blob> {
  const chunks: ArrayBuffer[] = [];
  let done = 0;
  let cursor = await transaction.objectStore('files').openCursor(rangeOf(activity, id));
  while (cursor) {
    if (signal?.aborted) throw failure('aborted');
    chunks.push(cursor.value);
    done += cursor.value.byteLength;
    onProgress?.(done, bytes);
    cursor = await cursor.continue();
  }
  // What came with the rows a database was filled with has a name and no content.
  if (done < bytes) throw failure('not-found');
  return new Blob(chunks, { type: mediaType });
}

/** All files of an activity, or one. */
export async function removeFiles(
  transaction: Transaction<'readwrite'>,
  activity: string,
  attachment?: string,
): Promise<void> {
  await transaction.objectStore('files').delete(rangeOf(activity, attachment));
}

/** Lists come after all texts and numbers in the order of keys. */
function rangeOf(activity: string, attachment?: string): IDBKeyRange {
  const path = attachment === undefined ? [activity] : [activity, attachment];
  return IDBKeyRange.bound(path, [...path, []]);
}

import type { Activity, RecordRef } from '../../model/activity.js';
import { checkActivity } from '../../model/check.js';
import { isObject, toPlainJson } from '../../model/json.js';
import { fromBase64, toBase64 } from '../base64.js';
import { failure } from '../failure.js';
import type { CallOptions, RecordSummary } from '../provider.js';
import type { Transaction } from './connection.js';
import { stateOf } from './row-cache.js';

/*
 * All that a database holds as one file of JSON lines: first what it is, then one line for each record, each activity, and each
 * piece of a file. A line at a time can be written and read, however many there are.
 */

const FORMAT = 'activity-kit';
const VERSION = 1;

type People = {
  readonly user?: RecordRef;
  readonly teams?: readonly RecordRef[];
  readonly team?: readonly RecordRef[];
};

/** What is read of such a file. */
export interface Archive {
  readonly people: People;
  readonly records: readonly RecordSummary[];
  readonly activities: readonly Activity[];
  /** Pieces of files under their place in the store. */
  readonly pieces: readonly (readonly [key: [string, string, number], piece: ArrayBuffer])[];
}

const ROWS_AT_ONCE = 500;

/** As of one moment, since it is one transaction. */
export async function writeArchive(
  tx: Transaction<'readonly'>,
  { signal, onProgress }: Pick<CallOptions, 'signal' | 'onProgress'>,
): Promise<Blob> {
  const { user, teams, team, size = 0 } = await stateOf(tx);
  const parts: string[] = [];
  const add = (lines: readonly object[]): void => {
    if (signal?.aborted) throw failure('aborted');
    if (lines.length > 0) parts.push(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  };
  add([{ format: FORMAT, version: VERSION, user, teams, team }]);
  add((await tx.objectStore('records').getAll()).map((record) => ({ record })));
  const activities = tx.objectStore('activities');
  let done = 0;
  for (let last: string | undefined; ;) {
    const range = last === undefined ? undefined : IDBKeyRange.lowerBound(last, true);
    const some = await activities.getAll(range, ROWS_AT_ONCE);
    add(some.map(({ row }) => ({ activity: row })));
    done += some.length;
    onProgress?.(done, size);
    last = some.at(-1)?.id;
    if (last === undefined || some.length < ROWS_AT_ONCE) break;
  }
  let cursor = await tx.objectStore('files').openCursor();
  while (cursor) {
    add([{ file: cursor.key, data: toBase64(cursor.value) }]);
    cursor = await cursor.continue();
  }
  return new Blob(parts, { type: 'application/jsonl' });
}

/** Throws `validation` where it is no such file, or one of its lines is broken: nothing of it is to be kept then. */
export async function readArchive(file: Blob, { signal }: CallOptions): Promise<Archive> {
  const records: RecordSummary[] = [];
  const activities: Activity[] = [];
  const pieces: [[string, string, number], ArrayBuffer][] = [];
  let people: People | undefined;
  let number = 0;
  for await (const text of linesOf(file)) {
    number++;
    if (signal?.aborted) throw failure('aborted');
    if (text.trim() === '') continue;
    const line = parse(text);
    if (!people) {
      people = peopleOf(line);
      continue;
    }
    const [activity, record, piece] = [line?.['activity'], line?.['record'], pieceOf(line)];
    const { row } = activity === undefined ? {} : checkActivity(activity);
    if (row) activities.push(row);
    else if (isRecordSummary(record)) records.push(record);
    else if (piece) pieces.push(piece);
    else throw failure('validation', `Line ${String(number)} of this file can’t be read.`);
  }
  if (!people) throw noArchive();
  return { people, records, activities, pieces };
}

function noArchive(): Error {
  return failure('validation', 'This is no file of exported activities.');
}

function peopleOf(head: Readonly<Record<string, unknown>> | undefined): People {
  if (head?.['format'] !== FORMAT) throw noArchive();
  if (head['version'] !== VERSION) {
    throw failure('validation', 'This file was exported by a newer version.');
  }
  const { user, teams, team } = head;
  return {
    ...(isRef(user) && { user }),
    ...(Array.isArray(teams) && { teams: teams.filter(isRef) }),
    ...(Array.isArray(team) && { team: team.filter(isRef) }),
  };
}

function parse(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const line = toPlainJson(JSON.parse(text) as unknown);
    return isObject(line) ? line : undefined;
  } catch {
    return undefined;
  }
}

function isRef(value: unknown): value is RecordRef {
  return isObject(value) && typeof value['kind'] === 'string' && typeof value['id'] === 'string';
}

function isRecordSummary(value: unknown): value is RecordSummary {
  return isObject(value) && isRef(value['ref']);
}

function pieceOf(
  line: Readonly<Record<string, unknown>> | undefined,
): [[string, string, number], ArrayBuffer] | undefined {
  const [file, data] = [line?.['file'], line?.['data']];
  if (!Array.isArray(file) || typeof data !== 'string') return undefined;
  const [activity, attachment, index] = file as readonly unknown[];
  const bytes = fromBase64(data);
  return typeof activity === 'string' &&
    typeof attachment === 'string' &&
    typeof index === 'number' &&
    bytes
    ? [[activity, attachment, index], bytes.buffer]
    : undefined;
}

async function* linesOf(file: Blob): AsyncGenerator<string> {
  const reader = file.stream().getReader();
  const decoder = new TextDecoder();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    const lines = (rest + decoder.decode(value, { stream: !done })).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
    if (done) break;
  }
  yield rest;
}

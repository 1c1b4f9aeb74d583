import {
  ACTIVITY_STATES,
  PRIORITIES,
  type Activity,
  type Party,
  type RecordRef,
} from './activity.js';
import { isObject, toPlainJson } from './json.js';
import { timeKind } from './time.js';

/** A row as it came, made safe to show, and what was wrong with it in words for the host's developer. */
export interface CheckedRow {
  /** Undefined where the row can't stand at all: it has no id. */
  readonly row?: Activity;
  readonly problems: readonly string[];
}

const TIMES = [
  'start',
  'end',
  'due',
  'actualStart',
  'actualEnd',
  'createdAt',
  'modifiedAt',
] as const;

const STATES: ReadonlySet<unknown> = new Set(ACTIVITY_STATES);
const KNOWN_PRIORITIES: ReadonlySet<unknown> = new Set(PRIORITIES);
const SERIES_ROLES: ReadonlySet<unknown> = new Set(['master', 'occurrence', 'exception']);
const TEXTS = ['description', 'statusReason', 'outcome', 'outcomeNote', 'version'] as const;
const RECORDS = ['owner', 'createdBy', 'modifiedBy', 'regarding'] as const;

/**
 * Checks one row where it enters the kit. What is broken is left out and named, the rest stands: an unknown state becomes
 * open, an invalid date is dropped, a missing subject is empty. Only plain JSON gets through, and no key that reaches a prototype.
 * `records`: by id, those of the rows that come with it; people and accounts stand in many, of which each is then kept once.
 */
export function checkActivity(value: unknown, records?: Map<string, RecordRef>): CheckedRow {
  const sound = isObject(value) ? copyIfSound(value, records) : undefined;
  if (sound) return { row: sound, problems: NONE };
  const plain = toPlainJson(value);
  if (!isObject(plain)) return { problems: ['an activity is not an object'] };
  const problems: string[] = [];
  const id = plain['id'];
  if ((typeof id !== 'string' && typeof id !== 'number') || id === '') {
    return { problems: ['an activity has no id'] };
  }
  const row: Record<string, unknown> = { ...plain };
  row['id'] = String(id);
  const say = (problem: string): void => void problems.push(`activity ${String(id)}: ${problem}`);

  if (typeof row['type'] !== 'string' || row['type'] === '') {
    say('type is missing');
    row['type'] = 'unknown';
  }
  if (typeof row['subject'] !== 'string') {
    if (row['subject'] !== undefined && row['subject'] !== null) say('subject is not a text');
    else if (row['type'] !== 'note') say('subject is missing');
    row['subject'] = '';
  }
  if (row['state'] !== null && !STATES.has(row['state'])) {
    if (row['type'] === 'note' && row['state'] === undefined) row['state'] = null;
    else {
      say(`state ${JSON.stringify(row['state'])} is not one of ${ACTIVITY_STATES.join(', ')}`);
      row['state'] = 'open';
      delete row['statusReason'];
    }
  }
  if (row['priority'] != null && !KNOWN_PRIORITIES.has(row['priority'])) {
    say(`priority ${JSON.stringify(row['priority'])} is not one of ${PRIORITIES.join(', ')}`);
    delete row['priority'];
  }
  for (const name of TIMES) {
    if (row[name] === undefined) continue;
    if (row[name] === null) delete row[name];
    else if (!timeKind(row[name])) {
      say(
        `${name} ${JSON.stringify(row[name])} is no instant, calendar date or wall time with zone`,
      );
      delete row[name];
    }
  }
  for (const name of RECORDS) {
    if (row[name] === undefined || row[name] === null) continue;
    if (!isRecordRef(row[name])) {
      say(`${name} is not { kind, id, name }`);
      delete row[name];
    }
  }
  if (row['parties'] !== undefined) row['parties'] = checkParties(row['parties'], say);
  for (const name of TEXTS) {
    if (row[name] != null && typeof row[name] !== 'string') {
      say(`${name} is not a text`);
      delete row[name];
    } else if (row[name] === null) delete row[name];
  }
  if (row['fields'] !== undefined && !isObject(row['fields'])) {
    say('fields is not an object');
    delete row['fields'];
  }
  if (row['series'] != null && !isSeries(row['series'])) {
    say('series is not { id, role }');
    delete row['series'];
  } else if (row['series'] === null) delete row['series'];
  for (const name of ['attachments', 'via', 'loaded'] as const) {
    if (row[name] === undefined || Array.isArray(row[name])) continue;
    say(`${name} is not a list`);
    delete row[name];
  }
  return isActivity(row) ? { row, problems } : { problems };
}

/** What every row has. Whatever else it holds was looked at before. */
function isActivity(row: unknown): row is Activity {
  return (
    isObject(row) &&
    typeof row['id'] === 'string' &&
    row['id'] !== '' &&
    typeof row['type'] === 'string' &&
    row['type'] !== '' &&
    typeof row['subject'] === 'string' &&
    (row['state'] === null || STATES.has(row['state']))
  );
}

const NONE: readonly string[] = [];

/**
 * A copy of a row of the usual kind in which nothing is wrong; undefined where that takes a closer look. Each row of each answer
 * passes here, so that it is looked at name by name, without a walk over its keys.
 */
function copyIfSound(
  value: { readonly [key: string]: unknown },
  records?: Map<string, RecordRef>,
): Activity | undefined {
  const copy: Loose = { ...value };
  const { priority, owner, createdBy, modifiedBy, regarding } = copy;
  if (priority !== undefined && !KNOWN_PRIORITIES.has(priority)) return undefined;
  if (owner !== undefined) copy.owner = copyOfRecord(owner, records);
  if (createdBy !== undefined) copy.createdBy = copyOfRecord(createdBy, records);
  if (modifiedBy !== undefined) copy.modifiedBy = copyOfRecord(modifiedBy, records);
  if (regarding !== undefined) copy.regarding = copyOfRecord(regarding, records);
  // A key more than the sound ones is one in which something is wrong, or that has not been looked at.
  const sound =
    4 +
    Number(priority !== undefined) +
    Number(copy.owner !== undefined) +
    Number(copy.createdBy !== undefined) +
    Number(copy.modifiedBy !== undefined) +
    Number(copy.regarding !== undefined) +
    Number(timeKind(copy.start) !== undefined) +
    Number(timeKind(copy.end) !== undefined) +
    Number(timeKind(copy.due) !== undefined) +
    Number(timeKind(copy.actualStart) !== undefined) +
    Number(timeKind(copy.actualEnd) !== undefined) +
    Number(timeKind(copy.createdAt) !== undefined) +
    Number(timeKind(copy.modifiedAt) !== undefined) +
    Number(typeof copy.description === 'string') +
    Number(typeof copy.statusReason === 'string') +
    Number(typeof copy.outcome === 'string') +
    Number(typeof copy.outcomeNote === 'string') +
    Number(typeof copy.version === 'string');
  // Symbols are not looked for, which takes four times as long: nothing reads them, and nothing that is sent or kept has them.
  return countKeys(copy) === sound && isActivity(copy) ? copy : undefined;
}

/** What a page put on the prototype of all objects counts too. No list is made of them: each row of each answer is asked. */
function countKeys(value: object): number {
  let count = 0;
  // oxlint-disable-next-line no-unused-vars -- counted, not read
  for (const key in value) count += 1;
  return count;
}

/** Anything may stand under the names of a row. */
type Loose = { -readonly [name in keyof Activity]?: unknown };

function copyOfRecord(value: unknown, records?: Map<string, RecordRef>): RecordRef | undefined {
  if (!isObject(value)) return undefined;
  const { kind, id, name } = value;
  if (typeof kind !== 'string' || typeof id !== 'string') return undefined;
  if (name !== undefined && typeof name !== 'string') return undefined;
  if (countKeys(value) !== (name === undefined ? 2 : 3)) return undefined;
  const known = records?.get(id);
  if (known?.kind === kind && known.name === name) return known;
  const copy = name === undefined ? { kind, id } : { kind, id, name };
  records?.set(id, copy);
  return copy;
}

function checkParties(value: unknown, say: (problem: string) => void): readonly Party[] {
  if (!Array.isArray(value)) {
    say('parties is not a list');
    return [];
  }
  return value.filter((party: unknown): party is Party => {
    const good =
      isObject(party) &&
      typeof party['role'] === 'string' &&
      (party['record'] === undefined || isRecordRef(party['record']));
    if (!good) say('a party is not { role, record or address }');
    return good;
  });
}

function isSeries(value: unknown): boolean {
  return (
    isObject(value) &&
    typeof value['id'] === 'string' &&
    SERIES_ROLES.has(value['role']) &&
    ['rule', 'zone'].every((name) => ['string', 'undefined'].includes(typeof value[name])) &&
    (value['originalStart'] === undefined || timeKind(value['originalStart']) !== undefined) &&
    (value['except'] === undefined || Array.isArray(value['except']))
  );
}

export function isRecordRef(value: unknown): value is RecordRef {
  return (
    isObject(value) &&
    typeof value['kind'] === 'string' &&
    typeof value['id'] === 'string' &&
    (value['name'] === undefined || typeof value['name'] === 'string')
  );
}

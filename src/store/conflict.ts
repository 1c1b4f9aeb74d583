import type { Activity, ActivityPatch } from '../model/activity.js';
import { sameJson, type Json } from '../model/json.js';
import type { Write } from './change.js';

/** One field in which two people differ. */
export interface ConflictField {
  /** A field of Activity, or `fields.x`. */
  readonly field: string;
  /** What this user made of it; undefined: blank. */
  readonly mine: Json | undefined;
  readonly theirs: Json | undefined;
}

/** A change that was made on a row somebody else has changed meanwhile. */
export interface Conflict {
  /** The server's row; undefined where it is gone there. */
  readonly theirs: Activity | undefined;
  /** Where both changed the same. Of a removal: what they changed. */
  readonly fields: readonly ConflictField[];
}

/** Fields that change with every write, or hang on others. */
const STAMPS = new Set([
  'id',
  'version',
  'loaded',
  'via',
  'can',
  'access',
  'createdAt',
  'createdBy',
  'modifiedAt',
  'modifiedBy',
  'actualEnd',
]);

/**
 * Where a write and the server's row disagree: both changed the same field, to different values. Empty: both changes fit
 * beside each other.
 */
export function conflictFields(
  write: Write,
  before: Activity | undefined,
  theirs: Activity,
): readonly ConflictField[] {
  const seen = before && flat(before);
  const there = flat(theirs);
  if (write.kind === 'remove') {
    const names = new Set([...(seen?.keys() ?? []), ...there.keys()]);
    return [...names].flatMap((field) =>
      isKnown(field, before, theirs) && !sameJson(seen?.get(field), there.get(field))
        ? [{ field, mine: undefined, theirs: there.get(field) }]
        : [],
    );
  }
  return [...wanted(write)].flatMap(([field, mine]) => {
    const now = there.get(field);
    if (sameValue(mine, now)) return [];
    const isTheirs =
      !before || !isKnown(field, before, theirs) || !sameValue(seen?.get(field), now);
    return isTheirs ? [{ field, mine: mine ?? undefined, theirs: now }] : [];
  });
}

/** What a write wants each field to be. */
function wanted(write: Write): ReadonlyMap<string, Json | undefined> {
  if (write.kind === 'update') return flatPatch(write.patch);
  if (write.kind === 'transition') {
    const { state, reason, patch } = write.to;
    const fields = flatPatch(patch ?? {});
    fields.set('state', state);
    if (reason !== undefined) fields.set('statusReason', reason);
    return fields;
  }
  return new Map();
}

function flat(row: Activity): Map<string, Json | undefined> {
  return flatPatch(row as ActivityPatch);
}

function flatPatch(patch: ActivityPatch): Map<string, Json | undefined> {
  const values = new Map<string, Json | undefined>();
  for (const [name, value] of Object.entries(patch)) {
    if (STAMPS.has(name) || value === undefined) continue;
    if (name === 'fields' && value !== null) {
      for (const [own, inner] of Object.entries(value)) values.set(`fields.${own}`, inner as Json);
    } else values.set(name, value as Json);
  }
  return values;
}

/** Null, an empty text and nothing are the same to who looks. */
function sameValue(a: Json | undefined, b: Json | undefined): boolean {
  const isBlank = (value: Json | undefined): boolean =>
    value === undefined || value === null || value === '';
  return (isBlank(a) && isBlank(b)) || sameJson(a, b);
}

const GROUPS: { readonly [field: string]: string } = {
  description: 'body',
  descriptionFormat: 'body',
  parties: 'parties',
  fields: 'fields',
  attachments: 'attachments',
};

/** Both rows hold the field's group. */
function isKnown(field: string, ...rows: readonly (Activity | undefined)[]): boolean {
  const group = GROUPS[field.split('.', 1)[0] ?? field];
  return rows.every(
    (row) =>
      group === undefined || !row?.loaded || (row.loaded as readonly string[]).includes(group),
  );
}

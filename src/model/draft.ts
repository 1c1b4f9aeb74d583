import type { Activity, ActivityDraft, ActivityPatch, Party } from './activity.js';
import { sameJson, type Json } from './json.js';

/*
 * A draft seen by the paths that filters use too: a field of Activity (`subject`), a type's own field (`fields.phoneNumber`),
 * or all parties of a role (`parties.to`).
 */

/** What stands at a path of a draft. Of a role: its parties, an empty list where there is none. */
export function valueAt(draft: ActivityDraft, path: string): unknown {
  const [head, name] = split(path);
  if (head === 'fields' && name !== undefined) return draft.fields?.[name];
  if (head === 'parties' && name !== undefined) {
    return (draft.parties ?? []).filter((party) => party.role === name);
  }
  return draft[path as keyof ActivityDraft];
}

/** The draft with another value at a path; undefined clears it. The draft itself where nothing changes. */
export function withValue(draft: ActivityDraft, path: string, value: unknown): ActivityDraft {
  if (sameJson(valueAt(draft, path), value)) return draft;
  const [head, name] = split(path);
  if (head === 'fields' && name !== undefined) {
    return { ...draft, fields: withKey(draft.fields ?? {}, name, value as Json | undefined) };
  }
  if (head === 'parties' && name !== undefined) {
    return { ...draft, parties: withRole(draft.parties ?? [], name, value as readonly Party[]) };
  }
  return withKey(draft as { readonly [key: string]: unknown }, path, value) as ActivityDraft;
}

/** What must be written so that `before` says what `after` says: only what differs, null for what was cleared. */
export function changesBetween(
  before: Activity | ActivityDraft,
  after: ActivityDraft,
): ActivityPatch {
  const patch: Record<string, unknown> = {};
  const old = before as { readonly [key: string]: unknown };
  const now = after as { readonly [key: string]: unknown };
  for (const key of new Set([...Object.keys(old), ...Object.keys(now)])) {
    if (UNWRITTEN.has(key) || key === 'fields' || sameJson(old[key], now[key])) continue;
    patch[key] = now[key] ?? null;
  }
  const fields: Record<string, Json> = {};
  for (const name of Object.keys({ ...before.fields, ...after.fields })) {
    const value = after.fields?.[name];
    if (!sameJson(before.fields?.[name], value)) fields[name] = value ?? null;
  }
  if (Object.keys(fields).length > 0) patch['fields'] = fields;
  return patch as ActivityPatch;
}

/** The paths at which two drafts differ. */
export function changedPaths(before: ActivityDraft, after: ActivityDraft): ReadonlySet<string> {
  const paths = new Set<string>();
  for (const key of Object.keys(changesBetween(before, after))) {
    if (key === 'fields') {
      for (const name of Object.keys({ ...before.fields, ...after.fields })) {
        if (!sameJson(before.fields?.[name], after.fields?.[name])) paths.add(`fields.${name}`);
      }
    } else if (key === 'parties') {
      const roles = [...(before.parties ?? []), ...(after.parties ?? [])].map(({ role }) => role);
      for (const role of new Set(roles)) {
        const path = `parties.${role}`;
        if (!sameJson(valueAt(before, path), valueAt(after, path))) paths.add(path);
      }
    } else paths.add(key);
  }
  return paths;
}

/** What is the provider's to say. */
const UNWRITTEN: ReadonlySet<string> = new Set([
  'id',
  'type',
  'version',
  'loaded',
  'via',
  'can',
  'access',
  'createdBy',
  'createdAt',
  'modifiedBy',
  'modifiedAt',
]);

function split(path: string): [head: string, name: string | undefined] {
  const dot = path.indexOf('.');
  return dot < 0 ? [path, undefined] : [path.slice(0, dot), path.slice(dot + 1)];
}

function withKey<T>(
  object: { readonly [key: string]: T },
  key: string,
  value: T | undefined,
): { readonly [key: string]: T } {
  const { [key]: _old, ...rest } = object;
  return value === undefined ? rest : { ...object, [key]: value };
}

/** The role's parties, where the role stood before; the others keep their order. */
function withRole(
  parties: readonly Party[],
  role: string,
  value: readonly Party[] | undefined,
): readonly Party[] {
  const at = parties.findIndex((party) => party.role === role);
  const others = parties.filter((party) => party.role !== role);
  const before = at < 0 ? others.length : at;
  return [...others.slice(0, before), ...(value ?? []), ...others.slice(before)];
}

import type { Activity, ActivityDraft, ActivityPatch } from '../model/activity.js';
import { applyPatch, isClosed } from '../model/activity.js';
import { isSafeKey, sameJson, type Json } from '../model/json.js';
import type { Write } from './change.js';

/** The write that takes a write back, given what was seen of the record before it; undefined where there is none. */
export function inverseOf(write: Write, before: Activity | undefined): Write | undefined {
  if (write.kind === 'create') {
    return { kind: 'remove', ...(write.draft.series?.role === 'master' && { scope: 'all' }) };
  }
  if (!before) return undefined;
  switch (write.kind) {
    case 'update':
      return { kind: 'update', patch: inversePatch(before, write.patch) };
    case 'transition': {
      if (before.state === null) return undefined;
      const closes = isClosed(write.to) && !isClosed(before);
      return {
        kind: 'transition',
        to: {
          state: before.state,
          ...(before.statusReason !== undefined && { reason: before.statusReason }),
          patch: inversePatch(before, {
            ...(closes && { actualEnd: null }),
            ...write.to.patch,
          }),
        },
      };
    }
    case 'remove':
      // What is not loaded could not be put back, and files are gone with the record.
      if (before.loaded !== undefined || (before.attachments?.length ?? 0) > 0) return undefined;
      return { kind: 'create', draft: draftOf(before) };
  }
}

/** The patch that leads from `applyPatch(before, patch)` back to `before`. */
export function inversePatch(before: Activity, patch: ActivityPatch): ActivityPatch {
  const back: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === undefined || !isSafeKey(key)) continue;
    const old: unknown = before[key as keyof Activity];
    if (key === 'fields' && value !== null && old !== undefined) {
      const names = Object.keys(value as Record<string, Json>).filter(isSafeKey);
      back[key] = Object.fromEntries(names.map((name) => [name, before.fields?.[name] ?? null]));
    } else back[key] = old ?? null;
  }
  return back as ActivityPatch;
}

/** What was seen of a record after a write, had that write, made on `before`, never been. */
export function unmade(
  seen: Activity | undefined,
  write: Write,
  before: Activity | undefined,
): Activity | undefined {
  switch (write.kind) {
    case 'create':
      return undefined;
    case 'remove':
      return before;
    case 'update':
      return seen && before && applyPatch(seen, inversePatch(before, write.patch));
    case 'transition': {
      if (!seen || !before) return undefined;
      const back = inversePatch(before, { actualEnd: null, ...write.to.patch });
      const { statusReason: _reason, ...rest } = applyPatch(seen, back);
      const { state, statusReason } = before;
      return { ...rest, state, ...(statusReason !== undefined && { statusReason }) };
    }
  }
}

/** What a write made of a record is still so: nobody has changed the same since. */
export function stillStands(write: Write, row: Activity | undefined): boolean {
  switch (write.kind) {
    case 'create':
      return row !== undefined;
    case 'remove':
      return row === undefined;
    case 'update':
      return row !== undefined && sameAfter(row, write.patch);
    case 'transition':
      return (
        row !== undefined &&
        row.state === write.to.state &&
        (write.to.reason === undefined || row.statusReason === write.to.reason) &&
        sameAfter(row, write.to.patch ?? {})
      );
  }
}

function sameAfter(row: Activity, patch: ActivityPatch): boolean {
  return sameJson(withoutBlanks(applyPatch(row, patch)), withoutBlanks(row));
}

function withoutBlanks(row: Activity): unknown {
  const { fields = {}, regarding, ...rest } = row;
  return { ...rest, fields, ...(regarding && { regarding }) };
}

function draftOf(row: Activity): ActivityDraft {
  const { id: _id, version: _version, via: _via, can: _can, access: _access, ...draft } = row;
  return draft;
}

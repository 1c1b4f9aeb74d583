import { sameRecord, type RecordRef } from '../../model/activity.js';
import { isRecordRef } from '../../model/check.js';
import { isObject, toPlainJson, type Json } from '../../model/json.js';
import type { RecordSummary } from '../../provider/provider.js';
import type { ActivityElement } from './activity-element.js';
import { changePreference, readPreference } from './preferences.js';

/** The records that the user chose last, among the preferences. */
const RECENT_PREFERENCE = 'form.recent';
const MOST_KEPT = 30;
const MOST_SHOWN = 5;

/** Keeps what was chosen, so that it is offered first the next time. What cannot be kept is merely not offered. */
export function rememberRecord(
  host: ActivityElement,
  { ref, detail, parent }: RecordSummary,
): void {
  if (ref.name === undefined) return;
  const summary = { ref, ...(detail !== undefined && { detail }), ...(parent && { parent }) };
  void changePreference(host.preferences, RECENT_PREFERENCE, (value) => {
    const others = recentIn(value).filter((other) => !sameRecord(other.ref, ref));
    return toPlainJson([summary, ...others].slice(0, MOST_KEPT));
  }).catch(() => undefined);
}

/** The last chosen of these kinds, the latest first; kinds empty: of any. */
export async function recentRecords(
  host: ActivityElement,
  kinds: readonly string[],
): Promise<readonly RecordSummary[]> {
  const value = await readPreference(host.preferences, RECENT_PREFERENCE);
  return recentIn(value)
    .filter(({ ref }) => kinds.length === 0 || kinds.includes(ref.kind))
    .slice(0, MOST_SHOWN);
}

/** The recent ones before the others, each once, as the data source tells of it now. */
export function recentFirst(
  recent: readonly RecordSummary[],
  found: readonly RecordSummary[],
): readonly RecordSummary[] {
  const isRecent = (ref: RecordRef): boolean => recent.some((one) => sameRecord(one.ref, ref));
  return [
    ...recent.map((one) => found.find(({ ref }) => sameRecord(ref, one.ref)) ?? one),
    ...found.filter(({ ref }) => !isRecent(ref)),
  ];
}

function recentIn(value: Json | undefined): readonly RecordSummary[] {
  if (!Array.isArray(value)) return [];
  return (value as unknown[]).filter(isSummary);
}

function isSummary(value: unknown): value is RecordSummary {
  return (
    isObject(value) &&
    isRecordRef(value['ref']) &&
    value['ref'].name !== undefined &&
    (value['detail'] === undefined || typeof value['detail'] === 'string') &&
    (value['parent'] === undefined || isRecordRef(value['parent']))
  );
}

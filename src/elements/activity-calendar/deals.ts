import type { RecordRef } from '../../model/activity.js';
import { keyOf } from '../../provider/deals.js';
import type { DayEntry } from './entries.js';

/** The records that a day's activities are about, each once, in the order of the day. */
export function recordsOf(entries: readonly DayEntry[]): readonly RecordRef[] {
  const records = new Map<string, RecordRef>();
  for (const { activity } of entries) {
    const { regarding } = activity;
    if (regarding) records.set(keyOf(regarding), records.get(keyOf(regarding)) ?? regarding);
  }
  return [...records.values()];
}

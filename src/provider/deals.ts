import type { Money, RecordRef } from '../model/activity.js';
import type { RecordSummary } from './provider.js';

/** Of some records, those that are deals, each once. */
export function dealsOf(summaries: readonly RecordSummary[]): readonly RecordSummary[] {
  const deals = new Map<string, RecordSummary>();
  for (const summary of summaries) {
    if (summary.deal && !deals.has(keyOf(summary.ref))) deals.set(keyOf(summary.ref), summary);
  }
  return [...deals.values()];
}

/** What deals come to: per currency, or in the organisation's own where there are several and all have it. */
export function sumOf(deals: readonly RecordSummary[]): readonly Money[] {
  const values = deals.flatMap(({ deal }) => deal?.value ?? []);
  const sums = addUp(values);
  if (sums.length < 2) return sums;
  const bases = values.flatMap(({ base }) => base ?? []);
  return bases.length === values.length ? addUp(bases) : sums;
}

function addUp(values: readonly Money[]): readonly Money[] {
  const sums = new Map<string, number>();
  for (const { amount, currency } of values) {
    sums.set(currency, (sums.get(currency) ?? 0) + amount);
  }
  return [...sums].map(([currency, amount]) => ({ amount, currency }));
}

export function keyOf({ kind, id }: RecordRef): string {
  return `${kind}:${id}`;
}

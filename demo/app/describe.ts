import type { Money, RecordRef, RecordSummary } from 'activity-kit';
import { faceHue, initials } from '../../src/ui/face.js';
import { element, glyph } from './dom.js';
import { addressOf } from './settings.js';
import { context, isRecordKind } from './source.js';
import { say, stageName } from './texts.js';

/** The page of a record; undefined for those that have none, as users. */
export function recordAddress({ kind, id }: RecordRef): string | undefined {
  return isRecordKind(kind) ? addressOf('/record.html', { kind, id }) : undefined;
}

/** A record's name, as a link to its page where it has one. */
export function recordLink(record: RecordRef): HTMLElement {
  const href = recordAddress(record);
  const name = element('bdi', {}, context.words.recordName(record));
  return href === undefined ? name : element('a', { href, class: 'link' }, name);
}

/** The round of an account's, contact's or user's initials; a deal's glyph. */
export function faceOf(record: RecordRef, size: 'small' | 'large' | '' = ''): HTMLElement {
  const letters = record.kind === 'opportunity' ? '' : initials(record.name ?? '');
  const hue = letters === '' ? 'face-plain' : `face-${faceHue(record.id)}`;
  return element(
    'span',
    { class: `face ${hue} ${size}`, 'aria-hidden': 'true' },
    letters || glyph(record.kind),
  );
}

/** Kind and what tells it from others of its name: "Contact · Purchasing manager · Wingtip Toys". */
export function describe({ ref, detail, parent, deal }: RecordSummary): string {
  const { words } = context;
  const parts = [
    words.kindName(ref.kind),
    detail,
    parent?.name,
    deal?.value && words.money(deal.value),
  ];
  return parts.filter(Boolean).join(' · ');
}

/** Sums of money, one per currency, each deal once. */
export function sum(deals: readonly RecordSummary[]): string {
  const amounts = new Map<string, Money>();
  for (const { deal } of new Map(deals.map((one) => [one.ref.id, one])).values()) {
    if (!deal?.value) continue;
    const { currency, amount } = deal.value;
    amounts.set(currency, { currency, amount: (amounts.get(currency)?.amount ?? 0) + amount });
  }
  return [...amounts.values()].map((money) => context.words.money(money)).join(' + ');
}

/** How far a deal has come, as a bar of its stages and in words. */
export function stageOf({ deal }: RecordSummary): HTMLElement | undefined {
  if (deal?.stage === undefined) return undefined;
  const { stageIndex, stageCount } = deal;
  const name = stageName(deal.stage);
  if (stageIndex === undefined || stageCount === undefined) return element('span', {}, name);
  const bar = element('span', {
    class: 'stage-bar',
    role: 'img',
    'aria-label': say('stage.of', name, stageIndex + 1, stageCount),
  });
  for (let index = 0; index < stageCount; index++) {
    bar.append(element('span', { class: index <= stageIndex ? 'on' : '' }));
  }
  return element('span', { class: 'stage' }, bar, element('span', { 'aria-hidden': 'true' }, name));
}

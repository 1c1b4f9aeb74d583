import { en } from './en.js';
import type { PartialMessages } from './messages.js';

export type Direction = 'ltr' | 'rtl';
/** 0 is Sunday. */
export type Weekday = 0 | 1 | 2 | 3 | 4 | 5 | 6;

/** What newer engines know about a locale; the oldest ones we run in do not. */
interface WeekInfo {
  readonly weekInfo?: Week;
  getWeekInfo?(): Week;
}
interface Week {
  readonly firstDay: number;
  readonly weekend?: readonly number[];
}

const registered = new Map<string, PartialMessages>([['en', en]]);
const listeners = new Set<() => void>();

/** Adds a language, or words to one that is there. Whoever shows words now shows them anew. */
export function registerMessages(locale: string, messages: PartialMessages): void {
  const name = canonicalLocale(locale) ?? locale;
  registered.set(name, { ...registered.get(name), ...messages });
  for (const listener of listeners) listener();
}

/** Calls after a language was registered; answers the way to end it. */
export function onMessagesRegistered(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** The words of the registered language that fits best; undefined if it is English anyway. */
export function messagesFor(locale: string): PartialMessages | undefined {
  const name = matchLocale(locale, [...registered.keys()]);
  return name === undefined ? undefined : registered.get(name);
}

/** The locale in its canonical spelling (`zh_tw` → `zh-TW`); undefined for what is none. */
export function canonicalLocale(locale: string | null | undefined): string | undefined {
  if (!locale) return undefined;
  try {
    return Intl.getCanonicalLocales(locale.trim().replaceAll('_', '-'))[0];
  } catch {
    return undefined;
  }
}

/**
 * Which of these locales a reader of `wanted` reads: the same one, else one of the same language and script, the nearest
 * region first (`zh-Hant-HK` → `zh-TW`, `de-AT` → `de`, never `zh-CN` → `zh-TW`).
 */
export function matchLocale(wanted: string, offered: readonly string[]): string | undefined {
  const canonical = canonicalLocale(wanted);
  if (!canonical) return undefined;
  const base = new Intl.Locale(canonical).baseName;
  const full = new Intl.Locale(base).maximize();
  let best: string | undefined;
  let bestRank = 0;
  for (const candidate of offered) {
    const name = canonicalLocale(candidate);
    if (!name) continue;
    const rank = name === base ? 4 : rankOf(new Intl.Locale(name), full);
    if (rank > bestRank) [best, bestRank] = [candidate, rank];
  }
  return best;
}

function rankOf(offered: Intl.Locale, wanted: Intl.Locale): number {
  const full = offered.maximize();
  if (full.language !== wanted.language || full.script !== wanted.script) return 0;
  if (full.region === wanted.region) return 3;
  return offered.region === undefined ? 2 : 1;
}

/** The locale in force: the explicit one, else the nearest `lang` above `element`, else the browser's, else English. */
export function resolveLocale(explicit: string | undefined, element?: Element): string {
  return (
    canonicalLocale(explicit) ??
    canonicalLocale(element && nearestLang(element)) ??
    canonicalLocale(globalThis.navigator?.language) ??
    'en'
  );
}

/** The nearest `lang` of an element or what it stands in, sought through shadow hosts. */
export function nearestLang(element: Element): string | undefined {
  let node: Node | null = element;
  while (node) {
    if ('getAttribute' in node) {
      const lang = (node as Element).getAttribute('lang');
      if (lang !== null) return lang;
    }
    node = node.parentNode ?? ('host' in node ? (node as ShadowRoot).host : null);
  }
  return undefined;
}

const RIGHT_TO_LEFT = new Set(['Adlm', 'Arab', 'Hebr', 'Nkoo', 'Rohg', 'Syrc', 'Thaa']);

/** The direction in which a locale is written. By its script: `textInfo` is not in all engines, and one of them overlooks `az-Arab`. */
export function directionOf(locale: string): Direction {
  return RIGHT_TO_LEFT.has(new Intl.Locale(locale).maximize().script ?? '') ? 'rtl' : 'ltr';
}

// CLDR's week data, for engines without `weekInfo`. All other regions begin on Monday.
const SUNDAY_FIRST = new Set(
  (
    'AG AS BD BR BS BT BW BZ CA CO DM DO ET GT GU HK HN ID IL IN JM JP KE KH KR LA MH MM MO MT MX MZ NI NP PA PE PH PK ' +
    'PR PT PY SA SG SV TH TT TW UM US VE VI WS YE ZA ZW'
  ).split(' '),
);
const SATURDAY_FIRST = new Set('AF BH DJ DZ EG IQ IR JO KW LY OM QA SD SY'.split(' '));

const WEEKENDS: readonly (readonly [regions: string, weekend: readonly Weekday[]])[] = [
  ['BH DZ EG IL IQ JO KW LY OM QA SA SD SY YE', [5, 6]],
  ['AF', [4, 5]],
  ['IR', [5]],
  ['IN UG', [0]],
];

function weekOf(locale: string): Week | undefined {
  const known = new Intl.Locale(locale) as Intl.Locale & WeekInfo;
  return known.getWeekInfo?.() ?? known.weekInfo;
}

/** The days on which people of a locale usually do not work. */
export function weekendOf(locale: string): readonly Weekday[] {
  const known = weekOf(locale)?.weekend;
  if (known) return known.map((day) => (day % 7) as Weekday);
  const region = new Intl.Locale(locale).maximize().region ?? '';
  return WEEKENDS.find(([regions]) => regions.split(' ').includes(region))?.[1] ?? [6, 0];
}

/** The day on which a locale's week begins. */
export function firstDayOfWeek(locale: string): Weekday {
  const week = weekOf(locale);
  if (week) return (week.firstDay % 7) as Weekday;
  const region = new Intl.Locale(locale).maximize().region ?? '';
  if (SUNDAY_FIRST.has(region)) return 0;
  return SATURDAY_FIRST.has(region) ? 6 : 1;
}

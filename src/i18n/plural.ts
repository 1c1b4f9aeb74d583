/** The plural categories that a language has; a plural message names all of them. Other languages name at least `other`. */
interface Categories {
  readonly en: 'one' | 'other';
  readonly 'zh-TW': 'other';
  readonly 'zh-CN': 'other';
  readonly ja: 'other';
  readonly ar: 'zero' | 'one' | 'two' | 'few' | 'many' | 'other';
}

export type PluralForms<L extends string> = {
  readonly [C in L extends keyof Categories ? Categories[L] : 'other']: string;
} & { readonly [C in Intl.LDMLPluralRule]?: string };

const rules = new Map<string, Intl.PluralRules>();
/** By locale and number: a list says the same few over and over. */
const categories = new Map<string, Intl.LDMLPluralRule>();
const written = new Map<string, string>();
const MOST_REMEMBERED = 2000;
const numbers = new Map<string, Intl.NumberFormat>();

/** The form for this count, with the count itself, written as the locale does, in the place of each `#`. */
export function plural<L extends string>(locale: L, count: number, forms: PluralForms<L>): string {
  const byCategory: { readonly [C in Intl.LDMLPluralRule]?: string } & { readonly other: string } =
    forms as never;
  const form = byCategory[categoryOf(locale, count)] ?? byCategory.other;
  return form.replaceAll('#', counted(locale, count));
}

function categoryOf(locale: string, count: number): Intl.LDMLPluralRule {
  return remembered(categories, locale, count, () => {
    let rule = rules.get(locale);
    if (!rule) rules.set(locale, (rule = new Intl.PluralRules(locale)));
    return rule.select(count);
  });
}

/** A number inside a message. */
export function counted(locale: string, count: number): string {
  return remembered(written, locale, count, () => format(locale, count));
}

function remembered<T>(known: Map<string, T>, locale: string, count: number, make: () => T): T {
  const key = `${locale} ${String(count)}`;
  let value = known.get(key);
  if (value === undefined) {
    if (known.size >= MOST_REMEMBERED) known.clear();
    known.set(key, (value = make()));
  }
  return value;
}

function format(locale: string, count: number): string {
  let numberFormat = numbers.get(locale);
  if (!numberFormat) numbers.set(locale, (numberFormat = new Intl.NumberFormat(locale)));
  return numberFormat.format(count);
}

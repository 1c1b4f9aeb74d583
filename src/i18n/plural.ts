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
const numbers = new Map<string, Intl.NumberFormat>();

/** The form for this count, with the count itself, written as the locale does, in the place of each `#`. */
export function plural<L extends string>(locale: L, count: number, forms: PluralForms<L>): string {
  let rule = rules.get(locale);
  if (!rule) rules.set(locale, (rule = new Intl.PluralRules(locale)));
  const byCategory: { readonly [C in Intl.LDMLPluralRule]?: string } & { readonly other: string } =
    forms as never;
  const form = byCategory[rule.select(count)] ?? byCategory.other;
  return form.replaceAll('#', counted(locale, count));
}

/** A number inside a message. */
export function counted(locale: string, count: number): string {
  let format = numbers.get(locale);
  if (!format) numbers.set(locale, (format = new Intl.NumberFormat(locale)));
  return format.format(count);
}

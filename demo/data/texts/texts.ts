/** A subject and what stands below it. `{account}`, `{contact}`, `{product}`, `{number}`, `{order}` and `{city}` are filled in. */
export type Text = readonly [subject: string, description: string];

/** What people of one language write. The firm of the demo fits out shops. */
export interface Texts {
  readonly products: readonly string[];
  readonly places: readonly string[];
  readonly task: readonly Text[];
  readonly phonecall: readonly Text[];
  readonly email: readonly Text[];
  /** What customers write back. */
  readonly answers: readonly string[];
  /** Before the subject of an answer. */
  readonly answerPrefix: string;
  readonly appointment: readonly Text[];
  readonly letter: readonly Text[];
  readonly note: readonly Text[];
  /** About nobody's record. */
  readonly personal: readonly Text[];
}

/** Names a language, and so which texts a customer gets and how their names look. */
export type Language =
  | 'en'
  | 'de'
  | 'nl'
  | 'fr'
  | 'es'
  | 'pl'
  | 'el'
  | 'ar'
  | 'he'
  | 'ja'
  | 'ko'
  | 'zh';

/** What stands in for `{…}`. */
export type Words = Readonly<
  Record<'account' | 'contact' | 'product' | 'number' | 'order' | 'city', string>
>;

export function fill(template: string, words: Words): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) =>
    name in words ? words[name as keyof Words] : whole,
  );
}

/**
 * Where a phone number leads, as RFC 3966 writes it: `tel:+31105550142;ext=12`. Undefined for what is none. Letters, dots and
 * brackets are how people write numbers, and no part of them; "(0)" after a country code is not dialled with it.
 */
export function phoneHref(text: string): string | undefined {
  const [, main = '', extension] =
    /^\s*(\+?[\d\s()./\u2010-\u2015-]+?)(?:\s*(?:ext\.?|x|#|分機)\s*(\d{1,8}))?\s*$/iu.exec(text) ??
    [];
  const isAbroad = main.startsWith('+');
  const digits = (isAbroad ? main.replace(/\(0\)/, '') : main).replaceAll(/\D/g, '');
  if (digits.length < 3 || digits.length > 15) return undefined;
  return `tel:${isAbroad ? '+' : ''}${digits}${extension === undefined ? '' : `;ext=${extension}`}`;
}

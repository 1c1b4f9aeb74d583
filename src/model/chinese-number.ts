const DIGITS = '零一二三四五六七八九';

/** A number up to 99 as it is written in Chinese (`三十五`, `兩`), or in figures; not a number where it is none. */
export function chineseNumber(text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  const [, tens, ones] = /^(.?)十(.?)$/u.exec(text) ?? [];
  if (tens === undefined || ones === undefined) return digit(text);
  return (tens === '' ? 1 : digit(tens)) * 10 + (ones === '' ? 0 : digit(ones));
}

function digit(text: string): number {
  const value = DIGITS.indexOf(text === '兩' ? '二' : text);
  return text.length === 1 && value >= 0 ? value : Number.NaN;
}

import { html } from 'lit';

/** A text in which what was searched for is marked, wherever it is contained and however it is cased. */
export function marked(text: string, search: string | undefined): unknown {
  const parts = split(text, search?.trim() ?? '');
  if (parts.length < 2) return text;
  return parts.map((part, index) =>
    index % 2 === 0 ? part : html`<mark class="hit" part="hit">${part}</mark>`,
  );
}

/** Letters kept before what was found, and in all. */
const BEFORE = 20;
const LONGEST = 160;

/** The piece of a text in which what was searched for stands, on one line; undefined where it stands nowhere. */
export function snippet(text: string, search: string): string | undefined {
  const [before = '', hit] = split(text.replace(/\s+/g, ' ').trim(), search.trim());
  if (hit === undefined) return undefined;
  const line = [...text.replace(/\s+/g, ' ').trim()];
  const at = [...before].length;
  let from = Math.max(0, at - BEFORE);
  // Not within a word, where there is a gap near by.
  const gap = line.slice(from, at).indexOf(' ');
  if (from > 0 && gap >= 0) from += gap + 1;
  const to = Math.max(from + LONGEST, at + [...hit].length);
  return `${from > 0 ? '… ' : ''}${line.slice(from, to).join('')}${to < line.length ? '…' : ''}`;
}

/** The text in turns without and with the words sought. Cut at the letters of the text itself, whose cases may differ in length. */
function split(text: string, search: string): string[] {
  if (search === '') return [text];
  const letters = [...text];
  const lower = letters.map((letter) => letter.toLowerCase());
  const sought = [...search].map((letter) => letter.toLowerCase());
  const parts: string[] = [''];
  let index = 0;
  const add = (part: string): void => {
    parts[parts.length - 1] += part;
  };
  while (index < letters.length) {
    if (sought.every((letter, offset) => lower[index + offset] === letter)) {
      parts.push(letters.slice(index, index + sought.length).join(''), '');
      index += sought.length;
    } else add(letters[index++] ?? '');
  }
  return parts;
}

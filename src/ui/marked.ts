import { html } from 'lit';

/** A text in which what was searched for is marked, wherever it is contained and however it is cased. */
export function marked(text: string, search: string | undefined): unknown {
  const parts = split(text, search?.trim() ?? '');
  if (parts.length < 2) return text;
  return parts.map((part, index) =>
    index % 2 === 0 ? part : html`<mark class="hit" part="hit">${part}</mark>`,
  );
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

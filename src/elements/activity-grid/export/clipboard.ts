import type { ClipboardTexts } from '../write-clipboard.js';
import type { Table, TableCell } from './table.js';

/** Lines and tabs, which any spreadsheet takes apart again; what is within a cell is no line and no tab. No cell starts a formula. */
export function toTabbed({ headers, rows }: Table): string {
  const lines = [
    ...(headers.length > 0 ? [headers] : []),
    ...rows.map((row) => row.map(({ text }) => text)),
  ];
  return lines.map((line) => line.map(flat).join('\t')).join('\r\n');
}

function flat(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return /^[=+\-@]/.test(line) ? `'${line}` : line;
}

/** The same as a table, for what takes marked-up text, as spreadsheets do first: there, too, no cell starts a formula. */
export function toHtmlTable({ headers, rows }: Table): string {
  const named = headers.map((header) => `<th>${escaped(flat(header))}</th>`).join('');
  const head = named && `<thead><tr>${named}</tr></thead>`;
  const body = rows.map((row) => `<tr>${row.map(toHtmlCell).join('')}</tr>`).join('');
  return `<table>${head}<tbody>${body}</tbody></table>`;
}

/** What would be taken for a number or a date, and so lose a nought or its last digits. */
const LIKE_A_NUMBER = /^['\d.,(]/;
/** The format of a text in the words of Excel, and of LibreOffice. */
const AS_TEXT = ` style="mso-number-format:'\\@'" sdnum="1033;0;@"`;

function toHtmlCell({ text, value }: TableCell): string {
  const line = flat(text);
  const format = typeof value === 'string' && LIKE_A_NUMBER.test(line) ? AS_TEXT : '';
  return `<td${format}>${escaped(line)}</td>`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${String(character.charCodeAt(0))};`);
}

/** Both at once: each takes what it can. */
export function toClipboard(table: Table): ClipboardTexts {
  return { text: toTabbed(table), html: toHtmlTable(table) };
}

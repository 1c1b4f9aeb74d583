import Papa from 'papaparse';
import type { Table } from './table.js';

/** Comma-separated, as RFC 4180 says. No cell can start a formula, and the mark at its beginning tells spreadsheets that it is UTF-8. */
export function toCsv({ headers, rows }: Table): string {
  const data = rows.map((row) => row.map(({ text }) => text));
  const text = Papa.unparse(
    { fields: [...headers], data },
    { escapeFormulae: true, newline: '\r\n' },
  );
  return `\uFEFF${text}\r\n`;
}

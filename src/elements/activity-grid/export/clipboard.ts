import type { Table } from './table.js';

/** Lines and tabs, which any spreadsheet takes apart again; what is within a cell is no line and no tab. No cell starts a formula. */
export function toTabbed({ headers, rows }: Table): string {
  const lines = [headers, ...rows.map((row) => row.map(({ text }) => text))];
  return lines.map((line) => line.map(flat).join('\t')).join('\r\n');
}

function flat(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return /^[=+\-@]/.test(line) ? `'${line}` : line;
}

/** The same as a table, for what takes marked-up text. */
export function toHtmlTable({ headers, rows }: Table): string {
  const line = (tag: 'th' | 'td', cells: readonly string[]): string =>
    `<tr>${cells.map((cell) => `<${tag}>${escaped(cell)}</${tag}>`).join('')}</tr>`;
  const body = rows
    .map((row) =>
      line(
        'td',
        row.map(({ text }) => text),
      ),
    )
    .join('');
  return `<table><thead>${line('th', headers)}</thead><tbody>${body}</tbody></table>`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${String(character.charCodeAt(0))};`);
}

/** Both at once. Rejects where the browser does not let the page write there. */
export async function copyTable(table: Table): Promise<void> {
  const text = toTabbed(table);
  const { clipboard } = navigator;
  if (typeof ClipboardItem === 'undefined' || !('write' in clipboard)) {
    await clipboard.writeText(text);
    return;
  }
  await clipboard.write([
    new ClipboardItem({
      'text/plain': new Blob([text], { type: 'text/plain' }),
      'text/html': new Blob([toHtmlTable(table)], { type: 'text/html' }),
    }),
  ]);
}

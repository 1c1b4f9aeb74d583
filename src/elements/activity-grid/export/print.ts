import type { Table } from './table.js';

/** A sheet of paper of its own with the whole table, and the browser's print dialog over it. */
export async function printTable(
  table: Table,
  title: string,
  { locale, direction }: { readonly locale: string; readonly direction: string },
): Promise<void> {
  const frame = document.createElement('iframe');
  frame.title = title;
  frame.tabIndex = -1;
  frame.ariaHidden = 'true';
  frame.style.setProperty('position', 'fixed');
  frame.style.setProperty('inline-size', '0');
  frame.style.setProperty('block-size', '0');
  frame.style.setProperty('border', '0');
  document.body.append(frame);
  const { contentDocument: paper, contentWindow: view } = frame;
  if (!paper || !view) {
    frame.remove();
    return;
  }
  paper.title = title;
  paper.documentElement.lang = locale;
  paper.documentElement.dir = direction;
  const sheet = new (view as Window & typeof globalThis).CSSStyleSheet();
  await sheet.replace(PAPER);
  paper.adoptedStyleSheets = [sheet];
  paper.body.append(heading(paper, title), drawn(paper, table));
  view.addEventListener('afterprint', () => frame.remove());
  view.focus();
  view.print();
}

const PAPER = `
  body { font: 9pt system-ui, sans-serif; color: #000; }
  h1 { font-size: 13pt; }
  table { border-collapse: collapse; inline-size: 100%; }
  th, td { padding: 3pt 5pt; border-block-end: 0.5pt solid #999; text-align: start; vertical-align: top; }
  thead { display: table-header-group; }
  tr { break-inside: avoid; }
`;

function heading(paper: Document, title: string): HTMLElement {
  const element = paper.createElement('h1');
  element.textContent = title;
  return element;
}

function drawn(paper: Document, { headers, rows }: Table): HTMLTableElement {
  const table = paper.createElement('table');
  const head = table.createTHead().insertRow();
  for (const header of headers) {
    const cell = paper.createElement('th');
    cell.scope = 'col';
    cell.textContent = header;
    head.append(cell);
  }
  const body = table.createTBody();
  for (const row of rows) {
    const line = body.insertRow();
    for (const { text } of row) line.insertCell().textContent = text;
  }
  return table;
}

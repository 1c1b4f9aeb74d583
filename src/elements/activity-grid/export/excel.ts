import writeExcelFile from 'write-excel-file/browser';
import type { Table, TableCell } from './table.js';

/** In characters. */
const WIDEST = 60;
const NARROWEST = 8;

/** A workbook of one sheet: dates are dates, numbers are numbers, and the header stays in sight. */
export async function toExcel({ headers, rows }: Table, name: string): Promise<Blob> {
  const head = headers.map((value) => ({ value, type: String, fontWeight: 'bold' as const }));
  const body = rows.map((row) => row.map(toExcelCell));
  const columns = headers.map((header, at) => {
    const lengths = rows.slice(0, 1000).map((row) => row[at]?.text.length ?? 0);
    return { width: Math.min(WIDEST, Math.max(NARROWEST, header.length, ...lengths) + 2) };
  });
  return unlessForbidden(
    writeExcelFile([head, ...body], {
      sheet: sheetName(name),
      columns,
      stickyRowsCount: 1,
    }).toBlob(),
  );
}

/** A large one is packed by a worker made of a blob, which a strict policy forbids without a word to who waits for it. */
async function unlessForbidden(packed: Promise<Blob>): Promise<Blob> {
  const ending = new AbortController();
  const forbidden = new Promise<never>((_, reject) => {
    document.addEventListener(
      'securitypolicyviolation',
      ({ effectiveDirective }) => {
        if (effectiveDirective === 'worker-src') reject(new Error('worker-src'));
      },
      { signal: ending.signal },
    );
  });
  try {
    return await Promise.race([packed, forbidden]);
  } finally {
    ending.abort();
  }
}

function toExcelCell({ value, isDay }: TableCell) {
  if (value === undefined) return null;
  if (value instanceof Date) {
    return { value, type: Date, format: isDay ? 'yyyy-mm-dd' : 'yyyy-mm-dd hh:mm' };
  }
  return value;
}

/** Without what a sheet's name may not hold, and no longer than it may be. */
function sheetName(name: string): string {
  return name.replace(/[\\/?*[\]:]/g, ' ').slice(0, 31) || 'Sheet1';
}

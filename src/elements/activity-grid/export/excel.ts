import writeExcelFile from 'write-excel-file/browser';
import type { Table, TableCell } from './table.js';

/** In characters. */
const WIDEST = 60;
const NARROWEST = 8;
/** Of the text in a cell, in UTF-16 units; a file with a longer one is called damaged. */
const LONGEST = 32_767;
const LONGEST_NAME = 31;

/** A workbook of one sheet: dates are dates, numbers are numbers, and the header stays in sight. */
export async function toExcel({ headers, rows }: Table, name: string): Promise<Blob> {
  const head = headers.map((header) => ({
    value: toText(header),
    type: String,
    fontWeight: 'bold' as const,
  }));
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
  return typeof value === 'string' ? toText(value) : value;
}

/**
 * No longer than a cell holds. What XML forbids is left out where it is written, and so is the mark behind a text that names a
 * property of every object: the writer, which looks texts up in an object, would take it for one that it has written.
 */
function toText(text: string): string {
  const fitting = text.length > LONGEST ? `${cut(text, LONGEST - 1)}…` : text;
  return fitting in Object.prototype ? `${fitting}\uFFFE` : fitting;
}

/** Never within a character. */
function cut(text: string, length: number): string {
  return text.slice(0, length).replace(/[\uD800-\uDBFF]$/, '');
}

/** Without what a sheet's name may not hold, nor begin or end with, and no longer than it may be. */
function sheetName(name: string): string {
  const allowed = name.replace(/[\\/?*[\]:\p{Cc}]/gu, ' ').replace(/^['\s]+/, '');
  return cut(allowed, LONGEST_NAME).replace(/['\s]+$/, '') || 'Sheet1';
}

/**
 * Lines of cells as comma-separated values, as RFC 4180 says. No cell can start a formula, and the mark at the beginning tells
 * spreadsheets that it is UTF-8.
 */
export async function toCsv(lines: readonly (readonly string[])[]): Promise<string> {
  const { stringify } = await import('csv-stringify/browser/esm/sync');
  return stringify([...lines], { bom: true, escape_formulas: true, record_delimiter: 'windows' });
}

/** Nothing known is an empty cell. */
export type CsvCell = string | number | boolean | null;

/**
 * What a spreadsheet would run as a formula: notes, and the comments and symbols of strangers'
 * statements. Apostrophes before it count too, so that one taken away gives back just what was there.
 */
const FORMULA = /^'*[=+\-@\t\r\n＝＋－＠]/;
const QUOTED = /[",\r\n]/;

function field(cell: CsvCell): string {
  if (cell === null) return '';
  if (typeof cell !== 'string') return String(cell);
  const text = FORMULA.test(cell) ? `'${cell}` : cell;
  return QUOTED.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * A line of a CSV file by RFC 4180, without its end. Text that begins as a formula does has an
 * apostrophe before it; numbers stay numbers.
 */
export const csvLine = (cells: readonly CsvCell[]): string => cells.map(field).join();

import { isoTime } from '../../../domain/time/time.ts';
import type { Cell, ColumnKind } from './columns.ts';

/**
 * What a spreadsheet would run as a formula: notes, and the comments and symbols of strangers'
 * statements. Apostrophes before it count too, so that one taken away gives back just what was there.
 */
const FORMULA = /^'*[=+\-@\t\r\n＝＋－＠]/;
const QUOTED = /[",\r\n]/;

function field(cell: Cell, kind: ColumnKind): string {
  if (cell === null) return '';
  if (kind === 'time') return isoTime(cell as number);
  if (kind !== 'text') return String(cell);
  const text = FORMULA.test(cell as string) ? `'${cell}` : (cell as string);
  return QUOTED.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * A line of a CSV file by RFC 4180. Text that begins as a formula does has an apostrophe before it;
 * numbers stay numbers.
 */
export const csvLine = (cells: readonly Cell[], kinds: readonly ColumnKind[]) =>
  `${cells.map((cell, i) => field(cell, kinds[i]!)).join()}\r\n`;

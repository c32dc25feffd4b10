import { CodedError } from '../../contract/errors.ts';
import { moment } from './fields.ts';
import { readMetaTrader4 } from './metatrader4.ts';
import { readMetaTrader5 } from './metatrader5.ts';
import { readNamedColumns } from './named-columns.ts';
import { htmlRows, separatedRows, statementText, type SheetRow } from './sheet.ts';
import { isZip, xlsxRows } from './xlsx.ts';
import type { Statement } from '../statement.ts';

/**
 * What a broker's statement holds, whole or not at all. `goldNames`: symbols that are gold beside
 * those that are known. Throws `not-a-statement`, `statement-cut`, `statement-words` (buys and sells
 * in words that are not known) and `statements-mixed` (more than one account or currency).
 */
export function readStatement(file: Uint8Array, goldNames: readonly string[] = []): Statement {
  const { rows, isCut, isPage } = sheetOf(file);
  const statement =
    readNamedColumns(rows, goldNames) ??
    readMetaTrader4(rows, goldNames) ??
    readMetaTrader5(rows, goldNames);
  if (isCut && (statement || isPage)) {
    const { row = 0, cells = [] } = rows.at(-1) ?? {};
    const last = cells.map(({ text }) => text).join(' ');
    const problem =
      row > 0 ? `it ends in or after row ${row}, "${last.slice(0, 80)}"` : 'it is empty';
    throw new CodedError('statement-cut', { problem });
  }
  if (!statement) throw new CodedError('not-a-statement', { problem: firstWords(rows) });
  return statement;
}

interface Sheet {
  readonly rows: readonly SheetRow[];
  readonly isCut: boolean;
  readonly isPage: boolean;
}

/** Throws `statement-cut` for a workbook that is. */
function sheetOf(file: Uint8Array): Sheet {
  if (isZip(file)) return { rows: xlsxRows(file) ?? [], isCut: false, isPage: false };
  const text = statementText(file);
  if (/<(table|tr|html)\b/i.test(text.slice(0, 20_000))) {
    return { rows: htmlRows(text), isCut: isCutPage(text), isPage: true };
  }
  const rows = separatedRows(text);
  return { rows, isCut: isCutText(text, rows), isPage: false };
}

/** Every page ends its last row, and then itself. */
function isCutPage(text: string): boolean {
  const small = text.toLowerCase();
  const end = small.includes('<html') ? '</html' : '</table';
  return small.lastIndexOf(end) < small.lastIndexOf('<tr');
}

/** Among the trades of a table, a last line without an end that has fewer cells than the one before. */
function isCutText(text: string, rows: readonly SheetRow[]): boolean {
  const [before, last] = rows.slice(-2);
  if (!before || !last || /[\r\n]\s*$/.test(text)) return false;
  const isTable =
    rows.length === 2 || before.cells.some((cell) => !Number.isNaN(moment(cell.text)));
  return isTable && last.cells.length < before.cells.length;
}

function firstWords([first]: readonly SheetRow[]): string {
  const words = first?.cells.map(({ text }) => text).join(', ') ?? '';
  return words.trim() === '' ? 'it holds no text' : `it begins with "${words.slice(0, 120)}"`;
}

import { readMetaTrader4 } from './metatrader4.ts';
import { readMetaTrader5 } from './metatrader5.ts';
import { readNamedColumns } from './named-columns.ts';
import { htmlRows, separatedRows, statementText, type SheetRow } from './sheet.ts';
import { isZip, xlsxRows } from './xlsx.ts';
import type { Statement } from './statement.ts';

/** What a broker's statement holds; null where the file is none that is known. */
export function readStatement(file: Uint8Array): Statement | null {
  const rows = rowsOf(file);
  return readMetaTrader4(rows) ?? readMetaTrader5(rows) ?? readNamedColumns(rows);
}

function rowsOf(file: Uint8Array): SheetRow[] {
  if (isZip(file)) return xlsxRows(file) ?? [];
  const text = statementText(file);
  const isPage = /<(table|tr|html)\b/i.test(text.slice(0, 20_000));
  return isPage ? htmlRows(text) : separatedRows(text);
}

import { readMetaTrader4 } from './metatrader4.ts';
import { readMetaTrader5 } from './metatrader5.ts';
import { htmlRows, separatedRows, statementText } from './sheet.ts';
import type { Statement } from './statement.ts';

/** What a broker's statement holds; null where the file is none that is known. */
export function readStatement(file: Uint8Array): Statement | null {
  const text = statementText(file);
  const rows = /<(table|tr|html)\b/i.test(text.slice(0, 20_000))
    ? htmlRows(text)
    : separatedRows(text);
  return readMetaTrader4(rows) ?? readMetaTrader5(rows);
}

import { closeSync, openSync, writeSync } from 'node:fs';
import { csvLine } from '../../../domain/csv.ts';
import { isoTime } from '../../../domain/time/time.ts';
import { JOURNAL_COLUMNS } from './columns.ts';
import type { ToldTrade } from '../../../journal/review.ts';
import type { ReviewAccount } from '../../../contract/journal.ts';

/** Without it Excel reads a file in the system's old code page, and no dash or accent survives. */
const BYTE_ORDER_MARK = '\ufeff';
/** Rows of a piece: it is written before the next is made. */
const PIECE = 2_000;

/** Throws what the file system throws. */
export function writeJournalCsv(
  file: string,
  trades: readonly ToldTrade[],
  account: ReviewAccount,
): void {
  const handle = openSync(file, 'w');
  try {
    writeSync(handle, `${BYTE_ORDER_MARK}${JOURNAL_COLUMNS.map(({ name }) => name).join()}\r\n`);
    for (let from = 0; from < trades.length; from += PIECE) {
      const lines = trades.slice(from, from + PIECE).map((trade) => {
        const cells = JOURNAL_COLUMNS.map(({ kind, of }) => {
          const cell = of(trade, account);
          return kind === 'time' && cell !== null ? isoTime(cell as number) : cell;
        });
        return `${csvLine(cells)}\r\n`;
      });
      writeSync(handle, lines.join(''));
    }
  } finally {
    closeSync(handle);
  }
}

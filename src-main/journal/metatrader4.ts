import { amount, level, moment } from './fields.ts';
import {
  isGold,
  stopOutOf,
  type ClosedTrade,
  type SkippedRow,
  type Statement,
  type StatementTrade,
} from './statement.ts';
import type { SheetRow } from './sheet.ts';

/** Columns of a trade: ticket, opened, type, size, item, price, S/L, T/P, closed, price, four amounts. */
const COLUMNS = 14;
const DEPOSITS = /^(balance|credit|deposit|withdrawal)$/i;

/**
 * Statement and detailed statement of MetaTrader 4. Rows are told by what is in them, not by the words
 * of their headings, which follow the terminal's language. Null where no row is one of its kind.
 */
export function readMetaTrader4(rows: readonly SheetRow[]): Statement | null {
  const closed: ClosedTrade[] = [];
  const open: StatementTrade[] = [];
  const stopOuts: Statement['stopOuts'][number][] = [];
  const skipped: SkippedRow[] = [];
  let found = 0;
  rows.forEach(({ row, cells }, i) => {
    const text = cells.map((cell) => cell.text);
    if (!/^\d+$/.test(text[0] ?? '') || Number.isNaN(moment(text[1] ?? ''))) return;
    const type = (text[2] ?? '').toLowerCase();
    const skip = (reason: SkippedRow['reason']) =>
      skipped.push({ row, reason, text: text.join(' ').slice(0, 160) });
    if (DEPOSITS.test(type)) {
      found++;
      skip('balance');
    } else if (/^(buy|sell) (stop|limit)/.test(type)) {
      found++;
      skip(cells.length < COLUMNS ? 'cancelled-order' : 'pending-order');
    } else if (type === 'buy' || type === 'sell') {
      found++;
      const [openPrice, lots] = [amount(text[5] ?? ''), amount(text[3] ?? '')];
      const amounts = [text[10], text[12], text[13]].map((one) => amount(one ?? ''));
      const [commission, swap, profit] = amounts as [number, number, number];
      const isWhole = [openPrice, lots, ...amounts].every(Number.isFinite) && lots > 0;
      if (cells.length < COLUMNS || !isWhole) return void skip('unreadable');
      const comment = cells[0]!.title || commentUnder(rows[i + 1]);
      const stopOut = stopOutOf(comment);
      if (stopOut) stopOuts.push({ ...stopOut, row });
      if (!isGold(text[4]!)) return void skip('other-symbol');
      const trade: StatementTrade = {
        ticket: text[0]!,
        symbol: text[4]!,
        direction: type === 'buy' ? 'long' : 'short',
        lots,
        openedAt: moment(text[1]!),
        openPrice,
        stopLoss: level(text[6]!),
        takeProfit: level(text[7]!),
        commission,
        swap,
        profit,
        comment,
        row,
      };
      const [closedAt, closePrice] = [moment(text[8]!), amount(text[9]!)];
      // An open trade has no time there, and the price of the moment beside it.
      if (text[8] === '') open.push(trade);
      else if (!Number.isFinite(closedAt) || !(closePrice > 0)) skip('unreadable');
      else closed.push({ ...trade, closedAt, closePrice, stopOut });
    }
  });
  if (found === 0) return null;
  const words = rows.flatMap(({ cells }) => cells.map(({ text }) => text));
  return {
    format: 'MetaTrader 4 statement',
    account: named(words, /^Account:\s*(.*)$/i),
    currency: named(words, /^Currency:\s*(.*)$/i),
    clockOffset: null,
    closed,
    open,
    stopOuts,
    skipped,
  };
}

const named = (words: readonly string[], pattern: RegExp) =>
  words.map((word) => pattern.exec(word)?.[1]).find((one) => one !== undefined) ?? '';

/** A row of its own under a trade: a wide empty cell first, what was written last. */
function commentUnder(next: SheetRow | undefined): string {
  if (!next || next.cells[0]!.span < 5 || next.cells[0]!.text !== '') return '';
  return next.cells.at(-1)!.text;
}

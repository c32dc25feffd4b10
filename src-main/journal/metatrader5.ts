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

/** Columns of a position: opened, position, symbol, type, volume, price, S/L, T/P, closed, price, three amounts. */
const COLUMNS = 13;

/**
 * Trade history report of MetaTrader 5. Its positions are read, told from orders and deals by what is
 * in their cells, so that the language of the report does not matter. Null where there is none.
 */
export function readMetaTrader5(rows: readonly SheetRow[]): Statement | null {
  const closed: ClosedTrade[] = [];
  const open: StatementTrade[] = [];
  const stopOuts: Statement['stopOuts'][number][] = [];
  const skipped: SkippedRow[] = [];
  let found = 0;
  for (const { row, cells } of rows) {
    const text = cells.map((cell) => cell.text);
    const [opened, ticket, symbol, type, volume, price] = text;
    if (Number.isNaN(moment(opened ?? '')) || !/^\d+$/.test(ticket ?? '')) continue;
    const skip = (reason: SkippedRow['reason']) =>
      skipped.push({ row, reason, text: text.join(' ').trim().slice(0, 160) });
    if (type?.toLowerCase() === 'balance') skip('balance');
    // Orders have two volumes, deals a direction in this place.
    const lots = amount(volume ?? '');
    if (!/^(buy|sell)$/i.test(type ?? '') || !(lots > 0)) continue;
    found++;
    const openPrice = amount(price ?? '');
    const isClosed = !Number.isNaN(moment(text[8] ?? ''));
    const amounts = (isClosed ? [text[10], text[11], text[12]] : ['0', text[9], text[10]]).map(
      (one) => amount(one ?? ''),
    );
    const [commission, swap, profit] = amounts as [number, number, number];
    if (!(openPrice > 0) || !amounts.every(Number.isFinite)) {
      skip('unreadable');
      continue;
    }
    const comment = text[isClosed ? COLUMNS : 11] ?? '';
    const stopOut = stopOutOf(comment);
    if (stopOut) stopOuts.push({ ...stopOut, row });
    if (!isGold(symbol!)) {
      skip('other-symbol');
    } else {
      const trade: StatementTrade = {
        ticket: ticket!,
        symbol: symbol!,
        direction: type!.toLowerCase() === 'buy' ? 'long' : 'short',
        lots,
        openedAt: moment(opened!),
        openPrice,
        stopLoss: level(text[6] ?? ''),
        takeProfit: level(text[7] ?? ''),
        commission,
        swap,
        profit,
        comment,
        row,
      };
      const closePrice = amount(text[9] ?? '');
      if (!isClosed) open.push(trade);
      else if (!(closePrice > 0)) skip('unreadable');
      else {
        const closedAt = moment(text[8]!);
        closed.push({ ...trade, closedAt, closePrice, stopOut });
      }
    }
  }
  if (found === 0) return null;
  // "00000000 (USD, ICMarketsSC-Demo, demo, Hedge)"
  const words = rows.flatMap(({ cells }) => cells.map(({ text }) => text));
  const [, account = '', currency = ''] =
    words.map((word) => /^(?:\S+:\s*)?(\d+) \(([A-Z]{3}),/.exec(word)).find(Boolean) ?? [];
  return {
    format: 'MetaTrader 5 trade history',
    account,
    currency,
    clockOffset: null,
    closed,
    open,
    stopOuts,
    skipped,
  };
}

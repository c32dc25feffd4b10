import { CodedError } from '../../contract/errors.ts';
import { amount, level, moment } from './fields.ts';
import { FoundTrades, oneAccount, oneCurrency } from './found-trades.ts';
import type { Statement } from '../statement.ts';
import type { SheetRow } from './sheet.ts';

/** Columns of a position: opened, position, symbol, type, volume, price, S/L, T/P, closed, price, three amounts. */
const COLUMNS = 13;
/** Orders have two volumes in the place of one; deals have a direction there. */
const ORDER_OR_DEAL = /^([\d. ]+\/[\d. ]+|in|out|in\/out|out by)$/i;

/**
 * Trade history report of MetaTrader 5. Its positions are read, told from orders and deals by what is
 * in their cells, so that the language of the report does not matter. Null where there is none.
 * Throws `statement-words` where no position is a known sort of trade, and `statements-mixed`.
 */
export function readMetaTrader5(
  rows: readonly SheetRow[],
  goldNames: readonly string[],
): Statement | null {
  const found = new FoundTrades(goldNames);
  const unknown = new Set<string>();
  let trades = 0;
  for (const row of rows) {
    const text = row.cells.map((cell) => cell.text);
    const [opened = '', ticket = '', symbol = '', type = '', volume = '', price = ''] = text;
    const isTicket = /^\d+$/.test(ticket);
    const isDated = !Number.isNaN(moment(opened));
    if (!isTicket && !isDated) continue;
    if (type.toLowerCase() === 'balance') found.skip(row, 'balance');
    if (symbol === '' || ORDER_OR_DEAL.test(volume)) continue;
    if (!/^(buy|sell)$/i.test(type)) {
      // Deals of other sorts have no volume.
      if (!isTicket || !isDated || !(amount(volume) > 0) || !/\p{L}/u.test(type)) continue;
      found.skip(row, 'unknown-type', symbol);
      unknown.add(type);
      continue;
    }
    trades++;
    // An open position has the price of the moment where a closed one has a time.
    const isOpen = amount(text[8] ?? '') > 0;
    const [commission, swap, profit] = (
      isOpen ? ['0', text[9], text[10]] : [text[10], text[11], text[12]]
    ).map((one) => amount(one ?? '')) as [number, number, number];
    found.add(row, {
      ticket: isTicket ? ticket : '',
      symbol,
      direction: type.toLowerCase() === 'buy' ? 'long' : 'short',
      size: amount(volume),
      unit: 'lots',
      openedAt: moment(opened),
      openPrice: amount(price),
      stopLoss: level(text[6] ?? ''),
      takeProfit: level(text[7] ?? ''),
      closedAt: isOpen ? null : moment(text[8] ?? ''),
      closePrice: amount(text[9] ?? ''),
      commission,
      swap,
      profit,
      comment: text[isOpen ? 11 : COLUMNS] ?? '',
    });
  }
  if (trades === 0 && unknown.size > 0) {
    throw new CodedError('statement-words', { words: [...unknown].join(', ') });
  }
  if (trades === 0) return null;
  // "00000000 (USD, ICMarketsSC-Demo, demo, Hedge)"
  const heads = rows
    .flatMap(({ cells }) => cells)
    .flatMap(({ text }) => {
      const [, account, currency] = /^(?:\S+:\s*)?(\S+) \(([A-Z]{3}),/.exec(text) ?? [];
      return account && currency ? [{ account, currency }] : [];
    });
  return {
    format: 'MetaTrader 5 trade history',
    account: oneAccount(heads.map(({ account }) => account)),
    currency: oneCurrency(heads.map(({ currency }) => currency)),
    clockOffset: null,
    ...found.all(),
  };
}

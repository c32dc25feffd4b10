import { CodedError } from '../../contract/errors.ts';
import { columnsOf, currenciesOf, offsetOfHeading, type ColumnName } from './column-names.ts';
import { momentsOf } from './day-order.ts';
import { amount, level } from './fields.ts';
import { FoundTrades, type ToldTrade } from './found-trades.ts';
import { oneAccount, oneCurrency } from './one-account.ts';
import type { Statement } from '../statement.ts';
import type { SheetRow } from './sheet.ts';

/** What a row says in the column of a name; empty where there is none. */
type Read = (name: ColumnName) => string;

/**
 * A table with one closed or open trade a row under headings: the history of cTrader, and Size
 * Picker's own CSV (.github/STATEMENTS.md). Null where the headings are others. Throws
 * `statements-mixed`.
 */
export function readNamedColumns(
  rows: readonly SheetRow[],
  goldNames: readonly string[],
): Statement | null {
  const [head, ...body] = rows;
  if (!head) return null;
  const headings = head.cells.map(({ text }) => text);
  const columns = columnsOf(headings);
  if (!columns) return null;

  const found = new FoundTrades(goldNames);
  const reads = body.map(
    ({ cells }): Read =>
      (name) =>
        cells[columns[name] ?? -1]?.text ?? '',
  );
  const moment = momentsOf(reads.map((read) => [read('openedAt'), read('closedAt')]));
  body.forEach((row, i) => {
    const trade = toldTrade(reads[i]!, moment);
    // A row that breaks off has no exit, and is no open trade.
    const isWhole = row.cells.length >= headings.length;
    found.add(row, isWhole ? trade : { ...trade, closedAt: NaN });
  });
  const all = (name: ColumnName) => reads.map((read) => read(name));
  return {
    format: columns.quantity !== undefined ? 'cTrader history' : 'Size Picker CSV',
    account: oneAccount(all('account')),
    currency: oneCurrency([...all('currency'), ...currenciesOf(headings)]),
    clockOffset:
      offsetOfHeading(headings[columns.closedAt!]!) ??
      offsetOfTimes([...all('openedAt'), ...all('closedAt')]),
    ...found.all(),
  };
}

function toldTrade(read: Read, moment: (text: string) => number): ToldTrade {
  const [commission, swap] = [amount(read('commission') || '0'), amount(read('swap') || '0')];
  const gross = read('gross');
  const profit = gross === '' ? amount(read('net')) - commission - swap : amount(gross);
  const isOpen = read('closedAt') === '';
  return {
    ticket: read('ticket') || entryOf(read),
    symbol: read('symbol'),
    direction: directionOf(read('direction')),
    ...sizeOf(read),
    openedAt: moment(read('openedAt')),
    openPrice: amount(read('openPrice')),
    stopLoss: level(read('stopLoss')),
    takeProfit: level(read('takeProfit')),
    closedAt: isOpen ? null : moment(read('closedAt')),
    closePrice: amount(read('closePrice')),
    commission,
    swap,
    profit: isOpen && Number.isNaN(profit) ? 0 : profit,
    comment: read('comment'),
  };
}

/** Names a trade that has no number by its entry, which every later file tells alike. */
const entryOf = (read: Read) =>
  `${read('direction')} ${read('symbol')} ${read('openedAt')} at ${read('openPrice')}`;

function directionOf(word: string): ToldTrade['direction'] {
  if (/^(buy|long)$/i.test(word)) return 'long';
  return /^(sell|short)$/i.test(word) ? 'short' : null;
}

/** "0.10 Lots" is in lots; "10" or "10 oz" of gold is in ounces. */
function sizeOf(read: Read): Pick<ToldTrade, 'size' | 'unit'> {
  if (read('lots') !== '') return { size: amount(read('lots')), unit: 'lots' };
  if (read('ounces') !== '') return { size: amount(read('ounces')), unit: 'ounces' };
  const [, size = '', unit = ''] = /^([\d\s.,]+)\s*([a-z]*)$/i.exec(read('quantity')) ?? [];
  return { size: amount(size), unit: /^lots?$/i.test(unit) ? 'lots' : 'ounces' };
}

/** 0 where all times end in a Z, as UTC does; null where none does. */
function offsetOfTimes(times: readonly string[]): number | null {
  const told = times.filter(Boolean);
  const inUtc = told.filter((time) => time.endsWith('Z')).length;
  if (inUtc === 0) return null;
  if (inUtc === told.length) return 0;
  throw new CodedError('statements-mixed', { what: 'times with and without a Z' });
}

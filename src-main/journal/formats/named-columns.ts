import { CodedError } from '../../contract/errors.ts';
import { amount, level, moment } from './fields.ts';
import { FoundTrades, type ToldTrade, oneAccount, oneCurrency } from './found-trades.ts';
import type { Statement } from '../statement.ts';
import type { SheetRow } from './sheet.ts';

/** What a column holds, by the headings that mean it: in small letters, without clock and currency. */
const HEADINGS = {
  ticket: ['ticket', 'position id', 'position', 'deal id', 'id'],
  symbol: ['symbol'],
  direction: ['direction', 'opening direction', 'type', 'side'],
  openedAt: ['entry_time', 'opening time', 'open time'],
  openPrice: ['entry_price', 'entry price', 'opening price'],
  closedAt: ['exit_time', 'closing time', 'close time'],
  closePrice: ['exit_price', 'closing price', 'close price'],
  lots: ['lots'],
  ounces: ['size_oz'],
  quantity: ['closing quantity', 'quantity', 'volume'],
  stopLoss: ['stop_loss'],
  takeProfit: ['take_profit'],
  commission: ['commission', 'commissions'],
  swap: ['swap'],
  gross: ['profit', 'gross', 'gross profit'],
  net: ['net', 'net profit'],
  comment: ['comment', 'label'],
  account: ['account'],
  currency: ['currency'],
} as const;
export type ColumnName = keyof typeof HEADINGS;
/** Places of columns in a row. */
type Columns = Partial<Record<ColumnName, number>>;
const NEEDED: readonly ColumnName[] = [
  'symbol',
  'direction',
  'openedAt',
  'openPrice',
  'closedAt',
  'closePrice',
];
const SIZES: readonly ColumnName[] = ['lots', 'ounces', 'quantity'];

/** Where the columns stand by their headings; null where one that a trade needs is missing. */
export function columnsOf(headings: readonly string[]): Columns | null {
  const plain = headings.map((text) =>
    text
      .replace(/\(.*\)/, '')
      .replace(/^(Net|Gross) [A-Z]{3}$/, '$1')
      .trim()
      .toLowerCase(),
  );
  const columns: Columns = {};
  for (const [name, words] of Object.entries(HEADINGS) as [ColumnName, readonly string[]][]) {
    const place = plain.findIndex((heading) => words.includes(heading));
    if (place >= 0) columns[name] = place;
  }
  const has = (name: ColumnName) => columns[name] !== undefined;
  return SIZES.some(has) && NEEDED.every(has) ? columns : null;
}

/** "Net USD": cTrader names the currency in the heading. */
export const currenciesOf = (headings: readonly string[]) =>
  headings.flatMap((text) => /^(?:Net|Gross) ([A-Z]{3})$/.exec(text)?.[1] ?? []);

/** Seconds ahead of UTC that "Closing time (UTC-6)" names; 0 for "(UTC)", null for no word of it. */
export function offsetOfHeading(heading: string): number | null {
  const [whole, sign, hours, minutes = '0'] =
    /\(UTC(?:\s*([+-])\s*(\d{1,2})(?::(\d{2}))?)?\)/i.exec(heading) ?? [];
  if (whole === undefined) return null;
  const seconds = (Number(hours ?? 0) * 60 + Number(minutes)) * 60;
  return sign === '-' ? -seconds : seconds;
}

/** "03/01/2023 15:30:00.123", "1.3.2023, 3:30 PM": which of the first two is the day, it does not say. */
const DAY_OR_MONTH_FIRST =
  /^(\d{1,2})[./-](\d{1,2})[./-](\d{4})[ T,]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?(?:\s*([AP])M)?Z?$/i;

/** When a trade was opened and closed, as the file writes it. */
type Times = readonly [opened: string, closed: string];

/**
 * Reads the times of one file, in seconds of its own clock; NaN for what is none. Where the year comes
 * last, the whole file tells whether the day comes first: no month is over 12, and no trade closes
 * before it opened. Where both ways could be, it is the one by which trades are held for less time,
 * and the day first where that tells nothing either.
 */
export function momentsOf(trades: readonly Times[]): (text: string) => number {
  const isMonthFirst = heldFor(trades, true) < heldFor(trades, false);
  return (text) => momentBy(text, isMonthFirst);
}

/** Seconds that all trades together were held; Infinity where the order makes nonsense of one. */
function heldFor(trades: readonly Times[], isMonthFirst: boolean): number {
  return trades.reduce((sum, [opened, closed]) => {
    if (!DAY_OR_MONTH_FIRST.test(opened.trim())) return sum;
    const from = momentBy(opened, isMonthFirst);
    const to = closed.trim() === '' ? from : momentBy(closed, isMonthFirst);
    return to >= from ? sum + to - from : Infinity;
  }, 0);
}

function momentBy(text: string, isMonthFirst: boolean): number {
  const found = DAY_OR_MONTH_FIRST.exec(text.trim());
  if (!found) return moment(text);
  const [, first, second, year, hour, minute, seconds = '00', half] = found;
  const two = (digits: string | number) => String(digits).padStart(2, '0');
  const [day, month] = isMonthFirst ? [second!, first!] : [first!, second!];
  // 12:30 AM is half past midnight.
  const hours = half ? (Number(hour) % 12) + (half.toUpperCase() === 'P' ? 12 : 0) : hour!;
  return moment(`${year}-${two(month)}-${two(day)} ${two(hours)}:${minute}:${seconds}`);
}

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

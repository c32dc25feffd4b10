import { amount, moment } from './fields.ts';
import {
  isGold,
  stopOutOf,
  type ClosedTrade,
  type SkippedRow,
  type Statement,
  type StatementTrade,
} from './statement.ts';
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
  commission: ['commission', 'commissions'],
  swap: ['swap'],
  gross: ['profit', 'gross', 'gross profit'],
  net: ['net', 'net profit'],
  comment: ['comment', 'label'],
} as const;
type Name = keyof typeof HEADINGS;
type Columns = Partial<Record<Name, number>>;

const NEEDED: readonly Name[] = [
  'symbol',
  'direction',
  'openedAt',
  'openPrice',
  'closedAt',
  'closePrice',
];
const OUNCES_OF_A_LOT = 100;

/**
 * A table with one closed or open trade a row under headings: the history of cTrader, and Size
 * Picker's own CSV. `clockOffset` is the offset that a heading names, as in "Closing time (UTC+2)".
 * Null where the headings are others.
 */
export function readNamedColumns(rows: readonly SheetRow[]): Statement | null {
  const [head, ...body] = rows;
  if (!head) return null;
  const headings = head.cells.map(({ text }) => text);
  const columns = columnsOf(headings);
  const hasSize = ['lots', 'ounces', 'quantity'].some(
    (name) => columns[name as Name] !== undefined,
  );
  if (!hasSize || NEEDED.some((name) => columns[name] === undefined)) return null;

  const closed: ClosedTrade[] = [];
  const open: StatementTrade[] = [];
  const stopOuts: Statement['stopOuts'][number][] = [];
  const skipped: SkippedRow[] = [];
  for (const { row, cells } of body) {
    const text = (name: Name) => cells[columns[name] ?? -1]?.text ?? '';
    const skip = (reason: SkippedRow['reason']) =>
      skipped.push({
        row,
        reason,
        text: cells
          .map((cell) => cell.text)
          .join(' ')
          .slice(0, 160),
      });
    const stopOut = stopOutOf(text('comment'));
    if (stopOut) stopOuts.push({ ...stopOut, row });
    if (!isGold(text('symbol'))) {
      skip('other-symbol');
      continue;
    }
    const trade = tradeOf(text, row);
    if (!trade) skip('unreadable');
    else if (text('closedAt') === '') open.push(trade);
    else {
      const [closedAt, closePrice] = [moment(text('closedAt')), amount(text('closePrice'))];
      if (!Number.isFinite(closedAt) || !(closePrice > 0)) skip('unreadable');
      else closed.push({ ...trade, closedAt, closePrice, stopOut });
    }
  }
  return {
    format: columns.quantity === undefined ? 'Size Picker CSV' : 'cTrader history',
    account: '',
    currency: currencyOf(headings),
    clockOffset: offsetOf(headings[columns.closedAt!]!),
    closed,
    open,
    stopOuts,
    skipped,
  };
}

function columnsOf(headings: readonly string[]): Columns {
  const plain = headings.map((text) =>
    text
      .replace(/\(.*\)/, '')
      .replace(/^(Net|Gross) [A-Z]{3}$/, '$1')
      .trim()
      .toLowerCase(),
  );
  const columns: Columns = {};
  for (const [name, words] of Object.entries(HEADINGS) as [Name, readonly string[]][]) {
    const place = plain.findIndex((heading) => words.includes(heading));
    if (place >= 0) columns[name] = place;
  }
  return columns;
}

/** Null where a field that a trade needs cannot be read. */
function tradeOf(text: (name: Name) => string, row: number): StatementTrade | null {
  const direction = directionOf(text('direction'));
  const lots = lotsOf(text);
  const [openedAt, openPrice] = [moment(text('openedAt')), amount(text('openPrice'))];
  const [commission, swap] = [amount(text('commission') || '0'), amount(text('swap') || '0')];
  const told =
    text('gross') === '' ? amount(text('net')) - commission - swap : amount(text('gross'));
  if (!direction || !(lots > 0) || !(openPrice > 0)) return null;
  if (![openedAt, commission, swap].every(Number.isFinite)) return null;
  if (text('closedAt') !== '' && !Number.isFinite(told)) return null;
  return {
    ticket: text('ticket') || `row ${row}`,
    symbol: text('symbol'),
    direction,
    lots,
    openedAt,
    openPrice,
    stopLoss: null,
    takeProfit: null,
    commission,
    swap,
    profit: Number.isFinite(told) ? told : 0,
    comment: text('comment'),
    row,
  };
}

function directionOf(word: string): StatementTrade['direction'] | null {
  if (/^(buy|long)$/i.test(word)) return 'long';
  return /^(sell|short)$/i.test(word) ? 'short' : null;
}

/** "0.10 Lots" is in lots; "10" or "10 oz" of gold is in ounces. */
function lotsOf(text: (name: Name) => string): number {
  if (text('lots') !== '') return amount(text('lots'));
  if (text('ounces') !== '') return amount(text('ounces')) / OUNCES_OF_A_LOT;
  const [, size = '', unit = ''] = /^([\d\s.,]+)\s*([a-z]*)$/i.exec(text('quantity')) ?? [];
  return /^lots?$/i.test(unit) ? amount(size) : amount(size) / OUNCES_OF_A_LOT;
}

/** "Net USD": cTrader names the currency in the heading. */
const currencyOf = (headings: readonly string[]) =>
  headings.map((text) => /^(?:Net|Gross) ([A-Z]{3})$/.exec(text)?.[1]).find(Boolean) ?? '';

/** Seconds ahead of UTC that "Closing time (UTC-6)" names; 0 for "(UTC)", null for no word of it. */
function offsetOf(heading: string): number | null {
  const [whole, sign, hours, minutes = '0'] =
    /\(UTC(?:\s*([+-])\s*(\d{1,2})(?::(\d{2}))?)?\)/i.exec(heading) ?? [];
  if (whole === undefined) return null;
  const seconds = (Number(hours ?? 0) * 60 + Number(minutes)) * 60;
  return sign === '-' ? -seconds : seconds;
}

import { CodedError } from '../../contract/errors.ts';
import { amount, level, moment } from './fields.ts';
import { FoundTrades, oneAccount, oneCurrency } from './found-trades.ts';
import type { Statement } from '../statement.ts';
import type { SheetRow } from './sheet.ts';

/** Columns of a trade: ticket, opened, type, size, item, price, S/L, T/P, closed, price, four amounts. */
const COLUMNS = 14;
const DEPOSITS = /^(balance|credit|deposit|withdrawal)$/i;

/**
 * Statement and detailed statement of MetaTrader 4. Rows are told by what is in them, not by the words
 * of their headings, which follow the terminal's language. Null where no row is one of its kind.
 * Throws `statement-words` where rows are of its kind and none is a known sort of trade, and
 * `statements-mixed`.
 */
export function readMetaTrader4(
  rows: readonly SheetRow[],
  goldNames: readonly string[],
): Statement | null {
  const found = new FoundTrades(goldNames);
  const unknown = new Set<string>();
  let [trades, others] = [0, 0];
  rows.forEach((row, i) => {
    const { cells } = row;
    const text = cells.map((cell) => cell.text);
    const [ticket = '', opened = '', type = '', size = '', symbol = ''] = text;
    const isTicket = /^\d+$/.test(ticket);
    const isDated = !Number.isNaN(moment(opened));
    if (!isTicket && !isDated) return;
    if (DEPOSITS.test(type)) {
      others++;
      found.skip(row, 'balance');
    } else if (/^(buy|sell) (stop|limit)/i.test(type)) {
      others++;
      found.skip(row, cells.length < COLUMNS ? 'cancelled-order' : 'pending-order', symbol);
    } else if (/^(buy|sell)$/i.test(type)) {
      trades++;
      const [commission, swap, profit] = [text[10], text[12], text[13]].map((one) =>
        amount(one ?? ''),
      ) as [number, number, number];
      found.add(row, {
        ticket: isTicket ? ticket : '',
        symbol,
        direction: type.toLowerCase() === 'buy' ? 'long' : 'short',
        size: amount(size),
        unit: 'lots',
        openedAt: moment(opened),
        openPrice: amount(text[5] ?? ''),
        stopLoss: level(text[6] ?? ''),
        takeProfit: level(text[7] ?? ''),
        // An open trade has no time there, and the price of the moment beside it.
        closedAt: text[8] === '' ? null : moment(text[8] ?? ''),
        closePrice: amount(text[9] ?? ''),
        commission,
        swap,
        profit,
        comment: cells[0]!.title || commentUnder(rows[i + 1]),
      });
    } else if (isTicket && isDated && /\p{L}/u.test(type)) {
      found.skip(row, 'unknown-type', symbol);
      unknown.add(type);
    }
  });
  if (trades === 0 && unknown.size > 0) {
    throw new CodedError('statement-words', { words: [...unknown].join(', ') });
  }
  if (trades + others === 0) return null;
  const heads = headsOf(rows);
  return {
    format: 'MetaTrader 4 statement',
    account: oneAccount(heads.map(([account]) => account!)),
    currency: oneCurrency(heads.map(([, , currency]) => currency!)),
    clockOffset: null,
    ...found.all(),
  };
}

/** What stands in the head of a statement, "Account: 1", "Name: X", "Currency: USD", in any language. */
function headsOf(rows: readonly SheetRow[]): string[][] {
  const named = rows.map(({ cells }) =>
    cells.slice(0, 3).map(({ text }) => /^[^\d:：]+[:：](.*)$/.exec(text)?.[1] ?? null),
  );
  return named.filter(
    (values): values is string[] => values.length === 3 && values.every((value) => value !== null),
  );
}

/** A row of its own under a trade: a wide empty cell first, what was written last. */
function commentUnder(next: SheetRow | undefined): string {
  if (!next || next.cells[0]!.span < 5 || next.cells[0]!.text !== '') return '';
  return next.cells.at(-1)!.text;
}

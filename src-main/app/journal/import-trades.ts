import { createHash } from 'node:crypto';
import { inUtc, type DatedTrade } from '../../journal/gold-trades.ts';
import { readStatement } from '../../journal/formats/read-statement.ts';
import { runInWorker } from '../../jobs/run-in-worker.ts';
import { readTrades, type TradesRead, type TradesSettings } from './read-trades.ts';
import type { Clock } from '../../contract/series.ts';
import type { StatementImport, StatementSource, TakenTrade } from '../../contract/journal.ts';
import type { UsdPerOunce, UtcSeconds } from '../../domain/units.ts';
import type { Statement } from '../../journal/statement.ts';
import type { Store } from '../../store/store.ts';

/** A statement and the file that it was read from. */
export interface StatementFile {
  readonly statement: Statement;
  readonly fileName: string;
  readonly sha256: string;
}

/** Reads a statement. Throws what `readStatement` throws. */
export const statementIn = (
  file: Uint8Array,
  fileName: string,
  { goldNames }: TradesSettings,
): StatementFile => ({
  statement: readStatement(file, goldNames),
  fileName,
  sha256: checksumOf(file),
});

/** The same in a thread of its own; the bytes move there: `file` is empty afterwards. Throws `cancelled`, too. */
export async function statementInWorker(
  file: Uint8Array<ArrayBuffer>,
  fileName: string,
  { goldNames }: TradesSettings,
  signal: AbortSignal,
): Promise<StatementFile> {
  const sha256 = checksumOf(file);
  const order = { file, goldNames };
  const { statement } = await runInWorker('read-statement', order, {
    signal,
    transfer: [file.buffer],
  });
  return { statement, fileName, sha256 };
}

const checksumOf = (file: Uint8Array) => createHash('sha256').update(file).digest('hex');

/** A statement with what becomes of its trades in the journal. */
export interface TradesPlan {
  readonly read: TradesRead;
  readonly source: StatementSource;
  /** Neither the statement, the trader nor the bars tell the clock: this one is most likely. */
  readonly isClockAssumed: boolean;
  /** The statement names no account. */
  readonly isAccountAssumed: boolean;
  readonly trades: readonly TakenTrade[];
  /** From the first entry to the last entry or close; null without trades. */
  readonly span: { readonly from: UtcSeconds; readonly to: UtcSeconds } | null;
}

/** Throws what `readTrades` throws. */
export function planTrades(
  store: Store,
  { statement, fileName, sha256 }: StatementFile,
  settings: TradesSettings,
): TradesPlan {
  const read = readTrades(store, statement, settings);
  const clock = read.clock ?? likelyClock(read);
  const source = {
    fileName,
    sha256,
    format: read.format,
    // Of one name for every later statement of the account, so that no trade is taken twice.
    account: read.account || `${read.format}, no account named`,
    currency: read.currency,
    clock,
  };
  const { closed, open } = inUtc(read.gold, clock);
  const trades = [
    ...numbered(
      closed.map((trade) => ({
        ...takenOf(trade),
        closedAt: trade.closedAt,
        closePrice: trade.closePrice as UsdPerOunce,
        stoppedOut: trade.stopOut !== null,
      })),
      store.statements
        .trades()
        .filter((kept) => kept.account === source.account && kept.closedAt !== null),
    ),
    ...open.map((trade) => takenOf(trade)),
  ];
  const times = trades.flatMap(({ openedAt, closedAt }) => [openedAt, closedAt ?? openedAt]).sort();
  return {
    read,
    source,
    isClockAssumed: read.clock === null,
    isAccountAssumed: read.account === '',
    trades,
    span: times.length === 0 ? null : { from: times[0]!, to: times.at(-1)! },
  };
}

/** Keeps the trades that are not kept yet, all of them or none. */
export const keepTrades = (
  store: Store,
  { source, trades }: TradesPlan,
  now: UtcSeconds,
): StatementImport => store.statements.add(source, trades, now);

/** MetaTrader's servers mostly close their day with New York; other files mostly tell UTC. */
const likelyClock = ({ format }: TradesRead): Clock =>
  format.startsWith('MetaTrader') ? 'new-york-close' : 'utc';

function takenOf(trade: DatedTrade): TakenTrade {
  const { ticket, symbol, direction, openedAt, profit, commission, swap, comment } = trade;
  return {
    ticket,
    symbol,
    direction,
    size: trade.ounces,
    openedAt,
    openPrice: trade.openPrice as UsdPerOunce,
    closedAt: null,
    closePrice: null,
    profit,
    commission,
    swap,
    stoppedOut: false,
    comment,
  };
}

/**
 * A position that was closed in parts has one ticket for all of them: the later parts are numbered. One
 * that is `kept` already keeps its number, wherever a later statement begins.
 */
function numbered(closed: readonly TakenTrade[], kept: readonly TakenTrade[]): TakenTrade[] {
  const numbers = new Map<string, string[]>();
  for (const { ticket, ...trade } of kept) {
    const part = `${ticket.replace(/\/\d+$/, '')} ${partOf(trade)}`;
    numbers.set(part, [...(numbers.get(part) ?? []), ticket]);
  }
  const used = new Set(kept.map(({ ticket }) => ticket));
  const free = (ticket: string) => {
    let name = ticket;
    for (let part = 2; used.has(name); part++) name = `${ticket}/${part}`;
    used.add(name);
    return name;
  };
  return closed
    .toSorted((a, b) => a.closedAt! - b.closedAt!)
    .map((trade) => {
      const known = numbers.get(`${trade.ticket} ${partOf(trade)}`)?.shift();
      return { ...trade, ticket: known ?? free(trade.ticket) };
    });
}

const partOf = ({ closedAt, closePrice, size }: Omit<TakenTrade, 'ticket'>) =>
  `${closedAt} ${closePrice} ${size}`;

import { fillsOf } from '../clock/clock-fit.ts';
import { clockOfTrades, type TradesClock } from '../clock/statement-clock.ts';
import {
  goldTrades,
  inUtc,
  type DatedTrade,
  type DatedTrades,
  type GoldTrades,
} from './gold-trades.ts';
import type { StatementSource, TakenTrade } from '../../contract/journal.ts';
import type { Clock, ClockChoice } from '../../contract/series.ts';
import type { Ounces, UsdPerOunce, UtcSeconds } from '../../domain/units.ts';
import type { JournalRows, StoredSeries } from '../sources.ts';
import type { Statement } from '../statement.ts';

export interface TradesSettings {
  /** The account's name; null for the one in the statement. */
  readonly account: string | null;
  /** Symbols that are gold beside those that are known. */
  readonly goldNames: readonly string[];
  /** Ounces of a lot; null where the profits are to show it. */
  readonly contract: Ounces | null;
  readonly clock: ClockChoice;
}

/** A statement as its trades would be kept. */
export interface TradesRead
  extends Pick<Statement, 'format' | 'account' | 'currency' | 'stopOuts'>, TradesClock {
  readonly gold: GoldTrades;
  /** The same trades in UTC; null where the clock is not known. */
  readonly dated: DatedTrades | null;
  /** From the first entry to the last entry or close; null where the clock is not known. */
  readonly span: { readonly from: UtcSeconds; readonly to: UtcSeconds } | null;
}

/**
 * The trades of gold of a statement, their clock found from the bars of gold that are stored. Keeps
 * nothing. Throws what `goldTrades` throws.
 */
export function readTrades(
  stored: StoredSeries,
  statement: Statement,
  settings: TradesSettings,
): TradesRead {
  const gold = goldTrades(statement, settings.contract);
  const found = clockOfTrades(stored, statement, settings.clock);
  const dated = found.clock === null ? null : inUtc(gold, found.clock);
  const times = dated ? fillsOf(dated).time.sort() : [];
  const [from, to] = [times[0], times.at(-1)] as (UtcSeconds | undefined)[];
  return {
    format: statement.format,
    account: settings.account ?? statement.account,
    currency: statement.currency,
    stopOuts: statement.stopOuts,
    ...found,
    gold,
    dated,
    span: from === undefined || to === undefined ? null : { from, to },
  };
}

/** A statement and the file that it was read from. */
export interface StatementFile {
  readonly statement: Statement;
  readonly fileName: string;
  readonly sha256: string;
}

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
  stored: Pick<JournalRows, 'statements'> & { readonly series: StoredSeries },
  { statement, fileName, sha256 }: StatementFile,
  settings: TradesSettings,
): TradesPlan {
  const read = readTrades(stored.series, statement, settings);
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
      stored.statements
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

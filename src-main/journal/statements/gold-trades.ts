import { CodedError } from '../../contract/errors.ts';
import { toUtc } from '../../domain/time/clock.ts';
import { contractSize, type ContractSize } from './contract-size.ts';
import type { Clock } from '../../contract/series.ts';
import type { Ounces, UtcSeconds } from '../../domain/units.ts';
import type {
  ClosedTrade,
  SkippedRow,
  SkipReason,
  Statement,
  StatementTrade,
} from '../statement.ts';

/** A trade of gold; its times are still the statement's. */
export interface GoldTrade extends StatementTrade {
  readonly ounces: Ounces;
}

export interface ClosedGoldTrade extends ClosedTrade {
  readonly ounces: Ounces;
}

export interface GoldTrades {
  readonly closed: readonly ClosedGoldTrade[];
  readonly open: readonly GoldTrade[];
  readonly skipped: Partial<Record<SkipReason, readonly SkippedRow[]>>;
  /** One for each symbol, in the order of the file. */
  readonly contracts: readonly ContractSize[];
}

/**
 * The trades of gold of a statement, their sizes in ounces. `contract`: ounces of a lot where the
 * trader says it; null where the profits are to show it. Throws `no-gold-trades` where no row is one,
 * not even one that cannot be read.
 */
export function goldTrades(statement: Statement, contract: Ounces | null): GoldTrades {
  const { closed, open, currency } = statement;
  const skipped = Object.groupBy(statement.skipped, ({ reason }) => reason);
  const all = [...closed, ...open].toSorted((a, b) => a.row - b.row);
  if (all.length === 0 && !skipped.unreadable && !skipped['unknown-type']) {
    throw new CodedError('no-gold-trades', { found: symbolsOf(statement.skipped) });
  }
  const kindOf = ({ symbol, unit }: StatementTrade) => `${symbol} ${unit}`;
  const contracts = new Map(
    [...Map.groupBy(all, kindOf)].map(([kind, trades]) => [
      kind,
      contractSize(
        trades,
        closed.filter((trade) => kindOf(trade) === kind),
        currency,
        contract,
      ),
    ]),
  );
  const sized = <Trade extends StatementTrade>(trade: Trade) => ({
    ...trade,
    ounces: ouncesOf(trade.size, contracts.get(kindOf(trade))!),
  });
  return {
    closed: closed.map(sized),
    open: open.map(sized),
    skipped,
    contracts: [...contracts.values()],
  };
}

/** Without the digits that a product of two decimals leaves behind: 0.07 · 100 is 7. */
const ouncesOf = (size: number, { ounces }: ContractSize) =>
  Number((size * ounces).toPrecision(12)) as Ounces;

function symbolsOf(skipped: readonly SkippedRow[]): string {
  const symbols = [...new Set(skipped.map(({ symbol }) => symbol).filter(Boolean))];
  if (symbols.length === 0) return 'it has no trades at all';
  const more = symbols.length > 12 ? ' and others' : '';
  return `its symbols are ${symbols.slice(0, 12).join(', ')}${more}`;
}

export interface DatedTrade extends GoldTrade {
  readonly openedAt: UtcSeconds;
}

export interface DatedClosedTrade extends ClosedGoldTrade {
  readonly openedAt: UtcSeconds;
  readonly closedAt: UtcSeconds;
}

export interface DatedTrades {
  readonly closed: readonly DatedClosedTrade[];
  readonly open: readonly DatedTrade[];
}

/** The same trades with their times in UTC, from the clock of the statement. */
export function inUtc({ closed, open }: GoldTrades, clock: Clock): DatedTrades {
  const utc = (time: number) => toUtc(Float64Array.of(time), clock)[0] as UtcSeconds;
  return {
    closed: closed.map((trade) => ({
      ...trade,
      openedAt: utc(trade.openedAt),
      closedAt: utc(trade.closedAt),
    })),
    open: open.map((trade) => ({ ...trade, openedAt: utc(trade.openedAt) })),
  };
}

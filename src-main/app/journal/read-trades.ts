import { clockOfTrades, type TradesClock } from './trades-clock.ts';
import { fillsOf } from '../../journal/clock/clock-fit.ts';
import { goldTrades, inUtc, type DatedTrades, type GoldTrades } from '../../journal/gold-trades.ts';
import type { ClockChoice } from '../../contract/series.ts';
import type { Ounces, UtcSeconds } from '../../domain/units.ts';
import type { Statement } from '../../journal/statement.ts';
import type { Store } from '../../store/store.ts';

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
  store: Store,
  statement: Statement,
  settings: TradesSettings,
): TradesRead {
  const gold = goldTrades(statement, settings.contract);
  const found = clockOfTrades(store, statement, settings.clock);
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

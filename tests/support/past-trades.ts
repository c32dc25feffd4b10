import { barsAt, goldTimes } from './candle-files.ts';
import { openStore } from '../../src-main/store/store.ts';
import type { StatementSource, TakenTrade } from '../../src-main/contract/journal.ts';
import type { Bars } from '../../src-main/domain/bars/bars.ts';
import type { Ounces, UsdPerOunce, UtcSeconds } from '../../src-main/domain/units.ts';

const HOUR = 3_600;
export const GOLD_BARS: Bars = barsAt(goldTimes('2023-09-04', '2023-12-16'));

export const SOURCE: StatementSource = {
  fileName: 'Statement.htm',
  sha256: 'ab',
  format: 'MetaTrader 4 statement',
  account: '1001',
  currency: 'USD',
  clock: 'new-york-close',
};

/** A trade from the middle of one bar to the middle of a later one, at prices inside both. */
export function tradeOn(
  bars: Bars,
  entry: number,
  length: number,
  more: Partial<TakenTrade> = {},
): TakenTrade {
  const exit = entry + length;
  const middle = (at: number) => ((bars.high[at]! + bars.low[at]!) / 2) as UsdPerOunce;
  const half = bars.stepSeconds / 2;
  const direction = entry % 2 === 0 ? 'long' : 'short';
  const move = (middle(exit) - middle(entry)) * (direction === 'long' ? 1 : -1);
  return {
    ticket: String(entry),
    symbol: 'XAUUSD',
    direction,
    size: 1 as Ounces,
    openedAt: (bars.time[entry]! + half) as UtcSeconds,
    openPrice: middle(entry),
    closedAt: (bars.time[exit]! + half) as UtcSeconds,
    closePrice: middle(exit),
    profit: move,
    commission: 0,
    swap: 0,
    stoppedOut: false,
    comment: '',
    ...more,
  };
}

/** Puts hourly gold and an account's trades on it into a data folder. */
export function fillWithTrades(
  folder: string,
  trades: readonly TakenTrade[],
  bars = GOLD_BARS,
  account = SOURCE.account,
): void {
  const store = openStore(folder);
  const series = { name: 'XAUUSD_H1', symbol: 'XAUUSD', timeframe: 'H1', clock: 'utc' } as const;
  const file = { synthetic: false, sourceName: 'gold.csv', sourceSha256: 'cd' };
  store.series.add({ ...series, ...file }, bars);
  if (trades.length > 0)
    store.statements.add({ ...SOURCE, account }, trades, (2 * HOUR) as UtcSeconds);
  store.close();
}

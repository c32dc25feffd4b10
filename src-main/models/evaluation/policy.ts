import { monthBootstrap, monthOf, type Interval, type MonthSum } from '../../domain/bootstrap.ts';
import { expectedLogGrowth, mean, median } from '../../domain/metrics.ts';
import type { JudgedTrade } from './judged-trades.ts';

/** What a way of choosing sizes came to. Means and the median are over all trades. */
export interface PolicyResult {
  /** Trades in which a size was chosen; in the others it stood aside, with a return of 0. */
  readonly taken: number;
  readonly stoodAside: number;
  /** Share of the taken trades that were liquidated; NaN where none was taken. */
  readonly realised: number;
  /** From resampled calendar months. */
  readonly realisedInterval: Interval | null;
  readonly meanReturn: number;
  readonly medianReturn: number;
  readonly logGrowth: number;
  /** Mean of the best return in hindsight less the chosen one. */
  readonly regret: number;
  /** Mean of the chosen size over the largest that margin allows. */
  readonly meanShare: number;
}

/** `chosen`: for each trade the number of the rung, 1 to 30, or 0 for standing aside. */
export function policyResult(
  trades: readonly JudgedTrade[],
  chosen: ArrayLike<number>,
  seed: number,
): PolicyResult {
  const returnOf = (i: number) => (chosen[i] ? trades[i]!.returns[chosen[i] - 1]! : 0);
  const returns = trades.map((_, i) => returnOf(i));
  const taken = trades.filter((_, i) => chosen[i]).length;
  const months = new Map<number, MonthSum>();
  let liquidated = 0;
  trades.forEach((trade, i) => {
    if (!chosen[i]) return;
    const hit = trade.liquidated[chosen[i] - 1]!;
    liquidated += hit;
    addToMonth(months, trade, hit, 1);
  });
  return {
    taken,
    stoodAside: trades.length - taken,
    realised: liquidated / taken,
    realisedInterval: monthBootstrap([...months.values()], seed),
    meanReturn: mean(returns),
    medianReturn: median(returns),
    logGrowth: expectedLogGrowth(returns),
    regret: mean(trades.map((trade, i) => trade.bestReturn - returnOf(i))),
    meanShare: mean(trades.map((trade, i) => shareOfCapacity(trade, chosen[i]!))),
  };
}

/** Chosen size over the largest that margin allows, both in rungs. */
export const shareOfCapacity = (trade: JudgedTrade, rung: number) =>
  trade.feasible ? rung / trade.feasible : 0;

/** Add something of a trade to the calendar month of its entry. */
export function addToMonth(
  months: Map<number, MonthSum>,
  trade: JudgedTrade,
  sum: number,
  count: number,
): void {
  const month = monthOf(trade.time);
  const so = months.get(month) ?? { sum: 0, count: 0 };
  months.set(month, { sum: so.sum + sum, count: so.count + count });
}

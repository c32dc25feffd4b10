import { monthOf, MonthBootstrap, MonthSums } from '../domain/stats/bootstrap.ts';
import { expectedLogGrowth, mean, median } from '../domain/stats/metrics.ts';
import type { Chooser } from '../contract/journal-words.ts';
import type { ChooserScore, ReviewCurve } from '../contract/journal.ts';
import type { ReviewedTrade } from './review.ts';

/** One, so that its draws are made once. */
const BOOTSTRAP = new MonthBootstrap(7);
/** Points of a curve: more than a screen has columns. */
const MOST_POINTS = 800;

/** A trade as one way to choose went through it; null where nothing is known or nothing was chosen. */
interface Passed {
  readonly return: number;
  readonly isLiquidated: boolean;
  readonly regret: number;
  readonly trade: ReviewedTrade;
}

/**
 * The trades of one way to choose, in the order of their exits; standing aside returns nothing. All
 * ways are told over the trades that a model spoke of, where it spoke of any: else one way would be
 * held against another's trades.
 */
export function passedBy(trades: readonly ReviewedTrade[], chooser: Chooser): Passed[] {
  const passed: Passed[] = [];
  const isAdvised = ({ recommended, stoodAside }: ReviewedTrade) =>
    recommended !== null || stoodAside;
  const comparable = trades.some(isAdvised) ? trades.filter(isAdvised) : trades;
  for (const trade of comparable) {
    const { bestReturn, stoodAside } = trade;
    const result = RESULTS[chooser](trade);
    const isKnown = result !== null || (chooser === 'recommended' && stoodAside);
    if (bestReturn === null || !isKnown) continue;
    const came = result?.return ?? 0;
    passed.push({
      return: came,
      isLiquidated: result !== null && result.liquidatedAfter >= 0,
      regret: bestReturn - came,
      trade,
    });
  }
  return passed.sort((a, b) => a.trade.past.closedAt! - b.trade.past.closedAt!);
}

const RESULTS: Readonly<Record<Chooser, (trade: ReviewedTrade) => ReviewedTrade['ofTaken']>> = {
  recommended: ({ ofRecommended }) => ofRecommended,
  taken: ({ ofTaken }) => ofTaken,
  fixed: ({ ofFixed }) => ofFixed,
};

/** Null without trades. */
export function scoreOf(passed: readonly Passed[]): ChooserScore | null {
  if (passed.length === 0) return null;
  const returns = passed.map((one) => one.return);
  const share = (direction: 'long' | 'short') => {
    const of = passed.filter(({ trade }) => trade.past.direction === direction);
    return { trades: of.length, liquidated: of.filter((one) => one.isLiquidated).length };
  };
  return {
    trades: passed.length,
    liquidated: passed.filter((one) => one.isLiquidated).length,
    interval: intervalOf(passed),
    meanReturn: mean(returns),
    medianReturn: median(returns),
    logGrowth: expectedLogGrowth(returns),
    meanRegret: mean(passed.map((one) => one.regret)),
    byDirection: { long: share('long'), short: share('short') },
  };
}

/** Of the rate of liquidations, by months of entry; null where all went alike: resamples show no spread. */
function intervalOf(passed: readonly Passed[]) {
  const { isLiquidated: alike } = passed[0]!;
  if (passed.every(({ isLiquidated }) => isLiquidated === alike)) return null;
  const months = passed.map(({ trade }) => monthOf(trade.past.openedAt));
  const first = months.reduce((least, month) => Math.min(least, month), Infinity);
  const last = months.reduce((most, month) => Math.max(most, month), -Infinity);
  const sums = new MonthSums(last - first + 1);
  passed.forEach(({ isLiquidated }, i) => sums.add(months[i]! - first, Number(isLiquidated)));
  return BOOTSTRAP.interval(sums);
}

/** Sums of the returns, each from the same equity, and the fall from the highest sum so far. */
export function curveOf(passed: readonly Passed[]): ReviewCurve {
  const every = Math.max(1, Math.ceil(passed.length / MOST_POINTS));
  const curve: ReviewCurve = { time: [], sum: [], drawdown: [] };
  let sum = 0;
  let highest = 0;
  let deepest = 0;
  passed.forEach((one, i) => {
    sum += one.return;
    highest = Math.max(highest, sum);
    deepest = Math.min(deepest, sum - highest);
    if ((i + 1) % every !== 0 && i !== passed.length - 1) return;
    curve.time.push(one.trade.past.closedAt!);
    curve.sum.push(sum);
    // The deepest since the point before: none is lost where points stand for many trades.
    curve.drawdown.push(deepest);
    deepest = sum - highest;
  });
  return curve;
}

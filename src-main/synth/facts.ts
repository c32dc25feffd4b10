import type { z } from 'zod';
import { WINDOW } from '../domain/features.ts';
import type { Bars } from '../domain/bars.ts';
import type { stylisedFactsSchema } from './parameters.ts';

/** Lags, in bars, at which the ranges are correlated with themselves. */
const LAGS = [1, 6, 24, 120] as const;

/**
 * What makes a series look like this market, free of scale except for `volatility`.
 * - kurtosis of close-to-close log returns (3 for a normal distribution);
 * - rangeAutocorrelation of (high - low) / close at 1, 6, 24 and 120 bars;
 * - rangeToVolatility: mean range over rms return inside windows of 128 bars, geometric mean;
 * - volatility: rms log return of a bar.
 */
export type StylisedFacts = z.infer<typeof stylisedFactsSchema>;

/** Stylised facts of a series of at least 256 bars. */
export function stylisedFacts(bars: Bars): StylisedFacts {
  const returns = logReturns(bars);
  const ranges = bars.high.map((high, i) => (high - bars.low[i]!) / bars.close[i]!);
  const squares = mean(returns.map((r) => r * r));
  return {
    kurtosis: mean(returns.map((r) => r ** 4)) / squares ** 2,
    rangeAutocorrelation: Object.fromEntries(
      LAGS.map((lag) => [lag, autocovariance(ranges, lag) / autocovariance(ranges, 0)]),
    ) as StylisedFacts['rangeAutocorrelation'],
    rangeToVolatility: rangeToVolatility(returns, ranges),
    volatility: Math.sqrt(squares),
  };
}

/** Log returns close to close, of all bars but the first. */
export const logReturns = ({ close }: Bars): Float64Array =>
  close.subarray(1).map((price, i) => Math.log(price / close[i]!));

export const mean = (values: Float64Array): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Mean product of deviations `lag` apart. */
export function autocovariance(values: Float64Array, lag: number): number {
  const centre = mean(values);
  let sum = 0;
  for (let i = lag; i < values.length; i++) {
    sum += (values[i]! - centre) * (values[i - lag]! - centre);
  }
  return sum / (values.length - lag);
}

function rangeToVolatility(returns: Float64Array, ranges: Float64Array): number {
  const windows = Math.floor(returns.length / WINDOW);
  let logs = 0;
  let counted = 0;
  for (let w = 0; w < windows; w++) {
    const squares = mean(returns.subarray(w * WINDOW, (w + 1) * WINDOW).map((r) => r * r));
    if (squares === 0) continue;
    // The range of the bar that a return ends in.
    const range = mean(ranges.subarray(w * WINDOW + 1, (w + 1) * WINDOW + 1));
    logs += Math.log(range) - Math.log(squares) / 2;
    counted++;
  }
  return Math.exp(logs / counted);
}

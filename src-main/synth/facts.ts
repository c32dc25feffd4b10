import type { z } from 'zod';
import { WINDOW } from '../domain/features/features.ts';
import type { Bars } from '../domain/bars/bars.ts';
import type { stylisedFactsSchema } from './parameters.ts';

/** Lags, in bars, at which the ranges are correlated with themselves. */
export const LAGS = [1, 6, 24, 120] as const;

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
  const ranges = rangesOf(bars);
  const squares = squaresOf(returns);
  const meanSquare = mean(squares);
  return {
    kurtosis: mean(squaresOf(squares)) / meanSquare ** 2,
    rangeAutocorrelation: Object.fromEntries(
      LAGS.map((lag) => [lag, autocovariance(ranges, lag) / autocovariance(ranges, 0)]),
    ) as StylisedFacts['rangeAutocorrelation'],
    rangeToVolatility: rangeToVolatility(squares, ranges),
    volatility: Math.sqrt(meanSquare),
  };
}

// Loops, for facts of hundreds of paths are told at once: `map` and `reduce` took five times as long.

/** Log returns close to close, of all bars but the first. */
export function logReturns({ close }: Bars): Float64Array {
  const returns = new Float64Array(close.length - 1);
  for (let i = 0; i < returns.length; i++) returns[i] = Math.log(close[i + 1]! / close[i]!);
  return returns;
}

function rangesOf({ high, low, close }: Bars): Float64Array {
  const ranges = new Float64Array(close.length);
  for (let i = 0; i < ranges.length; i++) ranges[i] = (high[i]! - low[i]!) / close[i]!;
  return ranges;
}

function squaresOf(values: Float64Array): Float64Array {
  const squares = new Float64Array(values.length);
  for (let i = 0; i < squares.length; i++) squares[i] = values[i]! * values[i]!;
  return squares;
}

export function mean(values: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum / values.length;
}

/** Mean product of deviations `lag` apart. */
export function autocovariance(values: Float64Array, lag: number): number {
  const centre = mean(values);
  let sum = 0;
  for (let i = lag; i < values.length; i++) {
    sum += (values[i]! - centre) * (values[i - lag]! - centre);
  }
  return sum / (values.length - lag);
}

function rangeToVolatility(squares: Float64Array, ranges: Float64Array): number {
  const windows = Math.floor(squares.length / WINDOW);
  let logs = 0;
  let counted = 0;
  for (let w = 0; w < windows; w++) {
    const meanSquare = mean(squares.subarray(w * WINDOW, (w + 1) * WINDOW));
    if (meanSquare === 0) continue;
    // The range of the bar that a return ends in.
    const range = mean(ranges.subarray(w * WINDOW + 1, (w + 1) * WINDOW + 1));
    logs += Math.log(range) - Math.log(meanSquare) / 2;
    counted++;
  }
  return Math.exp(logs / counted);
}

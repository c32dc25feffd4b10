import { exp } from '../domain/stats/exact-math.ts';
import type { Bars } from '../domain/bars/bars.ts';
import type { Random } from '../domain/stats/random.ts';

/**
 * Writes bar i from its open, its log return open to close and the variance inside it, and returns
 * the close. The highest point of a Brownian bridge from 0 to r with variance v is
 * (r + sqrt(r² - 2·v·ln u)) / 2, the lowest its mirror image. The two are drawn independently: each
 * is exact by itself, their dependence is left out.
 */
export function writeCandle(
  bars: Bars,
  i: number,
  open: number,
  logReturn: number,
  variance: number,
  random: Random,
): number {
  const square = logReturn * logReturn;
  const above = (logReturn + Math.sqrt(square + 2 * variance * random.exponential())) / 2;
  const below = (logReturn - Math.sqrt(square + 2 * variance * random.exponential())) / 2;
  return putCandle(bars, i, open, logReturn, above, below);
}

/** Writes bar i from its open and the logs of close, high and low against it; returns the close. */
export function putCandle(
  bars: Bars,
  i: number,
  open: number,
  logClose: number,
  logHigh: number,
  logLow: number,
): number {
  const close = open * exp(logClose);
  bars.open[i] = open;
  bars.close[i] = close;
  // Rounding must not push an extreme inside the body.
  bars.high[i] = Math.max(open, close, open * exp(logHigh));
  bars.low[i] = Math.min(open, close, open * exp(logLow));
  return close;
}

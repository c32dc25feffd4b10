import { averagesOf, kindOf, type ExitRule } from '../exits/exit-rule.ts';
import { relativeStrength } from './indicators.ts';
import type { Bars } from '../bars/bars.ts';
import type { Direction } from '../units.ts';

/** Candles that a model looks back on (product rules, section 3). */
export const WINDOW = 128;

/** Candles that must be loaded before a curve can be read, the decision bar included. */
export function candlesNeeded(rule: ExitRule): number {
  return Math.max(WINDOW, kindOf(rule).candles(rule));
}

/** Spans, in candles, that volatility, drift and wicks are summed over. */
const SPANS = [4, 8, 16, 32, 64, WINDOW] as const;

/** Averages that stand in where the exit rule has none of its own. */
const DEFAULT_AVERAGES = { fast: 32, slow: 128 };
const RSI_PERIOD = 14;

const OF_A_SPAN = ['log_rms_return', 'log_mean_range', 'signed_drift', 'wick_asymmetry'] as const;
const OF_THE_WINDOW = [
  'average_distance',
  'close_to_fast',
  'close_to_slow',
  'run_up',
  'run_down',
  'log_max_range',
  'log_last_range',
  'log_body_share',
  'relative_strength',
] as const;

export const RISK_FEATURE_NAMES: readonly string[] = [
  ...SPANS.flatMap((span) => OF_A_SPAN.map((name) => `${name}_${span}`)),
  ...OF_THE_WINDOW,
];
export const RISK_FEATURE_COUNT = RISK_FEATURE_NAMES.length;

/** Keeps a motionless window finite; far below one tick of any market. */
const STILL = 1e-9;
/** A candle or span this much quieter than the window counts as no quieter: it says "still". */
const QUIETEST = 0.02;

/** Log return of candle i; the window's first candle has no close before it inside the window. */
const logReturn = (bars: Bars, i: number, first: number) =>
  Math.log(bars.close[i]! / (i === first ? bars.open[i]! : bars.close[i - 1]!));
const range = (bars: Bars, i: number) => (bars.high[i]! - bars.low[i]!) / bars.close[i]!;

/**
 * The market's unit of distance at the close of bar `at`: mean of log rms return and log mean range
 * over the window. Needs `WINDOW` bars up to `at`.
 */
export function referenceVolatility(bars: Bars, at: number): number {
  const first = at - WINDOW + 1;
  let squares = 0;
  let ranges = 0;
  for (let i = first; i <= at; i++) {
    squares += logReturn(bars, i, first) ** 2;
    ranges += range(bars, i);
  }
  return (
    (Math.log(Math.max(Math.sqrt(squares / WINDOW), STILL)) +
      Math.log(Math.max(ranges / WINDOW, STILL))) /
    2
  );
}

/**
 * Summary features of the window that ends at the close of bar `at`, from closed candles only. A
 * short is reflected into a long: returns negated, wicks swapped. Writes `RISK_FEATURE_COUNT`
 * numbers to `out` from `offset`, volatilities relative to the reference, and returns the reference.
 * Needs `candlesNeeded(rule)` bars up to `at`.
 */
export function riskFeatures(
  bars: Bars,
  at: number,
  direction: Direction,
  rule: ExitRule,
  out: Float64Array | Float32Array,
  offset: number,
): number {
  const sign = direction === 'long' ? 1 : -1;
  const reference = referenceVolatility(bars, at);
  const unit = Math.exp(reference);
  const relativeLog = (value: number) => Math.log(Math.max(value / unit, QUIETEST));
  let next = offset;
  const put = (value: number) => {
    out[next++] = value;
  };

  const first = at - WINDOW + 1;
  let squares = 0;
  let ranges = 0;
  let drift = 0;
  let upperLessLower = 0;
  let bodies = 0;
  let largestRange = 0;
  let highest = -Infinity;
  let lowest = Infinity;
  let i = at;
  for (const span of SPANS) {
    for (; i > at - span; i--) {
      const open = bars.open[i]!;
      const close = bars.close[i]!;
      const change = logReturn(bars, i, first);
      const barRange = range(bars, i);
      squares += change * change;
      ranges += barRange;
      drift += change;
      upperLessLower += (bars.high[i]! + bars.low[i]! - open - close) / close;
      bodies += Math.abs(close - open) / close;
      largestRange = Math.max(largestRange, barRange);
      highest = Math.max(highest, close);
      lowest = Math.min(lowest, close);
    }
    const rms = Math.sqrt(squares / span);
    put(relativeLog(rms));
    put(relativeLog(ranges / span));
    put((sign * drift) / (Math.max(rms, STILL) * Math.sqrt(span)));
    put((sign * upperLessLower) / Math.max(ranges, STILL));
  }

  const { fast, slow } = averagesOf(rule) ?? DEFAULT_AVERAGES;
  const close = bars.close[at]!;
  const fastAverage = meanClose(bars, at, fast);
  const slowAverage = meanClose(bars, at, slow);
  const distance = (from: number, to: number, span: number) =>
    (sign * Math.log(to / from)) / (unit * Math.sqrt(span));
  put(distance(slowAverage, fastAverage, slow));
  put(distance(fastAverage, close, fast));
  put(distance(slowAverage, close, slow));
  const rise = Math.log(close / lowest) / (unit * Math.sqrt(WINDOW));
  const fall = Math.log(highest / close) / (unit * Math.sqrt(WINDOW));
  put(sign > 0 ? rise : fall);
  put(sign > 0 ? fall : rise);
  put(relativeLog(largestRange));
  put(relativeLog(range(bars, at)));
  put(Math.log(Math.max(bodies / Math.max(ranges, STILL), QUIETEST)));
  const closes = bars.close.subarray(first, at + 1);
  put((sign * (relativeStrength(closes, RSI_PERIOD)[WINDOW - 1]! - 50)) / 50);
  return reference;
}

function meanClose(bars: Bars, at: number, period: number): number {
  let sum = 0;
  for (let i = at - period + 1; i <= at; i++) sum += bars.close[i]!;
  return sum / period;
}

/** What is told of each candle of a window, in this order (product rules, section 3). */
export const CANDLE_FEATURES = ['return', 'range', 'body', 'upper_wick', 'lower_wick'] as const;
/** Numbers of a whole window. */
export const CANDLE_WINDOW_LENGTH = WINDOW * CANDLE_FEATURES.length;

/**
 * The last `WINDOW` candles up to the close of bar `at`, oldest first, each by its `CANDLE_FEATURES`:
 * log return close to close (of the first candle, from its open), and as shares of the close the
 * range, the body and both wicks. A short is reflected into a long: returns negated, wicks swapped.
 * Writes `CANDLE_WINDOW_LENGTH` numbers to `out` from `offset`.
 */
export function candleWindow(
  bars: Bars,
  at: number,
  direction: Direction,
  out: Float64Array | Float32Array,
  offset: number,
): void {
  const first = at - WINDOW + 1;
  let next = offset;
  for (let i = first; i <= at; i++) {
    const open = bars.open[i]!;
    const close = bars.close[i]!;
    const upper = (bars.high[i]! - Math.max(open, close)) / close;
    const lower = (Math.min(open, close) - bars.low[i]!) / close;
    const change = logReturn(bars, i, first);
    out[next++] = direction === 'long' ? change : -change;
    out[next++] = range(bars, i);
    out[next++] = Math.abs(close - open) / close;
    out[next++] = direction === 'long' ? upper : lower;
    out[next++] = direction === 'long' ? lower : upper;
  }
}

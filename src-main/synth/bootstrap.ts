import { putCandle } from './candle.ts';
import { exp, log } from '../domain/stats/exact-math.ts';
import type { Bars } from '../domain/bars/bars.ts';
import type { Random } from '../domain/stats/random.ts';

/** Mean length of a block, in bars. */
const MEAN_BLOCK = 240;

/** Candles of a real series as logs: open against the close before, the rest against the open. */
export interface CandleShapes {
  readonly gap: Float64Array;
  readonly close: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
}

/** Shapes of all bars but the first, which has no close before it. */
export function candleShapes(bars: Bars): CandleShapes {
  const { open, close } = bars;
  const against = (column: Float64Array) =>
    column.subarray(1).map((price, i) => log(price / open[i + 1]!));
  return {
    gap: open.subarray(1).map((price, i) => log(price / close[i]!)),
    close: against(close),
    high: against(bars.high),
    low: against(bars.low),
  };
}

/**
 * Fills the prices of `bars` with candles of a real series: stationary block bootstrap (Politis and
 * Romano 1994). Each block keeps its sign or is mirrored, where highs and lows change places.
 */
export function fillBootstrap(
  bars: Bars,
  firstPrice: number,
  scale: number,
  shapes: CandleShapes,
  random: Random,
): void {
  const count = shapes.close.length;
  let at = 0;
  let mirrored = false;
  let close = firstPrice;
  for (let i = 0; i < bars.close.length; i++) {
    if (i === 0 || random.uniform() < 1 / MEAN_BLOCK) {
      at = random.integerBelow(count);
      mirrored = random.uniform() < 0.5;
    } else {
      at = at + 1 === count ? 0 : at + 1;
    }
    const factor = mirrored ? -scale : scale;
    const high = mirrored ? shapes.low[at]! : shapes.high[at]!;
    const low = mirrored ? shapes.high[at]! : shapes.low[at]!;
    const open = close * exp(factor * shapes.gap[at]!);
    close = putCandle(bars, i, open, factor * shapes.close[at]!, factor * high, factor * low);
  }
}

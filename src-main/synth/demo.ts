import { emptyBars, type Bars } from '../domain/bars/bars.ts';
import { randomStream } from '../domain/stats/random.ts';
import type { UtcSeconds } from '../domain/units.ts';
import { fillTimes, slotOf } from './calendar.ts';
import { fillStochasticVolatility } from './stochastic-volatility.ts';
import type { MarketParameters } from './parameters.ts';

/** A year of trading hours up to the last one of 2023. */
const BARS = 6_000;
const LAST_OPENING = (Date.UTC(2023, 11, 29, 21) / 1000) as UtcSeconds;
const LAST_CLOSE = 2_000;

const cents = (price: number) => Math.round(price * 100) / 100;

/**
 * A synthetic series to show on a first start: stochastic volatility alone, so no real bar is in it.
 * Prices in cents, the last close at 2,000.
 */
export function demoSeries({ volatility }: MarketParameters, seed: number): Bars {
  const bars = emptyBars(BARS, 3_600);
  const firstSlot = slotOf(LAST_OPENING) - BARS + 1;
  fillTimes(bars.time, firstSlot);
  fillStochasticVolatility(bars, firstSlot, LAST_CLOSE, 1, volatility, randomStream(seed));
  const factor = LAST_CLOSE / bars.close[BARS - 1]!;
  for (const column of [bars.open, bars.high, bars.low, bars.close]) {
    for (let i = 0; i < BARS; i++) column[i] = cents(column[i]! * factor);
  }
  return bars;
}

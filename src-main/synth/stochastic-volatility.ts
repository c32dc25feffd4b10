import { exp } from '../domain/stats/exact-math.ts';
import { newYorkHour, opensWeek } from './calendar.ts';
import { writeCandle } from './candle.ts';
import type { Bars } from '../domain/bars/bars.ts';
import type { Random } from '../domain/stats/random.ts';
import type { VolatilityParameters } from './parameters.ts';

/** A gap over the weekend never exceeds this multiple of the hourly volatility. */
const LARGEST_GAP = 20;

/**
 * Fills the prices of `bars`, whose first bar lies in `firstSlot` of the week: two-factor stochastic
 * volatility with the shape of the day, weekend gaps and jumps.
 */
export function fillStochasticVolatility(
  bars: Bars,
  firstSlot: number,
  firstPrice: number,
  scale: number,
  parameters: VolatilityParameters,
  random: Random,
): void {
  const { level, slow, fast, hourShape, weekendGap, jumps, intrabar } = parameters;
  const slowShock = slow.deviation * Math.sqrt(1 - slow.persistence * slow.persistence);
  const fastShock = fast.deviation * Math.sqrt(1 - fast.persistence * fast.persistence);
  let slowState = slow.deviation * random.normal();
  let fastState = fast.deviation * random.normal();
  let close = firstPrice;
  for (let i = 0; i < bars.close.length; i++) {
    const slot = firstSlot + i;
    slowState = slow.persistence * slowState + slowShock * random.normal();
    fastState = fast.persistence * fastState + fastShock * random.normal();
    const calm = level + slowState + fastState;
    const sigma = scale * exp(calm + hourShape[newYorkHour(slot)]!);
    let r = sigma * random.normal();
    if (random.uniform() < jumps.rate) {
      const size = jumps.threshold + jumps.excess * random.exponential();
      r += (random.uniform() < 0.5 ? -size : size) * sigma;
    }
    let open = close;
    if (i > 0 && opensWeek(slot)) {
      const t =
        random.normal() *
        Math.sqrt(weekendGap.degrees / (2 * random.gamma(weekendGap.degrees / 2)));
      const gap = Math.max(-LARGEST_GAP, Math.min(LARGEST_GAP, weekendGap.scale * t));
      open *= exp(gap * scale * exp(calm));
    }
    close = writeCandle(bars, i, open, r, sigma * sigma * intrabar, random);
  }
}

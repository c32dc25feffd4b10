import { writeCandle } from './candle.ts';
import type { Bars } from '../domain/bars/bars.ts';
import type { Random } from '../domain/stats/random.ts';
import type { GarchParameters } from './parameters.ts';

/** Bars drawn and thrown away, so that a path starts anywhere in the cycle of volatility. */
const BURN_IN = 256;
/** One hour never varies more than this multiple of the average: no market trades on after that. */
const LARGEST_VARIANCE = 400;

/**
 * Fills the prices of `bars`: GARCH(1,1) with Student-t returns. The t is a normal return whose
 * variance is itself drawn, and the same variance moves the price inside the bar.
 */
export function fillGarch(
  bars: Bars,
  firstPrice: number,
  scale: number,
  { variance, alpha, beta, degrees, intrabar }: GarchParameters,
  random: Random,
): void {
  const scaleSquare = scale * scale;
  const base = variance * (1 - alpha - beta);
  const limit = variance * LARGEST_VARIANCE;
  let expected = variance;
  let close = firstPrice;
  for (let i = -BURN_IN; i < bars.close.length; i++) {
    const drawn = Math.min(limit, (expected * (degrees - 2)) / (2 * random.gamma(degrees / 2)));
    const r = Math.sqrt(drawn) * random.normal();
    expected = Math.min(limit, base + alpha * r * r + beta * expected);
    if (i >= 0) {
      close = writeCandle(bars, i, close, r * scale, drawn * scaleSquare * intrabar, random);
    }
  }
}

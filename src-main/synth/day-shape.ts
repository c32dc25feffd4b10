import { newYorkOffset } from '../domain/time/new-york.ts';
import type { Bars } from '../domain/bars/bars.ts';
import type { UtcSeconds } from '../domain/units.ts';
import { mean } from './facts.ts';

/** Keeps the log of a motionless bar finite. */
const SMALLEST_RANGE = 1e-5;
/** An hour with fewer bars than this has no shape of its own. */
const FEWEST_BARS = 20;

/** Log of (high - low) / close of each bar. */
export const logRanges = (bars: Bars): Float64Array =>
  bars.close.map((close, i) =>
    Math.log(Math.max((bars.high[i]! - bars.low[i]!) / close, SMALLEST_RANGE)),
  );

/** Hour of day in New York, 0 to 23, of a UTC opening. */
export const newYorkHourOf = (time: number): number =>
  Math.floor((time + newYorkOffset(time as UtcSeconds)) / 3_600) % 24;

/** Mean log range of each New York hour against the mean of all; 0 where the market is closed. */
export function dayShape(bars: Bars): number[] {
  const ranges = logRanges(bars);
  const hours = bars.time.map(newYorkHourOf);
  const centre = mean(ranges);
  return Array.from({ length: 24 }, (_, hour) => {
    const inHour = ranges.filter((_, i) => hours[i] === hour);
    return inHour.length < FEWEST_BARS ? 0 : mean(inHour) - centre;
  });
}

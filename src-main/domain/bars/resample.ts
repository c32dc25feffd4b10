import { emptyBars, sliceBars, type Bars } from './bars.ts';
import type { UtcSeconds } from '../units.ts';

/** Steps from this on follow the day of the series' own clock: a day of gold ends in New York. */
const FOLLOWS_THE_DAY = 4 * 3_600;

/**
 * Bars of a longer step out of shorter ones: the first open, the extremes, the last close, the sum of
 * the volumes. `step` is in seconds and a whole multiple of the bars' own; `ahead` tells how far the
 * series' clock is ahead of UTC at a moment. Only whole bars come of it: the newest one counts when
 * the last bar in it closes with it, so that more bars at the end never change what was told before.
 */
export function resample(bars: Bars, step: number, ahead: (time: UtcSeconds) => number): Bars {
  const { time, open, high, low, close, volume } = bars;
  const longer = emptyBars(time.length, step);
  const followsDay = step >= FOLLOWS_THE_DAY;
  let at = -1;
  let end = -Infinity;
  for (let i = 0; i < time.length; i++) {
    if (time[i]! >= end) {
      at++;
      const offset = followsDay ? ahead(time[i] as UtcSeconds) : 0;
      const opening = Math.floor((time[i]! + offset) / step) * step - offset;
      // Where a clock is set back a bar may open before the one before it has ended.
      longer.time[at] = Math.max(opening, end);
      end = opening + step;
      longer.open[at] = open[i]!;
      longer.high[at] = high[i]!;
      longer.low[at] = low[i]!;
    }
    if (high[i]! > longer.high[at]!) longer.high[at] = high[i]!;
    if (low[i]! < longer.low[at]!) longer.low[at] = low[i]!;
    longer.close[at] = close[i]!;
    longer.volume[at]! += volume[i]!;
  }
  const isWhole = at >= 0 && time.at(-1)! + bars.stepSeconds >= end;
  return sliceBars(longer, 0, isWhole ? at + 1 : Math.max(0, at));
}

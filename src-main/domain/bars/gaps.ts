import { openSeconds, type MarketHours } from '../time/market-hours.ts';
import { weekday } from '../time/new-york.ts';
import type { UtcSeconds } from '../units.ts';

const DAY = 86_400;

/** Bars that are missing in a row, and the opening of the bar after them. */
export interface Gap {
  readonly missing: number;
  readonly before: UtcSeconds;
}

/** What is shorter than this is a quiet market rather than a hole in the bars. */
const SHORTEST_SECONDS = 900;
const FEWEST_BARS = 2;

/** Runs of missing bars inside trading weeks; `time` in UTC. A holiday that `hours` do not know is one. */
export function countGaps(time: Float64Array, step: number, hours: MarketHours): number {
  let gaps = 0;
  for (let i = 1; i < time.length; i++) {
    const missing = missingBetween(time[i - 1]!, time[i]!, step, hours);
    if (missing > 0 && !isSundayAlone(time[i]! - step, missing, step)) gaps += 1;
  }
  return gaps;
}

/** Most sources of daily bars hold the few hours of Sunday in Monday's bar. */
const isSundayAlone = (opening: number, missing: number, step: number) =>
  missing === 1 && step >= DAY && weekday(Math.floor(opening / DAY)) === 0;

/** Bars that are missing between two neighbours: one counts where the market is open in any minute of it. */
export function missingBetween(
  before: number,
  after: number,
  step: number,
  hours: MarketHours,
): number {
  let missing = 0;
  for (let time = before + step; time < after; time += step) {
    if (openSeconds(hours, time as UtcSeconds, (time + step) as UtcSeconds, 1) > 0) missing++;
  }
  return missing;
}

/**
 * Every hole between bars `from` and `to` (both included), the oldest first. A holiday that `hours` do
 * not know is one, too.
 */
export function gapsIn(
  time: ArrayLike<number>,
  from: number,
  to: number,
  step: number,
  hours: MarketHours,
): Gap[] {
  const gaps: Gap[] = [];
  for (let i = from + 1; i <= to; i++) {
    if (time[i]! - time[i - 1]! <= step) continue;
    const missing = missingBetween(time[i - 1]!, time[i]!, step, hours);
    if (missing >= FEWEST_BARS && missing * step >= SHORTEST_SECONDS) {
      gaps.push({ missing, before: time[i] as UtcSeconds });
    }
  }
  return gaps;
}

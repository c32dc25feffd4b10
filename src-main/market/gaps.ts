import { newYorkOffset, weekday } from '../domain/new-york.ts';
import type { UtcSeconds } from '../domain/units.ts';
import { DAY, HOUR } from './clock.ts';

/** Whether gold trades: Sunday 18:00 to Friday 17:00 in New York, less the hour from 17:00. */
function isOpen(time: UtcSeconds): boolean {
  const newYork = time + newYorkOffset(time);
  const day = weekday(Math.floor(newYork / DAY));
  const hour = Math.floor((newYork % DAY) / HOUR);
  if (day === 6 || hour === 17) return false;
  if (day === 0) return hour > 17;
  return day < 5 || hour < 17;
}

/** Runs of missing bars inside trading weeks; `time` in UTC. A holiday is one such run. */
export function countGaps(time: Float64Array, step: number): number {
  let gaps = 0;
  for (let i = 1; i < time.length; i++) {
    // A missing bar counts where the market is open in its middle.
    for (let missing = time[i - 1]! + step; missing < time[i]!; missing += step) {
      if (!isOpen((missing + step / 2) as UtcSeconds)) continue;
      gaps += 1;
      break;
    }
  }
  return gaps;
}

import { randomStream } from './random.ts';
import type { UtcSeconds } from './units.ts';

/** Something summed over cases of one calendar month. */
export interface MonthSum {
  sum: number;
  count: number;
}

/** Bounds that hold 95% of the resampled means; null where there are fewer than two months. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

const RESAMPLES = 2000;

/** Number of a UTC calendar month. */
export function monthOf(time: UtcSeconds): number {
  const date = new Date(time * 1000);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}

/**
 * Interval of a mean over cases, from resampling whole calendar months: trades overlap, so single
 * cases are far from independent.
 */
export function monthBootstrap(months: readonly MonthSum[], seed: number): Interval | null {
  const filled = months.filter(({ count }) => count > 0);
  if (filled.length < 2) return null;
  const random = randomStream(seed);
  const means = new Float64Array(RESAMPLES);
  for (let resample = 0; resample < RESAMPLES; resample++) {
    let sum = 0;
    let count = 0;
    for (let i = 0; i < filled.length; i++) {
      const month = filled[random.integerBelow(filled.length)]!;
      sum += month.sum;
      count += month.count;
    }
    means[resample] = sum / count;
  }
  means.sort();
  const at = (share: number) => means[Math.round(share * (RESAMPLES - 1))]!;
  return { low: at(0.025), high: at(0.975) };
}

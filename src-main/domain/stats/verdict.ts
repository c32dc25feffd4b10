import type { Interval } from './bootstrap.ts';

/** What may be said of a rate and a threshold: by the whole interval, never by the point alone. */
export type Verdict = 'Under' | 'Not certain' | 'Over';

export function verdictOf(interval: Interval | null, threshold: number): Verdict {
  if (!interval || (interval.low <= threshold && interval.high >= threshold)) return 'Not certain';
  return interval.high < threshold ? 'Under' : 'Over';
}

/** On which side of 0 the whole interval of a difference lies; null where it cannot be told. */
export function sideOfZero(interval: Interval | null): 'below' | 'above' | null {
  if (!interval) return null;
  return interval.high < 0 ? 'below' : interval.low > 0 ? 'above' : null;
}
